mod transitions;

use EmcEvent as E;

use super::*;
use crate::{
    diagnostic::Place,
    event::{
        LifecycleEntry, Outcome, Review, ReviewFinding, Scenario, SliceFact, Text,
        vocabulary::{ContractKind, LifecycleState, ReviewCategory, ScenarioKind, SliceKind},
    },
    model::Relationship,
};

fn text(text: &str) -> Text {
    Text::new(text).expect("text")
}

/// What the events make, whether they are needed after it or not.
fn fold(events: &[EmcEvent]) -> ProjectedModel {
    let projected = ProjectedModel::from_events((0..).map(Origin).zip(events));
    let mut fold = Fold::new();
    for (origin, event) in (0..).map(Origin).zip(events) {
        fold.spend(origin, event.clone());
    }
    assert_eq!(fold.finish(), projected);
    projected
}

/// The model of events of which none is refused.
fn model(events: &[EmcEvent]) -> Model {
    let projected = fold(events);
    assert_eq!(projected.refusals, []);
    projected.model
}

fn project() -> EmcEvent {
    E::ProjectInitialized { name: text("P") }
}

fn workflow(slug: &str) -> EmcEvent {
    E::WorkflowAdded {
        slug: text(slug),
        name: text(slug),
        description: text("first"),
    }
}

fn slice(workflow: &str, slug: &str) -> EmcEvent {
    E::SliceAdded {
        workflow: text(workflow),
        slug: text(slug),
        name: text(slug),
        kind: SliceKind::StateChange,
        description: text("first"),
    }
}

fn slice_updated(slug: &str, description: &str) -> EmcEvent {
    E::SliceUpdated {
        slug: text(slug),
        name: text(slug),
        kind: SliceKind::Automation,
        description: text(description),
    }
}

fn removed(slug: &str) -> EmcEvent {
    E::SliceRemoved { slug: text(slug) }
}

fn outcome(slice: &str, label: &str) -> EmcEvent {
    E::SliceFactAdded {
        slice: text(slice),
        fact: SliceFact::Outcome(labelled(label)),
    }
}

fn labelled(label: &str) -> Outcome {
    Outcome {
        label: text(label),
        events: Vec::new(),
        externally_relevant: false,
    }
}

fn scenario(kind: ScenarioKind, name: &str) -> Scenario {
    let contract = kind == ScenarioKind::Contract;
    Scenario {
        kind,
        name: text(name),
        given: text("g"),
        when: text("w"),
        then: text("t"),
        read_streams: Vec::new(),
        written_streams: Vec::new(),
        contract_kind: contract.then_some(ContractKind::Command),
        covered_definition: contract.then(|| text("C")),
        error_references: Vec::new(),
    }
}

fn labels(model: &Model, slice: &str) -> Vec<String> {
    let slice = model.slice(slice).expect("a slice");
    let outcomes = slice.outcomes.iter();
    outcomes.map(|one| one.label.to_string()).collect()
}

#[test]
fn nothing_comes_before_the_project() {
    let projected = fold(&[workflow("w"), project(), workflow("w")]);
    assert_eq!(
        projected.refusals,
        [Refusal {
            origin: Origin(0),
            event: "WorkflowAdded",
            reason: RefusalReason::BeforeProject
        }]
    );
    assert_eq!(projected.model.workflows.len(), 1);
    let resolved = E::ConflictResolved {
        conflict_id: text("slice::s"),
        chosen_event_id: text("t"),
    };
    assert_eq!(model(&[resolved]), Model::default());
}

#[test]
fn a_second_start_renames_the_project_and_keeps_the_rest() {
    let renamed = E::ProjectInitialized { name: text("Q") };
    let model = model(&[project(), workflow("w"), renamed]);
    assert_eq!(model.project.as_deref(), Some(&text("Q")));
    assert_eq!(model.workflows.len(), 1);
}

