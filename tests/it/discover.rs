//! Finding projects and the target directory in real folders.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use emc::disk::{
    discover::{Project, Surroundings, find, named, nearest},
    target::target_dir,
    workspace::{Selection, projects},
};
use tempfile::TempDir;

/// A folder with these files; parents are made as needed.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn nothing(_: &str) -> Option<OsString> {
    None
}

fn within(current_dir: &Path) -> Surroundings<'_> {
    Surroundings {
        current_dir,
        variables: &nothing,
    }
}

fn label(found: Option<Project>) -> Option<String> {
    found.map(|project| project.label)
}

const MANIFEST: &str = "[project]\nname = \"Desk\"\n";

#[test]
fn the_nearest_manifest_at_or_above_is_found() {
    let folder = tree(&[
        ("emc.toml", MANIFEST),
        ("a/b/x", ""),
        ("c/emc.toml", MANIFEST),
        ("d/emc.toml/x", "a folder of that name is no manifest"),
    ]);
    let at = |path: &str| {
        let found = find(Path::new(path), &within(folder.path())).expect("readable");
        label(found)
    };
    assert_eq!(at(""), Some("emc.toml".to_owned()));
    assert_eq!(at("a/b"), Some("emc.toml".to_owned()));
    assert_eq!(at("a/./b"), Some("emc.toml".to_owned()));
    assert_eq!(at("c"), Some("c/emc.toml".to_owned()));
    assert_eq!(at("d"), Some("emc.toml".to_owned()));

    let below = folder.path().join("a/b");
    let project = nearest(&below, &within(&below)).expect("found above");
    assert_eq!(project.root, folder.path());
    assert_eq!(project.manifest_path, folder.path().join("emc.toml"));
    assert_eq!(Path::new(&project.label), project.manifest_path);
    assert!(project.load().0.is_some());
}

#[test]
fn the_walk_ends_where_the_repository_ends() {
    let folder = tree(&[
        ("emc.toml", MANIFEST),
        ("clone/.git/HEAD", ""),
        ("clone/a/x", ""),
        ("worktree/.git", "gitdir: elsewhere"),
        ("own/.git/HEAD", ""),
        ("own/emc.toml", MANIFEST),
    ]);
    for outside in ["clone/a", "clone", "worktree"] {
        let start = folder.path().join(outside);
        assert_eq!(find(&start, &within(folder.path())), Ok(None), "{outside}");
        let finding = nearest(&start, &within(&start)).expect_err("nothing there");
        assert_eq!(finding.code.number, 1018);
        assert!(finding.message.contains(outside), "{}", finding.message);
        assert!(
            finding
                .notes
                .iter()
                .any(|note| note.contains("repository ends"))
        );
        assert!(
            finding
                .help
                .iter()
                .any(|help| help.contains("cargo emc init"))
        );
    }
    let found = find(Path::new("own"), &within(folder.path())).expect("readable");
    assert_eq!(label(found), Some("own/emc.toml".to_owned()));
}

#[test]
fn a_cargo_toml_points_at_a_manifest() {
    let package =
        "[package]\nname = \"desk\"\n[package.metadata.emc]\nconfig = \"docs/model.toml\"\n";
    let folder = tree(&[
        ("Cargo.toml", package),
        ("emc.toml", "the pointer comes first"),
        ("docs/model.toml", MANIFEST),
        ("src/lib.rs", ""),
    ]);
    let found = find(Path::new("src"), &within(folder.path()))
        .expect("readable")
        .expect("found");
    assert_eq!(found.label, "docs/model.toml");
    assert_eq!(found.root, folder.path().join("docs"));
}

#[test]
fn a_pointer_that_points_nowhere_is_told() {
    for (metadata, line, column) in [
        ("[package.metadata.emc]\nconfig = \"none.toml\"\n", 2, 10),
        ("[package.metadata.emc]\nconfig = 3\n", 2, 10),
        ("[package.metadata.emc]\npath = \"x\"\n", 2, 1),
        ("[package.metadata.emc]\n", 1, 1),
        ("package.metadata.emc = \"x\"\n", 1, 24),
        ("[workspace.metadata]\nemc.config = \".\"\n", 2, 14),
    ] {
        let folder = tree(&[("Cargo.toml", metadata), ("emc.toml", MANIFEST)]);
        let finding = find(Path::new(""), &within(folder.path())).expect_err(metadata);
        assert_eq!(finding.code.number, 1019);
        let place = finding.place.expect("a place");
        assert_eq!(
            (place.line, place.column),
            (Some(line), Some(column)),
            "{metadata}"
        );
    }
    for no_pointer in ["not toml: emc", "[package]\nname = \"emc\"\n"] {
        let folder = tree(&[("Cargo.toml", no_pointer), ("emc.toml", MANIFEST)]);
        let found = find(Path::new(""), &within(folder.path())).expect("cargo's to tell");
        assert_eq!(label(found), Some("emc.toml".to_owned()));
    }
}

