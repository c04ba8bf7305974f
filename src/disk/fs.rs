//! Every call to the file system, each one step that can fail. What is read is a
//! plain file of bounded length, and nothing is created through a link: a project
//! may come from a stranger.
//!
//! The feature `faults` (for tests, never in a release) lets one step fail, or
//! writes down what a build does to the disk; see [`super::faults`].

mod folder;

use std::{
    fs::{self, DirEntry, File, Metadata, TryLockError},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

#[cfg(feature = "faults")]
use super::faults::step;
pub use folder::{Contents, Folder};

/// One call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call<'a> {
    /// A file is read.
    Read,
    /// A folder is listed.
    List,
    /// A file or folder is looked at.
    Look,
    /// A file is made, empty.
    Create,
    /// These bytes are written to the file that was made.
    Write(&'a [u8]),
    /// A file is looked at after it was written.
    LookBack,
    /// It gets this name.
    Rename(&'a Path),
    /// A file is removed.
    Remove,
    /// An empty folder is removed.
    RemoveFolder,
    /// A folder is removed with all that is in it.
    RemoveAll,
    /// A folder is made.
    MakeFolder,
    /// A folder is made, and those above it.
    MakeFolders,
    /// A lock is taken.
    Lock,
    /// A lock file gets this length.
    Mark(u64),
}

#[cfg(not(feature = "faults"))]
#[expect(clippy::unnecessary_wraps)]
#[inline]
fn step(_: Call<'_>, _: &Path) -> io::Result<()> {
    Ok(())
}

/// No file that is read is longer: more than any artifact, state or document
/// that anybody writes, less than would exhaust a machine.
pub const LONGEST: u64 = 256 << 20;

/// The bytes of a plain file of at most [`LONGEST`] bytes.
///
/// # Errors
/// A device, a pipe, a folder or a longer file among them: none of them is read.
pub fn read(path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    read_at_most(path, LONGEST)
}

/// The bytes of a plain file that has no more than these.
///
/// # Errors
/// As [`read`].
pub fn read_at_most(path: impl AsRef<Path>, longest: u64) -> io::Result<Vec<u8>> {
    let path = path.as_ref();
    step(Call::Read, path)?;
    // To open a pipe would be to wait for its other end.
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(not_plain());
    }
    all_of(File::open(path)?, metadata.len(), longest)
}

/// The bytes of a file that says to have this length.
fn all_of(file: File, length: u64, longest: u64) -> io::Result<Vec<u8>> {
    if length > longest {
        return Err(too_long(longest));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    // It may grow while it is read, and says 0 where the system makes it up.
    file.take(longest.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > longest {
        return Err(too_long(longest));
    }
    Ok(bytes)
}

fn not_plain() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is no plain file")
}

fn too_long(longest: u64) -> io::Error {
    io::Error::new(
        io::ErrorKind::FileTooLarge,
        format!("it is longer than {} MiB", longest >> 20),
    )
}

/// The text of a plain file; see [`read`].
///
/// # Errors
/// As [`read`]; `InvalidData` for what is not UTF-8.
pub fn read_to_string(path: impl AsRef<Path>) -> io::Result<String> {
    String::from_utf8(read(path)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// The text of what a person has named: a pipe too.
///
/// # Errors
/// Those of the system; more than [`LONGEST`] bytes; `InvalidData` for what is not
/// UTF-8.
#[cfg(feature = "cli")]
pub fn read_given(path: &Path) -> io::Result<String> {
    step(Call::Read, path)?;
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(too_long(LONGEST));
    }
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// The entries of a folder, in the order of the system.
///
/// # Errors
/// Those of the system.
pub fn read_dir(path: impl AsRef<Path>) -> io::Result<impl Iterator<Item = io::Result<DirEntry>>> {
    step(Call::List, path.as_ref())?;
    fs::read_dir(path)
}

/// What an entry of a folder is; a link is not followed.
///
/// # Errors
/// Those of the system.
#[cfg(feature = "author")]
pub fn look(entry: &DirEntry) -> io::Result<Metadata> {
    #[cfg(feature = "faults")]
    step(Call::Look, &entry.path())?;
    entry.metadata()
}

/// What a path leads to.
///
/// # Errors
/// Those of the system.
pub fn metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    step(Call::Look, path.as_ref())?;
    fs::metadata(path)
}

/// What stands at a path; a link is not followed.
///
/// # Errors
/// Those of the system.
pub fn symlink_metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    step(Call::Look, path.as_ref())?;
    fs::symlink_metadata(path)
}

/// The path without links.
///
/// # Errors
/// Those of the system.
#[cfg(any(feature = "cli", not(windows)))]
pub fn canonicalize(path: impl AsRef<Path>) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// Put these bytes into a new file; what stood there is removed before, so that
/// nothing is written through a link. A failure may leave a part of them.
///
/// # Errors
/// Those of the system.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<Metadata> {
    step(Call::Create, path)?;
    let mut file = match File::create_new(path) {
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            File::create_new(path)?
        }
        other => other?,
    };
    fill(&mut file, path, bytes)?;
    step(Call::LookBack, path)?;
    file.metadata()
}

