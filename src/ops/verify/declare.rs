//! The declaration that workflows are ready.

use std::collections::BTreeSet;

use super::{Options, plan::Part};
use crate::{
    authoring::Request,
    diagnostic::Diagnostic,
    disk::Failure,
    event::{EmcEvent, Readiness, Text},
    manifest::RuleLevel,
    model::{Model, ProjectionFingerprint, ReadinessState},
    ops::{
        build,
        clock::rfc3339,
        edit::{self, Extent},
        project::Project,
        reading::Reading,
    },
    rel_path::RelPath,
};

/// What was declared, or why nothing was.
#[derive(Debug, Default)]
pub struct Declared {
    /// The workflows that were declared ready.
    pub workflows: Vec<Text>,
    /// The transaction that says so.
    pub transaction: Option<RelPath>,
    /// The build behind it: the review pages tell what is ready.
    pub built: Option<Result<build::Outcome, Failure>>,
    /// Why nothing was declared, although workflows are not ready.
    pub why_not: Option<&'static str>,
}

/// The store as it was when the verification began.
pub(super) struct Frontier {
    fingerprint: String,
    model: Model,
}

/// The present frontier; none of a store that cannot be read, which a check tells.
pub(super) fn frontier(project: &Project) -> Option<Frontier> {
    let present = edit::store(project).read().ok()?;
    Some(Frontier {
        fingerprint: ProjectionFingerprint::of(&present.events),
        model: present.model,
    })
}

/// Declare what was verified, if all of it was, and the store is still as it was
/// `before`: one transaction, then the build that it makes due.
pub(super) fn declare(
    project: &Project,
    options: &Options,
    before: Option<Frontier>,
    reading: &Reading,
    waiting: impl FnOnce(),
) -> Result<Declared, Vec<Diagnostic>> {
    let model = &reading.model;
    let due = due(model);
    if due.is_empty() {
        return Ok(Declared::default());
    }
    if let Some(why_not) = why_not(project, options) {
        return Ok(Declared {
            why_not: Some(why_not),
            ..Declared::default()
        });
    }
    let moved = || {
        Diagnostic::new(
            &crate::diagnostic::codes::authoring::STORE_CHANGED,
            "the store changed while it was verified, and nothing was declared",
        )
        .help("run `cargo emc verify` again: what has not changed is not verified again")
    };
    let Some(before) = before.filter(|before| before.model == *model) else {
        return Err(vec![moved()]);
    };
    let verified_at = text(&rfc3339((options.now)()))?;
    let verified_by = text(concat!("cargo-emc ", env!("CARGO_PKG_VERSION")))?;
    let mut events = Vec::with_capacity(due.len());
    for (workflow, digest) in &due {
        events.push(EmcEvent::WorkflowReadinessDeclared(Readiness {
            workflow: workflow.clone(),
            projection_fingerprint: text(&before.fingerprint)?,
            model_content_digest: text(digest)?,
            verified_at: verified_at.clone(),
            verified_by: verified_by.clone(),
            review_event_id: None,
        }));
    }
    let request = Request::Declare {
        fingerprint: before.fingerprint,
        events,
    };
    let edited = edit::edit(project, &request, Extent::Build, waiting).map_err(|problems| {
        let changed = &crate::diagnostic::codes::authoring::STORE_CHANGED;
        problems
            .into_iter()
            .map(|problem| {
                if problem.code == changed {
                    moved()
                } else {
                    problem
                }
            })
            .collect::<Vec<_>>()
    })?;
    Ok(Declared {
        workflows: due.into_iter().map(|(workflow, _)| workflow).collect(),
        transaction: edited.transaction,
        built: edited.built,
        why_not: None,
    })
}

/// The workflows that are not ready as they are, with what they are.
fn due(model: &Model) -> Vec<(Text, String)> {
    let mut seen = BTreeSet::new();
    model
        .workflows
        .iter()
        .filter(|workflow| seen.insert(&workflow.slug))
        .filter(|workflow| model.readiness_of(workflow) != ReadinessState::Ready)
        .map(|workflow| (workflow.slug.clone(), workflow.content_digest()))
        .collect()
}

/// Why what was verified is not all that readiness means.
fn why_not(project: &Project, options: &Options) -> Option<&'static str> {
    if !options.declare {
        Some("`--no-declare` was given")
    } else if options.part != Part::All || options.only.is_some() {
        Some("only a part was verified")
    } else if project.lean().is_none() || project.quint().is_none() {
        Some(
            "only a workflow that Lean and Quint have accepted is ready, and one of them is not built here",
        )
    } else if project.manifest.rules.level != RuleLevel::Deny {
        Some("`[rules] level` is not \"deny\", so nothing is certified")
    } else {
        None
    }
}

/// What is written here is never empty.
fn text(text: &str) -> Result<Text, Vec<Diagnostic>> {
    text.parse().map_err(|_| {
        vec![Diagnostic::new(
            &crate::diagnostic::codes::authoring::IMPOSSIBLE_ELEMENT,
            format!("`{text}` cannot be recorded"),
        )]
    })
}
