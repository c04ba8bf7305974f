//! The facts of a slice, a line each.

use super::{
    escape::{name, text, word},
    page::{Page, names},
};
use crate::{
    event::{
        Control, EventAttribute, ReadModelField, Scenario, Text,
        vocabulary::{NavigationType, RepeatBehavior, SliceKind},
    },
    model::{Command, Recorded, Slice},
};

/// The section of a slice.
pub(super) fn section(page: &mut Page, slice: &Slice) {
    page.heading(2, &text(&slice.name));
    let (slug, kind, part) = (
        name(&slice.slug),
        kind(slice.kind),
        slice.relationship.as_str(),
    );
    page.paragraph(&format!(
        "{slug}: {kind}, {part} step. {}",
        text(&slice.description)
    ));
    views(page, slice);
    payloads(page, slice);
    reactions(page, slice);
    for command in slice.commands() {
        self::command(page, &command);
    }
    events(page, slice);
    read_models(page, slice);
    outcomes(page, slice);
    scenarios(page, slice);
    flows(page, slice);
    board(page, slice);
}

/// The kind of a slice in words.
pub(super) fn kind(kind: SliceKind) -> &'static str {
    match kind {
        SliceKind::StateView => "state view",
        SliceKind::StateChange => "state change",
        SliceKind::Translation => "translation",
        SliceKind::Automation => "automation",
    }
}

fn list(texts: &[Text]) -> String {
    names(texts.iter().map(Text::as_str))
}

fn views(page: &mut Page, slice: &Slice) {
    for view in slice.screens() {
        page.heading(3, &format!("View {}", name(view.name)));
        for state in &view.local_states {
            page.item(0, &format!("local state {}", name(state)));
        }
        for filter in &view.filters {
            page.item(0, &format!("filter {}", name(filter)));
        }
        for field in &view.fields {
            let (field, model) = (field.value, name(&field.value.source_read_model));
            let (source, token) = (name(&field.source_field), name(&field.sketch_token));
            page.item(
                0,
                &format!(
                    "field {} from {model} {source}, drawn {token}",
                    name(&field.name)
                ),
            );
            page.item(1, &format!("provenance: {}", text(&field.provenance)));
            page.item(1, &format!("as {}", text(&field.bit_encoding)));
        }
        for control in &view.controls {
            self::control(page, control.value);
        }
    }
}

fn control(page: &mut Page, control: &Control) {
    let (own, command, token) = (
        name(&control.name),
        name(&control.command),
        name(&control.sketch_token),
    );
    page.item(0, &format!("control {own} issues {command}, drawn {token}"));
    let input = &control.input;
    let seen = if input.visible_to_actor {
        "visible"
    } else {
        "hidden"
    };
    let decision = if input.decision_field {
        ", decision of the actor"
    } else {
        ""
    };
    let (own, source, token) = (
        name(&input.name),
        word(input.source_kind),
        name(&input.sketch_token),
    );
    page.item(
        1,
        &format!(
            "provides {own} ({source}, {seen}{decision}), drawn {token}: {}",
            text(&input.source_description)
        ),
    );
    let navigation = &control.navigation;
    let target = name(&navigation.target);
    let leads = match navigation.kind {
        NavigationType::ModeledView => format!("leads to view {target}"),
        NavigationType::LocalViewState => format!("leads to local state {target}"),
        NavigationType::ExternalSystem => format!("leads to external system {target}"),
        NavigationType::ExternalWorkflow => format!("leads to another workflow, {target}"),
    };
    let more = [
        ("workflow", &navigation.external_workflow),
        ("system", &navigation.external_system),
        ("contract", &navigation.handoff_contract),
    ];
    let more = more.into_iter().filter_map(|(what, value)| {
        let value = value.as_deref()?;
        Some(format!("{what} {}", name(value)))
    });
    let leads: Vec<String> = std::iter::once(leads).chain(more).collect();
    page.item(1, &leads.join(", "));
    for error in &control.handled_errors {
        page.item(
            1,
            &format!(
                "handles {}: {}",
                name(error),
                word(control.recovery_behavior)
            ),
        );
    }
}

