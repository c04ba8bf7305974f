//! What leads to what: boards, transitions.

use emc::event::{
    BoardConnection, BoardElement, Connection, EmcEvent, LifecycleEntry, OwnedDefinition,
    SliceFact, TransitionEvidence, WorkflowCommandError, WorkflowOutcome,
    vocabulary::{
        BoardElementKind, BoardEndpointKind, ConnectionKind, EventParticipation, Lane,
        LifecycleState, OwnedDefinitionKind, TransitionKind, ViewRole,
    },
};

use super::Facts;

impl Facts {
    /// A card on the main path that has the name of what it stands for.
    pub fn card(&mut self, kind: BoardElementKind, name: &str) {
        self.fact(SliceFact::BoardElement(BoardElement {
            name: self.word(name),
            kind,
            lane: match kind {
                BoardElementKind::View
                | BoardElementKind::Automation
                | BoardElementKind::ExternalEvent => Lane::Ux,
                BoardElementKind::Command | BoardElementKind::ReadModel => Lane::Actions,
                BoardElementKind::Event => Lane::Events,
            },
            declared_name: self.word(name),
            main_path: true,
        }));
    }

    pub fn wire(&mut self, from: (BoardEndpointKind, &str), to: (BoardEndpointKind, &str)) {
        self.fact(SliceFact::BoardConnection(BoardConnection {
            source: self.word(from.1),
            source_kind: from.0,
            target: self.word(to.1),
            target_kind: to.0,
        }));
    }

    /// A transition inside the workflow, and where it arrives when it navigates.
    pub fn go(&mut self, from: &str, to: &str, via: ConnectionKind, name: &str, at: Option<&str>) {
        let navigates = via == ConnectionKind::Navigation;
        let payload = (via == ConnectionKind::ExternalTrigger)
            .then_some(at)
            .flatten();
        self.events.push(EmcEvent::WorkflowConnected {
            workflow: self.workflow.clone(),
            connection: Connection {
                source: self.word(from),
                target_slice: Some(self.word(to)),
                target_workflow: None,
                via,
                name: self.word(name),
                payload_contract: payload.map(|payload| self.word(payload)),
                reason: None,
                source_control: navigates.then(|| self.word(name)),
                target_view: at.filter(|_| navigates).map(|view| self.word(view)),
            },
        });
    }

    /// A transition out of the workflow.
    pub fn leave(&mut self, from: &str, to: &str, via: ConnectionKind, name: &str) {
        self.go(from, to, via, name, None);
        if let Some(EmcEvent::WorkflowConnected { connection, .. }) = self.events.last_mut() {
            connection.target_workflow = connection.target_slice.take();
        }
    }

    /// A view at which a navigation from another slice may arrive.
    pub fn entry_view(&mut self, slice: &str, view: &str) {
        self.events.push(EmcEvent::WorkflowOwnedDefinitionAdded {
            workflow: self.workflow.clone(),
            new: OwnedDefinition {
                source_slice: self.word(slice),
                definition_kind: OwnedDefinitionKind::View,
                definition_name: self.word(view),
                definition_stream: None,
                source_provenance: None,
                event_participation: None,
                view_role: Some(ViewRole::Entry),
            },
        });
    }

    /// What the workflow says that a slice owns; of an event the stream and the part.
    pub fn claim(
        &mut self,
        slice: &str,
        kind: OwnedDefinitionKind,
        name: &str,
        event: Option<(&str, EventParticipation)>,
    ) {
        self.events.push(EmcEvent::WorkflowOwnedDefinitionAdded {
            workflow: self.workflow.clone(),
            new: OwnedDefinition {
                source_slice: self.word(slice),
                definition_kind: kind,
                definition_name: self.word(name),
                definition_stream: event.map(|(stream, _)| self.word(stream)),
                source_provenance: event.map(|_| self.word("As the slice says.")),
                event_participation: event.map(|(_, participation)| participation),
                view_role: None,
            },
        });
    }

    pub fn claim_outcome(&mut self, slice: &str, label: &str, externally_relevant: bool) {
        self.events.push(EmcEvent::WorkflowOutcomeAdded {
            workflow: self.workflow.clone(),
            new: WorkflowOutcome {
                source_slice: self.word(slice),
                label: self.word(label),
                externally_relevant,
            },
        });
    }

    pub fn claim_error(&mut self, slice: &str, command: &str, error: &str) {
        self.events.push(EmcEvent::WorkflowCommandErrorAdded {
            workflow: self.workflow.clone(),
            new: WorkflowCommandError {
                source_slice: self.word(slice),
                command: self.word(command),
                error: self.word(error),
            },
        });
    }

    /// Why an inner transition is what it is said to be.
    pub fn evidence(&mut self, from: &str, to: &str, via: ConnectionKind, name: &str) {
        self.events.push(EmcEvent::WorkflowTransitionEvidenceAdded {
            workflow: self.workflow.clone(),
            new: TransitionEvidence {
                from: self.word(from),
                to: self.word(to),
                via: TransitionKind::of(via, false),
                name: self.word(name),
                source_evidence: self.word("It can be done there."),
                target_evidence: self.word("It is decided there."),
                source_control: None,
                target_view: None,
            },
        });
    }

    /// The application is entered in this workflow, at these steps.
    pub fn arrivals(&mut self, steps: &[(LifecycleState, &str)]) {
        let workflow = self.workflow.clone();
        self.events
            .push(EmcEvent::WorkflowEntryLifecycleCoverageRequired {
                workflow: workflow.clone(),
            });
        for (state, step) in steps {
            self.events
                .push(EmcEvent::WorkflowEntryLifecycleStateAdded {
                    workflow: workflow.clone(),
                    new: LifecycleEntry {
                        state: *state,
                        step: self.word(step),
                        evidence: self.word("The desk opens with it."),
                    },
                });
        }
    }
}
