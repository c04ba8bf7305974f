//! A downstream build.rs, run by the real cargo: when the script runs again, what
//! it says, and that it writes nothing but what is its own (T17).

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use emc::build_script::{Directives, Model, Stale};

use crate::project::{LENIENT, TestProject, git, transactions};

const MANIFEST: &str = "[project]\nname = \"Repair Desk\"\n\n[rules]\nlevel = \"warn\"\n\n[artifacts.lean]\nenabled = false\n\n[artifacts.quint]\nenabled = false\n\n[artifacts.rust]\neventcore = false\nserde = false\n";

/// A package whose build script is ours, with a model.
struct Desk {
    project: TestProject,
    all: Vec<(String, Vec<u8>)>,
}

impl Desk {
    /// With these features of ours: `"review"`.
    fn new(script: &str, features: &str) -> Self {
        let project = TestProject::new(MANIFEST);
        let all = transactions("repair-desk");
        for (name, bytes) in &all[..200] {
            project.add(name, bytes);
        }
        let ours = env!("CARGO_MANIFEST_DIR");
        project.write(
            "Cargo.toml",
            format!(
                "[package]\nname = \"desk\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[build-dependencies]\ncargo-emc = {{ path = {ours:?}, default-features = false, features = [{features}] }}\n\n[workspace]\n"
            )
            .as_bytes(),
        );
        // The versions that this repository is tested with, and no network.
        let lock = Path::new(ours).join("Cargo.lock");
        fs::copy(lock, project.root().join("Cargo.lock")).expect("a lock file");
        project.write("build.rs", script.as_bytes());
        project.write(
            "src/main.rs",
            b"mod model {\n    include!(concat!(env!(\"OUT_DIR\"), \"/rust/mod.rs\"));\n}\n\nfn main() {\n    println!(\"{} {}\", env!(\"EMC_MODEL_DIGEST\"), model::EventName::ALL.len());\n}\n",
        );
        project.build();
        Self { project, all }
    }

    fn root(&self) -> &Path {
        self.project.root()
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        // What is compiled of ours is kept from run to run of the tests.
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/downstream");
        Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet"])
            .current_dir(self.root())
            .env("CARGO_TARGET_DIR", target)
            .env_remove("EMC_ON_STALE")
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo runs")
    }

    /// Build and run; what the program says.
    fn run(&self) -> String {
        let output = self.cargo(&["run"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).trim().to_owned()
    }

    /// How often the script has run: it adds a line to this file each time.
    fn runs(&self) -> usize {
        let log = self.root().with_extension("runs");
        fs::read_to_string(log).map_or(0, |text| text.lines().count())
    }

    /// Build; whether the script ran.
    fn reran(&self) -> bool {
        let before = self.runs();
        self.run();
        self.runs() > before
    }

    /// Every file of the package but those of git, with its bytes.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.root().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    if !path.ends_with(".git") {
                        folders.push(path);
                    }
                } else {
                    files.insert(path.clone(), fs::read(path).expect("a file"));
                }
            }
        }
        files
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.root().with_extension("runs"));
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The three lines, and a count of runs outside of everything that is watched.
const SCRIPT: &str = r#"
use std::io::Write as _;

fn main() {
    let log = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).with_extension("runs");
    let mut log = std::fs::File::options().create(true).append(true).open(log).unwrap();
    writeln!(log, "run").unwrap();
    emc::build_script::Model::here()
        .on_stale(emc::build_script::Stale::Warn)
        .generate(["rust"])
        .run();
}
"#;

