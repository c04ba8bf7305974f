//! A project with what its slices give each other.

use std::{
    collections::{HashMap, HashSet},
    ops::Deref,
};

use crate::facts::{self, Event, Slice};

/// A project with what its slices give each other. It reads like the project
/// itself.
pub(crate) struct Project<'a> {
    facts: &'a facts::Project<'a>,
    slices: Vec<&'a Slice<'a>>,
    emitted: Vec<Emitted<'a>>,
    producers: HashMap<&'a str, usize>,
    messages: HashSet<&'a str>,
    slugs: HashSet<&'a str>,
}

/// An event together with the slice that emits it.
#[derive(Clone, Copy)]
pub(crate) struct Emitted<'a> {
    pub slice: &'a Slice<'a>,
    pub event: &'a Event<'a>,
}

impl<'a> Deref for Project<'a> {
    type Target = facts::Project<'a>;

    fn deref(&self) -> &Self::Target {
        self.facts
    }
}

impl<'a> Project<'a> {
    pub fn of(facts: &'a facts::Project<'a>) -> Self {
        let slices: Vec<&Slice<'_>> = facts
            .workflows
            .iter()
            .flat_map(|workflow| workflow.steps.iter().map(|step| &step.slice))
            .collect();
        let emitted: Vec<Emitted<'_>> = slices
            .iter()
            .flat_map(|&slice| {
                slice
                    .events
                    .iter()
                    .map(move |event| Emitted { slice, event })
            })
            .collect();
        let mut producers = HashMap::with_capacity(emitted.len());
        for (place, emitted) in emitted.iter().enumerate() {
            producers.entry(emitted.event.name).or_insert(place);
        }
        let messages = slices
            .iter()
            .flat_map(|slice| &slice.translations)
            .map(|translation| translation.external_event)
            .collect();
        Self {
            facts,
            slices,
            emitted,
            producers,
            messages,
            slugs: facts
                .workflows
                .iter()
                .map(|workflow| workflow.slug)
                .collect(),
        }
    }

    /// The slices of all workflows, in order.
    pub fn slices(&self) -> &[&'a Slice<'a>] {
        &self.slices
    }

    /// The events of all slices, in order.
    pub fn emitted(&self) -> &[Emitted<'a>] {
        &self.emitted
    }

    /// Where in [`Project::emitted`] the event is that others rely on: its first
    /// one.
    pub fn place(&self, event: &str) -> Option<usize> {
        self.producers.get(event).copied()
    }

    /// The slice that others rely on for the event, with its definition.
    pub fn producer(&self, event: &str) -> Option<Emitted<'a>> {
        self.emitted.get(self.place(event)?).copied()
    }

    /// Whether a translation takes this message from outside.
    pub fn arrives(&self, message: &str) -> bool {
        self.messages.contains(message)
    }

    pub fn has_workflow(&self, slug: &str) -> bool {
        self.slugs.contains(slug)
    }
}
