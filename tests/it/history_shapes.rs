//! Named shapes, and big ones on a small stack.

use std::{thread, time::Instant};

use emc::{
    history::{Fork, History},
    rel_path::RelPath,
    transaction::{Header, ReplicaId, TransactionId},
};

fn id(number: usize) -> TransactionId {
    let mut bytes = [0u8; 16];
    bytes[8..].copy_from_slice(&(number as u64).to_be_bytes());
    TransactionId::from_bytes(bytes)
}

/// A transaction with a replica of its own that names stream `s` unless told otherwise.
fn node(number: usize, parents: &[usize]) -> Header {
    Header {
        file: RelPath::new(&format!("model/events/events/{}.jsonl", id(number))).expect("relative"),
        id: id(number),
        replica: ReplicaId::from_bytes(*id(number).as_bytes()),
        parents: parents.iter().map(|parent| id(*parent)).collect(),
        created_at: "2026-11-23T08:42:49+00:00".into(),
        stream_bases: vec![("s".into(), number as u64)],
        format_version: 2,
        content_hash: None,
    }
}

fn history(headers: &[Header]) -> History {
    History::of(headers, &[])
}

/// The branches of the only fork, as numbers.
fn branches(headers: &[Header]) -> Vec<Vec<usize>> {
    let history = history(headers);
    let [fork] = history.forks() else {
        panic!("one fork, not {:?}", history.forks());
    };
    numbers(fork, headers)
}

fn numbers(fork: &Fork, headers: &[Header]) -> Vec<Vec<usize>> {
    let number = |wanted: &TransactionId| {
        (0..=headers.len())
            .find(|number| id(*number) == *wanted)
            .expect("a number")
    };
    fork.branches
        .iter()
        .map(|branch| branch.transactions.iter().map(number).collect())
        .collect()
}

#[test]
fn branches_of_unequal_length_are_one_fork() {
    let headers = [
        node(0, &[]),
        node(1, &[0]),
        node(2, &[1]),
        node(3, &[2]),
        node(4, &[0]),
        node(5, &[4]),
    ];
    assert_eq!(branches(&headers), [vec![4, 5], vec![1, 2, 3]]);
    assert_eq!(history(&headers).forks()[0].base, 1);
}

#[test]
fn three_heads_are_three_branches() {
    let headers = [node(0, &[]), node(1, &[0]), node(2, &[0]), node(3, &[0])];
    assert_eq!(branches(&headers), [vec![1], vec![2], vec![3]]);
}

#[test]
fn a_join_of_two_of_three_is_one_branch_with_both() {
    let headers = [
        node(0, &[]),
        node(1, &[0]),
        node(2, &[0]),
        node(3, &[0]),
        node(4, &[1, 2]),
    ];
    assert_eq!(branches(&headers), [vec![3], vec![1, 2, 4]]);
}

#[test]
fn nested_forks_share_what_is_before_the_inner_point() {
    let headers = [
        node(0, &[]),
        node(1, &[0]),
        node(2, &[1]),
        node(3, &[1]),
        node(4, &[0]),
    ];
    assert_eq!(branches(&headers), [vec![4], vec![1, 2], vec![1, 3]]);
}

#[test]
fn two_joins_of_one_fork_are_a_fork_of_the_joins() {
    let headers = [
        node(0, &[]),
        node(1, &[0]),
        node(2, &[0]),
        node(3, &[1, 2]),
        node(4, &[1, 2]),
    ];
    assert_eq!(branches(&headers), [vec![3], vec![4]]);
    let mut joined = headers.to_vec();
    joined.push(node(5, &[3, 4]));
    assert_eq!(history(&joined).forks(), []);
}

#[test]
fn two_first_transactions_are_a_fork_at_the_start() {
    assert_eq!(branches(&[node(0, &[]), node(1, &[])]), [vec![0], vec![1]]);
}

#[test]
fn a_circle_is_found_and_cut() {
    let mut headers = vec![
        node(0, &[]),
        node(1, &[0, 3]),
        node(2, &[1]),
        node(3, &[2]),
        node(4, &[3]),
    ];
    headers.push(node(5, &[5]));
    let history = history(&headers);
    let codes: Vec<&str> = history
        .findings()
        .iter()
        .map(|finding| finding.code.name)
        .collect();
    assert_eq!(codes, ["parent-cycle"]);
    let notes = &history.findings()[0].notes;
    assert!(
        notes[0].contains(&id(1).to_string()) && notes[0].ends_with(" and 1 more"),
        "{notes:?}"
    );
    assert_eq!(history.order().len(), 6);
    assert_eq!(history.depth(id(4)), Some(4));
}

#[test]
fn of_two_files_with_one_id_the_well_named_one_counts() {
    let mut copy = node(1, &[0]);
    copy.file = RelPath::new("model/events/events/copy.jsonl").expect("relative");
    copy.replica = node(7, &[]).replica;
    for headers in [
        vec![node(0, &[]), copy.clone(), node(1, &[0])],
        vec![node(1, &[0]), copy.clone(), node(0, &[])],
    ] {
        let history = history(&headers);
        let found: Vec<_> = history
            .findings()
            .iter()
            .map(|finding| {
                (
                    finding.code.name,
                    finding.place.as_ref().map(|place| &*place.file),
                )
            })
            .collect();
        assert_eq!(
            found,
            [(
                "duplicate-transaction",
                Some("model/events/events/copy.jsonl")
            )]
        );
        let counted = history.position(id(1)).expect("counted");
        assert!(headers[counted].is_well_named());
        assert_eq!(history.order().len(), 2);
    }
    let alone = history(&[node(0, &[]), copy]);
    assert_eq!(alone.findings().len(), 1);
    assert_eq!(alone.findings()[0].code.name, "misnamed-file");
    assert_eq!(alone.order().len(), 2);
}

