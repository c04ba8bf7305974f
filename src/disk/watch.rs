//! Noticing that the inputs of a build have changed: its manifest and the folder
//! of its transactions, and nothing that a build writes.
//!
//! What the system tells is only a hint to look. It can be late, double, about
//! something else, or, on the file system of another machine, never come.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{ModifyKind, RemoveKind},
};

use super::{fs, scan, stamp::Stamp};
use crate::digest::Digest;

/// Where the inputs of a project are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The folder of the project.
    pub root: PathBuf,
    /// The manifest, in that folder.
    pub manifest: PathBuf,
    /// The folder of the transactions, below that folder.
    pub events: PathBuf,
}

/// The inputs of a project, as far as it takes to know that they are others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    manifest: Option<Digest>,
    events: Option<Vec<(String, Stamp)>>,
}

/// Less than a [`Glance`], and the same effort however large the store is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blink {
    manifest: Option<Stamp>,
    events: Option<Stamp>,
}

/// What differs between two glances.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The manifest is another one.
    pub manifest: bool,
    /// Transaction files that are new.
    pub arrived: usize,
    /// Transaction files that are not what they were.
    pub changed: usize,
    /// Transaction files that are no more.
    pub gone: usize,
}

impl Place {
    /// Look at the inputs. What cannot be read is as if it were not there: the
    /// build says why.
    pub fn glance(&self) -> Glance {
        Glance {
            manifest: fs::read(&self.manifest)
                .ok()
                .map(|bytes| Digest::of(&bytes)),
            events: scan::list(&self.events).ok().map(|listing| listing.files),
        }
    }

    /// Look from further away: two files, whatever the size of the store.
    pub fn blink(&self) -> Blink {
        let stamp = |path: &Path| fs::metadata(path).ok().map(|found| Stamp::of(&found));
        Blink {
            manifest: stamp(&self.manifest),
            events: stamp(&self.events),
        }
    }

    /// The folders to watch, outermost first: that of the transactions, and those
    /// above it in the project, since it may not be there yet, or be made again.
    fn folders(&self) -> Vec<&Path> {
        let below = |folder: &&Path| folder.starts_with(&self.root);
        let mut folders: Vec<&Path> = self.events.ancestors().take_while(below).collect();
        folders.reverse();
        if folders.is_empty() {
            folders.push(&self.root);
        }
        folders
    }

    /// Whether a change of this path can be one of the inputs. Names only: the
    /// system may know a folder by another path than we do.
    fn concerns(&self, path: &Path) -> bool {
        let name = path.file_name();
        name == self.manifest.file_name()
            || path.extension() == Some(OsStr::new("jsonl"))
            || self
                .folders()
                .iter()
                .any(|folder| folder.file_name() == name)
    }
}

impl Glance {
    /// The transaction file that is new since an earlier glance, where nothing else
    /// differs.
    pub fn arrival(&self, before: &Self) -> Option<&str> {
        let now = self.events.as_deref()?;
        let then = before.events.as_deref().unwrap_or_default();
        if self.manifest != before.manifest || now.len() != then.len() + 1 {
            return None;
        }
        let place = now.iter().zip(then).position(|(new, old)| new != old);
        let place = place.unwrap_or(then.len());
        let (_, rest) = then.split_at_checked(place)?;
        match now.get(place..) {
            Some([(name, _), others @ ..]) if others == rest => Some(name),
            _ => None,
        }
    }

    /// What became of the inputs since an earlier glance.
    pub fn since(&self, before: &Self) -> Change {
        let mut change = Change {
            manifest: self.manifest != before.manifest,
            ..Change::default()
        };
        let mut old = before.events.iter().flatten().peekable();
        for (name, stamp) in self.events.iter().flatten() {
            while old.next_if(|(earlier, _)| earlier < name).is_some() {
                change.gone += 1;
            }
            match old.next_if(|(earlier, _)| earlier == name) {
                Some((_, earlier)) => change.changed += usize::from(earlier != stamp),
                None => change.arrived += 1,
            }
        }
        change.gone += old.count();
        change
    }
}

/// What the system says, or that time has passed.
#[derive(Debug, PartialEq, Eq)]
pub enum Hint {
    /// Something may have changed.
    Look,
    /// It does not tell any more, and why.
    Lost(String),
    /// Nothing was said.
    Nothing,
}

/// What the system tells about some places.
pub struct Notices {
    watcher: RecommendedWatcher,
    told: Receiver<notify::Result<Event>>,
    /// The folders that are watched.
    armed: BTreeSet<PathBuf>,
}

