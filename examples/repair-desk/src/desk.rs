//! The slices that show something: `ticket-desk` and `ticket-details`.

use uuid::Uuid;

use crate::model::Event;

/// A row of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTicket {
    /// What identifies it.
    pub ticket_id: Uuid,
    /// What is broken.
    pub title: String,
    /// 1 is the most urgent.
    pub priority: u8,
}

impl OpenTicket {
    /// Whether it cannot wait.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        self.priority == 1
    }
}

/// What the desk shows, the most urgent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenTickets(Vec<OpenTicket>);

impl OpenTickets {
    /// What these events come to.
    #[must_use]
    pub fn of(events: &[Event]) -> Self {
        let mut tickets: Vec<OpenTicket> = events
            .iter()
            .map(|event| match event {
                Event::TicketCaptured(captured) => OpenTicket {
                    ticket_id: captured.ticket_id,
                    title: captured.title.clone(),
                    priority: captured.priority,
                },
            })
            .collect();
        tickets.sort_by_key(|ticket| ticket.priority);
        Self(tickets)
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[OpenTicket] {
        &self.0
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.0.is_empty()
    }
}

/// One ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketDetails {
    /// What identifies it.
    pub ticket_id: Uuid,
    /// What is broken.
    pub title: String,
}

impl TicketDetails {
    /// The ticket, once it is captured.
    #[must_use]
    pub fn of(events: &[Event], ticket_id: Uuid) -> Option<Self> {
        events.iter().find_map(|event| match event {
            Event::TicketCaptured(captured) => (captured.ticket_id == ticket_id).then(|| Self {
                ticket_id,
                title: captured.title.clone(),
            }),
        })
    }
}
