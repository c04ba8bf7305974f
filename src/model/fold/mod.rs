//! The fold: events in canonical order make the model.
//!
//! An event that does not fit is refused: it changes nothing, it is recorded,
//! and the fold goes on, so that one reading finds everything. A model with
//! refusals is no model to build from.
//!
//! Facts of a slice change that slice only. So a fold of all other events and
//! of the facts of some slices gives these slices, and everything but the facts
//! of the others, as the fold of all events does.

mod apply;
mod index;
mod refusal;
#[cfg(test)]
mod tests;
mod transition;

pub use refusal::{Refusal, RefusalReason};

use super::{Model, Origin};
use crate::event::EmcEvent;
use index::Index;

/// A fold that goes on.
#[derive(Clone, Debug, Default)]
pub struct Fold {
    model: Model,
    index: Index,
    refusals: Vec<Refusal>,
}

/// A model with the events that did not fit into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectedModel {
    /// What the events mean, without those that were refused.
    pub model: Model,
    /// The events that were refused, in canonical order.
    pub refusals: Vec<Refusal>,
}

impl ProjectedModel {
    /// Fold events that stand in canonical order.
    pub fn from_events<'a>(events: impl IntoIterator<Item = (Origin, &'a EmcEvent)>) -> Self {
        let mut fold = Fold::new();
        for (origin, event) in events {
            fold.apply(origin, event);
        }
        fold.finish()
    }
}

impl Fold {
    /// Before the first event.
    pub fn new() -> Self {
        Self::default()
    }

    /// After the events that made a model.
    pub fn resume(model: Model) -> Self {
        Self {
            index: Index::of(&model),
            model,
            refusals: Vec::new(),
        }
    }

    /// The next event in canonical order.
    pub fn apply(&mut self, origin: Origin, event: &EmcEvent) {
        if let Err(reason) = self.change(origin, event) {
            self.refusals.push(Refusal {
                origin,
                event: event.variant(),
                reason,
            });
        }
    }

    /// As [`Fold::apply`], of an event that nobody needs any more: a fact that is added
    /// to a slice, as most events do, goes into the model without being copied.
    pub fn spend(&mut self, origin: Origin, event: EmcEvent) {
        let name = event.variant();
        match event {
            EmcEvent::SliceFactAdded { slice, fact } if self.model.project.is_some() => {
                if let Err(reason) = self.add_fact(&slice, origin, fact) {
                    self.refusals.push(Refusal {
                        origin,
                        event: name,
                        reason,
                    });
                }
            }
            event => self.apply(origin, &event),
        }
    }

    /// The events that were refused until now.
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// The model after the last event.
    pub fn finish(mut self) -> ProjectedModel {
        self.index.sweep(&mut self.model);
        ProjectedModel {
            model: self.model,
            refusals: self.refusals,
        }
    }
}
