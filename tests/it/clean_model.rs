//! A model that keeps every rule, with a slice of each kind: the desk of a
//! repair shop. Whoever writes a model for a certificate can read here what it
//! takes.

use emc::event::{
    EmcEvent,
    vocabulary::{
        BoardElementKind as Card, BoardEndpointKind as End, ConnectionKind as By,
        ContractKind as Binds, InputSourceKind, SliceKind,
    },
};

use crate::facts::{Facts, Field, From, Owner};

const UUID: &str = "UUID version 7";
const TEXT: &str = "UTF-8";
const LEVEL: &str = "unsigned 8-bit integer";
const TIME: &str = "RFC 3339 instant";
const YES: &str = "one bit";

/// The events of the model, in plain words.
pub fn events() -> Vec<EmcEvent> {
    spelled(str::to_owned)
}

/// The events of the model, each word spelled in this way.
pub fn spelled(spell: fn(&str) -> String) -> Vec<EmcEvent> {
    let mut facts = Facts::new("repair-desk", "open-ticket", spell);
    ticket_desk(&mut facts);
    capture_ticket(&mut facts);
    assign_technician(&mut facts);
    notify_technician(&mut facts);
    receive_part(&mut facts);
    part_shelf(&mut facts);

    // How one slice leads to another.
    facts.go(
        "ticket-desk",
        "capture-ticket",
        By::Command,
        "CaptureTicket",
        None,
    );
    facts.go(
        "capture-ticket",
        "ticket-desk",
        By::Outcome,
        "captured",
        None,
    );
    facts.go(
        "ticket-desk",
        "assign-technician",
        By::Command,
        "AssignTechnician",
        None,
    );
    facts.go(
        "assign-technician",
        "ticket-desk",
        By::Outcome,
        "assigned",
        None,
    );
    facts.go(
        "assign-technician",
        "notify-technician",
        By::Event,
        "TechnicianAssigned",
        None,
    );
    facts.go(
        "ticket-desk",
        "receive-part",
        By::ExternalTrigger,
        "PartDelivered",
        Some("DeliveryNote"),
    );
    facts.go(
        "receive-part",
        "part-shelf",
        By::Event,
        "PartReceived",
        None,
    );
    facts.go(
        "ticket-desk",
        "part-shelf",
        By::Navigation,
        "OpenShelf",
        Some("PartShelf"),
    );
    facts.go(
        "part-shelf",
        "ticket-desk",
        By::Navigation,
        "OpenDesk",
        Some("TicketDesk"),
    );
    facts.entry_view("ticket-desk", "TicketDesk");
    facts.entry_view("part-shelf", "PartShelf");
    facts.events
}

/// A state view: what the desk sees, and all that can be done from there.
fn ticket_desk(facts: &mut Facts) {
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

/// A state change: a command, its events, its errors, its outcomes.
fn capture_ticket(facts: &mut Facts) {
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

/// A state change that reads what another slice has recorded.
fn assign_technician(facts: &mut Facts) {
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
        &["TechnicianAssigned"],
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
    facts.outcome("assigned", &["TechnicianAssigned"], true);
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
        "A ticket has one technician",
        (Binds::Command, "AssignTechnician"),
        ["TechnicianAssigned", "AssignTechnician", "AlreadyAssigned"],
        &["ticket"],
        &[],
        &["AlreadyAssigned"],
    );
}

/// An automation: an event of another slice, and the command that follows.
fn notify_technician(facts: &mut Facts) {
    facts.slice(
        "notify-technician",
        SliceKind::Automation,
        "Tells the technician.",
    );
    facts.event(
        "TechnicianAssigned",
        "ticket",
        Owner::Elsewhere,
        &[
            ("ticket_id", From::Elsewhere, UUID),
            ("technician", From::Elsewhere, TEXT),
        ],
    );
    facts.automation(
        "TechnicianNotifier",
        "TechnicianAssigned",
        "NotifyTechnician",
        &["MailRefused"],
    );
    facts.command(
        "NotifyTechnician",
        &["TechnicianNotified"],
        &["ticket"],
        &[("MailRefused", "A refused mail is reported")],
        &[
            ("ticket_id", From::State("TechnicianAssigned"), UUID),
            ("technician", From::State("TechnicianAssigned"), TEXT),
        ],
    );
    facts.event(
        "TechnicianNotified",
        "notice",
        Owner::Here,
        &[
            ("ticket_id", From::Input("ticket_id"), UUID),
            ("technician", From::Input("technician"), TEXT),
        ],
    );
    facts.contract(
        "Each assignment is announced",
        (Binds::Automation, "TechnicianNotifier"),
        ["nothing", "TechnicianAssigned", "NotifyTechnician"],
        &["ticket"],
        &[],
        &[],
    );
    facts.contract(
        "The technician is notified",
        (Binds::Command, "NotifyTechnician"),
        [
            "TechnicianAssigned",
            "NotifyTechnician",
            "TechnicianNotified",
        ],
        &["ticket"],
        &["notice"],
        &[],
    );
    facts.contract(
        "A refused mail is reported",
        (Binds::Command, "NotifyTechnician"),
        [
            "TechnicianAssigned",
            "NotifyTechnician without address",
            "MailRefused",
        ],
        &["ticket"],
        &[],
        &["MailRefused"],
    );
}

/// A translation: a message from outside becomes a command.
fn receive_part(facts: &mut Facts) {
    facts.slice(
        "receive-part",
        SliceKind::Translation,
        "Takes the delivery notes of the supplier.",
    );
    facts.payload("DeliveryNote", &[("part", TEXT), ("delivered_at", TIME)]);
    facts.translation(
        "DeliveryDesk",
        "PartDelivered",
        "DeliveryNote",
        "RecordPart",
    );
    facts.command(
        "RecordPart",
        &["PartReceived"],
        &[],
        &[],
        &[
            ("part", From::Payload("DeliveryNote"), TEXT),
            ("delivered_at", From::Payload("DeliveryNote"), TIME),
        ],
    );
    facts.event(
        "PartReceived",
        "part",
        Owner::Here,
        &[
            ("part", From::Input("part"), TEXT),
            ("delivered_at", From::Input("delivered_at"), TIME),
        ],
    );
    facts.contract(
        "A delivery note becomes a part",
        (Binds::Translation, "DeliveryDesk"),
        ["an order", "PartDelivered", "RecordPart"],
        &["part"],
        &[],
        &[],
    );
    facts.contract(
        "A part is recorded",
        (Binds::Command, "RecordPart"),
        ["nothing", "RecordPart", "PartReceived"],
        &[],
        &["part"],
        &[],
    );
}

/// A second state view, so that there is a way between two.
fn part_shelf(facts: &mut Facts) {
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
