//! Events, their streams and attributes.

use std::collections::HashSet;

use super::{
    Check, Part, Path, Rule, examples,
    index::{Project, Slice, Workflow},
    repeated,
};
use crate::{
    diagnostic::codes::rules::events as codes,
    facts::{AttributeSource, Encoding, Event, InputSource, Seen, Trigger, Via},
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::EVENT_STREAM_UNKNOWN,
        hint: "declare the stream or correct its name",
        example: &examples::events::EMC201,
        checks: &[Check::Slice(event_stream_unknown)],
    },
    Rule {
        code: &codes::EVENT_WITHOUT_COMMAND,
        hint: "let a command of this slice emit it, or declare it as observed",
        example: &examples::events::EMC202,
        checks: &[Check::Slice(event_without_command)],
    },
    Rule {
        code: &codes::EMITTED_EVENT_UNDECLARED,
        hint: "declare the event in the slice of the command",
        example: &examples::events::EMC203,
        checks: &[Check::Slice(emitted_event_undeclared)],
    },
    Rule {
        code: &codes::ATTRIBUTE_INPUT_UNKNOWN,
        hint: "every command that emits the event needs the input",
        example: &examples::events::EMC204,
        checks: &[Check::Slice(attribute_input_unknown)],
    },
    Rule {
        code: &codes::ATTRIBUTE_DERIVED_FROM_NOTHING,
        hint: "name the inputs it is computed from",
        example: &examples::events::EMC205,
        checks: &[Check::Slice(attribute_derived_from_nothing)],
    },
    Rule {
        code: &codes::ATTRIBUTE_PAYLOAD_UNKNOWN,
        hint: "name a field of a declared payload, with the same encoding",
        example: &examples::events::EMC206,
        checks: &[Check::Workflow(attribute_payload_unknown)],
    },
    Rule {
        code: &codes::OBSERVED_EVENT_NEVER_EMITTED,
        hint: "let a slice of this project emit it, or translate it from a payload",
        example: &examples::events::EMC207,
        checks: &[Check::Project(observed_event_never_emitted)],
    },
    Rule {
        code: &codes::OBSERVED_EVENT_DIFFERS,
        hint: "rely on the stream, attributes and encodings its slice declares",
        example: &examples::events::EMC208,
        checks: &[Check::Project(observed_event_differs)],
    },
    Rule {
        code: &codes::EVENT_DEFINED_DIFFERENTLY,
        hint: "make the definitions identical, or use two events",
        example: &examples::events::EMC209,
        checks: &[Check::Project(event_defined_differently)],
    },
    Rule {
        code: &codes::EVENT_NEVER_CONSUMED,
        hint: "project it, react to it, or drop it",
        example: &examples::events::EMC211,
        checks: &[Check::Project(event_never_consumed)],
    },
    Rule {
        code: &codes::ATTRIBUTE_NEVER_READ,
        hint: "use the attribute or drop it",
        example: &examples::events::EMC212,
        checks: &[Check::Project(attribute_never_read)],
    },
];

fn event_stream_unknown(s: &Slice<'_>) -> Vec<Path> {
    let emitted = s.events.iter().map(|event| (event.name, event.stream));
    let observed = s.observed.iter().map(|event| (event.name, event.stream));
    emitted
        .chain(observed)
        .filter(|(_, stream)| !s.has_stream(stream))
        .map(|(event, stream)| Path::at([(Part::Event, event), (Part::Stream, stream)]))
        .collect()
}

fn event_without_command(s: &Slice<'_>) -> Vec<Path> {
    s.events
        .iter()
        .filter(|event| s.emitters(event.name).is_empty())
        .map(|event| Path::at([(Part::Event, event.name)]))
        .collect()
}

fn emitted_event_undeclared(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for command in &s.commands {
        for event in &command.emits {
            if s.event(event).is_none() {
                places.push(Path::at([
                    (Part::Command, command.name),
                    (Part::Event, event),
                ]));
            }
        }
    }
    places
}

fn attribute_input_unknown(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for event in &s.events {
        for attribute in &event.attributes {
            for command in s.emitters(event.name) {
                for input in attribute.needs() {
                    if command.input(input).is_none() {
                        places.push(Path::at([
                            (Part::Event, event.name),
                            (Part::Attribute, attribute.name),
                            (Part::Command, command.name),
                            (Part::Input, input),
                        ]));
                    }
                }
            }
        }
    }
    places
}

fn attribute_derived_from_nothing(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for event in &s.events {
        for attribute in &event.attributes {
            if let AttributeSource::Derived { inputs, .. } = &attribute.source
                && inputs.is_empty()
            {
                places.push(Path::at([
                    (Part::Event, event.name),
                    (Part::Attribute, attribute.name),
                ]));
            }
        }
    }
    places
}

