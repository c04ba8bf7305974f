//! The old format, v1: one JSON file for each event. It becomes the events of
//! today in the old order.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::{
    authoring::Refused,
    diagnostic::{Diagnostic, Place, codes::authoring::LEGACY_DAMAGED},
    event::EmcEvent,
};

const SCHEMA: &str = "emc.events.v1";

/// The keys that the identity of an event does not cover.
const UNCOVERED: [&str; 2] = ["event_id", "command_id"];

/// The facts that are bodies of one event today.
const FACTS: [&str; 12] = [
    "SliceScenarioAdded",
    "SliceOutcomeAdded",
    "SliceExternalPayloadAdded",
    "SliceEventDefinitionAdded",
    "SliceCommandDefinitionAdded",
    "SliceReadModelAdded",
    "SliceViewAdded",
    "SliceTranslationAdded",
    "SliceAutomationAdded",
    "SliceBitLevelDataFlowAdded",
    "SliceBoardElementAdded",
    "SliceBoardConnectionAdded",
];

/// A file of the old format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegacyFile {
    /// What findings call it.
    pub name: String,
    /// All that it holds.
    pub bytes: Vec<u8>,
}

/// What updates that contradict each other share: kind, slug and parents.
type Past<'a> = (&'a str, &'a str, &'a [String]);

/// What a file says. Unknown keys count for its identity and mean nothing.
#[derive(Deserialize)]
struct Record {
    schema_version: String,
    event_id: String,
    stream_id: String,
    parents: Vec<String>,
    #[serde(rename = "type")]
    kind: String,
    payload: Map<String, Value>,
}

/// The events of these files, in the old order: by number of parents, then by
/// identity. As the parents of an event are all events before it, every parent
/// comes first.
///
/// # Errors
/// Every file that is damaged, misses a parent, contradicts another one, or
/// does not hold an event that exists.
pub fn convert(files: &[LegacyFile]) -> Result<Vec<EmcEvent>, Refused> {
    let mut findings = Vec::new();
    let mut records: Vec<(&str, Record)> = Vec::new();
    for file in files {
        match read(file) {
            Ok(record) => records.push((&file.name, record)),
            Err(refused) => findings.extend(refused.0),
        }
    }
    records.sort_by(|(_, left), (_, right)| {
        (left.parents.len(), &left.event_id).cmp(&(right.parents.len(), &right.event_id))
    });
    let chosen = choices(&records, &mut findings);
    let mut events = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (name, record) in &records {
        if let Some(missing) = record
            .parents
            .iter()
            .find(|parent| !known.contains(parent.as_str()))
        {
            findings.push(damaged(name, format!("its parent {missing} is not there")));
        }
        if !known.insert(&record.event_id) {
            findings.push(damaged(
                name,
                "another file holds the same event".to_owned(),
            ));
        }
        // A decision of the old store is the chosen event once more, last.
        let of = chosen
            .get(record.event_id.as_str())
            .copied()
            .unwrap_or(record);
        match EmcEvent::decode(&today(of).to_string()) {
            Ok(event) => events.push(event),
            Err(reason) => findings.push(reason.diagnostic(Place::file(*name))),
        }
    }
    if findings.is_empty() {
        Ok(events)
    } else {
        Err(findings.into())
    }
}

fn damaged(name: &str, reason: String) -> Diagnostic {
    Diagnostic::new(&LEGACY_DAMAGED, reason).at(Place::file(name))
}

fn read(file: &LegacyFile) -> Result<Record, Refused> {
    let problem = |reason: String| damaged(&file.name, reason);
    let value: Value = serde_json::from_slice(&file.bytes)
        .map_err(|error| problem(format!("it is not JSON: {error}")))?;
    let record = Record::deserialize(&value)
        .map_err(|error| problem(format!("it is not an event of the old format: {error}")))?;
    if record.schema_version != SCHEMA {
        let version = &record.schema_version;
        return Err(problem(format!("its schema version is `{version}`, not `{SCHEMA}`")).into());
    }
    let own = identity(&value);
    if own != record.event_id {
        return Err(problem(format!(
            "its content has the digest {own}, but it calls itself {}",
            record.event_id
        ))
        .into());
    }
    Ok(record)
}

