//! One step of a verification.

use std::time::Duration;

/// A step that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// `lean Emc.Basic`, `quint test open-ticket`.
    pub step: String,
    /// How it went.
    pub outcome: Outcome,
    /// How long the tool ran.
    pub took: Duration,
}

impl Done {
    /// A step for which no tool ran.
    pub(super) fn now(step: String, outcome: Outcome) -> Self {
        Self {
            step,
            outcome,
            took: Duration::ZERO,
        }
    }
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It passed before, and nothing that it depends on has changed.
    Unchanged,
    /// The tool accepted it.
    Passed,
    /// It did not pass.
    Failed,
    /// What it builds on did not pass.
    Skipped,
}

impl Outcome {
    /// As programs read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}
