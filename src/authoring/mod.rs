//! Writing to the store: every edit is an eventcore command.
//!
//! Documents, plans and edits are pure; [`Store`] is the edge.

mod commit;
pub mod document;
pub mod edit;
mod import;
pub mod legacy;
pub mod plan;
mod present;
mod resolve;
mod store;
#[cfg(test)]
pub(crate) mod testing;

pub use import::Imported;
pub use present::{Decision, Present, Request};
pub use resolve::{Answer, Resolution};
pub use store::{Store, Written};

use crate::diagnostic::{Diagnostic, closest, codes::authoring::ABSENT_ELEMENT};

/// The finding that `noun` `name` is not among `known`.
fn absent<'a>(noun: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let finding = Diagnostic::new(&ABSENT_ELEMENT, format!("there is no {noun} `{name}`"));
    match closest(name, known) {
        Some(close) => finding.help(format!("did you mean `{close}`?")),
        None => finding,
    }
}

/// Why nothing was written: at least one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Vec<Diagnostic>);

impl From<Diagnostic> for Refused {
    fn from(finding: Diagnostic) -> Self {
        Self(vec![finding])
    }
}

impl FromIterator<Diagnostic> for Refused {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(findings: I) -> Self {
        Self(findings.into_iter().collect())
    }
}

impl From<Vec<Diagnostic>> for Refused {
    fn from(findings: Vec<Diagnostic>) -> Self {
        Self(findings)
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, finding) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{}: {}", finding.code, finding.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}
