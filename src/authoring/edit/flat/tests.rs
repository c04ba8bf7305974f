use serde_json::{Value, json};

use super::*;
use crate::{
    authoring::edit::tests::{add, fields, update},
    authoring::plan::Action,
};

fn flat(action: Action, kind: Kind, value: Value) -> Result<Vec<Edit>, Refused> {
    edits(action, kind, fields(value))
}

fn message(refused: Result<Vec<Edit>, Refused>) -> String {
    refused.expect_err("it is wrong").to_string()
}

#[test]
fn flat_fields_make_an_element_with_its_first_member() {
    let wanted = json!({
        "name": "C", "emitted_events": ["E"],
        "inputs": [{ "name": "i", "source_kind": "actor", "source_description": "d" }],
    });
    let made = flat(
        Action::Add,
        Kind::Command,
        json!({
            "slice": "s", "name": "C", "emits": ["E"], "input": "i", "input_source": "actor",
            "input_description": "d",
        }),
    );
    assert_eq!(made, Ok(vec![add(Kind::Command, "s", &[], wanted)]));
}

#[test]
fn a_control_needs_the_field_that_it_stands_beside() {
    let refused = message(flat(
        Action::Add,
        Kind::View,
        json!({ "slice": "s", "name": "V", "control": "C" }),
    ));
    assert!(refused.contains("`--field`"), "{refused}");
    assert!(refused.contains("`--control-navigation-type`"), "{refused}");
}

#[test]
fn an_update_of_a_definition_reaches_its_members() {
    let made = flat(
        Action::Update,
        Kind::View,
        json!({
            "slice": "s", "name": "V", "new_name": "W", "field": "f", "control": "C",
            "navigation_target": "X", "sketch_token": "[x]",
        }),
    );
    let wanted = vec![
        update(
            Kind::ViewField,
            "s",
            &["V"],
            json!({ "name": "f" }),
            json!({ "sketch_token": "[x]" }),
        ),
        update(
            Kind::Control,
            "s",
            &["V", "f"],
            json!({ "name": "C" }),
            json!({ "navigation": { "target": "X" } }),
        ),
        update(
            Kind::View,
            "s",
            &[],
            json!({ "name": "V" }),
            json!({ "name": "W" }),
        ),
    ];
    assert_eq!(made, Ok(wanted));
}

#[test]
fn what_all_fields_address_is_changed_by_new_ones() {
    let made = flat(
        Action::Update,
        Kind::BoardConnection,
        json!({ "slice": "s", "source": "a", "target": "b", "new_target": "c" }),
    );
    let wanted = update(
        Kind::BoardConnection,
        "s",
        &[],
        json!({ "source": "a", "target": "b" }),
        json!({ "target": "c" }),
    );
    assert_eq!(made, Ok(vec![wanted]));
}

#[test]
fn an_empty_text_takes_a_field_away_and_an_empty_list_its_items() {
    let made = flat(
        Action::Update,
        Kind::Scenario,
        json!({ "slice": "s", "name": "S", "contract_kind": "", "read_streams": [""] }),
    );
    let wanted = update(
        Kind::Scenario,
        "s",
        &[],
        json!({ "name": "S" }),
        json!({ "contract_kind": null, "read_streams": [] }),
    );
    assert_eq!(made, Ok(vec![wanted]));
}

#[test]
fn what_is_missing_or_strange_is_told() {
    let cases = [
        (
            Action::Add,
            Kind::Scenario,
            json!({ "name": "S" }),
            "`--slice`",
        ),
        (
            Action::Add,
            Kind::Input,
            json!({ "slice": "s", "name": "i" }),
            "`--command`",
        ),
        (
            Action::Add,
            Kind::Outcome,
            json!({ "slice": "s" }),
            "needs `--label`",
        ),
        (
            Action::Remove,
            Kind::Outcome,
            json!({ "slice": "s" }),
            "is not said",
        ),
        (
            Action::Update,
            Kind::Outcome,
            json!({ "slice": "s", "label": "l" }),
            "nothing to change",
        ),
        (
            Action::Add,
            Kind::Outcome,
            json!({ "slice": "s", "lable": "l" }),
            "`lable`",
        ),
        (
            Action::Add,
            Kind::Outcome,
            json!({ "slice": 7, "label": "l" }),
            "is text",
        ),
        (
            Action::Update,
            Kind::Command,
            json!({ "slice": "s", "name": "C", "input_source_kind": "actor" }),
            "needs `--input`",
        ),
    ];
    for (action, kind, value, part) in cases {
        let refused = message(flat(action, kind, value));
        assert!(refused.contains(part), "{refused}");
    }
}
