//! Which elements of several lists are the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::schema::Kind;

/// One element over all lists.
pub(super) struct Slot<'v> {
    pub(super) base: Option<&'v Value>,
    pub(super) sides: Vec<Option<&'v Value>>,
}

/// The lists as sequences of slots.
pub(super) struct Aligned<'v> {
    pub(super) slots: Vec<Slot<'v>>,
    pub(super) base: Vec<usize>,
    pub(super) sides: Vec<Vec<usize>>,
}

/// Find out which elements of `sides` are which of `base`, and which of those
/// that are new are one.
pub(super) fn align<'v>(kind: &Kind, base: &'v [Value], sides: &[&'v [Value]]) -> Aligned<'v> {
    let labels: Vec<String> = base.iter().map(|item| kind.label(item)).collect();
    let mut homes: Vec<Vec<Option<usize>>> = sides
        .iter()
        .map(|side| same_label(kind, base, &labels, side))
        .collect();
    renames(kind, base, sides, &mut homes);

    let mut slots: Vec<Slot<'v>> = base
        .iter()
        .map(|item| Slot {
            base: Some(item),
            sides: vec![None; sides.len()],
        })
        .collect();
    let mut sequences: Vec<Vec<usize>> = sides.iter().map(|side| vec![0; side.len()]).collect();
    let mut fresh: BTreeMap<String, Vec<Fresh<'v>>> = BTreeMap::new();
    for (number, (side, homes)) in sides.iter().zip(&homes).enumerate() {
        for (place, (item, home)) in side.iter().zip(homes).enumerate() {
            let slot = home.and_then(|home| slots.get_mut(home));
            if let (Some(slot), Some(home)) = (slot, home) {
                set(&mut slot.sides, number, Some(item));
                put(&mut sequences, number, place, *home);
            } else {
                fresh.entry(kind.label(item)).or_default().push(Fresh {
                    item,
                    number,
                    place,
                });
            }
        }
    }
    for additions in fresh.into_values() {
        for group in together(additions) {
            let mut slot = Slot {
                base: None,
                sides: vec![None; sides.len()],
            };
            for one in group {
                set(&mut slot.sides, one.number, Some(one.item));
                put(&mut sequences, one.number, one.place, slots.len());
            }
            slots.push(slot);
        }
    }
    Aligned {
        slots,
        base: (0..base.len()).collect(),
        sides: sequences,
    }
}

/// An element that is not in the base.
#[derive(Clone, Copy)]
struct Fresh<'v> {
    item: &'v Value,
    /// Which side has it, and where.
    number: usize,
    place: usize,
}

/// Equal additions of one label are one; then those of different sides are, as
/// far as it goes. The order of the sides does not matter.
fn together(additions: Vec<Fresh<'_>>) -> Vec<Vec<Fresh<'_>>> {
    let mut equal: BTreeMap<(String, usize), Vec<Fresh<'_>>> = BTreeMap::new();
    let mut seen: BTreeMap<(String, usize), usize> = BTreeMap::new();
    for one in additions {
        let text = one.item.to_string();
        let twin = seen.entry((text.clone(), one.number)).or_insert(0);
        equal.entry((text, *twin)).or_default().push(one);
        *twin += 1;
    }
    let mut groups: Vec<Vec<Fresh<'_>>> = Vec::new();
    for more in equal.into_values() {
        let free = |group: &&mut Vec<Fresh<'_>>| {
            more.iter()
                .all(|one| group.iter().all(|other| other.number != one.number))
        };
        match groups.iter_mut().find(free) {
            Some(group) => group.extend(more),
            None => groups.push(more),
        }
    }
    groups
}

/// For each element of a side the one of the base with its label. Of several
/// with one label equal ones come first, then the n-th is the n-th.
fn same_label(
    kind: &Kind,
    base: &[Value],
    labels: &[String],
    side: &[Value],
) -> Vec<Option<usize>> {
    let mut open: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, label) in labels.iter().enumerate() {
        open.entry(label).or_default().push(index);
    }
    let side_labels: Vec<String> = side.iter().map(|item| kind.label(item)).collect();
    let mut homes: Vec<Option<usize>> = vec![None; side.len()];
    for equal in [true, false] {
        for ((item, label), home) in side.iter().zip(&side_labels).zip(&mut homes) {
            if home.is_some() {
                continue;
            }
            let Some(open) = open.get_mut(label.as_str()) else {
                continue;
            };
            let found = open
                .iter()
                .position(|index| !equal || base.get(*index) == Some(item));
            *home = found.map(|found| open.remove(found));
        }
    }
    homes
}

/// Find elements that got another name: gone and new in one list, alike but for
/// the name, without a doubt about which is which, and to a name that nothing
/// else has.
fn renames(kind: &Kind, base: &[Value], sides: &[&[Value]], homes: &mut [Vec<Option<usize>>]) {
    if !kind.renames {
        return;
    }
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (number, (side, homes)) in sides.iter().zip(homes.iter()).enumerate() {
        let kept: BTreeSet<usize> = homes.iter().copied().flatten().collect();
        let gone: Vec<usize> = (0..base.len())
            .filter(|index| !kept.contains(index))
            .collect();
        let fresh: Vec<usize> = (0..side.len())
            .filter(|place| matches!(homes.get(*place), Some(None)))
            .collect();
        if gone.is_empty() || fresh.is_empty() {
            continue;
        }
        let pairs: Vec<(usize, usize)> = gone
            .iter()
            .flat_map(|before| fresh.iter().map(move |after| (*before, *after)))
            .filter(
                |(before, after)| match (base.get(*before), side.get(*after)) {
                    (Some(before), Some(after)) => kind.renamed(before, after),
                    _ => false,
                },
            )
            .collect();
        let alone = |(before, after): &(usize, usize)| {
            let same = pairs.iter().filter(|(b, a)| b == before || a == after);
            same.count() == 1
        };
        found.extend(
            pairs
                .iter()
                .filter(|pair| alone(pair))
                .map(|(before, after)| (number, *before, *after)),
        );
    }
    let accepted: Vec<(usize, usize, usize)> = found
        .iter()
        .copied()
        .filter(|(number, before, after)| {
            let label = sides
                .get(*number)
                .and_then(|side| side.get(*after))
                .map(|item| kind.label(item));
            sides.iter().enumerate().all(|(other, side)| {
                side.iter().enumerate().all(|(place, item)| {
                    (other, place) == (*number, *after)
                        || Some(kind.label(item)) != label
                        || found.contains(&(other, *before, place))
                })
            })
        })
        .collect();
    for (number, before, after) in accepted {
        if let Some(home) = homes.get_mut(number).and_then(|homes| homes.get_mut(after)) {
            *home = Some(before);
        }
    }
}

fn set<T>(list: &mut [T], place: usize, value: T) {
    if let Some(slot) = list.get_mut(place) {
        *slot = value;
    }
}

fn put(sequences: &mut [Vec<usize>], number: usize, place: usize, slot: usize) {
    if let Some(sequence) = sequences.get_mut(number) {
        set(sequence, place, slot);
    }
}
