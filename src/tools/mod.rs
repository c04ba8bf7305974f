//! Running programs of others: found, bounded in time and in memory, and ended
//! with everything that they have started.

mod group;
mod kept;
mod run;
mod running;

pub use kept::Kept;
pub use run::{End, Interrupt, Program, Ran, run};
pub use running::{Output, Running};

use std::{
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
};

/// Where a program is: a bare name is looked up in the folders of PATH, anything
/// else is a path from `folder` on.
///
/// # Errors
/// That there is no such program, or none that may be started.
pub fn find(name: &str, folder: &Path) -> io::Result<PathBuf> {
    let path = std::env::var_os("PATH");
    find_in(name, folder, path.as_deref())
}

fn find_in(name: &str, folder: &Path, path: Option<&OsStr>) -> io::Result<PathBuf> {
    which::which_in(name, path, folder)
        .map_err(|problem| io::Error::new(io::ErrorKind::NotFound, problem))
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    use super::*;

    #[test]
    fn programs_are_found_by_name_and_by_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("tools/prover");
        fs::create_dir(folder.path().join("tools")).expect("a folder");
        fs::write(&program, "#!/bin/sh\n").expect("a file");
        let tools = folder.path().join("tools").into_os_string();
        let found = |name| find_in(name, folder.path(), Some(&tools)).ok();
        assert_eq!(found("prover"), None, "it may not be started");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("permissions");
        assert_eq!(found("prover").as_deref(), Some(program.as_path()));
        assert_eq!(found("tools/prover").as_deref(), Some(program.as_path()));
        assert_eq!(found("./prover"), None);
        assert_eq!(found("no-such-program"), None);
    }
}
