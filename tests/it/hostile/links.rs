//! Links and `..` that lead out of the project.

use std::{fs, os::unix::fs::symlink, path::PathBuf};

use super::{EDIT, run, sprung, tree};
use crate::project::{LENIENT, TestProject};

/// Somebody else's folder, with files that links lead to.
fn outside() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in [
        "keys",
        "head",
        "lock",
        "README.md",
        "CACHEDIR.TAG",
        ".gitattributes",
    ] {
        fs::write(folder.path().join(name), b"precious").expect("written");
    }
    fs::create_dir_all(folder.path().join("events")).expect("a folder");
    folder
}

/// Where a link is put, and what it leads to in the folder outside.
const LINKS: [(&str, &str); 21] = [
    ("reviews", ""),
    ("model", ""),
    ("model", "absent"),
    ("model/events", ""),
    ("model/events", "absent"),
    ("model/events/events", "events"),
    ("model/events/events", "absent"),
    ("model/events/.gitattributes", ".gitattributes"),
    ("model/events/.gitignore", "keys"),
    ("model/events/.lock", "lock"),
    ("model/events/.eventcore", ""),
    ("model/events/.eventcore/replica_id", "keys"),
    ("model/events/index", ""),
    ("model/events/index/ingestion.log", "keys"),
    ("model/lean", ""),
    ("model/lean", "absent"),
    ("model/review", "absent"),
    ("model/review/workflows", ""),
    ("model/review/README.md", "README.md"),
    ("model/review/README.md", "absent"),
    ("model/quint/emc.qnt", "/dev/zero"),
];

#[test]
fn nothing_is_written_through_a_link_by_any_verb() {
    let mut told = 0;
    for (place, to) in LINKS {
        for verb in [
            &["check"][..],
            &["build"],
            &["build", "--force"],
            &EDIT,
            &["init", "--name", "Repair Desk"],
            &["clean"],
        ] {
            let project = TestProject::with_store(LENIENT, "repair-desk");
            let outside = outside();
            let before = tree(outside.path());
            let link = project.root().join(place);
            if let Ok(metadata) = fs::symlink_metadata(&link) {
                if metadata.is_dir() {
                    fs::rename(&link, project.root().join("aside")).expect("renamed");
                } else {
                    fs::remove_file(&link).expect("removed");
                }
            }
            fs::create_dir_all(link.parent().expect("a folder")).expect("a folder");
            symlink(outside.path().join(to), &link).expect("linked");
            let ran = run(&project, verb);
            assert!(
                tree(outside.path()) == before,
                "{verb:?} wrote outside through {place} to {to}: {}",
                ran.said
            );
            assert!(!ran.said.contains("precious"), "{}", ran.said);
            told += usize::from(ran.said.contains("symbolic link"));
            assert_eq!(sprung(&project), "");
        }
    }
    assert!(told >= 40, "only {told} runs told of the link");
}

/// The state of a build lies where anybody can compute.
#[test]
fn links_in_the_build_state_are_not_followed() {
    for part in ["head", "files", "shape", "lock", "places-0"] {
        let project = TestProject::with_store(LENIENT, "repair-desk");
        let outside = outside();
        assert_eq!(run(&project, &["build"]).code, 0);
        let shelf = project.open().shelf.folder().to_path_buf();
        let place = shelf.join(part);
        fs::remove_file(&place).expect("removed");
        symlink(outside.path().join("keys"), &place).expect("linked");
        let before = tree(outside.path());
        for verb in [&["build", "--force"][..], &EDIT, &["check"]] {
            run(&project, verb);
            assert!(tree(outside.path()) == before, "{part} was written through");
        }
    }
    for depth in 1..=3 {
        let project = TestProject::with_store(LENIENT, "repair-desk");
        let outside = outside();
        let before = tree(outside.path());
        let shelf = project.open().shelf.folder().to_path_buf();
        let place: PathBuf = shelf
            .ancestors()
            .nth(depth - 1)
            .expect("above")
            .to_path_buf();
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        symlink(outside.path(), &place).expect("linked");
        let ran = run(&project, &["build"]);
        assert!(
            ran.code == 3 && ran.said.contains("symbolic link"),
            "{}",
            ran.said
        );
        assert!(tree(outside.path()) == before);
    }
}

/// A folder `emc` of somebody's own, where cargo's target folder is said to be.
#[test]
fn a_folder_that_is_called_emc_keeps_its_files() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let outside = outside();
    fs::create_dir(outside.path().join("emc")).expect("made");
    fs::write(outside.path().join("emc/.gitignore"), b"mine").expect("written");
    let config = format!("[build]\ntarget-dir = \"{}\"\n", outside.path().display());
    project.write(".cargo/config.toml", config.as_bytes());
    assert_eq!(run(&project, &["build"]).code, 0);
    let kept = fs::read(outside.path().join("emc/.gitignore")).expect("a file");
    assert_eq!(kept, b"mine");
}

/// The name of a temporary file holds the number of the process: a stranger can
/// put a link in the place of each.
#[test]
fn a_link_in_the_place_of_a_temporary_file_is_not_written_through() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let outside = outside();
    let before = tree(outside.path());
    let page = project.root().join("model/review/README.md");
    fs::create_dir_all(page.parent().expect("a folder")).expect("a folder");
    let name = emc::digest::Digest::of(b"README.md").hex();
    let own = std::process::id();
    for id in own.saturating_sub(10)..own + 2_000 {
        let place = format!("model/review/.emc-tmp-{}-{id}", &name[..12]);
        symlink(outside.path().join("keys"), project.root().join(place)).expect("linked");
    }
    // In this process, whose number is among them.
    let outcome = project.build();
    assert!(!outcome.report.has_errors(), "{:?}", outcome.report);
    assert!(page.is_file());
    assert!(tree(outside.path()) == before);
}

#[test]
fn a_manifest_cannot_name_a_place_outside() {
    for path in [
        "../x",
        "/tmp/x",
        "a/../../x",
        "a\\..\\x",
        "C:/x",
        ".",
        "a/../..",
    ] {
        for table in ["store", "artifacts.lean", "artifacts.review"] {
            let project = TestProject::with_store(LENIENT, "repair-desk");
            let manifest = format!("{LENIENT}\n[{table}]\npath = {path:?}\n");
            project.write("emc.toml", manifest.as_bytes());
            let parent = project.root().parent().expect("a folder").join("x");
            for verb in [&["check"][..], &["build"], &EDIT, &["clean"]] {
                let ran = run(&project, verb);
                assert_eq!(ran.code, 2, "{table} {path}: {}", ran.said);
            }
            assert!(!parent.exists());
            assert!(!project.root().join("target").exists());
        }
    }
}

/// Only `verify` runs what a manifest names.
#[test]
fn commands_of_a_manifest_are_run_by_verify_only() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let manifest = format!("{LENIENT}\n[verify]\nlean = [\"lean\"]\nquint = [\"./traps/quint\"]\n");
    project.write("emc.toml", manifest.as_bytes());
    fs::create_dir_all(project.root().join(".git/hooks")).expect("made");
    for verb in [
        &["build"][..],
        &["check"],
        &["status"],
        &["list", "slices"],
        &["show", "workflow", "repair-intake"],
        &["log"],
        &["export"],
        &["explain", "model/review/README.md"],
        &EDIT,
        &["clean"],
        &["build"],
    ] {
        run(&project, verb);
        assert_eq!(sprung(&project), "", "{verb:?} started a program");
    }
    run(&project, &["verify"]);
    assert!(!sprung(&project).is_empty(), "the traps work");
}
