//! What the branches of a fork come to: a merge of models, per element and per
//! field, against what the branches have in common.
//!
//! # What is compared
//! A model is taken apart into its project, its workflows and its slices, each
//! with its lists. A slice knows its workflow by a field, so that moving it is
//! an edit of that field. Elements are the same when they are called the same:
//! by slug, by name or label, or by the values that address them. Inputs,
//! attributes, fields, controls and errors are members of their element and are
//! the same when they have the same name. Lists of texts are sets that keep
//! their order; a chain of provenance is one value, since its order is its
//! meaning. Fields are compared one by one, but for those that are only valid
//! together: they count as one field.
//!
//! # What comes out
//! What one branch changed is taken; what several branches changed to the same
//! is taken once. The rest is a [`Conflict`]:
//! - a field that two branches set to different values;
//! - an element that one branch removed and another one changed: keep what was
//!   changed, or remove it;
//! - an element that two branches added under one name: one conflict for each
//!   field that differs, their members are joined;
//! - an element that would lose its last member, since the branches removed
//!   different ones;
//! - a workflow that one branch removed and in which another one has a slice.
//!
//! # Renames
//! An element that is gone and one that is new, in one list of one branch, are
//! one renamed element if nothing but the name differs. So an edit of the other
//! branch follows the rename, and two different renames are a conflict of the
//! name. An element that was renamed and edited in one branch is one that was
//! removed and one that was added.

mod fork;
mod lists;
mod order;
mod overtaken;
mod parts;
mod schema;
#[cfg(all(test, feature = "author"))]
mod tests;
mod values;

use serde_json::Value;

use crate::document::Model;
pub use fork::{Events, OpenFork, Signature, Subject, open_forks};
pub use overtaken::refused;
pub use parts::Parts;

/// What branches say of one thing, of which only one can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The element, outermost first: `slice capture-ticket, command CaptureTicket`.
    pub element: String,
    /// The field, with the member it belongs to: `inputs ticket_id, source_kind`.
    /// Empty when the whole element is there or not.
    pub field: String,
    /// What the branches have in common; null when there is none.
    pub base: Value,
    /// What each branch says; null where it is not there.
    pub sides: Vec<Value>,
}

/// A merge of models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged<T> {
    /// What they come to. Where a conflict is open, one of its sides.
    pub target: T,
    /// The conflicts that nobody has decided.
    pub conflicts: Vec<Conflict>,
}

/// Who decides conflicts: the branch to take, by its place among the branches.
pub type Decide<'a> = dyn FnMut(&Conflict) -> Option<usize> + 'a;

/// Merge whole models.
pub fn models(base: &Model, sides: &[Model], decide: &mut Decide<'_>) -> Merged<Model> {
    let base = Parts::of(base);
    let sides: Vec<Parts> = sides.iter().map(Parts::of).collect();
    let Merged { target, conflicts } = parts::merge(&base, &sides, decide);
    Merged {
        target: target.into_model(),
        conflicts,
    }
}

/// Merge what was taken apart.
pub fn parts(base: &Parts, sides: &[Parts], decide: &mut Decide<'_>) -> Merged<Parts> {
    parts::merge(base, sides, decide)
}
