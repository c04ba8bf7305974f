//! The committed files of a store.

use std::{collections::BTreeSet, fs, path::Path};

use emc::{
    authoring::{Present, Request},
    diagnostic::Level,
    document::Document,
    history::History,
    rel_path::RelPath,
    transaction::{Transaction, parse},
};

use super::{escaping, shown};

/// What stands between two files of a store in the bytes of one input.
pub const BETWEEN: u8 = 0x1e;

/// Any bytes are read as the files of a store, or told damaged file by file;
/// the order in which they are read is of no account; the model that they come
/// to can be generated, written as a document, and is what that document says.
pub fn check(bytes: &[u8]) {
    let mut files: Vec<(RelPath, Vec<u8>)> = bytes
        .split(|byte| *byte == BETWEEN)
        .enumerate()
        .map(|(number, bytes)| named(number, bytes))
        .collect();
    // A folder holds a name once.
    let mut names = BTreeSet::new();
    files.retain(|(file, _)| names.insert(file.clone()));
    for (file, bytes) in &files {
        one(file, bytes);
    }
    ordered(&files);
    let present = Present::of(&files);
    files.reverse();
    let reversed = Present::of(&files);
    assert_eq!(present.model, reversed.model);
    assert_eq!(present.events, reversed.events);
    let fork = |one: &emc::merge::OpenFork| one.finding();
    let forks: Vec<_> = present.forks.iter().map(fork).collect();
    assert_eq!(forks, reversed.forks.iter().map(fork).collect::<Vec<_>>());
    let sound = !present.findings.iter().any(|one| one.level == Level::Error);
    escaping::well_formed(&present.model);
    let document = Document::of(&present.model);
    if sound && forks.is_empty() && present.model.project.is_some() {
        let decision = present.decide(&Request::Apply {
            document: Box::new(document),
            prune: true,
        });
        match decision {
            Ok(decision) => assert!(decision.events.is_empty(), "{:?}", decision.events),
            // What old stores hold and nobody can write any more.
            Err(refused) => shown(refused.0),
        }
    }
    shown(present.findings.into_iter().chain(forks).collect());
}

/// A file under the name that its writer would have given to it.
fn named(number: usize, bytes: &[u8]) -> (RelPath, Vec<u8>) {
    let folder = RelPath::new("model/events/events").expect("relative");
    let unnamed = folder.join(&format!("{number}.jsonl"));
    let id = match parse(&unnamed, bytes).transaction {
        Ok(transaction) => Some(transaction.header.id),
        Err(rejected) => rejected.id,
    };
    let file = id.map_or(unnamed, |id| folder.join(&format!("{id}.jsonl")));
    (file, bytes.to_vec())
}

fn one(file: &RelPath, bytes: &[u8]) {
    let parsed = parse(file, bytes);
    for finding in &parsed.findings {
        assert_eq!(
            finding.place.as_ref().map(|place| place.file.as_str()),
            Some(file.as_str())
        );
    }
    match &parsed.transaction {
        Ok(transaction) => {
            assert!(parsed.findings.iter().all(|one| one.level != Level::Error));
            for envelope in &transaction.events {
                let data = envelope.data_in(bytes).expect("a part of the file");
                serde_json::from_str::<Box<serde_json::value::RawValue>>(data).expect("JSON");
            }
        }
        Err(rejected) => {
            assert_eq!(rejected.file, *file);
            assert_eq!(parsed.findings.len(), 1, "{:?}", parsed.findings);
            assert_eq!(parsed.findings[0].level, Level::Error);
        }
    }
}

/// The canonical order holds every transaction once, parents first.
fn ordered(files: &[(RelPath, Vec<u8>)]) {
    let transactions: Vec<Transaction> = files
        .iter()
        .filter_map(|(file, bytes)| parse(file, bytes).transaction.ok())
        .collect();
    let headers = || transactions.iter().map(|transaction| &transaction.header);
    let history = History::of(headers(), &[]);
    let ids: BTreeSet<_> = headers().map(|header| header.id).collect();
    let order: BTreeSet<_> = history
        .order()
        .iter()
        .map(|at| transactions[*at].header.id)
        .collect();
    assert_eq!(order, ids);
    assert_eq!(history.order().len(), ids.len());
    let circle = history
        .findings()
        .iter()
        .any(|one| one.code.name == "parent-cycle");
    for &child in history.order() {
        for parent in &transactions[child].header.parents {
            let Some(parent) = history.position(*parent).filter(|_| !circle) else {
                continue;
            };
            assert!(history.precedes(parent, child));
            assert!(!history.precedes(child, parent));
            let depth = |at: usize| history.depth(transactions[at].header.id);
            assert!(depth(parent) < depth(child));
        }
    }
}

/// The files of a store among the fixtures.
pub fn store(name: &Path) -> Vec<(RelPath, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The fuzz targets are a package of their own below the one that is tested.
    let root = if env!("CARGO_PKG_NAME") == "cargo-emc-fuzz" {
        root.join("..")
    } else {
        root.to_path_buf()
    };
    let folder = root
        .join("tests/fixtures/stores")
        .join(name)
        .join("model/events/events");
    let mut files: Vec<(RelPath, Vec<u8>)> = fs::read_dir(&folder)
        .expect("a store")
        .map(|entry| {
            let entry = entry.expect("a file");
            let name = entry.file_name().into_string().expect("a plain name");
            let path = RelPath::new(&format!("model/events/events/{name}")).expect("relative");
            (path, fs::read(entry.path()).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

/// A small store without forks: the first part of the repair desk's.
pub fn desk() -> Vec<(RelPath, Vec<u8>)> {
    let mut files = store(Path::new("repair-desk"));
    // Names are in the order of time.
    files.truncate(60);
    files
}
