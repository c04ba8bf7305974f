//! A command of a person that runs beside us.

use std::{
    io,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{End, group::Group, run::by_itself};

/// Where the output of a command goes. Its errors go to ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// To our standard output.
    Output,
    /// To our standard error, since a program reads the other one.
    Errors,
}

/// A command that runs, with everything that it starts. Whoever drops it has
/// ended all of that.
pub struct Running {
    group: Group,
    started: Instant,
}

/// How long a command may take to end when it is asked to.
const GRACE: Duration = Duration::from_secs(2);

/// How often it is looked whether it has.
const NAP: Duration = Duration::from_millis(5);

impl Running {
    /// Start a command line as the shell understands it, in the current folder
    /// and with nothing to read.
    ///
    /// # Errors
    /// That the shell cannot be started.
    pub fn start(line: &str, output: Output) -> io::Result<Self> {
        #[cfg(unix)]
        let mut command = {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(line);
            shell
        };
        #[cfg(windows)]
        let mut command = {
            use std::os::windows::process::CommandExt as _;
            let mut shell = Command::new("cmd");
            // As it is: the shell does not read it as programs read arguments.
            shell.arg("/C").raw_arg(line);
            shell
        };
        command.stdin(Stdio::null());
        if output == Output::Errors {
            command.stdout(io::stderr());
        }
        Ok(Self {
            group: Group::start(&mut command)?,
            started: Instant::now(),
        })
    }

    /// Whether it has ended by itself.
    ///
    /// # Errors
    /// That the system does not say.
    pub fn is_over(&mut self) -> io::Result<bool> {
        self.group.is_over()
    }

    /// How long ago it was started.
    pub fn age(&self) -> Duration {
        self.started.elapsed()
    }

    /// How it ended. What it has left behind is ended too.
    ///
    /// # Errors
    /// That the system does not say.
    pub fn end(self) -> io::Result<End> {
        self.group.end().map(by_itself)
    }

    /// Ask it to end, and end it if it does not.
    ///
    /// # Errors
    /// That the system does not say how it ended.
    pub fn stop(mut self) -> io::Result<End> {
        self.group.ask();
        let end = Instant::now() + GRACE;
        while Instant::now() < end && !self.group.is_over()? {
            thread::sleep(NAP);
        }
        self.end()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use super::*;

    fn over(running: &mut Running) {
        while !running.is_over().expect("it can be asked") {
            thread::sleep(NAP);
        }
    }

    #[test]
    fn a_command_says_how_it_ended() {
        let mut running = Running::start("exit 7", Output::Errors).expect("a shell");
        over(&mut running);
        assert_eq!(running.end().expect("an end"), End::Code(7));
    }

    #[test]
    fn a_command_is_asked_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let (up, down) = (folder.path().join("up"), folder.path().join("down"));
        let line = format!(
            "trap 'touch {}; exit 3' TERM; touch {}; while :; do sleep 0.01; done",
            down.display(),
            up.display()
        );
        let running = Running::start(&line, Output::Errors).expect("a shell");
        while !up.exists() {
            thread::sleep(NAP);
        }
        assert!(!down.exists());
        assert_eq!(running.stop().expect("an end"), End::Code(3));
        assert!(down.exists());
    }

    #[test]
    fn a_command_that_does_not_listen_is_ended_with_all_it_started() {
        let folder = tempfile::tempdir().expect("a folder");
        let alive = folder.path().join("alive");
        let line = format!(
            "trap '' TERM; (while :; do touch {0}; sleep 0.01; done) & wait; sleep 60",
            alive.display()
        );
        let running = Running::start(&line, Output::Errors).expect("a shell");
        while !alive.exists() {
            thread::sleep(NAP);
        }
        let started = Instant::now();
        assert_eq!(running.stop().expect("an end"), End::Signal(9));
        assert!(started.elapsed() >= GRACE);
        fs::remove_file(&alive).expect("removed");
        thread::sleep(Duration::from_millis(200));
        assert!(!alive.exists(), "something of it still runs");
    }
}
