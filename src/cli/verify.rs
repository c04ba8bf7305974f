//! `cargo emc verify`.

use std::{path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};

use super::{
    Exit,
    edit::{tell_build, waiting},
    progress::Progress,
    screen::{Screen, Verbosity},
    verbs::failed,
};
use crate::{
    diagnostic::{Diagnostic, Level, printable},
    ops::{
        project::Project,
        render::json,
        verify::{self, Declared, Done, Options, Outcome, Part, Told, Tool, Verified},
    },
    tools::Interrupt,
};

/// `cargo emc verify`
#[derive(Args, Debug)]
pub struct Verify {
    /// With this tool only
    #[arg(long, value_name = "TOOL", value_enum)]
    pub only: Option<Only>,
    /// This slice, and the journeys of its workflow
    #[arg(long, value_name = "SLUG", conflicts_with = "workflow")]
    pub slice: Option<String>,
    /// This workflow with its slices
    #[arg(long, value_name = "SLUG")]
    pub workflow: Option<String>,
    /// Verify again what passed before
    #[arg(long)]
    pub no_cache: bool,
    /// Declare nothing ready
    #[arg(long)]
    pub no_declare: bool,
    /// How long one run of a tool may take
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..))]
    pub timeout: u64,
    /// Say which tools there are, and verify nothing
    #[arg(long)]
    pub list: bool,
    /// Where what passed is kept; below the build state without it
    #[arg(long, value_name = "DIR", env = "EMC_VERIFY_CACHE", hide = true)]
    pub cache: Option<PathBuf>,
}

/// One of the tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Only {
    /// The prover
    Lean,
    /// The player of journeys
    Quint,
}

/// Run `cargo emc verify` on a project.
pub fn run(
    project: &Project,
    arguments: &Verify,
    interrupt: &Interrupt,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let options = Options {
        only: arguments.only.map(|only| match only {
            Only::Lean => Tool::Lean,
            Only::Quint => Tool::Quint,
        }),
        part: match (&arguments.slice, &arguments.workflow) {
            (Some(slug), _) => Part::Slice(slug.clone()),
            (None, Some(slug)) => Part::Workflow(slug.clone()),
            (None, None) => Part::All,
        },
        cached: !arguments.no_cache,
        cache: arguments.cache.clone(),
        declare: !arguments.no_declare,
        timeout: Duration::from_secs(arguments.timeout),
        interrupt: interrupt.clone(),
        ..Options::default()
    };
    if arguments.list {
        return Ok(list(project, &options, screen));
    }
    let progress = Progress::on(screen);
    let verified = verify::verify(project, &options, &mut |told| match told {
        Told::Waiting => progress.above(|| waiting(screen)),
        Told::Planned(steps) => progress.planned(steps),
        Told::Started(step) => progress.started(step),
        Told::Done(done) => {
            // The line says what passes; what does not is left standing.
            if !progress.is_drawn() || done.outcome == Outcome::Failed {
                progress.above(|| tell(done, screen));
            }
            progress.done();
        }
    });
    // It ends before anything is told of what it came to.
    drop(progress);
    let verified = verified.map_err(|failure| failed(&failure))?;
    Ok(told(verified, screen))
}

/// An interrupt that the terminal raises: the tools run in process groups of
/// their own, which it does not reach. A second one ends the process at once,
/// where it may.
pub fn interrupt(may_end: impl Fn() -> bool + Send + 'static) -> Interrupt {
    let interrupt = Interrupt::default();
    let raised = interrupt.clone();
    // Where no handler can be had, the process ends at once, as others do.
    let _ = ctrlc::set_handler(move || {
        if raised.is_raised() && may_end() {
            // Who asks twice waits for something else than a tool.
            std::process::exit(Exit::Environment as i32);
        }
        raised.raise();
    });
    interrupt
}

/// The tools, where they were looked for, and what was found.
fn list(project: &Project, options: &Options, screen: &mut Screen) -> Exit {
    let mut findings = Vec::new();
    for looked in verify::tools(project, options) {
        let command = looked.words.join(" ");
        let (name, places) = (looked.tool.name(), looked.places());
        match &looked.found {
            _ if screen.is_json() => screen.json(&json::tool(&looked)),
            Ok(found) => screen.data(&format!(
                "{name:<6} {}  {}\n",
                printable(&found.version),
                printable(&found.path.display().to_string())
            )),
            Err(_) => screen.data(&format!(
                "{name:<6} not usable: `{}`, looked for in {}\n",
                printable(&command),
                printable(&places)
            )),
        }
        findings.extend(looked.found.err());
    }
    screen.findings(&findings);
    Exit::of(&findings)
}

/// One line for a step that is over.
fn tell(done: &Done, screen: &Screen) {
    if screen.is_json() {
        screen.json(&json::step(done));
        return;
    }
    let (at, verb) = match done.outcome {
        Outcome::Unchanged => (Verbosity::Reasons, "Unchanged"),
        Outcome::Passed => (Verbosity::Normal, "Passed"),
        Outcome::Failed => (Verbosity::Normal, "Failed"),
        Outcome::Skipped => (Verbosity::Reasons, "Skipped"),
    };
    let took = match done.outcome {
        Outcome::Passed | Outcome::Failed => format!(" ({:.1} s)", done.took.as_secs_f64()),
        Outcome::Unchanged | Outcome::Skipped => String::new(),
    };
    screen.line(at, verb, &format!("{}{took}", done.step));
}

/// What it came to, and how it ends.
fn told(verified: Verified, screen: &mut Screen) -> Exit {
    let findings = verified.report.findings();
    screen.findings(findings);
    let mut exit = Exit::of(findings);
    let (passed, unchanged) = (
        verified.count(Outcome::Passed),
        verified.count(Outcome::Unchanged),
    );
    let skipped = verified.count(Outcome::Skipped);
    if screen.is_json() {
        screen.json(&json::verified(&verified));
    }
    if skipped > 0 {
        let text = format!("{skipped} steps, since what they build on did not pass");
        screen.line(Verbosity::Normal, "Skipped", &text);
    }
    let Declared {
        workflows,
        transaction,
        built,
        why_not,
    } = verified.declared;
    for workflow in &workflows {
        screen.line(Verbosity::Normal, "Declared", &format!("{workflow} ready"));
    }
    if let Some(transaction) = &transaction {
        screen.line(Verbosity::Normal, "Recorded", transaction.as_str());
    }
    if let Some(why_not) = why_not {
        let text = format!("nothing was declared ready: {why_not}");
        screen.line(Verbosity::Normal, "Note", &text);
    }
    let errors = findings.iter().any(|finding| finding.level == Level::Error);
    if !errors && !verified.steps.is_empty() {
        let text = format!("{passed} steps passed, {unchanged} unchanged");
        screen.line(Verbosity::Normal, "Verified", &text);
    }
    if let Some(built) = built {
        exit = exit.max(tell_build(built, screen));
    }
    exit
}
