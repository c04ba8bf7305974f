//! Stores of any size, as one person would have written them: one event a
//! transaction, each the child of the one before.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// A store that grows.
pub struct Synthetic {
    events: PathBuf,
    lengths: BTreeMap<String, u64>,
    tip: Option<String>,
    /// How many transactions there are.
    pub transactions: u64,
}

/// How large a model is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub workflows: usize,
    /// Of each workflow.
    pub slices: usize,
    /// Of each slice, beyond the event that adds it.
    pub facts: usize,
}

impl Size {
    /// The number of transactions.
    pub fn transactions(self) -> usize {
        1 + self.workflows * (1 + self.slices * (1 + self.facts))
    }
}

/// The model is a sketch: what it breaks is not what is measured.
const MANIFEST: &str = "[project]
name = \"Big\"
version = \"0.1.0\"
lean_module = \"Big\"
quint_module = \"Big\"

[rules]
kinds = \"allow\"
events = \"allow\"
commands = \"allow\"
read-models = \"allow\"
views = \"allow\"
controls = \"allow\"
scenarios = \"allow\"
information = \"allow\"
board = \"allow\"
workflow = \"allow\"
journey = \"allow\"
project = \"allow\"
";
const PEER_MANIFEST: &str = "[project]\nname = \"Big\"\nversion = \"0.1.0\"\nlean_module = \"Big\"\nquint_module = \"Big\"\n";

impl Synthetic {
    /// Write a project of this size. `for_peer` leaves out what the peer tool
    /// does not know.
    pub fn write(root: &Path, size: Size, for_peer: bool) -> io::Result<Self> {
        let events = root.join("model/events/events");
        fs::create_dir_all(&events)?;
        fs::write(
            root.join("emc.toml"),
            if for_peer { PEER_MANIFEST } else { MANIFEST },
        )?;
        fs::write(
            root.join("model/events/.gitattributes"),
            "events/** -text -merge\n",
        )?;
        fs::write(
            root.join("model/events/.gitignore"),
            "/tmp/\n/checkpoints/\n/locks/\n/index/\n/.eventcore/\n/.lock\n",
        )?;
        fs::write(root.join(".gitignore"), "/target/\n")?;
        let mut store = Self {
            events,
            lengths: BTreeMap::new(),
            tip: None,
            transactions: 0,
        };
        store.append(
            "project",
            &json!({ "ProjectInitialized": { "name": "Big", "stream_id": "project" } }),
        )?;
        for workflow in 0..size.workflows {
            let slug = format!("workflow-{workflow}");
            let stream = format!("workflow::{slug}");
            let body = json!({ "WorkflowAdded": {
                "description": format!("Workflow {workflow} of the synthetic model."),
                "name": format!("Workflow {workflow}"), "slug": slug, "stream_id": stream,
            } });
            store.append(&stream, &body)?;
            for slice in 0..size.slices {
                store.slice(&slug, workflow, slice, size.facts)?;
            }
        }
        Ok(store)
    }

    fn slice(&mut self, workflow: &str, at: usize, slice: usize, facts: usize) -> io::Result<()> {
        let slug = format!("slice-{at}-{slice}");
        let stream = format!("slice::{slug}");
        let body = json!({ "SliceAdded": {
            "description": format!("Slice {slice} of workflow {at}."), "kind": "state_change",
            "name": format!("Slice {at} {slice}"), "slug": slug, "stream_id": stream, "workflow": workflow,
        } });
        self.append(&stream, &body)?;
        for fact in 0..facts {
            self.append(&stream, &added(&stream, &fact_body(&slug, at, slice, fact)))?;
        }
        Ok(())
    }

    /// One edit in one slice: its description.
    pub fn edit(&mut self, workflow: usize, slice: usize) -> io::Result<()> {
        let slug = format!("slice-{workflow}-{slice}");
        let stream = format!("slice::{slug}");
        let body = json!({ "SliceUpdated": {
            "description": format!("Slice {slice} of workflow {workflow}, edit {}.", self.transactions),
            "kind": "state_change", "name": format!("Slice {workflow} {slice}"), "slug": slug, "stream_id": stream,
        } });
        self.append(&stream, &body)
    }

