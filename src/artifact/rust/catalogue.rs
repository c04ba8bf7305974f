//! What the files are about: every name of the model with its identifier, each
//! once, in the order of the names.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    name::{Case, identifiers},
    scenario::{Named, named},
};
use crate::{facts, model::Model};

/// The names of one kind, each with its identifier and what is told of it.
pub(super) type Names<'a> = BTreeMap<&'a str, (String, Vec<String>)>;

/// The whole model, as the files show it.
pub(super) struct Catalogue<'a> {
    pub project: &'a str,
    pub workflows: Names<'a>,
    /// The module of each workflow, by slug.
    pub modules: BTreeMap<&'a str, String>,
    pub slices: Names<'a>,
    /// The workflow of each slice: slug to slug.
    pub homes: BTreeMap<&'a str, &'a str>,
    pub streams: Names<'a>,
    pub commands: Names<'a>,
    pub errors: Names<'a>,
    pub events: BTreeMap<&'a str, Event<'a>>,
    pub scenarios: Vec<Named<'a>>,
}

/// An event of the model.
pub(super) struct Event<'a> {
    pub identifier: String,
    pub stream: &'a str,
    /// The workflow whose module has the struct: the first that records the
    /// event, or else the first that observes it.
    pub workflow: &'a str,
    /// The slices that record it, then those that observe it.
    pub recorded_by: BTreeSet<&'a str>,
    pub observed_by: BTreeSet<&'a str>,
    /// In the order of the model, each once.
    pub attributes: Vec<Attribute<'a>>,
}

/// An attribute of an event.
pub(super) struct Attribute<'a> {
    pub name: &'a str,
    /// The representation, from the first slice that records one.
    pub encoding: Option<&'a str>,
}

/// Names of the module of a workflow, and of what its structs are made of, which
/// no event may hide.
const TAKEN: &[&str] = &[
    "String",
    "SCENARIOS",
    "Scenario",
    "ScenarioKind",
    "Slice",
    "Workflow",
];

/// How often a name may be mentioned before the rest is left out.
const MENTIONED: usize = 8;

fn list<'a>(what: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let names: Vec<String> = names.into_iter().map(super::text::code).collect();
    let shown = names.get(..MENTIONED.min(names.len()))?.join(", ");
    let rest = names.len().saturating_sub(MENTIONED);
    match (names.len(), rest) {
        (0, _) => None,
        (_, 0) => Some(format!("{what} {shown}.")),
        (_, rest) => Some(format!("{what} {shown} and {rest} more.")),
    }
}

/// Names with what is told of them, under identifiers.
fn with_identifiers<'a>(told: BTreeMap<&'a str, Vec<String>>, taken: &[&str]) -> Names<'a> {
    let identifiers = identifiers(told.keys().copied(), Case::Camel, taken);
    told.into_iter()
        .filter_map(|(name, lines)| Some((name, (identifiers.get(name)?.clone(), lines))))
        .collect()
}

impl<'a> Catalogue<'a> {
    pub fn of(model: &'a Model, taken: &[&str]) -> Self {
        let project = model.project.as_ref().map_or("", |name| name.as_str());
        let mut workflows: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut slices: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut homes = BTreeMap::new();
        for workflow in &model.workflows {
            workflows.entry(&workflow.slug).or_insert_with(|| {
                vec![super::text::prose(&format!(
                    "{}: {}",
                    workflow.name, workflow.description
                ))]
            });
            for slice in &workflow.slices {
                homes
                    .entry(slice.slug.as_str())
                    .or_insert(workflow.slug.as_str());
                slices.entry(&slice.slug).or_insert_with(|| {
                    vec![super::text::prose(&format!(
                        "{}: {}",
                        slice.name, slice.description
                    ))]
                });
            }
        }
        let modules = identifiers(workflows.keys().copied(), Case::Module, &[]);
        let mut catalogue = Self {
            project,
            workflows: with_identifiers(workflows, &[]),
            modules,
            slices: with_identifiers(slices, &[]),
            homes,
            streams: Names::new(),
            commands: Names::new(),
            errors: Names::new(),
            events: BTreeMap::new(),
            scenarios: named(model),
        };
        catalogue.add_behaviour(model, taken);
        catalogue
    }

