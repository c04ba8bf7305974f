//! A program beside its model: every scenario has a test, every event and every
//! command has a type. For one test of the program:
//!
//! ```
//! # mod desk { pub struct CaptureTicket; pub enum Event { TicketCaptured(u8), TicketClosed } }
//! # use desk::{CaptureTicket, Event};
//! # let _ = || {
//! emc::conformance::Model::here()
//!     .scenarios()
//!     .commands(emc::implemented![CaptureTicket])
//!     .events(emc::implemented![enum Event { TicketCaptured, TicketClosed }])
//!     .assert();
//! # };
//! ```
//!
//! A scenario is shown by a test whose path ends in its slice and its name:
//! `mod capture_ticket` with `fn same_device_twice` for `Same device twice` of
//! `capture-ticket`. The names are those that the test program itself lists, so
//! a test that is not compiled, or is ignored, shows nothing. Types are listed by
//! their paths, so a type that is gone does not compile.

mod implemented;
mod report;
mod tests_of;

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    path::PathBuf,
};

pub use implemented::Implemented;
pub use report::Report;
pub use tests_of::TestName;

use crate::{
    artifact::rust,
    diagnostic::{Diagnostic, Level, codes::conformance as codes},
    disk::{
        discover::{self, Surroundings},
        scan::{self, Names},
    },
    model,
    ops::{
        project::Project,
        reading::{self, Reading},
    },
};

/// The model beside the program, and what of the program is compared with it.
#[derive(Clone, Debug)]
#[must_use = "nothing is compared before `assert` or `report`"]
pub struct Model {
    manifest: Option<PathBuf>,
    workflows: BTreeSet<String>,
    own_tests: bool,
    tests: Option<Vec<TestName>>,
    commands: Option<Vec<Implemented>>,
    events: Option<Vec<Implemented>>,
}

impl Model {
    /// The model of the project that the package lies in, as `cargo emc` finds
    /// it: cargo tells a test where its package is.
    pub fn here() -> Self {
        Self {
            manifest: None,
            workflows: BTreeSet::new(),
            own_tests: false,
            tests: None,
            commands: None,
            events: None,
        }
    }

    /// The model with this manifest, relative to the package.
    pub fn at(manifest: impl Into<PathBuf>) -> Self {
        Self {
            manifest: Some(manifest.into()),
            ..Self::here()
        }
    }

    /// Compare only what belongs to this workflow, by its slug, and to others
    /// that are named so: for a program that implements a part of the model.
    pub fn workflow(mut self, slug: impl Into<String>) -> Self {
        self.workflows.insert(slug.into());
        self
    }

    /// Every scenario has a test in this test program.
    pub fn scenarios(mut self) -> Self {
        self.own_tests = true;
        self
    }

    /// Every scenario has one of these tests, or of those of this program where
    /// [`Model::scenarios`] asks for them: for tests of other programs.
    pub fn tests(mut self, names: impl IntoIterator<Item = TestName>) -> Self {
        self.tests.get_or_insert_default().extend(names);
        self
    }

    /// These are all the commands: see [`implemented!`](crate::implemented).
    pub fn commands(mut self, types: impl IntoIterator<Item = Implemented>) -> Self {
        self.commands.get_or_insert_default().extend(types);
        self
    }

    /// These are all the events: see [`implemented!`](crate::implemented).
    pub fn events(mut self, types: impl IntoIterator<Item = Implemented>) -> Self {
        self.events.get_or_insert_default().extend(types);
        self
    }

    /// Compare.
    ///
    /// # Panics
    ///
    /// With the whole report, unless all is well.
    #[track_caller]
    pub fn assert(self) {
        let report = self.report();
        assert!(report.is_clean(), "{report}");
    }

    /// Compare.
    ///
    /// # Panics
    ///
    /// When nothing was asked for: a test of nothing would pass for ever.
    pub fn report(mut self) -> Report {
        assert!(
            self.own_tests
                || self.tests.is_some()
                || self.commands.is_some()
                || self.events.is_some(),
            "nothing is compared: ask for `scenarios()`, `commands(...)` or `events(...)`"
        );
        if self.own_tests {
            match tests_of::this_program() {
                Ok(names) => self.tests.get_or_insert_default().extend(names),
                Err(finding) => return Report::of(vec![*finding]),
            }
        }
        match self.read() {
            Ok(reading) => self.compare(&reading),
            Err(findings) => Report::of(findings),
        }
    }

