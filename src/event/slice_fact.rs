//! The twelve bodies of `SliceFactAdded`.

use super::{
    Automation, BoardConnection, BoardElement, CommandDefinition, DataFlow, EventDefinition,
    ExternalPayload, Outcome, ReadModel, Scenario, Translation, View,
};

/// A fact that is added to a slice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // Each variant holds the element it is named after.
pub enum SliceFact {
    Scenario(Scenario),
    Outcome(Outcome),
    ExternalPayload(ExternalPayload),
    EventDefinition(EventDefinition),
    CommandDefinition(CommandDefinition),
    ReadModel(ReadModel),
    View(View),
    Translation(Translation),
    Automation(Automation),
    DataFlow(DataFlow),
    BoardElement(BoardElement),
    BoardConnection(BoardConnection),
}
