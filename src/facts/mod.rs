//! The model as the rules see it: what single facts on the wire say of one
//! thing is put together, and names are resolved as far as the wire leaves them
//! open. The types of `Emc/Model.lean`, in Rust.
//!
//! Where the wire format leaves something open, this is how it is read:
//!
//! | question | answer |
//! |---|---|
//! | representation of an input, attribute, field | the data flow of that datum to its owner |
//! | an event that is shared | emitted here when a command of the slice emits it, else observed |
//! | a form with several inputs | controls of a view that differ in input and errors only are one control |
//! | a hidden input | its sketch token is not part of the sketch |
//! | inputs of a derived attribute | the source name, one or several joined by commas |
//! | sources of a derived field | a field of the read model, `Event.attribute`, or an attribute that one event has |
//! | the field of a derivation or absence scenario | its name, or `ReadModel.field` |

mod build;
#[cfg(feature = "rules")]
mod said;
mod slice;
mod workflow;

pub use slice::*;
pub use workflow::*;
