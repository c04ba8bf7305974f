//! Moves in words.

use std::fmt::Write as _;

use super::{
    Facts,
    play::Move,
    row::{Answer, Handled, Shown, Target, Transition, Way},
    search::Search,
};

/// The rows by number.
pub(super) struct Rows<'j, 'a> {
    pub transitions: Vec<&'j Transition<'a>>,
    answers: Vec<&'j Answer<'a>>,
    pub errors: Vec<(&'a str, &'a str)>,
    recoveries: Vec<&'j Handled<'a>>,
    pub shown: Vec<&'j Shown<'a>>,
}

impl<'j, 'a> Rows<'j, 'a> {
    pub fn of(facts: &'j Facts<'a>) -> Self {
        Self {
            transitions: facts.transitions.iter().collect(),
            answers: facts.answers.iter().collect(),
            errors: facts.errors.iter().copied().collect(),
            recoveries: facts.recoveries.iter().collect(),
            shown: facts.shown.iter().collect(),
        }
    }

    /// The shortest story that leads to a state.
    pub fn story(&self, search: &Search<'_, 'a>, state: usize) -> Vec<String> {
        let (start, moves) = search.way_to(state);
        let moves = moves.into_iter().map(|change| self.told(search, change));
        std::iter::once(beginning(search, start))
            .chain(moves)
            .collect()
    }

    fn told(&self, search: &Search<'_, 'a>, change: Move) -> String {
        match change {
            Move::Follow(transition) => {
                let Transition { at, by, to, .. } = self.transitions[transition];
                match to {
                    Target::Step(step) => format!("`{by}` leads from `{at}` to `{step}`"),
                    Target::Exit(other) => {
                        format!("`{by}` leads from `{at}` out to workflow `{other}`")
                    }
                }
            }
            Move::Arrive(payload) => {
                let payload = search.play.machine.payloads.get(payload);
                format!("`{payload}` arrives")
            }
            Move::Reply { answer, .. } => {
                let Answer { step, outcome, .. } = self.answers[answer];
                format!("`{step}` answers `{outcome}`")
            }
            Move::Raise { error, .. } => {
                let (step, error) = self.errors[error];
                format!("`{step}` raises `{error}`")
            }
            Move::Recover { recovery, .. } => {
                let row = self.recoveries[recovery];
                let (at, of, error) = (row.at, row.of, row.error);
                match row.way {
                    Way::GoTo(step) => format!("`{at}` recovers from `{error}` at `{step}`"),
                    Way::Retry => format!("`{at}` recovers from `{error}` and asks `{of}` again"),
                    Way::Stay => format!("`{at}` recovers from `{error}` and stays"),
                }
            }
        }
    }
}

/// How a journey starts. Of the events that were recorded before it, those are
/// told that matter to it.
fn beginning(search: &Search<'_, '_>, start: usize) -> String {
    let machine = search.play.machine;
    let entry = machine.steps.get(machine.entry);
    let recorded = search.state(start).recorded.iter();
    let mut events: Vec<&str> = recorded.map(|event| *machine.events.get(event)).collect();
    events.sort_unstable();
    let mut told = format!("a journey starts at `{entry}`");
    for (index, event) in events.into_iter().enumerate() {
        let before = if index == 0 { ", after" } else { " and" };
        // Writing into a String cannot fail.
        let _ = write!(told, "{before} `{event}`");
    }
    told
}
