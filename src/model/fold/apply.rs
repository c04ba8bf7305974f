//! What each event does to the model.

use super::{
    Fold, RefusalReason,
    transition::{addressed, evidence, shown, transition},
};
use crate::{
    event::{BoardConnection, EmcEvent, SliceFact, Text, View},
    model::{Origin, Recorded, Relationship, ReviewState, Slice, Workflow},
};

type Change = Result<(), RefusalReason>;

impl Fold {
    #[allow(clippy::too_many_lines)] // One arm for each event.
    pub(super) fn change(&mut self, origin: Origin, event: &EmcEvent) -> Change {
        use EmcEvent as E;
        if self.model.project.is_none()
            && !matches!(
                event,
                // These say nothing of the model.
                E::ProjectInitialized { .. }
                    | E::ConflictResolved { .. }
                    | E::WorkflowReadinessDeclared(_)
            )
        {
            return Err(RefusalReason::BeforeProject);
        }
        match event {
            E::ProjectInitialized { name } => {
                self.model.project = Some(recorded(origin, name));
            }
            E::ReviewRecorded(review) => {
                self.workflow(&review.workflow)?;
                if review.result() == ReviewState::Clean {
                    self.model
                        .clean_reviews
                        .insert(review.workflow.clone(), recorded(origin, &()));
                }
                self.model
                    .reviews
                    .insert(review.workflow.clone(), recorded(origin, review));
            }
            E::WorkflowReadinessDeclared(readiness) => {
                self.model
                    .readiness
                    .insert(readiness.workflow.clone(), recorded(origin, readiness));
            }
            E::ConflictResolved { .. } => {}

            E::WorkflowAdded {
                slug,
                name,
                description,
            } => {
                self.index.add_workflow(slug);
                self.model
                    .workflows
                    .push(new_workflow(origin, slug, name, description));
            }
            E::WorkflowUpdated {
                slug,
                name,
                description,
            } => {
                let workflow = self.workflow(slug)?;
                workflow.origin = origin;
                workflow.name = name.clone();
                workflow.description = description.clone();
            }
            E::WorkflowRemoved { slug } => self.index.remove_workflow(&mut self.model, slug),

            E::WorkflowConnected {
                workflow,
                connection,
            } => {
                let transitions = &mut self.workflow(workflow)?.transitions;
                let new = transition(workflow, connection)?;
                add(transitions, origin, &new);
            }
            E::WorkflowTransitionUpdated { workflow, old, new } => {
                let transitions = &mut self.workflow(workflow)?.transitions;
                if !transitions.iter().any(|one| addressed(one, old)) {
                    return Err(RefusalReason::UnknownTransition {
                        workflow: workflow.clone(),
                        transition: shown(old),
                    });
                }
                let new = transition(workflow, new)?;
                replace(transitions, origin, &new, |one| addressed(one, old));
            }
            E::WorkflowTransitionRemoved { workflow, old } => {
                let transitions = &mut self.workflow(workflow)?.transitions;
                transitions.retain(|one| !addressed(one, old));
            }
            E::WorkflowOutcomeAdded { workflow, new } => {
                add(&mut self.workflow(workflow)?.outcomes, origin, new);
            }
            E::WorkflowOutcomeUpdated { workflow, old, new } => {
                let outcomes = &mut self.workflow(workflow)?.outcomes;
                replace(outcomes, origin, new, |one| one == old);
            }
            E::WorkflowOutcomeRemoved { workflow, old } => {
                remove(&mut self.workflow(workflow)?.outcomes, |one| one == old);
            }
            E::WorkflowCommandErrorAdded { workflow, new } => {
                add(&mut self.workflow(workflow)?.command_errors, origin, new);
            }
            E::WorkflowCommandErrorUpdated { workflow, old, new } => {
                let errors = &mut self.workflow(workflow)?.command_errors;
                replace(errors, origin, new, |one| one == old);
            }
            E::WorkflowCommandErrorRemoved { workflow, old } => {
                let errors = &mut self.workflow(workflow)?.command_errors;
                remove(errors, |one| one == old);
            }
            E::WorkflowOwnedDefinitionAdded { workflow, new } => {
                add(&mut self.workflow(workflow)?.owned_definitions, origin, new);
            }
            E::WorkflowOwnedDefinitionUpdated { workflow, old, new } => {
                let definitions = &mut self.workflow(workflow)?.owned_definitions;
                replace(definitions, origin, new, |one| one == old);
            }
            E::WorkflowOwnedDefinitionRemoved { workflow, old } => {
                let definitions = &mut self.workflow(workflow)?.owned_definitions;
                remove(definitions, |one| one == old);
            }
            E::WorkflowTransitionEvidenceAdded { workflow, new } => {
                let evidences = &mut self.workflow(workflow)?.transition_evidences;
                add(evidences, origin, &evidence(new));
            }
            E::WorkflowTransitionEvidenceUpdated { workflow, old, new } => {
                let evidences = &mut self.workflow(workflow)?.transition_evidences;
                let old = evidence(old);
                replace(evidences, origin, &evidence(new), |one| *one == old);
            }
            E::WorkflowTransitionEvidenceRemoved { workflow, old } => {
                let old = evidence(old);
                let evidences = &mut self.workflow(workflow)?.transition_evidences;
                remove(evidences, |one| *one == old);
            }
            E::WorkflowEntryLifecycleCoverageRequired { workflow } => {
                self.workflow(workflow)?.requires_entry_lifecycle_coverage = true;
            }
            E::WorkflowEntryLifecycleCoverageRemoved { workflow } => {
                self.workflow(workflow)?.requires_entry_lifecycle_coverage = false;
            }
            E::WorkflowEntryLifecycleStateAdded { workflow, new } => {
                let states = &mut self.workflow(workflow)?.entry_lifecycle_states;
                add(states, origin, new);
            }
            E::WorkflowEntryLifecycleStateUpdated { workflow, old, new } => {
                let states = &mut self.workflow(workflow)?.entry_lifecycle_states;
                replace(states, origin, new, |one| one == old);
            }
            E::WorkflowEntryLifecycleStateRemoved { workflow, old } => {
                let states = &mut self.workflow(workflow)?.entry_lifecycle_states;
                remove(states, |one| one == old);
            }

            E::SliceAdded {
                workflow,
                slug,
                name,
                kind,
                description,
            } => {
                let (slug, name) = (slug.clone(), name.clone());
                let slice = Slice::new(origin, slug, name, *kind, description.clone());
                self.add_slice(workflow, slice)?;
            }
            E::SliceUpdated {
                slug,
                name,
                kind,
                description,
            } => {
                let slice = self.slice(slug)?;
                slice.origin = origin;
                slice.name = name.clone();
                slice.kind = *kind;
                slice.description = description.clone();
            }
            E::SliceRemoved { slug } => self.remove_slice(slug),
            E::SliceFactAdded { slice, fact } => self.add_fact(slice, origin, fact.clone())?,

            E::SliceScenarioUpdated { slice, new } => {
                let facts = &mut self.slice(slice)?.scenarios;
                replace(facts, origin, new, |fact| fact.name == new.name);
            }
            E::SliceScenarioRemoved { slice, name } => {
                remove(&mut self.slice(slice)?.scenarios, |fact| fact.name == *name);
            }
            E::SliceOutcomeDefinitionUpdated { slice, new } => {
                let facts = &mut self.slice(slice)?.outcomes;
                replace(facts, origin, new, |fact| fact.label == new.label);
            }
            E::SliceOutcomeDefinitionRemoved { slice, label } => {
                let facts = &mut self.slice(slice)?.outcomes;
                remove(facts, |fact| fact.label == *label);
            }
            E::SliceExternalPayloadDefinitionUpdated { slice, new } => {
                let facts = &mut self.slice(slice)?.external_payloads;
                replace(facts, origin, new, |fact| {
                    fact.name == new.name && fact.field == new.field
                });
            }
            E::SliceExternalPayloadDefinitionRemoved { slice, name, field } => {
                let facts = &mut self.slice(slice)?.external_payloads;
                remove(facts, |fact| fact.name == *name && fact.field == *field);
            }
            E::SliceEventDefinitionUpdated { slice, new } => {
                let facts = &mut self.slice(slice)?.event_definitions;
                replace(facts, origin, new, |fact| fact.name == new.name);
            }
            E::SliceEventDefinitionRemoved { slice, name } => {
                let facts = &mut self.slice(slice)?.event_definitions;
                remove(facts, |fact| fact.name == *name);
            }
            E::SliceCommandDefinitionUpdated { slice, new } => {
                let facts = &mut self.slice(slice)?.command_definitions;
                replace(facts, origin, new, |fact| fact.name == new.name);
            }
            E::SliceCommandDefinitionRemoved { slice, name } => {
                let facts = &mut self.slice(slice)?.command_definitions;
                remove(facts, |fact| fact.name == *name);
            }
            E::SliceReadModelDefinitionUpdated { slice, new } => {
                let facts = &mut self.slice(slice)?.read_models;
                replace(facts, origin, new, |fact| fact.name == new.name);
            }
            E::SliceReadModelDefinitionRemoved { slice, name } => {
                let facts = &mut self.slice(slice)?.read_models;
                remove(facts, |fact| fact.name == *name);
            }
            E::SliceViewDefinitionUpdated { slice, new } => {
                let slice = self.slice(slice)?;
                slice.controls_written.forget(&new.name, None);
                replace(&mut slice.views, origin, new, |fact| fact.name == new.name);
            }
            E::SliceViewDefinitionRemoved { slice, name } => {
                let slice = self.slice(slice)?;
                slice.controls_written.forget(name, None);
                remove(&mut slice.views, |fact| fact.name == *name);
            }
            E::SliceViewControlUpdated {
                slice,
                view,
                control,
            } => {
                let controls = &mut self.first_view(slice, view)?.value.controls;
                controls.retain(|other| other.name != control.name);
                controls.push(control.clone());
                let written = &mut self.slice(slice)?.controls_written;
                written.set(view, &control.name, origin);
            }
            E::SliceViewControlRemoved { slice, view, name } => {
                let controls = &mut self.first_view(slice, view)?.value.controls;
                controls.retain(|control| control.name != *name);
                let written = &mut self.slice(slice)?.controls_written;
                written.forget(view, Some(name));
            }
            E::SliceTranslationDefinitionUpdated { slice, new } => {
                let facts = &mut self.slice(slice)?.translations;
                replace(facts, origin, new, |fact| fact.name == new.name);
            }
            E::SliceTranslationDefinitionRemoved { slice, name } => {
                let facts = &mut self.slice(slice)?.translations;
                remove(facts, |fact| fact.name == *name);
            }
            E::SliceAutomationDefinitionUpdated { slice, new } => {
                let facts = &mut self.slice(slice)?.automations;
                replace(facts, origin, new, |fact| fact.name == new.name);
            }
            E::SliceAutomationDefinitionRemoved { slice, name } => {
                let facts = &mut self.slice(slice)?.automations;
                remove(facts, |fact| fact.name == *name);
            }
            E::SliceBoardElementUpdated { slice, new } => {
                let facts = &mut self.slice(slice)?.board_elements;
                replace(facts, origin, new, |fact| fact.name == new.name);
            }
            E::SliceBoardElementRemoved { slice, name } => {
                let facts = &mut self.slice(slice)?.board_elements;
                remove(facts, |fact| fact.name == *name);
            }
            E::SliceBoardConnectionUpdated { slice, old, new } => {
                let facts = &mut self.slice(slice)?.board_connections;
                replace(facts, origin, new, |fact| fact == old);
            }
            E::SliceBoardConnectionRemoved { slice, old } => {
                let facts = &mut self.slice(slice)?.board_connections;
                remove(facts, |fact: &BoardConnection| fact == old);
            }
            E::SliceBitLevelDataFlowUpdated { slice, old, new } => {
                let facts = &mut self.slice(slice)?.data_flows;
                replace(facts, origin, new, |fact| fact == old);
            }
            E::SliceBitLevelDataFlowRemoved { slice, old } => {
                remove(&mut self.slice(slice)?.data_flows, |fact| fact == old);
            }
        }
        Ok(())
    }

