//! One build at a time.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use super::{Failure, fs};

/// The lock of a project's state folder. It ends with the value, or with the
/// process, however that ends.
#[derive(Debug)]
pub struct BuildLock {
    file: File,
    path: PathBuf,
    /// The last build was killed while it wrote: it may have left files that
    /// are not finished.
    pub interrupted: bool,
}

impl BuildLock {
    /// Take the lock; call `waiting` once when somebody else holds it.
    pub fn take(state: &Path, waiting: impl FnOnce()) -> Result<Self, Failure> {
        let path = state.join("lock");
        let failed = |cause| Failure::new("lock the build state", &path, cause);
        let file = fs::lock(&path, waiting).map_err(failed)?;
        let interrupted = file.metadata().map_err(failed)?.len() > 0;
        Ok(Self {
            file,
            path,
            interrupted,
        })
    }

    /// From here to [`BuildLock::written`] artifacts are written.
    pub fn writing(&self) -> Result<(), Failure> {
        self.mark(1)
    }

    /// Everything is written.
    pub fn written(&self) -> Result<(), Failure> {
        self.mark(0)
    }

    /// The length of the file is the mark: it outlives the process.
    fn mark(&self, length: u64) -> Result<(), Failure> {
        fs::mark(&self.file, &self.path, length)
            .map_err(|cause| Failure::new("lock the build state", &self.path, cause))
    }
}
