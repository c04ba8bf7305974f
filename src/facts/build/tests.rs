//! What is put together, and what is left apart.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    event::{
        Text,
        vocabulary::{Lane, Recovery, SliceKind},
    },
    facts::{
        AttributeSource, Covers, Datum, Destination, FieldInput, FieldSource, InputSource, Provide,
        Slice, Via,
    },
    model::{self, Origin, Recorded, Relationship},
};

pub(super) fn text(text: &str) -> Text {
    Text::new(text).expect("not empty")
}

/// An element as the wire has it.
pub(super) fn element<T: DeserializeOwned>(value: Value) -> Recorded<T> {
    Recorded {
        origin: Origin(0),
        value: serde_json::from_value(value).expect("an element of the wire"),
    }
}

pub(super) fn empty() -> model::Slice {
    model::Slice {
        relationship: Relationship::Entry,
        ..model::Slice::new(
            Origin(0),
            text("intake"),
            text("Intake"),
            SliceKind::StateChange,
            text("A device is taken in."),
        )
    }
}

/// An attribute of an event: whose it is, the kind of the source, the source
/// and its field.
fn event(slice: &mut model::Slice, name: &str, whose: &str, attribute: [&str; 4]) {
    let [attribute, kind, source, field] = attribute;
    slice.event_definitions.push(element(json!({
        "name": name, "stream": "ticket", "observed": whose == "observed", "shared": whose == "shared",
        "attribute": {
            "name": attribute, "source_kind": kind, "source_name": source,
            "source_field": field, "provenance": "As it was told.",
        },
    })));
}

/// An input of a command that comes from the session.
fn command(slice: &mut model::Slice, name: &str, emits: &[&str], input: &str, source: &str) {
    slice.command_definitions.push(element(json!({
        "name": name, "emitted_events": emits, "observed_streams": [], "errors": [],
        "input": {
            "name": input, "source_kind": "session", "source_description": "As it was told.",
            "provenance_chain": [], "session_source_name": source, "session_source_field": "id",
        },
    })));
}

/// A field that is derived from others.
fn derived(slice: &mut model::Slice, model: &str, field: &str, sources: &[&str]) {
    slice.read_models.push(element(json!({
        "name": model, "transitive": false, "relationship_fields": [],
        "field": {
            "name": field, "source_kind": "derivation", "derivation_rule": "as its name says",
            "derivation_source_fields": sources, "derivation_scenario": "It is shown",
            "provenance": "As it was told.",
        },
    })));
}

/// A field of a view, with a control.
fn view(slice: &mut model::Slice, field: &str, control: &Value) {
    slice.views.push(element(json!({
        "name": "form", "local_states": ["open"], "filters": ["mine"], "controls": [control],
        "field": {
            "name": field, "source_kind": "read_model", "source_read_model": "tickets",
            "source_field": field, "sketch_token": "[id]", "provenance": "As it was told.",
            "bit_encoding": "UTF-8 text",
        },
    })));
}

fn control(input: &str, visible: bool, errors: &[&str], recovery: &str, to: &str) -> Value {
    json!({
        "name": "save", "command": "SaveTicket", "handled_errors": errors,
        "recovery_behavior": recovery, "sketch_token": "(save)",
        "input": {
            "name": input, "source_kind": "actor", "source_description": "Typed.",
            "sketch_token": format!("<{input}>"), "visible_to_actor": visible, "decision_field": visible,
        },
        "navigation": { "type": "modeled_view", "target": to },
    })
}

fn flow(slice: &mut model::Slice, datum: &str, target: &str, how: &str, encoding: &str) {
    slice.data_flows.push(element(json!({
        "datum": datum, "source": "the paper", "source_kind": "original",
        "transformation": how, "target": target, "bit_encoding": encoding,
    })));
}

