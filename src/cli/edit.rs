//! What the verbs that write to the store have in common: how an edit is told.

use super::{
    Exit,
    args::Extent,
    screen::{Screen, Verbosity},
    verbs::{failed, told_after_edit},
};
use crate::{
    authoring::{Request, plan::Action},
    diagnostic::Diagnostic,
    disk::Failure,
    ops::{
        build::Outcome,
        edit::{self, Edited},
        project::Project,
        render::{json, text},
    },
};

/// Carry out a request on a project, and tell what came of it.
pub fn run(
    project: &Project,
    request: &Request,
    extent: Extent,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let edited = edit::edit(project, request, how_far(extent), || waiting(screen))?;
    tell(&edited, extent.dry_run, screen);
    Ok(edited
        .built
        .map_or(Exit::Clean, |built| tell_build(built, screen)))
}

/// How far the flags want an edit to go.
pub fn how_far(extent: Extent) -> edit::Extent {
    match extent {
        Extent { dry_run: true, .. } => edit::Extent::Preview,
        Extent { no_build: true, .. } => edit::Extent::Store,
        Extent { .. } => edit::Extent::Build,
    }
}

/// Another build is under way.
pub fn waiting(screen: &Screen) {
    screen.line(
        Verbosity::Normal,
        "Blocking",
        "waiting for another build of this project",
    );
}

/// The build after an edit. The edit stands, whatever comes of it.
pub fn tell_build(built: Result<Outcome, Failure>, screen: &mut Screen) -> Exit {
    match built {
        Ok(outcome) => told_after_edit(&outcome, screen),
        Err(failure) => {
            let findings = failed(&failure);
            screen.findings(&findings);
            Exit::of(&findings)
        }
    }
}

/// What an edit did, or would do.
pub fn tell(edited: &Edited, dry_run: bool, screen: &Screen) {
    let plan = &edited.decision.plan;
    if screen.is_json() {
        screen.json(&json::edit(edited, dry_run));
        return;
    }
    if dry_run {
        screen.data(&text::changes(&plan.changes));
    } else {
        for change in &plan.changes {
            let verb = match change.action {
                Action::Add => "Added",
                Action::Update => "Updated",
                Action::Remove => "Removed",
            };
            screen.line(Verbosity::Normal, verb, &change.element);
            for detail in change.details() {
                screen.line(Verbosity::Reasons, "", &detail);
            }
        }
    }
    if !plan.kept.is_empty() {
        let kept = if let [only] = plan.kept.as_slice() {
            only.clone()
        } else {
            format!("{} elements", plan.kept.len())
        };
        screen.line(
            Verbosity::Normal,
            "Kept",
            &format!("{kept} that the document leaves out; `--prune` removes"),
        );
        for element in &plan.kept {
            screen.line(Verbosity::Reasons, "Kept", element);
        }
    }
    if edited.attempts > 1 {
        screen.line(
            Verbosity::Reasons,
            "Decided",
            &format!("{} times: another writer came between", edited.attempts),
        );
    }
    match &edited.transaction {
        Some(file) => screen.line(Verbosity::Normal, "Recorded", file.as_str()),
        None if plan.is_empty() => screen.line(
            Verbosity::Normal,
            "Unchanged",
            "the model is as it is asked for",
        ),
        None => screen.line(
            Verbosity::Normal,
            "Finished",
            "dry run; nothing was written",
        ),
    }
}
