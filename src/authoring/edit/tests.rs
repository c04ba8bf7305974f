use serde_json::{Value, json};

use super::*;
use crate::{
    authoring::plan::Plan, document::Command, document::testing::text, event::vocabulary::SliceKind,
};

pub(super) fn fields(value: Value) -> Fields {
    match value {
        Value::Object(fields) => fields,
        other => panic!("{other} is no object"),
    }
}

fn edit(kind: Kind, owner: &str, within: &[&str], verb: Verb) -> Edit {
    Edit {
        kind,
        owner: (!owner.is_empty()).then(|| text(owner)),
        within: within.iter().map(|name| text(name)).collect(),
        verb,
    }
}

pub(super) fn add(kind: Kind, owner: &str, within: &[&str], value: Value) -> Edit {
    edit(kind, owner, within, Verb::Add(fields(value)))
}

pub(super) fn update(kind: Kind, owner: &str, within: &[&str], at: Value, set: Value) -> Edit {
    let (at, set) = (fields(at), fields(set));
    edit(kind, owner, within, Verb::Update { at, set })
}

fn remove(kind: Kind, owner: &str, within: &[&str], at: Value) -> Edit {
    edit(kind, owner, within, Verb::Remove(fields(at)))
}

fn input(name: &str) -> Value {
    json!({ "name": name, "source_kind": "actor", "source_description": "typed" })
}

fn control(name: &str) -> Value {
    json!({
        "name": name, "command": "Capture", "recovery_behavior": "retry", "sketch_token": "(x)",
        "input": { "name": "a", "source_kind": "actor", "source_description": "typed", "sketch_token": "[a]" },
        "navigation": { "type": "modeled_view", "target": "Queue" },
    })
}

fn view_field(name: &str) -> Value {
    json!({
        "name": name, "source_kind": "read_model", "source_read_model": "Open", "source_field": name,
        "sketch_token": "[t]", "provenance": "Open", "bit_encoding": "text",
    })
}

/// Two workflows; `s` in the first has a command of two inputs and a view of
/// two fields, the second one with a control.
fn model() -> Model {
    let slice = Slice::empty(text("s"), text("S"), SliceKind::StateChange, text("d"));
    let mut model = Model {
        project: Some(text("Desk")),
        workflows: vec![
            Workflow {
                slices: vec![slice],
                ..Workflow::empty(text("intake"), text("I"), text("d"))
            },
            Workflow::empty(text("repair"), text("R"), text("d")),
        ],
    };
    for edit in [
        add(
            Kind::Command,
            "s",
            &[],
            json!({ "name": "Capture", "inputs": [input("a"), input("b")] }),
        ),
        add(
            Kind::View,
            "s",
            &[],
            json!({ "name": "Queue", "fields": [view_field("f"), view_field("g")] }),
        ),
        add(Kind::Control, "s", &["Queue", "g"], control("Take")),
        add(
            Kind::Transition,
            "intake",
            &[],
            json!({ "from": "s", "to_workflow": "repair", "via": "event", "name": "done" }),
        ),
        add(
            Kind::Transition,
            "intake",
            &[],
            json!({ "from": "s", "to": "s", "via": "event", "name": "done" }),
        ),
    ] {
        model = edit
            .apply(&model)
            .unwrap_or_else(|refused| panic!("{refused}"));
    }
    model
}

fn inputs(model: &Model) -> Vec<&str> {
    let command: &Command = &model.workflows[0].slices[0].commands[0];
    command
        .inputs
        .iter()
        .map(|input| input.name.as_str())
        .collect()
}

#[test]
fn members_are_added_changed_and_removed_beside_their_siblings() {
    let before = model();
    let more = add(Kind::Input, "s", &["Capture"], input("c"))
        .apply(&before)
        .expect("a new input");
    assert_eq!(inputs(&more), ["a", "b", "c"]);
    let other = update(
        Kind::Input,
        "s",
        &["Capture"],
        json!({ "name": "a" }),
        json!({ "source_description": "pasted" }),
    )
    .apply(&more)
    .expect("an input");
    assert_eq!(inputs(&other), ["a", "b", "c"]);
    let changed = &other.workflows[0].slices[0].commands[0].inputs[0];
    assert_eq!(changed.source_description, "pasted");
    let less = remove(Kind::Input, "s", &["Capture"], json!({ "name": "b" }))
        .apply(&other)
        .expect("an input");
    assert_eq!(inputs(&less), ["a", "c"]);
}

