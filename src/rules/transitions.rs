//! The transitions of a workflow: what triggers them, and what is at their ends.

use std::collections::HashSet;

use super::{
    Check, Part, Path, Rule, examples,
    index::{Slice, Workflow},
};
use crate::{
    diagnostic::codes::rules::workflow as codes,
    facts::{Destination, Target, Transition, Trigger},
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::TRANSITION_SOURCE_UNKNOWN,
        hint: "name a step of this workflow",
        example: &examples::transitions::EMC906,
        checks: &[Check::Workflow(transition_source_unknown)],
    },
    Rule {
        code: &codes::TRANSITION_TARGET_UNKNOWN,
        hint: "name a step of this workflow",
        example: &examples::transitions::EMC907,
        checks: &[Check::Workflow(transition_target_unknown)],
    },
    Rule {
        code: &codes::TRANSITION_COMMAND_NOT_ISSUED,
        hint: "let a control, automation or translation of the source issue it",
        example: &examples::transitions::EMC908,
        checks: &[Check::Workflow(transition_command_not_issued)],
    },
    Rule {
        code: &codes::TRANSITION_COMMAND_NOT_OWNED,
        hint: "lead to the slice that owns the command",
        example: &examples::transitions::EMC909,
        checks: &[Check::Workflow(transition_command_not_owned)],
    },
    Rule {
        code: &codes::TRANSITION_EVENT_UNKNOWN,
        hint: "both ends must emit or observe the event",
        example: &examples::transitions::EMC910,
        checks: &[Check::Workflow(transition_event_unknown)],
    },
    Rule {
        code: &codes::TRANSITION_CONTROL_DOES_NOT_NAVIGATE,
        hint: "name a control of the source that leads to this view",
        example: &examples::transitions::EMC911,
        checks: &[Check::Workflow(transition_control_does_not_navigate)],
    },
    Rule {
        code: &codes::TRANSITION_VIEW_NOT_ENTRY,
        hint: "lead to a view of the target that is marked as entry",
        example: &examples::transitions::EMC912,
        checks: &[Check::Workflow(transition_view_not_entry)],
    },
    Rule {
        code: &codes::TRANSITION_PAYLOAD_UNKNOWN,
        hint: "declare the payload contract at one end",
        example: &examples::transitions::EMC913,
        checks: &[Check::Workflow(transition_payload_unknown)],
    },
    Rule {
        code: &codes::TRANSITION_OUTCOME_UNKNOWN,
        hint: "name an outcome of the source",
        example: &examples::transitions::EMC914,
        checks: &[Check::Workflow(transition_outcome_unknown)],
    },
    Rule {
        code: &codes::ERROR_AS_OUTCOME,
        hint: "an error is handled where it is returned; name a business outcome",
        example: &examples::transitions::EMC915,
        checks: &[Check::Workflow(error_as_outcome)],
    },
    Rule {
        code: &codes::OUTCOME_UNHANDLED,
        hint: "add a transition for the outcome, or mark it internal",
        example: &examples::transitions::EMC916,
        checks: &[Check::Workflow(outcome_unhandled)],
    },
    Rule {
        code: &codes::CONTROL_WITHOUT_TRANSITION,
        hint: "add the transition this control stands for",
        example: &examples::transitions::EMC922,
        checks: &[Check::Workflow(control_without_transition)],
    },
];

fn transition_source_unknown(w: &Workflow<'_>) -> Vec<Path> {
    w.transitions
        .iter()
        .filter(|transition| !w.has_step(transition.source))
        .map(|transition| Path::at([(Part::Transition, transition.source)]))
        .collect()
}

fn transition_target_unknown(w: &Workflow<'_>) -> Vec<Path> {
    w.transitions
        .iter()
        .filter_map(|transition| match transition.target {
            Target::Step(slug) if !w.has_step(slug) => Some(Path::at([
                (Part::Transition, transition.source),
                (Part::Target, slug),
            ])),
            _ => None,
        })
        .collect()
}

/// A transition, one step further in.
fn from_source(transition: &Transition<'_>, part: Part, name: &str) -> Path {
    Path::at([(Part::Transition, transition.source), (part, name)])
}

/// The end of a transition, one step further in.
fn at_target(transition: &Transition<'_>, s: &Slice<'_>, part: Part, name: &str) -> Path {
    Path::at([
        (Part::Transition, transition.source),
        (Part::Target, s.slug),
        (part, name),
    ])
}

fn transition_command_not_issued(w: &Workflow<'_>) -> Vec<Path> {
    w.transitions
        .iter()
        .filter_map(|transition| {
            let Trigger::Command(command) = transition.trigger else {
                return None;
            };
            let issued = w.source(transition)?.issues(command);
            (!issued).then(|| from_source(transition, Part::Command, command))
        })
        .collect()
}

fn transition_command_not_owned(w: &Workflow<'_>) -> Vec<Path> {
    w.transitions
        .iter()
        .filter_map(|transition| {
            let Trigger::Command(command) = transition.trigger else {
                return None;
            };
            let target = w.target(transition)?;
            let owned = target.command(command).is_some();
            (!owned).then(|| at_target(transition, target, Part::Command, command))
        })
        .collect()
}

fn transition_event_unknown(w: &Workflow<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for transition in &w.transitions {
        let Trigger::Event(event) = transition.trigger else {
            continue;
        };
        if w.source(transition)
            .is_some_and(|source| !source.knows(event))
        {
            places.push(from_source(transition, Part::Event, event));
        }
        if let Some(target) = w.target(transition)
            && !target.knows(event)
        {
            places.push(at_target(transition, target, Part::Event, event));
        }
    }
    places
}

