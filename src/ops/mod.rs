//! One file for each operation.

pub mod build;
pub mod check;
pub mod clean;
#[cfg(feature = "author")]
pub mod conflicts;
pub mod explain;
pub mod export;
pub mod project;
pub mod reading;
#[cfg(feature = "author")]
pub mod resolve;
pub mod status;
