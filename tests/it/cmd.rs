//! What a person types, and what they see.

mod cases;

use std::{fs, path::Path, process::Command};

use clap::{CommandFactory as _, Parser as _, error::ErrorKind};
use emc::{
    authoring::{Present, Request},
    cli::Cli,
    document::Document,
};

/// The words that make a clap command ask for help.
fn commands() -> Vec<Vec<String>> {
    let mut root = Cli::command();
    root.build();
    let mut paths = Vec::new();
    let mut work = vec![(Vec::new(), &root)];
    while let Some((path, command)) = work.pop() {
        for inner in command.get_subcommands() {
            let mut path: Vec<String> = path.clone();
            path.push(inner.get_name().to_owned());
            if path.iter().any(|word| word == "help") {
                continue;
            }
            paths.push(path.clone());
            work.push((path, inner));
        }
    }
    paths
}

#[test]
fn what_is_typed_is_answered() {
    trycmd::TestCases::new()
        .case("cmd-tests/*.trycmd")
        .register_bin("cargo-emc", Path::new(env!("CARGO_BIN_EXE_cargo-emc")))
        .env("NO_COLOR", "1")
        .env("CARGO_TARGET_DIR", "target")
        .env("COLUMNS", "100")
        .env("CARGO_TERM_COLOR", "never");
}

#[test]
fn global_flags_stand_before_and_after_every_verb() {
    const GLOBAL: &[&[&str]] = &[
        &["--config", "emc.toml"],
        &["--manifest-path", "Cargo.toml"],
        &["--package", "desk"],
        &["-p", "desk"],
        &["--workspace"],
        &["--workspace", "--exclude", "desk"],
        &["--jobs", "2"],
        &["-j1"],
        &["--message-format", "json"],
        &["--color", "never"],
        &["--quiet"],
        &["-q"],
        &["--verbose"],
        &["-vv"],
    ];
    let commands = commands();
    assert!(commands.len() > 100, "{}", commands.len());
    for words in &commands {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        for flags in GLOBAL {
            for line in [[flags, &words[..]].concat(), [&words[..], flags].concat()] {
                let line = [&["cargo-emc"], &line[..], &["--help"]].concat();
                let error = Cli::try_parse_from(&line).err().map(|error| error.kind());
                assert_eq!(error, Some(ErrorKind::DisplayHelp), "{line:?}");
            }
        }
    }
}

#[test]
fn every_verb_has_a_page_with_its_flags() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
        .args(["emc", "man", "--out"])
        .arg(folder.path())
        .output()
        .expect("it starts");
    assert!(run.status.success(), "{run:?}");
    for words in commands() {
        let name = format!("cargo-emc-{}.1", words.join("-"));
        let page = fs::read_to_string(folder.path().join(&name))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(page.contains("message"), "{name} misses the global flags");
    }
}

#[test]
fn every_shell_gets_completions_of_every_verb() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
            .args(["completions", shell])
            .output()
            .expect("it starts");
        assert!(run.status.success(), "{shell}");
        let text = String::from_utf8_lossy(&run.stdout);
        for verb in ["apply", "connect", "transition-evidence", "explain"] {
            assert!(text.contains(verb), "{shell} does not complete {verb}");
        }
    }
}

#[test]
fn an_old_store_is_imported_once() {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/stores/legacy-v1-sample");
    let folder = tempfile::tempdir().expect("a folder");
    let import = || {
        let run = Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
            .args(["emc", "import", "--message-format", "json"])
            .arg(&old)
            .current_dir(folder.path())
            .env_remove("CARGO_TARGET_DIR")
            .output()
            .expect("it starts");
        let text = String::from_utf8_lossy(&run.stdout).into_owned();
        (run.status.code(), text)
    };
    fs::create_dir(folder.path().join(".git")).expect("the end of the search for a project");
    let (code, text) = import();
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("\"transactions\":24"), "{text}");
    assert!(folder.path().join("emc.toml").is_file());
    assert!(folder.path().join("model/lean/lakefile.toml").is_file());
    let (code, text) = import();
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("already-imported"), "{text}");
}

#[test]
fn the_document_of_the_guide_can_be_applied() {
    let guide = include_str!("../../docs/authoring.md");
    let text = guide.split("```toml\n").nth(1).expect("a document");
    let text = text.split("```").next().expect("its end");
    let document = Document::read("guide.toml", text).expect("it can be read");
    let mut present = Present::default();
    let name = "Parcel Locker".parse().expect("a name");
    let first = present
        .decide(&Request::Init { name })
        .expect("a new project");
    present.model = first.model;
    let request = Request::Apply {
        document: Box::new(document.clone()),
        prune: false,
    };
    let decision = present.decide(&request).expect("it folds");
    assert_eq!(
        Document::of_workflow(&decision.model, "deposit"),
        Some(document)
    );
}