    pub(super) fn add_fact(&mut self, slice: &Text, origin: Origin, fact: SliceFact) -> Change {
        let slice = self.slice(slice)?;
        match fact {
            SliceFact::Scenario(new) => push(&mut slice.scenarios, origin, new),
            SliceFact::Outcome(new) => push(&mut slice.outcomes, origin, new),
            SliceFact::ExternalPayload(new) => push(&mut slice.external_payloads, origin, new),
            SliceFact::EventDefinition(new) => push(&mut slice.event_definitions, origin, new),
            SliceFact::CommandDefinition(new) => push(&mut slice.command_definitions, origin, new),
            SliceFact::ReadModel(new) => push(&mut slice.read_models, origin, new),
            SliceFact::View(new) => push(&mut slice.views, origin, new),
            SliceFact::Translation(new) => push(&mut slice.translations, origin, new),
            SliceFact::Automation(new) => push(&mut slice.automations, origin, new),
            SliceFact::DataFlow(new) => push(&mut slice.data_flows, origin, new),
            SliceFact::BoardElement(new) => push(&mut slice.board_elements, origin, new),
            SliceFact::BoardConnection(new) => push(&mut slice.board_connections, origin, new),
        }
        Ok(())
    }

    fn workflow(&mut self, slug: &Text) -> Result<&mut Workflow, RefusalReason> {
        self.index
            .workflow(&mut self.model, slug)
            .ok_or_else(|| RefusalReason::UnknownWorkflow(slug.clone()))
    }

