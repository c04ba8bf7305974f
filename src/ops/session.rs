//! A project that is worked on for as long as a process lives.

use std::{net::SocketAddr, path::PathBuf};

use super::project::Project;
use crate::{diagnostic::Diagnostic, disk::discover};

/// The one project of a process. Its manifest is read anew for each operation,
/// and need not be there yet.
#[derive(Clone, Debug)]
pub struct Session {
    /// Where it is.
    pub found: discover::Project,
    /// The target directory, which holds the build state.
    pub target: PathBuf,
}

/// How others reach a session.
#[derive(Clone, Debug)]
pub enum Door {
    /// Over the standard input and output.
    Stdio,
    /// Over HTTP.
    Http(Http),
}

/// How a session is reached over HTTP.
#[derive(Clone, Debug)]
pub struct Http {
    /// Where to listen; port 0 is any that is free.
    pub address: SocketAddr,
    /// What each request has to bear.
    pub token: Option<Token>,
    /// What a request may call this host, besides the names of loopback.
    pub hosts: Vec<String>,
    /// The pages in a browser that may send requests, as `scheme://host:port`.
    pub origins: Vec<String>,
}

/// A secret that is never shown.
#[derive(Clone)]
pub struct Token(pub String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Session {
    /// The project as its manifest is now.
    ///
    /// # Errors
    /// A manifest with findings, or none.
    pub fn project(&self) -> Result<Project, Vec<Diagnostic>> {
        Project::open(&self.found, &self.target)
    }
}
