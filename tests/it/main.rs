//! The integration tests, one topic a file.

mod architecture;
#[cfg(feature = "author")]
mod author_processes;
#[cfg(feature = "author")]
mod authoring;
mod build;
#[cfg(feature = "cli")]
mod cmd;
mod codec;
mod damage;
mod desk;
#[cfg(feature = "cli")]
mod discover;
mod eventcore_fs;
mod families;
mod history_laws;
mod history_shapes;
#[cfg(feature = "author")]
mod import;
mod interop;
mod project;
mod quint;
mod random_history;
mod sample;
mod stores;