    fn read(&self) -> Result<Reading, Vec<Diagnostic>> {
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .or_else(|| env::current_dir().ok())
            .unwrap_or_default();
        let surroundings = Surroundings {
            current_dir: &package,
            variables: &|name| env::var_os(name),
        };
        let found = match &self.manifest {
            Some(manifest) => discover::named(manifest, &surroundings),
            None => discover::nearest(&package, &surroundings),
        };
        let found = found.map_err(|finding| vec![*finding])?;
        // Nothing is built, so there is no build state.
        let project = Project::open(&found, &found.root)?;
        let events = project.events_folder();
        match scan::folder(&project.root, &project.events())
            .and_then(|folder| folder.map(|_| scan::names(&events)).transpose())
        {
            Ok(Some(Names { names, strange })) => {
                let reading = Reading::of(&project, &names, &strange);
                // A model with damage in it would only hide what is missing.
                let errors = reading.findings.iter();
                let errors: Vec<Diagnostic> = errors
                    .filter(|finding| finding.level == Level::Error)
                    .cloned()
                    .collect();
                if errors.is_empty() {
                    Ok(reading)
                } else {
                    Err(errors)
                }
            }
            Ok(None) => Err(vec![reading::no_store(&project)]),
            Err(failure) => Err(vec![failure.diagnostic()]),
        }
    }

    fn compare(&self, reading: &Reading) -> Report {
        let model = &reading.model;
        let mut findings = Vec::new();
        for slug in &self.workflows {
            if model.workflow(slug).is_none() {
                findings.push(
                    Diagnostic::new(
                        &codes::NOT_MODELLED,
                        format!("the model has no workflow `{slug}`"),
                    )
                    .help("give the slug of a workflow, as `cargo emc list workflows` shows it"),
                );
            }
        }
        let mut compared = Vec::new();
        if let Some(tests) = &self.tests {
            let (count, found) = self.scenario_findings(reading, tests);
            compared.push((count, "scenario"));
            findings.extend(found);
        }
        let slices = || {
            model
                .slices()
                .filter(|(workflow, _)| self.holds(&workflow.slug))
                .map(|(_, slice)| slice)
        };
        if let Some(types) = &self.commands {
            let names = slices().flat_map(|slice| {
                let facts = slice.command_definitions.iter();
                facts.map(move |fact| (fact.name.as_str(), (slice, fact.origin)))
            });
            compared.push(types_of("command", names, types, reading, &mut findings));
        }
        if let Some(types) = &self.events {
            let names = slices().flat_map(|slice| {
                let facts = slice.event_definitions.iter();
                facts.map(move |fact| (fact.name.as_str(), (slice, fact.origin)))
            });
            compared.push(types_of("event", names, types, reading, &mut findings));
        }
        Report::compared(findings, compared)
    }

    fn holds(&self, workflow: &str) -> bool {
        self.workflows.is_empty() || self.workflows.contains(workflow)
    }

