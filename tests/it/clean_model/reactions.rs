//! What happens without a person.

use emc::event::vocabulary::{
    BoardElementKind as Card, BoardEndpointKind as End, ContractKind as Binds, Recovery, SliceKind,
};

use super::{TEXT, TIME, UUID};
use crate::facts::{Facts, From, Owner};

/// An automation: an event of another slice, and the command that follows.
pub fn notify_technician(facts: &mut Facts) {
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
    // Nobody sees a screen here: only another try leads on.
    facts.commands("notify-technician", "NotifyTechnician", |command| {
        command.errors[0].recovery = Recovery::Retry;
    });
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
    facts.card(Card::Event, "TechnicianAssigned");
    facts.card(Card::Automation, "TechnicianNotifier");
    facts.card(Card::Command, "NotifyTechnician");
    facts.card(Card::Event, "TechnicianNotified");
    facts.wire(
        (End::Event, "TechnicianAssigned"),
        (End::Automation, "TechnicianNotifier"),
    );
    facts.wire(
        (End::Automation, "TechnicianNotifier"),
        (End::Command, "NotifyTechnician"),
    );
    facts.wire(
        (End::Command, "NotifyTechnician"),
        (End::Event, "TechnicianNotified"),
    );
}

/// A translation: a message from outside becomes a command.
pub fn receive_part(facts: &mut Facts) {
    facts.slice(
        "receive-part",
        SliceKind::Translation,
        "Takes the delivery notes of the supplier.",
    );
    facts.payload(
        "DeliveryNote",
        &[
            ("part", TEXT),
            ("within", TEXT),
            ("delivered_at", TIME),
            ("supplier", TEXT),
        ],
    );
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
            ("within", From::Payload("DeliveryNote"), TEXT),
            ("delivered_at", From::Payload("DeliveryNote"), TIME),
        ],
    );
    facts.event(
        "PartReceived",
        "part",
        Owner::Here,
        &[
            ("part", From::Input("part"), TEXT),
            ("within", From::Input("within"), TEXT),
            ("delivered_at", From::Input("delivered_at"), TIME),
            ("supplier", From::Payload("DeliveryNote"), TEXT),
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
    facts.card(Card::ExternalEvent, "PartDelivered");
    facts.card(Card::Command, "RecordPart");
    facts.card(Card::Event, "PartReceived");
    facts.wire(
        (End::ExternalEvent, "PartDelivered"),
        (End::Command, "RecordPart"),
    );
    facts.wire((End::Command, "RecordPart"), (End::Event, "PartReceived"));
}
