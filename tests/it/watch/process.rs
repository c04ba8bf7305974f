//! A watch in a process of its own, and what it tells.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

/// Longer than any machine needs.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Longer than a watch needs to look at everything that it looks at.
pub const CALM: Duration = Duration::from_millis(1500);

/// A watch in a process of its own. Who drops it has ended it.
pub struct Watching {
    pub child: Child,
    lines: Receiver<Value>,
}

impl Watching {
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = emc(folder)
            .args(["watch", "--message-format", "json"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let output = child.stdout.take().expect("piped");
        let (tell, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let line = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, lines }
    }

    /// The next line for this reason.
    pub fn line(&self, reason: &str) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) if line["reason"] == reason => return line,
                Ok(_) => {}
                Err(error) => panic!("no `{reason}`: {error}"),
            }
        }
    }

    /// Wait for the next build; how it ended.
    pub fn round(&self) -> u64 {
        self.line("watch-round")["exit"].as_u64().expect("an exit")
    }

    /// Everything that is told until nothing was for some time.
    pub fn calm(&self, calm: Duration) -> Vec<Value> {
        let mut told = Vec::new();
        loop {
            match self.lines.recv_timeout(calm) {
                Ok(line) => told.push(line),
                Err(RecvTimeoutError::Timeout) => return told,
                Err(RecvTimeoutError::Disconnected) => panic!("the watch ended: {told:?}"),
            }
        }
    }

    pub fn interrupt(&self) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &pid]).status();
        assert!(sent.expect("kill runs").success());
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn emc(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-emc"));
    command
        .arg("emc")
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("EMC_CONFIG")
        .env_remove("EMC_MESSAGE_FORMAT");
    command
}

pub fn succeeds(folder: &Path, arguments: &[&str]) {
    let output = emc(folder).args(arguments).output().expect("it starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
}
