//! The rows that a journey is played from, named as in the modules of Quint.

use std::collections::BTreeSet;

use crate::event::vocabulary::ConnectionKind;

/// Who makes a step decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Asker<'a> {
    Actor,
    On(&'a str),
    From(&'a str),
}

/// How an error is left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way<'a> {
    GoTo(&'a str),
    Retry,
    Stay,
}

/// Where a transition leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target<'a> {
    Exit(&'a str),
    Step(&'a str),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Transition<'a> {
    pub at: &'a str,
    pub kind: ConnectionKind,
    pub by: &'a str,
    pub to: Target<'a>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Decision<'a> {
    pub step: &'a str,
    pub command: &'a str,
    pub asker: Asker<'a>,
    pub needs: BTreeSet<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Answer<'a> {
    pub step: &'a str,
    pub outcome: &'a str,
    pub events: BTreeSet<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Handled<'a> {
    pub at: &'a str,
    pub of: &'a str,
    pub error: &'a str,
    pub way: Way<'a>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shown<'a> {
    pub step: &'a str,
    pub read_model: &'a str,
    pub fed_by: BTreeSet<&'a str>,
    pub absence: bool,
}
