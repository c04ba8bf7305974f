//! What holds for the codec and the fold of any events.

use std::collections::BTreeSet;

use emc::{
    event::{Address, EmcEvent, peek, vocabulary::SliceKind},
    model::{Fold, Model, Origin, ProjectedModel, ProjectionFingerprint},
};
use proptest::{collection::vec, prelude::*};

use crate::strategies::{
    SLICES, WORKFLOWS, added_slice, added_workflow, event, fact_event, history, text_of,
};

fn fold(events: &[EmcEvent]) -> ProjectedModel {
    ProjectedModel::from_events((0..).map(Origin).zip(events))
}

/// The slice that the fact of an event belongs to.
fn slice_of_fact(event: &EmcEvent) -> Option<&str> {
    match event.address() {
        Address::Fact(slice) => Some(slice),
        _ => None,
    }
}

#[test]
fn the_strategies_make_every_event() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    let event = event();
    for _ in 0..5_000 {
        let tree = event.new_tree(&mut runner).expect("an event");
        seen.insert(tree.current().variant());
    }
    let all: BTreeSet<_> = EmcEvent::VARIANTS.iter().copied().collect();
    assert_eq!(seen, all);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn an_event_is_read_back_as_it_was_written(event in event()) {
        let json = event.encode();
        let read = EmcEvent::decode(&json);
        prop_assert_eq!(read.as_ref(), Ok(&event));
        // The maps of `serde_json` are sorted, at every level.
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        prop_assert_eq!(&value.to_string(), &json);
        prop_assert_eq!(&serde_json::to_value(&event).expect("JSON"), &value);
        let again: EmcEvent = serde_json::from_value(value).expect("an event");
        prop_assert_eq!(&again, &event);
        let (variant, address) = peek(&json).expect("an event");
        prop_assert_eq!(variant, event.variant());
        prop_assert_eq!(format!("{address:?}"), format!("{:?}", event.address()));
    }

    #[test]
    fn damaged_text_is_an_error_or_another_event(
        event in event(),
        at in any::<prop::sample::Index>(),
        with in any::<char>(),
    ) {
        let mut letters: Vec<char> = event.encode().chars().collect();
        let at = at.index(letters.len());
        let start: String = letters[..at].iter().collect();
        prop_assert!(EmcEvent::decode(&start).is_err());
        letters[at] = with;
        let damaged: String = letters.iter().collect();
        match EmcEvent::decode(&damaged) {
            Ok(other) => prop_assert_eq!(EmcEvent::decode(&other.encode()), Ok(other)),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}

proptest! {
    // Each case is a whole history.
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_refused_event_changes_nothing(events in history(60)) {
        let whole = fold(&events);
        let refused: BTreeSet<Origin> =
            whole.refusals.iter().map(|refusal| refusal.origin).collect();
        let without = ProjectedModel::from_events(
            (0..).map(Origin).zip(&events).filter(|(origin, _)| !refused.contains(origin)),
        );
        prop_assert_eq!(without.refusals, vec![]);
        prop_assert_eq!(without.model, whole.model);
    }

    #[test]
    fn a_fold_can_stop_and_go_on(events in history(60), at in any::<prop::sample::Index>()) {
        let at = at.index(events.len());
        let whole = fold(&events);
        let first = fold(&events[..at]);
        let mut rest = Fold::resume(first.model);
        for (origin, event) in (0..).map(Origin).zip(&events).skip(at) {
            rest.apply(origin, event);
        }
        let rest = rest.finish();
        prop_assert_eq!(&rest.model, &whole.model);
        let refusals = [first.refusals, rest.refusals].concat();
        prop_assert_eq!(refusals, whole.refusals);
    }

    /// With the facts of some slices only, these slices are the same, and so is
    /// everything but the facts of the others.
    #[test]
    fn a_sparse_fold_is_the_full_one_cut_down(
        events in history(80),
        wanted in any::<[bool; SLICES.len()]>(),
    ) {
        let wanted: Vec<&str> = SLICES
            .iter()
            .zip(wanted)
            .filter_map(|(slug, wanted)| wanted.then_some(*slug))
            .collect();
        let fed = |event: &EmcEvent| slice_of_fact(event).is_none_or(|slice| wanted.contains(&slice));
        let sparse = ProjectedModel::from_events(
            (0..).map(Origin).zip(&events).filter(|(_, event)| fed(event)),
        );
        let mut whole = fold(&events);
        let slices = whole.model.workflows.iter_mut().flat_map(|workflow| &mut workflow.slices);
        for slice in slices.filter(|slice| !wanted.contains(&slice.slug.as_str())) {
            *slice = slice.without_facts();
        }
        prop_assert_eq!(sparse.model, whole.model);
        whole.refusals.retain(|refusal| fed(&events[refusal.origin.0 as usize]));
        prop_assert_eq!(sparse.refusals, whole.refusals);
    }

    /// Facts of different slices may come in any order among each other.
    #[test]
    fn facts_of_different_slices_do_not_meet(
        left in vec(fact_event(text_of(SLICES[0])), 0..20),
        right in vec(fact_event(text_of(SLICES[1])), 0..20),
        choices in vec(any::<bool>(), 40),
    ) {
        let start = [
            EmcEvent::ProjectInitialized { name: text_of("Desk") },
            added_workflow(WORKFLOWS[0]),
            added_slice(WORKFLOWS[0], SLICES[0]),
            added_slice(WORKFLOWS[0], SLICES[1]),
        ];
        let one = [&start[..], &left, &right].concat();
        let mut mixed = start.to_vec();
        let (mut left, mut right) = (left.into_iter(), right.into_iter());
        for choice in choices {
            mixed.extend(if choice { left.next() } else { right.next() });
        }
        mixed.extend(left.chain(right));
        prop_assert_eq!(fold(&one).model, fold(&mixed).model);
        prop_assert_eq!(ProjectionFingerprint::of(&one), ProjectionFingerprint::of(&mixed));
    }

    /// What is added last and removed again leaves no trace.
    #[test]
    fn removing_undoes_adding(
        mut events in history(60),
        facts in vec(fact_event(text_of("new")), 0..10),
    ) {
        let before = fold(&events).model;
        events.extend([added_workflow("new"), added_slice("new", "new")]);
        events.extend(facts);
        let slice_removed = EmcEvent::SliceRemoved { slug: text_of("new") };
        let workflow_removed = EmcEvent::WorkflowRemoved { slug: text_of("new") };
        for removed in [&[workflow_removed.clone()][..], &[slice_removed, workflow_removed]] {
            let events = [&events[..], removed].concat();
            prop_assert_eq!(&fold(&events).model, &before);
        }
    }

    /// The fold finds the slice that a search from the front finds.
    #[test]
    fn the_first_with_a_slug_is_meant(events in history(60)) {
        const CHANGED: &str = "changed by the test";
        let whole = fold(&events).model;
        for slug in SLICES {
            let update = EmcEvent::SliceUpdated {
                slug: text_of(slug),
                name: text_of(slug),
                kind: SliceKind::Automation,
                description: text_of(CHANGED),
            };
            let position = |model: &Model, wanted: &dyn Fn(&emc::model::Slice) -> bool| {
                model.slices().position(|(_, slice)| wanted(slice))
            };
            let meant = position(&whole, &|slice| slice.slug == *slug);
            let after = fold(&[&events[..], &[update]].concat()).model;
            prop_assert_eq!(position(&after, &|slice| slice.description == CHANGED), meant);
        }
    }
}