#[test]
fn the_script_runs_when_the_model_changes_and_only_then() {
    let desk = Desk::new(SCRIPT, "\"review\"");
    let first = desk.run();
    assert_eq!(desk.runs(), 1);
    let files = desk.files();
    assert!(!desk.reran(), "nothing changed");

    // What is no input: a source file, and what eventcore leaves in the store.
    desk.project.write("src/other.rs", b"");
    desk.project.write("model/events/.lock", b"");
    assert!(!desk.reran(), "a file that is no input");
    fs::remove_file(desk.root().join("src/other.rs")).expect("removed");
    fs::remove_file(desk.root().join("model/events/.lock")).expect("removed");
    assert_eq!(desk.files(), files, "nothing was written to the package");

    // Cargo compares times.
    let wait = || std::thread::sleep(std::time::Duration::from_millis(20));
    wait();
    let (name, bytes) = &desk.all[200];
    desk.project.add(name, bytes);
    assert!(desk.reran(), "a new transaction");
    assert_ne!(desk.run(), first, "the digest is another");
    assert!(!desk.reran(), "nothing changed again");

    wait();
    let manifest = format!("{MANIFEST}# A remark.\n");
    desk.project.write("emc.toml", manifest.as_bytes());
    assert!(desk.reran(), "the manifest");
    assert!(!desk.reran(), "nothing changed once more");

    wait();
    let page = "model/review/README.md";
    let edited = desk.project.read(page) + "By hand.\n";
    desk.project.write(page, edited.as_bytes());
    assert!(desk.reran(), "a committed artifact");

    // A merge brings transactions.
    let root = desk.root();
    fs::write(root.join(".gitignore"), "target\n").expect("written");
    git(root, &["init", "--quiet", "--initial-branch=main"]);
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message=all"]);
    git(root, &["switch", "--quiet", "--create", "other"]);
    let (name, bytes) = &desk.all[201];
    desk.project.add(name, bytes);
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message=more"]);
    git(root, &["switch", "--quiet", "main"]);
    desk.run();
    assert!(!desk.reran(), "back, and built");
    wait();
    git(root, &["merge", "--quiet", "other"]);
    assert!(desk.reran(), "a merge");
    assert!(!desk.reran(), "the merge is built");

    // The package is complete: cargo builds it from what it has packed.
    let output = desk.cargo(&["package", "--allow-dirty", "--no-verify", "--list"]);
    let packed = text(&output.stdout);
    assert!(
        packed.contains("emc.toml") && packed.contains(".jsonl"),
        "{packed}"
    );
}

#[test]
fn a_family_that_is_not_compiled_in_is_told() {
    let desk = Desk::new(&SCRIPT.replace("Stale::Warn", "Stale::Fail"), "");
    let output = desk.cargo(&["build"]);
    assert!(!output.status.success());
    let told = text(&output.stderr);
    assert!(
        told.contains("Cargo.toml: error[EMC1043]")
            && told.contains("add `features = [\"review\"]` to cargo-emc"),
        "{told}"
    );
    // The others of the three lines do what they always do.
    let program = desk.cargo(&["run", "--config", "env.EMC_ON_STALE=\"warn\""]);
    assert!(program.status.success(), "{}", text(&program.stderr));
    let said = text(&program.stdout);
    assert!(said.trim().len() > 64, "{said}");
    desk.project.write(
        "build.rs",
        SCRIPT.replace("\"rust\"", "\"rust\", \"lean\"").as_bytes(),
    );
    let output = desk.cargo(&["build"]);
    assert!(!output.status.success());
    let told = text(&output.stderr);
    assert!(
        told.contains("the artifacts of lean are not generated"),
        "{told}"
    );
}

/// A project with one changed byte in its last transaction.
fn damaged() -> TestProject {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let all = transactions("repair-desk");
    let (name, bytes) = all.last().expect("a transaction");
    let text = text(bytes).replacen("SliceFactAdded", "SliceFactadded", 1) + " ";
    project.add(name, text.as_bytes());
    project
}

/// Run our side of a script without cargo.
fn directives(root: &Path, out: &Path, model: &Model) -> Directives {
    let (root, out) = (root.to_owned(), out.to_owned());
    model.directives(&move |name| match name {
        "CARGO_MANIFEST_DIR" => Some(OsString::from(&root)),
        "OUT_DIR" => Some(OsString::from(&out)),
        _ => None,
    })
}

fn built() -> TestProject {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    project.build();
    project
}

