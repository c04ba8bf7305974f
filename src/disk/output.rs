//! Every write of generated data: whole files, replaced by rename, never
//! through a link. None of it is synced to disk: it can be made again.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use super::{Failure, fs, stamp::Stamp};
use crate::{
    diagnostic::{Diagnostic, Place, codes::environment},
    rel_path::RelPath,
};

/// Leftovers of a build that was killed start like this.
pub const TEMPORARY: &str = ".emc-tmp-";

/// Put these bytes at this path: old or new, nothing in between. The stamp is
/// that of the new file.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<Stamp, Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let mut short = crate::digest::Digest::of(name).hex();
    short.truncate(12);
    // One name for each target and process: a leftover is overwritten by the
    // next build or removed as an orphan.
    let temporary = folder.join(format!("{TEMPORARY}{short}-{}", std::process::id()));
    let written = (|| {
        let stamp = Stamp::of(&fs::put(&temporary, bytes)?);
        rename(&temporary, path)?;
        Ok(stamp)
    })();
    written.map_err(|cause| {
        // The first failure is the one to tell.
        let _ = fs::remove_file(&temporary);
        Failure::new("write the file", path, cause)
    })
}

/// Write a file that nobody looks at yet.
fn create(path: &Path, bytes: &[u8]) -> Result<Stamp, Failure> {
    fs::put(path, bytes)
        .map(|metadata| Stamp::of(&metadata))
        .map_err(|cause| Failure::new("write the file", path, cause))
}

/// Keep bytes of a cache, which may be torn: its readers check them.
pub fn keep(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    create(path, bytes).map(drop)
}

/// Rename, again for a moment where a scanner may hold the old file.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let mut rest = if cfg!(windows) { 10 } else { 0 };
    loop {
        match fs::rename(from, to) {
            Err(cause) if rest > 0 && matches!(cause.raw_os_error(), Some(5 | 32)) => {
                rest -= 1;
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            other => return other,
        }
    }
}

/// Writes artifacts below a project root.
#[derive(Debug)]
pub struct Writer<'a> {
    root: &'a Path,
    /// Folders that are there and are no links.
    folders: BTreeSet<RelPath>,
    /// A folder that is written aside, and moves to its place as a whole.
    staged: Option<Staged>,
}

#[derive(Debug)]
struct Staged {
    /// Where it will be.
    place: RelPath,
    /// Where it is meanwhile, beside its place.
    aside: RelPath,
}

/// Why an artifact was not written.
#[derive(Debug)]
pub enum Refused {
    /// The operating system refused.
    Failed(Failure),
    /// This folder on the way is a link.
    Link(RelPath),
}

impl Refused {
    /// The refusal as a finding.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Failed(failure) => failure.diagnostic(),
            Self::Link(folder) => Diagnostic::new(
                &environment::THROUGH_LINK,
                format!("`{folder}` is a symbolic link; nothing is written through it"),
            )
            .at(Place::file(folder.as_str()))
            .help("replace the link by a folder, or name the real folder in emc.toml"),
        }
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        // Only after a failure: nothing that was written aside is wanted.
        if let Some(staged) = self.staged.take() {
            let _ = self.discard(&staged.aside);
        }
    }
}

impl<'a> Writer<'a> {
    /// A writer below this root.
    pub fn below(root: &'a Path) -> Self {
        Self {
            root,
            folders: BTreeSet::new(),
            staged: None,
        }
    }

    /// Write this folder aside if it is not there yet, so that it appears whole
    /// or not at all. One rename for all its files is several times faster
    /// than one for each. [`Writer::settle`] ends it.
    pub fn stage(&mut self, folder: &RelPath) -> Result<(), Refused> {
        let absent = fs::symlink_metadata(self.path(folder))
            .is_err_and(|cause| cause.kind() == io::ErrorKind::NotFound);
        if !absent {
            return Ok(());
        }
        let name = format!("{TEMPORARY}{}", folder.file_name());
        let aside = match folder.parent() {
            Some(parent) => {
                self.make(&parent)?;
                parent.join(&name)
            }
            None => RelPath::new(&name).unwrap_or_else(|_| folder.join(&name)),
        };
        self.discard(&aside)?;
        self.staged = Some(Staged {
            place: folder.clone(),
            aside,
        });
        Ok(())
    }

