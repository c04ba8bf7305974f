//! Every event that a transaction can hold, with the words of the wire.
//!
//! Types and serde only; what the events mean is said in [`crate::model`].

mod codec;
mod describe;
mod element;
mod emc_event;
mod review;
mod slice_fact;
mod text;
pub mod vocabulary;
mod workflow_element;

pub use codec::{Address, DecodeError, Problem, peek};
pub use describe::Description;
pub use element::{
    Automation, BoardConnection, BoardElement, CommandDefinition, CommandError, CommandInput,
    Control, ControlInput, DataFlow, EventAttribute, EventDefinition, ExternalPayload, Navigation,
    Outcome, ReadModel, ReadModelField, Scenario, Translation, View, ViewField,
};
pub use emc_event::EmcEvent;
pub use review::{Review, ReviewFinding};
pub use slice_fact::SliceFact;
pub use text::{EmptyText, Text};
pub use workflow_element::{
    Connection, LifecycleEntry, OwnedDefinition, Readiness, TransitionEvidence, TransitionKey,
    WorkflowCommandError, WorkflowOutcome,
};
