//! The edge: files in, files out.

mod cargo_toml;
pub mod discover;
pub mod target;
#[cfg(feature = "cli")]
pub mod workspace;
