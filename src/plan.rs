//! Wanted artifacts against those on disk: what to keep, write, remove or
//! refuse.

use std::collections::BTreeSet;

use crate::{
    artifact::{Artifact, Marked},
    digest::Digest,
    rel_path::RelPath,
};

/// A file as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Of its bytes, see [`crate::digest::headed`].
    pub digest: Digest,
    /// What it says about itself.
    pub marked: Marked,
}

/// What to do with one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is what it should be.
    Keep,
    /// It is not there.
    Create,
    /// It is an older text of ours.
    Update,
    /// It is a text of ours that something else changed: an edit by hand, a
    /// line-ending conversion, a merge.
    Overwrite,
    /// It is not ours: somebody's own file stands where an artifact belongs.
    Refuse,
}

impl Step {
    /// What to do to have this artifact where `found` was found. With `force` nothing
    /// is refused.
    pub fn of(artifact: &Artifact, found: Option<Found>, force: bool) -> Self {
        let Some(found) = found else {
            return Self::Create;
        };
        if found.digest == artifact.digest {
            return Self::Keep;
        }
        // A format without comments carries no marker: the path alone says
        // that it is ours.
        let marks = Marked::of(artifact.text.as_bytes()) != Marked::No;
        match found.marked {
            Marked::Intact => Self::Update,
            Marked::Edited => Self::Overwrite,
            Marked::No if !marks => Self::Update,
            Marked::No if force => Self::Overwrite,
            Marked::No => Self::Refuse,
        }
    }

    /// Whether the file is written.
    pub fn writes(self) -> bool {
        matches!(self, Self::Create | Self::Update | Self::Overwrite)
    }
}

/// The files that carry our marker and that nothing wants any more.
pub fn orphans<'a>(
    ours: impl IntoIterator<Item = &'a RelPath>,
    wanted: &BTreeSet<RelPath>,
) -> BTreeSet<RelPath> {
    ours.into_iter()
        .filter(|path| !wanted.contains(*path))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{artifact::Comment, digest::headed};

    fn artifact(comment: Comment, body: &str) -> Artifact {
        Artifact::new(RelPath::new("a/b").expect("relative"), comment, body)
    }

    fn step(wanted: &Artifact, found: &str, force: bool) -> Step {
        let found = Found {
            digest: headed(found.as_bytes(), None),
            marked: Marked::of(found.as_bytes()),
        };
        Step::of(wanted, Some(found), force)
    }

    #[test]
    fn what_is_not_ours_is_refused_unless_forced() {
        let wanted = artifact(Comment::Hash, "x = 2\n");
        let older = artifact(Comment::Hash, "x = 1\n").text;
        assert_eq!(Step::of(&wanted, None, false), Step::Create);
        assert_eq!(step(&wanted, &wanted.text, false), Step::Keep);
        assert_eq!(step(&wanted, &older, false), Step::Update);
        assert_eq!(
            step(&wanted, &older.replace("= 1", "= 3"), false),
            Step::Overwrite
        );
        assert_eq!(step(&wanted, "x = 2\n", false), Step::Refuse);
        assert_eq!(step(&wanted, "x = 2\n", true), Step::Overwrite);
    }

    #[test]
    fn a_format_without_comments_is_ours_by_its_path() {
        let wanted = artifact(Comment::None, "v2\n");
        assert_eq!(step(&wanted, "v1\n", false), Step::Update);
    }

    #[test]
    fn what_is_kept_or_refused_is_not_written() {
        let writes = [Step::Create, Step::Update, Step::Overwrite].map(Step::writes);
        assert_eq!(writes, [true; 3]);
        assert_eq!([Step::Keep, Step::Refuse].map(Step::writes), [false; 2]);
    }

    #[test]
    fn orphans_are_ours_and_unwanted() {
        let path = |text| RelPath::new(text).expect("relative");
        let wanted = BTreeSet::from([path("a")]);
        assert_eq!(
            orphans(&[path("a"), path("b")], &wanted),
            BTreeSet::from([path("b")])
        );
    }
}
