//! A slice and what it owns.

use std::borrow::Cow;

use crate::event::vocabulary::{
    BoardElementKind, BoardEndpointKind, InputSourceKind, Lane, Recovery, RepeatBehavior, SliceKind,
};

/// How a value changes on its way from its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// It is copied, and keeps its representation.
    Keep,
    /// It is converted by this rule.
    Convert(String),
}

/// The representation of a datum; none when no data flow records it.
pub type Encoding<'a> = Option<&'a str>;

/// A field of the contract of a message from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Fields are named after what they hold.
pub struct PayloadField<'a> {
    pub name: &'a str,
    pub encoding: Encoding<'a>,
    pub provenance: &'a str,
}

/// A message from outside, with its contract.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Payload<'a> {
    pub name: &'a str,
    pub fields: Vec<PayloadField<'a>>,
}

/// Where the input of a command comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum InputSource<'a> {
    Actor,
    /// `source.field`, or one name when both are the same.
    Session(Cow<'a, str>),
    /// As [`InputSource::Session`].
    Generated(Cow<'a, str>),
    /// As [`InputSource::Session`].
    Argument(Cow<'a, str>),
    Payload {
        payload: &'a str,
        field: &'a str,
    },
    State {
        event: &'a str,
        attribute: &'a str,
    },
}

/// An input of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Input<'a> {
    pub name: &'a str,
    pub source: InputSource<'a>,
    pub encoding: Encoding<'a>,
    pub via: Via,
}

/// An error that a command can return, and the scenario that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Failure<'a> {
    pub name: &'a str,
    pub scenario: &'a str,
}

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Command<'a> {
    pub name: &'a str,
    pub inputs: Vec<Input<'a>>,
    pub observes: Vec<&'a str>,
    pub emits: Vec<&'a str>,
    pub errors: Vec<Failure<'a>>,
    /// None: it can be repeated.
    pub again: Option<RepeatBehavior>,
}

/// Where an attribute of an event comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum AttributeSource<'a> {
    Input(&'a str),
    Payload {
        payload: &'a str,
        field: &'a str,
    },
    /// `source.field`, or one name when both are the same.
    Generated(Cow<'a, str>),
    /// As [`AttributeSource::Generated`].
    Session(Cow<'a, str>),
    /// The inputs it is computed from, and the rule.
    Derived {
        inputs: Vec<&'a str>,
        rule: String,
    },
}

/// An attribute of an event that the slice emits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Attribute<'a> {
    pub name: &'a str,
    pub source: AttributeSource<'a>,
    pub encoding: Encoding<'a>,
    pub via: Via,
}

/// An event that the slice emits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Event<'a> {
    pub name: &'a str,
    pub stream: &'a str,
    pub attributes: Vec<Attribute<'a>>,
}

/// An attribute of an event that the slice relies on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct SeenAttribute<'a> {
    pub name: &'a str,
    pub encoding: Encoding<'a>,
    /// The payload and its field, when the event is a message from outside.
    pub from: Option<(&'a str, &'a str)>,
}

/// An event that happens elsewhere, as far as the slice relies on it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Seen<'a> {
    pub name: &'a str,
    pub stream: &'a str,
    pub attributes: Vec<SeenAttribute<'a>>,
}

/// An automation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Automation<'a> {
    pub name: &'a str,
    pub trigger: &'a str,
    pub command: &'a str,
    pub handles: Vec<&'a str>,
    pub reaction: &'a str,
}

/// A translation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Translation<'a> {
    pub name: &'a str,
    pub external_event: &'a str,
    pub payload: &'a str,
    pub command: &'a str,
}

/// What a derived field is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FieldInput<'a> {
    Attribute {
        event: &'a str,
        attribute: &'a str,
    },
    /// A field of the same read model, or a name that nothing has.
    Field(&'a str),
}

/// Where a field of a read model comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FieldSource<'a> {
    Attribute {
        event: &'a str,
        attribute: &'a str,
    },
    Derived {
        sources: Vec<FieldInput<'a>>,
        rule: &'a str,
        scenario: &'a str,
    },
    Absent {
        event: &'a str,
        scenario: &'a str,
    },
}

/// A field of a read model.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Field<'a> {
    pub name: &'a str,
    pub source: FieldSource<'a>,
    pub encoding: Encoding<'a>,
    pub via: Via,
}

