//! Where each event stands, kept for the next build: in parts of equal size, so
//! that an edit writes the last one only.

use std::cell::OnceCell;

use super::memory::Head;
use crate::{
    diagnostic::Place,
    digest::Digest,
    disk::{Failure, state::Shelf},
    model::Origin,
    rel_path::RelPath,
    transaction::TransactionId,
};

/// The transaction that holds an event, and the line in its file.
pub type Row = ([u8; 16], u32);

/// Events of one part.
const PART: usize = 4096;

fn part(index: usize) -> String {
    format!("places-{index}")
}

/// The places to remember.
#[derive(Debug)]
pub enum Places {
    /// Of all events.
    All(Vec<Row>),
    /// Of those behind the kept parts.
    Behind {
        /// The parts.
        parts: Vec<Digest>,
        /// How many events they hold.
        events: u32,
        /// The others.
        rows: Vec<Row>,
    },
}

impl Places {
    /// Behind what the last build kept.
    pub fn behind(head: &Head, rows: Vec<Row>) -> Self {
        Self::Behind {
            parts: head.places.clone(),
            events: head.events,
            rows,
        }
    }

    /// Keep them. Gives the digests of the parts: none when what was there is
    /// not whole, so that the next build that looks for a place reads the store.
    pub fn keep(self, shelf: &Shelf) -> Result<Vec<Digest>, Failure> {
        match self {
            Self::All(rows) => write(shelf, 0, &rows),
            Self::Behind { parts, rows, .. } if rows.is_empty() => Ok(parts),
            Self::Behind {
                parts,
                events,
                rows,
            } => {
                let Some((full, all)) = last_part(shelf, &parts, events) else {
                    return Ok(Vec::new());
                };
                let all: Vec<Row> = all.into_iter().chain(rows).collect();
                let mut digests = parts;
                digests.truncate(full);
                digests.extend(write(shelf, full, &all)?);
                Ok(digests)
            }
        }
    }
}

/// Write rows from the part at `first` on.
fn write(shelf: &Shelf, first: usize, rows: &[Row]) -> Result<Vec<Digest>, Failure> {
    (first..)
        .zip(rows.chunks(PART))
        .map(|(index, rows)| shelf.put(&part(index), &rows))
        .collect()
}

/// The number of full parts, and the rows of the one behind them.
fn last_part(shelf: &Shelf, parts: &[Digest], events: u32) -> Option<(usize, Vec<Row>)> {
    let events = usize::try_from(events).ok()?;
    let full = events / PART;
    if parts.len() != events.div_ceil(PART) {
        return None;
    }
    match parts.get(full) {
        Some(digest) => Some((full, shelf.get_exactly(&part(full), *digest)?)),
        None => Some((full, Vec::new())),
    }
}

/// Looks events up in the parts of the last build, and in what arrived since.
pub struct Lookup<'a> {
    shelf: &'a Shelf,
    parts: Vec<(Digest, OnceCell<Option<Vec<Row>>>)>,
    events: u32,
    more: &'a [Row],
    folder: RelPath,
}

impl<'a> Lookup<'a> {
    /// Over what the last build kept, and `more` behind that. Places are below
    /// `folder`.
    pub fn new(shelf: &'a Shelf, head: &Head, more: &'a [Row], folder: RelPath) -> Self {
        let parts = head.places.iter().map(|digest| (*digest, OnceCell::new()));
        Self {
            shelf,
            parts: parts.collect(),
            events: head.events,
            more,
            folder,
        }
    }

    /// Where an event stands; `None` when that is not kept whole.
    pub fn place(&self, origin: Origin) -> Option<Place> {
        let (transaction, line) = self.row(origin)?;
        let name = format!("{}.jsonl", TransactionId::from_bytes(transaction));
        Some(Place::line(self.folder.join(&name).as_str(), line))
    }

    fn row(&self, Origin(event): Origin) -> Option<Row> {
        if let Some(behind) = event.checked_sub(self.events) {
            return self.more.get(usize::try_from(behind).ok()?).copied();
        }
        let event = usize::try_from(event).ok()?;
        let index = event / PART;
        let (digest, rows) = self.parts.get(index)?;
        rows.get_or_init(|| self.shelf.get_exactly(&part(index), *digest))
            .as_ref()?
            .get(event % PART)
            .copied()
    }
}
