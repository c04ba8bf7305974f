//! Everything that is wrong with a workflow: its slices, how they fit together,
//! and the journeys through them.

use std::collections::BTreeSet;

use super::{
    Finding, Part, Path, journey,
    locate::{ProjectOrigins, slice_origin, workflow_origin},
    project, slice, workflow,
};
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
    facts,
    model::{self, Model, Origin},
};

/// A rule that is broken somewhere, whoever found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The rule.
    pub code: &'static Code,
    /// Where, from the slice, workflow or project on.
    pub path: Path,
    /// The event that recorded the element; none if there is none.
    pub origin: Option<Origin>,
    /// The shortest journey that shows it, a sentence for each move; empty where
    /// it is simply so.
    pub story: Vec<String>,
}

impl Found {
    fn of(finding: Finding, origin: impl FnOnce(&Path) -> Option<Origin>) -> Self {
        Self {
            code: finding.rule.code,
            origin: origin(&finding.path),
            path: finding.path,
            story: Vec::new(),
        }
    }
}

/// What is wrong with a workflow and its slices.
pub fn whole_workflow(recorded: &model::Workflow, facts: &facts::Workflow<'_>) -> Vec<Found> {
    let slices = recorded.slices.iter().zip(&facts.steps);
    let slices = slices.flat_map(|(recorded, step)| {
        let findings = slice(&step.slice).into_iter();
        findings.map(|finding| Found::of(finding, |path| Some(slice_origin(recorded, path))))
    });
    let here = |path: &Path| Some(workflow_origin(recorded, path));
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
        .map(|finding| {
            let path = finding.path.inside(Part::Workflow, slug);
            Found {
                code: finding.code,
                origin: here(&path),
                path,
                story: finding.story,
            }
        });
    let not_all = (!exploration.complete).then(|| Found {
        code: &TOO_MANY_JOURNEYS,
        path: Path::here().inside(Part::Workflow, slug),
        origin: Some(recorded.origin),
        story: Vec::new(),
    });
    let apart = apart.into_iter().map(|finding| Found::of(finding, here));
    slices.chain(apart).chain(journeys).chain(not_all).collect()
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
pub fn whole_project(recorded: &Model, facts: &facts::Project<'_>) -> Vec<Found> {
    let findings = project(facts);
    if findings.is_empty() {
        return Vec::new();
    }
    let origins = ProjectOrigins::of(recorded);
    let here = |path: &Path| origins.find(path);
    let findings = findings.into_iter();
    findings.map(|finding| Found::of(finding, here)).collect()
}
