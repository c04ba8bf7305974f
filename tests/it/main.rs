//! The integration tests, one topic a file.

#[cfg(feature = "cli")]
mod discover;
