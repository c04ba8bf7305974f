//! The module of one workflow. It depends on the workflow and on the names of
//! its slices' modules.

use crate::{
    event::{
        OwnedDefinition, Text,
        vocabulary::{
            ConnectionKind, EventParticipation, LifecycleState, OwnedDefinitionKind, TransitionKind,
        },
    },
    model::{Relationship, Transition, TransitionTarget, Workflow},
};

use super::{Enforcement, code::Code};

/// What a certified workflow gives those who import it.
const BOUGHT: &str = "
/-- Every step can be reached from the entry. -/
theorem reachable : ∀ st, st ∈ workflow.steps → Reachable workflow st.slice.slug :=
  certified.reachable

/-- Every event that a command emits is declared in the slice of the command. -/
theorem emitted_declared : ∀ s, s ∈ workflow.slices → ∀ c, c ∈ s.commands → ∀ n, n ∈ c.emits →
    ∃ e, e ∈ s.events ∧ e.name = n :=
  slices_certified.emitted_declared

/-- Every error of a command is handled where the command is issued. -/
theorem errors_handled : ∀ s, s ∈ workflow.slices →
    (∀ v, v ∈ s.views → ∀ k, k ∈ v.controls → ∀ c, workflow.command? k.command = some c →
      ∀ e, e ∈ c.errorNames → ∃ x, x ∈ k.handles ∧ e = x.error) ∧
    (∀ a, a ∈ s.automations → ∀ c, workflow.command? a.command = some c →
      ∀ e, e ∈ c.errorNames → e ∈ a.handles) :=
  certified.errors_handled

/-- A control that issues a command provides every input of it. -/
theorem control_complete : ∀ s, s ∈ workflow.slices → ∀ v, v ∈ s.views → ∀ k, k ∈ v.controls →
    k.navigates = false → ∃ c, workflow.command? k.command = some c ∧
    ∀ i, i ∈ c.inputs → WorkflowRules.Input.invoked i = true → ∃ p, p ∈ k.provides ∧ i.name = p.input :=
  certified.control_complete
";

/// The body of the module.
pub(super) fn body(
    root: &str,
    module: &str,
    slices: &[String],
    enforcement: Enforcement,
    workflow: &Workflow,
) -> String {
    let mut code = Code::new();
    code.raw("import Emc\n");
    for slice in slices {
        code.raw("import ")
            .raw(root)
            .raw(".Slices.")
            .raw(slice)
            .raw("\n");
    }
    code.raw("\n");
    if large(workflow) {
        code.raw("set_option maxRecDepth 16384\n\n");
    }
    code.raw("namespace ")
        .raw(root)
        .raw(".Workflows.")
        .raw(module);
    code.raw("\nopen Emc Data\n\nnoncomputable def workflow : Workflow where\n  slug :=")
        .id(&workflow.slug);
    code.raw("\n  title :=").txt(&workflow.name);
    code.raw("\n  purpose :=").txt(&workflow.description);
    code.raw("\n  steps := [\n");
    for (slice, name) in workflow.slices.iter().zip(slices) {
        code.raw(match slice.relationship {
            Relationship::Entry => "    entry Slices.",
            Relationship::Main => "    step Slices.",
        });
        code.raw(name).raw(".slice,\n");
    }
    code.raw("  ]\n");
    write_transitions(&mut code, workflow);
    write_claims(&mut code, workflow);
    code.raw(match enforcement {
        Enforcement::Deny => "\nemc_report workflow\n",
        Enforcement::Warn => "\nemc_advise workflow\n",
    });
    if enforcement == Enforcement::Deny {
        code.raw("\ntheorem certified : workflow.Clean := by emc_certify\n");
        code.raw("\n/-- The certificates of the slices. -/\n");
        code.raw("theorem slices_certified : AllClean workflow.slices :=\n  ");
        certificates(&mut code, slices, "Slices.", ".certified");
        code.raw(BOUGHT);
    }
    code.raw("\nend ")
        .raw(root)
        .raw(".Workflows.")
        .raw(module)
        .raw("\n");
    code.finish()
}

/// One proof for each module, in the form of the library's `All...`.
pub(super) fn certificates(code: &mut Code, modules: &[String], before: &str, after: &str) {
    if modules.is_empty() {
        code.raw("trivial\n");
        return;
    }
    code.raw("⟨");
    for module in modules {
        code.raw(before).raw(module).raw(after).raw(",\n   ");
    }
    code.raw("trivial⟩\n");
}

fn large(workflow: &Workflow) -> bool {
    [
        workflow.slices.len(),
        workflow.transitions.len(),
        workflow.outcomes.len() + workflow.command_errors.len() + workflow.owned_definitions.len(),
        workflow.transition_evidences.len(),
        workflow.entry_lifecycle_states.len(),
    ]
    .into_iter()
    .any(|count| count > 60)
}

