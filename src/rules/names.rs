//! Names: what has one twice, what is gone, what is spelled like something else.

use std::collections::{HashMap, HashSet};

use super::{
    Check, Part, Path, Rule, examples,
    index::{Project, Slice, Workflow},
    repeated,
};
use crate::{
    diagnostic::codes::rules::names as codes,
    event::vocabulary::ConnectionKind,
    facts::{Claim, Owned, Target, Trigger},
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::DUPLICATE_DEFINITION,
        hint: "rename or remove one of the two",
        example: &examples::names::EMC001,
        checks: &[Check::Slice(duplicate_definition)],
    },
    Rule {
        code: &codes::STRAY_FACT,
        hint: "the owner of this fact is gone: remove the fact or restore its owner",
        example: &examples::names::EMC002,
        checks: &[Check::Slice(stray_flow), Check::Workflow(stray_claim)],
    },
    Rule {
        code: &codes::OWNED_BY_TWO_SLICES,
        hint: "only events may be shared: rename one, or let one slice own it",
        example: &examples::names::EMC003,
        checks: &[Check::Project(owned_by_two_slices)],
    },
    Rule {
        code: &codes::CLAIM_CONTRADICTS_SLICE,
        hint: "make the workflow say what the slice says, or remove the claim",
        example: &examples::names::EMC004,
        checks: &[Check::Workflow(claim_contradicts_slice)],
    },
    Rule {
        code: &codes::EVENT_NOT_IN_PAST_TENSE,
        hint: "name the event after what has happened",
        example: &examples::names::EMC010,
        checks: &[Check::Slice(event_not_in_past_tense)],
    },
    Rule {
        code: &codes::COMMAND_NAMED_LIKE_EVENT,
        hint: "name the command after what shall be done",
        example: &examples::names::EMC011,
        checks: &[Check::Slice(command_named_like_event)],
    },
    Rule {
        code: &codes::NAMES_ALMOST_EQUAL,
        hint: "use one spelling",
        example: &examples::names::EMC012,
        checks: &[Check::Project(names_almost_equal)],
    },
];

fn duplicate_definition(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    let mut twice = |part, names: &mut dyn Iterator<Item = &str>| {
        places.extend(
            repeated(names)
                .into_iter()
                .map(|name| Path::at([(part, name)])),
        );
    };
    let emitted = s.events.iter().map(|event| event.name);
    let observed = s.observed.iter().map(|event| event.name);
    let acceptance = s.acceptance.iter().map(|scenario| scenario.name);
    let contracts = s.contracts.iter().map(|contract| contract.scenario.name);
    twice(Part::Stream, &mut s.streams.iter().copied());
    twice(Part::Payload, &mut s.payloads.iter().map(|p| p.name));
    twice(Part::Event, &mut emitted.chain(observed));
    twice(Part::Command, &mut s.commands.iter().map(|c| c.name));
    twice(Part::Automation, &mut s.automations.iter().map(|a| a.name));
    twice(
        Part::Translation,
        &mut s.translations.iter().map(|t| t.name),
    );
    twice(Part::ReadModel, &mut s.read_models.iter().map(|r| r.name));
    twice(Part::View, &mut s.views.iter().map(|v| v.name));
    twice(
        Part::Control,
        &mut s.controls().map(|(_, control)| control.name),
    );
    twice(Part::Outcome, &mut s.outcomes.iter().map(|o| o.label));
    twice(Part::Scenario, &mut acceptance.chain(contracts));
    twice(Part::Card, &mut s.cards.iter().map(|card| card.name));
    places.extend(duplicate_members(s));
    places
}

fn duplicate_members(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    let mut twice = |owner: (Part, &str), part, names: &mut dyn Iterator<Item = &str>| {
        let names = repeated(names).into_iter();
        places.extend(names.map(|name| Path::at([owner, (part, name)])));
    };
    for command in &s.commands {
        let inputs = &mut command.inputs.iter().map(|input| input.name);
        twice((Part::Command, command.name), Part::Input, inputs);
    }
    for (_, control) in s.controls() {
        let owner = (Part::Control, control.name);
        let inputs = &mut control.provides.iter().map(|provide| provide.input);
        twice(owner, Part::Input, inputs);
        let errors = &mut control.handles.iter().map(|handler| handler.error);
        twice(owner, Part::Error, errors);
    }
    for event in &s.events {
        let attributes = &mut event.attributes.iter().map(|attribute| attribute.name);
        twice((Part::Event, event.name), Part::Attribute, attributes);
    }
    for event in &s.observed {
        let attributes = &mut event.attributes.iter().map(|attribute| attribute.name);
        twice((Part::Event, event.name), Part::Attribute, attributes);
    }
    for model in &s.read_models {
        let fields = &mut model.fields.iter().map(|field| field.name);
        twice((Part::ReadModel, model.name), Part::Field, fields);
    }
    for view in &s.views {
        let fields = &mut view.shows.iter().map(|shown| shown.name);
        twice((Part::View, view.name), Part::Field, fields);
    }
    for payload in &s.payloads {
        let fields = &mut payload.fields.iter().map(|field| field.name);
        twice((Part::Payload, payload.name), Part::Field, fields);
    }
    places
}

