//! Where a finding was written: the event that recorded its element.
//!
//! An element that is written in several facts is found in the first of them
//! that holds what the finding goes on with, such as an input of a command, an
//! event that the command emits, or a control of a view; else in its first fact.
//! What is only referred to does not count: the mistake is where the reference
//! is. What no event has recorded is found in the closest thing around it.

mod project;
#[cfg(all(test, feature = "author"))]
mod tests;

use std::cmp::Reverse;

pub use project::ProjectOrigins;

use crate::{
    event::{Control, Text, View, vocabulary::ConnectionKind},
    model::{Origin, Part, Path, Recorded, Slice, Transition, Workflow, named},
};

/// A part with its name.
type Named = (Part, String);

/// Of all that have one slug: the first that has what is inside, or the last
/// where nothing is, as the slug itself is what is there too often.
fn among(twins: impl Iterator<Item = (Origin, Option<Origin>)>, inner: &[Named]) -> Option<Origin> {
    let twins: Vec<_> = twins.collect();
    if inner.is_empty() {
        return twins.last().map(|(twin, _)| *twin);
    }
    let inside = twins.iter().find_map(|(_, inside)| *inside);
    inside.or_else(|| twins.first().map(|(twin, _)| *twin))
}

/// Where a finding about a workflow was written.
pub fn workflow_origin(workflow: &Workflow, path: &Path) -> Origin {
    of_workflow(workflow, below(path, Part::Workflow)).unwrap_or(workflow.origin)
}

/// Where a finding about a slice on its own was written.
pub fn slice_origin(slice: &Slice, path: &Path) -> Origin {
    of_slice(slice, below(path, Part::Slice)).unwrap_or(slice.origin)
}

/// What a path says below the thing that was checked.
fn below(path: &Path, checked: Part) -> &[Named] {
    match path.0.split_first() {
        Some(((part, _), inner)) if *part == checked => inner,
        _ => &path.0,
    }
}

fn of_workflow(workflow: &Workflow, path: &[Named]) -> Option<Origin> {
    let ((part, name), inner) = path.split_first()?;
    let owner = named(inner, Part::Owner).or_else(|| named(inner, Part::Slice));
    let owned = |slice: &Text| owner.is_none_or(|owner| *slice == *owner);
    let definition = || {
        find(&workflow.owned_definitions, |one| {
            one.definition_name == **name && owned(&one.source_slice)
        })
    };
    let outcome = || {
        find(&workflow.outcomes, |one| {
            one.label == **name && owned(&one.source_slice)
        })
    };
    let error = || {
        let command = named(inner, Part::Command);
        find(&workflow.command_errors, |one| {
            one.error == **name
                && owned(&one.source_slice)
                && command.is_none_or(|command| one.command == *command)
        })
    };
    match part {
        Part::Slice | Part::Step => {
            let slice = workflow.slices.iter().find(|one| one.slug == **name);
            let slice = slice.map(|one| of_slice(one, inner).unwrap_or(one.origin));
            // A step that is none is one where somebody is said to arrive.
            slice.or_else(|| find(&workflow.entry_lifecycle_states, |one| one.step == **name))
        }
        Part::Transition => transition(workflow, name, inner),
        Part::Claim => definition().or_else(outcome).or_else(error),
        Part::Outcome => outcome(),
        Part::Error => error(),
        Part::Evidence => {
            let trigger = named(inner, Part::Trigger);
            find(&workflow.transition_evidences, |one| {
                one.from == **name && trigger.is_none_or(|trigger| one.name == *trigger)
            })
        }
        Part::Arrival => find(&workflow.entry_lifecycle_states, |one| {
            one.state.as_str() == name
        }),
        // Named without its slice.
        _ => {
            let mut slices = workflow.slices.iter();
            slices.find_map(|slice| of_slice(slice, path))
        }
    }
}

/// Of the transitions from one place the one that fits best, the first of them.
fn transition(workflow: &Workflow, source: &str, inner: &[Named]) -> Option<Origin> {
    let leads = |part| matches!(part, Part::Target | Part::Workflow);
    let target = inner.iter().find(|(part, _)| leads(*part));
    let trigger = inner.iter().find(|(part, _)| !leads(*part));
    workflow
        .transitions
        .iter()
        .filter(|one| one.source == *source)
        .filter(|one| target.is_none_or(|(_, target)| *one.target.slug() == **target))
        .min_by_key(|one| Reverse(trigger.map_or(0, |(part, name)| fit(one, *part, name))))
        .map(|one| one.origin)
}

/// How well what sets a transition off fits: not, perhaps, or surely.
fn fit(transition: &Transition, part: Part, name: &str) -> u8 {
    let via = transition.kind.via();
    let control = transition.source_control.as_ref();
    let named = transition.name == *name;
    let fits = match part {
        Part::Command => via == ConnectionKind::Command && named,
        Part::Event => via == ConnectionKind::Event && named,
        Part::Outcome | Part::Error => via == ConnectionKind::Outcome && named,
        Part::External => via == ConnectionKind::ExternalTrigger && named,
        Part::Payload => match &transition.payload_contract {
            Some(contract) => *contract == *name,
            // The translation says which.
            None if !named => return u8::from(via == ConnectionKind::ExternalTrigger),
            None => via == ConnectionKind::ExternalTrigger,
        },
        Part::Trigger => via == ConnectionKind::Navigation && named,
        Part::Control => {
            via == ConnectionKind::Navigation && *control.unwrap_or(&transition.name) == *name
        }
        Part::View => match &transition.target_view {
            Some(view) => *view == *name,
            // The control says which.
            None => return u8::from(via == ConnectionKind::Navigation),
        },
        _ => false,
    };
    if fits { 2 } else { 0 }
}

