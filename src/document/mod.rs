//! Documents: a model, a workflow or a slice as a person writes it.
//!
//! A document holds everything that the store holds of the elements it names
//! (reviews and declarations of readiness are records, not elements). The order
//! of the elements of one list has no meaning; the order of the members of a
//! command, event, read model or view has.

mod definition;
mod element;
#[cfg(feature = "author")]
mod place;
#[cfg(feature = "author")]
mod schema;
mod slice;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(feature = "author")]
mod text;
mod workflow;

#[cfg(feature = "author")]
pub use schema::{Described, schema};
#[cfg(feature = "author")]
pub(crate) use text::hint;

pub use element::{
    Automation, BoardConnection, BoardElement, Command, CommandError, CommandHead, CommandInput,
    Control, ControlInput, DataFlow, Event, EventAttribute, EventHead, ExternalPayload,
    LifecycleEntry, Navigation, Outcome, OwnedDefinition, PayloadField, ReadModel, ReadModelField,
    ReadModelHead, Scenario, TransitionEvidence, Translation, View, ViewField, ViewHead,
    WorkflowCommandError, WorkflowOutcome,
};
#[cfg(feature = "author")]
pub use place::{Step, span};
pub use slice::Slice;
pub use workflow::{Transition, Workflow};

#[cfg(feature = "author")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{event::Text, model};

/// A document. What it names first tells what it is: `slice`, `workflow`, or
/// neither for a whole model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "author", derive(JsonSchema))]
#[serde(untagged)]
pub enum Document {
    /// A whole model.
    Model(Model),
    /// One workflow with its slices.
    Workflow(Workflow),
    /// One slice; its `workflow` is set.
    Slice(Slice),
}

/// A whole model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The name of the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<Text>,
    /// The workflows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workflows: Vec<Workflow>,
}

impl Model {
    /// What the model holds.
    pub fn of(model: &model::Model) -> Self {
        Self {
            project: model.project.as_ref().map(|name| name.value.clone()),
            workflows: model.workflows.iter().map(Workflow::of).collect(),
        }
    }
}

impl Document {
    /// The whole model.
    pub fn of(model: &model::Model) -> Self {
        Self::Model(Model::of(model))
    }

    /// The workflow with this slug; none if there is none.
    pub fn of_workflow(model: &model::Model, slug: &str) -> Option<Self> {
        model
            .workflow(slug)
            .map(|workflow| Self::Workflow(Workflow::of(workflow)))
    }

    /// The same part of a model as it is there; none if it is not there.
    pub fn again(&self, model: &model::Model) -> Option<Self> {
        match self {
            Self::Model(_) => Some(Self::of(model)),
            Self::Workflow(workflow) => Self::of_workflow(model, &workflow.slug),
            Self::Slice(slice) => Self::of_slice(model, &slice.slug),
        }
    }

    /// The slice with this slug; none if there is none.
    pub fn of_slice(model: &model::Model, slug: &str) -> Option<Self> {
        let (workflow, slice) = model
            .slices()
            .find(|(_, slice)| slice.slug.as_str() == slug)?;
        Some(Self::Slice(Slice {
            workflow: Some(workflow.slug.clone()),
            ..Slice::of(slice)
        }))
    }
}

/// Whether a flag may be left out.
#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes a reference.
fn is_false(flag: &bool) -> bool {
    !flag
}