    fn slice(&mut self, slug: &Text) -> Result<&mut Slice, RefusalReason> {
        self.index
            .slice(&mut self.model, slug)
            .ok_or_else(|| RefusalReason::UnknownSlice(slug.clone()))
    }

    fn first_view(
        &mut self,
        slice: &Text,
        view: &Text,
    ) -> Result<&mut Recorded<View>, RefusalReason> {
        let unknown = || RefusalReason::UnknownView {
            slice: slice.clone(),
            view: view.clone(),
        };
        let views = &mut self.slice(slice)?.views;
        views
            .iter_mut()
            .find(|fact| fact.value.name == *view)
            .ok_or_else(unknown)
    }

    fn add_slice(&mut self, workflow: &Text, mut slice: Slice) -> Change {
        let unknown = || RefusalReason::UnknownWorkflow(workflow.clone());
        let at = self.index.workflow_at(workflow).ok_or_else(unknown)?;
        let slices = &mut self.workflow(workflow)?.slices;
        let (slug, place) = (slice.slug.clone(), (at, slices.len()));
        if self.index.slices_of(at) == 0 {
            slice.relationship = Relationship::Entry;
        }
        self.workflow(workflow)?.slices.push(slice);
        self.index.add_slice(&slug, place);
        Ok(())
    }

