//! Running whole processes and taking the median.

use std::{
    fs,
    io::{self, BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant, SystemTime},
};

use eventcore_fs::FileEventStore;

/// What several runs of one thing took.
pub struct Measured {
    pub median: Duration,
    /// Of the largest run; none where the system does not tell.
    pub peak_megabytes: Option<u64>,
    /// The bytes of the files that one run wrote, where that was looked at.
    pub written: Option<u64>,
}

impl Measured {
    fn of(runs: Vec<Duration>, peak_megabytes: Option<u64>) -> Self {
        Self {
            median: median(runs),
            peak_megabytes,
            written: None,
        }
    }

    /// Run it once more, and add up the files that it wrote.
    pub fn writing(
        self,
        root: &Path,
        mut prepare: impl FnMut() -> io::Result<()>,
        command: impl Fn() -> Command,
    ) -> io::Result<Self> {
        prepare()?;
        // Times of files go by the tick of the system, which is coarser.
        thread::sleep(Duration::from_millis(20));
        let start = SystemTime::now();
        thread::sleep(Duration::from_millis(20));
        time(command())?;
        Ok(Self {
            written: Some(written_since(root, start)?),
            ..self
        })
    }
}

fn written_since(folder: &Path, start: SystemTime) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // What git writes is its own, and may be gone again.
        if entry.file_name() == ".git" {
            continue;
        }
        let looked = entry.metadata()?;
        if looked.is_dir() {
            bytes += written_since(&entry.path(), start)?;
        } else if looked.modified()? >= start {
            bytes += looked.len();
        }
    }
    Ok(bytes)
}

/// `cargo-emc` in a project.
pub fn ours(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-emc"));
    command
        .current_dir(root)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .args(arguments);
    command
}

/// `git` in a project, which must succeed.
pub fn git(root: &Path, arguments: &[&str]) -> io::Result<()> {
    let status = Command::new("git")
        .current_dir(root)
        .args(arguments)
        .stdout(Stdio::null())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("git {arguments:?} failed")))
    }
}

/// Prepare and run, several times, and once more to see the memory.
pub fn repeat(
    times: usize,
    mut prepare: impl FnMut() -> io::Result<()>,
    command: impl Fn() -> Command,
) -> io::Result<Measured> {
    let mut runs = Vec::with_capacity(times);
    for _ in 0..times {
        prepare()?;
        runs.push(time(command())?);
    }
    prepare()?;
    Ok(Measured::of(runs, peak(command())?))
}

/// Run two commands in turn, so that noise falls on both.
pub fn alternate(
    times: usize,
    first: impl Fn() -> Command,
    second: impl Fn() -> Command,
) -> io::Result<(Measured, Measured)> {
    let mut runs = (Vec::with_capacity(times), Vec::with_capacity(times));
    for _ in 0..times {
        runs.0.push(time(first())?);
        runs.1.push(time(second())?);
    }
    Ok((
        Measured::of(runs.0, peak(first())?),
        Measured::of(runs.1, peak(second())?),
    ))
}

