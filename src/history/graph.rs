//! Transactions as nodes: duplicates left out, circles cut, depth, order.
//!
//! A node is a position in the list of headers. Every vector indexed by nodes
//! has the length of that list.

use std::{cmp::Ordering, collections::BTreeMap};

use super::Dangling;
use crate::transaction::{Header, TransactionId};

/// The graph over positions in the list of headers.
pub(super) struct Graph {
    /// The transaction that counts for each id.
    pub(super) index: Index,
    /// Present parents of each position, each once; those that close a circle
    /// and those of duplicates are left out.
    pub(super) parents: Vec<Vec<usize>>,
    /// The positions with parents that are not there.
    open: Vec<usize>,
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
        let (index, mut duplicates) = Index::of(headers);
        duplicates.sort_by_key(|(place, _)| &headers[*place].file);
        let mut counts = vec![true; headers.len()];
        for &(place, _) in &duplicates {
            counts[place] = false;
        }
        let mut open = Vec::new();
        let parents: Vec<Vec<usize>> = headers
            .iter()
            .enumerate()
            .map(|(place, header)| {
                if !counts[place] {
                    return Vec::new();
                }
                let position = |id| index.get(id);
                let mut present: Vec<usize> = Vec::with_capacity(header.parents.len());
                present.extend(header.parents.iter().copied().filter_map(position));
                if present.len() < header.parents.len() {
                    open.push(place);
                }
                present.sort_unstable();
                present.dedup();
                present
            })
            .collect();

        let mut graph = Self {
            depths: vec![0; headers.len()],
            order: (0..headers.len()).filter(|place| counts[*place]).collect(),
            index,
            parents,
            open,
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
        let children = Children::of(&self.parents);
        let mut open: Vec<usize> = self.parents.iter().map(Vec::len).collect();
        let mut ready: Vec<usize> = (0..open.len()).filter(|place| open[*place] == 0).collect();
        let mut done = vec![false; open.len()];
        let mut cuts: Option<std::vec::IntoIter<usize>> = None;
        loop {
            while let Some(place) = ready.pop() {
                done[place] = true;
                for &child in children.at(place) {
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
        let missing = |header: &Header| {
            let parents = header.parents.iter().copied();
            let mut missing: Vec<TransactionId> =
                parents.filter(|id| self.index.get(*id).is_none()).collect();
            missing.sort_unstable();
            missing.dedup();
            missing
        };
        let mut dangling: Vec<Dangling> = self
            .open
            .iter()
            .map(|&place| Dangling {
                transaction: headers[place].id,
                missing: missing(headers[place]),
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

/// The children of each position, those of all in one list.
struct Children {
    /// Where those of each position start in the list, and where those of the last end.
    starts: Vec<usize>,
    all: Vec<usize>,
}

impl Children {
    fn of(parents: &[Vec<usize>]) -> Self {
        // One further on than where they start: there their end is counted up to below.
        let mut starts = vec![0; parents.len() + 2];
        for &parent in parents.iter().flatten() {
            starts[parent + 2] += 1;
        }
        let mut before = 0;
        for start in &mut starts {
            before += *start;
            *start = before;
        }
        let mut all = vec![0; before];
        for (place, parents) in parents.iter().enumerate() {
            for &parent in parents {
                let free = &mut starts[parent + 1];
                all[*free] = place;
                *free += 1;
            }
        }
        Self { starts, all }
    }

    fn at(&self, place: usize) -> &[usize] {
        &self.all[self.starts[place]..self.starts[place + 1]]
    }
}

/// Where the transaction that counts for each id stands, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Index(Vec<(TransactionId, usize)>);

impl Index {
    /// Also the duplicates: the one that is left out, with the one that counts.
    fn of(headers: &[&Header]) -> (Self, Vec<(usize, usize)>) {
        let ids = headers.iter().map(|header| header.id);
        let mut index: Vec<(TransactionId, usize)> = ids.zip(0..).collect();
        // Files are named after their ids and read by name, so this has little to do.
        index.sort_unstable();
        let mut duplicates = Vec::new();
        index.dedup_by(|(id, place), (counted_id, counted)| {
            let same = id == counted_id;
            if same {
                if counts_before(headers[*place], headers[*counted]) {
                    std::mem::swap(place, counted);
                }
                duplicates.push((*place, *id));
            }
            same
        });
        let index = Self(index);
        let duplicates = duplicates
            .into_iter()
            .filter_map(|(place, id)| Some((place, index.get(id)?)))
            .collect();
        (index, duplicates)
    }

    /// The position of a transaction.
    pub(super) fn get(&self, id: TransactionId) -> Option<usize> {
        let at = self.0.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.0.get(at).map(|(_, place)| *place)
    }
}

/// What is left when everything that leads into no circle is taken away as
/// well: circles, and what lies between two of them.
fn circles(parents: &[Vec<usize>], children: &Children, done: &[bool]) -> Vec<usize> {
    let mut open: BTreeMap<usize, usize> = (0..done.len())
        .filter(|place| !done[*place])
        .map(|place| (place, children.at(place).len()))
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
