use super::*;
use crate::event::{
    Connection, TransitionEvidence, TransitionKey, WorkflowOutcome,
    vocabulary::{ConnectionKind, TransitionKind},
};

fn connection(source: &str, slice: Option<&str>, workflow: Option<&str>) -> Connection {
    Connection {
        source: text(source),
        target_slice: slice.map(text),
        target_workflow: workflow.map(text),
        via: ConnectionKind::Navigation,
        name: text("n"),
        payload_contract: None,
        reason: None,
        source_control: None,
        target_view: None,
    }
}

fn connected(workflow: &str, connection: Connection) -> EmcEvent {
    E::WorkflowConnected {
        workflow: text(workflow),
        connection,
    }
}

fn key(source: &str, slice: Option<&str>, workflow: Option<&str>) -> TransitionKey {
    let from = connection(source, slice, workflow);
    TransitionKey {
        source: from.source,
        target_slice: from.target_slice,
        target_workflow: from.target_workflow,
        via: from.via,
        name: from.name,
    }
}

fn transitions(model: &Model, workflow: &str) -> Vec<String> {
    let workflow = model.workflow(workflow).expect("a workflow");
    let transitions = workflow.transitions.iter();
    transitions
        .map(|one| format!("{} {} {}", one.source, one.kind, one.target.slug()))
        .collect()
}

#[test]
fn removing_a_slice_takes_its_transitions_and_leaves_what_else_names_it() {
    let model = model(&[
        project(),
        workflow("v"),
        workflow("w"),
        slice("v", "a"),
        slice("v", "b"),
        connected("v", connection("a", Some("b"), None)),
        connected("v", connection("b", Some("b"), None)),
        connected("w", connection("x", Some("a"), None)),
        // A workflow of the same slug as the slice.
        connected("w", connection("x", None, Some("a"))),
        connected("w", connection("x", None, Some("v"))),
        E::WorkflowOutcomeAdded {
            workflow: text("v"),
            new: WorkflowOutcome {
                source_slice: text("a"),
                label: text("l"),
                externally_relevant: true,
            },
        },
        outcome("a", "o"),
        removed("a"),
        removed("a"),
        slice("v", "a"),
    ]);
    assert_eq!(transitions(&model, "v"), ["b navigation b"]);
    assert_eq!(transitions(&model, "w"), ["x workflow_exit:navigation v"]);
    assert_eq!(model.workflows[0].outcomes.len(), 1);
    let slices = model.slices();
    let slugs: Vec<_> = slices.map(|(_, slice)| slice.slug.to_string()).collect();
    assert_eq!(slugs, ["b", "a"]);
    assert!(labels(&model, "a").is_empty());
}

#[test]
fn a_control_and_a_view_are_kept_on_plain_navigation_only() {
    let navigation = Connection {
        source_control: Some(text("c")),
        target_view: Some(text("v")),
        ..connection("a", Some("b"), None)
    };
    let folded = |connection: &Connection| {
        let event = connected("w", connection.clone());
        let model = model(&[project(), workflow("w"), event]);
        let one = &model.workflows[0].transitions[0];
        let kept = (one.source_control.is_some(), one.target_view.is_some());
        (one.kind, kept)
    };
    let plain = (TransitionKind::Navigation, (true, true));
    assert_eq!(folded(&navigation), plain);

    let mut half = navigation.clone();
    half.target_view = None;
    let mut reason = navigation.clone();
    reason.reason = Some(text("r"));
    let mut contract = navigation.clone();
    contract.payload_contract = Some(text("p"));
    let mut event = navigation.clone();
    event.via = ConnectionKind::Event;
    let mut exit = navigation;
    exit.target_workflow = Some(text("x"));
    for (other, kind) in [
        (half, TransitionKind::Navigation),
        (reason, TransitionKind::Navigation),
        (contract, TransitionKind::Navigation),
        (event, TransitionKind::Event),
        (exit, TransitionKind::ExitNavigation),
    ] {
        assert_eq!(folded(&other), (kind, (false, false)), "{other:?}");
    }
}

#[test]
fn an_impossible_transition_is_refused() {
    let both = Connection {
        reason: Some(text("r")),
        payload_contract: Some(text("p")),
        ..connection("a", Some("b"), None)
    };
    for (connection, code) in [
        (connection("a", None, None), "transition-without-target"),
        (both, "contract-and-reason"),
    ] {
        let projected = fold(&[project(), workflow("w"), connected("w", connection)]);
        assert_eq!(projected.refusals[0].reason.code().name, code);
        assert!(projected.model.workflows[0].transitions.is_empty());
    }
}

#[test]
fn a_transition_is_addressed_by_ends_kind_and_name() {
    let add = |to: &str| connected("w", connection("a", Some(to), None));
    let start = [project(), workflow("w"), add("b"), add("c"), add("b")];
    let updated = |old| {
        let mut events = start.to_vec();
        events.push(E::WorkflowTransitionUpdated {
            workflow: text("w"),
            old,
            new: connection("z", None, Some("x")),
        });
        fold(&events)
    };
    let projected = updated(key("a", Some("b"), None));
    assert_eq!(projected.refusals, []);
    assert_eq!(
        transitions(&projected.model, "w"),
        ["a navigation c", "z workflow_exit:navigation x"]
    );
    let projected = updated(key("a", None, Some("b")));
    assert_eq!(transitions(&projected.model, "w").len(), 3);
    assert_eq!(
        projected.refusals[0].to_string(),
        "`WorkflowTransitionUpdated` cannot be applied: workflow `w` has no transition \
         `a -> b [workflow_exit:navigation n]`"
    );

    let removed = |old| {
        let mut events = start.to_vec();
        events.push(E::WorkflowTransitionRemoved {
            workflow: text("w"),
            old,
        });
        transitions(&model(&events), "w")
    };
    assert_eq!(removed(key("a", Some("b"), None)), ["a navigation c"]);
    assert_eq!(removed(key("b", Some("a"), None)).len(), 3);
    assert_eq!(removed(key("a", None, None)).len(), 3);
}

#[test]
fn half_of_the_pair_of_an_evidence_does_not_count() {
    let evidence = |source_control: Option<&str>, target_view: Option<&str>| TransitionEvidence {
        from: text("a"),
        to: text("b"),
        via: TransitionKind::Navigation,
        name: text("n"),
        source_evidence: text("s"),
        target_evidence: text("t"),
        source_control: source_control.map(text),
        target_view: target_view.map(text),
    };
    let left_after_removing = |old| {
        let model = model(&[
            project(),
            workflow("w"),
            E::WorkflowTransitionEvidenceAdded {
                workflow: text("w"),
                new: evidence(Some("c"), None),
            },
            E::WorkflowTransitionEvidenceRemoved {
                workflow: text("w"),
                old,
            },
        ]);
        model.workflows[0].transition_evidences.len()
    };
    assert_eq!(left_after_removing(evidence(None, None)), 0);
    assert_eq!(left_after_removing(evidence(None, Some("v"))), 0);
    assert_eq!(left_after_removing(evidence(Some("c"), Some("v"))), 1);
}
