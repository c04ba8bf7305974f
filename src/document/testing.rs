//! Random documents for tests, drawn from bytes: fewer and smaller bytes make
//! smaller documents, so failing cases shrink.

use crate::{
    document::{
        Automation, BoardConnection, BoardElement, Command, CommandError, CommandHead,
        CommandInput, Control, ControlInput, DataFlow, Event, EventAttribute, EventHead,
        ExternalPayload, LifecycleEntry, Model, Navigation, Outcome, OwnedDefinition, PayloadField,
        ReadModel, ReadModelField, ReadModelHead, Scenario, Slice, Transition, TransitionEvidence,
        Translation, View, ViewField, ViewHead, Workflow, WorkflowCommandError, WorkflowOutcome,
    },
    event::{
        Text,
        vocabulary::{
            AttributeSourceKind, BoardElementKind, BoardEndpointKind, ConnectionKind, ContractKind,
            EventParticipation, FieldSourceKind, FlowSourceKind, InputSourceKind, Lane,
            LifecycleState, NavigationType, OwnedDefinitionKind, Recovery, RepeatBehavior,
            ScenarioKind, SliceKind, Transformation, TransitionKind, ViewFieldSourceKind, ViewRole,
        },
    },
};

/// A text that is known not to be empty.
pub(crate) fn text(text: &str) -> Text {
    Text::new(text).expect("a test names a text")
}

/// Bytes that decide; zero when they are used up.
pub(crate) struct Draw<'a>(&'a [u8]);

impl<'a> Draw<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                usize::from(*first) % limit.max(1)
            }
            None => 0,
        }
    }

    fn flag(&mut self) -> bool {
        self.below(2) == 1
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Few names, so that they meet; some are hard to write down.
    fn name(&mut self) -> Text {
        text(self.of(&["a", "b", "c", "d \"e\" \\ 'f'", "ä\nö = [1]"]))
    }

    fn list<T>(&mut self, most: usize, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| item(self)).collect()
    }

    fn some<T>(&mut self, most: usize, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..=self.below(most)).map(|_| item(self)).collect()
    }

    fn maybe<T>(&mut self, item: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.flag() { Some(item(self)) } else { None }
    }

    fn names(&mut self) -> Vec<Text> {
        self.list(2, Self::name)
    }
}

/// Elements of different names, at most four.
fn distinct<T>(draw: &mut Draw<'_>, mut item: impl FnMut(&mut Draw<'_>, Text) -> T) -> Vec<T> {
    let mut items = Vec::new();
    for name in ["a", "b", "c d", "ä\"\\"] {
        if draw.below(3) == 1 {
            items.push(item(draw, text(name)));
        }
    }
    items
}

/// A whole model that the store can hold.
pub(crate) fn model(draw: &mut Draw<'_>) -> Model {
    let mut workflows: Vec<Workflow> = Vec::new();
    for slug in ["w", "w2", "w-three"] {
        if draw.below(3) > 0 {
            workflows.push(workflow(draw, text(slug)));
        }
    }
    for slug in ["s", "s2", "s3", "w"] {
        let home = draw.below(workflows.len() + 2);
        if let Some(home) = workflows.get_mut(home) {
            let slice = slice(draw, text(slug));
            home.slices.push(slice);
        }
    }
    Model {
        project: Some(draw.name()),
        workflows,
    }
}

fn workflow(draw: &mut Draw<'_>, slug: Text) -> Workflow {
    Workflow {
        requires_entry_lifecycle_coverage: draw.flag(),
        entry_lifecycle_states: draw.list(2, |draw| LifecycleEntry {
            state: draw.of(LifecycleState::ALL),
            step: draw.name(),
            evidence: draw.name(),
        }),
        transitions: draw.list(3, transition),
        transition_evidences: draw.list(2, |draw| {
            let pair = draw.maybe(|draw| (draw.name(), draw.name()));
            TransitionEvidence {
                from: draw.name(),
                to: draw.name(),
                via: draw.of(TransitionKind::ALL),
                name: draw.name(),
                source_evidence: draw.name(),
                target_evidence: draw.name(),
                source_control: pair.as_ref().map(|pair| pair.0.clone()),
                target_view: pair.map(|pair| pair.1),
            }
        }),
        outcomes: draw.list(3, |draw| WorkflowOutcome {
            source_slice: draw.name(),
            label: draw.name(),
            externally_relevant: draw.flag(),
        }),
        command_errors: draw.list(3, |draw| WorkflowCommandError {
            source_slice: draw.name(),
            command: draw.name(),
            error: draw.name(),
        }),
        owned_definitions: draw.list(3, owned_definition),
        ..Workflow::empty(slug, draw.name(), draw.name())
    }
}

