//! A small repair desk: what the model says, and the code that does it.

/// The names, events and scenarios of the event model.
pub mod model {
    include!(concat!(env!("OUT_DIR"), "/rust/mod.rs"));
}

mod capture;
mod desk;

pub use capture::{CaptureTicket, TitleMissing};
pub use desk::{OpenTicket, OpenTickets, TicketDetails};

/// Which model this program was built with: the digest of its transactions.
pub const MODEL_DIGEST: &str = env!("EMC_MODEL_DIGEST");
