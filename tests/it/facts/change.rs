//! Changing what was told: the seam for models that differ in one thing.

use emc::event::{
    Automation, BoardElement, CommandDefinition, CommandInput, Connection, Control, DataFlow,
    EmcEvent, EventAttribute, EventDefinition, Outcome, OwnedDefinition, ReadModel, ReadModelField,
    Scenario, SliceFact, Text, Translation, View,
};

use super::Facts;

/// What a fact of a slice is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    Scenario,
    Outcome,
    Payload,
    Event,
    Command,
    ReadModel,
    View,
    Translation,
    Automation,
    Card,
}

fn names(fact: &SliceFact) -> Option<(Is, &Text)> {
    Some(match fact {
        SliceFact::Scenario(fact) => (Is::Scenario, &fact.name),
        SliceFact::Outcome(fact) => (Is::Outcome, &fact.label),
        SliceFact::ExternalPayload(fact) => (Is::Payload, &fact.name),
        SliceFact::EventDefinition(fact) => (Is::Event, &fact.name),
        SliceFact::CommandDefinition(fact) => (Is::Command, &fact.name),
        SliceFact::ReadModel(fact) => (Is::ReadModel, &fact.name),
        SliceFact::View(fact) => (Is::View, &fact.name),
        SliceFact::Translation(fact) => (Is::Translation, &fact.name),
        SliceFact::Automation(fact) => (Is::Automation, &fact.name),
        SliceFact::BoardElement(fact) => (Is::Card, &fact.name),
        SliceFact::DataFlow(_) | SliceFact::BoardConnection(_) => return None,
    })
}