fn transition(draw: &mut Draw<'_>) -> Transition {
    let slug = |draw: &mut Draw<'_>| text(draw.of(&["s", "s2", "w", "elsewhere"]));
    let mut transition = Transition {
        from: slug(draw),
        to: None,
        to_workflow: None,
        via: draw.of(ConnectionKind::ALL),
        name: draw.name(),
        payload_contract: None,
        reason: None,
        source_control: None,
        target_view: None,
    };
    if draw.flag() {
        transition.to_workflow = Some(slug(draw));
    } else {
        transition.to = Some(slug(draw));
    }
    match draw.below(4) {
        1 => transition.payload_contract = Some(draw.name()),
        2 => transition.reason = Some(draw.name()),
        3 if transition.to.is_some() && transition.via == ConnectionKind::Navigation => {
            transition.source_control = Some(draw.name());
            transition.target_view = Some(draw.name());
        }
        _ => {}
    }
    transition
}

fn owned_definition(draw: &mut Draw<'_>) -> OwnedDefinition {
    let mut owned = OwnedDefinition {
        source_slice: draw.name(),
        definition_kind: draw.of(OwnedDefinitionKind::ALL),
        definition_name: draw.name(),
        definition_stream: None,
        source_provenance: None,
        event_participation: None,
        view_role: None,
    };
    match draw.below(4) {
        1 => {
            owned.definition_kind = OwnedDefinitionKind::View;
            owned.view_role = Some(ViewRole::Entry);
        }
        more @ 2.. => {
            owned.definition_kind = OwnedDefinitionKind::Event;
            owned.definition_stream = Some(draw.name());
            owned.source_provenance = Some(draw.name());
            owned.event_participation = (more == 3).then(|| draw.of(EventParticipation::ALL));
        }
        _ => {}
    }
    owned
}

fn slice(draw: &mut Draw<'_>, slug: Text) -> Slice {
    let (name, kind, description) = (draw.name(), draw.of(SliceKind::ALL), draw.name());
    Slice {
        views: distinct(draw, view),
        commands: distinct(draw, command),
        events: distinct(draw, event),
        read_models: distinct(draw, read_model),
        automations: draw.list(2, |draw| Automation {
            name: draw.name(),
            trigger: draw.name(),
            command: draw.name(),
            reaction: draw.name(),
            handled_errors: draw.names(),
        }),
        translations: draw.list(2, |draw| Translation {
            name: draw.name(),
            external_event: draw.name(),
            payload_contract: draw.name(),
            command: draw.name(),
        }),
        external_payloads: distinct(draw, |draw, name| ExternalPayload {
            name,
            fields: draw.some(3, |draw| PayloadField {
                name: draw.name(),
                field_provenance: draw.name(),
                bit_encoding: draw.name(),
            }),
        }),
        outcomes: draw.list(2, |draw| Outcome {
            label: draw.name(),
            externally_relevant: draw.flag(),
            events: draw.names(),
        }),
        scenarios: draw.list(3, scenario),
        data_flows: draw.list(2, |draw| DataFlow {
            datum: draw.name(),
            source: draw.name(),
            source_kind: draw.of(FlowSourceKind::ALL),
            transformation: draw.of(Transformation::ALL),
            target: draw.name(),
            bit_encoding: draw.name(),
        }),
        board_elements: draw.list(2, |draw| BoardElement {
            name: draw.name(),
            kind: draw.of(BoardElementKind::ALL),
            lane: draw.of(Lane::ALL),
            declared_name: draw.name(),
            main_path: draw.flag(),
        }),
        board_connections: draw.list(2, |draw| BoardConnection {
            source: draw.name(),
            source_kind: draw.of(BoardEndpointKind::ALL),
            target: draw.name(),
            target_kind: draw.of(BoardEndpointKind::ALL),
        }),
        ..Slice::empty(slug, name, kind, description)
    }
}

fn scenario(draw: &mut Draw<'_>) -> Scenario {
    let kind = draw.of(ScenarioKind::ALL);
    let contract = kind == ScenarioKind::Contract;
    Scenario {
        kind,
        name: draw.name(),
        given: draw.name(),
        when: draw.name(),
        then: draw.name(),
        contract_kind: contract.then(|| draw.of(ContractKind::ALL)),
        covered_definition: contract.then(|| draw.name()),
        read_streams: draw.names(),
        written_streams: draw.names(),
        error_references: draw.names(),
    }
}

fn command_head(draw: &mut Draw<'_>) -> CommandHead {
    CommandHead {
        singleton_repeat_behavior: draw.maybe(|draw| draw.of(RepeatBehavior::ALL)),
        emitted_events: draw.names(),
        observed_streams: draw.names(),
        errors: draw.list(2, |draw| CommandError {
            name: draw.name(),
            scenario: draw.name(),
            recovery: draw.of(Recovery::ALL),
        }),
    }
}