/// Put these bytes into a new file, unless something stands there: several may want
/// the same one at the same time.
///
/// # Errors
/// Those of the system.
pub fn put_once(path: &Path, bytes: &[u8]) -> io::Result<()> {
    step(Call::Create, path)?;
    match File::create_new(path) {
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        file => fill(&mut file?, path, bytes),
    }
}

fn fill(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    step(Call::Write(bytes), path).inspect_err(|_| {
        // As a disk does that is full: a part of it is there.
        let _ = file.write_all(bytes.get(..bytes.len() / 2).unwrap_or_default());
    })?;
    file.write_all(bytes)
}

/// Make a folder.
///
/// # Errors
/// Those of the system.
pub fn create_dir(path: impl AsRef<Path>) -> io::Result<()> {
    step(Call::MakeFolder, path.as_ref())?;
    fs::create_dir(path)
}

/// Make a folder and those above it.
///
/// # Errors
/// Those of the system.
pub fn create_dir_all(path: impl AsRef<Path>) -> io::Result<()> {
    step(Call::MakeFolders, path.as_ref())?;
    fs::create_dir_all(path)
}

/// Remove a file.
///
/// # Errors
/// Those of the system.
pub fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
    step(Call::Remove, path.as_ref())?;
    fs::remove_file(path)
}

/// Remove an empty folder.
///
/// # Errors
/// Those of the system.
pub fn remove_dir(path: impl AsRef<Path>) -> io::Result<()> {
    step(Call::RemoveFolder, path.as_ref())?;
    fs::remove_dir(path)
}

/// Remove a folder with all that is in it; links in it are not followed.
///
/// # Errors
/// Those of the system.
pub fn remove_dir_all(path: impl AsRef<Path>) -> io::Result<()> {
    step(Call::RemoveAll, path.as_ref())?;
    fs::remove_dir_all(path)
}

/// Give a file or folder another name.
///
/// # Errors
/// Those of the system.
pub fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    step(Call::Rename(to.as_ref()), from.as_ref())?;
    fs::rename(from, to)
}

/// Open a lock file and take its lock; call `waiting` once when somebody else
/// holds it.
///
/// # Errors
/// Those of the system, and a link.
pub fn lock(path: &Path, waiting: impl FnOnce()) -> io::Result<File> {
    step(Call::Lock, path)?;
    refuse_link(path)?;
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            waiting();
            file.lock()?;
        }
        Err(TryLockError::Error(cause)) => return Err(cause),
    }
    Ok(file)
}

/// Give a lock file a length.
///
/// # Errors
/// Those of the system.
pub fn mark(file: &File, path: &Path, length: u64) -> io::Result<()> {
    step(Call::Mark(length), path)?;
    file.set_len(length)
}

/// Refuse a path where a link stands: it can lead anywhere.
///
/// # Errors
/// `InvalidInput` for a link.
pub fn refuse_link(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => Err(link()),
        _ => Ok(()),
    }
}

/// Why a link is refused.
pub fn link() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        "it is a symbolic link, which can lead out of the project",
    )
}
