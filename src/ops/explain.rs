//! `explain PATH`: why a generated file is as it is.

use super::{
    build::{
        memory,
        outputs::{self, Now},
    },
    project::Project,
};
use crate::{
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

/// Explain a generated file; `None` when the last build did not write it.
pub fn explain(project: &Project, path: &RelPath) -> Result<Option<Explained>, Failure> {
    let Some(head) = memory::head(&project.shelf) else {
        return Ok(None);
    };
    for family in head.families {
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
