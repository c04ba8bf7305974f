//! One struct for each kind of element that a document, a command line or a
//! request names. Where the wire needs a value that most elements do not have,
//! the document leaves it out: absent lists are empty, absent flags are false.

#[cfg(feature = "author")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::{
    self, Text,
    vocabulary::{
        AttributeSourceKind, BoardElementKind, BoardEndpointKind, ContractKind, EventParticipation,
        FieldSourceKind, FlowSourceKind, InputSourceKind, Lane, LifecycleState, NavigationType,
        OwnedDefinitionKind, Recovery, ScenarioKind, Transformation, TransitionKind,
        ViewFieldSourceKind, ViewRole,
    },
};

/// Declare elements that hold, field for field, what their wire form holds.
macro_rules! elements {
    ($( $(#[$doc:meta])* $name:ident = $wire:ty {
        $( $(#[$attribute:meta])* $field:ident : $type:ty ),* $(,)?
    }
    $(flags { $( $flag:ident ),* $(,)? })?
    $(optional { $( $optional:ident : $optional_type:ty ),* $(,)? })?
    $(lists { $( $list:ident : $list_type:ty ),* $(,)? })?
    $(tables { $( $table:ident : $table_type:ty ),* $(,)? })?;
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "author", derive(JsonSchema))]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs)] // The words of the wire, as `event` explains them.
        pub struct $name {
            $( $(#[$attribute])* pub $field: $type, )*
            $( $( #[serde(default, skip_serializing_if = "super::is_false")] pub $flag: bool, )* )?
            $( $( #[serde(default, skip_serializing_if = "Option::is_none")] pub $optional: Option<$optional_type>, )* )?
            $( $( #[serde(default, skip_serializing_if = "Vec::is_empty")] pub $list: Vec<$list_type>, )* )?
            $( $( pub $table: $table_type, )* )?
        }

        impl From<&$wire> for $name {
            fn from(wire: &$wire) -> Self {
                Self {
                    $( $field: wire.$field.clone(), )*
                    $( $( $flag: wire.$flag, )* )?
                    $( $( $optional: wire.$optional.clone(), )* )?
                    $( $( $list: wire.$list.clone(), )* )?
                    $( $( $table: (&wire.$table).into(), )* )?
                }
            }
        }

        impl From<&$name> for $wire {
            fn from(element: &$name) -> Self {
                Self {
                    $( $field: element.$field.clone(), )*
                    $( $( $flag: element.$flag, )* )?
                    $( $( $optional: element.$optional.clone(), )* )?
                    $( $( $list: element.$list.clone(), )* )?
                    $( $( $table: (&element.$table).into(), )* )?
                }
            }
        }
    )*};
}

elements! {
    /// An example of behaviour. A contract scenario names the kind and the
    /// definition that it binds.
    Scenario = event::Scenario { kind: ScenarioKind, name: Text, given: Text, when: Text, then: Text }
        optional { contract_kind: ContractKind, covered_definition: Text }
        lists { read_streams: Text, written_streams: Text, error_references: Text };
    /// A business result of a slice.
    Outcome = event::Outcome { label: Text }
        flags { externally_relevant }
        lists { events: Text };
    /// A reaction to an event.
    Automation = event::Automation { name: Text, trigger: Text, command: Text, reaction: Text }
        lists { handled_errors: Text };
    /// A reaction to a message from outside.
    Translation = event::Translation { name: Text, external_event: Text, payload_contract: Text, command: Text };
    /// One step of a datum on its way.
    DataFlow = event::DataFlow {
        datum: Text, source: Text, source_kind: FlowSourceKind, transformation: Transformation,
        target: Text, bit_encoding: Text,
    };
    /// A card on the board.
    BoardElement = event::BoardElement { name: Text, kind: BoardElementKind, lane: Lane, declared_name: Text }
        flags { main_path };
    /// An arrow on the board.
    BoardConnection = event::BoardConnection {
        source: Text, source_kind: BoardEndpointKind, target: Text, target_kind: BoardEndpointKind,
    };
    /// An error that a command can return.
    CommandError = event::CommandError { name: Text, scenario: Text, recovery: Recovery };
    /// What an actor can do on a view.
    Control = event::Control { name: Text, command: Text, recovery_behavior: Recovery, sketch_token: Text }
        lists { handled_errors: Text }
        tables { input: ControlInput, navigation: Navigation };
    /// What a control provides to its command.
    ControlInput = event::ControlInput {
        name: Text, source_kind: InputSourceKind, source_description: Text, sketch_token: Text,
    }
        flags { visible_to_actor, decision_field };
    /// Where a control leads.
    Navigation = event::Navigation { #[serde(rename = "type")] kind: NavigationType, target: Text }
        optional { external_workflow: Text, external_system: Text, handoff_contract: Text };
    /// An outcome that the workflow knows a slice by.
    WorkflowOutcome = event::WorkflowOutcome { source_slice: Text, label: Text }
        flags { externally_relevant };
    /// An error that the workflow knows a command by.
    WorkflowCommandError = event::WorkflowCommandError { source_slice: Text, command: Text, error: Text };
    /// A definition that the workflow says a slice owns.
    OwnedDefinition = event::OwnedDefinition {
        source_slice: Text, definition_kind: OwnedDefinitionKind, definition_name: Text,
    }
        optional {
            definition_stream: Text, source_provenance: Text,
            event_participation: EventParticipation, view_role: ViewRole,
        };
    /// Why both ends of a transition are what they are said to be.
    TransitionEvidence = event::TransitionEvidence {
        from: Text, to: Text, via: TransitionKind, name: Text, source_evidence: Text, target_evidence: Text,
    }
        optional { source_control: Text, target_view: Text };
    /// Where somebody arrives in a state of the application.
    LifecycleEntry = event::LifecycleEntry { state: LifecycleState, step: Text, evidence: Text };
}

/// Declare the members of merged definitions, with what the store recorded of
/// the whole definition beside this member where that differs from the first.
macro_rules! members {
    ($( $(#[$doc:meta])* $name:ident {
        $( $field:ident : $type:ty ),* $(,)?
    }
    optional { $( $optional:ident : $optional_type:ty ),* $(,)? }
    lists { $( $list:ident : $list_type:ty ),* $(,)? }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "author", derive(JsonSchema))]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs)] // The words of the wire, as `event` explains them.
        pub struct $name {
            $( pub $field: $type, )*
            $( #[serde(default, skip_serializing_if = "Option::is_none")] pub $optional: Option<$optional_type>, )*
            $( #[serde(default, skip_serializing_if = "Vec::is_empty")] pub $list: Vec<$list_type>, )*
        }
    )*};
}

members! {
    /// An input of a command. `source_name` and `source_field` say where its
    /// value is found: an event and its attribute, a payload and its field, a
    /// generator, session or argument and its field. An actor has neither.
    CommandInput { name: Text, source_kind: InputSourceKind, source_description: Text }
        optional { source_name: Text, source_field: Text, recorded_with: CommandHead }
        lists { provenance_chain: Text }
    /// An attribute of an event.
    EventAttribute {
        name: Text, source_kind: AttributeSourceKind, source_name: Text, source_field: Text, provenance: Text,
    }
        optional { generated_source_kind: Text, recorded_with: EventHead }
        lists {}
    /// A field of a read model.
    ReadModelField { name: Text, source_kind: FieldSourceKind, provenance: Text }
        optional {
            source_event: Text, source_attribute: Text, derivation_rule: Text, derivation_scenario: Text,
            absence_event: Text, absence_scenario: Text, recorded_with: ReadModelHead,
        }
        lists { derivation_source_fields: Text }
    /// A field of a view and the controls that stand beside it.
    ViewField {
        name: Text, source_kind: ViewFieldSourceKind, source_read_model: Text, source_field: Text,
        sketch_token: Text, provenance: Text, bit_encoding: Text,
    }
        optional { recorded_with: ViewHead }
        lists { controls: Control }
    /// A field of a message from outside.
    PayloadField { name: Text, field_provenance: Text, bit_encoding: Text }
        optional {}
        lists {}
}

/// Declare what a definition says beside its members: once as the definition
/// itself, once as the head that a differing fact carries.
macro_rules! definitions {
    ($( $(#[$doc:meta])* $name:ident, $head:ident of $members:ident : $member:ty {
        $( $field:ident : $type:ty ),* $(,)?
    }
    flags { $( $flag:ident ),* $(,)? }
    optional { $( $optional:ident : $optional_type:ty ),* $(,)? }
    lists { $( $list:ident : $list_type:ty ),* $(,)? }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "author", derive(JsonSchema))]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs)] // The words of the wire, as `event` explains them.
        pub struct $name {
            pub name: Text,
            $( pub $field: $type, )*
            $( #[serde(default, skip_serializing_if = "super::is_false")] pub $flag: bool, )*
            $( #[serde(default, skip_serializing_if = "Option::is_none")] pub $optional: Option<$optional_type>, )*
            $( #[serde(default, skip_serializing_if = "Vec::is_empty")] pub $list: Vec<$list_type>, )*
            /// At least one.
            #[serde(default)]
            pub $members: Vec<$member>,
        }

        #[doc = concat!("What a single fact says of its whole [`", stringify!($name), "`].")]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "author", derive(JsonSchema))]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs)] // As above.
        pub struct $head {
            $( pub $field: $type, )*
            $( #[serde(default, skip_serializing_if = "super::is_false")] pub $flag: bool, )*
            $( #[serde(default, skip_serializing_if = "Option::is_none")] pub $optional: Option<$optional_type>, )*
            $( #[serde(default, skip_serializing_if = "Vec::is_empty")] pub $list: Vec<$list_type>, )*
        }

        impl $name {
            /// What it says beside its members.
            pub fn head(&self) -> $head {
                $head {
                    $( $field: self.$field.clone(), )*
                    $( $flag: self.$flag, )*
                    $( $optional: self.$optional.clone(), )*
                    $( $list: self.$list.clone(), )*
                }
            }

            /// A definition without members yet.
            pub(super) fn with_head(name: Text, head: $head) -> Self {
                Self {
                    name,
                    $( $field: head.$field, )*
                    $( $flag: head.$flag, )*
                    $( $optional: head.$optional, )*
                    $( $list: head.$list, )*
                    $members: Vec::new(),
                }
            }
        }
    )*};
}

definitions! {
    /// A command with its inputs.
    Command, CommandHead of inputs: CommandInput {}
        flags {}
        optional { singleton_repeat_behavior: event::vocabulary::RepeatBehavior }
        lists { emitted_events: Text, observed_streams: Text, errors: CommandError }
    /// An event with its attributes.
    Event, EventHead of attributes: EventAttribute { stream: Text }
        flags { observed, shared }
        optional {}
        lists {}
    /// A read model with its fields.
    ReadModel, ReadModelHead of fields: ReadModelField {}
        flags { transitive }
        optional { transitive_rule: Text, example_scenario: Text }
        lists { relationship_fields: Text }
    /// A view with its fields and controls.
    View, ViewHead of fields: ViewField {}
        flags {}
        optional {}
        lists { local_states: Text, filters: Text }
}

/// A message from outside with its fields.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The words of the wire.
pub struct ExternalPayload {
    pub name: Text,
    /// At least one.
    #[serde(default)]
    pub fields: Vec<PayloadField>,
}
