//! The real Quint types every module of real models and samples long journeys
//! through each workflow. What each state must keep is an invariant there.

use emc::model::Model;

use crate::{
    interop::{events, folded},
    own_model,
    quint::Project,
    stores::Store,
};

/// What no model can break: a journey does nothing that is not modelled.
const ALWAYS: [&str; 1] = ["onlyModelledMoves"];

/// What a model without a fault keeps.
const CLEAN: [&str; 7] = [
    "onlyModelledMoves",
    "noDeadEnd",
    "commandsReadRecordedEvents",
    "reactionsHaveTriggers",
    "automationsSettle",
    "errorsHaveRecovery",
    "viewsShowRecordedEvents",
];

/// Run Quint's simulator: whether no sample breaks an invariant, and what it said.
fn simulate(project: &Project, number: usize, invariants: &[&str]) -> (bool, String) {
    let suite = &project.suites[number];
    let main = format!("--main={}", suite.module);
    let mut words = vec!["run", suite.path.as_str(), &main, "--max-samples=300"];
    words.push("--invariants");
    words.extend(invariants);
    project.quint(&words)
}

fn all_is_typed_and_sampled(model: &Model, invariants: &[&str]) {
    let project = Project::write(model);
    for (number, suite) in project.suites.iter().enumerate() {
        project.typecheck(&suite.path);
        let (kept, said) = simulate(&project, number, invariants);
        assert!(kept, "{}: {said}", suite.path);
    }
}

fn stored(name: &str) -> Model {
    folded(&events(&Store::fixture(name))).model
}

#[test]
fn our_own_model_is_typed_and_keeps_every_invariant() {
    all_is_typed_and_sampled(&own_model::model(), &CLEAN);
}

#[test]
fn the_repair_desk_is_typed_and_does_what_is_modelled() {
    all_is_typed_and_sampled(&stored("repair-desk"), &ALWAYS);
}

#[test]
fn what_every_event_leaves_is_typed_and_does_what_is_modelled() {
    all_is_typed_and_sampled(&stored("every-event"), &ALWAYS);
}

#[test]
fn a_sample_that_breaks_an_invariant_is_shown() {
    let project = Project::write(&stored("repair-desk"));
    let (kept, said) = simulate(&project, 0, &["viewsShowRecordedEvents"]);
    assert!(!kept, "{said}");
    for text in ["violation", "at: \"triage-board\""] {
        assert!(said.contains(text), "{text}: {said}");
    }
}