/// From the moment that an edit is written to the moment that a watch says that
/// its artifacts are, with the time that it waits for more to come.
pub fn watched(
    root: &Path,
    times: usize,
    mut edit: impl FnMut() -> io::Result<()>,
) -> io::Result<Measured> {
    let mut child = ours(root, &["watch", "--message-format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let output = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let mut lines = BufReader::new(output).lines();
    let mut built = || -> io::Result<()> {
        for line in &mut lines {
            if line?.contains("\"reason\":\"watch-round\"") {
                return Ok(());
            }
        }
        Err(io::Error::other("the watch ended"))
    };
    built()?;
    let mut runs = Vec::with_capacity(times);
    for _ in 0..times {
        thread::sleep(Duration::from_millis(300));
        edit()?;
        let start = Instant::now();
        built()?;
        runs.push(start.elapsed());
    }
    let peak_megabytes = high_water(child.id());
    child.kill()?;
    child.wait()?;
    Ok(Measured::of(runs, peak_megabytes))
}

pub fn median(mut runs: Vec<Duration>) -> Duration {
    runs.sort_unstable();
    runs.get(runs.len() / 2).copied().unwrap_or_default()
}

/// Run a command that may have findings but must not fail otherwise.
pub fn time(mut command: Command) -> io::Result<Duration> {
    let start = Instant::now();
    let output = command.output()?;
    let took = start.elapsed();
    if output.status.code().is_none_or(|code| code > 1) {
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(io::Error::other(format!(
            "{command:?}: {}: {complaint}",
            output.status
        )));
    }
    Ok(took)
}

/// The largest resident set that was seen while a command ran, which may end
/// before it is looked at: then it runs again.
fn peak(mut command: Command) -> io::Result<Option<u64>> {
    for _ in 0..20 {
        if let Some(peak) = seen_peak(&mut command)? {
            return Ok(Some(peak));
        }
    }
    Ok(None)
}

fn seen_peak(command: &mut Command) -> io::Result<Option<u64>> {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut peak = None;
    while child.try_wait()?.is_none() {
        peak = peak.max(high_water(child.id()));
        thread::sleep(Duration::from_micros(200));
    }
    Ok(peak)
}

fn high_water(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim()
        .trim_end_matches(" kB")
        .trim()
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes / 1024)
}

/// What the library needs to open a store, which every edit waits for. It goes
/// down the history by recursion: a stack of 8 MiB is too small for 100,000.
pub fn open_store(root: &Path) -> io::Result<Measured> {
    let store = root.join("model/events");
    let open = move || -> io::Result<Measured> {
        let mut runs = Vec::new();
        for _ in 0..5 {
            let start = Instant::now();
            let open = FileEventStore::open(&store).map_err(io::Error::other)?;
            runs.push(start.elapsed());
            drop(open);
        }
        Ok(Measured::of(runs, None))
    };
    let thread = thread::Builder::new().stack_size(1 << 30).spawn(open)?;
    thread.join().map_err(|_| io::Error::other("it panicked"))?
}

/// The floor of a no-op that looks at every file.
pub fn stat_all(root: &Path) -> io::Result<Measured> {
    floor(root, |path| fs::metadata(path).map(drop))
}

/// The floor of a build that reads every file.
pub fn read_all(root: &Path) -> io::Result<Measured> {
    floor(root, |path| fs::read(path).map(drop))
}

fn floor(root: &Path, touch: impl Fn(&Path) -> io::Result<()>) -> io::Result<Measured> {
    let mut runs = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        for entry in fs::read_dir(root.join("model/events/events"))? {
            touch(&entry?.path())?;
        }
        runs.push(start.elapsed());
    }
    Ok(Measured::of(runs, None))
}

/// The floor of a build that writes these folders anew: their files, each to a new
/// folder below `aside`, one after the other. `settle` comes before each run.
pub fn write_all(
    folders: impl IntoIterator<Item = PathBuf>,
    aside: &Path,
    mut settle: impl FnMut(),
) -> io::Result<Measured> {
    let mut files = Files::default();
    for (number, folder) in folders.into_iter().enumerate() {
        files.gather(&folder, Path::new(&number.to_string()))?;
    }
    let mut runs = Vec::new();
    for run in 0..3 {
        let target = aside.join(format!("written-{run}"));
        settle();
        let start = Instant::now();
        fs::create_dir(&target)?;
        for folder in &files.folders {
            fs::create_dir(target.join(folder))?;
        }
        for (path, bytes) in &files.files {
            fs::write(target.join(path), bytes)?;
        }
        runs.push(start.elapsed());
    }
    Ok(Measured {
        written: Some(
            files
                .files
                .iter()
                .map(|(_, bytes)| bytes.len() as u64)
                .sum(),
        ),
        ..Measured::of(runs, None)
    })
}

/// What folders hold: each folder before what is in it.
#[derive(Default)]
struct Files {
    folders: Vec<PathBuf>,
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Files {
    fn gather(&mut self, folder: &Path, name: &Path) -> io::Result<()> {
        self.folders.push(name.to_owned());
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = name.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                self.gather(&entry.path(), &name)?;
            } else {
                self.files.push((name, fs::read(entry.path())?));
            }
        }
        Ok(())
    }
}
