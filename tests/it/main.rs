//! The integration tests, one topic a file.

mod broken_model;
mod clean_model;
mod codec;
mod damage;
mod eventcore_fs;
mod facts;
mod history_laws;
mod history_shapes;
mod interop;
mod lean;
mod lean_kernel;
mod random_history;
mod stores;
