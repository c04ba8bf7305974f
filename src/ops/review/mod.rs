//! Reviews: what a workflow's reviews come to, the gate, new ones, and what
//! changed since.
//!
//! A review belongs to what the workflow said when it was recorded. Of the
//! reviews of a workflow those count that no other one of it descends from:
//! one, unless two people reviewed at the same time.

mod diff;
mod gate;
mod record;
mod standing;

pub use diff::{Changed, Since, changes, diff};
pub use gate::{Gate, Gated, Reason, gate};
pub use record::{Recording, record};
pub use standing::{Given, Standing, standing, standings};
