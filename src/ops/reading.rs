//! The whole store, read without any cache: transactions, history, model, and
//! every finding on the way.

use std::io;

use serde::{Deserialize, Serialize};

use super::project::Project;
use crate::{
    diagnostic::{Diagnostic, Level, Place, codes::store},
    digest::{Digest, Framed},
    disk::{
        Failure,
        fs::Contents,
        scan::{self, Strange},
    },
    event::{Address, EmcEvent, Review},
    history::History,
    merge::{self, OpenFork},
    model::{Fold, Model, Origin},
    parallel,
    rel_path::RelPath,
    transaction::{self, Header, Rejected, TransactionId},
};

/// A store that was read.
#[derive(Debug)]
pub struct Reading {
    /// The headers of those that were read, by name of the file.
    pub headers: Vec<Header>,
    /// The graph of `headers`.
    pub history: History,
    /// What the events mean.
    pub model: Model,
    /// Where each event stands, by [`Origin`].
    pub places: Vec<Written>,
    /// The events of each transaction that could be decoded, by its place among
    /// `headers`.
    pub events: Vec<Vec<(u32, EmcEvent)>>,
    /// The open forks, by stream.
    pub forks: Vec<OpenFork>,
    /// Everything that is wrong, open forks excepted.
    pub findings: Vec<Diagnostic>,
    /// The digests of the transactions.
    pub digests: Digests,
}

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Index into the headers.
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
    /// Index into the headers.
    pub transaction: usize,
    /// The review.
    pub review: Review,
}

/// One transaction file with its events decoded.
#[derive(Debug)]
pub struct ReadFile {
    /// Of its events, see [`transaction::Transaction::content`].
    pub content: Digest,
    /// The header, unless the file was refused.
    pub header: Result<Header, Rejected>,
    /// The events that could be decoded, each with its line.
    pub events: Vec<(u32, EmcEvent)>,
    /// What is wrong with the file.
    pub findings: Vec<Diagnostic>,
}

impl ReadFile {
    /// The digest of all bytes of the file; see [`whole_digest`]. What the digest of
    /// the events covers is not read again.
    pub fn digest(&self, bytes: &[u8]) -> Digest {
        let content = self.header.is_ok().then_some(self.content);
        digest_with(bytes, content)
    }

    /// Whether the transaction says nothing of the model itself.
    pub fn records_only(&self) -> bool {
        self.events
            .iter()
            .all(|(_, event)| matches!(event.address(), Address::Record(_)))
    }
}

/// The digest of all bytes of a transaction file: of its first line, and of the
/// digest of the rest.
pub fn whole_digest(bytes: &[u8]) -> Digest {
    digest_with(bytes, None)
}

fn digest_with(bytes: &[u8], content: Option<Digest>) -> Digest {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (header, rest) = bytes.split_at(end.map_or(bytes.len(), |end| end + 1));
    let content = content.unwrap_or_else(|| Digest::of(rest));
    let mut framed = Framed::new("transaction file");
    framed.field(header).field(content.as_bytes());
    framed.finish()
}

/// Read transaction files by name.
pub fn read_files<N: AsRef<str> + Sync>(project: &Project, names: &[N]) -> Vec<ReadFile> {
    let files = read_files_and(project, names, |_, _| ());
    files.map(|(file, ())| file).collect()
}

/// Read transaction files by name, and make something else of each and what it holds.
pub fn read_files_and<N: AsRef<str> + Sync, Also: Send>(
    project: &Project,
    names: &[N],
    also: impl Fn(&ReadFile, &Contents) -> Also + Sync,
) -> parallel::Results<(ReadFile, Also)> {
    let folder = project.events();
    scan::read_each(&project.events_folder(), names, |name, contents| {
        let file = folder.join(name);
        match contents {
            Ok(contents) => {
                let read = decode(&file, &contents.bytes);
                let also = also(&read, &contents);
                (read, also)
            }
            Err(cause) => {
                let refused = ReadFile {
                    content: Digest::of(b""),
                    findings: vec![unread(&folder, name, cause)],
                    header: Err(Rejected { file, id: None }),
                    events: Vec::new(),
                };
                let also = also(&refused, &Contents::default());
                (refused, also)
            }
        }
    })
}

fn unread(folder: &RelPath, name: &str, cause: io::Error) -> Diagnostic {
    if cause.kind() == io::ErrorKind::FileTooLarge {
        return Strange::TooLong(name.to_owned()).finding(folder);
    }
    let failure = Failure {
        action: "read the transaction",
        path: folder.join(name).to_string(),
        cause,
    };
    failure.diagnostic()
}

/// A transaction file and its events, from its bytes.
fn decode(file: &RelPath, bytes: &[u8]) -> ReadFile {
    let parsed = transaction::parse(file, bytes);
    let mut findings = parsed.findings;
    let mut events = Vec::new();
    let mut content = Digest::of(b"");
    let header = parsed.transaction.map(|transaction| {
        content = transaction.content;
        // Most transactions have one event, and events are large.
        events.reserve_exact(transaction.events.len());
        for envelope in transaction
            .events
            .iter()
            .filter(|envelope| envelope.foreign_type.is_none())
        {
            let data = envelope.data_in(bytes).unwrap_or_default();
            match EmcEvent::decode(data) {
                Ok(event) => events.push((envelope.line, event)),
                Err(error) => {
                    findings.push(error.diagnostic(Place::line(file.as_str(), envelope.line)));
                }
            }
        }
        transaction.header
    });
    ReadFile {
        content,
        header,
        events,
        findings,
    }
}

impl Reading {
    /// Read the files that have these names; `strange` is what else was found there.
    pub fn of<N: AsRef<str> + Sync>(project: &Project, names: &[N], strange: &[Strange]) -> Self {
        let files = read_files_and(project, names, |_, _| ());
        Self::of_files(project, names.len(), files.map(|(file, ())| file), strange)
    }

