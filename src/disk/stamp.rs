//! What a file or folder looks like from outside, to tell without reading it
//! that it is what it was.

use std::{
    fs::Metadata,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

/// Size, modification time and inode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    /// Since the epoch; times before it count as the epoch.
    modified: Duration,
    /// 0 where the system has none.
    inode: u64,
}

/// A moment before which a change would have left another stamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment(Duration);

/// The coarsest clock tick of a file system with sub-second times.
const TICK: Duration = Duration::from_millis(20);
/// The coarsest clock tick of any file system (FAT).
const COARSE_TICK: Duration = Duration::from_secs(2);

impl Stamp {
    /// Of a file of so many bytes, changed last at this time since the epoch.
    #[cfg(all(unix, feature = "author"))]
    pub(super) fn new(size: u64, modified: Duration, inode: u64) -> Self {
        Self {
            size,
            modified,
            inode,
        }
    }

    /// How many bytes the file has.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The stamp of a file or folder.
    pub fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(metadata);
        #[cfg(not(unix))]
        let inode = 0;
        let modified = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            size: metadata.len(),
            modified: modified.unwrap_or_default(),
            inode,
        }
    }

    /// The stamp as bytes, for a digest.
    pub fn to_bytes(&self) -> Vec<u8> {
        let modified = self.modified.as_nanos().to_le_bytes();
        [
            self.size.to_le_bytes().as_slice(),
            &modified,
            &self.inode.to_le_bytes(),
        ]
        .concat()
    }

    /// Whether a change after this stamp was taken, at `moment`, would show in
    /// the stamp. A file written in the same clock tick would not (git calls
    /// such an entry racy).
    pub fn is_settled(&self, moment: Moment) -> bool {
        let tick = if self.modified.subsec_nanos() == 0 {
            COARSE_TICK
        } else {
            TICK
        };
        self.modified + tick < moment.0
    }
}

impl Moment {
    /// This long after 1970.
    pub fn from_nanos(nanos: u64) -> Self {
        Self(Duration::from_nanos(nanos))
    }

    /// How long after 1970 it is.
    pub fn as_nanos(self) -> u128 {
        self.0.as_nanos()
    }

    /// Now, by the clock of this machine.
    pub fn now() -> Self {
        Self(
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default(),
        )
    }
}
