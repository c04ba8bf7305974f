//! A slice: one step of a workflow and the facts it owns.

use serde::{Deserialize, Serialize};

use super::{Origin, Recorded};
use crate::event::{
    Automation, BoardConnection, BoardElement, CommandDefinition, DataFlow, EventDefinition,
    ExternalPayload, Outcome, ReadModel, Scenario, Text, Translation, View, vocabulary::SliceKind,
};

/// The part a slice plays in its workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Relationship {
    /// The first slice that was added to an empty workflow. It never changes.
    Entry,
    /// Any other slice.
    Main,
}

impl Relationship {
    /// `entry` or `main`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Main => "main",
        }
    }
}

/// A slice with its facts, each list in the order of the fold. Facts of one
/// name belong together: [`Slice::commands`] and its like merge them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // The lists are named after the element they hold.
pub struct Slice {
    /// The event that added the slice or last changed its name, kind or description.
    pub origin: Origin,
    pub slug: Text,
    pub name: Text,
    pub kind: SliceKind,
    pub description: Text,
    pub relationship: Relationship,
    pub scenarios: Vec<Recorded<Scenario>>,
    pub outcomes: Vec<Recorded<Outcome>>,
    pub external_payloads: Vec<Recorded<ExternalPayload>>,
    pub event_definitions: Vec<Recorded<EventDefinition>>,
    pub command_definitions: Vec<Recorded<CommandDefinition>>,
    pub read_models: Vec<Recorded<ReadModel>>,
    pub views: Vec<Recorded<View>>,
    /// Where those controls were written that have been recorded on their own.
    pub controls_written: ControlOrigins,
    pub translations: Vec<Recorded<Translation>>,
    pub automations: Vec<Recorded<Automation>>,
    pub data_flows: Vec<Recorded<DataFlow>>,
    pub board_elements: Vec<Recorded<BoardElement>>,
    pub board_connections: Vec<Recorded<BoardConnection>>,
}

impl Slice {
    /// A slice with no fact yet, that is not the entry of its workflow.
    pub fn new(origin: Origin, slug: Text, name: Text, kind: SliceKind, description: Text) -> Self {
        Self {
            origin,
            slug,
            name,
            kind,
            description,
            relationship: Relationship::Main,
            scenarios: Vec::new(),
            outcomes: Vec::new(),
            external_payloads: Vec::new(),
            event_definitions: Vec::new(),
            command_definitions: Vec::new(),
            read_models: Vec::new(),
            views: Vec::new(),
            controls_written: ControlOrigins::default(),
            translations: Vec::new(),
            automations: Vec::new(),
            data_flows: Vec::new(),
            board_elements: Vec::new(),
            board_connections: Vec::new(),
        }
    }

    /// The same slice with no fact.
    #[must_use]
    pub fn without_facts(&self) -> Self {
        let (slug, name) = (self.slug.clone(), self.name.clone());
        Self {
            relationship: self.relationship,
            ..Self::new(self.origin, slug, name, self.kind, self.description.clone())
        }
    }
}

/// The events that recorded single controls, after their view. Equality does not
/// look at them, as with [`Recorded`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ControlOrigins(Vec<(Text, Text, Origin)>);

impl ControlOrigins {
    /// The event that recorded a control of a view on its own.
    pub fn get(&self, view: &str, control: &str) -> Option<Origin> {
        self.0
            .iter()
            .find(|(of, name, _)| *of == *view && *name == *control)
            .map(|(.., origin)| *origin)
    }

    /// A control of a view was recorded on its own.
    pub(super) fn set(&mut self, view: &Text, control: &Text, origin: Origin) {
        self.forget(view, Some(control));
        self.0.push((view.clone(), control.clone(), origin));
    }

    /// A control, or each control of a view, is gone or is recorded otherwise.
    pub(super) fn forget(&mut self, view: &Text, control: Option<&Text>) {
        self.0
            .retain(|(of, name, _)| of != view || control.is_some_and(|control| name != control));
    }
}

impl PartialEq for ControlOrigins {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for ControlOrigins {}
