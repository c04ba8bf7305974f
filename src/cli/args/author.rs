//! The verbs that write to the store.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `cargo emc init`
#[derive(Args, Debug)]
pub struct Init {
    /// The folder of the project [default: the current one]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// The name of the project; may be left out where a manifest says it
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Leave the artifacts as they are
    #[arg(long)]
    pub no_build: bool,
}

/// How far an edit goes.
#[derive(Args, Clone, Copy, Debug)]
pub struct Extent {
    /// Print what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Leave the artifacts as they are
    #[arg(long)]
    pub no_build: bool,
}

/// `cargo emc apply`
#[derive(Args, Debug)]
pub struct Apply {
    /// The document, TOML or JSON; `-` is the standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Remove what the document leaves out
    #[arg(long)]
    pub prune: bool,
    /// How far to go.
    #[command(flatten)]
    pub extent: Extent,
}

/// `cargo emc edit`
#[derive(Args, Debug)]
pub struct Edit {
    /// What to edit
    #[arg(value_enum)]
    pub part: Editable,
    /// Its slug
    pub slug: String,
    /// How far to go.
    #[command(flatten)]
    pub extent: Extent,
}

/// What can be edited as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Editable {
    /// A workflow with its slices
    Workflow,
    /// A slice
    Slice,
}

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// Any document that `apply` reads
    Document,
    /// The document of a whole model
    Model,
    /// The document of a workflow with its slices
    Workflow,
    /// The document of a slice
    Slice,
    /// The manifest, emc.toml
    Manifest,
}
