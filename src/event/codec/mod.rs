//! Events as they stand on the wire: an object with one key, the variant.
//!
//! Its value is either plain, `{"stream_id": ..., <fields>}`, or has a body,
//! `{"stream_id": ..., "body": {"<kind>": {<fields>}}}`. Both are read for every
//! event, and for `body` also the older pair `exported_event_type` and
//! `payload`. Unknown keys are ignored. An event is written in the form in which
//! the peer writes it, keys sorted at every level.

pub(super) mod combination;
mod error;
mod json;
#[cfg(test)]
mod tests;
mod wire;

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

pub use error::{DecodeError, Problem};
pub(super) use json::Json;
pub(super) use wire::{Form, Keys, Name, Record, Value, Writer, read_word, write_word};

use super::{EmcEvent, SliceFact, Text, review::FINDINGS};
use json::{Members, member};
use wire::read_key;

/// What an event is about, by slug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address<S> {
    /// The project itself.
    Project,
    /// A workflow, or what it owns.
    Workflow(S),
    /// That there is a slice, and its name, kind and description.
    Slice(S),
    /// What a slice owns.
    Fact(S),
    /// Something that was recorded and leaves the model as it is: a review or
    /// the readiness of a workflow, or the decision of a fork (here the stream).
    Record(S),
}

impl EmcEvent {
    /// Read an event from the text of its event data.
    pub fn decode(json: &str) -> Result<Self, DecodeError> {
        let tree = parse(json)?;
        Self::from_tree(&tree)
    }

    /// The event data in the canonical form: one line, keys sorted at every level.
    pub fn encode(&self) -> String {
        // A tree of text, arrays and objects with text keys is always JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The stream that the event is written to.
    pub fn stream_id(&self) -> String {
        match (self, self.address()) {
            (Self::ConflictResolved { .. }, _) | (_, Address::Project) => "project".to_owned(),
            (Self::ReviewRecorded(_), Address::Record(workflow)) => format!("review::{workflow}"),
            (_, Address::Workflow(workflow) | Address::Record(workflow)) => {
                format!("workflow::{workflow}")
            }
            (_, Address::Slice(slice) | Address::Fact(slice)) => format!("slice::{slice}"),
        }
    }

    fn from_tree(tree: &Json<'_>) -> Result<Self, DecodeError> {
        let (variant, keys) = open(tree)?;
        keys.and_then(|(path, keys)| Self::read(variant, &keys).map_err(|error| error.inside(path)))
            .map_err(|error| error.of(variant))
    }

    /// The event data; plain fields in the order of the wire format's tables,
    /// `stream_id` first, bodies with sorted keys.
    fn tree<'a>(&'a self, stream_id: &'a str) -> Members<'a> {
        let mut out = Writer::of(self.form(), self.variant());
        self.write(&mut out);
        let stream_id = Json::Text(Cow::Borrowed(stream_id));
        let mut members = vec![(Cow::Borrowed("stream_id"), stream_id)];
        match self.form() {
            Form::Plain => members.append(&mut out.members),
            Form::Body => {
                out.members
                    .retain(|(key, value)| *value != Json::Null || !self.leaves_out(key));
                let body = Json::single(out.kind, Json::sorted(out.members));
                members.push((Cow::Borrowed("body"), body));
            }
        }
        members
    }

    /// Whether the peer writes no null for this key of the body. It does for all
    /// others.
    fn leaves_out(&self, key: &str) -> bool {
        matches!(
            self,
            Self::WorkflowTransitionEvidenceUpdated { .. }
                | Self::WorkflowTransitionEvidenceRemoved { .. }
        ) && matches!(key, "source_control" | "target_view")
    }

    /// The event data as the projection fingerprint of the peer reads it: plain
    /// fields in the order of the wire format's tables, `stream_id` first, and
    /// nothing that the peer does not know.
    pub(crate) fn encode_in_field_order(&self) -> String {
        let stream_id = self.stream_id();
        let mut tree = self.tree(&stream_id);
        if matches!(self, Self::ReviewRecorded(_)) {
            tree.retain(|(key, _)| key != FINDINGS);
        }
        let event = Json::single(self.variant(), Json::Object(tree));
        // As in `encode`.
        serde_json::to_string(&event).unwrap_or_default()
    }
}

/// The name of an event and what it is about, without reading the rest of it:
/// an event with an address may still not decode.
pub fn peek(json: &str) -> Result<(&'static str, Address<Text>), DecodeError> {
    let tree = parse(json)?;
    let (variant, keys) = open(&tree)?;
    keys.and_then(|(path, keys)| {
        EmcEvent::read_address(variant, &keys).map_err(|error| error.inside(path))
    })
    .map_err(|error| error.of(variant))
}

fn parse(json: &str) -> Result<Json<'_>, DecodeError> {
    serde_json::from_str(json)
        .map_err(|error| DecodeError::new(Problem::NotJson(error.to_string())))
}

