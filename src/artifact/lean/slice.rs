//! The module of one slice. It depends on nothing but the slice.

use crate::{
    event::vocabulary::{BoardElementKind, BoardEndpointKind, Lane, SliceKind},
    facts::{Covers, Scenario, Slice},
    model,
};

use super::{Enforcement, behaviour, code::Code, screen};

/// The body of the module, from the slice as it is recorded and what it says.
pub(super) fn body(
    root: &str,
    module: &str,
    enforcement: Enforcement,
    recorded: &model::Slice,
    slice: &Slice<'_>,
) -> String {
    let mut code = Code::new();
    code.raw("import Emc\n\n");
    if large(recorded) {
        code.raw("set_option maxRecDepth 16384\n\n");
    }
    code.raw("namespace ").raw(root).raw(".Slices.").raw(module);
    code.raw("\nopen Emc Data\n\nnoncomputable def slice : Slice where\n");
    write(&mut code, slice);
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
    code.finish()
}

fn write(code: &mut Code, slice: &Slice<'_>) {
    code.raw("  slug :=").id(slice.slug);
    code.raw("\n  title :=").txt(slice.title);
    code.raw("\n  kind := ").raw(match slice.kind {
        SliceKind::StateView => ".stateView",
        SliceKind::StateChange => ".stateChange",
        SliceKind::Translation => ".translation",
        SliceKind::Automation => ".automation",
    });
    code.raw("\n  purpose :=").txt(slice.purpose).raw("\n");
    code.id_field("  ", "streams", slice.streams.iter().copied());
    behaviour::write(code, slice);
    screen::write(code, slice);
    code.list_field("  ", "outcomes", &slice.outcomes, |code, outcome| {
        code.raw(if outcome.external {
            "outcome"
        } else {
            "internalOutcome"
        });
        code.id(outcome.label).ids(outcome.events.iter().copied());
    });
    write_scenarios(code, slice);
    write_board(code, slice);
    code.list_field("  ", "strays", &slice.strays, |code, stray| {
        code.raw("⟨")
            .txt("data flow")
            .raw(",")
            .id(stray.owner)
            .raw(",")
            .id(stray.name)
            .raw("⟩");
    });
    code.list_field("  ", "clashes", &slice.clashes, |code, clash| {
        code.raw("(")
            .id(clash.owner)
            .raw(",")
            .id(clash.name)
            .raw(")");
    });
}

/// More than Lean reads without being told.
fn large(slice: &model::Slice) -> bool {
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

fn write_scenarios(code: &mut Code, slice: &Slice<'_>) {
    code.list_field("  ", "acceptance", &slice.acceptance, |code, scenario| {
        code.raw("accept");
        write_scenario(code, scenario);
    });
    code.list_field("  ", "contracts", &slice.contracts, |code, contract| {
        code.raw("contract (");
        match contract.covers {
            Covers::Projector(name) => code.raw(".projector").id(name),
            Covers::Command(name) => code.raw(".command").id(name),
            Covers::Automation(name) => code.raw(".automation").id(name),
            Covers::Translation(name) => code.raw(".translation").id(name),
            Covers::Derivation(field) => code.raw(".derivation").id(field),
            Covers::Absence(field) => code.raw(".absence").id(field),
            Covers::Transitive(name) => code.raw(".transitive").id(name),
        };
        code.raw(")");
        write_scenario(code, &contract.scenario);
    });
}

fn write_scenario(code: &mut Code, scenario: &Scenario<'_>) {
    code.id(scenario.name);
    code.raw("\n     ").txt(scenario.given);
    code.raw("\n     ").txt(scenario.when);
    code.raw("\n     ").txt(scenario.then);
    let lists = [
        (" (reads :=", &scenario.reads),
        (" (writes :=", &scenario.writes),
        (" (errors :=", &scenario.errors),
    ];
    for (name, list) in lists {
        if !list.is_empty() {
            code.raw(name).ids(list.iter().copied()).raw(")");
        }
    }
}

fn write_board(code: &mut Code, slice: &Slice<'_>) {
    code.list_field("  ", "cards", &slice.cards, |code, card| {
        code.raw(if card.main { "card" } else { "sideCard" });
        code.id(card.name).raw(match card.kind {
            BoardElementKind::View => " .view",
            BoardElementKind::Automation => " .automation",
            BoardElementKind::ExternalEvent => " .external",
            BoardElementKind::Command => " .command",
            BoardElementKind::ReadModel => " .readModel",
            BoardElementKind::Event => " .event",
        });
        code.id(card.of);
        if let Some(lane) = card.strayed {
            code.raw(" (some ").raw(lane_of(lane)).raw(")");
        }
    });
    code.list_field("  ", "wires", &slice.wires, |code, wire| {
        code.raw("wire ").raw(end(wire.source_kind)).id(wire.source);
        code.raw(" ").raw(end(wire.target_kind)).id(wire.target);
    });
}

fn lane_of(lane: Lane) -> &'static str {
    match lane {
        Lane::Ux => ".ux",
        Lane::Actions => ".actions",
        Lane::Events => ".events",
    }
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
