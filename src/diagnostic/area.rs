//! What a rule of the model is about: the first digits of its number.

use std::fmt;

use super::Code;

/// An area of the rule catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // They are named after what they are about.
pub enum Area {
    Names,
    Kinds,
    Events,
    Commands,
    ReadModels,
    Views,
    Controls,
    Scenarios,
    Information,
    Board,
    Workflow,
    Journey,
    Project,
}

impl Area {
    /// Every area, by number.
    pub const ALL: &[Self] = &[
        Self::Names,
        Self::Kinds,
        Self::Events,
        Self::Commands,
        Self::ReadModels,
        Self::Views,
        Self::Controls,
        Self::Scenarios,
        Self::Information,
        Self::Board,
        Self::Workflow,
        Self::Journey,
        Self::Project,
    ];

    /// The area of a rule; none for a code that is no rule of the model.
    pub fn of(code: &Code) -> Option<Self> {
        Some(match code.number {
            0..100 => Self::Names,
            100..200 => Self::Kinds,
            200..300 => Self::Events,
            300..400 => Self::Commands,
            400..500 => Self::ReadModels,
            500..520 => Self::Views,
            520..600 => Self::Controls,
            600..700 => Self::Scenarios,
            700..800 => Self::Information,
            800..900 => Self::Board,
            900..930 => Self::Workflow,
            930..950 => Self::Journey,
            950..1000 => Self::Project,
            _ => return None,
        })
    }

    /// Its key in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Kinds => "kinds",
            Self::Events => "events",
            Self::Commands => "commands",
            Self::ReadModels => "read-models",
            Self::Views => "views",
            Self::Controls => "controls",
            Self::Scenarios => "scenarios",
            Self::Information => "information",
            Self::Board => "board",
            Self::Workflow => "workflow",
            Self::Journey => "journey",
            Self::Project => "project",
        }
    }

    /// What its rules are about.
    pub fn title(self) -> &'static str {
        match self {
            Self::Names => "Names and ownership",
            Self::Kinds => "What a slice of each kind owns",
            Self::Events => "Events, streams, attributes",
            Self::Commands => "Commands and inputs",
            Self::ReadModels => "Read models",
            Self::Views => "Views",
            Self::Controls => "Controls, errors, navigation",
            Self::Scenarios => "Scenarios, outcomes, reactions, payloads",
            Self::Information => "Information completeness",
            Self::Board => "Board",
            Self::Workflow => "Workflow",
            Self::Journey => "Journeys through a workflow",
            Self::Project => "Project",
        }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
