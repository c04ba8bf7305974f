//! One run of a program.

use std::{
    ffi::OsString,
    io::{self, Read},
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, channel},
    },
    thread,
    time::{Duration, Instant},
};

use super::{Kept, group::Group};

/// What to run.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The program.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// The folder that it runs in.
    pub folder: PathBuf,
    /// Variables on top of those of this process.
    pub variables: Vec<(&'static str, OsString)>,
}

/// Tells running programs that they shall end. Copies are one and the same.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// End what runs, and start nothing more.
    pub fn raise(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether it was raised.
    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this exit code.
    Code(i32),
    /// By a signal that somebody sent it.
    Signal(i32),
    /// It was ended when its time was over.
    Deadline,
    /// It was ended because it was interrupted.
    Interrupted,
}

/// A program that has run.
#[derive(Clone, Debug)]
pub struct Ran {
    /// How it ended.
    pub end: End,
    /// What it wrote to its standard output.
    pub output: Kept,
    /// What it wrote to its standard error.
    pub errors: Kept,
    /// How long it took.
    pub took: Duration,
}

/// How often it is looked whether a program has ended: soon at first, then less.
const NAPS: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(20));

/// How long output is waited for that somebody outside of the group holds open.
const GRACE: Duration = Duration::from_millis(500);

/// Run a program until it ends, but no longer than `limit`. Whatever it has
/// started in its process group is ended with it.
///
/// # Errors
/// That it cannot be started, or waited for.
pub fn run(program: &Program, limit: Duration, interrupt: &Interrupt) -> io::Result<Ran> {
    let started = Instant::now();
    let mut group = Group::start(
        Command::new(&program.path)
            .args(&program.arguments)
            .current_dir(&program.folder)
            // A secret of the server that runs us.
            .env_remove("EMC_MCP_TOKEN")
            .envs(program.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped()),
    )?;
    let output = group.child().stdout.take().map(Reader::start).transpose()?;
    let errors = group.child().stderr.take().map(Reader::start).transpose()?;
    let mut nap = NAPS.0;
    let forced = loop {
        if group.is_over()? {
            break None;
        }
        if interrupt.is_raised() {
            break Some(End::Interrupted);
        }
        let left = limit.saturating_sub(started.elapsed());
        if left.is_zero() {
            break Some(End::Deadline);
        }
        thread::sleep(nap.min(left));
        nap = (nap * 2).min(NAPS.1);
    };
    let status = group.end()?;
    let patience = Instant::now() + GRACE;
    Ok(Ran {
        end: forced.unwrap_or_else(|| by_itself(status)),
        output: output
            .map(|reader| reader.end(patience))
            .unwrap_or_default(),
        errors: errors
            .map(|reader| reader.end(patience))
            .unwrap_or_default(),
        took: started.elapsed(),
    })
}

#[cfg(unix)]
pub(super) fn by_itself(status: ExitStatus) -> End {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) => End::Code(code),
        (None, signal) => End::Signal(signal.unwrap_or_default()),
    }
}

#[cfg(not(unix))]
pub(super) fn by_itself(status: ExitStatus) -> End {
    End::Code(status.code().unwrap_or(-1))
}

/// Reads one stream on a thread of its own.
struct Reader {
    done: Receiver<()>,
    kept: Arc<Mutex<Kept>>,
}

impl Reader {
    fn start(mut from: impl Read + Send + 'static) -> io::Result<Self> {
        let (tell, done) = channel();
        let kept = Arc::new(Mutex::new(Kept::default()));
        let shared = Arc::clone(&kept);
        thread::Builder::new().spawn(move || {
            Kept::read(&mut from, |bytes| {
                shared
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .add(bytes);
            });
            // Who waits no longer needs no answer.
            let _ = tell.send(());
        })?;
        Ok(Self { done, kept })
    }

    /// What was read when the stream ends, at the latest at `patience`: a process
    /// that left the group may hold it open for ever.
    fn end(self, patience: Instant) -> Kept {
        let left = patience.saturating_duration_since(Instant::now());
        let _ = self.done.recv_timeout(left);
        std::mem::take(&mut *self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
