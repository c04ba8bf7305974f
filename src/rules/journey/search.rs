//! Every state that a journey can be in.

use super::{
    Journey,
    bits::Bits,
    forget::Memory,
    interned::Interned,
    machine::Machine,
    play::{Move, Play, State},
};

/// The states that were seen, breadth first.
#[derive(Debug)]
pub(super) struct Search<'m, 'a> {
    pub play: Play<'m, 'a>,
    states: Interned<State>,
    /// How each state was met first; none for those in which a journey starts.
    met: Vec<Option<(usize, Move)>>,
    /// From state to state.
    edges: Vec<(usize, usize)>,
    /// The states that are no end and from which nothing can happen.
    pub stuck: Vec<usize>,
    /// The transitions that some journey follows.
    pub taken: Bits,
    /// Whether these are all.
    pub complete: bool,
}

impl<'m, 'a> Search<'m, 'a> {
    /// Look at every state, or at this many.
    pub fn of(machine: &'m Machine<'a>, journey: &Journey<'a>, most_states: usize) -> Self {
        let memory = Memory::of(machine, journey);
        let mut search = Self {
            play: Play::of(machine),
            states: Interned::default(),
            met: Vec::new(),
            edges: Vec::new(),
            stuck: Vec::new(),
            taken: Bits::default(),
            complete: true,
        };
        for before in &journey.facts.before {
            let start = search.play.start(machine.known(before));
            search.meet(&memory, start, None);
        }
        let mut at = 0;
        while at < search.len() {
            if search.len() > most_states {
                search.complete = false;
                break;
            }
            search.leave(&memory, at);
            at += 1;
        }
        search
    }

    /// Take every move from a state.
    fn leave(&mut self, memory: &Memory, at: usize) {
        let state = self.states.get(at).clone();
        let moves = self.play.moves(&state);
        if moves.is_empty() && !self.play.ended(&state) {
            self.stuck.push(at);
        }
        for change in moves {
            let next = self.play.apply(&state, change);
            let to = self.meet(memory, next, Some((at, change)));
            self.edges.push((at, to));
            if let Move::Follow(transition) = change {
                self.taken.insert(transition);
            }
        }
    }

    /// The number of a state.
    fn meet(&mut self, memory: &Memory, mut state: State, how: Option<(usize, Move)>) -> usize {
        memory.trim(&self.play, &mut state);
        let number = self.states.number(state);
        if number == self.met.len() {
            self.met.push(how);
        }
        number
    }

    /// How many states were seen.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    pub fn state(&self, number: usize) -> &State {
        self.states.get(number)
    }

    /// The states, those that take the fewest moves first.
    pub fn states(&self) -> impl Iterator<Item = (usize, &State)> {
        (0..self.len()).map(|number| (number, self.states.get(number)))
    }

    /// The shortest way to a state: where it starts, and its moves.
    pub fn way_to(&self, state: usize) -> (usize, Vec<Move>) {
        let mut moves = Vec::new();
        let mut at = state;
        while let Some((from, change)) = self.met[at] {
            moves.push(change);
            at = from;
        }
        moves.reverse();
        (at, moves)
    }

    /// The states from which no journey can end, where it has just lost the
    /// last way: they come after a state from which it can, or at the start.
    pub fn traps(&self) -> Vec<usize> {
        let hopeful = self.hopeful();
        let hopeless = |state: &usize| !hopeful[*state];
        let starts = (0..self.len()).filter(|state| self.met[*state].is_none());
        let fallen = self.edges.iter().filter(|(from, _)| hopeful[*from]);
        let mut traps: Vec<usize> = starts
            .chain(fallen.map(|(_, to)| *to))
            .filter(hopeless)
            .collect();
        traps.sort_unstable();
        traps.dedup();
        traps
    }

    /// Whether a journey can still end, by state.
    fn hopeful(&self) -> Vec<bool> {
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); self.len()];
        for (from, to) in &self.edges {
            before[*to].push(*from);
        }
        let mut hopeful = vec![false; self.len()];
        let ends = self.states().filter(|(_, state)| self.play.ended(state));
        let mut open: Vec<usize> = ends.map(|(number, _)| number).collect();
        while let Some(state) = open.pop() {
            if !std::mem::replace(&mut hopeful[state], true) {
                open.extend(&before[state]);
            }
        }
        hopeful
    }
}
