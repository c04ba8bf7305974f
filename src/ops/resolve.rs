//! `resolve`: decide open forks with one transaction.

use std::{io, str::FromStr};

use schemars::JsonSchema;
use serde::Deserialize;

use super::project::Project;
use crate::{
    authoring::{Answer, Present, Refused, Request, Resolution, Store, Written},
    diagnostic::{Diagnostic, Place, codes::authoring::UNDECIDED},
    disk::{Failure, fs},
    merge::{Conflict, OpenFork},
    transaction::{ReplicaId, TransactionId},
};

/// Which branch somebody takes: `ours`, `theirs`, or the id of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Take {
    /// The one that this working copy wrote.
    Ours,
    /// The other one of two.
    Theirs,
    /// The one with this transaction.
    Transaction(TransactionId),
}

impl FromStr for Take {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "ours" => Ok(Self::Ours),
            "theirs" => Ok(Self::Theirs),
            id => id.parse().map(Self::Transaction).map_err(|_| {
                format!("`{id}` is no id of a transaction; or say `ours` or `theirs`")
            }),
        }
    }
}

impl TryFrom<String> for Take {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// Where somebody takes a branch.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// In the fork of this stream; in all when it is none.
    #[serde(default)]
    pub stream: Option<String>,
    /// In this element; in all when it is none.
    #[serde(default)]
    pub element: Option<String>,
    /// The branch: `ours` (what this working copy wrote), `theirs`, or the id
    /// of a transaction of the branch.
    #[schemars(with = "String")]
    pub take: Take,
}

/// What was decided.
#[derive(Debug)]
pub struct Resolved {
    /// What was written.
    pub written: Written,
    /// The forks that are decided now.
    pub decided: Vec<OpenFork>,
    /// Those that nobody decided, each with the contradictions that are left.
    pub left: Vec<(OpenFork, Vec<Conflict>)>,
}

/// A contradiction that somebody is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Its fork.
    pub fork: &'a OpenFork,
    /// What the branches say.
    pub conflict: &'a Conflict,
    /// How many are left, this one included, as far as it is known.
    pub left: usize,
}

/// What somebody says to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// This branch is right.
    Branch(usize),
    /// This branch is right in the whole fork.
    Whole(usize),
    /// The fork stays open.
    Skip,
    /// No more questions, and nothing is written.
    Quit,
}

/// The store of a project, to write to.
pub fn store(project: &Project) -> Store {
    Store::new(&project.root, project.manifest.store.clone())
}

