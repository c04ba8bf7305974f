//! Rules that may be broken, and what that leaves of the certificates.
//!
//! A certificate is about all rules. A module that breaks a rule where it may is
//! told of and carries none; what is composed of its certificate is left out
//! further up. A module that breaks no such rule is certified as ever.

use std::collections::BTreeSet;

use crate::{
    diagnostic::{Level, is_within},
    facts,
    rules::{self, Finding},
};

use super::Enforcement;

/// Rules of the level of an error that may be broken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relaxed {
    /// Everywhere, by number.
    pub everywhere: BTreeSet<u16>,
    /// In an element, as findings name it, and in what it holds.
    pub within: Vec<(u16, String)>,
}

impl Relaxed {
    fn is_empty(&self) -> bool {
        self.everywhere.is_empty() && self.within.is_empty()
    }

    fn covers(&self, finding: &Finding) -> bool {
        let number = finding.rule.code.number;
        self.everywhere.contains(&number)
            || self.within.iter().any(|(rule, element)| {
                *rule == number && is_within(&finding.path.to_string(), element)
            })
    }

    /// What is to be enforced where these are the findings.
    fn enforcement(&self, findings: &[Finding]) -> Enforcement {
        let mut errors = findings
            .iter()
            .filter(|finding| finding.rule.code.level == Level::Error)
            .peekable();
        // A rule that is broken and may not be fails the module.
        if errors.peek().is_some() && errors.all(|error| self.covers(error)) {
            Enforcement::Warn
        } else {
            Enforcement::Deny
        }
    }
}

/// What is to be enforced in the module of a workflow, and in those of its slices.
pub(super) struct Enforced {
    pub own: Enforcement,
    pub slices: Vec<Enforcement>,
}

impl Enforced {
    pub fn of(wanted: Enforcement, relaxed: &Relaxed, workflow: &facts::Workflow<'_>) -> Self {
        if wanted == Enforcement::Warn || relaxed.is_empty() {
            return Self {
                own: wanted,
                slices: vec![wanted; workflow.steps.len()],
            };
        }
        let slices = workflow.steps.iter();
        Self {
            own: relaxed.enforcement(&rules::workflow(workflow)),
            slices: slices
                .map(|step| relaxed.enforcement(&rules::slice(&step.slice)))
                .collect(),
        }
    }

    /// Whether the module and all its slices are certified.
    pub fn is_whole(&self) -> bool {
        let mut all = self.slices.iter().chain([&self.own]);
        all.all(|enforcement| *enforcement == Enforcement::Deny)
    }
}

/// What is to be enforced in the module of the project.
pub(super) fn of_project(
    wanted: Enforcement,
    relaxed: &Relaxed,
    project: &facts::Project<'_>,
) -> Enforcement {
    if wanted == Enforcement::Warn || relaxed.is_empty() {
        wanted
    } else {
        relaxed.enforcement(&rules::project(project))
    }
}
