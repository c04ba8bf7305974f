//! One file for each operation.

pub mod build;
pub mod check;
pub mod clean;
#[cfg(feature = "author")]
pub mod conflicts;
#[cfg(feature = "author")]
pub mod edit;
pub mod explain;
pub mod export;
#[cfg(feature = "author")]
pub mod import;
#[cfg(feature = "author")]
pub mod init;
pub mod list;
pub mod log;
pub mod project;
pub mod reading;
#[cfg(feature = "author")]
pub mod resolve;
#[cfg(feature = "author")]
pub mod revise;
#[cfg(feature = "author")]
pub mod show;
pub mod status;
pub mod verdict;
