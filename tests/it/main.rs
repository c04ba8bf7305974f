//! The integration tests, one topic a file.

mod append_only;
mod architecture;
#[cfg(feature = "author")]
mod author_processes;
#[cfg(feature = "author")]
mod authoring;
mod broken_model;
mod build;
mod build_script;
#[cfg(all(unix, feature = "cli"))]
mod ci;
mod clean_model;
#[cfg(feature = "cli")]
mod cmd;
mod codec;
mod codes;
mod conformance;
mod damage;
mod damage_words;
mod desk;
mod differential;
#[cfg(feature = "cli")]
mod discover;
#[cfg(feature = "cli")]
mod environment;
mod eventcore_fs;
mod facts;
mod families;
mod fix;
mod fold_laws;
#[cfg(feature = "cli")]
mod forks;
#[cfg(feature = "cli")]
mod formats;
mod fuzzed;
mod history_laws;
mod history_shapes;
mod history_words;
#[cfg(all(unix, feature = "cli"))]
mod hostile;
mod hostile_state;
#[cfg(feature = "author")]
mod import;
mod interop;
#[cfg(feature = "cli")]
mod interrupted;
mod journey;
mod lean;
mod lean_kernel;
mod line_ends;
#[cfg(all(feature = "cli", feature = "mcp"))]
mod mcp;
mod mutants;
#[cfg(feature = "author")]
mod named_twice;
mod own_model;
mod pages;
mod places;
mod project;
mod quint;
mod random_history;
#[cfg(feature = "cli")]
mod reviews;
mod rules;
mod rust_family;
mod sample;
mod schema;
mod simulation;
mod stores;
mod strategies;
#[cfg(all(unix, feature = "cli"))]
mod verify;
#[cfg(all(unix, feature = "cli"))]
mod watch;
#[cfg(feature = "cli")]
mod workspace;