/// The key of the event that holds the fields: none, `body` and the kind, or `payload`.
type Path<'t> = [Option<&'t str>; 2];

/// An event and its fields. Errors of the latter are not yet told the event.
type Opened<'t> = (&'t str, Result<(Path<'t>, Keys<'t>), DecodeError>);

fn open<'t>(tree: &'t Json<'t>) -> Result<Opened<'t>, DecodeError> {
    let Json::Object(event) = tree else {
        return Err(DecodeError::new(Problem::NotAnEvent));
    };
    let [(variant, content)] = event.as_slice() else {
        return Err(DecodeError::new(Problem::NotAnEvent));
    };
    Ok((variant, fields(variant, content)))
}

fn fields<'t>(
    variant: &'t str,
    content: &'t Json<'t>,
) -> Result<(Path<'t>, Keys<'t>), DecodeError> {
    if !EmcEvent::VARIANTS.contains(&variant) {
        return Err(DecodeError::new(Problem::UnknownEvent));
    }
    let members = object(content)?;
    // It is part of every event, but nothing depends on what it says.
    read_key::<Text>(members, "stream_id")?;
    let there = |key| member(members, key).filter(|value| **value != Json::Null);
    let (kind, path, fields) = if let Some(body) = there("body") {
        let under = |error: DecodeError| error.under("body".to_owned());
        let [(kind, fields)] = object(body).map_err(under)? else {
            return Err(under(DecodeError::new(Problem::Unexpected {
                expected: "an object with one key, the kind of the body",
                found: "an object with another number of keys",
            })));
        };
        (kind.as_ref(), [Some("body"), Some(kind.as_ref())], fields)
    } else if let (Some(Json::Text(kind)), Some(payload)) =
        (there("exported_event_type"), there("payload"))
    {
        (kind.as_ref(), [Some("payload"), None], payload)
    } else if variant == SliceFact::EVENT {
        let missing = Problem::Missing {
            expected: "an object with one key, the kind of the body",
        };
        return Err(DecodeError::new(missing).under("body".to_owned()));
    } else {
        return Ok(([None, None], Keys::of(members, Form::Plain, variant)));
    };
    let known = match variant {
        SliceFact::EVENT => SliceFact::BODIES.contains(&kind),
        _ => kind == variant,
    };
    if !known {
        return Err(DecodeError::new(Problem::UnknownBody(kind.to_owned())));
    }
    let fields = object(fields).map_err(|error| error.inside(path))?;
    Ok((path, Keys::of(fields, Form::Body, kind)))
}

fn object<'t>(json: &'t Json<'t>) -> Result<&'t [(Cow<'t, str>, Json<'t>)], DecodeError> {
    match json {
        Json::Object(members) => Ok(members),
        other => Err(DecodeError::new(Problem::Unexpected {
            expected: "an object",
            found: other.describe(),
        })),
    }
}

impl DecodeError {
    /// The same error, about something inside of a key of the event.
    fn inside(self, path: Path<'_>) -> Self {
        path.into_iter()
            .rev()
            .flatten()
            .fold(self, |error, key| error.under(key.to_owned()))
    }
}

impl Serialize for EmcEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stream_id = self.stream_id();
        Json::single(self.variant(), Json::sorted(self.tree(&stream_id))).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for EmcEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tree = Json::deserialize(deserializer)?;
        Self::from_tree(&tree).map_err(D::Error::custom)
    }
}
