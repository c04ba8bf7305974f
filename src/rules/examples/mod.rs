//! An example for each rule: a document that breaks it and one that does not.
//! They hold what matters for the rule and nothing else; `super::tests` fills
//! them up and holds each of them to what it shows.

pub(super) mod board;
pub(super) mod commands;
pub(super) mod controls;
pub(super) mod events;
pub(super) mod information;
pub(super) mod kinds;
pub(super) mod names;
pub(super) mod project;
pub(super) mod read_models;
pub(super) mod scenarios;
pub(super) mod steps;
pub(super) mod transitions;
pub(super) mod views;

use super::{Example, Shown};

/// Two documents.
const fn documents(wrong: &'static str, right: &'static str) -> Example {
    Example {
        wrong: Shown::Document(wrong),
        right: Shown::Document(right),
    }
}

/// What no document can say, and a document.
const fn told(wrong: &'static str, right: &'static str) -> Example {
    Example {
        wrong: Shown::Told(wrong),
        right: Shown::Document(right),
    }
}
