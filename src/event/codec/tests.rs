use super::*;
use crate::{
    diagnostic::{Code, Place, codes::events},
    event::{Connection, Outcome, vocabulary::ConnectionKind},
};

fn text(text: &str) -> Text {
    Text::new(text).expect("text")
}

fn decode(json: &str) -> EmcEvent {
    EmcEvent::decode(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn refused(json: &str) -> DecodeError {
    match EmcEvent::decode(json) {
        Err(error) => error,
        Ok(event) => panic!("{event:?}"),
    }
}

/// An event with a fact of a slice in it.
fn fact(kind: &str, fields: &str) -> String {
    format!(
        r#"{{"SliceFactAdded":{{"stream_id":"slice::s","body":{{"{kind}":{{"slice":"s",{fields}}}}}}}}}"#
    )
}

#[test]
fn all_encodings_of_an_event_mean_the_same() {
    let outcome = EmcEvent::SliceFactAdded {
        slice: text("s"),
        fact: SliceFact::Outcome(Outcome {
            label: text("done"),
            events: vec![text("Done")],
            externally_relevant: true,
        }),
    };
    let fields = r#""label":"done","events":["Done"],"externally_relevant":true"#;
    assert_eq!(decode(&fact("SliceOutcomeAdded", fields)), outcome);
    assert_eq!(
        decode(&format!(
            r#"{{"SliceFactAdded":{{"payload":{{"slice":"s",{fields}}},
                "exported_event_type":"SliceOutcomeAdded","stream_id":"slice::s"}}}}"#
        )),
        outcome
    );

    let connected = EmcEvent::WorkflowConnected {
        workflow: text("w"),
        connection: Connection {
            source: text("a"),
            target_slice: Some(text("b")),
            target_workflow: None,
            via: ConnectionKind::Event,
            name: text("Done"),
            payload_contract: None,
            reason: None,
            source_control: None,
            target_view: None,
        },
    };
    for json in [
        r#"{"WorkflowConnected":{"stream_id":"x","workflow":"w","source":"a","target_slice":"b","via":"event","name":"Done"}}"#,
        r#"{"WorkflowConnected":{"stream_id":"x","body":{"WorkflowConnected":{"workflow":"w","from":"a","to":"b","via":"event","name":"Done"}}}}"#,
        r#"{"WorkflowConnected":{"stream_id":"x","exported_event_type":"WorkflowConnected","payload":{"workflow":"w","from":"a","to":"b","via":"event","name":"Done"}}}"#,
    ] {
        assert_eq!(decode(json), connected, "{json}");
    }

    let removed = decode(
        r#"{"SliceScenarioRemoved":{"stream_id":"slice::s","slice":"s","name":"plain this time"}}"#,
    );
    assert_eq!(
        removed.encode(),
        r#"{"SliceScenarioRemoved":{"body":{"SliceScenarioRemoved":{"name":"plain this time","slice":"s"}},"stream_id":"slice::s"}}"#
    );
}

#[test]
fn text_is_trimmed_and_unknown_keys_and_other_streams_are_ignored() {
    let event = decode(
        r#"{"WorkflowRemoved":{"stream_id":"somewhere","slug":"  a \n","new_key":{"deep":[1]}}}"#,
    );
    assert_eq!(event, EmcEvent::WorkflowRemoved { slug: text("a") });
    assert_eq!(
        event.encode(),
        r#"{"WorkflowRemoved":{"slug":"a","stream_id":"workflow::a"}}"#
    );
}

