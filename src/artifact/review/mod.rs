//! Pages that people read in a code review: one a workflow, and one that leads
//! to them. A line a fact, so that a change of the model is a change of few
//! lines.

mod escape;
mod index;
mod page;
mod slice;
mod workflow;

use std::collections::BTreeSet;

#[cfg(feature = "author")]
pub(crate) use escape::text as markdown;

use super::{Artifact, Comment, Family, Reads, Scope, stem::stems};
use crate::{model::Model, rel_path::RelPath};

/// The family of Markdown pages.
#[derive(Clone, Debug)]
pub struct Review {
    /// Where the pages go.
    pub folder: RelPath,
    /// Where rules may be broken.
    pub exceptions: Vec<Exception>,
}

/// A place where a rule may be broken, as reviewers read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Code and name of the rule.
    pub rule: String,
    /// The element, outermost first.
    pub element: String,
    /// Why.
    pub reason: String,
}

impl Review {
    fn index(&self) -> RelPath {
        self.folder.join("README.md")
    }

    fn file(&self, stem: &str) -> RelPath {
        self.folder.join("workflows").join(&format!("{stem}.md"))
    }
}

impl Family for Review {
    fn name(&self) -> &'static str {
        "review"
    }

    fn generator(&self) -> u32 {
        1
    }

    fn reads(&self) -> Reads {
        Reads::ModelAndRecords
    }

    fn paths(&self, model: &Model) -> BTreeSet<RelPath> {
        let pages = stems(model);
        let files = pages.iter().map(|(_, stem)| self.file(stem));
        files.chain([self.index()]).collect()
    }

    fn render(&self, model: &Model, scope: Scope<'_>) -> Vec<Artifact> {
        let stems = stems(model);
        let index = index::page(model, &stems, &self.exceptions);
        let pages = stems
            .iter()
            .filter(|(workflow, _)| scope.holds(&workflow.slug))
            .map(|(workflow, stem)| {
                let text = workflow::page(workflow);
                Artifact::new(self.file(stem), Comment::Markup, &text)
            });
        let first = Artifact::new(self.index(), Comment::Markup, &index);
        std::iter::once(first).chain(pages).collect()
    }
}