fn stray_flow(s: &Slice<'_>) -> Vec<Path> {
    s.strays
        .iter()
        .map(|datum| Path::at([(Part::Datum, datum.name), (Part::Owner, datum.owner)]))
        .collect()
}

fn stray_claim(w: &Workflow<'_>) -> Vec<Path> {
    let known: HashSet<_> = w
        .transitions
        .iter()
        .map(|transition| arrow(transition.source, transition.target, transition.trigger))
        .collect();
    let claims = w.claims.iter().filter_map(|claim| gone(w, *claim));
    let evidences = w
        .evidences
        .iter()
        .filter(|evidence| {
            !known.contains(&arrow(evidence.source, evidence.target, evidence.trigger))
        })
        .map(|evidence| {
            let (_, trigger) = named(evidence.trigger);
            Path::at([(Part::Evidence, evidence.source), (Part::Trigger, trigger)])
        });
    claims.chain(evidences).collect()
}

/// Where a claim is about something that is not there.
fn gone(w: &Workflow<'_>, claim: Claim<'_>) -> Option<Path> {
    let (slice, name) = match claim {
        Claim::Owns { slice, name, .. } => (slice, name),
        Claim::Outcome { slice, label, .. } => (slice, label),
        Claim::Error { slice, error, .. } => (slice, error),
    };
    let owner = (Part::Owner, slice);
    let Some(found) = w.slice(slice) else {
        return Some(Path::at([(Part::Claim, name), owner]));
    };
    match claim {
        Claim::Owns { what, .. } => {
            (!owns(found, what, name)).then(|| Path::at([(Part::Claim, name), owner]))
        }
        Claim::Outcome { .. } => {
            let there = found.outcome(name).is_some();
            (!there).then(|| Path::at([(Part::Outcome, name), owner]))
        }
        Claim::Error { command, .. } => {
            let there = found.command(command).is_some_and(|c| c.fails_with(name));
            (!there).then(|| Path::at([(Part::Error, name), (Part::Command, command), owner]))
        }
    }
}

/// What a transition is found by.
fn arrow<'a>(
    source: &'a str,
    target: Target<'a>,
    trigger: Trigger<'a>,
) -> (&'a str, bool, &'a str, ConnectionKind, &'a str) {
    let (exits, target) = match target {
        Target::Step(slug) => (false, slug),
        Target::Exit(slug) => (true, slug),
    };
    let (via, name) = named(trigger);
    (source, exits, target, via, name)
}

fn named(trigger: Trigger<'_>) -> (ConnectionKind, &str) {
    match trigger {
        Trigger::Command(name) => (ConnectionKind::Command, name),
        Trigger::Event(name) => (ConnectionKind::Event, name),
        Trigger::Navigation { name, .. } => (ConnectionKind::Navigation, name),
        Trigger::External { name, .. } => (ConnectionKind::ExternalTrigger, name),
        Trigger::Outcome(name) => (ConnectionKind::Outcome, name),
    }
}

/// Whether the slice has what the workflow says it owns.
fn owns(s: &Slice<'_>, what: Owned<'_>, name: &str) -> bool {
    match what {
        Owned::Command => s.command(name).is_some(),
        Owned::View => s.view(name).is_some(),
        Owned::Control => !s.controls_named(name).is_empty(),
        Owned::ReadModel => s.read_model(name).is_some(),
        Owned::Outcome => s.outcome(name).is_some(),
        Owned::Error => s.fails_with(name),
        Owned::Automation => s.automation(name).is_some(),
        Owned::Translation => s.translation(name).is_some(),
        Owned::Payload(_) => s.payload(name).is_some(),
        Owned::Emitted(_) | Owned::Observed(_) | Owned::Event(_) => s.knows(name),
    }
}

/// Whether it has it in the way the workflow says.
fn agrees(s: &Slice<'_>, what: Owned<'_>, name: &str) -> bool {
    let on = |stream: Option<&str>| match (stream, s.stream_of(name)) {
        (Some(stream), Some(own)) => stream == own,
        _ => true,
    };
    match what {
        Owned::Emitted(stream) => s.event(name).is_some() && on(stream),
        Owned::Observed(stream) => s.seen(name).is_some() && on(stream),
        Owned::Event(stream) => on(stream),
        _ => true,
    }
}

fn claim_contradicts_slice(w: &Workflow<'_>) -> Vec<Path> {
    w.claims
        .iter()
        .filter_map(|claim| match *claim {
            Claim::Owns { slice, what, name } => {
                let found = w.slice(slice)?;
                (owns(found, what, name) && !agrees(found, what, name))
                    .then(|| Path::at([(Part::Claim, name), (Part::Slice, slice)]))
            }
            Claim::Outcome {
                slice,
                label,
                external,
            } => {
                let outcome = w.slice(slice)?.outcome(label)?;
                (outcome.external != external)
                    .then(|| Path::at([(Part::Outcome, label), (Part::Slice, slice)]))
            }
            Claim::Error { .. } => None,
        })
        .collect()
}

