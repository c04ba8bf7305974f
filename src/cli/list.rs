//! `cargo emc list`.

use super::{Exit, args::List, conflicts, screen::Screen, verbs::failed};
use crate::{
    diagnostic::Diagnostic,
    ops::{
        list::{self, What},
        project::Project,
        render::{json, text},
    },
};

/// Run `cargo emc list` on a project.
pub fn run(project: &Project, what: &List, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    let (what, only) = match what {
        List::Conflicts => return conflicts::run(project, screen),
        List::Workflows => (What::Workflows, None),
        List::Slices { workflow } => (What::Slices, workflow.as_deref()),
        List::Transitions { workflow } => (What::Transitions, workflow.as_deref()),
    };
    let listed = list::list(project, only).map_err(|failure| failed(&failure))?;
    if screen.is_json() {
        for line in json::list(&listed, what) {
            screen.json(&line);
        }
    } else {
        screen.data(&text::list(&listed, what));
    }
    screen.findings(listed.report.findings());
    Ok(Exit::of(listed.report.findings()))
}
