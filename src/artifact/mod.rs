//! Text that is generated from the model, one family a folder.
//!
//! A family is a pure function of the model. A module depends only on what it
//! describes, so that an edit of one slice changes one slice's files.

pub mod lean;
mod marked;
pub mod quint;
pub mod review;
pub mod reviews;
mod stem;

use std::collections::BTreeSet;

pub use marked::{Comment, Marked, marked};

use crate::{event::Text, model::Model, rel_path::RelPath};

/// One generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Relative to the project root.
    pub path: RelPath,
    /// The whole text, marker included; `\n` line ends.
    pub text: String,
}

impl Artifact {
    /// A file with our marker in its first line.
    pub fn new(path: RelPath, comment: Comment, body: &str) -> Self {
        Self {
            path,
            text: marked(comment, body),
        }
    }
}

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

    /// The path of every artifact that the model has, whatever the scope.
    fn paths(&self, model: &Model) -> BTreeSet<RelPath>;

    /// The artifacts in scope, in no particular order.
    fn render(&self, model: &Model, scope: Scope<'_>) -> Vec<Artifact>;
}
