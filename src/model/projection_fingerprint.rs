//! The peer's digest over all events: what a declaration of readiness refers to.
//!
//! It does not depend on the order of the events.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::Model;
use crate::event::{EmcEvent, Text};

/// A projection fingerprint that events are added to.
///
/// The peer hashes the `stream_id` that stands in the event data, here it is
/// the one that follows from the slug: the two agree in every event that a
/// known tool wrote.
#[derive(Clone, Debug, Default)]
pub struct ProjectionFingerprint {
    digests: Vec<String>,
}

impl ProjectionFingerprint {
    /// The fingerprint of these events.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a EmcEvent>) -> String {
        let mut fingerprint = Self::default();
        for event in events {
            fingerprint.add(event);
        }
        fingerprint.finish()
    }

    /// Add an event. Declarations of readiness do not count.
    pub fn add(&mut self, event: &EmcEvent) {
        if !matches!(event, EmcEvent::WorkflowReadinessDeclared(_)) {
            self.digests
                .push(sha256(event.encode_in_field_order().as_bytes()));
        }
    }

    /// 64 hex digits.
    pub fn finish(mut self) -> String {
        self.digests.sort_unstable();
        // A list of texts is always JSON.
        sha256(&serde_json::to_vec(&self.digests).unwrap_or_default())
    }
}

impl Model {
    /// The workflows, by slug, that were declared ready as they then were and
    /// are something else now: `fingerprint` is the present one.
    pub fn stale_readiness(&self, fingerprint: &str) -> Vec<&Text> {
        self.readiness
            .iter()
            .filter(|(_, readiness)| readiness.projection_fingerprint != *fingerprint)
            .map(|(workflow, _)| workflow)
            .collect()
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing into a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
