//! Listing 100 forks in 10,000 transactions, beyond reading the files: at most
//! 0.1 s of CPU.

use emc::{
    event::{EmcEvent, Text, vocabulary::SliceKind},
    history::History,
    merge,
    rel_path::RelPath,
    transaction::{self, Header},
};

const SLICES: usize = 100;
const LINE: usize = 9_800;

fn main() {
    divan::main();
}

fn text(text: &str) -> Text {
    text.parse().expect("a text")
}

fn header(number: usize, replica: usize, parent: Option<usize>, event: &EmcEvent) -> Header {
    let id = |number: usize| format!("01a20792-0000-7000-8000-{number:012x}");
    let parents: Vec<String> = parent.map(id).into_iter().collect();
    let stream = event.stream_id();
    let line = serde_json::json!({
        "record": "header", "format_version": 1, "transaction_id": id(number),
        "replica_id": id(replica), "parent_transaction_ids": parents,
        "created_at": format!("2026-01-01T00:00:{number:08}Z"), "stream_bases": { stream: 1 },
    });
    let file = RelPath::new(&format!("{}.jsonl", id(number))).expect("a path");
    let parsed = transaction::parse(&file, format!("{line}\n").as_bytes());
    parsed.transaction.expect("a header").header
}

/// One line that edits 100 slices in turn, then two that edit each once more.
fn forked() -> (Vec<Header>, Vec<EmcEvent>) {
    let slug = |slice: usize| text(&format!("s{slice}"));
    let update = |slice: usize, name: usize| EmcEvent::SliceUpdated {
        slug: slug(slice),
        name: text(&format!("n{name}")),
        kind: SliceKind::StateChange,
        description: text("d"),
    };
    let mut events = vec![
        EmcEvent::ProjectInitialized { name: text("P") },
        EmcEvent::WorkflowAdded {
            slug: text("w"),
            name: text("W"),
            description: text("d"),
        },
    ];
    events.extend((0..SLICES).map(|slice| EmcEvent::SliceAdded {
        workflow: text("w"),
        slug: slug(slice),
        name: text("n"),
        kind: SliceKind::StateChange,
        description: text("d"),
    }));
    while events.len() < LINE {
        events.push(update(events.len() % SLICES, 0));
    }
    let mut headers: Vec<Header> = (0..)
        .zip(&events)
        .map(|(number, event)| header(number, 1, number.checked_sub(1), event))
        .collect();
    for replica in 1..3 {
        let mut parent = LINE - 1;
        for slice in 0..SLICES {
            let event = update(slice, replica);
            headers.push(header(headers.len(), replica, Some(parent), &event));
            events.push(event);
            parent = headers.len() - 1;
        }
    }
    (headers, events)
}

#[divan::bench]
fn history(bencher: divan::Bencher<'_, '_>) {
    let (headers, _) = forked();
    bencher.bench(|| History::of(&headers, &[]));
}

#[divan::bench]
fn open_forks(bencher: divan::Bencher<'_, '_>) {
    let (headers, events) = forked();
    let history = History::of(&headers, &[]);
    let list: Vec<&Header> = headers.iter().collect();
    let stored: Vec<(usize, &EmcEvent)> = history
        .order()
        .iter()
        .map(|index| (*index, &events[*index]))
        .collect();
    assert_eq!(merge::open_forks(&history, &list, &stored).len(), SLICES);
    bencher.bench(|| merge::open_forks(&history, &list, &stored));
}
