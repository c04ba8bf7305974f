//! `explain PATH`: why a generated file is as it is.

use super::{
    build::{
        families, memory,
        outputs::{self, Now},
    },
    project::Project,
};
use crate::{
    diagnostic::{Code, Diagnostic, Place, closest, codes::artifacts},
    disk::Failure,
    fingerprint::{DirtyReason, Fact},
    rel_path::RelPath,
};

/// What is known of a generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The file.
    pub path: RelPath,
    /// Its family.
    pub family: String,
    /// Why it was written the last time; empty when that was too long ago.
    pub reasons: Vec<DirtyReason>,
    /// What its family read at the last build: equal inputs mean equal files.
    pub inputs: Vec<Fact>,
    /// The file as it is now.
    pub now: Now,
}

/// The code that somebody asks about, by its number or its name; none for what
/// may be the path of a file.
///
/// # Errors
/// A subject that is neither.
pub fn code(subject: &str) -> Result<Option<&'static Code>, Diagnostic> {
    let code = Code::find(subject);
    if code.is_some() || subject.contains(['/', '\\', '.']) {
        return Ok(code);
    }
    let known: Vec<String> = Code::all()
        .flat_map(|code| [code.to_string(), code.name.to_owned()])
        .collect();
    let mut finding = Diagnostic::new(
        &artifacts::UNKNOWN_SUBJECT,
        format!("`{subject}` is neither a code nor a generated file"),
    );
    if let Some(close) = closest(subject, known.iter().map(String::as_str)) {
        finding = finding.help(format!("did you mean `{close}`?"));
    }
    Err(finding.help("`cargo emc explain --all` lists every code"))
}

/// The finding that nothing is known of a file.
pub fn unwritten(path: &str) -> Diagnostic {
    Diagnostic::new(
        &artifacts::UNKNOWN_SUBJECT,
        format!("the last build did not write `{path}`"),
    )
    .at(Place::file(path))
    .help("run `cargo emc build` first; paths are those that it prints")
}

/// Explain a generated file; `None` when the last build did not write it.
pub fn explain(project: &Project, path: &RelPath) -> Result<Option<Explained>, Failure> {
    let Some(head) = memory::head(&project.shelf) else {
        return Ok(None);
    };
    let (families, _) = families::load(&project.shelf, head.families, |_, _| Vec::new())?;
    for (family, _) in families {
        let Ok(at) = family
            .artifacts
            .binary_search_by(|artifact| artifact.path.cmp(path))
        else {
            continue;
        };
        let Some(artifact) = family.artifacts.get(at) else {
            continue;
        };
        let now = outputs::observe(&project.root, std::slice::from_ref(artifact), head.wrote);
        return Ok(Some(Explained {
            path: path.clone(),
            reasons: family
                .reasons
                .get(artifact.reason as usize)
                .cloned()
                .unwrap_or_default(),
            family: family.name,
            inputs: family.facts,
            now: now.first().copied().unwrap_or(Now::Missing),
        }));
    }
    Ok(None)
}
