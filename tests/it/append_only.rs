//! `check --base`: committed transactions stay as they are. With real git.

use std::fs;

use emc::ops::check::{self, Options};

use crate::project::{LENIENT, TestProject, git, transactions};

fn findings(project: &TestProject, base: &str) -> Vec<(u16, String)> {
    let options = Options {
        base: Some(base.to_owned()),
        ..Options::default()
    };
    let checked = check::check(&project.open(), &options).expect("no failure of the system");
    let findings = checked.report.findings().iter();
    findings
        .map(|finding| (finding.code.number, finding.message.clone()))
        .collect()
}

fn committed() -> (TestProject, Vec<(String, Vec<u8>)>) {
    let all = transactions("repair-desk");
    let project = TestProject::new(LENIENT);
    for (name, bytes) in &all[..200] {
        project.add(name, bytes);
    }
    project.build();
    git(
        project.root(),
        &["init", "--quiet", "--initial-branch=main"],
    );
    git(project.root(), &["add", "--all", "--", "emc.toml", "model"]);
    git(project.root(), &["commit", "--quiet", "--message=all"]);
    git(project.root(), &["switch", "--quiet", "--create", "work"]);
    (project, all)
}

#[test]
fn what_is_added_is_no_change_of_the_past() {
    let (project, all) = committed();
    for (name, bytes) in &all[200..] {
        project.add(name, bytes);
    }
    project.build();
    assert_eq!(findings(&project, "main"), []);
    git(project.root(), &["add", "--all", "--", "model"]);
    git(project.root(), &["commit", "--quiet", "--message=more"]);
    assert_eq!(findings(&project, "main"), []);
}

#[test]
fn a_removed_tip_is_seen() {
    // The store alone cannot tell: what is left is a whole history.
    let (project, all) = committed();
    let (name, _) = &all[199];
    fs::remove_file(project.events().join(name)).expect("removed");
    project.build();
    let message = format!("the committed transaction `{name}` was deleted");
    assert_eq!(findings(&project, "main"), [(2031, message.clone())]);
    git(project.root(), &["add", "--all", "--", "model"]);
    git(project.root(), &["commit", "--quiet", "--message=less"]);
    assert_eq!(findings(&project, "main"), [(2031, message)]);
}

#[test]
fn a_header_that_was_edited_is_seen() {
    // The content hash does not cover the header.
    let (project, all) = committed();
    let (name, bytes) = &all[120];
    let text = String::from_utf8(bytes.clone()).expect("text");
    let (header, rest) = text.split_once('\n').expect("a header");
    let edited = header.replace("\"created_at\":\"2026", "\"created_at\":\"2025");
    assert_ne!(edited, header);
    project.add(name, format!("{edited}\n{rest}").as_bytes());
    project.build();
    let expected = (
        2031,
        format!("the committed transaction `{name}` was changed"),
    );
    assert!(findings(&project, "main").contains(&expected));
}

#[test]
fn a_commit_that_git_does_not_know_is_told() {
    let (project, _) = committed();
    let codes: Vec<u16> = findings(&project, "nowhere")
        .into_iter()
        .map(|(code, _)| code)
        .collect();
    assert_eq!(codes, [4004]);
    let codes: Vec<u16> = findings(&project, "--output=x")
        .into_iter()
        .map(|(code, _)| code)
        .collect();
    assert_eq!(codes, [4004]);
    assert!(!project.root().join("x").exists());
}
