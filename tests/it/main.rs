//! The integration tests, one topic a file.

mod codec;
mod damage;
mod eventcore_fs;
mod history_laws;
mod history_shapes;
mod interop;
mod random_history;
mod stores;
