//! Scenarios, outcomes, reactions and payloads.

use std::collections::{HashMap, HashSet};

use super::{
    Check, Part, Path, Rule, examples,
    index::{Slice, Workflow},
};
use crate::{
    diagnostic::codes::rules::scenarios as codes,
    event::vocabulary::SliceKind,
    facts::{Covers, Scenario},
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::SCENARIO_COVERS_UNKNOWN,
        hint: "name a definition of this slice",
        example: &examples::scenarios::EMC601,
        checks: &[Check::Slice(scenario_covers_unknown)],
    },
    Rule {
        code: &codes::SCENARIO_STREAM_UNKNOWN,
        hint: "declare the stream or correct its name",
        example: &examples::scenarios::EMC602,
        checks: &[Check::Slice(scenario_stream_unknown)],
    },
    Rule {
        code: &codes::SCENARIO_WITHOUT_STREAMS,
        hint: "name the streams it writes; an error scenario at least those it reads",
        example: &examples::scenarios::EMC603,
        checks: &[Check::Slice(scenario_without_streams)],
    },
    Rule {
        code: &codes::SCENARIO_ERROR_UNDECLARED,
        hint: "declare the error in the command it covers",
        example: &examples::scenarios::EMC604,
        checks: &[Check::Slice(scenario_error_undeclared)],
    },
    Rule {
        code: &codes::BEHAVIOUR_WITHOUT_SCENARIO,
        hint: "add a contract scenario that covers it and ends without error",
        example: &examples::scenarios::EMC605,
        checks: &[Check::Slice(behaviour_without_scenario)],
    },
    Rule {
        code: &codes::OUTCOME_WITHOUT_EVENTS,
        hint: "name the events that make up the outcome",
        example: &examples::scenarios::EMC611,
        checks: &[Check::Slice(outcome_without_events)],
    },
    Rule {
        code: &codes::OUTCOME_EVENT_UNKNOWN,
        hint: "use events this slice emits or observes",
        example: &examples::scenarios::EMC612,
        checks: &[Check::Slice(outcome_event_unknown)],
    },
    Rule {
        code: &codes::OUTCOMES_NOT_DISTINGUISHABLE,
        hint: "two outcomes must differ in at least one event",
        example: &examples::scenarios::EMC613,
        checks: &[Check::Slice(outcomes_not_distinguishable)],
    },
    Rule {
        code: &codes::EVENT_IN_NO_OUTCOME,
        hint: "say which business result the event belongs to",
        example: &examples::scenarios::EMC614,
        checks: &[Check::Slice(event_in_no_outcome)],
    },
    Rule {
        code: &codes::AUTOMATION_TRIGGER_UNKNOWN,
        hint: "observe the event that triggers it",
        example: &examples::scenarios::EMC621,
        checks: &[Check::Slice(automation_trigger_unknown)],
    },
    Rule {
        code: &codes::TRANSLATION_PAYLOAD_UNKNOWN,
        hint: "declare the payload contract in the translation slice",
        example: &examples::scenarios::EMC622,
        checks: &[Check::Slice(translation_payload_unknown)],
    },
    Rule {
        code: &codes::PAYLOAD_WITHOUT_FIELDS,
        hint: "list the fields of the contract",
        example: &examples::scenarios::EMC623,
        checks: &[Check::Slice(payload_without_fields)],
    },
    Rule {
        code: &codes::REACTION_COMMAND_UNKNOWN,
        hint: "name a command of a slice in this workflow",
        example: &examples::scenarios::EMC624,
        checks: &[Check::Workflow(reaction_command_unknown)],
    },
];

fn scenario_covers_unknown(s: &Slice<'_>) -> Vec<Path> {
    let known = |covers: Covers<'_>| match covers {
        Covers::Command(name) => s.command(name).is_some(),
        Covers::Projector(name) => s.read_model(name).is_some(),
        Covers::Automation(name) => s.automation(name).is_some(),
        Covers::Translation(name) => s.translation(name).is_some(),
        Covers::Transitive(name) => s.read_model(name).is_some_and(|m| m.transitive.is_some()),
        Covers::Derivation(field) => s.derives(field),
        Covers::Absence(field) => s.misses(field),
    };
    s.contracts
        .iter()
        .filter(|contract| !known(contract.covers))
        .map(|contract| Path::at([(Part::Scenario, contract.scenario.name)]))
        .collect()
}

fn scenario_stream_unknown(s: &Slice<'_>) -> Vec<Path> {
    let scenarios = s
        .acceptance
        .iter()
        .chain(s.contracts.iter().map(|c| &c.scenario));
    let streams = |scenario: &Scenario<'_>| -> Vec<Path> {
        let streams = scenario.reads.iter().chain(&scenario.writes);
        streams
            .filter(|stream| !s.has_stream(stream))
            .map(|stream| Path::at([(Part::Scenario, scenario.name), (Part::Stream, stream)]))
            .collect()
    };
    scenarios.flat_map(streams).collect()
}

fn scenario_without_streams(s: &Slice<'_>) -> Vec<Path> {
    s.contracts
        .iter()
        .filter(|contract| {
            let Scenario {
                reads,
                writes,
                errors,
                ..
            } = &contract.scenario;
            matches!(contract.covers, Covers::Command(_))
                && writes.is_empty()
                && (errors.is_empty() || reads.is_empty())
        })
        .map(|contract| Path::at([(Part::Scenario, contract.scenario.name)]))
        .collect()
}