#[test]
fn the_first_slice_is_the_entry_for_good() {
    use Relationship::{Entry, Main};
    let relationships = |events: &[EmcEvent]| {
        let model = model(events);
        let slices = model.slices();
        slices
            .map(|(_, slice)| (slice.slug.to_string(), slice.relationship))
            .collect::<Vec<_>>()
    };
    let (a, b) = ("a".to_owned(), "b".to_owned());
    let mut events = vec![project(), workflow("w"), slice("w", "a"), slice("w", "b")];
    assert_eq!(
        relationships(&events),
        [(a.clone(), Entry), (b.clone(), Main)]
    );
    events.push(removed("a"));
    assert_eq!(relationships(&events), [(b.clone(), Main)]);
    events.push(slice("w", "a"));
    assert_eq!(relationships(&events), [(b, Main), (a.clone(), Main)]);
    events.extend([removed("a"), removed("b"), slice("w", "a")]);
    assert_eq!(relationships(&events), [(a, Entry)]);
}

#[test]
fn an_update_keeps_place_facts_and_relationship() {
    let model = model(&[
        project(),
        workflow("w"),
        slice("w", "a"),
        slice("w", "b"),
        outcome("a", "o"),
        slice_updated("a", "second"),
    ]);
    let slices = &model.workflows[0].slices;
    assert_eq!(slices[0].slug, "a");
    assert_eq!(slices[0].description, "second");
    assert_eq!(slices[0].kind, SliceKind::Automation);
    assert_eq!(slices[0].relationship, Relationship::Entry);
    assert_eq!(slices[0].origin, Origin(5));
    assert_eq!(slices[0].outcomes[0].origin, Origin(4));
    assert_eq!(labels(&model, "a"), ["o"]);
}

#[test]
fn the_first_twin_counts() {
    let mut events = vec![
        project(),
        workflow("v"),
        workflow("w"),
        workflow("v"),
        // Added first, but later in the order of the model.
        slice("w", "s"),
        slice("v", "s"),
        outcome("s", "o"),
    ];
    let twins = model(&events);
    assert_eq!(twins.workflows.len(), 3);
    assert_eq!(twins.workflows[0].slices[0].outcomes.len(), 1);
    assert_eq!(twins.workflows[1].slices[0].outcomes.len(), 0);
    assert_eq!(twins.workflows[2].slices.len(), 0);

    // With the first workflow goes its slice; the twins take their places.
    let gone = E::WorkflowRemoved { slug: text("v") };
    events.extend([gone, outcome("s", "p"), slice("v", "t")]);
    let one = model(&events);
    assert_eq!(labels(&one, "s"), ["p"]);
    assert_eq!(one.workflows[0].slug, "w");
    assert_eq!(one.workflows[1].slices[0].slug, "t");

    events.push(removed("s"));
    assert_eq!(model(&events).slices().count(), 1);
}

#[test]
fn workflow_elements_are_addressed_by_all_their_values() {
    let entry = |step: &str| LifecycleEntry {
        state: LifecycleState::FullyConfigured,
        step: text(step),
        evidence: text("e"),
    };
    let w = || text("w");
    let add = |step: &str| E::WorkflowEntryLifecycleStateAdded {
        workflow: w(),
        new: entry(step),
    };
    let update = |old: &str, new: &str| E::WorkflowEntryLifecycleStateUpdated {
        workflow: w(),
        old: entry(old),
        new: entry(new),
    };
    let remove = |step: &str| E::WorkflowEntryLifecycleStateRemoved {
        workflow: w(),
        old: entry(step),
    };
    let steps = |events: &[EmcEvent]| -> Vec<String> {
        let mut all = vec![project(), workflow("w"), add("a"), add("b"), add("a")];
        all.extend_from_slice(events);
        let states = &model(&all).workflows[0].entry_lifecycle_states;
        states.iter().map(|one| one.step.to_string()).collect()
    };
    assert_eq!(steps(&[update("a", "c")]), ["b", "c"]);
    assert_eq!(steps(&[update("x", "c")]), ["a", "b", "a", "c"]);
    assert_eq!(steps(&[remove("a")]), ["b"]);
    assert_eq!(steps(&[remove("x")]), ["a", "b", "a"]);
    assert_eq!(steps(&[add("b"), remove("b"), remove("b")]), ["a", "a"]);
}