fn kinds(directives: &Directives, kind: &str) -> Vec<String> {
    let lines = directives.lines().iter();
    lines
        .filter_map(|line| line.strip_prefix(&format!("cargo::{kind}=")))
        .map(str::to_owned)
        .collect()
}

#[test]
fn cargo_is_told_what_is_there_and_nothing_else() {
    let project = built();
    let out = tempfile::tempdir().expect("a folder");
    let said = directives(project.root(), out.path(), &Model::here());
    assert!(!said.failed());
    assert_eq!(
        kinds(&said, "rerun-if-changed"),
        [
            "emc.toml",
            "model/events/events",
            "model/lean",
            "model/quint",
            "model/review",
            "reviews"
        ]
    );
    assert_eq!(kinds(&said, "rerun-if-env-changed"), ["EMC_ON_STALE"]);
    let digest = kinds(&said, "rustc-env");
    assert!(digest[0].starts_with("EMC_MODEL_DIGEST=") && digest[0].len() == 17 + 64);
    let again = directives(project.root(), out.path(), &Model::here());
    assert_eq!(again, said, "and the same from what is remembered");

    let silent = directives(project.root(), out.path(), &Model::here().emit_rerun(false));
    assert!(kinds(&silent, "rerun-if-changed").is_empty());
    assert!(kinds(&silent, "rerun-if-env-changed").is_empty());
    let loose = Model::here().on_stale(Stale::Ignore);
    let loose = directives(project.root(), out.path(), &loose);
    assert_eq!(
        kinds(&loose, "rerun-if-changed"),
        ["emc.toml", "model/events/events"]
    );

    // A family that is off is not watched. (In the other test the family of reviews
    // has nothing to hold yet, and no folder.)
    fs::write(
        project.root().join("emc.toml"),
        format!("{LENIENT}\n[artifacts.reviews]\nenabled = false\n"),
    )
    .expect("written");
    let fewer = directives(project.root(), out.path(), &Model::here());
    assert_eq!(kinds(&fewer, "rerun-if-changed").len(), 5, "{fewer}");

    // A folder that is to come: cargo watches the package until it is there.
    fs::remove_dir_all(project.root().join("model/review")).expect("removed");
    let missing = directives(project.root(), out.path(), &Model::here());
    assert!(kinds(&missing, "rerun-if-changed").is_empty());
    assert!(kinds(&missing, "rerun-if-env-changed").is_empty());
    assert!(kinds(&missing, "warning")[0].contains("EMC"), "{missing}");
}

#[test]
fn a_stale_artifact_warns_or_fails_by_choice() {
    let project = built();
    let out = tempfile::tempdir().expect("a folder");
    let page = "model/review/README.md";
    let text = project.read(page) + "By hand.\n";
    project.write(page, text.as_bytes());
    let said = directives(project.root(), out.path(), &Model::here());
    assert!(!said.failed());
    let warnings = kinds(&said, "warning");
    assert_eq!(warnings.len(), 1, "{said}");
    assert!(
        warnings[0].starts_with("model/review/README.md: warning[EMC300"),
        "{said}"
    );
    assert!(
        warnings[0].contains("; help: run `cargo emc build`"),
        "{said}"
    );
    let strict = Model::here().on_stale(Stale::Fail);
    let said = directives(project.root(), out.path(), &strict);
    assert!(said.failed() && kinds(&said, "error").len() == 1, "{said}");
    assert_eq!(project.read(page), text, "nothing is written");
    let ignored = Model::here().on_stale(Stale::Ignore);
    assert!(kinds(&directives(project.root(), out.path(), &ignored), "warning").is_empty());
}

