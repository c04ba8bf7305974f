//! Waiting until the inputs of projects have changed and hold still.

use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use crate::{
    disk::{
        fs::{Contents, Folder},
        git, scan,
        watch::{Blink, Change, Glance, Hint, Notices, Place},
    },
    rel_path::RelPath,
    tools::Interrupt,
    transaction,
};

/// How to watch.
#[derive(Clone, Debug)]
pub struct Options {
    /// Ask the files themselves, this often, and not the system.
    pub poll: Option<Duration>,
    /// How long the inputs must hold still before they are built.
    pub quiet: Duration,
    /// They are built after this time, although they do not.
    pub limit: Duration,
    /// Do not take the inputs as they are at the start for a change.
    pub postpone: bool,
    /// Ends the watch.
    pub interrupt: Interrupt,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            poll: None,
            quiet: Duration::from_millis(50),
            limit: Duration::from_secs(10),
            postpone: false,
            interrupt: Interrupt::default(),
        }
    }
}

/// How often files are asked where the system does not tell.
pub const POLL: Duration = Duration::from_secs(1);

/// How long one new transaction must hold still that is whole and came after some
/// [`CALM`]: an edit, unless others follow it. What is copied or checked out comes faster
/// than this, one by one.
const EDIT: Duration = Duration::from_millis(10);

/// How long nothing has changed before what changes is taken for an edit. So a stream of
/// transactions, however slow, is one build more for it at most.
const CALM: Duration = Duration::from_millis(200);

/// How often the little that is always there to see is looked at although the
/// system tells: it does not tell everything, on every file system.
const NET: Duration = Duration::from_secs(1);

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing, in the time that was given.
    Nothing,
    /// From here on the files themselves are asked, and why.
    Polling(String),
    /// The inputs of these projects changed.
    Changed {
        /// By index, in their order; at least one.
        projects: Vec<(usize, Change)>,
        /// Whether they hold still. If not, they will come again.
        settled: bool,
    },
    /// The watch is over.
    Interrupted,
}

/// Projects that are watched.
pub struct Watch {
    options: Options,
    projects: Vec<Watched>,
    notices: Option<Notices>,
    /// Why the system does not tell; not told yet.
    lost: Option<String>,
    /// When to look without being told.
    look: Instant,
    /// When the inputs last were a change.
    changed: Option<Instant>,
}

struct Watched {
    place: Place,
    /// The inputs as they were when they last were a change.
    seen: Option<Glance>,
    blink: Option<Blink>,
    /// They did not hold still then.
    again: bool,
    /// There while git changes the work tree.
    index_lock: Option<PathBuf>,
}

impl Watch {
    /// Watch these projects.
    pub fn start(places: Vec<Place>, options: Options) -> Self {
        let projects = places.into_iter().map(|place| Watched {
            index_lock: git::index_lock(&place.root),
            seen: options.postpone.then(|| place.glance()),
            blink: options.postpone.then(|| place.blink()),
            again: false,
            place,
        });
        let mut watch = Self {
            projects: projects.collect(),
            notices: None,
            lost: None,
            look: Instant::now(),
            changed: None,
            options,
        };
        if watch.options.poll.is_none() {
            match Notices::listen() {
                Ok(notices) => watch.notices = Some(notices),
                Err(reason) => watch.lose(reason),
            }
            watch.arm();
        }
        watch
    }

    /// How often the files themselves are asked; `None` while the system tells.
    pub fn polls(&self) -> Option<Duration> {
        match &self.notices {
            Some(_) => None,
            None => Some(self.options.poll.unwrap_or(POLL)),
        }
    }

    /// The transactions of a project lie in this folder, as its manifest says
    /// now. It shall be called before they are read.
    pub fn follow(&mut self, project: usize, events: PathBuf) {
        let Some(watched) = self.projects.get_mut(project) else {
            return;
        };
        if watched.place.events != events {
            watched.place.events = events;
            self.arm();
            if let Some(watched) = self.projects.get_mut(project) {
                watched.blink = Some(watched.place.blink());
                watched.seen = Some(watched.place.glance());
            }
        }
    }

