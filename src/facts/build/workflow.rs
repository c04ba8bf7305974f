//! Workflows and the project.

use crate::{
    event::{
        self, OwnedDefinition, Text,
        vocabulary::{ConnectionKind, EventParticipation, OwnedDefinitionKind, TransitionKind},
    },
    facts::{
        Arrival, Claim, Evidence, Owned, Project, Slice, Step, Target, Transition, Trigger,
        Workflow,
    },
    model::{self, Model, Relationship, TransitionTarget},
};

impl<'a> Project<'a> {
    /// What the model says; `unnamed` is the name of a project that nobody has
    /// named yet.
    pub fn of(model: &'a Model, unnamed: &'a str) -> Self {
        let workflows = model.workflows.iter().map(Workflow::of).collect();
        Self::with(model, unnamed, workflows)
    }

    /// As [`Project::of`], with what its workflows say, in their order.
    pub fn with(model: &'a Model, unnamed: &'a str, workflows: Vec<Workflow<'a>>) -> Self {
        Self {
            name: Self::name_of(model, unnamed),
            workflows,
        }
    }

    /// The name alone.
    pub fn name_of(model: &'a Model, unnamed: &'a str) -> &'a str {
        let name = model.project.as_ref();
        name.map_or(unnamed, |name| name.value.as_str())
    }
}

impl<'a> Workflow<'a> {
    /// What a workflow of the model says, with its slices.
    pub fn of(workflow: &'a model::Workflow) -> Self {
        let slices = workflow.slices.iter();
        let transitions = workflow.transitions.iter().map(|one| &one.value);
        let evidences = workflow.transition_evidences.iter().map(|one| &one.value);
        let arrivals = workflow.entry_lifecycle_states.iter().map(|one| &one.value);
        Self {
            slug: &workflow.slug,
            title: &workflow.name,
            purpose: &workflow.description,
            steps: slices
                .map(|slice| Step {
                    entry: slice.relationship == Relationship::Entry,
                    slice: Slice::of(slice),
                })
                .collect(),
            transitions: transitions.map(Transition::of).collect(),
            entries: entries(workflow),
            claims: claims(workflow),
            evidences: evidences.map(Evidence::of).collect(),
            arrivals_needed: workflow.requires_entry_lifecycle_coverage,
            arrivals: arrivals
                .map(|arrival| Arrival {
                    state: arrival.state,
                    step: &arrival.step,
                    evidence: &arrival.evidence,
                })
                .collect(),
        }
    }
}

impl<'a> Transition<'a> {
    fn of(transition: &'a model::Transition) -> Self {
        Self {
            source: &transition.source,
            target: match &transition.target {
                TransitionTarget::Slice(slug) => Target::Step(slug),
                TransitionTarget::Workflow(slug) => Target::Exit(slug),
            },
            trigger: trigger(
                transition.kind,
                &transition.name,
                transition.payload_contract.as_deref(),
                transition.source_control.as_deref(),
                transition.target_view.as_deref(),
            ),
            reason: transition.reason.as_deref(),
        }
    }
}

impl<'a> Evidence<'a> {
    fn of(evidence: &'a event::TransitionEvidence) -> Self {
        Self {
            source: &evidence.from,
            target: if evidence.via.exits() {
                Target::Exit(&evidence.to)
            } else {
                Target::Step(&evidence.to)
            },
            // Evidence names no payload contract.
            trigger: trigger(
                evidence.via,
                &evidence.name,
                None,
                evidence.source_control.as_deref(),
                evidence.target_view.as_deref(),
            ),
            at_source: &evidence.source_evidence,
            at_target: &evidence.target_evidence,
        }
    }
}

fn trigger<'a>(
    kind: TransitionKind,
    name: &'a Text,
    payload: Option<&'a str>,
    control: Option<&'a str>,
    view: Option<&'a str>,
) -> Trigger<'a> {
    match kind.via() {
        ConnectionKind::Command => Trigger::Command(name),
        ConnectionKind::Event => Trigger::Event(name),
        ConnectionKind::Outcome => Trigger::Outcome(name),
        ConnectionKind::ExternalTrigger => Trigger::External { name, payload },
        ConnectionKind::Navigation => Trigger::Navigation {
            name,
            control,
            view,
        },
    }
}

