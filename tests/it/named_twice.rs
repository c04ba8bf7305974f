//! What a document names twice.

use emc::{
    authoring::{
        Present, Request,
        plan::{Action, placed},
    },
    diagnostic::Diagnostic,
    document::Document,
    rel_path::RelPath,
};
use serde_json::{Value, json};

use crate::project::transactions;

/// What a committed store holds.
fn holding(store: &str) -> Present {
    let files: Vec<_> = transactions(store)
        .into_iter()
        .map(|(name, bytes)| {
            let path = RelPath::new(&format!("model/events/events/{name}"));
            (path.expect("a good path"), bytes)
        })
        .collect();
    Present::of(&files)
}

/// The findings of a document, as `apply` tells them; none if it is accepted.
fn refused(present: &Present, text: &str) -> Vec<Diagnostic> {
    let document = Document::read("model", text).unwrap_or_else(|refused| panic!("{refused}"));
    let mut findings = Vec::new();
    for prune in [false, true] {
        let request = Request::Apply {
            document: Box::new(document.clone()),
            prune,
        };
        let told = match present.decide(&request) {
            Ok(_) => Vec::new(),
            Err(refused) => placed(refused.0, &document, "model", text),
        };
        assert!(!prune || told == findings, "with and without --prune");
        findings = told;
    }
    findings
}

/// The document without what single facts say of the whole: what a store says
/// there it may say in another place.
fn plain(tree: &mut Value) {
    match tree {
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Object(keys) => {
            keys.remove("recorded_with");
            keys.values_mut().for_each(plain);
        }
        _ => {}
    }
}

/// Every list of elements or members in a document, as the steps that lead to it.
fn lists(tree: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut work = vec![(String::new(), tree)];
    while let Some((path, value)) = work.pop() {
        match value {
            Value::Array(items) if items.iter().any(Value::is_object) => {
                found.push(path.clone());
                for (at, item) in items.iter().enumerate() {
                    work.push((format!("{path}/{at}"), item));
                }
            }
            Value::Object(keys) => {
                let inner = keys
                    .iter()
                    .map(|(key, value)| (format!("{path}/{key}"), value));
                work.extend(inner);
            }
            _ => {}
        }
    }
    found.sort();
    found
}

#[test]
fn nothing_stands_in_a_document_twice() {
    let mut kinds = std::collections::BTreeSet::new();
    for store in ["every-event", "repair-desk"] {
        let present = holding(store);
        let mut tree = serde_json::to_value(Document::of(&present.model)).expect("a document");
        plain(&mut tree);
        for path in lists(&tree) {
            let mut twice = tree.clone();
            let list = twice.pointer_mut(&path).and_then(Value::as_array_mut);
            let list = list.expect("a list");
            let mut other = list[0].clone();
            if path.ends_with("/fields") && path.contains("/views/") || path.ends_with("/controls")
            {
                // Of two that look the same on the screen the store makes one.
                other["sketch_token"] = json!("[other]");
                let mut same = tree.clone();
                let again = same.pointer_mut(&path).and_then(Value::as_array_mut);
                again.expect("a list").push(list[0].clone());
                assert_eq!(
                    refused(&present, &same.to_string()),
                    [],
                    "{path} of {store}"
                );
            }
            list.push(other);
            let text = serde_json::to_string_pretty(&twice).expect("JSON");
            let findings = refused(&present, &text);
            let found: Vec<&str> = findings.iter().map(|one| one.code.name).collect();
            assert!(
                !findings.is_empty() && found.iter().all(|name| *name == "named-twice"),
                "{path} of {store}: {findings:?}"
            );
            for finding in &findings {
                let place = finding.place.as_ref().and_then(|place| place.line);
                assert!(place.is_some(), "{path} of {store}: {finding:?}");
                assert!(
                    finding.notes[0].starts_with("the first one is "),
                    "{finding:?}"
                );
                assert!(finding.element.is_some() && !finding.help.is_empty());
            }
            let kind: Vec<&str> = path
                .split('/')
                .filter(|step| step.parse::<usize>().is_err())
                .collect();
            kinds.insert(kind.join(" "));
        }
    }
    let kinds: Vec<String> = kinds.into_iter().collect();
    // All lists that a document has.
    assert_eq!(
        kinds,
        [
            " workflows",
            " workflows command_errors",
            " workflows entry_lifecycle_states",
            " workflows outcomes",
            " workflows owned_definitions",
            " workflows slices",
            " workflows slices automations",
            " workflows slices board_connections",
            " workflows slices board_elements",
            " workflows slices commands",
            " workflows slices commands errors",
            " workflows slices commands inputs",
            " workflows slices data_flows",
            " workflows slices events",
            " workflows slices events attributes",
            " workflows slices external_payloads",
            " workflows slices external_payloads fields",
            " workflows slices outcomes",
            " workflows slices read_models",
            " workflows slices read_models fields",
            " workflows slices scenarios",
            " workflows slices translations",
            " workflows slices views",
            " workflows slices views fields",
            " workflows slices views fields controls",
            " workflows transition_evidences",
            " workflows transitions",
        ]
    );
}

