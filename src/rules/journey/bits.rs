//! Sets of small numbers.

/// A set of small numbers, without an allocation while all are below 64. Sets
/// with the same members are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Bits {
    first: u64,
    /// Never ends in a word without members.
    more: Vec<u64>,
}

impl Bits {
    fn word(&self, at: usize) -> u64 {
        match at.checked_sub(1) {
            None => self.first,
            Some(at) => self.more.get(at).copied().unwrap_or_default(),
        }
    }

    fn words(&self) -> impl Iterator<Item = u64> {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }

    fn shorten(&mut self) {
        while self.more.last() == Some(&0) {
            self.more.pop();
        }
    }

    pub fn has(&self, member: usize) -> bool {
        self.word(member / 64) >> (member % 64) & 1 == 1
    }

    pub fn is_empty(&self) -> bool {
        self.first == 0 && self.more.is_empty()
    }

    pub fn insert(&mut self, member: usize) {
        self.extend([member]);
    }

    pub fn remove(&mut self, member: usize) {
        self.subtract(&Self::from_iter([member]));
    }

    /// Keep the members of both, and those of either.
    pub fn add(&mut self, other: &Self) {
        self.first |= other.first;
        if self.more.len() < other.more.len() {
            self.more.resize(other.more.len(), 0);
        }
        for (word, other) in self.more.iter_mut().zip(&other.more) {
            *word |= other;
        }
    }

    /// Keep the members of both only.
    pub fn retain(&mut self, other: &Self) {
        self.first &= other.first;
        self.more.truncate(other.more.len());
        for (word, other) in self.more.iter_mut().zip(&other.more) {
            *word &= other;
        }
        self.shorten();
    }

    pub fn subtract(&mut self, other: &Self) {
        self.first &= !other.first;
        for (word, other) in self.more.iter_mut().zip(&other.more) {
            *word &= !other;
        }
        self.shorten();
    }

    /// Whether the two have a member in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.words().zip(other.words()).any(|(a, b)| a & b != 0)
    }

    /// Whether every member is one of `other`.
    pub fn is_within(&self, other: &Self) -> bool {
        let mut words = self.words().enumerate();
        words.all(|(at, word)| word & !other.word(at) == 0)
    }

    /// The members, in their order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        let left = |word: u64| (word != 0).then_some(word);
        self.words().enumerate().flat_map(move |(at, word)| {
            // Without its lowest bit, until there is none.
            let rest = std::iter::successors(left(word), move |word| left(word & (word - 1)));
            rest.map(move |word| at * 64 + word.trailing_zeros() as usize)
        })
    }
}

impl Extend<usize> for Bits {
    fn extend<I: IntoIterator<Item = usize>>(&mut self, members: I) {
        for member in members {
            let bit = 1 << (member % 64);
            match (member / 64).checked_sub(1) {
                None => self.first |= bit,
                Some(at) => {
                    if self.more.len() <= at {
                        self.more.resize(at + 1, 0);
                    }
                    if let Some(word) = self.more.get_mut(at) {
                        *word |= bit;
                    }
                }
            }
        }
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<I: IntoIterator<Item = usize>>(members: I) -> Self {
        let mut bits = Self::default();
        bits.extend(members);
        bits
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{collection::btree_set, prelude::*};

    use super::*;

    fn bits(set: &BTreeSet<usize>) -> Bits {
        set.iter().copied().collect()
    }

    proptest! {
        #[test]
        fn bits_are_a_set(
            a in btree_set(0_usize..200, 0..6),
            b in btree_set(0_usize..200, 0..6),
            one in 0_usize..200,
        ) {
            let (x, y) = (bits(&a), bits(&b));
            prop_assert_eq!(x == y, a == b);
            prop_assert_eq!(x.iter().collect::<BTreeSet<_>>(), a.clone());
            prop_assert_eq!(x.is_empty(), a.is_empty());
            prop_assert_eq!(x.has(one), a.contains(&one));
            prop_assert_eq!(x.meets(&y), !a.is_disjoint(&b));
            prop_assert_eq!(x.is_within(&y), a.is_subset(&b));
            let after = |change: fn(&mut Bits, &Bits)| {
                let mut set = x.clone();
                change(&mut set, &y);
                set
            };
            prop_assert_eq!(after(Bits::add), bits(&(&a | &b)));
            prop_assert_eq!(after(Bits::retain), bits(&(&a & &b)));
            prop_assert_eq!(after(Bits::subtract), bits(&(&a - &b)));
            let mut set = x.clone();
            set.insert(one);
            set.remove(one);
            let mut without = a.clone();
            without.remove(&one);
            prop_assert_eq!(set, bits(&without));
        }
    }
}
