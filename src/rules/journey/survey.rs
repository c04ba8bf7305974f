//! What is wrong with the states of a journey, or is nowhere among them: the
//! tests of the module `Survey` of `emc.qnt`.

use std::collections::BTreeSet;

use super::{
    Exploration, Finding, Journey,
    bits::Bits,
    machine::{Machine, Place},
    play::{Ask, State},
    row::{Asker, Decision, Target},
    scenario::Trace,
    search::Search,
    words::Rows,
};
use crate::{
    diagnostic::{
        Code,
        codes::rules::journey::{
            AUTOMATION_NEVER_SETTLES, COMMAND_BEFORE_EVENT, DECISION_NEVER_MADE, JOURNEY_DEAD_END,
            NO_END_IN_REACH, RAISED_ERROR_WITHOUT_RECOVERY, REACTION_WITHOUT_TRIGGER,
            SCENARIO_DOES_NOT_HAPPEN, STEP_NEVER_REACHED, TRANSITION_NEVER_TAKEN,
            VIEW_BEFORE_EVENTS,
        },
    },
    event::vocabulary::ConnectionKind,
    model::{Part, Path},
};

/// Play every journey, in no more than this many states.
pub(super) fn survey(journey: &Journey<'_>, most_states: usize) -> Exploration {
    let machine = Machine::of(journey);
    let search = Search::of(&machine, journey, most_states);
    let mut survey = Survey {
        journey,
        machine: &machine,
        search: &search,
        rows: Rows::of(&journey.facts),
        known: BTreeSet::new(),
        findings: Vec::new(),
    };
    survey.states();
    if search.complete {
        survey.traps();
        survey.missed();
        survey.scenarios();
    }
    let mut findings = survey.findings;
    findings.sort_by_key(|finding| finding.code.number);
    Exploration {
        findings,
        states: search.len(),
        complete: search.complete,
    }
}

struct Survey<'s, 'a> {
    journey: &'s Journey<'a>,
    machine: &'s Machine<'a>,
    search: &'s Search<'s, 'a>,
    rows: Rows<'s, 'a>,
    /// What is found already: other states tell the same.
    known: BTreeSet<(u16, Path)>,
    findings: Vec<Finding>,
}

/// Where something is, below the workflow.
fn path<const DEPTH: usize>(elements: [(Part, &str); DEPTH]) -> Path {
    let elements = elements.into_iter();
    Path(
        elements
            .map(|(part, name)| (part, name.to_owned()))
            .collect(),
    )
}

