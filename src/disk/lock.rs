//! One build at a time.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use super::Failure;

/// The lock of a project's state folder. It ends with the value, or with the
/// process, however that ends.
#[derive(Debug)]
pub struct BuildLock {
    _file: File,
}

impl BuildLock {
    /// Take the lock; call `waiting` once when somebody else holds it.
    pub fn take(state: &Path, waiting: impl FnOnce()) -> Result<Self, Failure> {
        let path = state.join("lock");
        let failed = |cause| Failure::new("lock the build state", &path, cause);
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock().map_err(failed)?;
            }
            Err(TryLockError::Error(cause)) => return Err(failed(cause)),
        }
        Ok(Self { _file: file })
    }
}
