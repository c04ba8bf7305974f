//! What is reported of a history with missing, doubled and odd files.

use emc::{
    diagnostic::Diagnostic,
    history::History,
    rel_path::RelPath,
    transaction::{Header, ReplicaId, TransactionId, parse},
};

use crate::stores::Store;

fn id(number: u8) -> TransactionId {
    TransactionId::from_bytes([number; 16])
}

/// A transaction of a working copy of its own that names stream `s`.
fn node(number: u8, parents: &[u8], second: u8) -> Header {
    Header {
        file: RelPath::new(&format!("model/events/events/{}.jsonl", id(number))).expect("relative"),
        id: id(number),
        replica: ReplicaId::from_bytes([number; 16]),
        parents: parents.iter().map(|parent| id(*parent)).collect(),
        created_at: format!("2026-11-23T08:42:{second:02}+00:00").into(),
        stream_bases: vec![("s".into(), u64::from(number))],
        format_version: 2,
        content_hash: Some([number; 32]),
    }
}

fn one(headers: &[Header]) -> Diagnostic {
    let history = History::of(headers, &[]);
    assert_eq!(history.findings().len(), 1, "{:?}", history.findings());
    history.findings()[0].clone()
}

#[test]
fn a_fork_behind_a_missing_file_is_still_told() {
    let headers = [node(1, &[90], 1), node(2, &[1], 2), node(3, &[1], 3)];
    let history = History::of(&headers, &[]);
    let heads: Vec<TransactionId> = history.forks()[0]
        .branches
        .iter()
        .map(|one| one.head)
        .collect();
    assert_eq!(heads, [id(2), id(3)]);
}

#[test]
fn clocks_that_go_backwards_make_no_fork_of_missing_files() {
    // Three files with missing parents; the second by its clock names the third.
    let headers = [node(1, &[90], 1), node(2, &[91], 3), node(3, &[2, 92], 2)];
    assert_eq!(History::of(&headers, &[]).forks(), []);
}

#[test]
fn a_copy_of_a_file_is_told_from_another_file_with_its_id() {
    let counted = node(1, &[], 1);
    let copy = Header {
        file: RelPath::new("model/events/events/copy.jsonl").expect("relative"),
        ..counted.clone()
    };
    let said = one(&[counted.clone(), copy.clone()]);
    assert_eq!(
        said.message,
        "the file is a copy of another transaction file"
    );
    for other in [
        Header {
            content_hash: Some([9; 32]),
            ..copy.clone()
        },
        Header {
            created_at: "2026-11-23T08:42:59+00:00".into(),
            ..copy.clone()
        },
    ] {
        let said = one(&[counted.clone(), other]);
        assert_eq!(
            said.message,
            "the file holds another transaction under an id that is taken"
        );
    }
    // Without a hash nobody knows whether the events are the same.
    let bare = |header: Header| Header {
        content_hash: None,
        ..header
    };
    let said = one(&[bare(counted), bare(copy)]);
    assert_eq!(
        said.message,
        "the file holds another transaction under an id that is taken"
    );
}

#[test]
fn of_files_with_one_id_the_well_named_one_counts_and_else_the_first_by_name() {
    let named = |name: &str| Header {
        file: RelPath::new(&format!("model/events/events/{name}")).expect("relative"),
        ..node(1, &[], 1)
    };
    let well = node(1, &[], 1);
    for (counted, other) in [
        (well.clone(), named("0.jsonl")),
        (well, named("z.jsonl")),
        (named("0.jsonl"), named("z.jsonl")),
    ] {
        for headers in [
            [counted.clone(), other.clone()],
            [other.clone(), counted.clone()],
        ] {
            let history = History::of(&headers, &[]);
            let place = history.position(id(1)).expect("it is there");
            assert_eq!(headers[place].file, counted.file);
        }
    }
}

#[test]
fn missing_parents_are_named_three_at_most() {
    let notes = |parents: &[u8]| one(&[node(1, parents, 1)]).notes;
    let names = |missing: &str| {
        vec![
            format!("missing: {missing}"),
            format!("transaction {} names it", id(1)),
        ]
    };
    assert_eq!(notes(&[90]), [format!("transaction {} names it", id(1))]);
    assert_eq!(notes(&[90, 91]), names(&format!("{}, {}", id(90), id(91))));
    let three = format!("{}, {}, {}", id(90), id(91), id(92));
    assert_eq!(notes(&[90, 91, 92]), names(&three));
    assert_eq!(
        notes(&[90, 91, 92, 93]),
        names(&format!("{three} and 1 more"))
    );
}

#[test]
fn a_damaged_file_under_another_name_is_known_by_its_header() {
    let (file, bytes) = Store::fixture("forked").files.remove(3);
    let whole = parse(&file, &bytes).transaction.expect("whole").header.id;
    let copy = RelPath::new("model/events/events/copy.jsonl").expect("relative");
    let refused = parse(&copy, &bytes[..bytes.len() - 30]);
    assert_eq!(refused.transaction.expect_err("damaged").id, Some(whole));
}

#[test]
fn who_has_a_child_behind_a_later_gap_is_before_that_gap() {
    // The second transaction has no child on its own side of the third one's
    // missing parent, and so may have been before it.
    let mut join = node(4, &[2, 3], 4);
    join.stream_bases = vec![("t".into(), 0)];
    let headers = [node(1, &[90], 1), node(2, &[1], 2), node(3, &[91], 3), join];
    assert_eq!(History::of(&headers, &[]).forks(), []);
}

#[test]
fn what_follows_a_circle_is_not_in_it() {
    let headers = [
        node(1, &[2], 1),
        node(2, &[1], 2),
        node(3, &[2], 3),
        node(4, &[3], 4),
        node(5, &[4], 5),
    ];
    assert_eq!(
        one(&headers).notes,
        [format!("it goes through {}, {}", id(1), id(2))]
    );
}
