//! Quint: the shared modules, then the journeys of one workflow after the other.

use std::{ffi::OsString, path::Path};

use serde::Deserialize;

use super::{
    Work,
    cache::Cache,
    failing::{self, Suites},
    quote::quoting,
    step::{Done, Outcome},
    tool::{Found, unfinished},
};
use crate::{
    artifact::{
        Artifact, Family as _, Scope,
        quint::{Quint, Suite},
    },
    diagnostic::{
        Diagnostic, Level, Place,
        codes::environment::{TOOL_FAILED, TOOL_SAID},
    },
    digest::{Digest, Framed},
    disk::{Failure, fs},
    manifest::QuintVerify,
    model::Model,
    rel_path::RelPath,
    tools::{End, Ran},
};

/// The evaluator that comes with Quint; the other one is downloaded.
const BACKEND: &str = "--backend=typescript";

/// Journeys of a simulation.
const SAMPLES: &str = "--max-samples=1000";

/// A result of Quint carries the whole model; a longer one is none.
const LONGEST: u64 = 256 << 20;

/// Verify what is wanted of the workflows.
pub(super) fn verify(
    work: &mut Work<'_>,
    quint: &Quint,
    tool: &Found,
    model: &Model,
) -> Result<(), Failure> {
    let artifacts: Vec<Artifact> = quint.render(model, Scope::Everything);
    let text = |path: &RelPath| {
        let artifact = artifacts.iter().find(|artifact| artifact.path == *path);
        artifact.map_or("", |artifact| artifact.text.as_str())
    };
    let library = quint.library();
    let run = Run {
        tool,
        cache: Cache::in_folder(work.cache.join("quint")),
        key: tool.key("emc verify quint 1"),
        library: text(&library),
    };
    let suites: Vec<(Suite, &str)> = model
        .workflows
        .iter()
        .zip(quint.suites(model))
        .filter(|(workflow, _)| work.options.part.plays(workflow))
        .map(|(_, suite)| {
            let text = text(&suite.path);
            (suite, text)
        })
        .collect();
    let count = suites
        .iter()
        .map(|(suite, text)| steps(work, suite, text).len());
    let count = 1 + count.sum::<usize>();
    work.planned(count);
    // Quint passes over a mistake in a file that another one imports.
    let arguments = vec!["typecheck".into(), library.as_str().into()];
    let sound = run.step(
        work,
        &Step::new("quint typecheck", &library, "", arguments),
        |_, _, _| Read::Ended,
    )?;
    for (suite, text) in &suites {
        for step in steps(work, suite, text) {
            if work.is_over() {
                return Ok(());
            }
            if !sound {
                work.done(Done::now(step.name, Outcome::Skipped));
                continue;
            }
            match step.kind {
                Kind::Test => run.test(work, &step, suite)?,
                Kind::Other => run.step(work, &step, |work, step, ran| {
                    violated(work, step, suite, ran)
                })?,
            };
        }
    }
    Ok(())
}

/// What there is to do for a workflow.
fn steps<'a>(work: &Work<'_>, suite: &'a Suite, text: &'a str) -> Vec<Step<'a>> {
    let settings = &work.project.manifest.verify;
    let out = work.scratch.join("quint").join("result.json");
    let mut test = Step::new(
        &format!("quint test {}", suite.workflow),
        &suite.path,
        text,
        vec![
            "test".into(),
            suite.path.as_str().into(),
            format!("--main={}", suite.tests).into(),
            BACKEND.into(),
        ],
    );
    test.kind = Kind::Test;
    let mut out_argument = OsString::from("--out=");
    out_argument.push(&out);
    test.aside = Some(out_argument);
    let mut steps = vec![test];
    let mut play = |verb: &str, more: &[&str], seed: bool| {
        let mut arguments: Vec<OsString> = vec![
            verb.into(),
            suite.path.as_str().into(),
            format!("--main={}", suite.module).into(),
        ];
        arguments.extend(more.iter().map(OsString::from));
        if let Some(depth) = settings.simulation_depth {
            arguments.push(format!("--max-steps={depth}").into());
        }
        if let Some(number) = settings.seed.filter(|_| seed) {
            arguments.push(format!("--seed={number:#x}").into());
        }
        arguments.push("--invariants".into());
        arguments.extend(failing::INVARIANTS.iter().map(|(name, _)| name.into()));
        let name = format!("quint {verb} {}", suite.workflow);
        steps.push(Step::new(&name, &suite.path, text, arguments));
    };
    if settings.simulation_depth.is_some() || settings.seed.is_some() {
        play("run", &[BACKEND, SAMPLES], true);
    }
    match settings.quint_verify {
        QuintVerify::Off => {}
        QuintVerify::Apalache => play("verify", &["--backend=apalache"], false),
        QuintVerify::Tlc => play("verify", &["--backend=tlc"], false),
    }
    steps
}

/// How the result of a step is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// By its tests.
    Test,
    /// By its exit code.
    Other,
}

/// One run of Quint.
struct Step<'a> {
    name: String,
    path: &'a RelPath,
    text: &'a str,
    arguments: Vec<OsString>,
    /// An argument that changes nothing about the result.
    aside: Option<OsString>,
    kind: Kind,
}

impl<'a> Step<'a> {
    fn new(name: &str, path: &'a RelPath, text: &'a str, arguments: Vec<OsString>) -> Self {
        Self {
            name: name.to_owned(),
            path,
            text,
            arguments,
            aside: None,
            kind: Kind::Other,
        }
    }
}

/// What came of reading what Quint said.
enum Read {
    /// The exit code tells.
    Ended,
    /// It was read, and this is wrong.
    Told(Vec<Diagnostic>),
}

