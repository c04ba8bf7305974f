//! Where each event stands, kept for the next build: in parts of equal size, so
//! that an edit writes the last one only.

use std::sync::OnceLock;

use super::memory::Head;
use crate::{
    diagnostic::Place,
    digest::Digest,
    disk::{Failure, state::Shelf},
    model::Origin,
    ops::reading::Row,
    rel_path::RelPath,
    transaction::TransactionId,
};

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
        parts: Vec<Part>,
        /// How many events they hold.
        events: u32,
        /// The others.
        rows: Vec<Row>,
    },
}

/// A kept part, read once when it is first needed.
#[derive(Debug)]
pub struct Part {
    digest: Digest,
    rows: OnceLock<Option<Vec<Row>>>,
}

impl Part {
    /// `None` when it is not whole.
    fn rows(&self, shelf: &Shelf, index: usize) -> Option<&[Row]> {
        let rows = self
            .rows
            .get_or_init(|| shelf.get_exactly(&part(index), self.digest));
        rows.as_deref()
    }
}

impl Places {
    /// Behind what the last build kept.
    pub fn behind(head: &Head, rows: Vec<Row>) -> Self {
        let parts = head.places.iter().map(|digest| Part {
            digest: *digest,
            rows: OnceLock::new(),
        });
        Self::Behind {
            parts: parts.collect(),
            events: head.events,
            rows,
        }
    }

