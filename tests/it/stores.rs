//! The stores of the peer, read and ordered.

use std::path::{Path, PathBuf};

use emc::{
    diagnostic::Diagnostic,
    history::History,
    rel_path::RelPath,
    transaction::{Parsed, Rejected, Transaction, parse},
};

pub struct Store {
    pub files: Vec<(RelPath, Vec<u8>)>,
    pub transactions: Vec<Transaction>,
    pub rejected: Vec<Rejected>,
    pub findings: Vec<Diagnostic>,
}

impl Store {
    pub fn of(files: Vec<(RelPath, Vec<u8>)>) -> Self {
        let mut store = Self {
            files: Vec::new(),
            transactions: Vec::new(),
            rejected: Vec::new(),
            findings: Vec::new(),
        };
        for (file, bytes) in &files {
            let Parsed {
                transaction,
                findings,
            } = parse(file, bytes);
            store.findings.extend(findings);
            match transaction {
                Ok(transaction) => store.transactions.push(transaction),
                Err(rejected) => store.rejected.push(rejected),
            }
        }
        store.files = files;
        store
    }

    pub fn fixture(name: &str) -> Self {
        Self::of(files(&fixture(name)))
    }

    pub fn history(&self) -> History {
        History::of(
            self.transactions.iter().map(|one| &one.header),
            &self.rejected,
        )
    }

    /// The names of the codes of all findings, sorted.
    pub fn codes(&self) -> Vec<&'static str> {
        let history = self.history();
        let mut codes: Vec<&'static str> = self
            .findings
            .iter()
            .chain(history.findings())
            .map(|finding| finding.code.name)
            .collect();
        codes.sort_unstable();
        codes
    }
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/stores")
        .join(name)
}

/// The transaction files of a project.
pub fn files(project: &Path) -> Vec<(RelPath, Vec<u8>)> {
    let folder = project.join("model/events/events");
    let mut files: Vec<(RelPath, Vec<u8>)> = std::fs::read_dir(&folder)
        .expect("a folder of events")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .expect("a name");
            let file = RelPath::new(&format!("model/events/events/{name}")).expect("relative");
            (file, std::fs::read(&path).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn intact_stores_have_no_findings() {
    for (name, transactions) in [
        ("repair-desk", 269),
        ("every-event", 193),
        ("forked", 9),
        ("forked-resolved", 11),
    ] {
        let store = Store::fixture(name);
        assert_eq!(store.codes(), [""; 0], "{name}");
        assert_eq!(store.transactions.len(), transactions, "{name}");
        assert_eq!(store.history().order().len(), transactions, "{name}");
    }
}

#[test]
fn event_data_is_the_text_in_the_file() {
    let store = Store::fixture("every-event");
    let history = store.history();
    let mut events = 0;
    for event in history.events(&store.transactions) {
        let (file, bytes) = &store.files[event.index];
        assert_eq!(*file, event.transaction.header.file);
        let data = event.envelope.data_in(bytes).expect("a range of the file");
        assert!(data.starts_with('{') && data.ends_with('}'), "{data}");
        let line = std::str::from_utf8(bytes)
            .expect("text")
            .lines()
            .nth(event.envelope.line as usize - 1);
        let line: serde_json::Value = serde_json::from_str(line.expect("a line")).expect("JSON");
        assert_eq!(
            line["event_data"],
            serde_json::from_str::<serde_json::Value>(data).expect("JSON")
        );
        assert_eq!(line["event_id"], event.envelope.event_id.to_string());
        assert_eq!(line["stream_id"], *event.envelope.stream);
        events += 1;
    }
    assert_eq!(events, 193);
}

#[test]
fn two_streams_of_one_store_can_be_forked() {
    let history = Store::fixture("forked").history();
    let forks: Vec<(String, u64, Vec<String>)> = history
        .forks()
        .iter()
        .map(|fork| {
            let firsts = fork
                .branches
                .iter()
                .map(|branch| branch.first().to_string())
                .collect();
            (fork.stream.to_string(), fork.base, firsts)
        })
        .collect();
    let expected = |stream: &str, base, firsts: [&str; 2]| {
        (stream.to_owned(), base, firsts.map(str::to_owned).to_vec())
    };
    assert_eq!(
        forks,
        [
            expected(
                "slice::capture-ticket",
                1,
                [
                    "01a20792-785e-715a-9767-ae26696cdc17",
                    "01a20792-792e-740f-a332-e2d86be8b3e0"
                ]
            ),
            expected(
                "slice::close-ticket",
                2,
                [
                    "01a20792-789c-70f4-a953-5a5111a015cc",
                    "01a20792-7952-77d2-a6cc-52ee73b758e8"
                ]
            ),
        ]
    );
}

/// The peer resolved one fork with a transaction that descends from everything.
#[test]
fn resolving_one_fork_does_not_hide_the_other() {
    let history = Store::fixture("forked-resolved").history();
    let streams: Vec<&str> = history.forks().iter().map(|fork| &*fork.stream).collect();
    assert_eq!(streams, ["slice::close-ticket"]);
}

#[test]
fn a_changed_file_is_named_and_so_is_what_follows_it() {
    let store = Store::fixture("tampered");
    assert_eq!(store.codes(), ["changed-content", "missing-parent"]);
    let history = store.history();
    assert_eq!(history.dangling().len(), 1);
    let finding = &history.findings()[0];
    let refused = format!(
        "the file of the parent was refused: {}",
        store.rejected[0].file
    );
    assert!(finding.notes.contains(&refused), "{finding:?}");

    let store = Store::fixture("tampered-tip");
    assert_eq!(store.codes(), ["changed-content"]);
    assert_eq!(store.history().order().len(), 6);
}

/// The writing library calls this a replica identity conflict, which it is not.
#[test]
fn a_missing_file_is_a_missing_parent_and_nothing_else() {
    let store = Store::fixture("dangling");
    assert_eq!(store.codes(), ["missing-parent"]);
    let history = store.history();
    assert_eq!((history.forks().len(), history.collisions().len()), (0, 0));
}
