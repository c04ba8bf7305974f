//! What is checked, with its elements by name.

mod board;
mod project;
mod slice;
mod workflow;

pub(crate) use board::{Board, End};
pub(crate) use project::Project;
pub(crate) use slice::{Slice, emitters};
pub(crate) use workflow::Workflow;

use std::collections::HashMap;

/// Things by name; of several with one name, the first.
fn by_name<'a, T>(
    things: impl IntoIterator<Item = &'a T>,
    name: impl Fn(&'a T) -> &'a str,
) -> HashMap<&'a str, &'a T> {
    let mut named = HashMap::new();
    for thing in things {
        named.entry(name(thing)).or_insert(thing);
    }
    named
}
