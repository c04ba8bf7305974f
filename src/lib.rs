//! The Event Model Compiler as a build step.
//!
//! Data flows one way: bytes → transactions → history → model → artifacts →
//! plan → files. Everything but the first and the last arrow is pure.
//!
//! | module | noun |
//! |---|---|
//! | [`manifest`] | `emc.toml` |
//! | [`transaction`] | one immutable file of the committed store |
//! | [`history`] | the graph of transactions: canonical order, dangling parents, forks |
//! | [`event`] | the wire vocabulary: every event that a transaction can hold |
//! | [`model`] | what the events mean |
//! | [`document`] | a model, a workflow or a slice as a person writes it |
//! | [`merge`] | what the branches of a fork come to |
//! | [`facts`] | what the facts of a slice come to, as the rules and the generated code see them |
//! | `rules` | what a good model keeps to, and where this one does not |
//! | [`artifact`] | text that is generated from the model, one family a folder |
//! | [`fingerprint`] | what a family reads, as one digest and as one explanation |
//! | [`plan`] | wanted artifacts against those on disk |
//! | [`disk`] | the edge: files in, files out |
//! | `parallel` | work on many items at once |
//! | `tools` | programs of others: found, bounded, ended with all that they start |
//! | [`build_script`] | what a build.rs calls |
//! | [`conformance`] | a program beside its model: every scenario shown, every event and command there |
//! | [`ops`] | one file for each operation: build, check, explain, ... |
//! | [`diagnostic`] | the closed list of codes, and findings with a place and a next step |
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod artifact;
#[cfg(feature = "author")]
pub mod authoring;
pub mod build_script;
#[cfg(feature = "cli")]
pub mod cli;
pub mod conformance;
pub mod diagnostic;
pub mod digest;
pub mod disk;
pub mod document;
pub mod event;
pub mod facts;
pub mod fingerprint;
mod hex;
pub mod history;
pub mod manifest;
#[cfg(feature = "mcp")]
pub mod mcp;
pub mod merge;
pub mod model;
pub mod ops;
mod parallel;
pub mod plan;
pub mod rel_path;
#[cfg(feature = "rules")]
pub mod rules;
#[cfg(feature = "author")]
pub mod tools;
pub mod transaction;
