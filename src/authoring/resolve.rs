//! Deciding forks: the answers of people, and the events that follow from them.

use std::collections::BTreeMap;

use super::{Refused, plan::Plan, present::recorded};
use crate::{
    diagnostic::{
        Diagnostic,
        codes::authoring::{ABSENT_ELEMENT, DOES_NOT_FOLD},
    },
    document::Model,
    event::{EmcEvent, Text},
    merge::{Conflict, Merged, OpenFork, Parts},
    model::{self, Fold, Origin},
    transaction::TransactionId,
};

/// What people say of open forks. Forks without a contradiction that nobody has
/// answered are decided, all of them at once; the others stay open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// The answers; the last one that fits a contradiction counts.
    pub answers: Vec<Answer>,
}

/// Which branch is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// In the fork of this stream; in all when it is none.
    pub stream: Option<String>,
    /// In this element and what belongs to it; in all when it is none. Either
    /// from the outermost element on, or from any other one:
    /// `slice capture-ticket, command Capture` or `command Capture`.
    pub element: Option<String>,
    /// In this field; in all when it is none.
    pub field: Option<String>,
    /// A transaction of the branch.
    pub branch: TransactionId,
}

/// What deciding comes to.
pub(super) struct Resolved {
    /// The changes, and the records of the decisions.
    pub(super) plan: Plan,
    /// The model as it is decided.
    pub(super) target: Model,
    /// The streams of the forks that are decided.
    pub(super) streams: Vec<String>,
}

impl Answer {
    fn fits(&self, stream: &str, conflict: &Conflict) -> bool {
        let element = |wanted: &String| {
            let found = &conflict.element;
            let steps = || found.match_indices(", ").map(|(at, _)| at);
            let starts = std::iter::once(0).chain(steps().map(|at| at + 2));
            let ends = || steps().chain([found.len()]);
            starts
                .into_iter()
                .any(|start| ends().any(|end| found.get(start..end) == Some(wanted.as_str())))
        };
        self.stream.as_deref().is_none_or(|own| own == stream)
            && self.element.as_ref().is_none_or(element)
            && self
                .field
                .as_ref()
                .is_none_or(|field| *field == conflict.field)
    }
}

impl Resolution {
    /// What the branches of a fork come to with these answers, and whether one
    /// of them chose a branch.
    pub fn of(&self, fork: &OpenFork) -> Merged<Parts> {
        self.merged(fork).0
    }

    fn merged(&self, fork: &OpenFork) -> (Merged<Parts>, Option<usize>) {
        let mut chosen = None;
        let merged = fork.merged(&mut |conflict| {
            let mut answers = self.answers.iter().rev();
            let answer = answers.find(|answer| answer.fits(&fork.fork.stream, conflict))?;
            chosen = fork.branch(answer.branch);
            chosen
        });
        (merged, chosen)
    }

    /// The model that the answers lead to, and its events.
    pub(super) fn apply(
        &self,
        model: &model::Model,
        forks: &[OpenFork],
    ) -> Result<Resolved, Refused> {
        self.check(forks)?;
        let current = Model::of(model);
        let mut target = Parts::of(&current);
        let mut streams = Vec::new();
        let mut records = Vec::new();
        let mut homes: Vec<Parts> = Vec::new();
        for fork in forks {
            let (merged, chosen) = self.merged(fork);
            if !merged.conflicts.is_empty() {
                continue;
            }
            target = target.replaced(&merged.target, |kind, slug| fork.subject.covers(kind, slug));
            homes.extend(fork.homes.iter().cloned());
            streams.push(fork.fork.stream.to_string());
            records.extend(record(fork, chosen));
        }
        target.house(&homes);
        let target = target.into_model();
        let mut plan = without_twins(model, &current, &target)?;
        plan.changes.extend(recorded(&records).changes);
        Ok(Resolved {
            plan,
            target,
            streams,
        })
    }

    /// Answers that no fork can take are a mistake.
    fn check(&self, forks: &[OpenFork]) -> Result<(), Refused> {
        let mut problems: Vec<Diagnostic> = Vec::new();
        for answer in &self.answers {
            let mut fitting = forks.iter().filter(|fork| {
                let stream = answer.stream.as_deref();
                stream.is_none_or(|stream| stream == &*fork.fork.stream)
            });
            if let Some(stream) = &answer.stream
                && fitting.clone().next().is_none()
            {
                let known = forks.iter().map(|fork| &*fork.fork.stream);
                problems.push(super::absent("open fork of stream", stream, known));
                continue;
            }
            if fitting.all(|fork| fork.branch(answer.branch).is_none()) {
                problems.push(no_branch(answer, forks));
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems.into())
        }
    }
}

fn no_branch(answer: &Answer, forks: &[OpenFork]) -> Diagnostic {
    let mut finding = Diagnostic::new(
        &ABSENT_ELEMENT,
        format!("transaction {} is no branch of an open fork", answer.branch),
    );
    for fork in forks.iter().filter(|fork| {
        let stream = answer.stream.as_deref();
        stream.is_none_or(|stream| stream == &*fork.fork.stream)
    }) {
        for branch in &fork.fork.branches {
            finding = finding.note(format!("stream {}: {}", fork.fork.stream, branch.head));
        }
    }
    finding.help("name the last transaction of a branch; `cargo emc list conflicts` shows them")
}

/// The record that a fork is decided. A merge of all branches names the last
/// one in canonical order.
fn record(fork: &OpenFork, chosen: Option<usize>) -> Option<EmcEvent> {
    let branches = &fork.fork.branches;
    let branch = chosen
        .and_then(|chosen| branches.get(chosen))
        .or_else(|| branches.last())?;
    Some(EmcEvent::ConflictResolved {
        conflict_id: Text::new(&fork.fork.stream).ok()?,
        chosen_event_id: Text::new(&branch.head.to_string()).ok()?,
    })
}

/// The plan to the target. Where both branches added one slug there are two of
/// it, and events reach only the first or both: those go, and come back as one.
fn without_twins(model: &model::Model, current: &Model, target: &Model) -> Result<Plan, Refused> {
    let mut events = Vec::new();
    let wanted = slugs(target);
    for ((kind, slug), count) in slugs(current) {
        let wanted = wanted.get(&(kind, slug)).copied().unwrap_or_default();
        if wanted == 0 || count <= wanted {
            continue;
        }
        match kind {
            "slice" => events.push(EmcEvent::SliceRemoved { slug: slug.clone() }),
            _ => events
                .extend((wanted..count).map(|_| EmcEvent::WorkflowRemoved { slug: slug.clone() })),
        }
    }
    if events.is_empty() {
        return Plan::between(current, target);
    }
    let mut fold = Fold::resume(model.clone());
    for event in &events {
        fold.apply(Origin(u32::MAX), event);
    }
    let projected = fold.finish();
    if let Some(refusal) = projected.refusals.first() {
        return Err(Diagnostic::new(&DOES_NOT_FOLD, refusal.to_string()).into());
    }
    let mut plan = recorded(&events);
    let rest = Plan::between(&Model::of(&projected.model), target)?;
    plan.changes.extend(rest.changes);
    Ok(plan)
}

/// How often each slug of a workflow and of a slice is there.
fn slugs(model: &Model) -> BTreeMap<(&'static str, &Text), usize> {
    let mut counts = BTreeMap::new();
    for workflow in &model.workflows {
        *counts.entry(("workflow", &workflow.slug)).or_insert(0) += 1;
        for slice in &workflow.slices {
            *counts.entry(("slice", &slice.slug)).or_insert(0) += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests;
