//! A workflow with its slices and their elements by name.

use std::{
    collections::{HashMap, HashSet},
    ops::Deref,
};

use super::{Slice, by_name};
use crate::{
    event::vocabulary::SliceKind,
    facts::{self, Command, Control, Payload, PayloadField, Target, Transition, Trigger, View},
};

/// A workflow with its slices and their elements by name. It reads like the
/// workflow itself.
pub(crate) struct Workflow<'a> {
    facts: &'a facts::Workflow<'a>,
    slices: Vec<Slice<'a>>,
    places: HashMap<&'a str, usize>,
    named_commands: HashMap<&'a str, &'a Command<'a>>,
    named_views: HashMap<&'a str, &'a View<'a>>,
    named_payloads: HashMap<&'a str, &'a Payload<'a>>,
    left: HashSet<&'a str>,
    exited: HashSet<&'a str>,
}

impl<'a> Deref for Workflow<'a> {
    type Target = facts::Workflow<'a>;

    fn deref(&self) -> &Self::Target {
        self.facts
    }
}

impl<'a> Workflow<'a> {
    pub fn of(facts: &'a facts::Workflow<'a>) -> Self {
        let slices = || facts.steps.iter().map(|step| &step.slice);
        let mut places = HashMap::with_capacity(facts.steps.len());
        for (place, slice) in slices().enumerate() {
            places.entry(slice.slug).or_insert(place);
        }
        let exits = |transition: &&Transition<'_>| matches!(transition.target, Target::Exit(_));
        Self {
            facts,
            slices: slices().map(Slice::of).collect(),
            places,
            named_commands: by_name(slices().flat_map(|slice| &slice.commands), |c| c.name),
            named_views: by_name(slices().flat_map(|slice| &slice.views), |view| view.name),
            named_payloads: by_name(slices().flat_map(|slice| &slice.payloads), |p| p.name),
            left: facts.transitions.iter().map(|t| t.source).collect(),
            exited: facts
                .transitions
                .iter()
                .filter(exits)
                .map(|transition| transition.source)
                .collect(),
        }
    }

    /// The workflow as it is.
    pub fn facts(&self) -> &'a facts::Workflow<'a> {
        self.facts
    }

    /// The slices of the steps, in order.
    pub fn slices(&self) -> &[Slice<'a>] {
        &self.slices
    }

    /// The slice of the step with this slug.
    pub fn slice(&self, slug: &str) -> Option<&Slice<'a>> {
        self.places
            .get(slug)
            .and_then(|&place| self.slices.get(place))
    }

    pub fn has_step(&self, slug: &str) -> bool {
        self.places.contains_key(slug)
    }

    /// The slice where the transition starts.
    pub fn source(&self, transition: &Transition<'_>) -> Option<&Slice<'a>> {
        self.slice(transition.source)
    }

    /// The slice where the transition leads, unless it leaves the workflow.
    pub fn target(&self, transition: &Transition<'_>) -> Option<&Slice<'a>> {
        match transition.target {
            Target::Step(slug) => self.slice(slug),
            Target::Exit(_) => None,
        }
    }

    pub fn command(&self, name: &str) -> Option<&'a Command<'a>> {
        self.named_commands.get(name).copied()
    }

    pub fn view(&self, name: &str) -> Option<&'a View<'a>> {
        self.named_views.get(name).copied()
    }

    pub fn payload_field(&self, payload: &str, field: &str) -> Option<&'a PayloadField<'a>> {
        self.named_payloads
            .get(payload)?
            .fields
            .iter()
            .find(|found| found.name == field)
    }

    /// All controls, each with its slice and view.
    pub fn controls(&self) -> impl Iterator<Item = (&Slice<'a>, &'a View<'a>, &'a Control<'a>)> {
        self.slices.iter().flat_map(|slice| {
            slice
                .controls()
                .map(move |(view, control)| (slice, view, control))
        })
    }

    /// The slugs of the entries.
    pub fn entry_steps(&self) -> impl Iterator<Item = &'a str> {
        self.facts
            .steps
            .iter()
            .filter(|step| step.entry)
            .map(|step| step.slice.slug)
    }

    /// Where a journey may end: it leaves the workflow, a person looks at a view,
    /// or nothing follows.
    pub fn rests(&self, slice: &Slice<'_>) -> bool {
        slice.kind == SliceKind::StateView
            || self.exited.contains(slice.slug)
            || !self.left.contains(slice.slug)
    }

    /// What the transitions from each step are triggered by, as far as `name`
    /// has a name for it.
    pub fn triggered(
        &self,
        name: impl Fn(Trigger<'a>) -> Option<&'a str>,
    ) -> HashSet<(&'a str, &'a str)> {
        self.facts
            .transitions
            .iter()
            .filter_map(|transition| Some((transition.source, name(transition.trigger)?)))
            .collect()
    }
}
