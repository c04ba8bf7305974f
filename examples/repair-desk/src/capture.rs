//! The slice `capture-ticket`.

use std::fmt;

use eventcore::{Command, CommandError, CommandLogic, NewEvents, StreamId, require};
use uuid::Uuid;

use crate::model::{self, Event, workflows::repair::TicketCaptured};

/// A customer brings a device.
#[derive(Clone, Command)]
pub struct CaptureTicket {
    /// The stream of the ticket.
    #[stream]
    pub ticket: StreamId,
    /// What identifies it.
    pub ticket_id: Uuid,
    /// What is broken.
    pub title: String,
    /// 1 is the most urgent.
    pub priority: u8,
}

/// A ticket needs a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TitleMissing;

impl fmt::Display for TitleMissing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name of the model: renamed there, this does not compile.
        model::CommandError::TitleMissing.fmt(f)
    }
}

impl std::error::Error for TitleMissing {}

impl From<TitleMissing> for CommandError {
    fn from(error: TitleMissing) -> Self {
        Self::BusinessRuleViolation(Box::new(error))
    }
}

impl CommandLogic for CaptureTicket {
    type Event = Event;
    type State = ();

    fn apply(&self, (): (), event: &Event) {
        match event {
            Event::TicketCaptured(_) => {}
        }
    }

    fn handle(&self, (): ()) -> Result<NewEvents<Event>, CommandError> {
        require!(!self.title.trim().is_empty(), TitleMissing);
        let event = Event::TicketCaptured(TicketCaptured {
            stream_id: self.ticket.clone(),
            ticket_id: self.ticket_id,
            title: self.title.clone(),
            priority: self.priority,
        });
        Ok(vec![event].into())
    }
}
