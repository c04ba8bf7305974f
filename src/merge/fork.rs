//! What the branches of the open forks say, and whether they can be joined.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::{Conflict, Decide, Merged, Parts, parts};
use crate::{
    diagnostic::{Diagnostic, codes::store},
    document::Model,
    event::{Address, EmcEvent},
    history::{Fork, History},
    model::{Fold, Origin},
    transaction::{Header, ReplicaId, TransactionId},
};

/// What a stream is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The project.
    Project,
    /// The workflow with this slug, without its slices.
    Workflow(Box<str>),
    /// The slice with this slug.
    Slice(Box<str>),
    /// Records, or nothing that is known.
    Records,
}

impl Subject {
    /// What the stream with this name is about.
    pub fn of(stream: &str) -> Self {
        match stream.split_once("::") {
            Some(("workflow", slug)) => Self::Workflow(slug.into()),
            Some(("slice", slug)) => Self::Slice(slug.into()),
            None if stream == "project" => Self::Project,
            _ => Self::Records,
        }
    }

    /// Whether the subject is the `project`, `workflow` or `slice` with this slug.
    pub fn covers(&self, kind: &str, slug: &str) -> bool {
        match self {
            Self::Project => kind == "project",
            Self::Workflow(own) => kind == "workflow" && **own == *slug,
            Self::Slice(own) => kind == "slice" && **own == *slug,
            Self::Records => false,
        }
    }
}

/// Who wrote a transaction, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The working copy.
    pub replica: ReplicaId,
    /// The wall clock there, RFC 3339.
    pub created_at: Box<str>,
}

/// An open fork with what its branches say.
///
/// The common past of a fork is every transaction that all heads descend from,
/// and a side is what the head of a branch descends from, with the head: what
/// the person saw who wrote it. Both are folded in canonical order, in all
/// streams that reach into the subject of the forked one: a slice is gone in a
/// side that removed its workflow, and so are the transitions of a slice that
/// was removed.
///
/// When the common past holds branches that were joined on both sides of this
/// fork, in two clones at the same time, it is the merge of those, and where
/// they contradict each other no side is taken for what was before: each join
/// has said what it wants. What a branch wrote to other streams is not part of the fork:
/// those are forked themselves, or nobody else wrote to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFork {
    /// The stream and its branches.
    pub fork: Fork,
    /// What the stream is about.
    pub subject: Subject,
    /// The subject as the branches have it in common, in canonical order.
    pub base: Parts,
    /// What the branches are compared with: the base, unless it is contested.
    pub ground: Parts,
    /// The subject as each branch has it.
    pub sides: Vec<Parts>,
    /// The workflows of a slice in each branch, for one that loses its home.
    pub homes: Vec<Parts>,
    /// Who wrote the head of each branch.
    pub heads: Vec<Signature>,
    /// What somebody has to decide. Without any the branches commute.
    pub conflicts: Vec<Conflict>,
}

impl OpenFork {
    /// Whether nothing is to be decided.
    pub fn commutes(&self) -> bool {
        self.conflicts.is_empty()
    }

    /// What the branches come to.
    pub fn merged(&self, decide: &mut Decide<'_>) -> Merged<Parts> {
        parts::merge(&self.ground, &self.sides, decide)
    }

    /// The branch that a transaction belongs to: the one that ends with it, or
    /// the only one that holds it.
    pub fn branch(&self, transaction: TransactionId) -> Option<usize> {
        let branches = &self.fork.branches;
        if let Some(head) = branches
            .iter()
            .position(|branch| branch.head == transaction)
        {
            return Some(head);
        }
        let holds = |(_, branch): &(usize, &crate::history::Branch)| {
            branch.transactions.contains(&transaction)
        };
        let mut holding = branches.iter().enumerate().filter(holds);
        match (holding.next(), holding.next()) {
            (Some((branch, _)), None) => Some(branch),
            _ => None,
        }
    }

    /// The finding that this fork is open: an error when its branches
    /// contradict each other, else a warning.
    pub fn finding(&self) -> Diagnostic {
        let stream = &self.fork.stream;
        let sides = self.fork.branches.len();
        let (code, message) = if self.commutes() {
            (
                &store::COMMUTING_FORK,
                format!(
                    "stream `{stream}` was continued in {sides} ways that do not touch each other"
                ),
            )
        } else {
            (
                &store::OPEN_FORK,
                format!(
                    "stream `{stream}` was continued in {sides} ways that contradict each other"
                ),
            )
        };
        let mut finding = Diagnostic::new(code, message).about(format!("stream {stream}"));
        for branch in self.fork.branches.iter().take(TOLD) {
            finding = finding.note(match branch.transactions.len() {
                0 | 1 => format!("one side is transaction {}", branch.head),
                count => format!(
                    "one side is {count} transactions, {} to {}",
                    branch.first(),
                    branch.head
                ),
            });
        }
        for conflict in self.conflicts.iter().take(TOLD) {
            finding = finding.note(conflict.to_string());
        }
        let rest = self.conflicts.len().saturating_sub(TOLD);
        if rest > 0 {
            finding = finding.note(format!("and {rest} more contradictions"));
        }
        if self.commutes() {
            finding.help("join the sides with `cargo emc resolve --auto`")
        } else {
            finding.help(
                "see the sides with `cargo emc list conflicts`, decide with `cargo emc resolve`",
            )
        }
    }
}

