//! Lines of JSON-RPC: what an agent sends to the server.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
    time::Duration,
};

use emc::{disk::discover, event::EmcEvent, mcp, ops::session::Session};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    runtime::Builder,
    time::timeout,
};

use super::{folder, transactions};

/// Lines that are read of one input: what a session is about shows in a few.
const LINES: usize = 12;

/// Longer than anything that is asked for here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// What lies beside the project, and is not to be read.
const SECRET: &str = "zq-secret-7f3b";

/// A server that gets any lines behind the handshake goes on; each request gets
/// one answer, and nothing that was not asked for is answered; all that is
/// printed are messages; nothing beside the project is read or written, and
/// nothing in it but the store and what is generated; the store stays sound.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.split('\n').take(LINES).collect();
    let folder = TempDir::new().expect("a folder");
    let root = folder.path().join("project");
    write(&root);
    fs::write(folder.path().join("secret.toml"), SECRET).expect("a file");
    let before = folder::tree(folder.path());
    let answers = talk(&session(&root), &lines);
    answered(&lines, &answers);
    let told = answers
        .iter()
        .any(|answer| answer.to_string().contains(SECRET));
    assert!(
        !told || text.contains(SECRET),
        "a file beside the project is told"
    );
    let after = folder::tree(folder.path());
    for (path, bytes) in &before {
        assert_eq!(after.get(path), Some(bytes), "{} changed", path.display());
    }
    for (path, bytes) in &after {
        assert!(
            before.contains_key(path) || is_ours(path),
            "{} is new",
            path.display()
        );
        if path.starts_with("project/model/events/events") {
            sound(path, bytes);
        }
    }
}

/// What a call may write.
fn is_ours(path: &Path) -> bool {
    ["model", "target", ".gitattributes", ".gitignore"]
        .iter()
        .any(|folder| path.starts_with(Path::new("project").join(folder)))
}

/// A transaction that can be read.
fn sound(path: &Path, bytes: &[u8]) {
    let name = path.strip_prefix("project").expect("below");
    let name = emc::rel_path::RelPath::new(name.to_str().expect("a plain name"));
    let parsed = emc::transaction::parse(&name.expect("relative"), bytes);
    let transaction = parsed.transaction.expect("a transaction");
    for envelope in &transaction.events {
        let data = envelope.data_in(bytes).expect("a part of the file");
        EmcEvent::decode(data).expect("an event");
    }
}

/// The id of a line that is a request: a call of a method with an id that the
/// protocol knows.
fn request(line: &str) -> Option<Value> {
    let message: Value = serde_json::from_str(line.trim_end_matches('\r')).ok()?;
    let id = message.get("id")?;
    let is_one = message.get("jsonrpc") == Some(&json!("2.0"))
        && message.get("method").is_some_and(Value::is_string)
        && message.get("result").is_none()
        && message.get("error").is_none();
    known_id(id).filter(|_| is_one)
}

/// An id as the answer to it says it: a string, or an integer, which may have been
/// written as `1.0` or `1e2` (JSON knows one kind of number) where that says
/// exactly one.
fn known_id(id: &Value) -> Option<Value> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let whole = |float: f64| float.fract() == 0.0 && float.abs() < EXACT;
    match id {
        Value::String(_) => Some(id.clone()),
        Value::Number(number) if number.as_i64().is_some() => Some(id.clone()),
        Value::Number(number) => {
            let float = number.as_f64().filter(|float| whole(*float))?;
            let digits: i64 = format!("{float:.0}").parse().ok()?;
            Some(json!(digits))
        }
        _ => None,
    }
}

/// How often each id is that of a request.
fn requests(lines: &[&str]) -> BTreeMap<String, usize> {
    let mut requests = BTreeMap::new();
    for id in lines.iter().filter_map(|line| request(line)) {
        *requests.entry(id.to_string()).or_default() += 1;
    }
    requests
}

/// Each request has one answer with its id, or is among those that the protocol
/// refuses before it looks at the id. An id that is used twice, which the protocol
/// forbids, has one answer or more.
fn answered(lines: &[&str], answers: &[Value]) {
    let requests = requests(lines);
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    let mut unnamed = 0;
    for answer in answers {
        assert_eq!(answer["jsonrpc"], "2.0", "{answer}");
        if answer.get("method").is_some() {
            assert!(answer.get("id").is_none(), "nothing is asked: {answer}");
            continue;
        }
        assert!(
            answer.get("result").is_some() != answer.get("error").is_some(),
            "{answer}"
        );
        // That a call broke off is told, and is a bug.
        assert_ne!(answer["error"]["code"], -32603, "{answer}");
        match answer.get("id").filter(|id| !id.is_null()) {
            None => unnamed += 1,
            Some(id) => *told.entry(id.to_string()).or_default() += 1,
        }
    }
    for (id, times) in &told {
        let asked = requests.get(id).copied().unwrap_or_default();
        assert!(
            *times <= asked,
            "{id} has {times} answers, asked {asked} times"
        );
    }
    let without: Vec<_> = requests
        .keys()
        .filter(|id| !told.contains_key(*id))
        .collect();
    assert!(
        is_given_up(lines) || without.len() <= unnamed,
        "without an answer: {without:?} of {lines:?}"
    );
}

