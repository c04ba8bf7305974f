//! The first line of a transaction file.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Deserializer, de};

use super::{ReplicaId, TransactionId};
use crate::{digest::Digest, rel_path::RelPath};

/// What places a transaction in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The file that it was read from.
    pub file: RelPath,
    /// Its identity; the file is named after it.
    pub id: TransactionId,
    /// The working copy that wrote it.
    pub replica: ReplicaId,
    /// All tips that the writer knew, in the order written; empty for a first
    /// transaction, two or more after a merge.
    pub parents: Vec<TransactionId>,
    /// The writer's wall clock, RFC 3339, as written. It is compared as text.
    pub created_at: Box<str>,
    /// The streams that the transaction read or wrote, sorted, each with its
    /// length before the transaction as the writer knew it.
    pub stream_bases: Vec<(Box<str>, u64)>,
    /// 1 or 2.
    pub format_version: u32,
    /// SHA-256 of all bytes behind the first line; absent in version 1.
    pub content_hash: Option<[u8; 32]>,
}

impl Header {
    /// Whether the file is named after the transaction, as writers name it.
    pub fn is_well_named(&self) -> bool {
        self.file
            .file_name()
            .strip_suffix(".jsonl")
            .is_some_and(|stem| stem.parse() == Ok(self.id))
    }

    /// The length of a stream before this transaction, if it names the stream.
    pub fn base_of(&self, stream: &str) -> Option<u64> {
        let place = self
            .stream_bases
            .binary_search_by(|(name, _)| (**name).cmp(stream))
            .ok()?;
        self.stream_bases.get(place).map(|(_, base)| *base)
    }
}

/// The header as it is written. Unknown keys are ignored.
#[derive(Deserialize)]
pub(super) struct HeaderLine<'a> {
    #[serde(borrow)]
    pub(super) record: Cow<'a, str>,
    pub(super) format_version: u32,
    pub(super) transaction_id: TransactionId,
    replica_id: ReplicaId,
    parent_transaction_ids: Vec<TransactionId>,
    created_at: Box<str>,
    #[serde(deserialize_with = "sorted")]
    stream_bases: Vec<(Box<str>, u64)>,
    #[serde(borrow, default)]
    pub(super) content_hash: Option<Cow<'a, str>>,
}

impl HeaderLine<'_> {
    pub(super) fn into_header(mut self, file: &RelPath) -> Header {
        // Lists grow to four, and most of these have one.
        self.parent_transaction_ids.shrink_to_fit();
        self.stream_bases.shrink_to_fit();
        Header {
            file: file.clone(),
            id: self.transaction_id,
            replica: self.replica_id,
            parents: self.parent_transaction_ids,
            created_at: self.created_at,
            stream_bases: self.stream_bases,
            format_version: self.format_version,
            content_hash: self
                .content_hash
                .and_then(|hex| Digest::from_hex(&hex))
                .map(|digest| *digest.as_bytes()),
        }
    }
}

/// What a line says about itself when the rest of it cannot be read.
#[derive(Deserialize)]
pub(super) struct Outline<'a> {
    #[serde(borrow)]
    pub(super) record: Cow<'a, str>,
    #[serde(default)]
    pub(super) format_version: Option<u64>,
    #[serde(default)]
    pub(super) transaction_id: Option<TransactionId>,
}

impl<'a> Outline<'a> {
    /// The outline of a header line, or nothing for any other text.
    pub(super) fn of_header(line: &'a str) -> Option<Self> {
        serde_json::from_str::<Self>(line)
            .ok()
            .filter(|outline| outline.record == "header")
    }
}

/// A JSON object as a sorted list; of a key that stands twice the last counts.
fn sorted<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Box<str>, u64)>, D::Error> {
    struct Bases;

    impl<'de> de::Visitor<'de> for Bases {
        type Value = Vec<(Box<str>, u64)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object of stream lengths")
        }

        fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut bases: Self::Value = Vec::new();
            while let Some(entry) = map.next_entry()? {
                bases.push(entry);
            }
            // Stable and reversed, so that the last of equal keys comes first and stays.
            bases.reverse();
            bases.sort_by(|(left, _), (right, _)| left.cmp(right));
            bases.dedup_by(|(left, _), (right, _)| left == right);
            Ok(bases)
        }
    }

    deserializer.deserialize_map(Bases)
}
