//! The board: cards, and the wires that say what leads to what.

use std::collections::{HashMap, HashSet};

use super::{
    Check, Part, Path, Rule, examples,
    graph::reached,
    index::{End, Slice},
};
use crate::{
    diagnostic::codes::rules::board as codes,
    event::vocabulary::{BoardElementKind, BoardEndpointKind as Kind},
    facts::Wire,
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::CARD_WITHOUT_DEFINITION,
        hint: "remove the card or define what it stands for",
        example: &examples::board::EMC801,
        checks: &[Check::Slice(card_without_definition)],
    },
    Rule {
        code: &codes::WIRE_END_UNKNOWN,
        hint: "connect two cards of this board",
        example: &examples::board::EMC802,
        checks: &[Check::Slice(wire_end_unknown)],
    },
    Rule {
        code: &codes::WIRE_NOT_CAUSAL,
        hint: "wires run trigger, command, event, read model, view",
        example: &examples::board::EMC803,
        checks: &[Check::Slice(wire_not_causal)],
    },
    Rule {
        code: &codes::WIRE_CONTRADICTS_MODEL,
        hint: "remove the wire or add the relation to the model",
        example: &examples::board::EMC804,
        checks: &[Check::Slice(wire_contradicts_model)],
    },
    Rule {
        code: &codes::CARD_WITHOUT_CAUSE,
        hint: "connect what triggers the command or feeds the read model",
        example: &examples::board::EMC805,
        checks: &[Check::Slice(card_without_cause)],
    },
    Rule {
        code: &codes::BOARD_ISLAND,
        hint: "connect the card to the main path or take it off",
        example: &examples::board::EMC806,
        checks: &[Check::Slice(board_island)],
    },
    Rule {
        code: &codes::DEFINITION_NOT_ON_BOARD,
        hint: "add a card",
        example: &examples::board::EMC807,
        checks: &[Check::Slice(definition_not_on_board)],
    },
    Rule {
        code: &codes::CARD_IN_WRONG_LANE,
        hint: "move the card to the lane of its kind",
        example: &examples::board::EMC808,
        checks: &[Check::Slice(card_in_wrong_lane)],
    },
];

/// A command may also be one that another slice defines and this one issues.
fn card_without_definition(s: &Slice<'_>) -> Vec<Path> {
    s.cards
        .iter()
        .filter(|card| !match card.kind {
            BoardElementKind::View => s.view(card.of).is_some(),
            BoardElementKind::Automation => s.automation(card.of).is_some(),
            BoardElementKind::ExternalEvent => s.translates(card.of),
            BoardElementKind::Command => s.command(card.of).is_some() || s.issues(card.of),
            BoardElementKind::ReadModel => s.read_model(card.of).is_some(),
            BoardElementKind::Event => s.knows(card.of),
        })
        .map(|card| Path::at([(Part::Card, card.name)]))
        .collect()
}

fn at_wire(wire: &Wire<'_>) -> Path {
    Path::at([(Part::Source, wire.source), (Part::Target, wire.target)])
}

fn wire_end_unknown(s: &Slice<'_>) -> Vec<Path> {
    s.board()
        .wires
        .iter()
        .filter(|(_, ends)| ends.is_none())
        .map(|(wire, _)| at_wire(wire))
        .collect()
}

/// Whether a wire between cards of these kinds says something.
fn is_causal(source: Kind, target: Kind) -> bool {
    matches!(
        (source, target),
        (
            Kind::View | Kind::Automation | Kind::ExternalEvent | Kind::WorkflowTrigger,
            Kind::Command
        ) | (Kind::Command, Kind::Event)
            | (Kind::Event, Kind::Automation | Kind::ReadModel)
            | (Kind::ReadModel, Kind::View)
    )
}

fn wire_not_causal(s: &Slice<'_>) -> Vec<Path> {
    s.board()
        .ends()
        .filter(|(_, source, target)| !is_causal(source.kind, target.kind))
        .map(|(wire, ..)| at_wire(wire))
        .collect()
}

fn wire_contradicts_model(s: &Slice<'_>) -> Vec<Path> {
    if s.wires.is_empty() {
        return Vec::new();
    }
    let relations = relations(s);
    s.board()
        .ends()
        .filter(|(_, source, target)| {
            is_causal(source.kind, target.kind)
                // What triggers a workflow is not said in the slice.
                && source.kind != Kind::WorkflowTrigger
                && !relations.contains(&(source.kind, source.of, target.kind, target.of))
        })
        .map(|(wire, ..)| at_wire(wire))
        .collect()
}

