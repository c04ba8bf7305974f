//! The generated files as the last build left them, and as they are now.

use std::{io, path::Path};

use serde::{Deserialize, Serialize};

use crate::{
    artifact::Marked,
    digest::{Digest, headed},
    disk::{
        fs::{self, Contents, Folder},
        stamp::{Moment, Stamp},
    },
    fingerprint::{DirtyReason, Fact},
    ops::compare::{is_absent, open},
    plan::Found,
    rel_path::RelPath,
};

/// A family as the last build left it.
#[derive(Clone, Debug)]
pub struct FamilyState {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: RelPath,
    /// The key of what it read.
    pub key: Digest,
    /// What it read, for the explanation.
    pub facts: Vec<Fact>,
    /// Its artifacts, by path.
    pub artifacts: Vec<ArtifactState>,
    /// Why it was built, the last times: artifacts point here.
    pub reasons: Vec<Vec<DirtyReason>>,
}

/// An artifact as it was written or found right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtifactState {
    /// Where.
    pub path: RelPath,
    /// Of its bytes, see [`headed`].
    pub digest: Digest,
    /// Of the file.
    pub stamp: Stamp,
    /// Which of the family's reasons made it be written.
    pub reason: u32,
}

/// An artifact of the last build as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// The same stamp: not read.
    Intact,
    /// The same bytes under another stamp.
    Touched(Stamp),
    /// Other bytes.
    Changed,
    /// Gone, or something that is no file.
    Missing,
}

impl Now {
    /// Whether it has the bytes that were written.
    pub fn is_as_written(self) -> bool {
        matches!(self, Self::Intact | Self::Touched(_))
    }

    /// Of what could not be looked at.
    fn unseen(cause: &io::Error) -> Self {
        if is_absent(cause) {
            Self::Missing
        } else {
            // It is looked at again before anything is written.
            Self::Changed
        }
    }

    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Intact | Self::Touched(_) => "as it was written",
            Self::Changed => "changed by something else since",
            Self::Missing => "missing",
        }
    }
}

/// Look at artifacts, in the order of their paths; read only those whose stamp says
/// nothing.
pub fn observe(root: &Path, artifacts: &[ArtifactState], moment: Moment) -> Vec<Now> {
    let mut now = Vec::with_capacity(artifacts.len());
    // By folder, which is opened once for all that lie in it.
    for group in artifacts.chunk_by(|one, next| one.path.folder() == next.path.folder()) {
        let folder = group.first().map(|artifact| artifact.path.folder());
        let folder = Folder::open(&root.join(folder.unwrap_or_default()));
        now.extend(group.iter().map(|artifact| match &folder {
            Ok(folder) => observe_in(folder, artifact, moment),
            Err(cause) => Now::unseen(cause),
        }));
    }
    now
}

fn observe_in(folder: &Folder, artifact: &ArtifactState, moment: Moment) -> Now {
    let name = artifact.path.file_name();
    let stamp = match folder.look(name) {
        Ok(Some(stamp)) => stamp,
        Ok(None) => return Now::Missing,
        Err(cause) => return Now::unseen(&cause),
    };
    if stamp == artifact.stamp && stamp.is_settled(moment) {
        return Now::Intact;
    }
    match folder.read(name, fs::LONGEST) {
        Ok(Contents { stamp, bytes }) if headed(&bytes, None) == artifact.digest => {
            Now::Touched(stamp)
        }
        Ok(_) => Now::Changed,
        Err(cause) => Now::unseen(&cause),
    }
}

/// The file at a path, read.
pub fn find(root: &Path, path: &RelPath) -> io::Result<Option<(Found, Stamp)>> {
    let found = open(&root.join(path.as_str()))?.map(|(bytes, stamp)| {
        let found = match bytes {
            Some(bytes) => Found {
                digest: headed(&bytes, None),
                marked: if is_blank(&bytes) {
                    Marked::Intact
                } else {
                    Marked::of(&bytes)
                },
            },
            None => Found {
                digest: Digest::of(b"not ours"),
                marked: Marked::No,
            },
        };
        (found, stamp)
    });
    Ok(found)
}

/// Nothing, or nothing but zeros: what a power cut leaves of a file that was not
/// yet on the disk. Nobody's work is lost with it.
fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0)
}