#[test]
fn a_control_is_found_without_its_field_and_a_new_one_goes_to_the_first() {
    let before = model();
    let moved = update(
        Kind::Control,
        "s",
        &["Queue"],
        json!({ "name": "Take" }),
        json!({ "sketch_token": "(take)" }),
    )
    .apply(&before)
    .expect("a control");
    let fields = &moved.workflows[0].slices[0].views[0].fields;
    assert_eq!(fields[1].controls[0].sketch_token, "(take)");
    let more = add(Kind::Control, "s", &["Queue"], control("Drop"))
        .apply(&moved)
        .expect("a new control");
    assert_eq!(
        more.workflows[0].slices[0].views[0].fields[0].controls[0].name,
        "Drop"
    );
}

#[test]
fn a_flag_and_an_optional_value_are_set_and_taken_away() {
    let before = model();
    let at = || json!({ "workflow": "intake" });
    let on = update(
        Kind::Workflow,
        "",
        &[],
        at(),
        json!({ "requires_entry_lifecycle_coverage": true }),
    )
    .apply(&before)
    .expect("a workflow");
    assert!(on.workflows[0].requires_entry_lifecycle_coverage);
    let at = || json!({ "to": "s" });
    let reason = update(
        Kind::Transition,
        "intake",
        &[],
        at(),
        json!({ "reason": "why" }),
    )
    .apply(&on)
    .expect("one");
    assert_eq!(reason.workflows[0].transitions[1].reason, Some(text("why")));
    let none = update(
        Kind::Transition,
        "intake",
        &[],
        at(),
        json!({ "reason": null }),
    )
    .apply(&reason)
    .expect("one");
    assert_eq!(none.workflows[0].transitions[1].reason, None);
}

#[test]
#[allow(clippy::too_many_lines)] // One table.
fn what_does_not_fit_is_refused_with_the_reason() {
    let before = model();
    let name = |name: &str| json!({ "name": name });
    let done = || json!({ "name": "done" });
    let set = || json!({ "reason": "why" });
    for (edit, code, part) in [
        (
            add(Kind::Command, "s", &[], name("Capture")),
            "present-element",
            "command `Capture` is there already",
        ),
        (
            add(
                Kind::Slice,
                "intake",
                &[],
                json!({ "slice": "s", "name": "S", "kind": "state_view", "description": "d" }),
            ),
            "present-element",
            "slice `s`",
        ),
        (
            add(Kind::Input, "s", &["Captrue"], input("c")),
            "absent-element",
            "no command `Captrue`",
        ),
        (
            add(Kind::Input, "s", &[], input("c")),
            "absent-element",
            "which command",
        ),
        (
            add(Kind::Command, "z", &[], name("C")),
            "absent-element",
            "no slice `z`",
        ),
        (
            add(Kind::Command, "", &[], name("C")),
            "absent-element",
            "which slice",
        ),
        (
            add(
                Kind::Outcome,
                "s",
                &[],
                json!({ "label": "l", "event": [] }),
            ),
            "impossible-element",
            "unknown field `event`",
        ),
        (
            add(Kind::Outcome, "s", &[], json!({})),
            "impossible-element",
            "missing field `label`",
        ),
        (
            update(Kind::Command, "s", &[], name("Captrue"), json!({})),
            "absent-element",
            "no command `Captrue`",
        ),
        (
            update(Kind::Transition, "intake", &[], done(), set()),
            "ambiguous-element",
            "2 elements fit `done`",
        ),
        (
            update(Kind::Transition, "intake", &[], json!({}), set()),
            "absent-element",
            "no fields",
        ),
        (
            update(
                Kind::Slice,
                "",
                &[],
                json!({ "slice": "s" }),
                json!({ "slice": "t" }),
            ),
            "cannot-express",
            "slug of a slice",
        ),
        (
            update(
                Kind::Slice,
                "",
                &[],
                json!({ "slice": "ss" }),
                json!({ "name": "t" }),
            ),
            "absent-element",
            "no slice `ss`",
        ),
        (
            remove(Kind::Transition, "intake", &[], done()),
            "ambiguous-element",
            "2 elements",
        ),
        (
            remove(Kind::Workflow, "", &[], json!({ "workflow": "intak" })),
            "absent-element",
            "no workflow `intak`",
        ),
    ] {
        let refused = edit.apply(&before).expect_err(part);
        let [finding] = refused.0.as_slice() else {
            panic!("{refused}")
        };
        assert_eq!(finding.code.name, code, "{refused}");
        assert!(finding.message.contains(part), "{refused}");
    }
}

