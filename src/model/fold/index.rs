//! Where workflows and slices stand, by slug.
//!
//! What is removed keeps its place, emptied, until the end of the fold, so that
//! no removal moves all that follows it.

use std::collections::{BTreeSet, HashMap};

use crate::{
    event::Text,
    model::{Model, Slice, Workflow},
};

/// The place of a slice: of its workflow, and in it.
type SlicePlace = (usize, usize);

#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Twins stand in the order in which they were added: the first one counts.
    workflows: HashMap<Text, Vec<usize>>,
    /// Twins stand in the order of the model: the first one counts.
    slices: HashMap<Text, Vec<SlicePlace>>,
    /// How many slices each workflow has, the removed ones not counted.
    lengths: Vec<usize>,
    removed_workflows: BTreeSet<usize>,
    removed_slices: BTreeSet<SlicePlace>,
}

impl Index {
    pub fn of(model: &Model) -> Self {
        let mut index = Self::default();
        for (at, workflow) in model.workflows.iter().enumerate() {
            index.add_workflow(&workflow.slug);
            for (within, slice) in workflow.slices.iter().enumerate() {
                index.add_slice(&slice.slug, (at, within));
            }
        }
        index
    }

    /// The first workflow with this slug.
    pub fn workflow<'m>(&self, model: &'m mut Model, slug: &str) -> Option<&'m mut Workflow> {
        model.workflows.get_mut(self.workflow_at(slug)?)
    }

    /// The first slice with this slug.
    pub fn slice<'m>(&self, model: &'m mut Model, slug: &str) -> Option<&'m mut Slice> {
        let (at, within) = *self.slices.get(slug)?.first()?;
        model.workflows.get_mut(at)?.slices.get_mut(within)
    }

    /// The place of the first workflow with this slug.
    pub fn workflow_at(&self, slug: &str) -> Option<usize> {
        self.workflows.get(slug)?.first().copied()
    }

    /// How many slices a workflow has.
    pub fn slices_of(&self, at: usize) -> usize {
        self.lengths.get(at).copied().unwrap_or_default()
    }

    /// A workflow was appended to the model.
    pub fn add_workflow(&mut self, slug: &Text) {
        let at = self.lengths.len();
        self.lengths.push(0);
        self.workflows.entry(slug.clone()).or_default().push(at);
    }

    /// A slice was appended to a workflow.
    pub fn add_slice(&mut self, slug: &Text, place: SlicePlace) {
        let twins = self.slices.entry(slug.clone()).or_default();
        let position = twins.partition_point(|twin| *twin < place);
        twins.insert(position, place);
        if let Some(length) = self.lengths.get_mut(place.0) {
            *length += 1;
        }
    }

    /// Remove the first workflow with this slug and all its slices.
    pub fn remove_workflow(&mut self, model: &mut Model, slug: &str) {
        let Some(at) = self.workflow_at(slug) else {
            return;
        };
        if let Some(twins) = self.workflows.get_mut(slug) {
            twins.retain(|twin| *twin != at);
        }
        self.removed_workflows.insert(at);
        if let Some(workflow) = model.workflows.get_mut(at) {
            for slice in std::mem::take(&mut workflow.slices) {
                if let Some(twins) = self.slices.get_mut(slice.slug.as_str()) {
                    twins.retain(|twin| twin.0 != at);
                }
            }
        }
    }

    /// Remove the slices with this slug from every workflow. Answers whether
    /// there was one.
    pub fn remove_slices(&mut self, model: &mut Model, slug: &str) -> bool {
        let Some(places) = self.slices.remove(slug) else {
            return false;
        };
        for &(at, within) in &places {
            if let Some(length) = self.lengths.get_mut(at) {
                *length = length.saturating_sub(1);
            }
            if let Some(workflow) = model.workflows.get_mut(at)
                && let Some(slice) = workflow.slices.get_mut(within)
            {
                *slice = slice.without_facts();
                self.removed_slices.insert((at, within));
            }
        }
        !places.is_empty()
    }

    /// Take what was removed out of the model.
    pub fn sweep(self, model: &mut Model) {
        let mut touched: Vec<usize> = self.removed_slices.iter().map(|(at, _)| *at).collect();
        touched.dedup();
        for at in touched {
            if let Some(workflow) = model.workflows.get_mut(at) {
                let mut places = 0..;
                workflow.slices.retain(|_| {
                    let place = places.next().map(|within| (at, within));
                    place.is_none_or(|place| !self.removed_slices.contains(&place))
                });
            }
        }
        if !self.removed_workflows.is_empty() {
            let mut places = 0..;
            model.workflows.retain(|_| {
                let place = places.next();
                place.is_none_or(|at| !self.removed_workflows.contains(&at))
            });
        }
    }
}