fn attribute_payload_unknown(w: &Workflow<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    let mut read = |slice: &str,
                    event: &str,
                    attribute: &str,
                    via: &Via,
                    encoding: Encoding<'_>,
                    from: (&str, &str)| {
        let (payload, field) = from;
        let agrees = w
            .payload_field(payload, field)
            .is_some_and(|found| via.agrees(encoding, found.encoding));
        if !agrees {
            places.push(Path::at([
                (Part::Slice, slice),
                (Part::Event, event),
                (Part::Attribute, attribute),
                (Part::Payload, payload),
                (Part::Field, field),
            ]));
        }
    };
    for s in w.slices() {
        for event in &s.events {
            for attribute in &event.attributes {
                if let AttributeSource::Payload { payload, field } = attribute.source {
                    let (via, encoding) = (&attribute.via, attribute.encoding);
                    read(
                        s.slug,
                        event.name,
                        attribute.name,
                        via,
                        encoding,
                        (payload, field),
                    );
                }
            }
        }
        for event in &s.observed {
            for attribute in &event.attributes {
                if let Some(from) = attribute.from {
                    let encoding = attribute.encoding;
                    read(
                        s.slug,
                        event.name,
                        attribute.name,
                        &Via::Keep,
                        encoding,
                        from,
                    );
                }
            }
        }
    }
    places
}

fn observed_event_never_emitted(p: &Project<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for s in p.slices() {
        for event in &s.observed {
            if p.place(event.name).is_none() && !p.arrives(event.name) {
                places.push(Path::at([(Part::Slice, s.slug), (Part::Event, event.name)]));
            }
        }
    }
    places
}

fn observed_event_differs(p: &Project<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for s in p.slices() {
        for event in &s.observed {
            let [slice, name] = [(Part::Slice, s.slug), (Part::Event, event.name)];
            if let Some(producer) = p.producer(event.name) {
                if !provides(producer.event, event) {
                    let source = (Part::Source, producer.slice.slug);
                    places.push(Path::at([slice, name, source]));
                }
                continue;
            }
            // A message from outside has what its payload has.
            let received = event.attributes.iter().all(|a| a.from.is_some());
            if p.arrives(event.name) && !received {
                places.push(Path::at([slice, name]));
            }
        }
    }
    places
}

/// Whether the event has everything that an observer relies on.
fn provides(event: &Event<'_>, seen: &Seen<'_>) -> bool {
    seen.stream == event.stream
        && seen.attributes.iter().all(|relied| {
            event
                .attribute(relied.name)
                .is_some_and(|own| Via::Keep.agrees(relied.encoding, own.encoding))
        })
}

fn event_defined_differently(p: &Project<'_>) -> Vec<Path> {
    let several: HashSet<&str> = repeated(p.emitted().iter().map(|e| e.event.name))
        .into_iter()
        .collect();
    p.emitted()
        .iter()
        .filter(|emitted| several.contains(emitted.event.name))
        .filter_map(|emitted| Some((emitted, p.producer(emitted.event.name)?)))
        .filter(|(emitted, first)| !same_definition(first.event, emitted.event))
        .map(|(emitted, first)| {
            Path::at([
                (Part::Event, emitted.event.name),
                (Part::Slice, emitted.slice.slug),
                (Part::Slice, first.slice.slug),
            ])
        })
        .collect()
}

/// Whether two events have one stream and the same attributes in the same
/// representation.
fn same_definition(one: &Event<'_>, other: &Event<'_>) -> bool {
    let covers = |one: &Event<'_>, other: &Event<'_>| {
        one.attributes.iter().all(|attribute| {
            other
                .attribute(attribute.name)
                .is_some_and(|found| found.encoding == attribute.encoding)
        })
    };
    one.stream == other.stream && covers(one, other) && covers(other, one)
}

fn event_never_consumed(p: &Project<'_>) -> Vec<Path> {
    let mut consumed: HashSet<&str> = HashSet::new();
    for s in p.slices() {
        consumed.extend(s.observed.iter().map(|event| event.name));
        consumed.extend(s.automations.iter().map(|automation| automation.trigger));
        for field in s.read_models.iter().flat_map(|model| &model.fields) {
            consumed.extend(field.source.events());
        }
        for input in s.commands.iter().flat_map(|command| &command.inputs) {
            if let InputSource::State { event, .. } = input.source {
                consumed.insert(event);
            }
        }
    }
    for transition in p.workflows.iter().flat_map(|w| &w.transitions) {
        if let Trigger::Event(event) = transition.trigger {
            consumed.insert(event);
        }
    }
    p.emitted()
        .iter()
        .filter(|emitted| !consumed.contains(emitted.event.name))
        .map(|emitted| {
            Path::at([
                (Part::Slice, emitted.slice.slug),
                (Part::Event, emitted.event.name),
            ])
        })
        .collect()
}

fn attribute_never_read(p: &Project<'_>) -> Vec<Path> {
    let mut read: HashSet<(&str, &str)> = HashSet::new();
    for s in p.slices() {
        for field in s.read_models.iter().flat_map(|model| &model.fields) {
            read.extend(field.source.attributes());
        }
        for input in s.commands.iter().flat_map(|command| &command.inputs) {
            if let InputSource::State { event, attribute } = input.source {
                read.insert((event, attribute));
            }
        }
    }
    let mut places = Vec::new();
    for emitted in p.emitted() {
        for attribute in &emitted.event.attributes {
            if !read.contains(&(emitted.event.name, attribute.name)) {
                places.push(Path::at([
                    (Part::Slice, emitted.slice.slug),
                    (Part::Event, emitted.event.name),
                    (Part::Attribute, attribute.name),
                ]));
            }
        }
    }
    places
}
