//! The build state below the target folder.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use emc::{
    digest::Digest,
    disk::discover,
    ops::{
        build::{self, Options, memory},
        project::Project,
    },
};
use tempfile::TempDir;

use super::{folder, shown, transactions};

/// The parts of the state that a head leads to.
const PARTS: [&str; 8] = [
    "head",
    "files",
    "shape",
    "verdict",
    "slices-0",
    "places-0",
    "artifacts-lean-0a",
    "artifacts-review-0a",
];

/// A build that finds any bytes in place of a part of its state ends, touches
/// nothing that is not generated, and a build that is forced gives the same
/// bytes as ever. Damage that the digest of the part shows is as if nothing
/// were there: even the build that finds it gives the same bytes.
///
/// The first byte says which part, and whether the digest is right.
pub fn check(bytes: &[u8]) {
    let Some((&first, body)) = bytes.split_first() else {
        return;
    };
    let name = PARTS[usize::from(first >> 1) % PARTS.len()];
    let is_lie = first & 1 == 1;
    let undisturbed = undisturbed();
    let folder = TempDir::new().expect("a folder");
    undisturbed.restore(folder.path());
    let project = open(folder.path());
    if is_lie {
        lie(&project, name, body);
    } else {
        fs::write(project.shelf.folder().join(name), body).expect("a part");
    }
    let built = build::build(&project, &Options::default(), || {});
    match built {
        Ok(outcome) => shown(outcome.report.findings().to_vec()),
        Err(failure) => shown(vec![failure.diagnostic()]),
    }
    if !is_lie {
        assert_eq!(
            tree(folder.path()),
            undisturbed.files,
            "after damage of {name}"
        );
    }
    let found = tree(folder.path());
    for (path, bytes) in &undisturbed.files {
        if !is_generated(path) {
            assert_eq!(
                found.get(path),
                Some(bytes),
                "{} is not ours",
                path.display()
            );
        }
    }
    let forced = Options {
        force: true,
        ..Options::default()
    };
    let outcome = build::build(&project, &forced, || {}).expect("a build");
    assert!(!outcome.report.has_errors(), "{:?}", outcome.report);
    assert_eq!(
        tree(folder.path()),
        undisturbed.files,
        "forced after a lie in {name}"
    );
}

/// Put a body in place of a part, with digests that agree.
fn lie(project: &Project, name: &str, body: &[u8]) {
    let digest = Digest::of(body);
    let mut part = digest.as_bytes().to_vec();
    part.extend_from_slice(body);
    fs::write(project.shelf.folder().join(name), part).expect("a part");
    let Some(mut head) = memory::head(&project.shelf) else {
        return;
    };
    match name {
        "files" => head.files = digest,
        "shape" => head.shape = digest,
        "verdict" => head.verdict = Some(digest),
        "slices-0" => head.slices = vec![digest],
        "places-0" => head.places = vec![digest],
        "head" => return,
        name => {
            for family in &mut head.families {
                for (index, part) in family.parts.iter_mut().enumerate() {
                    if part.name(&family.name, index) == name {
                        part.digest = digest;
                    }
                }
            }
        }
    }
    memory::keep_head(&project.shelf, &head).expect("a head");
}

fn is_generated(path: &Path) -> bool {
    ["model/lean", "model/quint", "model/review"]
        .iter()
        .any(|folder| path.starts_with(folder))
        && !path.ends_with("notes.txt")
}

fn open(root: &Path) -> Project {
    let surroundings = discover::Surroundings {
        current_dir: root,
        variables: &|_| None,
    };
    let found = discover::Project::new(Path::new("emc.toml"), &surroundings);
    Project::open(&found, &root.join("target")).expect("a project")
}

/// A project that was built, and files of its owner beside what is generated.
struct Undisturbed {
    files: BTreeMap<PathBuf, Vec<u8>>,
    state: BTreeMap<String, Vec<u8>>,
}

impl Undisturbed {
    /// The project with its build state in another folder.
    fn restore(&self, root: &Path) {
        folder::write(root, &self.files);
        let project = open(root);
        project.shelf.make().expect("a folder");
        for (name, bytes) in &self.state {
            fs::write(project.shelf.folder().join(name), bytes).expect("a part");
        }
    }
}

fn undisturbed() -> &'static Undisturbed {
    static UNDISTURBED: OnceLock<Undisturbed> = OnceLock::new();
    UNDISTURBED.get_or_init(|| {
        let folder = TempDir::new().expect("a folder");
        let root = folder.path();
        let mut files: BTreeMap<PathBuf, Vec<u8>> = transactions::desk()
            .into_iter()
            .map(|(path, bytes)| (PathBuf::from(path.as_str()), bytes))
            .collect();
        files.insert(
            "emc.toml".into(),
            b"[project]\nname = \"Desk\"\n[rules]\nlevel = \"warn\"\n".to_vec(),
        );
        for own in ["README.md", "model/lean/notes.txt", "src/main.rs"] {
            files.insert(own.into(), b"mine\n".to_vec());
        }
        folder::write(root, &files);
        let project = open(root);
        let outcome = build::build(&project, &Options::default(), || {}).expect("a build");
        assert!(!outcome.report.has_errors(), "{:?}", outcome.report);
        let state = fs::read_dir(project.shelf.folder()).expect("a folder");
        let state = state
            .map(|entry| entry.expect("an entry"))
            .filter(|entry| entry.path().is_file())
            .map(|entry| {
                let name = entry.file_name().into_string().expect("a plain name");
                (name, fs::read(entry.path()).expect("a part"))
            })
            .collect();
        Undisturbed {
            files: tree(root),
            state,
        }
    })
}

/// All files but the build state.
fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = folder::tree(root);
    files.retain(|path, _| !path.starts_with("target"));
    files
}