fn owned_by_two_slices(p: &Project<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    let mut shared = |part, names: &mut dyn Iterator<Item = &str>| {
        places.extend(
            doubles(names)
                .into_iter()
                .map(|name| Path::at([(part, name)])),
        );
    };
    let slices = || p.slices().iter();
    shared(
        Part::Command,
        &mut slices().flat_map(|s| s.commands.iter().map(|c| c.name)),
    );
    shared(
        Part::ReadModel,
        &mut slices().flat_map(|s| s.read_models.iter().map(|r| r.name)),
    );
    shared(
        Part::View,
        &mut slices().flat_map(|s| s.views.iter().map(|v| v.name)),
    );
    shared(
        Part::Automation,
        &mut slices().flat_map(|s| s.automations.iter().map(|a| a.name)),
    );
    shared(
        Part::Translation,
        &mut slices().flat_map(|s| s.translations.iter().map(|t| t.name)),
    );
    shared(
        Part::Payload,
        &mut slices().flat_map(|s| s.payloads.iter().map(|p| p.name)),
    );
    places
}

/// The names that occur again further on, in the order in which the lookup tree
/// of the Lean library holds them.
pub(super) fn doubles<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut twice = repeated(names);
    twice.sort_by_key(|name| leaf(name));
    twice
}

/// The leaf of the tree of `Emc/Index.lean` that holds the name, counted from
/// the left: the tree decides by the twelve lowest bits of the name's code
/// modulo 65521, the lowest first.
fn leaf(name: &str) -> u32 {
    let hash = name
        .bytes()
        .fold(1, |hash, byte| (hash * 256 + u32::from(byte)) % 65521);
    (hash & 0xfff).reverse_bits()
}

/// Past participles that do not end in "ed".
const IRREGULAR: &[&str] = &[
    "sent", "paid", "made", "sold", "lost", "found", "begun", "chosen", "taken", "given", "shown",
    "done", "gone", "built", "left", "met", "kept", "held", "won", "set", "put", "cut", "shut",
    "split", "drawn", "written", "bought", "brought", "caught", "taught", "thought", "known",
    "grown", "thrown", "broken", "spoken", "stolen", "hidden", "driven", "risen", "fallen", "seen",
    "read", "reset", "bound", "wound",
];

/// The words of a name in lower case: `TicketCaptured` and `ticket-captured`
/// have two.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut low = false;
    for letter in name.chars() {
        let new = !letter.is_ascii_alphanumeric() || letter.is_ascii_uppercase() && low;
        if new && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if letter.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(letter.to_ascii_lowercase());
        }
        low = letter.is_ascii_lowercase() || letter.is_ascii_digit();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_past(word: &str) -> bool {
    word.ends_with("ed") || IRREGULAR.iter().any(|ending| word.ends_with(ending))
}

/// The last word, or the one before it (`ParcelTakenIn`), is a past participle.
/// Names with letters of other scripts are not judged.
fn event_not_in_past_tense(s: &Slice<'_>) -> Vec<Path> {
    s.events
        .iter()
        .filter(|event| {
            event.name.is_ascii() && !words(event.name).iter().rev().take(2).any(|w| is_past(w))
        })
        .map(|event| Path::at([(Part::Event, event.name)]))
        .collect()
}

fn command_named_like_event(s: &Slice<'_>) -> Vec<Path> {
    s.commands
        .iter()
        .filter(|command| {
            words(command.name)
                .last()
                .is_some_and(|w| w.ends_with("ed"))
        })
        .map(|command| Path::at([(Part::Command, command.name)]))
        .collect()
}

/// The name without what spellings differ in.
fn squashed(name: &str) -> String {
    name.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || !letter.is_ascii())
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

fn names_almost_equal(p: &Project<'_>) -> Vec<Path> {
    // Of equal names the last one counts, as in Lean.
    let mut seen = HashSet::new();
    let mut names: Vec<&str> = p
        .emitted()
        .iter()
        .rev()
        .map(|emitted| emitted.event.name)
        .filter(|name| seen.insert(*name))
        .collect();
    names.reverse();
    let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, name) in names.iter().enumerate() {
        alike.entry(squashed(name)).or_default().push(place);
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for group in alike.into_values() {
        for (at, &one) in group.iter().enumerate() {
            pairs.extend(group.iter().skip(at + 1).map(|&other| (one, other)));
        }
    }
    pairs.sort_unstable();
    // The places are those of `names`.
    pairs
        .into_iter()
        .map(|(one, other)| Path::at([(Part::Event, names[one]), (Part::Event, names[other])]))
        .collect()
}
