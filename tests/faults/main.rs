//! A disk that fails: every step of the file system fails once (T1), and the power
//! goes at every step (T2). `cargo test --features faults --test faults`.
//!
//! What is covered are the steps that go through `disk::fs`. eventcore-fs makes
//! its own; `tests/faults/strace-apply` lets strace refuse those.

#[path = "../it/project.rs"]
#[allow(dead_code, reason = "shared with the integration tests")]
mod project;

mod fails_once;
mod power_cut;

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::Path,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};

use emc::{
    authoring::{
        Request,
        edit::{Edit, Kind, Verb},
    },
    diagnostic::{Diagnostic, Level},
    disk::{Failure, discover, faults::Step, state::Shelf},
    ops::{build, check, clean, edit, init, project::Project},
};

use project::{LENIENT, TestProject, transactions};

/// Only one piece of work is watched at a time.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

const KINDS: [ErrorKind; 4] = [
    ErrorKind::StorageFull,
    ErrorKind::PermissionDenied,
    ErrorKind::Interrupted,
    ErrorKind::Other,
];

const WITHOUT_QUINT: &str = "[project]\nname = \"Repair Desk\"\n\n[rules]\nlevel = \"warn\"\n\n[artifacts.quint]\nenabled = false\n\n[artifacts.review]\npath = \"docs/model\"\n";

/// A file with its name.
type Named = (String, Vec<u8>);

/// The first 20 transactions of a real store, and the one behind them.
fn twenty() -> &'static (Vec<Named>, Named) {
    static TWENTY: OnceLock<(Vec<Named>, Named)> = OnceLock::new();
    TWENTY.get_or_init(|| {
        let mut all = transactions("repair-desk");
        all.truncate(21);
        let last = all.pop().expect("21 transactions");
        (all, last)
    })
}

/// A project before something is done to it.
#[derive(Clone, Copy, Debug)]
enum Before {
    /// Never built.
    Nothing,
    /// Built, then one transaction arrived.
    Edit,
    /// Built, then one family was disabled and another one moved.
    Moved,
    /// Built.
    Built,
    /// Never built, and nothing but an empty folder.
    Empty,
}

type Files = BTreeMap<String, Vec<u8>>;

