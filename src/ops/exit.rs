//! How an operation ends, in one number.

use std::process::ExitCode;

use crate::diagnostic::{Diagnostic, Level};

/// How a run ends. The numbers are part of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing is wrong.
    Clean = 0,
    /// There are findings.
    Findings = 1,
    /// The command line or the manifest is wrong.
    Usage = 2,
    /// Something around us is wrong: a lock, a missing tool, I/O.
    Environment = 3,
}

impl Exit {
    /// What findings lead to: the area of the code tells whose fault it is.
    pub fn of(findings: &[Diagnostic]) -> Self {
        findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .map(|finding| match finding.code.number {
                1001..=1999 => Self::Usage,
                // The lock of the store, and what its library reports.
                4001..=4999 | 5010..=5012 => Self::Environment,
                _ => Self::Findings,
            })
            .max()
            .unwrap_or(Self::Clean)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
