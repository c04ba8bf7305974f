//! The whole store, read without any cache: transactions, history, model, and
//! every finding on the way.

mod file;

use std::{panic, thread};

use serde::{Deserialize, Serialize};

pub use file::{ReadFile, read_files, read_files_stated};

use super::project::Project;
use crate::{
    diagnostic::{Diagnostic, Level, Place, codes::store},
    digest::{Digest, Framed},
    disk::{scan::Strange, stamp::Stamp},
    event::{EmcEvent, Review},
    history::History,
    merge::{self, OpenFork},
    model::{Fold, Model, Origin, Refusal},
    parallel::Results,
    transaction::{Header, Rejected, TransactionId},
};

/// A store that was read.
#[derive(Debug)]
pub struct Reading {
    read: Read,
    /// The graph of the transactions, by position.
    pub history: History,
    /// What the events mean.
    pub model: Model,
    /// Where each event stands, by [`Origin`].
    pub places: Vec<Written>,
    /// The open forks, by stream.
    pub forks: Vec<OpenFork>,
    /// Everything that is wrong, open forks excepted.
    pub findings: Vec<Diagnostic>,
    /// The digests of the transactions.
    pub digests: Digests,
}

/// Transaction files that were read.
#[derive(Debug)]
pub struct Read {
    /// By name.
    files: Results<ReadFile>,
    /// Which of them hold a transaction, by its position: the place among these.
    accepted: Vec<usize>,
}

/// Whether the events are kept when they have been folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Events {
    Kept,
    /// Unless what is to be said of them needs them all.
    Spent,
}

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The position of the transaction.
    pub transaction: u32,
    /// Line in the file, counted from 1.
    pub line: u32,
}

/// The transaction that holds an event, and the line in its file.
pub type Row = ([u8; 16], u32);

/// The digests of the transactions, chained in canonical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    /// Of those that say something of the model.
    pub model: Digest,
    /// Of all, with reviews and declarations of readiness.
    pub all: Digest,
}

impl Digests {
    /// Of no transaction.
    pub fn none() -> Self {
        let start = Framed::new("transactions").finish();
        Self {
            model: start,
            all: start,
        }
    }

    /// With one more transaction at the end of the canonical order. What else its
    /// header says decides this order, and nothing in the model.
    #[must_use]
    pub fn then(self, id: TransactionId, content: Digest, records_only: bool) -> Self {
        let link = |before: Digest| {
            let mut framed = Framed::new("link");
            framed
                .field(before.as_bytes())
                .field(id.as_bytes())
                .field(content.as_bytes());
            framed.finish()
        };
        let all = link(self.all);
        let model = match records_only {
            true => self.model,
            // Until the first record both chains are one.
            false if self.model == self.all => all,
            false => link(self.model),
        };
        Self { model, all }
    }
}

/// A review, with the transaction that recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// The position of the transaction.
    pub transaction: usize,
    /// The review.
    pub review: Review,
}

impl Read {
    fn of(files: Results<ReadFile>) -> Self {
        let mut accepted = Vec::with_capacity(files.len());
        let places = files.iter().enumerate();
        accepted.extend(places.filter_map(|(at, file)| file.header.is_ok().then_some(at)));
        Self { files, accepted }
    }

    fn file(&self, position: usize) -> Option<&ReadFile> {
        self.files.get(*self.accepted.get(position)?)
    }

    /// The header of the transaction at a position.
    pub fn header(&self, position: usize) -> Option<&Header> {
        self.file(position)?.header.as_ref().ok()
    }

    /// The headers, by position.
    fn headers(&self) -> Vec<&Header> {
        let mut headers = Vec::with_capacity(self.accepted.len());
        headers.extend(
            self.files
                .iter()
                .filter_map(|file| file.header.as_ref().ok()),
        );
        headers
    }

    fn history(&self) -> History {
        let refused = |file: &ReadFile| file.header.as_ref().err().cloned();
        let rejected: Vec<Rejected> = self.files.iter().filter_map(refused).collect();
        History::of(self.headers(), &rejected)
    }

