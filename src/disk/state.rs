//! What the last build knew, below the target folder. It is only a cache:
//! what is missing, foreign or damaged is as if it were not there.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

use super::{Failure, output};
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
        if self.folder.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(&self.folder).map_err(failed)?;
        if let Some(emc) = self.folder.parent().and_then(Path::parent) {
            fs::write(emc.join("CACHEDIR.TAG"), CACHEDIR_TAG).map_err(failed)?;
            fs::write(emc.join(".gitignore"), "*\n").map_err(failed)?;
        }
        Ok(())
    }

    /// Keep a value under a name. The digest is that of its bytes.
    pub fn put<T: Serialize>(&self, name: &str, value: &T) -> Result<Digest, Failure> {
        let path = self.folder.join(name);
        let body = postcard::to_stdvec(value).map_err(|cause| {
            Failure::new("write the build state", &path, std::io::Error::other(cause))
        })?;
        let digest = Digest::of(&body);
        let mut bytes = Vec::with_capacity(body.len() + 32);
        bytes.extend_from_slice(digest.as_bytes());
        bytes.extend_from_slice(&body);
        output::keep(&path, &bytes)?;
        Ok(digest)
    }

    /// The value under a name with the digest of its bytes, when it is there
    /// whole.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Option<(T, Digest)> {
        let bytes = fs::read(self.folder.join(name)).ok()?;
        let (stored, body) = bytes.split_at_checked(32)?;
        let digest = Digest::of(body);
        if digest.as_bytes() != stored {
            return None;
        }
        Some((postcard::from_bytes(body).ok()?, digest))
    }

    /// The value under a name, when its bytes have this digest: parts that
    /// different builds have written do not mix.
    pub fn get_exactly<T: DeserializeOwned>(&self, name: &str, expected: Digest) -> Option<T> {
        let (value, digest) = self.get(name)?;
        (digest == expected).then_some(value)
    }

    /// Forget everything.
    pub fn clear(&self) -> Result<(), Failure> {
        match fs::remove_dir_all(&self.folder) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(Failure::new("remove the state folder", &self.folder, cause))
            }
            _ => Ok(()),
        }
    }
}
