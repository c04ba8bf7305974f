//! The model as the rules see it: what single facts on the wire say of one
//! thing is put together, and names are resolved as far as the wire leaves them
//! open. The types of `Emc/Model.lean`, in Rust.

mod slice;
mod workflow;

pub use slice::*;
pub use workflow::*;
