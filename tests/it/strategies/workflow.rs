//! What a workflow owns, and what is recorded about it.

use emc::event::{
    Connection, EmcEvent, EmcEvent as E, LifecycleEntry, OwnedDefinition, Readiness, Review,
    ReviewFinding, Text, TransitionEvidence, TransitionKey, WorkflowCommandError, WorkflowOutcome,
    vocabulary::{
        ConnectionKind, EventParticipation, LifecycleState, OwnedDefinitionKind, ReviewCategory,
        TransitionKind, ViewRole,
    },
};
use proptest::{bool::ANY as FLAG, collection::vec, option, prelude::*};

use super::{maybe, name, slice_slug, text, word, workflow_slug};

/// Where a transition leads: to a slice, out, or, as foreign events may say,
/// to both or nowhere.
fn transition_key() -> BoxedStrategy<TransitionKey> {
    let target = prop_oneof![
        4 => slice_slug().prop_map(|slice| (Some(slice), None)),
        2 => workflow_slug().prop_map(|workflow| (None, Some(workflow))),
        1 => (maybe(slice_slug()), maybe(workflow_slug())),
    ];
    (slice_slug(), target, word(ConnectionKind::ALL), name())
        .prop_map(
            |(source, (target_slice, target_workflow), via, name)| TransitionKey {
                source,
                target_slice,
                target_workflow,
                via,
                name,
            },
        )
        .boxed()
}

fn connection() -> BoxedStrategy<Connection> {
    let text = || maybe(text());
    (transition_key(), text(), text(), text(), text())
        .prop_map(
            |(key, payload_contract, reason, source_control, target_view)| Connection {
                source: key.source,
                target_slice: key.target_slice,
                target_workflow: key.target_workflow,
                via: key.via,
                name: key.name,
                payload_contract,
                reason,
                source_control,
                target_view,
            },
        )
        .boxed()
}

fn outcome() -> BoxedStrategy<WorkflowOutcome> {
    make!(WorkflowOutcome {
        source_slice: slice_slug(),
        label: name(),
        externally_relevant: FLAG
    })
}

fn error() -> BoxedStrategy<WorkflowCommandError> {
    make!(WorkflowCommandError {
        source_slice: slice_slug(),
        command: name(),
        error: name()
    })
}

fn owned_definition() -> BoxedStrategy<OwnedDefinition> {
    let participation = option::of(word(EventParticipation::ALL));
    let plain = make!(OwnedDefinition {
        source_slice: slice_slug(),
        definition_kind: word(OwnedDefinitionKind::ALL),
        definition_name: name(),
        definition_stream: Just(None),
        source_provenance: Just(None),
        event_participation: Just(None),
        view_role: Just(None),
    });
    (plain, 0..3_u8, text(), text(), participation)
        .prop_map(|(mut definition, set, stream, provenance, participation)| {
            if set == 1 {
                definition.definition_kind = OwnedDefinitionKind::View;
                definition.view_role = Some(ViewRole::Entry);
            } else if set == 2 {
                definition.definition_stream = Some(stream);
                definition.source_provenance = Some(provenance);
                definition.event_participation = participation;
            }
            definition
        })
        .boxed()
}

fn evidence() -> BoxedStrategy<TransitionEvidence> {
    make!(TransitionEvidence {
        from: slice_slug(),
        to: slice_slug(),
        via: word(TransitionKind::ALL),
        name: name(),
        source_evidence: name(),
        target_evidence: name(),
        source_control: maybe(name()),
        target_view: maybe(name()),
    })
}

fn entry() -> BoxedStrategy<LifecycleEntry> {
    make!(LifecycleEntry {
        state: word(LifecycleState::ALL),
        step: slice_slug(),
        evidence: name()
    })
}

/// Any event about what a workflow owns.
pub fn workflow_event() -> BoxedStrategy<EmcEvent> {
    let to = workflow_slug;
    let transitions = prop_oneof![
        3 => make!(E::WorkflowConnected { workflow: to(), connection: connection() }),
        1 => make!(E::WorkflowTransitionUpdated {
            workflow: to(), old: transition_key(), new: connection()
        }),
        1 => make!(E::WorkflowTransitionRemoved { workflow: to(), old: transition_key() }),
        1 => make!(E::WorkflowTransitionEvidenceAdded { workflow: to(), new: evidence() }),
        1 => make!(E::WorkflowTransitionEvidenceUpdated {
            workflow: to(), old: evidence(), new: evidence()
        }),
        1 => make!(E::WorkflowTransitionEvidenceRemoved { workflow: to(), old: evidence() }),
    ];
    let results = prop_oneof![
        make!(E::WorkflowOutcomeAdded {
            workflow: to(),
            new: outcome()
        }),
        make!(E::WorkflowOutcomeUpdated {
            workflow: to(),
            old: outcome(),
            new: outcome()
        }),
        make!(E::WorkflowOutcomeRemoved {
            workflow: to(),
            old: outcome()
        }),
        make!(E::WorkflowCommandErrorAdded {
            workflow: to(),
            new: error()
        }),
        make!(E::WorkflowCommandErrorUpdated {
            workflow: to(),
            old: error(),
            new: error()
        }),
        make!(E::WorkflowCommandErrorRemoved {
            workflow: to(),
            old: error()
        }),
    ];
    let definitions = prop_oneof![
        make!(E::WorkflowOwnedDefinitionAdded {
            workflow: to(),
            new: owned_definition()
        }),
        make!(E::WorkflowOwnedDefinitionUpdated {
            workflow: to(),
            old: owned_definition(),
            new: owned_definition()
        }),
        make!(E::WorkflowOwnedDefinitionRemoved {
            workflow: to(),
            old: owned_definition()
        }),
    ];
    let lifecycle = prop_oneof![
        make!(E::WorkflowEntryLifecycleCoverageRequired { workflow: to() }),
        make!(E::WorkflowEntryLifecycleCoverageRemoved { workflow: to() }),
        make!(E::WorkflowEntryLifecycleStateAdded {
            workflow: to(),
            new: entry()
        }),
        make!(E::WorkflowEntryLifecycleStateUpdated {
            workflow: to(),
            old: entry(),
            new: entry()
        }),
        make!(E::WorkflowEntryLifecycleStateRemoved {
            workflow: to(),
            old: entry()
        }),
    ];
    prop_oneof![transitions, results, definitions, lifecycle].boxed()
}

fn finding() -> BoxedStrategy<ReviewFinding> {
    make!(ReviewFinding {
        category: word(ReviewCategory::ALL),
        text: text(),
    })
}

/// A review, a declaration of readiness, or the decision of a fork.
pub fn record() -> BoxedStrategy<EmcEvent> {
    let review = make!(Review {
        workflow: workflow_slug(),
        model_content_digest: text(),
        reviewer_id: text(),
        reviewed_at: text(),
        categories: vec(word(ReviewCategory::ALL), 0..4),
        findings: vec(finding(), 0..3),
    });
    let readiness = make!(Readiness {
        workflow: workflow_slug(),
        projection_fingerprint: text(),
        model_content_digest: text(),
        verified_at: text(),
        verified_by: text(),
        review_event_id: maybe(text()),
    });
    let resolved: (BoxedStrategy<Text>, BoxedStrategy<Text>) = (text(), text());
    prop_oneof![
        review.prop_map(E::ReviewRecorded),
        readiness.prop_map(E::WorkflowReadinessDeclared),
        resolved.prop_map(|(conflict_id, chosen_event_id)| E::ConflictResolved {
            conflict_id,
            chosen_event_id,
        }),
    ]
    .boxed()
}
