//! What may happen next, and what it does: the module `Journey` of `emc.qnt`.

use super::{
    bits::Bits,
    interned::Interned,
    machine::{Machine, Recovery, When},
};

/// Where a journey is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct State {
    pub at: usize,
    /// It has left for another workflow.
    pub left: bool,
    /// Steps that have yet to decide.
    pub asked: Bits,
    /// Answers that no transition has followed yet.
    pub answered: Bits,
    /// Events.
    pub recorded: Bits,
    /// Payloads.
    pub arrived: Bits,
    /// Errors that nobody has left behind yet.
    pub failed: Bits,
}

/// A step that has yet to decide.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Ask {
    pub step: usize,
    /// The step that an error goes back to.
    pub back: usize,
    /// The automations that led here since the last actor or payload.
    pub chain: Bits,
}

/// An error and the ask that it is the answer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Failure {
    pub ask: usize,
    pub error: usize,
}

/// What may happen, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Follow(usize),
    Arrive(usize),
    Reply { ask: usize, answer: usize },
    Raise { ask: usize, error: usize },
    Recover { failure: usize, recovery: usize },
}

/// A machine in motion: it numbers the asks and failures that come up.
#[derive(Debug)]
pub(super) struct Play<'m, 'a> {
    pub machine: &'m Machine<'a>,
    asks: Interned<Ask>,
    failures: Interned<Failure>,
}

impl<'m, 'a> Play<'m, 'a> {
    pub fn of(machine: &'m Machine<'a>) -> Self {
        Self {
            machine,
            asks: Interned::default(),
            failures: Interned::default(),
        }
    }

