//! The kinds of elements that an edit can name, and where they live.

use schemars::JsonSchema;
use serde::Deserialize;

/// What an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole model.
    Model,
    /// A workflow.
    Workflow,
    /// A slice.
    Slice,
}

impl Scope {
    /// `model`, `workflow` or `slice`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Workflow => "workflow",
            Self::Slice => "slice",
        }
    }
}

/// Declare the kinds with their words and places.
macro_rules! kinds {
    ($( $(#[$doc:meta])* $name:ident $word:literal in $scope:ident
        $list:literal $( > $member:literal $( > $inner:literal )? )?
        [$( $key:literal ),*] )*) => {
        /// A kind of element.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
        pub enum Kind { $( $(#[$doc])* #[serde(rename = $word)] $name ),* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$( Self::$name ),*];

            /// The word for it: lower case, joined by `-`.
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$name => $word ),* }
            }

            /// What it belongs to.
            pub fn scope(self) -> Scope {
                match self { $( Self::$name => Scope::$scope ),* }
            }

            /// The lists that lead to it in a document, outermost first. All but
            /// the last hold what the element stands in.
            pub fn path(self) -> &'static [&'static str] {
                match self { $( Self::$name => &[$list $(, $member $(, $inner )? )?] ),* }
            }

            /// The fields that tell two elements of this kind apart.
            pub fn keys(self) -> &'static [&'static str] {
                match self { $( Self::$name => &[$( $key ),*] ),* }
            }
        }

        impl std::str::FromStr for Kind {
            type Err = crate::event::vocabulary::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == text).ok_or_else(|| {
                    crate::event::vocabulary::UnknownWord {
                        text: text.to_owned(),
                        known: Self::ALL.iter().map(|kind| kind.as_str()).collect(),
                    }
                })
            }
        }
    };
}

kinds! {
    /// A workflow.
    Workflow "workflow" in Model "workflows" ["workflow"]
    /// A slice.
    Slice "slice" in Workflow "slices" ["slice"]
    /// A transition between slices or out of the workflow.
    Transition "transition" in Workflow "transitions" ["from", "to", "to_workflow", "via", "name"]
    /// The evidence of a transition.
    TransitionEvidence "transition-evidence" in Workflow "transition_evidences" ["from", "to", "via", "name"]
    /// An outcome that the workflow knows a slice by.
    WorkflowOutcome "workflow-outcome" in Workflow "outcomes" ["source_slice", "label"]
    /// An error that the workflow knows a command by.
    WorkflowError "workflow-error" in Workflow "command_errors" ["source_slice", "command", "error"]
    /// A definition that the workflow says a slice owns.
    OwnedDefinition "owned-definition" in Workflow "owned_definitions" ["source_slice", "definition_kind", "definition_name"]
    /// Where somebody arrives in a state of the application.
    LifecycleState "lifecycle-state" in Workflow "entry_lifecycle_states" ["state", "step"]
    /// A view.
    View "view" in Slice "views" ["name"]
    /// A field of a view.
    ViewField "view-field" in Slice "views" > "fields" ["name"]
    /// A control beside a field of a view.
    Control "control" in Slice "views" > "fields" > "controls" ["name"]
    /// A command.
    Command "command" in Slice "commands" ["name"]
    /// An input of a command.
    Input "input" in Slice "commands" > "inputs" ["name"]
    /// An error of a command.
    Error "error" in Slice "commands" > "errors" ["name"]
    /// An event.
    Event "event" in Slice "events" ["name"]
    /// An attribute of an event.
    Attribute "attribute" in Slice "events" > "attributes" ["name"]
    /// A read model.
    ReadModel "read-model" in Slice "read_models" ["name"]
    /// A field of a read model.
    ReadModelField "read-model-field" in Slice "read_models" > "fields" ["name"]
    /// An automation.
    Automation "automation" in Slice "automations" ["name"]
    /// A translation.
    Translation "translation" in Slice "translations" ["name"]
    /// A message from outside.
    ExternalPayload "external-payload" in Slice "external_payloads" ["name"]
    /// A field of a message from outside.
    PayloadField "payload-field" in Slice "external_payloads" > "fields" ["name"]
    /// An outcome of a slice.
    Outcome "outcome" in Slice "outcomes" ["label"]
    /// A scenario.
    Scenario "scenario" in Slice "scenarios" ["name"]
    /// A step of a datum on its way.
    DataFlow "data-flow" in Slice "data_flows" ["datum", "source", "source_kind", "transformation", "target", "bit_encoding"]
    /// A card on the board.
    BoardElement "board-element" in Slice "board_elements" ["name"]
    /// An arrow on the board.
    BoardConnection "board-connection" in Slice "board_connections" ["source", "source_kind", "target", "target_kind"]
}
