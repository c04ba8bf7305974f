//! The integration tests, one topic a file.
mod quint;
mod sample;
