//! `verify`: the real Lean and the real Quint over what changed since it last
//! passed, and the declaration that a workflow is ready.

mod cache;
mod declare;
mod failing;
mod lean;
mod plan;
mod quint;
mod quote;
mod said;
mod step;
mod tool;

pub use declare::Declared;
pub use plan::Part;
pub use step::{Done, Outcome};
pub use tool::{Found, Looked, Tool};

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use super::{
    check,
    list::absent,
    project::Project,
    reading::Reading,
    verdict::{Broken, Verdict},
};
use crate::{
    diagnostic::{
        Diagnostic, Level, Report,
        codes::{artifacts, environment::INTERRUPTED},
    },
    disk::{Failure, fs, lock::BuildLock},
    event::Text,
    model::Model,
    tools::Interrupt,
};

/// What to verify, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// With this tool only.
    pub only: Option<Tool>,
    /// What to verify.
    pub part: Part,
    /// Believe what passed before.
    pub cached: bool,
    /// Where that is kept; below the build state without it.
    pub cache: Option<PathBuf>,
    /// Declare what is ready.
    pub declare: bool,
    /// How long one run of a tool may take.
    pub timeout: Duration,
    /// Ends the verification.
    pub interrupt: Interrupt,
    /// The clock.
    pub now: fn() -> SystemTime,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            only: None,
            part: Part::All,
            cached: true,
            cache: None,
            declare: true,
            timeout: Duration::from_secs(600),
            interrupt: Interrupt::default(),
            now: SystemTime::now,
        }
    }
}

/// What is told while it goes on.
#[derive(Debug)]
pub enum Told<'a> {
    /// Another verification or build of the project has to end first.
    Waiting,
    /// So many more steps come.
    Planned(usize),
    /// A tool begins with this step.
    Started(&'a str),
    /// A step is over.
    Done(&'a Done),
}

/// What a verification came to.
#[derive(Debug, Default)]
pub struct Verified {
    /// What is wrong.
    pub report: Report,
    /// The steps, in the order in which they were over.
    pub steps: Vec<Done>,
    /// What was declared.
    pub declared: Declared,
}

impl Verified {
    /// How many steps went like this.
    pub fn count(&self, outcome: Outcome) -> usize {
        let steps = self.steps.iter();
        steps.filter(|done| done.outcome == outcome).count()
    }

    fn with(findings: Vec<Diagnostic>) -> Self {
        Self {
            report: Report::new(findings),
            ..Self::default()
        }
    }
}

/// A verification under way.
struct Work<'a> {
    project: &'a Project,
    options: &'a Options,
    /// What passed before.
    cache: PathBuf,
    /// Where the tools write.
    scratch: PathBuf,
    /// What the rules themselves say of the model.
    broken: Vec<Broken>,
    findings: Vec<Diagnostic>,
    steps: Vec<Done>,
    told: &'a mut dyn FnMut(Told<'_>),
}

impl Work<'_> {
    /// A step is over.
    fn done(&mut self, done: Done) {
        (self.told)(Told::Done(&done));
        self.steps.push(done);
    }

    /// So many more steps come.
    fn planned(&mut self, steps: usize) {
        (self.told)(Told::Planned(steps));
    }

    /// A tool begins with a step.
    fn started(&mut self, step: &str) {
        (self.told)(Told::Started(step));
    }

    /// Whether nothing more may be started.
    fn is_over(&self) -> bool {
        self.options.interrupt.is_raised()
    }
}

/// Look for the tools of the families that are built.
pub fn tools(project: &Project, options: &Options) -> Vec<Looked> {
    wanted(project, options)
        .into_iter()
        .map(|tool| Looked::up(project, tool, options.timeout, &options.interrupt))
        .collect()
}

/// The tools to verify with: the one that is asked for, or those whose families
/// are built.
fn wanted(project: &Project, options: &Options) -> Vec<Tool> {
    let built = |tool: &Tool| {
        project
            .manifest
            .enabled()
            .any(|(name, _)| name == tool.name())
    };
    match options.only {
        Some(only) => vec![only],
        None => Tool::ALL.iter().copied().filter(built).collect(),
    }
}