#[test]
fn a_manifest_is_named_by_its_file_or_its_folder() {
    let folder = tree(&[
        ("a/emc.toml", MANIFEST),
        ("b/desk.toml", MANIFEST),
        ("c/x", ""),
    ]);
    let at = |path: &str| named(Path::new(path), &within(folder.path())).map(|found| found.label);
    assert_eq!(at("a").as_deref(), Ok("a/emc.toml"));
    assert_eq!(at("a/emc.toml").as_deref(), Ok("a/emc.toml"));
    assert_eq!(at("./b/desk.toml").as_deref(), Ok("b/desk.toml"));
    for nowhere in ["c", "none", "c/x/emc.toml"] {
        let finding = at(nowhere).expect_err("nothing there");
        assert_eq!(finding.code.number, 1018, "{nowhere}");
    }
    let project = named(Path::new("c/../a"), &within(folder.path())).expect("found");
    assert!(project.root.ends_with("a"));
    assert!(!project.root.ends_with("c/../a"));
}

#[test]
fn a_manifest_that_cannot_be_read_is_told() {
    let folder = tree(&[]);
    let path = folder.path().join("emc.toml");
    fs::write(&path, b"[project]\nname = \"\xff\"\n").expect("a file");
    let project = named(&path, &within(folder.path())).expect("found");
    let (manifest, findings) = project.load();
    assert!(manifest.is_none());
    let found: Vec<_> = findings
        .iter()
        .map(|found| {
            (
                found.code.number,
                found.place.as_ref().and_then(|place| place.line),
            )
        })
        .collect();
    assert_eq!(found, [(1017, Some(2))]);
    fs::remove_file(&path).expect("removed");
    assert_eq!(
        project.load().1.first().map(|found| found.code.number),
        Some(4001)
    );
}

fn selected(folder: &Path, selection: &Selection) -> Result<Vec<String>, Vec<u16>> {
    projects(selection, &within(folder))
        .map(|found| found.into_iter().map(|project| project.label).collect())
        .map_err(|findings| findings.iter().map(|found| found.code.number).collect())
}

#[test]
fn members_of_a_workspace_are_selected() {
    let package = |name: &str, more: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.2.0\"\nedition = \"2024\"\n{more}")
    };
    let folder = tree(&[
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"a\", \"b\", \"c\"]\nresolver = \"3\"\n",
        ),
        ("a/Cargo.toml", &package("a", "")),
        ("a/src/lib.rs", ""),
        ("a/emc.toml", MANIFEST),
        (
            "b/Cargo.toml",
            &package("b", "[package.metadata.emc]\nconfig = \"../a/emc.toml\"\n"),
        ),
        ("b/src/lib.rs", ""),
        ("c/Cargo.toml", &package("c", "")),
        ("c/src/lib.rs", ""),
        (".git/HEAD", ""),
    ]);
    let folder = fs::canonicalize(folder.path()).expect("a real path");
    let packages = |packages: &[&str]| Selection {
        packages: packages.iter().map(ToString::to_string).collect(),
        ..Selection::default()
    };
    let workspace = Selection {
        workspace: true,
        ..Selection::default()
    };
    assert_eq!(
        selected(&folder, &packages(&["a"])),
        Ok(vec!["a/emc.toml".to_owned()])
    );
    assert_eq!(
        selected(&folder, &packages(&["b@0.2.0", "a"])),
        Ok(vec!["a/emc.toml".to_owned()])
    );
    assert_eq!(
        selected(&folder, &packages(&["b@0.3.0", "x", "c"])),
        Err(vec![1020, 1020, 1018])
    );
    assert_eq!(
        selected(&folder, &workspace),
        Ok(vec!["a/emc.toml".to_owned()])
    );
    let by_path = Selection {
        manifest_path: Some("b/Cargo.toml".into()),
        ..Selection::default()
    };
    assert_eq!(
        selected(&folder, &by_path),
        Ok(vec!["a/emc.toml".to_owned()])
    );
    let by_folder = Selection {
        manifest_path: Some("b".into()),
        ..Selection::default()
    };
    assert_eq!(selected(&folder, &by_folder), Err(vec![1018]));
    // A workspace without a project of its own means its default members.
    assert_eq!(
        selected(&folder, &Selection::default()),
        Ok(vec!["a/emc.toml".to_owned()])
    );
    assert_eq!(
        selected(&folder.join("c"), &Selection::default()),
        Err(vec![1018])
    );
    let without = |exclude: &[&str]| Selection {
        workspace: true,
        exclude: exclude.iter().map(ToString::to_string).collect(),
        ..Selection::default()
    };
    assert_eq!(
        selected(&folder, &without(&["b"])),
        Ok(vec!["a/emc.toml".to_owned()])
    );
    assert_eq!(selected(&folder, &without(&["a", "b"])), Err(vec![1018]));
    assert_eq!(selected(&folder, &without(&["d"])), Err(vec![1020]));
    let exclude_only = Selection {
        exclude: vec!["a".to_owned()],
        ..Selection::default()
    };
    assert_eq!(selected(&folder, &exclude_only), Err(vec![1021]));

    fs::write(folder.join("emc.toml"), MANIFEST).expect("a file");
    assert_eq!(
        selected(&folder, &packages(&["c"])),
        Ok(vec!["emc.toml".to_owned()])
    );
    assert_eq!(
        selected(&folder, &workspace),
        Ok(vec!["a/emc.toml".to_owned(), "emc.toml".to_owned()])
    );
    let config = Selection {
        config: Some("a".into()),
        ..workspace
    };
    assert_eq!(
        selected(&folder, &config),
        Ok(vec!["a/emc.toml".to_owned()])
    );
}