fn command(draw: &mut Draw<'_>, name: Text) -> Command {
    let head = command_head(draw);
    Command {
        name,
        singleton_repeat_behavior: head.singleton_repeat_behavior,
        emitted_events: head.emitted_events,
        observed_streams: head.observed_streams,
        errors: head.errors,
        inputs: draw.some(3, |draw| {
            let source_kind = draw.of(InputSourceKind::ALL);
            let sourced = source_kind != InputSourceKind::Actor;
            CommandInput {
                name: draw.name(),
                source_kind,
                source_description: draw.name(),
                source_name: sourced.then(|| draw.name()),
                source_field: sourced.then(|| draw.name()),
                recorded_with: (draw.below(4) == 1).then(|| command_head(draw)),
                provenance_chain: draw.names(),
            }
        }),
    }
}

fn event_head(draw: &mut Draw<'_>) -> EventHead {
    let role = draw.below(3);
    EventHead {
        stream: draw.name(),
        observed: role == 1,
        shared: role == 2,
    }
}

fn event(draw: &mut Draw<'_>, name: Text) -> Event {
    let head = event_head(draw);
    Event {
        name,
        stream: head.stream,
        observed: head.observed,
        shared: head.shared,
        attributes: draw.some(3, |draw| EventAttribute {
            name: draw.name(),
            source_kind: draw.of(AttributeSourceKind::ALL),
            source_name: draw.name(),
            source_field: draw.name(),
            provenance: draw.name(),
            generated_source_kind: draw.maybe(Draw::name),
            recorded_with: (draw.below(4) == 1).then(|| event_head(draw)),
        }),
    }
}

fn read_model_head(draw: &mut Draw<'_>) -> ReadModelHead {
    let transitive = draw.flag();
    ReadModelHead {
        transitive,
        transitive_rule: transitive.then(|| draw.name()),
        example_scenario: transitive.then(|| draw.name()),
        relationship_fields: if transitive {
            draw.some(2, Draw::name)
        } else {
            Vec::new()
        },
    }
}

fn read_model(draw: &mut Draw<'_>, name: Text) -> ReadModel {
    let head = read_model_head(draw);
    ReadModel {
        name,
        transitive: head.transitive,
        transitive_rule: head.transitive_rule,
        example_scenario: head.example_scenario,
        relationship_fields: head.relationship_fields,
        fields: draw.some(3, |draw| {
            let kind = draw.of(FieldSourceKind::ALL);
            let (event, derived, absent) = (
                kind == FieldSourceKind::EventAttribute,
                kind == FieldSourceKind::Derivation,
                kind == FieldSourceKind::AbsenceDefault,
            );
            ReadModelField {
                name: draw.name(),
                source_kind: kind,
                provenance: draw.name(),
                source_event: event.then(|| draw.name()),
                source_attribute: event.then(|| draw.name()),
                derivation_rule: derived.then(|| draw.name()),
                derivation_scenario: derived.then(|| draw.name()),
                absence_event: absent.then(|| draw.name()),
                absence_scenario: absent.then(|| draw.name()),
                recorded_with: (draw.below(4) == 1).then(|| read_model_head(draw)),
                derivation_source_fields: if derived {
                    draw.some(2, Draw::name)
                } else {
                    Vec::new()
                },
            }
        }),
    }
}

fn view(draw: &mut Draw<'_>, name: Text) -> View {
    View {
        name,
        local_states: draw.names(),
        filters: draw.names(),
        fields: draw.some(2, |draw| ViewField {
            name: draw.name(),
            source_kind: ViewFieldSourceKind::ReadModel,
            source_read_model: draw.name(),
            source_field: draw.name(),
            sketch_token: draw.name(),
            provenance: draw.name(),
            bit_encoding: draw.name(),
            recorded_with: (draw.below(4) == 1).then(|| ViewHead {
                local_states: draw.names(),
                filters: draw.names(),
            }),
            controls: draw.list(3, control),
        }),
    }
}

fn control(draw: &mut Draw<'_>) -> Control {
    let mut navigation = Navigation {
        kind: draw.of(NavigationType::ALL),
        target: draw.name(),
        external_workflow: None,
        external_system: None,
        handoff_contract: None,
    };
    match navigation.kind {
        NavigationType::ExternalWorkflow => navigation.external_workflow = Some(draw.name()),
        NavigationType::ExternalSystem => {
            navigation.external_system = Some(draw.name());
            navigation.handoff_contract = Some(draw.name());
        }
        NavigationType::ModeledView | NavigationType::LocalViewState => {}
    }
    Control {
        name: draw.name(),
        command: draw.name(),
        recovery_behavior: draw.of(Recovery::ALL),
        sketch_token: draw.name(),
        handled_errors: draw.names(),
        input: ControlInput {
            name: draw.name(),
            source_kind: draw.of(InputSourceKind::ALL),
            source_description: draw.name(),
            sketch_token: draw.name(),
            visible_to_actor: draw.flag(),
            decision_field: draw.flag(),
        },
        navigation,
    }
}
