//! The scenarios of the model, and the tests that are to show them.

use std::collections::{BTreeMap, BTreeSet};

use super::name::{Case, identifiers};
use crate::{
    event::Scenario,
    model::{Model, Origin, Recorded},
};

/// A scenario with the test that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    /// The slug of the workflow.
    pub workflow: &'a str,
    /// The slug of the slice.
    pub slice: &'a str,
    /// The scenario itself.
    pub scenario: &'a Scenario,
    /// The event that recorded it.
    pub origin: Origin,
    /// The module of the slice's tests: `capture_ticket`.
    pub module: String,
    /// The function: `same_device_twice`.
    pub function: String,
}

impl Named<'_> {
    /// How the path of the test ends: `capture_ticket::same_device_twice`.
    pub fn test(&self) -> String {
        format!("{}::{}", self.module, self.function)
    }
}

/// The module of the tests of each slice, by slug.
pub fn modules(model: &Model) -> BTreeMap<&str, String> {
    let slugs = model.slices().map(|(_, slice)| slice.slug.as_str());
    identifiers(slugs, Case::Module, &[])
}

/// Every scenario, by slug of the slice and by name, each once.
pub fn named(model: &Model) -> Vec<Named<'_>> {
    type Found<'a> = BTreeMap<&'a str, (&'a str, &'a Recorded<Scenario>)>;
    let modules = modules(model);
    let mut slices: BTreeMap<&str, Found<'_>> = BTreeMap::new();
    for (workflow, slice) in model.slices() {
        let found = slices.entry(&slice.slug).or_default();
        for scenario in &slice.scenarios {
            found
                .entry(&scenario.value.name)
                .or_insert((&workflow.slug, scenario));
        }
    }
    let mut all = Vec::new();
    for (slice, found) in slices {
        let names: BTreeSet<&str> = found.keys().copied().collect();
        let mut functions = identifiers(names, Case::Snake, &[]);
        let Some(module) = modules.get(slice) else {
            continue;
        };
        for (name, (workflow, scenario)) in found {
            all.push(Named {
                workflow,
                slice,
                scenario: &scenario.value,
                origin: scenario.origin,
                module: module.clone(),
                function: functions.remove(name).unwrap_or_default(),
            });
        }
    }
    all
}
