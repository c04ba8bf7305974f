//! Several people, real git: clones that edit on their own and merge.
//!
//! Every scenario ends with all clones holding the same files: then no fork is
//! open, the writing library finds nothing, and model and artifacts are equal.

mod clones;
mod cross;
mod harder;
mod peer;
mod shapes;
mod verbs;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use emc::{
    authoring::{Refused, Request, Store},
    disk::discover,
    document::{self, Document, Model, Slice, Workflow},
    event::{Text, vocabulary::SliceKind},
    model::export,
    ops::{
        build::{self, Options},
        check,
        conflicts::{self, ForkReport},
        project::Project,
        resolve::{self, Choice, Reply, Resolved, Take},
    },
    rel_path::RelPath,
};

pub fn text(text: &str) -> Text {
    text.parse().expect("a test names a text")
}

/// Clones of one project, each in a folder of its own.
pub struct World {
    folder: tempfile::TempDir,
}

/// The clone that the others are made of.
const FIRST: &str = "ann";

impl World {
    /// A project with workflow `w` and its slices `s` and `t`, and clones of it.
    pub fn new(clones: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let world = Self { folder };
        fs::create_dir(world.at(FIRST)).expect("a folder");
        world.git(FIRST, &["init", "--quiet", "--initial-branch=main"]);
        fs::write(
            world.at(FIRST).join("emc.toml"),
            "[project]\nname = \"Desk\"\n\n[rules]\nlevel = \"warn\"\n",
        )
        .expect("written");
        fs::write(world.at(FIRST).join(".gitignore"), "target/\n").expect("written");
        let name = text("Desk");
        world
            .store(FIRST)
            .write(&Request::Init { name })
            .expect("a project");
        world.edit(FIRST, |model| {
            model.workflows.push(Workflow {
                slices: vec![slice("s"), slice("t")],
                ..Workflow::empty(text("w"), text("W"), text("d"))
            });
        });
        for clone in clones {
            world.clone(clone);
        }
        world
    }

    pub fn at(&self, clone: &str) -> PathBuf {
        self.folder.path().join(clone)
    }

    pub fn clone(&self, name: &str) {
        let (from, to) = (self.at(FIRST), self.at(name));
        run(
            self.folder.path(),
            &[
                "clone",
                "--quiet",
                &from.to_string_lossy(),
                &to.to_string_lossy(),
            ],
        );
    }

    pub fn git(&self, clone: &str, arguments: &[&str]) -> String {
        run(&self.at(clone), arguments)
    }

    pub fn store(&self, clone: &str) -> Store {
        let name = RelPath::new("model/events").expect("a path");
        Store::new(&self.at(clone), name)
    }

    pub fn model(&self, clone: &str) -> Model {
        Model::of(&self.store(clone).read().expect("readable").model)
    }

    /// Make the model another one, and do not commit.
    pub fn write(&self, clone: &str, edit: impl FnOnce(&mut Model)) -> Result<(), Refused> {
        let mut model = self.model(clone);
        edit(&mut model);
        let document = Box::new(Document::Model(model));
        let prune = true;
        self.store(clone)
            .write(&Request::Apply { document, prune })?;
        Ok(())
    }

    /// Make the model another one and commit.
    pub fn edit(&self, clone: &str, edit: impl FnOnce(&mut Model)) {
        self.write(clone, edit)
            .unwrap_or_else(|refused| panic!("{clone}: {refused}"));
        self.commit(clone);
    }

    pub fn commit(&self, clone: &str) {
        self.git(clone, &["add", "--all"]);
        self.git(clone, &["commit", "--quiet", "--message", "edit"]);
    }

    /// Merge what another clone committed.
    pub fn pull(&self, clone: &str, other: &str) {
        let other = self.at(other);
        let other = other.to_string_lossy();
        self.git(
            clone,
            &[
                "pull",
                "--quiet",
                "--no-rebase",
                "--no-edit",
                &other,
                "main",
            ],
        );
    }

    pub fn project(&self, clone: &str) -> Project {
        let root = self.at(clone);
        let found = discover::Project {
            manifest_path: root.join("emc.toml"),
            label: "emc.toml".to_owned(),
            root: root.clone(),
        };
        Project::open(&found, &root.join("target")).expect("a manifest")
    }

