//! The verbs that show the model.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `cargo emc list`
#[derive(Debug, Subcommand)]
pub enum List {
    /// The workflows
    Workflows,
    /// The slices
    Slices {
        /// Of this workflow only
        #[arg(long, value_name = "SLUG")]
        workflow: Option<String>,
    },
    /// The transitions
    Transitions {
        /// Of this workflow only
        #[arg(long, value_name = "SLUG")]
        workflow: Option<String>,
    },
    /// The open forks: what each branch changed, and what they contradict each
    /// other in
    Conflicts,
}

/// A workflow or a slice.
#[derive(Debug, Subcommand)]
pub enum Part {
    /// A workflow
    Workflow(Slug),
    /// A slice
    Slice(Slug),
}

/// Which one.
#[derive(Args, Debug)]
pub struct Slug {
    /// Its slug
    #[arg(value_name = "SLUG", required_unless_present = "slug")]
    place: Option<String>,
    /// Its slug
    #[arg(long, value_name = "SLUG", conflicts_with = "place", hide = true)]
    slug: Option<String>,
}

impl Slug {
    /// The slug. One of the two is there.
    pub fn get(&self) -> &str {
        let slug = self.place.as_deref().or(self.slug.as_deref());
        slug.unwrap_or_default()
    }
}

/// `cargo emc open`
#[derive(Args, Debug)]
pub struct Open {
    /// The page of this workflow; the first page without it
    #[arg(value_name = "WORKFLOW")]
    pub workflow: Option<String>,
    /// Print where the page is, and open nothing
    #[arg(long)]
    pub print: bool,
}

/// `cargo emc log`
#[derive(Args, Debug)]
pub struct Log {
    /// What is about this workflow and its slices, or about this slice
    #[arg(value_name = "SLUG")]
    pub slug: Option<String>,
    /// The newest transactions only
    #[arg(long, short = 'n', value_name = "COUNT")]
    pub limit: Option<usize>,
}

/// `cargo emc export`
#[derive(Args, Debug)]
#[command(
    subcommand_value_name = "PART",
    subcommand_help_heading = "Parts",
    args_conflicts_with_subcommands = false
)]
pub struct Export {
    /// The format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Toml, global = true)]
    pub format: Format,
    /// What to print; the whole model without it.
    #[command(subcommand)]
    pub part: Option<Part>,
}

/// How a model is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The document that `apply` takes
    Toml,
    /// The same document as JSON
    Json,
    /// The whole model as it was folded, as JSON with the words of the events
    Folded,
}

/// `cargo emc import`
#[derive(Args, Debug)]
pub struct Import {
    /// The old project, or the folder of its events
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Leave the artifacts as they are
    #[arg(long)]
    pub no_build: bool,
}
