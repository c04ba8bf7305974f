//! Files that are too long, too deep, or no files.

use std::{fs, fs::File, path::Path, process::Command};

use super::{EDIT, run, sprung, tree};
use crate::{
    damage::anchored,
    project::{LENIENT, TestProject, transactions},
};

const NAME: &str = "01a20792-792e-740f-a332-e2d86be8b3e0.jsonl";

/// Ten gigabytes that take no room.
fn sparse(path: &Path) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    let file = File::create(path).expect("made");
    file.set_len(10 << 30).expect("a length");
}

fn pipe(path: &Path) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    let made = Command::new("mkfifo").arg(path).status().expect("it runs");
    assert!(made.success());
}

#[test]
fn a_transaction_of_ten_gigabytes_is_told_and_not_read() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    sparse(&project.events().join(NAME));
    for verb in [
        &["check"][..],
        &["build"],
        &["status"],
        &["list", "slices"],
        &["log"],
        &EDIT,
    ] {
        let ran = run(&project, verb);
        let tells = ["list", "log"].contains(&verb[0]) || ran.said.contains("EMC2032");
        assert!(tells, "{verb:?}: {}", ran.said);
        assert!(
            ran.code == 1 || ["list", "log", "status"].contains(&verb[0]),
            "{verb:?} {}",
            ran.code
        );
    }
    assert!(
        project
            .artifacts()
            .keys()
            .all(|path| !path.starts_with("model/"))
    );
    assert_eq!(sprung(&project), "");
}

/// A file, what makes it, the verb that reads it, and what it comes to.
#[test]
fn files_of_ten_gigabytes_and_pipes_end_in_a_sentence() {
    for what in ["10 GB", "a pipe"] {
        let make = if what == "a pipe" { pipe } else { sparse };
        for (place, verb, expected) in [
            ("emc.toml", "check", "EMC"),
            ("Cargo.toml", "check", "EMC4001"),
            (".gitattributes", "check", "EMC4001"),
            ("model/review/README.md", "check", "EMC3005"),
            ("model/review/README.md", "build", "old or new"),
            ("model/review/stray.md", "check", "ok"),
            ("model/review/stray.md", "build", "ok"),
        ] {
            let project = TestProject::with_store(LENIENT, "repair-desk");
            fs::create_dir(project.root().join(".git")).expect("made");
            assert_eq!(run(&project, &["build"]).code, 0);
            let path = project.root().join(place);
            let _ = fs::remove_file(&path);
            make(&path);
            let ran = run(&project, &[verb]);
            let said = format!("{what} as {place}, {verb}: {}", ran.said);
            if expected == "ok" {
                assert_eq!(ran.code, 0, "{said}");
            } else if expected == "old or new" {
                // A pipe has no content that could be lost; a file may.
                let written = ran.code == 0 && what == "a pipe";
                assert!(written || ran.said.contains("EMC3005"), "{said}");
                assert!(!written || fs::read(&path).is_ok_and(|page| !page.is_empty()));
            } else {
                assert!(ran.code > 0 && ran.said.contains(expected), "{said}");
            }
            assert!(fs::symlink_metadata(&path).is_ok(), "{said}");
        }
    }
    let project = TestProject::with_store(LENIENT, "repair-desk");
    pipe(&project.events().join(NAME));
    for verb in [&["check"][..], &["build"], &EDIT] {
        let ran = run(&project, verb);
        assert!(
            ran.code == 1 && ran.said.contains("EMC2024"),
            "{verb:?}: {}",
            ran.said
        );
    }
}

#[test]
fn a_pipe_in_the_place_of_local_state_does_not_stop_a_build() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    assert_eq!(run(&project, &["build"]).code, 0);
    let before = project.artifacts();
    let shelf = fs::read_dir(project.root().join("target/emc/0.1.0")).expect("a state");
    let shelf = shelf
        .map(|entry| entry.expect("an entry").path())
        .next()
        .expect("one");
    for part in ["head", "files", "shape"] {
        fs::remove_file(shelf.join(part)).expect("removed");
        pipe(&shelf.join(part));
    }
    assert_eq!(run(&project, &["build"]).code, 0);
    assert!(project.artifacts() == before);
}

