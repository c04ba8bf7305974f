//! The rules of a good model, checked natively.
//!
//! A rule is a code with its reasons and a function from [`facts`] to the places
//! where it is broken. The Lean family states the same rules over the same facts
//! and proves them; tests hold the two to the same verdict, place for place. So
//! whatever changes here changes in the Lean library too.
//!
//! One file an area, one function a rule, after the rule's name. What a rule
//! looks up, it looks up in an index: no rule walks through all slices for
//! each slice.
//!
//! Of two elements with one name the first is the one that is meant, as in Lean.

mod board;
mod commands;
mod controls;
mod events;
mod examples;
mod graph;
pub(crate) mod index;
mod information;
pub mod journey;
mod kinds;
mod locate;
mod names;
mod page;
mod project;
mod read_models;
mod registry;
mod rule;
mod scenarios;
mod steps;
#[cfg(test)]
mod tests;
mod transitions;
mod views;
mod whole;

pub use locate::{ProjectOrigins, slice_origin, workflow_origin};
pub use page::{explained, page};
pub use registry::{VACUOUS, all, hint, of};
pub(crate) use rule::Check;
pub use rule::{Example, Finding, Rule, Shown};
pub use whole::{Found, whole_project, whole_workflow};

use crate::{
    facts,
    model::{Part, Path},
};

/// What is wrong with a slice on its own, in the order of the rules' numbers.
pub fn slice(slice: &facts::Slice<'_>) -> Vec<Finding> {
    let index = index::Slice::of(slice);
    all()
        .flat_map(|rule| {
            rule.findings((Part::Slice, slice.slug), |check| match check {
                Check::Slice(run) => Some(run(&index)),
                Check::Workflow(_) | Check::Project(_) => None,
            })
        })
        .collect()
}

/// What is wrong with how the slices of a workflow fit together, in the order
/// of the rules' numbers.
pub fn workflow(workflow: &facts::Workflow<'_>) -> Vec<Finding> {
    let index = index::Workflow::of(workflow);
    all()
        .flat_map(|rule| {
            rule.findings((Part::Workflow, workflow.slug), |check| match check {
                Check::Workflow(run) => Some(run(&index)),
                Check::Slice(_) | Check::Project(_) => None,
            })
        })
        .collect()
}

/// What is wrong with how the workflows of a project fit together, in the order
/// of the rules' numbers.
pub fn project(project: &facts::Project<'_>) -> Vec<Finding> {
    let index = index::Project::of(project);
    all()
        .flat_map(|rule| {
            rule.findings((Part::Project, project.name), |check| match check {
                Check::Project(run) => Some(run(&index)),
                Check::Slice(_) | Check::Workflow(_) => None,
            })
        })
        .collect()
}

/// The names that occur again further on, each as often as it does.
fn repeated<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let names: Vec<&str> = names.into_iter().collect();
    // Most lists are short, and every one of a slice is looked at.
    if names.len() < 2 {
        return Vec::new();
    }
    let mut left: std::collections::HashMap<&str, usize> =
        std::collections::HashMap::with_capacity(names.len());
    for &name in &names {
        *left.entry(name).or_default() += 1;
    }
    names
        .into_iter()
        .filter(|name| {
            left.get_mut(name).is_some_and(|left| {
                *left -= 1;
                *left > 0
            })
        })
        .collect()
}
