//! Writing to the store: every edit is an eventcore command.
//!
//! Documents, plans and edits are pure; [`Store`] is the edge.

mod commit;
pub mod edit;
mod identity;
mod import;
pub mod legacy;
mod opening;
pub mod plan;
mod present;
mod resolve;
mod review;
mod store;

pub use import::Imported;
pub use opening::Closing;
pub use present::{Decision, Present, Request};
pub use resolve::{Answer, Resolution};
pub use review::NewReview;
pub use store::{Store, Written};

pub use crate::diagnostic::Refused;
use crate::diagnostic::{Diagnostic, closest, codes::authoring::ABSENT_ELEMENT};

/// The finding that `noun` `name` is not among `known`.
fn absent<'a>(noun: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let finding = Diagnostic::new(&ABSENT_ELEMENT, format!("there is no {noun} `{name}`"));
    match closest(name, known) {
        Some(close) => finding.help(format!("did you mean `{close}`?")),
        None => finding,
    }
}
