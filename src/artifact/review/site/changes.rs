//! What became of a workflow since its last clean review: which
//! elements hold facts that were written after it. What was removed leaves nothing
//! in the model to mark; `cargo emc review diff` compares with the model as it was.

use super::atlas::{Atlas, Element};
use crate::model::{Model, Origin, Workflow};

/// What became of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mark {
    /// It is what was reviewed, or there is no clean review.
    #[default]
    Same,
    /// It was not there.
    Added,
    /// Some of it was written after the review.
    Changed,
}

impl Mark {
    /// As people read it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => "as reviewed",
            Self::Added => "new",
            Self::Changed => "changed",
        }
    }

    /// As the style sheet names it.
    pub fn class(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Added => "added",
            Self::Changed => "changed",
        }
    }
}

/// A mark for each element of a workflow.
pub(super) fn marks(model: &Model, workflow: &Workflow, atlas: &Atlas<'_>) -> Vec<Mark> {
    let review = model.clean_reviews.get(&workflow.slug);
    let reviewed = review.map(|review| review.origin);
    let elements = atlas.elements.iter();
    elements.map(|element| mark(element, reviewed)).collect()
}

fn mark(element: &Element<'_>, reviewed: Option<Origin>) -> Mark {
    let Some(reviewed) = reviewed else {
        return Mark::Same;
    };
    let later = |origin: &&Origin| **origin > reviewed;
    match element.origins.iter().filter(later).count() {
        0 => Mark::Same,
        all if all == element.origins.len() => Mark::Added,
        _ => Mark::Changed,
    }
}
