//! What a person can type about watching.

use std::time::Duration;

use clap::Args;

use super::{Build, Deny};

/// `cargo emc watch`
#[derive(Args, Debug)]
pub struct Watch {
    /// Build this family only; may be given again
    #[arg(long, value_name = "FAMILY")]
    pub family: Vec<String>,
    /// Build from what can be read, although the store has findings
    #[arg(long)]
    pub allow_incomplete: bool,
    /// Build the canonical order, although forks are open
    #[arg(long)]
    pub allow_forks: bool,
    /// What else fails
    #[arg(long, value_name = "WHAT", value_enum)]
    pub deny: Option<Deny>,
    /// After each build without errors, run this command line in the shell; it
    /// is ended when the next build begins
    #[arg(short = 'x', long, value_name = "COMMAND")]
    pub exec: Option<String>,
    /// Clear the terminal before each build
    #[arg(short, long)]
    pub clear: bool,
    /// Wait for the first change before building
    #[arg(long)]
    pub postpone: bool,
    /// Look at the files every so many milliseconds [default: 1000] instead of
    /// being told by the system
    #[arg(long, value_name = "MS", num_args = 0..=1, require_equals = true, default_missing_value = "1000", value_parser = milliseconds)]
    pub poll: Option<Duration>,
    /// How long the files must hold still before they are built, in milliseconds
    #[arg(long, value_name = "MS", default_value = "50", value_parser = milliseconds)]
    pub settle: Duration,
}

impl Watch {
    /// Each build of the watch.
    pub fn build(&self) -> Build {
        Build {
            family: self.family.clone(),
            force: false,
            locked: false,
            allow_incomplete: self.allow_incomplete,
            allow_forks: self.allow_forks,
            deny: self.deny,
        }
    }
}

fn milliseconds(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(number @ 1..=3_600_000) => Ok(Duration::from_millis(number)),
        _ => Err("a number of milliseconds, from 1 to 3600000".to_owned()),
    }
}