/// The views that are said to be an entry.
fn entries(workflow: &model::Workflow) -> Vec<(&str, &str)> {
    let definitions = workflow.owned_definitions.iter().map(|one| &one.value);
    definitions
        .filter(|definition| {
            definition.view_role.is_some()
                && definition.definition_kind == OwnedDefinitionKind::View
        })
        .map(|view| (view.source_slice.as_str(), view.definition_name.as_str()))
        .collect()
}

/// What is owned, then the outcomes, then the errors.
fn claims(workflow: &model::Workflow) -> Vec<Claim<'_>> {
    let owned = workflow.owned_definitions.iter().map(|one| Claim::Owns {
        slice: &one.value.source_slice,
        what: owned(&one.value),
        name: &one.value.definition_name,
    });
    let outcomes = workflow.outcomes.iter().map(|one| Claim::Outcome {
        slice: &one.value.source_slice,
        label: &one.value.label,
        external: one.value.externally_relevant,
    });
    let errors = workflow.command_errors.iter().map(|one| Claim::Error {
        slice: &one.value.source_slice,
        command: &one.value.command,
        error: &one.value.error,
    });
    owned.chain(outcomes).chain(errors).collect()
}

fn owned(definition: &OwnedDefinition) -> Owned<'_> {
    let stream = definition.definition_stream.as_deref();
    match definition.definition_kind {
        OwnedDefinitionKind::Command => Owned::Command,
        OwnedDefinitionKind::View => Owned::View,
        OwnedDefinitionKind::Control => Owned::Control,
        OwnedDefinitionKind::ReadModel => Owned::ReadModel,
        OwnedDefinitionKind::Outcome => Owned::Outcome,
        OwnedDefinitionKind::Error => Owned::Error,
        OwnedDefinitionKind::Automation => Owned::Automation,
        OwnedDefinitionKind::Translation => Owned::Translation,
        OwnedDefinitionKind::ExternalPayload => Owned::Payload(stream),
        OwnedDefinitionKind::Event => match definition.event_participation {
            Some(EventParticipation::Emitted) => Owned::Emitted(stream),
            Some(EventParticipation::Observed) => Owned::Observed(stream),
            None => Owned::Event(stream),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{element, empty, text};
    use super::*;
    use crate::model::{Origin, Recorded};

    fn workflow() -> model::Workflow {
        model::Workflow {
            origin: Origin(0),
            slug: text("repair"),
            name: text("Repair"),
            description: text("A device is repaired."),
            slices: vec![empty()],
            transitions: Vec::new(),
            outcomes: Vec::new(),
            command_errors: Vec::new(),
            owned_definitions: Vec::new(),
            transition_evidences: Vec::new(),
            requires_entry_lifecycle_coverage: false,
            entry_lifecycle_states: Vec::new(),
        }
    }

    #[test]
    fn a_workflow_says_what_its_slices_own() {
        let mut workflow = workflow();
        for (kind, name, role) in [
            ("view", "form", Some("entry")),
            ("view", "list", None),
            ("event", "Opened", None),
        ] {
            workflow.owned_definitions.push(element(json!({
            "source_slice": "intake", "definition_kind": kind, "definition_name": name, "view_role": role,
        })));
        }
        workflow.transition_evidences.push(element(json!({
            "from": "intake", "to": "shop", "via": "workflow_exit:navigation", "name": "Buy",
            "source_evidence": "The button.", "target_evidence": "The shop.",
            "source_control": "buy", "target_view": "basket",
        })));
        let facts = Workflow::of(&workflow);
        assert_eq!(facts.entries, [("intake", "form")]);
        assert_eq!(facts.claims.len(), 3);
        assert!(matches!(
            facts.claims.last(),
            Some(Claim::Owns {
                what: Owned::Event(None),
                ..
            })
        ));
        let [evidence] = facts.evidences.as_slice() else {
            panic!("one: {:?}", facts.evidences);
        };
        assert_eq!(evidence.target, Target::Exit("shop"));
        assert_eq!(
            evidence.trigger,
            Trigger::Navigation {
                name: "Buy",
                control: Some("buy"),
                view: Some("basket"),
            }
        );
        assert!(facts.steps.iter().all(|step| step.entry));
    }

    #[test]
    fn a_project_that_nobody_has_named_has_the_name_it_is_given() {
        let mut model = Model::default();
        assert_eq!(Project::of(&model, "Desk").name, "Desk");
        model.project = Some(Recorded {
            origin: Origin(0),
            value: text("Repair desk"),
        });
        assert_eq!(Project::of(&model, "Desk").name, "Repair desk");
    }
}