/// Branches and conflicts that a finding names.
const TOLD: usize = 4;

impl std::fmt::Display for Conflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.element)?;
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        if self.sides.iter().any(Value::is_null) && !self.base.is_null() {
            return f.write_str(": removed on one side, changed on another");
        }
        for (index, side) in self.sides.iter().take(TOLD).enumerate() {
            f.write_str(if index == 0 { ": " } else { " or " })?;
            match side {
                Value::Array(_) | Value::Object(_) => f.write_str("what one side says")?,
                value => write!(f, "{value}")?,
            }
        }
        Ok(())
    }
}

/// The events in canonical order: the position of the transaction in the list
/// that the history was made from, and the event.
pub type Events<'a> = [(usize, &'a EmcEvent)];

/// The open forks of a history with what their branches say, by stream.
/// `headers` is the list that the history was made from. Costs
/// one look at every event, and then what the forked streams hold.
pub fn open_forks(history: &History, headers: &[&Header], events: &Events<'_>) -> Vec<OpenFork> {
    if history.forks().is_empty() {
        return Vec::new();
    }
    let index = Index::of(history, headers, events);
    history
        .forks()
        .iter()
        .map(|fork| OpenFork {
            heads: signatures(fork, history, headers),
            ..open(fork, history, events, &index)
        })
        .collect()
}