fn scenario_error_undeclared(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for contract in &s.contracts {
        for error in &contract.scenario.errors {
            let declared = match contract.covers {
                // An unknown command is told by another rule.
                Covers::Command(name) => s.command(name).is_none_or(|c| c.fails_with(error)),
                _ => false,
            };
            if !declared {
                places.push(Path::at([
                    (Part::Scenario, contract.scenario.name),
                    (Part::Error, error),
                ]));
            }
        }
    }
    places
}

fn behaviour_without_scenario(s: &Slice<'_>) -> Vec<Path> {
    let succeeding: HashSet<&str> = s
        .contracts
        .iter()
        .filter(|contract| contract.scenario.errors.is_empty())
        .filter_map(|contract| match contract.covers {
            Covers::Command(name) => Some(name),
            _ => None,
        })
        .collect();
    let commands = s
        .commands
        .iter()
        .filter(|command| !succeeding.contains(command.name))
        .map(|command| Path::at([(Part::Command, command.name)]));
    let automations = s
        .automations
        .iter()
        .filter(|automation| !s.covers(Covers::Automation(automation.name)))
        .map(|automation| Path::at([(Part::Automation, automation.name)]));
    let translations = s
        .translations
        .iter()
        .filter(|translation| !s.covers(Covers::Translation(translation.name)))
        .map(|translation| Path::at([(Part::Translation, translation.name)]));
    commands.chain(automations).chain(translations).collect()
}

fn outcome_without_events(s: &Slice<'_>) -> Vec<Path> {
    s.outcomes
        .iter()
        .filter(|outcome| outcome.events.is_empty())
        .map(|outcome| Path::at([(Part::Outcome, outcome.label)]))
        .collect()
}

fn outcome_event_unknown(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for outcome in &s.outcomes {
        for event in &outcome.events {
            if !s.knows(event) {
                places.push(Path::at([
                    (Part::Outcome, outcome.label),
                    (Part::Event, event),
                ]));
            }
        }
    }
    places
}

fn outcomes_not_distinguishable(s: &Slice<'_>) -> Vec<Path> {
    if s.outcomes.len() < 2 {
        return Vec::new();
    }
    let sets: Vec<Vec<&str>> = s
        .outcomes
        .iter()
        .map(|outcome| {
            let mut events = outcome.events.clone();
            events.sort_unstable();
            events.dedup();
            events
        })
        .collect();
    // The outcomes of one set, last one first: what is left are those behind.
    let mut alike: HashMap<&[&str], Vec<&str>> = HashMap::new();
    for (outcome, set) in s.outcomes.iter().zip(&sets).rev() {
        alike.entry(set).or_default().push(outcome.label);
    }
    let mut places = Vec::new();
    for (outcome, set) in s.outcomes.iter().zip(&sets) {
        let Some(behind) = alike.get_mut(set.as_slice()) else {
            continue;
        };
        behind.pop();
        for other in behind.iter().rev() {
            places.push(Path::at([
                (Part::Outcome, outcome.label),
                (Part::Outcome, other),
            ]));
        }
    }
    places
}

fn event_in_no_outcome(s: &Slice<'_>) -> Vec<Path> {
    if s.kind != SliceKind::StateChange {
        return Vec::new();
    }
    let told: HashSet<&str> = s
        .outcomes
        .iter()
        .flat_map(|outcome| outcome.events.iter().copied())
        .collect();
    s.events
        .iter()
        .filter(|event| !told.contains(event.name))
        .map(|event| Path::at([(Part::Event, event.name)]))
        .collect()
}

fn automation_trigger_unknown(s: &Slice<'_>) -> Vec<Path> {
    s.automations
        .iter()
        .filter(|automation| !s.knows(automation.trigger))
        .map(|automation| {
            Path::at([
                (Part::Automation, automation.name),
                (Part::Event, automation.trigger),
            ])
        })
        .collect()
}

fn translation_payload_unknown(s: &Slice<'_>) -> Vec<Path> {
    s.translations
        .iter()
        .filter(|translation| s.payload(translation.payload).is_none())
        .map(|translation| {
            Path::at([
                (Part::Translation, translation.name),
                (Part::Payload, translation.payload),
            ])
        })
        .collect()
}

fn payload_without_fields(s: &Slice<'_>) -> Vec<Path> {
    s.payloads
        .iter()
        .filter(|payload| payload.fields.is_empty())
        .map(|payload| Path::at([(Part::Payload, payload.name)]))
        .collect()
}

fn reaction_command_unknown(w: &Workflow<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for s in w.slices() {
        let automations = s
            .automations
            .iter()
            .map(|automation| ((Part::Automation, automation.name), automation.command));
        let translations = s
            .translations
            .iter()
            .map(|translation| ((Part::Translation, translation.name), translation.command));
        for (reaction, command) in automations.chain(translations) {
            if w.command(command).is_none() {
                places.push(Path::at([
                    (Part::Slice, s.slug),
                    reaction,
                    (Part::Command, command),
                ]));
            }
        }
    }
    places
}
