//! Writing to real stores: what is decided, what lands on disk, and who waits.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use emc::{
    authoring::{
        Answer, Present, Refused, Request, Resolution, Store,
        edit::{Edit, Kind, Verb},
    },
    document::Document,
    event::{EmcEvent, Text, vocabulary::SliceKind},
    rel_path::RelPath,
};
use serde_json::{Value, json};
use tempfile::TempDir;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn text(text: &str) -> Text {
    text.parse().expect("a test names a text")
}

fn store(project: &Path) -> Store {
    Store::new(project, RelPath::new("model/events").expect("a good path"))
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/stores")
        .join(name)
}

/// A copy of a committed store, as a fresh clone has it.
fn cloned(name: &str) -> Result<TempDir, std::io::Error> {
    let project = tempfile::tempdir()?;
    let (from, to) = (
        fixture(name).join("model/events"),
        project.path().join("model/events"),
    );
    fs::create_dir_all(to.join("events"))?;
    for entry in fs::read_dir(from.join("events"))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join("events").join(entry.file_name()))?;
    }
    fs::copy(from.join(".gitattributes"), to.join(".gitattributes"))?;
    Ok(project)
}

/// Every file below a folder with what it holds.
fn tree(root: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>, std::io::Error> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path)?;
                files.insert(path, bytes);
            }
        }
    }
    Ok(files)
}

fn add(kind: Kind, owner: Option<&str>, fields: Value) -> Edit {
    let Value::Object(fields) = fields else {
        panic!("{fields} is no object")
    };
    Edit {
        kind,
        owner: owner.map(text),
        within: Vec::new(),
        verb: Verb::Add(fields),
    }
}

fn workflow(slug: &str) -> Edit {
    add(
        Kind::Workflow,
        None,
        json!({ "workflow": slug, "name": slug, "description": "d" }),
    )
}

fn slice(workflow: &str, slug: &str) -> Edit {
    let fields = json!({ "slice": slug, "name": slug, "kind": "state_change", "description": "d" });
    add(Kind::Slice, Some(workflow), fields)
}

fn outcome(slice: &str, label: &str) -> Edit {
    add(Kind::Outcome, Some(slice), json!({ "label": label }))
}

fn export(present: &Present) -> Result<String, Refused> {
    Document::of(&present.model).to_toml()
}

fn apply(text: &str, prune: bool) -> Result<Request, Refused> {
    let document = Box::new(Document::from_toml("model.toml", text)?);
    Ok(Request::Apply { document, prune })
}

/// A store with a project, a workflow `w` and its slices `s` and `t`.
fn desk() -> Result<(TempDir, Store), Box<dyn std::error::Error>> {
    let project = tempfile::tempdir()?;
    let store = store(project.path());
    store.write(&Request::Init { name: text("Desk") })?;
    store.write(&Request::Edit(vec![
        workflow("w"),
        slice("w", "s"),
        slice("w", "t"),
    ]))?;
    Ok((project, store))
}

fn codes(refused: &Refused) -> Vec<&str> {
    refused.0.iter().map(|finding| finding.code.name).collect()
}

#[test]
fn init_names_the_project_and_protects_the_transactions() -> Outcome {
    let project = tempfile::tempdir()?;
    let store = store(project.path());
    let request = Request::Init {
        name: text("Repair Desk"),
    };
    let written = store.write(&request)?;
    assert!(written.transaction.is_some());
    let attributes = fs::read_to_string(project.path().join("model/events/.gitattributes"))?;
    assert_eq!(attributes, "events/** -text -merge\n");
    assert_eq!(
        store.read()?.events,
        [EmcEvent::ProjectInitialized {
            name: text("Repair Desk")
        }]
    );

    let before = tree(project.path())?;
    let refused = store.write(&request).expect_err("the project is there");
    assert_eq!(codes(&refused), ["project-exists"]);
    assert_eq!(tree(project.path())?, before);
    Ok(())
}

#[test]
fn attributes_that_protect_nothing_are_completed() -> Outcome {
    let project = cloned("repair-desk")?;
    store(project.path()).write(&Request::Edit(vec![workflow("more")]))?;
    let attributes = fs::read_to_string(project.path().join("model/events/.gitattributes"))?;
    assert_eq!(
        attributes,
        "events/** merge=union\nevents/** -text -merge\n"
    );
    Ok(())
}

