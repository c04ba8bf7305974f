//! One immutable file of the committed store: header, events, integrity.
//!
//! A transaction file is JSON lines: a header, then one line for each event.
//! [`parse`] reads one from its bytes in one pass. It decodes what places the
//! file in the history and leaves the event data as a byte range.
//!
//! What is refused here is what the writing library refuses too, or what its
//! content hash shows to be damaged. Every kind of damage has a code of its own.

mod damage;
mod envelope;
mod header;
mod id;
mod parse;

pub use envelope::Envelope;
pub use header::Header;
pub use id::{EventId, NotAnId, ReplicaId, TransactionId};
pub use parse::{Parsed, Rejected, Transaction, parse};

/// The newest header `format_version` that is read.
pub const FORMAT_VERSION: u32 = 2;

/// The event type of the events of this tool and of its peer.
pub const EVENT_TYPE: &str = "EmcEvent";
