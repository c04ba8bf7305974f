//! The old format becomes transactions of today.

use std::{fs, path::Path};

use emc::{
    authoring::{Refused, Request, Store},
    rel_path::RelPath,
};
use serde_json::Value;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn store(project: &Path) -> Store {
    Store::new(project, RelPath::new("model/events").expect("a good path"))
}

fn fixtures() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn sample() -> std::path::PathBuf {
    fixtures().join("stores/legacy-v1-sample")
}

fn codes(refused: &Refused) -> Vec<&str> {
    refused.0.iter().map(|finding| finding.code.name).collect()
}

#[test]
fn the_old_events_become_transactions_in_the_old_order() -> Outcome {
    let project = tempfile::tempdir()?;
    let store = store(project.path());
    let imported = store.import(&sample())?;
    assert_eq!(imported.transactions, 24);

    let expected: Value = serde_json::from_slice(&fs::read(
        fixtures().join("expected/legacy-v1-sample.json"),
    )?)?;
    let model = &imported.model;
    let workflows: Vec<&str> = model
        .workflows
        .iter()
        .map(|own| own.name.as_str())
        .collect();
    let slices: Vec<&str> = model
        .slices()
        .map(|(_, slice)| slice.name.as_str())
        .collect();
    assert_eq!(expected["lists"]["workflows"], serde_json::json!(workflows));
    assert_eq!(expected["lists"]["slices"], serde_json::json!(slices));
    let transitions: usize = model
        .workflows
        .iter()
        .map(|own| own.transitions.len())
        .sum();
    assert_eq!(
        expected["lists"]["transitions"].as_array().map(Vec::len),
        Some(transitions)
    );

    let again = store.import(&sample()).expect_err("it is imported");
    assert_eq!(codes(&again), ["already-imported"]);
    Ok(())
}

#[test]
fn an_import_that_was_interrupted_goes_on() -> Outcome {
    let project = tempfile::tempdir()?;
    let store = store(project.path());
    let whole = store.import(&sample())?.model;
    let events = project.path().join("model/events/events");
    let mut files: Vec<_> = fs::read_dir(&events)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    for file in files.iter().skip(10) {
        fs::remove_file(file.path())?;
    }
    let rest = store.import(&sample())?;
    assert_eq!(rest.transactions, 14);
    assert_eq!(rest.model, whole);
    Ok(())
}

#[test]
fn a_store_with_other_events_is_left_alone() -> Outcome {
    let project = tempfile::tempdir()?;
    let store = store(project.path());
    store.write(&Request::Init {
        name: "Desk".parse()?,
    })?;
    let refused = store.import(&sample()).expect_err("it has a project");
    assert_eq!(codes(&refused), ["already-imported"]);
    assert_eq!(store.read()?.events.len(), 1);
    Ok(())
}

#[test]
fn every_damaged_file_is_named_and_nothing_is_written() -> Outcome {
    let old = tempfile::tempdir()?;
    let from = sample().join("model/events/v1");
    let mut names: Vec<_> = fs::read_dir(&from)?
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect::<Result<_, _>>()?;
    names.sort();
    for name in &names {
        fs::copy(from.join(name), old.path().join(name))?;
    }
    let (edited, cut) = (old.path().join(&names[3]), old.path().join(&names[7]));
    let content = fs::read_to_string(&edited)?;
    fs::write(
        &edited,
        content.replacen("\"name\": \"", "\"name\": \"X", 1),
    )?;
    fs::write(&cut, "{")?;

    let project = tempfile::tempdir()?;
    let refused = store(project.path())
        .import(old.path())
        .expect_err("it is damaged");
    let places: Vec<&str> = refused
        .0
        .iter()
        .filter_map(|finding| finding.place.as_ref())
        .map(|place| place.file.as_str())
        .collect();
    for damaged in [&edited, &cut] {
        assert!(
            places.contains(&damaged.to_string_lossy().as_ref()),
            "{refused}"
        );
    }
    assert!(codes(&refused).iter().all(|code| *code == "legacy-damaged"));
    assert_eq!(fs::read_dir(project.path())?.count(), 0);
    Ok(())
}
