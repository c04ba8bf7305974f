//! What became of the store since the last build.

use std::{collections::BTreeMap, panic, thread};

use super::{
    Work,
    families::FamilyHead,
    memory::{self, FileState, Files, Head},
};
use crate::{
    digest::headed,
    disk::{
        Failure,
        scan::{self, Listing, Names},
        stamp::Stamp,
    },
    event::EmcEvent,
    ops::{
        project::Project,
        reading::{self, Digests, ReadFile, Reading, Row},
    },
    transaction::{Header, TransactionId},
};

/// The store as it is now.
pub struct Store {
    /// Of the folder of the transactions, taken before it was listed.
    pub folder: Stamp,
    /// What became of it.
    pub seen: Seen,
}

/// What became of the store since the last build.
pub enum Seen {
    /// It is what it was. The files are there when it had to be looked into.
    Same(Head, Option<Files>),
    /// Transactions arrived at the end of its history.
    Appended(Head, Append),
    /// Nothing is known, or something arrived that changes the order of what
    /// was there: all of it was read.
    Whole(Option<Head>, Box<Whole>),
}

impl Seen {
    /// Take the families out of what the last build left.
    pub fn take_families(&mut self) -> Vec<FamilyHead> {
        match self {
            Self::Same(head, _) | Self::Appended(head, _) => std::mem::take(&mut head.families),
            Self::Whole(head, _) => head
                .as_mut()
                .map(|head| std::mem::take(&mut head.families))
                .unwrap_or_default(),
        }
    }

    /// What the last build left.
    pub fn head(&self) -> Option<&Head> {
        match self {
            Self::Same(head, _) | Self::Appended(head, _) => Some(head),
            Self::Whole(head, _) => head.as_ref(),
        }
    }
}

/// A store that was read as a whole.
pub struct Whole {
    /// What it says.
    pub reading: Reading,
    /// The transaction files, by name, those that were refused included.
    pub files: Vec<FileState>,
}

/// Transactions at the end of a history with one tip, each the child of the one
/// before: every older event keeps its place in the canonical order.
pub struct Append {
    /// The files with them.
    pub files: Files,
    /// The names of those that arrived, in canonical order.
    pub names: Vec<String>,
    /// Their events, in canonical order.
    pub events: Vec<EmcEvent>,
    /// Where these stand.
    pub rows: Vec<Row>,
    /// The digests with them.
    pub digests: Digests,
    /// The new tip.
    pub tip: TransactionId,
}

/// Look at the store. `None` when there is none.
pub fn observe(
    project: &Project,
    head: Option<Head>,
    work: &mut Work,
) -> Result<Option<Store>, Failure> {
    let events = project.events_folder();
    let Some(folder) = scan::folder(&project.root, &project.events())? else {
        return Ok(None);
    };
    let seen = match head {
        Some(head) if head.folder == folder && folder.is_settled(head.looked) => {
            Seen::Same(head, None)
        }
        Some(head) => {
            let shelf = &project.shelf;
            let (known, listing) = thread::scope(|scope| {
                let head = &head;
                let known = scope.spawn(move || memory::files(shelf, head));
                let listing = scan::list(&events);
                let known = match known.join() {
                    Ok(known) => known,
                    Err(cause) => panic::resume_unwind(cause),
                };
                (known, listing)
            });
            let listing = listing?;
            work.listed = listing.files.len();
            let changes = known.and_then(|known| changes(project, &head, known, &listing, work));
            match changes {
                Some(Change::None(files)) => Seen::Same(head, Some(files)),
                Some(Change::Append(append)) => Seen::Appended(head, append),
                // The head still knows where families were.
                None => Seen::Whole(Some(head), Box::new(whole(project, &listing.into(), work))),
            }
        }
        None => {
            let names = scan::names(&events)?;
            work.listed = names.names.len();
            Seen::Whole(None, Box::new(whole(project, &names, work)))
        }
    };
    Ok(Some(Store { folder, seen }))
}

