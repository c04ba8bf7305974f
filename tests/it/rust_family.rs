//! The Rust family, before the real rustfmt and the real rustc.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::{Command, Output},
};

use emc::{
    artifact::{Artifact, Family, Marked, Scope, rust::Rust},
    model::{Model, Origin, ProjectedModel},
    rel_path::RelPath,
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};

use crate::{
    desk::PLAIN,
    project::{LENIENT, TestProject},
    sample::{Words, text},
    strategies,
};

fn rust() -> Rust {
    Rust {
        folder: RelPath::new("model").expect("relative"),
        types: BTreeMap::from([("UUID version 7, 128 bits".to_owned(), "u128".to_owned())]),
        serde: false,
        eventcore: false,
    }
}

fn eventcore() -> Rust {
    Rust {
        eventcore: true,
        ..rust()
    }
}

fn store(name: &str) -> Model {
    let project = TestProject::with_store(LENIENT, name);
    let names = emc::disk::scan::names(&project.events()).expect("a store");
    emc::ops::reading::Reading::of(&project.open(), &names.names, &names.strange).model
}

fn render(rust: &Rust, model: &Model) -> Vec<Artifact> {
    rust.render(model, Scope::Everything)
}

fn write(folder: &Path, artifacts: &[Artifact]) {
    for artifact in artifacts {
        let path = folder.join(artifact.path.as_str());
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, &artifact.text).expect("it can be written");
    }
}

/// Names of every length, in every mixture of what is hard to lay out.
fn models() -> Vec<Model> {
    let mut models = vec![
        Model::default(),
        PLAIN.desk(),
        store("repair-desk"),
        store("every-event"),
    ];
    // Every length around the width of a line, each in another place of it.
    for length in 0..64 {
        let pad = "long name ".repeat(7);
        let pad: String = pad.chars().take(length).collect();
        models.push(Words(&|word| format!("{word} {pad}")).desk());
    }
    let hostile: [&dyn Fn(&str) -> String; 7] = [
        &|word| format!("\"; }} // {word} */ \\ \r\n#![x] {{"),
        &|word| format!("{word} \u{202e}\u{200b} é\u{301} ]("),
        &|word| format!("型 {word} 日本語の長い名前が続きます日本語の長い名前が続きます"),
        &|word| format!("Größe ü {word} Ärger œuvre Ελλάδα Привет – „so“ ©"),
        &|word| format!("{} ", word.len()),
        &|word| {
            [
                "type", "self", "Self", "String", "Event", "r#fn", "_", "con",
            ][word.len() % 8]
                .to_owned()
        },
        &|word| {
            word.chars()
                .map(|c| if c == '-' { ' ' } else { c })
                .collect::<String>()
                .to_uppercase()
        },
    ];
    for words in hostile {
        models.push(Words(words).desk());
    }
    let mut runner = TestRunner::deterministic();
    let histories = strategies::history(60);
    for _ in 0..24 {
        let events = histories
            .new_tree(&mut runner)
            .expect("a history")
            .current();
        let numbered = events.iter().enumerate();
        let numbered = numbered.map(|(at, event)| (Origin(u32::try_from(at).expect("few")), event));
        models.push(ProjectedModel::from_events(numbered).model);
    }
    models
}

/// Every so many of the models as the modules of one program.
fn program(folder: &Path, rust: &Rust, each: usize) -> usize {
    let mut root = String::new();
    // From the end: it has what is hard for rustc, the start what is for rustfmt.
    let models: Vec<Model> = models().into_iter().rev().step_by(each).collect();
    for (number, model) in models.iter().enumerate() {
        write(&folder.join(format!("m{number}")), &render(rust, model));
        root.push_str(&format!(
            "#[path = \"m{number}/model/mod.rs\"]\npub mod m{number};\n\n"
        ));
    }
    fs::write(folder.join("lib.rs"), root.trim_end().to_owned() + "\n").expect("written");
    models.len()
}

fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    text.chars().take(6000).collect()
}