fn write_transitions(code: &mut Code, workflow: &Workflow) {
    code.list_field(
        "  ",
        "transitions",
        &workflow.transitions,
        |code, transition| {
            code.raw(match transition.target {
                TransitionTarget::Slice(_) => "go",
                TransitionTarget::Workflow(_) => "leave",
            });
            code.id(&transition.source)
                .id(transition.target.slug())
                .raw(" (");
            write_trigger(code, &Trigger::of(transition));
            code.raw(")");
            if let Some(reason) = &transition.reason {
                code.raw(" (some").txt(reason).raw(")");
            }
        },
    );
    let entries: Vec<&OwnedDefinition> = workflow
        .owned_definitions
        .iter()
        .map(|definition| &definition.value)
        .filter(|definition| {
            definition.view_role.is_some()
                && definition.definition_kind == OwnedDefinitionKind::View
        })
        .collect();
    code.list_field("  ", "entries", &entries, |code, entry| {
        code.raw("(")
            .id(&entry.source_slice)
            .raw(",")
            .id(&entry.definition_name)
            .raw(")");
    });
    code.list_field(
        "  ",
        "evidences",
        &workflow.transition_evidences,
        |code, evidence| {
            code.raw("⟨").id(&evidence.from).raw(", ");
            code.raw(if evidence.via.exits() {
                ".exit"
            } else {
                ".step"
            });
            code.id(&evidence.to).raw(", ");
            write_trigger(
                code,
                &Trigger {
                    kind: evidence.via,
                    name: &evidence.name,
                    payload: None,
                    control: evidence.source_control.as_ref(),
                    view: evidence.target_view.as_ref(),
                },
            );
            code.raw(",")
                .txt(&evidence.source_evidence)
                .raw(",")
                .txt(&evidence.target_evidence)
                .raw("⟩");
        },
    );
    if workflow.requires_entry_lifecycle_coverage {
        code.raw("  arrivalsNeeded := true\n");
    }
    code.list_field(
        "  ",
        "arrivals",
        &workflow.entry_lifecycle_states,
        |code, arrival| {
            code.raw("arrive ").raw(match arrival.state {
                LifecycleState::FreshUninitialized => ".fresh",
                LifecycleState::InitializedUnauthenticated => ".unauthenticated",
                LifecycleState::InitializedAuthenticated => ".authenticated",
                LifecycleState::PartiallyConfigured => ".partlyConfigured",
                LifecycleState::FullyConfigured => ".configured",
            });
            code.id(&arrival.step).txt(&arrival.evidence);
        },
    );
}

/// What sets a transition off.
struct Trigger<'a> {
    kind: TransitionKind,
    name: &'a Text,
    payload: Option<&'a Text>,
    control: Option<&'a Text>,
    view: Option<&'a Text>,
}

impl<'a> Trigger<'a> {
    fn of(transition: &'a Transition) -> Self {
        Self {
            kind: transition.kind,
            name: &transition.name,
            payload: transition.payload_contract.as_ref(),
            control: transition.source_control.as_ref(),
            view: transition.target_view.as_ref(),
        }
    }
}

fn write_trigger(code: &mut Code, trigger: &Trigger<'_>) {
    match trigger.kind.via() {
        ConnectionKind::Command => code.raw(".command").id(trigger.name),
        ConnectionKind::Event => code.raw(".event").id(trigger.name),
        ConnectionKind::Outcome => code.raw(".outcome").id(trigger.name),
        ConnectionKind::ExternalTrigger => code
            .raw(".external")
            .id(trigger.name)
            .some_id(trigger.payload.map(Text::as_str)),
        ConnectionKind::Navigation => code
            .raw(".navigation")
            .id(trigger.name)
            .some_id(trigger.control.map(Text::as_str))
            .some_id(trigger.view.map(Text::as_str)),
    };
}

/// What the workflow says about its slices once more.
enum Claim<'a> {
    Owns(&'a OwnedDefinition),
    Outcome(&'a Text, &'a Text, bool),
    Error(&'a Text, &'a Text, &'a Text),
}

fn write_claims(code: &mut Code, workflow: &Workflow) {
    let owned = workflow
        .owned_definitions
        .iter()
        .map(|claim| Claim::Owns(&claim.value));
    let outcomes = workflow
        .outcomes
        .iter()
        .map(|claim| Claim::Outcome(&claim.source_slice, &claim.label, claim.externally_relevant));
    let errors = workflow
        .command_errors
        .iter()
        .map(|claim| Claim::Error(&claim.source_slice, &claim.command, &claim.error));
    let claims: Vec<_> = owned.chain(outcomes).chain(errors).collect();
    code.list_field("  ", "claims", &claims, |code, claim| match claim {
        Claim::Owns(definition) => {
            code.raw(".owns").id(&definition.source_slice).raw(" ");
            write_owned(code, definition);
            code.id(&definition.definition_name);
        }
        Claim::Outcome(slice, label, external) => {
            code.raw(".outcome").id(slice).id(label).raw(if *external {
                " true"
            } else {
                " false"
            });
        }
        Claim::Error(slice, command, error) => {
            code.raw(".error").id(slice).id(command).id(error);
        }
    });
}

fn write_owned(code: &mut Code, definition: &OwnedDefinition) {
    let with_stream = match definition.definition_kind {
        OwnedDefinitionKind::Command => Err(".command"),
        OwnedDefinitionKind::View => Err(".view"),
        OwnedDefinitionKind::Control => Err(".control"),
        OwnedDefinitionKind::ReadModel => Err(".readModel"),
        OwnedDefinitionKind::Outcome => Err(".outcome"),
        OwnedDefinitionKind::Error => Err(".error"),
        OwnedDefinitionKind::Automation => Err(".automation"),
        OwnedDefinitionKind::Translation => Err(".translation"),
        OwnedDefinitionKind::ExternalPayload => Ok("(.payload"),
        OwnedDefinitionKind::Event => Ok(match definition.event_participation {
            Some(EventParticipation::Emitted) => "(.emitted",
            Some(EventParticipation::Observed) => "(.observed",
            None => "(.event",
        }),
    };
    match with_stream {
        Err(kind) => code.raw(kind),
        Ok(kind) => code
            .raw(kind)
            .some_id(definition.definition_stream.as_deref())
            .raw(")"),
    };
}
