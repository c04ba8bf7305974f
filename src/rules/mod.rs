//! The rules of a good model, checked natively.
//!
//! A rule is a code with its reasons and a function from [`facts`] to the places
//! where it is broken. The Lean family states the same rules over the same facts
//! and proves them; tests hold the two to the same verdict. One file an area.

pub mod facts;
pub mod journey;

use std::fmt;

use crate::diagnostic::Code;

/// The kinds of element that a finding can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // They are named after the element.
pub enum Part {
    Project,
    Workflow,
    Slice,
    Step,
    Transition,
    Stream,
    Payload,
    Event,
    Attribute,
    Command,
    Input,
    Error,
    Automation,
    Translation,
    ReadModel,
    Field,
    View,
    Control,
    Token,
    State,
    Outcome,
    Scenario,
    Card,
    Source,
    Target,
    Trigger,
    Owner,
    Datum,
    Arrival,
    Claim,
    Evidence,
    External,
}

impl Part {
    /// How a finding names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Workflow => "workflow",
            Self::Slice => "slice",
            Self::Step => "step",
            Self::Transition => "transition from",
            Self::Stream => "stream",
            Self::Payload => "payload",
            Self::Event => "event",
            Self::Attribute => "attribute",
            Self::Command => "command",
            Self::Input => "input",
            Self::Error => "error",
            Self::Automation => "automation",
            Self::Translation => "translation",
            Self::ReadModel => "read model",
            Self::Field => "field",
            Self::View => "view",
            Self::Control => "control",
            Self::Token => "token",
            Self::State | Self::Arrival => "state",
            Self::Outcome => "outcome",
            Self::Scenario => "scenario",
            Self::Card => "card",
            Self::Source => "from",
            Self::Target => "to",
            Self::Trigger => "trigger",
            Self::Owner => "under",
            Self::Datum => "datum",
            Self::Claim => "claim",
            Self::Evidence => "evidence from",
            Self::External => "message",
        }
    }
}

/// Where a rule is broken, outermost element first, below the slice, workflow or
/// project that was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<(Part, String)>);

impl Path {
    /// The thing that was checked, itself.
    pub fn here() -> Self {
        Self::default()
    }

    /// One element.
    pub fn of(part: Part, name: &str) -> Self {
        Self(vec![(part, name.to_owned())])
    }

    /// One step further in.
    #[must_use]
    pub fn then(mut self, part: Part, name: &str) -> Self {
        self.0.push((part, name.to_owned()));
        self
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (part, name)) in self.0.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{} {name}", part.as_str())?;
        }
        Ok(())
    }
}

/// What a rule looks at, and how.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// One slice on its own.
    Slice(fn(&facts::Slice<'_>) -> Vec<Path>),
    /// A workflow with its slices.
    Workflow(fn(&facts::Workflow<'_>) -> Vec<Path>),
    /// All workflows together.
    Project(fn(&facts::Project<'_>) -> Vec<Path>),
}

/// A rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// Number, name and default level; its title states the rule, its
    /// explanation says why the rule is there.
    pub code: Code,
    /// What to do about a finding, in a few words.
    pub hint: &'static str,
    /// A model that breaks it, in words.
    pub wrong: &'static str,
    /// The same model as it should be.
    pub right: &'static str,
    /// Where it is broken.
    pub check: Check,
}
