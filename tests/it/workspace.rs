//! Several projects in one real cargo workspace.

use std::{fs, path::PathBuf, process::Command};

use serde_json::Value;
use tempfile::TempDir;

use crate::project::transactions;

/// A cargo workspace with these members, each with a model of its own.
struct Workspace {
    folder: TempDir,
}

/// How a command ended, and what it printed.
struct Ran {
    code: Option<i32>,
    output: String,
    errors: String,
}

impl Workspace {
    fn of(members: &[&str], more: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let workspace = Self { folder };
        let quoted: Vec<String> = members.iter().map(|name| format!("{name:?}")).collect();
        let quoted = quoted.join(", ");
        workspace.write(
            "Cargo.toml",
            &format!("[workspace]\nmembers = [{quoted}]\nresolver = \"3\"\n{more}"),
        );
        workspace.write(".git/HEAD", "");
        for name in members {
            let package =
                format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
            workspace.write(&format!("{name}/Cargo.toml"), &package);
            workspace.write(&format!("{name}/src/lib.rs"), "");
        }
        workspace
    }

    /// The same with a model in each member.
    fn with_models(members: &[&str]) -> Self {
        let workspace = Self::of(members, "");
        for name in members {
            workspace.model(name, &format!("{name} desk"));
        }
        workspace
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    /// A small model in a folder.
    fn model(&self, folder: &str, name: &str) {
        let ran = self.run(folder, &["init", "--no-build", "--name", name]);
        assert_eq!(ran.code, Some(0), "{}", ran.errors);
    }

    /// The model of the repair desk in a folder.
    fn desk(&self, folder: &str) {
        self.write(
            &format!("{folder}/emc.toml"),
            "[project]\nname = \"Repair Desk\"\n[rules]\nlevel = \"warn\"\n",
        );
        for (name, bytes) in transactions("repair-desk") {
            let text = String::from_utf8(bytes).expect("text");
            self.write(&format!("{folder}/model/events/events/{name}"), &text);
        }
        self.write(
            &format!("{folder}/model/events/.gitattributes"),
            "events/** -text -merge\n",
        );
    }

    fn run(&self, folder: &str, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
            .arg("emc")
            .args(arguments)
            .current_dir(self.path(folder))
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("EMC_CONFIG")
            .env("NO_COLOR", "1")
            .output()
            .expect("it starts");
        Ran {
            code: output.status.code(),
            output: String::from_utf8(output.stdout).expect("text"),
            errors: String::from_utf8(output.stderr).expect("text"),
        }
    }
}

impl Ran {
    /// The lines of status, without the indent.
    fn status(&self) -> Vec<&str> {
        self.errors.lines().map(str::trim).collect()
    }