#[test]
fn a_transaction_is_what_the_peer_reads() -> Outcome {
    let (project, store) = desk()?;
    let written = store.write(&Request::Edit(vec![
        outcome("s", "done"),
        outcome("t", "gone"),
    ]))?;
    let file = written.transaction.ok_or("something was written")?;
    let content = fs::read_to_string(project.path().join(file.as_str()))?;
    let lines: Vec<Value> = content
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[0]["stream_bases"],
        json!({ "slice::s": 1, "slice::t": 1 })
    );
    assert_eq!(
        lines[0]["parent_transaction_ids"].as_array().map(Vec::len),
        Some(1)
    );
    for (line, slug) in lines[1..].iter().zip(["s", "t"]) {
        let stream = format!("slice::{slug}");
        assert_eq!(line["event_type"], "EmcEvent");
        assert_eq!(line["stream_id"], json!(stream));
        assert_eq!(
            line["event_data"]["SliceFactAdded"]["stream_id"],
            json!(stream)
        );
        assert_eq!(line["metadata"], json!({}));
    }
    assert_eq!(
        lines[1]["event_data"]["SliceFactAdded"]["body"],
        json!({ "SliceOutcomeAdded": { "slice": "s", "label": "done", "events": [], "externally_relevant": false } })
    );
    let present = store.read()?;
    assert!(present.findings.is_empty(), "{:?}", present.findings);
    assert_eq!(present.model, written.decision.model);
    Ok(())
}

#[test]
fn an_export_applied_to_its_store_changes_nothing() -> Outcome {
    for name in ["repair-desk", "every-event"] {
        let project = cloned(name)?;
        let store = store(project.path());
        let present = store.read()?;
        assert!(
            present.findings.is_empty(),
            "{name}: {:?}",
            present.findings
        );
        let mut documents = vec![export(&present)?];
        for workflow in &present.model.workflows {
            let document = Document::of_workflow(&present.model, &workflow.slug);
            documents.push(document.ok_or("a workflow")?.to_toml()?);
            for slice in &workflow.slices {
                let document = Document::of_slice(&present.model, &slice.slug);
                documents.push(document.ok_or("a slice")?.to_toml()?);
            }
        }
        let before = tree(project.path())?;
        for document in documents {
            let written = store.write(&apply(&document, true)?)?;
            assert_eq!(written.decision.events, [], "{name}\n{document}");
            assert_eq!(written.transaction, None);
        }
        assert_eq!(tree(project.path())?, before, "{name}");
    }
    Ok(())
}

#[test]
fn an_export_makes_the_same_model_elsewhere() -> Outcome {
    for name in ["repair-desk", "every-event", "forked-resolved"] {
        let document = export(&store(&fixture(name)).read()?)?;
        let project = tempfile::tempdir()?;
        let store = store(project.path());
        store.write(&Request::Init {
            name: text("Another name"),
        })?;
        let written = store.write(&apply(&document, false)?)?;
        let copy = store.read()?;
        assert!(copy.findings.is_empty(), "{name}: {:?}", copy.findings);
        assert_eq!(export(&copy)?, document, "{name}");
        assert_eq!(copy.model, written.decision.model);
        assert_eq!(
            fs::read_dir(project.path().join("model/events/events"))?.count(),
            2
        );
    }
    Ok(())
}

#[test]
fn a_refused_edit_changes_nothing_on_disk() -> Outcome {
    let (project, store) = desk()?;
    let before = tree(project.path())?;
    for (edits, code) in [
        (
            vec![outcome("s", "done"), outcome("nowhere", "done")],
            "absent-element",
        ),
        (vec![slice("w", "s")], "present-element"),
        (vec![slice("w", "No Slug")], "bad-slug"),
        (
            vec![add(Kind::Command, Some("s"), json!({ "name": "C" }))],
            "impossible-element",
        ),
    ] {
        let refused = store.write(&Request::Edit(edits)).expect_err(code);
        assert_eq!(codes(&refused), [code]);
        assert_eq!(tree(project.path())?, before, "{code}");
    }
    Ok(())
}

#[test]
fn an_event_with_which_the_model_does_not_fold_is_refused() -> Outcome {
    let (project, store) = desk()?;
    let before = tree(project.path())?;
    let lost = EmcEvent::SliceUpdated {
        slug: text("nowhere"),
        name: text("N"),
        kind: SliceKind::StateView,
        description: text("d"),
    };
    let refused = store
        .write(&Request::Record(vec![lost]))
        .expect_err("there is no such slice");
    assert_eq!(codes(&refused), ["does-not-fold"]);
    assert_eq!(tree(project.path())?, before);
    Ok(())
}

