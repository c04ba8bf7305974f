//! Values that cannot stand together in one element. A check answers with the
//! key that is wrong, and what holds for it.

use crate::event::{
    CommandInput, EventDefinition, Navigation, OwnedDefinition, ReadModelField, Scenario, Text,
    vocabulary::{FieldSourceKind, InputSourceKind, OwnedDefinitionKind, ScenarioKind},
};

#[cfg(test)]
mod tests;

type Check = Result<(), (&'static str, &'static str)>;

pub(in crate::event) fn scenario(scenario: &Scenario) -> Check {
    let contract = scenario.kind == ScenarioKind::Contract;
    if scenario.contract_kind.is_some() != contract {
        return Err((
            "contract_kind",
            "is set for a contract scenario, and for no other",
        ));
    }
    if scenario.covered_definition.is_some() != contract {
        return Err((
            "covered_definition",
            "is set for a contract scenario, and for no other",
        ));
    }
    Ok(())
}

pub(in crate::event) fn event_definition(event: &EventDefinition) -> Check {
    if event.observed && event.shared {
        return Err((
            "shared",
            "is true, and so is `observed`: an event is the one or the other",
        ));
    }
    Ok(())
}

pub(in crate::event) fn command_input(input: &CommandInput) -> Check {
    use InputSourceKind as Kind;
    pairs([
        (
            input.source_kind == Kind::EventStreamState,
            "is set when the source is `event_stream_state`, and only then",
            [
                (
                    "event_stream_source_event",
                    &input.event_stream_source_event,
                ),
                (
                    "event_stream_source_attribute",
                    &input.event_stream_source_attribute,
                ),
            ],
        ),
        (
            input.source_kind == Kind::ExternalPayload,
            "is set when the source is `external_payload`, and only then",
            [
                (
                    "external_payload_source_name",
                    &input.external_payload_source_name,
                ),
                (
                    "external_payload_source_field",
                    &input.external_payload_source_field,
                ),
            ],
        ),
        (
            input.source_kind == Kind::Generated,
            "is set when the source is `generated`, and only then",
            [
                ("generated_source_name", &input.generated_source_name),
                ("generated_source_field", &input.generated_source_field),
            ],
        ),
        (
            input.source_kind == Kind::Session,
            "is set when the source is `session`, and only then",
            [
                ("session_source_name", &input.session_source_name),
                ("session_source_field", &input.session_source_field),
            ],
        ),
        (
            input.source_kind == Kind::InvocationArgument,
            "is set when the source is `invocation_argument`, and only then",
            [
                (
                    "invocation_argument_source_name",
                    &input.invocation_argument_source_name,
                ),
                (
                    "invocation_argument_source_field",
                    &input.invocation_argument_source_field,
                ),
            ],
        ),
    ])
}

pub(in crate::event) fn read_model_field(field: &ReadModelField) -> Check {
    use FieldSourceKind as Kind;
    pairs([
        (
            field.source_kind == Kind::EventAttribute,
            "is set when the source is `event_attribute`, and only then",
            [
                ("source_event", &field.source_event),
                ("source_attribute", &field.source_attribute),
            ],
        ),
        (
            field.source_kind == Kind::Derivation,
            "is set when the source is `derivation`, and only then",
            [
                ("derivation_rule", &field.derivation_rule),
                ("derivation_scenario", &field.derivation_scenario),
            ],
        ),
        (
            field.source_kind == Kind::AbsenceDefault,
            "is set when the source is `absence_default`, and only then",
            [
                ("absence_event", &field.absence_event),
                ("absence_scenario", &field.absence_scenario),
            ],
        ),
    ])
}

/// Whether a pair of keys is wanted, what holds for it, and the keys.
type Pair<'a> = (bool, &'static str, [(&'static str, &'a Option<Text>); 2]);

fn pairs<const N: usize>(pairs: [Pair<'_>; N]) -> Check {
    for (wanted, rule, pair) in pairs {
        for (key, value) in pair {
            if value.is_some() != wanted {
                return Err((key, rule));
            }
        }
    }
    Ok(())
}

pub(in crate::event) fn navigation(navigation: &Navigation) -> Check {
    if navigation.external_system.is_some() != navigation.handoff_contract.is_some() {
        return Err((
            "handoff_contract",
            "is set together with `external_system`, and only then",
        ));
    }
    if navigation.external_workflow.is_some() && navigation.external_system.is_some() {
        return Err((
            "external_workflow",
            "is set, and so is `external_system`: a control leads to the one or the other",
        ));
    }
    Ok(())
}

pub(in crate::event) fn owned_definition(definition: &OwnedDefinition) -> Check {
    if definition.definition_stream.is_some() != definition.source_provenance.is_some() {
        return Err((
            "source_provenance",
            "is set together with `definition_stream`, and only then",
        ));
    }
    if definition.event_participation.is_some() && definition.definition_stream.is_none() {
        return Err((
            "event_participation",
            "is set, and `definition_stream` is not",
        ));
    }
    if definition.view_role.is_some() {
        if definition.definition_kind != OwnedDefinitionKind::View {
            return Err(("view_role", "is set, and the definition is no view"));
        }
        if definition.definition_stream.is_some() {
            return Err(("view_role", "is set, and so is `definition_stream`"));
        }
    }
    Ok(())
}
