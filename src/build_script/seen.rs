//! What the last run has looked at and found right, so that the next one need
//! not read it again when cargo runs the script for another reason.

use std::path::{Path, PathBuf};

use crate::{
    digest::{Digest, Framed},
    disk::{
        Failure, fs, output,
        stamp::{Moment, Stamp},
    },
};

/// The file below `OUT_DIR`: the key, the digest of the model and the moment, a line
/// each.
const FILE: &str = "emc-seen";

/// Everything that decides what a run finds.
pub(super) struct State<'a> {
    pub version: &'static str,
    pub settings: String,
    pub transactions: &'a [(String, Stamp)],
    /// Of the artifacts that are compared, and of those that are generated.
    pub folders: Vec<PathBuf>,
    pub root: &'a Path,
}

/// What a run without findings leaves behind.
pub(super) struct Seen {
    key: Digest,
    /// Of the model.
    pub digest: Digest,
    looked: Moment,
}

impl State<'_> {
    /// The key, and whether any file can change without a change of the key:
    /// it was written in the clock tick in which it was looked at.
    fn key(&self, looked: Moment) -> (Digest, bool) {
        let mut framed = Framed::new("build script");
        framed
            .field(self.version.as_bytes())
            .field(self.settings.as_bytes())
            .field(self.root.as_os_str().as_encoded_bytes());
        let mut settled = true;
        let mut stamp = |name: &[u8], stamp: &Stamp| {
            settled &= stamp.is_settled(looked);
            framed.field(name).field(&stamp.to_bytes());
        };
        for (name, own) in self.transactions {
            stamp(name.as_bytes(), own);
        }
        for folder in &self.folders {
            for (path, own) in files(folder) {
                stamp(path.as_os_str().as_encoded_bytes(), &own);
            }
        }
        (framed.finish(), settled)
    }
}

impl Seen {
    /// What the last run left.
    pub fn of(out: &Path) -> Option<Self> {
        let text = String::from_utf8(fs::read(out.join(FILE)).ok()?).ok()?;
        let mut lines = text.lines();
        Some(Self {
            key: Digest::from_hex(lines.next()?)?,
            digest: Digest::from_hex(lines.next()?)?,
            looked: Moment::from_nanos(lines.next()?.parse().ok()?),
        })
    }

    /// Whether everything is as the last run left it.
    pub fn holds(&self, state: &State<'_>) -> bool {
        let (key, settled) = state.key(self.looked);
        settled && key == self.key
    }

    /// Leave this for the next run.
    pub fn keep(
        out: &Path,
        state: &State<'_>,
        looked: Moment,
        digest: Digest,
    ) -> Result<(), Failure> {
        let (key, _) = state.key(looked);
        let text = format!("{key}\n{digest}\n{}\n", looked.as_nanos());
        output::keep(&out.join(FILE), text.as_bytes())
    }
}

/// Every file below a folder with its stamp, by path. What cannot be read is
/// left out: it is found when it is looked at.
fn files(folder: &Path) -> Vec<(PathBuf, Stamp)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(metadata) if metadata.is_dir() => folders.push(entry.path()),
                Ok(metadata) => files.push((entry.path(), Stamp::of(&metadata))),
                Err(_) => {}
            }
        }
    }
    files.sort_unstable();
    files
}