/// What leads to what in the slice.
fn relations<'a>(s: &Slice<'a>) -> HashSet<(Kind, &'a str, Kind, &'a str)> {
    let mut relations = HashSet::new();
    let s = s.facts();
    for view in &s.views {
        for control in &view.controls {
            relations.insert((Kind::View, view.name, Kind::Command, control.command));
        }
        for shown in &view.shows {
            relations.insert((Kind::ReadModel, shown.read_model, Kind::View, view.name));
        }
    }
    for automation in &s.automations {
        let (name, command) = (automation.name, automation.command);
        relations.insert((Kind::Automation, name, Kind::Command, command));
        relations.insert((Kind::Event, automation.trigger, Kind::Automation, name));
    }
    for translation in &s.translations {
        let (message, command) = (translation.external_event, translation.command);
        relations.insert((Kind::ExternalEvent, message, Kind::Command, command));
    }
    for command in &s.commands {
        for event in &command.emits {
            relations.insert((Kind::Command, command.name, Kind::Event, event));
        }
    }
    for model in &s.read_models {
        for event in model.fields.iter().flat_map(|field| field.source.events()) {
            relations.insert((Kind::Event, event, Kind::ReadModel, model.name));
        }
    }
    relations
}

/// A card by its name; the workflow as a trigger is none.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Pin<'a> {
    Card(&'a str),
    Trigger(&'a str),
}

fn pin<'a>(end: &End<'a>) -> Pin<'a> {
    if end.kind == Kind::WorkflowTrigger {
        Pin::Trigger(end.name)
    } else {
        Pin::Card(end.name)
    }
}

fn card_without_cause(s: &Slice<'_>) -> Vec<Path> {
    let caused: HashSet<Pin<'_>> = s.board().ends().map(|(_, _, end)| pin(&end)).collect();
    s.cards
        .iter()
        .filter(|card| {
            matches!(
                card.kind,
                BoardElementKind::Command | BoardElementKind::ReadModel
            ) && !caused.contains(&Pin::Card(card.name))
        })
        .map(|card| Path::at([(Part::Card, card.name)]))
        .collect()
}

/// The first card of the main path is the mainland.
fn board_island(s: &Slice<'_>) -> Vec<Path> {
    let mut main = s.cards.iter().filter(|card| card.main);
    let Some(first) = main.next() else {
        return Vec::new();
    };
    let mut beside: HashMap<Pin<'_>, Vec<Pin<'_>>> = HashMap::new();
    for (_, source, target) in s.board().ends() {
        let (source, target) = (pin(&source), pin(&target));
        beside.entry(source).or_default().push(target);
        beside.entry(target).or_default().push(source);
    }
    let mainland = reached([Pin::Card(first.name)], &beside);
    main.filter(|card| !mainland.contains(&Pin::Card(card.name)))
        .map(|card| Path::at([(Part::Card, card.name)]))
        .collect()
}

/// A slice without any card has no board.
fn definition_not_on_board(s: &Slice<'_>) -> Vec<Path> {
    if s.cards.is_empty() {
        return Vec::new();
    }
    let carded: HashSet<(BoardElementKind, &str)> =
        s.cards.iter().map(|card| (card.kind, card.of)).collect();
    let commands = s
        .commands
        .iter()
        .map(|c| (BoardElementKind::Command, Part::Command, c.name));
    let events = s
        .events
        .iter()
        .map(|e| (BoardElementKind::Event, Part::Event, e.name));
    let models = s
        .read_models
        .iter()
        .map(|r| (BoardElementKind::ReadModel, Part::ReadModel, r.name));
    let views = s
        .views
        .iter()
        .map(|v| (BoardElementKind::View, Part::View, v.name));
    commands
        .chain(events)
        .chain(models)
        .chain(views)
        .filter(|(kind, _, name)| !carded.contains(&(*kind, *name)))
        .map(|(_, part, name)| Path::at([(part, name)]))
        .collect()
}

fn card_in_wrong_lane(s: &Slice<'_>) -> Vec<Path> {
    s.cards
        .iter()
        .filter(|card| card.strayed.is_some())
        .map(|card| Path::at([(Part::Card, card.name)]))
        .collect()
}
