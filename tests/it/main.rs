//! The integration tests, one topic a file.

mod authoring;
mod damage;
mod eventcore_fs;
mod history_laws;
mod history_shapes;
mod import;
mod random_history;
mod stores;
