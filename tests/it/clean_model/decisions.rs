//! What is decided and recorded.

use emc::event::vocabulary::{
    BoardElementKind as Card, BoardEndpointKind as End, ContractKind as Binds, RepeatBehavior,
    SliceKind, Transformation,
};

use super::{LEVEL, TEXT, TIME, UUID};
use crate::facts::{Facts, From, Owner};

/// A state change: a command, its events, its errors, its outcomes.
pub fn capture_ticket(facts: &mut Facts) {
    facts.slice(
        "capture-ticket",
        SliceKind::StateChange,
        "Records a ticket.",
    );
    facts.command(
        "CaptureTicket",
        &["TicketCaptured"],
        &[],
        &[("TitleMissing", "A ticket needs a title")],
        &[
            ("ticket_id", From::Generated("identity service"), UUID),
            ("title", From::Actor, TEXT),
            ("priority", From::Actor, LEVEL),
            ("captured_by", From::Session("desk login"), TEXT),
        ],
    );
    facts.event(
        "TicketCaptured",
        "ticket",
        Owner::Here,
        &[
            ("ticket_id", From::Input("ticket_id"), UUID),
            ("title", From::Input("title"), TEXT),
            ("priority", From::Input("priority"), LEVEL),
            ("captured_by", From::Input("captured_by"), TEXT),
            ("due_at", From::Computed("priority"), TIME),
        ],
    );
    facts.outcome("captured", &["TicketCaptured"], true);
    facts.accept(
        "The desk captures a ticket",
        "a customer",
        "the desk submits a title",
        "the ticket is listed",
    );
    facts.contract(
        "A ticket is recorded",
        (Binds::Command, "CaptureTicket"),
        ["no ticket", "CaptureTicket", "TicketCaptured"],
        &["ticket"],
        &["ticket"],
        &[],
    );
    facts.contract(
        "A ticket needs a title",
        (Binds::Command, "CaptureTicket"),
        ["no ticket", "CaptureTicket without a title", "TitleMissing"],
        &["ticket"],
        &[],
        &["TitleMissing"],
    );
    facts.card(Card::Command, "CaptureTicket");
    facts.card(Card::Event, "TicketCaptured");
    facts.wire(
        (End::WorkflowTrigger, "open-ticket"),
        (End::Command, "CaptureTicket"),
    );
    facts.wire(
        (End::Command, "CaptureTicket"),
        (End::Event, "TicketCaptured"),
    );
}

/// A state change that reads what another slice has recorded, with two results.
pub fn assign_technician(facts: &mut Facts) {
    facts.slice(
        "assign-technician",
        SliceKind::StateChange,
        "Gives a ticket to a technician.",
    );
    facts.event(
        "TicketCaptured",
        "ticket",
        Owner::Elsewhere,
        &[("captured_by", From::Elsewhere, TEXT)],
    );
    facts.command(
        "AssignTechnician",
        &["TechnicianAssigned", "AssignmentDeferred"],
        &["ticket"],
        &[("AlreadyAssigned", "A ticket has one technician")],
        &[
            ("ticket_id", From::Actor, UUID),
            ("technician", From::Actor, TEXT),
            ("captured_by", From::State("TicketCaptured"), TEXT),
        ],
    );
    facts.event(
        "TechnicianAssigned",
        "ticket",
        Owner::Here,
        &[
            ("ticket_id", From::Input("ticket_id"), UUID),
            ("technician", From::Input("technician"), TEXT),
            ("informed", From::Computed("captured_by, technician"), TEXT),
            ("assigned_at", From::Generated("clock"), TIME),
        ],
    );
    facts.event(
        "AssignmentDeferred",
        "deferral",
        Owner::Here,
        &[("deferred_at", From::Generated("clock"), TIME)],
    );
    facts.outcome("assigned", &["TechnicianAssigned"], true);
    facts.outcome("deferred", &["AssignmentDeferred"], true);
    facts.accept(
        "The desk assigns a technician",
        "an open ticket",
        "the desk picks Ada",
        "Ada is shown",
    );
    facts.contract(
        "A technician is assigned",
        (Binds::Command, "AssignTechnician"),
        ["TicketCaptured", "AssignTechnician", "TechnicianAssigned"],
        &["ticket"],
        &["ticket"],
        &[],
    );
    facts.contract(
        "Nobody is free",
        (Binds::Command, "AssignTechnician"),
        ["TicketCaptured", "AssignTechnician", "AssignmentDeferred"],
        &["ticket"],
        &["deferral"],
        &[],
    );
    facts.contract(
        "A ticket has one technician",
        (Binds::Command, "AssignTechnician"),
        ["TechnicianAssigned", "AssignTechnician", "AlreadyAssigned"],
        &["ticket"],
        &[],
        &["AlreadyAssigned"],
    );
}

/// A state change that is done once, with a conversion on the way.
pub fn order_part(facts: &mut Facts) {
    facts.slice("order-part", SliceKind::StateChange, "Orders a part.");
    facts.command(
        "OrderPart",
        &["PartOrdered"],
        &["order"],
        &[("AlreadyOrdered", "A part is ordered once")],
        &[
            ("part", From::Actor, TEXT),
            ("amount", From::Actor, TEXT),
            ("desk", From::Argument("desk"), TEXT),
        ],
    );
    facts.commands("order-part", "OrderPart", |command| {
        command.singleton_repeat_behavior = Some(RepeatBehavior::AlreadyExistsError);
    });
    facts.event(
        "PartOrdered",
        "order",
        Owner::Here,
        &[
            ("part", From::Input("part"), TEXT),
            ("amount", From::Input("amount"), LEVEL),
            ("desk", From::Input("desk"), TEXT),
        ],
    );
    // The actor types digits.
    let level = facts.word(LEVEL);
    facts.flows("order-part", "PartOrdered", |flow| {
        if flow.bit_encoding == level {
            flow.transformation = Transformation::Transformation;
        }
    });
    facts.outcome("ordered", &["PartOrdered"], false);
    facts.accept(
        "The desk orders a part",
        "a missing part",
        "the desk orders two",
        "the order is listed",
    );
    facts.contract(
        "A part is ordered",
        (Binds::Command, "OrderPart"),
        ["nothing", "OrderPart", "PartOrdered"],
        &["order"],
        &["order"],
        &[],
    );
    facts.contract(
        "A part is ordered once",
        (Binds::Command, "OrderPart"),
        ["PartOrdered", "OrderPart", "AlreadyOrdered"],
        &["order"],
        &[],
        &["AlreadyOrdered"],
    );
}
