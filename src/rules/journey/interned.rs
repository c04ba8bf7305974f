//! Things by number.

use std::{collections::HashMap, hash::Hash};

/// Things, each once, with the number at which it came.
#[derive(Debug)]
pub(super) struct Interned<T> {
    things: Vec<T>,
    numbers: HashMap<T, usize>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self {
            things: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Interned<T> {
    /// The number of a thing, a new one if it is new.
    pub fn number(&mut self, thing: T) -> usize {
        let next = self.things.len();
        let things = &mut self.things;
        *self.numbers.entry(thing).or_insert_with_key(|thing| {
            things.push(thing.clone());
            next
        })
    }

    /// The number of a thing that has one.
    pub fn find(&self, thing: &T) -> Option<usize> {
        self.numbers.get(thing).copied()
    }

    /// The thing of a number that was given out.
    pub fn get(&self, number: usize) -> &T {
        &self.things[number]
    }

    pub fn len(&self) -> usize {
        self.things.len()
    }
}
