//! `cargo emc list conflicts`: the sides of every fork.

use super::{
    Exit,
    screen::{Screen, Verbosity},
    verbs::failed,
};
use crate::{
    diagnostic::Diagnostic,
    ops::{
        conflicts,
        project::Project,
        render::{json, text},
    },
};

/// Run `cargo emc list conflicts` on a project.
pub fn run(project: &Project, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    let listed = conflicts::conflicts(project).map_err(|failure| failed(&failure))?;
    let findings = listed.report.findings();
    screen.findings(findings);
    for fork in &listed.forks {
        if screen.is_json() {
            screen.json(&json::fork(fork));
        } else {
            screen.data(&text::fork(fork));
        }
    }
    if listed.forks.is_empty() && findings.is_empty() {
        screen.line(Verbosity::Normal, "Clean", "no fork is open");
    }
    Ok(Exit::of(findings))
}
