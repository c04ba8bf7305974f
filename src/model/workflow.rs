//! A workflow: its slices and how one leads to another.

use serde::{Deserialize, Serialize};

use super::{Origin, Recorded, Slice};
use crate::event::{
    LifecycleEntry, OwnedDefinition, Text, TransitionEvidence, WorkflowCommandError,
    WorkflowOutcome, vocabulary::TransitionKind,
};

/// A workflow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // The lists are named after the element they hold.
pub struct Workflow {
    /// The event that added the workflow or last changed its name or description.
    pub origin: Origin,
    pub slug: Text,
    pub name: Text,
    pub description: Text,
    pub slices: Vec<Slice>,
    pub transitions: Vec<Recorded<Transition>>,
    pub outcomes: Vec<Recorded<WorkflowOutcome>>,
    pub command_errors: Vec<Recorded<WorkflowCommandError>>,
    pub owned_definitions: Vec<Recorded<OwnedDefinition>>,
    pub transition_evidences: Vec<Recorded<TransitionEvidence>>,
    /// Whether somebody can arrive in this workflow in any state of the
    /// application, so that each state needs a step.
    pub requires_entry_lifecycle_coverage: bool,
    pub entry_lifecycle_states: Vec<Recorded<LifecycleEntry>>,
}

impl Workflow {
    /// The same workflow with slices that have no fact.
    #[must_use]
    pub fn without_facts(&self) -> Self {
        Self {
            origin: self.origin,
            slug: self.slug.clone(),
            name: self.name.clone(),
            description: self.description.clone(),
            slices: self.slices.iter().map(Slice::without_facts).collect(),
            transitions: self.transitions.clone(),
            outcomes: self.outcomes.clone(),
            command_errors: self.command_errors.clone(),
            owned_definitions: self.owned_definitions.clone(),
            transition_evidences: self.transition_evidences.clone(),
            requires_entry_lifecycle_coverage: self.requires_entry_lifecycle_coverage,
            entry_lifecycle_states: self.entry_lifecycle_states.clone(),
        }
    }

    /// The workflows that transitions leave for, by slug; doubles kept.
    pub fn exit_targets(&self) -> Vec<&Text> {
        let targets = self.transitions.iter().map(|one| &one.value.target);
        targets
            .filter_map(|target| match target {
                TransitionTarget::Workflow(slug) => Some(slug),
                TransitionTarget::Slice(_) => None,
            })
            .collect()
    }
}

/// Where a transition leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TransitionTarget {
    /// To a slice, by slug.
    Slice(Text),
    /// Out to another workflow, by slug.
    Workflow(Text),
}

impl TransitionTarget {
    /// The slug of the slice or workflow.
    pub fn slug(&self) -> &Text {
        match self {
            Self::Slice(slug) | Self::Workflow(slug) => slug,
        }
    }
}

/// A transition. At most one of `payload_contract`, `reason` and the pair
/// `source_control`, `target_view` is there; the pair is there whole or not at
/// all, and only on navigation inside the workflow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // Fields as on the wire.
pub struct Transition {
    pub source: Text,
    pub target: TransitionTarget,
    /// An exit kind exactly when the target is a workflow.
    pub kind: TransitionKind,
    pub name: Text,
    pub payload_contract: Option<Text>,
    pub reason: Option<Text>,
    pub source_control: Option<Text>,
    pub target_view: Option<Text>,
}
