//! The laws of merging.

use proptest::prelude::*;

use super::*;
use crate::{
    authoring::plan::Plan,
    document::{
        Slice, Transition, Workflow,
        testing::{self, Draw, text},
    },
    event::vocabulary::ConnectionKind,
    model::{Fold, Origin},
};

fn folded(current: &Model, target: &Model) -> Model {
    let mut fold = Fold::new();
    let start = Plan::between(&Model::default(), current).expect("it can be recorded");
    let more = Plan::between(current, target).expect("it can be recorded");
    for (index, event) in start.events().iter().chain(&more.events()).enumerate() {
        fold.apply(Origin(u32::try_from(index).expect("few events")), event);
    }
    let projected = fold.finish();
    assert!(projected.refusals.is_empty(), "{:?}", projected.refusals);
    Model::of(&projected.model)
}

/// A model as the store gives it.
fn drawn(bytes: &[u8]) -> Model {
    folded(&Model::default(), &testing::model(&mut Draw::new(bytes)))
}

fn merge(base: &Model, sides: &[Model]) -> Merged<Model> {
    models(base, sides, &mut |_| None)
}

/// Whether two models hold the same, whatever the order of their elements.
fn same(one: &Model, other: &Model) -> bool {
    Plan::between(one, other).is_ok_and(|plan| plan.is_empty())
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..500)
}

/// Two or three models that share most of what they say.
fn related() -> impl Strategy<Value = (Model, Vec<Model>)> {
    let edits = proptest::collection::vec((0usize..400, any::<u8>()), 0..12);
    (bytes(), proptest::collection::vec(edits, 2..4)).prop_map(|(bytes, sides)| {
        let sides = sides
            .into_iter()
            .map(|edits| {
                let mut bytes = bytes.clone();
                for (place, value) in edits {
                    if let Some(byte) = bytes.get_mut(place) {
                        *byte = value;
                    }
                }
                drawn(&bytes)
            })
            .collect();
        (drawn(&bytes), sides)
    })
}

#[test]
fn a_transition_is_not_given_evidence_that_its_new_kind_cannot_have() {
    let transition = |via: ConnectionKind, evidence: Option<&str>| Model {
        project: Some(text("p")),
        workflows: vec![Workflow {
            transitions: vec![Transition {
                from: text("a"),
                to: Some(text("b")),
                to_workflow: None,
                via,
                name: text("go"),
                payload_contract: None,
                reason: None,
                source_control: evidence.map(text),
                target_view: evidence.map(text),
            }],
            ..Workflow::empty(text("w"), text("W"), text("d"))
        }],
    };
    let base = transition(ConnectionKind::Navigation, None);
    let sides = [
        transition(ConnectionKind::Command, None),
        transition(ConnectionKind::Navigation, Some("e")),
    ];
    let merged = merge(&base, &sides);
    let fields: Vec<&str> = merged
        .conflicts
        .iter()
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(fields, ["via and source_control and target_view"]);
    for (branch, side) in sides.iter().enumerate() {
        assert_eq!(&models(&base, &sides, &mut |_| Some(branch)).target, side);
        assert!(same(&folded(side, &merged.target), &merged.target));
    }
    // Who gives it another kind and who gives it no evidence do not meet.
    let merged = merge(&base, &[sides[0].clone(), base.clone()]);
    assert_eq!(
        (merged.conflicts.len(), merged.target),
        (0, sides[0].clone())
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn who_changed_nothing_has_no_say((base, sides) in related()) {
        for side in &sides {
            let merged = merge(&base, &[side.clone(), base.clone()]);
            prop_assert_eq!(&merged.conflicts, &[]);
            prop_assert_eq!(&merged.target, side);
            let merged = merge(&base, &[base.clone(), base.clone(), side.clone()]);
            prop_assert_eq!(&merged.conflicts, &[]);
            prop_assert_eq!(&merged.target, side);
        }
    }

    #[test]
    fn who_agrees_is_right((base, sides) in related()) {
        for side in &sides {
            let merged = merge(&base, &[side.clone(), side.clone()]);
            prop_assert_eq!(&merged.conflicts, &[]);
            prop_assert_eq!(&merged.target, side);
        }
    }

    #[test]
    fn the_order_of_the_branches_does_not_matter((base, sides) in related()) {
        let merged = merge(&base, &sides);
        let turned: Vec<Model> = sides.iter().rev().cloned().collect();
        let mirrored = merge(&base, &turned);
        let fields = |merged: &Merged<Model>, turn: bool| {
            let mut conflicts: Vec<Conflict> = merged.conflicts.clone();
            for conflict in &mut conflicts {
                if turn {
                    conflict.sides.reverse();
                }
            }
            conflicts.sort_by_key(|one| format!("{one:?}"));
            conflicts
        };
        prop_assert_eq!(fields(&merged, false), fields(&mirrored, true));
        if merged.conflicts.is_empty() {
            prop_assert_eq!(merged.target, mirrored.target);
        }
    }

    #[test]
    fn what_comes_out_can_be_recorded((base, sides) in related(), choice in 0usize..3) {
        for target in [
            merge(&base, &sides).target,
            models(&base, &sides, &mut |_| Some(choice % sides.len())).target,
        ] {
            // Twins of one slug cannot be told apart by events.
            for from in sides.iter().chain([&base]) {
                let reached = folded(from, &target);
                prop_assert!(same(&reached, &target), "{:#?}\n{:#?}", reached, target);
            }
        }
    }

    #[test]
    fn a_decided_merge_has_no_conflict_left((base, sides) in related(), choice in 0usize..3) {
        let branch = choice % sides.len();
        let merged = models(&base, &sides, &mut |_| Some(branch));
        prop_assert_eq!(&merged.conflicts, &[]);
        // Merging the result again with a side that it took in changes nothing
        // of what it decided.
        let again = models(&base, &[merged.target.clone(), merged.target.clone()], &mut |_| None);
        prop_assert_eq!(again.target, merged.target);
    }

    #[test]
    fn edits_of_different_slices_commute(first in bytes(), second in bytes()) {
        let base = Model {
            project: Some(text("p")),
            workflows: vec![Workflow::empty(text("w"), text("W"), text("d"))],
        };
        let with = |slug: &str, bytes: &[u8]| {
            let mut model = base.clone();
            let drawn = drawn(bytes).workflows.into_iter().flat_map(|workflow| workflow.slices).next();
            model.workflows[0].slices.extend(drawn.map(|slice| Slice { slug: text(slug), ..slice }));
            model
        };
        let (one, other) = (with("a", &first), with("b", &second));
        let merged = merge(&base, &[one.clone(), other.clone()]);
        prop_assert_eq!(&merged.conflicts, &[]);
        let slices = &merged.target.workflows[0].slices;
        prop_assert_eq!(slices.len(), one.workflows[0].slices.len() + other.workflows[0].slices.len());
        for slice in one.workflows[0].slices.iter().chain(&other.workflows[0].slices) {
            prop_assert!(slices.contains(slice));
        }
    }
}
