//! The whole folded model as JSON, in a stable shape: the names and words of
//! the wire, keys in the order of these structs, everything in the order of the
//! fold. Optional values are null.
//!
//! ```text
//! { project, workflows: [{ slug, name, description, slices, relationships,
//!     transitions, exit_targets, outcomes, command_errors, owned_definitions,
//!     transition_evidences, requires_entry_lifecycle_coverage,
//!     entry_lifecycle_states }],
//!   slices: [{ slug, workflow, name, kind, description, relationship, facts: {
//!     acceptance_scenarios, contract_scenarios, outcomes, external_payloads,
//!     streams, events, commands, read_models, views, translations, automations,
//!     data_flows, board_elements, board_connections, referenced_commands } }],
//!   reviews: [...], readiness: [...] }
//! ```
//!
//! Facts of one name are merged into one definition. New keys may be added;
//! none is renamed or removed.

use serde::{Serialize, Serializer};

use super::{
    Command, Event, Model, Payload, Projection, Recorded, Screen, Slice, Transition, Workflow,
};
use crate::event::{
    Automation, BoardConnection, BoardElement, CommandError, CommandInput, Control, DataFlow,
    EventAttribute, LifecycleEntry, Outcome, OwnedDefinition, ReadModelField, Readiness, Review,
    ReviewFinding, Scenario, Text, TransitionEvidence, Translation, ViewField,
    WorkflowCommandError, WorkflowOutcome,
    vocabulary::{RepeatBehavior, ReviewCategory, ScenarioKind, SliceKind, TransitionKind},
};

/// The model, to be serialized.
pub fn export(model: &Model) -> impl Serialize + '_ {
    ModelView {
        project: model.project.as_deref(),
        workflows: model.workflows.iter().map(workflow).collect(),
        slices: model
            .slices()
            .map(|(workflow, slice)| slice_view(workflow, slice))
            .collect(),
        reviews: model.reviews.values().map(|one| review(one)).collect(),
        readiness: values(model.readiness.values()),
    }
}

/// A workflow and its slices alone, to be serialized: what they say, as above.
pub(super) fn content(of: &Workflow) -> impl Serialize + '_ {
    let slices = of.slices.iter().map(|slice| slice_view(of, slice));
    (workflow(of), slices.collect::<Vec<_>>())
}

#[derive(Serialize)]
struct ModelView<'a> {
    project: Option<&'a Text>,
    workflows: Vec<WorkflowView<'a>>,
    slices: Vec<SliceView<'a>>,
    reviews: Vec<ReviewView<'a>>,
    readiness: Vec<&'a Readiness>,
}

#[derive(Serialize)]
struct ReviewView<'a> {
    workflow: &'a Text,
    model_content_digest: &'a Text,
    reviewer_id: &'a Text,
    reviewed_at: &'a Text,
    categories: &'a [ReviewCategory],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    findings: &'a [ReviewFinding],
}

#[derive(Serialize)]
struct WorkflowView<'a> {
    slug: &'a Text,
    name: &'a Text,
    description: &'a Text,
    slices: Vec<&'a Text>,
    #[serde(serialize_with = "as_map")]
    relationships: Vec<(&'a Text, &'static str)>,
    transitions: Vec<TransitionView<'a>>,
    exit_targets: Vec<&'a Text>,
    outcomes: Vec<&'a WorkflowOutcome>,
    command_errors: Vec<&'a WorkflowCommandError>,
    owned_definitions: Vec<&'a OwnedDefinition>,
    transition_evidences: Vec<EvidenceView<'a>>,
    requires_entry_lifecycle_coverage: bool,
    entry_lifecycle_states: Vec<&'a LifecycleEntry>,
}

#[derive(Serialize)]
struct TransitionView<'a> {
    from: &'a Text,
    to: &'a Text,
    kind: TransitionKind,
    name: &'a Text,
    source_control: Option<&'a Text>,
    target_view: Option<&'a Text>,
    reason: Option<&'a Text>,
    payload_contract: Option<&'a Text>,
}

#[derive(Serialize)]
struct EvidenceView<'a> {
    from: &'a Text,
    to: &'a Text,
    kind: TransitionKind,
    name: &'a Text,
    source_control: Option<&'a Text>,
    target_view: Option<&'a Text>,
    source_evidence: &'a Text,
    target_evidence: &'a Text,
}

