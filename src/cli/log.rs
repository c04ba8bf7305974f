//! `cargo emc log`.

use super::{Exit, args::Log, screen::Screen, verbs::failed};
use crate::{
    diagnostic::Diagnostic,
    ops::{
        log,
        project::Project,
        render::{json, text},
    },
};

/// Run `cargo emc log` on a project.
pub fn run(
    project: &Project,
    arguments: &Log,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let log = log::log(project, arguments.slug.as_deref(), arguments.limit)
        .map_err(|failure| failed(&failure))?;
    if screen.is_json() {
        for entry in &log.entries {
            screen.json(&json::entry(entry));
        }
    } else {
        screen.data(&text::log(&log));
    }
    screen.findings(log.report.findings());
    Ok(Exit::of(log.report.findings()))
}