    /// Move the folder that was written aside to its place.
    pub fn settle(&mut self) -> Result<(), Refused> {
        let Some(Staged { place, aside }) = self.staged.take() else {
            return Ok(());
        };
        self.folders.retain(|folder| !folder.is_within(&aside));
        match rename(&self.path(&aside), &self.path(&place)) {
            // Nothing was written.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(cause) => {
                // The first failure is the one to tell.
                let _ = self.discard(&aside);
                Err(Failure {
                    action: "write the folder",
                    path: place.to_string(),
                    cause,
                }
                .into())
            }
            Ok(()) => Ok(()),
        }
    }

    fn discard(&self, aside: &RelPath) -> Result<(), Refused> {
        match fs::remove_dir_all(self.path(aside)) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(Failure {
                action: "remove the folder",
                path: aside.to_string(),
                cause,
            }
            .into()),
            _ => Ok(()),
        }
    }

    /// Whether a file is written aside, where nothing can be yet.
    pub fn is_aside(&self, path: &RelPath) -> bool {
        let staged = self.staged.as_ref();
        staged.is_some_and(|staged| path.is_within(&staged.place))
    }

    /// Write a file as a whole.
    pub fn write(&mut self, path: &RelPath, bytes: &[u8]) -> Result<Stamp, Refused> {
        let failed = |failure: Failure| Failure {
            path: path.to_string(),
            ..failure
        };
        let staged = self.staged.as_ref().and_then(|Staged { place, aside }| {
            let rest = path
                .as_str()
                .strip_prefix(place.as_str())?
                .strip_prefix('/')?;
            Some(aside.join(rest))
        });
        let target = staged.as_ref().unwrap_or(path);
        if let Some(folder) = target.parent() {
            self.make(&folder)?;
        }
        let written = match &staged {
            Some(aside) => create(&self.path(aside), bytes),
            None => replace(&self.path(path), bytes),
        };
        written.map_err(|failure| failed(failure).into())
    }

    /// Remove a file, and the folders that it leaves empty, up to but without
    /// `within`.
    pub fn remove(&mut self, path: &RelPath, within: &RelPath) -> Result<(), Refused> {
        let mut parent = path.parent();
        if let Some(folder) = &parent {
            self.no_link(folder)?;
        }
        match fs::remove_file(self.path(path)) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(Failure {
                    action: "remove the file",
                    path: path.to_string(),
                    cause,
                }
                .into());
            }
            _ => {}
        }
        while let Some(folder) =
            parent.filter(|folder| folder != within && folder.is_within(within))
        {
            // Only an empty folder can be removed this way.
            if fs::remove_dir(self.path(&folder)).is_err() {
                break;
            }
            self.folders.remove(&folder);
            parent = folder.parent();
        }
        Ok(())
    }

    fn path(&self, path: &RelPath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// Make a folder and those above it; refuse a link.
    fn make(&mut self, folder: &RelPath) -> Result<(), Refused> {
        if self.folders.contains(folder) {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.make(&parent)?;
        }
        let path = self.path(folder);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => return Err(Refused::Link(folder.clone())),
            Ok(_) => {}
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => match fs::create_dir(&path) {
                Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(Failure {
                        action: "make the folder",
                        path: folder.to_string(),
                        cause,
                    }
                    .into());
                }
                _ => {}
            },
            Err(cause) => {
                return Err(Failure {
                    action: "read the folder",
                    path: folder.to_string(),
                    cause,
                }
                .into());
            }
        }
        self.folders.insert(folder.clone());
        Ok(())
    }

    /// Refuse when a folder, or one above it, is a link.
    fn no_link(&self, folder: &RelPath) -> Result<(), Refused> {
        let mut next = Some(folder.clone());
        while let Some(folder) = next {
            let link = fs::symlink_metadata(self.path(&folder))
                .is_ok_and(|metadata| metadata.is_symlink());
            if link {
                return Err(Refused::Link(folder));
            }
            next = folder.parent();
        }
        Ok(())
    }
}
