//! A project in a temporary folder, with transactions of the real stores.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use eventcore_fs::{FileEventStore, FsEventStoreError};

use emc::{
    disk::discover,
    history::History,
    ops::{
        build::{self, Options, Outcome},
        project::Project,
    },
    rel_path::RelPath,
    transaction,
};

/// A manifest that accepts models which break rules, as those of the peer do.
pub const LENIENT: &str = "[project]\nname = \"Repair Desk\"\n\n[rules]\nlevel = \"warn\"\n";

/// The folder of a store among the fixtures.
pub fn fixture(store: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/stores")
        .join(store)
}

/// The transaction files of a store in canonical order, with their names.
pub fn transactions(store: &str) -> Vec<(String, Vec<u8>)> {
    let events = fixture(store).join("model/events/events");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(events).expect("a store") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        files.insert(name, fs::read(path).expect("a file"));
    }
    let files: Vec<(String, Vec<u8>)> = files.into_iter().collect();
    let headers: Vec<_> = files
        .iter()
        .map(|(name, bytes)| {
            let file = RelPath::new(name).expect("a name");
            transaction::parse(&file, bytes)
                .transaction
                .expect("a transaction")
                .header
        })
        .collect();
    let history = History::of(&headers, &[]);
    history
        .order()
        .iter()
        .map(|index| files[*index].clone())
        .collect()
}

/// Run git in a folder, as nobody in particular; it must succeed.
pub fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=x", "-c", "user.email=x@localhost"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git runs");
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A store that was just closed, opened by its library. A program that another
/// test starts in that moment holds the lock until it runs: waited for.
pub fn open_store(root: &Path) -> FileEventStore {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        match FileEventStore::open(root) {
            Err(FsEventStoreError::StoreLocked { .. }) if Instant::now() < deadline => {
                thread::sleep(Duration::from_millis(5));
            }
            opened => return opened.expect("it opens"),
        }
    }
}

/// Copy a project or a part of it, as git would have it in another working copy.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        let name = path.file_name().expect("a name").to_string_lossy();
        if path.is_dir() {
            // What the library keeps beside the events is of one working copy.
            if !matches!(name.as_ref(), ".eventcore" | "index") {
                copy(&path, &target);
            }
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}

/// A project in a folder of its own.
pub struct TestProject {
    folder: tempfile::TempDir,
}

impl TestProject {
    /// A project with this manifest and no transaction.
    pub fn new(manifest: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Self { folder };
        fs::create_dir_all(project.events()).expect("a folder");
        project.write("emc.toml", manifest.as_bytes());
        project.write("model/events/.gitattributes", b"events/** -text -merge\n");
        project
    }

    /// A folder for a project that comes from elsewhere.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder }
    }

    /// A project with a whole store.
    pub fn with_store(manifest: &str, store: &str) -> Self {
        let project = Self::new(manifest);
        for (name, bytes) in transactions(store) {
            project.add(&name, &bytes);
        }
        project
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn events(&self) -> PathBuf {
        self.root().join("model/events/events")
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).expect("a text file")
    }

    /// Add a transaction file.
    pub fn add(&self, name: &str, bytes: &[u8]) {
        fs::write(self.events().join(name), bytes).expect("written");
    }

    /// The project, its manifest read anew.
    pub fn open(&self) -> Project {
        let found = discover::Project {
            root: self.root().to_path_buf(),
            manifest_path: self.root().join("emc.toml"),
            label: "emc.toml".to_owned(),
        };
        Project::open(&found, &self.root().join("target")).expect("a manifest without errors")
    }

    pub fn build(&self) -> Outcome {
        self.build_with(&Options::default())
    }

    pub fn build_with(&self, options: &Options) -> Outcome {
        build::build(&self.open(), options, || {}).expect("no failure of the system")
    }

    /// Every file below `model/` but the store, with its bytes.
    pub fn artifacts(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.root().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                let name = path
                    .strip_prefix(self.root())
                    .expect("below")
                    .to_string_lossy()
                    .replace('\\', "/");
                if name == "target" || name == "model/events" || name == "emc.toml" {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(name, fs::read(&path).expect("a file"));
                }
            }
        }
        files
    }
}
