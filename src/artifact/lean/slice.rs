//! The module of one slice. It depends on nothing but the slice.

use crate::{
    event::{
        BoardElement, Scenario, Text,
        vocabulary::{
            BoardElementKind, BoardEndpointKind, ContractKind, Lane, ScenarioKind, SliceKind,
        },
    },
    model::Slice,
};

use super::{Enforcement, behaviour, behaviour::texts, code::Code, flow::Flows, screen};

/// The body of the module.
pub(super) fn body(root: &str, module: &str, enforcement: Enforcement, slice: &Slice) -> String {
    let mut code = Code::new();
    write(&mut code, root, module, enforcement, slice);
    code.finish()
}

fn write(code: &mut Code, root: &str, module: &str, enforcement: Enforcement, slice: &Slice) {
    code.raw("import Emc\n\n");
    if large(slice) {
        code.raw("set_option maxRecDepth 16384\n\n");
    }
    code.raw("namespace ").raw(root).raw(".Slices.").raw(module);
    code.raw("\nopen Emc Data\n\nnoncomputable def slice : Slice where\n  slug :=")
        .id(&slice.slug);
    code.raw("\n  title :=").txt(&slice.name);
    code.raw("\n  kind := ").raw(match slice.kind {
        SliceKind::StateView => ".stateView",
        SliceKind::StateChange => ".stateChange",
        SliceKind::Translation => ".translation",
        SliceKind::Automation => ".automation",
    });
    code.raw("\n  purpose :=").txt(&slice.description).raw("\n");
    code.id_field(
        "  ",
        "streams",
        slice.streams().into_iter().map(Text::as_str),
    );
    let flows = Flows::of(slice);
    behaviour::write(code, slice, &flows);
    screen::write(code, slice, &flows);
    code.list_field("  ", "outcomes", &slice.outcomes, |code, outcome| {
        code.raw(if outcome.externally_relevant {
            "outcome"
        } else {
            "internalOutcome"
        });
        code.id(&outcome.label).ids(texts(&outcome.events));
    });
    write_scenarios(code, slice);
    write_board(code, slice);
    let (strays, clashes) = flows.faults(slice);
    code.list_field("  ", "strays", &strays, |code, stray| {
        code.raw("⟨")
            .txt("data flow")
            .raw(",")
            .id(stray.owner)
            .raw(",")
            .id(stray.datum)
            .raw("⟩");
    });
    code.list_field("  ", "clashes", &clashes, |code, clash| {
        code.raw("(")
            .id(clash.owner)
            .raw(",")
            .id(clash.datum)
            .raw(")");
    });
    code.raw("\n").raw(match enforcement {
        Enforcement::Deny => {
            "emc_report slice\n\ntheorem certified : slice.Clean := by emc_certify\n"
        }
        Enforcement::Warn => "emc_advise slice\n",
    });
    code.raw("\nend ")
        .raw(root)
        .raw(".Slices.")
        .raw(module)
        .raw("\n");
}

/// More than Lean reads without being told.
fn large(slice: &Slice) -> bool {
    [
        slice.scenarios.len(),
        slice.outcomes.len(),
        slice.external_payloads.len(),
        slice.event_definitions.len(),
        slice.command_definitions.len(),
        slice.read_models.len(),
        slice.views.len(),
        slice.translations.len(),
        slice.automations.len(),
        slice.data_flows.len(),
        slice.board_elements.len(),
        slice.board_connections.len(),
    ]
    .into_iter()
    .any(|count| count > 60)
}

fn write_scenarios(code: &mut Code, slice: &Slice) {
    let (contracts, acceptance): (Vec<_>, Vec<_>) = slice
        .scenarios
        .iter()
        .map(|scenario| &scenario.value)
        .partition(|scenario| scenario.kind == ScenarioKind::Contract);
    code.list_field("  ", "acceptance", &acceptance, |code, scenario| {
        code.raw("accept");
        write_scenario(code, scenario);
    });
    let projections = slice.projections();
    code.list_field("  ", "contracts", &contracts, |code, scenario| {
        // A contract scenario has both, always.
        let covered = scenario
            .covered_definition
            .as_ref()
            .unwrap_or(&scenario.name)
            .as_str();
        let kind = scenario.contract_kind.unwrap_or(ContractKind::Command);
        // `ReadModel.field` names the field.
        let field = projections
            .iter()
            .find_map(|model| covered.strip_prefix(model.name.as_str())?.strip_prefix('.'))
            .unwrap_or(covered);
        code.raw("contract (");
        match kind {
            ContractKind::Projector => code.raw(".projector").id(covered),
            ContractKind::Command => code.raw(".command").id(covered),
            ContractKind::Automation => code.raw(".automation").id(covered),
            ContractKind::Translation => code.raw(".translation").id(covered),
            ContractKind::Derivation => code.raw(".derivation").id(field),
            ContractKind::Absence => code.raw(".absence").id(field),
            ContractKind::Transitive => code.raw(".transitive").id(covered),
        };
        code.raw(")");
        write_scenario(code, scenario);
    });
}

fn write_scenario(code: &mut Code, scenario: &Scenario) {
    code.id(&scenario.name);
    code.raw("\n     ").txt(&scenario.given);
    code.raw("\n     ").txt(&scenario.when);
    code.raw("\n     ").txt(&scenario.then);
    let lists = [
        (" (reads :=", &scenario.read_streams),
        (" (writes :=", &scenario.written_streams),
        (" (errors :=", &scenario.error_references),
    ];
    for (name, list) in lists {
        if !list.is_empty() {
            code.raw(name).ids(texts(list)).raw(")");
        }
    }
}

fn write_board(code: &mut Code, slice: &Slice) {
    code.list_field("  ", "cards", &slice.board_elements, |code, card| {
        code.raw(if card.main_path { "card" } else { "sideCard" });
        code.id(&card.name).raw(match card.kind {
            BoardElementKind::View => " .view",
            BoardElementKind::Automation => " .automation",
            BoardElementKind::ExternalEvent => " .external",
            BoardElementKind::Command => " .command",
            BoardElementKind::ReadModel => " .readModel",
            BoardElementKind::Event => " .event",
        });
        code.id(&card.declared_name);
        if let Some(lane) = strayed(card) {
            code.raw(" (some ").raw(lane).raw(")");
        }
    });
    code.list_field("  ", "wires", &slice.board_connections, |code, wire| {
        code.raw("wire ")
            .raw(end(wire.source_kind))
            .id(&wire.source);
        code.raw(" ").raw(end(wire.target_kind)).id(&wire.target);
    });
}

/// The lane of a card that is not in the lane of its kind.
fn strayed(card: &BoardElement) -> Option<&'static str> {
    let home = match card.kind {
        BoardElementKind::View | BoardElementKind::Automation | BoardElementKind::ExternalEvent => {
            Lane::Ux
        }
        BoardElementKind::Command | BoardElementKind::ReadModel => Lane::Actions,
        BoardElementKind::Event => Lane::Events,
    };
    (card.lane != home).then_some(match card.lane {
        Lane::Ux => ".ux",
        Lane::Actions => ".actions",
        Lane::Events => ".events",
    })
}

fn end(kind: BoardEndpointKind) -> &'static str {
    match kind {
        BoardEndpointKind::View => ".view",
        BoardEndpointKind::Automation => ".automation",
        BoardEndpointKind::ExternalEvent => ".external",
        BoardEndpointKind::WorkflowTrigger => ".trigger",
        BoardEndpointKind::Command => ".command",
        BoardEndpointKind::Event => ".event",
        BoardEndpointKind::ReadModel => ".readModel",
    }
}
