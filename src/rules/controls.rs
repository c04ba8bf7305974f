//! Controls: what they issue, which errors they handle, where they lead.

use super::{
    Check, Part, Path, Rule, examples,
    index::{Project, Slice, Workflow},
};
use crate::{
    diagnostic::codes::rules::controls as codes,
    event::vocabulary::InputSourceKind,
    facts::{Automation, Command, Control, Destination, InputSource, View},
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::CONTROL_COMMAND_UNKNOWN,
        hint: "name a command of a slice in this workflow",
        example: &examples::controls::EMC521,
        checks: &[Check::Workflow(control_command_unknown)],
    },
    Rule {
        code: &codes::CONTROL_MISSES_INPUT,
        hint: "provide the input in the control",
        example: &examples::controls::EMC522,
        checks: &[Check::Workflow(control_misses_input)],
    },
    Rule {
        code: &codes::CONTROL_PROVISION_MISMATCH,
        hint: "provide an input the command has, from the source it declares",
        example: &examples::controls::EMC523,
        checks: &[Check::Workflow(control_provision_mismatch)],
    },
    Rule {
        code: &codes::ERROR_UNHANDLED,
        hint: "say how the issuer recovers from the error",
        example: &examples::controls::EMC524,
        checks: &[Check::Workflow(error_unhandled)],
    },
    Rule {
        code: &codes::HANDLED_ERROR_UNKNOWN,
        hint: "remove the handler or declare the error",
        example: &examples::controls::EMC525,
        checks: &[Check::Workflow(handled_error_unknown)],
    },
    Rule {
        code: &codes::NAVIGATION_VIEW_UNKNOWN,
        hint: "name a view of this workflow",
        example: &examples::controls::EMC526,
        checks: &[Check::Workflow(navigation_view_unknown)],
    },
    Rule {
        code: &codes::NAVIGATION_WORKFLOW_UNKNOWN,
        hint: "name a workflow of this project",
        example: &examples::controls::EMC527,
        checks: &[Check::Project(navigation_workflow_unknown)],
    },
];

/// A control, one step further in.
fn in_control(
    s: &Slice<'_>,
    view: &View<'_>,
    control: &Control<'_>,
    part: Part,
    name: &str,
) -> Path {
    Path::at([
        (Part::Slice, s.slug),
        (Part::View, view.name),
        (Part::Control, control.name),
        (part, name),
    ])
}

fn in_automation(s: &Slice<'_>, automation: &Automation<'_>, error: &str) -> Path {
    Path::at([
        (Part::Slice, s.slug),
        (Part::Automation, automation.name),
        (Part::Error, error),
    ])
}

/// The controls with the command that each issues.
fn issued<'w, 'a>(
    w: &'w Workflow<'a>,
) -> impl Iterator<
    Item = (
        &'w Slice<'a>,
        &'a View<'a>,
        &'a Control<'a>,
        &'a Command<'a>,
    ),
> {
    w.controls()
        .filter_map(|(s, view, control)| Some((s, view, control, w.command(control.command)?)))
}

/// The automations with the command that each issues.
fn automated<'w, 'a>(
    w: &'w Workflow<'a>,
) -> impl Iterator<Item = (&'w Slice<'a>, &'a Automation<'a>, &'a Command<'a>)> {
    w.slices()
        .iter()
        .flat_map(|s| {
            s.facts()
                .automations
                .iter()
                .map(move |automation| (s, automation))
        })
        .filter_map(|(s, automation)| Some((s, automation, w.command(automation.command)?)))
}

fn control_command_unknown(w: &Workflow<'_>) -> Vec<Path> {
    w.controls()
        .filter(|(_, _, control)| w.command(control.command).is_none() && !control.navigates())
        .map(|(s, view, control)| in_control(s, view, control, Part::Command, control.command))
        .collect()
}

fn control_misses_input(w: &Workflow<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for (s, view, control, command) in issued(w) {
        for input in &command.inputs {
            let provided = control
                .provides
                .iter()
                .any(|provide| provide.input == input.name);
            if input.invoked() && !provided {
                places.push(in_control(s, view, control, Part::Input, input.name));
            }
        }
    }
    places
}

fn control_provision_mismatch(w: &Workflow<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for (s, view, control, command) in issued(w) {
        for provide in &control.provides {
            let agrees = command
                .input(provide.input)
                .is_some_and(|input| kind(&input.source) == provide.source);
            if !agrees {
                places.push(in_control(s, view, control, Part::Input, provide.input));
            }
        }
    }
    places
}

fn kind(source: &InputSource<'_>) -> InputSourceKind {
    match source {
        InputSource::Actor => InputSourceKind::Actor,
        InputSource::Session(_) => InputSourceKind::Session,
        InputSource::Generated(_) => InputSourceKind::Generated,
        InputSource::Argument(_) => InputSourceKind::InvocationArgument,
        InputSource::Payload { .. } => InputSourceKind::ExternalPayload,
        InputSource::State { .. } => InputSourceKind::EventStreamState,
    }
}

fn error_unhandled(w: &Workflow<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for (s, view, control, command) in issued(w) {
        for failure in &command.errors {
            if !control
                .handles
                .iter()
                .any(|handler| handler.error == failure.name)
            {
                places.push(in_control(s, view, control, Part::Error, failure.name));
            }
        }
    }
    for (s, automation, command) in automated(w) {
        for failure in &command.errors {
            if !automation.handles.contains(&failure.name) {
                places.push(in_automation(s, automation, failure.name));
            }
        }
    }
    places
}

fn handled_error_unknown(w: &Workflow<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for (s, view, control, command) in issued(w) {
        for handler in &control.handles {
            if !command.fails_with(handler.error) {
                places.push(in_control(s, view, control, Part::Error, handler.error));
            }
        }
    }
    for (s, automation, command) in automated(w) {
        for error in &automation.handles {
            if !command.fails_with(error) {
                places.push(in_automation(s, automation, error));
            }
        }
    }
    places
}

fn navigation_view_unknown(w: &Workflow<'_>) -> Vec<Path> {
    w.controls()
        .filter_map(|(s, view, control)| match control.goes {
            Destination::View(name) if w.view(name).is_none() => {
                Some(in_control(s, view, control, Part::View, name))
            }
            _ => None,
        })
        .collect()
}

fn navigation_workflow_unknown(p: &Project<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for s in p.slices() {
        for view in &s.views {
            for control in &view.controls {
                if let Destination::Workflow(slug) = control.goes
                    && !p.has_workflow(slug)
                {
                    places.push(Path::at([
                        (Part::Slice, s.slug),
                        (Part::View, view.name),
                        (Part::Control, control.name),
                        (Part::Workflow, slug),
                    ]));
                }
            }
        }
    }
    places
}
