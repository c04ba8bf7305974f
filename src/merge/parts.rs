//! A model taken apart: project, workflows without slices, slices.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    Decide, Merged,
    schema::{PROJECT, SLICE, WORKFLOW},
    values::{At, Merger, Side},
};
use crate::{
    document::{Model, Slice, Workflow},
    event::Text,
};

/// A model, or as much of it as somebody is interested in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The project, as JSON; null when it has no name or nobody asked.
    project: Value,
    /// Workflows without their slices, as JSON.
    workflows: Vec<Value>,
    /// Slices with the slugs of their workflows, as JSON.
    slices: Vec<Value>,
}

impl Parts {
    /// All parts of a model.
    pub fn of(model: &Model) -> Self {
        let mut parts = Self::default();
        if let Some(name) = &model.project {
            parts.project = json!({ "name": name });
        }
        for workflow in &model.workflows {
            parts.workflows.push(alone(workflow));
            for slice in &workflow.slices {
                parts.slices.push(json(&Slice {
                    workflow: Some(workflow.slug.clone()),
                    ..slice.clone()
                }));
            }
        }
        parts
    }

    /// Only what `keep` says of a kind (`project`, `workflow`, `slice`) and slug.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&str, &str) -> bool) -> Self {
        let slug = |value: &Value, key: &str| {
            let slug = value.get(key).and_then(Value::as_str);
            slug.unwrap_or_default().to_owned()
        };
        if !keep("project", "") {
            self.project = Value::Null;
        }
        self.workflows
            .retain(|value| keep("workflow", &slug(value, "workflow")));
        self.slices
            .retain(|value| keep("slice", &slug(value, "slice")));
        self
    }

    /// The model. A slice whose workflow is not there is left out.
    pub fn into_model(self) -> Model {
        let mut model = Model {
            project: self
                .project
                .get("name")
                .and_then(|name| serde_json::from_value(name.clone()).ok()),
            workflows: self.workflows.into_iter().filter_map(document).collect(),
        };
        for slice in self.slices {
            let Some(mut slice) = document::<Slice>(slice) else {
                continue;
            };
            let home = slice.workflow.take();
            let mut workflows = model.workflows.iter_mut();
            if let Some(home) = workflows.find(|workflow| Some(&workflow.slug) == home.as_ref()) {
                home.slices.push(slice);
            }
        }
        model
    }

    /// These parts with those of `other` that `covers` names in the place of
    /// their own.
    #[must_use]
    pub fn replaced(self, other: &Self, covers: impl Fn(&str, &str) -> bool) -> Self {
        let mut parts = self.only(|kind, slug| !covers(kind, slug));
        if covers("project", "") {
            parts.project.clone_from(&other.project);
        }
        parts.workflows.extend(other.workflows.iter().cloned());
        parts.slices.extend(other.slices.iter().cloned());
        parts
    }

    /// The workflows that the slices belong to.
    pub fn homes(&self) -> Vec<Text> {
        self.slices
            .iter()
            .filter_map(|slice| Text::new(slice.get("workflow")?.as_str()?).ok())
            .collect()
    }

    /// The model, with a workflow that says nothing for each of `homes` that is
    /// not there.
    pub fn into_model_with(mut self, homes: &BTreeSet<Text>) -> Model {
        for home in homes {
            if self.workflow(&Value::from(home.as_str())).is_none() {
                let plain = Workflow::empty(home.clone(), home.clone(), home.clone());
                self.workflows.push(json(&plain));
            }
        }
        self.into_model()
    }

    /// Give each slice whose workflow is not there the workflow as one of
    /// `homes` has it.
    pub fn house(&mut self, homes: &[Self]) {
        for place in 0..self.slices.len() {
            let home = self
                .slices
                .get(place)
                .and_then(|slice| slice.get("workflow"));
            let Some(home) = home.cloned() else { continue };
            if self.workflow(&home).is_none()
                && let Some(workflow) = homes.iter().find_map(|parts| parts.workflow(&home))
            {
                self.workflows.push(workflow.clone());
            }
        }
    }

    fn workflow(&self, slug: &Value) -> Option<&Value> {
        self.workflows
            .iter()
            .find(|workflow| workflow.get("workflow") == Some(slug))
    }
}

