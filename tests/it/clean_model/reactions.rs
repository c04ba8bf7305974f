//! What happens without a person.

use emc::event::vocabulary::{ContractKind as Binds, SliceKind};

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
pub fn receive_part(facts: &mut Facts) {
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
