//! Payloads, events, commands, reactions, outcomes: what a slice does.

use std::borrow::Cow;

use super::{flow::Flows, names, texts};
use crate::{
    event::{
        CommandInput, EventAttribute, Text,
        vocabulary::{AttributeSourceKind, InputSourceKind},
    },
    facts::{
        Attribute, AttributeSource, Automation, Command, Event, Failure, Input, InputSource,
        Outcome, Payload, PayloadField, Seen, SeenAttribute, Translation,
    },
    model,
};

/// The messages from outside.
pub(super) fn payloads(slice: &model::Slice) -> Vec<Payload<'_>> {
    let payloads = slice.payloads().into_iter();
    payloads
        .map(|payload| Payload {
            name: payload.name,
            fields: payload
                .fields
                .iter()
                .map(|field| PayloadField {
                    name: &field.value.field,
                    encoding: Some(&field.value.bit_encoding),
                    provenance: &field.value.field_provenance,
                })
                .collect(),
        })
        .collect()
}

/// The events that the slice emits, and those that it observes. A shared event
/// is emitted here when a command of the slice says so.
pub(super) fn events<'a>(
    events: &[model::Event<'a>],
    commands: &[model::Command<'a>],
    flows: &Flows<'a>,
) -> (Vec<Event<'a>>, Vec<Seen<'a>>) {
    let mut emitted = Vec::new();
    let mut observed = Vec::new();
    for event in events {
        let here = !event.observed && (!event.shared || emitters(event, commands).next().is_some());
        if here {
            emitted.push(emitted_event(event, commands, flows));
        } else {
            observed.push(seen_event(event, flows));
        }
    }
    (emitted, observed)
}

/// The commands that emit an event.
fn emitters<'c, 'a>(
    event: &'c model::Event<'a>,
    commands: &'c [model::Command<'a>],
) -> impl Iterator<Item = &'c model::Command<'a>> {
    let emits = |command: &&model::Command<'a>| command.emitted_events.contains(&event.name);
    commands.iter().filter(emits)
}

fn emitted_event<'a>(
    event: &model::Event<'a>,
    commands: &[model::Command<'a>],
    flows: &Flows<'a>,
) -> Event<'a> {
    let inputs: Vec<&str> = emitters(event, commands)
        .flat_map(|command| command.inputs.iter().map(|input| input.value.name.as_str()))
        .collect();
    let attribute = |attribute: &'a EventAttribute| Attribute {
        name: &attribute.name,
        source: attribute_source(attribute, &inputs, commands),
        encoding: flows.encoding(event.name, &attribute.name),
        via: flows.via(event.name, &attribute.name),
    };
    Event {
        name: event.name,
        stream: event.stream,
        attributes: event
            .attributes
            .iter()
            .map(|one| attribute(one.value))
            .collect(),
    }
}

fn seen_event<'a>(event: &model::Event<'a>, flows: &Flows<'a>) -> Seen<'a> {
    let attribute = |attribute: &'a EventAttribute| SeenAttribute {
        name: &attribute.name,
        encoding: flows.encoding(event.name, &attribute.name),
        from: (attribute.source_kind == AttributeSourceKind::ExternalPayload).then(|| {
            (
                attribute.source_name.as_str(),
                attribute.source_field.as_str(),
            )
        }),
    };
    Seen {
        name: event.name,
        stream: event.stream,
        attributes: event
            .attributes
            .iter()
            .map(|one| attribute(one.value))
            .collect(),
    }
}

/// Where an attribute comes from; `inputs` are those of the commands that emit
/// its event.
fn attribute_source<'a>(
    attribute: &'a EventAttribute,
    inputs: &[&str],
    commands: &[model::Command<'a>],
) -> AttributeSource<'a> {
    let source = attribute.source_name.as_str();
    let field = attribute.source_field.as_str();
    match attribute.source_kind {
        // Either the source is the input, or it is the command and the field
        // is the input.
        AttributeSourceKind::CommandInput => {
            let of_command = !inputs.contains(&source) && inputs.contains(&field);
            AttributeSource::Input(if of_command { field } else { source })
        }
        AttributeSourceKind::ExternalPayload => AttributeSource::Payload {
            payload: source,
            field,
        },
        AttributeSourceKind::Generated => AttributeSource::Generated(origin(source, field)),
        AttributeSourceKind::Session => AttributeSource::Session(origin(source, field)),
        AttributeSourceKind::Derivation => AttributeSource::Derived {
            inputs: derived_from(source, field, inputs, commands),
            rule: format!("{source}.{field}"),
        },
    }
}

