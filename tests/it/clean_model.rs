//! A model that keeps every rule, with a slice of each kind: the desk of a
//! repair shop. Whoever writes a model for a certificate can read here what it
//! takes.

mod decisions;
mod reactions;
mod views;

use emc::event::{EmcEvent, vocabulary::ConnectionKind as By};

use crate::facts::Facts;

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
    views::ticket_desk(&mut facts);
    decisions::capture_ticket(&mut facts);
    decisions::assign_technician(&mut facts);
    reactions::notify_technician(&mut facts);
    reactions::receive_part(&mut facts);
    views::part_shelf(&mut facts);

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
