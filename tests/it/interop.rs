//! The model of every store of the peer is what the peer shows for it.

use std::collections::BTreeMap;

use emc::{
    event::{EmcEvent, SliceFact},
    model::{Model, Origin, ProjectedModel, ProjectionFingerprint, export::export},
};
use serde_json::{Value, json};

use crate::stores::Store;

/// The events of a store in canonical order.
pub fn events(store: &Store) -> Vec<EmcEvent> {
    let history = store.history();
    history
        .events(&store.transactions)
        .map(|event| {
            let file = &event.transaction.header.file;
            let (_, bytes) = store
                .files
                .iter()
                .find(|(other, _)| other == file)
                .expect("a file");
            let data = event.envelope.data_in(bytes).expect("event data");
            EmcEvent::decode(data).unwrap_or_else(|error| panic!("{file}: {error}"))
        })
        .collect()
}

pub fn folded(events: &[EmcEvent]) -> ProjectedModel {
    ProjectedModel::from_events((0..).map(Origin).zip(events))
}

fn expected(name: &str) -> Value {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/expected")
        .join(name)
        .with_extension("json");
    serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON")
}

/// The model of a store without findings, and what the peer shows for it.
fn both(name: &str) -> (Model, Vec<EmcEvent>, Value) {
    let store = Store::fixture(name);
    assert_eq!(store.codes(), [""; 0], "{name}");
    let events = events(&store);
    let projected = folded(&events);
    assert_eq!(projected.refusals, [], "{name}");
    (projected.model, events, expected(name))
}

const STORES: [&str; 4] = ["repair-desk", "every-event", "forked", "forked-resolved"];

/// `expected` without what is no part of a model: names of files, and the
/// outcome of a gate over generated text.
fn without(mut value: Value, keys: &[&str]) -> Value {
    for item in value.as_array_mut().expect("an array") {
        let item = item.as_object_mut().expect("an object");
        for key in keys {
            assert!(item.remove(*key).is_some(), "{key}");
        }
    }
    value
}

#[test]
fn workflows_and_slices_and_reviews_are_those_of_the_peer() {
    for name in STORES {
        let (model, _, mut expected) = both(name);
        let mut ours = serde_json::to_value(export(&model)).expect("JSON");
        assert_eq!(ours["project"], expected["project"]["name"], "{name}");
        assert_eq!(
            ours["workflows"],
            without(expected["workflows"].take(), &["module"]),
            "{name}"
        );
        let slices = expected["slices"].take();
        for (ours, theirs) in ours["slices"]
            .as_array()
            .expect("an array")
            .iter()
            .zip(slices.as_array().expect("an array"))
        {
            assert_eq!(counts(ours), theirs["counts"], "{name} {}", ours["slug"]);
            assert_eq!(names(ours), theirs["names"], "{name} {}", ours["slug"]);
        }
        assert_eq!(
            ours["slices"],
            without(slices, &["module", "counts", "names"]),
            "{name}"
        );
        // The peer shows the categories sorted, not as they were recorded.
        for review in ours["reviews"].as_array_mut().expect("an array") {
            let categories = review["categories"].as_array_mut().expect("an array");
            categories.sort_by_key(|category| category.as_str().map(str::to_owned));
        }
        assert_eq!(
            ours["reviews"],
            without(expected["reviews"].take(), &["gate_passes"]),
            "{name}"
        );
    }
}

#[test]
fn lists_are_those_of_the_peer() {
    for name in STORES {
        let (model, _, expected) = both(name);
        let lists = json!({
            "workflows": model.workflows.iter().map(|workflow| workflow.name.as_str()).collect::<Vec<_>>(),
            "slices": model.slices().map(|(_, slice)| slice.name.as_str()).collect::<Vec<_>>(),
            "transitions": model
                .workflows
                .iter()
                .flat_map(|workflow| &workflow.transitions)
                .map(|one| format!("{} -> {} [{} {}]", one.source, one.target.slug(), one.kind, one.name))
                .collect::<Vec<_>>(),
        });
        for list in ["workflows", "slices", "transitions"] {
            assert_eq!(lists[list], expected["lists"][list], "{name} {list}");
        }
    }
}

