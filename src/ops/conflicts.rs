//! `list conflicts`: each open fork, what its branches changed, and what they
//! contradict each other in.

use std::collections::BTreeSet;

use super::{
    project::Project,
    reading::{self, Reading},
};
use crate::{
    authoring::plan::{Change, Plan},
    diagnostic::{Diagnostic, Level, Report},
    disk::{
        Failure,
        scan::{self, Names},
    },
    document::Model,
    event::Text,
    merge::{OpenFork, Parts},
};

/// The open forks of a project.
#[derive(Debug)]
pub struct Conflicts {
    /// The forks, by stream.
    pub forks: Vec<ForkReport>,
    /// What is wrong with the store besides: what is listed may be wrong then.
    pub report: Report,
}

/// An open fork with what its branches changed.
#[derive(Clone, Debug)]
pub struct ForkReport {
    /// The fork.
    pub fork: OpenFork,
    /// What each branch changed against what all have in common.
    pub changes: Vec<Vec<Change>>,
}

/// Look for open forks. Reads only.
pub fn conflicts(project: &Project) -> Result<Conflicts, Failure> {
    let events = project.events_folder();
    if scan::folder(&project.root, &project.events())?.is_none() {
        return Ok(Conflicts {
            forks: Vec::new(),
            report: Report::new(vec![reading::no_store(project)]),
        });
    }
    let Names { names, strange } = scan::names(&events)?;
    let reading = Reading::of(project, &names, &strange);
    let findings: Vec<Diagnostic> = reading
        .findings
        .into_iter()
        .filter(|finding| finding.level == Level::Error)
        .collect();
    Ok(Conflicts {
        forks: reading.forks.into_iter().map(ForkReport::of).collect(),
        report: Report::new(findings),
    })
}

impl ForkReport {
    /// What the branches of a fork changed.
    pub fn of(fork: OpenFork) -> Self {
        let changes = fork
            .sides
            .iter()
            .map(|side| changes(&fork.base, side))
            .collect();
        Self { fork, changes }
    }
}

/// What differs between two versions of the subject of a fork. Nothing for what
/// events cannot say, such as twins of one slug.
fn changes(base: &Parts, side: &Parts) -> Vec<Change> {
    let homes: BTreeSet<Text> = base.homes().into_iter().chain(side.homes()).collect();
    let plan = Plan::between(&model(base, &homes), &model(side, &homes));
    plan.map(|plan| plan.changes).unwrap_or_default()
}

/// The parts as a model of their own.
fn model(parts: &Parts, homes: &BTreeSet<Text>) -> Model {
    let mut model = parts.clone().into_model_with(homes);
    if !model.workflows.is_empty() {
        model.project = Text::new("project").ok();
    }
    model
}
