//! One file for each operation.

pub mod build;
pub mod check;
pub mod clean;
#[cfg(feature = "author")]
pub mod edit;
pub mod explain;
pub mod export;
#[cfg(feature = "author")]
pub mod init;
pub mod project;
pub mod reading;
pub mod status;