    /// Keep them. Gives the digests of the parts: none when what was there is
    /// not whole, so that the next build that looks for a place reads the store.
    pub fn keep(&self, shelf: &Shelf) -> Result<Vec<Digest>, Failure> {
        match self {
            Self::All(rows) => write(shelf, 0, rows),
            Self::Behind {
                parts,
                events,
                rows,
            } => {
                let mut digests: Vec<Digest> = parts.iter().map(|part| part.digest).collect();
                if rows.is_empty() {
                    return Ok(digests);
                }
                let Some((full, last)) = last_part(shelf, parts, *events) else {
                    return Ok(Vec::new());
                };
                let all = [last, rows.as_slice()].concat();
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
fn last_part<'a>(shelf: &Shelf, parts: &'a [Part], events: u32) -> Option<(usize, &'a [Row])> {
    let events = usize::try_from(events).ok()?;
    let full = events / PART;
    if parts.len() != events.div_ceil(PART) {
        return None;
    }
    match parts.get(full) {
        Some(last) => Some((full, last.rows(shelf, full)?)),
        None => Some((full, &[])),
    }
}

/// Looks events up in the parts of the last build, and in what arrived since.
pub struct Lookup<'a> {
    shelf: &'a Shelf,
    parts: &'a [Part],
    /// How many events the parts hold.
    events: u32,
    more: &'a [Row],
    folder: RelPath,
}

impl<'a> Lookup<'a> {
    /// Over these places, whose files are below `folder`.
    pub fn over(shelf: &'a Shelf, places: &'a Places, folder: RelPath) -> Self {
        let (parts, events, more) = match places {
            Places::All(rows) => (&[][..], 0, rows),
            Places::Behind {
                parts,
                events,
                rows,
            } => (parts.as_slice(), *events, rows),
        };
        Self {
            shelf,
            parts,
            events,
            more,
            folder,
        }
    }

    /// Whether every event can be found.
    pub fn is_whole(&self) -> bool {
        let events = usize::try_from(self.events).unwrap_or(usize::MAX);
        self.parts.len() == events.div_ceil(PART)
            && (0..self.parts.len()).all(|index| self.part(index).is_some())
    }

    fn part(&self, index: usize) -> Option<&'a [Row]> {
        self.parts.get(index)?.rows(self.shelf, index)
    }

    /// Where an event stands; `None` when that is not kept whole.
    pub fn place(&self, origin: Origin) -> Option<Place> {
        let (transaction, line) = self.row(origin)?;
        let name = format!("{}.jsonl", TransactionId::from_bytes(transaction));
        Some(Place::line(self.folder.join(&name).as_str(), line))
    }

    /// The transaction of an event, and the line in its file; `None` when that is
    /// not kept whole.
    pub fn row(&self, Origin(event): Origin) -> Option<Row> {
        if let Some(behind) = event.checked_sub(self.events) {
            return self.more.get(usize::try_from(behind).ok()?).copied();
        }
        let event = usize::try_from(event).ok()?;
        self.part(event / PART)?.get(event % PART).copied()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{
        disk::stamp::{Moment, Stamp},
        ops::reading::Digests,
    };

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    fn rows(from: u32, to: u32) -> Vec<Row> {
        (from..to).map(|event| ([7; 16], event)).collect()
    }

    fn head(shelf: &Shelf, places: Vec<Digest>, events: u32) -> Result<Head, std::io::Error> {
        Ok(Head {
            looked: Moment::default(),
            wrote: Moment::default(),
            folder: Stamp::of(&fs::metadata(shelf.folder())?),
            reading: Digests::none(),
            tip: None,
            files: Digest::of(b""),
            recent: Vec::new(),
            events,
            places,
            verdict: None,
            broken: std::collections::BTreeSet::new(),
            shape: Digest::of(b""),
            slices: Vec::new(),
            families: Vec::new(),
        })
    }

    fn line(lookup: &Lookup<'_>, event: u32) -> Option<u32> {
        lookup.place(Origin(event)).and_then(|place| place.line)
    }

    /// Appends of every size around the borders of the parts are found again.
    #[test]
    fn every_event_is_found_in_the_part_that_holds_it() -> Outcome {
        let folder = tempfile::tempdir()?;
        let shelf = Shelf::of(folder.path(), folder.path());
        shelf.make().map_err(|failure| format!("{failure:?}"))?;
        let below = || RelPath::new("events").map_err(|_| "a path");
        let part = u32::try_from(PART)?;
        let keep = |places: Places| {
            places
                .keep(&shelf)
                .map_err(|failure| format!("{failure:?}"))
        };
        let mut events = part - 1;
        let mut parts = keep(Places::All(rows(0, events)))?;
        for more in [0, 1, 1, part, part - 1, 2 * part + 3] {
            let head = head(&shelf, parts, events)?;
            let arrived = rows(events, events + more);
            let places = Places::behind(&head, arrived);
            let lookup = Lookup::over(&shelf, &places, below()?);
            for event in [0, part - 2, events - 1, events + more - 1] {
                assert_eq!(line(&lookup, event), Some(event), "{events} and {more}");
            }
            assert!(lookup.is_whole());
            assert_eq!(line(&lookup, events + more), None);
            parts = keep(places)?;
            events += more;
            assert_eq!(parts.len(), usize::try_from(events.div_ceil(part))?);
        }
        Ok(())
    }

    /// What is damaged is not guessed: the store is read again.
    #[test]
    fn a_part_that_is_not_whole_is_as_if_it_were_not_there() -> Outcome {
        let folder = tempfile::tempdir()?;
        let shelf = Shelf::of(folder.path(), folder.path());
        shelf.make().map_err(|failure| format!("{failure:?}"))?;
        let failed = |failure: Failure| format!("{failure:?}");
        let parts = Places::All(rows(0, 10)).keep(&shelf).map_err(failed)?;
        let head = head(&shelf, parts, 10)?;
        fs::write(shelf.folder().join(part(0)), "torn")?;
        let below = RelPath::new("events").map_err(|_| "a path")?;
        let places = Places::behind(&head, Vec::new());
        let lookup = Lookup::over(&shelf, &places, below);
        assert!(!lookup.is_whole());
        assert_eq!(line(&lookup, 3), None);
        let kept = Places::behind(&head, rows(10, 11)).keep(&shelf);
        assert_eq!(kept.map_err(failed)?, []);
        Ok(())
    }
}
