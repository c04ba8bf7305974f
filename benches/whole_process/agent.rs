//! The command line and the server for agents, side by side: the same work, as a
//! whole process and as a call over stdio.

use std::{
    fs,
    io::{self, BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    described,
    measure::{median, ours, time},
    said,
    synthetic::{Size, Synthetic},
};

/// Runs of each: enough that the median stands still.
const RUNS: usize = 21;

/// Print what `check` and `apply` take, both ways.
pub fn measure(size: Size) -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    Synthetic::write(root, size, false)?;
    time(ours(root, &["build"]))?;
    let mut served = Served::start(root)?;
    let (mut alone, mut asked) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        alone.push(time(ours(root, &["check", "--diff=none"]))?);
        asked.push(served.call("check", &json!({}))?);
    }
    row(size, "check", alone, asked);
    let (mut alone, mut asked) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        fs::write(root.join("target/slice.json"), said(&described(2 * run)))?;
        alone.push(time(ours(root, &["apply", "target/slice.json"]))?);
        let document = said(&described(2 * run + 1));
        asked.push(served.call("apply", &json!({ "document": document }))?);
    }
    row(size, "apply", alone, asked);
    Ok(())
}

fn row(size: Size, what: &str, alone: Vec<Duration>, asked: Vec<Duration>) {
    let (alone, asked) = (median(alone).as_secs_f64(), median(asked).as_secs_f64());
    println!(
        "| {} | {what} | {alone:.4} | {asked:.4} | {:+.1} ms |",
        size.workflows * size.slices,
        (asked - alone) * 1e3
    );
}

struct Served {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Served {
    fn start(root: &Path) -> io::Result<Self> {
        let mut child = ours(root, &["mcp", "stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let gone = || io::Error::other("no stream");
        let mut served = Self {
            input: child.stdin.take().ok_or_else(gone)?,
            output: BufReader::new(child.stdout.take().ok_or_else(gone)?),
            child,
        };
        served.ask(
            "initialize",
            &json!({
                "protocolVersion": "2025-06-18", "capabilities": {},
                "clientInfo": { "name": "bench", "version": "1" },
            }),
        )?;
        Ok(served)
    }

    fn ask(&mut self, method: &str, params: &Value) -> io::Result<Value> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        writeln!(self.input, "{request}")?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        serde_json::from_str(&line).map_err(io::Error::other)
    }

    /// How long a call takes, which must not be refused.
    fn call(&mut self, tool: &str, arguments: &Value) -> io::Result<Duration> {
        let start = Instant::now();
        let answer = self.ask(
            "tools/call",
            &json!({ "name": tool, "arguments": arguments }),
        )?;
        let took = start.elapsed();
        if answer["result"]["isError"] == false {
            Ok(took)
        } else {
            Err(io::Error::other(answer.to_string()))
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