#[test]
fn nothing_is_appended_before_a_project_to_a_fork_or_to_damage() -> Outcome {
    let empty = tempfile::tempdir()?;
    let refused = store(empty.path())
        .write(&Request::Edit(vec![workflow("w")]))
        .expect_err("empty");
    assert_eq!(codes(&refused), ["no-project"]);
    assert!(tree(empty.path())?.is_empty());

    let forked = cloned("forked")?;
    let before = tree(forked.path())?;
    let refused = store(forked.path())
        .write(&Request::Edit(vec![workflow("w")]))
        .expect_err("forked");
    assert_eq!(codes(&refused), ["open-fork", "commuting-fork"]);
    assert!(
        refused.0[0].message.contains("slice::capture-ticket"),
        "{refused}"
    );
    assert_eq!(tree(forked.path())?, before);

    for name in ["tampered", "tampered-tip", "dangling"] {
        let damaged = cloned(name)?;
        let before = tree(damaged.path())?;
        let refused = store(damaged.path())
            .write(&Request::Edit(vec![workflow("w")]))
            .expect_err(name);
        assert_eq!(
            codes(&refused).last(),
            Some(&"store-damaged"),
            "{name}: {refused}"
        );
        assert_eq!(tree(damaged.path())?, before, "{name}");
    }
    Ok(())
}

#[test]
fn one_transaction_decides_every_fork() -> Outcome {
    let project = cloned("forked")?;
    let store = store(project.path());
    let undecided = store.write(&Request::Resolve(Resolution::default()))?;
    let open: Vec<String> = store
        .read()?
        .forks
        .iter()
        .map(|fork| fork.fork.stream.to_string())
        .collect();
    assert_eq!(open, ["slice::capture-ticket"], "the other one commutes");
    assert!(undecided.transaction.is_some());
    let answers = vec![Answer {
        stream: None,
        element: None,
        field: None,
        branch: "01a20792-785e-715a-9767-ae26696cdc17".parse()?,
    }];
    store.write(&Request::Resolve(Resolution { answers }))?;
    let present = store.read()?;
    assert_eq!(present.forks, []);
    assert!(present.findings.is_empty(), "{:?}", present.findings);
    store.write(&Request::Edit(vec![workflow("after")]))?;
    Ok(())
}

#[test]
fn writers_at_once_lose_nothing() -> Outcome {
    let (project, _) = desk()?;
    let results: Vec<Result<(), String>> = thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let path = project.path();
                scope.spawn(move || {
                    // Its own handle: nothing but the folder is shared.
                    let store = store(path).patience(Duration::from_secs(60));
                    for round in 0..5 {
                        let mine = outcome("s", &format!("{writer} {round}"));
                        let shared = outcome("t", &format!("round {round}"));
                        store
                            .write(&Request::Edit(vec![mine]))
                            .map_err(|refused| refused.to_string())?;
                        match store.write(&Request::Edit(vec![shared])) {
                            Ok(_) => {}
                            // The decision was made anew: somebody else was first.
                            Err(refused) if codes(&refused) == ["present-element"] => {}
                            Err(refused) => return Err(refused.to_string()),
                        }
                    }
                    Ok(())
                })
            })
            .collect();
        writers
            .into_iter()
            .map(|writer| writer.join().expect("no panic"))
            .collect()
    });
    for result in results {
        result?;
    }
    let present = store(project.path()).read()?;
    assert!(present.findings.is_empty() && present.forks.is_empty());
    let outcomes = |slug: &str| present.model.slice(slug).map(|slice| slice.outcomes.len());
    assert_eq!((outcomes("s"), outcomes("t")), (Some(20), Some(5)));
    Ok(())
}

#[test]
fn a_writer_that_holds_the_lock_is_waited_for_and_named() -> Outcome {
    let (project, store) = desk()?;
    let other = crate::project::open_store(&project.path().join("model/events"));
    let request = Request::Edit(vec![outcome("s", "done")]);
    let hasty = store.clone().patience(Duration::from_millis(50));
    assert_eq!(
        codes(&hasty.write(&request).expect_err("it is locked")),
        ["store-busy"]
    );
    let waiting = thread::spawn(move || store.write(&request).map(|written| written.transaction));
    drop(other);
    assert!(waiting.join().expect("no panic")?.is_some());
    Ok(())
}

#[test]
fn torn_local_state_does_not_stop_an_edit() -> Outcome {
    let (project, store) = desk()?;
    let local = project.path().join("model/events");
    for (file, content) in [
        ("index/ingestion.log", "{\"event_id\":\"01"),
        (".eventcore/replica_id", ""),
    ] {
        fs::write(local.join(file), content)?;
        let label = format!("after {file}");
        store.write(&Request::Edit(vec![outcome("s", &label)]))?;
    }
    let present = store.read()?;
    assert!(
        present.findings.is_empty() && present.forks.is_empty(),
        "{:?}",
        present.findings
    );
    Ok(())
}