    fn scenario_findings(&self, reading: &Reading, tests: &[TestName]) -> (usize, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let scenarios = rust::scenarios(&reading.model);
        let scenarios: Vec<_> = scenarios
            .iter()
            .filter(|named| self.holds(named.workflow))
            .collect();
        for named in &scenarios {
            let shown: Vec<&TestName> = tests
                .iter()
                .filter(|test| test.shows(&named.module, &named.function))
                .collect();
            let (code, message) = if shown.is_empty() {
                (&codes::SCENARIO_UNTESTED, "no test shows the scenario")
            } else if shown.iter().all(|test| test.ignored) {
                (&codes::TEST_IGNORED, "only ignored tests show the scenario")
            } else {
                continue;
            };
            let scenario = named.scenario;
            findings.push(
                Diagnostic::new(code, format!("{message} `{}`", scenario.name))
                    .at(reading.place(named.origin))
                    .about(format!("slice {}, scenario {}", named.slice, scenario.name))
                    .note(format!("given {}", scenario.given))
                    .note(format!("when {}", scenario.when))
                    .note(format!("then {}", scenario.then))
                    .help(format!(
                        "write a test whose path ends in `{}`: `fn {}` in `mod {}`",
                        named.test(),
                        named.function,
                        named.module
                    )),
            );
        }
        let known: BTreeSet<(&str, &str)> = scenarios
            .iter()
            .map(|named| (named.module.as_str(), named.function.as_str()))
            .collect();
        let homes = reading.model.slices();
        let homes: BTreeSet<&str> = homes
            .filter(|(workflow, _)| self.holds(&workflow.slug))
            .map(|(_, slice)| slice.slug.as_str())
            .collect();
        let modules: BTreeMap<String, &str> = rust::test_modules(&reading.model)
            .into_iter()
            .filter(|(slug, _)| homes.contains(slug))
            .map(|(slug, module)| (module, slug))
            .collect();
        for test in tests {
            let Some((module, function)) = test.place() else {
                continue;
            };
            let Some(slice) = modules.get(module) else {
                continue;
            };
            if !known.contains(&(module, function)) {
                let names: Vec<&str> = scenarios
                    .iter()
                    .filter(|named| named.slice == *slice)
                    .map(|named| named.function.as_str())
                    .collect();
                let mut finding = Diagnostic::new(
                    &codes::TEST_WITHOUT_SCENARIO,
                    format!("the test `{}` shows no scenario", test.path),
                )
                .about(format!("slice {slice}"));
                finding = match crate::diagnostic::closest(function, names.iter().copied()) {
                    Some(meant) => finding.help(format!("did you mean `{module}::{meant}`?")),
                    None => finding.help("rename it, or move it out of the module of the slice"),
                };
                findings.push(finding);
            }
        }
        (scenarios.len(), findings)
    }
}

/// Compare names of the model with types of the program; how many names there are.
fn types_of<'a>(
    kind: &'static str,
    names: impl Iterator<Item = (&'a str, (&'a model::Slice, model::Origin))>,
    types: &[Implemented],
    reading: &Reading,
    findings: &mut Vec<Diagnostic>,
) -> (usize, &'static str) {
    let mut modelled = BTreeMap::new();
    for (name, place) in names {
        modelled.entry(name).or_insert(place);
    }
    let identifiers = rust::type_names(modelled.keys().copied());
    let mut given: BTreeMap<&str, Vec<&Implemented>> = BTreeMap::new();
    for own in types {
        let name = modelled
            .keys()
            .find(|name| own.is(name))
            .or_else(|| {
                let mut names = modelled.keys();
                names.find(|name| {
                    identifiers
                        .get(*name)
                        .is_some_and(|own_name| own.is(own_name))
                })
            })
            .copied();
        if let Some(name) = name {
            given.entry(name).or_default().push(own);
            continue;
        }
        let mut finding = Diagnostic::new(
            &codes::NOT_MODELLED,
            format!("the model has no {kind} `{}`", own.name()),
        )
        .note(format!("it is listed for `{}`", own.type_name()));
        finding = match crate::diagnostic::closest(own.name(), modelled.keys().copied()) {
            Some(meant) => finding.help(format!("did you mean `=> \"{meant}\"`?")),
            None => finding.help(format!("add the {kind} to the model, or remove the type")),
        };
        findings.push(finding);
    }
    for (name, (slice, origin)) in &modelled {
        let element = format!("slice {}, {kind} {name}", slice.slug);
        match given.get(name).map_or(&[][..], Vec::as_slice) {
            [] => findings.push(
                Diagnostic::new(
                    &codes::NOT_IMPLEMENTED,
                    format!("the {kind} `{name}` is not implemented"),
                )
                .at(reading.place(*origin))
                .about(element)
                .help(format!(
                    "write a type for it, and list it in `implemented!` for the {kind}s"
                )),
            ),
            [_] => {}
            several => {
                let types: Vec<_> = several
                    .iter()
                    .map(|own| format!("`{}`", own.type_name()))
                    .collect();
                findings.push(
                    Diagnostic::new(
                        &codes::IMPLEMENTED_TWICE,
                        format!(
                            "the {kind} `{name}` has several types: {}",
                            types.join(", ")
                        ),
                    )
                    .about(element)
                    .help("list one of them"),
                );
            }
        }
    }
    (modelled.len(), kind)
}