    fn add_behaviour(&mut self, model: &'a Model, taken: &[&str]) {
        // The facts borrow from the model; only what lives as long is taken.
        let facts = facts::Project::of(model, "project");
        let mut commands: BTreeMap<&'a str, BTreeSet<&'a str>> = BTreeMap::new();
        let mut errors: BTreeMap<&'a str, BTreeSet<&'a str>> = BTreeMap::new();
        let mut streams: BTreeMap<&'a str, BTreeSet<&'a str>> = BTreeMap::new();
        let all = || {
            facts.workflows.iter().flat_map(|workflow| {
                workflow
                    .steps
                    .iter()
                    .map(move |step| (workflow.slug, &step.slice))
            })
        };
        for (workflow, slice) in all() {
            for command in &slice.commands {
                commands.entry(command.name).or_default().insert(slice.slug);
                for error in &command.errors {
                    errors.entry(error.name).or_default().insert(command.name);
                }
                for stream in &command.observes {
                    streams.entry(stream).or_default();
                }
            }
            for event in &slice.events {
                let attributes = event.attributes.iter().map(|a| (a.name, a.encoding));
                self.event(event.name, event.stream, workflow)
                    .add(slice.slug, true, attributes);
            }
        }
        for (workflow, slice) in all() {
            for event in &slice.observed {
                let attributes = event.attributes.iter().map(|a| (a.name, a.encoding));
                self.event(event.name, event.stream, workflow)
                    .add(slice.slug, false, attributes);
            }
        }
        for (name, event) in &self.events {
            streams.entry(event.stream).or_default().insert(name);
        }
        let mut reserved: Vec<&str> = TAKEN.to_vec();
        reserved.extend(taken);
        let identifiers = identifiers(self.events.keys().copied(), Case::Camel, &reserved);
        for (name, event) in &mut self.events {
            if let Some(identifier) = identifiers.get(name) {
                event.identifier.clone_from(identifier);
            }
        }
        let told = |names: BTreeMap<&'a str, BTreeSet<&'a str>>, what: &str| {
            names
                .into_iter()
                .map(|(name, users)| (name, list(what, users).into_iter().collect()))
                .collect()
        };
        self.commands = with_identifiers(told(commands, "Of the slice"), &[]);
        self.errors = with_identifiers(told(errors, "Of the command"), &[]);
        self.streams = with_identifiers(told(streams, "Holds"), &[]);
    }

    fn event(&mut self, name: &'a str, stream: &'a str, workflow: &'a str) -> &mut Event<'a> {
        self.events.entry(name).or_insert_with(|| Event {
            identifier: String::new(),
            stream,
            workflow,
            recorded_by: BTreeSet::new(),
            observed_by: BTreeSet::new(),
            attributes: Vec::new(),
        })
    }

    /// The names of the events with what is told of them.
    pub fn event_names(&self) -> Names<'a> {
        let names = self.events.iter();
        names
            .map(|(name, event)| (*name, (event.identifier.clone(), event.told())))
            .collect()
    }

    /// The identifier of the module of a workflow.
    pub fn module(&self, workflow: &str) -> &str {
        self.modules.get(workflow).map_or("x", String::as_str)
    }
}

/// The identifier of a name that is one of these.
pub(super) fn identifier_of<'n>(names: &'n Names<'_>, name: &str) -> &'n str {
    names.get(name).map_or("X", |(identifier, _)| identifier)
}

impl<'a> Event<'a> {
    fn add(
        &mut self,
        slice: &'a str,
        records: bool,
        attributes: impl Iterator<Item = (&'a str, Option<&'a str>)>,
    ) {
        let slices = if records {
            &mut self.recorded_by
        } else {
            &mut self.observed_by
        };
        slices.insert(slice);
        for (name, encoding) in attributes {
            match self.attributes.iter_mut().find(|known| known.name == name) {
                Some(known) => known.encoding = known.encoding.or(encoding),
                None => self.attributes.push(Attribute { name, encoding }),
            }
        }
    }

    /// Who has to do with it.
    pub fn told(&self) -> Vec<String> {
        let recorded = list("Recorded by", self.recorded_by.iter().copied());
        let observed = list("Observed by", self.observed_by.iter().copied());
        recorded.into_iter().chain(observed).collect()
    }
}
