//! Codes that no other test produces. Every code of the list is produced by some
//! test: the rules by the seeded mistakes and their examples, the damage of files
//! by `damage.rs`, the rest where its verb is tested, and these here.

use std::fs;

use emc::{
    diagnostic::Report,
    ops::{build, check, edit},
};

use crate::{
    damage::anchored,
    project::{LENIENT, TestProject, transactions},
};

fn codes(report: &Report) -> Vec<u16> {
    let findings = report.findings().iter();
    findings.map(|finding| finding.code.number).collect()
}

/// The repair desk, with other data in the first event of the file that holds `word`.
fn with_event(word: &str, data: &str) -> Vec<u16> {
    let project = TestProject::new(LENIENT);
    let mut changed = false;
    for (name, bytes) in transactions("repair-desk") {
        let text = String::from_utf8(bytes).expect("text");
        if changed || !text.contains(word) {
            project.add(&name, text.as_bytes());
            continue;
        }
        let (before, rest) = text.split_once("\"event_data\":").expect("an event");
        let (_, after) = rest.split_once(",\"metadata\"").expect("metadata");
        let text = format!("{before}\"event_data\":{data},\"metadata\"{after}");
        project.add(&name, &anchored(&text));
        changed = true;
    }
    assert!(changed, "no file holds {word}");
    let checked = check::check(&project.open(), &check::Options::default());
    codes(&checked.expect("no failure of the system").report)
}

#[test]
fn events_that_do_not_fold_have_a_code_each() {
    let connected = |rest: &str| {
        format!(
            "{{\"WorkflowConnected\":{{\"name\":\"CaptureTicket\",\"source\":\"intake-queue\",\"source_control\":null,\
             \"stream_id\":\"workflow::repair-intake\",\"target_view\":null,\"via\":\"command\",\
             \"workflow\":\"repair-intake\",{rest}}}}}"
        )
    };
    let nowhere =
        "\"payload_contract\":null,\"reason\":null,\"target_slice\":null,\"target_workflow\":null";
    let both = "\"payload_contract\":\"c\",\"reason\":\"r\",\"target_slice\":\"capture-ticket\",\"target_workflow\":null";
    assert!(with_event("\"WorkflowConnected\"", &connected(nowhere)).contains(&2216));
    assert!(with_event("\"WorkflowConnected\"", &connected(both)).contains(&2217));
    let updated = "{\"WorkflowTransitionUpdated\":{\"body\":{\"WorkflowTransitionUpdated\":{\"from\":\"intake-queue\",\
        \"name\":\"Nothing\",\"new_from\":\"intake-queue\",\"new_name\":\"Other\",\"new_payload_contract\":null,\
        \"new_reason\":null,\"new_source_control\":null,\"new_target_view\":null,\"new_to\":\"capture-ticket\",\
        \"new_to_workflow\":null,\"new_via\":\"event\",\"to\":\"capture-ticket\",\"to_workflow\":null,\"via\":\"event\",\
        \"workflow\":\"repair-intake\"}},\"stream_id\":\"workflow::repair-intake\"}}";
    let found = with_event("\"WorkflowConnected\"", updated);
    assert!(found.contains(&2215), "{found:?}");
    let early = "{\"WorkflowAdded\":{\"description\":\"d\",\"name\":\"n\",\"slug\":\"n\",\"stream_id\":\"workflow::n\"}}";
    let found = with_event("\"ProjectInitialized\"", early);
    assert!(found.contains(&2211), "{found:?}");
}

#[test]
fn an_exception_that_nothing_needs_is_warned_of() {
    let manifest = format!(
        "{LENIENT}\n[[rules.exceptions]]\nrule = \"EMC308\"\nelement = \"slice no-such-slice\"\nreason = \"r\"\n"
    );
    let project = TestProject::with_store(&manifest, "repair-desk");
    let checked = check::check(&project.open(), &check::Options::default()).expect("checked");
    let all = [codes(&checked.report), codes(&checked.rules)].concat();
    assert!(all.contains(&1023), "{all:?}");
}

#[test]
fn a_generated_file_that_belongs_to_nothing_is_told() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    project.build();
    let page = project.read("model/review/README.md");
    project.write("model/review/workflows/gone.md", page.as_bytes());
    let checked = check::check(&project.open(), &check::Options::default()).expect("checked");
    assert_eq!(codes(&checked.report), [3003]);
}

#[test]
fn a_folder_where_a_file_is_to_be_written_is_told_with_its_path() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    project.write("model/quint", b"a file where a folder is due");
    let built = build::build(&project.open(), &build::Options::default(), || {});
    let finding = built.expect_err("it cannot be written").diagnostic();
    assert_eq!(finding.code.number, 4002);
    let place = finding.place.expect("a place").file;
    assert!(place.starts_with("model/quint"), "{place}");
}

/// An edit whose build fails is kept, and both are said.
#[cfg(feature = "cli")]
#[test]
fn an_edit_stands_when_its_build_fails() {
    use std::process::Command;
    let project = TestProject::with_store(LENIENT, "repair-desk");
    project.build();
    let before = fs::read_dir(project.events()).expect("a folder").count();
    fs::remove_dir_all(project.root().join("model/quint")).expect("removed");
    project.write("model/quint", b"a file where a folder is due");
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
        .args([
            "add",
            "workflow",
            "--slug",
            "late",
            "--name",
            "Late",
            "--description",
            "d",
        ])
        .current_dir(project.root())
        .env("CARGO_TARGET_DIR", project.root().join("target"))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("Added") && said.contains("EMC4002"), "{said}");
    assert!(said.contains("model/quint"), "{said}");
    let after = fs::read_dir(project.events()).expect("a folder").count();
    assert_eq!(after, before + 1, "the transaction is there");
    fs::remove_file(project.root().join("model/quint")).expect("removed");
    project.build();
    assert!(project.read("model/review/README.md").contains("Late"));
}

#[cfg(feature = "author")]
#[test]
fn a_store_that_its_library_refuses_is_told() {
    use emc::authoring::{
        Request,
        edit::{Edit, Kind, Verb},
    };
    let project = TestProject::with_store(LENIENT, "repair-desk");
    project.write("model/events/.eventcore", b"a file where a folder is due");
    let fields = serde_json::json!({ "workflow": "late", "name": "Late", "description": "d" });
    let request = Request::Edit(vec![Edit {
        kind: Kind::Workflow,
        owner: None,
        within: Vec::new(),
        verb: Verb::Add(fields.as_object().cloned().unwrap_or_default()),
    }]);
    let refused = edit::edit(&project.open(), &request, edit::Extent::Store, || {});
    let findings = refused.expect_err("it cannot be opened");
    assert_eq!(findings[0].code.number, 5012);
}
