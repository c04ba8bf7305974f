//! The steps of a workflow: how one gets to them, and how it ends.

use std::collections::{HashMap, HashSet};

use super::{
    Check, Part, Path, Rule, examples,
    graph::{self, circles},
    index::Workflow,
    repeated,
};
use crate::{
    diagnostic::codes::rules::workflow as codes, event::vocabulary::LifecycleState, facts::Target,
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::STEP_TWICE,
        hint: "name every slice once",
        example: &examples::steps::EMC901,
        checks: &[Check::Workflow(step_twice)],
    },
    Rule {
        code: &codes::ENTRY_COUNT,
        hint: "exactly one step is the entry",
        example: &examples::steps::EMC902,
        checks: &[Check::Workflow(entry_count)],
    },
    Rule {
        code: &codes::STEP_UNREACHABLE,
        hint: "add a transition that leads here",
        example: &examples::steps::EMC903,
        checks: &[Check::Workflow(step_unreachable)],
    },
    Rule {
        code: &codes::WORKFLOW_WITHOUT_END,
        hint: "add a reachable exit or end",
        example: &examples::steps::EMC917,
        checks: &[Check::Workflow(workflow_without_end)],
    },
    Rule {
        code: &codes::ARRIVAL_INCOMPLETE,
        hint: "name a step for every state the application can be in",
        example: &examples::steps::EMC918,
        checks: &[Check::Workflow(arrival_incomplete)],
    },
    Rule {
        code: &codes::STEP_NEVER_ENDS,
        hint: "give the step a way to an end",
        example: &examples::steps::EMC920,
        checks: &[Check::Workflow(step_never_ends)],
    },
    Rule {
        code: &codes::AUTOMATION_LOOP,
        hint: "make sure the loop stops",
        example: &examples::steps::EMC921,
        checks: &[Check::Workflow(automation_loop)],
    },
];

fn step_twice(w: &Workflow<'_>) -> Vec<Path> {
    repeated(w.slices().iter().map(|slice| slice.slug))
        .into_iter()
        .map(|slug| Path::at([(Part::Step, slug)]))
        .collect()
}

fn entry_count(w: &Workflow<'_>) -> Vec<Path> {
    if w.entry_steps().count() == 1 {
        Vec::new()
    } else {
        vec![Path::here()]
    }
}

/// The steps that can be reached from an entry.
fn reached<'a>(w: &Workflow<'a>) -> HashSet<&'a str> {
    let mut next: HashMap<&str, Vec<&str>> = HashMap::new();
    for transition in &w.facts().transitions {
        if let Target::Step(target) = transition.target
            && w.has_step(target)
        {
            next.entry(transition.source).or_default().push(target);
        }
    }
    graph::reached(w.entry_steps(), &next)
}

fn step_unreachable(w: &Workflow<'_>) -> Vec<Path> {
    let reached = reached(w);
    w.slices()
        .iter()
        .filter(|slice| !reached.contains(slice.slug))
        .map(|slice| Path::at([(Part::Step, slice.slug)]))
        .collect()
}

fn workflow_without_end(w: &Workflow<'_>) -> Vec<Path> {
    let reached = reached(w);
    let ends = |slug: &str, rests: bool| reached.contains(slug) && rests;
    if w.slices()
        .iter()
        .any(|slice| ends(slice.slug, w.rests(slice)))
    {
        Vec::new()
    } else {
        vec![Path::here()]
    }
}

fn arrival_incomplete(w: &Workflow<'_>) -> Vec<Path> {
    let missing = LifecycleState::ALL
        .iter()
        .filter(|state| {
            w.arrivals_needed && !w.arrivals.iter().any(|arrival| arrival.state == **state)
        })
        .map(|state| Path::at([(Part::Arrival, state.as_str())]));
    let astray = w
        .arrivals
        .iter()
        .filter(|arrival| !w.has_step(arrival.step))
        .map(|arrival| Path::at([(Part::Step, arrival.step)]));
    missing.chain(astray).collect()
}

/// The transitions backwards, from every step where a journey may end.
fn step_never_ends(w: &Workflow<'_>) -> Vec<Path> {
    let mut before: HashMap<&str, Vec<&str>> = HashMap::new();
    for transition in &w.transitions {
        if let Target::Step(target) = transition.target
            && w.has_step(transition.source)
        {
            before.entry(target).or_default().push(transition.source);
        }
    }
    let ends = w.slices().iter().filter(|slice| w.rests(slice));
    let good = graph::reached(ends.map(|slice| slice.slug), &before);
    w.slices()
        .iter()
        .filter(|slice| !good.contains(slice.slug))
        .map(|slice| Path::at([(Part::Step, slice.slug)]))
        .collect()
}

/// An event leads to those that the commands emit which automations issue on it.
fn automation_loop(w: &Workflow<'_>) -> Vec<Path> {
    let automations = || {
        w.slices()
            .iter()
            .flat_map(|slice| &slice.facts().automations)
    };
    let mut nodes: HashMap<&str, usize> = HashMap::new();
    for automation in automations() {
        let next = nodes.len();
        nodes.entry(automation.trigger).or_insert(next);
    }
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for automation in automations() {
        let Some(command) = w.command(automation.command) else {
            continue;
        };
        // An event that no automation waits for leads nowhere.
        let events = command.emits.iter().filter_map(|event| nodes.get(event));
        if let Some(&node) = nodes.get(automation.trigger) {
            next[node].extend(events);
        }
    }
    let circles = circles(&next);
    automations()
        .filter(|automation| {
            let node = nodes.get(automation.trigger);
            node.is_some_and(|&node| circles[node])
        })
        .map(|automation| {
            Path::at([
                (Part::Automation, automation.name),
                (Part::Event, automation.trigger),
            ])
        })
        .collect()
}