#[test]
fn what_is_nested_too_deeply_is_refused() {
    let deep =
        |open: &str, close: &str| format!("{}{}", open.repeat(200_000), close.repeat(200_000));
    for manifest in [
        format!("x = {}", deep("[", "]")),
        format!("x = {}", deep("{a=", "}")),
        format!("[{}]", vec!["a"; 200_000].join(".")),
        format!("{} = 1", vec!["a"; 200_000].join(".")),
    ] {
        let project = TestProject::with_store(LENIENT, "repair-desk");
        project.write("emc.toml", manifest.as_bytes());
        for verb in ["check", "build"] {
            let ran = run(&project, &[verb]);
            assert_eq!(ran.code, 2, "{}", &manifest[..20]);
            assert!(
                ran.said.len() < 100_000,
                "{} bytes are told",
                ran.said.len()
            );
        }
        project.write("emc.toml", LENIENT.as_bytes());
        project.write("deep.toml", manifest.as_bytes());
        let before = tree(&project.root().join("model"));
        assert!(run(&project, &["apply", "deep.toml"]).code > 0);
        project.write("deep.json", deep("{\"a\":", "1}").as_bytes());
        assert!(run(&project, &["apply", "deep.json"]).code > 0);
        assert!(tree(&project.root().join("model")) == before);
    }
    for (from, to) in [
        (
            "\"event_data\":{",
            format!("\"event_data\":{{\"deep\":{},", deep("[", "]")),
        ),
        (
            "\"metadata\":{}",
            format!("\"metadata\":{}", deep("{\"a\":", "}")),
        ),
        (
            "{\"record\":\"header\"",
            format!("{{\"deep\":{},\"record\":\"header\"", deep("[", "]")),
        ),
    ] {
        let project = TestProject::with_store(LENIENT, "repair-desk");
        let (name, bytes) = &transactions("repair-desk")[5];
        let text = String::from_utf8(bytes.clone()).expect("text");
        assert!(text.contains(from), "{text}");
        project.add(name, &anchored(&text.replacen(from, &to, 1)));
        for verb in [&["check"][..], &["build"], &EDIT] {
            let ran = run(&project, verb);
            // eventcore-fs reads keys that nobody knows, and refuses them for an edit.
            let refused = ran.code == 3 && verb[0] == "add" && ran.said.contains("EMC5012");
            assert!(ran.code <= 1 || refused, "{verb:?} ends with {}", ran.code);
        }
    }
}

#[test]
fn a_million_keys_take_bounded_time() {
    use std::fmt::Write as _;
    let mut manifest = String::from(LENIENT);
    for key in 0..20_000 {
        let _ = writeln!(manifest, "k{key}=1");
    }
    let project = TestProject::with_store(LENIENT, "repair-desk");
    project.write("emc.toml", manifest.as_bytes());
    let ran = run(&project, &["check"]);
    assert_eq!(ran.code, 2);
    let mut keys = String::new();
    for key in 0..1_000_000 {
        let _ = write!(keys, "\"k{key}\":1,");
    }
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let (name, bytes) = &transactions("repair-desk")[5];
    let text = String::from_utf8(bytes.clone()).expect("text");
    let from = "\"event_data\":{";
    project.add(
        name,
        &anchored(&text.replacen(from, &format!("{from}{keys}"), 1)),
    );
    for verb in ["check", "build"] {
        let ran = run(&project, &[verb]);
        assert!(ran.code <= 1, "{}", ran.code);
    }
    project.write(
        "emc.toml",
        format!("{LENIENT}{}", "#".repeat(5 << 20)).as_bytes(),
    );
    let ran = run(&project, &["check"]);
    assert!(
        ran.code == 3 && ran.said.contains("longer than 4 MiB"),
        "{}",
        ran.said
    );
}