    /// The steps that have yet to decide.
    pub fn asks<'s>(&'s self, state: &'s State) -> impl Iterator<Item = (usize, &'s Ask)> {
        let asked = state.asked.iter();
        asked.map(|number| (number, self.asks.get(number)))
    }

    /// The errors that nobody has left behind yet, each with its ask.
    pub fn failures<'s>(
        &'s self,
        state: &'s State,
    ) -> impl Iterator<Item = (usize, &'s Ask, Failure)> {
        state.failed.iter().map(|number| {
            let failure = *self.failures.get(number);
            (number, self.asks.get(failure.ask), failure)
        })
    }

    /// The ways out of a failure.
    pub fn recoveries(&self, ask: &Ask, failure: Failure) -> &'m [usize] {
        let (_, error) = self.machine.errors[failure.error];
        self.machine.handlers_of(ask.back, ask.step, error)
    }

    /// Where a journey that finds these events recorded starts.
    pub fn start(&mut self, recorded: Bits) -> State {
        let entry = self.machine.entry;
        let woken = self.machine.woken(&recorded);
        let mut state = State {
            at: entry,
            recorded,
            ..State::default()
        };
        self.enter(&mut state, entry);
        self.ask_alone(&mut state, &woken, &Bits::default());
        state
    }

    // ---- what can happen

    /// A journey waits while its step decides or shows an error.
    fn waits(&self, state: &State) -> bool {
        state.left
            || self.asks(state).any(|(_, ask)| ask.step == state.at)
            || self.failures(state).any(|(_, ask, _)| ask.back == state.at)
    }

    fn passable(&self, state: &State, transition: usize) -> bool {
        match &self.machine.transitions[transition].when {
            When::Always => true,
            When::Answered(answers) => state.answered.meets(answers),
            When::Recorded(event) => state.recorded.has(*event),
            When::Arrived(payload) => state.arrived.has(*payload),
        }
    }

    /// A payload comes while the journey waits for it, or at any time, once, when
    /// no transition leads to the step it is for.
    fn expected(&self, state: &State) -> Bits {
        let place = self.machine.place(state.at);
        let mut expected = place.payloads.clone();
        expected.add(&place.passing);
        expected.add(&self.machine.unbidden);
        expected.subtract(&state.arrived);
        expected
    }

    pub fn moves(&self, state: &State) -> Vec<Move> {
        let mut moves = Vec::new();
        if !self.waits(state) {
            let here = self.machine.place(state.at).transitions.iter().copied();
            let open = here.filter(|transition| self.passable(state, *transition));
            moves.extend(open.map(Move::Follow));
        }
        if !state.left {
            moves.extend(self.expected(state).iter().map(Move::Arrive));
        }
        for (ask, asked) in self.asks(state) {
            let place = self.machine.place(asked.step);
            let answers = place.answers.iter();
            moves.extend(answers.map(|answer| Move::Reply { ask, answer }));
            let errors = place.errors.iter().copied();
            moves.extend(errors.map(|error| Move::Raise { ask, error }));
        }
        for (number, ask, failure) in self.failures(state) {
            let recoveries = self.recoveries(ask, failure).iter().copied();
            moves.extend(recoveries.map(|recovery| Move::Recover {
                failure: number,
                recovery,
            }));
        }
        moves
    }

    // ---- what it does

    /// Ask steps. Asking a step again voids its previous answer.
    fn put(&mut self, state: &mut State, asks: impl IntoIterator<Item = Ask>) {
        for ask in asks {
            let answers = &self.machine.place(ask.step).answers;
            state.answered.subtract(answers);
            state.asked.insert(self.asks.number(ask));
        }
    }

    /// Ask steps that no actor leads to.
    fn ask_alone(&mut self, state: &mut State, steps: &Bits, chain: &Bits) {
        let asks = steps.iter().map(|step| Ask {
            step,
            back: step,
            chain: chain.clone(),
        });
        self.put(state, asks);
    }

    /// A step that is entered waits for its payloads anew, unless it is at one.
    fn enter(&mut self, state: &mut State, step: usize) {
        let place = self.machine.place(step);
        let busy = self.asks(state).any(|(_, ask)| ask.step == step)
            || self.failures(state).any(|(_, ask, _)| ask.step == step);
        if !busy {
            state.arrived.subtract(&place.payloads);
        }
        let back = std::mem::replace(&mut state.at, step);
        if place.by_actor {
            let chain = Bits::default();
            self.put(state, [Ask { step, back, chain }]);
        }
    }

    pub fn apply(&mut self, state: &State, change: Move) -> State {
        let mut next = state.clone();
        match change {
            Move::Follow(transition) => self.follow(&mut next, transition),
            Move::Arrive(payload) => {
                next.arrived.insert(payload);
                let asked = &self.machine.asked_by[payload];
                self.ask_alone(&mut next, asked, &Bits::default());
            }
            Move::Reply { ask, answer } => self.reply(&mut next, ask, answer),
            Move::Raise { ask, error } => {
                let Ask { step, back, .. } = *self.asks.get(ask);
                if next.at == step {
                    next.at = back;
                }
                next.asked.remove(ask);
                let failure = Failure { ask, error };
                next.failed.insert(self.failures.number(failure));
            }
            Move::Recover { failure, recovery } => self.recover(&mut next, failure, recovery),
        }
        next
    }

    fn follow(&mut self, state: &mut State, transition: usize) {
        let transition = &self.machine.transitions[transition];
        let answers = &self.machine.place(transition.at).answers;
        state.answered.subtract(answers);
        match transition.to {
            Some(step) => self.enter(state, step),
            None => state.left = true,
        }
    }

    fn reply(&mut self, state: &mut State, ask: usize, answer: usize) {
        let given = &self.machine.answers[answer];
        let place = self.machine.place(given.step);
        state.asked.remove(ask);
        // Nothing waits for an answer where no transition starts.
        if !place.transitions.is_empty() {
            state.answered.insert(answer);
        }
        state.recorded.add(&given.events);
        let mut chain = Bits::default();
        if !place.triggers.is_empty() {
            chain.add(&self.asks.get(ask).chain);
            chain.insert(given.step);
        }
        let woken = self.machine.woken(&given.events);
        self.ask_alone(state, &woken, &chain);
    }

    fn recover(&mut self, state: &mut State, failure: usize, recovery: usize) {
        let ask = self.failures.get(failure).ask;
        let back = self.asks.get(ask).back;
        state.failed.remove(failure);
        match self.machine.recoveries[recovery] {
            Recovery::GoTo(step) if state.at == back => self.enter(state, step),
            Recovery::GoTo(_) | Recovery::Stay => {}
            Recovery::Retry => {
                let again = self.asks.get(ask).clone();
                if state.at == back {
                    state.at = again.step;
                }
                self.put(state, [again]);
            }
        }
    }

    // ---- what must never be true of a state

    /// Whether the journey may rest here.
    pub fn ended(&self, state: &State) -> bool {
        (state.left || self.machine.place(state.at).end)
            && state.asked.is_empty()
            && state.failed.is_empty()
    }

    /// The rows of what the step shows though nothing that feeds it is recorded.
    pub fn blank<'s>(&'s self, state: &'s State) -> impl Iterator<Item = usize> {
        let shown = self.machine.place(state.at).shown.iter();
        shown
            .filter(|(_, fed_by)| !state.left && !fed_by.meets(&state.recorded))
            .map(|(row, _)| *row)
    }
}
