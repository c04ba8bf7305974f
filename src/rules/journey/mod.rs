//! The journeys through a workflow, played to the end.
//!
//! A journey enters a workflow at its entry, follows transitions, decides, fails
//! and recovers, until it rests at an end or leaves for another workflow. What it
//! is played from stands in rows (`facts`, `scenario`); the Quint family prints
//! the same rows. What may happen next and what it does (`machine`, `play`) is
//! the module `Journey` of `emc.qnt`, here once more with sets of bits; a journey
//! forgets what no step ahead depends on (`forget`), as `Survey` does. So every
//! state that a journey can be in is seen (`search`), and what is wrong with one
//! of them, or is nowhere among them, is told with the shortest story that leads
//! there (`survey`, `words`). Tests hold the verdicts against those of the real
//! Quint.

mod bits;
mod facts;
mod forget;
mod interned;
mod machine;
mod play;
mod row;
mod scenario;
mod search;
mod survey;
mod words;

pub(crate) use facts::Facts;
#[cfg(feature = "quint")]
pub(crate) use row::{Asker, Target, Way};
pub(crate) use scenario::Played;

use super::Path;
use crate::{diagnostic::Code, model::Workflow};

/// How many states of one workflow are looked at. A workflow of ten steps has
/// some hundred; one that has more than this is several workflows in one. So
/// many states take half a second and less than a hundred megabytes.
pub const MOST_STATES: usize = 100_000;

/// Something that goes wrong on a journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, one of [`crate::diagnostic::codes::rules::journey`].
    pub code: &'static Code,
    /// The elements that are concerned, below the workflow.
    pub path: Path,
    /// The shortest journey that shows it, a sentence for each move. Empty when
    /// the finding is that something never happens.
    pub story: Vec<String>,
}

/// What all journeys through a workflow have shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exploration {
    /// By code; of one code, what is met after the fewest moves first.
    pub findings: Vec<Finding>,
    /// How many states a journey can be in, as far as they were looked at.
    pub states: usize,
    /// Whether these are all. If not, what is found can happen, but nothing is
    /// said of what never happens: no [`NO_END_IN_REACH`], no step, decision or
    /// transition that is missed, and no scenario.
    ///
    /// [`NO_END_IN_REACH`]: crate::diagnostic::codes::rules::journey::NO_END_IN_REACH
    pub complete: bool,
}

/// Play every journey through a workflow, in no more than [`MOST_STATES`] states.
pub fn explore(workflow: &Workflow) -> Exploration {
    explore_within(workflow, MOST_STATES)
}

/// Play every journey through a workflow, in no more than this many states.
pub fn explore_within(workflow: &Workflow, most_states: usize) -> Exploration {
    survey::survey(&Journey::of(workflow), most_states)
}

/// What to do about a finding, in a few words.
pub(super) fn hint(code: &Code) -> &'static str {
    match code.number {
        931 => {
            "follow the outcome or error with a transition or a recovery, or end at a view or exit"
        }
        932 => "lead the journey through the step that records the event first",
        933 => "lead to the reaction by its trigger, or give each reaction a step of its own",
        934 => "let something outside of the loop ask again, or react to another event",
        935 => {
            "let the control, automation or translation that issues the command handle the error"
        }
        936 => "record one of the events first, or model what is shown in their absence",
        937 => "add a transition that leads out, or let nothing lead on from a view",
        938 => "let a transition lead here that a journey can take",
        939 => "let something that happens ask the step to decide",
        940 => "let what the transition waits for happen, or remove it",
        941 => "correct the scenario, or the step that it is about",
        942 => "split the workflow",
        _ => "",
    }
}

/// All that a journey is played from.
#[derive(Debug)]
pub(crate) struct Journey<'a> {
    pub facts: Facts<'a>,
    pub played: Played<'a>,
}

impl<'a> Journey<'a> {
    pub fn of(workflow: &'a Workflow) -> Self {
        let index = facts::Index::of(workflow);
        let facts = Facts::of(workflow, &index);
        let played = Played::of(workflow, &index, &facts);
        Self { facts, played }
    }
}
