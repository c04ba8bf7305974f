//! Scenarios, told and binding.

use super::texts;
use crate::{
    event::{
        self,
        vocabulary::{ContractKind, ScenarioKind},
    },
    facts::{Contract, Covers, Scenario},
    model::{self, Projection},
};

/// The acceptance scenarios and the contract scenarios.
pub(super) fn scenarios<'a>(
    slice: &'a model::Slice,
    projections: &[Projection<'a>],
) -> (Vec<Scenario<'a>>, Vec<Contract<'a>>) {
    // Apart first, so that the lists are as long as what they hold.
    let scenarios = slice.scenarios.iter().map(|one| &one.value);
    let (acceptance, contracts): (Vec<_>, Vec<_>) =
        scenarios.partition(|scenario| scenario.kind == ScenarioKind::Acceptance);
    let contract = |scenario| Contract {
        covers: covers(scenario, projections),
        scenario: story(scenario),
    };
    (
        acceptance.into_iter().map(story).collect(),
        contracts.into_iter().map(contract).collect(),
    )
}

fn story(scenario: &event::Scenario) -> Scenario<'_> {
    Scenario {
        name: &scenario.name,
        given: &scenario.given,
        when: &scenario.when,
        then: &scenario.then,
        reads: texts(&scenario.read_streams),
        writes: texts(&scenario.written_streams),
        errors: texts(&scenario.error_references),
    }
}

fn covers<'a>(scenario: &'a event::Scenario, projections: &[Projection<'a>]) -> Covers<'a> {
    // A contract scenario has both, always.
    let covered = scenario.covered_definition.as_ref();
    let covered = covered.unwrap_or(&scenario.name).as_str();
    match scenario.contract_kind.unwrap_or(ContractKind::Command) {
        ContractKind::Projector => Covers::Projector(covered),
        ContractKind::Command => Covers::Command(covered),
        ContractKind::Automation => Covers::Automation(covered),
        ContractKind::Translation => Covers::Translation(covered),
        ContractKind::Derivation => Covers::Derivation(field(covered, projections)),
        ContractKind::Absence => Covers::Absence(field(covered, projections)),
        ContractKind::Transitive => Covers::Transitive(covered),
    }
}

/// `ReadModel.field` names the field.
fn field<'a>(covered: &'a str, projections: &[Projection<'_>]) -> &'a str {
    let of = |model: &Projection<'_>| covered.strip_prefix(model.name.as_str())?.strip_prefix('.');
    projections.iter().find_map(of).unwrap_or(covered)
}
