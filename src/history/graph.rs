//! Transactions as nodes: duplicates left out, circles cut, depth, order.
//!
//! A node is a position in the list of headers. Every vector indexed by nodes
//! has the length of that list.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap, hash_map::Entry},
};

use super::Dangling;
use crate::transaction::{Header, TransactionId};

/// The graph over positions in the list of headers.
pub(super) struct Graph {
    /// The transaction that counts for each id.
    pub(super) index: HashMap<TransactionId, usize>,
    /// Present parents of each position, each once; those that close a circle
    /// and those of duplicates are left out.
    pub(super) parents: Vec<Vec<usize>>,
    /// Depth of each position.
    pub(super) depths: Vec<u64>,
    /// The canonical order.
    pub(super) order: Vec<usize>,
    /// (the one that is left out, the one that counts), sorted by file.
    pub(super) duplicates: Vec<(usize, usize)>,
    /// The transactions of circles, by id.
    pub(super) circle: Vec<TransactionId>,
}

/// How transactions of one depth are ordered.
fn by_time(left: &Header, right: &Header) -> Ordering {
    let key = |header: &Header| (header.replica, header.id);
    left.created_at
        .cmp(&right.created_at)
        .then_with(|| key(left).cmp(&key(right)))
}

impl Graph {
    pub(super) fn of(headers: &[&Header]) -> Self {
        let mut index: HashMap<TransactionId, usize> = HashMap::with_capacity(headers.len());
        let mut duplicates = Vec::new();
        for (place, header) in headers.iter().enumerate() {
            match index.entry(header.id) {
                Entry::Vacant(free) => {
                    free.insert(place);
                }
                Entry::Occupied(mut taken) => {
                    let other = *taken.get();
                    if counts_before(header, headers[other]) {
                        taken.insert(place);
                        duplicates.push(other);
                    } else {
                        duplicates.push(place);
                    }
                }
            }
        }
        let counts = |place: usize| index.get(&headers[place].id) == Some(&place);
        let parents: Vec<Vec<usize>> = headers
            .iter()
            .enumerate()
            .map(|(place, header)| {
                let mut present: Vec<usize> = if counts(place) {
                    let position = |id| index.get(id).copied();
                    header.parents.iter().filter_map(position).collect()
                } else {
                    Vec::new()
                };
                present.sort_unstable();
                present.dedup();
                present
            })
            .collect();
        let mut duplicates: Vec<(usize, usize)> = duplicates
            .into_iter()
            .filter_map(|place| Some((place, *index.get(&headers[place].id)?)))
            .collect();
        duplicates.sort_by_key(|(place, _)| &headers[*place].file);

        let mut graph = Self {
            depths: vec![0; headers.len()],
            order: index.values().copied().collect(),
            index,
            parents,
            duplicates,
            circle: Vec::new(),
        };
        graph.find_depths(headers);
        let depths = &graph.depths;
        graph.order.sort_unstable_by(|&left, &right| {
            depths[left]
                .cmp(&depths[right])
                .then_with(|| by_time(headers[left], headers[right]))
        });
        graph
    }

    /// Depths, parents before children. Where nothing without an open parent
    /// is left there is a circle: it is cut at its earliest member.
    fn find_depths(&mut self, headers: &[&Header]) {
        let children = children(&self.parents);
        let mut open: Vec<usize> = self.parents.iter().map(Vec::len).collect();
        let mut ready: Vec<usize> = (0..open.len()).filter(|place| open[*place] == 0).collect();
        let mut done = vec![false; open.len()];
        let mut cuts: Option<std::vec::IntoIter<usize>> = None;
        loop {
            while let Some(place) = ready.pop() {
                done[place] = true;
                for &child in &children[place] {
                    if done[child] {
                        // A circle was cut at this child.
                        continue;
                    }
                    self.depths[child] = self.depths[child].max(self.depths[place] + 1);
                    open[child] -= 1;
                    if open[child] == 0 {
                        ready.push(child);
                    }
                }
            }
            let cuts = cuts.get_or_insert_with(|| {
                let mut circle = circles(&self.parents, &children, &done);
                self.circle = circle.iter().map(|place| headers[*place].id).collect();
                self.circle.sort_unstable();
                circle.sort_unstable_by(|&left, &right| by_time(headers[left], headers[right]));
                circle.into_iter()
            });
            let Some(cut) = cuts.find(|place| !done[*place]) else {
                return;
            };
            // Its open parents come after it now; later they find it done.
            self.parents[cut].retain(|parent| done[*parent]);
            open[cut] = 0;
            ready.push(cut);
        }
    }

    /// The transactions with missing parents, by id.
    pub(super) fn dangling(&self, headers: &[&Header]) -> Vec<Dangling> {
        let mut dangling: Vec<Dangling> = self
            .order
            .iter()
            .map(|&place| headers[place])
            .filter_map(|header| {
                let is_missing = |id: &&TransactionId| !self.index.contains_key(*id);
                let mut missing: Vec<TransactionId> =
                    header.parents.iter().filter(is_missing).copied().collect();
                missing.sort_unstable();
                missing.dedup();
                let transaction = header.id;
                (!missing.is_empty()).then_some(Dangling {
                    transaction,
                    missing,
                })
            })
            .collect();
        dangling.sort_unstable_by_key(|one| one.transaction);
        dangling
    }

    /// The transactions that none names as a parent, by id.
    pub(super) fn tips(&self, headers: &[&Header]) -> Vec<TransactionId> {
        let mut is_parent = vec![false; headers.len()];
        for &parent in self.parents.iter().flatten() {
            is_parent[parent] = true;
        }
        let mut tips: Vec<TransactionId> = self
            .order
            .iter()
            .filter(|place| !is_parent[**place])
            .map(|place| headers[*place].id)
            .collect();
        tips.sort_unstable();
        tips
    }
}

/// Of two files with one id: the well-named one, else the first by name.
fn counts_before(header: &Header, other: &Header) -> bool {
    (!header.is_well_named(), &header.file) < (!other.is_well_named(), &other.file)
}

fn children(parents: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); parents.len()];
    for (place, parents) in parents.iter().enumerate() {
        for &parent in parents {
            children[parent].push(place);
        }
    }
    children
}

/// What is left when everything that leads into no circle is taken away as
/// well: circles, and what lies between two of them.
fn circles(parents: &[Vec<usize>], children: &[Vec<usize>], done: &[bool]) -> Vec<usize> {
    let mut open: BTreeMap<usize, usize> = (0..done.len())
        .filter(|place| !done[*place])
        .map(|place| (place, children[place].len()))
        .collect();
    let mut ready: Vec<usize> = open
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(place, _)| *place)
        .collect();
    while let Some(place) = ready.pop() {
        open.remove(&place);
        for parent in &parents[place] {
            if let Some(count) = open.get_mut(parent) {
                *count -= 1;
                if *count == 0 {
                    ready.push(*parent);
                }
            }
        }
    }
    open.into_keys().collect()
}
