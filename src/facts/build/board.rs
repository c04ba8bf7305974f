//! The cards and wires of the board.

use crate::{
    facts::{Card, Wire},
    model,
};

/// The cards.
pub(super) fn cards(slice: &model::Slice) -> Vec<Card<'_>> {
    let cards = slice.board_elements.iter().map(|one| &one.value);
    cards
        .map(|card| Card {
            name: &card.name,
            kind: card.kind,
            of: &card.declared_name,
            main: card.main_path,
            strayed: (card.lane != card.kind.lane()).then_some(card.lane),
        })
        .collect()
}

/// The wires.
pub(super) fn wires(slice: &model::Slice) -> Vec<Wire<'_>> {
    let wires = slice.board_connections.iter().map(|one| &one.value);
    wires
        .map(|wire| Wire {
            source_kind: wire.source_kind,
            source: &wire.source,
            target_kind: wire.target_kind,
            target: &wire.target,
        })
        .collect()
}
