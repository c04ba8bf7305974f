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

/// What was made of the items, in their order. It is not moved into one place before
/// it is asked for: that would take as much memory again.
pub type Results<T> = iter::Flatten<vec::IntoIter<Vec<T>>>;

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
        return vec![items.iter().map(make).collect()].into_iter().flatten();
    }
    let threads = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(threads);
    let portions: Vec<&'i [I]> = items
        .chunks(items.len().div_ceil(threads * PORTIONS))
        .collect();
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
    let portions: Vec<Vec<T>> = done.into_iter().map(|(_, portion)| portion).collect();
    portions.into_iter().flatten()
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
                let results: Vec<usize> = each(&items, worth, |item| item * 3).collect();
                assert_eq!(results, expected, "of {length}, {worth} a thread");
            }
        }
    }

    #[test]
    fn a_panic_of_one_is_that_of_all() {
        let items: Vec<usize> = (0..100).collect();
        let caught = panic::catch_unwind(|| {
            each(&items, 1, |item| assert_ne!(*item, 70, "the seventieth")).count()
        });
        assert!(caught.is_err());
    }
}