/// The inputs that a derived attribute is computed from: the source, the names
/// that it lists, or the field of a source that is a command.
fn derived_from<'a>(
    source: &'a str,
    field: &'a str,
    inputs: &[&str],
    commands: &[model::Command<'_>],
) -> Vec<&'a str> {
    if inputs.contains(&source) {
        return vec![source];
    }
    let listed: Vec<&str> = source
        .split(',')
        .map(str::trim)
        .filter(|name| inputs.contains(name))
        .collect();
    let of_a_command = || commands.iter().any(|command| *command.name == source);
    if listed.is_empty() && inputs.contains(&field) && of_a_command() {
        return vec![field];
    }
    listed
}

/// A source and its field as one name.
fn origin<'a>(source: &'a str, field: &'a str) -> Cow<'a, str> {
    if source == field {
        Cow::Borrowed(source)
    } else {
        Cow::Owned(format!("{source}.{field}"))
    }
}

/// The commands.
pub(super) fn commands<'a>(commands: &[model::Command<'a>], flows: &Flows<'a>) -> Vec<Command<'a>> {
    let failures = |command: &model::Command<'a>| {
        let errors = command.errors.iter();
        errors
            .map(|error| Failure {
                name: &error.name,
                scenario: &error.scenario,
            })
            .collect()
    };
    let inputs = |command: &model::Command<'a>| {
        let inputs = command.inputs.iter().map(|input| input.value);
        inputs
            .map(|input| Input {
                name: &input.name,
                source: input_source(input),
                encoding: flows.encoding(command.name, &input.name),
                via: flows.via(command.name, &input.name),
            })
            .collect()
    };
    commands
        .iter()
        .map(|command| Command {
            name: command.name,
            inputs: inputs(command),
            observes: names(&command.observed_streams),
            emits: names(&command.emitted_events),
            errors: failures(command),
            again: command.repeat,
        })
        .collect()
}

fn input_source<'a>(input: &'a CommandInput) -> InputSource<'a> {
    // The wire has the pair of the source kind, always.
    let or_name = |text: Option<&'a Text>| text.map_or(input.name.as_str(), Text::as_str);
    let (source, field) = input.source();
    let (source, field) = (or_name(source), or_name(field));
    match input.source_kind {
        InputSourceKind::Actor => InputSource::Actor,
        InputSourceKind::Session => InputSource::Session(origin(source, field)),
        InputSourceKind::Generated => InputSource::Generated(origin(source, field)),
        InputSourceKind::InvocationArgument => InputSource::Argument(origin(source, field)),
        InputSourceKind::ExternalPayload => InputSource::Payload {
            payload: source,
            field,
        },
        InputSourceKind::EventStreamState => InputSource::State {
            event: source,
            attribute: field,
        },
    }
}

/// The automations.
pub(super) fn automations(slice: &model::Slice) -> Vec<Automation<'_>> {
    let automations = slice.automations.iter().map(|one| &one.value);
    automations
        .map(|automation| Automation {
            name: &automation.name,
            trigger: &automation.trigger,
            command: &automation.command,
            handles: texts(&automation.handled_errors),
            reaction: &automation.reaction,
        })
        .collect()
}

/// The translations.
pub(super) fn translations(slice: &model::Slice) -> Vec<Translation<'_>> {
    let translations = slice.translations.iter().map(|one| &one.value);
    translations
        .map(|translation| Translation {
            name: &translation.name,
            external_event: &translation.external_event,
            payload: &translation.payload_contract,
            command: &translation.command,
        })
        .collect()
}

/// The outcomes.
pub(super) fn outcomes(slice: &model::Slice) -> Vec<Outcome<'_>> {
    let outcomes = slice.outcomes.iter().map(|one| &one.value);
    outcomes
        .map(|outcome| Outcome {
            label: &outcome.label,
            events: texts(&outcome.events),
            external: outcome.externally_relevant,
        })
        .collect()
}
