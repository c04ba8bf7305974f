//! The parts of models that are made by hand. Every text goes through `word`, so
//! that the same model can be told in hostile names.

use emc::{
    event::{
        Automation, CommandDefinition, CommandError, CommandInput, Control, ControlInput,
        EventAttribute, EventDefinition, Navigation, Outcome, ReadModel, ReadModelField, Scenario,
        Text, View, ViewField,
        vocabulary::{
            AttributeSourceKind, ContractKind, FieldSourceKind, InputSourceKind, NavigationType,
            Recovery, ScenarioKind, SliceKind, TransitionKind, ViewFieldSourceKind,
        },
    },
    model::{Origin, Recorded, Relationship, Slice, Transition, TransitionTarget, Workflow},
};

/// How the names of the model are spelled.
pub struct Words<'a>(pub &'a dyn Fn(&str) -> String);

pub fn recorded<T>(value: T) -> Recorded<T> {
    let origin = Origin(0);
    Recorded { origin, value }
}

pub fn text(text: &str) -> Text {
    Text::new(text).expect("not empty")
}

/// A slice without facts.
pub fn slice(slug: Text, kind: SliceKind, relationship: Relationship) -> Slice {
    Slice {
        relationship,
        ..Slice::new(Origin(0), slug.clone(), slug, kind, text("One step."))
    }
}

/// A workflow without slices.
pub fn workflow(slug: Text, description: &str) -> Workflow {
    Workflow {
        origin: Origin(0),
        name: slug.clone(),
        slug,
        description: text(description),
        slices: Vec::new(),
        transitions: Vec::new(),
        outcomes: Vec::new(),
        command_errors: Vec::new(),
        owned_definitions: Vec::new(),
        transition_evidences: Vec::new(),
        requires_entry_lifecycle_coverage: false,
        entry_lifecycle_states: Vec::new(),
    }
}

