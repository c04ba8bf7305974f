//! Laws of the history, held against definitions written down naively.

use std::collections::{BTreeMap, BTreeSet};

use emc::{
    history::{Branch, Fork, History},
    transaction::{Header, TransactionId},
};
use proptest::prelude::*;

use crate::random_history::{Step, headers, play, steps, transaction_id};

/// Who descends from whom, by definition: `below[a]` holds all ancestors of `a`.
fn ancestors(headers: &[Header]) -> BTreeMap<TransactionId, BTreeSet<TransactionId>> {
    let mut below: BTreeMap<_, BTreeSet<_>> = headers
        .iter()
        .map(|one| (one.id, one.parents.iter().copied().collect()))
        .collect();
    loop {
        let before: usize = below.values().map(BTreeSet::len).sum();
        let old = below.clone();
        for set in below.values_mut() {
            let more: Vec<_> = set
                .iter()
                .filter_map(|id| old.get(id))
                .flatten()
                .copied()
                .collect();
            set.extend(more);
        }
        if below.values().map(BTreeSet::len).sum::<usize>() == before {
            let present: BTreeSet<_> = headers.iter().map(|one| one.id).collect();
            for set in below.values_mut() {
                set.retain(|id| present.contains(id));
            }
            return below;
        }
    }
}

/// The open forks by the words of the rule: a stream is open when two
/// concurrent transactions name it and none that names it descends from both.
fn forks(headers: &[Header], order: &[TransactionId]) -> Vec<Fork> {
    let below = ancestors(headers);
    let streams: BTreeSet<&str> = headers
        .iter()
        .flat_map(|one| one.stream_bases.iter().map(|(stream, _)| &**stream))
        .collect();
    let mut forks = Vec::new();
    for stream in streams {
        let members: Vec<&Header> = headers
            .iter()
            .filter(|one| one.base_of(stream).is_some())
            .collect();
        let open = members.iter().any(|left| {
            members.iter().any(|right| {
                left.id != right.id
                    && !below[&left.id].contains(&right.id)
                    && !below[&right.id].contains(&left.id)
                    && !members.iter().any(|join| {
                        below[&join.id].contains(&left.id) && below[&join.id].contains(&right.id)
                    })
            })
        });
        if !open {
            continue;
        }
        let place = |id: &TransactionId| order.iter().position(|one| one == id);
        let mut heads: Vec<&Header> = members.clone();
        heads.retain(|head| !members.iter().any(|one| below[&one.id].contains(&head.id)));
        heads.sort_by_key(|head| place(&head.id));
        let covers =
            |head: &Header, one: &Header| head.id == one.id || below[&head.id].contains(&one.id);
        let branch = |head: &&Header| {
            let mut nodes: Vec<&Header> = members.clone();
            nodes.retain(|one| covers(head, one) && !heads.iter().all(|head| covers(head, one)));
            nodes.sort_by_key(|one| place(&one.id));
            nodes
        };
        let base = heads
            .iter()
            .flat_map(branch)
            .filter_map(|one| one.base_of(stream))
            .min();
        forks.push(Fork {
            stream: stream.into(),
            base: base.expect("a branch is not empty"),
            branches: heads
                .iter()
                .map(|head| Branch {
                    head: head.id,
                    transactions: branch(head).into_iter().map(|one| one.id).collect(),
                })
                .collect(),
        });
    }
    forks
}

fn of(headers: &[Header]) -> History {
    History::of(headers, &[])
}

fn ids(headers: &[Header], history: &History) -> Vec<TransactionId> {
    history
        .order()
        .iter()
        .map(|place| headers[*place].id)
        .collect()
}

/// Headers with any parents and any bases, as no honest writer makes them.
fn wild() -> impl Strategy<Value = Vec<Header>> {
    let node = (
        any::<[prop::sample::Index; 3]>(),
        0..4usize,
        0u8..8,
        0usize..3,
    );
    prop::collection::vec(node, 1..24).prop_map(|nodes| {
        let mut headers: Vec<Header> = Vec::new();
        for (number, (picks, count, streams, replica)) in nodes.into_iter().enumerate() {
            let step = [Step::Write {
                clone: 0,
                streams: streams.max(1),
                clock: 0,
            }];
            let mut header = headers_of(&step, replica);
            header.id = transaction_id(number);
            header.file = crate::random_history::file_of(header.id);
            if streams == 0 {
                header.stream_bases.clear();
            }
            if !headers.is_empty() {
                header.parents = picks
                    .iter()
                    .take(count)
                    .map(|pick| pick.get(&headers).id)
                    .collect();
            }
            headers.push(header);
        }
        headers
    })
}

fn headers_of(steps: &[Step], replica: usize) -> Header {
    headers(&play(steps, &[replica], false)).remove(0)
}

