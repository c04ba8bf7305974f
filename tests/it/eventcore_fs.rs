//! The writing library and our reader, on the same files.

use std::{
    collections::BTreeSet,
    fs,
    pin::pin,
    task::{Context, Poll, Waker},
};

use emc::transaction::TransactionId;
use eventcore_fs::{FileEventStore, FsEventStoreError};
use eventcore_types::{BatchSize, Event, EventFilter, EventPage, EventReader, StreamId};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    random_history::{STREAMS, Step, Written, file, file_of, play, steps},
    stores::Store,
};

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Labelled {
    stream_id: StreamId,
    label: String,
}

impl Event for Labelled {
    fn stream_id(&self) -> &StreamId {
        &self.stream_id
    }

    fn event_type_name() -> &'static str {
        "EmcEvent"
    }
}

/// The library reads from memory once the store is open: nothing ever waits.
fn at_once<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("reading waited"),
    }
}

struct Theirs {
    _folder: tempfile::TempDir,
    store: FileEventStore,
}

impl Theirs {
    fn of(store: &Store) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("events")).expect("a folder");
        for (file, bytes) in &store.files {
            fs::write(folder.path().join("events").join(file.file_name()), bytes).expect("a file");
        }
        let store = FileEventStore::open(folder.path()).expect("a store");
        Self {
            _folder: folder,
            store,
        }
    }

    /// The labels of all events; a fresh copy has them in canonical order.
    fn labels(&self) -> Vec<String> {
        let page = EventPage::first(BatchSize::new(100_000));
        at_once(self.store.read_events::<Labelled>(EventFilter::all(), page))
            .expect("events")
            .into_iter()
            .map(|(event, _)| event.label)
            .collect()
    }
}

fn ours(store: &Store) -> Vec<String> {
    let history = store.history();
    history
        .events(&store.transactions)
        .map(|event| {
            let data = event
                .envelope
                .data_in(&store.files_of(event.index).1)
                .expect("data");
            serde_json::from_str::<Labelled>(data)
                .expect("an event")
                .label
        })
        .collect()
}

impl Store {
    /// The file of a transaction; refused files have no transaction.
    fn files_of(&self, index: usize) -> &(emc::rel_path::RelPath, Vec<u8>) {
        let file = &self.transactions[index].header.file;
        self.files
            .iter()
            .find(|(name, _)| name == file)
            .expect("its file")
    }
}

fn text(id: &impl ToString) -> String {
    id.to_string()
}

fn store_of(history: &[Written]) -> Store {
    Store::of(
        history
            .iter()
            .map(|one| (file_of(one.header.id), file(one)))
            .collect(),
    )
}