    /// The name, stamp and digest of each file, by name.
    fn states<'a, N>(&'a self, names: &'a [N]) -> impl Iterator<Item = (&'a N, Stamp, Digest)> {
        names.iter().zip(self.files.iter()).map(|(name, file)| {
            // Nothing is remembered of a build that could not read a file.
            let (stamp, digest) = file.state.unwrap_or((Stamp::default(), file.content));
            (name, stamp, digest)
        })
    }
}

impl Reading {
    /// Read the files that have these names; `strange` is what else was found there.
    pub fn of<N: AsRef<str> + Sync>(project: &Project, names: &[N], strange: &[Strange]) -> Self {
        let read = Read::of(read_files(project, names));
        let history = read.history();
        let (reading, refusals) = Self::fold(project, read, history, strange, Events::Kept);
        reading.judged(&refusals)
    }

    /// As [`Reading::of`], for who needs the model and where its events stand, and not
    /// the events: there are none afterwards. Also the state of each file, by name.
    pub fn spent<N: AsRef<str> + Sync, State: Send>(
        project: &Project,
        names: &[N],
        strange: &[Strange],
        state: impl Fn(&N, Stamp, Digest) -> State + Sync,
    ) -> (Self, Vec<State>) {
        let read = Read::of(read_files_stated(project, names));
        // The one takes as long as the other.
        let (history, states) = thread::scope(|scope| {
            let states = read.states(names);
            let states = scope.spawn(|| {
                let states = states.map(|(name, stamp, digest)| state(name, stamp, digest));
                states.collect::<Vec<State>>()
            });
            let history = read.history();
            match states.join() {
                Ok(states) => (history, states),
                Err(cause) => panic::resume_unwind(cause),
            }
        });
        let (reading, refusals) = Self::fold(project, read, history, strange, Events::Spent);
        let reading = if refusals.is_empty() || !reading.history.forks().is_empty() {
            reading.judged(&refusals)
        } else {
            // What is to be said of events that do not fit needs them all. That is rare.
            Self::of(project, names, strange)
        };
        (reading, states)
    }

    /// Put together what was read; also the events that do not fit.
    fn fold(
        project: &Project,
        mut read: Read,
        history: History,
        strange: &[Strange],
        events: Events,
    ) -> (Self, Vec<Refusal>) {
        let mut findings: Vec<Diagnostic> = strange
            .iter()
            .map(|strange| strange.finding(&project.events()))
            .collect();
        if read.files.len() == 0 && findings.is_empty() {
            findings.push(
                Diagnostic::new(
                    &store::NO_EVENTS,
                    format!("`{}` holds no transaction", project.events()),
                )
                .at(Place::file(project.events().as_str()))
                .help("restore the files with git, or start a model: `cargo emc init --name NAME`"),
            );
        }
        for file in read.files.iter_mut() {
            findings.append(&mut file.findings);
        }
        findings.extend(history.findings().iter().cloned());

        let spend = events == Events::Spent && history.forks().is_empty();
        let mut fold = Fold::new();
        let mut places = Vec::with_capacity(read.accepted.len());
        let mut digests = Digests::none();
        for index in history.order() {
            let file = read.accepted.get(*index);
            let Some(file) = file.and_then(|at| read.files.get_mut(*at)) else {
                continue;
            };
            let Ok(header) = &file.header else {
                continue;
            };
            digests = digests.then(header.id, file.content, file.records_only);
            let mut place = |line: u32| {
                // A store of 2^32 events does not fit into memory.
                let origin = Origin(u32::try_from(places.len()).unwrap_or(u32::MAX));
                places.push(Written {
                    transaction: u32::try_from(*index).unwrap_or(u32::MAX),
                    line,
                });
                origin
            };
            if spend {
                for (line, event) in std::mem::take(&mut file.events) {
                    fold.spend(place(line), event);
                }
            } else {
                for (line, event) in &file.events {
                    fold.apply(place(*line), event);
                }
            }
        }
        let projected = fold.finish();
        let reading = Self {
            read,
            history,
            model: projected.model,
            places,
            forks: Vec::new(),
            findings,
            digests,
        };
        (reading, projected.refusals)
    }

