//! An event line: what is known of an event before its data is decoded.

use std::{borrow::Cow, ops::Range};

use serde::{Deserialize, de::IgnoredAny};
use serde_json::value::RawValue;

use super::EventId;

/// One event of a transaction. Its data is not decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Identity of the event.
    pub event_id: EventId,
    /// The stream that it belongs to.
    pub stream: Box<str>,
    /// The event type, when it is not [`super::EVENT_TYPE`]: an event of another
    /// program, which counts for the length of its stream and means nothing here.
    pub foreign_type: Option<Box<str>>,
    /// Line in the file, counted from 1; the header is line 1.
    pub line: u32,
    /// Byte range of the JSON of the event data in the bytes of the file.
    pub data: Range<usize>,
}

impl Envelope {
    /// The JSON of the event data. `bytes` are those that were parsed; for any
    /// others the answer is an arbitrary part of them, or `None`.
    pub fn data_in<'a>(&self, bytes: &'a [u8]) -> Option<&'a str> {
        std::str::from_utf8(bytes.get(self.data.clone())?).ok()
    }
}

/// The event line as it is written. Unknown keys are ignored. Keys that the
/// writing library needs are needed here too: without one of them it cannot
/// open the store.
#[derive(Deserialize)]
pub(super) struct EventLine<'a> {
    #[serde(borrow)]
    pub(super) record: Cow<'a, str>,
    pub(super) event_id: EventId,
    pub(super) stream_id: Box<str>,
    pub(super) stream_version: u64,
    #[serde(borrow)]
    pub(super) event_type: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) event_data: &'a RawValue,
    #[serde(rename = "metadata")]
    _metadata: IgnoredAny,
}
