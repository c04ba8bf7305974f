//! Payloads, events, commands, reactions, outcomes: what a slice does.

use crate::{
    event::{
        CommandInput, EventAttribute, Text,
        vocabulary::{AttributeSourceKind, InputSourceKind, RepeatBehavior},
    },
    model::{Command, Event, Slice},
};

use super::{code::Code, flow::Flows};

/// Write everything between the streams and the read models.
pub(super) fn write(code: &mut Code, slice: &Slice, flows: &Flows<'_>) {
    let commands = slice.commands();
    code.list_field("  ", "payloads", &slice.payloads(), |code, payload| {
        code.raw("{ name :=").id(payload.name).raw("\n");
        code.list_field("      ", "fields", &payload.fields, |code, field| {
            code.raw("payloadField")
                .id(&field.field)
                .enc(Some(&field.bit_encoding))
                .txt(&field.field_provenance);
        });
        code.raw("      }");
    });
    // A shared event is emitted here when a command of the slice says so.
    let (emitted, observed): (Vec<_>, Vec<_>) = slice.events().into_iter().partition(|event| {
        !event.observed && (!event.shared || commands.iter().any(|command| emits(command, event)))
    });
    code.list_field("  ", "events", &emitted, |code, event| {
        code.raw("event")
            .id(event.name)
            .id(event.stream)
            .raw(" [\n");
        for attribute in &event.attributes {
            code.raw("      attr").id(&attribute.name).raw(" (");
            attribute_source(code, attribute.value, event, &commands);
            code.raw(")")
                .enc(flows.encoding(event.name, &attribute.name));
            flows.via(code, event.name, &attribute.name);
            code.raw(",\n");
        }
        code.raw("    ]");
    });
    code.list_field("  ", "observed", &observed, |code, event| {
        code.raw("seen").id(event.name).id(event.stream).raw(" [\n");
        for attribute in &event.attributes {
            let encoding = flows.encoding(event.name, &attribute.name);
            if attribute.source_kind == AttributeSourceKind::ExternalPayload {
                code.raw("      received")
                    .id(&attribute.name)
                    .enc(encoding)
                    .id(&attribute.source_name)
                    .id(&attribute.source_field);
            } else {
                code.raw("      seenAttr").id(&attribute.name).enc(encoding);
            }
            code.raw(",\n");
        }
        code.raw("    ]");
    });
    write_commands(code, &commands, flows);
    code.list_field(
        "  ",
        "automations",
        &slice.automations,
        |code, automation| {
            code.raw("{ name :=")
                .id(&automation.name)
                .raw("\n      trigger :=");
            code.id(&automation.trigger).raw("\n      command :=");
            code.id(&automation.command).raw("\n");
            code.id_field("      ", "handles", texts(&automation.handled_errors));
            code.raw("      reaction :=")
                .txt(&automation.reaction)
                .raw(" }");
        },
    );
    code.list_field(
        "  ",
        "translations",
        &slice.translations,
        |code, translation| {
            code.raw("{ name :=")
                .id(&translation.name)
                .raw("\n      externalEvent :=");
            code.id(&translation.external_event)
                .raw("\n      payload :=");
            code.id(&translation.payload_contract)
                .raw("\n      command :=");
            code.id(&translation.command).raw(" }");
        },
    );
}

fn emits(command: &Command<'_>, event: &Event<'_>) -> bool {
    command.emitted_events.contains(&event.name)
}

