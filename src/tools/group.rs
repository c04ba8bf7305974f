//! A child process with a process group of its own: what it starts belongs to
//! the group and is ended with it.

use std::{
    io,
    process::{Child, Command, ExitStatus},
};

/// A child and the group that it leads. Whoever drops it has ended the group.
pub(super) struct Group {
    child: Child,
    ended: bool,
}

impl Group {
    /// Start a program as the leader of a new group.
    pub(super) fn start(command: &mut Command) -> io::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        Ok(Self {
            child: command.spawn()?,
            ended: false,
        })
    }

    /// The child.
    pub(super) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Whether the leader has ended. It is not collected yet, so that nobody
    /// else gets its number, which is that of the group.
    #[cfg(unix)]
    pub(super) fn is_over(&mut self) -> io::Result<bool> {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
        match waitid(WaitId::Pid(self.pid()?), options) {
            Ok(status) => Ok(status.is_some()),
            Err(rustix::io::Errno::INTR) => Ok(false),
            Err(problem) => Err(problem.into()),
        }
    }

    /// Whether the child has ended.
    #[cfg(not(unix))]
    pub(super) fn is_over(&mut self) -> io::Result<bool> {
        self.child.try_wait().map(|status| status.is_some())
    }

    /// End all that is left of the group, and collect its leader.
    pub(super) fn end(mut self) -> io::Result<ExitStatus> {
        self.kill();
        self.ended = true;
        self.child.wait()
    }

    /// Ask the group to end.
    #[cfg(unix)]
    pub(super) fn ask(&mut self) {
        use rustix::process::{Signal, kill_process_group};
        if let Ok(pid) = self.pid() {
            // A group that is gone already needs nothing.
            let _ = kill_process_group(pid, Signal::TERM);
        }
    }

    /// Nobody can be asked here.
    #[cfg(not(unix))]
    pub(super) fn ask(&mut self) {
        self.kill();
    }

    #[cfg(unix)]
    fn kill(&mut self) {
        use rustix::process::{Signal, kill_process_group};
        if let Ok(pid) = self.pid() {
            // A group that is gone already needs nothing.
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }

    #[cfg(not(unix))]
    fn kill(&mut self) {
        // A child that is gone already needs nothing.
        let _ = self.child.kill();
    }

    #[cfg(unix)]
    fn pid(&self) -> io::Result<rustix::process::Pid> {
        let number = i32::try_from(self.child.id()).ok();
        number
            .and_then(rustix::process::Pid::from_raw)
            .ok_or_else(|| io::Error::other("a process without a number"))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if !self.ended {
            self.kill();
            // Nobody is there to be told.
            let _ = self.child.wait();
        }
    }
}
