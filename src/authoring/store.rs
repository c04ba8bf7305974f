//! The edge: the folder of the store, read without opening it, written through
//! eventcore.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use eventcore::{CommandError, RetryPolicy, execute};
use eventcore_fs::{FileEventStore, FsEventStoreError};
use eventcore_types::EventStore;
use serde_json::Value;
use tokio::runtime::Runtime;

use super::{
    Decision, Present, Refused, Request,
    commit::{Commit, Moved, WireEvent, stream},
    identity::outlived,
    opening::{Closing, Opening},
};
use crate::{
    diagnostic::{
        Diagnostic, Place,
        codes::{
            authoring::{IMPOSSIBLE_ELEMENT, STORE_BUSY, STORE_CHANGED, STORE_FAILED},
            environment::READ_FAILED,
        },
    },
    disk::{Failure, attributes, fs, output, scan},
    event::EmcEvent,
    rel_path::RelPath,
};

/// How the name of a transaction file ends; the case matters, as it does to the library.
const SUFFIX: &[u8] = b".jsonl";

/// How often an edit is decided anew before it gives up.
const ATTEMPTS: u32 = 5;

/// Transaction files keep their bytes in every clone, and git never joins two
/// of them line by line. The library writes attributes of its own when there
/// are none, which protect nothing.
const ATTRIBUTES: &str = "events/** -text -merge\n";

/// The folder that holds the events of a project: `model/events`, with the
/// transactions in `events` below it.
#[derive(Clone, Debug)]
pub struct Store {
    project: PathBuf,
    root: PathBuf,
    name: RelPath,
    patience: Duration,
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// What was decided, and the model with it.
    pub decision: Decision,
    /// The new transaction file; none when nothing was to be written.
    pub transaction: Option<RelPath>,
    /// How often the edit was decided; more than once when another writer came
    /// between.
    pub attempts: u32,
    /// The store on its way to be closed, where it was opened: other work can go
    /// on until this is dropped.
    pub closing: Option<Closing>,
}

/// The transaction files with what they hold.
pub(super) type Files = Vec<(RelPath, Vec<u8>)>;

impl Store {
    /// The store below the project root `project`, in the folder `name`.
    pub fn new(project: &Path, name: RelPath) -> Self {
        Self {
            project: project.to_path_buf(),
            root: project.join(name.as_str()),
            name,
            patience: Duration::from_secs(10),
        }
    }

    /// The same store, waiting at most this long while another process writes.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// What the store holds. Reads only; a store that is not there holds nothing.
    ///
    /// # Errors
    /// A folder or file that cannot be read.
    pub fn read(&self) -> Result<Present, Refused> {
        Ok(Present::of(&self.files()?))
    }

    /// What `request` would write. Reads only.
    ///
    /// # Errors
    /// As [`Self::write`] for what can be known without writing.
    pub fn preview(&self, request: &Request) -> Result<Decision, Refused> {
        self.read()?.decide(request)
    }

    /// Decide `request` and append its events as one transaction. A request
    /// that is refused, or that changes nothing, leaves every file as it is.
    ///
    /// # Errors
    /// Why nothing was written: the refusals of [`Present::decide`], a lock that
    /// another process holds on to, a store that keeps changing, I/O.
    pub fn write(&self, request: &Request) -> Result<Written, Refused> {
        let listed = self.list()?;
        // The library reads the whole store too: the two go side by side.
        let ahead = if self.is_settled() {
            Some(self.opening()?)
        } else {
            None
        };
        let files = self.read_listed(listed)?;
        let present = Present::of(&files);
        let decision = present.decide(request)?;
        if decision.events.is_empty() {
            return Ok(Written {
                decision,
                transaction: None,
                attempts: 1,
                closing: None,
            });
        }
        let outlived =
            outlived(&self.root, &present.ids).map_err(|failure| failure.diagnostic())?;
        let opening = match ahead {
            Some(opening) if outlived.is_empty() => opening,
            ahead => {
                drop(ahead);
                for file in outlived {
                    set_aside(&self.root.join(file))?;
                }
                self.opening()?
            }
        };
        let (own, request) = (self.clone(), request.clone());
        let (mut written, closing) = opening.work(move |runtime, store| {
            own.append(runtime, store, &request, files, present, decision)
        })?;
        written.closing = Some(closing);
        Ok(written)
    }

