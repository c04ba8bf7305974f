use crate::{
    diagnostic::{Place, codes::events},
    event::EmcEvent,
};

/// Each text in `possible` makes an event that decodes; each in `impossible`
/// makes one that is refused because of the key beside it.
fn hold(make: impl Fn(&str) -> String, possible: &[&str], impossible: &[(&str, &str)]) {
    for fields in possible {
        let json = make(fields);
        EmcEvent::decode(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
    }
    for (fields, key) in impossible {
        let json = make(fields);
        let error = EmcEvent::decode(&json).expect_err(&json);
        assert_eq!(error.path().rsplit('.').next(), Some(*key), "{error}");
        assert_eq!(
            error.diagnostic(Place::file("f")).code,
            &events::IMPOSSIBLE_EVENT
        );
    }
}

fn fact(kind: &str, fields: &str) -> String {
    format!(
        r#"{{"SliceFactAdded":{{"stream_id":"x","body":{{"{kind}":{{"slice":"s",{fields}}}}}}}}}"#
    )
}

#[test]
fn only_a_contract_scenario_has_a_contract() {
    hold(
        |rest| {
            fact(
                "SliceScenarioAdded",
                &format!(
                    r#""name":"n","given":"g","when":"w","then":"t","read_streams":[],
                    "written_streams":[],"error_references":[],{rest}"#
                ),
            )
        },
        &[
            r#""kind":"acceptance""#,
            r#""kind":"contract","contract_kind":"command","covered_definition":"C""#,
        ],
        &[
            (
                r#""kind":"acceptance","contract_kind":"command""#,
                "contract_kind",
            ),
            (
                r#""kind":"acceptance","covered_definition":"C""#,
                "covered_definition",
            ),
            (
                r#""kind":"contract","covered_definition":"C""#,
                "contract_kind",
            ),
            (
                r#""kind":"contract","contract_kind":"command""#,
                "covered_definition",
            ),
        ],
    );
}

#[test]
fn an_event_is_not_both_observed_and_shared() {
    hold(
        |rest| {
            fact(
                "SliceEventDefinitionAdded",
                &format!(
                    r#""name":"E","stream":"e",{rest},"attribute":{{"name":"a","source_kind":"session",
                    "source_name":"n","source_field":"f","provenance":"p"}}"#
                ),
            )
        },
        &[
            r#""observed":false,"shared":false"#,
            r#""observed":true,"shared":false"#,
            r#""observed":false,"shared":true"#,
        ],
        &[(r#""observed":true,"shared":true"#, "shared")],
    );
}

#[test]
fn an_input_has_the_pair_of_its_source_kind_and_no_other() {
    let make = |rest: &str| {
        fact(
            "SliceCommandDefinitionAdded",
            &format!(
                r#""name":"C","emitted_events":[],"observed_streams":[],"errors":[],
                "input":{{"name":"i","source_description":"d","provenance_chain":[],{rest}}}"#
            ),
        )
    };
    hold(
        make,
        &[r#""source_kind":"actor""#],
        &[(
            r#""source_kind":"actor","session_source_name":"n""#,
            "session_source_name",
        )],
    );
    let kinds = [
        (
            "event_stream_state",
            "event_stream_source_event",
            "event_stream_source_attribute",
        ),
        (
            "external_payload",
            "external_payload_source_name",
            "external_payload_source_field",
        ),
        (
            "generated",
            "generated_source_name",
            "generated_source_field",
        ),
        ("session", "session_source_name", "session_source_field"),
        (
            "invocation_argument",
            "invocation_argument_source_name",
            "invocation_argument_source_field",
        ),
    ];
    for (index, (kind, first, second)) in kinds.into_iter().enumerate() {
        let (_, other, _) = kinds[(index + 1) % kinds.len()];
        let kind = format!(r#""source_kind":"{kind}""#);
        let half = format!(r#"{kind},"{first}":"a""#);
        let whole = format!(r#"{half},"{second}":"b""#);
        let more = format!(r#"{whole},"{other}":"c""#);
        hold(
            make,
            &[&whole],
            &[(&kind, first), (&half, second), (&more, other)],
        );
    }
}

#[test]
fn a_read_model_field_has_the_pair_of_its_source_kind_and_no_other() {
    let make = |rest: &str| {
        fact(
            "SliceReadModelAdded",
            &format!(
                r#""name":"R","transitive":false,"relationship_fields":[],
                "field":{{"name":"f","provenance":"p","derivation_source_fields":[],{rest}}}"#
            ),
        )
    };
    let kinds = [
        ("event_attribute", "source_event", "source_attribute"),
        ("derivation", "derivation_rule", "derivation_scenario"),
        ("absence_default", "absence_event", "absence_scenario"),
    ];
    for (index, (kind, first, second)) in kinds.into_iter().enumerate() {
        let (_, other, _) = kinds[(index + 1) % kinds.len()];
        let kind = format!(r#""source_kind":"{kind}""#);
        let half = format!(r#"{kind},"{first}":"a""#);
        let whole = format!(r#"{half},"{second}":"b""#);
        let more = format!(r#"{whole},"{other}":"c""#);
        hold(
            make,
            &[&whole],
            &[(&kind, first), (&half, second), (&more, other)],
        );
    }
}

#[test]
fn a_control_leads_to_a_workflow_or_to_a_system_with_a_contract_or_to_neither() {
    hold(
        |rest| {
            format!(
                r#"{{"SliceViewControlUpdated":{{"stream_id":"x","body":{{"SliceViewControlUpdated":{{
                "slice":"s","view":"V","control":{{"name":"c","command":"C","handled_errors":[],
                "recovery_behavior":"retry","sketch_token":"t","input":{{"name":"i","source_kind":"actor",
                "source_description":"d","sketch_token":"t","visible_to_actor":true,"decision_field":true}},
                "navigation":{{"type":"modeled_view","target":"t"{rest}}}}}}}}}}}}}"#
            )
        },
        &[
            "",
            r#","external_workflow":"w""#,
            r#","external_system":"s","handoff_contract":"c""#,
        ],
        &[
            (r#","external_system":"s""#, "handoff_contract"),
            (r#","handoff_contract":"c""#, "handoff_contract"),
            (
                r#","external_workflow":"w","external_system":"s","handoff_contract":"c""#,
                "external_workflow",
            ),
        ],
    );
}

#[test]
fn an_owned_definition_has_one_of_four_sets_of_optional_keys() {
    hold(
        |rest| {
            format!(
                r#"{{"WorkflowOwnedDefinitionAdded":{{"stream_id":"x","workflow":"w","source_slice":"s",
                "definition_name":"n",{rest}}}}}"#
            )
        },
        &[
            r#""definition_kind":"command""#,
            r#""definition_kind":"view","view_role":"entry""#,
            r#""definition_kind":"event","definition_stream":"s","source_provenance":"p""#,
            r#""definition_kind":"event","definition_stream":"s","source_provenance":"p","event_participation":"emitted""#,
        ],
        &[
            (
                r#""definition_kind":"command","view_role":"entry""#,
                "view_role",
            ),
            (
                r#""definition_kind":"event","definition_stream":"s""#,
                "source_provenance",
            ),
            (
                r#""definition_kind":"event","event_participation":"emitted""#,
                "event_participation",
            ),
            (
                r#""definition_kind":"view","definition_stream":"s","source_provenance":"p","view_role":"entry""#,
                "view_role",
            ),
        ],
    );
}
