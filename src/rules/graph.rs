//! Ways through what leads to what. None of this calls itself: a model may be as
//! deep as it likes.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

/// Everything that is at most `rounds` steps away from `start`, itself included.
pub(super) fn within<N: Copy + Eq + Hash>(
    rounds: usize,
    start: impl IntoIterator<Item = N>,
    next: &HashMap<N, Vec<N>>,
) -> HashSet<N> {
    let mut seen: HashSet<N> = start.into_iter().collect();
    let mut edge: Vec<N> = seen.iter().copied().collect();
    for _ in 0..rounds {
        let further: Vec<N> = edge
            .iter()
            .filter_map(|node| next.get(node))
            .flatten()
            .copied()
            .filter(|&node| seen.insert(node))
            .collect();
        if further.is_empty() {
            break;
        }
        edge = further;
    }
    seen
}

/// Something that holds when all that it stands on holds.
pub(super) struct Node {
    /// How high it is when it stands on nothing; none when it cannot hold.
    pub height: Option<usize>,
    /// What it stands on, by position.
    pub on: Vec<usize>,
}

/// How high each node is: one more than the highest it stands on. None for what
/// does not hold, as it stands on itself or on something that does not hold.
pub(super) fn heights(nodes: &[Node]) -> Vec<Option<usize>> {
    // All positions are below the number of nodes.
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut waiting: Vec<usize> = nodes.iter().map(|node| node.on.len()).collect();
    for (position, node) in nodes.iter().enumerate() {
        for &below in &node.on {
            above[below].push(position);
        }
    }
    let mut reached: Vec<usize> = nodes.iter().map(|node| node.height.unwrap_or(0)).collect();
    let mut heights = vec![None; nodes.len()];
    let mut ready: Vec<usize> = (0..nodes.len())
        .filter(|&position| waiting[position] == 0)
        .collect();
    while let Some(position) = ready.pop() {
        if nodes[position].height.is_none() {
            continue;
        }
        heights[position] = Some(reached[position]);
        for &higher in &above[position] {
            reached[higher] = reached[higher].max(reached[position] + 1);
            waiting[higher] -= 1;
            if waiting[higher] == 0 {
                ready.push(higher);
            }
        }
    }
    heights
}

/// For each node how many nodes there are from which one comes back to it, and
/// that it leads to; 0 for a node that one does not come back to.
pub(super) fn circles(next: &[Vec<usize>]) -> Vec<usize> {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); next.len()];
    for (position, after) in next.iter().enumerate() {
        for &node in after {
            before[node].push(position);
        }
    }
    // Kosaraju: the last to be left leads to all that follow it.
    let mut seen = vec![false; next.len()];
    let mut size = vec![0; next.len()];
    for start in left_in_order(next).into_iter().rev() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut members = vec![start];
        let mut done = 0;
        while let Some(&node) = members.get(done) {
            done += 1;
            for &other in &before[node] {
                if !seen[other] {
                    seen[other] = true;
                    members.push(other);
                }
            }
        }
        if members.len() > 1 || next[start].contains(&start) {
            for &member in &members {
                size[member] = members.len();
            }
        }
    }
    size
}

/// The nodes in the order in which a depth-first walk leaves them.
fn left_in_order(next: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(next.len());
    let mut seen = vec![false; next.len()];
    for start in 0..next.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut way = vec![(start, next[start].iter())];
        while let Some((node, rest)) = way.last_mut() {
            if let Some(&other) = rest.find(|&&other| !seen[other]) {
                seen[other] = true;
                way.push((other, next[other].iter()));
            } else {
                order.push(*node);
                way.pop();
            }
        }
    }
    order
}

/// Whether one comes back to a node in at most `most` steps.
pub(super) fn returns(most: usize, node: usize, next: &[Vec<usize>]) -> bool {
    let mut seen = vec![false; next.len()];
    let mut edge = vec![node];
    for _ in 0..most {
        let mut further = Vec::new();
        for &other in edge.iter().flat_map(|&from| &next[from]) {
            if other == node {
                return true;
            }
            if !seen[other] {
                seen[other] = true;
                further.push(other);
            }
        }
        edge = further;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_holds_nothing_up() {
        let node = |height, on: &[usize]| Node {
            height,
            on: on.to_vec(),
        };
        let nodes = [
            node(Some(1), &[]),
            node(Some(1), &[0, 2]),
            node(Some(2), &[]),
            node(Some(1), &[4]),
            node(Some(1), &[3]),
            node(None, &[]),
            node(Some(1), &[0, 5]),
        ];
        assert_eq!(
            heights(&nodes),
            [Some(1), Some(3), Some(2), None, None, None, None]
        );
    }

    #[test]
    fn a_deep_chain_is_no_deep_call() {
        let chain: Vec<Node> = (0..200_000)
            .map(|position: usize| Node {
                height: Some(1),
                on: position.checked_sub(1).into_iter().collect(),
            })
            .collect();
        assert_eq!(heights(&chain).last(), Some(&Some(200_000)));
        let ring: Vec<Vec<usize>> = (0..200_000)
            .map(|node| vec![(node + 1) % 200_000])
            .collect();
        assert!(circles(&ring).iter().all(|&size| size == 200_000));
    }

    #[test]
    fn circles_are_told_from_ways_between_them() {
        // 0 → 0; 1 ↔ 2; 2 → 3 → 4 ↔ 5; 6 → 1
        let next = [
            vec![0],
            vec![2],
            vec![1, 3],
            vec![4],
            vec![5],
            vec![4],
            vec![1],
        ];
        assert_eq!(circles(&next), [1, 2, 2, 0, 2, 2, 0]);
        let back = |most| -> Vec<bool> { (0..7).map(|node| returns(most, node, &next)).collect() };
        assert_eq!(back(1), [true, false, false, false, false, false, false]);
        assert_eq!(back(2), [true, true, true, false, true, true, false]);
    }

    #[test]
    fn a_walk_ends_after_its_rounds() {
        let next = HashMap::from([(1, vec![2]), (2, vec![3, 1]), (3, vec![4])]);
        let mut near: Vec<i32> = within(2, [1], &next).into_iter().collect();
        near.sort_unstable();
        assert_eq!(near, [1, 2, 3]);
        assert_eq!(within(9, [1], &next).len(), 4);
        assert_eq!(within(9, [], &next).len(), 0);
    }
}
