//! What people see.

use emc::event::vocabulary::{
    BoardElementKind as Card, BoardEndpointKind as End, ContractKind as Binds, InputSourceKind,
    SliceKind,
};

use super::{LEVEL, TEXT, TIME, UUID, YES};
use crate::facts::{Facts, Field, From, Owner};

/// A state view: what the desk sees, and all that can be done from there.
pub fn ticket_desk(facts: &mut Facts) {
    facts.slice(
        "ticket-desk",
        SliceKind::StateView,
        "Shows the open tickets.",
    );
    facts.event(
        "TicketCaptured",
        "ticket",
        Owner::Elsewhere,
        &[
            ("ticket_id", From::Elsewhere, UUID),
            ("title", From::Elsewhere, TEXT),
            ("priority", From::Elsewhere, LEVEL),
        ],
    );
    facts.event(
        "TechnicianAssigned",
        "ticket",
        Owner::Elsewhere,
        &[("technician", From::Elsewhere, TEXT)],
    );
    facts.read_model(
        "OpenTickets",
        &[
            ("ticket_id", Field::Of("TicketCaptured"), UUID),
            ("title", Field::Of("TicketCaptured"), TEXT),
            ("priority", Field::Of("TicketCaptured"), LEVEL),
            ("technician", Field::Of("TechnicianAssigned"), TEXT),
            (
                "urgent",
                Field::Derived(&["priority"], "Priority 1 is urgent"),
                YES,
            ),
            (
                "waiting",
                Field::Absent("TechnicianAssigned", "Nobody works on it"),
                YES,
            ),
        ],
    );
    desk_view(facts);
    desk_scenarios(facts);
    desk_board(facts);
}

fn desk_view(facts: &mut Facts) {
    // A form with three inputs is recorded as one control for each.
    let errors = ["TitleMissing"];
    let controls = vec![
        facts.control(
            "CaptureTicket",
            ("title", InputSourceKind::Actor),
            &errors,
            "TicketDesk",
        ),
        facts.control(
            "CaptureTicket",
            ("priority", InputSourceKind::Actor),
            &errors,
            "TicketDesk",
        ),
        facts.control(
            "CaptureTicket",
            ("captured_by", InputSourceKind::Session),
            &errors,
            "TicketDesk",
        ),
        facts.control(
            "AssignTechnician",
            ("ticket_id", InputSourceKind::Actor),
            &["AlreadyAssigned"],
            "TicketDesk",
        ),
        facts.control(
            "AssignTechnician",
            ("technician", InputSourceKind::Actor),
            &["AlreadyAssigned"],
            "TicketDesk",
        ),
        // A control that only navigates names itself as its command.
        facts.control(
            "OpenShelf",
            ("ticket_id", InputSourceKind::Actor),
            &[],
            "PartShelf",
        ),
    ];
    facts.view(
        "TicketDesk",
        "OpenTickets",
        &[
            ("ticket_id", UUID),
            ("title", TEXT),
            ("priority", LEVEL),
            ("technician", TEXT),
            ("urgent", YES),
            ("waiting", YES),
        ],
        controls,
    );
}

fn desk_scenarios(facts: &mut Facts) {
    facts.accept(
        "The desk sees open tickets",
        "two captured tickets",
        "the desk is opened",
        "both are listed",
    );
    facts.contract(
        "Captured tickets are listed",
        (Binds::Projector, "OpenTickets"),
        ["nothing", "TicketCaptured", "the ticket is listed"],
        &["ticket"],
        &[],
        &[],
    );
    facts.contract(
        "Priority 1 is urgent",
        (Binds::Derivation, "urgent"),
        [
            "nothing",
            "TicketCaptured with priority 1",
            "the ticket is urgent",
        ],
        &["ticket"],
        &[],
        &[],
    );
    facts.contract(
        "Nobody works on it",
        (Binds::Absence, "waiting"),
        [
            "TicketCaptured",
            "no TechnicianAssigned",
            "the ticket is waiting",
        ],
        &["ticket"],
        &[],
        &[],
    );
}

fn desk_board(facts: &mut Facts) {
    for (kind, name) in [
        (Card::Event, "TicketCaptured"),
        (Card::ReadModel, "OpenTickets"),
        (Card::View, "TicketDesk"),
        (Card::Command, "CaptureTicket"),
        (Card::Command, "AssignTechnician"),
    ] {
        facts.card(kind, name);
    }
    facts.wire(
        (End::Event, "TicketCaptured"),
        (End::ReadModel, "OpenTickets"),
    );
    facts.wire((End::ReadModel, "OpenTickets"), (End::View, "TicketDesk"));
    facts.wire((End::View, "TicketDesk"), (End::Command, "CaptureTicket"));
    facts.wire(
        (End::View, "TicketDesk"),
        (End::Command, "AssignTechnician"),
    );
}

/// A second state view, so that there is a way between two.
pub fn part_shelf(facts: &mut Facts) {
    facts.slice(
        "part-shelf",
        SliceKind::StateView,
        "Shows the parts that have come.",
    );
    facts.event(
        "PartReceived",
        "part",
        Owner::Elsewhere,
        &[
            ("part", From::Elsewhere, TEXT),
            ("delivered_at", From::Elsewhere, TIME),
        ],
    );
    facts.read_model(
        "Parts",
        &[
            ("part", Field::Of("PartReceived"), TEXT),
            ("delivered_at", Field::Of("PartReceived"), TIME),
        ],
    );
    let controls = vec![facts.control(
        "OpenDesk",
        ("part", InputSourceKind::Actor),
        &[],
        "TicketDesk",
    )];
    facts.view(
        "PartShelf",
        "Parts",
        &[("part", TEXT), ("delivered_at", TIME)],
        controls,
    );
    facts.accept(
        "The desk sees the parts",
        "a delivery",
        "the shelf is opened",
        "the part is listed",
    );
    facts.contract(
        "Received parts are listed",
        (Binds::Projector, "Parts"),
        ["nothing", "PartReceived", "the part is listed"],
        &["part"],
        &[],
        &[],
    );
}
