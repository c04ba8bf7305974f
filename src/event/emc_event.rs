//! The 57 events.

use super::{
    Automation, BoardConnection, BoardElement, CommandDefinition, Connection, Control, DataFlow,
    EventDefinition, ExternalPayload, LifecycleEntry, Outcome, OwnedDefinition, ReadModel,
    Readiness, Review, Scenario, SliceFact, Text, TransitionEvidence, TransitionKey, Translation,
    View, WorkflowCommandError, WorkflowOutcome, vocabulary::SliceKind,
};

/// An event of the model. `slice` and `workflow` are slugs. Where a fact is
/// addressed by all its values, `old` is the address and `new` what replaces it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // The variants and their fields are the words of the wire.
pub enum EmcEvent {
    ProjectInitialized {
        name: Text,
    },
    ReviewRecorded(Review),
    ConflictResolved {
        conflict_id: Text,
        chosen_event_id: Text,
    },

    WorkflowAdded {
        slug: Text,
        name: Text,
        description: Text,
    },
    WorkflowUpdated {
        slug: Text,
        name: Text,
        description: Text,
    },
    WorkflowRemoved {
        slug: Text,
    },
    WorkflowConnected {
        workflow: Text,
        connection: Connection,
    },
    WorkflowTransitionUpdated {
        workflow: Text,
        old: TransitionKey,
        new: Connection,
    },
    WorkflowTransitionRemoved {
        workflow: Text,
        old: TransitionKey,
    },
    WorkflowOutcomeAdded {
        workflow: Text,
        new: WorkflowOutcome,
    },
    WorkflowOutcomeUpdated {
        workflow: Text,
        old: WorkflowOutcome,
        new: WorkflowOutcome,
    },
    WorkflowOutcomeRemoved {
        workflow: Text,
        old: WorkflowOutcome,
    },
    WorkflowCommandErrorAdded {
        workflow: Text,
        new: WorkflowCommandError,
    },
    WorkflowCommandErrorUpdated {
        workflow: Text,
        old: WorkflowCommandError,
        new: WorkflowCommandError,
    },
    WorkflowCommandErrorRemoved {
        workflow: Text,
        old: WorkflowCommandError,
    },
    WorkflowOwnedDefinitionAdded {
        workflow: Text,
        new: OwnedDefinition,
    },
    WorkflowOwnedDefinitionUpdated {
        workflow: Text,
        old: OwnedDefinition,
        new: OwnedDefinition,
    },
    WorkflowOwnedDefinitionRemoved {
        workflow: Text,
        old: OwnedDefinition,
    },
    WorkflowTransitionEvidenceAdded {
        workflow: Text,
        new: TransitionEvidence,
    },
    WorkflowTransitionEvidenceUpdated {
        workflow: Text,
        old: TransitionEvidence,
        new: TransitionEvidence,
    },
    WorkflowTransitionEvidenceRemoved {
        workflow: Text,
        old: TransitionEvidence,
    },
    WorkflowEntryLifecycleCoverageRequired {
        workflow: Text,
    },
    WorkflowEntryLifecycleCoverageRemoved {
        workflow: Text,
    },
    WorkflowEntryLifecycleStateAdded {
        workflow: Text,
        new: LifecycleEntry,
    },
    WorkflowEntryLifecycleStateUpdated {
        workflow: Text,
        old: LifecycleEntry,
        new: LifecycleEntry,
    },
    WorkflowEntryLifecycleStateRemoved {
        workflow: Text,
        old: LifecycleEntry,
    },
    WorkflowReadinessDeclared(Readiness),

    SliceAdded {
        workflow: Text,
        slug: Text,
        name: Text,
        kind: SliceKind,
        description: Text,
    },
    SliceUpdated {
        slug: Text,
        name: Text,
        kind: SliceKind,
        description: Text,
    },
    SliceRemoved {
        slug: Text,
    },
    SliceFactAdded {
        slice: Text,
        fact: SliceFact,
    },
    SliceScenarioUpdated {
        slice: Text,
        new: Scenario,
    },
    SliceScenarioRemoved {
        slice: Text,
        name: Text,
    },
    SliceOutcomeDefinitionUpdated {
        slice: Text,
        new: Outcome,
    },
    SliceOutcomeDefinitionRemoved {
        slice: Text,
        label: Text,
    },
    SliceExternalPayloadDefinitionUpdated {
        slice: Text,
        new: ExternalPayload,
    },
    SliceExternalPayloadDefinitionRemoved {
        slice: Text,
        name: Text,
        field: Text,
    },
    SliceEventDefinitionUpdated {
        slice: Text,
        new: EventDefinition,
    },
    SliceEventDefinitionRemoved {
        slice: Text,
        name: Text,
    },
    SliceCommandDefinitionUpdated {
        slice: Text,
        new: CommandDefinition,
    },
    SliceCommandDefinitionRemoved {
        slice: Text,
        name: Text,
    },
    SliceReadModelDefinitionUpdated {
        slice: Text,
        new: ReadModel,
    },
    SliceReadModelDefinitionRemoved {
        slice: Text,
        name: Text,
    },
    SliceViewDefinitionUpdated {
        slice: Text,
        new: View,
    },
    SliceViewDefinitionRemoved {
        slice: Text,
        name: Text,
    },
    SliceViewControlUpdated {
        slice: Text,
        view: Text,
        control: Control,
    },
    SliceViewControlRemoved {
        slice: Text,
        view: Text,
        name: Text,
    },
    SliceTranslationDefinitionUpdated {
        slice: Text,
        new: Translation,
    },
    SliceTranslationDefinitionRemoved {
        slice: Text,
        name: Text,
    },
    SliceAutomationDefinitionUpdated {
        slice: Text,
        new: Automation,
    },
    SliceAutomationDefinitionRemoved {
        slice: Text,
        name: Text,
    },
    SliceBoardElementUpdated {
        slice: Text,
        new: BoardElement,
    },
    SliceBoardElementRemoved {
        slice: Text,
        name: Text,
    },
    SliceBoardConnectionUpdated {
        slice: Text,
        old: BoardConnection,
        new: BoardConnection,
    },
    SliceBoardConnectionRemoved {
        slice: Text,
        old: BoardConnection,
    },
    SliceBitLevelDataFlowUpdated {
        slice: Text,
        old: DataFlow,
        new: DataFlow,
    },
    SliceBitLevelDataFlowRemoved {
        slice: Text,
        old: DataFlow,
    },
}
