//! From the bytes of a file to a transaction.

use std::collections::BTreeMap;

use super::{
    EVENT_TYPE, Envelope, FORMAT_VERSION, Header, TransactionId,
    damage::{self, Event},
    envelope::EventLine,
    header::{HeaderLine, Outline},
};
use crate::{
    diagnostic::{Diagnostic, Place, codes::store},
    digest::Digest,
    rel_path::RelPath,
};

/// A transaction file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// Its header.
    pub header: Header,
    /// SHA-256 of all bytes behind the first line: what the header names, unless it is
    /// of version 1.
    pub content: Digest,
    /// Its events, in the order of the file.
    pub events: Vec<Envelope>,
}

/// A file that was refused. The history needs it to say why a parent is missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rejected {
    /// The file.
    pub file: RelPath,
    /// The transaction that it holds, by its header or else by its name.
    pub id: Option<TransactionId>,
}

/// What a file gave: a transaction or a refusal, and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The transaction. When it was refused, `findings` holds an error that says why.
    pub transaction: Result<Transaction, Rejected>,
    /// Everything found, the warnings about an accepted file included.
    pub findings: Vec<Diagnostic>,
}

/// Read one transaction file.
///
/// `file` is its path below the project root, `bytes` is all that it holds.
/// A damaged file is refused whole with one error; an accepted one may come
/// with warnings: no content hash, events of another program, a header that
/// does not agree with its events. The name of the file is judged by the
/// history, which knows whether another file holds the same transaction.
pub fn parse(file: &RelPath, bytes: &[u8]) -> Parsed {
    match read(file, bytes) {
        Ok((transaction, findings)) => Parsed {
            transaction: Ok(transaction),
            findings,
        },
        Err(finding) => Parsed {
            transaction: Err(Rejected {
                file: file.clone(),
                id: claimed_id(file, bytes),
            }),
            findings: vec![*finding],
        },
    }
}

type Read = Result<(Transaction, Vec<Diagnostic>), Box<Diagnostic>>;

fn read(file: &RelPath, bytes: &[u8]) -> Read {
    let text = damage::text(file, bytes)?;
    let Some((first, payload)) = text.split_once('\n') else {
        return Err(damage::header(file, text, text));
    };
    let line = match serde_json::from_str::<HeaderLine<'_>>(first) {
        Ok(line) if line.record == "header" => line,
        _ => return Err(damage::header(file, first, text)),
    };
    if line.format_version == 0 || line.format_version > FORMAT_VERSION {
        return Err(damage::format(file, u64::from(line.format_version)));
    }
    let anchored = line.content_hash.is_some();
    let header = line.into_header(file);
    let content = Digest::of(payload.as_bytes());
    // A hash that is not 64 hex digits equals nothing.
    if anchored && header.content_hash != Some(*content.as_bytes()) {
        return Err(damage::content(&header, payload));
    }

    let mut findings = Vec::new();
    if !anchored {
        findings.push(damage::no_hash(file));
    }
    let mut events = Vec::new();
    let mut lengths: BTreeMap<Box<str>, u64> = BTreeMap::new();
    let mut disagrees = None;
    let mut number = 1u32;
    for raw in payload.lines() {
        number = number.saturating_add(1);
        if raw.trim().is_empty() {
            continue;
        }
        let event = match serde_json::from_str::<EventLine<'_>>(raw) {
            Ok(event) if event.record == "event" => event,
            Ok(_) => return Err(damage::event(&header, number, &Event::NoRecord, payload)),
            Err(error) => {
                return Err(damage::event(&header, number, &Event::Json(error), payload));
            }
        };
        let known = lengths.get_mut(&event.stream_id).map(|length| {
            *length = length.saturating_add(1);
            *length
        });
        let version = match known {
            Some(version) => Some(version),
            None => header.base_of(&event.stream_id).map(|base| {
                let version = base.saturating_add(1);
                lengths.insert(event.stream_id.clone(), version);
                version
            }),
        };
        if version != Some(event.stream_version) && disagrees.is_none() {
            disagrees = Some((number, event.stream_id.clone()));
        }
        let data = event.event_data.get();
        let start = data.as_ptr().addr().saturating_sub(bytes.as_ptr().addr());
        let foreign_type =
            (event.event_type != EVENT_TYPE).then(|| Box::<str>::from(&*event.event_type));
        if let Some(foreign) = &foreign_type {
            findings.push(damage::foreign(file, number, foreign));
        }
        events.push(Envelope {
            event_id: event.event_id,
            stream: event.stream_id,
            foreign_type,
            line: number,
            data: start..start.saturating_add(data.len()),
        });
    }
    if let Some((line, stream)) = disagrees {
        findings.push(
            Diagnostic::new(
                &store::HEADER_DISAGREES,
                format!("the header does not give stream `{stream}` the length that this event was written at"),
            )
            .at(Place::line(file.as_str(), line))
            .help(damage::restore(file)),
        );
    }
    let transaction = Transaction {
        header,
        content,
        events,
    };
    Ok((transaction, findings))
}

/// Whose file this is, as far as a damaged file can tell.
fn claimed_id(file: &RelPath, bytes: &[u8]) -> Option<TransactionId> {
    let by_header = || {
        let first = bytes.split(|byte| *byte == b'\n').next()?;
        let line = std::str::from_utf8(first).ok()?;
        Outline::of_header(line.trim_start_matches('\u{feff}'))?.transaction_id
    };
    // The name first: a file of two transactions is the one it is named after.
    file.file_name()
        .strip_suffix(".jsonl")
        .and_then(|stem| stem.parse().ok())
        .or_else(by_header)
}
