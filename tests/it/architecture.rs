//! What the rooms may know of each other, and how large a file may be.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The room of a source file: its first folder, or its name.
fn room(file: &Path) -> String {
    let below = file.strip_prefix(root().join("src")).expect("below src");
    let first = below.iter().next().expect("a part").to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Which rooms a room may use, `digest`, `rel_path`, `diagnostic` and `hex` aside.
/// `None`: all of them.
fn allowed(room: &str) -> Option<&'static [&'static str]> {
    Some(match room {
        "digest" | "rel_path" | "diagnostic" | "hex" | "transaction" | "event" | "manifest"
        | "tools" | "parallel" => &[],
        "history" => &["transaction"],
        "model" => &["event", "history"],
        "rules" => &["event", "facts", "model"],
        "artifact" => &["event", "facts", "model", "rules"],
        "fingerprint" => &["manifest"],
        "plan" => &["artifact", "fingerprint"],
        "disk" => &["manifest", "transaction", "plan", "parallel", "fingerprint"],
        // What the model is to a person, and to the rules and the generated code.
        "document" | "facts" => &["event", "model"],
        "merge" => &["document", "event", "history", "model", "transaction"],
        "authoring" => &[
            "disk",
            "document",
            "event",
            "history",
            "merge",
            "model",
            "transaction",
        ],
        "ops" => &[
            "artifact",
            "authoring",
            "disk",
            "document",
            "event",
            "facts",
            "fingerprint",
            "history",
            "manifest",
            "merge",
            "model",
            "parallel",
            "plan",
            "rules",
            "tools",
            "transaction",
        ],
        // What a build.rs and the tests of a program call: edges, like `cli`.
        "build_script" => &["artifact", "disk", "manifest", "model", "ops"],
        "conformance" => &["artifact", "disk", "model", "ops"],
        "cli" => &[
            "ops",
            "rules",
            "authoring",
            "disk",
            "document",
            "manifest",
            "merge",
            "model",
            "event",
            "tools",
            "transaction",
        ],
        // Beside the operations: what they take and give, and how it is read.
        "mcp" => &[
            "ops",
            "authoring",
            "disk",
            "document",
            "event",
            "model",
            "rules",
            "tools",
        ],
        "lib" | "main" => return None,
        other => panic!("the room `{other}` is new: say here what it may use"),
    })
}

/// The text without comments and tests.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |code, line| code + line + "\n")
}

/// The rooms that a file names behind `crate::`, tests left out.
fn used(text: &str) -> BTreeSet<String> {
    let code = code_of(text);
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            // `use crate::{a::B, c::{D, E}}`: names at the first depth.
            let mut depth = 0;
            let mut word = String::new();
            let mut first = true;
            for letter in group.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => first = true,
                    letter if letter.is_alphanumeric() || letter == '_' => {
                        if depth == 0 && first {
                            word.push(letter);
                        }
                        continue;
                    }
                    _ => {}
                }
                if !word.is_empty() {
                    rooms.insert(std::mem::take(&mut word));
                    first = false;
                }
            }
            if !word.is_empty() {
                rooms.insert(word);
            }
        } else {
            rooms.insert(
                rest.chars()
                    .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                    .collect(),
            );
        }
    }
    rooms
}

