use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    document::testing::{self, Draw, text},
    document::{Command, CommandInput, Document, Outcome, Scenario, Slice, Workflow},
    event::vocabulary::{ContractKind, InputSourceKind, ScenarioKind, SliceKind},
    model::{self, Origin, ProjectedModel},
};

/// The model that the events make; all of them must fold.
fn fold(events: &[EmcEvent]) -> model::Model {
    let projected = ProjectedModel::from_events((0..).map(Origin).zip(events));
    assert!(
        projected.refusals.is_empty(),
        "{:?}\n{events:#?}",
        projected.refusals
    );
    projected.model
}

/// The events that make `target` out of nothing.
fn making(target: &Model) -> Vec<EmcEvent> {
    Plan::between(&Model::default(), target)
        .expect("a drawn model can be recorded")
        .events()
}

fn words(events: &[EmcEvent]) -> Vec<String> {
    events
        .iter()
        .map(|event| {
            let debug = format!("{event:?}");
            debug
                .split([' ', '('])
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

fn input(name: &str, description: &str) -> CommandInput {
    CommandInput {
        name: text(name),
        source_kind: InputSourceKind::Actor,
        source_description: text(description),
        source_name: None,
        source_field: None,
        recorded_with: None,
        provenance_chain: Vec::new(),
    }
}

/// A model of one slice with one command of these inputs.
fn desk(inputs: &[CommandInput]) -> Model {
    let command = Command {
        name: text("Capture"),
        singleton_repeat_behavior: None,
        emitted_events: vec![text("Captured")],
        observed_streams: Vec::new(),
        errors: Vec::new(),
        inputs: inputs.to_vec(),
    };
    Model {
        project: Some(text("Desk")),
        workflows: vec![Workflow {
            slices: vec![Slice {
                commands: vec![command],
                ..Slice::empty(text("s"), text("S"), SliceKind::StateChange, text("d"))
            }],
            ..Workflow::empty(text("w"), text("W"), text("d"))
        }],
    }
}

fn between(current: &Model, target: &Model) -> Plan {
    Plan::between(current, target).expect("it can be recorded")
}

#[test]
fn one_more_input_is_one_fact() {
    let (a, b) = (input("a", "typed"), input("b", "typed"));
    let plan = between(&desk(std::slice::from_ref(&a)), &desk(&[a.clone(), b]));
    assert_eq!(words(&plan.events()), ["SliceFactAdded"]);
    assert_eq!(plan.changes[0].action, Action::Update);
    assert_eq!(plan.changes[0].element, "slice s, command Capture");
    let details = plan.changes[0].details();
    assert!(
        details.len() == 1 && details[0].starts_with("inputs b: added"),
        "{details:?}"
    );
}

#[test]
fn another_input_keeps_its_siblings_and_their_order() {
    let three = |middle: &str| [input("a", "typed"), input("b", middle), input("c", "typed")];
    let (before, after) = (desk(&three("typed")), desk(&three("pasted")));
    let plan = between(&before, &after);
    assert_eq!(
        words(&plan.events()),
        [
            "SliceCommandDefinitionUpdated",
            "SliceFactAdded",
            "SliceFactAdded"
        ]
    );
    assert_eq!(
        plan.changes[0].details(),
        ["inputs b, source_description: \"typed\" -> \"pasted\""]
    );
    let mut events = making(&before);
    events.extend(plan.events());
    assert_eq!(Model::of(&fold(&events)), after);
}

#[test]
fn what_is_not_named_stays_unless_pruned() {
    let before = desk(&[input("a", "typed"), input("b", "typed")]);
    let document = Document::Model(desk(&[input("b", "typed"), input("c", "typed")]));
    let (target, kept) = wanted(&before, &document, false).expect("no absent workflow");
    assert_eq!(kept, ["slice s, command Capture, input a"]);
    let inputs: Vec<_> = target.workflows[0].slices[0].commands[0]
        .inputs
        .iter()
        .collect();
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(
        words(&between(&before, &target).events()),
        ["SliceFactAdded"]
    );

    let (target, kept) = wanted(&before, &document, true).expect("no absent workflow");
    assert!(kept.is_empty());
    assert_eq!(
        words(&between(&before, &target).events()),
        ["SliceCommandDefinitionUpdated", "SliceFactAdded"]
    );
}

#[test]
fn a_removed_slice_takes_transitions_along_and_wanted_ones_come_back() {
    let transition = |to: &str, name: &str| crate::document::Transition {
        from: text("s"),
        to: Some(text(to)),
        to_workflow: None,
        via: crate::event::vocabulary::ConnectionKind::Event,
        name: text(name),
        payload_contract: None,
        reason: None,
        source_control: None,
        target_view: None,
    };
    let mut before = desk(&[input("a", "typed")]);
    before.workflows[0].transitions = vec![transition("x", "one"), transition("y", "two")];
    let mut after = before.clone();
    after.workflows[0].slices.clear();
    after.workflows[0].transitions.pop();
    let plan = between(&before, &after);
    assert_eq!(words(&plan.events()), ["SliceRemoved", "WorkflowConnected"]);
    let elements: Vec<&str> = plan
        .changes
        .iter()
        .map(|change| change.element.as_str())
        .collect();
    assert_eq!(
        elements,
        [
            "slice s",
            "workflow w, transition two from s to y via event",
            "workflow w, transition one from s to x via event"
        ]
    );
    let mut events = making(&before);
    events.extend(plan.events());
    assert_eq!(Model::of(&fold(&events)), after);
}

#[test]
fn a_slug_can_be_used_again_after_its_slice_or_workflow_went() {
    let before = desk(&[input("a", "typed")]);
    let mut without_slice = before.clone();
    without_slice.workflows[0].slices.clear();
    let without_workflow = Model {
        workflows: Vec::new(),
        ..before.clone()
    };
    for gap in [without_slice, without_workflow] {
        let mut events = making(&before);
        events.extend(between(&before, &gap).events());
        events.extend(between(&gap, &before).events());
        assert_eq!(Model::of(&fold(&events)), before);
    }
}

#[test]
fn what_the_wire_cannot_say_is_refused() {
    let good = desk(&[input("a", "typed")]);
    let mut empty = good.clone();
    empty.workflows[0].slices[0].commands[0].inputs.clear();
    let mut twice = good.clone();
    let other = twice.workflows[0].slices[0].clone();
    twice.workflows.push(Workflow {
        slices: vec![other],
        ..Workflow::empty(text("w2"), text("W2"), text("d"))
    });
    let mut slug = good.clone();
    slug.workflows[0].slices[0].slug = text("Not A Slug");
    let nameless = Model {
        project: None,
        ..good.clone()
    };
    for (target, code) in [
        (empty, "impossible-element"),
        (twice, "present-element"),
        (slug, "bad-slug"),
        (nameless, "no-project"),
    ] {
        let refused = Plan::between(&Model::default(), &target).expect_err(code);
        assert!(
            refused.0.iter().any(|finding| finding.code.name == code),
            "{refused}"
        );
    }
}

/// What a plan that is refused says.
fn refusal(current: &Model, target: &Model) -> Vec<String> {
    let refused = Plan::between(current, target).expect_err("no event says it");
    refused.0.into_iter().map(|one| one.message).collect()
}

#[test]
fn of_two_workflows_with_one_slug_the_first_is_reached() {
    let one = desk(&[input("a", "typed")]);
    let mut twins = one.clone();
    twins
        .workflows
        .push(Workflow::empty(text("w"), text("Twin"), text("d")));
    assert!(between(&twins, &twins).is_empty());
    assert_eq!(
        refusal(&one, &twins),
        ["the document has two workflows with the slug `w`"]
    );
    assert_eq!(
        refusal(&twins, &one),
        ["two workflows have the slug `w`; removing one removes both"]
    );
    let named = |at: usize| {
        let mut named = twins.clone();
        named.workflows[at].name = text("Other");
        named
    };
    assert_eq!(
        words(&between(&twins, &named(0)).events()),
        ["WorkflowUpdated"]
    );
    assert_eq!(
        refusal(&twins, &named(1)),
        ["two workflows have the slug `w`; events reach only the first"]
    );
}

#[test]
fn of_two_slices_with_one_slug_the_first_is_reached() {
    let mut twins = desk(&[input("a", "typed")]);
    let twin = Slice::empty(text("s"), text("Twin"), SliceKind::StateView, text("d"));
    twins.workflows.push(Workflow {
        slices: vec![twin],
        ..Workflow::empty(text("w2"), text("W2"), text("d"))
    });
    assert!(between(&twins, &twins).is_empty());
    for at in [0, 1] {
        let mut without = twins.clone();
        without.workflows[at].slices.clear();
        let said = refusal(&twins, &without);
        assert!(
            said.contains(&"two slices have the slug `s`; removing one removes both".to_owned()),
            "{said:?}"
        );
    }
    let mut none = twins.clone();
    for workflow in &mut none.workflows {
        workflow.slices.clear();
    }
    assert_eq!(words(&between(&twins, &none).events()), ["SliceRemoved"]);
    let named = |at: usize| {
        let mut named = twins.clone();
        named.workflows[at].slices[0].name = text("Other");
        named
    };
    assert_eq!(
        words(&between(&twins, &named(0)).events()),
        ["SliceUpdated"]
    );
    assert_eq!(
        refusal(&twins, &named(1)),
        ["two slices have the slug `s`; events reach only the first"]
    );
}

#[test]
fn parts_of_an_element_that_come_together_are_both_there() {
    let scenario = |kind, contract_kind, covered: Option<&str>| Scenario {
        name: text("It is captured"),
        kind,
        given: text("a desk"),
        when: text("it is captured"),
        then: text("it was captured"),
        read_streams: Vec::new(),
        written_streams: Vec::new(),
        contract_kind,
        covered_definition: covered.map(text),
        error_references: Vec::new(),
    };
    let (told, bound) = (ScenarioKind::Acceptance, ScenarioKind::Contract);
    let of = Some(ContractKind::Command);
    let free = "an acceptance scenario has no `contract_kind` and no `covered_definition`";
    let both = "a contract scenario needs `contract_kind` and `covered_definition`";
    for (scenario, expected) in [
        (scenario(told, of, Some("Capture")), free),
        (scenario(told, of, None), free),
        (scenario(told, None, Some("Capture")), free),
        (scenario(bound, None, None), both),
        (scenario(bound, of, None), both),
        (scenario(bound, None, Some("Capture")), both),
    ] {
        let mut target = desk(&[input("a", "typed")]);
        target.workflows[0].slices[0].scenarios = vec![scenario];
        let said = refusal(&Model::default(), &target);
        assert!(said.iter().any(|one| one.contains(expected)), "{said:?}");
    }
    for scenario in [
        scenario(told, None, None),
        scenario(bound, of, Some("Capture")),
    ] {
        let mut target = desk(&[input("a", "typed")]);
        target.workflows[0].slices[0].scenarios = vec![scenario];
        assert_eq!(Model::of(&fold(&making(&target))), target);
    }
}

#[test]
fn changing_a_value_that_addresses_is_one_update() {
    let outcome = |relevant| crate::document::WorkflowOutcome {
        source_slice: text("s"),
        label: text("done"),
        externally_relevant: relevant,
    };
    let mut before = desk(&[input("a", "typed")]);
    let mut after = before.clone();
    before.workflows[0].outcomes = vec![outcome(false), outcome(false)];
    after.workflows[0].outcomes = vec![outcome(true)];
    let plan = between(&before, &after);
    assert_eq!(words(&plan.events()), ["WorkflowOutcomeUpdated"]);
    let mut events = making(&before);
    events.extend(plan.events());
    assert_eq!(Model::of(&fold(&events)), after);
}

#[test]
fn details_tell_nested_differences() {
    let outcome = |events: &[&str]| Outcome {
        label: text("done"),
        externally_relevant: false,
        events: events.iter().map(|name| text(name)).collect(),
    };
    let change = Change {
        action: Action::Update,
        element: "slice s, outcome done".to_owned(),
        before: json!(outcome(&["A"])),
        after: json!(outcome(&["A", "B"])),
        events: Vec::new(),
    };
    assert_eq!(change.details(), ["events: [\"A\"] -> [\"A\",\"B\"]"]);
}

fn drawn() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..700)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_plan_leads_to_the_model_that_is_wanted(one in drawn(), two in drawn()) {
        let (before, after) = (testing::model(&mut Draw::new(&one)), testing::model(&mut Draw::new(&two)));
        let mut events = making(&before);
        let current = fold(&events);
        prop_assert!(between(&Model::of(&current), &before).is_empty());
        // A slice that changes its workflow goes and comes again.
        let plan = between(&Model::of(&current), &after);
        events.extend(plan.events());
        let reached = Model::of(&fold(&events));
        prop_assert_eq!(between(&reached, &after), Plan::default());
        prop_assert_eq!(between(&after, &reached), Plan::default());
    }

    #[test]
    fn without_prune_nothing_goes(one in drawn(), two in drawn()) {
        let (before, after) = (testing::model(&mut Draw::new(&one)), testing::model(&mut Draw::new(&two)));
        let (target, kept) = wanted(&before, &Document::Model(once(&after)), false).expect("a whole model");
        if let Ok(plan) = Plan::between(&before, &target) {
            prop_assert!(plan.changes.iter().all(|change| change.action != Action::Remove || change.element.contains(", ")), "{:?}", kept);
            prop_assert!(!words(&plan.events()).iter().any(|word| word == "SliceRemoved" || word == "WorkflowRemoved"));
        }
    }

    #[test]
    fn an_export_applied_changes_nothing(bytes in drawn(), prune in any::<bool>()) {
        let current = testing::model(&mut Draw::new(&bytes));
        let mut documents = vec![Document::Model(current.clone())];
        for workflow in &current.workflows {
            documents.push(Document::Workflow(workflow.clone()));
            for slice in &workflow.slices {
                let workflow = Some(workflow.slug.clone());
                documents.push(Document::Slice(Slice { workflow, ..slice.clone() }));
            }
        }
        for document in documents {
            let (target, kept) = wanted(&current, &document, prune).expect("its workflow is there");
            prop_assert!(between(&current, &target).is_empty());
            prop_assert!(prune || matches!(document, Document::Workflow(_) | Document::Slice(_)) || kept.is_empty());
        }
    }
}
