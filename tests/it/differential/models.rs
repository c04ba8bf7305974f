//! Models by their seed: the same seed is the same model, here and elsewhere.

use std::sync::LazyLock;

use emc::{
    event::EmcEvent,
    model::{Model, Origin, ProjectedModel},
};
use proptest::{
    bool::ANY as FLAG,
    collection::vec,
    option,
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::change::{Change, change, harmless};
use crate::{broken_model, clean_model, interop, stores::Store, strategies};

/// A model of events that need not fit: what is refused is not in it.
pub fn folded(events: &[EmcEvent]) -> Model {
    ProjectedModel::from_events((0..).map(Origin).zip(events)).model
}

/// The events of the model with this seed.
pub fn events(seed: u64) -> Vec<EmcEvent> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    MODELS
        .with(|models| models.new_tree(&mut runner))
        .expect("events")
        .current()
}

thread_local! {
    static MODELS: BoxedStrategy<Vec<EmcEvent>> = models();
}

/// The models that mutants come from.
static ORIGINALS: LazyLock<[Vec<EmcEvent>; 4]> = LazyLock::new(|| {
    let stored = |name| interop::events(&Store::fixture(name));
    [
        clean_model::events(),
        broken_model::events(),
        stored("repair-desk"),
        stored("every-event"),
    ]
});

fn models() -> BoxedStrategy<Vec<EmcEvent>> {
    prop_oneof![
        2 => variant(),
        2 => strategies::history(40),
        5 => mutant(),
    ]
    .boxed()
}

/// The clean model, told with other words and in another order: most of these are
/// valid.
fn variant() -> BoxedStrategy<Vec<EmcEvent>> {
    vec(harmless(), 1..6)
        .prop_map(|changes| changed(&ORIGINALS[0], &changes))
        .boxed()
}

/// An original, whole or with a few of its slices, and one to four changes.
fn mutant() -> BoxedStrategy<Vec<EmcEvent>> {
    let some = option::weighted(0.8, vec(FLAG, 1..6).prop_map(Change::Keep));
    (0..4_usize, some, vec(change(), 1..5))
        .prop_map(|(original, some, changes)| {
            let changes: Vec<Change> = some.into_iter().chain(changes).collect();
            changed(&ORIGINALS[original], &changes)
        })
        .boxed()
}

fn changed(original: &[EmcEvent], changes: &[Change]) -> Vec<EmcEvent> {
    let mut events = original.to_vec();
    for change in changes {
        change.apply(&mut events);
    }
    events
}
