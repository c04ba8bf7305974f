//! `cargo emc status`.

use super::{Exit, screen::Screen, verbs::failed};
use crate::{
    diagnostic::Diagnostic,
    ops::{
        project::Project,
        render::{json, text},
        status,
    },
};

/// Run `cargo emc status` on a project.
pub fn run(project: &Project, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    let status = status::status(project).map_err(|failure| failed(&failure))?;
    if screen.is_json() {
        screen.json(&json::status(project, &status));
    } else {
        screen.data(&text::status(project, &status));
    }
    let findings = status.report.findings();
    screen.findings(findings);
    Ok(Exit::of(findings))
}
