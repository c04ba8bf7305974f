//! The integration tests, one topic a file.

#[cfg(feature = "author")]
mod authoring;
mod codec;
mod damage;
mod eventcore_fs;
mod history_laws;
mod history_shapes;
#[cfg(feature = "author")]
mod import;
mod interop;
mod random_history;
mod stores;
