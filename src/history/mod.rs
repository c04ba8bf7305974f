//! The graph of transactions: canonical order, dangling parents, forks.
//!
//! Works on headers only. Every step is iterative, and linear but for the sort.
//!
//! # Order
//! The depth of a transaction is 0 when none of its parents is present, else
//! one more than the largest depth among them. The canonical order is that of
//! (depth, `created_at` as text, replica, transaction id). It depends on the
//! set of files only, so it is the same in every clone. The version of an event
//! is its position among the events of its stream in this order.
//!
//! # Forks
//! The heads of a stream are the transactions that name it in `stream_bases`
//! and have no descendant that names it. With one head there is no open fork:
//! whatever diverged was joined by a transaction that names the stream and
//! descends from every branch. With two or more heads the stream is forked,
//! whatever other transactions descend from them, because an append names all
//! tips as its parents and so descends from branches it knows nothing of.
//!
//! One fork stands for one stream. Its point is the common past: what all heads
//! descend from. Each head has one branch, which is everything below it that
//! names the stream and is not common. So a branch is whole however long it
//! is; three heads give three branches; when a fork lies inside a branch of
//! another one, the inner branches share the transactions before their own
//! point, and a merge of each branch with the common past sees them in both.
//! When two clones joined the same fork concurrently, the two joins are the
//! branches and both old sides are common.
//!
//! # Missing parents
//! What a missing transaction descends from is not known. Order and depth
//! ignore it, as the wire format says. Forks and replica collisions would be
//! reported wherever the line is cut, so for them a transaction with a missing
//! parent counts as a descendant of everything that may have been before it.
//! What is reported then is certain; what the missing file hides is not
//! reported until it is back, and the missing parent itself is an error.
//!
//! # Cost
//! See `ancestry.rs` for the ancestor test. Finding heads asks once for each
//! stream that a transaction names and each head of it at that time; collisions
//! ask once for each transaction; branches ask about once for each transaction
//! that names a forked stream. On a linear history every answer is immediate.

mod ancestry;
mod findings;
mod fork;
mod graph;

use std::collections::HashMap;

pub use fork::{Branch, Fork};

use crate::{
    diagnostic::Diagnostic,
    transaction::{Envelope, Header, Rejected, ReplicaId, Transaction, TransactionId},
};
use ancestry::Ancestry;
use graph::{Graph, Index};

/// The history that a set of transactions forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    order: Vec<usize>,
    depths: Vec<u64>,
    index: Index,
    tips: Vec<TransactionId>,
    dangling: Vec<Dangling>,
    collisions: Vec<Collision>,
    forks: Vec<Fork>,
    findings: Vec<Diagnostic>,
    ancestry: Ancestry,
}

/// A transaction with parents that are not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// The transaction.
    pub transaction: TransactionId,
    /// Its missing parents, sorted.
    pub missing: Vec<TransactionId>,
}

/// Two transactions of one working copy of which neither follows the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Collision {
    /// The replica id that both carry.
    pub replica: ReplicaId,
    /// The one that is earlier in canonical order.
    pub first: TransactionId,
    /// The other one.
    pub second: TransactionId,
}

/// An event in its place in the history.
#[derive(Clone, Copy, Debug)]
pub struct StoredEvent<'a> {
    /// Position of the transaction in the list the history was made from.
    pub index: usize,
    /// The transaction that holds it.
    pub transaction: &'a Transaction,
    /// The event.
    pub envelope: &'a Envelope,
    /// Its position in its stream, from 1.
    pub version: u64,
}

impl History {
    /// The history of these transactions; `rejected` are the files that were
    /// refused, which explain missing parents.
    pub fn of<'a>(headers: impl IntoIterator<Item = &'a Header>, rejected: &[Rejected]) -> Self {
        let headers: Vec<&Header> = headers.into_iter().collect();
        let graph = Graph::of(&headers);
        let dangling = graph.dangling(&headers);
        let ancestry = Ancestry::of(&headers, &graph, &dangling);
        let collisions = fork::collisions(&headers, &ancestry);
        let forks = fork::forks(&headers, &graph, &ancestry);
        let findings = findings::findings(&headers, &graph, &dangling, &collisions, rejected);
        Self {
            tips: graph.tips(&headers),
            order: graph.order,
            depths: graph.depths,
            index: graph.index,
            dangling,
            collisions,
            forks,
            findings,
            ancestry,
        }
    }

    /// The canonical order, as positions in the list the history was made from.
    /// A duplicate of a transaction is not in it.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// Where in the list the history was made from a transaction is.
    pub fn position(&self, id: TransactionId) -> Option<usize> {
        self.index.get(id)
    }

    /// Whether the transaction at position `ancestor` of that list is a proper
    /// ancestor of the one at position `node`. False for a position that is not
    /// there.
    pub fn precedes(&self, ancestor: usize, node: usize) -> bool {
        let known = |position: usize| position < self.depths.len();
        known(ancestor) && known(node) && self.ancestry.precedes(ancestor, node)
    }

    /// Whether the transaction at this position of that list descends from all
    /// that stand before it in canonical order, so that it saw what they see
    /// who read it in that order. Known at once, but only of a history that is
    /// one line up to there.
    pub fn is_linear_up_to(&self, position: usize) -> bool {
        let rank = self
            .depths
            .get(position)
            .and_then(|depth| usize::try_from(*depth).ok());
        rank.and_then(|rank| self.order.get(rank)) == Some(&position)
    }

    /// The depth of a transaction.
    pub fn depth(&self, id: TransactionId) -> Option<u64> {
        self.depths.get(self.position(id)?).copied()
    }

    /// The transactions that nobody names as a parent, sorted.
    pub fn tips(&self) -> &[TransactionId] {
        &self.tips
    }

    /// The transactions with missing parents, sorted.
    pub fn dangling(&self) -> &[Dangling] {
        &self.dangling
    }

    /// One collision for each replica id that two working copies share, by replica id.
    pub fn collisions(&self) -> &[Collision] {
        &self.collisions
    }

    /// The open forks, by stream.
    pub fn forks(&self) -> &[Fork] {
        &self.forks
    }

    /// What is wrong with the history, open forks excepted: misnamed files,
    /// duplicates, missing parents, circles, replica collisions.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// All events in canonical order with their versions. `transactions` is the
    /// list whose headers the history was made from.
    pub fn events<'a>(
        &'a self,
        transactions: &'a [Transaction],
    ) -> impl Iterator<Item = StoredEvent<'a>> {
        let mut lengths: HashMap<&'a str, u64> = HashMap::new();
        self.order
            .iter()
            .filter_map(|&index| Some((index, transactions.get(index)?)))
            .flat_map(|(index, transaction)| {
                let each = move |envelope| (index, transaction, envelope);
                transaction.events.iter().map(each)
            })
            .map(move |(index, transaction, envelope)| {
                let length = lengths.entry(&envelope.stream).or_default();
                *length = length.saturating_add(1);
                StoredEvent {
                    index,
                    transaction,
                    envelope,
                    version: *length,
                }
            })
    }
}