/// For each kind of fact a way to change all facts of one name in a slice. There
/// is one at least.
macro_rules! changes {
    ($( $(#[$doc:meta])* $method:ident $kind:ident $field:ident; )*) => {
        impl Facts {
            $(
                $(#[$doc])*
                pub fn $method(&mut self, slice: &str, name: &str, mut change: impl FnMut(&mut $kind)) {
                    let name = self.word(name);
                    self.change(slice, |fact| match fact {
                        SliceFact::$kind(fact) if fact.$field == name => {
                            change(fact);
                            true
                        }
                        _ => false,
                    });
                }
            )*
        }
    };
}

changes! {
    scenarios Scenario name;
    outcomes Outcome label;
    definitions EventDefinition name;
    commands CommandDefinition name;
    read_models ReadModel name;
    views View name;
    translations Translation name;
    automations Automation name;
    cards BoardElement name;
    /// The flows that end at an owner.
    flows DataFlow target;
}

impl Facts {
    /// What is told next belongs to this slice.
    pub fn at(&mut self, slice: &str) {
        self.slice = self.word(slice);
    }

    /// What is told next belongs to this workflow.
    pub fn within(&mut self, workflow: &str) {
        self.workflow = self.word(workflow);
    }

    fn change(&mut self, slice: &str, mut change: impl FnMut(&mut SliceFact) -> bool) {
        let slice = self.word(slice);
        let mut changed = false;
        for event in &mut self.events {
            if let EmcEvent::SliceFactAdded { slice: owner, fact } = event
                && *owner == slice
            {
                changed |= change(fact);
            }
        }
        assert!(changed, "slice {} has nothing like it", slice.as_str());
    }

    /// Each fact of one input.
    pub fn input(
        &mut self,
        slice: &str,
        command: &str,
        input: &str,
        mut change: impl FnMut(&mut CommandInput),
    ) {
        let input = self.word(input);
        self.commands(slice, command, |fact| {
            if fact.input.name == input {
                change(&mut fact.input);
            }
        });
    }

    /// Each fact of one attribute.
    pub fn attribute(
        &mut self,
        slice: &str,
        event: &str,
        attribute: &str,
        mut change: impl FnMut(&mut EventAttribute),
    ) {
        let attribute = self.word(attribute);
        self.definitions(slice, event, |fact| {
            if fact.attribute.name == attribute {
                change(&mut fact.attribute);
            }
        });
    }

    /// Each fact of one field of a read model.
    pub fn field(
        &mut self,
        slice: &str,
        read_model: &str,
        field: &str,
        mut change: impl FnMut(&mut ReadModelField),
    ) {
        let field = self.word(field);
        self.read_models(slice, read_model, |fact| {
            if fact.field.name == field {
                change(&mut fact.field);
            }
        });
    }

    /// The controls of one name on a view.
    pub fn controls(
        &mut self,
        slice: &str,
        view: &str,
        name: &str,
        mut change: impl FnMut(&mut Control),
    ) {
        let name = self.word(name);
        self.views(slice, view, |fact| {
            for control in fact.controls.iter_mut().filter(|one| one.name == name) {
                change(control);
            }
        });
    }

    /// The controls of a view for which this is not so are gone.
    pub fn keep_controls(&mut self, slice: &str, view: &str, keep: impl Fn(&Control) -> bool) {
        self.views(slice, view, |fact| fact.controls.retain(&keep));
    }

    /// Everything of one name is gone, and the flows of its data.
    pub fn forget(&mut self, slice: &str, what: Is, name: &str) {
        let name = self.word(name);
        self.drop_facts(slice, |fact| match fact {
            SliceFact::DataFlow(flow) => flow.target == name,
            fact => names(fact) == Some((what, &name)),
        });
    }

    /// One input, attribute or field is gone, and its flow.
    pub fn forget_datum(&mut self, slice: &str, owner: &str, datum: &str) {
        let (owner, datum) = (self.word(owner), self.word(datum));
        self.drop_facts(slice, |fact| match fact {
            SliceFact::DataFlow(flow) => flow.target == owner && flow.datum == datum,
            SliceFact::CommandDefinition(fact) => fact.name == owner && fact.input.name == datum,
            SliceFact::EventDefinition(fact) => fact.name == owner && fact.attribute.name == datum,
            SliceFact::ReadModel(fact) => fact.name == owner && fact.field.name == datum,
            SliceFact::View(fact) => fact.name == owner && fact.field.name == datum,
            SliceFact::ExternalPayload(fact) => fact.name == owner && fact.field == datum,
            _ => false,
        });
    }

    /// The facts of a slice for which this is so are gone.
    pub fn drop_facts(&mut self, slice: &str, gone: impl Fn(&SliceFact) -> bool) {
        let slice = self.word(slice);
        self.drop_events(|event| {
            matches!(event, EmcEvent::SliceFactAdded { slice: owner, fact }
                if *owner == slice && gone(fact))
        });
    }

    /// The events for which this is so were never told.
    pub fn drop_events(&mut self, gone: impl Fn(&EmcEvent) -> bool) {
        let before = self.events.len();
        self.events.retain(|event| !gone(event));
        assert!(self.events.len() < before, "nothing is gone");
    }

    /// The transitions that leave a step by this name.
    pub fn ways(&mut self, from: &str, by: &str, mut change: impl FnMut(&mut Connection)) {
        let (from, by) = (self.word(from), self.word(by));
        let mut changed = false;
        for event in &mut self.events {
            if let EmcEvent::WorkflowConnected { connection, .. } = event
                && connection.source == from
                && connection.name == by
            {
                change(connection);
                changed = true;
            }
        }
        assert!(changed, "no such transition");
    }

    /// The transitions that leave a step by this name are gone.
    pub fn close(&mut self, from: &str, by: &str) {
        let (from, by) = (self.word(from), self.word(by));
        self.drop_events(|event| {
            matches!(event, EmcEvent::WorkflowConnected { connection, .. }
                if connection.source == from && connection.name == by)
        });
    }

    /// What workflows say that slices own, under this name.
    pub fn owned(&mut self, name: &str, mut change: impl FnMut(&mut OwnedDefinition)) {
        let name = self.word(name);
        let mut changed = false;
        for event in &mut self.events {
            if let EmcEvent::WorkflowOwnedDefinitionAdded { new, .. } = event
                && new.definition_name == name
            {
                change(new);
                changed = true;
            }
        }
        assert!(changed, "no such definition");
    }

    /// One name is spelled otherwise, wherever it stands.
    pub fn rename(&mut self, from: &str, to: &str) {
        let (from, to) = (format!("\"{from}\""), format!("\"{to}\""));
        let mut changed = false;
        for event in &mut self.events {
            let text = event.encode();
            if text.contains(&from) {
                changed = true;
                *event = EmcEvent::decode(&text.replace(&from, &to)).expect("an event");
            }
        }
        assert!(changed, "nothing is called {from}");
    }
}
