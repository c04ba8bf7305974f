//! The page of a workflow.

use std::collections::BTreeMap;

use super::{
    escape::{label, name, text, word},
    page::Page,
    slice,
};
use crate::{
    artifact::stem::stem,
    event::vocabulary::SliceKind,
    model::{Relationship, Transition, TransitionTarget, Workflow},
};

/// The most transitions a chart shows: more can neither be read nor rendered.
const MOST_ARROWS: usize = 200;

/// Purpose, steps, transitions and what else the workflow says; then its slices.
pub(super) fn page(workflow: &Workflow) -> String {
    let mut page = Page::default();
    page.heading(1, &text(&workflow.name));
    page.paragraph(&format!(
        "{}: {}",
        name(&workflow.slug),
        text(&workflow.description)
    ));
    steps(&mut page, workflow);
    transitions(&mut page, workflow);
    lifecycle(&mut page, workflow);
    results(&mut page, workflow);
    owned(&mut page, workflow);
    for slice in &workflow.slices {
        slice::section(&mut page, slice);
    }
    page.finish()
}

fn steps(page: &mut Page, workflow: &Workflow) {
    page.heading(2, "Steps");
    if workflow.slices.is_empty() {
        page.paragraph("No steps yet.");
        return;
    }
    page.head(&["Step", "Name", "Kind", "Part"]);
    for slice in &workflow.slices {
        let (slug, own) = (name(&slice.slug), text(&slice.name));
        page.row(&[
            &slug,
            &own,
            slice::kind(slice.kind),
            slice.relationship.as_str(),
        ]);
    }
    if !workflow.transitions.is_empty() && workflow.transitions.len() <= MOST_ARROWS {
        page.chart(&chart(workflow));
    }
}

/// The steps and the transitions between them. The names of the nodes come
/// from the slugs, so that a new step changes no other line.
fn chart(workflow: &Workflow) -> Vec<String> {
    let mut nodes: BTreeMap<String, String> = BTreeMap::new();
    let mut lines = vec!["flowchart TD".to_owned()];
    for slice in &workflow.slices {
        let (id, shown) = (step_node(&slice.slug), label(&slice.slug));
        let shape = match (slice.relationship, slice.kind) {
            (Relationship::Entry, _) => format!("([\"{shown}\"])"),
            (_, SliceKind::StateView) => format!("(\"{shown}\")"),
            (_, SliceKind::Automation | SliceKind::Translation) => format!("[[\"{shown}\"]]"),
            (_, SliceKind::StateChange) => format!("[\"{shown}\"]"),
        };
        if nodes.insert(id.clone(), shape.clone()).is_none() {
            lines.push(format!("  {id}{shape}"));
        }
    }
    let mut arrows = Vec::new();
    for transition in &workflow.transitions {
        let transition = &transition.value;
        let to = match &transition.target {
            TransitionTarget::Slice(slug) => step_node(slug),
            TransitionTarget::Workflow(slug) => format!("w_{}", stem(slug)),
        };
        let from = step_node(&transition.source);
        for (id, slug) in [(&from, &transition.source), (&to, transition.target.slug())] {
            if !nodes.contains_key(id) {
                let shape = format!("{{{{\"{}\"}}}}", label(slug));
                lines.push(format!("  {id}{shape}"));
                nodes.insert(id.clone(), shape);
            }
        }
        let by = format!(
            "{} {}",
            label(&word(transition.kind.via())),
            label(&transition.name)
        );
        arrows.push(format!("  {from} -->|\"{by}\"| {to}"));
    }
    lines.extend(arrows);
    lines
}

fn step_node(slug: &str) -> String {
    format!("s_{}", stem(slug))
}

fn transitions(page: &mut Page, workflow: &Workflow) {
    if !workflow.transitions.is_empty() {
        page.heading(2, "Transitions");
    }
    for transition in &workflow.transitions {
        self::transition(page, &transition.value);
    }
    if !workflow.transition_evidences.is_empty() {
        page.heading(2, "Evidence of transitions");
    }
    for evidence in &workflow.transition_evidences {
        let (from, to) = (name(&evidence.from), name(&evidence.to));
        page.item(
            0,
            &format!(
                "{from} → {to}: {} {}",
                word(evidence.via),
                name(&evidence.name)
            ),
        );
        page.item(1, &format!("source: {}", text(&evidence.source_evidence)));
        page.item(1, &format!("target: {}", text(&evidence.target_evidence)));
        if let (Some(control), Some(view)) = (&evidence.source_control, &evidence.target_view) {
            page.item(
                1,
                &format!("control {} leads to view {}", name(control), name(view)),
            );
        }
    }
}

fn transition(page: &mut Page, transition: &Transition) {
    let (from, by) = (name(&transition.source), name(&transition.name));
    let to = match &transition.target {
        TransitionTarget::Slice(slug) => name(slug),
        TransitionTarget::Workflow(slug) => format!("workflow {}", name(slug)),
    };
    page.item(
        0,
        &format!("{from} → {to}: {} {by}", word(transition.kind.via())),
    );
    if let Some(contract) = &transition.payload_contract {
        page.item(1, &format!("with payload {}", name(contract)));
    }
    if let Some(reason) = &transition.reason {
        page.item(1, &format!("because: {}", text(reason)));
    }
    if let (Some(control), Some(view)) = (&transition.source_control, &transition.target_view) {
        page.item(
            1,
            &format!("control {} leads to view {}", name(control), name(view)),
        );
    }
}

fn lifecycle(page: &mut Page, workflow: &Workflow) {
    let required = workflow.requires_entry_lifecycle_coverage;
    if !required && workflow.entry_lifecycle_states.is_empty() {
        return;
    }
    page.heading(2, "Where somebody arrives");
    if required {
        page.item(0, "every state of the application needs a step");
    }
    for entry in &workflow.entry_lifecycle_states {
        let (state, step) = (word(entry.state), name(&entry.step));
        page.item(0, &format!("{state} → {step}: {}", text(&entry.evidence)));
    }
}

fn results(page: &mut Page, workflow: &Workflow) {
    if !workflow.outcomes.is_empty() || !workflow.command_errors.is_empty() {
        page.heading(2, "Outcomes and errors");
    }
    for outcome in &workflow.outcomes {
        let (step, own) = (name(&outcome.source_slice), name(&outcome.label));
        let relevant = if outcome.externally_relevant {
            ", matters outside"
        } else {
            ""
        };
        page.item(0, &format!("outcome {own} of {step}{relevant}"));
    }
    for error in &workflow.command_errors {
        let (step, command, own) = (
            name(&error.source_slice),
            name(&error.command),
            name(&error.error),
        );
        page.item(0, &format!("error {own} of {command} in {step}"));
    }
}

fn owned(page: &mut Page, workflow: &Workflow) {
    if !workflow.owned_definitions.is_empty() {
        page.heading(2, "Who owns what");
    }
    for owned in &workflow.owned_definitions {
        let (step, kind, own) = (
            name(&owned.source_slice),
            word(owned.definition_kind),
            name(&owned.definition_name),
        );
        let parts = [
            Some(format!("{step}: {kind} {own}")),
            owned.event_participation.map(|part| part.to_string()),
            owned
                .definition_stream
                .as_deref()
                .map(|stream| format!("stream {}", name(stream))),
            owned.view_role.map(|role| role.to_string()),
        ];
        let line = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let line = match &owned.source_provenance {
            Some(provenance) => format!("{line}: {}", text(provenance)),
            None => line,
        };
        page.item(0, &line);
    }
}
