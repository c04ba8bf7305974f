//! Where a finding about how the workflows fit together was written.

use std::collections::HashMap;

use super::{Named, among, below, of_slice, of_workflow};
use crate::{
    event::Text,
    model::{Model, Origin, Part, Path, Recorded, Slice, Workflow, named},
};

/// The elements that rules of the project name without their slice.
const INDEXED: [Part; 7] = [
    Part::Event,
    Part::Command,
    Part::ReadModel,
    Part::View,
    Part::Payload,
    Part::Automation,
    Part::Translation,
];

/// A model, to find what findings about how its workflows fit together are about.
/// A rule can be broken once for each slice, so slices are found by name.
pub struct ProjectOrigins<'a> {
    model: &'a Model,
    workflows: HashMap<&'a str, Vec<&'a Workflow>>,
    slices: HashMap<&'a str, Vec<&'a Slice>>,
    /// The slices with such an element of that name, in their order.
    holders: HashMap<(Part, &'a str), Vec<&'a Slice>>,
}

impl<'a> ProjectOrigins<'a> {
    /// Of a model.
    pub fn of(model: &'a Model) -> Self {
        let mut origins = Self {
            model,
            workflows: HashMap::new(),
            slices: HashMap::new(),
            holders: HashMap::new(),
        };
        for workflow in &model.workflows {
            let twins = origins.workflows.entry(&workflow.slug).or_default();
            twins.push(workflow);
        }
        for (_, slice) in model.slices() {
            origins.slices.entry(&slice.slug).or_default().push(slice);
            origins.holds(slice, Part::Event, &slice.event_definitions, |one| {
                &one.name
            });
            origins.holds(slice, Part::Command, &slice.command_definitions, |one| {
                &one.name
            });
            origins.holds(slice, Part::ReadModel, &slice.read_models, |one| &one.name);
            origins.holds(slice, Part::View, &slice.views, |one| &one.name);
            origins.holds(slice, Part::Payload, &slice.external_payloads, |one| {
                &one.name
            });
            origins.holds(slice, Part::Automation, &slice.automations, |one| &one.name);
            origins.holds(slice, Part::Translation, &slice.translations, |one| {
                &one.name
            });
        }
        origins
    }

    fn holds<T>(
        &mut self,
        slice: &'a Slice,
        part: Part,
        facts: &'a [Recorded<T>],
        name: impl Fn(&T) -> &Text,
    ) {
        debug_assert!(INDEXED.contains(&part));
        for fact in facts {
            let holders = self.holders.entry((part, name(&fact.value))).or_default();
            // An element is recorded in several facts.
            if !holders
                .last()
                .is_some_and(|last| std::ptr::eq(*last, slice))
            {
                holders.push(slice);
            }
        }
    }

    /// Where a finding was written. None for what no event has recorded, such as a
    /// project without a name.
    pub fn find(&self, path: &Path) -> Option<Origin> {
        let project = || self.model.project.as_ref().map(|name| name.origin);
        let path = below(path, Part::Project);
        let Some(((part, name), inner)) = path.split_first() else {
            return project();
        };
        let name = name.as_str();
        let found = match part {
            Part::Workflow => {
                let twins = named_so(&self.workflows, &name).iter();
                let twins = twins.map(|one| (one.origin, of_workflow(one, inner)));
                among(twins, inner)
            }
            Part::Slice => {
                let twins = named_so(&self.slices, &name).iter();
                among(twins.map(|one| (one.origin, of_slice(one, inner))), inner)
            }
            part => self.element(*part, name, path, inner),
        };
        found.or_else(project)
    }

    /// An element that is named without its slice.
    fn element(&self, part: Part, name: &str, path: &[Named], inner: &[Named]) -> Option<Origin> {
        let all = || self.model.slices().map(|(_, slice)| slice);
        let slices: Box<dyn Iterator<Item = &Slice>> = match (named(inner, Part::Slice), part) {
            (Some(slug), _) => Box::new(named_so(&self.slices, &slug).iter().copied()),
            (None, part) if INDEXED.contains(&part) => {
                Box::new(named_so(&self.holders, &(part, name)).iter().copied())
            }
            (None, _) => Box::new(all()),
        };
        let mut owners = slices.filter_map(|one| of_slice(one, path));
        let first = owners.next();
        match part {
            Part::Event => first,
            // The first is the one that is meant, the second is too many.
            _ => owners.next().or(first),
        }
    }
}

/// What has this name.
fn named_so<'a, K: Eq + std::hash::Hash, T>(things: &'a HashMap<K, Vec<T>>, name: &K) -> &'a [T] {
    things.get(name).map_or(&[], Vec::as_slice)
}
