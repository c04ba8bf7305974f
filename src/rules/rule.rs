//! A rule of the catalogue, and what it finds.

use std::fmt;

use super::{Part, Path, index};
use crate::diagnostic::Code;

/// What a rule looks at, and how it lists the places where it is broken.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Check {
    /// One slice on its own.
    Slice(fn(&index::Slice<'_>) -> Vec<Path>),
    /// A workflow with its slices.
    Workflow(fn(&index::Workflow<'_>) -> Vec<Path>),
    /// All workflows together.
    Project(fn(&index::Project<'_>) -> Vec<Path>),
}

/// A model as short as it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A document, as [`crate::document`] reads them, in which everything is
    /// left out that does not matter here.
    Document(&'static str),
    /// In words, where no document can say it.
    Told(&'static str),
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// A model that breaks it.
    pub wrong: Shown,
    /// The same model as it should be.
    pub right: Shown,
}

/// A rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// Number, name and default level; its title says what is wrong when the
    /// rule is broken, its explanation why the rule is there.
    pub code: &'static Code,
    /// What to do about a finding, in a few words.
    pub hint: &'static str,
    /// What it is about.
    pub example: &'static Example,
    /// Where it is broken.
    pub(crate) checks: &'static [Check],
}

/// A place where a rule is broken.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The place, from the slice, workflow or project that was checked.
    pub path: Path,
}

impl PartialEq for Finding {
    fn eq(&self, other: &Self) -> bool {
        self.rule.code == other.rule.code && self.path == other.path
    }
}

impl Eq for Finding {}

/// The line of the Lean report.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rule { code, hint, .. } = self.rule;
        write!(f, "{code} {}: {} ({hint})", code.name, self.path)
    }
}

impl Rule {
    /// What it finds with the checks that `run` has something for.
    pub(super) fn findings(
        &'static self,
        within: (Part, &str),
        run: impl Fn(&Check) -> Option<Vec<Path>>,
    ) -> impl Iterator<Item = Finding> {
        self.checks
            .iter()
            .filter_map(run)
            .flatten()
            .map(move |path| Finding {
                rule: self,
                path: path.inside(within.0, within.1),
            })
    }
}
