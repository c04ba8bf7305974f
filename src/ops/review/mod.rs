//! Reviews: what a workflow's reviews come to, the gate, new ones, and what
//! changed since.
//!
//! A review belongs to what the workflow said when it was recorded. Of the
//! reviews of a workflow those count that no other one of it descends from:
//! one, unless two people reviewed at the same time.

#[cfg(feature = "author")]
mod diff;
#[cfg(feature = "author")]
mod gate;
#[cfg(feature = "author")]
mod record;
mod standing;

#[cfg(feature = "author")]
pub use diff::{Changed, Since, changes, diff};
#[cfg(feature = "author")]
pub use gate::{Gate, Gated, Reason, gate};
#[cfg(feature = "author")]
pub use record::{Recording, record};
pub use standing::{Given, Standing, standing, standings};
