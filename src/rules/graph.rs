//! Ways through what leads to what. None of this calls itself: a model may be as
//! deep as it likes.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

/// Everything that `start` leads to, itself included.
pub(super) fn reached<N: Copy + Eq + Hash>(
    start: impl IntoIterator<Item = N>,
    next: &HashMap<N, Vec<N>>,
) -> HashSet<N> {
    let mut seen: HashSet<N> = start.into_iter().collect();
    let mut edge: Vec<N> = seen.iter().copied().collect();
    while let Some(node) = edge.pop() {
        let further = next.get(&node).into_iter().flatten().copied();
        edge.extend(further.filter(|&node| seen.insert(node)));
    }
    seen
}

/// Something that holds when all that it stands on holds.
pub(super) struct Node {
    /// Whether it holds when all that it stands on does.
    pub holds: bool,
    /// What it stands on, by position.
    pub on: Vec<usize>,
}

/// How high each node is: 1 when it stands on nothing, else one more than the
/// highest it stands on. None for what does not hold, as it stands on itself or on
/// something that does not hold.
pub(super) fn heights(nodes: &[Node]) -> Vec<Option<usize>> {
    // All positions are below the number of nodes.
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut waiting: Vec<usize> = nodes.iter().map(|node| node.on.len()).collect();
    for (position, node) in nodes.iter().enumerate() {
        for &below in &node.on {
            above[below].push(position);
        }
    }
    let mut reached = vec![1; nodes.len()];
    let mut heights = vec![None; nodes.len()];
    let mut ready: Vec<usize> = (0..nodes.len())
        .filter(|&position| waiting[position] == 0)
        .collect();
    while let Some(position) = ready.pop() {
        if !nodes[position].holds {
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

/// For each node whether one comes back to it.
pub(super) fn circles(next: &[Vec<usize>]) -> Vec<bool> {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); next.len()];
    for (position, after) in next.iter().enumerate() {
        for &node in after {
            before[node].push(position);
        }
    }
    // Kosaraju: the last to be left leads to all that follow it.
    let mut seen = vec![false; next.len()];
    let mut circles = vec![false; next.len()];
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
                circles[member] = true;
            }
        }
    }
    circles
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_holds_nothing_up() {
        let node = |holds, on: &[usize]| Node {
            holds,
            on: on.to_vec(),
        };
        let nodes = [
            node(true, &[]),
            node(true, &[0, 2]),
            node(true, &[]),
            node(true, &[4]),
            node(true, &[3]),
            node(false, &[]),
            node(true, &[0, 5]),
        ];
        assert_eq!(
            heights(&nodes),
            [Some(1), Some(2), Some(1), None, None, None, None]
        );
    }

    #[test]
    fn a_deep_chain_is_no_deep_call() {
        let chain: Vec<Node> = (0..200_000)
            .map(|position: usize| Node {
                holds: true,
                on: position.checked_sub(1).into_iter().collect(),
            })
            .collect();
        assert_eq!(heights(&chain).last(), Some(&Some(200_000)));
        let ring: Vec<Vec<usize>> = (0..200_000)
            .map(|node| vec![(node + 1) % 200_000])
            .collect();
        assert!(circles(&ring).iter().all(|circle| *circle));
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
        assert_eq!(circles(&next), [true, true, true, false, true, true, false]);
    }

    #[test]
    fn a_walk_comes_everywhere_once() {
        let next = HashMap::from([(1, vec![2]), (2, vec![3, 1]), (3, vec![4]), (5, vec![1])]);
        let mut all: Vec<i32> = reached([1], &next).into_iter().collect();
        all.sort_unstable();
        assert_eq!(all, [1, 2, 3, 4]);
        assert_eq!(reached([], &next).len(), 0);
    }
}