impl Words<'_> {
    pub fn word(&self, word: &str) -> Text {
        text(&(self.0)(word))
    }

    pub fn words(&self, words: &[&str]) -> Vec<Text> {
        words.iter().map(|word| self.word(word)).collect()
    }

    /// An inner transition.
    pub fn transition(
        &self,
        from: &str,
        via: TransitionKind,
        by: &str,
        to: &str,
    ) -> Recorded<Transition> {
        let target = self.word(to);
        recorded(Transition {
            source: self.word(from),
            target: if via.exits() {
                TransitionTarget::Workflow(target)
            } else {
                TransitionTarget::Slice(target)
            },
            kind: via,
            name: self.word(by),
            payload_contract: None,
            reason: via.exits().then(|| self.word("It goes on elsewhere.")),
            source_control: None,
            target_view: None,
        })
    }

    /// A slice with a command that records `outcomes` (label, event, stream)
    /// after reading `needs`, and may raise `error`.
    pub fn decision(
        &self,
        slug: &str,
        kind: SliceKind,
        command: &str,
        outcomes: &[(&str, &str, &str)],
        needs: Option<&str>,
        error: Option<(&str, Recovery)>,
    ) -> Slice {
        let mut slice = slice(self.word(slug), kind, Relationship::Main);
        for (label, event, stream) in outcomes {
            slice.outcomes.push(recorded(Outcome {
                label: self.word(label),
                events: self.words(&[event]),
                externally_relevant: false,
            }));
            slice.event_definitions.push(recorded(EventDefinition {
                name: self.word(event),
                stream: self.word(stream),
                observed: false,
                shared: false,
                attribute: EventAttribute {
                    name: self.word("id"),
                    source_kind: AttributeSourceKind::CommandInput,
                    source_name: self.word("id"),
                    source_field: self.word("id"),
                    generated_source_kind: None,
                    provenance: self.word("As given."),
                },
            }));
        }
        slice.command_definitions.push(recorded(CommandDefinition {
            name: self.word(command),
            emitted_events: outcomes
                .iter()
                .map(|(_, event, _)| self.word(event))
                .collect(),
            observed_streams: Vec::new(),
            errors: error
                .iter()
                .map(|(name, recovery)| CommandError {
                    name: self.word(name),
                    scenario: self.word("It goes wrong"),
                    recovery: *recovery,
                })
                .collect(),
            singleton_repeat_behavior: None,
            input: CommandInput {
                name: self.word("id"),
                source_kind: if needs.is_some() {
                    InputSourceKind::EventStreamState
                } else {
                    InputSourceKind::Actor
                },
                source_description: self.word("Which one."),
                provenance_chain: self.words(&["desk person", "row"]),
                event_stream_source_event: needs.map(|event| self.word(event)),
                event_stream_source_attribute: needs.map(|_| self.word("id")),
                external_payload_source_name: None,
                external_payload_source_field: None,
                generated_source_name: None,
                generated_source_field: None,
                session_source_name: None,
                session_source_field: None,
                invocation_argument_source_name: None,
                invocation_argument_source_field: None,
            },
        }));
        slice
    }

    /// A view of a read model that `event` feeds; `absence` is an event whose
    /// absence is modelled.
    pub fn view(&self, slug: &str, event: Option<&str>, absence: Option<&str>) -> Slice {
        let mut slice = slice(self.word(slug), SliceKind::StateView, Relationship::Main);
        let model = self.word(&format!("{slug} model"));
        for (name, source, absent) in [("id", event, None), ("note", None, absence)] {
            if source.is_none() && absent.is_none() {
                continue;
            }
            slice.read_models.push(recorded(ReadModel {
                name: model.clone(),
                transitive: false,
                relationship_fields: Vec::new(),
                transitive_rule: None,
                example_scenario: None,
                field: ReadModelField {
                    name: self.word(name),
                    source_kind: if source.is_some() {
                        FieldSourceKind::EventAttribute
                    } else {
                        FieldSourceKind::AbsenceDefault
                    },
                    source_event: source.map(|event| self.word(event)),
                    source_attribute: source.map(|_| self.word("id")),
                    derivation_rule: None,
                    derivation_source_fields: Vec::new(),
                    derivation_scenario: None,
                    absence_event: absent.map(|event| self.word(event)),
                    absence_scenario: absent.map(|_| self.word("Nothing yet")),
                    provenance: self.word("From the event."),
                },
            }));
        }
        slice.views.push(recorded(View {
            name: self.word(&format!("{slug} screen")),
            field: ViewField {
                name: self.word("id"),
                source_kind: ViewFieldSourceKind::ReadModel,
                source_read_model: model,
                source_field: self.word("id"),
                sketch_token: self.word("[id]"),
                provenance: self.word("Shown as it is."),
                bit_encoding: self.word("UTF-8 text"),
            },
            controls: Vec::new(),
            local_states: Vec::new(),
            filters: Vec::new(),
        }));
        slice
    }

    /// A control of the slice's view that issues a command and handles an error.
    pub fn control(
        &self,
        slice: &mut Slice,
        command: &str,
        error: &str,
        recovery: Recovery,
        to: &str,
    ) {
        let control = Control {
            name: self.word(command),
            command: self.word(command),
            input: ControlInput {
                name: self.word("id"),
                source_kind: InputSourceKind::Actor,
                source_description: self.word("Picked."),
                sketch_token: self.word("[id]"),
                visible_to_actor: true,
                decision_field: true,
            },
            handled_errors: self.words(&[error]),
            recovery_behavior: recovery,
            sketch_token: self.word("(do)"),
            navigation: Navigation {
                kind: NavigationType::ModeledView,
                target: self.word(to),
                external_workflow: None,
                external_system: None,
                handoff_contract: None,
            },
        };
        if let Some(view) = slice.views.first_mut() {
            view.value.controls.push(control);
        }
    }

    /// A scenario, of absence if it names an absent field.
    pub fn scenario(
        &self,
        slice: &mut Slice,
        name: &str,
        writes: &[&str],
        error: Option<&str>,
        absent: Option<&str>,
    ) {
        slice.scenarios.push(recorded(Scenario {
            kind: if absent.is_some() {
                ScenarioKind::Contract
            } else {
                ScenarioKind::Acceptance
            },
            name: self.word(name),
            given: self.word("the desk is open"),
            when: self.word("somebody does it"),
            then: self.word("it is done"),
            read_streams: Vec::new(),
            written_streams: self.words(writes),
            contract_kind: absent.map(|_| ContractKind::Absence),
            covered_definition: absent.map(|field| self.word(field)),
            error_references: error.iter().map(|error| self.word(error)).collect(),
        }));
    }

    /// A slice with an automation on `trigger`.
    pub fn automation(
        &self,
        slug: &str,
        trigger: &str,
        command: &str,
        outcome: (&str, &str, &str),
        error: Option<&str>,
    ) -> Slice {
        let error_of = error.map(|error| (error, Recovery::Retry));
        let mut slice = self.decision(
            slug,
            SliceKind::Automation,
            command,
            &[outcome],
            Some(trigger),
            error_of,
        );
        slice.automations.push(recorded(Automation {
            name: self.word(&format!("{slug} automation")),
            trigger: self.word(trigger),
            command: self.word(command),
            handled_errors: error.iter().map(|error| self.word(error)).collect(),
            reaction: self.word("Once for each."),
        }));
        slice
    }
}
