//! The families as the last build left them. Their artifacts are kept in parts, which are
//! read, and looked at on the disk, on as many threads as the machine has: that is most
//! of what a build with nothing to do does.

use std::{collections::BTreeSet, mem};

use serde::{Deserialize, Serialize};

use super::outputs::{ArtifactState, FamilyState, Now};
use crate::{
    digest::Digest,
    disk::{Failure, state::Shelf},
    fingerprint::{DirtyReason, Fact},
    parallel,
    rel_path::RelPath,
};

/// A family without its artifacts, of which it names the parts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FamilyHead {
    name: String,
    folder: RelPath,
    key: Digest,
    facts: Vec<Fact>,
    reasons: Vec<Vec<DirtyReason>>,
    parts: Vec<Digest>,
}

/// So many artifacts are kept together.
const PART: usize = 512;

/// So many parts are worth a thread: a family has one that is not full.
const WORTH_A_THREAD: usize = 4;

/// What the parts are called.
const ARTIFACTS: &str = "artifacts";

/// The families with what became of their artifacts, as `look` tells of some of a family
/// that has this name. One whose parts are not whole is left out.
///
/// # Errors
/// The system could not read a part that is there.
pub fn load(
    shelf: &Shelf,
    heads: Vec<FamilyHead>,
    look: impl Fn(&str, &[ArtifactState]) -> Vec<Now> + Sync,
) -> Result<Vec<(FamilyState, Vec<Now>)>, Failure> {
    let parts: Vec<(&str, Digest)> = heads
        .iter()
        .flat_map(|head| head.parts.iter().map(|part| (head.name.as_str(), *part)))
        .collect();
    let loaded = parallel::each(&parts, WORTH_A_THREAD, |(name, digest)| {
        let artifacts: Option<Vec<ArtifactState>> = shelf.find(ARTIFACTS, *digest)?;
        Ok(artifacts.map(|artifacts| {
            let now = look(name, &artifacts);
            (artifacts, now)
        }))
    });
    let mut loaded = loaded.into_iter();
    let mut families = Vec::with_capacity(heads.len());
    for head in heads {
        let count = head.parts.len();
        let own: Result<Vec<_>, Failure> = loaded.by_ref().take(count).collect();
        let Some(own) = own?.into_iter().collect::<Option<Vec<_>>>() else {
            continue;
        };
        let mut artifacts = Vec::with_capacity(count * PART);
        let mut now = Vec::with_capacity(count * PART);
        for (more, looked) in own {
            artifacts.extend(more);
            now.extend(looked);
        }
        let state = FamilyState {
            name: head.name,
            folder: head.folder,
            key: head.key,
            facts: head.facts,
            artifacts,
            reasons: head.reasons,
        };
        families.push((state, now));
    }
    Ok(families)
}

/// The digests of all parts.
pub fn parts(heads: &[FamilyHead]) -> BTreeSet<Digest> {
    heads.iter().flat_map(|head| &head.parts).copied().collect()
}

/// Keep the artifacts of families, but for the parts that are known to be there.
pub fn keep(
    shelf: &Shelf,
    families: Vec<FamilyState>,
    known: &BTreeSet<Digest>,
) -> Result<Vec<FamilyHead>, Failure> {
    let keep = |mut state: FamilyState| {
        let artifacts = mem::take(&mut state.artifacts);
        let parts = artifacts.chunks(PART);
        let parts = parts.map(|part| shelf.add(ARTIFACTS, &part, known));
        Ok(FamilyHead {
            name: state.name,
            folder: state.folder,
            key: state.key,
            facts: state.facts,
            reasons: state.reasons,
            parts: parts.collect::<Result<_, Failure>>()?,
        })
    };
    families.into_iter().map(keep).collect()
}

/// Remove the parts of earlier builds: the head that is kept now names these.
pub fn forget_others(shelf: &Shelf, heads: &[FamilyHead]) {
    shelf.keep_only(ARTIFACTS, &parts(heads));
}