#[test]
fn controls_that_differ_in_input_and_errors_are_one() {
    let mut slice = empty();
    view(
        &mut slice,
        "id",
        &control("id", true, &["Taken"], "retry", "list"),
    );
    // The field is recorded again for the second input, and again whole.
    view(
        &mut slice,
        "id",
        &control("key", false, &["Taken", "Late"], "retry", "list"),
    );
    view(
        &mut slice,
        "id",
        &control("key", false, &["Taken"], "stay_on_screen", "list"),
    );
    view(
        &mut slice,
        "id",
        &control("id", true, &[], "retry", "elsewhere"),
    );
    let facts = Slice::of(&slice);
    let [form] = facts.views.as_slice() else {
        panic!("one view: {:?}", facts.views);
    };
    assert_eq!(form.shows.len(), 1);
    assert_eq!(form.states, ["open", "mine"]);
    let [save, other] = form.controls.as_slice() else {
        panic!("two controls: {:?}", form.controls);
    };
    assert_eq!(other.goes, Destination::View("elsewhere"));
    let provided =
        |provide: &Provide<'_>| (provide.input.to_owned(), provide.token.map(str::to_owned));
    assert_eq!(
        save.provides.iter().map(provided).collect::<Vec<_>>(),
        [
            ("id".to_owned(), Some("<id>".to_owned())),
            ("key".to_owned(), None),
        ],
        "a hidden input has no place on the sketch"
    );
    let handled: Vec<_> = save
        .handles
        .iter()
        .map(|one| (one.error, one.recovery))
        .collect();
    assert_eq!(
        handled,
        [
            ("Taken", Recovery::Retry),
            ("Late", Recovery::Retry),
            ("Taken", Recovery::StayOnScreen),
        ]
    );
}

#[test]
fn a_shared_event_is_emitted_where_a_command_emits_it() {
    let mut slice = empty();
    let attribute = ["id", "external_payload", "Report", "number"];
    event(
        &mut slice,
        "Opened",
        "own",
        ["id", "command_input", "id", "id"],
    );
    event(
        &mut slice,
        "Saved",
        "shared",
        ["id", "command_input", "id", "id"],
    );
    event(&mut slice, "Closed", "shared", attribute);
    event(
        &mut slice,
        "Seen",
        "observed",
        ["id", "command_input", "id", "id"],
    );
    command(&mut slice, "Save", &["Saved", "Seen"], "id", "desk");
    let facts = Slice::of(&slice);
    let emitted: Vec<_> = facts.events.iter().map(|event| event.name).collect();
    assert_eq!(emitted, ["Opened", "Saved"]);
    let observed: Vec<_> = facts
        .observed
        .iter()
        .flat_map(|event| event.attributes.iter().map(|one| (event.name, one.from)))
        .collect();
    assert_eq!(
        observed,
        [("Closed", Some(("Report", "number"))), ("Seen", None)]
    );
    assert_eq!(facts.streams, ["ticket"]);
}

#[test]
fn an_attribute_finds_the_inputs_it_comes_from() {
    let mut slice = empty();
    command(&mut slice, "Save", &["Saved"], "id", "desk");
    command(&mut slice, "Save", &[], "name", "id");
    command(&mut slice, "Other", &[], "other", "desk");
    for attribute in [
        ["a", "command_input", "id", "name"],
        ["b", "command_input", "Save", "name"],
        ["c", "command_input", "Save", "other"],
        ["d", "derivation", "id", "x"],
        ["e", "derivation", "name , id, other", "x"],
        ["f", "derivation", "Save", "id"],
        ["g", "derivation", "nobody", "id"],
        ["h", "generated", "clock", "now"],
        ["i", "session", "user", "user"],
    ] {
        event(&mut slice, "Saved", "own", attribute);
    }
    let facts = Slice::of(&slice);
    let derived = |inputs: &[&'static str], rule: &str| AttributeSource::Derived {
        inputs: inputs.to_vec(),
        rule: rule.to_owned(),
    };
    let sources: Vec<_> = facts
        .events
        .iter()
        .flat_map(|event| event.attributes.iter().map(|one| one.source.clone()))
        .collect();
    assert_eq!(
        sources,
        [
            AttributeSource::Input("id"),
            AttributeSource::Input("name"),
            // An input of a command that does not emit the event is none.
            AttributeSource::Input("Save"),
            derived(&["id"], "id.x"),
            derived(&["name", "id"], "name , id, other.x"),
            derived(&["id"], "Save.id"),
            derived(&[], "nobody.id"),
            AttributeSource::Generated("clock.now".into()),
            AttributeSource::Session("user".into()),
        ]
    );
    let inputs: Vec<_> = facts
        .commands
        .iter()
        .flat_map(|command| command.inputs.iter().map(|input| &input.source))
        .collect();
    let session = |source: &'static str| InputSource::Session(source.into());
    assert_eq!(
        inputs,
        [
            &session("desk.id"),
            // A source and its field of one name are one name.
            &session("id"),
            &session("desk.id"),
        ]
    );
}

