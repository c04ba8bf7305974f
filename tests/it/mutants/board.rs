//! The board of a slice.

use emc::event::{
    SliceFact,
    vocabulary::{BoardElementKind as Card, BoardEndpointKind as End, Lane},
};

use super::Mutant;
use crate::facts::Facts;

/// The wire between two cards is cut.
fn cut(facts: &mut Facts, slice: &str, from: &str, to: &str) {
    facts.drop_facts(slice, |fact| {
        matches!(fact, SliceFact::BoardConnection(wire)
            if *wire.source == *from && *wire.target == *to)
    });
}

/// A card that is not on the main path.
fn aside(facts: &mut Facts, slice: &str, kind: Card, name: &str) {
    facts.at(slice);
    facts.card(kind, name);
    facts.cards(slice, name, |card| card.main_path = false);
}

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC801",
        what: "A card stands for an event that the slice does not know",
        change: |f| aside(f, "capture-ticket", Card::Event, "TicketLost"),
        also: &[],
    },
    Mutant {
        code: "EMC801",
        what: "A card stands for a view of another slice",
        change: |f| aside(f, "receive-part", Card::View, "PartShelf"),
        also: &[],
    },
    Mutant {
        code: "EMC802",
        what: "A wire begins at a card that is not there",
        change: |f| {
            f.at("ticket-desk");
            f.wire(
                (End::Event, "TechnicianAssigned"),
                (End::ReadModel, "OpenTickets"),
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC802",
        what: "A wire ends at a card that is not there",
        change: |f| {
            f.at("receive-part");
            f.wire((End::Event, "PartReceived"), (End::ReadModel, "Parts"));
        },
        also: &[],
    },
    Mutant {
        code: "EMC803",
        what: "A wire leads from an event to a view, past the read model",
        change: |f| {
            f.at("ticket-desk");
            f.wire((End::Event, "TicketCaptured"), (End::View, "TicketDesk"));
        },
        also: &[],
    },
    Mutant {
        code: "EMC803",
        what: "A wire leads from an event back to its command",
        change: |f| {
            f.at("capture-ticket");
            f.wire(
                (End::Event, "TicketCaptured"),
                (End::Command, "CaptureTicket"),
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC804",
        what: "A wire leads to an event that the command does not emit here",
        change: |f| {
            f.at("ticket-desk");
            f.wire(
                (End::Command, "CaptureTicket"),
                (End::Event, "TicketCaptured"),
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC804",
        what: "A wire leads to an automation that does not wait for the event",
        change: |f| {
            f.at("notify-technician");
            f.wire(
                (End::Event, "TechnicianNotified"),
                (End::Automation, "TechnicianNotifier"),
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC805",
        what: "Nothing on the board triggers a command",
        change: |f| cut(f, "capture-ticket", "open-ticket", "CaptureTicket"),
        also: &[],
    },
    Mutant {
        code: "EMC805",
        what: "Nothing on the board feeds a read model",
        change: |f| cut(f, "ticket-desk", "TicketCaptured", "OpenTickets"),
        also: &[("EMC806", "the card of the event is not connected")],
    },
    Mutant {
        code: "EMC806",
        what: "A card of the main path is not connected",
        change: |f| {
            f.at("ticket-desk");
            f.card(Card::Event, "TechnicianAssigned");
        },
        also: &[],
    },
    Mutant {
        code: "EMC806",
        what: "A wire to the last card is gone",
        change: |f| {
            cut(
                f,
                "notify-technician",
                "NotifyTechnician",
                "TechnicianNotified",
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC807",
        what: "The card of an event is gone",
        change: |f| {
            cut(
                f,
                "notify-technician",
                "NotifyTechnician",
                "TechnicianNotified",
            );
            f.drop_facts("notify-technician", |fact| {
                matches!(fact, SliceFact::BoardElement(card) if *card.name == *"TechnicianNotified")
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC807",
        what: "A card stands for another event than before",
        change: |f| {
            cut(f, "receive-part", "RecordPart", "PartReceived");
            f.drop_facts("receive-part", |fact| {
                matches!(fact, SliceFact::BoardElement(card) if *card.name == *"PartReceived")
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC808",
        what: "The card of an event lies among the views",
        change: |f| {
            f.cards("capture-ticket", "TicketCaptured", |card| {
                card.lane = Lane::Ux;
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC808",
        what: "The card of a view lies among the actions",
        change: |f| {
            f.cards("ticket-desk", "TicketDesk", |card| {
                card.lane = Lane::Actions;
            });
        },
        also: &[],
    },
];