    /// Put together what was read of that many files, in the order of their names.
    pub fn of_files(
        project: &Project,
        count: usize,
        files: impl Iterator<Item = ReadFile>,
        strange: &[Strange],
    ) -> Self {
        let mut findings: Vec<Diagnostic> = strange
            .iter()
            .map(|strange| strange.finding(&project.events()))
            .collect();
        if count == 0 && findings.is_empty() {
            findings.push(
                Diagnostic::new(
                    &store::NO_EVENTS,
                    format!("`{}` holds no transaction", project.events()),
                )
                .at(Place::file(project.events().as_str()))
                .help("restore the files with git, or start a model: `cargo emc init --name NAME`"),
            );
        }
        let mut headers = Vec::with_capacity(count);
        let mut contents = Vec::with_capacity(count);
        let mut rejected = Vec::new();
        for mut file in files {
            findings.append(&mut file.findings);
            let records_only = file.records_only();
            match file.header {
                Ok(header) => {
                    headers.push(header);
                    contents.push((file.content, records_only, file.events));
                }
                Err(refused) => rejected.push(refused),
            }
        }
        let history = History::of(&headers, &rejected);
        findings.extend(history.findings().iter().cloned());

        let mut fold = Fold::new();
        let mut places = Vec::new();
        let mut digests = Digests::none();
        for index in history.order() {
            let (Some(header), Some((content, records_only, events))) =
                (headers.get(*index), contents.get(*index))
            else {
                continue;
            };
            digests = digests.then(header.id, *content, *records_only);
            for (line, event) in events {
                // A store of 2^32 events does not fit into memory.
                fold.apply(
                    Origin(u32::try_from(places.len()).unwrap_or(u32::MAX)),
                    event,
                );
                places.push(Written {
                    transaction: u32::try_from(*index).unwrap_or(u32::MAX),
                    line: *line,
                });
            }
        }
        let projected = fold.finish();
        let mut reading = Self {
            headers,
            history,
            model: projected.model,
            places,
            events: contents.into_iter().map(|(_, _, events)| events).collect(),
            forks: Vec::new(),
            findings,
            digests,
        };
        if !projected.refusals.is_empty() || !reading.history.forks().is_empty() {
            let events: Vec<(usize, &EmcEvent)> = reading
                .history
                .order()
                .iter()
                .filter_map(|index| Some((*index, reading.events.get(*index)?)))
                .flat_map(|(index, events)| events.iter().map(move |(_, event)| (index, event)))
                .collect();
            let headers: Vec<&Header> = reading.headers.iter().collect();
            let place = |origin| reading.place(origin);
            let refused = merge::refused(
                &projected.refusals,
                &reading.history,
                &headers,
                &events,
                place,
            );
            reading.forks = merge::open_forks(&reading.history, &headers, &events);
            reading.findings.extend(refused);
        }
        reading
    }

    /// Every review that was recorded, in canonical order.
    pub fn reviews(&self) -> Vec<Reviewed> {
        let order = self.history.order().iter();
        let events = order.flat_map(|position| {
            let events = self.events.get(*position).into_iter().flatten();
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

    /// The model as it was when the transaction at this place among the headers
    /// had been written: of all that it descends from, and of itself.
    pub fn model_at(&self, transaction: usize) -> Model {
        let mut fold = Fold::new();
        let seen = self.history.order().iter().filter(|position| {
            **position == transaction || self.history.precedes(**position, transaction)
        });
        let events = seen.filter_map(|position| self.events.get(*position));
        for (number, (_, event)) in (0..).zip(events.flatten()) {
            fold.apply(Origin(number), event);
        }
        fold.finish().model
    }

    /// The header of the transaction that holds an event.
    pub fn header_of(&self, origin: Origin) -> Option<&Header> {
        let written = self.places.get(origin.0 as usize)?;
        self.headers.get(written.transaction as usize)
    }

    /// Where each event stands, by [`Origin`].
    pub fn rows(&self) -> Vec<Row> {
        self.places
            .iter()
            .map(|written| {
                let header = self.headers.get(written.transaction as usize);
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

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = r#"{"record":"header","format_version":1,"transaction_id":"01900000-0000-7000-8000-000000000001","replica_id":"01900000-0000-7000-8000-000000000002","parent_transaction_ids":[],"created_at":"2026-01-02T03:04:05Z","stream_bases":{"project::current":0}}"#;
    const EVENT: &str = r#"{"record":"event","event_id":"01900000-0000-7000-8000-000000000003","stream_id":"project::current","stream_version":1,"event_type":"EmcEvent","event_data":{"Strange":{}},"metadata":{}}"#;

    /// The build compares the one with the other.
    #[test]
    fn a_file_has_one_digest_whether_its_content_was_checked_or_not() {
        let file = RelPath::new("01900000-0000-7000-8000-000000000001.jsonl").expect("a path");
        let sound = format!("{HEADER}\n{EVENT}\n");
        let texts = [
            sound.as_str(),
            HEADER,
            "",
            "\n",
            "no header\nno event\n",
            &format!("{HEADER}\n"),
            &format!("{HEADER}\n\n{EVENT}"),
        ];
        let mut digests = Vec::new();
        for text in texts {
            let read = decode(&file, text.as_bytes());
            assert_eq!(
                read.header.is_ok(),
                text.starts_with('{') && text != HEADER,
                "{text}"
            );
            let digest = read.digest(text.as_bytes());
            assert_eq!(digest, whole_digest(text.as_bytes()), "{text}");
            digests.push(digest);
        }
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), texts.len());
    }
}
