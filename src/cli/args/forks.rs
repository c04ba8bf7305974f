//! What a person can type about forks.

use clap::{Args, Subcommand};

use crate::{
    ops::resolve::{Choice, Take},
    transaction::TransactionId,
};

/// `cargo emc resolve`
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Resolve {
    /// One fork
    #[command(subcommand)]
    pub what: Option<ResolveWhat>,
    /// Join what can be joined without a decision, and ask nothing
    #[arg(long, conflicts_with = "take")]
    pub auto: bool,
    /// Take a branch where they contradict each other: `ours`, `theirs` or one
    /// of its transactions, for everything or for one element
    /// (`theirs=command Capture`); may be given again, the last one that fits
    /// counts
    #[arg(long, value_name = "BRANCH[=ELEMENT]", value_parser = choice)]
    pub take: Vec<Choice>,
    /// Only in these elements; may be given again
    #[arg(long, value_name = "ELEMENT", requires = "take")]
    pub element: Vec<String>,
}

/// One fork.
#[derive(Debug, Subcommand)]
pub enum ResolveWhat {
    /// Keep one branch of a fork, and of the others what does not contradict it
    Conflict {
        /// The stream that is forked
        #[arg(value_name = "STREAM")]
        stream: String,
        /// A transaction of the branch to keep
        #[arg(value_name = "TRANSACTION", value_parser = transaction)]
        transaction: TransactionId,
    },
}

impl Resolve {
    /// The branches that were taken.
    pub fn choices(&self) -> Vec<Choice> {
        if let Some(ResolveWhat::Conflict {
            stream,
            transaction,
        }) = &self.what
        {
            return vec![Choice {
                stream: Some(stream.clone()),
                element: None,
                take: Take::Transaction(*transaction),
            }];
        }
        let mut choices = Vec::new();
        for choice in &self.take {
            if choice.element.is_some() || self.element.is_empty() {
                choices.push(choice.clone());
            } else {
                choices.extend(self.element.iter().map(|element| Choice {
                    element: Some(element.clone()),
                    ..choice.clone()
                }));
            }
        }
        choices
    }
}

fn choice(text: &str) -> Result<Choice, String> {
    let (branch, element) = match text.split_once('=') {
        Some((branch, element)) => (branch, Some(element.to_owned())),
        None => (text, None),
    };
    Ok(Choice {
        stream: None,
        element,
        take: branch.parse()?,
    })
}

fn transaction(text: &str) -> Result<TransactionId, String> {
    text.parse()
        .map_err(|_| format!("`{text}` is no id of a transaction"))
}
