//! Events of the peer are read, and written as the peer writes them.

use std::collections::BTreeSet;

use emc::event::{EmcEvent, SliceFact, peek};

use crate::stores::Store;

/// The event data of each sample, as it stands there, with its name and stream.
fn samples() -> Vec<(String, String, String)> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/samples.jsonl");
    let text = std::fs::read_to_string(file).expect("a file");
    text.lines()
        .map(|line| {
            let (_, data) = line.split_once(r#""event_data":"#).expect("event data");
            let data = data.strip_suffix('}').expect("an object").to_owned();
            let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = |key: &str| line[key].as_str().expect("text").to_owned();
            (text("what"), text("stream_id"), data)
        })
        .collect()
}

#[test]
fn every_sample_is_written_as_it_was_read() {
    let mut seen = BTreeSet::new();
    for (what, stream, data) in samples() {
        let event = EmcEvent::decode(&data).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(event.encode(), data, "{what}");
        assert_eq!(event.stream_id(), stream, "{what}");
        let name = match &event {
            EmcEvent::SliceFactAdded { fact, .. } => format!("SliceFactAdded/{}", fact.body()),
            event => event.variant().to_owned(),
        };
        assert_eq!(name, what);
        seen.insert(name);
    }
    let all = EmcEvent::VARIANTS.iter().map(|name| (*name).to_owned());
    let bodies = SliceFact::BODIES
        .iter()
        .map(|body| format!("SliceFactAdded/{body}"));
    let all: BTreeSet<String> = all
        .filter(|name| name != "SliceFactAdded")
        .chain(bodies)
        .collect();
    assert_eq!(seen, all);
    assert_eq!(EmcEvent::VARIANTS.len(), 57);
}

#[test]
fn every_event_of_every_store_is_written_as_it_was_read() {
    for name in [
        "repair-desk",
        "every-event",
        "forked",
        "forked-resolved",
        "dangling",
        "tampered",
        "tampered-tip",
    ] {
        let store = Store::fixture(name);
        for transaction in &store.transactions {
            let file = &transaction.header.file;
            let (_, bytes) = store
                .files
                .iter()
                .find(|(other, _)| other == file)
                .expect("a file");
            for envelope in &transaction.events {
                let data = envelope.data_in(bytes).expect("event data");
                let event = EmcEvent::decode(data).unwrap_or_else(|error| panic!("{error}"));
                assert_eq!(event.encode(), data, "{file}");
                assert_eq!(event.stream_id(), *envelope.stream, "{file}");
                let value: serde_json::Value = serde_json::from_str(data).expect("JSON");
                assert_eq!(serde_json::to_value(&event).expect("JSON"), value, "{file}");
                let read: EmcEvent = serde_json::from_value(value).expect("an event");
                assert_eq!(read, event, "{file}");
                let (variant, address) = peek(data).expect("an event");
                assert_eq!(variant, event.variant());
                assert_eq!(format!("{address:?}"), format!("{:?}", event.address()));
            }
        }
    }
}