    fn append(
        &self,
        runtime: &Runtime,
        store: &impl EventStore,
        request: &Request,
        mut files: Files,
        mut present: Present,
        mut decision: Decision,
    ) -> Result<Written, Refused> {
        for attempts in 1..=ATTEMPTS {
            // Others wrote until the lock was ours.
            let now = self.refresh(&files)?;
            if let Some(now) = now {
                files = now;
                present = Present::of(&files);
                decision = present.decide(request)?;
            }
            if decision.events.is_empty() {
                return Ok(Written {
                    decision,
                    transaction: None,
                    attempts,
                    closing: None,
                });
            }
            let before: BTreeSet<&RelPath> = files.iter().map(|(file, _)| file).collect();
            if commit(
                runtime,
                store,
                &present,
                &decision.events,
                &decision.touched,
            )? {
                let after = self.names()?;
                let transaction = after.into_iter().find(|file| !before.contains(file));
                return Ok(Written {
                    decision,
                    transaction,
                    attempts,
                    closing: None,
                });
            }
        }
        Err(vec![Diagnostic::new(
            &STORE_CHANGED,
            "the store changed each time the edit was decided",
        )]
        .into())
    }

    /// Open the store and work with it.
    pub(super) fn opened<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Runtime, &FileEventStore) -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, Refused> {
        self.opening()?.work(work).map(|(value, _)| value)
    }

    fn opening(&self) -> Result<Opening, Refused> {
        self.protect()?;
        let own = self.clone();
        Opening::start(move || own.open()).map_err(|error| failed(&error).into())
    }

    /// Whether this working copy has written before, so that opening the store
    /// changes nothing that anybody would see.
    fn is_settled(&self) -> bool {
        fs::metadata(self.root.join(".eventcore/replica_id"))
            .is_ok_and(|metadata| metadata.is_file())
            && fs::read_to_string(self.root.join(".gitattributes"))
                .is_ok_and(|text| attributes::keeps(&text))
    }

    fn open(&self) -> Result<FileEventStore, Refused> {
        let deadline = Instant::now() + self.patience;
        let mut repaired = false;
        loop {
            match FileEventStore::open(&self.root) {
                Ok(store) => return Ok(store),
                Err(FsEventStoreError::StoreLocked { .. }) => {
                    if Instant::now() >= deadline {
                        return Err(Diagnostic::new(
                            &STORE_BUSY,
                            format!(
                                "another process has held the lock of the store for {} seconds",
                                self.patience.as_secs()
                            ),
                        )
                        .at(Place::file(self.name.as_str()))
                        .into());
                    }
                    thread::sleep(Duration::from_millis(20));
                }
                Err(FsEventStoreError::Corrupted { path, .. })
                    if !repaired && self.is_disposable(&path) =>
                {
                    repaired = true;
                    set_aside(&path)?;
                }
                Err(error) => return Err(failed(&error).into()),
            }
        }
    }

    /// Whether a file is local state that the library makes anew: the order of
    /// arrival and the identity of the working copy. A process that was killed
    /// while it wrote them leaves them torn.
    fn is_disposable(&self, path: &Path) -> bool {
        path.starts_with(self.root.join("index")) || path.starts_with(self.root.join(".eventcore"))
    }

    /// Have the attributes that keep transaction files intact, before the
    /// library writes its own.
    fn protect(&self) -> Result<(), Refused> {
        let file = self.root.join(".gitattributes");
        let write = |text: &str| {
            // As a whole or not at all: other lines of it may be somebody's own.
            fs::create_dir_all(&self.root)
                .map_err(|cause| Failure::new("make the folder", &self.root, cause))
                .and_then(|()| output::replace(&file, text.as_bytes()))
                .map(drop)
                .map_err(|failure| {
                    let path = self.name.join(".gitattributes").to_string();
                    Refused::from(Failure { path, ..failure }.diagnostic())
                })
        };
        match fs::read_to_string(&file) {
            Ok(text) if attributes::keeps(&text) => Ok(()),
            Ok(mut text) => {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push_str(ATTRIBUTES);
                write(&text)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => write(ATTRIBUTES),
            Err(error) => Err(self.unreadable(".gitattributes", &error).into()),
        }
    }

    /// The transaction files if they are no longer these; a file never changes
    /// once it is there.
    fn refresh(&self, files: &Files) -> Result<Option<Files>, Refused> {
        let names = self.names()?;
        if names.iter().eq(files.iter().map(|(file, _)| file)) {
            Ok(None)
        } else {
            self.files().map(Some)
        }
    }

    /// The transaction files by name.
    fn names(&self) -> Result<Vec<RelPath>, Refused> {
        let entries = match fs::read_dir(self.root.join("events")) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(self.unreadable("events", &error).into()),
        };
        let folder = self.name.join("events");
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| self.unreadable("events", &error))?;
            if let Some(name) = entry.file_name().to_str()
                && name.as_bytes().ends_with(SUFFIX)
            {
                names.push(folder.join(name));
            }
        }
        names.sort();
        Ok(names)
    }

    pub(super) fn files(&self) -> Result<Files, Refused> {
        self.read_listed(self.list()?)
    }

    /// The transaction files by name, looked at. The library follows links and
    /// opens whatever is named like a transaction, so nothing else may be there.
    fn list(&self) -> Result<Vec<RelPath>, Refused> {
        self.no_links()?;
        let folder = self.name.join("events");
        let unreadable = |failure: Failure| Refused::from(failure.diagnostic());
        if scan::folder(&self.project, &folder)
            .map_err(unreadable)?
            .is_none()
        {
            return Ok(Vec::new());
        }
        let listing = scan::list(&self.root.join("events")).map_err(unreadable)?;
        if !listing.strange.is_empty() {
            let findings = listing.strange.iter();
            return Err(Refused(
                findings.map(|strange| strange.finding(&folder)).collect(),
            ));
        }
        let names = listing.files.into_iter();
        Ok(names.map(|(name, _)| folder.join(&name)).collect())
    }

    /// Refuse a store whose local files, which the library writes, are links.
    fn no_links(&self) -> Result<(), Refused> {
        let mut folders = vec![self.name.clone()];
        for below in [".eventcore", "index"] {
            folders.push(self.name.join(below));
        }
        for folder in folders {
            let path = self.project.join(folder.as_str());
            let linked = |path: RelPath| output::Refused::Link(path).diagnostic();
            if fs::refuse_link(&path).is_err() {
                return Err(linked(folder).into());
            }
            // What is not there, or cannot be listed, holds no link.
            for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
                if fs::look(&entry).is_ok_and(|metadata| metadata.is_symlink()) {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    return Err(linked(folder.join(&name)).into());
                }
            }
        }
        Ok(())
    }

    fn read_listed(&self, files: Vec<RelPath>) -> Result<Files, Refused> {
        let names: Vec<&str> = files.iter().map(RelPath::file_name).collect();
        let read = scan::read_each(&self.root.join("events"), &names, |_, contents| contents);
        files
            .into_iter()
            .zip(read)
            .map(|(file, contents)| match contents {
                Ok(contents) => Ok((file, contents.bytes)),
                Err(error) => Err(Diagnostic::new(&READ_FAILED, error.to_string())
                    .at(Place::file(file.as_str()))
                    .into()),
            })
            .collect()
    }

    fn unreadable(&self, below: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::new(&READ_FAILED, error.to_string())
            .at(Place::file(self.name.join(below).as_str()))
    }
}