    /// The names of the codes that `check` finds in the store, artifacts aside.
    pub fn check(&self, clone: &str) -> Vec<&'static str> {
        let checked =
            check::check(&self.project(clone), &check::Options::default()).expect("no failure");
        of_the_store(&checked.report)
    }

    /// What a build that believes nothing of an earlier one tells of the store.
    pub fn built_anew(&self, clone: &str) -> Vec<&'static str> {
        let options = Options {
            force: true,
            ..Options::default()
        };
        let built = build::build(&self.project(clone), &options, || {}).expect("no failure");
        of_the_store(&built.report)
    }

    pub fn forks(&self, clone: &str) -> Vec<ForkReport> {
        let listed = conflicts::conflicts(&self.project(clone)).expect("no failure");
        assert_eq!(listed.report.findings(), [], "{clone}");
        listed.forks
    }

    /// The contradictions of all forks: stream, element and field.
    pub fn contradictions(&self, clone: &str) -> Vec<String> {
        self.forks(clone)
            .iter()
            .flat_map(|report| {
                report.fork.conflicts.iter().map(|conflict| {
                    format!(
                        "{}: {}: {}",
                        report.fork.fork.stream, conflict.element, conflict.field
                    )
                })
            })
            .collect()
    }

    /// Resolve without questions, and commit.
    pub fn resolve(&self, clone: &str, choices: &[Choice]) -> Resolved {
        let resolved = resolve::resolve(&self.project(clone), choices, |_| Reply::Skip)
            .unwrap_or_else(|refused| panic!("{clone}: {refused}"))
            .expect("nobody quits");
        if resolved.written.transaction.is_some() {
            self.commit(clone);
        }
        resolved
    }

    /// Build, and every generated file with its bytes.
    pub fn build(&self, clone: &str) -> BTreeMap<String, Vec<u8>> {
        let outcome = build::build(&self.project(clone), &Options::default(), || {})
            .expect("no failure of the system");
        assert!(
            !outcome.report.has_errors(),
            "{:?}",
            outcome.report.findings()
        );
        let mut files = BTreeMap::new();
        for family in ["lean", "quint", "review"] {
            let mut folders = vec![self.at(clone).join("model").join(family)];
            while let Some(folder) = folders.pop() {
                for entry in fs::read_dir(&folder).into_iter().flatten() {
                    let path = entry.expect("an entry").path();
                    if path.is_dir() {
                        folders.push(path);
                        continue;
                    }
                    let name = path.strip_prefix(self.at(clone)).expect("below");
                    let bytes = fs::read(&path).expect("a file");
                    files.insert(name.to_string_lossy().into_owned(), bytes);
                }
            }
        }
        assert!(!files.is_empty(), "{clone} builds nothing");
        files
    }

    /// Every clone gets the files of all others. Then all mean the same, no
    /// fork is open, and the writing library agrees.
    pub fn converge(&self, clones: &[&str]) -> Model {
        for _ in 0..2 {
            for clone in clones {
                for other in clones.iter().filter(|other| *other != clone) {
                    self.pull(clone, other);
                }
            }
        }
        let models: Vec<String> = clones
            .iter()
            .map(|clone| {
                assert_eq!(self.check(clone), Vec::<&str>::new(), "{clone}");
                let model = self.store(clone).read().expect("readable").model;
                serde_json::to_string(&export::export(&model)).expect("JSON")
            })
            .collect();
        let artifacts: Vec<_> = clones.iter().map(|clone| self.build(clone)).collect();
        assert!(
            models.iter().all(|model| *model == models[0]),
            "{models:#?}"
        );
        assert!(artifacts.iter().all(|files| *files == artifacts[0]));
        for clone in clones {
            self.library_agrees(clone);
        }
        // The store takes edits again.
        self.write(clones[0], |model| {
            let after = Workflow::empty(text("after"), text("After"), text("d"));
            model.workflows.push(after);
        })
        .unwrap_or_else(|refused| panic!("{refused}"));
        self.model(clones[clones.len() - 1])
    }

    /// The writing library finds no fork and no shared identity.
    pub fn library_agrees(&self, clone: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let events = folder.path().join("events");
        fs::create_dir(&events).expect("a folder");
        for entry in fs::read_dir(self.at(clone).join("model/events/events")).expect("a store") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_owned();
            fs::copy(&path, events.join(name)).expect("copied");
        }
        let store = crate::project::open_store(folder.path());
        let status = store.status().expect("no identity conflict");
        assert!(status.is_clean(), "{clone}: {status:?}");
    }
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.org"])
        .args([
            "-c",
            "protocol.file.allow=always",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .env(
            "GIT_CONFIG_GLOBAL",
            if cfg!(windows) { "NUL" } else { "/dev/null" },
        )
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git runs");
    assert!(
        output.status.success(),
        "git {arguments:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A slice with one command of two inputs.
pub fn slice(slug: &str) -> Slice {
    Slice {
        commands: vec![command("Capture", &["title", "photo"])],
        ..Slice::empty(
            text(slug),
            text(&format!("Slice {slug}")),
            SliceKind::StateChange,
            text("d"),
        )
    }
}

pub fn command(name: &str, inputs: &[&str]) -> document::Command {
    document::Command {
        name: text(name),
        singleton_repeat_behavior: None,
        emitted_events: vec![text("Captured")],
        observed_streams: Vec::new(),
        errors: Vec::new(),
        inputs: inputs
            .iter()
            .map(|input| document::CommandInput {
                name: text(input),
                source_kind: emc::event::vocabulary::InputSourceKind::Actor,
                source_description: text("typed"),
                source_name: None,
                source_field: None,
                recorded_with: None,
                provenance_chain: Vec::new(),
            })
            .collect(),
    }
}

/// A slice of a model.
pub fn of<'m>(model: &'m mut Model, slug: &str) -> &'m mut Slice {
    let mut slices = model
        .workflows
        .iter_mut()
        .flat_map(|workflow| &mut workflow.slices);
    slices
        .find(|slice| slice.slug.as_str() == slug)
        .expect("a slice")
}

/// The head of the branch of the fork of a stream on whose side `has` holds.
pub fn side(world: &World, clone: &str, stream: &str, has: impl Fn(&Model) -> bool) -> Choice {
    let forks = world.forks(clone);
    let report = forks
        .iter()
        .find(|report| *report.fork.fork.stream == *stream)
        .expect("a fork of the stream");
    let homes = report
        .fork
        .sides
        .iter()
        .flat_map(emc::merge::Parts::homes)
        .collect();
    let place = report
        .fork
        .sides
        .iter()
        .position(|parts| has(&parts.clone().into_model_with(&homes)))
        .expect("a side");
    Choice {
        stream: Some(stream.to_owned()),
        element: None,
        take: Take::Transaction(report.fork.fork.branches[place].head),
    }
}

fn of_the_store(report: &emc::diagnostic::Report) -> Vec<&'static str> {
    let findings = report.findings().iter();
    findings
        .filter(|finding| (2000..3000).contains(&finding.code.number))
        .map(|finding| finding.code.name)
        .collect()
}
