//! What operations come to as JSON. Keys may be added; the meaning of those that
//! are there stays while [`crate::diagnostic::json::SCHEMA`] stays.

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    authoring::edit::{Form, Kind},
    diagnostic::Code,
    model::{Slice, Transition, Workflow},
    ops::{
        build::FamilyOutcome,
        clean::Cleaned,
        conflicts::ForkReport,
        edit::Edited,
        explain::Explained,
        import::Imported,
        init::Initialised,
        list::{Listed, What},
        log::Entry,
        project::Project,
        resolve::Resolved,
        review::{Changed, Gated},
        status::Status,
        verify::{Done, Looked, Outcome, Verified},
    },
    rel_path::RelPath,
};

fn paths(paths: &[RelPath]) -> Vec<&str> {
    paths.iter().map(RelPath::as_str).collect()
}

/// An edit, or what it would do.
pub fn edit(edited: &Edited, dry_run: bool) -> Value {
    let plan = &edited.decision.plan;
    json!({
        "reason": "edit",
        "dry_run": dry_run,
        "transaction": edited.transaction.as_ref().map(RelPath::as_str),
        "attempts": edited.attempts,
        "changes": plan.changes,
        "kept": plan.kept,
    })
}

/// A family that was built.
pub fn family(family: &FamilyOutcome) -> Value {
    json!({
        "reason": "family",
        "family": family.name,
        "fresh": family.reasons.is_empty(),
        "reasons": family.reasons.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "artifacts": family.artifacts,
        "written": paths(&family.written),
        "removed": paths(&family.removed),
    })
}

/// What was removed.
pub fn cleaned(cleaned: &Cleaned) -> Value {
    json!({ "reason": "cleaned", "removed": paths(&cleaned.removed) })
}

/// A list, an object each.
pub fn list(listed: &Listed, what: What) -> Vec<Value> {
    listed
        .workflows()
        .flat_map(|one| match what {
            What::Workflows => vec![workflow(listed, one)],
            What::Slices => one.slices.iter().map(|own| slice(one, own)).collect(),
            What::Transitions => {
                let transitions = one.transitions.iter();
                transitions.map(|own| transition(one, own)).collect()
            }
        })
        .collect()
}

fn workflow(listed: &Listed, workflow: &Workflow) -> Value {
    json!({
        "reason": "workflow", "workflow": workflow.slug, "name": workflow.name,
        "description": workflow.description, "slices": workflow.slices.len(),
        "transitions": workflow.transitions.len(),
        "readiness": listed.model.readiness_of(workflow).as_str(),
        "review": listed.review_of(workflow).as_str(),
    })
}

fn slice(workflow: &Workflow, slice: &Slice) -> Value {
    json!({
        "reason": "slice", "workflow": workflow.slug, "slice": slice.slug, "name": slice.name,
        "kind": slice.kind, "relationship": slice.relationship.as_str(),
        "description": slice.description,
    })
}

fn transition(workflow: &Workflow, transition: &Transition) -> Value {
    json!({
        "reason": "transition", "workflow": workflow.slug, "from": transition.source,
        "to": transition.target.slug(), "via": transition.kind, "name": transition.name,
    })
}

/// A transaction with what it changed.
pub fn entry(entry: &Entry) -> Value {
    let header = &entry.header;
    json!({
        "reason": "transaction", "transaction": header.id, "file": header.file.as_str(),
        "created_at": header.created_at, "replica": header.replica, "parents": header.parents,
        "changes": entry.events.iter().map(|event| json!({
            "verb": event.verb, "element": event.element,
        })).collect::<Vec<_>>(),
    })
}

/// An open fork with its sides.
pub fn fork(report: &ForkReport) -> Value {
    let fork = &report.fork;
    let branches: Vec<Value> = fork
        .fork
        .branches
        .iter()
        .zip(&fork.heads)
        .zip(&report.changes)
        .map(|((branch, head), changes)| {
            json!({
                "head": branch.head.to_string(),
                "transactions": branch.transactions.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "replica": head.replica.to_string(),
                "created_at": head.created_at,
                "changes": changes,
            })
        })
        .collect();
    let contradictions: Vec<Value> = fork
        .conflicts
        .iter()
        .map(|conflict| {
            json!({
                "element": conflict.element,
                "field": conflict.field,
                "base": conflict.base,
                "sides": conflict.sides,
            })
        })
        .collect();
    json!({
        "reason": "fork",
        "stream": fork.fork.stream,
        "base": fork.fork.base,
        "commutes": fork.commutes(),
        "branches": branches,
        "contradictions": contradictions,
    })
}