#[test]
fn the_sources_of_a_derived_field_are_found() {
    let mut slice = empty();
    event(
        &mut slice,
        "Opened",
        "own",
        ["id", "generated", "clock", "now"],
    );
    event(
        &mut slice,
        "Opened",
        "own",
        ["both", "generated", "clock", "now"],
    );
    event(
        &mut slice,
        "Closed",
        "own",
        ["both", "generated", "clock", "now"],
    );
    event(
        &mut slice,
        "Closed",
        "own",
        ["total", "generated", "clock", "now"],
    );
    derived(
        &mut slice,
        "tickets",
        "total",
        &[
            "name",
            "id",
            "both",
            "Closed.both",
            "Closed.id",
            "total",
            "nothing",
        ],
    );
    derived(&mut slice, "tickets", "name", &["total"]);
    let facts = Slice::of(&slice);
    let attribute = |event, attribute| FieldInput::Attribute { event, attribute };
    let sources: Vec<_> = facts
        .read_models
        .iter()
        .flat_map(|model| &model.fields)
        .map(|field| match &field.source {
            FieldSource::Derived { sources, .. } => sources.clone(),
            other => panic!("derived: {other:?}"),
        })
        .collect();
    assert_eq!(
        sources,
        [
            vec![
                FieldInput::Field("name"),
                attribute("Opened", "id"),
                // Two events have it: the name alone says nothing.
                FieldInput::Field("both"),
                attribute("Closed", "both"),
                FieldInput::Field("Closed.id"),
                // A field is not derived from itself.
                attribute("Closed", "total"),
                FieldInput::Field("nothing"),
            ],
            vec![FieldInput::Field("total")],
        ]
    );
}

#[test]
fn the_first_flow_of_a_datum_counts_and_others_clash() {
    let mut slice = empty();
    view(&mut slice, "id", &control("id", true, &[], "retry", "list"));
    event(
        &mut slice,
        "Opened",
        "own",
        ["id", "generated", "clock", "now"],
    );
    event(
        &mut slice,
        "Opened",
        "own",
        ["at", "generated", "clock", "now"],
    );
    flow(&mut slice, "id", "Opened", "default", "UUID");
    flow(&mut slice, "at", "Opened", "identity", "seconds");
    flow(&mut slice, "id", "Opened", "identity", "UTF-8 text");
    flow(&mut slice, "at", "Opened", "identity", "seconds");
    flow(&mut slice, "id", "form", "projection", "UUID");
    flow(&mut slice, "id", "Lost", "identity", "UUID");
    flow(&mut slice, "id", "Lost", "identity", "seconds");
    flow(&mut slice, "gone", "Opened", "identity", "UUID");
    let facts = Slice::of(&slice);
    let attributes: Vec<_> = facts
        .events
        .iter()
        .flat_map(|event| &event.attributes)
        .map(|one| (one.name, one.encoding, one.via.clone()))
        .collect();
    assert_eq!(
        attributes,
        [
            (
                "id",
                Some("UUID"),
                Via::Convert("default of the paper".to_owned())
            ),
            ("at", Some("seconds"), Via::Keep),
        ]
    );
    let datum = |owner, name| Datum { owner, name };
    assert_eq!(facts.strays, [datum("Lost", "id"), datum("Opened", "gone")]);
    assert_eq!(
        facts.clashes,
        [
            datum("Lost", "id"),
            datum("Opened", "id"),
            // The view says another representation beside its field.
            datum("form", "id"),
        ]
    );
}

#[test]
fn a_contract_names_the_field_alone() {
    let mut slice = empty();
    derived(&mut slice, "tickets", "total", &[]);
    for (kind, covered) in [
        ("derivation", "tickets.total"),
        ("absence", "total"),
        ("projector", "tickets.total"),
    ] {
        slice.scenarios.push(element(json!({
            "kind": "contract", "name": "It is shown", "given": "a ticket", "when": "it is looked at",
            "then": "it is there", "read_streams": [], "written_streams": [],
            "contract_kind": kind, "covered_definition": covered, "error_references": [],
        })));
    }
    let facts = Slice::of(&slice);
    let covers: Vec<_> = facts.contracts.iter().map(|one| one.covers).collect();
    assert_eq!(
        covers,
        [
            Covers::Derivation("total"),
            Covers::Absence("total"),
            Covers::Projector("tickets.total"),
        ]
    );
    assert_eq!(facts.acceptance, []);
}

#[test]
fn a_card_strays_from_the_lane_of_its_kind() {
    let mut slice = empty();
    for (kind, lane) in [
        ("event", "events"),
        ("event", "ux"),
        ("external_event", "ux"),
    ] {
        slice.board_elements.push(element(json!({
            "name": "card", "kind": kind, "lane": lane, "declared_name": "Opened", "main_path": true,
        })));
    }
    let facts = Slice::of(&slice);
    let strayed: Vec<_> = facts.cards.iter().map(|card| card.strayed).collect();
    assert_eq!(strayed, [None, Some(Lane::Ux), None]);
}