/// Append events to an open store as one transaction. False when the streams
/// hold something else than `present` says.
pub(super) fn commit(
    runtime: &Runtime,
    store: &impl EventStore,
    present: &Present,
    events: &[EmcEvent],
    touched: &[String],
) -> Result<bool, Refused> {
    let impossible = |reason| vec![Diagnostic::new(&IMPOSSIBLE_ELEMENT, reason)];
    let mut streams = Vec::new();
    let mut wire = Vec::new();
    for event in events {
        let event = WireEvent::of(event).map_err(impossible)?;
        if !streams.contains(event.stream()) {
            streams.push(event.stream().clone());
        }
        wire.push(event);
    }
    for name in touched {
        let name = stream(name).map_err(impossible)?;
        if !streams.contains(&name) {
            streams.push(name);
        }
    }
    let basis = streams
        .iter()
        .flat_map(|stream| present.stream(stream.as_ref()))
        // It was parsed as JSON before; what is null here will not agree there.
        .map(|data| serde_json::from_str(data).unwrap_or(Value::Null))
        .collect();
    let mut streams = streams.into_iter();
    let Some(first) = streams.next() else {
        return Ok(true);
    };
    let command = Commit {
        first,
        others: streams.collect(),
        basis,
        events: wire,
    };
    match runtime.block_on(execute(store, command, RetryPolicy::new())) {
        Ok(_) => Ok(true),
        Err(CommandError::BusinessRuleViolation(reason)) if reason.is::<Moved>() => Ok(false),
        Err(CommandError::ConcurrencyError(_)) => Ok(false),
        Err(error) => Err(vec![failed(&error)].into()),
    }
}

pub(super) fn failed(error: &dyn std::error::Error) -> Diagnostic {
    Diagnostic::new(&STORE_FAILED, error.to_string())
}

/// Move a file out of the way; what stood there before is gone.
fn set_aside(path: &Path) -> Result<(), Refused> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".damaged");
    match fs::rename(path, aside) {
        // Somebody else was first.
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(Failure::new("move the file aside", path, cause)
            .diagnostic()
            .into()),
        Ok(()) => Ok(()),
    }
}

#[cfg(test)]
mod contract;
#[cfg(test)]
mod failing;
#[cfg(test)]
mod tests;
