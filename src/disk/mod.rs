//! The edge: files in, files out.

pub mod attributes;
mod cargo_toml;
pub mod discover;
#[cfg(feature = "faults")]
pub mod faults;
pub(crate) mod fs;
pub mod git;
pub mod lock;
pub mod output;
pub mod scan;
pub mod stamp;
pub mod state;
pub mod target;
#[cfg(feature = "watch")]
pub mod watch;
#[cfg(feature = "cli")]
pub mod workspace;

use std::{fmt, io, path::Path};

use crate::diagnostic::{Diagnostic, Place, codes::environment};

/// The operating system refused something.
#[derive(Debug)]
pub struct Failure {
    /// What was tried, as in `write the file`.
    pub action: &'static str,
    /// The path, as far as possible relative to the project root.
    pub path: String,
    /// Why it failed.
    pub cause: io::Error,
}

impl Failure {
    /// A failure of `action` on `path`.
    pub fn new(action: &'static str, path: &Path, cause: io::Error) -> Self {
        Self {
            action,
            path: path.display().to_string(),
            cause,
        }
    }

    /// The failure as a finding.
    pub fn diagnostic(&self) -> Diagnostic {
        let code = if self.action.starts_with("read") {
            &environment::READ_FAILED
        } else {
            &environment::WRITE_FAILED
        };
        Diagnostic::new(code, format!("cannot {}: {}", self.action, self.cause))
            .at(Place::file(self.path.clone()))
            .help(match self.cause.kind() {
                io::ErrorKind::PermissionDenied => {
                    "check the permissions of the file and of the folders above it"
                }
                io::ErrorKind::StorageFull => "make room on the disk and run the command again",
                io::ErrorKind::NotFound => "check that the path exists, then run the command again",
                _ => "run the command again; nothing that was committed is lost",
            })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.action, self.path, self.cause)
    }
}

impl std::error::Error for Failure {}