impl Notices {
    /// Listen to the system.
    ///
    /// # Errors
    /// Why it does not tell, in words.
    pub fn listen() -> Result<Self, String> {
        let (tell, told) = channel();
        let watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more when the watch has ended.
            let _ = tell.send(event);
        });
        Ok(Self {
            watcher: watcher.map_err(|error| error.to_string())?,
            told,
            armed: BTreeSet::new(),
        })
    }

    /// Watch what is there of these places and is not watched yet.
    ///
    /// # Errors
    /// Why that cannot be done, in words.
    pub fn arm(&mut self, places: &[&Place]) -> Result<(), String> {
        for folder in places.iter().flat_map(|place| place.folders()) {
            if self.armed.contains(folder) {
                continue;
            }
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.armed.insert(folder.to_owned());
                }
                Err(error) if is_absent(&error) => {}
                Err(error) => return Err(error.to_string()),
            }
        }
        Ok(())
    }

    /// Nothing is watched for sure: whatever happened was not told.
    pub fn disarm(&mut self) {
        self.armed.clear();
    }

    /// Wait for a hint about these places.
    pub fn wait(&mut self, places: &[&Place], patience: Duration) -> Hint {
        let end = Instant::now() + patience;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.told.recv_timeout(left) {
                Ok(told) => match self.hear(places, told) {
                    Hint::Nothing => {}
                    hint => return hint,
                },
                Err(RecvTimeoutError::Timeout) => return Hint::Nothing,
                Err(RecvTimeoutError::Disconnected) => {
                    return Hint::Lost("the system stopped telling".to_owned());
                }
            }
        }
    }

    fn hear(&mut self, places: &[&Place], told: notify::Result<Event>) -> Hint {
        let event = match told {
            Ok(event) => event,
            Err(error) if is_absent(&error) => return Hint::Look,
            Err(error) => return Hint::Lost(error.to_string()),
        };
        if event.need_rescan() {
            self.disarm();
            return Hint::Look;
        }
        match event.kind {
            // A build reads too.
            EventKind::Access(_) => return Hint::Nothing,
            EventKind::Remove(RemoveKind::File) => {}
            // What takes the place of a watched folder is not watched.
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                let left =
                    |armed: &PathBuf| !event.paths.iter().any(|path| armed.starts_with(path));
                self.armed.retain(left);
            }
            _ => {}
        }
        let concerned = |path: &PathBuf| places.iter().any(|place| place.concerns(path));
        if event.paths.is_empty() || event.paths.iter().any(concerned) {
            Hint::Look
        } else {
            Hint::Nothing
        }
    }
}

/// Whether all that is wrong is that something is not there.
fn is_absent(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound | notify::ErrorKind::WatchNotFound => true,
        notify::ErrorKind::Io(cause) => matches!(
            cause.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn place(root: &Path) -> Place {
        Place {
            root: root.to_owned(),
            manifest: root.join("emc.toml"),
            events: root.join("model/events/events"),
        }
    }

    #[test]
    fn a_change_is_counted_by_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = place(folder.path());
        let nothing = place.glance();
        assert_eq!(nothing, Glance::default());
        fs::create_dir_all(&place.events).expect("folders");
        for name in ["a.jsonl", "b.jsonl", "c.jsonl", "other"] {
            fs::write(place.events.join(name), name).expect("a file");
        }
        fs::write(&place.manifest, "x").expect("a file");
        let first = place.glance();
        let change = first.since(&nothing);
        assert_eq!((change.arrived, change.manifest), (3, true));
        assert_eq!(first.since(&first), Change::default());
        fs::remove_file(place.events.join("a.jsonl")).expect("removed");
        fs::write(place.events.join("b.jsonl"), "longer than before").expect("a file");
        fs::write(place.events.join("d.jsonl"), "").expect("a file");
        fs::write(place.events.join("other"), "longer than before").expect("a file");
        let second = place.glance();
        assert_eq!(second.arrival(&first), None);
        let change = second.since(&first);
        let expected = Change {
            manifest: false,
            arrived: 1,
            changed: 1,
            gone: 1,
        };
        assert_eq!(change, expected);
        assert_eq!(Glance::default().since(&first).gone, 3);
    }

    #[test]
    fn one_file_that_is_new_is_known_by_its_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = place(folder.path());
        fs::create_dir_all(&place.events).expect("folders");
        let mut before = place.glance();
        assert_eq!(before.arrival(&Glance::default()), None);
        for name in ["m.jsonl", "z.jsonl", "a.jsonl", "n.jsonl"] {
            fs::write(place.events.join(name), name).expect("a file");
            let now = place.glance();
            assert_eq!(now.arrival(&before), Some(name));
            assert_eq!(now.arrival(&now), None);
            before = now;
        }
        // One is new, and another is not what it was.
        fs::write(place.events.join("m.jsonl"), "longer than before").expect("a file");
        fs::write(place.events.join("b.jsonl"), "").expect("a file");
        assert_eq!(place.glance().arrival(&before), None);
        // One is new, and one is gone.
        fs::remove_file(place.events.join("m.jsonl")).expect("removed");
        assert_eq!(place.glance().arrival(&before), None);
    }

    #[test]
    fn only_the_inputs_concern_a_project() {
        let place = place(Path::new("/desk"));
        for (path, concerned) in [
            ("/desk/emc.toml", true),
            ("/desk/model", true),
            ("/private/desk/model/events/events/1.jsonl", true),
            ("/desk/model/lean", false),
            ("/desk/model/lean/lakefile.toml", false),
            ("/desk/emc.toml~", false),
            ("/desk/model/events/.lock", false),
            ("/desk/model/events/events/1.jsonl.tmp", false),
        ] {
            assert_eq!(place.concerns(Path::new(path)), concerned, "{path}");
        }
        let folders = [
            "/desk",
            "/desk/model",
            "/desk/model/events",
            "/desk/model/events/events",
        ];
        assert_eq!(place.folders(), folders.map(Path::new));
    }
}
