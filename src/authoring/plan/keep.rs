//! The model that a document wants: the present one with the elements of the
//! document in their place. Unless removals are asked for, what the document
//! does not name stays.

use std::collections::{BTreeMap, BTreeSet};

use super::{fact::Element, twice};
use crate::{
    authoring::Refused,
    document::{
        Command, CommandInput, Document, Event, EventAttribute, ExternalPayload, Model,
        PayloadField, ReadModel, ReadModelField, Slice, View, ViewField, Workflow,
    },
    event::{self, Text},
};

/// The model that `document` wants, and what stays although the document does
/// not name it. With `prune` nothing stays within the document's reach: a
/// whole model, a workflow, or a slice.
///
/// # Errors
/// A slice document whose workflow does not exist; an element that the document
/// names twice and the model does not hold twice.
pub fn wanted(
    current: &Model,
    document: &Document,
    prune: bool,
) -> Result<(Model, Vec<String>), Refused> {
    twice::refuse(current, document)?;
    let mut kept = Keep {
        prune,
        kept: Vec::new(),
    };
    let target = match document {
        Document::Model(model) => Model {
            project: model.project.clone().or_else(|| current.project.clone()),
            workflows: kept.list(
                &current.workflows,
                &model.workflows,
                |workflow| &workflow.slug,
                "workflow",
                Keep::workflow,
            ),
        },
        Document::Workflow(workflow) => {
            let mut target = current.clone();
            match target
                .workflows
                .iter_mut()
                .find(|own| own.slug == workflow.slug)
            {
                Some(own) => *own = kept.workflow(own, workflow),
                None => target.workflows.push(workflow.clone()),
            }
            target
        }
        Document::Slice(slice) => {
            let mut target = current.clone();
            let home = slice.workflow.as_ref();
            let Some(workflow) = target
                .workflows
                .iter_mut()
                .find(|workflow| Some(&workflow.slug) == home)
            else {
                let name = home.map_or("", |home| home.as_str());
                return Err(crate::authoring::absent(
                    "workflow",
                    name,
                    current
                        .workflows
                        .iter()
                        .map(|workflow| workflow.slug.as_str()),
                )
                .into());
            };
            match workflow
                .slices
                .iter_mut()
                .find(|own| own.slug == slice.slug)
            {
                Some(own) => *own = kept.slice(own, slice),
                None => workflow.slices.push(slice.clone()),
            }
            target
        }
    };
    Ok((target, kept.kept))
}

struct Keep {
    prune: bool,
    kept: Vec<String>,
}

impl Keep {
    /// Workflows or slices: those of the document in the place of the present
    /// ones, new ones at the end.
    fn list<T: Clone>(
        &mut self,
        current: &[T],
        wanted: &[T],
        slug: fn(&T) -> &Text,
        noun: &str,
        merge: fn(&mut Self, &T, &T) -> T,
    ) -> Vec<T> {
        if self.prune {
            // Twins meet their twins: the n-th of a slug the n-th.
            return wanted.to_vec();
        }
        let mut rest: BTreeMap<&Text, Vec<&T>> = BTreeMap::new();
        for item in wanted.iter().rev() {
            rest.entry(slug(item)).or_default().push(item);
        }
        let mut target = Vec::new();
        for own in current {
            if let Some(item) = rest.get_mut(slug(own)).and_then(Vec::pop) {
                target.push(merge(self, own, item));
            } else {
                self.kept.push(format!("{noun} {}", slug(own)));
                target.push(own.clone());
            }
        }
        for item in wanted {
            // What is left of a slug are its last ones, in order from the end.
            if let Some(left) = rest.get_mut(slug(item))
                && left.last().is_some_and(|next| std::ptr::eq(*next, item))
            {
                left.pop();
                target.push(item.clone());
            }
        }
        target
    }

    fn workflow(&mut self, current: &Workflow, wanted: &Workflow) -> Workflow {
        let place = format!("workflow {}", wanted.slug);
        Workflow {
            entry_lifecycle_states: self.elements(
                &place,
                &current.entry_lifecycle_states,
                &wanted.entry_lifecycle_states,
            ),
            transitions: self.elements(&place, &current.transitions, &wanted.transitions),
            transition_evidences: self.elements(
                &place,
                &current.transition_evidences,
                &wanted.transition_evidences,
            ),
            outcomes: self.elements(&place, &current.outcomes, &wanted.outcomes),
            command_errors: self.elements(&place, &current.command_errors, &wanted.command_errors),
            owned_definitions: self.elements(
                &place,
                &current.owned_definitions,
                &wanted.owned_definitions,
            ),
            slices: self.list(
                &current.slices,
                &wanted.slices,
                |slice| &slice.slug,
                "slice",
                Self::slice,
            ),
            ..wanted.clone()
        }
    }

