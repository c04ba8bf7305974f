//! The forked stores of the peer, and a long history with many forks.

use std::collections::BTreeSet;

use emc::{
    event::EmcEvent,
    history::History,
    merge,
    transaction::{Header, TransactionId},
};

use super::*;
use crate::project::{TestProject, open_store};

const LENIENT: &str = crate::project::LENIENT;

fn listed(store: &str) -> Vec<ForkReport> {
    let project = TestProject::with_store(LENIENT, store);
    let listed = conflicts::conflicts(&project.open()).expect("no failure");
    assert_eq!(listed.report.findings(), []);
    listed.forks
}

#[test]
fn two_forks_of_which_one_commutes() {
    let forks = listed("forked");
    let told: Vec<(&str, u64, bool)> = forks
        .iter()
        .map(|report| {
            (
                &*report.fork.fork.stream,
                report.fork.fork.base,
                report.fork.commutes(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("slice::capture-ticket", 1, false),
            ("slice::close-ticket", 2, true)
        ]
    );
    let fork = &forks[0].fork;
    assert_eq!(fork.conflicts.len(), 1);
    assert_eq!(
        (
            fork.conflicts[0].element.as_str(),
            fork.conflicts[0].field.as_str()
        ),
        ("slice capture-ticket", "description")
    );
    let details: Vec<String> = forks[0]
        .changes
        .iter()
        .flatten()
        .flat_map(emc::authoring::plan::Change::details)
        .collect();
    assert!(
        details.iter().any(|line| line.contains("prints a label")),
        "{details:?}"
    );
    assert!(
        details.iter().any(|line| line.contains("takes a photo")),
        "{details:?}"
    );
    let added: Vec<&str> = forks[1]
        .changes
        .iter()
        .flatten()
        .map(|change| change.element.as_str())
        .collect();
    assert!(
        added
            .iter()
            .all(|element| element.starts_with("slice close-ticket, scenario ")),
        "{added:?}"
    );
    assert_eq!(added.len(), 2);
}

#[test]
fn what_an_unrelated_append_hid_is_still_open() {
    let forks = listed("forked-resolved");
    let streams: Vec<&str> = forks
        .iter()
        .map(|report| &*report.fork.fork.stream)
        .collect();
    assert_eq!(streams, ["slice::close-ticket"]);
    assert!(forks[0].fork.commutes());
}

#[test]
fn the_forks_of_the_peer_are_resolved_for_good() {
    for (name, answers) in [("forked", true), ("forked-resolved", false)] {
        let project = TestProject::with_store(LENIENT, name);
        let opened = project.open();
        let choices: Vec<Choice> = answers
            .then_some(Choice {
                stream: None,
                element: None,
                take: Take::Transaction(
                    "01a20792-785e-715a-9767-ae26696cdc17"
                        .parse()
                        .expect("an id"),
                ),
            })
            .into_iter()
            .collect();
        let resolved = resolve::resolve(&opened, &choices, |_| Reply::Skip)
            .expect("written")
            .expect("nobody quits");
        assert_eq!(resolved.left.len(), 0);
        let listed = conflicts::conflicts(&opened).expect("no failure");
        assert!(listed.forks.is_empty());
        let present = resolve::store(&opened).read().expect("readable");
        assert!(present.findings.is_empty(), "{:?}", present.findings);
        let mut model = Model::of(&present.model);
        assert!(
            of(&mut model, "capture-ticket")
                .description
                .contains("prints a label")
        );
        let scenarios = &of(&mut model, "close-ticket").scenarios;
        let names: BTreeSet<&Text> = scenarios.iter().map(|scenario| &scenario.name).collect();
        // One of the common past, and one of each side.
        assert_eq!((scenarios.len(), names.len()), (3, 3), "{name}");
        let store = open_store(&project.root().join("model/events"));
        assert!(
            store.status().expect("no identity conflict").is_clean(),
            "{name}"
        );
    }
}

/// Ids that sort like their numbers.
fn id(number: usize) -> TransactionId {
    format!("01a20792-0000-7000-8000-{number:012x}")
        .parse()
        .expect("an id")
}

#[test]
fn a_hundred_forks_in_ten_thousand_transactions() {
    // One line of 100 slices with 98 edits each, then both ends of each slice.
    const SLICES: usize = 100;
    const LINE: usize = 9_800;
    let update = |slice: usize, name: usize| EmcEvent::SliceUpdated {
        slug: text(&format!("s{slice}")),
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
        slug: text(&format!("s{slice}")),
        name: text("n"),
        kind: SliceKind::StateChange,
        description: text("d"),
    }));
    while events.len() < LINE {
        events.push(update(events.len() % SLICES, 0));
    }
    let mut headers: Vec<Header> = Vec::new();
    let replicas = [id(1), id(2)].map(|id| id.to_string());
    let header = |number: usize, replica: usize, parent: Option<usize>, event: &EmcEvent| Header {
        id: id(number),
        replica: replicas[replica].parse().expect("an id"),
        parents: parent.map(id).into_iter().collect(),
        created_at: format!("2026-01-01T00:00:{number:08}Z").into(),
        stream_bases: vec![(event.stream_id().into(), 1)],
        ..plain()
    };
    for (number, event) in events.iter().enumerate() {
        headers.push(header(number, 0, number.checked_sub(1), event));
    }
    for replica in 0..2 {
        let mut parent = LINE - 1;
        for slice in 0..SLICES {
            let event = update(slice, 1 + replica);
            headers.push(header(headers.len(), replica, Some(parent), &event));
            events.push(event);
            parent = headers.len() - 1;
        }
    }
    let history = History::of(&headers, &[]);
    let stored: Vec<(usize, &EmcEvent)> = history
        .order()
        .iter()
        .map(|index| (*index, &events[*index]))
        .collect();
    let list: Vec<&Header> = headers.iter().collect();
    let forks = merge::open_forks(&history, &list, &stored);
    assert_eq!(forks.len(), SLICES);
    for fork in &forks {
        assert_eq!(fork.conflicts.len(), 1);
        assert_eq!(fork.conflicts[0].field, "name");
    }
}

/// A header that the test fills in.
fn plain() -> Header {
    let file = RelPath::new("x.jsonl").expect("a path");
    let text = b"{\"record\":\"header\",\"format_version\":1,\"transaction_id\":\"01a20792-0000-7000-8000-000000000000\",\
        \"replica_id\":\"01a20792-0000-7000-8000-000000000000\",\"parent_transaction_ids\":[],\
        \"created_at\":\"2026-01-01T00:00:00Z\",\"stream_bases\":{}}\n";
    emc::transaction::parse(&file, text)
        .transaction
        .expect("a header")
        .header
}
