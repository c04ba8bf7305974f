//! The kinds of element that a page shows.

use crate::event::vocabulary::{BoardElementKind, Lane};

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// A screen.
    View,
    /// What an actor can do on a view.
    Control,
    /// A reaction to an event.
    Automation,
    /// A reaction to a message from outside.
    Translation,
    /// A message from outside.
    Payload,
    /// A command.
    Command,
    /// An error of a command.
    Error,
    /// A read model.
    ReadModel,
    /// An event that the slice emits.
    Event,
    /// An event that the slice relies on.
    Observed,
}

impl Kind {
    /// Those that have a card of their own.
    pub const CARDS: [Self; 8] = [
        Self::View,
        Self::Automation,
        Self::Translation,
        Self::Payload,
        Self::Command,
        Self::ReadModel,
        Self::Event,
        Self::Observed,
    ];

    /// All, in the order of the legend.
    pub const LEGEND: [Self; 10] = [
        Self::Command,
        Self::Event,
        Self::Observed,
        Self::ReadModel,
        Self::View,
        Self::Control,
        Self::Automation,
        Self::Translation,
        Self::Payload,
        Self::Error,
    ];

    /// As people read it.
    pub fn words(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Control => "control",
            Self::Automation => "automation",
            Self::Translation => "translation",
            Self::Payload => "external payload",
            Self::Command => "command",
            Self::Error => "error",
            Self::ReadModel => "read model",
            Self::Event => "event",
            Self::Observed => "event, observed",
        }
    }

    /// As a style sheet and a script name it.
    pub fn class(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Control => "control",
            Self::Automation => "automation",
            Self::Translation => "translation",
            Self::Payload => "payload",
            Self::Command => "command",
            Self::Error => "error",
            Self::ReadModel => "model",
            Self::Event => "event",
            Self::Observed => "observed",
        }
    }

    /// The lane in which its cards lie.
    pub fn lane(self) -> Lane {
        match self {
            Self::View | Self::Control | Self::Automation | Self::Translation | Self::Payload => {
                Lane::Ux
            }
            Self::Command | Self::Error | Self::ReadModel => Lane::Actions,
            Self::Event | Self::Observed => Lane::Events,
        }
    }

    /// Whether a card of the model's own board can stand for it.
    pub fn is_drawn_as(self, card: BoardElementKind) -> bool {
        match card {
            BoardElementKind::View => self == Self::View,
            BoardElementKind::Automation => matches!(self, Self::Automation | Self::Translation),
            BoardElementKind::ExternalEvent => {
                matches!(self, Self::Translation | Self::Payload | Self::Observed)
            }
            BoardElementKind::Command => self == Self::Command,
            BoardElementKind::ReadModel => self == Self::ReadModel,
            BoardElementKind::Event => matches!(self, Self::Event | Self::Observed),
        }
    }

    /// What a card that stands for nothing is shown as.
    pub fn of_card(card: BoardElementKind) -> Self {
        match card {
            BoardElementKind::View => Self::View,
            BoardElementKind::Automation => Self::Automation,
            BoardElementKind::ExternalEvent => Self::Payload,
            BoardElementKind::Command => Self::Command,
            BoardElementKind::ReadModel => Self::ReadModel,
            BoardElementKind::Event => Self::Observed,
        }
    }
}