/// Which events reach into which subject, by place among the events.
#[derive(Default)]
struct Index<'a> {
    /// The start of the project, and workflows that come and go.
    structure: Vec<usize>,
    /// Slices that go, and that came before they went.
    removals: Vec<usize>,
    workflows: HashMap<&'a str, Vec<usize>>,
    slices: HashMap<&'a str, Vec<usize>>,
    /// The transactions that name each forked stream, in canonical order.
    members: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(history: &'a History, headers: &[&Header], events: &Events<'a>) -> Self {
        let forks = history.forks();
        let mut index = Self::default();
        for fork in forks {
            index.members.insert(&fork.stream, Vec::new());
        }
        for position in history.order() {
            let named = headers.get(*position).map(|header| &header.stream_bases);
            for (stream, _) in named.into_iter().flatten() {
                if let Some(members) = index.members.get_mut(&**stream) {
                    members.push(*position);
                }
            }
        }
        let mut wanted: BTreeSet<Box<str>> = BTreeSet::new();
        let mut has_workflows = false;
        for fork in forks {
            match Subject::of(&fork.stream) {
                Subject::Slice(slug) => {
                    wanted.insert(slug);
                }
                Subject::Workflow(_) => has_workflows = true,
                Subject::Project | Subject::Records => {}
            }
        }
        let mut gone: BTreeSet<&str> = BTreeSet::new();
        for (place, (_, event)) in events.iter().enumerate() {
            match event {
                EmcEvent::ProjectInitialized { .. }
                | EmcEvent::WorkflowAdded { .. }
                | EmcEvent::WorkflowRemoved { .. } => index.structure.push(place),
                EmcEvent::SliceRemoved { slug } => {
                    gone.insert(slug.as_str());
                }
                _ => {}
            }
            match event.address() {
                Address::Workflow(slug) => index.workflows.entry(slug).or_default().push(place),
                Address::Slice(slug) | Address::Fact(slug) if wanted.contains(slug) => {
                    index.slices.entry(slug).or_default().push(place);
                }
                _ => {}
            }
        }
        if has_workflows && !gone.is_empty() {
            let comes_or_goes = |event: &EmcEvent| match event {
                EmcEvent::SliceAdded { slug, .. } | EmcEvent::SliceRemoved { slug } => {
                    gone.contains(slug.as_str())
                }
                _ => false,
            };
            index.removals = (0..)
                .zip(events)
                .filter(|(_, (_, event))| comes_or_goes(event))
                .map(|(place, _)| place)
                .collect();
        }
        index
    }

    /// The places of the events that reach into a subject, in order.
    fn reaching(&self, subject: &Subject, events: &Events<'_>) -> Vec<usize> {
        let mut places = self.structure.clone();
        let of = |index: &HashMap<&str, Vec<usize>>, slug: &str| {
            index.get(slug).cloned().unwrap_or_default()
        };
        match subject {
            Subject::Project => {}
            Subject::Records => places.clear(),
            Subject::Workflow(slug) => {
                places.extend(of(&self.workflows, slug));
                places.extend(&self.removals);
            }
            Subject::Slice(slug) => {
                let own = of(&self.slices, slug);
                let homes: BTreeSet<&str> = own
                    .iter()
                    .filter_map(|place| match events.get(*place) {
                        Some((_, EmcEvent::SliceAdded { workflow, .. })) => Some(workflow.as_str()),
                        _ => None,
                    })
                    .collect();
                for home in homes {
                    places.extend(of(&self.workflows, home));
                }
                places.extend(own);
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }
}

fn open(fork: &Fork, history: &History, events: &Events<'_>, index: &Index<'_>) -> OpenFork {
    let subject = Subject::of(&fork.stream);
    let places = index.reaching(&subject, events);
    let at = |id: TransactionId| history.position(id);
    // Which branches a transaction belongs to; the branches say so of those
    // that name the stream, ancestry of all others.
    let mut members: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (number, branch) in fork.branches.iter().enumerate() {
        for position in branch.transactions.iter().filter_map(|id| at(*id)) {
            members.entry(position).or_default().insert(number);
        }
    }
    let heads: Vec<Option<usize>> = fork.branches.iter().map(|branch| at(branch.head)).collect();
    let mut own: Vec<Vec<usize>> = vec![Vec::new(); heads.len()];
    let mut others: Vec<usize> = Vec::new();
    for place in places.iter().copied() {
        let Some((position, _)) = events.get(place) else {
            continue;
        };
        match members.get(position) {
            Some(branches) => {
                for branch in branches {
                    if let Some(own) = own.get_mut(*branch) {
                        own.push(place);
                    }
                }
            }
            None => others.push(place),
        }
    }
    let reaches = |place: &usize, head: &Option<usize>| match (events.get(*place), head) {
        (Some((position, _)), Some(head)) => position == head || history.precedes(*position, *head),
        _ => false,
    };
    let common: Vec<usize> = others
        .iter()
        .copied()
        .filter(|place| heads.iter().all(|head| reaches(place, head)))
        .collect();
    let base = fold(events, &common);
    let mut sides = Vec::new();
    let mut homes = Vec::new();
    for (head, own) in heads.iter().zip(own) {
        let mut places: Vec<usize> = others
            .iter()
            .copied()
            .filter(|place| reaches(place, head))
            .collect();
        places.extend(own);
        places.sort_unstable();
        let side = fold(events, &places);
        sides.push(side.clone().only(|kind, slug| subject.covers(kind, slug)));
        homes.push(match &subject {
            Subject::Slice(_) => side.only(|kind, _| kind == "workflow"),
            _ => Parts::default(),
        });
    }
    let base = base.only(|kind, slug| subject.covers(kind, slug));
    let common = index.members.get(&*fork.stream).into_iter().flatten();
    let common: Vec<usize> = common
        .copied()
        .filter(|position| !members.contains_key(position))
        .collect();
    let ground = ground(history, &common, |positions| {
        let places: Vec<usize> = places
            .iter()
            .copied()
            .filter(|place| positions.iter().all(|head| reaches(place, &Some(*head))))
            .collect();
        fold(events, &places).only(|kind, slug| subject.covers(kind, slug))
    })
    .unwrap_or_else(|| base.clone());
    let conflicts = parts::merge(&ground, &sides, &mut |_| None).conflicts;
    OpenFork {
        fork: fork.clone(),
        subject,
        base,
        ground,
        sides,
        homes,
        heads: Vec::new(),
        conflicts,
    }
}

fn signatures(fork: &Fork, history: &History, headers: &[&Header]) -> Vec<Signature> {
    fork.branches
        .iter()
        .filter_map(|branch| headers.get(history.position(branch.head)?))
        .map(|header| Signature {
            replica: header.replica,
            created_at: header.created_at.clone(),
        })
        .collect()
}

/// The common past of a fork where it is contested: `common` are the
/// transactions in it that name the stream, in canonical order, `seen` is what
/// these transactions all descend from, with themselves. None when it is one line.
fn ground(history: &History, common: &[usize], seen: impl Fn(&[usize]) -> Parts) -> Option<Parts> {
    // The heads of the common past, then those of what they have in common.
    let mut levels: Vec<Vec<usize>> = Vec::new();
    let mut members = common.to_vec();
    loop {
        let mut heads: Vec<usize> = Vec::new();
        for position in &members {
            heads.retain(|head| !history.precedes(*head, *position));
            heads.push(*position);
        }
        if heads.len() < 2 {
            break;
        }
        members.retain(|position| heads.iter().all(|head| history.precedes(*position, *head)));
        levels.push(heads);
    }
    let mut ground = seen(levels.last()?);
    for heads in levels.iter().rev() {
        let sides: Vec<Parts> = heads.iter().map(|head| seen(&[*head])).collect();
        ground = parts::ground(&ground, &sides);
    }
    Some(ground)
}

/// What the events at these places make.
fn fold(events: &Events<'_>, places: &[usize]) -> Parts {
    let mut fold = Fold::new();
    for place in places {
        if let Some((_, event)) = events.get(*place) {
            fold.apply(Origin(u32::try_from(*place).unwrap_or(u32::MAX)), event);
        }
    }
    Parts::of(&Model::of(&fold.finish().model))
}