/// A workflow without its slices.
fn alone(workflow: &Workflow) -> Value {
    json(&Workflow {
        slices: Vec::new(),
        ..workflow.clone()
    })
}

/// Documents hold nothing that JSON cannot.
fn json(document: &impl serde::Serialize) -> Value {
    serde_json::to_value(document).unwrap_or_default()
}

/// The document that merged fields make. All of them come from documents, and
/// what is only valid together is merged together.
fn document<T: serde::de::DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

pub(super) fn merge(base: &Parts, sides: &[Parts], decide: &mut Decide<'_>) -> Merged<Parts> {
    merged(base, sides, decide, false)
}

/// A merge as the common past of others: where nobody decided there is
/// something that no branch agrees with, so that each has to say what it wants.
/// It cannot be made into a model.
pub(super) fn ground(base: &Parts, sides: &[Parts]) -> Parts {
    merged(base, sides, &mut |_| None, true).target
}

fn merged(base: &Parts, sides: &[Parts], decide: &mut Decide<'_>, marks: bool) -> Merged<Parts> {
    let mut merger = Merger {
        branches: sides.len(),
        decide,
        marks,
        open: Vec::new(),
    };
    let projects: Vec<Side<'_>> = sides
        .iter()
        .map(|side| present(&side.project))
        .enumerate()
        .collect();
    let project = merger.item(
        &PROJECT,
        &At::of("project"),
        present(&base.project),
        &projects,
    );
    let mut list = |kind, name, of: fn(&Parts) -> &Vec<Value>| {
        let arrays: Vec<Value> = sides
            .iter()
            .chain([base])
            .map(|parts| Value::Array(of(parts).clone()))
            .collect();
        let (own, sides) = arrays.split_last()?;
        Some(merger.list(kind, name, &At::default(), Some(own), &refs(sides)))
    };
    let workflows = list(&WORKFLOW, "workflows", |parts| &parts.workflows);
    let slices = list(&SLICE, "slices", |parts| &parts.slices);
    let mut target = Parts {
        project: project.unwrap_or_default(),
        workflows: workflows.unwrap_or_default(),
        slices: slices.unwrap_or_default(),
    };
    if sides.iter().any(|side| !side.workflows.is_empty()) {
        merger.homes(&mut target, base, sides);
    }
    Merged {
        target,
        conflicts: merger.open,
    }
}

fn present(value: &Value) -> Option<&Value> {
    (!value.is_null()).then_some(value)
}

fn refs(values: &[Value]) -> Vec<Side<'_>> {
    values
        .iter()
        .enumerate()
        .map(|(branch, value)| (branch, Some(value)))
        .collect()
}

impl Merger<'_, '_> {
    /// A slice that stays keeps its workflow, or goes with it.
    fn homes(&mut self, target: &mut Parts, base: &Parts, sides: &[Parts]) {
        let mut missing: Vec<Value> = Vec::new();
        let named = target
            .slices
            .iter()
            .filter_map(|slice| slice.get("workflow"));
        // While it is open where a slice goes, each side's workflow counts, so
        // that the order of the sides does not matter.
        let contested = self
            .open
            .iter()
            .filter(|conflict| {
                conflict.field == "workflow" && conflict.element.starts_with("slice ")
            })
            .flat_map(|conflict| conflict.sides.iter().filter(|side| side.is_string()));
        for home in named.chain(contested) {
            if target.workflow(home).is_none() && !missing.contains(home) {
                missing.push(home.clone());
            }
        }
        for home in missing {
            let versions: Vec<Side<'_>> = sides
                .iter()
                .enumerate()
                .map(|(branch, side)| (branch, side.workflow(&home)))
                .collect();
            let at = At::of(&format!("workflow {}", home.as_str().unwrap_or_default()));
            let own = base.workflow(&home);
            let chosen = self.conflict(&at, own, &versions);
            let kept = match chosen {
                Some(branch) => versions.get(branch).and_then(|(_, version)| *version),
                None => versions.iter().find_map(|(_, version)| *version).or(own),
            };
            match kept {
                Some(workflow) => target.workflows.push(workflow.clone()),
                None => target
                    .slices
                    .retain(|slice| slice.get("workflow") != Some(&home)),
            }
        }
    }
}

#[cfg(test)]
mod tests;
