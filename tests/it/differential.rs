//! The native rules against the real Lean, over models that nobody wrote.
//!
//! `EMC_DIFFERENTIAL_MODELS` says how many, `EMC_DIFFERENTIAL_SEED` where to
//! start: the model of a seed is the same in every run.

mod change;
mod limits;
pub mod models;
mod modules;

use std::{collections::BTreeSet, env};

use emc::{diagnostic::Level, document::Document, rules};
use modules::{Module, Modules};

use crate::rules::Told;

/// Models in a run that nothing else is asked of; a few are told twice.
const MODELS: u64 = 330;

/// The seed of the first of them.
const FIRST: u64 = 1;

/// Modules that one process of Lean checks.
const AT_ONCE: usize = 500;

fn number(variable: &str, otherwise: u64) -> u64 {
    env::var(variable).map_or(otherwise, |text| text.parse().expect(variable))
}

#[test]
fn native_and_lean_find_the_same_in_models_that_nobody_wrote() {
    let count = number("EMC_DIFFERENTIAL_MODELS", MODELS);
    let first = number("EMC_DIFFERENTIAL_SEED", FIRST);
    let mut modules = Modules::default();
    let mut projects = BTreeSet::new();
    for seed in first..first.saturating_add(count) {
        let what = format!("EMC_DIFFERENTIAL_MODELS=1 EMC_DIFFERENTIAL_SEED={seed}");
        projects.insert(modules.add(what, models::folded(&models::events(seed))));
    }
    if (first, count) == (FIRST, MODELS) {
        worth_checking(&modules, &projects);
    }
    for (what, events) in limits::cases() {
        projects.insert(modules.add(what.to_owned(), models::folded(&events)));
    }
    let projects: Vec<usize> = projects.into_iter().collect();
    let said = modules.said(&projects, AT_ONCE);
    let differences: Vec<String> = modules
        .all
        .iter()
        .filter_map(|module| difference(module, &modules, &said))
        .collect();
    if let Some(first) = differences.first() {
        panic!(
            "{} modules differ; the first of them:\n{first}",
            differences.len()
        );
    }
}

/// The models are not all the same, some are valid, and every rule is broken.
fn worth_checking(modules: &Modules, projects: &BTreeSet<usize>) {
    assert!(projects.len() >= 300, "{}", projects.len());
    let level = |finding: &String| {
        let rule = rules::all().find(|rule| finding.starts_with(&rule.code.to_string()));
        rule.expect("a rule").code.level
    };
    let valid = projects.iter().filter(|project| {
        let mut found = modules
            .closure(&[**project])
            .into_iter()
            .flat_map(|module| &modules.all[module].found);
        found.all(|finding| level(finding) != Level::Error)
    });
    assert!(valid.count() >= 30);
    let kept: Vec<String> = rules::all()
        .map(|rule| rule.code.to_string())
        .filter(|code| {
            let mut found = modules.all.iter().flat_map(|module| &module.found);
            !found.any(|finding| finding.starts_with(code))
        })
        .collect();
    // Nothing that a store can hold breaks these.
    assert_eq!(kept, ["EMC201", "EMC401", "EMC623"]);
}

/// Where the two sides differ about a module.
fn difference(module: &Module, modules: &Modules, said: &Told) -> Option<String> {
    let none = Vec::new();
    let said = said.get(&module.file()).unwrap_or(&none);
    if *said == module.found {
        return None;
    }
    let only = |these: &[String], those: &[String]| {
        let lines = these.iter().filter(|line| !those.contains(line));
        lines.fold(String::new(), |text, line| text + "    " + line + "\n")
    };
    let (what, model) = &modules.models[module.model];
    let document = serde_json::to_string_pretty(&Document::of(model)).expect("JSON");
    Some(format!(
        "{what}\nonly Lean:\n{lean}only native:\n{native}{document}",
        lean = only(said, &module.found),
        native = only(&module.found, said),
    ))
}
