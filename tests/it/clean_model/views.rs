//! What people see.

use emc::event::{
    Control,
    vocabulary::{
        BoardElementKind as Card, BoardEndpointKind as End, ContractKind as Binds, InputSourceKind,
        NavigationType, SliceKind,
    },
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
                "first",
                Field::Derived(&["urgent"], "Urgent tickets come first"),
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
            ("first", YES),
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
        "Urgent tickets come first",
        (Binds::Derivation, "first"),
        ["nothing", "an urgent ticket", "it comes first"],
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
    ] {
        facts.card(kind, name);
    }
    facts.wire(
        (End::Event, "TicketCaptured"),
        (End::ReadModel, "OpenTickets"),
    );
    facts.wire((End::ReadModel, "OpenTickets"), (End::View, "TicketDesk"));
    facts.wire((End::View, "TicketDesk"), (End::Command, "CaptureTicket"));
}

/// A state view in which a ticket is looked at and given away.
pub fn ticket_details(facts: &mut Facts) {
    facts.slice("ticket-details", SliceKind::StateView, "Shows one ticket.");
    facts.event(
        "TicketCaptured",
        "ticket",
        Owner::Elsewhere,
        &[
            ("ticket_id", From::Elsewhere, UUID),
            ("title", From::Elsewhere, TEXT),
            ("due_at", From::Elsewhere, TIME),
        ],
    );
    facts.event(
        "AssignmentDeferred",
        "deferral",
        Owner::Elsewhere,
        &[("deferred_at", From::Elsewhere, TIME)],
    );
    let fields = [
        ("ticket_id", Field::Of("TicketCaptured"), UUID),
        ("title", Field::Of("TicketCaptured"), TEXT),
        ("due_at", Field::Of("TicketCaptured"), TIME),
        ("deferred_at", Field::Of("AssignmentDeferred"), TIME),
    ];
    facts.read_model("TicketDetails", &fields);
    let actor = InputSourceKind::Actor;
    let mut controls: Vec<Control> = ["ticket_id", "technician"]
        .map(|input| {
            facts.control(
                "AssignTechnician",
                (input, actor),
                &["AlreadyAssigned"],
                "assigning",
            )
        })
        .into();
    for control in &mut controls {
        control.navigation.kind = NavigationType::LocalViewState;
    }
    // A control that only navigates names itself as its command.
    controls.push(facts.control("OpenDesk", ("ticket_id", actor), &[], "TicketDesk"));
    facts.view(
        "TicketScreen",
        "TicketDetails",
        &fields.map(|(name, _, encoding)| (name, encoding)),
        controls,
    );
    let assigning = facts.words(&["assigning"]);
    facts.views("ticket-details", "TicketScreen", |view| {
        view.local_states.clone_from(&assigning);
    });
    facts.accept(
        "The desk looks at a ticket",
        "a captured ticket",
        "the ticket is opened",
        "it is shown",
    );
    facts.contract(
        "A captured ticket is shown",
        (Binds::Projector, "TicketDetails"),
        ["nothing", "TicketCaptured", "the ticket is shown"],
        &["ticket", "deferral"],
        &[],
        &[],
    );
}

/// A state view from which the journey leaves for another workflow.
pub fn work_board(facts: &mut Facts) {
    facts.slice("work-board", SliceKind::StateView, "Shows who does what.");
    facts.event(
        "TechnicianAssigned",
        "ticket",
        Owner::Elsewhere,
        &[
            ("informed", From::Elsewhere, TEXT),
            ("assigned_at", From::Elsewhere, TIME),
        ],
    );
    facts.event(
        "TechnicianNotified",
        "notice",
        Owner::Elsewhere,
        &[
            ("ticket_id", From::Elsewhere, UUID),
            ("technician", From::Elsewhere, TEXT),
        ],
    );
    let fields = [
        ("ticket_id", Field::Of("TechnicianNotified"), UUID),
        ("technician", Field::Of("TechnicianNotified"), TEXT),
        ("informed", Field::Of("TechnicianAssigned"), TEXT),
        ("assigned_at", Field::Of("TechnicianAssigned"), TIME),
    ];
    facts.read_model("Assignments", &fields);
    let mut order = facts.control(
        "OrderParts",
        ("ticket_id", InputSourceKind::Actor),
        &[],
        "order-parts",
    );
    order.navigation.kind = NavigationType::ExternalWorkflow;
    order.navigation.external_workflow = Some(order.navigation.target.clone());
    facts.view(
        "WorkBoard",
        "Assignments",
        &fields.map(|(name, _, encoding)| (name, encoding)),
        vec![order],
    );
    facts.accept(
        "The desk sees who works",
        "an assigned ticket",
        "the board is opened",
        "Ada is listed",
    );
    facts.contract(
        "Assignments are listed",
        (Binds::Projector, "Assignments"),
        ["nothing", "TechnicianNotified", "the assignment is listed"],
        &["ticket", "notice"],
        &[],
        &[],
    );
}
