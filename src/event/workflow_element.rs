//! What a workflow owns, keys as on the wire.

use serde::{Deserialize, Serialize};

use super::{
    Text,
    codec::combination,
    element::elements,
    vocabulary::{
        ConnectionKind, EventParticipation, LifecycleState, OwnedDefinitionKind, TransitionKind,
        ViewRole,
    },
};

elements! {
    /// A transition as it is recorded: to a slice, or out to another workflow.
    Connection {
        source ["source", "from"]: Text,
        target_slice ["target_slice", "to"]: Option<Text>,
        target_workflow ["target_workflow", "to_workflow"]: Option<Text>,
        via: ConnectionKind,
        name: Text,
        payload_contract: Option<Text>,
        reason: Option<Text>,
        source_control: Option<Text>,
        target_view: Option<Text>,
    }
    /// What a transition is addressed by.
    TransitionKey {
        source ["source", "from"]: Text,
        target_slice ["target_slice", "to"]: Option<Text>,
        target_workflow ["target_workflow", "to_workflow"]: Option<Text>,
        via: ConnectionKind,
        name: Text,
    }
    /// An outcome that the workflow knows a slice by.
    WorkflowOutcome { source_slice: Text, label: Text, externally_relevant: bool }
    /// An error that the workflow knows a command by.
    WorkflowCommandError { source_slice: Text, command: Text, error: Text }
    /// A definition that the workflow says a slice owns.
    OwnedDefinition where combination::owned_definition {
        source_slice: Text,
        definition_kind: OwnedDefinitionKind,
        definition_name: Text,
        definition_stream: Option<Text>,
        source_provenance: Option<Text>,
        event_participation: Option<EventParticipation>,
        view_role: Option<ViewRole>,
    }
    /// Why both ends of a transition are what they are said to be.
    TransitionEvidence {
        from ["source", "from"]: Text,
        to ["target", "to"]: Text,
        via: TransitionKind,
        name: Text,
        source_evidence: Text,
        target_evidence: Text,
        source_control: Option<Text>,
        target_view: Option<Text>,
    }
    /// Where somebody arrives in a state of the application.
    LifecycleEntry { state: LifecycleState, step: Text, evidence: Text }
    /// A workflow was verified as it then was.
    Readiness {
        workflow: Text,
        projection_fingerprint: Text,
        model_content_digest: Text,
        verified_at: Text,
        verified_by: Text,
        review_event_id: Option<Text>,
    }
}
