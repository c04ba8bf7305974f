//! Text that is generated from the model, one family a folder.
//!
//! A family is a pure function of the model. A module depends only on what it
//! describes, so that an edit of one slice changes one slice's files.

pub mod gherkin;
#[cfg(feature = "lean")]
pub mod lean;
mod marked;
#[cfg(feature = "quint")]
pub mod quint;
#[cfg(feature = "review")]
pub mod review;
pub mod reviews;
pub mod rust;
mod stem;
mod visible;

use std::collections::BTreeSet;

pub use marked::{Artifact, Comment, Marked, marked};

use crate::{
    diagnostic::{Code, Level},
    event::Text,
    model::{Model, Origin, Path},
    rel_path::RelPath,
};

/// Which artifacts are wanted.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// All of them.
    Everything,
    /// Those that depend on the project as a whole (indexes) and those of these
    /// workflows and their slices, by workflow slug. What depends on no model
    /// at all is left out. No slug stands in the model twice.
    Workflows(&'a BTreeSet<Text>),
}

impl Scope<'_> {
    /// Whether the artifacts of this workflow are wanted.
    pub fn holds(&self, workflow: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Workflows(slugs) => slugs.contains(workflow),
        }
    }
}

/// A rule that the model breaks somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The rule.
    pub code: &'static Code,
    /// Where, outermost element first.
    pub path: Path,
    /// How it comes about, in steps; empty where it is simply so.
    pub story: Vec<String>,
    /// What it does.
    pub weight: Weight,
}

/// What a broken rule does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It is told, as an error or less.
    Told(Level),
    /// It may be broken here, for this reason.
    Excepted(String),
}

/// When something was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    /// As `2026-01-02 03:04`, in UTC; none if the transaction does not tell.
    pub time: Option<String>,
    /// The transaction.
    pub transaction: String,
}

/// What can be looked up about an event.
pub type Lookup<'a> = dyn Fn(Origin) -> Option<Written> + Sync + 'a;

/// A model, and what is known of it beside what it says. The rules that a
/// workflow breaks depend on nothing of another workflow.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The model.
    pub model: &'a Model,
    /// What each workflow breaks by itself, in the order of the workflows.
    pub workflows: &'a [Vec<Breach>],
    /// What is broken in how the workflows fit together.
    pub project: &'a [Breach],
    /// When an event was written.
    pub written: &'a Lookup<'a>,
}

impl<'a> Known<'a> {
    /// A model of which nothing else is known.
    pub fn only(model: &'a Model) -> Self {
        Self {
            model,
            workflows: &[],
            project: &[],
            written: &|_| None,
        }
    }
}

/// What a family reads of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// The model alone: reviews and declarations of readiness do not make the
    /// family stale.
    Model,
    /// The model with its reviews and declarations of readiness.
    ModelAndRecords,
}

/// A family of artifacts: from the model to text.
pub trait Family: Send + Sync {
    /// The key below `[artifacts]` in the manifest.
    fn name(&self) -> &'static str;

    /// Raised whenever the same model gives other text than before.
    fn generator(&self) -> u32;

    /// What the text depends on.
    fn reads(&self) -> Reads {
        Reads::Model
    }

    /// Whether it tells which rules are broken.
    fn tells_breaches(&self) -> bool {
        false
    }

    /// The path of every artifact that the model has, whatever the scope.
    fn paths(&self, model: &Model) -> BTreeSet<RelPath>;

    /// Hand over the artifacts in scope one by one, in no particular order, with what is
    /// known beside the model for a family that tells it.
    fn render_each(&self, known: Known<'_>, scope: Scope<'_>, out: &mut dyn FnMut(Artifact));

    /// The artifacts in scope of a model of which nothing else is known.
    fn render(&self, model: &Model, scope: Scope<'_>) -> Vec<Artifact> {
        let mut artifacts = Vec::new();
        self.render_each(Known::only(model), scope, &mut |one| artifacts.push(one));
        artifacts
    }
}
