//! The families as the last build left them. Their artifacts are kept in parts, which are
//! read, and looked at on the disk, on as many threads as the machine has: that is most
//! of what a build with nothing to do does.

use std::collections::BTreeMap;

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
    /// As [`FamilyState::name`].
    pub name: String,
    folder: RelPath,
    key: Digest,
    facts: Vec<Fact>,
    reasons: Vec<Vec<DirtyReason>>,
    /// The parts with its artifacts, in their order.
    pub parts: Vec<Part>,
}

/// A part of the artifacts of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Of what is kept.
    pub digest: Digest,
    /// Of two names that it can have the second: so that what the head that is there
    /// speaks of stays until the next head is.
    second: bool,
}

/// The parts that the last head speaks of, by family, each with whether it is whole.
#[derive(Clone, Debug, Default)]
pub struct Kept(BTreeMap<String, Vec<(Part, bool)>>);

impl Kept {
    /// With these too.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }
}

/// So many artifacts are kept together.
const PART: usize = 512;

/// So many parts are worth a thread: a family has one that is not full.
const WORTH_A_THREAD: usize = 4;

/// How the names of parts start.
const ARTIFACTS: &str = "artifacts-";

impl Part {
    /// The name that it is kept under.
    pub fn name(self, family: &str, index: usize) -> String {
        let letter = if self.second { 'b' } else { 'a' };
        format!("{ARTIFACTS}{family}-{index}{letter}")
    }
}

/// Families, each with what became of its artifacts.
pub type Families = Vec<(FamilyState, Vec<Now>)>;

