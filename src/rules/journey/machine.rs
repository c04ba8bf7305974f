//! The rows of a journey with numbers for names: what is looked up while a
//! journey is played.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Facts, Journey,
    bits::Bits,
    interned::Interned,
    row::{self, Asker, Target, Way},
};
use crate::event::vocabulary::ConnectionKind;

/// All that a journey is played from, by number. Transitions, answers, errors
/// and recoveries have the numbers of their rows. Every number was given out
/// here, and is the index of what it stands for.
#[derive(Debug, Default)]
pub(super) struct Machine<'a> {
    pub steps: Interned<&'a str>,
    pub events: Interned<&'a str>,
    pub payloads: Interned<&'a str>,
    pub entry: usize,
    /// By step.
    pub places: Vec<Place>,
    pub transitions: Vec<Transition>,
    pub answers: Vec<Answer>,
    /// The step and the number of each error.
    pub errors: Vec<(usize, usize)>,
    pub recoveries: Vec<Recovery>,
    error_names: Interned<&'a str>,
    /// By the step that shows the error, the step that raised it, the error.
    pub handlers: BTreeMap<(usize, usize, usize), Vec<usize>>,
    /// The steps that a payload makes decide, by payload.
    pub asked_by: Vec<Bits>,
    /// The steps that an event makes decide, by event.
    woken_by: Vec<Bits>,
    /// Payloads for steps that no transition leads to: they come at any time.
    pub unbidden: Bits,
}

/// What happens at a step.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub end: bool,
    /// An actor who enters it makes it decide.
    pub by_actor: bool,
    /// It decides.
    pub decides: bool,
    /// A transition leads here.
    pub entered: bool,
    pub transitions: Vec<usize>,
    pub answers: Bits,
    pub errors: Vec<usize>,
    /// Events that its commands read.
    pub needs: Bits,
    /// Of these, those that its commands read beside the event that wakes them.
    pub reads: Bits,
    /// Events that make it decide.
    pub triggers: Bits,
    /// Payloads that make it decide.
    pub payloads: Bits,
    /// Payloads that transitions from here wait for.
    pub passing: Bits,
    /// What its views show: the number of the row, the events that feed it.
    pub shown: Vec<(usize, Bits)>,
}

/// When a transition may be followed, and where it leads.
#[derive(Debug)]
pub(super) struct Transition {
    pub at: usize,
    pub when: When,
    /// None: out of the workflow.
    pub to: Option<usize>,
}

/// What has to happen before a transition is followed.
#[derive(Debug)]
pub(super) enum When {
    /// Nothing: a person does it.
    Always,
    /// One of these answers was given and not followed yet.
    Answered(Bits),
    /// The event is recorded.
    Recorded(usize),
    /// The payload arrived.
    Arrived(usize),
}

/// An answer of a step.
#[derive(Debug)]
pub(super) struct Answer {
    pub step: usize,
    pub events: Bits,
}

/// How an error is left behind.
#[derive(Clone, Copy, Debug)]
pub(super) enum Recovery {
    GoTo(usize),
    Retry,
    Stay,
}

impl<'a> Machine<'a> {
    pub fn of(journey: &Journey<'a>) -> Self {
        let facts = &journey.facts;
        let mut machine = Self::default();
        machine.entry = machine.step(facts.entry);
        machine.answers(facts);
        machine.decisions(facts);
        machine.transitions(facts);
        machine.recoveries(facts);
        machine.shown(facts);
        for (_, _, trace) in journey.played.traces.values() {
            machine.events_of(&trace.lacks);
        }
        machine
    }

    fn step(&mut self, name: &'a str) -> usize {
        let step = self.steps.number(name);
        if step == self.places.len() {
            self.places.push(Place::default());
        }
        step
    }

    fn event(&mut self, name: &'a str) -> usize {
        let event = self.events.number(name);
        if event == self.woken_by.len() {
            self.woken_by.push(Bits::default());
        }
        event
    }

    fn payload(&mut self, name: &'a str) -> usize {
        let payload = self.payloads.number(name);
        if payload == self.asked_by.len() {
            self.asked_by.push(Bits::default());
        }
        payload
    }

    fn events_of(&mut self, events: &BTreeSet<&'a str>) -> Bits {
        events.iter().map(|event| self.event(event)).collect()
    }

    /// The numbers of events that are named somewhere.
    pub fn known(&self, events: &BTreeSet<&'a str>) -> Bits {
        let events = events.iter();
        events.filter_map(|event| self.events.find(event)).collect()
    }

    /// The place of a step.
    pub fn place(&self, step: usize) -> &Place {
        &self.places[step]
    }