/// What was decided about forks.
pub fn resolved(resolved: &Resolved) -> Value {
    json!({
        "reason": "resolved",
        "transaction": resolved.written.transaction.as_ref().map(RelPath::as_str),
        "decided": resolved.decided.iter().map(|fork| &*fork.fork.stream).collect::<Vec<_>>(),
        "left": resolved.left.iter().map(|(fork, _)| &*fork.fork.stream).collect::<Vec<_>>(),
    })
}

/// A project at a glance.
pub fn status(project: &Project, status: &Status) -> Value {
    json!({
        "reason": "status",
        "project": project.manifest.project.name,
        "store": status.store.as_ref().map(|store| json!({
            "transactions": store.transactions, "events": store.events, "tips": store.tips,
            "forks": store.forks, "workflows": store.workflows, "slices": store.slices,
        })),
        "families": status.families.iter().map(|family| json!({
            "family": family.name, "folder": family.folder, "artifacts": family.artifacts,
            "findings": family.findings,
        })).collect::<Vec<_>>(),
        "readiness": status.readiness.iter().map(|(workflow, state)| json!({
            "workflow": workflow, "state": state.as_str(),
        })).collect::<Vec<_>>(),
        "reviews": status.reviews.iter().map(|one| json!({
            "workflow": one.workflow, "state": one.state.as_str(),
        })).collect::<Vec<_>>(),
    })
}

/// The review gate of a workflow.
pub fn gate(one: &Gated) -> Value {
    let own = json!({ "reason": "review-gate", "open": one.is_open() });
    with(own, one)
}

/// What changed in a workflow since its last clean review.
pub fn changed(one: &Changed) -> Value {
    with(json!({ "reason": "review-diff" }), one)
}

/// An object with the keys of a value besides its own.
fn with(mut object: Value, value: &impl Serialize) -> Value {
    // No key of it is anything but text.
    if let (Some(object), Ok(Value::Object(own))) =
        (object.as_object_mut(), serde_json::to_value(value))
    {
        object.extend(own);
    }
    object
}

/// What a code means.
pub fn code(code: &Code) -> Value {
    json!({
        "reason": "code", "code": code.to_string(), "name": code.name, "level": code.level.as_str(),
        "title": code.title, "explanation": code.explanation,
    })
}

/// Why a generated file is as it is.
pub fn artifact(explained: &Explained) -> Value {
    json!({
        "reason": "artifact", "path": explained.path.as_str(), "family": explained.family,
        "now": explained.now.as_str(),
        "reasons": explained.reasons.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "inputs": explained.inputs.iter()
            .map(|fact| json!({ "input": fact.input.to_string(), "value": fact.value }))
            .collect::<Vec<_>>(),
    })
}

/// A kind of element with its fields.
pub fn kind(kind: Kind) -> Value {
    json!({
        "reason": "kind", "kind": kind.as_str(), "belongs_to": kind.scope().as_str(),
        "stands_in": kind.containers(),
        "fields": kind.fields().iter().map(|field| json!({
            "key": field.key, "about": field.about, "required": field.required,
            "member": field.member(),
            "finds": field.addresses(kind),
            "form": match &field.form {
                Form::Text => "text",
                Form::Word(_) => "word",
                Form::Flag => "flag",
                Form::List => "list",
            },
            "words": match &field.form {
                Form::Word(words) => words.as_slice(),
                _ => &[],
            },
        })).collect::<Vec<_>>(),
    })
}

/// A project that was started, or completed.
pub fn init(done: &Initialised) -> Value {
    json!({
        "reason": "init", "project": done.project.manifest.project.name, "files": done.files,
        "transaction": done.transaction.as_ref().map(RelPath::as_str),
    })
}

/// An import.
pub fn import(done: &Imported) -> Value {
    json!({
        "reason": "import", "project": done.project.manifest.project.name, "files": done.files,
        "transactions": done.transactions,
    })
}

/// A tool that was looked for.
pub fn tool(looked: &Looked) -> Value {
    let found = looked.found.as_ref().ok();
    json!({
        "reason": "tool", "tool": looked.tool.name(), "command": looked.words,
        "looked_in": looked.places(),
        "path": found.map(|found| found.path.display().to_string()),
        "version": found.map(|found| &found.version),
    })
}

/// A step of a verification that is over.
pub fn step(done: &Done) -> Value {
    json!({
        "reason": "verify-step", "step": done.step, "outcome": done.outcome.as_str(),
        "seconds": done.took.as_secs_f64(),
    })
}

/// What a verification came to.
pub fn verified(verified: &Verified) -> Value {
    let declared = &verified.declared;
    json!({
        "reason": "verified",
        "passed": verified.count(Outcome::Passed), "unchanged": verified.count(Outcome::Unchanged),
        "failed": verified.count(Outcome::Failed), "skipped": verified.count(Outcome::Skipped),
        "declared": declared.workflows,
        "transaction": declared.transaction.as_ref().map(RelPath::as_str),
        "why_not": declared.why_not,
    })
}
