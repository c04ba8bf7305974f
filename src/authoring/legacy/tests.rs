use serde_json::json;

use super::*;
use crate::{
    document::testing::text,
    event::Text,
    model::{Origin, ProjectedModel},
};

/// A file of the old format, whole and true to its name.
fn file(parents: &[&str], stream: &str, kind: &str, payload: &Value) -> LegacyFile {
    let mut event = json!({
        "schema_version": SCHEMA, "command_ordinal": 0, "stream_id": stream, "parents": parents,
        "type": kind, "payload": payload,
    });
    let own = identity(&event);
    event["event_id"] = own.clone().into();
    event["command_id"] = own.clone().into();
    LegacyFile {
        name: format!("{own}.json"),
        bytes: event.to_string().into_bytes(),
    }
}

fn id(file: &LegacyFile) -> &str {
    file.name.trim_end_matches(".json")
}

/// A project, a workflow and a slice, and the identities of all three.
fn start() -> (Vec<LegacyFile>, Vec<String>) {
    let project = file(
        &[],
        "project",
        "ProjectInitialized",
        &json!({ "name": "Desk" }),
    );
    let workflow = file(
        &[id(&project)],
        "workflow::w",
        "WorkflowAdded",
        &json!({ "slug": "w", "name": "W", "description": "d" }),
    );
    let mut past = vec![id(&project).to_owned(), id(&workflow).to_owned()];
    past.sort();
    let parents: Vec<&str> = past.iter().map(String::as_str).collect();
    let slice = file(
        &parents,
        "slice::s",
        "SliceAdded",
        &json!({ "workflow": "w", "slug": "s", "name": "S", "kind": "state_view", "description": "d" }),
    );
    past.push(id(&slice).to_owned());
    past.sort();
    // The order of the files means nothing.
    (vec![slice, workflow, project], past)
}

fn update(past: &[String], name: &str) -> LegacyFile {
    let parents: Vec<&str> = past.iter().map(String::as_str).collect();
    let payload = json!({ "slug": "s", "name": name, "kind": "state_view", "description": "d" });
    file(&parents, "slice::s", "SliceUpdated", &payload)
}

fn slice_name(files: &[LegacyFile]) -> Text {
    let events = convert(files).expect("sound files");
    let origins = (0..).map(Origin);
    let projected = ProjectedModel::from_events(origins.zip(&events));
    projected.model.slice("s").expect("the slice").name.clone()
}

#[test]
fn events_of_every_form_are_rewritten() {
    let (mut files, past) = start();
    let parents: Vec<&str> = past.iter().map(String::as_str).collect();
    for (kind, stream, payload) in [
        (
            "SliceOutcomeAdded",
            "slice::s",
            json!({ "slice": "s", "label": "l", "events": [], "externally_relevant": true }),
        ),
        (
            "WorkflowConnected",
            "workflow::w",
            json!({ "workflow": "w", "from": "s", "to": "s", "via": "event", "name": "n" }),
        ),
        (
            "WorkflowConnected",
            "workflow::w",
            json!({ "workflow": "w", "from": "s", "to_workflow": "x", "via": "event", "name": "n", "payload_contract": "p" }),
        ),
        (
            "WorkflowTransitionRemoved",
            "workflow::w",
            json!({ "workflow": "w", "from": "s", "to": "s", "to_workflow": null, "via": "event", "name": "n" }),
        ),
        (
            "WorkflowTransitionEvidenceAdded",
            "workflow::w",
            json!({ "workflow": "w", "from": "s", "to": "s", "via": "event", "name": "n", "source_evidence": "a", "target_evidence": "b" }),
        ),
        (
            "WorkflowEntryLifecycleCoverageRequired",
            "workflow::w",
            json!({ "workflow": "w" }),
        ),
    ] {
        files.push(file(&parents, stream, kind, &payload));
    }
    let events = convert(&files).expect("sound files");
    assert_eq!(events.len(), 9);
    assert!(
        events
            .iter()
            .any(|event| matches!(event, EmcEvent::SliceFactAdded { slice, .. } if *slice == "s"))
    );
    assert!(events.iter().any(|event| {
        matches!(event, EmcEvent::WorkflowConnected { connection, .. } if connection.target_workflow == Some(text("x")))
    }));
}

#[test]
fn a_decision_counts_and_a_missing_one_is_asked_for() {
    let (mut files, past) = start();
    let (one, two) = (update(&past, "One"), update(&past, "Two"));
    files.extend([one.clone(), two.clone()]);
    let refused = convert(&files).expect_err("nobody decided");
    assert!(
        refused.0[0].message.contains("changed in two ways"),
        "{refused}"
    );

    let mut past = past;
    past.extend([id(&one).to_owned(), id(&two).to_owned()]);
    past.sort();
    let parents: Vec<&str> = past.iter().map(String::as_str).collect();
    for (chosen, name) in [(&one, "One"), (&two, "Two")] {
        let mut files = files.clone();
        let payload = json!({ "conflict_id": "c", "chosen_event_id": id(chosen) });
        files.push(file(&parents, "project", "ConflictResolved", &payload));
        assert_eq!(slice_name(&files), name);
    }
}

#[test]
fn each_kind_of_damage_is_named() {
    let (files, past) = start();
    let slice = &files[0];
    let other = |bytes: &[u8]| LegacyFile {
        name: "x.json".to_owned(),
        bytes: bytes.to_vec(),
    };
    let body = String::from_utf8(slice.bytes.clone()).expect("JSON");
    for (broken, part) in [
        (vec![slice.clone()], "its parent"),
        (vec![other(b"{")], "not JSON"),
        (vec![other(b"{}")], "not an event of the old format"),
        (
            vec![other(body.replace("\"S\"", "\"T\"").as_bytes())],
            "has the digest",
        ),
        (
            vec![other(body.replace(SCHEMA, "emc.events.v0").as_bytes())],
            "schema version",
        ),
        (
            [files.clone(), vec![slice.clone()]].concat(),
            "another file",
        ),
        ([files.clone(), vec![update(&past, " ")]].concat(), ""),
    ] {
        let refused = convert(&broken).expect_err(part);
        assert!(
            refused
                .0
                .iter()
                .any(|finding| finding.message.contains(part)),
            "{part}: {refused}"
        );
        assert!(
            refused.0.iter().all(|finding| finding.place.is_some()),
            "{refused}"
        );
    }
}
