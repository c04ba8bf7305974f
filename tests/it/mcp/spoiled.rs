//! Requests that are wrong in a thousand ways.

use super::*;

/// A sequence that looks random and is the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((word ^ (word >> 31)) % below.max(1) as u64).expect("below")
    }
}

/// Requests that are right, to be spoiled.
fn requests() -> Vec<Value> {
    let mut all = vec![
        json!({ "method": "initialize", "params": { "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } } }),
        json!({ "method": "tools/list" }),
        json!({ "method": "resources/list" }),
        json!({ "method": "resources/read", "params": { "uri": "emc://workflow/w" } }),
        json!({ "method": "prompts/get", "params": { "name": "model_workflow", "arguments": { "description": "d" } } }),
        json!({ "method": "notifications/cancelled", "params": { "requestId": "x", "reason": "r" } }),
        json!({ "method": "notifications/initialized" }),
    ];
    let document = json!({ "workflow": "w", "name": "W", "description": "d", "slices": [{ "slice": "s", "name": "S", "kind": "state_view", "description": "d" }] });
    let edit =
        json!({ "action": "update", "kind": "slice", "fields": { "slug": "s", "name": "T" } });
    for (tool, arguments) in [
        ("status", json!({})),
        (
            "check",
            json!({ "families": ["lean"], "allow_forks": true }),
        ),
        ("list", json!({ "what": "slices", "workflow": "w" })),
        ("show", json!({ "slice": "s" })),
        ("export", json!({ "format": "toml", "workflow": "w" })),
        ("explain", json!({ "subject": "EMC301" })),
        ("explain", json!({ "subject": "command" })),
        ("log", json!({ "slug": "s", "limit": 3 })),
        (
            "apply",
            json!({ "document": document, "prune": true, "build": false }),
        ),
        (
            "apply",
            json!({ "document": "workflow = \"w\"\nname = \"W\"\ndescription = \"d\"\n", "build": false }),
        ),
        ("edit", json!({ "edits": [edit], "build": false })),
        ("fix", json!({ "dry_run": true })),
        ("build", json!({ "families": ["review"], "locked": true })),
        ("clean", json!({ "state_only": true })),
        ("import", json!({ "path": "old", "build": false })),
        (
            "verify",
            json!({ "tools_only": true, "only": "lean", "timeout": 5 }),
        ),
        ("list_conflicts", json!({})),
        ("review_gate", json!({ "workflow": "w", "ready": true })),
        ("review_diff", json!({ "workflow": "w" })),
        (
            "record_review",
            json!({ "workflow": "w", "reviewer": "r", "reviewed_at": "2026-01-31T12:00:00Z", "findings": [{ "category": "branch-shape", "text": "t" }], "build": false }),
        ),
        (
            "resolve_conflict",
            json!({ "choices": [{ "stream": "slice::s", "take": "ours" }] }),
        ),
        ("init", json!({ "name": "Spoiled", "build": false })),
    ] {
        all.push(
            json!({ "method": "tools/call", "params": { "name": tool, "arguments": arguments } }),
        );
    }
    all
}

/// Spoil one place of a value.
fn spoil(value: &mut Value, dice: &mut Dice) {
    if dice.roll(3) > 0 {
        match value {
            Value::Object(object) if !object.is_empty() => {
                let at = dice.roll(object.len());
                if let Some((_, inner)) = object.iter_mut().nth(at) {
                    return spoil(inner, dice);
                }
            }
            Value::Array(list) if !list.is_empty() => {
                let at = dice.roll(list.len());
                return spoil(&mut list[at], dice);
            }
            _ => {}
        }
    }
    match (dice.roll(10), &mut *value) {
        (0, Value::Object(object)) => {
            if let Some(key) = object.keys().next().cloned() {
                object.remove(&key);
            }
        }
        (1, Value::Object(object)) => {
            object.insert("surprise".to_owned(), json!([1, { "a": null }]));
        }
        (2, Value::String(text)) => text.push_str("\u{0}\u{202e}\"../../etc/passwd"),
        (3, _) => *value = Value::Null,
        (4, _) => *value = json!(-1e300),
        (5, _) => *value = json!("x".repeat(70_000)),
        (6, _) => *value = json!({ "": { "": { "": [] } } }),
        (7, _) => *value = json!(u64::MAX),
        (8, _) => *value = json!([[[[[[[]]]]]]]),
        (_, _) => *value = json!(""),
    }
}

/// Spoil a line, as somebody does who does not know JSON.
fn spoil_line(line: &str, dice: &mut Dice) -> String {
    let mut bytes = line.as_bytes().to_vec();
    let at = dice.roll(bytes.len());
    match dice.roll(5) {
        0 => bytes.truncate(at),
        1 => bytes[at] = b'{',
        2 => bytes.insert(at, 0xff),
        3 => bytes
            .splice(at..at, "[".repeat(100_000).bytes())
            .for_each(drop),
        _ => bytes[at] = 0,
    }
    let line = String::from_utf8_lossy(&bytes).into_owned();
    line.replace(['\n', '\r'], " ")
}

#[test]
fn a_thousand_spoiled_requests_end_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut served = Served::greeted(folder.path());
    let started = served.call("init", &json!({ "name": "Spoiled", "build": false }));
    assert_eq!(started["isError"], false, "{started}");
    let mut dice = Dice(10);
    let requests = requests();
    let (mut asked, mut answered, mut errors) = (0, 0, 0);
    for number in 0..1_000 {
        let mut request = requests[dice.roll(requests.len())].clone();
        request["jsonrpc"] = json!("2.0");
        if !request["method"]
            .as_str()
            .expect("text")
            .starts_with("notifications")
        {
            request["id"] = json!(number);
        }
        let line = if dice.roll(5) == 0 {
            spoil_line(&request.to_string(), &mut dice)
        } else {
            for _ in 0..=dice.roll(2) {
                spoil(&mut request["params"], &mut dice);
            }
            asked += usize::from(request.get("id").is_some());
            request.to_string()
        };
        served.line(&line);
        while let Ok(line) = served.lines.try_recv() {
            let message: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
            answered += 1;
            let refused = !message["error"].is_null() || message["result"]["isError"] == true;
            errors += usize::from(refused);
            assert!(
                message["error"]["code"] != -32603,
                "nothing breaks off: {message}"
            );
        }
    }
    let status = served.call("status", &json!({}));
    assert_eq!(status["isError"], false, "it is alive: {status}");
    let checked = served.call("check", &json!({}));
    let findings = &checked["structuredContent"]["findings"];
    let store = findings
        .as_array()
        .expect("findings")
        .iter()
        .find(|finding| {
            let code = finding["code"].as_str().unwrap_or_default();
            finding["level"] == "error" && code.starts_with("EMC2") && code.len() == 7
        });
    assert_eq!(store, None, "the store is sound");
    let (rest, _, said) = served.end();
    answered += rest.len();
    assert!(errors > 300, "{errors} of {asked} were refused");
    // A line that is no JSON has no id to answer to; one that is, has.
    assert!(answered * 10 > asked * 9, "{answered} answers to {asked}");
    assert_eq!(said, "", "nothing is said beside the protocol");
}