fn payloads(page: &mut Page, slice: &Slice) {
    for payload in slice.payloads() {
        page.heading(3, &format!("External payload {}", name(payload.name)));
        for field in &payload.fields {
            page.item(0, &format!("field {}", name(&field.value.field)));
            page.item(
                1,
                &format!("provenance: {}", text(&field.value.field_provenance)),
            );
            page.item(1, &format!("as {}", text(&field.value.bit_encoding)));
        }
    }
}

fn reactions(page: &mut Page, slice: &Slice) {
    for translation in &slice.translations {
        page.heading(3, &format!("Translation {}", name(&translation.name)));
        page.item(
            0,
            &format!("on external event {}", name(&translation.external_event)),
        );
        page.item(
            0,
            &format!("with payload {}", name(&translation.payload_contract)),
        );
        page.item(0, &format!("issues {}", name(&translation.command)));
    }
    for automation in &slice.automations {
        page.heading(3, &format!("Automation {}", name(&automation.name)));
        page.item(0, &format!("on {}", name(&automation.trigger)));
        page.item(0, &format!("issues {}", name(&automation.command)));
        for error in &automation.handled_errors {
            page.item(0, &format!("handles {}", name(error)));
        }
        page.item(0, &format!("reaction: {}", text(&automation.reaction)));
    }
}

fn command(page: &mut Page, command: &Command<'_>) {
    page.heading(3, &format!("Command {}", name(command.name)));
    for input in &command.inputs {
        let input = input.value;
        let (source, field) = input.source();
        let parts = [source, field].into_iter().flatten().map(|part| name(part));
        let source: Vec<String> = std::iter::once(word(input.source_kind))
            .chain(parts)
            .collect();
        let (own, source) = (name(&input.name), source.join(" "));
        page.item(
            0,
            &format!(
                "input {own} from {source}: {}",
                text(&input.source_description)
            ),
        );
        let chain: Vec<String> = input
            .provenance_chain
            .iter()
            .map(|link| text(link))
            .collect();
        if !chain.is_empty() {
            page.item(1, &format!("provenance: {}", chain.join(" → ")));
        }
    }
    for stream in &command.observed_streams {
        page.item(0, &format!("reads stream {}", name(stream)));
    }
    for event in &command.emitted_events {
        page.item(0, &format!("emits {}", name(event)));
    }
    for error in &command.errors {
        let (own, scenario) = (name(&error.name), text(&error.scenario));
        page.item(
            0,
            &format!(
                "error {own}: {}, shown by “{scenario}”",
                word(error.recovery)
            ),
        );
    }
    match command.repeat {
        Some(RepeatBehavior::AlreadyExistsError) => {
            page.item(0, "once only: the second time is an error");
        }
        Some(RepeatBehavior::Idempotent) => {
            page.item(0, "once only: the second time changes nothing");
        }
        None => {}
    }
}

fn events(page: &mut Page, slice: &Slice) {
    for event in slice.events() {
        let part = match (event.observed, event.shared) {
            (true, _) => "observed",
            (_, true) => "shared",
            _ => "emitted",
        };
        page.heading(3, &format!("Event {}", name(event.name)));
        page.item(0, &format!("{part}, stream {}", name(event.stream)));
        for attribute in &event.attributes {
            self::attribute(page, attribute.value);
        }
    }
}

fn attribute(page: &mut Page, attribute: &EventAttribute) {
    let (own, kind) = (name(&attribute.name), word(attribute.source_kind));
    let (source, field) = (name(&attribute.source_name), name(&attribute.source_field));
    let made = attribute
        .generated_source_kind
        .as_deref()
        .map_or_else(String::new, |kind| format!(" ({})", text(kind)));
    page.item(
        0,
        &format!("attribute {own} from {kind}{made} {source} {field}"),
    );
    page.item(1, &format!("provenance: {}", text(&attribute.provenance)));
}

fn read_models(page: &mut Page, slice: &Slice) {
    for model in slice.projections() {
        page.heading(3, &format!("Read model {}", name(model.name)));
        if model.first.transitive {
            page.item(
                0,
                &format!("transitive over {}", list(&model.first.relationship_fields)),
            );
        }
        if let Some(rule) = &model.first.transitive_rule {
            page.item(0, &format!("rule: {}", text(rule)));
        }
        if let Some(scenario) = &model.first.example_scenario {
            page.item(0, &format!("shown by “{}”", text(scenario)));
        }
        for field in &model.fields {
            self::field(page, field.value);
        }
    }
}

