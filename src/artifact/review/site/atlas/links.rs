//! Which element of a workflow leads to which.

use super::{Drawing, EMITTERS, Kind, Link, nearest};
use crate::{
    event::vocabulary::BoardEndpointKind,
    facts::{self, FieldInput, FieldSource},
    model,
};

impl Drawing<'_> {
    /// The elements of this kind and name: those of the step, or else the closest.
    fn find(&self, step: usize, kind: Kind, name: &str) -> Vec<usize> {
        let all = self.named.get(&(kind, name)).map_or(&[][..], Vec::as_slice);
        let most = match kind {
            Kind::Event => EMITTERS,
            _ => 1,
        };
        nearest(all, step, |at| self.atlas.element(at).step, most)
    }

    fn here(&self, step: usize, kind: Kind, name: &str) -> Vec<usize> {
        let mut found = self.find(step, kind, name);
        found.retain(|at| self.atlas.element(*at).step == step);
        found
    }

    fn link(&mut self, from: &[usize], to: &[usize]) {
        for &from in from {
            for &to in to {
                self.atlas.links.push(Link { from, to });
            }
        }
    }

    fn event(&self, step: usize, name: &str) -> Vec<usize> {
        let near = [Kind::Event, Kind::Observed].map(|kind| self.here(step, kind, name));
        let near = near.concat();
        if near.is_empty() {
            self.find(step, Kind::Event, name)
        } else {
            near
        }
    }

    pub(super) fn connect(&mut self, step: usize, slice: &model::Slice, facts: &facts::Slice<'_>) {
        let before = self.atlas.links.len();
        for view in &facts.views {
            for at in self.here(step, Kind::View, view.name) {
                for control in &view.controls {
                    let own: Vec<usize> = self
                        .here(step, Kind::Control, control.name)
                        .into_iter()
                        .filter(|one| self.atlas.element(*one).within == Some(at))
                        .collect();
                    let commands = self.find(step, Kind::Command, control.command);
                    self.link(&own, &commands);
                }
                for shown in &view.shows {
                    let models = self.find(step, Kind::ReadModel, shown.read_model);
                    self.link(&models, &[at]);
                }
            }
        }
        for one in &facts.translations {
            let own = self.here(step, Kind::Translation, one.name);
            let payloads = self.find(step, Kind::Payload, one.payload);
            self.link(&payloads, &own);
            let commands = self.find(step, Kind::Command, one.command);
            self.link(&own, &commands);
        }
        for one in &facts.automations {
            let own = self.here(step, Kind::Automation, one.name);
            let triggers = self.event(step, one.trigger);
            self.link(&triggers, &own);
            let commands = self.find(step, Kind::Command, one.command);
            self.link(&own, &commands);
        }
        for command in &facts.commands {
            let own = self.here(step, Kind::Command, command.name);
            for event in &command.emits {
                let events = self.event(step, event);
                self.link(&own, &events);
            }
        }
        for seen in &facts.observed {
            let own = self.here(step, Kind::Observed, seen.name);
            let emitted = self.find(step, Kind::Event, seen.name);
            self.link(&emitted, &own);
        }
        for model in &facts.read_models {
            let own = self.here(step, Kind::ReadModel, model.name);
            for field in &model.fields {
                let events = match &field.source {
                    FieldSource::Attribute { event, .. } | FieldSource::Absent { event, .. } => {
                        self.event(step, event)
                    }
                    FieldSource::Derived { sources, .. } => sources
                        .iter()
                        .filter_map(|source| match source {
                            FieldInput::Attribute { event, .. } => Some(*event),
                            FieldInput::Field(_) => None,
                        })
                        .flat_map(|event| self.event(step, event))
                        .collect(),
                };
                self.link(&events, &own);
            }
        }
        self.drawn(step, slice, before);
    }

    /// The arrows of the model's own board. Those that say what the definitions
    /// say already are there twice, and taken out at the end. The step's own links
    /// are those behind `before`.
    fn drawn(&mut self, step: usize, slice: &model::Slice, before: usize) {
        let end = |kind: BoardEndpointKind, name: &str| -> Vec<usize> {
            let declared = slice.board_elements.iter().find(|card| *card.name == *name);
            let name = declared.map_or(name, |card| card.declared_name.as_str());
            let kinds: &[Kind] = match kind {
                BoardEndpointKind::View => &[Kind::View],
                BoardEndpointKind::Automation => &[Kind::Automation, Kind::Translation],
                BoardEndpointKind::ExternalEvent => &[Kind::Payload, Kind::Translation],
                BoardEndpointKind::WorkflowTrigger => &[],
                BoardEndpointKind::Command => &[Kind::Command],
                BoardEndpointKind::Event => &[Kind::Event, Kind::Observed],
                BoardEndpointKind::ReadModel => &[Kind::ReadModel],
            };
            let near = kinds.iter().flat_map(|kind| self.here(step, *kind, name));
            let near: Vec<usize> = near.collect();
            if near.is_empty() && kind == BoardEndpointKind::Command {
                // A control of one step sets off the command of another one.
                return self.find(step, Kind::Command, name);
            }
            near
        };
        let mut links = Vec::new();
        for wire in &slice.board_connections {
            let sources = end(wire.source_kind, &wire.source);
            let targets = end(wire.target_kind, &wire.target);
            for &from in &sources {
                // A control of the view says the same, and more.
                let by_control = |to: usize| {
                    self.atlas.links[before..].iter().any(|link| {
                        link.to == to && self.atlas.element(link.from).within == Some(from)
                    })
                };
                let drawn = targets.iter().copied().filter(|to| !by_control(*to));
                links.extend(drawn.map(|to| Link { from, to }));
            }
        }
        self.atlas.links.extend(links);
    }
}