#[test]
fn rustfmt_has_nothing_to_change() {
    for rust in [rust(), eventcore()] {
        let folder = tempfile::tempdir().expect("a folder");
        program(folder.path(), &rust, 1);
        for edition in ["2021", "2024"] {
            let output = Command::new("rustfmt")
                .args(["--check", "--edition", edition])
                .arg(folder.path().join("lib.rs"))
                .output()
                .expect("rustfmt runs");
            assert!(output.status.success(), "{edition}: {}", said(&output));
        }
    }
}

fn rustc(root: &Path, kind: &str) -> Output {
    Command::new("rustc")
        .args([
            "--edition",
            "2024",
            "--crate-type",
            kind,
            "--emit",
            "metadata",
        ])
        .args(["-D", "warnings", "-W", "missing_docs", "--out-dir"])
        .arg(root.parent().expect("a folder"))
        .arg(root)
        .output()
        .expect("rustc runs")
}

#[test]
fn rustc_takes_any_model_without_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    program(folder.path(), &rust(), 2);
    let root = folder.path().join("lib.rs");
    let text = fs::read_to_string(&root).expect("text");
    fs::write(&root, format!("//! All.\n#![allow(missing_docs)]\n{text}")).expect("written");
    let output = rustc(&root, "lib");
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn names_are_read_back_from_their_texts() {
    let folder = tempfile::tempdir().expect("a folder");
    let number = program(folder.path(), &rust(), 8);
    let mut main = fs::read_to_string(folder.path().join("lib.rs")).expect("text");
    main.push_str("fn main() {\n    let mut names = 0;\n");
    for module in 0..number {
        for name in [
            "Command",
            "CommandError",
            "EventName",
            "Slice",
            "Stream",
            "Workflow",
        ] {
            main.push_str(&format!(
                "    for name in m{module}::{name}::ALL {{ assert_eq!(name.to_string().parse(), Ok(*name)); names += 1; }}\n"
            ));
        }
        main.push_str(&format!(
            "    assert_eq!(\"nobody\".parse::<m{module}::Command>().unwrap_err().to_string(), \"the model has no command `nobody`\");\n    for s in m{module}::scenario::scenarios() {{ assert!(!s.test.is_empty() && m{module}::Workflow::ALL.contains(&s.workflow)); names += 1; }}\n"
        ));
    }
    main.push_str("    println!(\"{names}\");\n}\n");
    fs::write(folder.path().join("main.rs"), main).expect("written");
    let program = folder.path().join("names");
    let output = Command::new("rustc")
        .args(["--edition", "2024", "-A", "warnings", "-o"])
        .args([&program, &folder.path().join("main.rs")])
        .output()
        .expect("rustc runs");
    assert!(output.status.success(), "{}", said(&output));
    let output = Command::new(program).output().expect("it runs");
    assert!(output.status.success(), "{}", said(&output));
    let names: usize = said(&output).trim().parse().expect("a number");
    assert!(names > 300, "{names}");
}

#[test]
fn a_match_that_forgot_an_event_does_not_compile() {
    let mut model = PLAIN.desk();
    let folder = tempfile::tempdir().expect("a folder");
    let head = "#[path = \"model/mod.rs\"]\npub mod model;\n\npub fn weight(name: model::EventName) -> u8 {\n    match name {\n";
    let mut main = head.to_owned();
    let event = text_of_events(&rust(), &model);
    for variant in &event {
        main.push_str(&format!("        model::EventName::{variant} => 1,\n"));
    }
    main.push_str("    }\n}\n\npub fn size(event: &model::Event) -> u8 {\n    match event {\n");
    for variant in &event {
        main.push_str(&format!("        model::Event::{variant}(_) => 1,\n"));
    }
    main.push_str("    }\n}\n");
    let root = folder.path().join("lib.rs");
    fs::write(&root, main).expect("written");
    write(folder.path(), &render(&rust(), &model));
    let output = rustc(&root, "lib");
    assert!(
        !said(&output).contains("E0004"),
        "before: {}",
        said(&output)
    );

    let slice = &mut model.workflows[0].slices;
    let added = slice
        .iter_mut()
        .find_map(|slice| slice.event_definitions.first().cloned())
        .expect("an event");
    let mut added = added;
    added.value.name = text("Ticket reopened");
    slice[0].event_definitions.push(added);
    write(folder.path(), &render(&rust(), &model));
    let after = said(&rustc(&root, "lib"));
    assert_eq!(after.matches("error[E0004]").count(), 2, "{after}");
    assert!(
        after.contains("`EventName::TicketReopened` not covered"),
        "{after}"
    );
    assert!(
        after.contains("`&Event::TicketReopened(_)` not covered"),
        "{after}"
    );
}

