//! Writers in processes of their own: two at once, and one that is killed.
//! Each test starts itself again as the writer.

use std::{
    env, fs, io,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use emc::{
    authoring::{
        Present, Request, Store,
        edit::{Edit, Kind, Verb},
    },
    event::Text,
    rel_path::RelPath,
};
use serde_json::{Value, json};
use tempfile::TempDir;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Names the project folder for a writer, and with it who writes.
const PROJECT: &str = "EMC_TEST_PROJECT";
const WRITER: &str = "EMC_TEST_WRITER";

fn store(project: &Path) -> Store {
    let name = RelPath::new("model/events").expect("a good path");
    Store::new(project, name).patience(Duration::from_secs(60))
}

fn add(kind: Kind, owner: Option<&str>, fields: &Value) -> Edit {
    let text = |text: &str| text.parse::<Text>().expect("a test names a text");
    Edit {
        kind,
        owner: owner.map(text),
        within: Vec::new(),
        verb: Verb::Add(fields.as_object().cloned().unwrap_or_default()),
    }
}

fn desk() -> Result<TempDir, Box<dyn std::error::Error>> {
    let project = tempfile::tempdir()?;
    let store = store(project.path());
    store.write(&Request::Init {
        name: "Desk".parse()?,
    })?;
    let slice = |slug: &str| {
        let fields =
            json!({ "slice": slug, "name": slug, "kind": "state_change", "description": "d" });
        add(Kind::Slice, Some("w"), &fields)
    };
    let workflow = json!({ "workflow": "w", "name": "W", "description": "d" });
    let edits = vec![add(Kind::Workflow, None, &workflow), slice("s"), slice("t")];
    store.write(&Request::Edit(edits))?;
    Ok(project)
}

/// One transaction that adds an outcome to both slices.
fn both(store: &Store, label: &str) -> Result<(), Box<dyn std::error::Error>> {
    let outcome = |slice| add(Kind::Outcome, Some(slice), &json!({ "label": label }));
    store.write(&Request::Edit(vec![outcome("s"), outcome("t")]))?;
    Ok(())
}

/// This test once more, as the writer `name`.
fn writer(test: &str, project: &Path, name: &str) -> Result<Child, io::Error> {
    Command::new(env::current_exe()?)
        .args(["--exact", test, "--test-threads", "1"])
        .env(PROJECT, project)
        .env(WRITER, name)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
}

/// The labels of the outcomes of both slices, which must agree.
fn labels(present: &Present) -> Vec<String> {
    assert!(
        present.findings.is_empty() && present.forks.is_empty(),
        "{:?}",
        present.findings
    );
    let of = |slug: &str| -> Vec<String> {
        let slice = present.model.slice(slug);
        let outcomes = slice
            .map(|slice| slice.outcomes.as_slice())
            .unwrap_or_default();
        outcomes
            .iter()
            .map(|outcome| outcome.label.to_string())
            .collect()
    };
    assert_eq!(of("s"), of("t"), "a transaction is whole or not at all");
    of("s")
}

#[test]
fn two_processes_lose_nothing() -> Outcome {
    const ROUNDS: usize = 8;
    if let (Some(project), Ok(name)) = (env::var_os(PROJECT), env::var(WRITER)) {
        for round in 0..ROUNDS {
            both(&store(Path::new(&project)), &format!("{name} {round}"))?;
        }
        return Ok(());
    }
    let project = desk()?;
    let test = "author_processes::two_processes_lose_nothing";
    let mut writers = [
        writer(test, project.path(), "a")?,
        writer(test, project.path(), "b")?,
    ];
    for writer in &mut writers {
        assert!(writer.wait()?.success());
    }
    let labels = labels(&store(project.path()).read()?);
    for name in ["a", "b"] {
        let own: Vec<&String> = labels
            .iter()
            .filter(|label| label.starts_with(name))
            .collect();
        let wanted: Vec<String> = (0..ROUNDS).map(|round| format!("{name} {round}")).collect();
        assert_eq!(own, wanted.iter().collect::<Vec<_>>());
    }
    assert_eq!(labels.len(), 2 * ROUNDS);
    Ok(())
}

#[test]
fn a_writer_that_is_killed_leaves_whole_transactions() -> Outcome {
    if let (Some(project), Ok(name)) = (env::var_os(PROJECT), env::var(WRITER)) {
        // Until it is killed; the bound only ends a test whose parent died.
        for round in 0..10_000 {
            both(&store(Path::new(&project)), &format!("{name} {round}"))?;
        }
        return Ok(());
    }
    let project = desk()?;
    let events = project.path().join("model/events/events");
    let count = || fs::read_dir(&events).map(Iterator::count);
    let test = "author_processes::a_writer_that_is_killed_leaves_whole_transactions";
    for kill in 0..12 {
        let before = count()?;
        let mut writer = writer(test, project.path(), &format!("killed {kill}"))?;
        let deadline = Instant::now() + Duration::from_secs(60);
        while count()? < before + 1 + kill % 3 {
            assert!(Instant::now() < deadline, "the writer writes");
            std::thread::yield_now();
        }
        writer.kill()?;
        writer.wait()?;
        let store = store(project.path());
        let left = labels(&store.read()?);
        both(&store, &format!("after {kill}"))?;
        let now = labels(&store.read()?);
        assert_eq!(
            now.split_last().map(|(_, rest)| rest),
            Some(left.as_slice())
        );
    }
    Ok(())
}