#[test]
fn families_are_written_once_and_swept() {
    let project = built();
    let out = tempfile::tempdir().expect("a folder");
    let model = Model::here().on_stale(Stale::Ignore).generate(["rust"]);
    let before = project.artifacts();
    assert!(!directives(project.root(), out.path(), &model).failed());
    let file = out.path().join("rust/event.rs");
    let written = fs::metadata(&file)
        .expect("it is there")
        .modified()
        .expect("a time");
    let leftover = out.path().join("rust/workflows/gone.rs");
    fs::copy(&file, &leftover).expect("copied");
    assert!(!directives(project.root(), out.path(), &model).failed());
    assert!(!leftover.exists());
    assert_eq!(
        fs::metadata(&file)
            .expect("there")
            .modified()
            .expect("a time"),
        written
    );
    assert_eq!(project.artifacts(), before);
    fs::write(&file, "by hand").expect("written");
    assert!(!directives(project.root(), out.path(), &model).failed());
    assert_ne!(fs::read_to_string(&file).expect("text"), "by hand");

    let unknown = directives(
        project.root(),
        out.path(),
        &Model::here().generate(["java"]),
    );
    assert!(unknown.failed());
    assert!(
        kinds(&unknown, "error")[0].contains("there is no family `java`"),
        "{unknown}"
    );
}

#[test]
fn a_broken_store_is_an_error_with_its_place() {
    let project = damaged();
    let out = tempfile::tempdir().expect("a folder");
    let said = directives(
        project.root(),
        out.path(),
        &Model::here().generate(["rust"]),
    );
    assert!(said.failed());
    let errors = kinds(&said, "error");
    assert!(errors[0].starts_with("model/events/events/"), "{said}");
    assert!(errors[0].contains(": error[EMC2"), "{said}");
    assert!(!out.path().join("rust").exists());
    assert!(kinds(&said, "rustc-env").is_empty());
}

#[test]
fn a_package_needs_its_own_model() {
    // A packed crate below a project of somebody else.
    let project = built();
    let out = tempfile::tempdir().expect("a folder");
    let package = project.root().join("vendor/desk");
    fs::create_dir_all(&package).expect("a folder");
    fs::write(package.join("Cargo.toml.orig"), "").expect("written");
    let said = directives(&package, out.path(), &Model::here());
    assert!(said.failed());
    assert!(kinds(&said, "error")[0].contains("EMC1041"), "{said}");
    // With its model, but without the artifacts, which are not checked then.
    fs::copy(project.root().join("emc.toml"), package.join("emc.toml")).expect("copied");
    let said = directives(&package, out.path(), &Model::here());
    assert!(
        kinds(&said, "error")[0].contains("no model/events/events in it"),
        "{said}"
    );
    let events = package.join("model/events/events");
    fs::create_dir_all(&events).expect("a folder");
    for (name, bytes) in transactions("repair-desk") {
        fs::write(events.join(name), bytes).expect("written");
    }
    let said = directives(&package, out.path(), &Model::here().on_stale(Stale::Fail));
    assert!(!said.failed(), "{said}");
    assert_eq!(
        kinds(&said, "rerun-if-changed"),
        ["emc.toml", "model/events/events"]
    );
}

#[test]
fn outside_of_a_build_script_it_says_so() {
    let said = Model::here().directives(&|_| None);
    assert!(said.failed());
    assert!(kinds(&said, "error")[0].contains("EMC1042"), "{said}");
    let nowhere = tempfile::tempdir().expect("a folder");
    let said = directives(nowhere.path(), nowhere.path(), &Model::here());
    assert!(kinds(&said, "error")[0].contains("EMC1018"), "{said}");
}

#[test]
#[cfg(unix)]
fn a_read_only_checkout_is_enough() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = built();
    let out = tempfile::tempdir().expect("a folder");
    let mut folders = vec![project.root().to_owned()];
    let mut all = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            }
        }
        all.push(folder);
    }
    let set = |mode| {
        for folder in &all {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).expect("set");
        }
    };
    set(0o555);
    let model = Model::here().on_stale(Stale::Fail).generate(["rust"]);
    let said = directives(project.root(), out.path(), &model);
    set(0o755);
    assert!(!said.failed(), "{said}");
    assert!(out.path().join("rust/mod.rs").is_file());
}
