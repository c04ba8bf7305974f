//! Quint modules that play the journeys through each workflow.
//!
//! One static file says how facts behave, the same in every project; one file a
//! workflow states its facts, a row a line, and instantiates it. What a row is
//! made of is told in [`crate::rules::journey`], which plays the same journeys.
//!
//! A model with faults is still a module that Quint accepts: its faults are the
//! tests that fail. Not played are what one workflow expects of another (that
//! needs the slices of both; rules say whether anything records the events),
//! commands that are allowed once only, and two journeys at a time.

mod name;
mod page;
mod text;

use std::collections::BTreeSet;

pub use text::decode;

use super::{Artifact, Comment, Family, Known, Scope, stem::stems};
use crate::{model::Model, rel_path::RelPath};

/// The shared modules.
const LIBRARY: &str = include_str!("library/emc.qnt");

/// How many tests the shared modules bring to every workflow.
const SURVEY: usize = 11;

/// The family of Quint modules.
#[derive(Clone, Debug)]
pub struct Quint {
    /// Where the modules go.
    pub folder: RelPath,
}

/// How to check one workflow: `quint test PATH --main=TESTS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suite {
    /// The slug of the workflow.
    pub workflow: String,
    /// The file.
    pub path: RelPath,
    /// Its module of facts, which `quint run` and `quint verify` take.
    pub module: String,
    /// Its module of tests.
    pub tests: String,
    /// How many tests Quint has to report, passed or failed. With fewer, it
    /// passed over a mistake in a file and said nothing.
    pub count: usize,
}

impl Quint {
    /// The file of the shared modules: `quint typecheck` it on its own, since
    /// Quint passes over a mistake in an imported file.
    pub fn library(&self) -> RelPath {
        self.folder.join("emc.qnt")
    }

    /// The checks of the model, a workflow each, in the order of the workflows.
    pub fn suites(&self, model: &Model) -> Vec<Suite> {
        stems(model)
            .into_iter()
            .map(|(workflow, module)| Suite {
                workflow: workflow.slug.to_string(),
                path: self.file(&module),
                tests: name::test_module(&module),
                module,
                count: SURVEY + page::scenarios(workflow),
            })
            .collect()
    }

    fn file(&self, module: &str) -> RelPath {
        self.folder.join("workflows").join(&format!("{module}.qnt"))
    }
}

impl Family for Quint {
    fn name(&self) -> &'static str {
        "quint"
    }

    fn generator(&self) -> u32 {
        5
    }

    fn paths(&self, model: &Model) -> BTreeSet<RelPath> {
        let workflows = stems(model);
        let files = workflows.iter().map(|(_, module)| self.file(module));
        files.chain([self.library()]).collect()
    }

    fn render_each(&self, known: Known<'_>, scope: Scope<'_>, out: &mut dyn FnMut(Artifact)) {
        let pages = stems(known.model)
            .into_iter()
            .filter(|(workflow, _)| scope.holds(&workflow.slug))
            .map(|(workflow, module)| {
                let text = page::page(workflow, &module);
                Artifact::new(self.file(&module), Comment::Slashes, &text)
            });
        let library = match scope {
            Scope::Everything => Some(Artifact::new(self.library(), Comment::Slashes, LIBRARY)),
            Scope::Workflows(_) => None,
        };
        library.into_iter().chain(pages).for_each(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_of_the_shared_modules_are_counted() {
        let tests = LIBRARY
            .lines()
            .filter(|line| line.starts_with("  run ") && line.contains("Test = "));
        assert_eq!(tests.count(), SURVEY);
    }
}
