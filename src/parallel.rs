//! Work on many items at once, on as many threads as the machine has.

use std::{
    iter,
    num::NonZero,
    panic,
    sync::atomic::{AtomicUsize, Ordering},
    thread, vec,
};

/// A thread takes so many portions, where all are equally fast: one that falls
/// behind, as its core has other work too, leaves its portions to the others.
const PORTIONS: usize = 8;

/// What was made of the items, in their order and in the portions in which it was made:
/// to move it into one place would take as much memory again.
#[derive(Debug)]
pub struct Results<T> {
    portions: Vec<Vec<T>>,
    /// How many each portion has but the last.
    size: usize,
}

impl<T> Results<T> {
    /// What was made of the item at this place.
    pub fn get(&self, place: usize) -> Option<&T> {
        self.portions.get(place / self.size)?.get(place % self.size)
    }

    /// As [`Results::get`], to be changed.
    pub fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        self.portions
            .get_mut(place / self.size)?
            .get_mut(place % self.size)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.portions.iter().map(Vec::len).sum()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.portions.iter().flatten()
    }

    /// All of them, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.portions.iter_mut().flatten()
    }
}

impl<T> IntoIterator for Results<T> {
    type Item = T;
    type IntoIter = iter::Flatten<vec::IntoIter<Vec<T>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.portions.into_iter().flatten()
    }
}

/// Make something of each item. `worth` is how many items are worth a thread; fewer
/// than two threads' worth are done here.
///
/// # Panics
/// Where `make` does.
pub fn each<'i, I: Sync, T: Send>(
    items: &'i [I],
    worth: usize,
    make: impl Fn(&'i I) -> T + Sync,
) -> Results<T> {
    let threads = items.len() / worth.max(1);
    // Asking how many threads there are reads files of the system.
    if threads < 2 {
        return Results {
            portions: vec![items.iter().map(make).collect()],
            size: items.len().max(1),
        };
    }
    let threads = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(threads);
    let size = items.len().div_ceil(threads * PORTIONS);
    let portions: Vec<&'i [I]> = items.chunks(size).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done: Vec<(usize, Vec<T>)> = Vec::with_capacity(PORTIONS);
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            match portions.get(at) {
                Some(portion) => done.push((at, portion.iter().map(&make).collect())),
                None => return done,
            }
        }
    };
    let mut done = thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for worker in workers {
            match worker.join() {
                Ok(more) => done.extend(more),
                Err(cause) => panic::resume_unwind(cause),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    Results {
        portions: done.into_iter().map(|(_, portion)| portion).collect(),
        size,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        for length in [0, 1, 2, 3, 15, 16, 17, 31, 33, 1000] {
            let items: Vec<usize> = (0..length).collect();
            let expected: Vec<usize> = items.iter().map(|item| item * 3).collect();
            for worth in [0, 1, 600] {
                let results = each(&items, worth, |item| item * 3);
                let found: Vec<Option<usize>> = (0..=length)
                    .map(|place| results.get(place).copied())
                    .collect();
                assert_eq!(results.len(), length);
                let results: Vec<usize> = results.into_iter().collect();
                assert_eq!(results, expected, "of {length}, {worth} a thread");
                let expected = expected.iter().copied().map(Some).chain([None]);
                assert!(
                    found.into_iter().eq(expected),
                    "of {length}, {worth} a thread"
                );
            }
        }
    }

    #[test]
    fn a_panic_of_one_is_that_of_all() {
        let items: Vec<usize> = (0..100).collect();
        let caught = panic::catch_unwind(|| {
            each(&items, 1, |item| assert_ne!(*item, 70, "the seventieth")).len()
        });
        assert!(caught.is_err());
    }
}