#[derive(Clone, Debug)]
enum Damage {
    Remove,
    ChangeEvents,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_missing_parents_and_refusals_are_the_same(
        steps in steps(4, 30),
        damage in prop::collection::vec(
            (any::<prop::sample::Index>(), prop_oneof![Just(Damage::Remove), Just(Damage::ChangeEvents)]),
            0..3,
        ),
    ) {
        let mut files: Vec<_> = store_of(&play(&steps, &[0, 1, 2, 2], true)).files;
        for (pick, damage) in damage {
            if files.is_empty() {
                break;
            }
            let place = pick.index(files.len());
            match damage {
                Damage::Remove => drop(files.remove(place)),
                Damage::ChangeEvents => {
                    let text = String::from_utf8(files[place].1.clone()).expect("text");
                    files[place].1 = text.replace("\"label\"", "\"lable\"").into_bytes();
                }
            }
        }
        let store = Store::of(files);
        let history = store.history();
        let theirs = Theirs::of(&store);
        prop_assert_eq!(ours(&store), theirs.labels());
        prop_assert!(store.findings.iter().all(|one| one.code.name == "changed-content"));
        match theirs.store.status() {
            Ok(status) => {
                let dangling: Vec<(String, BTreeSet<String>)> = status
                    .dangling()
                    .iter()
                    .map(|one| (text(&one.transaction_id()), one.missing_parents().iter().map(text).collect()))
                    .collect();
                let our_dangling: Vec<(String, BTreeSet<String>)> = history
                    .dangling()
                    .iter()
                    .map(|one| (text(&one.transaction), one.missing.iter().map(text).collect()))
                    .collect();
                prop_assert_eq!(our_dangling, dangling);
                let refused: BTreeSet<String> =
                    status.integrity_failures().iter().map(|one| text(&one.transaction_id())).collect();
                let our_refused: BTreeSet<String> =
                    store.rejected.iter().filter_map(|one| one.id.as_ref()).map(text).collect();
                prop_assert_eq!(our_refused, refused);
                prop_assert_eq!(history.collisions(), []);
                // Intended difference: we see forks that theirs hides behind an unrelated
                // transaction. What theirs sees, we see, unless a missing file may explain it.
                if history.dangling().is_empty() {
                    let streams: BTreeSet<&str> =
                        history.forks().iter().map(|fork| &*fork.stream).collect();
                    for fork in status.forks() {
                        prop_assert!(streams.contains(fork.stream_id().as_ref()));
                    }
                }
            }
            Err(FsEventStoreError::ReplicaIdentityConflict { replica_id, .. }) => {
                // Intended difference: where files are missing, theirs takes the gap for a
                // second writer.
                if history.dangling().is_empty() {
                    let replicas: Vec<String> =
                        history.collisions().iter().map(|one| text(&one.replica)).collect();
                    prop_assert!(replicas.contains(&text(&replica_id)));
                }
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    /// One divergence of up to four sides: theirs has a fork for each base at
    /// which sides have a transaction, ours has one with whole branches.
    #[test]
    fn a_single_divergence_has_the_same_first_transactions(
        sides in prop::collection::vec(prop::collection::vec(1u8..8, 1..4), 2..5),
    ) {
        let mut steps = vec![Step::Write { clone: 0, streams: 7, clock: 0 }];
        steps.extend((1..sides.len()).map(|to| Step::Pull { from: 0, to }));
        for (clone, side) in sides.iter().enumerate() {
            steps.extend(side.iter().map(|&streams| Step::Write { clone, streams, clock: 0 }));
        }
        let history = play(&steps, &[0, 1, 2, 3][..sides.len()], true);
        let store = store_of(&history);
        let theirs = Theirs::of(&store).store.detect_forks().expect("forks");
        let ours = store.history();
        for stream in STREAMS {
            let mine = ours.forks().iter().find(|fork| &*fork.stream == stream);
            let mine = mine.map(|fork| {
                let firsts: BTreeSet<TransactionId> =
                    fork.branches.iter().map(emc::history::Branch::first).collect();
                (fork.base, firsts.iter().map(text).collect::<Vec<_>>())
            });
            let first = theirs
                .iter()
                .filter(|fork| fork.stream_id().as_ref() == stream)
                .min_by_key(|fork| usize::from(fork.base_version()));
            let first = first.map(|fork| {
                let base = usize::from(fork.base_version()) as u64;
                (base, fork.transactions().iter().map(text).collect::<Vec<_>>())
            });
            prop_assert_eq!(mine, first);
        }
    }
}

/// The difference that is meant: an append to another stream, which descends
/// from both sides, hides the fork from the library and not from us.
#[test]
fn an_unrelated_append_hides_a_fork_from_the_library_only() {
    let write = |clone, streams| Step::Write {
        clone,
        streams,
        clock: 0,
    };
    let mut steps = vec![
        write(0, 7),
        Step::Pull { from: 0, to: 1 },
        write(0, 2),
        write(1, 2),
        Step::Pull { from: 0, to: 1 },
    ];
    let forks = |steps: &[Step]| {
        let store = store_of(&play(steps, &[0, 1], false));
        let theirs = Theirs::of(&store)
            .store
            .detect_forks()
            .expect("forks")
            .len();
        (store.history().forks().len(), theirs)
    };
    assert_eq!(forks(&steps), (1, 1));
    steps.push(write(1, 1));
    assert_eq!(forks(&steps), (1, 0));
    steps.push(write(1, 2));
    assert_eq!(forks(&steps), (0, 0));
}
