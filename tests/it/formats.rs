//! What a released version wrote is kept below `tests/fixtures/formats`: its build
//! state, and what it told programs. A new version reads the state or ignores it,
//! and tells at least what the old one told, under the same keys.

use std::{fs, path::PathBuf, process::Command};

use serde_json::Value;

use crate::project::{LENIENT, TestProject, transactions};

const VERBS: [(&str, &[&str]); 9] = [
    ("check", &["check"]),
    ("build", &["build"]),
    ("status", &["status"]),
    ("list-workflows", &["list", "workflows"]),
    ("list-slices", &["list", "slices"]),
    ("list-transitions", &["list", "transitions"]),
    ("log", &["log"]),
    ("show", &["show", "workflow", "repair-intake"]),
    ("explain", &["explain", "model/review/README.md"]),
];

fn versions() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats");
    let entries = fs::read_dir(folder).expect("a folder");
    let mut versions: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    versions.sort();
    versions
}

/// The store that all versions were run over.
fn project() -> TestProject {
    let project = TestProject::new(LENIENT);
    for (name, bytes) in transactions("repair-desk").iter().take(40) {
        project.add(name, bytes);
    }
    project
}

fn told(project: &TestProject, verb: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
        .args(verb)
        .args(["--message-format", "json"])
        .current_dir(project.root())
        .env("CARGO_TARGET_DIR", project.root().join("target"))
        .output()
        .expect("it runs");
    String::from_utf8(output.stdout).expect("text")
}

/// Whether `new` has all keys of `old`, with values of the same kind.
fn keeps(old: &Value, new: &Value, path: &str, missing: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in old {
                match new.get(key) {
                    Some(now) => keeps(value, now, &format!("{path}.{key}"), missing),
                    None => missing.push(format!("{path}.{key} is gone")),
                }
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            for (old, new) in old.iter().zip(new) {
                keeps(old, new, &format!("{path}[]"), missing);
            }
        }
        // What may be absent may be there.
        (Value::Null, _) | (_, Value::Null) => {}
        (old, new) if std::mem::discriminant(old) == std::mem::discriminant(new) => {}
        (old, new) => missing.push(format!("{path} was {old} and is {new}")),
    }
}

/// Each line has a reason; the first line of each reason is compared.
fn by_reason(text: &str) -> Vec<(String, Value)> {
    let mut lines: Vec<(String, Value)> = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let value = value.expect("JSON");
        let reason = value["reason"].as_str().unwrap_or("").to_owned();
        if lines.iter().all(|(known, _)| *known != reason) {
            lines.push((reason, value));
        }
    }
    lines
}

#[test]
fn programs_that_read_an_old_version_can_read_this_one() {
    if std::env::var_os("EMC_TEST_KEEP").is_some() {
        keep_what_this_version_writes();
    }
    let versions = versions();
    assert!(!versions.is_empty());
    for version in versions {
        let project = project();
        project.build();
        for (name, verb) in VERBS {
            let file = version.join(format!("{name}.jsonl"));
            let old = fs::read_to_string(&file).expect("a fixture");
            let new = told(&project, verb);
            assert!(old.len() > 2, "{} holds nothing", file.display());
            let now = by_reason(&new);
            let mut missing = Vec::new();
            for (reason, old) in by_reason(&old) {
                match now.iter().find(|(known, _)| *known == reason) {
                    Some((_, new)) => keeps(&old, new, name, &mut missing),
                    None => missing.push(format!("no line has the reason `{reason}`")),
                }
            }
            assert!(missing.is_empty(), "{verb:?}: {}", missing.join("\n"));
        }
    }
}

/// The state of an old version, in the place of this one's and in its own.
#[test]
fn the_state_of_an_old_version_does_no_harm() {
    let expected = project();
    expected.build();
    for version in versions() {
        let project = project();
        let shelf = project.open().shelf;
        let own = shelf.folder().to_path_buf();
        let old = own
            .parent()
            .and_then(std::path::Path::parent)
            .expect("the folder of all versions")
            .join("0.0.0-old");
        for folder in [&own, &old] {
            fs::create_dir_all(folder).expect("a folder");
            for entry in fs::read_dir(version.join("state")).expect("a state") {
                let entry = entry.expect("an entry");
                fs::copy(entry.path(), folder.join(entry.file_name())).expect("copied");
            }
        }
        let before: Vec<_> = fs::read_dir(&old).expect("a folder").collect();
        project.build();
        assert!(project.artifacts() == expected.artifacts());
        assert_eq!(fs::read_dir(&old).expect("a folder").count(), before.len());
        // An old version that comes after this one finds its own, or nothing.
        project.build();
        assert!(project.artifacts() == expected.artifacts());
    }
}

/// Keep what this version writes, when it is released:
/// `EMC_TEST_KEEP=1 cargo test --test it formats`.
fn keep_what_this_version_writes() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/formats")
        .join(env!("CARGO_PKG_VERSION"));
    fs::create_dir_all(folder.join("state")).expect("a folder");
    let project = project();
    project.build();
    for (name, verb) in VERBS {
        fs::write(folder.join(format!("{name}.jsonl")), told(&project, verb)).expect("written");
    }
    let shelf = project.open().shelf;
    for entry in fs::read_dir(shelf.folder()).expect("a state") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), folder.join("state").join(entry.file_name())).expect("copied");
    }
}
