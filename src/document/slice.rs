//! A slice as a person writes it.

use std::collections::BTreeMap;

#[cfg(feature = "author")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::element::{
    Automation, BoardConnection, BoardElement, Command, DataFlow, Event, ExternalPayload, Outcome,
    ReadModel, Scenario, Translation, View,
};
use crate::{
    event::{Text, vocabulary::SliceKind},
    model::{self, Recorded},
};

/// A slice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The lists are named after the element they hold.
pub struct Slice {
    /// Its slug.
    #[serde(rename = "slice")]
    pub slug: Text,
    /// The slug of its workflow: needed where the document is the slice, the
    /// enclosing workflow otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow: Option<Text>,
    pub name: Text,
    pub kind: SliceKind,
    pub description: Text,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<View>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<Command>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub read_models: Vec<ReadModel>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub automations: Vec<Automation>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<Translation>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub external_payloads: Vec<ExternalPayload>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<Scenario>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data_flows: Vec<DataFlow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub board_elements: Vec<BoardElement>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub board_connections: Vec<BoardConnection>,
}

impl Slice {
    /// What the slice holds; `workflow` stays unset.
    pub fn of(slice: &model::Slice) -> Self {
        Self {
            views: merged(&slice.views, |fact| &fact.name, View::of),
            commands: merged(&slice.command_definitions, |fact| &fact.name, Command::of),
            events: merged(&slice.event_definitions, |fact| &fact.name, Event::of),
            read_models: merged(&slice.read_models, |fact| &fact.name, ReadModel::of),
            automations: each(&slice.automations),
            translations: each(&slice.translations),
            external_payloads: merged(
                &slice.external_payloads,
                |fact| &fact.name,
                ExternalPayload::of,
            ),
            outcomes: each(&slice.outcomes),
            scenarios: each(&slice.scenarios),
            data_flows: each(&slice.data_flows),
            board_elements: each(&slice.board_elements),
            board_connections: each(&slice.board_connections),
            ..Self::empty(
                slice.slug.clone(),
                slice.name.clone(),
                slice.kind,
                slice.description.clone(),
            )
        }
    }

    /// A slice that owns nothing yet.
    pub fn empty(slug: Text, name: Text, kind: SliceKind, description: Text) -> Self {
        Self {
            slug,
            workflow: None,
            name,
            kind,
            description,
            views: Vec::new(),
            commands: Vec::new(),
            events: Vec::new(),
            read_models: Vec::new(),
            automations: Vec::new(),
            translations: Vec::new(),
            external_payloads: Vec::new(),
            outcomes: Vec::new(),
            scenarios: Vec::new(),
            data_flows: Vec::new(),
            board_elements: Vec::new(),
            board_connections: Vec::new(),
        }
    }
}

/// One element for each fact.
pub(super) fn each<T, E: for<'a> From<&'a T>>(facts: &[Recorded<T>]) -> Vec<E> {
    facts.iter().map(|fact| E::from(&fact.value)).collect()
}

/// One element for each name, in the order of each name's first fact.
fn merged<T, E>(
    facts: &[Recorded<T>],
    name: impl Fn(&T) -> &Text,
    element: impl Fn(&[&T]) -> Option<E>,
) -> Vec<E> {
    let mut places = BTreeMap::new();
    let mut groups: Vec<Vec<&T>> = Vec::new();
    for fact in facts {
        let next = groups.len();
        let place = *places.entry(name(&fact.value)).or_insert(next);
        match groups.get_mut(place) {
            Some(group) => group.push(&fact.value),
            None => groups.push(vec![&fact.value]),
        }
    }
    groups.iter().filter_map(|group| element(group)).collect()
}