fn transition_control_does_not_navigate(w: &Workflow<'_>) -> Vec<Path> {
    w.transitions
        .iter()
        .filter_map(|transition| {
            let Trigger::Navigation {
                name,
                control,
                view,
            } = transition.trigger
            else {
                return None;
            };
            let control = control.unwrap_or(name);
            let leads = w
                .source(transition)?
                .controls_named(control)
                .iter()
                .any(|found| leads_to(w, transition, view, found.goes));
            (!leads).then(|| from_source(transition, Part::Control, control))
        })
        .collect()
}

/// Whether a control leads where the transition does.
fn leads_to(
    w: &Workflow<'_>,
    transition: &Transition<'_>,
    view: Option<&str>,
    goes: Destination<'_>,
) -> bool {
    match (goes, transition.target, view) {
        (Destination::View(name), _, Some(view)) => view == name,
        // An unknown step is told by another rule.
        (Destination::View(name), Target::Step(_), None) => w
            .target(transition)
            .is_none_or(|target| target.view(name).is_some()),
        (Destination::Workflow(slug), Target::Exit(exit), _) => slug == exit,
        (Destination::View(_), Target::Exit(_), None)
        | (Destination::Workflow(_), Target::Step(_), _)
        | (Destination::State(_) | Destination::System { .. }, ..) => false,
    }
}

fn transition_view_not_entry(w: &Workflow<'_>) -> Vec<Path> {
    let entries: HashSet<(&str, &str)> = w.entries.iter().copied().collect();
    w.transitions
        .iter()
        .filter_map(|transition| {
            let target = w.target(transition)?;
            let view = arrives_at(w, transition)?;
            let entered = target.view(view).is_some() && entries.contains(&(target.slug, view));
            (!entered).then(|| at_target(transition, target, Part::View, view))
        })
        .collect()
}

/// The view that a navigation arrives at: the one that is named, or the one that
/// its control leads to.
fn arrives_at<'a>(w: &Workflow<'a>, transition: &Transition<'a>) -> Option<&'a str> {
    let Trigger::Navigation {
        name,
        control,
        view,
    } = transition.trigger
    else {
        return None;
    };
    view.or_else(|| {
        let controls = w
            .source(transition)?
            .controls_named(control.unwrap_or(name));
        match controls.first()?.goes {
            Destination::View(name) => Some(name),
            Destination::State(_) | Destination::Workflow(_) | Destination::System { .. } => None,
        }
    })
}

fn transition_payload_unknown(w: &Workflow<'_>) -> Vec<Path> {
    w.transitions
        .iter()
        .filter_map(|transition| {
            let Trigger::External { name, payload } = transition.trigger else {
                return None;
            };
            let knows = |slice: &Slice<'_>| match payload {
                Some(payload) => slice.payload(payload).is_some(),
                None => slice.translates(name),
            };
            let ends = [w.source(transition), w.target(transition)];
            // Nothing is said when neither end is known.
            let known = ends.iter().flatten().count() == 0 || ends.into_iter().flatten().any(knows);
            let message = (Part::External, name);
            (!known).then(|| match payload {
                Some(payload) => Path::at([
                    (Part::Transition, transition.source),
                    message,
                    (Part::Payload, payload),
                ]),
                None => Path::at([(Part::Transition, transition.source), message]),
            })
        })
        .collect()
}

fn transition_outcome_unknown(w: &Workflow<'_>) -> Vec<Path> {
    w.transitions
        .iter()
        .filter_map(|transition| {
            let Trigger::Outcome(label) = transition.trigger else {
                return None;
            };
            let known = w.source(transition)?.outcome(label).is_some();
            (!known).then(|| from_source(transition, Part::Outcome, label))
        })
        .collect()
}

fn error_as_outcome(w: &Workflow<'_>) -> Vec<Path> {
    w.transitions
        .iter()
        .filter_map(|transition| {
            let Trigger::Outcome(label) = transition.trigger else {
                return None;
            };
            let error = w.source(transition)?.fails_with(label);
            error.then(|| from_source(transition, Part::Error, label))
        })
        .collect()
}

fn outcome_unhandled(w: &Workflow<'_>) -> Vec<Path> {
    let handled = w.triggered(|trigger| match trigger {
        Trigger::Outcome(label) => Some(label),
        _ => None,
    });
    let mut places = Vec::new();
    for s in w.slices() {
        for outcome in &s.outcomes {
            if outcome.external && !handled.contains(&(s.slug, outcome.label)) {
                places.push(Path::at([
                    (Part::Step, s.slug),
                    (Part::Outcome, outcome.label),
                ]));
            }
        }
    }
    places
}

/// What stays in the slice needs no transition.
fn control_without_transition(w: &Workflow<'_>) -> Vec<Path> {
    let commands = w.triggered(|trigger| match trigger {
        Trigger::Command(name) => Some(name),
        _ => None,
    });
    let navigations = w.triggered(|trigger| match trigger {
        Trigger::Navigation { name, control, .. } => Some(control.unwrap_or(name)),
        _ => None,
    });
    let mut places = Vec::new();
    for (s, _, control) in w.controls() {
        let here = [(Part::Slice, s.slug), (Part::Control, control.name)];
        let [slice, name] = here;
        if w.command(control.command).is_some()
            && s.command(control.command).is_none()
            && !commands.contains(&(s.slug, control.command))
        {
            places.push(Path::at([slice, name, (Part::Command, control.command)]));
        }
        if let Destination::View(view) = control.goes
            && s.view(view).is_none()
            && !navigations.contains(&(s.slug, control.name))
        {
            places.push(Path::at([slice, name, (Part::View, view)]));
        }
    }
    places
}
