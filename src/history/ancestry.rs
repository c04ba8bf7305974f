//! The ancestor test.
//!
//! The nodes are covered with chains, so that of two nodes of one chain the
//! later one descends from the earlier. A chain is cut into runs: a run goes on
//! as long as each node has the one before as its only parent. What lies below
//! a run stands at its start: the node that it starts from, or, after a merge,
//! the highest place that is reached in every chain. A test walks down the runs
//! until it meets the chain of the ancestor, or a merge, where the answer stands.
//! No walk crosses two runs of one chain: what a later run follows is an end that
//! its start descends from, and each node that a walk crosses has a child on it
//! that would have followed such an end.
//!
//! A node continues the chain of its only parent; else that of its replica, since
//! a working copy writes one transaction after the other; else that of a parent;
//! else one that ended in a merge before it. So there are about as many chains as there ever were
//! concurrent branches, or replicas, at one time. Building takes time and memory
//! n + edges + merges × chains, a test the logarithm of the chains after a walk
//! of at most as many steps.
//!
//! Nodes, chains and runs are positions in the vectors that hold them; nothing
//! is ever taken out of these.

use std::collections::HashMap;

use super::{Dangling, graph::Graph};
use crate::transaction::{Header, ReplicaId};

/// Who descends from whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ancestry {
    /// The nodes that count, ancestors first.
    sequence: Vec<usize>,
    nodes: Vec<Node>,
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Node {
    chain: usize,
    place: usize,
    run: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    below: Below,
    /// Ends of chains that a branch off this run may follow.
    free: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Below {
    /// It starts from this node.
    Node(usize),
    /// The highest place reached in each chain, by chain; none at a root.
    Reach(Vec<(usize, usize)>),
}

impl Ancestry {
    pub(super) fn of(headers: &[&Header], graph: &Graph, dangling: &[Dangling]) -> Self {
        let (sequence, parents) = if dangling.is_empty() {
            (graph.order.clone(), None)
        } else {
            let (sequence, parents) = with_gaps(headers, graph, dangling);
            (sequence, Some(parents))
        };
        let parents = parents.as_ref().unwrap_or(&graph.parents);
        let mut cover = Cover::of(parents.len());
        for &node in &sequence {
            // A gap has no header.
            let replica = headers.get(node).map(|header| header.replica);
            cover.add(node, &parents[node], replica);
        }
        let mut ancestry = cover.ancestry;
        ancestry.sequence = sequence;
        ancestry.sequence.retain(|node| *node < headers.len());
        ancestry
    }

    /// The nodes that count, ancestors first. Without missing parents this is
    /// the canonical order.
    pub(super) fn sequence(&self) -> &[usize] {
        &self.sequence
    }

    /// Whether `ancestor` is a proper ancestor of `node`.
    pub(super) fn precedes(&self, ancestor: usize, node: usize) -> bool {
        let wanted = self.nodes[ancestor];
        let mut at = self.nodes[node];
        if ancestor == node {
            return false;
        }
        loop {
            if at.chain == wanted.chain {
                return wanted.place <= at.place;
            }
            match &self.runs[at.run].below {
                Below::Node(node) => at = self.nodes[*node],
                Below::Reach(reach) => {
                    return reach
                        .binary_search_by_key(&wanted.chain, |(chain, _)| *chain)
                        .is_ok_and(|found| wanted.place <= reach[found].1);
                }
            }
        }
    }
}

/// The chains as they grow.
struct Cover {
    ancestry: Ancestry,
    /// The last node of each chain.
    ends: Vec<usize>,
    /// One more than the highest place that the merge at hand reaches in each
    /// chain; all zero between merges.
    reached: Vec<usize>,
    /// The last node of each replica.
    last: HashMap<ReplicaId, usize>,
}

impl Cover {
    fn of(nodes: usize) -> Self {
        Self {
            ancestry: Ancestry {
                sequence: Vec::new(),
                nodes: vec![Node::default(); nodes],
                runs: Vec::new(),
            },
            ends: Vec::new(),
            reached: Vec::new(),
            last: HashMap::new(),
        }
    }

    /// Add a node whose parents were added before.
    fn add(&mut self, node: usize, parents: &[usize], replica: Option<ReplicaId>) {
        let own = replica
            .and_then(|replica| self.last.insert(replica, node))
            .map(|last| self.ends[self.ancestry.nodes[last].chain])
            .filter(|end| self.is_below(*end, parents));
        let open = |parent: &usize| self.is_end(*parent);
        let mut free = Vec::new();
        let mut end = own;
        if let &[parent] = parents {
            let run = self.ancestry.nodes[parent].run;
            if open(&parent) {
                // On a line of several replicas one chain is enough.
                return self.follow(node, parent, run);
            }
            if end.is_none() {
                let mut others = std::mem::take(&mut self.ancestry.runs[run].free);
                end = self.take_free(&mut others, parents);
                self.ancestry.runs[run].free = others;
            }
        } else {
            end = end.or_else(|| parents.iter().copied().find(open));
            free = self.free_at(parents);
            end = end.or_else(|| self.take_free(&mut free, parents));
        }
        let below = match parents {
            [parent] => Below::Node(*parent),
            _ => Below::Reach(self.reach(parents)),
        };
        self.ancestry.runs.push(Run { below, free });
        let run = self.ancestry.runs.len() - 1;
        if let Some(end) = end {
            self.follow(node, end, run);
        } else {
            let chain = self.ends.len();
            self.ends.push(node);
            self.reached.push(0);
            self.ancestry.nodes[node] = Node {
                chain,
                place: 0,
                run,
            };
        }
    }

    /// Put a node behind the last one of a chain.
    fn follow(&mut self, node: usize, end: usize, run: usize) {
        let Node { chain, place, .. } = self.ancestry.nodes[end];
        let place = place + 1;
        self.ancestry.nodes[node] = Node { chain, place, run };
        self.ends[chain] = node;
    }

    fn is_end(&self, node: usize) -> bool {
        self.ends[self.ancestry.nodes[node].chain] == node
    }

    /// Whether a child of these parents would descend from a node.
    fn is_below(&self, node: usize, parents: &[usize]) -> bool {
        let mut parents = parents.iter();
        parents.any(|parent| node == *parent || self.ancestry.precedes(node, *parent))
    }

    /// The ends of chains that may be free above a merge of these parents.
    fn free_at(&mut self, parents: &[usize]) -> Vec<usize> {
        let mut free: Vec<usize> = parents.to_vec();
        for &parent in parents {
            let run = self.ancestry.nodes[parent].run;
            let mut more = std::mem::take(&mut self.ancestry.runs[run].free);
            // The longer list is not copied.
            if more.len() > free.len() {
                std::mem::swap(&mut more, &mut free);
            }
            free.append(&mut more);
        }
        free
    }

    /// The end of a chain that nobody followed yet and that a child of these
    /// parents descends from, if one is at hand.
    fn take_free(&self, free: &mut Vec<usize>, parents: &[usize]) -> Option<usize> {
        while let Some(&end) = free.last() {
            let is_end = self.is_end(end);
            if is_end && !self.is_below(end, parents) {
                return None;
            }
            free.pop();
            if is_end {
                return Some(end);
            }
        }
        None
    }

    /// The highest place in each chain that any of these nodes is or descends from.
    fn reach(&mut self, nodes: &[usize]) -> Vec<(usize, usize)> {
        let mut chains = Vec::new();
        let reached = &mut self.reached;
        let mut meet = |chain: usize, place: usize| {
            if reached[chain] == 0 {
                chains.push(chain);
            }
            reached[chain] = reached[chain].max(place + 1);
        };
        for &node in nodes {
            let mut at = self.ancestry.nodes[node];
            loop {
                meet(at.chain, at.place);
                match &self.ancestry.runs[at.run].below {
                    Below::Node(node) => at = self.ancestry.nodes[*node],
                    Below::Reach(reach) => {
                        for &(chain, place) in reach {
                            meet(chain, place);
                        }
                        break;
                    }
                }
            }
        }
        chains.sort_unstable();
        chains
            .into_iter()
            .map(|chain| (chain, std::mem::take(&mut self.reached[chain]) - 1))
            .collect()
    }
}

/// The graph with what missing parents may have been: the transactions with
/// missing parents are put into an order in time, and each descends from all
/// that does not come after it. One node for each such gap stands between.
fn with_gaps(
    headers: &[&Header],
    graph: &Graph,
    dangling: &[Dangling],
) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut gaps: Vec<usize> = dangling
        .iter()
        .filter_map(|one| graph.index.get(one.transaction))
        .collect();
    gaps.sort_unstable_by_key(|&node| (&headers[node].created_at, headers[node].id));

    // The level of a node is the last gap at or before it, from 1.
    let mut levels = vec![0usize; headers.len()];
    for (place, &node) in gaps.iter().enumerate() {
        levels[node] = place + 1;
    }
    let mut ends = vec![true; headers.len()];
    for &node in &graph.order {
        for &parent in &graph.parents[node] {
            levels[node] = levels[node].max(levels[parent]);
        }
        for &parent in &graph.parents[node] {
            if levels[node] == levels[parent] {
                ends[parent] = false;
            }
        }
    }

    let mut parents = graph.parents.clone();
    parents.resize(headers.len() + gaps.len(), Vec::new());
    let gap_of = |level: usize| headers.len() + level - 1;
    for level in 2..=gaps.len() {
        parents[gap_of(level)].push(gap_of(level - 1));
    }
    for &node in &gaps {
        parents[node].push(gap_of(levels[node]));
    }
    let mut by_level: Vec<Vec<usize>> = vec![Vec::new(); gaps.len() + 1];
    for &node in &graph.order {
        let level = levels[node];
        by_level[level].push(node);
        if ends[node] && level < gaps.len() {
            parents[gap_of(level + 1)].push(node);
        }
    }
    let sequence = by_level
        .into_iter()
        .enumerate()
        .flat_map(|(level, nodes)| (level > 0).then(|| gap_of(level)).into_iter().chain(nodes))
        .collect();
    (sequence, parents)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The cover of a graph whose nodes stand behind their parents, each written
    /// by a working copy of its own.
    fn cover(parents: &[Vec<usize>]) -> Ancestry {
        let mut cover = Cover::of(parents.len());
        for (node, parents) in parents.iter().enumerate() {
            let mut replica = [0u8; 16];
            replica[..8].copy_from_slice(&(node as u64).to_be_bytes());
            cover.add(node, parents, Some(ReplicaId::from_bytes(replica)));
        }
        cover.ancestry
    }

    /// How many chains there are, and how many places are written down.
    fn size(ancestry: &Ancestry) -> (usize, usize) {
        let chains = ancestry.nodes.iter().map(|node| node.chain + 1).max();
        let places = ancestry.runs.iter().map(|run| match &run.below {
            Below::Reach(reach) => reach.len(),
            Below::Node(_) => 0,
        });
        (chains.unwrap_or(0), places.sum())
    }

    #[test]
    fn a_line_is_one_chain() {
        let line: Vec<Vec<usize>> = (0..1000usize)
            .map(|node| node.checked_sub(1).into_iter().collect())
            .collect();
        let ancestry = cover(&line);
        assert_eq!(size(&ancestry), (1, 0));
        assert_eq!(ancestry.runs.len(), 1);
    }

    #[test]
    fn branches_that_meet_again_use_the_chains_of_those_before() {
        let mut parents = vec![Vec::new()];
        for _ in 0..100 {
            let from = parents.len() - 1;
            parents.extend(vec![vec![from]; 8]);
            parents.push((from + 1..=from + 8).collect());
        }
        let (chains, places) = size(&cover(&parents));
        assert_eq!(chains, 8);
        assert!(places <= 100 * 8, "{places}");
    }

    #[test]
    fn a_branch_off_at_every_step_writes_down_few_places() {
        // Every node has a child that goes on and one that does not.
        let mut parents = vec![Vec::new()];
        for step in 0..500usize {
            let from = step * 2;
            parents.push(vec![from]);
            parents.push(vec![from]);
        }
        let (chains, places) = size(&cover(&parents));
        assert!(chains <= 501, "{chains}");
        assert!(places <= 501 * 16, "{places}");
    }

    /// Clones that write and merge at random: the parents of each node and its
    /// clone.
    fn clones(count: usize, seed: u64) -> Vec<(Vec<usize>, u8)> {
        let mut word = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1;
        let mut roll = |below: usize| {
            word ^= word << 13;
            word ^= word >> 7;
            word ^= word << 17;
            usize::try_from(word % below as u64).expect("below")
        };
        let mut nodes = vec![(Vec::new(), 0)];
        // What nobody in a clone has continued.
        let mut tips: Vec<BTreeSet<usize>> = vec![BTreeSet::from([0]); count];
        for _ in 0..150 {
            let clone = roll(count);
            if roll(3) == 0 {
                let other = tips[roll(count)].clone();
                tips[clone].extend(other);
                let below = ancestors(&nodes, &tips[clone]);
                tips[clone].retain(|tip| !below.contains(tip));
            } else {
                let parents = std::mem::replace(&mut tips[clone], BTreeSet::from([nodes.len()]));
                nodes.push((
                    parents.into_iter().collect(),
                    u8::try_from(clone).expect("few"),
                ));
            }
        }
        nodes
    }

    fn ancestors(nodes: &[(Vec<usize>, u8)], of: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut all = BTreeSet::new();
        let mut work: Vec<usize> = of.iter().copied().collect();
        while let Some(node) = work.pop() {
            for &parent in &nodes[node].0 {
                if all.insert(parent) {
                    work.push(parent);
                }
            }
        }
        all
    }

    #[test]
    fn clones_that_merge_need_few_chains_and_no_walk_crosses_one_twice() {
        let mut chains = 0;
        for seed in 0..40 {
            let nodes = clones(4, seed);
            let mut cover = Cover::of(nodes.len());
            for (node, (parents, clone)) in nodes.iter().enumerate() {
                cover.add(node, parents, Some(ReplicaId::from_bytes([*clone; 16])));
            }
            let ancestry = cover.ancestry;
            for node in 0..nodes.len() {
                let above = ancestors(&nodes, &BTreeSet::from([node]));
                for other in 0..nodes.len() {
                    assert_eq!(ancestry.precedes(other, node), above.contains(&other));
                }
                let mut crossed = BTreeSet::new();
                let mut at = ancestry.nodes[node];
                while let Below::Node(next) = ancestry.runs[at.run].below {
                    assert!(crossed.insert(at.chain), "{node} of {seed}");
                    at = ancestry.nodes[next];
                }
                assert!(!crossed.contains(&at.chain), "{node} of {seed}");
            }
            chains += size(&ancestry).0;
        }
        // Four clones; a chain more where merges cross.
        assert!(chains <= 40 * 6, "{chains} chains in 40 histories");
    }
}