/// Read all of it.
pub fn whole(project: &Project, names: &Names, work: &mut Work) -> Whole {
    let Names { names, strange } = names;
    work.read += names.len();
    let (reading, files) =
        Reading::spent(project, names, strange, |name, stamp, digest| FileState {
            name: name.clone(),
            stamp,
            digest,
        });
    Whole { reading, files }
}

enum Change {
    None(Files),
    Append(Append),
}

/// The listing against the files of the last build. `None` when the store must be read
/// as a whole.
fn changes(
    project: &Project,
    head: &Head,
    known: Vec<FileState>,
    listing: &Listing,
    work: &mut Work,
) -> Option<Change> {
    if !listing.strange.is_empty() {
        return None;
    }
    let mut before = known.into_iter().peekable();
    let mut files = Vec::with_capacity(listing.files.len());
    let mut arrived = Vec::new();
    let mut doubtful = Vec::new();
    let mut restamped = false;
    for (name, stamp) in &listing.files {
        match before.next_if(|known| known.name == *name) {
            Some(mut known) => {
                if known.stamp != *stamp || !stamp.is_settled(head.looked) {
                    doubtful.push((name.as_str(), known.digest));
                }
                restamped |= known.stamp != *stamp;
                known.stamp = *stamp;
                files.push(known);
            }
            None => arrived.push((name.clone(), *stamp)),
        }
    }
    if before.next().is_some() {
        return None; // One is gone.
    }
    work.read += doubtful.len() + arrived.len();
    let names: Vec<&str> = doubtful.iter().map(|(name, _)| *name).collect();
    let digests = scan::read_each(&project.events_folder(), &names, |_, contents| {
        let contents = contents.ok()?;
        Some(headed(&contents.bytes, None))
    });
    let same = digests
        .into_iter()
        .zip(&doubtful)
        .all(|(now, (_, then))| now == Some(*then));
    if !same {
        return None;
    }
    if arrived.is_empty() {
        return Some(Change::None(Files::after(
            head,
            files,
            Vec::new(),
            restamped,
        )));
    }
    append(project, head, files, &arrived, restamped).map(Change::Append)
}

/// The arrivals as an append. `None` when they are none.
fn append(
    project: &Project,
    head: &Head,
    files: Vec<FileState>,
    arrived: &[(String, Stamp)],
    restamped: bool,
) -> Option<Append> {
    let mut tip = head.tip?;
    let names: Vec<&str> = arrived.iter().map(|(name, _)| name.as_str()).collect();
    // A chain has one child for each parent.
    let mut children: BTreeMap<TransactionId, (usize, ReadFile)> = BTreeMap::new();
    for (index, file) in reading::read_files_stated(project, &names)
        .into_iter()
        .enumerate()
    {
        if !file.findings.is_empty() || !file.header.as_ref().is_ok_and(Header::is_well_named) {
            return None;
        }
        let parent = match file.header.as_ref().ok()?.parents.as_slice() {
            [parent] => *parent,
            _ => return None,
        };
        if children.insert(parent, (index, file)).is_some() {
            return None;
        }
    }
    let mut digests = head.reading;
    let mut names = Vec::with_capacity(arrived.len());
    let mut events = Vec::with_capacity(arrived.len());
    let mut rows = Vec::with_capacity(arrived.len());
    let mut more = Vec::with_capacity(arrived.len());
    while let Some((index, file)) = children.remove(&tip) {
        let (name, _) = arrived.get(index)?;
        let (stamp, digest) = file.state?;
        tip = file.header.as_ref().ok()?.id;
        digests = digests.then(tip, file.content, file.records_only);
        names.push(name.clone());
        for (line, event) in file.events {
            rows.push((*tip.as_bytes(), line));
            events.push(event);
        }
        more.push(FileState {
            name: name.clone(),
            stamp,
            digest,
        });
    }
    // What is left leads nowhere.
    children.is_empty().then(|| Append {
        files: Files::after(head, files, more, restamped),
        names,
        events,
        rows,
        digests,
        tip,
    })
}