/// Verify a project. What is wrong with the model, the artifacts or the tools is
/// a finding.
///
/// # Errors
/// Folders that cannot be read or written.
pub fn verify(
    project: &Project,
    options: &Options,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<Verified, Failure> {
    let families: Vec<String> = wanted(project, options)
        .into_iter()
        .map(|tool| tool.name().to_owned())
        .collect();
    if families.is_empty() {
        let finding = Diagnostic::new(
            &artifacts::UNKNOWN_FAMILY,
            "neither Lean nor Quint modules are built here",
        );
        return Ok(Verified::with(vec![finding.help(
            "enable `[artifacts.lean]` or `[artifacts.quint]` in emc.toml",
        )]));
    }
    let before = declare::frontier(project);
    let checked = check::check(
        project,
        &check::Options {
            families,
            ..check::Options::default()
        },
    )?;
    let Some(reading) = checked.reading.filter(|_| !checked.report.has_errors()) else {
        return Ok(Verified {
            report: checked.report,
            ..Verified::default()
        });
    };
    if let Some(finding) = unknown(&options.part, &reading.model) {
        return Ok(Verified::with(vec![finding]));
    }
    let mut findings: Vec<Diagnostic> = checked.report.findings().to_vec();
    let looked = tools(project, options);
    findings.extend(looked.iter().filter_map(|one| one.found.clone().err()));
    if findings.iter().any(|finding| finding.level == Level::Error) {
        return Ok(Verified::with(findings));
    }

    project.shelf.make()?;
    let scratch = absolute(&project.shelf.folder().join("verify"));
    fs::create_dir_all(&scratch)
        .map_err(|cause| Failure::new("make the folder", &scratch, cause))?;
    let lock = BuildLock::take(&scratch, || told(Told::Waiting))?;
    let mut work = Work {
        project,
        options,
        cache: match &options.cache {
            Some(folder) => absolute(folder),
            None => scratch.join("passed"),
        },
        scratch,
        broken: broken(&reading),
        findings,
        steps: Vec::new(),
        told,
    };
    for one in &looked {
        if let Ok(found) = &one.found {
            match one.tool {
                Tool::Lean => {
                    if let Some(family) = project.lean() {
                        lean::verify(&mut work, &family, found, &reading.model)?;
                    }
                }
                Tool::Quint => {
                    if let Some(family) = project.quint() {
                        quint::verify(&mut work, &family, found, &reading.model)?;
                    }
                }
            }
        }
    }
    let mut findings = work.findings;
    if options.interrupt.is_raised() && !findings.iter().any(|one| one.code == &INTERRUPTED) {
        let finding = Diagnostic::new(&INTERRUPTED, "the verification was interrupted");
        findings.push(finding.help("run `cargo emc verify` again: it goes on from there"));
    }
    let steps = work.steps;
    drop(lock);
    let mut report = Report::new(findings);
    let declared = if report.has_errors() {
        Declared::default()
    } else {
        let declared = declare::declare(project, options, before, &reading, || {
            told(Told::Waiting);
        });
        declared.unwrap_or_else(|problems| {
            report.extend(problems);
            Declared::default()
        })
    };
    Ok(Verified {
        report,
        steps,
        declared,
    })
}

/// Every rule that the model breaks, whatever the manifest says of it.
fn broken(reading: &Reading) -> Vec<Broken> {
    // Every event was just read: each has a place.
    let written = |origin| Some(reading.place(origin));
    let verdict = Verdict::of(&reading.model, &written).unwrap_or_default();
    verdict.broken().cloned().collect()
}

/// The finding that what shall be verified is not in the model.
fn unknown(part: &Part, model: &Model) -> Option<Diagnostic> {
    match part {
        Part::All => None,
        Part::Workflow(slug) => {
            let known = model.workflows.iter().map(|workflow| &workflow.slug);
            let missing = model.workflow(slug).is_none();
            missing.then(|| absent("workflow", slug, known.map(Text::as_str)))
        }
        Part::Slice(slug) => {
            let known = model.slices().map(|(_, slice)| slice.slug.as_str());
            let missing = model.slice(slug).is_none();
            missing.then(|| absent("slice", slug, known))
        }
    }
}

/// The tools run in other folders than this process.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