fn of_slice(slice: &Slice, path: &[Named]) -> Option<Origin> {
    let ((part, name), inner) = path.split_first()?;
    let name = name.as_str();
    let on = inner.first();
    let has = |part: Part, name: &Text| on.is_some_and(|on| on.0 == part && *name == *on.1);
    let any = |part: Part, names: &[Text]| names.iter().any(|name| has(part, name));
    match part {
        Part::Command => closest(
            &slice.command_definitions,
            |one| one.name == *name,
            |one| {
                has(Part::Input, &one.input.name)
                    || any(Part::Event, &one.emitted_events)
                    || any(Part::Stream, &one.observed_streams)
                    || one.errors.iter().any(|error| has(Part::Error, &error.name))
            },
        ),
        Part::Event => closest(
            &slice.event_definitions,
            |one| one.name == *name,
            |one| has(Part::Attribute, &one.attribute.name) || has(Part::Stream, &one.stream),
        ),
        Part::ReadModel => closest(
            &slice.read_models,
            |one| one.name == *name,
            |one| has(Part::Field, &one.field.name),
        ),
        Part::Payload => closest(
            &slice.external_payloads,
            |one| one.name == *name,
            |one| has(Part::Field, &one.field),
        ),
        Part::View => match on {
            Some((Part::Control, control)) => {
                let inner = inner.get(1..).unwrap_or_default();
                of_control(slice, Some(name), control, inner)
            }
            _ => None,
        }
        .or_else(|| {
            closest(
                &slice.views,
                |one| one.name == *name,
                |one| has(Part::Field, &one.field.name),
            )
        }),
        Part::Control => of_control(slice, None, name, inner),
        // Named without its command.
        Part::Error => find(&slice.command_definitions, |one| {
            one.errors.iter().any(|error| error.name == *name)
        }),
        Part::Scenario => closest(
            &slice.scenarios,
            |one| one.name == *name,
            |one| {
                any(Part::Stream, &one.read_streams)
                    || any(Part::Stream, &one.written_streams)
                    || any(Part::Error, &one.error_references)
            },
        ),
        Part::Outcome => closest(
            &slice.outcomes,
            |one| one.label == *name,
            |one| any(Part::Event, &one.events),
        ),
        Part::Automation => closest(
            &slice.automations,
            |one| one.name == *name,
            |one| {
                has(Part::Event, &one.trigger)
                    || has(Part::Command, &one.command)
                    || any(Part::Error, &one.handled_errors)
            },
        ),
        Part::Translation => closest(
            &slice.translations,
            |one| one.name == *name,
            |one| has(Part::Payload, &one.payload_contract) || has(Part::Command, &one.command),
        ),
        Part::Card => find(&slice.board_elements, |one| one.name == *name),
        Part::Source => closest(
            &slice.board_connections,
            |one| one.source == *name,
            |one| has(Part::Target, &one.target),
        ),
        Part::Datum => closest(
            &slice.data_flows,
            |one| one.datum == *name,
            |one| has(Part::Owner, &one.target),
        ),
        Part::Owner => closest(
            &slice.data_flows,
            |one| one.target == *name,
            |one| has(Part::Datum, &one.datum),
        ),
        _ => None,
    }
}

/// A control, in any view if none is named.
fn of_control(slice: &Slice, view: Option<&str>, name: &str, inner: &[Named]) -> Option<Origin> {
    let holds = |control: &Control| match inner.first() {
        Some((Part::Input, name)) => control.input.name == **name,
        Some((Part::Error, name)) => control.handled_errors.iter().any(|error| *error == **name),
        Some((Part::Command, name)) => control.command == **name,
        Some((Part::View | Part::State, name)) => control.navigation.target == **name,
        Some((Part::Workflow, name)) => {
            let workflow = control.navigation.external_workflow.as_ref();
            workflow.is_some_and(|workflow| *workflow == **name)
        }
        _ => true,
    };
    let has = |view: &View, wanted: &dyn Fn(&Control) -> bool| {
        let mut controls = view.controls.iter();
        controls.any(|control| control.name == *name && wanted(control))
    };
    let in_view = |one: &View| view.is_none_or(|view| one.name == *view);
    let facts = || slice.views.iter().filter(|one| in_view(one));
    let fact = facts()
        .find(|one| has(one, &holds))
        .or_else(|| facts().find(|one| has(one, &|_| true)))?;
    // Only controls of a view's first fact are recorded on their own.
    let first = slice.views.iter().find(|one| one.name == fact.name);
    let alone = first.filter(|first| first.origin == fact.origin);
    alone
        .and_then(|view| slice.controls_written.get(&view.name, name))
        .or(Some(fact.origin))
}

/// The first fact of an element that holds what is looked for, or else its first.
fn closest<T>(
    facts: &[Recorded<T>],
    is_element: impl Fn(&T) -> bool,
    holds: impl Fn(&T) -> bool,
) -> Option<Origin> {
    find(facts, |one| is_element(one) && holds(one)).or_else(|| find(facts, &is_element))
}

fn find<T>(facts: &[Recorded<T>], wanted: impl Fn(&T) -> bool) -> Option<Origin> {
    facts
        .iter()
        .find(|one| wanted(&one.value))
        .map(|one| one.origin)
}