    fn slice(&mut self, current: &Slice, wanted: &Slice) -> Slice {
        let place = format!("slice {}", wanted.slug);
        Slice {
            views: self.elements(&place, &current.views, &wanted.views),
            commands: self.elements(&place, &current.commands, &wanted.commands),
            events: self.elements(&place, &current.events, &wanted.events),
            read_models: self.elements(&place, &current.read_models, &wanted.read_models),
            automations: self.elements(&place, &current.automations, &wanted.automations),
            translations: self.elements(&place, &current.translations, &wanted.translations),
            external_payloads: self.elements(
                &place,
                &current.external_payloads,
                &wanted.external_payloads,
            ),
            outcomes: self.elements(&place, &current.outcomes, &wanted.outcomes),
            scenarios: self.elements(&place, &current.scenarios, &wanted.scenarios),
            data_flows: self.elements(&place, &current.data_flows, &wanted.data_flows),
            board_elements: self.elements(&place, &current.board_elements, &wanted.board_elements),
            board_connections: self.elements(
                &place,
                &current.board_connections,
                &wanted.board_connections,
            ),
            ..wanted.clone()
        }
    }

    /// The elements of the document, then those of the model that it does not
    /// name.
    fn elements<E: Element>(&mut self, place: &str, current: &[E], wanted: &[E]) -> Vec<E> {
        let mut target = wanted.to_vec();
        if self.prune {
            return target;
        }
        let named: BTreeSet<String> = wanted.iter().map(Element::label).collect();
        for own in current {
            let label = own.label();
            if named.contains(&label) {
                for element in target.iter_mut().filter(|element| element.label() == label) {
                    for member in element.keep(own) {
                        self.kept
                            .push(format!("{place}, {} {label}, {member}", E::NOUN));
                    }
                }
            } else {
                self.kept.push(format!("{place}, {} {label}", E::NOUN));
                target.push(own.clone());
            }
        }
        target
    }
}

/// Take over the members of `current` that `wanted` does not name, each behind
/// its predecessor; their names.
fn members<T: Clone>(wanted: &mut Vec<T>, current: &[T], name: fn(&T) -> &Text) -> Vec<String> {
    let named: BTreeSet<Text> = wanted.iter().map(|member| name(member).clone()).collect();
    let mut kept = Vec::new();
    let mut behind: Option<&Text> = None;
    for member in current {
        if !named.contains(name(member)) {
            let at = behind
                .and_then(|before| wanted.iter().rposition(|other| name(other) == before))
                .map_or(0, |position| position + 1);
            wanted.insert(at, member.clone());
            kept.push(name(member).to_string());
        }
        behind = Some(name(member));
    }
    kept
}

/// Elements that are merged from facts of one name.
macro_rules! merged {
    ($( $name:ident: $fact:ident $noun:literal, $members:ident: $member:ident $member_noun:literal; )*) => {$(
        impl Element for $name {
            type Fact = event::$fact;
            const NOUN: &'static str = $noun;
            const TWICE: &'static str = concat!(
                "write one ", $noun, " with all ", $member_noun, "s, or give one of them another name"
            );
            fn label(&self) -> String {
                self.name.to_string()
            }
            fn facts(&self) -> Result<Vec<event::$fact>, String> {
                self.to_facts()
            }
            fn keep(&mut self, current: &Self) -> Vec<String> {
                members(&mut self.$members, &current.$members, |member: &$member| &member.name)
                    .into_iter()
                    .map(|name| format!("{} {name}", $member_noun))
                    .collect()
            }
        }
    )*};
}

merged! {
    Command: CommandDefinition "command", inputs: CommandInput "input";
    Event: EventDefinition "event", attributes: EventAttribute "attribute";
    ReadModel: ReadModel "read model", fields: ReadModelField "field";
    ExternalPayload: ExternalPayload "external payload", fields: PayloadField "field";
}

impl Element for View {
    type Fact = event::View;
    const NOUN: &'static str = "view";
    const TWICE: &'static str = "write one view with all fields, or give one of them another name";
    fn label(&self) -> String {
        self.name.to_string()
    }
    fn facts(&self) -> Result<Vec<event::View>, String> {
        self.to_facts()
    }
    fn keep(&mut self, current: &Self) -> Vec<String> {
        let mut kept = Vec::new();
        let controls: BTreeSet<Text> = self
            .fields
            .iter()
            .flat_map(|field| &field.controls)
            .map(|control| control.name.clone())
            .collect();
        // The n-th field of a name keeps the controls of the n-th field of that name.
        let mut taken: Vec<usize> = Vec::new();
        for own in &current.fields {
            let place = self
                .fields
                .iter()
                .enumerate()
                .position(|(index, field)| field.name == own.name && !taken.contains(&index));
            let Some(place) = place else { continue };
            taken.push(place);
            for control in &own.controls {
                if !controls.contains(&control.name)
                    && let Some(field) = self.fields.get_mut(place)
                {
                    field.controls.push(control.clone());
                    kept.push(format!("control {}", control.name));
                }
            }
        }
        kept.extend(
            members(&mut self.fields, &current.fields, |field: &ViewField| {
                &field.name
            })
            .into_iter()
            .map(|name| format!("field {name}")),
        );
        kept
    }
}