    /// Wait for what comes next, but no longer than `patience`.
    pub fn next(&mut self, patience: Duration) -> Next {
        let end = Instant::now() + patience;
        loop {
            if self.options.interrupt.is_raised() {
                return Next::Interrupted;
            }
            if let Some(reason) = self.lost.take() {
                return Next::Polling(reason);
            }
            let now = Instant::now();
            let changed = if now >= self.look {
                self.look = now + self.polls().unwrap_or(NET);
                self.looks_changed()
            } else {
                let left = end.min(self.look).saturating_duration_since(now);
                self.wait(left)
            };
            if changed && let Some(next) = self.settle() {
                return next;
            }
            if Instant::now() >= end {
                return Next::Nothing;
            }
        }
    }

    /// Whether the inputs look different from what they were.
    fn looks_changed(&mut self) -> bool {
        let polls = self.notices.is_none();
        let changed = self.projects.iter().any(|watched| {
            watched.again
                || watched.blink != Some(watched.place.blink())
                || polls && watched.seen.as_ref() != Some(&watched.place.glance())
        });
        if changed && let Some(notices) = &mut self.notices {
            // It was not told, so what told it may be gone.
            notices.disarm();
        }
        changed
    }

    /// Wait, and say whether the system has told something.
    fn wait(&mut self, patience: Duration) -> bool {
        let Some(notices) = &mut self.notices else {
            thread::sleep(patience);
            return false;
        };
        let places: Vec<&Place> = self.projects.iter().map(|one| &one.place).collect();
        match notices.wait(&places, patience) {
            Hint::Look => true,
            Hint::Nothing => false,
            Hint::Lost(reason) => {
                self.lose(reason);
                true
            }
        }
    }

    fn lose(&mut self, reason: String) {
        self.notices = None;
        self.lost = Some(reason);
    }

    fn arm(&mut self) {
        let Some(notices) = &mut self.notices else {
            return;
        };
        let places: Vec<&Place> = self.projects.iter().map(|one| &one.place).collect();
        if let Err(reason) = notices.arm(&places) {
            self.lose(reason);
        }
    }

    /// Wait until the inputs hold still. `None` where they are what they were.
    fn settle(&mut self) -> Option<Next> {
        let limit = Instant::now() + self.options.limit;
        // An edit after which nothing more is told need not be looked at twice.
        let silent = self.is_calm() && self.falls_silent();
        let mut before = self.glances();
        let settled = loop {
            if silent && self.is_one_edit(&before) && self.is_silent_since(&before) {
                break true;
            }
            if self.options.interrupt.is_raised() {
                return Some(Next::Interrupted);
            }
            // What was told up to here is in the next glance.
            let quiet = if self.is_one_edit(&before) {
                self.options.quiet.min(EDIT)
            } else {
                self.options.quiet
            };
            let quiet_until = Instant::now() + quiet;
            while Instant::now() < quiet_until {
                self.wait(quiet_until.saturating_duration_since(Instant::now()));
            }
            let after = self.glances();
            let still = before == after;
            before = after;
            let over = Instant::now() >= limit;
            if still && (over || !self.git_is_at_work()) {
                break true;
            }
            if over {
                break false;
            }
        };
        let mut changed = Vec::new();
        for (index, (watched, (blink, glance))) in self.projects.iter_mut().zip(before).enumerate()
        {
            let again = std::mem::replace(&mut watched.again, !settled);
            watched.blink = Some(blink);
            if watched.seen.as_ref() != Some(&glance) || again {
                let earlier = watched.seen.take().unwrap_or_default();
                changed.push((index, glance.since(&earlier)));
                watched.seen = Some(glance);
            }
        }
        if changed.is_empty() {
            return None;
        }
        self.changed = Some(Instant::now());
        Some(Next::Changed {
            projects: changed,
            settled,
        })
    }

