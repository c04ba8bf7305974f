//! The ancestor test.
//!
//! The nodes are covered with chains, so that of two nodes of one chain the
//! later one descends from the earlier. A chain is cut into runs: a run starts
//! at a root, at a node that branches off or at a merge, and goes on as long as
//! each node is the only child that its chain needs to follow. Within a run
//! nothing is stored but the place in the chain; at its start there is either
//! the node it branched off from, or, for a merge, the highest node that is
//! reached in every chain. A test walks down the runs until it meets the chain
//! of the ancestor or a merge, where the answer stands.
//!
//! A chain goes on in the child with the longest line of descendants, so that a
//! walk crosses at most √(2n) branchings, on usual histories one or two. A side
//! chain that a merge ends is used again for the next branch after that merge,
//! so that there are about as many chains as there were ever concurrent
//! branches at one time, not as many as there were branches. Building takes
//! time and memory n + edges + merges × chains.

use super::{Dangling, graph::Graph};
use crate::transaction::Header;

/// Who descends from whom.
pub(super) struct Ancestry {
    /// The nodes that count, ancestors first.
    sequence: Vec<usize>,
    nodes: Vec<Node>,
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Default)]
struct Node {
    chain: usize,
    place: usize,
    run: usize,
}

#[derive(Default)]
struct Run {
    below: Below,
    /// Chains whose last node is an ancestor of every node of this run.
    free: Vec<usize>,
}

#[derive(Default)]
enum Below {
    #[default]
    Nothing,
    /// Branched off from this node.
    Node(usize),
    /// A merge: the highest place reached in each chain, by chain.
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
        let mut ancestry = Self::cover(&sequence, parents.as_ref().unwrap_or(&graph.parents));
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
                Below::Nothing => return false,
                Below::Node(node) => at = self.nodes[*node],
                Below::Reach(reach) => {
                    return reach
                        .binary_search_by_key(&wanted.chain, |(chain, _)| *chain)
                        .is_ok_and(|found| wanted.place <= reach[found].1);
                }
            }
        }
    }

    fn cover(sequence: &[usize], parents: &[Vec<usize>]) -> Self {
        let heirs = heirs(sequence, parents);
        let mut cover = Cover {
            nodes: vec![Node::default(); parents.len()],
            runs: Vec::new(),
            lengths: Vec::new(),
            reached: Vec::new(),
        };
        for &node in sequence {
            match *parents[node].as_slice() {
                [] => cover.start(node, None, Run::default()),
                [parent] if heirs[parent] == Some(node) => {
                    let Node { chain, run, .. } = cover.nodes[parent];
                    cover.extend(node, chain, run);
                }
                [parent] => {
                    let run = cover.nodes[parent].run;
                    let chain = cover.runs[run].free.pop();
                    let below = Below::Node(parent);
                    let free = Vec::new();
                    cover.start(node, chain, Run { below, free });
                }
                ref several => cover.merge(node, several, &heirs),
            }
        }
        Self {
            sequence: Vec::new(),
            nodes: cover.nodes,
            runs: cover.runs,
        }
    }
}

/// For each node the child that continues its chain: the one with the longest
/// line of descendants, of several the first in sequence.
fn heirs(sequence: &[usize], parents: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut heights = vec![0usize; parents.len()];
    let mut heirs = vec![None; parents.len()];
    for &node in sequence.iter().rev() {
        for &parent in &parents[node] {
            if heights[node] + 1 >= heights[parent] {
                heights[parent] = heights[node] + 1;
                heirs[parent] = Some(node);
            }
        }
    }
    heirs
}

/// The chains as they grow.
struct Cover {
    nodes: Vec<Node>,
    runs: Vec<Run>,
    /// Number of nodes of each chain.
    lengths: Vec<usize>,
    /// One more than the highest place that the merge at hand reaches in each
    /// chain; all zero between merges.
    reached: Vec<usize>,
}

impl Cover {
    /// Put a node at the end of a chain.
    fn extend(&mut self, node: usize, chain: usize, run: usize) {
        let place = self.lengths[chain];
        self.lengths[chain] += 1;
        self.nodes[node] = Node { chain, place, run };
    }

    /// Start a run, on a chain that may be continued here or on a new one.
    fn start(&mut self, node: usize, chain: Option<usize>, run: Run) {
        let chain = chain.unwrap_or_else(|| {
            self.lengths.push(0);
            self.reached.push(0);
            self.lengths.len() - 1
        });
        self.runs.push(run);
        self.extend(node, chain, self.runs.len() - 1);
    }

    fn merge(&mut self, node: usize, parents: &[usize], heirs: &[Option<usize>]) {
        let mut ended: Vec<usize> = parents
            .iter()
            .filter(|parent| heirs[**parent] == Some(node))
            .map(|parent| self.nodes[*parent].chain)
            .collect();
        let own = ended.pop();
        // What was free at a parent is free here; the longest list is not copied.
        let mut free = ended;
        for &parent in parents {
            let mut more = std::mem::take(&mut self.runs[self.nodes[parent].run].free);
            if more.len() > free.len() {
                std::mem::swap(&mut more, &mut free);
            }
            free.append(&mut more);
        }
        let chain = own.or_else(|| free.pop());
        let below = Below::Reach(self.reach(parents));
        self.start(node, chain, Run { below, free });
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
            let mut at = self.nodes[node];
            loop {
                meet(at.chain, at.place);
                match &self.runs[at.run].below {
                    Below::Nothing => break,
                    Below::Node(node) => at = self.nodes[*node],
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
        .filter_map(|one| graph.index.get(&one.transaction).copied())
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
