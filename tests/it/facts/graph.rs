//! What leads to what: boards, transitions.

use emc::event::{
    BoardConnection, BoardElement, Connection, EmcEvent, OwnedDefinition, SliceFact,
    vocabulary::{
        BoardElementKind, BoardEndpointKind, ConnectionKind, Lane, OwnedDefinitionKind, ViewRole,
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
}