/// Decide what commutes, what `choices` decide and what `ask` answers. None
/// when `ask` quits.
///
/// # Errors
/// Why nothing was written.
pub fn resolve(
    project: &Project,
    choices: &[Choice],
    mut ask: impl FnMut(Question<'_>) -> Reply,
) -> Result<Option<Resolved>, Refused> {
    let store = store(project);
    let present = store.read()?;
    let mut resolution = Resolution {
        answers: answers(project, &present, choices)?,
    };
    if !walk(&present, &mut resolution, &mut ask) {
        return Ok(None);
    }
    let written = store.write(&Request::Resolve(resolution.clone()))?;
    let mut decided = Vec::new();
    let mut left = Vec::new();
    for fork in present.forks {
        let open = resolution.of(&fork).conflicts;
        if open.is_empty() {
            decided.push(fork);
        } else {
            left.push((fork, open));
        }
    }
    Ok(Some(Resolved {
        written,
        decided,
        left,
    }))
}

/// Ask until nothing is open but what was skipped. False when somebody quits.
fn walk(
    present: &Present,
    resolution: &mut Resolution,
    ask: &mut impl FnMut(Question<'_>) -> Reply,
) -> bool {
    for fork in &present.forks {
        // An answer can open new questions: what is kept has fields.
        loop {
            let open = resolution.of(fork).conflicts;
            let Some(conflict) = open.first() else { break };
            let left = open.len();
            let (branch, element, field) = match ask(Question {
                fork,
                conflict,
                left,
            }) {
                Reply::Quit => return false,
                Reply::Skip => break,
                Reply::Branch(branch) => (
                    branch,
                    Some(conflict.element.clone()),
                    Some(conflict.field.clone()),
                ),
                Reply::Whole(branch) => (branch, None, None),
            };
            let Some(branch) = fork.fork.branches.get(branch) else {
                break;
            };
            resolution.answers.push(Answer {
                stream: Some(fork.fork.stream.to_string()),
                element,
                field,
                branch: branch.head,
            });
        }
    }
    true
}

fn answers(
    project: &Project,
    present: &Present,
    choices: &[Choice],
) -> Result<Vec<Answer>, Refused> {
    let mut answers = Vec::new();
    let mut problems = Vec::new();
    for choice in choices {
        let stream = choice.stream.as_deref();
        let answer = |fork: Option<&OpenFork>, branch| Answer {
            stream: fork
                .map(|fork| fork.fork.stream.to_string())
                .or_else(|| choice.stream.clone()),
            element: choice.element.clone(),
            field: None,
            branch,
        };
        let side = match choice.take {
            Take::Transaction(transaction) => {
                answers.push(answer(None, transaction));
                continue;
            }
            side @ (Take::Ours | Take::Theirs) => side,
        };
        let own = own_replica(project)?;
        let forks = present.forks.iter();
        for fork in forks.filter(|fork| stream.is_none_or(|stream| *fork.fork.stream == *stream)) {
            // Nothing has to be decided, so nobody has to be found.
            if fork.commutes() {
                continue;
            }
            match branch_of(fork, own, side) {
                Some(branch) => answers.push(answer(Some(fork), branch)),
                None => problems.push(no_side(fork, own)),
            }
        }
    }
    if problems.is_empty() {
        Ok(answers)
    } else {
        Err(problems.into())
    }
}

fn branch_of(fork: &OpenFork, own: Option<ReplicaId>, side: Take) -> Option<TransactionId> {
    let heads: Vec<(TransactionId, bool)> = fork
        .fork
        .branches
        .iter()
        .zip(&fork.heads)
        .map(|(branch, signature)| (branch.head, Some(signature.replica) == own))
        .collect();
    let mut ours = heads.iter().filter(|(_, ours)| *ours);
    let (first, None) = (ours.next()?, ours.next()) else {
        return None;
    };
    if side == Take::Ours {
        return Some(first.0);
    }
    let mut theirs = heads.iter().filter(|(_, ours)| !ours);
    match (theirs.next(), theirs.next()) {
        (Some(other), None) => Some(other.0),
        _ => None,
    }
}

fn no_side(fork: &OpenFork, own: Option<ReplicaId>) -> Diagnostic {
    let stream = &fork.fork.stream;
    let mut finding = Diagnostic::new(
        &UNDECIDED,
        format!("which branch of stream `{stream}` is ours, and which is theirs, cannot be told"),
    )
    .about(format!("stream {stream}"));
    finding = match own {
        None => finding.note("this working copy has not written any transaction"),
        Some(own) => finding.note(format!("this working copy writes as replica {own}")),
    };
    for (branch, signature) in fork.fork.branches.iter().zip(&fork.heads) {
        finding = finding.note(format!(
            "branch {} was written by replica {} at {}",
            branch.head, signature.replica, signature.created_at
        ));
    }
    finding.help("name the transaction of the branch instead: `--take TRANSACTION`")
}

/// The replica id of this working copy; none when it has not written yet.
fn own_replica(project: &Project) -> Result<Option<ReplicaId>, Refused> {
    let name = project.manifest.store.join(".eventcore").join("replica_id");
    match fs::read_to_string(project.root.join(name.as_str())) {
        Ok(text) => Ok(text.trim().parse().ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Refused::from(
            Failure {
                action: "read the replica id",
                path: name.to_string(),
                cause,
            }
            .diagnostic()
            .at(Place::file(name.as_str())),
        )),
    }
}
