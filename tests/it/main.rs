//! The integration tests, one topic a file.
mod desk;
mod families;
mod quint;
mod sample;