#[test]
fn facts_are_replaced_and_removed_by_key() {
    let start = [
        project(),
        workflow("w"),
        slice("w", "s"),
        outcome("s", "a"),
        outcome("s", "b"),
        outcome("s", "a"),
    ];
    let after = |event: EmcEvent| {
        let mut events = start.to_vec();
        events.push(event);
        labels(&model(&events), "s")
    };
    let update = |label| E::SliceOutcomeDefinitionUpdated {
        slice: text("s"),
        new: labelled(label),
    };
    let remove = |label| E::SliceOutcomeDefinitionRemoved {
        slice: text("s"),
        label: text(label),
    };
    assert_eq!(after(update("a")), ["b", "a"]);
    assert_eq!(after(update("c")), ["a", "b", "a", "c"]);
    assert_eq!(after(remove("a")), ["b"]);
    assert_eq!(after(remove("c")), ["a", "b", "a"]);
}

#[test]
fn a_scenario_is_addressed_over_both_kinds() {
    let acceptance = scenario(ScenarioKind::Acceptance, "n");
    let model = model(&[
        project(),
        workflow("w"),
        slice("w", "s"),
        E::SliceFactAdded {
            slice: text("s"),
            fact: SliceFact::Scenario(scenario(ScenarioKind::Contract, "n")),
        },
        E::SliceScenarioUpdated {
            slice: text("s"),
            new: acceptance.clone(),
        },
    ]);
    let scenarios = &model.workflows[0].slices[0].scenarios;
    assert_eq!(scenarios.len(), 1);
    assert_eq!(scenarios[0].value, acceptance);
}

#[test]
fn what_is_not_there_is_refused_and_the_fold_goes_on() {
    let projected = fold(&[
        project(),
        slice("w", "s"),
        workflow("w"),
        outcome("s", "o"),
        slice_updated("s", "d"),
        E::WorkflowEntryLifecycleCoverageRequired {
            workflow: text("x"),
        },
        slice("w", "s"),
        E::SliceViewControlRemoved {
            slice: text("s"),
            view: text("V"),
            name: text("c"),
        },
        E::WorkflowRemoved { slug: text("x") },
        removed("x"),
        outcome("s", "o"),
    ]);
    let told: Vec<(u32, String, &str)> = projected
        .refusals
        .iter()
        .map(|refusal| {
            let finding = refusal.diagnostic(Place::line("a.jsonl", 2));
            assert_eq!(finding.place, Some(Place::line("a.jsonl", 2)));
            assert!(!finding.help.is_empty());
            (
                refusal.origin.0,
                refusal.reason.to_string(),
                finding.code.name,
            )
        })
        .collect();
    let row = |origin, reason: &str, code| (origin, reason.to_owned(), code);
    assert_eq!(
        told,
        [
            row(1, "there is no workflow `w`", "unknown-workflow"),
            row(3, "there is no slice `s`", "unknown-slice"),
            row(4, "there is no slice `s`", "unknown-slice"),
            row(5, "there is no workflow `x`", "unknown-workflow"),
            row(7, "slice `s` has no view `V`", "unknown-view"),
        ]
    );
    assert_eq!(labels(&projected.model, "s"), ["o"]);
}

#[test]
fn a_review_that_finds_something_leaves_the_last_clean_one_known() {
    let clean = Review {
        workflow: text("w"),
        model_content_digest: text("emc-blake3:00"),
        reviewer_id: text("ada"),
        reviewed_at: text("2026-01-02T03:04:05.006Z"),
        categories: ReviewCategory::ALL.to_vec(),
        findings: Vec::new(),
    };
    let mut found = clean.clone();
    found.findings = vec![ReviewFinding {
        category: ReviewCategory::SourceChains,
        text: text("where from?"),
    }];
    let model = model(&[
        project(),
        workflow("w"),
        E::ReviewRecorded(clean),
        E::ReviewRecorded(found.clone()),
    ]);
    assert_eq!(model.reviews[&text("w")].value, found);
    assert_eq!(model.clean_reviews[&text("w")].origin, Origin(2));
}