/// Every file below a folder, and every folder with empty bytes and a slash.
fn snapshot(root: &Path) -> Files {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(root).expect("below").to_string_lossy();
            if path.is_dir() {
                files.insert(format!("{name}/"), Vec::new());
                folders.push(path);
            } else {
                files.insert(name.into_owned(), fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

/// The key of the build state is made of the path of the project.
fn at_home(name: &str, from: &str, to: &str) -> String {
    name.replace(from, to)
}

fn key(project: &TestProject) -> String {
    let root = project.root().canonicalize().expect("a folder");
    let shelf = Shelf::of(&root.join("target"), &root);
    let name = shelf.folder().file_name().expect("a key");
    name.to_string_lossy().into_owned()
}

/// A new project that holds these files.
fn restored(files: &Files, from: &str) -> TestProject {
    let project = TestProject::empty();
    let manifest = &files["emc.toml"];
    project.write("emc.toml", manifest);
    let to = key(&project);
    for (name, bytes) in files {
        let name = at_home(name, from, &to);
        if name.ends_with('/') {
            fs::create_dir_all(project.root().join(name)).expect("a folder");
        } else {
            project.write(&name, bytes);
        }
    }
    project
}

impl Before {
    /// A project in this state. It is made once and copied then: that is faster, and
    /// a copy has the stamps of a copy, so that each makes the same steps.
    fn project(self) -> TestProject {
        static MADE: Mutex<BTreeMap<&str, (Files, String)>> = Mutex::new(BTreeMap::new());
        if matches!(self, Self::Nothing | Self::Empty) {
            return self.make();
        }
        let name = match self {
            Self::Edit => "edit",
            Self::Moved => "moved",
            _ => "built",
        };
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let (files, key) = made.entry(name).or_insert_with(|| {
            let project = self.make();
            (snapshot(project.root()), key(&project))
        });
        restored(files, key)
    }

    fn make(self) -> TestProject {
        let (twenty, last) = twenty();
        if matches!(self, Self::Empty) {
            return TestProject::empty();
        }
        let project = TestProject::new(LENIENT);
        for (name, bytes) in twenty {
            project.add(name, bytes);
        }
        match self {
            Self::Nothing | Self::Empty => {}
            Self::Edit => {
                project.build();
                project.add(&last.0, &last.1);
            }
            Self::Moved => {
                project.build();
                project.write("emc.toml", WITHOUT_QUINT.as_bytes());
            }
            Self::Built => drop(project.build()),
        }
        project
    }
}

/// What is done.
#[derive(Clone, Copy, Debug)]
enum Work {
    Build,
    Check,
    Clean,
    Apply,
    Init,
}

/// What was told of a failure: the paths of errors. Empty for a success.
#[derive(Debug)]
struct Told(Vec<String>);

impl Told {
    fn of(findings: &[Diagnostic]) -> Self {
        let errors = findings.iter().filter(|one| one.level == Level::Error);
        Self(
            errors
                .map(|one| match &one.place {
                    Some(place) => place.file.clone(),
                    // A manifest is named in the sentence.
                    None => one.message.split('`').nth(1).unwrap_or_default().to_owned(),
                })
                .collect(),
        )
    }

    fn failure(failure: &Failure) -> Self {
        Self::of(&[failure.diagnostic()])
    }

    fn built(built: Result<build::Outcome, Failure>) -> Self {
        match built {
            Ok(outcome) => Self::of(outcome.report.findings()),
            Err(failure) => Self::failure(&failure),
        }
    }
}

/// The project, unless its manifest cannot be read.
fn open(project: &TestProject) -> Result<Project, Told> {
    let target = project.root().join("target");
    Project::open(&found(project), &target).map_err(|findings| Told::of(&findings))
}

fn found(project: &TestProject) -> discover::Project {
    discover::Project {
        root: project.root().to_path_buf(),
        manifest_path: project.root().join("emc.toml"),
        label: "emc.toml".to_owned(),
    }
}

impl Work {
    fn run(self, project: &TestProject) -> Told {
        self.told(project).unwrap_or_else(|told| told)
    }

    fn told(self, project: &TestProject) -> Result<Told, Told> {
        Ok(match self {
            Self::Build => Told::built(build::build(
                &open(project)?,
                &build::Options::default(),
                || {},
            )),
            Self::Check => match check::check(&open(project)?, &check::Options::default()) {
                Ok(checked) => Told::of(checked.report.findings()),
                Err(failure) => Told::failure(&failure),
            },
            Self::Clean => match clean::clean(&open(project)?, false, || {}) {
                Ok(cleaned) => Told::of(cleaned.report.findings()),
                Err(failure) => Told::failure(&failure),
            },
            Self::Apply => {
                let extent = edit::Extent::Build;
                match edit::edit(&open(project)?, &workflow(), extent, || {}) {
                    Ok(edited) => edited.built.map_or(Told(Vec::new()), Told::built),
                    Err(findings) => Told::of(&findings),
                }
            }
            Self::Init => {
                let found = found(project);
                let target = project.root().join("target");
                match init::init(&found, &target, Some("Repair Desk"), true, || {}) {
                    Ok(initialised) => initialised.built.map_or(Told(Vec::new()), Told::built),
                    Err(findings) => Told::of(&findings),
                }
            }
        })
    }
}

/// A workflow that the store does not have.
fn workflow() -> Request {
    let fields = serde_json::json!({ "workflow": "late", "name": "Late", "description": "d" });
    Request::Edit(vec![Edit {
        kind: Kind::Workflow,
        owner: None,
        within: Vec::new(),
        verb: Verb::Add(fields.as_object().cloned().unwrap_or_default()),
    }])
}

/// Whether a path that was told is that of a step, of a folder above or below it,
/// or beside it: a temporary file is told as what it becomes.
fn names(told: &str, step: &Step, root: &Path) -> bool {
    let told = told.replace(".emc-tmp-", "");
    let told = Path::new(&told);
    let told = told.strip_prefix(root).unwrap_or(told);
    // A folder that is written aside is told as what it becomes.
    let place = step.path.to_string_lossy().replace(".emc-tmp-", "");
    let place = Path::new(&place);
    if told.as_os_str().is_empty() {
        return place.as_os_str().is_empty();
    }
    place.starts_with(told) || told.starts_with(place) || told.parent() == place.parent()
}