#[test]
fn two_that_differ_are_told_with_both_places() {
    let text = "slice = \"capture-ticket\"\nworkflow = \"repair-intake\"\nname = \"Capture\"\n\
        kind = \"state_change\"\ndescription = \"d\"\n\n\
        [[outcomes]]\nlabel = \"captured\"\nevents = [\"A\"]\n\n\
        [[outcomes]]\nlabel = \"captured\"\nevents = [\"B\"]\n\n\
        [[events]]\nname = \"A\"\nstream = \"t\"\n\
        attributes = [{ name = \"x\", source_kind = \"session\", source_name = \"s\", source_field = \"f\", provenance = \"p\" }]\n\n\
        [[events]]\nname = \"A\"\nstream = \"u\"\n\
        attributes = [{ name = \"y\", source_kind = \"session\", source_name = \"s\", source_field = \"f\", provenance = \"p\" }]\n";
    let findings = refused(&holding("repair-desk"), text);
    let told: Vec<_> = findings
        .iter()
        .map(|one| {
            let place = one.place.as_ref().expect("a place");
            (
                one.message.as_str(),
                one.element.as_deref().unwrap_or_default(),
                place.line.zip(place.column),
                one.notes.join("; "),
                one.help.join("; "),
            )
        })
        .collect();
    let owned = str::to_owned;
    assert_eq!(
        told,
        [
            (
                "the document has the event `A` twice",
                "slice capture-ticket, event A",
                Some((20, 1)),
                owned("the first one is 5 lines above"),
                owned("write one event with all attributes, or give one of them another name"),
            ),
            (
                "the document has the outcome `captured` twice",
                "slice capture-ticket, outcome captured",
                Some((11, 1)),
                owned("the first one is 4 lines above"),
                owned("leave one of them out, or give it another name"),
            ),
        ]
    );
}

#[test]
fn what_a_store_holds_twice_may_stand_in_its_document_twice() {
    let mut present = holding("repair-desk");
    let outcome = |events: Value| {
        let event = json!({ "label": "both", "externally_relevant": false, "events": events });
        serde_json::from_value::<emc::document::Outcome>(event).expect("an outcome")
    };
    let add = |outcome: &emc::document::Outcome| emc::event::EmcEvent::SliceFactAdded {
        slice: "capture-ticket".parse().expect("a slug"),
        fact: emc::event::SliceFact::Outcome(outcome.into()),
    };
    let events = vec![add(&outcome(json!(["A"]))), add(&outcome(json!(["B"])))];
    let decision = present.decide(&Request::Record(events)).expect("recorded");
    present.model = decision.model;
    let document = Document::of(&present.model);
    let text = document.to_toml().expect("TOML");
    assert_eq!(refused(&present, &text), []);
    // One of them changes; a third is too many.
    let changed = text.replacen("events = [\"B\"]", "events = [\"C\"]", 1);
    assert_eq!(refused(&present, &changed), []);
    let third = text.replacen(
        "[[workflows.slices.outcomes]]\nlabel = \"both\"\nevents = [\"B\"]\n",
        "[[workflows.slices.outcomes]]\nlabel = \"both\"\nevents = [\"B\"]\n\n\
         [[workflows.slices.outcomes]]\nlabel = \"both\"\nevents = [\"C\"]\n",
        1,
    );
    let findings = refused(&present, &third);
    assert_eq!(
        findings[0].message,
        "the document has the outcome `both` 3 times"
    );
    // Without the second one the model keeps one.
    let request = Request::Apply {
        document: Box::new(
            Document::read(
                "model",
                &text.replacen(
                    "[[workflows.slices.outcomes]]\nlabel = \"both\"\nevents = [\"B\"]\n",
                    "",
                    1,
                ),
            )
            .expect("a document"),
        ),
        prune: false,
    };
    let plan = present.decide(&request).expect("accepted").plan;
    assert_eq!(plan.changes.len(), 1);
    assert_eq!(plan.changes[0].action, Action::Update);
}
