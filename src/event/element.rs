//! What a slice owns: one struct for each kind of fact, keys as on the wire.
//!
//! The wire writes one fact for each input, attribute, field or control; facts
//! of one name are merged in [`crate::model`].

use serde::{Deserialize, Serialize};

use super::{
    Text,
    codec::combination,
    vocabulary::{
        AttributeSourceKind, BoardElementKind, BoardEndpointKind, ContractKind, FieldSourceKind,
        FlowSourceKind, InputSourceKind, Lane, NavigationType, Recovery, RepeatBehavior,
        ScenarioKind, Transformation, ViewFieldSourceKind,
    },
};

/// Declare structs that are compared, ordered, read and written field by field.
///
/// `[plain, body]` behind a field gives its names in the two encodings of an
/// event, when they are not the name of the field. A function behind `where`
/// says which values cannot stand together.
macro_rules! elements {
    ($( $(#[$doc:meta])* $name:ident $(where $check:path)? {
        $( $(#[$field_doc:meta])* $field:ident $([$plain:literal, $body:literal])? : $type:ty ),* $(,)?
    } )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name {
            $( $(#[$field_doc])* #[doc = concat!("`", stringify!($field), "`")] pub $field: $type ),*
        }

        impl crate::event::codec::Record for $name {
            fn read(keys: &crate::event::codec::Keys<'_>) -> Result<Self, crate::event::DecodeError> {
                let read = Self {
                    $( $field: keys.value(crate::event::element::name!($field $([$plain, $body])?))? ),*
                };
                $( $check(&read).map_err(|(key, rule)| keys.wrong(crate::event::codec::Name::same(key), rule))?; )?
                Ok(read)
            }

            fn write<'a>(&'a self, out: &mut crate::event::codec::Writer<'a>) {
                $( out.value(crate::event::element::name!($field $([$plain, $body])?), &self.$field); )*
            }
        }
    )*};
}
/// The names of a field in the two encodings of an event.
macro_rules! name {
    ($field:ident) => {
        crate::event::codec::Name::same(stringify!($field))
    };
    ($field:ident [$plain:literal, $body:literal]) => {
        crate::event::codec::Name {
            plain: $plain,
            body: $body,
        }
    };
}
pub(super) use elements;
pub(super) use name;

elements! {
    /// An example of behaviour. A contract scenario names what it binds; an
    /// acceptance scenario does not.
    Scenario where combination::scenario {
        kind: ScenarioKind,
        name: Text,
        given: Text,
        when: Text,
        then: Text,
        read_streams: Vec<Text>,
        written_streams: Vec<Text>,
        contract_kind: Option<ContractKind>,
        covered_definition: Option<Text>,
        error_references: Vec<Text>,
    }
    /// A business result of a slice: the events that make it up.
    Outcome { label: Text, events: Vec<Text>, externally_relevant: bool }
    /// One field of a message from outside.
    ExternalPayload { name: Text, field: Text, field_provenance: Text, bit_encoding: Text }
    /// One attribute of an event that the slice emits, observes or shares.
    EventDefinition where combination::event_definition { name: Text, stream: Text, observed: bool, shared: bool, attribute: EventAttribute }
    /// An attribute and where its value comes from.
    EventAttribute {
        name: Text,
        source_kind: AttributeSourceKind,
        source_name: Text,
        source_field: Text,
        generated_source_kind: Option<Text>,
        provenance: Text,
    }
    /// One input of a command.
    CommandDefinition {
        name: Text,
        emitted_events: Vec<Text>,
        observed_streams: Vec<Text>,
        errors: Vec<CommandError>,
        singleton_repeat_behavior: Option<RepeatBehavior>,
        input: CommandInput,
    }
    /// An error that a command can return, and the scenario that shows it.
    CommandError { name: Text, scenario: Text, recovery: Recovery }
    /// An input and where its value comes from: of the five pairs, exactly the
    /// one of the source kind is set (none for an actor).
    CommandInput where combination::command_input {
        name: Text,
        source_kind: InputSourceKind,
        source_description: Text,
        provenance_chain: Vec<Text>,
        event_stream_source_event: Option<Text>,
        event_stream_source_attribute: Option<Text>,
        external_payload_source_name: Option<Text>,
        external_payload_source_field: Option<Text>,
        generated_source_name: Option<Text>,
        generated_source_field: Option<Text>,
        session_source_name: Option<Text>,
        session_source_field: Option<Text>,
        invocation_argument_source_name: Option<Text>,
        invocation_argument_source_field: Option<Text>,
    }
    /// One field of a read model.
    ReadModel {
        name: Text,
        transitive: bool,
        relationship_fields: Vec<Text>,
        transitive_rule: Option<Text>,
        example_scenario: Option<Text>,
        field: ReadModelField,
    }
    /// A field and what it is projected from.
    ReadModelField where combination::read_model_field {
        name: Text,
        source_kind: FieldSourceKind,
        source_event: Option<Text>,
        source_attribute: Option<Text>,
        derivation_rule: Option<Text>,
        derivation_source_fields: Vec<Text>,
        derivation_scenario: Option<Text>,
        absence_event: Option<Text>,
        absence_scenario: Option<Text>,
        provenance: Text,
    }
    /// One field of a view, with the controls that were recorded with it.
    View { name: Text, field: ViewField, controls: Vec<Control>, local_states: Vec<Text>, filters: Vec<Text> }
    /// A field that a person sees.
    ViewField {
        name: Text,
        source_kind: ViewFieldSourceKind,
        source_read_model: Text,
        source_field: Text,
        sketch_token: Text,
        provenance: Text,
        bit_encoding: Text,
    }
    /// What an actor can do on a view.
    Control {
        name: Text,
        command: Text,
        input: ControlInput,
        handled_errors: Vec<Text>,
        recovery_behavior: Recovery,
        sketch_token: Text,
        navigation: Navigation,
    }
    /// What a control provides to its command.
    ControlInput {
        name: Text,
        source_kind: InputSourceKind,
        source_description: Text,
        sketch_token: Text,
        visible_to_actor: bool,
        decision_field: bool,
    }
    /// Where a control leads.
    Navigation where combination::navigation {
        #[serde(rename = "type")]
        kind ["type", "type"]: NavigationType,
        target: Text,
        external_workflow: Option<Text>,
        external_system: Option<Text>,
        handoff_contract: Option<Text>,
    }
    /// A reaction to an event.
    Automation { name: Text, trigger: Text, command: Text, handled_errors: Vec<Text>, reaction: Text }
    /// A reaction to a message from outside.
    Translation { name: Text, external_event: Text, payload_contract: Text, command: Text }
    /// One step of a datum on its way, with its representation at the target.
    DataFlow {
        datum: Text,
        source: Text,
        source_kind: FlowSourceKind,
        transformation: Transformation,
        target: Text,
        bit_encoding: Text,
    }
    /// A card on the board.
    BoardElement { name: Text, kind: BoardElementKind, lane: Lane, declared_name: Text, main_path: bool }
    /// An arrow on the board.
    BoardConnection { source: Text, source_kind: BoardEndpointKind, target: Text, target_kind: BoardEndpointKind }
}

impl CommandInput {
    /// Where its value comes from: the pair of its source kind, of which an actor
    /// has none.
    pub fn source(&self) -> (Option<&Text>, Option<&Text>) {
        let (name, field) = match self.source_kind {
            InputSourceKind::Actor => return (None, None),
            InputSourceKind::Session => (&self.session_source_name, &self.session_source_field),
            InputSourceKind::Generated => {
                (&self.generated_source_name, &self.generated_source_field)
            }
            InputSourceKind::ExternalPayload => (
                &self.external_payload_source_name,
                &self.external_payload_source_field,
            ),
            InputSourceKind::EventStreamState => (
                &self.event_stream_source_event,
                &self.event_stream_source_attribute,
            ),
            InputSourceKind::InvocationArgument => (
                &self.invocation_argument_source_name,
                &self.invocation_argument_source_field,
            ),
        };
        (name.as_ref(), field.as_ref())
    }
}
