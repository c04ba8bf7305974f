//! What the last build knew, below the target folder. It is only a cache:
//! what is missing, foreign or damaged is as if it were not there.

#[cfg(feature = "author")]
use std::collections::BTreeSet;
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

#[cfg(feature = "author")]
use serde::{Serialize, de::DeserializeOwned};

#[cfg(feature = "author")]
use super::output;
use super::{Failure, fs};
use crate::digest::Digest;

/// The state folder of one project.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

/// Tells backup programs that the folder can be made again.
const CACHEDIR_TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
    # Build state of cargo-emc; it can be deleted at any time.\n";

impl Shelf {
    /// `<target>/emc/<version>/<digest of the project's path>`: several projects
    /// can share one target folder.
    pub fn of(target: &Path, project: &Path) -> Self {
        let mut key = Digest::of(project.as_os_str().as_encoded_bytes()).hex();
        key.truncate(16);
        Self {
            folder: target.join("emc").join(env!("CARGO_PKG_VERSION")).join(key),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Make the folder.
    pub fn make(&self) -> Result<(), Failure> {
        let failed = |cause| Failure::new("make the state folder", &self.folder, cause);
        // The target folder may be anywhere, as it may for cargo; from there on
        // the way is ours, and leads nowhere else.
        for folder in self.folder.ancestors().take(3) {
            fs::refuse_link(folder).map_err(failed)?;
        }
        if self.folder.is_dir() {
            return Ok(());
        }
        if let Some(emc) = self.folder.parent().and_then(Path::parent) {
            fs::create_dir_all(emc).map_err(failed)?;
            for (name, text) in [("CACHEDIR.TAG", CACHEDIR_TAG), (".gitignore", "*\n")] {
                let file = emc.join(name);
                fs::put_once(&file, text.as_bytes())
                    .map_err(|cause| Failure::new("write the file", &file, cause))?;
            }
        }
        fs::create_dir_all(&self.folder).map_err(failed)
    }

    /// Forget everything.
    pub fn clear(&self) -> Result<(), Failure> {
        match fs::remove_dir_all(&self.folder) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => {
                Err(Failure::new("remove the state folder", &self.folder, cause))
            }
            _ => Ok(()),
        }
    }
}

/// What is kept there.
#[cfg(feature = "author")]
impl Shelf {
    /// Keep a value under a name. The digest is that of its bytes.
    pub fn put<T: Serialize>(&self, name: &str, value: &T) -> Result<Digest, Failure> {
        self.put_under(value, 0, |_| Some(name.to_owned()))
    }

    /// Keep a value under the name that is given for the digest of its bytes; none where
    /// it is there already. Should it take many bytes, then about how many are `expected`:
    /// they are not moved while they grow.
    pub fn put_under<T: Serialize>(
        &self,
        value: &T,
        expected: usize,
        name: impl FnOnce(Digest) -> Option<String>,
    ) -> Result<Digest, Failure> {
        let mut bytes = Vec::with_capacity(32 + expected);
        bytes.resize(32, 0);
        let encoded = postcard::to_extend(value, bytes);
        let mut bytes = encoded.map_err(|cause| {
            let cause = std::io::Error::other(cause);
            Failure::new("write the build state", &self.folder, cause)
        })?;
        let (room, body) = bytes.split_at_mut(32); // It began with so many.
        let digest = Digest::of(body);
        room.copy_from_slice(digest.as_bytes());
        if let Some(name) = name(digest) {
            output::keep(&self.folder.join(name), &bytes)?;
        }
        Ok(digest)
    }

    /// Remove what has a name that starts like this, but for these.
    pub fn keep_only(&self, start: &str, names: &BTreeSet<String>) {
        // What cannot be removed takes room, and does nothing else.
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if let Ok(name) = entry.file_name().into_string()
                && name.starts_with(start)
                && !names.contains(&name)
            {
                let _ = fs::remove_file(self.folder.join(name));
            }
        }
    }

    /// The value under a name with the digest of its bytes, when it is there
    /// whole.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Option<(T, Digest)> {
        decode(&fs::read(self.folder.join(name)).ok()?)
    }

    /// As [`Shelf::get`], for a value that must not be forgotten because it could not
    /// be read once.
    ///
    /// # Errors
    /// The system could not read a file that is there.
    pub fn load<T: DeserializeOwned>(&self, name: &str) -> Result<Option<(T, Digest)>, Failure> {
        let path = self.folder.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(decode(&bytes)),
            // Not there, or nothing that we have written.
            Err(cause)
                if matches!(
                    cause.kind(),
                    ErrorKind::NotFound
                        | ErrorKind::InvalidInput
                        | ErrorKind::IsADirectory
                        | ErrorKind::FileTooLarge
                ) =>
            {
                Ok(None)
            }
            Err(cause) => Err(Failure::new("read the build state", &path, cause)),
        }
    }

    /// The value under a name, when its bytes have this digest: parts that
    /// different builds have written do not mix.
    pub fn get_exactly<T: DeserializeOwned>(&self, name: &str, expected: Digest) -> Option<T> {
        let (value, digest) = self.get(name)?;
        (digest == expected).then_some(value)
    }
}

#[cfg(feature = "author")]
/// A value with the digest of its bytes, which stands before them.
fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<(T, Digest)> {
    let (stored, body) = bytes.split_at_checked(32)?;
    let digest = Digest::of(body);
    if digest.as_bytes() != stored {
        return None;
    }
    Some((postcard::from_bytes(body).ok()?, digest))
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// Nobody holds the lock yet: it lies in the folder.
    #[test]
    fn several_make_the_folder_at_once() {
        for round in 0..200 {
            let target = tempfile::tempdir().expect("a folder");
            let shelf = Shelf::of(target.path(), Path::new("project"));
            thread::scope(|scope| {
                let makers: Vec<_> = (0..8).map(|_| scope.spawn(|| shelf.make())).collect();
                for maker in makers {
                    let made = maker.join().expect("no panic");
                    assert!(made.is_ok(), "round {round}: {made:?}");
                }
            });
            let tag = std::fs::read_to_string(target.path().join("emc/CACHEDIR.TAG"));
            assert_eq!(tag.expect("a tag"), CACHEDIR_TAG);
        }
    }
}
