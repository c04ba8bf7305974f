//! How one slice leads to another, and what the workflows say of their slices.

use emc::event::vocabulary::{
    ConnectionKind as By, EventParticipation, LifecycleState, OwnedDefinitionKind,
};

use crate::facts::Facts;

/// A ticket is taken in and given to somebody.
pub fn open_ticket(facts: &mut Facts) {
    facts.go(
        "ticket-desk",
        "capture-ticket",
        By::Command,
        "CaptureTicket",
        None,
    );
    facts.go(
        "capture-ticket",
        "ticket-details",
        By::Outcome,
        "captured",
        None,
    );
    facts.go(
        "ticket-details",
        "ticket-desk",
        By::Navigation,
        "OpenDesk",
        Some("TicketDesk"),
    );
    facts.go(
        "ticket-details",
        "assign-technician",
        By::Command,
        "AssignTechnician",
        None,
    );
    facts.go(
        "assign-technician",
        "notify-technician",
        By::Outcome,
        "assigned",
        None,
    );
    facts.go(
        "assign-technician",
        "ticket-desk",
        By::Outcome,
        "deferred",
        None,
    );
    facts.go(
        "notify-technician",
        "work-board",
        By::Event,
        "TechnicianNotified",
        None,
    );
    facts.leave("work-board", "order-parts", By::Navigation, "OrderParts");
    facts.entry_view("ticket-desk", "TicketDesk");

    facts.claim(
        "capture-ticket",
        OwnedDefinitionKind::Event,
        "TicketCaptured",
        Some(("ticket", EventParticipation::Emitted)),
    );
    facts.claim(
        "assign-technician",
        OwnedDefinitionKind::Event,
        "TicketCaptured",
        Some(("ticket", EventParticipation::Observed)),
    );
    facts.claim(
        "capture-ticket",
        OwnedDefinitionKind::Command,
        "CaptureTicket",
        None,
    );
    facts.claim_outcome("capture-ticket", "captured", true);
    facts.claim_error("capture-ticket", "CaptureTicket", "TitleMissing");
    facts.evidence(
        "ticket-desk",
        "capture-ticket",
        By::Command,
        "CaptureTicket",
    );
    facts.arrivals(&[
        (LifecycleState::FreshUninitialized, "ticket-desk"),
        (LifecycleState::InitializedUnauthenticated, "ticket-desk"),
        (LifecycleState::InitializedAuthenticated, "ticket-desk"),
        (LifecycleState::PartiallyConfigured, "ticket-desk"),
        (LifecycleState::FullyConfigured, "ticket-desk"),
    ]);
}

/// A part is ordered, and comes.
pub fn order_parts(facts: &mut Facts) {
    facts.go("parts-list", "order-part", By::Command, "OrderPart", None);
    facts.go("order-part", "open-orders", By::Event, "PartOrdered", None);
    facts.go(
        "open-orders",
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
}
