//! The verbs that only pass on what an operation says.

use std::path::Path;

use clap::CommandFactory as _;

use super::{
    Cli, Exit,
    args::{Build, Clean},
    edit::waiting,
    screen::{Screen, Verbosity},
};
use crate::{
    diagnostic::{self, Diagnostic, Report},
    disk::{Failure, fs},
    ops::{
        build::{self, FamilyOutcome, Options, Outcome},
        clean,
        project::Project,
        render::{
            json,
            text::{self, files},
        },
    },
};

type Ended = Result<Exit, Vec<Diagnostic>>;

/// A failure of the system as the only finding.
pub fn failed(failure: &Failure) -> Vec<Diagnostic> {
    vec![failure.diagnostic()]
}

/// `cargo emc build`
pub fn build(project: &Project, arguments: &Build, screen: &mut Screen) -> Ended {
    let (outcome, report) = built(project, arguments, screen)?;
    Ok(told(&outcome, &report, screen))
}

/// A build of inputs that somebody is still writing. What is wrong with them is
/// not told: they are half of something, and are built again.
pub fn build_unsettled(project: &Project, arguments: &Build, screen: &mut Screen) -> Ended {
    let (outcome, report) = built(project, arguments, screen)?;
    let exit = Exit::of(report.findings());
    if exit == Exit::Clean {
        return Ok(told(&outcome, &report, screen));
    }
    screen.line(
        Verbosity::Normal,
        "Waiting",
        "the store does not hold still, and as it is now it cannot be built",
    );
    Ok(exit)
}

fn built(
    project: &Project,
    arguments: &Build,
    screen: &Screen,
) -> Result<(Outcome, Report), Vec<Diagnostic>> {
    let options = Options {
        families: arguments.family.clone(),
        force: arguments.force,
        locked: arguments.locked,
        allow_incomplete: arguments.allow_incomplete,
        allow_forks: arguments.allow_forks,
    };
    let outcome =
        build::build(project, &options, || waiting(screen)).map_err(|failure| failed(&failure))?;
    let mut report = outcome.report.clone();
    report.extend(outcome.rules.findings().iter().cloned());
    if arguments.deny.is_some() {
        report.deny_warnings();
    }
    Ok((outcome, report))
}

/// The build after an edit. The rules that the model breaks are counted only: a
/// model that grows breaks some after every edit.
pub fn told_after_edit(outcome: &Outcome, screen: &mut Screen) -> Exit {
    let exit = told(outcome, &outcome.report, screen);
    if let Some(count) = diagnostic::count(outcome.rules.findings()) {
        screen.line(
            Verbosity::Normal,
            "Rules",
            &format!("{count}: `cargo emc check` tells them"),
        );
    }
    exit
}

/// What a build has done, what is to be said of it, and how it ends.
fn told(outcome: &Outcome, report: &Report, screen: &mut Screen) -> Exit {
    for family in &outcome.families {
        tell(family, screen);
    }
    let findings = report.findings();
    screen.findings(findings);
    let exit = Exit::of(findings);
    if exit == Exit::Clean {
        let work = outcome.work;
        let (verb, word) = if work.written + work.removed == 0 {
            ("Fresh", "fresh")
        } else {
            ("Finished", "built")
        };
        screen.came_to(word);
        screen.line(Verbosity::Normal, verb, &text::work(work));
    }
    exit
}

/// More changed files than these are counted, not listed.
const LISTED: usize = 12;

fn tell(family: &FamilyOutcome, screen: &Screen) {
    if screen.is_json() {
        screen.json(&json::family(family));
        return;
    }
    for reason in &family.reasons {
        screen.line(
            Verbosity::Reasons,
            "Dirty",
            &format!("{}: {reason}", family.name),
        );
    }
    if family.reasons.is_empty() {
        screen.line(
            Verbosity::Reasons,
            "Fresh",
            &format!("{}: {}", family.name, files(family.artifacts)),
        );
    }
    let listed = if screen.verbosity >= Verbosity::Reasons {
        usize::MAX
    } else {
        LISTED
    };
    for (verb, paths) in [("Wrote", &family.written), ("Removed", &family.removed)] {
        for path in paths.iter().take(listed) {
            screen.line(Verbosity::Normal, verb, path.as_str());
        }
        if let Some(rest) = paths.len().checked_sub(listed).filter(|rest| *rest > 0) {
            screen.line(
                Verbosity::Normal,
                verb,
                &format!("{rest} more of {}", family.name),
            );
        }
    }
}

/// `cargo emc clean`
pub fn clean(project: &Project, arguments: &Clean, screen: &mut Screen) -> Ended {
    let waiting = || {
        screen.line(
            Verbosity::Normal,
            "Blocking",
            "waiting for a build of this project",
        );
    };
    let cleaned =
        clean::clean(project, arguments.state, waiting).map_err(|failure| failed(&failure))?;
    screen.findings(cleaned.report.findings());
    if screen.is_json() {
        screen.json(&json::cleaned(&cleaned));
    }
    let text = match cleaned.removed.len() {
        0 => "the build state".to_owned(),
        count => format!("the build state and {}", files(count)),
    };
    screen.line(Verbosity::Normal, "Removed", &text);
    Ok(Exit::of(cleaned.report.findings()))
}

/// `cargo emc man`
pub fn man(out: &Path, screen: &Screen) -> Ended {
    let failed = |cause| vec![Failure::new("write the manual", out, cause).diagnostic()];
    fs::create_dir_all(out).map_err(failed)?;
    clap_mangen::generate_to(Cli::command(), out).map_err(failed)?;
    screen.line(
        Verbosity::Normal,
        "Wrote",
        &format!("the manual to {}", out.display()),
    );
    Ok(Exit::Clean)
}