/// The variants of the enum of events.
fn text_of_events(rust: &Rust, model: &Model) -> Vec<String> {
    let artifacts = render(rust, model);
    let file = artifacts
        .iter()
        .find(|artifact| artifact.path.file_name() == "event.rs")
        .expect("the events");
    let body = file
        .text
        .split("pub enum EventName {")
        .nth(1)
        .expect("an enum");
    let body = body.split('}').next().expect("its end");
    body.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .map(|line| line.trim_end_matches(',').to_owned())
        .collect()
}

#[test]
fn the_paths_are_those_of_all_that_is_rendered() {
    for model in models() {
        let artifacts = render(&rust(), &model);
        let paths: BTreeSet<RelPath> = artifacts.iter().map(|a| a.path.clone()).collect();
        assert_eq!(paths.len(), artifacts.len());
        assert_eq!(paths, rust().paths(&model));
        let lower: BTreeSet<String> = paths.iter().map(|p| p.as_str().to_lowercase()).collect();
        assert_eq!(lower.len(), paths.len());
        for artifact in &artifacts {
            assert_eq!(Marked::of(artifact.text.as_bytes()), Marked::Intact);
        }
    }
}

#[test]
fn an_edit_of_one_slice_changes_few_files() {
    let before = store("repair-desk");
    let changed = |after: &Model| -> Vec<String> {
        let old = render(&rust(), &before);
        let new = render(&rust(), after);
        let pairs = old.iter().zip(&new).filter(|(old, new)| old != new);
        pairs
            .map(|(old, _)| old.path.file_name().to_owned())
            .collect()
    };
    let slice = |model: &mut Model| {
        model.workflows[0]
            .slices
            .iter()
            .position(|slice| !slice.scenarios.is_empty() && !slice.event_definitions.is_empty())
            .expect("a slice that records")
    };
    let mut after = before.clone();
    let at = slice(&mut after);
    after.workflows[0].slices[at].scenarios[0].value.then = text("Something else.");
    assert_eq!(changed(&after), ["repair_intake.rs"]);
    after.workflows[0].slices[at].event_definitions[0]
        .value
        .attribute
        .name = text("other");
    assert_eq!(changed(&after), ["repair_intake.rs"]);
}

#[test]
fn an_attribute_has_the_type_of_its_encoding() {
    let artifacts = render(&rust(), &store("repair-desk"));
    let all: String = artifacts
        .iter()
        .map(|artifact| artifact.text.as_str())
        .collect();
    assert!(all.contains("    pub ticket_id: u128,\n"), "{all}");
    assert!(all.contains(": String,\n"));
    let with = render(&eventcore(), &store("repair-desk"));
    let all: String = with.iter().map(|artifact| artifact.text.as_str()).collect();
    assert!(all.contains("impl ::eventcore::Event for Event"));
    assert!(all.contains("::serde::Serialize, ::serde::Deserialize)]\npub enum Event {"));
}

proptest! {
    #![proptest_config(Config::with_cases(64))]
    #[test]
    fn the_same_model_has_the_same_text(events in strategies::history(40)) {
        let model = || {
            let numbered = events.iter().enumerate();
            let numbered = numbered.map(|(at, event)| (Origin(u32::try_from(at).unwrap_or(0)), event));
            ProjectedModel::from_events(numbered).model
        };
        prop_assert_eq!(render(&eventcore(), &model()), render(&eventcore(), &model()));
    }
}
