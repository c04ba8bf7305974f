//! Forgetting: events that no step ahead depends on only multiply states that
//! behave alike.

use super::{
    Journey,
    bits::Bits,
    machine::{Machine, Recovery},
    play::{Play, State},
};
use crate::event::vocabulary::ConnectionKind;

/// The events that matter.
#[derive(Debug)]
pub(super) struct Memory {
    /// While a journey is at the step, by step.
    ahead: Vec<Bits>,
    /// While the step has yet to decide, or has failed, by step.
    open: Vec<Bits>,
    /// Always: payloads may come at any time.
    always: Bits,
}

impl Memory {
    pub fn of<'a>(machine: &Machine<'a>, journey: &Journey<'a>) -> Self {
        let follows = follows(machine);
        let uses = uses(machine, journey);
        let ahead: Vec<Bits> = (0..machine.places.len())
            .map(|step| {
                let mut used = Bits::default();
                for step in reached(step, &follows).iter() {
                    used.add(&uses[step]);
                }
                used
            })
            .collect();
        let mut always = Bits::default();
        let mut open = ahead.clone();
        for ((place, ahead), open) in machine.places.iter().zip(&ahead).zip(&mut open) {
            open.add(&place.needs);
            open.add(&place.triggers);
            if !place.entered && !place.payloads.is_empty() {
                always.add(ahead);
            }
        }
        Self {
            ahead,
            open,
            always,
        }
    }

    /// Forget what does not matter.
    pub fn trim(&self, play: &Play<'_, '_>, state: &mut State) {
        let mut used = self.ahead[state.at].clone();
        used.add(&self.always);
        for (_, ask) in play.asks(state) {
            used.add(&self.open[ask.step]);
        }
        for (_, ask, _) in play.failures(state) {
            used.add(&self.open[ask.step]);
        }
        state.recorded.retain(&used);
    }
}

/// The steps that may come next, by step. An error goes back to where a step
/// was entered from.
fn follows(machine: &Machine<'_>) -> Vec<Bits> {
    let transitions = machine.transitions.iter();
    let transitions = transitions.filter_map(|transition| Some((transition.at, transition.to?)));
    let refuges = machine.handlers.iter().flat_map(|((at, ..), recoveries)| {
        let ways = recoveries
            .iter()
            .map(|recovery| machine.recoveries[*recovery]);
        ways.filter_map(|way| match way {
            Recovery::GoTo(step) => Some((*at, step)),
            Recovery::Retry | Recovery::Stay => None,
        })
    });
    let mut follows = vec![Bits::default(); machine.places.len()];
    for (from, to) in transitions.chain(refuges) {
        follows[from].insert(to);
        if !machine.place(to).errors.is_empty() {
            follows[to].insert(from);
        }
    }
    for answer in &machine.answers {
        follows[answer.step].add(&machine.woken(&answer.events));
    }
    follows
}

/// The events that a step itself depends on, by step.
fn uses<'a>(machine: &Machine<'a>, journey: &Journey<'a>) -> Vec<Bits> {
    let mut uses: Vec<Bits> = machine
        .places
        .iter()
        .map(|place| place.reads.clone())
        .collect();
    for (transition, row) in machine.transitions.iter().zip(&journey.facts.transitions) {
        if row.kind == ConnectionKind::Event {
            uses[transition.at].extend(machine.events.find(&row.by));
        }
    }
    for (place, uses) in machine.places.iter().zip(&mut uses) {
        for (_, fed_by) in &place.shown {
            uses.add(fed_by);
        }
    }
    for (_, _, trace) in journey.played.traces.values() {
        if let Some(step) = machine.steps.find(&trace.step) {
            uses[step].add(&machine.known(&trace.lacks));
        }
    }
    uses
}

/// A step and all that may come after it.
fn reached(step: usize, follows: &[Bits]) -> Bits {
    let mut reached = Bits::from_iter([step]);
    let mut last = reached.clone();
    while !last.is_empty() {
        let mut next = Bits::default();
        for step in last.iter() {
            next.add(&follows[step]);
        }
        next.subtract(&reached);
        reached.add(&next);
        last = next;
    }
    reached
}
