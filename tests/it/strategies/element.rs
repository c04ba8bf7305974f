//! What a slice owns.

use emc::event::{
    Automation, BoardConnection, BoardElement, CommandDefinition, CommandError, CommandInput,
    Control, ControlInput, DataFlow, EventAttribute, EventDefinition, ExternalPayload, Navigation,
    Outcome, ReadModel, ReadModelField, Scenario, Translation, View, ViewField,
    vocabulary::{
        AttributeSourceKind, BoardElementKind, BoardEndpointKind, ContractKind, FieldSourceKind,
        FlowSourceKind, InputSourceKind, Lane, NavigationType, Recovery, RepeatBehavior,
        ScenarioKind, Transformation, ViewFieldSourceKind,
    },
};
use proptest::{bool::ANY as FLAG, collection::vec, option, prelude::*};

use super::{maybe, name, text, texts, word};

pub fn scenario() -> BoxedStrategy<Scenario> {
    let acceptance = make!(Scenario {
        kind: Just(ScenarioKind::Acceptance),
        name: name(),
        given: text(),
        when: text(),
        then: text(),
        read_streams: texts(),
        written_streams: texts(),
        contract_kind: Just(None),
        covered_definition: Just(None),
        error_references: texts(),
    });
    (acceptance, option::of((word(ContractKind::ALL), text())))
        .prop_map(|(mut scenario, contract)| {
            if let Some((kind, covered)) = contract {
                scenario.kind = ScenarioKind::Contract;
                scenario.contract_kind = Some(kind);
                scenario.covered_definition = Some(covered);
            }
            scenario
        })
        .boxed()
}

pub fn outcome() -> BoxedStrategy<Outcome> {
    make!(Outcome {
        label: name(),
        events: texts(),
        externally_relevant: FLAG
    })
}

pub fn external_payload() -> BoxedStrategy<ExternalPayload> {
    make!(ExternalPayload {
        name: name(),
        field: name(),
        field_provenance: text(),
        bit_encoding: text(),
    })
}

pub fn event_definition() -> BoxedStrategy<EventDefinition> {
    let attribute = make!(EventAttribute {
        name: name(),
        source_kind: word(AttributeSourceKind::ALL),
        source_name: text(),
        source_field: text(),
        generated_source_kind: maybe(text()),
        provenance: text(),
    });
    (name(), name(), 0..3_u8, attribute)
        .prop_map(|(name, stream, participation, attribute)| EventDefinition {
            name,
            stream,
            observed: participation == 1,
            shared: participation == 2,
            attribute,
        })
        .boxed()
}

pub fn command_definition() -> BoxedStrategy<CommandDefinition> {
    let error = make!(CommandError {
        name: name(),
        scenario: text(),
        recovery: word(Recovery::ALL),
    });
    make!(CommandDefinition {
        name: name(),
        emitted_events: texts(),
        observed_streams: texts(),
        errors: vec(error, 0..3),
        singleton_repeat_behavior: option::of(word(RepeatBehavior::ALL)),
        input: command_input(),
    })
}

fn command_input() -> BoxedStrategy<CommandInput> {
    let source = (word(InputSourceKind::ALL), text(), text());
    (name(), source, text(), texts())
        .prop_map(
            |(name, (source_kind, a, b), source_description, provenance_chain)| {
                let first = |kind| (source_kind == kind).then(|| a.clone());
                let second = |kind| (source_kind == kind).then(|| b.clone());
                CommandInput {
                    name,
                    source_kind,
                    source_description,
                    provenance_chain,
                    event_stream_source_event: first(InputSourceKind::EventStreamState),
                    event_stream_source_attribute: second(InputSourceKind::EventStreamState),
                    external_payload_source_name: first(InputSourceKind::ExternalPayload),
                    external_payload_source_field: second(InputSourceKind::ExternalPayload),
                    generated_source_name: first(InputSourceKind::Generated),
                    generated_source_field: second(InputSourceKind::Generated),
                    session_source_name: first(InputSourceKind::Session),
                    session_source_field: second(InputSourceKind::Session),
                    invocation_argument_source_name: first(InputSourceKind::InvocationArgument),
                    invocation_argument_source_field: second(InputSourceKind::InvocationArgument),
                }
            },
        )
        .boxed()
}