/// The families with what became of their artifacts, as `look` tells of some of a family
/// that has this name. One whose parts are not whole is left out, and so is one with a
/// name that no family has: this state may be a stranger's, and the name of a file must
/// not lead out of its folder.
///
/// # Errors
/// The system could not read a part that is there.
pub fn load(
    shelf: &Shelf,
    mut heads: Vec<FamilyHead>,
    look: impl Fn(&str, &[ArtifactState]) -> Vec<Now> + Sync,
) -> Result<(Families, Kept), Failure> {
    heads.retain(|head| head.name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let parts: Vec<(&str, usize, Part)> = heads
        .iter()
        .flat_map(|head| {
            let parts = head.parts.iter().copied().enumerate();
            parts.map(|(index, part)| (head.name.as_str(), index, part))
        })
        .collect();
    let loaded = parallel::each(&parts, WORTH_A_THREAD, |(family, index, part)| {
        let found = shelf.load::<Vec<ArtifactState>>(&part.name(family, *index))?;
        let found = found.filter(|(_, digest)| *digest == part.digest);
        Ok(found.map(|(artifacts, _)| {
            let now = look(family, &artifacts);
            (artifacts, now)
        }))
    });
    let mut loaded = loaded.into_iter();
    let mut kept = Kept::default();
    let mut families = Vec::with_capacity(heads.len());
    for head in heads {
        let count = head.parts.len();
        let own: Result<Vec<Option<_>>, Failure> = loaded.by_ref().take(count).collect();
        let own = own?;
        let whole = own.iter().map(Option::is_some);
        let parts = head.parts.into_iter().zip(whole).collect();
        kept.0.insert(head.name.clone(), parts);
        let Some(own) = own.into_iter().collect::<Option<Vec<_>>>() else {
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
    Ok((families, kept))
}

/// Keep the artifacts of families, but for the parts that are there.
pub fn keep(
    shelf: &Shelf,
    families: Vec<FamilyState>,
    kept: &Kept,
) -> Result<Vec<FamilyHead>, Failure> {
    let families = families.into_iter().map(|state| {
        let before = kept.0.get(&state.name).map_or(&[][..], Vec::as_slice);
        let parts = state.artifacts.chunks(PART).enumerate();
        let parts = parts.map(|(index, artifacts)| {
            let before = before.get(index).copied();
            let mut second = before.is_some_and(|(part, _)| !part.second);
            let digest = shelf.put_under(&artifacts, 0, |digest| match before {
                Some((part, true)) if part.digest == digest => {
                    second = part.second;
                    None
                }
                _ => Some(Part { digest, second }.name(&state.name, index)),
            })?;
            Ok(Part { digest, second })
        });
        Ok(FamilyHead {
            parts: parts.collect::<Result<_, Failure>>()?,
            name: state.name,
            folder: state.folder,
            key: state.key,
            facts: state.facts,
            reasons: state.reasons,
        })
    });
    families.collect()
}

/// Remove the parts that only earlier heads speak of.
pub fn forget_others(shelf: &Shelf, heads: &[FamilyHead]) {
    let names = heads.iter().flat_map(|head| {
        let parts = head.parts.iter().enumerate();
        parts.map(|(index, part)| part.name(&head.name, index))
    });
    shelf.keep_only(ARTIFACTS, &names.collect());
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::*;
    use crate::disk::stamp::Stamp;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    fn family(name: &str, artifacts: usize, reason: u32) -> Result<FamilyState, &'static str> {
        let path = |text: &str| RelPath::new(text).map_err(|_| "a path");
        let artifact = |number: usize| -> Result<_, &'static str> {
            Ok(ArtifactState {
                path: path(&format!("family/{number:04}"))?,
                digest: Digest::of(b""),
                stamp: Stamp::default(),
                reason: if number == 0 { reason } else { 0 },
            })
        };
        Ok(FamilyState {
            name: name.to_owned(),
            folder: path("family")?,
            key: Digest::of(b"key"),
            facts: Vec::new(),
            artifacts: (0..artifacts).map(artifact).collect::<Result<_, _>>()?,
            reasons: Vec::new(),
        })
    }

    fn shelf(folder: &tempfile::TempDir) -> Result<Shelf, String> {
        let shelf = Shelf::of(folder.path(), folder.path());
        shelf.make().map_err(|failure| failure.to_string())?;
        Ok(shelf)
    }

    fn names(shelf: &Shelf) -> Result<BTreeSet<String>, std::io::Error> {
        let names = fs::read_dir(shelf.folder())?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        names.collect()
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn families_come_back_as_they_were_and_what_did_not_change_is_not_written() -> Outcome {
        let folder = tempfile::tempdir()?;
        let shelf = shelf(&folder)?;
        let some = |_: &str, artifacts: &[ArtifactState]| vec![Now::Intact; artifacts.len()];
        let first = vec![family("one", 2 * PART + 1, 0)?, family("two", 0, 0)?];
        let heads = keep(&shelf, first.clone(), &Kept::default())?;
        assert_eq!(
            names(&shelf)?,
            set(&["artifacts-one-0a", "artifacts-one-1a", "artifacts-one-2a"])
        );
        let (loaded, kept) = load(&shelf, heads.clone(), some)?;
        for ((state, now), first) in loaded.iter().zip(&first) {
            assert_eq!(state.artifacts, first.artifacts);
            assert_eq!(now.len(), first.artifacts.len());
        }
        assert_eq!(loaded.len(), 2);

        // What the head speaks of stays until the next one is there.
        let second = vec![family("one", PART + 1, 7)?];
        let heads = keep(&shelf, second, &kept)?;
        let both = [
            "artifacts-one-0a",
            "artifacts-one-0b",
            "artifacts-one-1a",
            "artifacts-one-1b",
            "artifacts-one-2a",
        ];
        assert_eq!(names(&shelf)?, set(&both));
        forget_others(&shelf, &heads);
        assert_eq!(
            names(&shelf)?,
            set(&["artifacts-one-0b", "artifacts-one-1b"])
        );

        let (_, kept) = load(&shelf, heads, some)?;
        let written = fs::metadata(shelf.folder().join("artifacts-one-1b"))?.modified()?;
        let heads = keep(&shelf, vec![family("one", PART + 1, 8)?], &kept)?;
        forget_others(&shelf, &heads);
        assert_eq!(
            names(&shelf)?,
            set(&["artifacts-one-0a", "artifacts-one-1b"])
        );
        let now = fs::metadata(shelf.folder().join("artifacts-one-1b"))?.modified()?;
        assert_eq!(now, written);
        Ok(())
    }

    #[test]
    fn a_name_that_leads_out_of_the_folder_is_not_followed() -> Outcome {
        let folder = tempfile::tempdir()?;
        let shelf = shelf(&folder)?;
        fs::create_dir(shelf.folder().join("artifacts-.."))?;
        let out = vec![family("../../out", 1, 0)?, family("in", 1, 0)?];
        let heads = keep(&shelf, out, &Kept::default())?;
        let (loaded, _) = load(&shelf, heads, |_, _| Vec::new())?;
        let left: Vec<&str> = loaded
            .iter()
            .map(|(state, _)| state.name.as_str())
            .collect();
        assert_eq!(left, ["in"]);
        Ok(())
    }

    #[test]
    fn a_family_with_a_part_that_is_not_whole_is_left_out_and_the_part_written_again() -> Outcome {
        let folder = tempfile::tempdir()?;
        let shelf = shelf(&folder)?;
        let none = |_: &str, _: &[ArtifactState]| Vec::new();
        let all = vec![family("one", PART + 1, 0)?, family("two", 1, 0)?];
        let heads = keep(&shelf, all.clone(), &Kept::default())?;
        fs::write(shelf.folder().join("artifacts-one-1a"), "torn")?;
        let (loaded, kept) = load(&shelf, heads, none)?;
        let left: Vec<&str> = loaded
            .iter()
            .map(|(state, _)| state.name.as_str())
            .collect();
        assert_eq!(left, ["two"]);
        let heads = keep(&shelf, all, &kept)?;
        forget_others(&shelf, &heads);
        let expected = ["artifacts-one-0a", "artifacts-one-1b", "artifacts-two-0a"];
        assert_eq!(names(&shelf)?, set(&expected));
        let (loaded, _) = load(&shelf, heads, none)?;
        assert_eq!(loaded.len(), 2);
        Ok(())
    }
}