    fn append(&mut self, stream: &str, body: &Value) -> io::Result<()> {
        self.transactions += 1;
        let number = self.transactions;
        let length = self.lengths.entry(stream.to_owned()).or_default();
        let base = *length;
        *length += 1;
        let id = id(number, 1);
        let event = json!({
            "record": "event", "event_id": self::id(number, 2), "stream_id": stream, "stream_version": base + 1,
            "event_type": "EmcEvent", "event_data": body, "metadata": {},
        });
        let event = format!("{event}\n");
        let hash = Sha256::digest(event.as_bytes())
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let seconds = number / 1000;
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        let header = json!({
            "record": "header", "format_version": 2, "transaction_id": id,
            "replica_id": "01a20768-3c66-72b9-9a59-984dc65abfbd",
            "parent_transaction_ids": self.tip.iter().collect::<Vec<_>>(),
            "created_at": format!("2026-11-23T{hours:02}:{minutes:02}:{:02}.{:03}000000+00:00", seconds % 60, number % 1000),
            "stream_bases": { stream: base }, "content_hash": hash,
        });
        fs::write(
            self.events.join(format!("{id}.jsonl")),
            format!("{header}\n{event}"),
        )?;
        self.tip = Some(id);
        Ok(())
    }
}

/// A UUID of version 7 that grows with the number.
fn id(number: u64, kind: u64) -> String {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17);
    format!(
        "01a20{:03x}-{:04x}-7{:03x}-8{kind:03x}-{:012x}",
        number >> 16 & 0xfff,
        number & 0xffff,
        mixed & 0xfff,
        mixed >> 16
    )
}

fn added(stream: &str, body: &Value) -> Value {
    json!({ "SliceFactAdded": { "body": body, "stream_id": stream } })
}

/// Facts as a slice that changes state has them, in the order in which a person
/// would record them.
fn fact_body(slug: &str, at: usize, slice: usize, fact: usize) -> Value {
    let event = format!("Thing{at}x{slice}Changed");
    let command = format!("ChangeThing{at}x{slice}");
    let stream = format!("thing-{at}");
    match fact {
        0 => json!({ "SliceEventDefinitionAdded": {
            "attribute": {
                "generated_source_kind": null, "name": "thing_id", "provenance": "Given by the actor.",
                "source_field": "thing_id", "source_kind": "command_input", "source_name": command,
            },
            "name": event, "observed": false, "shared": false, "slice": slug, "stream": stream,
        } }),
        1 => json!({ "SliceCommandDefinitionAdded": {
            "emitted_events": [event], "errors": [], "input": {
                "event_stream_source_attribute": null, "event_stream_source_event": null,
                "external_payload_source_field": null, "external_payload_source_name": null,
                "generated_source_field": null, "generated_source_name": null,
                "invocation_argument_source_field": null, "invocation_argument_source_name": null,
                "name": "thing_id", "provenance_chain": ["actor", "thing box"],
                "session_source_field": null, "session_source_name": null,
                "source_description": "Chosen by the actor.", "source_kind": "actor",
            },
            "name": command, "observed_streams": [stream], "singleton_repeat_behavior": null, "slice": slug,
        } }),
        2 => json!({ "SliceOutcomeAdded": {
            "events": [event], "externally_relevant": false, "label": "thing changed", "slice": slug,
        } }),
        3 => json!({ "SliceBitLevelDataFlowAdded": {
            "bit_encoding": "UUID version 7, 128 bits", "datum": "thing_id", "slice": slug, "source": command,
            "source_kind": "modeled_target", "target": event, "transformation": "identity",
        } }),
        number => json!({ "SliceScenarioAdded": {
            "contract_kind": null, "covered_definition": null, "error_references": [],
            "given": format!("a thing in state {number}"), "kind": "acceptance",
            "name": format!("Change number {number}"), "read_streams": [stream], "slice": slug,
            "then": "the thing is in its next state, and everybody who looks at it sees the change",
            "when": "the actor changes the thing", "written_streams": [stream],
        } }),
    }
}