    fn at(&mut self, step: &'a str) -> (usize, &mut Place) {
        let step = self.step(step);
        (step, &mut self.places[step])
    }

    fn answers(&mut self, facts: &Facts<'a>) {
        for (number, answer) in facts.answers.iter().enumerate() {
            let events = self.events_of(&answer.events);
            let (step, place) = self.at(answer.step);
            place.answers.insert(number);
            self.answers.push(Answer { step, events });
        }
        for (number, (step, error)) in facts.errors.iter().enumerate() {
            let (step, place) = self.at(step);
            place.errors.push(number);
            let error = self.error_names.number(error);
            self.errors.push((step, error));
        }
    }

    fn decisions(&mut self, facts: &Facts<'a>) {
        for decision in &facts.decisions {
            let needs = self.events_of(&decision.needs);
            let (step, place) = self.at(decision.step);
            place.decides = true;
            place.needs.add(&needs);
            let mut reads = needs;
            match decision.asker {
                Asker::Actor => place.by_actor = true,
                Asker::On(event) => {
                    let event = self.event(event);
                    reads.remove(event);
                    self.places[step].triggers.insert(event);
                    self.woken_by[event].insert(step);
                }
                Asker::From(payload) => {
                    let payload = self.payload(payload);
                    self.places[step].payloads.insert(payload);
                    self.asked_by[payload].insert(step);
                }
            }
            self.places[step].reads.add(&reads);
        }
    }

    fn transitions(&mut self, facts: &Facts<'a>) {
        for (number, row) in facts.transitions.iter().enumerate() {
            let to = match row.to {
                Target::Step(step) => Some(self.step(step)),
                Target::Exit(_) => None,
            };
            if let Some(step) = to {
                self.places[step].entered = true;
            }
            let when = self.when(facts, row);
            let (at, place) = self.at(row.at);
            if let When::Arrived(payload) = when {
                place.passing.insert(payload);
            }
            place.transitions.push(number);
            self.transitions.push(Transition { at, when, to });
        }
        for place in self.places.iter().filter(|place| !place.entered) {
            self.unbidden.add(&place.payloads);
        }
    }

    fn when(&mut self, facts: &Facts<'a>, row: &row::Transition<'a>) -> When {
        let (_, place) = self.at(row.at);
        let (decides, all) = (place.decides, place.answers.clone());
        let those = |fits: &dyn Fn(&row::Answer<'a>) -> bool| {
            let answers = facts.answers.iter().enumerate();
            answers
                .filter(|(_, answer)| answer.step == row.at && fits(answer))
                .map(|(number, _)| number)
                .collect::<Bits>()
        };
        match row.kind {
            ConnectionKind::Command | ConnectionKind::Navigation => When::Always,
            ConnectionKind::Outcome => When::Answered(those(&|answer| answer.outcome == row.by)),
            // A step that records the event waits for its own answer.
            ConnectionKind::Event => {
                let own = those(&|answer| answer.events.contains(row.by));
                if own.is_empty() {
                    When::Recorded(self.event(row.by))
                } else {
                    When::Answered(own)
                }
            }
            ConnectionKind::ExternalTrigger if decides => When::Answered(all),
            ConnectionKind::ExternalTrigger => When::Arrived(self.payload(row.by)),
        }
    }

    fn recoveries(&mut self, facts: &Facts<'a>) {
        for (number, row) in facts.recoveries.iter().enumerate() {
            let way = match row.way {
                Way::GoTo(step) => Recovery::GoTo(self.step(step)),
                Way::Retry => Recovery::Retry,
                Way::Stay => Recovery::Stay,
            };
            self.recoveries.push(way);
            let (at, of) = (self.step(row.at), self.step(row.of));
            let error = self.error_names.number(row.error);
            let handlers = self.handlers.entry((at, of, error)).or_default();
            handlers.push(number);
        }
    }

    /// The ways out of an error that `at` shows and `of` raised.
    pub fn handlers_of(&self, at: usize, of: usize, error: usize) -> &[usize] {
        self.handlers
            .get(&(at, of, error))
            .map_or(&[], Vec::as_slice)
    }

    /// The steps that these events make decide.
    pub fn woken(&self, events: &Bits) -> Bits {
        let mut steps = Bits::default();
        for event in events.iter() {
            steps.add(&self.woken_by[event]);
        }
        steps
    }

    fn shown(&mut self, facts: &Facts<'a>) {
        for step in &facts.ends {
            self.at(step).1.end = true;
        }
        for (number, row) in facts.shown.iter().enumerate() {
            // What is modelled to be absent may be absent.
            if !row.absence {
                let fed_by = self.events_of(&row.fed_by);
                self.at(row.step).1.shown.push((number, fed_by));
            }
        }
    }
}
