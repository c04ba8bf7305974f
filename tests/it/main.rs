//! The integration tests, one topic a file.

mod codec;
mod damage;
mod desk;
mod eventcore_fs;
mod families;
mod history_laws;
mod history_shapes;
mod interop;
mod quint;
mod random_history;
mod sample;
mod stores;
