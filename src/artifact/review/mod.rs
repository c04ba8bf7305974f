//! Pages that people read in a code review: one a workflow, and one that leads
//! to them, as Markdown and as a site. In Markdown a line a fact, so that a change
//! of the model is a change of few lines.

mod escape;
mod index;
mod page;
mod site;
mod slice;
mod workflow;

use std::collections::BTreeSet;

#[cfg(feature = "author")]
pub(crate) use escape::text as markdown;

use super::{Artifact, Comment, Family, Known, Reads, Scope, stem::stems};
use crate::{model::Model, rel_path::RelPath};

/// The family of pages.
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

    /// The first page of the site.
    pub fn front(&self) -> RelPath {
        self.folder.join(site::FRONT)
    }

    /// The page of a workflow, the first one with its slug; none if there is none.
    pub fn page_of(&self, model: &Model, slug: &str) -> Option<RelPath> {
        let stems = stems(model);
        let found = stems.iter().find(|(workflow, _)| workflow.slug == *slug);
        found.map(|(_, stem)| self.page(stem))
    }

    fn page(&self, stem: &str) -> RelPath {
        self.folder.join("workflows").join(&format!("{stem}.html"))
    }
}

impl Family for Review {
    fn name(&self) -> &'static str {
        "review"
    }

    fn generator(&self) -> u32 {
        4
    }

    fn reads(&self) -> Reads {
        Reads::ModelAndRecords
    }

    fn tells_breaches(&self) -> bool {
        true
    }

    fn paths(&self, model: &Model) -> BTreeSet<RelPath> {
        let pages = stems(model);
        let files = pages.iter().map(|(_, stem)| self.file(stem));
        let markdown = files.chain([self.index()]);
        markdown.chain(site::paths(self, model)).collect()
    }

    fn render_each(&self, known: Known<'_>, scope: Scope<'_>, out: &mut dyn FnMut(Artifact)) {
        let model = known.model;
        let stems = stems(model);
        let index = index::page(model, &stems, &self.exceptions);
        out(Artifact::new(self.index(), Comment::Markup, &index));
        for (workflow, stem) in &stems {
            if scope.holds(&workflow.slug) {
                let text = workflow::page(workflow);
                out(Artifact::new(self.file(stem), Comment::Markup, &text));
            }
        }
        site::render_each(self, known, &stems, scope, out);
    }
}
