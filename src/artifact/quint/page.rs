//! The text of a workflow's file.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    name,
    text::{comment, string},
};
use crate::{
    event::vocabulary::ConnectionKind,
    model::Workflow,
    rules::journey::{Asker, Journey, Played, Target, Way},
};

/// The module of a workflow's facts and the module of its tests.
pub(super) fn page(workflow: &Workflow, module: &str) -> String {
    let Journey { facts, played } = Journey::of(workflow);
    let (title, purpose) = (comment(&workflow.name), comment(&workflow.description));
    let mut page = format!("// {title}: {purpose}\nmodule {module} {{\n");
    page.push_str("  import Emc.* from \"../emc\"\n\n  pure val facts: Workflow = {\n");
    let mut field = |name: &str, value: &str| {
        // Writing into a String cannot fail.
        let _ = writeln!(page, "    {name}: {value},");
    };
    field("entry", &string(facts.entry));
    field("steps", &rows(facts.steps.iter().map(|step| string(step))));
    field("ends", &rows(facts.ends.iter().map(|step| string(step))));
    field("before", &rows(facts.before.iter().map(set)));
    field(
        "streams",
        &map(facts
            .streams
            .iter()
            .map(|(event, stream)| (string(event), string(stream)))),
    );
    field(
        "transitions",
        &rows(facts.transitions.iter().map(|t| {
            let to = match t.to {
                Target::Step(step) => format!("Step({})", string(step)),
                Target::Exit(workflow) => format!("Exit({})", string(workflow)),
            };
            let (at, kind, by) = (string(t.at), kind(t.kind), string(t.by));
            format!("{{ at: {at}, kind: {kind}, by: {by}, to: {to} }}")
        })),
    );
    field(
        "decisions",
        &rows(facts.decisions.iter().map(|d| {
            let asker = match d.asker {
                Asker::Actor => "Actor".to_owned(),
                Asker::On(event) => format!("On({})", string(event)),
                Asker::From(payload) => format!("From({})", string(payload)),
            };
            let (step, command, needs) = (string(d.step), string(d.command), set(&d.needs));
            format!("{{ step: {step}, command: {command}, asker: {asker}, needs: {needs} }}")
        })),
    );
    field(
        "answers",
        &rows(facts.answers.iter().map(|a| {
            let (step, outcome, events) = (string(a.step), string(a.outcome), set(&a.events));
            format!("{{ step: {step}, outcome: {outcome}, events: {events} }}")
        })),
    );
    field(
        "errors",
        &rows(facts.errors.iter().map(|(step, error)| {
            format!("{{ step: {}, error: {} }}", string(step), string(error))
        })),
    );
    field(
        "recoveries",
        &rows(facts.recoveries.iter().map(|r| {
            let way = match r.way {
                Way::GoTo(step) => format!("GoTo({})", string(step)),
                Way::Retry => "Retry".to_owned(),
                Way::Stay => "Stay".to_owned(),
            };
            let (at, of, error) = (string(r.at), string(r.of), string(r.error));
            format!("{{ at: {at}, of: {of}, error: {error}, way: {way} }}")
        })),
    );
    field(
        "shown",
        &rows(facts.shown.iter().map(|s| {
            let (step, model, fed) = (string(s.step), string(s.read_model), set(&s.fed_by));
            let absence = s.absence;
            format!("{{ step: {step}, readModel: {model}, fedBy: {fed}, absence: {absence} }}")
        })),
    );
    field(
        "scenarios",
        &map(played.traces.iter().map(|(key, (_, _, trace))| {
            let (step, lacks, writes) = (string(trace.step), set(&trace.lacks), set(&trace.writes));
            let (outcome, error) = (string(trace.outcome), string(trace.error));
            let when = format!("outcome: {outcome}, error: {error}, writes: {writes}");
            (
                string(key),
                format!("{{ step: {step}, lacks: {lacks}, {when} }}"),
            )
        })),
    );
    page.push_str("  }\n\n  import Journey(FACTS = facts).* from \"../emc\"\n}\n\n");
    tests(&mut page, module, &played);
    page
}

/// How many scenarios of a workflow are played.
pub(super) fn scenarios(workflow: &Workflow) -> usize {
    Journey::of(workflow).played.traces.len()
}

fn tests(page: &mut String, module: &str, played: &Played<'_>) {
    let test_module = name::test_module(module);
    let _ = writeln!(
        page,
        "module {test_module} {{\n  import {module}.facts\n  import Survey(MODEL = facts).* from \"../emc\""
    );
    if !played.traces.is_empty() {
        page.push('\n');
    }
    let mut taken = BTreeSet::new();
    for (key, (slice, scenario, _)) in &played.traces {
        let test = name::test(slice, scenario, &mut taken);
        let _ = writeln!(page, "  run {test} = scenario({})", string(key));
    }
    if !played.open.is_empty() {
        page.push_str("\n  // Not played:\n");
    }
    for open in &played.open {
        let _ = writeln!(page, "  // - {}", comment(open));
    }
    page.push_str("}\n");
}

fn kind(kind: ConnectionKind) -> &'static str {
    match kind {
        ConnectionKind::Command => "Command",
        ConnectionKind::Event => "Event",
        ConnectionKind::Navigation => "Navigation",
        ConnectionKind::ExternalTrigger => "ExternalTrigger",
        ConnectionKind::Outcome => "Outcome",
    }
}

/// A set in one line.
fn set(items: &BTreeSet<&str>) -> String {
    let items: Vec<String> = items.iter().map(|item| string(item)).collect();
    format!("Set({})", items.join(", "))
}

/// A set with one element a line.
fn rows(items: impl Iterator<Item = String>) -> String {
    block("Set", items)
}

/// A map with one entry a line.
fn map(entries: impl Iterator<Item = (String, String)>) -> String {
    block(
        "Map",
        entries.map(|(key, value)| format!("{key} -> {value}")),
    )
}

fn block(what: &str, items: impl Iterator<Item = String>) -> String {
    let mut block = String::new();
    for item in items {
        let _ = write!(block, "\n      {item},");
    }
    if block.is_empty() {
        format!("{what}()")
    } else {
        format!("{what}({block}\n    )")
    }
}
