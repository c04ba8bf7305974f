//! What a person can type.

mod author;
mod forks;
mod mcp;
mod read;
mod watch;

use std::{num::NonZero, path::PathBuf};

use super::{
    elements::{Add, Connect, Remove, Update},
    review::Review,
    verify::Verify,
};
pub use author::{Apply, Described, Edit, Editable, Extent, Init};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
pub use forks::Resolve;
pub use mcp::{Mcp, McpDoor, McpHttp, Root};
pub use read::{Export, Format, Import, List, Log, Open, Part};
pub use watch::Watch;

/// Compile an event model: Lean proofs, Quint behaviour and review pages from
/// a committed, event-sourced model.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-emc",
    bin_name = "cargo emc",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 clean, 1 findings, 2 usage or manifest, 3 environment (a lock, a missing tool, I/O)."
)]
pub struct Cli {
    /// Flags of every verb.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// Flags of every verb, before or after it.
#[derive(Args, Debug)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Use this emc.toml, or the one in this folder
    #[arg(long, global = true, value_name = "PATH", env = "EMC_CONFIG")]
    pub config: Option<PathBuf>,
    /// Take the project from this Cargo.toml (`metadata.emc.config`)
    #[arg(long, global = true, value_name = "PATH", conflicts_with = "config")]
    pub manifest_path: Option<PathBuf>,
    /// Take the project of this package of the cargo workspace
    #[arg(
        short,
        long,
        global = true,
        value_name = "SPEC",
        conflicts_with = "config"
    )]
    pub package: Vec<String>,
    /// Take every project of the cargo workspace
    #[arg(long, global = true, conflicts_with_all = ["config", "package"])]
    pub workspace: bool,
    /// With `--workspace`, leave out this package; may be given again
    #[arg(
        long,
        global = true,
        value_name = "SPEC",
        conflicts_with_all = ["config", "package"]
    )]
    pub exclude: Vec<String>,
    /// How many projects at a time [default: as many as cores]
    #[arg(short, long, global = true, value_name = "COUNT")]
    pub jobs: Option<NonZero<usize>>,
    /// How findings are printed
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value_t = MessageFormat::Human, env = "EMC_MESSAGE_FORMAT")]
    pub message_format: MessageFormat,
    /// When to use colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        env = "CARGO_TERM_COLOR"
    )]
    pub color: Option<ColorChoice>,
    /// Print findings only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print reasons (-v) and fingerprints (-vv)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// For people, with source text
    Human,
    /// One line for each finding
    Short,
    /// One JSON object for each finding, on stdout
    Json,
    /// Annotations of a pull request
    Github,
    /// One SARIF 2.1.0 document, on stdout
    Sarif,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Start a project, or make what is missing of one
    Init(Init),
    /// Make the model what a document says
    Apply(Apply),
    /// Regenerate the artifacts that are stale
    #[command(visible_alias = "b")]
    Build(Build),
    /// Build whenever transactions arrive or the manifest changes
    #[command(visible_alias = "w")]
    Watch(Watch),
    /// Tell everything that is wrong, and write nothing: for CI
    #[command(visible_alias = "c")]
    Check(Check),
    /// Verify with the real Lean and Quint what changed, and declare what is ready
    Verify(Verify),
    /// Say what a code means, or why a generated file was rebuilt
    Explain(Explain),
    /// Mend what is broken in one way only
    Fix(Extent),
    /// Show the state of the store and of the artifacts
    Status,
    /// Open a workflow or a slice in your editor, and apply what comes of it
    Edit(Edit),
    /// Add an element
    #[command(subcommand)]
    Add(Add),
    /// Change an element
    #[command(subcommand)]
    Update(Update),
    /// Remove an element
    #[command(subcommand)]
    Remove(Remove),
    /// Connect the slices of a workflow, or a workflow with another one
    #[command(subcommand)]
    Connect(Connect),
    /// List workflows, slices, transitions or open forks
    List {
        /// What to list.
        #[command(subcommand)]
        what: List,
    },
    /// Show a workflow or a slice
    Show {
        /// What to show.
        #[command(subcommand)]
        part: Part,
    },
    /// Show what each transaction changed, newest first
    Log(Log),
    /// Open the review pages in a browser
    Open(Open),
    /// Print the model, or a part of it, as a document
    Export(Export),
    /// Print the JSON Schema of documents, or of emc.toml, for your editor
    Schema {
        /// What it describes
        #[arg(value_enum, default_value_t = Described::Document)]
        of: Described,
    },
    /// Take over the history of an old (v1) store
    Import(Import),
    /// Join the branches of open forks
    Resolve(Resolve),
    /// Review workflows: the gate, a new review, what changed since the last one
    Review {
        /// What to do.
        #[command(subcommand)]
        what: Review,
    },
    /// Remove what was generated
    Clean(Clean),
    /// Serve the project to agents (Model Context Protocol)
    Mcp(Mcp),
    /// Print the completions of a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages
    Man {
        /// The folder to write them to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

/// `cargo emc build`
#[derive(Args, Debug)]
pub struct Build {
    /// Build this family only; may be given again
    #[arg(long, value_name = "FAMILY")]
    pub family: Vec<String>,
    /// Build as if nothing were known, and replace files that are not ours
    #[arg(long)]
    pub force: bool,
    /// Fail instead of writing a file
    #[arg(long)]
    pub locked: bool,
    /// Build from what can be read, although the store has findings
    #[arg(long)]
    pub allow_incomplete: bool,
    /// Build the canonical order, although forks are open
    #[arg(long)]
    pub allow_forks: bool,
    /// What else fails
    #[arg(long, value_name = "WHAT", value_enum)]
    pub deny: Option<Deny>,
}

/// What else than an error fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings
    Warnings,
}

/// `cargo emc check`
#[derive(Args, Debug)]
pub struct Check {
    /// Check this family only; may be given again
    #[arg(long, value_name = "FAMILY")]
    pub family: Vec<String>,
    /// How differences are shown
    #[arg(long, value_name = "HOW", value_enum, default_value_t = Diff::Bounded)]
    pub diff: Diff,
    /// Accept open forks
    #[arg(long)]
    pub allow_forks: bool,
    /// What else fails
    #[arg(long, value_name = "WHAT", value_enum)]
    pub deny: Option<Deny>,
    /// Demand that no transaction was changed or deleted since the merge base with this commit
    #[arg(long, value_name = "REF")]
    pub base: Option<String>,
}

/// How much of a difference is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Diff {
    /// Not at all
    None,
    /// The first lines
    Bounded,
    /// All of it
    Full,
}

/// `cargo emc explain`
#[derive(Args, Debug)]
pub struct Explain {
    /// A code (EMC2001, or its name) or the path of a generated file
    #[arg(required_unless_present = "all")]
    pub subject: Option<String>,
    /// Every code
    #[arg(long, conflicts_with = "subject")]
    pub all: bool,
}

/// `cargo emc clean`
#[derive(Args, Debug)]
pub struct Clean {
    /// Remove the build state only, and keep the artifacts
    #[arg(long)]
    pub state: bool,
}