#[test]
fn null_and_absent_are_the_same_for_optional_keys_only() {
    let json = |reason: &str| {
        format!(
            r#"{{"WorkflowConnected":{{"stream_id":"x","workflow":"w","source":"a","via":"event","name":"n"{reason}}}}}"#
        )
    };
    assert_eq!(decode(&json("")), decode(&json(r#","reason":null"#)));
    let error = refused(r#"{"WorkflowRemoved":{"stream_id":"x","slug":null}}"#);
    assert_eq!(
        error.to_string(),
        "`WorkflowRemoved` cannot be read: `slug` is null, not text"
    );
}

/// What is told of events that cannot be read.
#[test]
fn errors_name_the_event_the_key_and_what_is_expected() {
    let table: &[(&str, &str, &Code)] = &[
        (
            "{",
            "the event data is not JSON: EOF while parsing an object at line 1 column 1",
            &events::NO_EVENT,
        ),
        (
            r#"{"WorkflowRemoved":{},"WorkflowAdded":{}}"#,
            "the event data is not an object with one key, the event",
            &events::NO_EVENT,
        ),
        (
            r#"{"WorkflowGone":{"stream_id":"x"}}"#,
            "there is no event `WorkflowGone`",
            &events::UNKNOWN_EVENT,
        ),
        (
            r#"{"WorkflowRemoved":[]}"#,
            "`WorkflowRemoved` cannot be read: it is an array, not an object",
            &events::MALFORMED_EVENT,
        ),
        (
            r#"{"WorkflowRemoved":{"slug":"a"}}"#,
            "`WorkflowRemoved` cannot be read: `stream_id` is missing (it is text)",
            &events::MALFORMED_EVENT,
        ),
        (
            r#"{"WorkflowRemoved":{"stream_id":"x"}}"#,
            "`WorkflowRemoved` cannot be read: `slug` is missing (it is text)",
            &events::MALFORMED_EVENT,
        ),
        (
            r#"{"WorkflowRemoved":{"stream_id":"x","slug":" "}}"#,
            "`WorkflowRemoved` cannot be read: `slug` is empty",
            &events::MALFORMED_EVENT,
        ),
        (
            r#"{"SliceFactAdded":{"stream_id":"x","slice":"s"}}"#,
            "`SliceFactAdded` cannot be read: `body` is missing (it is an object with one key, the kind of the body)",
            &events::MALFORMED_EVENT,
        ),
        (
            r#"{"SliceFactAdded":{"stream_id":"x","body":{"SliceOutcomeRemoved":{}}}}"#,
            "`SliceFactAdded` cannot have a body `SliceOutcomeRemoved`",
            &events::UNKNOWN_EVENT,
        ),
        (
            r#"{"SliceScenarioRemoved":{"stream_id":"x","body":{"SliceScenarioUpdated":{}}}}"#,
            "`SliceScenarioRemoved` cannot have a body `SliceScenarioUpdated`",
            &events::UNKNOWN_EVENT,
        ),
        (
            r#"{"SliceScenarioRemoved":{"stream_id":"x","body":{"SliceScenarioRemoved":{"slice":"s","name":7}}}}"#,
            "`SliceScenarioRemoved` cannot be read: `body.SliceScenarioRemoved.name` is a number, not text",
            &events::MALFORMED_EVENT,
        ),
        (
            r#"{"SliceScenarioRemoved":{"stream_id":"x","exported_event_type":"SliceScenarioRemoved","payload":{"slice":"s"}}}"#,
            "`SliceScenarioRemoved` cannot be read: `payload.name` is missing (it is text)",
            &events::MALFORMED_EVENT,
        ),
        (
            r#"{"WorkflowOutcomeUpdated":{"stream_id":"x","body":{"WorkflowOutcomeUpdated":{"workflow":"w","source_slice":"s","label":"l","externally_relevant":true,"new_source_slice":"s","new_label":"l"}}}}"#,
            "`WorkflowOutcomeUpdated` cannot be read: `body.WorkflowOutcomeUpdated.new_externally_relevant` is missing (it is true or false)",
            &events::MALFORMED_EVENT,
        ),
        (
            r#"{"SliceUpdated":{"stream_id":"x","slug":"s","name":"S","kind":"state_veiw","description":"d"}}"#,
            "`SliceUpdated` cannot be read: `kind` is `state_veiw`, an unknown word",
            &events::UNKNOWN_WORD,
        ),
    ];
    for (json, message, code) in table {
        let error = refused(json);
        assert_eq!(error.to_string(), *message, "{json}");
        let finding = error.diagnostic(Place::line("a.jsonl", 2));
        assert_eq!(finding.code, *code, "{json}");
        assert_eq!(finding.place, Some(Place::line("a.jsonl", 2)));
        assert!(!finding.help.is_empty());
    }
}

#[test]
fn a_path_leads_through_arrays() {
    let error = refused(&fact(
        "SliceOutcomeAdded",
        r#""label":"l","events":["A",""],"externally_relevant":true"#,
    ));
    assert_eq!(error.path(), "body.SliceOutcomeAdded.events[1]");
    let view = |controls: &str| {
        fact(
            "SliceViewAdded",
            &format!(
                r#""name":"V","local_states":[],"filters":[],"controls":[{controls}],
                "field":{{"name":"f","source_kind":"read_model","source_read_model":"R","source_field":"f",
                "sketch_token":"t","provenance":"p","bit_encoding":"b"}}"#
            ),
        )
    };
    decode(&view(""));
    let error = refused(&view("{}"));
    assert_eq!(error.path(), "body.SliceViewAdded.controls[0].name");
}

#[test]
fn the_word_that_was_meant_is_suggested() {
    for (json, meant) in [
        (r#"{"WorkflowAded":{}}"#, Some("WorkflowAdded")),
        (r#"{"Nothing":{}}"#, None),
        (
            r#"{"SliceFactAdded":{"stream_id":"x","body":{"SliceScenarioAded":{}}}}"#,
            Some("SliceScenarioAdded"),
        ),
        (
            r#"{"SliceUpdated":{"stream_id":"x","slug":"s","name":"S","kind":"State_View","description":"d"}}"#,
            Some("state_view"),
        ),
        (r#"{"WorkflowRemoved":{"stream_id":"x"}}"#, None),
    ] {
        let error = refused(json);
        assert_eq!(error.suggestion(), meant, "{json}");
        let help = error.diagnostic(Place::file("f")).help;
        let told = meant.map(|meant| format!("did you mean `{meant}`?"));
        assert_eq!(
            help.first().filter(|help| help.starts_with("did")),
            told.as_ref()
        );
    }
}

#[test]
fn a_wrong_new_value_is_named_by_its_own_key() {
    let error = refused(
        r#"{"WorkflowOwnedDefinitionUpdated":{"stream_id":"x","body":{"WorkflowOwnedDefinitionUpdated":{"workflow":"w",
        "source_slice":"s","definition_kind":"event","definition_name":"n",
        "new_source_slice":"s","new_definition_kind":"event","new_definition_name":"n","new_view_role":"entry"}}}}"#,
    );
    assert_eq!(
        error.path(),
        "body.WorkflowOwnedDefinitionUpdated.new_view_role"
    );
}

#[test]
fn an_address_is_told_without_reading_the_rest() {
    for (json, address) in [
        (
            r#"{"SliceUpdated":{"stream_id":"x","slug":" s "}}"#,
            Address::Slice(text("s")),
        ),
        (
            r#"{"SliceViewControlRemoved":{"stream_id":"x","body":{"SliceViewControlRemoved":{"slice":"s\u0041"}}}}"#,
            Address::Fact(text("sA")),
        ),
        (
            r#"{"ReviewRecorded":{"stream_id":"x","workflow":"w"}}"#,
            Address::Record(text("w")),
        ),
        (
            r#"{"ProjectInitialized":{"stream_id":"x","name":"n"}}"#,
            Address::Project,
        ),
    ] {
        assert_eq!(
            peek(json).map(|(_, address)| address),
            Ok(address),
            "{json}"
        );
    }
    let error = peek(r#"{"SliceUpdated":{"stream_id":"x"}}"#).expect_err("no slug");
    assert_eq!(
        error.to_string(),
        "`SliceUpdated` cannot be read: `slug` is missing (it is text)"
    );
}