#[test]
fn a_misspelt_name_and_a_misspelt_key_come_with_the_closest() {
    let before = model();
    let name = |name: &str| json!({ "name": name });
    for (edit, help) in [
        (
            remove(Kind::Command, "s", &[], name("Captrue")),
            "did you mean `Capture`?",
        ),
        (
            remove(Kind::Input, "s", &["Capure"], name("a")),
            "did you mean `Capture`?",
        ),
        (
            remove(Kind::Workflow, "", &[], json!({ "workflow": "intak" })),
            "did you mean `intake`?",
        ),
        (
            update(
                Kind::Command,
                "s",
                &[],
                name("Capture"),
                json!({ "emited_events": [] }),
            ),
            "did you mean `emitted_events`?",
        ),
    ] {
        let refused = edit.apply(&before).expect_err(help);
        assert_eq!(refused.0[0].help, [help]);
    }
}

#[test]
fn the_last_member_of_a_definition_stays() {
    let before = model();
    let mut target = before.clone();
    for name in ["a", "b"] {
        target = remove(Kind::Input, "s", &["Capture"], json!({ "name": name }))
            .apply(&target)
            .expect("an input");
    }
    let refused = Plan::between(&before, &target).expect_err("a command has an input");
    assert_eq!(refused.0[0].code.name, "impossible-element");
    assert_eq!(
        refused.0[0].element.as_deref(),
        Some("slice s, command Capture")
    );
}

#[test]
fn every_kind_has_its_own_word() {
    for kind in Kind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(*kind));
        assert!(!kind.path().is_empty() && !kind.keys().is_empty());
    }
}

#[test]
fn the_transitions_of_a_slice_go_with_it() {
    let add_transition = |from: &str, to: &str| {
        let value = json!({ "from": from, "to": to, "via": "event", "name": "E" });
        add(Kind::Transition, "intake", &[], value)
    };
    let slice = json!({ "slice": "t", "name": "T", "kind": "state_view", "description": "d" });
    let mut model = add(Kind::Slice, "intake", &[], slice)
        .apply(&model())
        .expect("a slice");
    for (from, to) in [("s", "t"), ("t", "s"), ("s", "s")] {
        model = add_transition(from, to)
            .apply(&model)
            .expect("a transition");
    }
    let left = remove(Kind::Slice, "", &[], json!({ "slice": "t" }))
        .apply(&model)
        .expect("it is there");
    let about = |model: &Model| {
        let all = model
            .workflows
            .iter()
            .flat_map(|workflow| &workflow.transitions);
        all.filter(|one| one.from == "t" || one.to.as_deref() == Some("t"))
            .count()
    };
    assert_eq!((about(&model), about(&left)), (2, 0));
    let plan = Plan::between(&model, &left).expect("events");
    assert_eq!(plan.events().len(), 1, "{:?}", plan.events());
}

#[test]
fn adding_to_a_definition_that_is_there_adds_its_members() {
    let command = |name: &str, events: Value| {
        let value = json!({ "name": "Capture", "emitted_events": events, "inputs": [input(name)] });
        add(Kind::Command, "s", &[], value)
    };
    let present = &model().workflows[0].slices[0].commands[0];
    let events = json!(present.emitted_events);
    let with = command("new", events.clone())
        .apply(&model())
        .expect("a new input");
    assert_eq!(
        with.workflows[0].slices[0].commands[0].inputs.len(),
        present.inputs.len() + 1
    );
    assert!(command("new", json!(["Other"])).apply(&model()).is_err());
    let known = present.inputs[0].name.to_string();
    assert!(command(&known, events).apply(&model()).is_err());
}
