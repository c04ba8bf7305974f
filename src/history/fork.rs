//! Open forks and replica collisions.

use std::collections::{BTreeMap, HashMap};

use super::{Collision, ancestry::Ancestry, graph::Graph};
use crate::transaction::{Header, ReplicaId, TransactionId};

/// A stream with two or more heads: transactions that name it and that no
/// other transaction that names it descends from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The stream.
    pub stream: Box<str>,
    /// The length of the stream where the branches part, by their headers.
    pub base: u64,
    /// One branch for each head, in canonical order of the heads.
    pub branches: Vec<Branch>,
}

/// What one side did to the stream since the branches part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its last transaction. All others are ancestors of it.
    pub head: TransactionId,
    /// Its transactions that name the stream, the head included, in canonical
    /// order. Branches that part later share those before.
    pub transactions: Vec<TransactionId>,
}

impl Branch {
    /// Its first transaction in canonical order.
    pub fn first(&self) -> TransactionId {
        self.transactions.first().copied().unwrap_or(self.head)
    }
}

/// For each replica id that is not one line of transactions, where it first parts.
pub(super) fn collisions(headers: &[&Header], ancestry: &Ancestry) -> Vec<Collision> {
    let mut last: HashMap<ReplicaId, usize> = HashMap::new();
    let mut found: BTreeMap<ReplicaId, Collision> = BTreeMap::new();
    for &node in ancestry.sequence() {
        let header = headers[node];
        if let Some(before) = last.insert(header.replica, node)
            && !ancestry.precedes(before, node)
        {
            found.entry(header.replica).or_insert(Collision {
                replica: header.replica,
                first: headers[before].id,
                second: header.id,
            });
        }
    }
    found.into_values().collect()
}

/// The open forks, by stream.
pub(super) fn forks(headers: &[&Header], graph: &Graph, ancestry: &Ancestry) -> Vec<Fork> {
    let mut heads: HashMap<&str, Vec<usize>> = HashMap::new();
    for &node in ancestry.sequence() {
        for (stream, _) in &headers[node].stream_bases {
            let heads = heads.entry(stream).or_default();
            heads.retain(|head| !ancestry.precedes(*head, node));
            heads.push(node);
        }
    }
    heads.retain(|_, heads| heads.len() > 1);
    if heads.is_empty() {
        return Vec::new();
    }

    let mut rank = vec![0usize; headers.len()];
    for (place, &node) in graph.order.iter().enumerate() {
        rank[node] = place;
    }
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &node in ancestry.sequence() {
        for (stream, _) in &headers[node].stream_bases {
            if heads.contains_key(&**stream) {
                members.entry(stream).or_default().push(node);
            }
        }
    }
    members
        .into_iter()
        .filter_map(|(stream, members)| {
            let mut heads = heads.remove(stream)?;
            heads.sort_unstable_by_key(|head| rank[*head]);
            Some(fork(stream, &heads, &members, headers, ancestry, &rank))
        })
        .collect()
}

fn fork(
    stream: &str,
    heads: &[usize],
    members: &[usize],
    headers: &[&Header],
    ancestry: &Ancestry,
    rank: &[usize],
) -> Fork {
    let mut branches: Vec<Vec<usize>> = heads.iter().map(|head| vec![*head]).collect();
    // The latest common members found so far: what precedes one of them is
    // common too, so that a long common past costs one question each.
    let mut common: Vec<usize> = Vec::new();
    for &node in members.iter().rev() {
        // No head precedes another one.
        if heads
            .binary_search_by_key(&rank[node], |head| rank[*head])
            .is_ok()
            || common.iter().any(|later| ancestry.precedes(node, *later))
        {
            continue;
        }
        let covers: Vec<bool> = heads
            .iter()
            .map(|head| ancestry.precedes(node, *head))
            .collect();
        if covers.iter().all(|covers| *covers) {
            common.push(node);
            continue;
        }
        for (branch, _) in branches
            .iter_mut()
            .zip(covers)
            .filter(|(_, covers)| *covers)
        {
            branch.push(node);
        }
    }
    let base = branches
        .iter()
        .flatten()
        .filter_map(|node| headers[*node].base_of(stream))
        .min()
        .unwrap_or_default();
    let branches = heads
        .iter()
        .zip(branches)
        .map(|(head, mut nodes)| {
            nodes.sort_unstable_by_key(|node| rank[*node]);
            Branch {
                head: headers[*head].id,
                transactions: nodes.into_iter().map(|node| headers[node].id).collect(),
            }
        })
        .collect();
    Fork {
        stream: stream.into(),
        base,
        branches,
    }
}
