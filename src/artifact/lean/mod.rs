//! Lean modules that prove the rules of the model.
//!
//! A library that is the same for every project (`Emc`), and small modules with
//! the facts: one for each slice, one for each workflow, one for the project.
//! The kernel of Lean evaluates the rules over the facts; what their success
//! means is proved in the library.
//!
//! The modules are written from [`facts`], which say how the wire format is read.
//! Where the facts leave something open, this is how the library reads them:
//!
//! | question | answer |
//! |---|---|
//! | a datum without a representation; a flow of nothing that the slice has; two representations of one datum | `EMC701`; `EMC002`; `EMC702` |
//! | a control that issues no command | it names itself as command, handles no error, leads out of its view |
//! | where a workflow ends | exits, views, and steps from which nothing leads on |
//! | an event that comes from outside | observed, and the external event of a translation in the project |
//!
//! Rules that nothing on the wire can break: streams are those of the events,
//! read models and payloads have a field (`EMC201`, `EMC401`, `EMC623`); events
//! have an attribute, sketches are the tokens of fields, controls and inputs,
//! controls always lead somewhere, steps are entry or main (`EMC210`, `EMC501`,
//! `EMC504`, `EMC505`, `EMC506`, `EMC510`, `EMC904`, `EMC905`: no check exists).
//! `EMC004` and `EMC808` tell of what the wire says twice and differently: claims
//! of a workflow about its slices, and lanes of cards.

mod behaviour;
mod code;
mod escape;
mod name;
mod relaxed;
mod root;
mod screen;
mod slice;
mod workflow;

use std::collections::BTreeSet;

use super::{Artifact, Comment, Family, Known, Scope};
use crate::{facts, model::Model, rel_path::RelPath};
use name::Names;
pub use relaxed::Relaxed;
use relaxed::{Enforced, of_project};

/// Whether a broken rule fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Enforcement {
    /// A broken rule is an error of its module; modules carry certificates.
    #[default]
    Deny,
    /// A broken rule is a warning of its module; nothing is proved.
    Warn,
}

/// The Lean family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lean {
    /// Where the Lean package lies.
    pub folder: RelPath,
    /// The root module, an ASCII name that no library has; the manifest sees to it.
    pub module: String,
    /// Whether a broken rule fails.
    pub enforcement: Enforcement,
    /// Which rules may be broken all the same.
    pub relaxed: Relaxed,
}

/// The modules of one workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modules {
    /// The slug of the workflow.
    pub workflow: String,
    /// Its own module.
    pub path: RelPath,
    /// The modules of its slices, each with the slug, in the order of the workflow.
    pub slices: Vec<(String, RelPath)>,
}

impl Lean {
    /// The modules of the model, a workflow each, in the order of the workflows.
    pub fn modules(&self, model: &Model) -> Vec<Modules> {
        let names = Names::of(model, Scope::Everything).workflows;
        let workflows = model.workflows.iter().zip(&names);
        workflows
            .map(|(workflow, (module, slices))| Modules {
                workflow: workflow.slug.to_string(),
                path: self.workflow_path(module),
                slices: workflow
                    .slices
                    .iter()
                    .zip(slices)
                    .map(|(slice, module)| (slice.slug.to_string(), self.slice_path(module)))
                    .collect(),
            })
            .collect()
    }

    fn slice_path(&self, name: &str) -> RelPath {
        self.folder
            .join(&format!("{}/Slices/{name}.lean", self.module))
    }

    fn workflow_path(&self, name: &str) -> RelPath {
        self.folder
            .join(&format!("{}/Workflows/{name}.lean", self.module))
    }

    /// What is the same whatever the model.
    fn fixed(&self, out: &mut dyn FnMut(Artifact)) {
        for (path, text) in root::LIBRARY {
            out(Artifact::new(self.folder.join(path), Comment::Dashes, text));
        }
        out(Artifact::new(
            self.folder.join("lakefile.toml"),
            Comment::Hash,
            &root::lakefile(&self.module),
        ));
        out(Artifact::new(
            self.folder.join("lean-toolchain"),
            Comment::None,
            root::TOOLCHAIN,
        ));
    }
}

impl Family for Lean {
    fn name(&self) -> &'static str {
        "lean"
    }

    fn generator(&self) -> u32 {
        4
    }

    fn paths(&self, model: &Model) -> BTreeSet<RelPath> {
        let names = Names::of(model, Scope::Everything);
        let mut paths: BTreeSet<RelPath> = root::LIBRARY
            .iter()
            .map(|(path, _)| self.folder.join(path))
            .collect();
        paths.insert(self.folder.join("lakefile.toml"));
        paths.insert(self.folder.join("lean-toolchain"));
        paths.insert(self.folder.join(&format!("{}.lean", self.module)));
        for (workflow, slices) in &names.workflows {
            paths.insert(self.workflow_path(workflow));
            paths.extend(slices.iter().map(|slice| self.slice_path(slice)));
        }
        paths
    }

    fn render_each(&self, known: Known<'_>, scope: Scope<'_>, out: &mut dyn FnMut(Artifact)) {
        let model = known.model;
        let names = Names::of(model, scope);
        if matches!(scope, Scope::Everything) {
            self.fixed(out);
        }
        let project = facts::Project::of(model, &self.module);
        let enforced = |workflow| Enforced::of(self.enforcement, &self.relaxed, workflow);
        let own = of_project(self.enforcement, &self.relaxed, &project);
        // Those in scope once; the others only until one is not whole.
        let wanted = project.workflows.iter();
        let wanted: Vec<Option<Enforced>> = wanted
            .map(|workflow| scope.holds(workflow.slug).then(|| enforced(workflow)))
            .collect();
        let whole = project
            .workflows
            .iter()
            .zip(&wanted)
            .all(|both| match both {
                (_, Some(enforced)) => enforced.is_whole(),
                (workflow, None) => enforced(workflow).is_whole(),
            });
        out(Artifact::new(
            self.folder.join(&format!("{}.lean", self.module)),
            Comment::Dashes,
            &root::body(&self.module, &names, own, whole, &project),
        ));
        let workflows = model.workflows.iter().zip(&project.workflows);
        let named = workflows.zip(&names.workflows).zip(wanted);
        for (((workflow, facts), (module, slices)), enforced) in named {
            let Some(enforced) = enforced else {
                continue;
            };
            out(Artifact::new(
                self.workflow_path(module),
                Comment::Dashes,
                &workflow::body(&self.module, module, slices, &enforced, facts),
            ));
            let steps = workflow.slices.iter().zip(&facts.steps);
            for (((slice, step), module), own) in steps.zip(slices).zip(&enforced.slices) {
                out(Artifact::new(
                    self.slice_path(module),
                    Comment::Dashes,
                    &slice::body(&self.module, module, *own, slice, &step.slice),
                ));
            }
        }
    }
}
