//! The events of a model, told briefly.
//!
//! Where a representation is named beside a datum, its data flow is recorded
//! too, as a certificate asks for it.

pub mod change;
mod graph;

use emc::event::{
    Automation, CommandDefinition, CommandError, CommandInput, Control, ControlInput, DataFlow,
    EmcEvent, EventAttribute, EventDefinition, ExternalPayload, Navigation, Outcome, ReadModel,
    ReadModelField, Scenario, SliceFact, Text, Translation, View, ViewField,
    vocabulary::{
        AttributeSourceKind, ContractKind, FieldSourceKind, FlowSourceKind, InputSourceKind,
        NavigationType, Recovery, RepeatBehavior, ScenarioKind, SliceKind, Transformation,
        ViewFieldSourceKind,
    },
};

/// Events in the order in which they are told, and how words are spelled.
pub struct Facts {
    pub events: Vec<EmcEvent>,
    spell: fn(&str) -> String,
    slice: Text,
    workflow: Text,
}

/// Where an input or an attribute comes from.
#[derive(Clone, Copy)]
pub enum From<'a> {
    Actor,
    Session(&'a str),
    Generated(&'a str),
    Payload(&'a str),
    Argument(&'a str),
    /// The event; the attribute has the name of the datum.
    State(&'a str),
    /// The input of this name.
    Input(&'a str),
    /// Computed from these inputs.
    Computed(&'a str),
    /// Said by the slice that emits the event.
    Elsewhere,
}

/// Whose event it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Here,
    Elsewhere,
}

/// Where a field comes from.
#[derive(Clone, Copy)]
pub enum Field<'a> {
    /// The event; the attribute has the name of the field.
    Of(&'a str),
    /// Derived from these, as this scenario shows.
    Derived(&'a [&'a str], &'a str),
    /// Absence of this event, as this scenario shows.
    Absent(&'a str, &'a str),
}

impl Facts {
    /// A project and its first workflow.
    pub fn new(project: &str, workflow: &str, spell: fn(&str) -> String) -> Self {
        let mut facts = Self {
            events: Vec::new(),
            spell,
            slice: word(spell, "none"),
            workflow: word(spell, workflow),
        };
        facts.events.push(EmcEvent::ProjectInitialized {
            name: facts.word(project),
        });
        facts.workflow(workflow, "What a customer and the desk go through.");
        facts
    }

    pub fn word(&self, text: &str) -> Text {
        word(self.spell, text)
    }

    pub fn words(&self, texts: &[&str]) -> Vec<Text> {
        texts.iter().map(|text| self.word(text)).collect()
    }

    pub fn workflow(&mut self, slug: &str, description: &str) {
        self.workflow = self.word(slug);
        self.events.push(EmcEvent::WorkflowAdded {
            slug: self.word(slug),
            name: self.word(slug),
            description: self.word(description),
        });
    }

    /// A slice; what is told next belongs to it.
    pub fn slice(&mut self, slug: &str, kind: SliceKind, description: &str) {
        self.slice = self.word(slug);
        self.events.push(EmcEvent::SliceAdded {
            workflow: self.workflow.clone(),
            slug: self.word(slug),
            name: self.word(slug),
            kind,
            description: self.word(description),
        });
    }

    pub fn fact(&mut self, fact: SliceFact) {
        let slice = self.slice.clone();
        self.events.push(EmcEvent::SliceFactAdded { slice, fact });
    }

    pub fn flow(&mut self, datum: &str, target: &str, how: Transformation, encoding: &str) {
        self.fact(SliceFact::DataFlow(DataFlow {
            datum: self.word(datum),
            source: self.word("where it comes from"),
            source_kind: FlowSourceKind::Original,
            transformation: how,
            target: self.word(target),
            bit_encoding: self.word(encoding),
        }));
    }

    /// An event: attribute, source, representation.
    pub fn event(
        &mut self,
        name: &str,
        stream: &str,
        owner: Owner,
        attributes: &[(&str, From<'_>, &str)],
    ) {
        for (attribute, from, encoding) in attributes {
            let (source_kind, source) = match from {
                From::Input(input) => (AttributeSourceKind::CommandInput, *input),
                From::Session(key) => (AttributeSourceKind::Session, *key),
                From::Generated(by) => (AttributeSourceKind::Generated, *by),
                From::Payload(payload) => (AttributeSourceKind::ExternalPayload, *payload),
                From::Computed(inputs) => (AttributeSourceKind::Derivation, *inputs),
                From::Actor | From::Argument(_) | From::State(_) | From::Elsewhere => {
                    (AttributeSourceKind::Derivation, "the slice that emits it")
                }
            };
            // Names inside a list are spelled one by one.
            let source_name = source
                .split(", ")
                .map(self.spell)
                .collect::<Vec<_>>()
                .join(", ");
            self.fact(SliceFact::EventDefinition(EventDefinition {
                name: self.word(name),
                stream: self.word(stream),
                observed: false,
                shared: owner == Owner::Elsewhere,
                attribute: EventAttribute {
                    name: self.word(attribute),
                    source_kind,
                    source_name: Text::new(&source_name).expect("not empty"),
                    source_field: self.word(attribute),
                    generated_source_kind: None,
                    provenance: self.word("As it was told."),
                },
            }));
            let how = match from {
                From::Computed(_) => Transformation::Derivation,
                _ => Transformation::Identity,
            };
            self.flow(attribute, name, how, encoding);
        }
    }

    /// A command: what it emits and observes, errors with their scenarios, and
    /// inputs: name, source, representation.
    pub fn command(
        &mut self,
        name: &str,
        emits: &[&str],
        observes: &[&str],
        errors: &[(&str, &str)],
        inputs: &[(&str, From<'_>, &str)],
    ) {
        for (input, from, encoding) in inputs {
            let mut value = CommandInput {
                name: self.word(input),
                source_kind: InputSourceKind::Actor,
                source_description: self.word("As it was told."),
                provenance_chain: self.words(&["its source"]),
                event_stream_source_event: None,
                event_stream_source_attribute: None,
                external_payload_source_name: None,
                external_payload_source_field: None,
                generated_source_name: None,
                generated_source_field: None,
                session_source_name: None,
                session_source_field: None,
                invocation_argument_source_name: None,
                invocation_argument_source_field: None,
            };
            let field = Some(self.word(input));
            match from {
                From::Session(key) => {
                    value.source_kind = InputSourceKind::Session;
                    value.session_source_name = Some(self.word(key));
                    value.session_source_field = field;
                }
                From::Generated(by) => {
                    value.source_kind = InputSourceKind::Generated;
                    value.generated_source_name = Some(self.word(by));
                    value.generated_source_field = field;
                }
                From::Payload(payload) => {
                    value.source_kind = InputSourceKind::ExternalPayload;
                    value.external_payload_source_name = Some(self.word(payload));
                    value.external_payload_source_field = field;
                }
                From::Argument(of) => {
                    value.source_kind = InputSourceKind::InvocationArgument;
                    value.invocation_argument_source_name = Some(self.word(of));
                    value.invocation_argument_source_field = field;
                }
                From::State(event) => {
                    value.source_kind = InputSourceKind::EventStreamState;
                    value.event_stream_source_event = Some(self.word(event));
                    value.event_stream_source_attribute = field;
                }
                From::Actor | From::Input(_) | From::Computed(_) | From::Elsewhere => {}
            }
            self.fact(SliceFact::CommandDefinition(CommandDefinition {
                name: self.word(name),
                emitted_events: self.words(emits),
                observed_streams: self.words(observes),
                errors: errors
                    .iter()
                    .map(|(error, scenario)| CommandError {
                        name: self.word(error),
                        scenario: self.word(scenario),
                        recovery: Recovery::StayOnScreen,
                    })
                    .collect(),
                singleton_repeat_behavior: errors.is_empty().then_some(RepeatBehavior::Idempotent),
                input: value,
            }));
            self.flow(input, name, Transformation::Identity, encoding);
        }
    }

    /// A read model: field, source, representation.
    pub fn read_model(&mut self, name: &str, fields: &[(&str, Field<'_>, &str)]) {
        for (field, from, encoding) in fields {
            let mut value = ReadModelField {
                name: self.word(field),
                source_kind: FieldSourceKind::EventAttribute,
                source_event: None,
                source_attribute: None,
                derivation_rule: None,
                derivation_source_fields: Vec::new(),
                derivation_scenario: None,
                absence_event: None,
                absence_scenario: None,
                provenance: self.word("As it was told."),
            };
            let how = match from {
                Field::Of(event) => {
                    value.source_event = Some(self.word(event));
                    value.source_attribute = Some(self.word(field));
                    Transformation::Projection
                }
                Field::Derived(sources, scenario) => {
                    value.source_kind = FieldSourceKind::Derivation;
                    value.derivation_rule = Some(self.word("as its name says"));
                    value.derivation_source_fields = self.words(sources);
                    value.derivation_scenario = Some(self.word(scenario));
                    Transformation::Derivation
                }
                Field::Absent(event, scenario) => {
                    value.source_kind = FieldSourceKind::AbsenceDefault;
                    value.absence_event = Some(self.word(event));
                    value.absence_scenario = Some(self.word(scenario));
                    Transformation::Absence
                }
            };
            self.fact(SliceFact::ReadModel(ReadModel {
                name: self.word(name),
                transitive: false,
                relationship_fields: Vec::new(),
                transitive_rule: None,
                example_scenario: None,
                field: value,
            }));
            self.flow(field, name, how, encoding);
        }
    }

    /// A view of one read model: field and representation, and its controls.
    /// The wire records a control beside a field, so that the first field is
    /// repeated for the second control and so on.
    pub fn view(
        &mut self,
        name: &str,
        read_model: &str,
        fields: &[(&str, &str)],
        controls: Vec<Control>,
    ) {
        let mut controls = controls.into_iter();
        let mut facts = Vec::new();
        for (field, encoding) in fields {
            facts.push((field, encoding, controls.next()));
        }
        let (field, encoding) = fields.first().expect("a view shows something");
        facts.extend(controls.map(|control| (field, encoding, Some(control))));
        for (field, encoding, control) in facts {
            self.fact(SliceFact::View(View {
                name: self.word(name),
                field: ViewField {
                    name: self.word(field),
                    source_kind: ViewFieldSourceKind::ReadModel,
                    source_read_model: self.word(read_model),
                    source_field: self.word(field),
                    sketch_token: self.word(&format!("[{field}]")),
                    provenance: self.word("As it was told."),
                    bit_encoding: self.word(encoding),
                },
                controls: control.into_iter().collect(),
                local_states: Vec::new(),
                filters: Vec::new(),
            }));
        }
    }

    /// One input of a control that issues a command and opens a view.
    pub fn control(
        &self,
        command: &str,
        input: (&str, InputSourceKind),
        errors: &[&str],
        view: &str,
    ) -> Control {
        let visible = input.1 == InputSourceKind::Actor;
        Control {
            name: self.word(command),
            command: self.word(command),
            input: ControlInput {
                name: self.word(input.0),
                source_kind: input.1,
                source_description: self.word("As it was told."),
                sketch_token: self.word(&format!("<{}>", input.0)),
                visible_to_actor: visible,
                decision_field: visible,
            },
            handled_errors: self.words(errors),
            recovery_behavior: Recovery::StayOnScreen,
            sketch_token: self.word(&format!("({command})")),
            navigation: Navigation {
                kind: NavigationType::ModeledView,
                target: self.word(view),
                external_workflow: None,
                external_system: None,
                handoff_contract: None,
            },
        }
    }

    pub fn payload(&mut self, name: &str, fields: &[(&str, &str)]) {
        for (field, encoding) in fields {
            self.fact(SliceFact::ExternalPayload(ExternalPayload {
                name: self.word(name),
                field: self.word(field),
                field_provenance: self.word("Printed on the paper."),
                bit_encoding: self.word(encoding),
            }));
        }
    }

    pub fn translation(&mut self, name: &str, message: &str, payload: &str, command: &str) {
        self.fact(SliceFact::Translation(Translation {
            name: self.word(name),
            external_event: self.word(message),
            payload_contract: self.word(payload),
            command: self.word(command),
        }));
    }

    pub fn automation(&mut self, name: &str, trigger: &str, command: &str, errors: &[&str]) {
        self.fact(SliceFact::Automation(Automation {
            name: self.word(name),
            trigger: self.word(trigger),
            command: self.word(command),
            handled_errors: self.words(errors),
            reaction: self.word("Once for each event."),
        }));
    }

    pub fn outcome(&mut self, label: &str, events: &[&str], external: bool) {
        self.fact(SliceFact::Outcome(Outcome {
            label: self.word(label),
            events: self.words(events),
            externally_relevant: external,
        }));
    }

    /// A scenario that a person can tell.
    pub fn accept(&mut self, name: &str, given: &str, when: &str, then: &str) {
        self.scenario(name, [given, when, then], None, &[], &[], &[]);
    }

    /// A scenario that binds a definition.
    pub fn contract(
        &mut self,
        name: &str,
        covers: (ContractKind, &str),
        story: [&str; 3],
        reads: &[&str],
        writes: &[&str],
        errors: &[&str],
    ) {
        self.scenario(name, story, Some(covers), reads, writes, errors);
    }

    fn scenario(
        &mut self,
        name: &str,
        [given, when, then]: [&str; 3],
        covers: Option<(ContractKind, &str)>,
        reads: &[&str],
        writes: &[&str],
        errors: &[&str],
    ) {
        self.fact(SliceFact::Scenario(Scenario {
            kind: covers.map_or(ScenarioKind::Acceptance, |_| ScenarioKind::Contract),
            name: self.word(name),
            given: self.word(given),
            when: self.word(when),
            then: self.word(then),
            read_streams: self.words(reads),
            written_streams: self.words(writes),
            contract_kind: covers.map(|(kind, _)| kind),
            covered_definition: covers.map(|(_, name)| self.word(name)),
            error_references: self.words(errors),
        }));
    }
}

fn word(spell: fn(&str) -> String, text: &str) -> Text {
    Text::new(&spell(text)).expect("not empty")
}
