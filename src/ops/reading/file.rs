//! One transaction file: its header and its events, or why it was refused.

use std::io;

use crate::{
    diagnostic::{Diagnostic, Place},
    digest::{Digest, headed},
    disk::{
        Failure,
        fs::Contents,
        scan::{self, Strange},
        stamp::Stamp,
    },
    event::{Address, EmcEvent},
    ops::project::Project,
    parallel::Results,
    rel_path::RelPath,
    transaction::{self, Header, Rejected},
};

/// One transaction file with its events decoded.
#[derive(Debug)]
pub struct ReadFile {
    /// Of its events, see [`transaction::Transaction::content`].
    pub content: Digest,
    /// The header, unless the file was refused.
    pub header: Result<Header, Rejected>,
    /// The events that could be decoded, each with its line.
    pub events: Vec<(u32, EmcEvent)>,
    /// None of them says anything of the model itself.
    pub records_only: bool,
    /// What is wrong with the file.
    pub findings: Vec<Diagnostic>,
    /// The stamp of the file and the digest of all its bytes, where that was asked for.
    pub state: Option<(Stamp, Digest)>,
}

impl ReadFile {
    /// The digest of all bytes of the file; see [`headed`]. What the digest of
    /// the events covers is not read again.
    fn digest(&self, bytes: &[u8]) -> Digest {
        headed(bytes, self.header.is_ok().then_some(self.content))
    }

    fn refused(rejected: Rejected, finding: Diagnostic) -> Self {
        Self {
            content: Digest::of(b""),
            header: Err(rejected),
            events: Vec::new(),
            records_only: true,
            findings: vec![finding],
            state: None,
        }
    }
}

/// Read transaction files by name.
pub fn read_files<N: AsRef<str> + Sync>(project: &Project, names: &[N]) -> Results<ReadFile> {
    read_each(project, names, |_, _| None)
}

/// Read transaction files by name, with what tells the next build that they are as they
/// were.
pub fn read_files_stated<N: AsRef<str> + Sync>(
    project: &Project,
    names: &[N],
) -> Results<ReadFile> {
    read_each(project, names, |file, contents| {
        Some((contents.stamp, file.digest(&contents.bytes)))
    })
}

fn read_each<N: AsRef<str> + Sync>(
    project: &Project,
    names: &[N],
    state: impl Fn(&ReadFile, &Contents) -> Option<(Stamp, Digest)> + Sync,
) -> Results<ReadFile> {
    let folder = project.events();
    scan::read_each(&project.events_folder(), names, |name, contents| {
        let file = folder.join(name);
        match contents {
            Ok(contents) => {
                let mut read = decode(&file, &contents.bytes);
                read.state = state(&read, &contents);
                read
            }
            Err(cause) => {
                ReadFile::refused(Rejected { file, id: None }, unread(&folder, name, cause))
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
    let records_only = events
        .iter()
        .all(|(_, event)| matches!(event.address(), Address::Record(_)));
    ReadFile {
        content,
        header,
        events,
        records_only,
        findings,
        state: None,
    }
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
            assert_eq!(digest, headed(text.as_bytes(), None), "{text}");
            digests.push(digest);
        }
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), texts.len());
    }
}
