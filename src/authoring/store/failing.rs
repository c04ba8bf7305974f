//! Edits through a store that fails at random, the same way in every run.

use std::sync::Mutex;

use eventcore_types::{
    Event, EventStoreError, EventStream, EventStreamSlice, Operation, StreamId, StreamVersion,
    StreamWrites,
};

use super::*;
use crate::document::testing::text;

/// What befalls a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Done,
    /// Another writer came between.
    Conflict,
    /// It fails before anything is done.
    Failed,
    /// All is done, and nobody learns of it.
    Lost,
}

/// A store in which every second call ends badly.
struct Failing<'a> {
    inner: &'a FileEventStore,
    /// A sequence that looks random (splitmix64).
    dice: Mutex<u64>,
    fates: Mutex<Vec<Fate>>,
}

impl Failing<'_> {
    fn roll(&self, bad: &[Fate]) -> Fate {
        let mut dice = self.dice.lock().expect("no panic");
        *dice = dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = *dice;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^= word >> 31;
        let at = usize::try_from(word >> 33).expect("31 bits") % (bad.len() * 2);
        let fate = bad.get(at).copied().unwrap_or(Fate::Done);
        self.fates.lock().expect("no panic").push(fate);
        fate
    }
}

fn failure(operation: Operation) -> EventStoreError {
    EventStoreError::StoreFailure { operation }
}

impl EventStore for Failing<'_> {
    async fn read_stream<E: Event>(
        &self,
        stream: StreamId,
    ) -> Result<EventStream<E>, EventStoreError> {
        // Of sixteen reads one fails, so that some edits come to an append.
        let kinds = [[Fate::Done; 7].as_slice(), &[Fate::Failed]].concat();
        match self.roll(&kinds) {
            Fate::Failed => Err(failure(Operation::ReadStream)),
            _ => self.inner.read_stream(stream).await,
        }
    }

    async fn append_events(
        &self,
        writes: StreamWrites,
    ) -> Result<EventStreamSlice, EventStoreError> {
        use Fate::{Conflict, Done, Failed, Lost};
        match self.roll(&[
            Conflict, Conflict, Conflict, Conflict, Conflict, Conflict, Failed, Lost,
        ]) {
            Conflict => Err(EventStoreError::VersionConflict {
                stream_id: StreamId::try_new("elsewhere").expect("a name"),
                expected: StreamVersion::new(0),
                actual: StreamVersion::new(1),
            }),
            Failed => Err(failure(Operation::AppendEvents)),
            Lost => {
                self.inner.append_events(writes).await?;
                Err(failure(Operation::AppendEvents))
            }
            Done => self.inner.append_events(writes).await,
        }
    }
}

/// What came of the edits of a run: those that were told done, and those that were
/// refused; what befell the calls.
#[derive(Default)]
struct Run {
    done: Vec<String>,
    refused: Vec<(String, &'static str)>,
    fates: Vec<Fate>,
}

/// Edits with a store that fails, each decided on what is there by then.
fn run(store: &Store, seed: u64) -> Run {
    let own = store.clone();
    let result = store.opened(move |runtime, open| {
        let failing = Failing {
            inner: open,
            dice: Mutex::new(seed),
            fates: Mutex::default(),
        };
        let mut run = Run::default();
        for number in 0..8 {
            let slug = format!("w{number}");
            let request = adds(&slug);
            let files = own.files()?;
            let before = files.len();
            let present = Present::of(&files);
            let decision = present.decide(&request)?;
            match own.append(runtime, &failing, &request, files, present, decision) {
                Ok(written) => {
                    assert!(written.transaction.is_some() || written.decision.events.is_empty());
                    run.done.push(slug);
                }
                Err(refused) => run.refused.push((slug, refused.0[0].code.name)),
            }
            // One transaction, or none; never two of one edit.
            assert!(own.files()?.len() <= before + 1);
        }
        run.fates = failing.fates.into_inner().expect("no panic");
        Ok(run)
    });
    result.expect("the store opens")
}

fn adds(slug: &str) -> Request {
    Request::Record(vec![EmcEvent::WorkflowAdded {
        slug: text(slug),
        name: text("W"),
        description: text("d"),
    }])
}

#[test]
fn edits_through_a_store_that_fails_are_done_once_or_told() {
    let (mut done, mut told) = (0, 0);
    let mut fates = std::collections::BTreeMap::new();
    for seed in 0..20 {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::new(folder.path(), RelPath::new("events").expect("relative"));
        let name = text("Desk");
        store.write(&Request::Init { name }).expect("a project");
        let run = run(&store, seed);
        let present = store.read().expect("it can be read");
        assert_eq!(present.findings, []);
        assert!(present.forks.is_empty());
        let there = |slug: &str| {
            let workflows = present.model.workflows.iter();
            workflows
                .filter(|workflow| workflow.slug.as_str() == slug)
                .count()
        };
        for slug in &run.done {
            assert_eq!(there(slug), 1, "{slug} of seed {seed} was told done");
        }
        let lost = run.fates.iter().filter(|fate| **fate == Fate::Lost).count();
        let kept = run
            .refused
            .iter()
            .filter(|(slug, _)| there(slug) > 0)
            .count();
        assert!(kept <= lost, "seed {seed}");
        for (slug, code) in &run.refused {
            assert!(["store-failed", "store-changed"].contains(code), "{code}");
            assert!(there(slug) <= 1, "{slug} of seed {seed}");
            // Again, with a store that is well.
            if there(slug) == 0 {
                store.write(&adds(slug)).expect("nothing is in the way");
            }
        }
        let present = store.read().expect("it can be read");
        assert_eq!(present.model.workflows.len(), 8, "seed {seed}");
        done += run.done.len();
        told += run.refused.len();
        for fate in run.fates {
            *fates.entry(fate).or_insert(0) += 1;
        }
    }
    // Each of these befell many calls, and most edits came through.
    assert_eq!((done, told), (115, 45), "{fates:?}");
    assert!(
        fates.len() == 4 && fates.values().all(|count| *count >= 8),
        "{fates:?}"
    );
}