#[derive(Serialize)]
struct SliceView<'a> {
    slug: &'a Text,
    workflow: &'a Text,
    name: &'a Text,
    kind: SliceKind,
    description: &'a Text,
    relationship: &'static str,
    facts: FactsView<'a>,
}

#[derive(Serialize)]
struct FactsView<'a> {
    acceptance_scenarios: Vec<&'a Scenario>,
    contract_scenarios: Vec<&'a Scenario>,
    outcomes: Vec<&'a Outcome>,
    external_payloads: Vec<PayloadView<'a>>,
    streams: Vec<&'a Text>,
    events: Vec<EventView<'a>>,
    commands: Vec<CommandView<'a>>,
    read_models: Vec<ReadModelView<'a>>,
    views: Vec<ScreenView<'a>>,
    translations: Vec<&'a Translation>,
    automations: Vec<&'a Automation>,
    data_flows: Vec<&'a DataFlow>,
    board_elements: Vec<&'a BoardElement>,
    board_connections: Vec<&'a BoardConnection>,
    referenced_commands: Vec<&'a Text>,
}

#[derive(Serialize)]
struct PayloadView<'a> {
    name: &'a Text,
    fields: Vec<PayloadFieldView<'a>>,
}

#[derive(Serialize)]
struct PayloadFieldView<'a> {
    name: &'a Text,
    provenance: &'a Text,
    bit_encoding: &'a Text,
}

#[derive(Serialize)]
struct EventView<'a> {
    name: &'a Text,
    stream: &'a Text,
    observed: bool,
    shared: bool,
    attributes: Vec<&'a EventAttribute>,
}

#[derive(Serialize)]
struct CommandView<'a> {
    name: &'a Text,
    inputs: Vec<&'a CommandInput>,
    emitted_events: Vec<&'a Text>,
    observed_streams: Vec<&'a Text>,
    errors: Vec<&'a CommandError>,
    singleton: bool,
    singleton_repeat_behavior: Option<RepeatBehavior>,
}

#[derive(Serialize)]
struct ReadModelView<'a> {
    name: &'a Text,
    fields: Vec<&'a ReadModelField>,
    transitive: bool,
    relationship_fields: &'a [Text],
    transitive_rule: Option<&'a Text>,
    example_scenario: Option<&'a Text>,
}

#[derive(Serialize)]
struct ScreenView<'a> {
    name: &'a Text,
    read_models: Vec<&'a Text>,
    fields: Vec<&'a ViewField>,
    controls: Vec<&'a Control>,
    sketch_tokens: Vec<&'a Text>,
    local_states: Vec<&'a Text>,
    filters: Vec<&'a Text>,
}

fn as_map<S: Serializer>(
    pairs: &[(&Text, &'static str)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().copied())
}

fn values<'a, T: 'a>(recorded: impl IntoIterator<Item = &'a Recorded<T>>) -> Vec<&'a T> {
    recorded.into_iter().map(|one| &one.value).collect()
}

fn parts<'a, T>(recorded: &[Recorded<&'a T>]) -> Vec<&'a T> {
    recorded.iter().map(|one| one.value).collect()
}

fn review(review: &Review) -> ReviewView<'_> {
    ReviewView {
        workflow: &review.workflow,
        model_content_digest: &review.model_content_digest,
        reviewer_id: &review.reviewer_id,
        reviewed_at: &review.reviewed_at,
        categories: &review.categories,
        findings: &review.findings,
    }
}

fn workflow(workflow: &Workflow) -> WorkflowView<'_> {
    WorkflowView {
        slug: &workflow.slug,
        name: &workflow.name,
        description: &workflow.description,
        slices: workflow.slices.iter().map(|slice| &slice.slug).collect(),
        relationships: workflow
            .slices
            .iter()
            .map(|slice| (&slice.slug, slice.relationship.as_str()))
            .collect(),
        transitions: workflow
            .transitions
            .iter()
            .map(|one| transition(one))
            .collect(),
        exit_targets: workflow.exit_targets(),
        outcomes: values(&workflow.outcomes),
        command_errors: values(&workflow.command_errors),
        owned_definitions: values(&workflow.owned_definitions),
        transition_evidences: workflow
            .transition_evidences
            .iter()
            .map(|one| evidence(one))
            .collect(),
        requires_entry_lifecycle_coverage: workflow.requires_entry_lifecycle_coverage,
        entry_lifecycle_states: values(&workflow.entry_lifecycle_states),
    }
}

