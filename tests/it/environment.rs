//! Same store, same bytes, whatever the machine is set to; and files that are
//! no transactions.

use std::{fs, process::Command};

use emc::ops::{build::Options, check};

use crate::project::{LENIENT, TestProject, transactions};

fn cargo_emc(project: &TestProject) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-emc"));
    command
        .current_dir(project.root())
        .env("CARGO_TARGET_DIR", project.root().join("target"));
    command
}

#[test]
fn the_environment_does_not_reach_the_artifacts() {
    let reference = TestProject::with_store(LENIENT, "repair-desk");
    reference.build();
    let expected = reference.artifacts();
    let told = told(&reference, &[]);
    assert!(told.lines().count() > 10, "{told}");
    let settings: [&[(&str, &str)]; 8] = [
        &[("TZ", "Pacific/Chatham")],
        &[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
        &[("CI", "true"), ("NO_COLOR", "1")],
        &[("COLUMNS", "20"), ("CARGO_TERM_COLOR", "always")],
        &[("HOME", "/nonexistent")],
        &[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")],
        &[("USER", "nobody"), ("LOGNAME", "nobody"), ("HOSTNAME", "x")],
        &[("TZ", ""), ("LC_ALL", "C"), ("SOURCE_DATE_EPOCH", "1")],
    ];
    for setting in settings {
        // Another absolute root each time, and another order of creation.
        let project = TestProject::new(LENIENT);
        let mut files = transactions("repair-desk");
        files.reverse();
        for (name, bytes) in &files {
            project.add(name, bytes);
        }
        let status = cargo_emc(&project)
            .args(["build", "--quiet"])
            .envs(setting.iter().copied())
            .status();
        assert!(status.expect("it runs").success(), "{setting:?}");
        assert_eq!(project.artifacts(), expected, "{setting:?}");
        assert_eq!(self::told(&project, setting), told, "{setting:?}");
    }
}

/// What a check tells a program.
fn told(project: &TestProject, setting: &[(&str, &str)]) -> String {
    let output = cargo_emc(project)
        .args(["check", "--message-format", "json"])
        .envs(setting.iter().copied())
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{setting:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[cfg(unix)]
#[test]
fn the_umask_does_not_reach_the_artifacts() {
    let reference = TestProject::with_store(LENIENT, "repair-desk");
    reference.build();
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let script = format!(
        "umask 077 && exec {} build --quiet",
        env!("CARGO_BIN_EXE_cargo-emc")
    );
    let status = Command::new("sh")
        .args(["-c", &script])
        .current_dir(project.root())
        .env("CARGO_TARGET_DIR", project.root().join("target"))
        .status();
    assert!(status.expect("it runs").success());
    assert_eq!(project.artifacts(), reference.artifacts());
}

fn codes(project: &TestProject) -> Vec<u16> {
    let checked = check::check(&project.open(), &check::Options::default())
        .expect("no failure of the system");
    checked
        .report
        .findings()
        .iter()
        .map(|finding| finding.code.number)
        .collect()
}

#[cfg(unix)]
#[test]
fn what_is_named_like_a_transaction_and_is_none_is_told() {
    use std::os::unix::ffi::OsStrExt as _;
    let project = TestProject::with_store(LENIENT, "repair-desk");
    project.build();
    assert_eq!(codes(&project), [0u16; 0]);

    fs::create_dir(project.events().join("folder.jsonl")).expect("made");
    assert_eq!(codes(&project), [2024]);
    fs::remove_dir(project.events().join("folder.jsonl")).expect("removed");

    let (name, _) = &transactions("repair-desk")[0];
    std::os::unix::fs::symlink(
        project.events().join(name),
        project.events().join("link.jsonl"),
    )
    .expect("linked");
    assert_eq!(codes(&project), [2024], "a link is not followed");
    fs::remove_file(project.events().join("link.jsonl")).expect("removed");

    let odd = std::ffi::OsStr::from_bytes(b"\xff.jsonl");
    fs::write(project.events().join(odd), b"").expect("written");
    assert_eq!(codes(&project), [2025]);
    fs::remove_file(project.events().join(odd)).expect("removed");
    fs::write(project.events().join("note.txt"), b"not ours").expect("written");
    assert_eq!(
        codes(&project),
        [0u16; 0],
        "other names are nobody's business"
    );
}

#[test]
fn a_project_without_a_store_or_with_an_empty_one_is_no_success() {
    let project = TestProject::new(LENIENT);
    assert_eq!(codes(&project), [2027]);
    fs::remove_dir_all(project.root().join("model")).expect("removed");
    assert_eq!(codes(&project), [2026]);
    let outcome = project.build();
    assert_eq!(outcome.report.findings().len(), 1);
    assert!(project.artifacts().is_empty());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let outside = tempfile::tempdir().expect("a folder");
    let project = TestProject::with_store(LENIENT, "repair-desk");
    std::os::unix::fs::symlink(outside.path(), project.root().join("model/lean")).expect("linked");
    let outcome = project.build();
    let codes: Vec<u16> = outcome
        .report
        .findings()
        .iter()
        .map(|finding| finding.code.number)
        .collect();
    assert!(codes.contains(&4003), "{codes:?}");
    assert_eq!(fs::read_dir(outside.path()).expect("a folder").count(), 0);
}

#[test]
fn check_writes_nothing_and_believes_no_cache() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    project.build_with(&Options::default());
    let path = project
        .artifacts()
        .keys()
        .find(|path| path.contains("/review/workflows/"))
        .expect("a page")
        .clone();
    let text = project.read(&path);
    project.write(&path, format!("{text}edited\n").as_bytes());
    project.open().shelf.clear().expect("cleared");
    assert_eq!(codes(&project), [3004]);
    assert!(
        !project.open().shelf.folder().exists(),
        "no state was written"
    );
    assert_ne!(project.read(&path), text);
    project.write(&path, text.replace('\n', "\r\n").as_bytes());
    assert_eq!(codes(&project), [3008]);
    fs::remove_file(project.root().join(&path)).expect("removed");
    assert_eq!(codes(&project), [3002]);
    project.write(&path, text.as_bytes());
    assert_eq!(codes(&project), [0u16; 0]);
}

#[test]
fn a_store_that_git_may_convert_is_warned_of() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    project.build();
    project.write("model/events/.gitattributes", b"events/** merge=union\n");
    assert_eq!(codes(&project), [0u16; 0], "in no work tree");
    fs::create_dir(project.root().join(".git")).expect("made");
    assert_eq!(codes(&project), [2028]);
    project.write(".gitattributes", b"*.jsonl -text\n");
    assert_eq!(codes(&project), [0u16; 0]);
}