/// What a read model says that follows a relationship.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Transitive<'a> {
    pub relations: Vec<&'a str>,
    pub rule: Option<&'a str>,
    pub example: Option<&'a str>,
}

/// A read model.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ReadModel<'a> {
    pub name: &'a str,
    pub fields: Vec<Field<'a>>,
    pub transitive: Option<Transitive<'a>>,
}

/// A field that a view shows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Shown<'a> {
    pub name: &'a str,
    pub read_model: &'a str,
    pub field: &'a str,
    pub token: &'a str,
    pub encoding: Encoding<'a>,
    pub via: Via,
}

/// An input that a control provides.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Provide<'a> {
    pub input: &'a str,
    pub source: InputSourceKind,
    /// Where the actor sees the value; none for a hidden input.
    pub token: Option<&'a str>,
    /// The actor decides on this value.
    pub decision: bool,
}

/// How a control recovers from an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Handler<'a> {
    pub error: &'a str,
    pub recovery: Recovery,
}

/// Where a control leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Destination<'a> {
    View(&'a str),
    State(&'a str),
    Workflow(&'a str),
    System {
        name: &'a str,
        contract: Option<&'a str>,
    },
}

/// A control of a view, with all its inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Control<'a> {
    pub name: &'a str,
    pub token: &'a str,
    pub command: &'a str,
    pub provides: Vec<Provide<'a>>,
    pub handles: Vec<Handler<'a>>,
    pub goes: Destination<'a>,
}

/// A view.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct View<'a> {
    pub name: &'a str,
    pub shows: Vec<Shown<'a>>,
    pub controls: Vec<Control<'a>>,
    /// Local states and filters.
    pub states: Vec<&'a str>,
}

/// An outcome of a slice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Outcome<'a> {
    pub label: &'a str,
    pub events: Vec<&'a str>,
    pub external: bool,
}

/// A scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Scenario<'a> {
    pub name: &'a str,
    pub given: &'a str,
    pub when: &'a str,
    pub then: &'a str,
    pub reads: Vec<&'a str>,
    pub writes: Vec<&'a str>,
    pub errors: Vec<&'a str>,
}

/// What a contract scenario binds. Derived and absent fields are named without
/// their read model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Covers<'a> {
    Command(&'a str),
    Projector(&'a str),
    Automation(&'a str),
    Translation(&'a str),
    Derivation(&'a str),
    Absence(&'a str),
    Transitive(&'a str),
}

/// A contract scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Contract<'a> {
    pub covers: Covers<'a>,
    pub scenario: Scenario<'a>,
}

/// A card of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Card<'a> {
    pub name: &'a str,
    pub kind: BoardElementKind,
    pub of: &'a str,
    pub main: bool,
    /// Where it lies, if not in the lane of its kind.
    pub strayed: Option<Lane>,
}

/// A wire of the board. Its ends are a card by its name or by what it stands
/// for, or the workflow as a trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Wire<'a> {
    pub source_kind: BoardEndpointKind,
    pub source: &'a str,
    pub target_kind: BoardEndpointKind,
    pub target: &'a str,
}

/// A datum under its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub struct Datum<'a> {
    pub owner: &'a str,
    pub name: &'a str,
}

/// A slice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Slice<'a> {
    pub slug: &'a str,
    pub title: &'a str,
    pub kind: SliceKind,
    pub purpose: &'a str,
    pub streams: Vec<&'a str>,
    pub payloads: Vec<Payload<'a>>,
    pub events: Vec<Event<'a>>,
    pub observed: Vec<Seen<'a>>,
    pub commands: Vec<Command<'a>>,
    pub automations: Vec<Automation<'a>>,
    pub translations: Vec<Translation<'a>>,
    pub read_models: Vec<ReadModel<'a>>,
    pub views: Vec<View<'a>>,
    pub outcomes: Vec<Outcome<'a>>,
    pub acceptance: Vec<Scenario<'a>>,
    pub contracts: Vec<Contract<'a>>,
    pub cards: Vec<Card<'a>>,
    pub wires: Vec<Wire<'a>>,
    /// Data flows of data that nothing in the slice has.
    pub strays: Vec<Datum<'a>>,
    /// Data that are recorded with two representations.
    pub clashes: Vec<Datum<'a>>,
}