#[test]
fn a_cargo_that_does_not_answer_is_told() {
    let folder = tree(&[("Cargo.toml", "[package]\n")]);
    let workspace = Selection {
        workspace: true,
        ..Selection::default()
    };
    assert_eq!(selected(folder.path(), &workspace), Err(vec![4050]));
    let no_cargo = |name: &str| (name == "CARGO").then(|| folder.path().join("none").into());
    let surroundings = Surroundings {
        current_dir: folder.path(),
        variables: &no_cargo,
    };
    let findings = projects(&workspace, &surroundings).expect_err("no cargo");
    assert!(
        findings
            .iter()
            .all(|found| found.message.contains("started"))
    );
}

#[test]
fn the_target_directory_is_found_as_cargo_finds_it() {
    let folder = tree(&[
        ("ws/.git/HEAD", ""),
        ("ws/Cargo.toml", "[workspace]\nmembers = [\"a\"]\n"),
        ("ws/a/Cargo.toml", "[package]\nname = \"a\"\n"),
        ("ws/a/model/emc.toml", MANIFEST),
        ("single/.git/HEAD", ""),
        ("single/Cargo.toml", "[package]\nname = \"single\"\n"),
        ("single/model/emc.toml", MANIFEST),
        ("plain/.git/HEAD", ""),
        ("plain/model/emc.toml", MANIFEST),
        ("set/.cargo/config.toml", "[build]\ntarget-dir = \"out\"\n"),
        ("set/a/emc.toml", MANIFEST),
        ("home/config.toml", "[build]\ntarget-dir = \"shared\"\n"),
    ]);
    let root = folder.path();
    let at = |project: &str, variables: &[(&str, &str)]| -> PathBuf {
        let lookup = |name: &str| {
            variables
                .iter()
                .find(|(variable, _)| *variable == name)
                .map(|(_, value)| OsString::from(value))
        };
        let surroundings = Surroundings {
            current_dir: root,
            variables: &lookup,
        };
        target_dir(&root.join(project), &surroundings)
    };
    assert_eq!(at("ws/a/model", &[]), root.join("ws/target"));
    assert_eq!(at("single/model", &[]), root.join("single/target"));
    assert_eq!(at("plain/model", &[]), root.join("plain/model/target"));
    assert_eq!(at("set/a", &[]), root.join("set/out"));
    assert_eq!(at("set/a", &[("CARGO_TARGET_DIR", "t")]), root.join("t"));
    assert_eq!(
        at("set/a", &[("CARGO_TARGET_DIR", "")]),
        root.join("set/out")
    );
    assert_eq!(
        at("ws/a", &[("CARGO_BUILD_TARGET_DIR", "b")]),
        root.join("b")
    );
    let home = [("CARGO_HOME", "home")];
    assert_eq!(at("ws/a/model", &home), root.join("shared"));
    assert_eq!(at("set/a", &home), root.join("set/out"));
}
