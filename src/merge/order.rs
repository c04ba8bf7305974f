//! The order of a merged list.

use std::collections::{BTreeMap, BTreeSet};

/// Put `kept` in order. `base` and `sides` are sequences of the same things;
/// each thing stands in a sequence at most once. The order of a side that
/// differs from `base` is kept, and so is that of what all sides have; what
/// only some sides have stands behind what stands before it there. Between
/// sides that disagree the smaller sequence decides, so that their order does
/// not matter.
pub(super) fn merged(base: &[usize], sides: &[&[usize]], kept: &BTreeSet<usize>) -> Vec<usize> {
    let differing: BTreeSet<&[usize]> =
        sides.iter().copied().filter(|side| *side != base).collect();
    let mut lead: Vec<usize> = match differing.len() {
        0 => base.to_vec(),
        1 => differing.into_iter().flatten().copied().collect(),
        _ => {
            let common: BTreeSet<usize> = base
                .iter()
                .copied()
                .filter(|item| sides.iter().all(|side| side.contains(item)))
                .collect();
            let of = |sequence: &[usize]| -> Vec<usize> {
                let mut sequence = sequence.to_vec();
                sequence.retain(|item| common.contains(item));
                sequence
            };
            let own = of(base);
            sides
                .iter()
                .map(|side| of(side))
                .filter(|side| *side != own)
                .min()
                .unwrap_or(own)
        }
    };
    lead.retain(|item| kept.contains(item));
    let places: BTreeMap<usize, usize> =
        lead.iter().zip(1..).map(|(item, at)| (*item, at)).collect();

    // For what is not in the lead: behind which place it stands, at the
    // earliest, and the runs of such things behind each place.
    let mut behind: BTreeMap<usize, usize> = BTreeMap::new();
    let mut runs: BTreeMap<usize, BTreeSet<Vec<usize>>> = BTreeMap::new();
    for sequence in sides.iter().copied().chain([base]) {
        let mut place = 0;
        let mut run = Vec::new();
        for item in sequence.iter().filter(|item| kept.contains(item)) {
            if let Some(at) = places.get(item) {
                runs.entry(place)
                    .or_default()
                    .insert(std::mem::take(&mut run));
                place = *at;
            } else {
                let first = behind.entry(*item).or_insert(place);
                *first = place.min(*first);
                run.push(*item);
            }
        }
        runs.entry(place).or_default().insert(run);
    }

    let mut order = Vec::new();
    let mut placed = BTreeSet::new();
    for (place, item) in (0..).zip(std::iter::once(None).chain(lead.into_iter().map(Some))) {
        order.extend(item);
        for more in runs.remove(&place).into_iter().flatten().flatten() {
            if behind.get(&more) == Some(&place) && placed.insert(more) {
                order.push(more);
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(base: &[usize], sides: &[&[usize]], kept: &[usize]) -> Vec<usize> {
        merged(base, sides, &kept.iter().copied().collect())
    }

    #[test]
    fn one_side_decides_alone() {
        assert_eq!(
            merge(&[1, 2, 3], &[&[3, 9, 1], &[1, 2, 3]], &[1, 3, 9]),
            [3, 9, 1]
        );
        assert_eq!(merge(&[1, 2], &[&[2, 1], &[2, 1]], &[1, 2]), [2, 1]);
    }

    #[test]
    fn what_both_add_stays_behind_its_predecessor() {
        let one: &[usize] = &[1, 7, 2, 3];
        let other: &[usize] = &[1, 2, 8, 3, 9];
        let kept = &[1, 2, 3, 7, 8, 9];
        assert_eq!(merge(&[1, 2, 3], &[one, other], kept), [1, 7, 2, 8, 3, 9]);
        assert_eq!(merge(&[1, 2, 3], &[other, one], kept), [1, 7, 2, 8, 3, 9]);
    }

    #[test]
    fn what_one_removed_and_another_keeps_finds_its_place() {
        assert_eq!(
            merge(&[1, 2, 3], &[&[1, 3], &[1, 2, 3]], &[1, 2, 3]),
            [1, 2, 3]
        );
    }

    #[test]
    fn two_orders_are_joined_the_same_either_way() {
        let (one, other): (&[usize], &[usize]) = (&[2, 1, 3], &[3, 2, 1]);
        let first = merge(&[1, 2, 3], &[one, other], &[1, 2, 3]);
        assert_eq!(first, merge(&[1, 2, 3], &[other, one], &[1, 2, 3]));
        assert_eq!(first.len(), 3);
    }

    #[test]
    fn nothing_is_lost_without_a_base() {
        assert_eq!(merge(&[], &[&[5, 4], &[4, 6]], &[4, 5, 6]), [4, 6, 5]);
    }
}