#[test]
fn one_replica_side_by_side_is_a_collision() {
    let mut headers = [node(0, &[]), node(1, &[0]), node(2, &[0]), node(3, &[0])];
    for header in &mut headers {
        header.replica = node(9, &[]).replica;
        header.stream_bases.clear();
    }
    let history = history(&headers);
    assert_eq!(history.collisions().len(), 1);
    assert_eq!(
        (
            history.collisions()[0].first,
            history.collisions()[0].second
        ),
        (id(1), id(2))
    );
    assert_eq!(history.findings()[0].code.name, "replica-collision");
}

#[test]
fn children_of_one_missing_parent_are_one_finding() {
    let mut headers: Vec<Header> = (1..6).map(|number| node(number, &[0])).collect();
    headers.push(node(6, &[5, 77, 78]));
    let history = history(&headers);
    assert_eq!(history.dangling().len(), 6);
    let messages: Vec<&str> = history
        .findings()
        .iter()
        .map(|finding| &*finding.message)
        .collect();
    assert_eq!(
        messages,
        [
            &*format!("parent {} is not in the store", id(0)),
            "2 parents are not in the store"
        ]
    );
    assert!(history.findings()[0].notes[0].starts_with("5 transactions name it"));
}

/// Run on the stack of a thread of the standard library, and say how long it took.
fn on_a_small_stack(headers: Vec<Header>, check: impl FnOnce(&History) + Send + 'static) {
    thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(move || {
            let start = Instant::now();
            let history = history(&headers);
            println!("{} transactions: {:?}", headers.len(), start.elapsed());
            check(&history);
        })
        .expect("a thread")
        .join()
        .expect("no panic");
}

/// One of a thousand streams, so that some are named far back.
fn spread(mut header: Header, number: usize) -> Header {
    header.stream_bases = vec![(
        format!("slice::{}", number * 7919 % 1000).into(),
        number as u64,
    )];
    header
}

#[test]
fn a_chain_of_100_000() {
    let mut chain = vec![node(0, &[])];
    chain.extend((1..100_000).map(|number| spread(node(number, &[number - 1]), number)));
    on_a_small_stack(chain, |history| {
        assert_eq!((history.forks().len(), history.tips().len()), (0, 1));
        assert_eq!(history.depth(id(99_999)), Some(99_999));
    });
}

#[test]
fn a_star_of_10_000_and_another_after_it() {
    let mut star: Vec<Header> = vec![node(0, &[])];
    star.extend((1..=10_000).map(|number| node(number, &[0])));
    on_a_small_stack(star.clone(), |history| {
        assert_eq!(history.forks()[0].branches.len(), 10_000);
    });
    star.push(node(10_001, &(1..=10_000).collect::<Vec<_>>()));
    star.extend((10_002..20_000).map(|number| spread(node(number, &[10_001]), number)));
    on_a_small_stack(star, |history| {
        assert_eq!(history.forks().len(), 1000);
        assert_eq!(history.tips().len(), 9_998);
    });
}

#[test]
fn sixty_four_tips_that_meet_again_and_again() {
    let mut headers = vec![node(0, &[])];
    let mut tips = vec![0; 64];
    for round in 0..=64 {
        for (clone, tip) in tips.iter_mut().enumerate() {
            let number = headers.len();
            headers.push(spread(node(number, &[*tip]), clone));
            *tip = number;
        }
        if round == 64 {
            break;
        }
        let (clone, number) = (round, headers.len());
        headers.push(spread(node(number, &tips), clone));
        tips[clone] = number;
    }
    on_a_small_stack(headers, |history| assert_eq!(history.tips().len(), 64));
}

#[test]
fn ten_thousand_diamonds() {
    let mut headers = vec![node(0, &[])];
    for round in 0..10_000 {
        let start = round * 3;
        headers.push(spread(node(start + 1, &[start]), start));
        headers.push(spread(node(start + 2, &[start]), round + 1));
        headers.push(node(start + 3, &[start + 1, start + 2]));
    }
    on_a_small_stack(headers, |history| assert_eq!(history.tips().len(), 1));
}

#[test]
fn a_circle_of_100_000() {
    let circle = (0..100_000)
        .map(|number| node(number, &[(number + 99_999) % 100_000]))
        .collect();
    on_a_small_stack(circle, |history| {
        assert_eq!(history.findings()[0].code.name, "parent-cycle");
        assert_eq!(history.order().len(), 100_000);
    });
}

#[test]
fn ten_thousand_gaps() {
    let gaps = (0..10_000)
        .map(|number| node(number * 2, &[number * 2 + 1]))
        .collect();
    on_a_small_stack(gaps, |history| {
        assert_eq!(
            (history.dangling().len(), history.forks().len()),
            (10_000, 0)
        );
    });
}
