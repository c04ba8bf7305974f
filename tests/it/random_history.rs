//! Random histories as clones write them: known tips as parents, stream
//! lengths as bases, unions of what two clones have.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use emc::{
    digest::Digest,
    rel_path::RelPath,
    transaction::{Header, ReplicaId, TransactionId},
};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

pub const FOLDER: &str = "model/events/events";
pub const STREAMS: [&str; 3] = ["project", "slice::a", "slice::b"];

/// What happens next in some clone.
#[derive(Clone, Debug)]
pub enum Step {
    /// A clone writes one transaction to the streams of a bit set.
    Write {
        clone: usize,
        streams: u8,
        clock: u8,
    },
    /// A clone gets everything that another one has.
    Pull { from: usize, to: usize },
}

/// A transaction and the number of events that it appends to each stream.
#[derive(Clone, Debug)]
pub struct Written {
    pub header: Header,
    pub events: Vec<(&'static str, u64)>,
}

pub fn steps(clones: usize, longest: usize) -> impl Strategy<Value = Vec<Step>> {
    let write = (0..clones, 1u8..8, any::<u8>()).prop_map(|(clone, streams, clock)| Step::Write {
        clone,
        streams,
        clock,
    });
    let pull = (0..clones, 0..clones).prop_map(|(from, to)| Step::Pull { from, to });
    prop::collection::vec(prop_oneof![3 => write, 1 => pull], 1..longest)
}

/// An id whose order has nothing to do with the order of writing.
pub fn transaction_id(number: usize) -> TransactionId {
    let digest = Sha256::digest(number.to_le_bytes());
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    TransactionId::from_bytes(bytes)
}

pub fn replica_id(number: usize) -> ReplicaId {
    ReplicaId::from_bytes(*transaction_id(number + 1_000_000).as_bytes())
}

pub fn file_of(id: TransactionId) -> RelPath {
    RelPath::new(&format!("{FOLDER}/{id}.jsonl")).expect("a relative path")
}

/// Play the steps. Clone `n` writes under replica id `replicas[n]`. `skewed`
/// clocks say anything; others say the order of writing.
pub fn play(steps: &[Step], replicas: &[usize], skewed: bool) -> Vec<Written> {
    let mut all: Vec<Written> = Vec::new();
    let mut known: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); replicas.len()];
    for step in steps {
        match *step {
            Step::Pull { from, to } => {
                let more = known[from].clone();
                known[to].extend(more);
            }
            Step::Write {
                clone,
                streams,
                clock,
            } => {
                let mut lengths: BTreeMap<&str, u64> = BTreeMap::new();
                let mut tips: BTreeSet<TransactionId> = BTreeSet::new();
                for &one in &known[clone] {
                    tips.insert(all[one].header.id);
                    for (stream, _) in &all[one].events {
                        *lengths.entry(stream).or_default() += 1;
                    }
                }
                for &one in &known[clone] {
                    for parent in &all[one].header.parents {
                        tips.remove(parent);
                    }
                }
                let named: Vec<&'static str> = STREAMS
                    .into_iter()
                    .enumerate()
                    .filter(|(bit, _)| streams >> bit & 1 == 1)
                    .map(|(_, stream)| stream)
                    .collect();
                let number = all.len();
                let minute = if skewed {
                    usize::from(clock % 4)
                } else {
                    number
                };
                let id = transaction_id(number);
                let base = |stream: &&'static str| lengths.get(stream).copied().unwrap_or(0);
                let mut header = Header {
                    file: file_of(id),
                    id,
                    replica: replica_id(replicas[clone]),
                    parents: tips.into_iter().collect(),
                    created_at: format!(
                        "2026-11-23T{:02}:{:02}:00+00:00",
                        minute / 60,
                        minute % 60
                    )
                    .into(),
                    stream_bases: named
                        .iter()
                        .map(|stream| ((*stream).into(), base(stream)))
                        .collect(),
                    format_version: 2,
                    content_hash: None,
                };
                let events: Vec<_> = named
                    .iter()
                    .map(|stream| (*stream, base(stream) + 1))
                    .collect();
                let payload = payload(id, &events);
                header.content_hash = Some(Sha256::digest(payload.as_bytes()).into());
                all.push(Written { header, events });
                known[clone].insert(number);
            }
        }
    }
    all
}

pub fn headers(history: &[Written]) -> Vec<Header> {
    history.iter().map(|one| one.header.clone()).collect()
}

/// The event lines of a transaction.
pub fn payload(id: TransactionId, events: &[(&str, u64)]) -> String {
    let mut lines = String::new();
    for (place, (stream, version)) in events.iter().enumerate() {
        let mut event = *id.as_bytes();
        event[15] = event[15].wrapping_add(u8::try_from(place).expect("few events"));
        let event = TransactionId::from_bytes(event);
        // Writing into a String cannot fail.
        let _ = writeln!(
            lines,
            "{{\"record\":\"event\",\"event_id\":\"{event}\",\"stream_id\":\"{stream}\",\"stream_version\":{version},\
             \"event_type\":\"EmcEvent\",\"event_data\":{{\"label\":\"{id} {place}\",\"stream_id\":\"{stream}\"}},\"metadata\":{{}}}}"
        );
    }
    lines
}

/// The bytes of the file of a transaction.
pub fn file(one: &Written) -> Vec<u8> {
    let header = &one.header;
    let payload = payload(header.id, &one.events);
    let quoted = |ids: &[TransactionId]| {
        let ids: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
        ids.join(",")
    };
    let bases: Vec<String> = header
        .stream_bases
        .iter()
        .map(|(stream, base)| format!("\"{stream}\":{base}"))
        .collect();
    let hash = Digest::from_bytes(Sha256::digest(payload.as_bytes()).into());
    format!(
        "{{\"record\":\"header\",\"format_version\":2,\"transaction_id\":\"{}\",\"replica_id\":\"{}\",\
         \"parent_transaction_ids\":[{}],\"created_at\":\"{}\",\"stream_bases\":{{{}}},\"content_hash\":\"{hash}\"}}\n{payload}",
        header.id,
        header.replica,
        quoted(&header.parents),
        header.created_at,
        bases.join(","),
    )
    .into_bytes()
}