/// Whether a call may be given up, which then may stay without an answer.
fn is_given_up(lines: &[&str]) -> bool {
    lines
        .iter()
        .any(|line| line.contains("cancelled") || line.contains("\\u"))
}

/// What a client is told that sends lines behind a handshake, and closes its
/// input when it has the answer to a last question.
fn talk(session: &Session, lines: &[&str]) -> Vec<Value> {
    let runtime = Builder::new_current_thread()
        .enable_time()
        .thread_stack_size(8 << 20)
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let (mut to_server, input) = tokio::io::duplex(1 << 20);
        let (output, from_server) = tokio::io::duplex(1 << 20);
        let mut from_server = BufReader::new(from_server).lines();
        let client = async {
            let hello = json!({ "jsonrpc": "2.0", "id": HELLO, "method": "initialize", "params": {
                "protocolVersion": "2025-06-18", "capabilities": {},
                "clientInfo": { "name": "fuzz", "version": "1" },
            }});
            let last = json!({ "jsonrpc": "2.0", "id": LAST, "method": "ping" });
            let mut sent = format!(
                "{hello}\n{}\n",
                json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })
            );
            for line in lines {
                sent.push_str(line);
                sent.push('\n');
            }
            sent.push_str(&format!("{last}\n"));
            let mut open: BTreeSet<String> = requests(lines).into_keys().collect();
            let mut unnamed = 0;
            let mut ended = false;
            let mut answers = Vec::new();
            let writes = async {
                // A server that ends the conversation is found out by what it
                // does not answer.
                let _ = to_server.write_all(sent.as_bytes()).await;
            };
            let reads = async {
                while !(ended && open.len() <= unnamed) {
                    let line = from_server.next_line().await.expect("text");
                    let Some(line) = line else { break };
                    let answer: Value = serde_json::from_str(&line).expect("JSON");
                    let is_last = answer["id"] == LAST;
                    ended |= is_last;
                    if answer["id"] != HELLO && !is_last {
                        match answer.get("id").filter(|id| !id.is_null()) {
                            Some(id) => drop(open.remove(&id.to_string())),
                            None => unnamed += usize::from(answer.get("method").is_none()),
                        }
                        answers.push(answer);
                    }
                }
            };
            let cancelled = lines.iter().any(|line| line.contains("cancelled"));
            // A call that was given up may stay without an answer.
            let patience = if cancelled {
                Duration::from_millis(300)
            } else {
                PATIENCE
            };
            let whole = timeout(patience, async { tokio::join!(writes, reads) }).await;
            assert!(
                cancelled || whole.is_ok(),
                "no answer for long to {lines:?}"
            );
            assert!(cancelled || ended, "the server has ended after {lines:?}");
            drop(to_server);
            // What nobody has asked for comes before the end.
            while let Ok(Ok(Some(line))) = timeout(PATIENCE, from_server.next_line()).await {
                let answer: Value = serde_json::from_str(&line).expect("JSON");
                if answer["id"] != LAST && answer["id"] != HELLO {
                    answers.push(answer);
                }
            }
            answers
        };
        let (answers, ()) = tokio::join!(client, mcp::talk(session, input, output));
        answers
    })
}

/// Ids that no input can have: longer than what the fuzzer puts together.
const HELLO: &str = "the handshake, which comes before the lines of the input";
const LAST: &str = "the last question, which comes behind the lines of the input";

fn session(root: &Path) -> Session {
    let surroundings = discover::Surroundings {
        current_dir: root,
        variables: &|_| None,
    };
    Session {
        found: discover::Project::new(Path::new("emc.toml"), &surroundings),
        target: root.join("target"),
    }
}

/// A small project; no tool that it could start is there.
fn write(root: &Path) {
    static FILES: OnceLock<BTreeMap<PathBuf, Vec<u8>>> = OnceLock::new();
    let files = FILES.get_or_init(|| {
        let manifest = "[project]\nname = \"Desk\"\n[rules]\nlevel = \"warn\"\n\
            [verify]\nlean = [\"no-such-tool\"]\nquint = [\"no-such-tool\"]\n";
        let mut files: BTreeMap<PathBuf, Vec<u8>> = transactions::desk()
            .into_iter()
            .take(12)
            .map(|(path, bytes)| (PathBuf::from(path.as_str()), bytes))
            .collect();
        files.insert("emc.toml".into(), manifest.as_bytes().to_vec());
        for own in ["README.md", "model/notes.txt", "src/main.rs"] {
            files.insert(own.into(), b"mine\n".to_vec());
        }
        files
    });
    folder::write(root, files);
}
