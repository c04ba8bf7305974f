//! `cargo emc check`: findings, and the lines that differ.

use similar::TextDiff;

use super::{
    Exit,
    args::{Check, Diff},
    screen::{Screen, Verbosity},
    verbs::failed,
};
use crate::{
    diagnostic::{Diagnostic, printable},
    ops::{check, compare::Difference, project::Project},
};

/// Changed lines of one file that are shown, and files whose lines are shown,
/// unless everything is asked for.
const LINES: usize = 12;
const FILES: usize = 5;

/// Run `cargo emc check` on a project.
pub fn run(
    project: &Project,
    arguments: &Check,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let options = check::Options {
        families: arguments.family.clone(),
        allow_forks: arguments.allow_forks,
        base: arguments.base.clone(),
    };
    let checked = check::check(project, &options).map_err(|failure| failed(&failure))?;
    let bounded = arguments.diff == Diff::Bounded;
    if arguments.diff != Diff::None && screen.verbosity > Verbosity::Quiet {
        let shown = if bounded { FILES } else { usize::MAX };
        for difference in checked.differences.iter().take(shown) {
            screen.aside(&lines(difference, if bounded { LINES } else { usize::MAX }));
        }
        if let Some(rest) = checked
            .differences
            .len()
            .checked_sub(shown)
            .filter(|rest| *rest > 0)
        {
            screen.aside(&format!(
                "... and {rest} more files that differ (`--diff full` shows all)\n\n"
            ));
        }
    }
    let mut report = checked.report;
    report.extend(checked.rules.findings().iter().cloned());
    if arguments.deny.is_some() {
        report.deny_warnings();
    }
    let findings = report.findings();
    screen.findings(findings);
    let exit = Exit::of(findings);
    if exit == Exit::Clean {
        let text = format!(
            "{} transactions, {} artifacts",
            checked.work.read, checked.work.rendered
        );
        screen.line(Verbosity::Normal, "Checked", &text);
    }
    // The process ends soon, and has many pieces of a large store to give back one by
    // one otherwise.
    std::mem::forget(checked.reading);
    Ok(exit)
}

/// The lines that differ, as a unified diff from what is there to what should be.
fn lines(difference: &Difference, limit: usize) -> String {
    let diff = TextDiff::from_lines(&difference.have, &difference.want);
    let text = diff
        .unified_diff()
        .context_radius(1)
        .header(
            &format!("{} (on disk)", difference.path),
            &format!("{} (from the model)", difference.path),
        )
        .to_string();
    let mut shown = String::new();
    let mut lines = text.lines();
    // Two lines of header come on top.
    for line in lines.by_ref().take(limit.saturating_add(2)) {
        shown.push_str(&printable(line));
        shown.push('\n');
    }
    let rest = lines.count();
    if rest > 0 {
        shown.push_str(&format!("... {rest} more lines\n"));
    }
    shown.push('\n');
    shown
}
