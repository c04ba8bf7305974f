//! The eventcore command that appends events: to one stream or to many, all in
//! one transaction, if the streams still hold what the decision was made on.
//!
//! Only the streams that are written are registered. Every registered stream
//! counts as touched by the transaction, here and in every clone: one that was
//! only read would fork with an unrelated edit of another clone. What an edit
//! reads besides is protected by the lock that an open store holds.

use eventcore::{
    Command, CommandError, CommandLogic, Event, NewEvents, StreamId, StreamResolver, require,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use crate::{event::EmcEvent, transaction::EVENT_TYPE};

/// An event as the store knows it: JSON with one key, the variant, and the
/// stream inside. It is not decoded: streams may hold events that this version
/// does not know, and they must not stop an append to the same stream.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WireEvent {
    stream: StreamId,
    data: Value,
}

impl WireEvent {
    /// The wire form of an event.
    ///
    /// # Errors
    /// Why the store cannot hold it: a stream name of more than 255 characters
    /// or with one of `* ? [ ]` in it.
    pub(super) fn of(event: &EmcEvent) -> Result<Self, String> {
        Ok(Self {
            stream: stream(&event.stream_id())?,
            data: serde_json::from_str(&event.encode())
                .map_err(|error| format!("an event cannot be written as JSON: {error}"))?,
        })
    }

    pub(super) fn stream(&self) -> &StreamId {
        &self.stream
    }
}

/// The name of a stream.
///
/// # Errors
/// Why the store cannot hold it.
pub(super) fn stream(name: &str) -> Result<StreamId, String> {
    StreamId::try_new(name.to_owned())
        .map_err(|error| format!("`{name}` cannot be the name of a stream: {error}"))
}

impl Serialize for WireEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.data.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for WireEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = Value::deserialize(deserializer)?;
        // The stream inside need not agree with the one that the event is in.
        // It is never used of a stored event, but the type has to have one.
        let inside = data
            .as_object()
            .and_then(|event| event.values().next())
            .and_then(|fields| fields.get("stream_id"))
            .and_then(Value::as_str)
            .unwrap_or("unknown");
        let stream = stream(inside).or_else(|_| stream("unknown"));
        Ok(Self {
            stream: stream.map_err(de::Error::custom)?,
            data,
        })
    }
}

impl Event for WireEvent {
    fn stream_id(&self) -> &StreamId {
        &self.stream
    }

    fn event_type_name() -> &'static str {
        EVENT_TYPE
    }
}

/// The streams do not hold what the decision was made on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moved;

impl std::fmt::Display for Moved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the streams changed since the edit was decided")
    }
}

impl std::error::Error for Moved {}

impl From<Moved> for CommandError {
    fn from(moved: Moved) -> Self {
        Self::business_rule_violated(moved)
    }
}

/// Append events to streams that hold what they are known to hold.
#[derive(Command)]
pub(super) struct Commit {
    /// The first stream that is written.
    #[stream]
    pub(super) first: StreamId,
    /// The others.
    pub(super) others: Vec<StreamId>,
    /// What the streams hold: the data of all events of the first one, then of
    /// the others in turn.
    pub(super) basis: Vec<Value>,
    /// What to append.
    pub(super) events: Vec<WireEvent>,
}

impl CommandLogic for Commit {
    type Event = WireEvent;
    type State = Vec<Value>;

    fn apply(&self, mut state: Vec<Value>, event: &WireEvent) -> Vec<Value> {
        state.push(event.data.clone());
        state
    }

    fn handle(&self, state: Vec<Value>) -> Result<NewEvents<WireEvent>, CommandError> {
        require!(state == self.basis, Moved);
        Ok(self.events.clone().into())
    }

    fn stream_resolver(&self) -> Option<&(dyn StreamResolver<Vec<Value>> + Sync)> {
        Some(self)
    }
}

impl StreamResolver<Vec<Value>> for Commit {
    fn discover_related_streams(&self, _: &Vec<Value>) -> Vec<StreamId> {
        self.others.clone()
    }
}
