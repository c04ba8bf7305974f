//! The scenarios that can be played: those that name a step and, for a step
//! that decides, one answer or one error.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Facts, Index};
use crate::{
    event::{
        Scenario, Text,
        vocabulary::{ContractKind, ScenarioKind, SliceKind},
    },
    model::{Slice, Workflow},
};

/// A scenario as a trace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trace<'a> {
    pub step: &'a str,
    pub lacks: BTreeSet<&'a str>,
    pub outcome: &'a str,
    pub error: &'a str,
    pub writes: BTreeSet<&'a str>,
}

/// The scenarios of a workflow.
#[derive(Debug, Default)]
pub(crate) struct Played<'a> {
    /// By `<slice>: <scenario>`, with a number behind should two be the same;
    /// the slice and the scenario beside the trace.
    pub traces: BTreeMap<String, (&'a str, &'a str, Trace<'a>)>,
    /// Scenarios that leave open what shall happen, and what is open.
    pub open: BTreeSet<String>,
}

impl<'a> Played<'a> {
    pub(super) fn of(workflow: &'a Workflow, index: &Index<'a>, facts: &Facts<'a>) -> Self {
        let mut played = Self::default();
        for slice in &workflow.slices {
            for scenario in &slice.scenarios {
                let key = format!("{}: {}", slice.slug, scenario.name);
                match trace(slice, &scenario.value, index, facts) {
                    Ok(Some(trace)) => {
                        let entry = (slice.slug.as_str(), scenario.value.name.as_str(), trace);
                        let mut own = key.clone();
                        let mut count = 1;
                        while played.traces.contains_key(&own) {
                            count += 1;
                            own = format!("{key} ({count})");
                        }
                        played.traces.insert(own, entry);
                    }
                    Ok(None) => {}
                    Err(open) => {
                        played.open.insert(format!("{key}: {open}"));
                    }
                }
            }
        }
        played
    }
}

/// The trace; none for prose that says nothing of a journey; what is open else.
fn trace<'a>(
    slice: &'a Slice,
    scenario: &'a Scenario,
    index: &Index<'a>,
    facts: &Facts<'a>,
) -> Result<Option<Trace<'a>>, String> {
    let step = slice.slug.as_str();
    if facts.decides(step) {
        return decided(step, scenario, facts);
    }
    if slice.kind != SliceKind::StateView {
        return Ok(None);
    }
    if !scenario.written_streams.is_empty() {
        let steps: BTreeSet<&str> = slice
            .views
            .iter()
            .flat_map(|view| &view.value.controls)
            .flat_map(|control| index.owners(&control.command))
            .map(|(owner, _)| owner.slug.as_str())
            .collect();
        return match (steps.first(), steps.len()) {
            (Some(step), 1) => decided(step, scenario, facts),
            _ => Err(choices("step", &steps)),
        };
    }
    match (scenario.kind, scenario.contract_kind) {
        (ScenarioKind::Acceptance, _) => Ok(Some(Trace {
            step,
            ..Trace::default()
        })),
        (ScenarioKind::Contract, Some(ContractKind::Absence)) => Ok(absent(slice, scenario)),
        (ScenarioKind::Contract, _) => Ok(None),
    }
}

/// A look at a view before the event of an absent field is recorded.
fn absent<'a>(slice: &'a Slice, scenario: &'a Scenario) -> Option<Trace<'a>> {
    let field = scenario.covered_definition.as_deref()?;
    let lacks: BTreeSet<&str> = slice
        .read_models
        .iter()
        .filter(|model| *model.field.name == *field)
        .filter_map(|model| model.value.field.absence_event.as_deref())
        .collect();
    (!lacks.is_empty()).then(|| Trace {
        step: &slice.slug,
        lacks,
        ..Trace::default()
    })
}

/// A step that decides: for the one error that the scenario refers to, or for
/// the one answer that it can mean.
fn decided<'a>(
    step: &'a str,
    scenario: &'a Scenario,
    facts: &Facts<'a>,
) -> Result<Option<Trace<'a>>, String> {
    let errors: BTreeSet<&str> = scenario.error_references.iter().map(Text::as_str).collect();
    match (errors.first(), errors.len()) {
        (None, _) => {}
        (Some(error), 1) if facts.errors.contains(&(step, *error)) => {
            return Ok(Some(Trace {
                step,
                error,
                ..Trace::default()
            }));
        }
        (Some(error), 1) => return Err(format!("{step} raises no error {error}")),
        _ => return Err(choices("error", &errors)),
    }
    let writes: BTreeSet<&str> = scenario.written_streams.iter().map(Text::as_str).collect();
    if writes.is_empty() {
        return Ok(None);
    }
    let answers = facts.answers_of(step);
    let one = |fits: &dyn Fn(&BTreeSet<&'a str>, &'a str) -> bool| {
        let mut fitting = answers.iter().filter(|a| fits(&a.events, a.outcome));
        let first = fitting.next();
        first.filter(|_| fitting.next().is_none())
    };
    let covered = scenario.covered_definition.as_deref();
    let answer = one(&|events, _| facts.streams_of(events) == writes)
        .or_else(|| one(&|_, outcome| covered == Some(outcome)))
        .or_else(|| one(&|events, _| covered.is_some_and(|name| events.contains(name))))
        .or_else(|| one(&|_, _| true));
    match answer {
        Some(answer) => Ok(Some(Trace {
            step,
            outcome: answer.outcome,
            writes,
            ..Trace::default()
        })),
        None => Err(choices(
            "answer",
            &answers.iter().map(|answer| answer.outcome).collect(),
        )),
    }
}

fn choices(what: &str, choices: &BTreeSet<&str>) -> String {
    if choices.is_empty() {
        return format!("names no {what}");
    }
    let names: Vec<&str> = choices.iter().copied().collect();
    format!("which {what}: {}?", names.join(" or "))
}