fn field(page: &mut Page, field: &ReadModelField) {
    let mut line = vec![format!(
        "field {} by {}",
        name(&field.name),
        word(field.source_kind)
    )];
    let sources = [
        &field.source_event,
        &field.source_attribute,
        &field.absence_event,
    ];
    line.extend(sources.into_iter().flatten().map(|part| name(part)));
    if !field.derivation_source_fields.is_empty() {
        line.push(format!("of {}", list(&field.derivation_source_fields)));
    }
    let line = line.join(" ");
    let line = match &field.derivation_rule {
        Some(rule) => format!("{line}: {}", text(rule)),
        None => line,
    };
    page.item(0, &line);
    for scenario in [&field.derivation_scenario, &field.absence_scenario]
        .into_iter()
        .flatten()
    {
        page.item(1, &format!("shown by “{}”", text(scenario)));
    }
    page.item(1, &format!("provenance: {}", text(&field.provenance)));
}

fn outcomes(page: &mut Page, slice: &Slice) {
    if slice.outcomes.is_empty() {
        return;
    }
    page.heading(3, "Outcomes");
    for outcome in &slice.outcomes {
        let events = if outcome.events.is_empty() {
            "no event".to_owned()
        } else {
            list(&outcome.events)
        };
        let relevant = if outcome.externally_relevant {
            ", matters outside"
        } else {
            ""
        };
        page.item(0, &format!("{}: {events}{relevant}", name(&outcome.label)));
    }
}

fn scenarios(page: &mut Page, slice: &Slice) {
    for scenario in &slice.scenarios {
        self::scenario(page, scenario);
    }
}

fn scenario(page: &mut Page, scenario: &Recorded<Scenario>) {
    page.heading(3, &format!("Scenario: {}", text(&scenario.name)));
    if let (Some(kind), Some(covered)) = (scenario.contract_kind, &scenario.covered_definition) {
        page.item(0, &format!("contract of {kind} {}", name(covered)));
    }
    page.item(0, &format!("**given** {}", text(&scenario.given)));
    page.item(0, &format!("**when** {}", text(&scenario.when)));
    page.item(0, &format!("**then** {}", text(&scenario.then)));
    let streams = [
        ("reads", &scenario.read_streams),
        ("writes", &scenario.written_streams),
        ("ends in", &scenario.error_references),
    ];
    for (what, values) in streams {
        if !values.is_empty() {
            page.item(0, &format!("{what} {}", list(values)));
        }
    }
}

fn flows(page: &mut Page, slice: &Slice) {
    if slice.data_flows.is_empty() {
        return;
    }
    page.heading(3, "Data flows");
    for flow in &slice.data_flows {
        let (datum, kind, how) = (
            name(&flow.datum),
            word(flow.source_kind),
            word(flow.transformation),
        );
        let (source, target, encoding) = (
            name(&flow.source),
            name(&flow.target),
            text(&flow.bit_encoding),
        );
        page.item(
            0,
            &format!("{datum}: {source} ({kind}) → {target} by {how}, as {encoding}"),
        );
    }
}

fn board(page: &mut Page, slice: &Slice) {
    if slice.board_elements.is_empty() && slice.board_connections.is_empty() {
        return;
    }
    page.heading(3, "Board");
    for element in &slice.board_elements {
        let (own, kind, lane) = (name(&element.name), word(element.kind), element.lane);
        let path = if element.main_path { ", main path" } else { "" };
        let declared = if element.declared_name == element.name {
            String::new()
        } else {
            format!(", declared as {}", name(&element.declared_name))
        };
        page.item(0, &format!("{kind} {own} in lane {lane}{path}{declared}"));
    }
    for wire in &slice.board_connections {
        let (from, to) = (name(&wire.source), name(&wire.target));
        page.item(
            0,
            &format!(
                "{} {from} → {} {to}",
                word(wire.source_kind),
                word(wire.target_kind)
            ),
        );
    }
}
