//! The server for agents: what it offers, what it does with requests that are
//! wrong, how it ends, and how a client that is not ours gets on with it.

mod answers;
mod spoiled;

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use snapbox::{Data, assert_data_eq};

#[cfg(unix)]
use crate::verify::fake::Fakes;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A server over stdio, with every line that it prints.
struct Served {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
    next: u64,
}

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

impl Served {
    fn start(project: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
            .args(["mcp", "stdio", "--root"])
            .arg(project)
            // A person's preference must not get into the protocol.
            .env("EMC_MESSAGE_FORMAT", "json")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let output = BufReader::new(child.stdout.take().expect("an output"));
        let (tell, lines) = channel();
        thread::spawn(move || {
            for line in output.lines() {
                let Ok(line) = line else { break };
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            lines,
            next: 0,
        }
    }

    /// With the handshake behind it.
    fn greeted(project: &Path) -> Self {
        let mut served = Self::start(project);
        let hello = json!({
            "protocolVersion": "2025-06-18", "capabilities": {},
            "clientInfo": { "name": "test", "version": "1" },
        });
        served.ask("initialize", &hello);
        served
            .line(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string());
        served
    }

    fn line(&mut self, line: &str) {
        let input = self.input.as_mut().expect("it is open");
        writeln!(input, "{line}").expect("it reads");
    }

    /// Every line that was printed is a message of the protocol.
    fn read(&self) -> Value {
        let line = self.lines.recv_timeout(PATIENCE).expect("an answer");
        let message: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
        assert_eq!(message["jsonrpc"], "2.0", "{line}");
        message
    }

    /// The answer to a request; what comes between is passed over.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let id = format!("test-{}", self.next);
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.line(&request.to_string());
        loop {
            let message = self.read();
            if message["id"] == id.as_str() {
                return message;
            }
        }
    }

    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        let answer = self.ask(
            "tools/call",
            &json!({ "name": tool, "arguments": arguments }),
        );
        answer["result"].clone()
    }