    fn json(&self) -> Vec<Value> {
        let lines = self.output.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
            .collect()
    }
}

#[test]
fn all_projects_are_built_and_told_in_one_line() {
    let workspace = Workspace::with_models(&["a", "b", "c"]);
    let built = workspace.run("", &["build", "--workspace", "--quiet", "-p", "a"]);
    assert_eq!(built.code, Some(2), "a package or the workspace");
    let built = workspace.run("a", &["build", "--workspace"]);
    assert_eq!(built.code, Some(0), "{}", built.errors);
    let summary = |ran: &Ran| ran.status().last().copied().unwrap_or_default().to_owned();
    assert_eq!(summary(&built), "Summary 3 projects: 3 built");
    for member in ["a", "b", "c"] {
        assert!(workspace.path(member).join("model/lean").exists());
    }
    let again = workspace.run("", &["build", "--workspace"]);
    assert_eq!(summary(&again), "Summary 3 projects: 3 fresh");
    let projects: Vec<&str> = again
        .status()
        .into_iter()
        .filter(|line| line.starts_with("Project"))
        .collect();
    assert_eq!(
        projects,
        [
            "Project a/emc.toml",
            "Project b/emc.toml",
            "Project c/emc.toml"
        ]
    );

    fs::remove_dir_all(workspace.path("b/model/lean")).expect("removed");
    let mixed = workspace.run("", &["build", "--workspace"]);
    assert_eq!(summary(&mixed), "Summary 3 projects: 2 fresh, 1 built");
    fs::remove_dir_all(workspace.path("b/model/lean")).expect("removed");
    let checked = workspace.run("", &["check", "--workspace", "--exclude", "c"]);
    assert_eq!(checked.code, Some(1));
    assert_eq!(
        summary(&checked),
        "Summary 2 projects: 1 clean, 1 with findings"
    );
    assert!(
        !workspace.path("b/model/lean").exists(),
        "check writes nothing"
    );
}

#[test]
fn the_worst_exit_counts_and_no_project_hides_another() {
    let workspace = Workspace::with_models(&["a", "b", "c"]);
    workspace.write("b/emc.toml", "[project]\n");
    let ran = workspace.run("", &["build", "--workspace"]);
    assert_eq!(ran.code, Some(2), "{}", ran.errors);
    assert!(ran.errors.contains("EMC1005"), "{}", ran.errors);
    assert!(ran.errors.contains("b/emc.toml"), "{}", ran.errors);
    assert!(workspace.path("a/model/lean").exists());
    assert!(workspace.path("c/model/lean").exists());
    let lines = workspace.run("", &["build", "--workspace", "--message-format", "json"]);
    let lines = lines.json();
    let last = lines.last().expect("a summary");
    assert_eq!(last["reason"], "summary");
    assert_eq!(last["exit"], 2);
    let ends: Vec<(&str, u64)> = last["projects"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|end| {
            let manifest = end["manifest"].as_str().expect("text");
            (manifest, end["exit"].as_u64().expect("a number"))
        })
        .collect();
    assert_eq!(
        ends,
        [("a/emc.toml", 0), ("b/emc.toml", 2), ("c/emc.toml", 0)]
    );
}

#[test]
fn what_projects_say_at_a_time_is_not_mixed() {
    let workspace = Workspace::of(&["a", "b", "c", "d"], "");
    for member in ["a", "b", "c", "d"] {
        workspace.desk(member);
    }
    let mut texts = Vec::new();
    for jobs in ["1", "4", "4", "4"] {
        let ran = workspace.run("", &["build", "--workspace", "--force", "--jobs", jobs]);
        assert_eq!(ran.code, Some(0), "{}", ran.errors);
        texts.push(ran.errors);
    }
    // The first run finds nothing there, the later ones replace; what is said is the same.
    assert_eq!(texts.get(1), texts.get(2));
    assert_eq!(texts.get(2), texts.get(3));
    let one_by_one = workspace.run("", &["build", "--workspace", "--force", "-j1"]);
    assert_eq!(Some(&one_by_one.errors), texts.get(3));

    for arguments in [
        &["check", "--workspace", "--message-format", "json", "-j4"][..],
        &[
            "list",
            "slices",
            "--workspace",
            "--message-format",
            "json",
            "-j4",
        ],
        &["status", "--workspace", "--message-format", "json", "-j4"],
    ] {
        let ran = workspace.run("", arguments);
        let lines = ran.json();
        let (first, rest) = lines.split_first().expect("a header");
        let (last, rest) = rest.split_last().expect("a summary");
        assert_eq!(first["reason"], "header");
        assert_eq!(last["reason"], "summary");
        let manifests: Vec<&str> = rest
            .iter()
            .map(|line| {
                line["manifest"]
                    .as_str()
                    .expect("every line has its project")
            })
            .collect();
        assert!(manifests.is_sorted(), "{arguments:?}: {manifests:?}");
        assert!(manifests.len() >= 8, "{arguments:?}: {manifests:?}");
        let mut distinct = manifests.clone();
        distinct.dedup();
        assert_eq!(
            distinct,
            ["a/emc.toml", "b/emc.toml", "c/emc.toml", "d/emc.toml"]
        );
    }
}

#[test]
fn a_sarif_document_holds_the_findings_of_all() {
    let workspace = Workspace::with_models(&["a", "b"]);
    let ran = workspace.run("", &["check", "--workspace", "--message-format", "sarif"]);
    assert_eq!(ran.code, Some(1));
    let document: Value = serde_json::from_str(&ran.output).expect("one document");
    let text = document.to_string();
    for file in ["a/model/lean/lakefile.toml", "b/model/lean/lakefile.toml"] {
        assert!(text.contains(file), "{file}");
    }
}

#[test]
fn a_member_means_its_own_project_and_the_root_its_default_members() {
    let members = ["a", "b", "c"];
    let workspace = Workspace::of(&members, "default-members = [\"a\", \"c\"]\n");
    for name in members {
        workspace.model(name, name);
    }
    let told = |folder: &str| {
        let ran = workspace.run(folder, &["build", "--message-format", "json"]);
        assert_eq!(ran.code, Some(0), "{}", ran.output);
        let manifests: Vec<String> = ran
            .json()
            .iter()
            .filter(|line| line["reason"] == "project")
            .map(|line| line["manifest"].as_str().expect("text").to_owned())
            .collect();
        manifests
    };
    assert_eq!(told("b"), ["emc.toml"]);
    assert!(
        told("b/src")
            .iter()
            .all(|label| label.ends_with("b/emc.toml"))
    );
    assert!(!workspace.path("a/model/lean").exists(), "only its own");
    assert_eq!(told(""), ["a/emc.toml", "c/emc.toml"]);

    let workspace = Workspace::of(&members, "");
    let nothing = workspace.run("", &["build"]);
    assert_eq!(nothing.code, Some(2));
    assert!(nothing.errors.contains("EMC1018"), "{}", nothing.errors);
    // An edit is not meant for several models.
    for name in members {
        workspace.model(name, name);
    }
    let several = workspace.run("", &["fix"]);
    assert_eq!(several.code, Some(2));
    assert!(several.errors.contains("3 projects are selected"));
}

#[test]
fn two_projects_do_not_share_a_folder() {
    let workspace = Workspace::with_models(&["a", "b"]);
    // One folder with two manifests, each with a family where the other has its store.
    workspace.write(
        "a/other.toml",
        "[project]\nname = \"Other\"\n[store]\npath = \"other\"\n[artifacts.review]\npath = \"model/events/x\"\n",
    );
    workspace.write(
        "b/Cargo.toml",
        "[package]\nname = \"b\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[package.metadata.emc]\nconfig = \"../a/other.toml\"\n",
    );
    let ran = workspace.run("", &["build", "--workspace"]);
    assert_eq!(ran.code, Some(2), "{}", ran.errors);
    assert!(ran.errors.contains("EMC1024"), "{}", ran.errors);
    for said in [
        "`model/lean`, the family lean of `a/emc.toml`, is the same folder as `model/lean`, the family lean of `a/other.toml`",
        "`model/events`, the store of `a/emc.toml`, holds `model/events/x`, the family review of `a/other.toml`",
    ] {
        assert!(ran.errors.contains(said), "{said}:\n{}", ran.errors);
    }
    assert!(!workspace.path("a/model/lean").exists(), "nothing was done");
    // Each alone is a project.
    let alone = workspace.run("a", &["build"]);
    assert_eq!(alone.code, Some(0), "{}", alone.errors);

    // Apart from each other, both can be built, and neither removes what is the other's.
    workspace.write(
        "a/other.toml",
        "[project]\nname = \"Other\"\n[store]\npath = \"other/events\"\n[artifacts.lean]\npath = \"other/lean\"\n[artifacts.quint]\npath = \"other/quint\"\n[artifacts.review]\npath = \"other/review\"\n[artifacts.reviews]\npath = \"other/reviews\"\n",
    );
    let init = workspace.run("a", &["init", "--name", "Other", "other.toml"]);
    assert_eq!(init.code, Some(0), "{}", init.errors);
    for _ in 0..2 {
        let ran = workspace.run("", &["build", "--workspace"]);
        assert_eq!(ran.code, Some(0), "{}", ran.errors);
        let summary = ran.status().last().copied().unwrap_or_default().to_owned();
        assert_eq!(summary, "Summary 2 projects: 2 fresh");
        assert!(workspace.path("a/model/lean").exists());
        assert!(workspace.path("a/other/lean").exists());
    }
}