    /// With the open forks, and what is to be said of the events that did not fit.
    fn judged(mut self, refusals: &[Refusal]) -> Self {
        if refusals.is_empty() && self.history.forks().is_empty() {
            return self;
        }
        let events: Vec<(usize, &EmcEvent)> = self
            .history
            .order()
            .iter()
            .flat_map(|position| self.events(*position).map(|(_, event)| (*position, event)))
            .collect();
        let headers = self.read.headers();
        let place = |origin| self.place(origin);
        let refused = merge::refused(refusals, &self.history, &headers, &events, place);
        let forks = merge::open_forks(&self.history, &headers, &events);
        self.forks = forks;
        self.findings.extend(refused);
        self
    }

    /// The header of the transaction at a position.
    pub fn header(&self, position: usize) -> Option<&Header> {
        self.read.header(position)
    }

    /// The events of the transaction at a position that could be decoded, each with its
    /// line.
    pub fn events(&self, position: usize) -> impl Iterator<Item = (u32, &EmcEvent)> {
        let file = self.read.file(position);
        let events = file.map(|file| file.events.iter()).unwrap_or_default();
        events.map(|(line, event)| (*line, event))
    }

    /// Every review that was recorded, in canonical order.
    pub fn reviews(&self) -> Vec<Reviewed> {
        let order = self.history.order().iter();
        let events = order.flat_map(|position| {
            let events = self.events(*position);
            events.map(move |(_, event)| (*position, event))
        });
        events
            .filter_map(|(transaction, event)| match event {
                EmcEvent::ReviewRecorded(review) => Some(Reviewed {
                    transaction,
                    review: review.clone(),
                }),
                _ => None,
            })
            .collect()
    }

    /// The model as it was when the transaction at this position had been written: of
    /// all that it descends from, and of itself.
    pub fn model_at(&self, transaction: usize) -> Model {
        let mut fold = Fold::new();
        let seen = self.history.order().iter().filter(|position| {
            **position == transaction || self.history.precedes(**position, transaction)
        });
        let events = seen.flat_map(|position| self.events(*position));
        for (number, (_, event)) in (0..).zip(events) {
            fold.apply(Origin(number), event);
        }
        fold.finish().model
    }

    /// The header of the transaction that holds an event.
    pub fn header_of(&self, origin: Origin) -> Option<&Header> {
        let written = self.places.get(origin.0 as usize)?;
        self.header(written.transaction as usize)
    }

    /// Where each event stands, by [`Origin`].
    pub fn rows(&self) -> Vec<Row> {
        self.places
            .iter()
            .map(|written| {
                let header = self.header(written.transaction as usize);
                let id = header.map(|header| *header.id.as_bytes());
                (id.unwrap_or_default(), written.line)
            })
            .collect()
    }

    /// Where an event stands, for a finding.
    pub fn place(&self, origin: Origin) -> Place {
        let line = self
            .places
            .get(origin.0 as usize)
            .map(|written| written.line);
        match (self.header_of(origin), line) {
            (Some(header), Some(line)) => Place::line(header.file.as_str(), line),
            _ => Place::file(""),
        }
    }

    /// Everything that is wrong with the store. Open forks are warnings when
    /// they are allowed, and when nobody has to decide anything about them.
    pub fn all_findings(&self, allow_forks: bool) -> Vec<Diagnostic> {
        let mut findings = self.findings.clone();
        for fork in &self.forks {
            let mut finding = fork.finding();
            if allow_forks {
                finding.level = Level::Warning;
            }
            findings.push(finding);
        }
        findings
    }

    /// The transaction that all others lead to, when a transaction that names
    /// it as its parent comes after everything that is there.
    pub fn single_tip(&self) -> Option<TransactionId> {
        match self.history.tips() {
            [tip] if self.history.dangling().is_empty() && self.history.forks().is_empty() => {
                Some(*tip)
            }
            _ => None,
        }
    }
}

/// The finding for a project without a store.
pub fn no_store(project: &Project) -> Diagnostic {
    Diagnostic::new(
        &store::NO_STORE,
        format!("there is no folder `{}`", project.events()),
    )
    .at(Place::file(project.place.clone()))
    .help(
        "check `[store] path` in the manifest, or start a store with `cargo emc init --name NAME`",
    )
}
