//! A workflow as a person writes it.

#[cfg(feature = "author")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Slice,
    element::{
        LifecycleEntry, OwnedDefinition, TransitionEvidence, WorkflowCommandError, WorkflowOutcome,
    },
    slice::each,
};
use crate::{
    event::{
        self, Text,
        vocabulary::{ConnectionKind, TransitionKind},
    },
    model::{self, TransitionTarget},
};

/// A workflow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The lists are named after the element they hold.
pub struct Workflow {
    /// Its slug.
    #[serde(rename = "workflow")]
    pub slug: Text,
    pub name: Text,
    pub description: Text,
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub requires_entry_lifecycle_coverage: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entry_lifecycle_states: Vec<LifecycleEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transition_evidences: Vec<TransitionEvidence>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<WorkflowOutcome>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command_errors: Vec<WorkflowCommandError>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owned_definitions: Vec<OwnedDefinition>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slices: Vec<Slice>,
}

/// A transition: `to` a slice of this workflow, or `to_workflow` out of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The words of the wire.
pub struct Transition {
    pub from: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_workflow: Option<Text>,
    pub via: ConnectionKind,
    pub name: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload_contract: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_control: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_view: Option<Text>,
}

impl Workflow {
    /// What the workflow holds.
    pub fn of(workflow: &model::Workflow) -> Self {
        Self {
            requires_entry_lifecycle_coverage: workflow.requires_entry_lifecycle_coverage,
            entry_lifecycle_states: each(&workflow.entry_lifecycle_states),
            transitions: each(&workflow.transitions),
            transition_evidences: each(&workflow.transition_evidences),
            outcomes: each(&workflow.outcomes),
            command_errors: each(&workflow.command_errors),
            owned_definitions: each(&workflow.owned_definitions),
            slices: workflow.slices.iter().map(Slice::of).collect(),
            ..Self::empty(
                workflow.slug.clone(),
                workflow.name.clone(),
                workflow.description.clone(),
            )
        }
    }

    /// A workflow that owns nothing yet.
    pub fn empty(slug: Text, name: Text, description: Text) -> Self {
        Self {
            slug,
            name,
            description,
            requires_entry_lifecycle_coverage: false,
            entry_lifecycle_states: Vec::new(),
            transitions: Vec::new(),
            transition_evidences: Vec::new(),
            outcomes: Vec::new(),
            command_errors: Vec::new(),
            owned_definitions: Vec::new(),
            slices: Vec::new(),
        }
    }
}

impl From<&model::Transition> for Transition {
    fn from(transition: &model::Transition) -> Self {
        let (to, to_workflow) = match &transition.target {
            TransitionTarget::Slice(slug) => (Some(slug.clone()), None),
            TransitionTarget::Workflow(slug) => (None, Some(slug.clone())),
        };
        Self {
            from: transition.source.clone(),
            to,
            to_workflow,
            via: transition.kind.via(),
            name: transition.name.clone(),
            payload_contract: transition.payload_contract.clone(),
            reason: transition.reason.clone(),
            source_control: transition.source_control.clone(),
            target_view: transition.target_view.clone(),
        }
    }
}

impl Transition {
    /// The wire form.
    ///
    /// # Errors
    /// What the store would refuse or silently drop.
    pub fn to_wire(&self) -> Result<event::Connection, String> {
        if self.to.is_some() == self.to_workflow.is_some() {
            return Err("it needs one of `to` and `to_workflow`".to_owned());
        }
        if self.payload_contract.is_some() && self.reason.is_some() {
            return Err("it has a `payload_contract` and a `reason`; it can have one".to_owned());
        }
        if self.source_control.is_some() != self.target_view.is_some() {
            return Err("`source_control` and `target_view` come together".to_owned());
        }
        if self.source_control.is_some()
            && (self.via != ConnectionKind::Navigation
                || self.to_workflow.is_some()
                || self.payload_contract.is_some()
                || self.reason.is_some())
        {
            return Err(
                "`source_control` and `target_view` stand only on a navigation inside the workflow \
                 without `payload_contract` and `reason`"
                    .to_owned(),
            );
        }
        Ok(event::Connection {
            source: self.from.clone(),
            target_slice: self.to.clone(),
            target_workflow: self.to_workflow.clone(),
            via: self.via,
            name: self.name.clone(),
            payload_contract: self.payload_contract.clone(),
            reason: self.reason.clone(),
            source_control: self.source_control.clone(),
            target_view: self.target_view.clone(),
        })
    }

    /// The kind, exits apart.
    pub fn kind(&self) -> TransitionKind {
        TransitionKind::of(self.via, self.to_workflow.is_some())
    }
}
