//! The committed transaction files: listed, stamped, read. Nothing here
//! writes, so it serves a read-only checkout.

use std::{io, path::Path};

use super::{
    Failure,
    fs::{self, Contents, Folder},
    stamp::Stamp,
};
use crate::{
    diagnostic::{Diagnostic, Place, codes::store},
    parallel,
    rel_path::{RelPath, is_clean},
};

/// How the name of a transaction file ends; the case matters, as it does to eventcore-fs.
const SUFFIX: &[u8] = b".jsonl";

/// No transaction file is longer, in bytes: an edit of a whole model takes a
/// hundredth, and what is read at a time must fit into memory.
pub const LONGEST: u64 = 64 << 20;

/// So many files are worth a thread to look at or to read.
pub const WORTH_A_THREAD: usize = 256;

/// What is named like a transaction file in the folder of the committed transactions.
#[derive(Debug)]
pub struct Names {
    /// Of plain files, sorted.
    pub names: Vec<String>,
    /// What is named so and is none, as far as its name and its kind tell.
    pub strange: Vec<Strange>,
}

/// What stands in the folder of the committed transactions.
#[derive(Debug)]
pub struct Listing {
    /// The transaction files, by name.
    pub files: Vec<(String, Stamp)>,
    /// What is named like a transaction file and is none.
    pub strange: Vec<Strange>,
}

/// Something that is named like a transaction file.
#[derive(Debug, PartialEq, Eq)]
pub enum Strange {
    /// A folder, a link or a device.
    NotAFile(String),
    /// A file longer than [`LONGEST`].
    TooLong(String),
    /// A name that is not UTF-8, as far as it can be shown, or that holds a
    /// control character or a backslash.
    BadName(String),
}

/// The stamp of a folder below the root of a project, or `None` when there is no
/// such folder. None on the way to it is a link: that can lead out of the project.
pub fn folder(root: &Path, below: &RelPath) -> Result<Option<Stamp>, Failure> {
    let events = &root.join(below.as_str());
    let mut parent = below.parent();
    while let Some(folder) = parent {
        fs::refuse_link(&root.join(folder.as_str()))
            .map_err(|cause| Failure::new("read the folder", Path::new(folder.as_str()), cause))?;
        parent = folder.parent();
    }
    match fs::symlink_metadata(events) {
        Ok(metadata) if metadata.is_dir() => Ok(Some(Stamp::of(&metadata))),
        Ok(metadata) if metadata.is_symlink() => Err(Failure::new(
            "read the folder",
            Path::new(below.as_str()),
            fs::link(),
        )),
        Ok(_) => Err(Failure::new(
            "read the folder",
            events,
            io::ErrorKind::NotADirectory.into(),
        )),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Failure::new("read the folder", events, cause)),
    }
}

/// Every entry whose name ends in `.jsonl`. None is looked at: that is as well done when
/// it is read.
pub fn names(events: &Path) -> Result<Names, Failure> {
    let failed = |cause| Failure::new("read the folder", events, cause);
    let mut names = Vec::new();
    let mut strange = Vec::new();
    for entry in fs::read_dir(events).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        if !name.as_encoded_bytes().ends_with(SUFFIX) {
            continue;
        }
        match name.into_string() {
            // Of the entry itself: a link is not followed.
            Ok(name) if is_clean(&name) || RelPath::new(&name).is_ok() => {
                match entry.file_type() {
                    Ok(kind) if kind.is_file() => names.push(Sorted::of(name)),
                    Ok(_) => strange.push(Strange::NotAFile(name)),
                    // Gone since it was listed, as during a checkout.
                    Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                    Err(cause) => return Err(Failure::new("read the file", &entry.path(), cause)),
                }
            }
            Ok(name) => strange.push(Strange::BadName(name.escape_default().to_string())),
            Err(name) => strange.push(Strange::BadName(name.to_string_lossy().into_owned())),
        }
    }
    // Directories list their entries in any order.
    names.sort_unstable();
    strange.sort_unstable_by(|a, b| a.name().cmp(b.name()));
    Ok(Names {
        names: names.into_iter().map(|sorted| sorted.name).collect(),
        strange,
    })
}

/// A name with its first bytes, which tell most names apart without a look at the text.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Sorted {
    start: [u8; 16],
    name: String,
}

impl Sorted {
    fn of(name: String) -> Self {
        let mut start = [0; 16];
        for (to, from) in start.iter_mut().zip(name.bytes()) {
            *to = from;
        }
        Self { start, name }
    }
}

/// Every entry whose name ends in `.jsonl`. Each is looked at, on as many threads
/// as the machine has: a name and its inode alone do not say that a file is what
/// it was, since a file system gives the inode of a deleted file to the next one.
pub fn list(events: &Path) -> Result<Listing, Failure> {
    let Names { names, mut strange } = names(events)?;
    let folder =
        Folder::open(events).map_err(|cause| Failure::new("read the folder", events, cause))?;
    let looked = parallel::each(&names, WORTH_A_THREAD, |name| folder.look(name));
    let looked: Vec<io::Result<Option<Stamp>>> = looked.into_iter().collect();
    let mut files = Vec::with_capacity(names.len());
    for (name, looked) in names.into_iter().zip(looked) {
        match looked {
            Ok(Some(stamp)) if stamp.size() > LONGEST => strange.push(Strange::TooLong(name)),
            Ok(Some(stamp)) => files.push((name, stamp)),
            Ok(None) => strange.push(Strange::NotAFile(name)),
            // Gone since it was listed, as during a checkout.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Err(cause) => return Err(Failure::new("read the file", &events.join(name), cause)),
        }
    }
    strange.sort_unstable_by(|a, b| a.name().cmp(b.name()));
    Ok(Listing { files, strange })
}

impl From<Listing> for Names {
    fn from(listing: Listing) -> Self {
        Self {
            names: listing.files.into_iter().map(|(name, _)| name).collect(),
            strange: listing.strange,
        }
    }
}

impl Strange {
    /// What is wrong with it, in this folder.
    pub fn finding(&self, folder: &RelPath) -> Diagnostic {
        let place = Place::file(format!("{folder}/{}", self.name()));
        match self {
            Self::NotAFile(name) => {
                Diagnostic::new(&store::NOT_A_FILE, format!("`{name}` is no plain file"))
            }
            Self::TooLong(name) => Diagnostic::new(
                &store::TOO_LONG,
                format!("`{name}` is longer than {} MiB", LONGEST >> 20),
            ),
            Self::BadName(name) => Diagnostic::new(
                &store::BAD_FILE_NAME,
                format!("`{name}` is no name of a transaction file"),
            ),
        }
        .at(place)
        .help("move it out of the folder of the committed transactions")
    }

    /// The name.
    pub fn name(&self) -> &str {
        match self {
            Self::NotAFile(name) | Self::TooLong(name) | Self::BadName(name) => name,
        }
    }
}

/// Read these files and make something of each, on as many threads as the
/// machine has. The results stand in the order of the names.
pub fn read_each<N: AsRef<str> + Sync, T: Send>(
    events: &Path,
    names: &[N],
    make: impl Fn(&str, io::Result<Contents>) -> T + Sync,
) -> parallel::Results<T> {
    let folder = Folder::open(events);
    parallel::each(names, WORTH_A_THREAD, |name| {
        let name = name.as_ref();
        let contents = match &folder {
            Ok(folder) => folder.read(name, LONGEST),
            Err(cause) => Err(cause.kind().into()),
        };
        make(name, contents)
    })
}