pub fn read_model() -> BoxedStrategy<ReadModel> {
    make!(ReadModel {
        name: name(),
        transitive: FLAG,
        relationship_fields: texts(),
        transitive_rule: maybe(text()),
        example_scenario: maybe(text()),
        field: read_model_field(),
    })
}

fn read_model_field() -> BoxedStrategy<ReadModelField> {
    let source = (word(FieldSourceKind::ALL), text(), text());
    (name(), source, texts(), text())
        .prop_map(
            |(name, (source_kind, a, b), derivation_source_fields, provenance)| {
                let first = |kind| (source_kind == kind).then(|| a.clone());
                let second = |kind| (source_kind == kind).then(|| b.clone());
                ReadModelField {
                    name,
                    source_kind,
                    source_event: first(FieldSourceKind::EventAttribute),
                    source_attribute: second(FieldSourceKind::EventAttribute),
                    derivation_rule: first(FieldSourceKind::Derivation),
                    derivation_source_fields,
                    derivation_scenario: second(FieldSourceKind::Derivation),
                    absence_event: first(FieldSourceKind::AbsenceDefault),
                    absence_scenario: second(FieldSourceKind::AbsenceDefault),
                    provenance,
                }
            },
        )
        .boxed()
}

pub fn view() -> BoxedStrategy<View> {
    let field = make!(ViewField {
        name: name(),
        source_kind: word(ViewFieldSourceKind::ALL),
        source_read_model: name(),
        source_field: text(),
        sketch_token: text(),
        provenance: text(),
        bit_encoding: text(),
    });
    make!(View {
        name: name(),
        field: field,
        controls: vec(control(), 0..3),
        local_states: texts(),
        filters: texts(),
    })
}

pub fn control() -> BoxedStrategy<Control> {
    let input = make!(ControlInput {
        name: name(),
        source_kind: word(InputSourceKind::ALL),
        source_description: text(),
        sketch_token: text(),
        visible_to_actor: FLAG,
        decision_field: FLAG,
    });
    make!(Control {
        name: name(),
        command: name(),
        input: input,
        handled_errors: texts(),
        recovery_behavior: word(Recovery::ALL),
        sketch_token: text(),
        navigation: navigation(),
    })
}

fn navigation() -> BoxedStrategy<Navigation> {
    let plain = make!(Navigation {
        kind: word(NavigationType::ALL),
        target: text(),
        external_workflow: Just(None),
        external_system: Just(None),
        handoff_contract: Just(None),
    });
    (plain, 0..3_u8, text(), text())
        .prop_map(|(mut navigation, set, to, contract)| {
            if set == 1 {
                navigation.external_workflow = Some(to);
            } else if set == 2 {
                navigation.external_system = Some(to);
                navigation.handoff_contract = Some(contract);
            }
            navigation
        })
        .boxed()
}

pub fn translation() -> BoxedStrategy<Translation> {
    make!(Translation {
        name: name(),
        external_event: text(),
        payload_contract: text(),
        command: name(),
    })
}

pub fn automation() -> BoxedStrategy<Automation> {
    make!(Automation {
        name: name(),
        trigger: text(),
        command: name(),
        handled_errors: texts(),
        reaction: text(),
    })
}

pub fn data_flow() -> BoxedStrategy<DataFlow> {
    make!(DataFlow {
        datum: name(),
        source: name(),
        source_kind: word(FlowSourceKind::ALL),
        transformation: word(Transformation::ALL),
        target: name(),
        bit_encoding: name(),
    })
}

pub fn board_element() -> BoxedStrategy<BoardElement> {
    make!(BoardElement {
        name: name(),
        kind: word(BoardElementKind::ALL),
        lane: word(Lane::ALL),
        declared_name: text(),
        main_path: FLAG,
    })
}

pub fn board_connection() -> BoxedStrategy<BoardConnection> {
    make!(BoardConnection {
        source: name(),
        source_kind: word(BoardEndpointKind::ALL),
        target: name(),
        target_kind: word(BoardEndpointKind::ALL),
    })
}