#[test]
fn the_fingerprint_and_stale_readiness_are_those_of_the_peer() {
    for name in STORES {
        let (model, mut events, expected) = both(name);
        let fingerprint = ProjectionFingerprint::of(&events);
        assert_eq!(fingerprint, expected["projection_fingerprint"], "{name}");
        assert_eq!(
            json!(model.stale_readiness(&fingerprint)),
            expected["stale_readiness"],
            "{name}"
        );
        events.reverse();
        assert_eq!(ProjectionFingerprint::of(&events), fingerprint, "{name}");
    }
}

#[test]
fn readiness_is_not_stale_while_nothing_changes() {
    let (_, mut events, _) = both("every-event");
    let declared = |event: &EmcEvent| matches!(event, EmcEvent::WorkflowReadinessDeclared(_));
    let last = events.iter().rposition(declared).expect("a declaration");
    events.truncate(last + 1);
    let model = folded(&events).model;
    let stale = model.stale_readiness(&ProjectionFingerprint::of(&events));
    assert!(stale.is_empty(), "{stale:?}");
}

#[test]
fn events_are_counted_as_the_peer_counts_them() {
    for name in STORES {
        let (_, events, expected) = both(name);
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for event in &events {
            *counts.entry(event.variant().to_owned()).or_default() += 1;
            if let EmcEvent::SliceFactAdded { fact, .. } = event {
                let body = format!("{}/{}", event.variant(), SliceFact::body(fact));
                *counts.entry(body).or_default() += 1;
            }
        }
        assert_eq!(json!(counts), expected["event_counts"], "{name}");
        assert_eq!(json!(events.len()), expected["transactions"], "{name}");
    }
}

/// The peer leaves rejected files out without a word, and then either fails
/// every command over the first event that does not fit, or shows a model that
/// lacks them. Here each such file and each such event is a finding, and the
/// fold goes on to find the others.
#[test]
fn damaged_stores_are_told() {
    for (name, findings, refusals, slices) in [
        // What follows the rejected file has no parent, so it comes first.
        (
            "tampered",
            &["changed-content", "missing-parent"][..],
            &["`SliceAdded` cannot be applied: there is no workflow `repair-intake`"][..],
            &["Capture Ticket"][..],
        ),
        // The peer shows this one slice, and `check` is content.
        (
            "tampered-tip",
            &["changed-content"],
            &[],
            &["Capture Ticket"],
        ),
        (
            "dangling",
            &["missing-parent"],
            &[
                "`SliceFactAdded` cannot be applied: there is no slice `capture-ticket`",
                "`SliceUpdated` cannot be applied: there is no slice `capture-ticket`",
            ],
            &["Capture Ticket", "Close Ticket"],
        ),
    ] {
        let store = Store::fixture(name);
        assert_eq!(store.codes(), findings, "{name}");
        let projected = folded(&events(&store));
        let told: Vec<String> = projected.refusals.iter().map(ToString::to_string).collect();
        assert_eq!(told, refusals, "{name}");
        let left = projected.model.slices();
        let left: Vec<&str> = left.map(|(_, slice)| slice.name.as_str()).collect();
        assert_eq!(left, slices, "{name}");
    }
}

/// How many of each kind of fact a slice shows.
fn counts(slice: &Value) -> Value {
    let facts = slice["facts"].as_object().expect("an object");
    facts
        .iter()
        .map(|(kind, facts)| {
            (
                kind.clone(),
                json!(facts.as_array().expect("an array").len()),
            )
        })
        .collect()
}

/// What each fact of a slice is called.
fn names(slice: &Value) -> Value {
    let facts = slice["facts"].as_object().expect("an object");
    let text = |fact: &Value, key: &str| fact[key].as_str().expect("text").to_owned();
    let name = |kind: &str, fact: &Value| match kind {
        "streams" | "referenced_commands" => fact.as_str().expect("text").to_owned(),
        "outcomes" => text(fact, "label"),
        "data_flows" => format!(
            "{}: {} -> {}",
            text(fact, "datum"),
            text(fact, "source"),
            text(fact, "target")
        ),
        "board_connections" => format!(
            "{} ({}) -> {} ({})",
            text(fact, "source"),
            text(fact, "source_kind"),
            text(fact, "target"),
            text(fact, "target_kind")
        ),
        _ => text(fact, "name"),
    };
    facts
        .iter()
        .map(|(kind, facts)| {
            let facts = facts.as_array().expect("an array").iter();
            (
                kind.clone(),
                facts.map(|fact| name(kind, fact)).collect::<Value>(),
            )
        })
        .collect()
}
