//! The module of one workflow. It depends on the workflow and on the names of
//! its slices' modules.

use crate::{
    event::vocabulary::LifecycleState,
    facts::{Claim, Evidence, Owned, Target, Transition, Trigger, Workflow},
};

use super::{Enforcement, code::Code, relaxed::Enforced};

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
    enforced: &Enforced,
    workflow: &Workflow<'_>,
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
        .id(workflow.slug);
    code.raw("\n  title :=").txt(workflow.title);
    code.raw("\n  purpose :=").txt(workflow.purpose);
    code.raw("\n  steps := [\n");
    for (step, name) in workflow.steps.iter().zip(slices) {
        code.raw(if step.entry {
            "    entry Slices."
        } else {
            "    step Slices."
        });
        code.raw(name).raw(".slice,\n");
    }
    code.raw("  ]\n");
    write_transitions(&mut code, workflow);
    write_claims(&mut code, workflow);
    code.raw(match enforced.own {
        Enforcement::Deny => {
            "\nemc_report workflow\n\ntheorem certified : workflow.Clean := by emc_certify\n"
        }
        Enforcement::Warn => "\nemc_advise workflow\n",
    });
    if enforced.is_whole() {
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

fn large(workflow: &Workflow<'_>) -> bool {
    [
        workflow.steps.len(),
        workflow.transitions.len(),
        workflow.claims.len(),
        workflow.evidences.len(),
        workflow.arrivals.len(),
    ]
    .into_iter()
    .any(|count| count > 60)
}

fn write_transitions(code: &mut Code, workflow: &Workflow<'_>) {
    code.list_field("  ", "transitions", &workflow.transitions, write_transition);
    code.list_field("  ", "entries", &workflow.entries, |code, (slice, view)| {
        code.raw("(").id(slice).raw(",").id(view).raw(")");
    });
    code.list_field("  ", "evidences", &workflow.evidences, write_evidence);
    if workflow.arrivals_needed {
        code.raw("  arrivalsNeeded := true\n");
    }
    code.list_field("  ", "arrivals", &workflow.arrivals, |code, arrival| {
        code.raw("arrive ").raw(match arrival.state {
            LifecycleState::FreshUninitialized => ".fresh",
            LifecycleState::InitializedUnauthenticated => ".unauthenticated",
            LifecycleState::InitializedAuthenticated => ".authenticated",
            LifecycleState::PartiallyConfigured => ".partlyConfigured",
            LifecycleState::FullyConfigured => ".configured",
        });
        code.id(arrival.step).txt(arrival.evidence);
    });
}

fn write_transition(code: &mut Code, transition: &Transition<'_>) {
    let (way, target) = match transition.target {
        Target::Step(slug) => ("go", slug),
        Target::Exit(slug) => ("leave", slug),
    };
    code.raw(way).id(transition.source).id(target).raw(" (");
    write_trigger(code, &transition.trigger);
    code.raw(")");
    if let Some(reason) = transition.reason {
        code.raw(" (some").txt(reason).raw(")");
    }
}

fn write_evidence(code: &mut Code, evidence: &Evidence<'_>) {
    code.raw("⟨").id(evidence.source).raw(", ");
    match evidence.target {
        Target::Step(slug) => code.raw(".step").id(slug),
        Target::Exit(slug) => code.raw(".exit").id(slug),
    };
    code.raw(", ");
    write_trigger(code, &evidence.trigger);
    code.raw(",")
        .txt(evidence.at_source)
        .raw(",")
        .txt(evidence.at_target)
        .raw("⟩");
}

fn write_trigger(code: &mut Code, trigger: &Trigger<'_>) {
    match *trigger {
        Trigger::Command(name) => code.raw(".command").id(name),
        Trigger::Event(name) => code.raw(".event").id(name),
        Trigger::Outcome(label) => code.raw(".outcome").id(label),
        Trigger::External { name, payload } => code.raw(".external").id(name).some_id(payload),
        Trigger::Navigation {
            name,
            control,
            view,
        } => code
            .raw(".navigation")
            .id(name)
            .some_id(control)
            .some_id(view),
    };
}

fn write_claims(code: &mut Code, workflow: &Workflow<'_>) {
    code.list_field("  ", "claims", &workflow.claims, |code, claim| {
        match *claim {
            Claim::Owns { slice, what, name } => {
                code.raw(".owns").id(slice).raw(" ");
                write_owned(code, what);
                code.id(name)
            }
            Claim::Outcome {
                slice,
                label,
                external,
            } => code.raw(".outcome").id(slice).id(label).raw(if external {
                " true"
            } else {
                " false"
            }),
            Claim::Error {
                slice,
                command,
                error,
            } => code.raw(".error").id(slice).id(command).id(error),
        };
    });
}

fn write_owned(code: &mut Code, owned: Owned<'_>) {
    match owned {
        Owned::Command => code.raw(".command"),
        Owned::View => code.raw(".view"),
        Owned::Control => code.raw(".control"),
        Owned::ReadModel => code.raw(".readModel"),
        Owned::Outcome => code.raw(".outcome"),
        Owned::Error => code.raw(".error"),
        Owned::Automation => code.raw(".automation"),
        Owned::Translation => code.raw(".translation"),
        Owned::Payload(stream) => code.raw("(.payload").some_id(stream).raw(")"),
        Owned::Emitted(stream) => code.raw("(.emitted").some_id(stream).raw(")"),
        Owned::Observed(stream) => code.raw("(.observed").some_id(stream).raw(")"),
        Owned::Event(stream) => code.raw("(.event").some_id(stream).raw(")"),
    };
}
