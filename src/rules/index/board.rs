//! The board of a slice, with its wires led to the cards at their ends.

use std::collections::HashMap;

use crate::{
    event::vocabulary::{BoardElementKind, BoardEndpointKind},
    facts::{Card, Slice, Wire},
};

/// An end of a wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct End<'a> {
    /// What it is.
    pub kind: BoardEndpointKind,
    /// What the card stands for.
    pub of: &'a str,
    /// The name of the card.
    pub name: &'a str,
}

/// The wires of a board, in order.
pub(crate) struct Board<'a> {
    /// Each wire with its ends, where both are there.
    pub wires: Vec<(&'a Wire<'a>, Option<(End<'a>, End<'a>)>)>,
}

impl<'a> Board<'a> {
    pub fn of(slice: &'a Slice<'a>) -> Self {
        if slice.wires.is_empty() {
            return Self { wires: Vec::new() };
        }
        let cards = Cards::of(&slice.cards);
        let wires = slice.wires.iter().map(|wire| {
            let source = cards.end(wire.source_kind, wire.source);
            let target = cards.end(wire.target_kind, wire.target);
            (wire, source.zip(target))
        });
        Self {
            wires: wires.collect(),
        }
    }

    /// The ends of the wires that have both.
    pub fn ends(&self) -> impl Iterator<Item = (&'a Wire<'a>, End<'a>, End<'a>)> {
        self.wires
            .iter()
            .filter_map(|&(wire, ends)| ends.map(|(source, target)| (wire, source, target)))
    }
}

impl<'a> End<'a> {
    fn card(card: &'a Card<'a>) -> Self {
        Self {
            kind: endpoint(card.kind),
            of: card.of,
            name: card.name,
        }
    }
}

/// Cards by kind and name, and by kind and what they stand for; the first of
/// several.
struct Cards<'a> {
    named: HashMap<(BoardEndpointKind, &'a str), &'a Card<'a>>,
    standing_for: HashMap<(BoardEndpointKind, &'a str), &'a Card<'a>>,
}

impl<'a> Cards<'a> {
    fn of(cards: &'a [Card<'a>]) -> Self {
        let mut named = HashMap::with_capacity(cards.len());
        let mut standing_for = HashMap::with_capacity(cards.len());
        for card in cards {
            let kind = endpoint(card.kind);
            named.entry((kind, card.name)).or_insert(card);
            standing_for.entry((kind, card.of)).or_insert(card);
        }
        Self {
            named,
            standing_for,
        }
    }

    /// The card of this kind with this name, or else the one that stands for
    /// this. The workflow as a trigger needs no card.
    fn end(&self, kind: BoardEndpointKind, name: &'a str) -> Option<End<'a>> {
        if kind == BoardEndpointKind::WorkflowTrigger {
            return Some(End {
                kind,
                of: name,
                name,
            });
        }
        self.named
            .get(&(kind, name))
            .or_else(|| self.standing_for.get(&(kind, name)))
            .map(|card| End::card(card))
    }
}

fn endpoint(kind: BoardElementKind) -> BoardEndpointKind {
    match kind {
        BoardElementKind::View => BoardEndpointKind::View,
        BoardElementKind::Automation => BoardEndpointKind::Automation,
        BoardElementKind::ExternalEvent => BoardEndpointKind::ExternalEvent,
        BoardElementKind::Command => BoardEndpointKind::Command,
        BoardElementKind::ReadModel => BoardEndpointKind::ReadModel,
        BoardElementKind::Event => BoardEndpointKind::Event,
    }
}