    fn remove_slice(&mut self, slug: &Text) {
        if self.index.remove_slices(&mut self.model, slug) {
            for workflow in &mut self.model.workflows {
                workflow
                    .transitions
                    .retain(|one| one.source != *slug && one.target.slug() != slug);
            }
        }
    }
}

fn recorded<T: Clone>(origin: Origin, value: &T) -> Recorded<T> {
    Recorded {
        origin,
        value: value.clone(),
    }
}

fn add<T: Clone>(facts: &mut Vec<Recorded<T>>, origin: Origin, new: &T) {
    push(facts, origin, new.clone());
}

fn push<T>(facts: &mut Vec<Recorded<T>>, origin: Origin, value: T) {
    if facts.is_empty() {
        // Most slices have one of a kind, and it is large: `Vec` makes room for four.
        facts.reserve_exact(1);
    }
    facts.push(Recorded { origin, value });
}

fn remove<T>(facts: &mut Vec<Recorded<T>>, meant: impl Fn(&T) -> bool) {
    facts.retain(|fact| !meant(&fact.value));
}

fn replace<T: Clone>(
    facts: &mut Vec<Recorded<T>>,
    origin: Origin,
    new: &T,
    meant: impl Fn(&T) -> bool,
) {
    remove(facts, meant);
    add(facts, origin, new);
}

fn new_workflow(origin: Origin, slug: &Text, name: &Text, description: &Text) -> Workflow {
    Workflow {
        origin,
        slug: slug.clone(),
        name: name.clone(),
        description: description.clone(),
        slices: Vec::new(),
        transitions: Vec::new(),
        outcomes: Vec::new(),
        command_errors: Vec::new(),
        owned_definitions: Vec::new(),
        transition_evidences: Vec::new(),
        requires_entry_lifecycle_coverage: false,
        entry_lifecycle_states: Vec::new(),
    }
}
