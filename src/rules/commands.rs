//! Commands and their inputs.

use std::collections::{HashMap, HashSet};

use super::{
    Check, Part, Path, Rule, examples,
    index::{Slice, Workflow},
};
use crate::{
    diagnostic::codes::rules::commands as codes,
    event::vocabulary::RepeatBehavior,
    facts::{Attribute, Covers, InputSource},
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::COMMAND_EMITS_NOTHING,
        hint: "add the event the command records",
        example: &examples::commands::EMC301,
        checks: &[Check::Slice(command_emits_nothing)],
    },
    Rule {
        code: &codes::INPUT_STATE_UNKNOWN,
        hint: "observe the event and attribute the input is read from",
        example: &examples::commands::EMC302,
        checks: &[Check::Slice(input_state_unknown)],
    },
    Rule {
        code: &codes::INPUT_STREAM_NOT_OBSERVED,
        hint: "add the stream to the streams the command observes",
        example: &examples::commands::EMC303,
        checks: &[Check::Slice(input_stream_not_observed)],
    },
    Rule {
        code: &codes::OBSERVED_STREAM_UNKNOWN,
        hint: "declare the stream or correct its name",
        example: &examples::commands::EMC304,
        checks: &[Check::Slice(observed_stream_unknown)],
    },
    Rule {
        code: &codes::REPEAT_ERROR_UNDECLARED,
        hint: "add the error to the command, or make the command idempotent",
        example: &examples::commands::EMC305,
        checks: &[Check::Slice(repeat_error_undeclared)],
    },
    Rule {
        code: &codes::ERROR_WITHOUT_SCENARIO,
        hint: "add a contract scenario of the command that ends in this error",
        example: &examples::commands::EMC306,
        checks: &[Check::Slice(error_without_scenario)],
    },
    Rule {
        code: &codes::INPUT_PAYLOAD_UNKNOWN,
        hint: "name a field of a declared payload, with the same encoding",
        example: &examples::commands::EMC307,
        checks: &[Check::Workflow(input_payload_unknown)],
    },
    Rule {
        code: &codes::COMMAND_WITHOUT_TRIGGER,
        hint: "let a control, automation or translation issue it",
        example: &examples::commands::EMC308,
        checks: &[Check::Workflow(command_without_trigger)],
    },
    Rule {
        code: &codes::INPUT_UNUSED,
        hint: "record the input in an event or drop it",
        example: &examples::commands::EMC309,
        checks: &[Check::Slice(input_unused)],
    },
];

fn command_emits_nothing(s: &Slice<'_>) -> Vec<Path> {
    s.commands
        .iter()
        .filter(|command| command.emits.is_empty())
        .map(|command| Path::at([(Part::Command, command.name)]))
        .collect()
}

fn input_state_unknown(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for command in &s.commands {
        for input in &command.inputs {
            if let InputSource::State { event, attribute } = input.source
                && s.encoding(event, attribute).is_none()
            {
                places.push(Path::at([
                    (Part::Command, command.name),
                    (Part::Input, input.name),
                    (Part::Event, event),
                    (Part::Attribute, attribute),
                ]));
            }
        }
    }
    places
}

fn input_stream_not_observed(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for command in &s.commands {
        for input in &command.inputs {
            if let InputSource::State { event, .. } = input.source
                && let Some(stream) = s.stream_of(event)
                && !command.observes.contains(&stream)
            {
                places.push(Path::at([
                    (Part::Command, command.name),
                    (Part::Input, input.name),
                    (Part::Stream, stream),
                ]));
            }
        }
    }
    places
}

fn observed_stream_unknown(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for command in &s.commands {
        for stream in &command.observes {
            if !s.has_stream(stream) {
                places.push(Path::at([
                    (Part::Command, command.name),
                    (Part::Stream, stream),
                ]));
            }
        }
    }
    places
}

fn repeat_error_undeclared(s: &Slice<'_>) -> Vec<Path> {
    s.commands
        .iter()
        .filter(|command| {
            command.again == Some(RepeatBehavior::AlreadyExistsError) && command.errors.is_empty()
        })
        .map(|command| Path::at([(Part::Command, command.name)]))
        .collect()
}

fn error_without_scenario(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for command in &s.commands {
        for failure in &command.errors {
            let shown = s.contracts_named(failure.scenario).iter().any(|contract| {
                contract.covers == Covers::Command(command.name)
                    && contract.scenario.errors.contains(&failure.name)
            });
            if !shown {
                places.push(Path::at([
                    (Part::Command, command.name),
                    (Part::Error, failure.name),
                    (Part::Scenario, failure.scenario),
                ]));
            }
        }
    }
    places
}

fn input_payload_unknown(w: &Workflow<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for s in w.slices() {
        for command in &s.commands {
            for input in &command.inputs {
                let InputSource::Payload { payload, field } = input.source else {
                    continue;
                };
                let agrees = w
                    .payload_field(payload, field)
                    .is_some_and(|found| input.via.agrees(input.encoding, found.encoding));
                if !agrees {
                    places.push(Path::at([
                        (Part::Slice, s.slug),
                        (Part::Command, command.name),
                        (Part::Input, input.name),
                        (Part::Payload, payload),
                        (Part::Field, field),
                    ]));
                }
            }
        }
    }
    places
}

/// A command with an invocation argument may be issued by something outside.
fn command_without_trigger(w: &Workflow<'_>) -> Vec<Path> {
    let mut issued: HashSet<&str> = HashSet::new();
    for s in w.slices() {
        issued.extend(s.issued());
    }
    let mut places = Vec::new();
    for s in w.slices() {
        for command in &s.commands {
            let invoked = command
                .inputs
                .iter()
                .any(|input| matches!(input.source, InputSource::Argument(_)));
            if !invoked && !issued.contains(command.name) {
                places.push(Path::at([
                    (Part::Slice, s.slug),
                    (Part::Command, command.name),
                ]));
            }
        }
    }
    places
}

fn input_unused(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    // Several events may have one name.
    let mut recorded: HashMap<&str, HashSet<&str>> = HashMap::new();
    for event in &s.events {
        let inputs = event.attributes.iter().flat_map(Attribute::needs);
        recorded.entry(event.name).or_default().extend(inputs);
    }
    for command in &s.commands {
        for input in &command.inputs {
            let used = command.emits.iter().any(|event| {
                recorded
                    .get(event)
                    .is_some_and(|inputs| inputs.contains(input.name))
            });
            if !used {
                places.push(Path::at([
                    (Part::Command, command.name),
                    (Part::Input, input.name),
                ]));
            }
        }
    }
    places
}
