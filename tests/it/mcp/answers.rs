//! What tools answer is what the commands print, and what they do to a store is what
//! the commands do.

use std::{path::Path, process::Command};

use emc::{ops::verdict::MENDED, rules};
use serde_json::{Value, json};

use super::Served;
use crate::{
    fix::{MANIFEST, broken, transactions},
    project::{TestProject, copy},
};

fn printed(project: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
        .arg("emc")
        .args(arguments)
        .current_dir(project)
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).expect("text")
}

fn content(answer: &Value) -> &Value {
    assert_eq!(answer["isError"], false, "{answer}");
    &answer["structuredContent"]
}

/// What a refusal says, which is for the one mistake that was made.
fn refusal(answer: &Value) -> String {
    assert_eq!(answer["isError"], true, "{answer}");
    let findings = &answer["structuredContent"]["findings"];
    let [finding] = findings.as_array().expect("findings").as_slice() else {
        panic!("one finding: {findings}");
    };
    assert_eq!(finding["name"], "usage", "{finding}");
    finding["message"].as_str().expect("a message").to_owned()
}

#[test]
fn an_export_and_what_is_said_of_a_file_are_those_of_the_command() {
    let project = TestProject::new(MANIFEST);
    broken(&project.open());
    let root = project.root();
    let mut served = Served::greeted(root);
    // It builds too.
    content(&served.call("fix", &json!({})));
    for format in ["toml", "json", "folded"] {
        let told = served.call("export", &json!({ "format": format }));
        let wanted = printed(root, &["export", "--format", format]);
        assert_eq!(content(&told)["result"]["text"], wanted, "{format}");
    }
    let slug = "ticket-desk";
    let told = served.call("export", &json!({ "format": "json", "slice": slug }));
    let wanted = printed(root, &["export", "slice", slug, "--format", "json"]);
    assert_eq!(content(&told)["result"]["text"], wanted);

    let file = "model/quint/emc.qnt";
    assert!(root.join(file).is_file());
    let told = served.call("explain", &json!({ "subject": file }));
    let wanted = printed(root, &["explain", file, "--message-format", "json"]);
    let mut lines = wanted
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let wanted = lines.find(|line| line["reason"] == "artifact");
    let wanted = wanted.expect("a line about the file");
    assert_eq!(content(&told)["result"]["path"], file);
    assert_eq!(content(&told)["result"]["inputs"], wanted["inputs"]);
    assert_eq!(content(&told)["result"]["now"], wanted["now"]);
}

#[test]
fn arguments_that_do_not_go_together_are_refused() {
    let project = TestProject::new(MANIFEST);
    let mut served = Served::greeted(project.root());
    let both = json!({ "workflow": "w", "slice": "s" });
    for tool in ["show", "export", "verify"] {
        let told = served.call(tool, &both);
        assert_eq!(
            refusal(&told),
            "`workflow` and `slice` are both given",
            "{tool}"
        );
    }
    let told = served.call("show", &json!({}));
    assert_eq!(refusal(&told), "neither `workflow` nor `slice` is given");
    let told = served.call("export", &json!({ "format": "folded", "slice": "s" }));
    assert_eq!(
        refusal(&told),
        "the format `folded` is that of the whole model"
    );
    for seconds in [0, 86_401] {
        let told = served.call("verify", &json!({ "timeout": seconds }));
        assert_eq!(
            refusal(&told),
            "`timeout` is not between 1 and 86400 seconds"
        );
    }
}

#[test]
fn what_can_be_mended_is_told_first_and_then_mended() {
    let project = TestProject::new(MANIFEST);
    broken(&project.open());
    let before = transactions(&project);
    let mut served = Served::greeted(project.root());
    let preview = served.call("fix", &json!({ "dry_run": true }));
    let mended = content(&preview)["result"]["mended"].clone();
    let codes: Vec<&str> = mended
        .as_array()
        .expect("what is mended")
        .iter()
        .filter_map(|one| one["code"].as_str())
        .collect();
    for number in MENDED {
        let code = rules::all().find(|rule| rule.code.number == number);
        let code = code.expect("a rule").code.to_string();
        assert!(codes.contains(&code.as_str()), "{code}: {codes:?}");
    }
    let text = |answer: &Value| answer["content"][0]["text"].to_string();
    assert!(text(&preview).contains("would mend"), "{preview}");
    assert_eq!(content(&preview)["transaction"], Value::Null);
    assert_eq!(transactions(&project), before);

    let done = served.call("fix", &json!({ "build": false }));
    assert_eq!(content(&done)["result"]["mended"], mended);
    let transaction = &content(&done)["transaction"];
    let transaction = transaction.as_str().unwrap_or_else(|| panic!("{done}"));
    assert!(project.root().join(transaction).is_file());
    assert_eq!(transactions(&project), before + 1);

    let again = served.call("fix", &json!({ "build": false }));
    assert_eq!(content(&again)["result"]["mended"], json!([]));
    assert!(text(&again).contains("nothing is broken"), "{again}");
    assert_eq!(transactions(&project), before + 1);
}

#[test]
fn an_old_store_below_the_root_is_imported_once() {
    let project = TestProject::new(MANIFEST);
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/stores/legacy-v1-sample");
    copy(&old, &project.root().join("old"));
    let mut served = Served::greeted(project.root());
    let arguments = json!({ "path": "old", "build": false });
    let told = served.call("import", &arguments);
    assert_eq!(content(&told)["result"]["transactions"], 24, "{told}");
    assert_eq!(transactions(&project), 24);
    let again = served.call("import", &arguments);
    assert_eq!(again["isError"], true, "{again}");
    assert_eq!(
        again["structuredContent"]["findings"][0]["name"], "already-imported",
        "{again}"
    );
    assert_eq!(transactions(&project), 24);
}