fn append(headers: &[Header], streams: &[&str], parents: &[TransactionId]) -> Vec<Header> {
    let mut more = headers.to_vec();
    let mut header = headers_of(
        &[Step::Write {
            clone: 0,
            streams: 1,
            clock: 0,
        }],
        99,
    );
    header.id = transaction_id(999);
    header.file = crate::random_history::file_of(header.id);
    header.parents = parents.to_vec();
    header.stream_bases = streams
        .iter()
        .map(|stream| ((*stream).into(), 1000))
        .collect();
    more.push(header);
    more
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn forks_are_those_of_the_rule(steps in steps(4, 30)) {
        let headers = headers(&play(&steps, &[0, 1, 2, 3], true));
        let history = of(&headers);
        prop_assert_eq!(history.forks(), forks(&headers, &ids(&headers, &history)));
        prop_assert_eq!(history.collisions(), []);
    }

    #[test]
    fn forks_are_those_of_the_rule_in_any_graph(headers in wild()) {
        let history = of(&headers);
        prop_assert_eq!(history.forks(), forks(&headers, &ids(&headers, &history)));
        let below = ancestors(&headers);
        let concurrent = |left: &Header, right: &Header| {
            left.id != right.id && !below[&left.id].contains(&right.id) && !below[&right.id].contains(&left.id)
        };
        let collided: BTreeSet<_> = headers
            .iter()
            .filter(|one| headers.iter().any(|two| one.replica == two.replica && concurrent(one, two)))
            .map(|one| one.replica)
            .collect();
        let found: BTreeSet<_> = history.collisions().iter().map(|one| one.replica).collect();
        prop_assert_eq!(found, collided);
    }

    #[test]
    fn the_order_of_reading_is_of_no_account(
        (steps, shuffled) in steps(3, 30).prop_flat_map(|steps| {
            let order: Vec<usize> = (0..steps.len()).collect();
            (Just(steps), Just(order).prop_shuffle())
        })
    ) {
        let one = headers(&play(&steps, &[0, 1, 1], true));
        let other: Vec<Header> =
            shuffled.iter().filter_map(|place| one.get(*place)).cloned().collect();
        let (left, right) = (of(&one), of(&other));
        prop_assert_eq!(ids(&one, &left), ids(&other, &right));
        prop_assert_eq!(left.forks(), right.forks());
        prop_assert_eq!(left.tips(), right.tips());
        prop_assert_eq!(left.collisions(), right.collisions());
        prop_assert_eq!(left.findings(), right.findings());
    }

    #[test]
    fn a_line_has_no_forks(steps in steps(1, 30)) {
        let history = of(&headers(&play(&steps, &[0], true)));
        prop_assert_eq!(history.forks(), []);
        prop_assert!(history.tips().len() <= 1);
    }

    #[test]
    fn an_unrelated_transaction_hides_nothing_and_a_join_settles_all(steps in steps(4, 30)) {
        let headers = headers(&play(&steps, &[0, 1, 2, 3], true));
        let history = of(&headers);
        let unrelated = of(&append(&headers, &["review::x"], history.tips()));
        prop_assert_eq!(unrelated.forks(), history.forks());

        let streams: Vec<&str> = history.forks().iter().map(|fork| &*fork.stream).collect();
        let joined = of(&append(&headers, &streams, history.tips()));
        prop_assert_eq!(joined.forks(), []);
        prop_assert_eq!(joined.collisions(), []);
    }

    /// With honest clocks nothing is reported that the whole history denies.
    #[test]
    fn missing_files_make_no_false_forks(
        steps in steps(3, 30),
        lost in prop::collection::vec(any::<prop::sample::Index>(), 1..4),
    ) {
        let all = headers(&play(&steps, &[0, 1, 2], false));
        prop_assume!(!all.is_empty());
        let lost: BTreeSet<usize> = lost.iter().map(|pick| pick.index(all.len())).collect();
        let kept: Vec<Header> = all
            .iter()
            .enumerate()
            .filter(|(place, _)| !lost.contains(place))
            .map(|(_, header)| header.clone())
            .collect();
        let history = of(&kept);
        prop_assert_eq!(history.collisions(), []);
        let below = ancestors(&all);
        for fork in history.forks() {
            for left in &fork.branches {
                for right in &fork.branches {
                    prop_assert!(!below[&left.head].contains(&right.head));
                }
            }
        }
        let dangling: BTreeSet<TransactionId> =
            history.dangling().iter().map(|one| one.transaction).collect();
        let expected: BTreeSet<TransactionId> = kept
            .iter()
            .filter(|one| one.parents.iter().any(|id| history.position(*id).is_none()))
            .map(|one| one.id)
            .collect();
        prop_assert_eq!(dangling, expected);
    }

    #[test]
    fn the_ancestor_test_is_that_of_the_definition(headers in wild()) {
        let history = of(&headers);
        let below = ancestors(&headers);
        for (node, header) in headers.iter().enumerate() {
            for (ancestor, other) in headers.iter().enumerate() {
                let expected = below[&header.id].contains(&other.id);
                prop_assert_eq!(history.precedes(ancestor, node), expected);
            }
            prop_assert!(!history.precedes(node, headers.len()));
            prop_assert!(!history.precedes(headers.len(), node));
        }
    }

    #[test]
    fn a_history_is_linear_up_to_where_it_was_one_line(headers in wild()) {
        let history = of(&headers);
        let below = ancestors(&headers);
        let order = ids(&headers, &history);
        for (rank, &position) in history.order().iter().enumerate() {
            let line = &order[..=rank];
            let linear = line.windows(2).all(|pair| below[&pair[1]].contains(&pair[0]));
            prop_assert_eq!(history.is_linear_up_to(position), linear);
        }
        prop_assert!(!history.is_linear_up_to(headers.len()));
    }

    #[test]
    fn parents_come_first_and_depth_is_theirs_and_one(headers in wild()) {
        let history = of(&headers);
        prop_assert_eq!(history.order().len(), headers.len());
        for header in &headers {
            let depths = header.parents.iter().filter_map(|id| history.depth(*id));
            prop_assert_eq!(history.depth(header.id), Some(depths.max().map_or(0, |deep| deep + 1)));
        }
    }
}