    /// Close the input. The messages that still come, how long it takes, and
    /// what was said beside the protocol.
    fn end(mut self) -> (Vec<Value>, Duration, String) {
        let start = Instant::now();
        drop(self.input.take());
        let mut messages = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            messages.push(serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}")));
        }
        let status = self.child.wait().expect("it ends");
        let took = start.elapsed();
        assert!(status.success(), "{status}");
        let mut said = String::new();
        let errors = self.child.stderr.take().expect("a stream");
        BufReader::new(errors)
            .read_to_string(&mut said)
            .expect("text");
        (messages, took, said)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What an agent is offered is what the last release offered, unless somebody
/// says otherwise. `SNAPSHOTS=overwrite` writes the file.
#[test]
fn the_tools_are_those_that_were_promised() {
    let mut catalogue = emc::mcp::catalogue();
    // All tools answer in one form: it stands in the file once.
    let mut answer = Value::Null;
    for tool in catalogue["tools"].as_array_mut().expect("tools") {
        let own = tool["outputSchema"].take();
        assert!(answer.is_null() || answer == own, "{}", tool["name"]);
        answer = own;
        tool.as_object_mut().expect("a tool").remove("outputSchema");
    }
    catalogue["answer"] = answer;
    let text = serde_json::to_string_pretty(&catalogue).expect("JSON") + "\n";
    let golden = root().join("tests/golden/mcp.json");
    assert_data_eq!(text, Data::read_from(&golden, None).raw());
}

#[test]
fn the_documentation_names_every_tool_as_it_is() {
    let page = fs::read_to_string(root().join("docs/mcp.md")).expect("a page");
    let catalogue = emc::mcp::catalogue();
    let mut table = String::from(
        "| tool | reads only | idempotent | can change or remove | what it does |\n|---|---|---|---|---|\n",
    );
    for tool in catalogue["tools"].as_array().expect("tools") {
        let yes = |key: &str| {
            if tool["annotations"][key] == true {
                "yes"
            } else {
                ""
            }
        };
        let description = tool["description"].as_str().expect("a text");
        let first = description.split(". ").next().expect("a sentence");
        table.push_str(&format!(
            "| `{}` | {} | {} | {} | {} |\n",
            tool["name"].as_str().expect("a name"),
            yes("readOnlyHint"),
            yes("idempotentHint"),
            yes("destructiveHint"),
            first.trim_end_matches('.'),
        ));
    }
    assert!(page.contains(&table), "docs/mcp.md should have:\n{table}");
    for prompt in catalogue["prompts"].as_array().expect("prompts") {
        let name = prompt.as_str().expect("a name");
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn what_comes_before_the_handshake_ends_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut served = Served::start(folder.path());
    for line in [
        "",
        "nonsense",
        "[]",
        "{}",
        "null",
        r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        r#"{"jsonrpc":"2.0","id":1,"result":{}}"#,
        r#"{"jsonrpc":"2.0","id":"early","method":"tools/list"}"#,
    ] {
        served.line(line);
    }
    let hello = json!({ "protocolVersion": "1999-01-01", "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } });
    let answer = served.ask("initialize", &hello);
    assert_eq!(
        answer["result"]["serverInfo"]["name"], "cargo-emc",
        "{answer}"
    );
    let (_, _, said) = served.end();
    assert_eq!(said, "");
}

/// How long a process may take to end: a second, and what a busy machine adds.
const END: Duration = Duration::from_millis(2_500);

#[test]
fn the_end_of_the_input_ends_the_process_and_the_answers_come_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut served = Served::greeted(folder.path());
    let (_, took, _) = Served::greeted(folder.path()).end();
    assert!(took < END, "idle: {took:?}");
    // Asked, and gone at once.
    for (id, tool, arguments) in [
        (1, "init", json!({ "name": "Gone" })),
        (
            2,
            "apply",
            json!({ "document": { "workflow": "w", "name": "W", "description": "d" } }),
        ),
    ] {
        let params = json!({ "name": tool, "arguments": arguments });
        let request =
            json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params });
        served.line(&request.to_string());
    }
    let (messages, took, _) = served.end();
    let answers: Vec<&Value> = messages.iter().map(|message| &message["id"]).collect();
    assert!(took < PATIENCE, "{took:?}");
    assert!(answers.contains(&&json!(1)), "{messages:?}");
    // What was begun is whole.
    let written = fs::read_dir(folder.path().join("model/events/events")).expect("a store");
    let files = written
        .filter(|file| {
            let name = file.as_ref().expect("an entry").file_name();
            name.to_string_lossy().ends_with(".jsonl")
        })
        .count();
    let told = messages
        .iter()
        .filter(|message| message["result"]["structuredContent"]["transaction"].is_string())
        .count();
    assert_eq!(files, told, "{messages:?}");
}

/// Verify with a progress token: the answer, and the progress that was told.
#[cfg(unix)]
fn verified(served: &mut Served) -> (Value, Vec<Value>) {
    let request = json!({
        "jsonrpc": "2.0", "id": "verify", "method": "tools/call",
        "params": { "name": "verify", "arguments": {}, "_meta": { "progressToken": "t" } },
    });
    served.line(&request.to_string());
    let mut told = Vec::new();
    loop {
        let message = served.read();
        if message["id"] == "verify" {
            return (message["result"].clone(), told);
        }
        assert_eq!(message["method"], "notifications/progress", "{message}");
        told.push(message["params"].clone());
    }
}

#[cfg(unix)]
#[test]
fn a_verification_tells_its_progress_and_what_it_declared() {
    let fakes = Fakes::new();
    let mut served = Served::greeted(fakes.project.root());
    let (answer, told) = verified(&mut served);
    let content = &answer["structuredContent"];
    assert_eq!(content["exit"], 0, "{answer}");
    let transaction = content["transaction"].as_str().expect("a declaration");
    assert!(fakes.project.root().join(transaction).is_file());
    let steps = content["result"]["steps"].as_array().expect("steps");
    assert!(!steps.is_empty());
    let count = u32::try_from(told.len()).expect("a few");
    let numbers: Vec<Value> = (1..=count).map(|number| f64::from(number).into()).collect();
    let counted: Vec<Value> = told.iter().map(|one| one["progress"].clone()).collect();
    assert_eq!(counted, numbers);
    assert_eq!(told.len(), steps.len());
    for (told, step) in told.iter().zip(steps) {
        assert_eq!(told["progressToken"], "t");
        assert!(
            told["total"].as_f64() >= told["progress"].as_f64(),
            "{told}"
        );
        let message = told["message"].as_str().expect("a text");
        assert!(message.contains(step["step"].as_str().expect("a name")));
    }
    // What passed is not verified again, and declared once.
    let (again, _) = verified(&mut served);
    assert_eq!(again["structuredContent"]["transaction"], Value::Null);
    assert_eq!(again["structuredContent"]["result"]["passed"], 0);
}

#[cfg(unix)]
#[test]
fn a_verification_that_is_not_wanted_any_more_ends() {
    let fakes = Fakes::new();
    fakes.set("lean.behaviour", "touch \"$here/begun\"; sleep 600");
    let mut served = Served::greeted(fakes.project.root());
    let slow = json!({
        "jsonrpc": "2.0", "id": "slow", "method": "tools/call",
        "params": { "name": "verify", "arguments": { "only": "lean" } },
    });
    let begin = |served: &mut Served| {
        served.line(&slow.to_string());
        let start = Instant::now();
        while fakes.told("begun").is_none() {
            assert!(start.elapsed() < PATIENCE, "it has not begun");
            thread::sleep(Duration::from_millis(10));
        }
        fakes.unset("begun");
    };
    begin(&mut served);
    // Meanwhile others read and write.
    let document = json!({ "workflow": "w", "name": "W", "description": "d" });
    let applied = served.call("apply", &json!({ "document": document, "build": false }));
    assert!(
        applied["structuredContent"]["transaction"].is_string(),
        "{applied}"
    );
    let removed = json!({ "edits": [{ "action": "remove", "kind": "workflow", "fields": { "slug": "w" } }], "build": false });
    assert_eq!(served.call("edit", &removed)["isError"], false);
    let cancel = json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": "slow" } });
    served.line(&cancel.to_string());
    // The next one has its turn when the first is over.
    let next = served.call("verify", &json!({ "tools_only": true, "only": "quint" }));
    assert!(
        next["structuredContent"]["result"]["tools"].is_array(),
        "{next}"
    );
    begin(&mut served);
    let (_, took, _) = served.end();
    assert!(took < END, "{took:?}");
}

/// The whole story with the official client, over stdio and HTTP.
#[test]
fn the_official_client_authors_checks_and_resolves() {
    let folder = root().join("tools/mcp");
    assert!(
        folder
            .join("node_modules/@modelcontextprotocol/sdk")
            .is_dir(),
        "the client is not there: run `tools/install`"
    );
    let output = Command::new("node")
        .arg("drive.mjs")
        .arg(env!("CARGO_BIN_EXE_cargo-emc"))
        .current_dir(folder)
        .output()
        .expect("node runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}\n{errors}");
    assert!(text.ends_with("done\n"), "{text}");
}
