//! Work on many items at once, on as many threads as the machine has.

use std::{
    iter,
    num::NonZero,
    panic,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread, vec,
};

#[cfg(feature = "author")]
use std::sync::{Mutex, PoisonError};

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
    if threads < 2 {
        return Results {
            portions: vec![items.iter().map(make).collect()],
            size: items.len().max(1),
        };
    }
    let threads = self::threads().min(threads);
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
    let mut done = on_threads(threads, work);
    done.sort_unstable_by_key(|(at, _)| *at);
    Results {
        portions: done.into_iter().map(|(_, portion)| portion).collect(),
        size,
    }
}

/// Do each of these, no more at a time than the machine does at once, the last one first:
/// there should stand what takes longest. What they gave stands in their order.
///
/// # Panics
/// Where one of them does.
#[cfg(feature = "author")]
pub fn all<T: Send, J: FnOnce() -> T + Send>(jobs: Vec<J>) -> Vec<T> {
    // One alone needs no thread.
    let threads = if jobs.len() < 2 {
        1
    } else {
        threads().min(jobs.len())
    };
    let left = Mutex::new(jobs.into_iter().enumerate().collect::<Vec<_>>());
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let work = || {
        let mut done = Vec::new();
        while let Some((at, job)) = next() {
            done.push((at, job()));
        }
        done
    };
    let mut done = on_threads(threads, work);
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

/// Free what nobody needs any more on another thread: a large model takes as long to free
/// as a small one to build.
#[cfg(feature = "author")]
pub fn discard<T: Send + 'static>(value: T) {
    // Where there is no thread to have, it is freed here.
    drop(thread::Builder::new().spawn(move || drop(value)));
}

/// Do the same on so many threads, of which this is one; what they gave together.
fn on_threads<T: Send>(threads: usize, work: impl Fn() -> Vec<T> + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(&work)).collect();
        let mut done = work();
        for worker in workers {
            match worker.join() {
                Ok(more) => done.extend(more),
                Err(cause) => panic::resume_unwind(cause),
            }
        }
        done
    })
}

/// How many threads the machine runs at once.
fn threads() -> usize {
    // Asking reads files of the system.
    static THREADS: OnceLock<usize> = OnceLock::new();
    *THREADS.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

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
    fn what_jobs_gave_stands_in_their_order() {
        for length in [0, 1, 2, 3, 50] {
            let jobs: Vec<_> = (0..length).map(|number| move || number * 3).collect();
            let expected: Vec<usize> = (0..length).map(|number| number * 3).collect();
            assert_eq!(all(jobs), expected);
        }
    }

    #[test]
    fn a_panic_of_one_job_is_that_of_all() {
        let jobs: Vec<_> = (0..10)
            .map(|number| move || assert_ne!(number, 7, "the seventh"))
            .collect();
        assert!(panic::catch_unwind(|| all(jobs).len()).is_err());
    }

    #[test]
    fn what_is_discarded_is_freed() {
        let (freed, is_freed) = mpsc::channel::<()>();
        discard(freed);
        // The other end is gone then.
        assert_eq!(is_freed.recv(), Err(mpsc::RecvError));
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
