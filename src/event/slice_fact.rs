//! The twelve bodies of `SliceFactAdded`.

use super::{
    Automation, BoardConnection, BoardElement, CommandDefinition, DataFlow, EventDefinition,
    ExternalPayload, Outcome, ReadModel, Scenario, Translation, View,
    codec::{DecodeError, Keys, Problem, Record, Writer},
};

/// Declare the kinds of facts, each with the name of its body.
macro_rules! facts {
    ($( $kind:ident = $body:literal ),* $(,)?) => {
        /// A fact that is added to a slice.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)] // Each variant holds the element it is named after.
        pub enum SliceFact {
            $( $kind($kind) ),*
        }

        impl SliceFact {
            /// The names of the bodies.
            pub const BODIES: &'static [&'static str] = &[$($body),*];

            /// The name of the body.
            pub fn body(&self) -> &'static str {
                match self { $( Self::$kind(_) => $body ),* }
            }
        }

        impl Record for SliceFact {
            fn read(keys: &Keys<'_>) -> Result<Self, DecodeError> {
                match keys.kind {
                    $( $body => $kind::read(keys).map(Self::$kind), )*
                    other => Err(DecodeError::new(Problem::UnknownBody(other.to_owned()))),
                }
            }

            fn write<'a>(&'a self, out: &mut Writer<'a>) {
                out.kind = self.body();
                match self { $( Self::$kind(element) => element.write(out) ),* }
            }
        }
    };
}

facts! {
    Scenario = "SliceScenarioAdded",
    Outcome = "SliceOutcomeAdded",
    ExternalPayload = "SliceExternalPayloadAdded",
    EventDefinition = "SliceEventDefinitionAdded",
    CommandDefinition = "SliceCommandDefinitionAdded",
    ReadModel = "SliceReadModelAdded",
    View = "SliceViewAdded",
    Translation = "SliceTranslationAdded",
    Automation = "SliceAutomationAdded",
    DataFlow = "SliceBitLevelDataFlowAdded",
    BoardElement = "SliceBoardElementAdded",
    BoardConnection = "SliceBoardConnectionAdded",
}

impl SliceFact {
    /// The event that adds a fact.
    pub(super) const EVENT: &'static str = "SliceFactAdded";
}