#[test]
fn rooms_use_only_what_the_arrows_allow() {
    let mut wrong = Vec::new();
    for file in rust_files(&root().join("src")) {
        if file.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        let own = room(&file);
        let Some(allowed) = allowed(&own) else {
            continue;
        };
        let text = fs::read_to_string(&file).expect("source is text");
        for other in used(&text) {
            let free = ["digest", "rel_path", "diagnostic", "hex"].contains(&other.as_str());
            if other != own && !free && !allowed.contains(&other.as_str()) {
                wrong.push(format!("{} uses {other}", file.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "arrows that the design forbids:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn pure_rooms_touch_no_system() {
    const PURE: &[&str] = &[
        "facts",
        "digest",
        "rel_path",
        "diagnostic",
        "hex",
        "transaction",
        "history",
        "event",
        "model",
        "rules",
        "artifact",
        "manifest",
        "fingerprint",
        "plan",
    ];
    const EDGES: &[&str] = &[
        "std::fs",
        "std::process",
        "std::env",
        "std::time",
        "std::net",
        "std::thread",
    ];
    let mut wrong = Vec::new();
    for file in rust_files(&root().join("src")) {
        if !PURE.contains(&room(&file).as_str())
            || file.file_name().is_some_and(|name| name == "tests.rs")
        {
            continue;
        }
        let text = fs::read_to_string(&file).expect("source is text");
        let code = code_of(&text);
        for edge in EDGES {
            if code.contains(edge) {
                wrong.push(format!("{} names {edge}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One module calls the file system, so that the tests in `tests/faults` can let each
/// call fail, and so that none follows a link or reads without end; and programs
/// are started in few places, none of which `check` or `build` come to.
#[test]
fn the_file_system_and_processes_are_called_in_few_places() {
    const STARTS: &[&str] = &[
        "src/cli/open.rs",
        "src/cli/revise.rs",
        "src/conformance/tests_of.rs",
        "src/disk/git.rs",
        "src/disk/workspace.rs",
        "src/tools/",
    ];
    let mut wrong = Vec::new();
    for file in rust_files(&root().join("src")) {
        let place = file.strip_prefix(root()).expect("below");
        let place = place.to_string_lossy().replace('\\', "/");
        if place.ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("source is text");
        // What a call gives is no call.
        let code = ["fs::Metadata", "fs::File", "fs::DirEntry"]
            .iter()
            .fold(code_of(&text), |code, kind| code.replace(kind, ""));
        let code = code.split("#[cfg(all(test").next().unwrap_or_default();
        let imported = ["use std::", "use rustix::"].iter().any(|path| {
            code.split(path).skip(1).any(|rest| {
                let used = rest.split(';').next().unwrap_or(rest);
                used.split(|letter: char| !letter.is_alphanumeric())
                    .any(|word| word == "fs")
            })
        });
        let called = imported || code.contains("std::fs") || code.contains("rustix::fs");
        if called && place != "src/disk/fs.rs" && place != "src/disk/fs/folder.rs" {
            wrong.push(format!("{place} calls the file system"));
        }
        let starts = code.contains("Command::new(") && !code.contains("use clap::");
        if starts && !STARTS.iter().any(|own| place.starts_with(own)) {
            wrong.push(format!("{place} starts a program"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let mut long = BTreeMap::new();
    for folder in ["src", "tests", "benches"] {
        for file in rust_files(&root().join(folder)) {
            let lines = fs::read_to_string(&file)
                .expect("source is text")
                .lines()
                .count();
            if lines > 500 {
                long.insert(file, lines);
            }
        }
    }
    assert!(long.is_empty(), "a longer file holds two nouns: {long:#?}");
}

#[test]
fn a_build_script_carries_at_most_40_crates() {
    let output = std::process::Command::new(env!("CARGO"))
        .args([
            "tree",
            "--no-default-features",
            // All that a build script can ask for.
            "--features",
            "lean,quint,review",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("text");
    let crates: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(
        crates.contains("cargo-emc") && crates.contains("sha2"),
        "{crates:?}"
    );
    for heavy in ["tokio", "eventcore", "clap", "rmcp", "notify"] {
        assert!(
            !crates.contains(heavy),
            "{heavy} is in the build-script library"
        );
    }
    assert!(crates.len() <= 40, "{} crates: {crates:?}", crates.len());
}

#[test]
fn codes_are_unique_and_in_their_range() {
    let mut numbers = BTreeSet::new();
    let mut names = BTreeSet::new();
    for code in emc::diagnostic::Code::all() {
        assert!(numbers.insert(code.number), "{code} twice");
        assert!(names.insert(code.name), "{} twice", code.name);
        assert!(code.explanation.len() > 40, "{code} explains nothing");
        assert!(
            !code.title.ends_with('.'),
            "{code}: a title has no full stop"
        );
    }
}
