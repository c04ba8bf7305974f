//! Payloads, events, commands, reactions, outcomes: what a slice does.

use crate::{
    event::vocabulary::RepeatBehavior,
    facts::{AttributeSource, Command, Event, InputSource, Payload, Seen, Slice},
};

use super::code::Code;

/// Write everything between the streams and the read models.
pub(super) fn write(code: &mut Code, slice: &Slice<'_>) {
    code.list_field("  ", "payloads", &slice.payloads, write_payload);
    code.list_field("  ", "events", &slice.events, write_event);
    code.list_field("  ", "observed", &slice.observed, write_seen);
    code.list_field("  ", "commands", &slice.commands, write_command);
    write_reactions(code, slice);
}

fn write_payload(code: &mut Code, payload: &Payload<'_>) {
    code.raw("{ name :=").id(payload.name).raw("\n");
    code.list_field("      ", "fields", &payload.fields, |code, field| {
        code.raw("payloadField")
            .id(field.name)
            .enc(field.encoding)
            .txt(field.provenance);
    });
    code.raw("      }");
}

fn write_event(code: &mut Code, event: &Event<'_>) {
    code.raw("event")
        .id(event.name)
        .id(event.stream)
        .raw(" [\n");
    for attribute in &event.attributes {
        code.raw("      attr").id(attribute.name).raw(" (");
        write_attribute_source(code, &attribute.source);
        code.raw(")").enc(attribute.encoding).via(&attribute.via);
        code.raw(",\n");
    }
    code.raw("    ]");
}

fn write_seen(code: &mut Code, event: &Seen<'_>) {
    code.raw("seen").id(event.name).id(event.stream).raw(" [\n");
    for attribute in &event.attributes {
        match attribute.from {
            Some((payload, field)) => code
                .raw("      received")
                .id(attribute.name)
                .enc(attribute.encoding)
                .id(payload)
                .id(field),
            None => code
                .raw("      seenAttr")
                .id(attribute.name)
                .enc(attribute.encoding),
        };
        code.raw(",\n");
    }
    code.raw("    ]");
}

fn write_reactions(code: &mut Code, slice: &Slice<'_>) {
    code.list_field(
        "  ",
        "automations",
        &slice.automations,
        |code, automation| {
            code.raw("{ name :=")
                .id(automation.name)
                .raw("\n      trigger :=");
            code.id(automation.trigger).raw("\n      command :=");
            code.id(automation.command).raw("\n");
            code.id_field("      ", "handles", automation.handles.iter().copied());
            code.raw("      reaction :=")
                .txt(automation.reaction)
                .raw(" }");
        },
    );
    code.list_field(
        "  ",
        "translations",
        &slice.translations,
        |code, translation| {
            code.raw("{ name :=")
                .id(translation.name)
                .raw("\n      externalEvent :=");
            code.id(translation.external_event)
                .raw("\n      payload :=");
            code.id(translation.payload).raw("\n      command :=");
            code.id(translation.command).raw(" }");
        },
    );
}

fn write_command(code: &mut Code, command: &Command<'_>) {
    code.raw("{ name :=").id(command.name).raw("\n");
    code.list_field("      ", "inputs", &command.inputs, |code, input| {
        code.raw("input").id(input.name).raw(" ");
        write_input_source(code, &input.source);
        code.enc(input.encoding).via(&input.via);
    });
    code.id_field("      ", "observes", command.observes.iter().copied());
    code.id_field("      ", "emits", command.emits.iter().copied());
    code.list_field("      ", "errors", &command.errors, |code, error| {
        code.raw("fails").id(error.name).id(error.scenario);
    });
    match command.again {
        None => {}
        Some(RepeatBehavior::Idempotent) => {
            code.raw("      again := .idempotent\n");
        }
        Some(RepeatBehavior::AlreadyExistsError) => {
            code.raw("      again := .rejects\n");
        }
    }
    code.raw("      }");
}

fn write_input_source(code: &mut Code, source: &InputSource<'_>) {
    match source {
        InputSource::Actor => code.raw(".actor"),
        InputSource::Session(key) => code.raw("(.session").id(key).raw(")"),
        InputSource::Generated(by) => code.raw("(.generated").id(by).raw(")"),
        InputSource::Argument(name) => code.raw("(.argument").id(name).raw(")"),
        InputSource::Payload { payload, field } => {
            code.raw("(.payload").id(payload).id(field).raw(")")
        }
        InputSource::State { event, attribute } => {
            code.raw("(.state").id(event).id(attribute).raw(")")
        }
    };
}

fn write_attribute_source(code: &mut Code, source: &AttributeSource<'_>) {
    match source {
        AttributeSource::Input(input) => code.raw(".input").id(input),
        AttributeSource::Payload { payload, field } => code.raw(".payload").id(payload).id(field),
        AttributeSource::Generated(by) => code.raw(".generated").id(by),
        AttributeSource::Session(key) => code.raw(".session").id(key),
        AttributeSource::Derived { inputs, rule } => {
            code.raw(".derived").ids(inputs.iter().copied()).txt(rule)
        }
    };
}