    fn glances(&mut self) -> Vec<(Blink, Glance)> {
        // What is watched from here on is looked at after it.
        self.arm();
        let projects = self.projects.iter();
        projects
            .map(|watched| (watched.place.blink(), watched.place.glance()))
            .collect()
    }

    /// Whether nothing differs but for one new transaction, which is whole: its header
    /// names the hash of its events.
    fn is_one_edit(&self, now: &[(Blink, Glance)]) -> bool {
        if !self.is_calm() {
            return false;
        }
        let mut changed = self
            .projects
            .iter()
            .zip(now)
            .filter(|(watched, (_, glance))| watched.seen.as_ref() != Some(glance));
        let (Some((watched, (_, glance))), None) = (changed.next(), changed.next()) else {
            return false;
        };
        let before = watched.seen.as_ref();
        before
            .and_then(|before| glance.arrival(before))
            .is_some_and(|name| is_whole(&watched.place.events, name))
    }

    /// Whether the last change is some time ago.
    fn is_calm(&self) -> bool {
        self.changed.is_none_or(|last| last.elapsed() >= CALM)
    }

    /// Wait until nothing is told for as long as an edit must hold still. False where
    /// that takes longer than it may, and where the system does not tell.
    fn falls_silent(&mut self) -> bool {
        let end = Instant::now() + self.options.quiet;
        let silence = self.options.quiet.min(EDIT);
        while self.notices.is_some() {
            if !self.wait(silence) {
                return true;
            }
            if Instant::now() >= end {
                return false;
            }
        }
        false
    }

    /// Whether nothing has been told since a glance began, nor can be seen from further
    /// away.
    fn is_silent_since(&mut self, before: &[(Blink, Glance)]) -> bool {
        if self.notices.is_none() || self.wait(Duration::ZERO) || self.git_is_at_work() {
            return false;
        }
        let mut both = self.projects.iter().zip(before);
        both.all(|(watched, (blink, _))| watched.place.blink() == *blink)
    }

    fn git_is_at_work(&self) -> bool {
        let mut locks = self
            .projects
            .iter()
            .filter_map(|one| one.index_lock.as_ref());
        locks.any(|lock| lock.exists())
    }
}

/// Whether nothing is missing of this transaction file, and nothing is to be said
/// about it.
fn is_whole(events: &Path, name: &str) -> bool {
    let contents = Folder::open(events).and_then(|folder| folder.read(name, scan::LONGEST));
    let (Ok(file), Ok(Contents { bytes, .. })) = (RelPath::new(name), contents) else {
        return false;
    };
    let parsed = transaction::parse(&file, &bytes);
    parsed.transaction.is_ok() && parsed.findings.is_empty()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn where_the_system_stops_telling_the_files_are_asked() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place {
            root: folder.path().to_owned(),
            manifest: folder.path().join("emc.toml"),
            events: folder.path().join("model/events/events"),
        };
        fs::create_dir_all(&place.events).expect("folders");
        let file = place.events.join("a.jsonl");
        let options = Options {
            postpone: true,
            ..Options::default()
        };
        let mut watch = Watch::start(vec![place], options);
        assert_eq!(watch.polls(), None);
        watch.lose("no more watches".to_owned());
        let patience = Duration::from_secs(30);
        assert_eq!(
            watch.next(patience),
            Next::Polling("no more watches".to_owned())
        );
        assert_eq!(watch.polls(), Some(POLL));
        let nothing = Duration::from_millis(10);
        assert_eq!(watch.next(nothing), Next::Nothing);
        fs::write(file, "x").expect("a file");
        let changed = Next::Changed {
            projects: vec![(
                0,
                Change {
                    arrived: 1,
                    ..Change::default()
                },
            )],
            settled: true,
        };
        assert_eq!(watch.next(patience), changed);
        watch.options.interrupt.raise();
        assert_eq!(watch.next(patience), Next::Interrupted);
    }
}