impl<'a> Survey<'_, 'a> {
    fn step(&self, number: usize) -> &'a str {
        self.machine.steps.get(number)
    }

    /// A fault of a state; told once, with the story of the first such state.
    fn fault(&mut self, code: &'static Code, path: Path, state: usize) {
        if self.known.insert((code.number, path.clone())) {
            let story = self.rows.story(self.search, state);
            self.findings.push(Finding { code, path, story });
        }
    }

    /// Something that happens in no state.
    fn missing(&mut self, code: &'static Code, path: Path) {
        if self.known.insert((code.number, path.clone())) {
            let story = Vec::new();
            self.findings.push(Finding { code, path, story });
        }
    }

    // ---- what must never be true of a state

    fn states(&mut self) {
        let search = self.search;
        for state in &search.stuck {
            let at = search.state(*state).at;
            let path = path([(Part::Step, self.step(at))]);
            self.fault(&JOURNEY_DEAD_END, path, *state);
        }
        let mut looping = Bits::default();
        for (number, state) in search.states() {
            for (_, ask) in search.play.asks(state) {
                let place = self.machine.place(ask.step);
                self.guessing(number, state, ask, place);
                self.untriggered(number, state, ask, place);
                self.looping(number, ask, &mut looping);
            }
            self.helpless(number, state);
            for row in search.play.blank(state) {
                let shown = self.rows.shown[row];
                let path = path([
                    (Part::Step, shown.step),
                    (Part::ReadModel, shown.read_model),
                ]);
                self.fault(&VIEW_BEFORE_EVENTS, path, number);
            }
        }
    }

    /// The decisions of a step.
    fn decisions(&self, step: usize) -> impl Iterator<Item = &'_ Decision<'a>> + use<'_, 'a> {
        let step = self.step(step);
        let decisions = self.journey.facts.decisions.iter();
        decisions.filter(move |decision| decision.step == step)
    }

    /// A command is decided before what it reads is recorded.
    fn guessing(&mut self, number: usize, state: &State, ask: &Ask, place: &Place) {
        if place.needs.is_within(&state.recorded) {
            return;
        }
        let mut paths = Vec::new();
        for decision in self.decisions(ask.step) {
            let (step, command) = (decision.step, decision.command);
            let missing = decision
                .needs
                .iter()
                .filter(|event| !self.is_recorded(state, event));
            paths.extend(missing.map(|event| {
                path([
                    (Part::Step, step),
                    (Part::Command, command),
                    (Part::Event, event),
                ])
            }));
        }
        for path in paths {
            self.fault(&COMMAND_BEFORE_EVENT, path, number);
        }
    }

    fn is_recorded(&self, state: &State, event: &'a str) -> bool {
        let event = self.machine.events.find(&event);
        event.is_some_and(|event| state.recorded.has(event))
    }

    fn is_there(&self, state: &State, payload: &'a str) -> bool {
        let payload = self.machine.payloads.find(&payload);
        payload.is_some_and(|payload| state.arrived.has(payload))
    }

    /// A reaction is decided though what sets it off did not happen.
    fn untriggered(&mut self, number: usize, state: &State, ask: &Ask, place: &Place) {
        if place.triggers.is_within(&state.recorded) && place.payloads.is_within(&state.arrived) {
            return;
        }
        let mut paths = Vec::new();
        for decision in self.decisions(ask.step) {
            let missing = match decision.asker {
                Asker::On(event) if !self.is_recorded(state, event) => (Part::Event, event),
                Asker::From(payload) if !self.is_there(state, payload) => (Part::Payload, payload),
                _ => continue,
            };
            let (step, command) = (decision.step, decision.command);
            paths.push(path([
                (Part::Step, step),
                (Part::Command, command),
                missing,
            ]));
        }
        for path in paths {
            self.fault(&REACTION_WITHOUT_TRIGGER, path, number);
        }
    }

    /// An automation set itself off. One finding for all that are in the loop.
    fn looping(&mut self, number: usize, ask: &Ask, told: &mut Bits) {
        if ask.chain.has(ask.step) && !told.has(ask.step) {
            told.add(&ask.chain);
            let path = path([(Part::Step, self.step(ask.step))]);
            self.fault(&AUTOMATION_NEVER_SETTLES, path, number);
        }
    }

    /// An error is shown where nothing handles it.
    fn helpless(&mut self, number: usize, state: &State) {
        let search = self.search;
        for (_, ask, failure) in search.play.failures(state) {
            if !search.play.recoveries(ask, failure).is_empty() {
                continue;
            }
            let (step, error) = self.rows.errors[failure.error];
            let mut path = path([(Part::Step, step), (Part::Error, error)]);
            if ask.back != ask.step {
                path.0.push((Part::Source, self.step(ask.back).to_owned()));
            }
            self.fault(&RAISED_ERROR_WITHOUT_RECOVERY, path, number);
        }
    }

    /// States from which no journey can end.
    fn traps(&mut self) {
        for state in self.search.traps() {
            let at = self.search.state(state).at;
            let path = path([(Part::Step, self.step(at))]);
            self.fault(&NO_END_IN_REACH, path, state);
        }
    }

    // ---- what must come about

    fn missed(&mut self) {
        let (mut reached, mut asked) = (Bits::default(), Bits::default());
        for (_, state) in self.search.states() {
            reached.insert(state.at);
            asked.extend(self.search.play.asks(state).map(|(_, ask)| ask.step));
        }
        let machine = self.machine;
        let among = |steps: &Bits, step: &'a str| {
            machine
                .steps
                .find(&step)
                .is_some_and(|step| steps.has(step))
        };
        let facts = &self.journey.facts;
        for step in facts.steps.iter().filter(|step| !among(&reached, step)) {
            self.missing(&STEP_NEVER_REACHED, path([(Part::Step, step)]));
        }
        for decision in &facts.decisions {
            if !among(&asked, decision.step) {
                let path = path([
                    (Part::Step, decision.step),
                    (Part::Command, decision.command),
                ]);
                self.missing(&DECISION_NEVER_MADE, path);
            }
        }
        for (number, transition) in facts.transitions.iter().enumerate() {
            if !self.search.taken.has(number) {
                let to = match transition.to {
                    Target::Step(step) => (Part::Target, step),
                    Target::Exit(workflow) => (Part::Workflow, workflow),
                };
                let by = (trigger(transition.kind), transition.by);
                let path = path([(Part::Transition, transition.at), to, by]);
                self.missing(&TRANSITION_NEVER_TAKEN, path);
            }
        }
    }

    // ---- scenarios

    fn scenarios(&mut self) {
        let journey = self.journey;
        for (slice, scenario, trace) in journey.played.traces.values() {
            let path = path([(Part::Slice, slice), (Part::Scenario, scenario)]);
            match self.given(trace) {
                None => self.missing(&SCENARIO_DOES_NOT_HAPPEN, path),
                Some(state) => {
                    let written = self.written(trace);
                    if written != trace.writes {
                        self.fault(&SCENARIO_DOES_NOT_HAPPEN, path, state);
                        self.tell_what_it_does(trace, &written);
                    }
                }
            }
        }
    }

    /// The first state that the scenario fits.
    fn given(&self, trace: &Trace<'a>) -> Option<usize> {
        let step = self.machine.steps.find(&trace.step)?;
        let decides = self.machine.place(step).decides;
        let lacks = self.machine.known(&trace.lacks);
        let play = &self.search.play;
        let fits = |state: &State| {
            let ready = if decides {
                play.asks(state).any(|(_, ask)| ask.step == step)
            } else {
                state.at == step && !state.left && play.blank(state).next().is_none()
            };
            ready && !lacks.meets(&state.recorded)
        };
        let mut states = self.search.states();
        states
            .find(|(_, state)| fits(state))
            .map(|(number, _)| number)
    }

    /// The streams that the answer of a scenario writes to; an error writes to none.
    fn written(&self, trace: &Trace<'a>) -> BTreeSet<&'a str> {
        let facts = &self.journey.facts;
        let answers = facts.answers_of(trace.step).into_iter();
        answers
            .filter(|answer| trace.error.is_empty() && answer.outcome == trace.outcome)
            .flat_map(|answer| facts.streams_of(&answer.events))
            .collect()
    }

    /// End the story of the last finding with what the answer writes to.
    fn tell_what_it_does(&mut self, trace: &Trace<'a>, written: &BTreeSet<&'a str>) {
        let Some(finding) = self.findings.last_mut() else {
            return;
        };
        let list = |streams: &BTreeSet<&str>| {
            let streams: Vec<String> = streams.iter().map(|name| format!("`{name}`")).collect();
            if streams.is_empty() {
                "no stream".to_owned()
            } else {
                streams.join(" and ")
            }
        };
        finding.story.push(format!(
            "`{}` answers `{}` and writes to {}, not to {}",
            trace.step,
            trace.outcome,
            list(written),
            list(&trace.writes),
        ));
    }
}

/// How a finding names what sets a transition off.
fn trigger(kind: ConnectionKind) -> Part {
    match kind {
        ConnectionKind::Command => Part::Command,
        ConnectionKind::Event => Part::Event,
        ConnectionKind::Navigation => Part::Trigger,
        ConnectionKind::ExternalTrigger => Part::Payload,
        ConnectionKind::Outcome => Part::Outcome,
    }
}
