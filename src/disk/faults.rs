//! For tests only, with the feature `faults`: the steps of the file system below
//! one folder are counted and written down, and one of them can be made to fail.
//!
//! A step is known by its call, its path and how often that came before, not by
//! its number: families are written side by side, so the numbers differ from one
//! run to the next, and the steps do not.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::fs::Call;

/// A step that was made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The path, relative to the folder that is watched.
    pub path: PathBuf,
    /// What was done.
    pub action: Action,
    /// How often it was done to this path before.
    pub before: usize,
}

/// A [`Call`] that outlives its arguments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs)]
pub enum Action {
    Read,
    List,
    Look,
    Create,
    Write(Vec<u8>),
    LookBack,
    Rename(PathBuf),
    Remove,
    RemoveFolder,
    RemoveAll,
    MakeFolder,
    MakeFolders,
    Lock,
    Mark(u64),
}

impl Action {
    /// Whether it changes anything on the disk.
    pub fn writes(&self) -> bool {
        !matches!(
            self,
            Self::Read | Self::List | Self::Look | Self::LookBack | Self::Lock
        )
    }

    /// The action without the bytes and lengths that it writes.
    fn kind(&self) -> Self {
        match self {
            Self::Write(_) => Self::Write(Vec::new()),
            Self::Mark(_) => Self::Mark(0),
            other => other.clone(),
        }
    }
}

struct Watch {
    root: PathBuf,
    /// The step to fail, and how.
    fault: Option<(Step, io::ErrorKind)>,
    hit: bool,
    steps: Vec<Step>,
    seen: BTreeMap<(PathBuf, Action), usize>,
}

/// What was seen while the watch lasted.
#[derive(Debug)]
pub struct Seen {
    /// The steps below the folder, in the order in which they were made.
    pub steps: Vec<Step>,
    /// Whether the step that was to fail was made.
    pub hit: bool,
}

static WATCH: Mutex<Option<Watch>> = Mutex::new(None);

fn watch() -> MutexGuard<'static, Option<Watch>> {
    WATCH.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Do some work; the steps below `root` are written down, and the `fault` among
/// them fails. One piece of work is watched at a time: who calls takes turns.
pub fn during<T>(
    root: &Path,
    fault: Option<(Step, io::ErrorKind)>,
    work: impl FnOnce() -> T,
) -> (T, Seen) {
    *watch() = Some(Watch {
        root: root.to_path_buf(),
        fault,
        hit: false,
        steps: Vec::new(),
        seen: BTreeMap::new(),
    });
    let done = work();
    let seen = watch().take().map_or_else(
        || Seen {
            steps: Vec::new(),
            hit: false,
        },
        |watch| Seen {
            steps: watch.steps,
            hit: watch.hit,
        },
    );
    (done, seen)
}

/// A step is about to be made.
pub(super) fn step(call: Call<'_>, path: &Path) -> io::Result<()> {
    let mut watch = watch();
    let Some(watch) = watch.as_mut() else {
        return Ok(());
    };
    let Ok(below) = path.strip_prefix(&watch.root) else {
        return Ok(());
    };
    let relative = |path: &Path| path.strip_prefix(&watch.root).unwrap_or(path).to_path_buf();
    let action = match call {
        Call::Read => Action::Read,
        Call::List => Action::List,
        Call::Look => Action::Look,
        Call::Create => Action::Create,
        Call::Write(bytes) => Action::Write(bytes.to_vec()),
        Call::LookBack => Action::LookBack,
        Call::Rename(to) => Action::Rename(relative(to)),
        Call::Remove => Action::Remove,
        Call::RemoveFolder => Action::RemoveFolder,
        Call::RemoveAll => Action::RemoveAll,
        Call::MakeFolder => Action::MakeFolder,
        Call::MakeFolders => Action::MakeFolders,
        Call::Lock => Action::Lock,
        Call::Mark(length) => Action::Mark(length),
    };
    let key = (below.to_path_buf(), action.kind());
    let times = watch.seen.entry(key.clone()).or_default();
    let before = *times;
    *times += 1;
    if let Some((fault, kind)) = &watch.fault
        && fault.before == before
        && fault.path == key.0
        && fault.action.kind() == key.1
    {
        watch.hit = true;
        return Err((*kind).into());
    }
    watch.steps.push(Step {
        path: key.0,
        action,
        before,
    });
    Ok(())
}
