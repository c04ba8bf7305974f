//! A workflow with its slices, and the project.

use super::Slice;
use crate::event::vocabulary::LifecycleState;

/// A slice as a step of its workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Step<'a> {
    pub entry: bool,
    pub slice: Slice<'a>,
}

/// What sets a transition off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Trigger<'a> {
    Command(&'a str),
    Event(&'a str),
    /// The control has the same name if none is recorded.
    Navigation {
        name: &'a str,
        control: Option<&'a str>,
        view: Option<&'a str>,
    },
    External {
        name: &'a str,
        payload: Option<&'a str>,
    },
    Outcome(&'a str),
}

/// Where a transition leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// A step of the workflow.
    Step(&'a str),
    /// Another workflow.
    Exit(&'a str),
}

/// A transition.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Transition<'a> {
    pub source: &'a str,
    pub target: Target<'a>,
    pub trigger: Trigger<'a>,
    pub reason: Option<&'a str>,
}

/// The step for a state that the application can be in when somebody arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Arrival<'a> {
    pub state: LifecycleState,
    pub step: &'a str,
    pub evidence: &'a str,
}

/// What a workflow says a slice owns; the stream where one is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Owned<'a> {
    Command,
    View,
    Control,
    ReadModel,
    Outcome,
    Error,
    Automation,
    Translation,
    Payload(Option<&'a str>),
    Emitted(Option<&'a str>),
    Observed(Option<&'a str>),
    Event(Option<&'a str>),
}

/// What a workflow says about its slices once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Claim<'a> {
    Owns {
        slice: &'a str,
        what: Owned<'a>,
        name: &'a str,
    },
    Outcome {
        slice: &'a str,
        label: &'a str,
        external: bool,
    },
    Error {
        slice: &'a str,
        command: &'a str,
        error: &'a str,
    },
}

/// Why both ends of a transition are what they are said to be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Evidence<'a> {
    pub source: &'a str,
    pub target: Target<'a>,
    pub trigger: Trigger<'a>,
    pub at_source: &'a str,
    pub at_target: &'a str,
}

/// A workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Workflow<'a> {
    pub slug: &'a str,
    pub title: &'a str,
    pub purpose: &'a str,
    pub steps: Vec<Step<'a>>,
    pub transitions: Vec<Transition<'a>>,
    /// The views that a navigation from another slice may arrive at: slice, view.
    pub entries: Vec<(&'a str, &'a str)>,
    pub claims: Vec<Claim<'a>>,
    pub evidences: Vec<Evidence<'a>>,
    /// The application itself is entered here, in whatever state it is.
    pub arrivals_needed: bool,
    pub arrivals: Vec<Arrival<'a>>,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Project<'a> {
    pub name: &'a str,
    pub workflows: Vec<Workflow<'a>>,
}