fn write_commands(code: &mut Code, commands: &[Command<'_>], flows: &Flows<'_>) {
    code.list_field("  ", "commands", commands, |code, command| {
        code.raw("{ name :=").id(command.name).raw("\n");
        code.list_field("      ", "inputs", &command.inputs, |code, input| {
            code.raw("input").id(&input.name).raw(" ");
            input_source(code, input.value);
            code.enc(flows.encoding(command.name, &input.name));
            flows.via(code, command.name, &input.name);
        });
        let streams = command.observed_streams.iter().map(|text| text.as_str());
        code.id_field("      ", "observes", streams);
        let events = command.emitted_events.iter().map(|text| text.as_str());
        code.id_field("      ", "emits", events);
        code.list_field("      ", "errors", &command.errors, |code, error| {
            code.raw("fails").id(&error.name).id(&error.scenario);
        });
        match command.repeat {
            None => {}
            Some(RepeatBehavior::Idempotent) => {
                code.raw("      again := .idempotent\n");
            }
            Some(RepeatBehavior::AlreadyExistsError) => {
                code.raw("      again := .rejects\n");
            }
        }
        code.raw("      }");
    });
}

fn input_source(code: &mut Code, input: &CommandInput) {
    let (name, parts) = match input.source_kind {
        InputSourceKind::Actor => {
            code.raw(".actor");
            return;
        }
        InputSourceKind::Session => (
            "(.session",
            (&input.session_source_name, &input.session_source_field),
        ),
        InputSourceKind::Generated => (
            "(.generated",
            (&input.generated_source_name, &input.generated_source_field),
        ),
        InputSourceKind::InvocationArgument => (
            "(.argument",
            (
                &input.invocation_argument_source_name,
                &input.invocation_argument_source_field,
            ),
        ),
        InputSourceKind::ExternalPayload => (
            "(.payload",
            (
                &input.external_payload_source_name,
                &input.external_payload_source_field,
            ),
        ),
        InputSourceKind::EventStreamState => (
            "(.state",
            (
                &input.event_stream_source_event,
                &input.event_stream_source_attribute,
            ),
        ),
    };
    code.raw(name);
    // The wire has the pair of the source kind, always.
    let first = parts.0.as_ref().unwrap_or(&input.name);
    let second = parts.1.as_ref().unwrap_or(&input.name);
    match input.source_kind {
        InputSourceKind::ExternalPayload | InputSourceKind::EventStreamState => {
            code.id(first).id(second);
        }
        _ => {
            origin(code, first, second);
        }
    }
    code.raw(")");
}

/// A source and its field as one name.
fn origin(code: &mut Code, source: &str, field: &str) {
    if source == field {
        code.id(source);
    } else {
        code.id(&format!("{source}.{field}"));
    }
}

fn attribute_source(
    code: &mut Code,
    attribute: &EventAttribute,
    event: &Event<'_>,
    commands: &[Command<'_>],
) {
    let (source, field) = (&attribute.source_name, &attribute.source_field);
    let inputs: Vec<&Text> = commands
        .iter()
        .filter(|command| emits(command, event))
        .flat_map(|command| command.inputs.iter().map(|input| &input.name))
        .collect();
    match attribute.source_kind {
        AttributeSourceKind::CommandInput => {
            // Either the source is the input, or it is the command and the
            // field is the input.
            let input = if !inputs.contains(&source) && inputs.contains(&field) {
                field
            } else {
                source
            };
            code.raw(".input").id(input);
        }
        AttributeSourceKind::ExternalPayload => {
            code.raw(".payload").id(source).id(field);
        }
        AttributeSourceKind::Generated => {
            code.raw(".generated");
            origin(code, source, field);
        }
        AttributeSourceKind::Session => {
            code.raw(".session");
            origin(code, source, field);
        }
        AttributeSourceKind::Derivation => {
            let known = |name: &str| inputs.iter().any(|input| input.as_str() == name);
            let of_a_command = commands.iter().any(|command| command.name == source);
            let mut from: Vec<&str> = if known(source) {
                vec![source]
            } else {
                source
                    .split(',')
                    .map(str::trim)
                    .filter(|name| known(name))
                    .collect()
            };
            if from.is_empty() && of_a_command && known(field) {
                from.push(field);
            }
            code.raw(".derived")
                .ids(from)
                .txt(&format!("{}.{}", source.as_str(), field.as_str()));
        }
    }
}

/// Texts as string slices.
pub(super) fn texts(texts: &[Text]) -> impl Iterator<Item = &str> {
    texts.iter().map(Text::as_str)
}
