//! Where a finding was written: the event that recorded its element.

use super::{Part, Path};
use crate::{
    event::Text,
    model::{Model, Origin, Recorded, Slice, Workflow},
};

/// The event that recorded the element of a finding, or the closest thing around
/// it: a member (an input, a field) before its definition, the definition before
/// the slice. What is only referred to does not count: the mistake is where the
/// reference is. None for what no event has recorded, such as a project without
/// a name.
pub fn origin(model: &Model, path: &Path) -> Option<Origin> {
    let mut place = model.project.as_ref().map(|name| name.origin);
    let mut workflow: Option<&Workflow> = None;
    for (at, (part, name)) in path.0.iter().enumerate() {
        let rest = path.0.get(at + 1..).unwrap_or_default();
        match part {
            Part::Project => {}
            Part::Workflow => {
                workflow = model.workflow(name);
                place = workflow.map(|found| found.origin).or(place);
            }
            Part::Slice | Part::Step => {
                let Some(slice) = slice(model, workflow, name) else {
                    break;
                };
                return Some(in_slice(slice, rest));
            }
            _ => {
                let here = path.0.get(at..).unwrap_or_default();
                return workflow
                    .and_then(|found| in_workflow(found, here))
                    .or(place);
            }
        }
    }
    place
}

fn slice<'a>(model: &'a Model, workflow: Option<&'a Workflow>, slug: &str) -> Option<&'a Slice> {
    match workflow {
        Some(workflow) => workflow.slices.iter().find(|slice| slice.slug == *slug),
        None => model.slice(slug),
    }
}

/// A part with its name.
type Named = (Part, String);

fn in_workflow(workflow: &Workflow, path: &[Named]) -> Option<Origin> {
    let (part, name) = path.first()?;
    let owner = named(path, Part::Owner).or_else(|| named(path, Part::Slice));
    let owned = |slice: &Text| owner.is_none_or(|owner| *slice == *owner);
    match part {
        Part::Transition => {
            let target = named(path, Part::Target);
            let trigger = path.iter().skip(1).find(|(part, _)| *part != Part::Target);
            let mut from = workflow
                .transitions
                .iter()
                .filter(|one| one.source == **name)
                .filter(|one| target.is_none_or(|target| *one.target.slug() == *target));
            let first = from.clone().next();
            from.find(|one| trigger.is_some_and(|(_, trigger)| one.name == **trigger))
                .or(first)
                .map(|one| one.origin)
        }
        Part::Claim | Part::Outcome | Part::Error => find(&workflow.owned_definitions, |one| {
            one.definition_name == **name && owned(&one.source_slice)
        })
        .or_else(|| {
            find(&workflow.outcomes, |one| {
                one.label == **name && owned(&one.source_slice)
            })
        })
        .or_else(|| {
            find(&workflow.command_errors, |one| {
                one.error == **name && owned(&one.source_slice)
            })
        }),
        Part::Evidence => {
            let trigger = named(path, Part::Trigger);
            find(&workflow.transition_evidences, |one| {
                one.from == **name && trigger.is_none_or(|trigger| one.name == *trigger)
            })
        }
        Part::Arrival => find(&workflow.entry_lifecycle_states, |one| {
            one.state.as_str() == name
        }),
        _ => None,
    }
}

fn in_slice(slice: &Slice, path: &[Named]) -> Origin {
    definition(slice, path).unwrap_or(slice.origin)
}

fn definition(slice: &Slice, path: &[Named]) -> Option<Origin> {
    let (part, name) = path.first()?;
    let member = path.get(1);
    let inner = |wanted: Part| {
        member
            .filter(|(part, _)| *part == wanted)
            .map(|(_, name)| name.as_str())
    };
    match part {
        Part::Command => member_or_owner(
            &slice.command_definitions,
            |one| one.name == **name,
            inner(Part::Input),
            |one| &one.input.name,
        ),
        Part::Event => member_or_owner(
            &slice.event_definitions,
            |one| one.name == **name,
            inner(Part::Attribute),
            |one| &one.attribute.name,
        ),
        Part::ReadModel => member_or_owner(
            &slice.read_models,
            |one| one.name == **name,
            inner(Part::Field),
            |one| &one.field.name,
        ),
        Part::Payload => member_or_owner(
            &slice.external_payloads,
            |one| one.name == **name,
            inner(Part::Field),
            |one| &one.field,
        ),
        Part::View => inner(Part::Control)
            .and_then(|control| {
                find(&slice.views, |view| {
                    view.name == **name && view.controls.iter().any(|one| one.name == *control)
                })
            })
            .or_else(|| {
                member_or_owner(
                    &slice.views,
                    |one| one.name == **name,
                    inner(Part::Field),
                    |one| &one.field.name,
                )
            }),
        Part::Control => find(&slice.views, |view| {
            view.controls.iter().any(|one| one.name == **name)
        }),
        Part::Scenario => find(&slice.scenarios, |one| one.name == **name),
        Part::Outcome => find(&slice.outcomes, |one| one.label == **name),
        Part::Automation => find(&slice.automations, |one| one.name == **name),
        Part::Translation => find(&slice.translations, |one| one.name == **name),
        Part::Card => find(&slice.board_elements, |one| one.name == **name),
        Part::Source => {
            let target = inner(Part::Target);
            find(&slice.board_connections, |one| {
                one.source == **name && target.is_none_or(|target| one.target == *target)
            })
        }
        Part::Datum => {
            let owner = inner(Part::Owner);
            find(&slice.data_flows, |one| {
                one.datum == **name && owner.is_none_or(|owner| one.target == *owner)
            })
        }
        Part::Owner => {
            let datum = inner(Part::Datum);
            find(&slice.data_flows, |one| {
                one.target == **name && datum.is_none_or(|datum| one.datum == *datum)
            })
        }
        _ => None,
    }
}

/// The fact that records a member of a definition, or else its first fact.
fn member_or_owner<T>(
    facts: &[Recorded<T>],
    is_owner: impl Fn(&T) -> bool,
    member: Option<&str>,
    name: impl Fn(&T) -> &Text,
) -> Option<Origin> {
    member
        .and_then(|member| find(facts, |one| is_owner(one) && *name(one) == *member))
        .or_else(|| find(facts, &is_owner))
}

fn find<T>(facts: &[Recorded<T>], wanted: impl Fn(&T) -> bool) -> Option<Origin> {
    facts
        .iter()
        .find(|one| wanted(&one.value))
        .map(|one| one.origin)
}

fn named(path: &[Named], wanted: Part) -> Option<&str> {
    path.iter()
        .find(|(part, _)| *part == wanted)
        .map(|(_, name)| name.as_str())
}
