//! The contract of an event store, as eventcore-testing has it, for stores that
//! are opened as an edit opens them. What the tests write is read by our reader.

use std::sync::{Arc, Mutex};

use eventcore_testing::contract as theirs;
use tempfile::TempDir;

use super::*;
use crate::{
    history::History,
    transaction::{Transaction, parse},
};

/// The stores that one test has opened.
#[derive(Clone, Default)]
struct Stores(Arc<Mutex<Vec<(TempDir, Store)>>>);

impl Stores {
    /// A new store. It is never closed, so that a test can have it for as long as
    /// it likes.
    fn open(&self) -> &'static FileEventStore {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::new(folder.path(), RelPath::new("events").expect("relative"));
        store.protect().expect("attributes");
        let opened = store.open().expect("a store");
        self.0.lock().expect("no panic").push((folder, store));
        Box::leak(Box::new(opened))
    }

    /// How many transactions our reader finds; nothing is wrong with any.
    fn transactions(&self) -> usize {
        let mut count = 0;
        for (_, store) in self.0.lock().expect("no panic").iter() {
            let files = store.files().expect("files");
            let transactions: Vec<Transaction> = files
                .iter()
                .map(|(file, bytes)| parse(file, bytes).transaction.expect("a transaction"))
                .collect();
            let headers = transactions.iter().map(|transaction| &transaction.header);
            let history = History::of(headers, &[]);
            assert_eq!(history.findings(), []);
            assert_eq!(history.forks(), []);
            count += transactions.len();
        }
        count
    }
}

/// The tests of theirs that ask for an event store, and how many transactions
/// each leaves behind. The others are about checkpoints and the coordination of
/// projectors, of which we use none.
macro_rules! contract {
    ($( $name:ident = $transactions:literal; )*) => {$(
        #[test]
        fn $name() {
            let stores = Stores::default();
            let make = stores.clone();
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build()
                .expect("a runtime");
            runtime
                .block_on(theirs::$name(move || make.open()))
                .expect("the contract");
            assert_eq!(stores.transactions(), $transactions);
        }
    )*};
}

contract! {
    test_basic_read_write = 1;
    test_concurrent_version_conflicts = 1;
    test_read_only_participant_conflict_preserves_atomicity = 1;
    test_current_read_only_participant_allows_write = 2;
    test_stream_isolation = 1;
    test_missing_stream_reads = 0;
    test_conflict_preserves_atomicity = 1;
    test_read_stream_errors_on_type_mismatch = 1;
    test_event_ordering_across_streams = 3;
    test_position_based_resumption = 1;
    test_stream_prefix_filtering = 1;
    test_stream_prefix_requires_prefix_match = 1;
    test_stream_pattern_filtering = 1;
    test_stream_pattern_single_char = 1;
    test_stream_pattern_char_class = 1;
    test_batch_limiting = 1;
    test_command_state_snapshot_load_missing = 0;
    test_command_state_snapshot_round_trip_and_monotonic = 0;
    test_read_stream_after_excludes_reconstructed_events = 1;
}
