//! What the events mean: the model, its workflows and slices, and the fold
//! that makes them.

mod definition;
#[cfg(feature = "review")]
pub mod export;
mod fold;
mod path;
mod projection_fingerprint;
#[cfg(feature = "review")]
mod readiness;
mod review;
mod slice;
mod workflow;

pub use definition::{Command, Event, Payload, Projection, Screen};

pub use fold::{Fold, ProjectedModel, Refusal, RefusalReason};
#[cfg(feature = "rules")]
pub(crate) use path::named;
pub use path::{Part, Path};
pub use projection_fingerprint::ProjectionFingerprint;
#[cfg(feature = "review")]
pub use readiness::ReadinessState;
pub use review::ReviewState;
pub use slice::{ControlOrigins, Relationship, Slice};
pub use workflow::{Transition, TransitionTarget, Workflow};

use std::{collections::BTreeMap, ops::Deref};

use serde::{Deserialize, Serialize};

use crate::event::{Readiness, Review, Text};

/// Which event recorded something: its position in the canonical order of the
/// events that were folded, from 0. With the history it leads to a transaction
/// file and a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin(pub u32);

/// Something with the event that recorded it. Equality looks at the value only.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recorded<T> {
    /// The event.
    pub origin: Origin,
    /// What it recorded.
    pub value: T,
}

impl<T> Deref for Recorded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Recorded<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Recorded<T> {}

/// The whole model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    /// The name of the project; none before its first event.
    pub project: Option<Recorded<Text>>,
    /// The workflows in the order in which they were added.
    pub workflows: Vec<Workflow>,
    /// The last review of each workflow that has one, by slug. A review stays
    /// when its workflow is removed.
    pub reviews: BTreeMap<Text, Recorded<Review>>,
    /// The events that recorded the last clean review of each workflow, by slug.
    pub clean_reviews: BTreeMap<Text, Recorded<()>>,
    /// The last declaration of readiness of each workflow, by slug.
    pub readiness: BTreeMap<Text, Recorded<Readiness>>,
}

impl Model {
    /// The same model with slices that have no fact.
    #[must_use]
    pub fn without_facts(&self) -> Self {
        Self {
            project: self.project.clone(),
            workflows: self.workflows.iter().map(Workflow::without_facts).collect(),
            reviews: self.reviews.clone(),
            clean_reviews: self.clean_reviews.clone(),
            readiness: self.readiness.clone(),
        }
    }

    /// The workflow with this slug: the first one, should there be two.
    pub fn workflow(&self, slug: &str) -> Option<&Workflow> {
        self.workflows
            .iter()
            .find(|workflow| workflow.slug == *slug)
    }

    /// The slice with this slug: the first one, over all workflows.
    pub fn slice(&self, slug: &str) -> Option<&Slice> {
        self.slices()
            .map(|(_, slice)| slice)
            .find(|slice| slice.slug == *slug)
    }

    /// Every slice with its workflow.
    pub fn slices(&self) -> impl Iterator<Item = (&Workflow, &Slice)> {
        self.workflows
            .iter()
            .flat_map(|workflow| workflow.slices.iter().map(move |slice| (workflow, slice)))
    }
}
