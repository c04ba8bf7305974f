//! The integration tests, one topic a file.

mod damage;
mod eventcore_fs;
mod history_laws;
mod history_shapes;
mod random_history;
mod stores;
