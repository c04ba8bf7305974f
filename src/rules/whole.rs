//! Everything that is wrong with a workflow: its slices, how they fit together,
//! and the journeys through them.

use std::collections::BTreeSet;

use super::{Finding, Part, Path, facts, journey, project, slice, workflow};
use crate::{
    diagnostic::{
        Code,
        codes::rules::{
            journey::{
                DECISION_NEVER_MADE, JOURNEY_DEAD_END, NO_END_IN_REACH, SCENARIO_DOES_NOT_HAPPEN,
                STEP_NEVER_REACHED, TOO_MANY_JOURNEYS, TRANSITION_NEVER_TAKEN,
            },
            workflow::STEP_UNREACHABLE,
        },
    },
    model,
};

/// A rule that is broken somewhere, whoever found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The rule.
    pub code: &'static Code,
    /// Where, from the slice, workflow or project on.
    pub path: Path,
    /// The shortest journey that shows it, a sentence for each move; empty where
    /// it is simply so.
    pub story: Vec<String>,
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        Self {
            code: finding.rule.code,
            path: finding.path,
            story: Vec::new(),
        }
    }
}

/// What is wrong with a workflow and its slices.
pub fn whole_workflow(recorded: &model::Workflow, facts: &facts::Workflow<'_>) -> Vec<Found> {
    let slices = facts.steps.iter().flat_map(|step| slice(&step.slice));
    let apart = workflow(facts);
    let cut_off: BTreeSet<String> = apart
        .iter()
        .filter(|finding| *finding.rule.code == STEP_UNREACHABLE)
        .filter_map(|finding| finding.path.0.last())
        .map(|(_, step)| step.clone())
        .collect();
    let exploration = journey::explore(recorded);
    let dead_ends: BTreeSet<Path> = exploration
        .findings
        .iter()
        .filter(|finding| *finding.code == JOURNEY_DEAD_END)
        .map(|finding| finding.path.clone())
        .collect();
    let slug = recorded.slug.as_str();
    let journeys = exploration
        .findings
        .into_iter()
        .filter(|finding| !is_plain(finding, &cut_off))
        // Nor that a journey which is stuck cannot end.
        .filter(|finding| *finding.code != NO_END_IN_REACH || !dead_ends.contains(&finding.path))
        .map(|finding| Found {
            code: finding.code,
            path: finding.path.inside(Part::Workflow, slug),
            story: finding.story,
        });
    let not_all = (!exploration.complete).then(|| Found {
        code: &TOO_MANY_JOURNEYS,
        path: Path::here().inside(Part::Workflow, slug),
        story: Vec::new(),
    });
    slices
        .chain(apart)
        .map(Found::from)
        .chain(journeys)
        .chain(not_all)
        .collect()
}

/// That no journey comes to a step which nothing leads to, and what follows from
/// it, need not be said.
fn is_plain(finding: &journey::Finding, cut_off: &BTreeSet<String>) -> bool {
    let missed = [
        &STEP_NEVER_REACHED,
        &DECISION_NEVER_MADE,
        &TRANSITION_NEVER_TAKEN,
        &SCENARIO_DOES_NOT_HAPPEN,
    ];
    let step = finding.path.0.first().map(|(_, step)| step);
    missed.contains(&finding.code) && step.is_some_and(|step| cut_off.contains(step))
}

/// What is wrong with how the workflows fit together.
pub fn whole_project(facts: &facts::Project<'_>) -> Vec<Found> {
    project(facts).into_iter().map(Found::from).collect()
}