/// Quint on one project.
struct Run<'a> {
    tool: &'a Found,
    cache: Cache,
    key: Digest,
    library: &'a str,
}

impl Run<'_> {
    fn key(&self, step: &Step<'_>) -> Digest {
        let mut key = Framed::new("emc verify quint step 1");
        key.field(self.key.as_bytes())
            .field(self.library.as_bytes())
            .field(step.text.as_bytes());
        for argument in &step.arguments {
            key.field(argument.as_encoded_bytes());
        }
        key.finish()
    }

    fn test(&self, work: &mut Work<'_>, step: &Step<'_>, suite: &Suite) -> Result<bool, Failure> {
        let out = work.scratch.join("quint");
        fs::create_dir_all(&out).map_err(|cause| Failure::new("make the folder", &out, cause))?;
        let out = out.join("result.json");
        // What another run left behind is not the result of this one.
        let _ = fs::remove_file(&out);
        self.step(work, step, |work, step, ran| {
            let End::Code(code) = ran.end else {
                return Read::Ended;
            };
            let Some(result) = result(&out) else {
                return Read::Ended;
            };
            let played = result.passed.len() + result.failed.len();
            if played != suite.count || !result.ignored.is_empty() {
                let finding = Diagnostic::new(
                    &TOOL_FAILED,
                    format!("`{}` played {played} of {} tests", step.name, suite.count),
                )
                .at(Place::file(step.path.as_str()))
                .help("report this if `cargo emc verify --list` tells a version that fits");
                return Read::Told(vec![quoting(
                    finding,
                    &(ran.output.text() + "\n" + &ran.errors.text()),
                )]);
            }
            if result.failed.is_empty() {
                return if code == 0 {
                    Read::Told(Vec::new())
                } else {
                    Read::Ended
                };
            }
            let suites = Suites {
                rules: &work.project.manifest.rules,
                broken: &work.broken,
                said: &ran.output.text(),
            };
            Read::Told(suites.failed(suite, step.text, &result.failed))
        })
    }

    /// Run a step unless it passed before. Whether it passed.
    fn step(
        &self,
        work: &mut Work<'_>,
        step: &Step<'_>,
        read: impl FnOnce(&Work<'_>, &Step<'_>, &Ran) -> Read,
    ) -> Result<bool, Failure> {
        let key = self.key(step);
        if work.options.cached && self.cache.get(key).is_some() {
            work.done(Done::now(step.name.clone(), Outcome::Unchanged));
            return Ok(true);
        }
        if work.is_over() {
            return Ok(false);
        }
        let options = work.options;
        work.started(&step.name);
        let mut arguments = step.arguments.clone();
        arguments.extend(step.aside.clone());
        let ran = self.tool.run(
            &work.project.root,
            &arguments,
            Vec::new(),
            options.timeout,
            &options.interrupt,
        );
        let (outcome, took) = match ran {
            Err(finding) => {
                work.findings
                    .push(finding.at(Place::file(step.path.as_str())));
                (Outcome::Failed, std::time::Duration::ZERO)
            }
            Ok(ran) => {
                let (accepted, clean) = match read(work, step, &ran) {
                    Read::Told(findings) => {
                        let errors = findings.iter().any(|one| one.level == Level::Error);
                        let clean = findings.is_empty() && ran.end == End::Code(0);
                        work.findings.extend(findings);
                        (!errors, clean)
                    }
                    Read::Ended if ran.end == End::Code(0) && step.kind == Kind::Other => {
                        (true, true)
                    }
                    Read::Ended => {
                        let finding = unfinished(&step.name, ran.end, &ran, options.timeout);
                        work.findings
                            .push(finding.at(Place::file(step.path.as_str())));
                        (false, false)
                    }
                };
                // What fails as the manifest allows is not kept: the manifest may change.
                if clean {
                    self.cache.put(key, &step.name, "", None)?;
                }
                let outcome = if accepted {
                    Outcome::Passed
                } else {
                    Outcome::Failed
                };
                (outcome, ran.took)
            }
        };
        work.done(Done {
            step: step.name.clone(),
            outcome,
            took,
        });
        Ok(outcome == Outcome::Passed)
    }
}

/// What is read of the result of `quint test`.
#[derive(Debug, Deserialize)]
struct Tested {
    passed: Vec<String>,
    failed: Vec<String>,
    #[serde(default)]
    ignored: Vec<String>,
}

fn result(path: &Path) -> Option<Tested> {
    serde_json::from_slice(&fs::read_at_most(path, LONGEST).ok()?).ok()
}

/// The findings of a simulation or a model checker: the invariants that it names.
fn violated(work: &Work<'_>, step: &Step<'_>, suite: &Suite, ran: &Ran) -> Read {
    let End::Code(code) = ran.end else {
        return Read::Ended;
    };
    let said = ran.output.text();
    let names: Vec<String> = failing::INVARIANTS
        .iter()
        .filter(|(name, _)| {
            let mut lines = said.lines();
            lines
                .any(|line| line.trim_start().strip_prefix('\u{274c}').map(str::trim) == Some(name))
        })
        .map(|(name, _)| format!("{name}Test"))
        .collect();
    if !names.is_empty() {
        let suites = Suites {
            rules: &work.project.manifest.rules,
            broken: &work.broken,
            said: "",
        };
        return Read::Told(suites.failed(suite, step.text, &names));
    }
    if code != 0 && said.contains("[violation]") {
        let finding = Diagnostic::new(&TOOL_SAID, format!("`{}` found a violation", step.name));
        return Read::Told(vec![Diagnostic {
            level: Level::Error,
            ..quoting(finding.at(Place::file(step.path.as_str())), &said)
        }]);
    }
    Read::Ended
}