/// SHA-256 of the compact JSON with sorted keys. A JSON object keeps its keys
/// sorted here.
fn identity(value: &Value) -> String {
    let covered: BTreeMap<&String, &Value> = value
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| !UNCOVERED.contains(&key.as_str()))
        .collect();
    let text = serde_json::to_string(&covered).unwrap_or_default();
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        for nibble in [byte >> 4, byte & 15] {
            hex.extend(char::from_digit(u32::from(nibble), 16));
        }
    }
    hex
}

/// What the decisions of the old store chose, by the event that decided. Two
/// updates of one thing with equal parents that nobody decided are reported.
fn choices<'a>(
    records: &'a [(&'a str, Record)],
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<&'a str, &'a Record> {
    let mut chosen = BTreeMap::new();
    let mut decided: BTreeSet<&str> = BTreeSet::new();
    for (name, record) in records {
        if record.kind != "ConflictResolved" {
            continue;
        }
        let choice = record
            .payload
            .get("chosen_event_id")
            .and_then(Value::as_str);
        match records
            .iter()
            .find(|(_, other)| Some(other.event_id.as_str()) == choice)
        {
            Some((_, event)) => {
                chosen.insert(record.event_id.as_str(), event);
                decided.insert(event.event_id.as_str());
            }
            None => findings.push(damaged(
                name,
                "the event that it chose is not there".to_owned(),
            )),
        }
    }
    let mut updates: BTreeMap<Past<'_>, Vec<(&str, &Record)>> = BTreeMap::new();
    for (name, record) in records {
        if matches!(record.kind.as_str(), "WorkflowUpdated" | "SliceUpdated") {
            let slug = record
                .payload
                .get("slug")
                .and_then(Value::as_str)
                .unwrap_or_default();
            updates
                .entry((&record.kind, slug, &record.parents))
                .or_default()
                .push((name, record));
        }
    }
    for ((_, slug, _), sides) in updates {
        let differ = sides.iter().any(|(_, side)| {
            sides
                .first()
                .is_some_and(|(_, first)| first.payload != side.payload)
        });
        if differ
            && !sides
                .iter()
                .any(|(_, side)| decided.contains(side.event_id.as_str()))
        {
            let names: Vec<&str> = sides.iter().map(|(name, _)| *name).collect();
            let first = names.first().copied().unwrap_or_default();
            findings.push(
                damaged(
                    first,
                    format!("`{slug}` was changed in two ways that nobody decided"),
                )
                .note(format!("the sides are {}", names.join(" and ")))
                .help("decide the conflict with the old tool, then import again"),
            );
        }
    }
    chosen
}

/// The event as it is written today.
fn today(record: &Record) -> Value {
    let mut fields = Map::new();
    fields.insert("stream_id".to_owned(), record.stream_id.as_str().into());
    if FACTS.contains(&record.kind.as_str()) {
        let mut body = Map::new();
        body.insert(record.kind.clone(), record.payload.clone().into());
        fields.insert("body".to_owned(), body.into());
        return one("SliceFactAdded", fields);
    }
    for (key, value) in &record.payload {
        let key = match (record.kind.as_str(), key.as_str()) {
            (
                "WorkflowConnected"
                | "WorkflowTransitionRemoved"
                | "WorkflowTransitionEvidenceAdded",
                "from",
            ) => "source",
            ("WorkflowConnected" | "WorkflowTransitionRemoved", "to") => "target_slice",
            ("WorkflowConnected" | "WorkflowTransitionRemoved", "to_workflow") => "target_workflow",
            ("WorkflowTransitionEvidenceAdded", "to") => "target",
            (_, key) => key,
        };
        fields.insert(key.to_owned(), value.clone());
    }
    one(&record.kind, fields)
}

fn one(variant: &str, fields: Map<String, Value>) -> Value {
    let mut event = Map::new();
    event.insert(variant.to_owned(), fields.into());
    event.into()
}

#[cfg(test)]
mod tests;
