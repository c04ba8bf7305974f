//! Writing to the store: every edit is an eventcore command.
//!
//! Documents, plans and edits are pure; [`store`] is the edge.

pub mod document;
pub mod edit;
pub mod plan;
#[cfg(test)]
pub(crate) mod testing;

use crate::diagnostic::{Diagnostic, codes::authoring::ABSENT_ELEMENT};

/// The finding that `noun` `name` is not among `known`.
fn absent<'a>(noun: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let finding = Diagnostic::new(&ABSENT_ELEMENT, format!("there is no {noun} `{name}`"));
    match closest(name, &known) {
        Some(close) => finding.help(format!("did you mean `{close}`?")),
        None => finding,
    }
}

fn closest<'a>(_word: &str, _known: &[&'a str]) -> Option<&'a str> {
    None
}