fn transition(transition: &Transition) -> TransitionView<'_> {
    TransitionView {
        from: &transition.source,
        to: transition.target.slug(),
        kind: transition.kind,
        name: &transition.name,
        source_control: transition.source_control.as_ref(),
        target_view: transition.target_view.as_ref(),
        reason: transition.reason.as_ref(),
        payload_contract: transition.payload_contract.as_ref(),
    }
}

fn evidence(evidence: &TransitionEvidence) -> EvidenceView<'_> {
    EvidenceView {
        from: &evidence.from,
        to: &evidence.to,
        kind: evidence.via,
        name: &evidence.name,
        source_control: evidence.source_control.as_ref(),
        target_view: evidence.target_view.as_ref(),
        source_evidence: &evidence.source_evidence,
        target_evidence: &evidence.target_evidence,
    }
}

fn slice_view<'a>(workflow: &'a Workflow, slice: &'a Slice) -> SliceView<'a> {
    SliceView {
        slug: &slice.slug,
        workflow: &workflow.slug,
        name: &slice.name,
        kind: slice.kind,
        description: &slice.description,
        relationship: slice.relationship.as_str(),
        facts: facts(slice),
    }
}

fn facts(slice: &Slice) -> FactsView<'_> {
    let scenarios = |kind: ScenarioKind| {
        values(&slice.scenarios)
            .into_iter()
            .filter(|scenario| scenario.kind == kind)
            .collect()
    };
    FactsView {
        acceptance_scenarios: scenarios(ScenarioKind::Acceptance),
        contract_scenarios: scenarios(ScenarioKind::Contract),
        outcomes: values(&slice.outcomes),
        external_payloads: slice.payloads().iter().map(payload).collect(),
        streams: slice.streams(),
        events: slice.events().iter().map(event).collect(),
        commands: slice.commands().into_iter().map(command).collect(),
        read_models: slice.projections().iter().map(read_model).collect(),
        views: slice.screens().into_iter().map(screen).collect(),
        translations: values(&slice.translations),
        automations: values(&slice.automations),
        data_flows: values(&slice.data_flows),
        board_elements: values(&slice.board_elements),
        board_connections: values(&slice.board_connections),
        referenced_commands: slice.referenced_commands(),
    }
}

fn payload<'a>(payload: &Payload<'a>) -> PayloadView<'a> {
    PayloadView {
        name: payload.name,
        fields: parts(&payload.fields)
            .into_iter()
            .map(|field| PayloadFieldView {
                name: &field.field,
                provenance: &field.field_provenance,
                bit_encoding: &field.bit_encoding,
            })
            .collect(),
    }
}

fn event<'a>(event: &Event<'a>) -> EventView<'a> {
    EventView {
        name: event.name,
        stream: event.stream,
        observed: event.observed,
        shared: event.shared,
        attributes: parts(&event.attributes),
    }
}

fn command(command: Command<'_>) -> CommandView<'_> {
    CommandView {
        name: command.name,
        inputs: parts(&command.inputs),
        emitted_events: command.emitted_events,
        observed_streams: command.observed_streams,
        errors: command.errors,
        singleton: command.repeat.is_some(),
        singleton_repeat_behavior: command.repeat,
    }
}

fn read_model<'a>(projection: &Projection<'a>) -> ReadModelView<'a> {
    let first = projection.first;
    ReadModelView {
        name: projection.name,
        fields: parts(&projection.fields),
        transitive: first.transitive,
        relationship_fields: &first.relationship_fields,
        transitive_rule: first.transitive_rule.as_ref(),
        example_scenario: first.example_scenario.as_ref(),
    }
}

fn screen(screen: Screen<'_>) -> ScreenView<'_> {
    ScreenView {
        name: screen.name,
        read_models: screen.read_models,
        fields: parts(&screen.fields),
        controls: parts(&screen.controls),
        sketch_tokens: screen.sketch_tokens,
        local_states: screen.local_states,
        filters: screen.filters,
    }
}
