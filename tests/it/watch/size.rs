//! A watch over stores of size: a thousand transactions at once, a branch switch that
//! takes two seconds (T19).

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::{
    process::{CALM, Watching, succeeds},
    rounds,
};
use crate::project::git;

#[allow(dead_code, reason = "the benchmarks use more of it")]
#[path = "../../../benches/whole_process/synthetic.rs"]
mod synthetic;

use synthetic::{Size, Synthetic};

/// The name of a file with its bytes.
type Transaction = (String, Vec<u8>);

/// A project, and the transactions that it does not have yet.
struct Large {
    folder: tempfile::TempDir,
    /// In the order in which they were written.
    rest: Vec<Transaction>,
}

impl Large {
    /// Of 1,011 transactions, of which it has 11.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let size = Size {
            workflows: 10,
            slices: 10,
            facts: 9,
        };
        Synthetic::write(folder.path(), size, false).expect("a store");
        let mut large = Self {
            folder,
            rest: Vec::new(),
        };
        let entries = fs::read_dir(large.events()).expect("a store");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
        // Their names grow.
        paths.sort();
        for path in paths.iter().skip(11) {
            let name = path.file_name().expect("a name").to_string_lossy();
            let bytes = fs::read(path).expect("a file");
            large.rest.push((name.into_owned(), bytes));
            fs::remove_file(path).expect("removed");
        }
        assert_eq!(large.rest.len(), 1000);
        large
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn events(&self) -> PathBuf {
        self.root().join("model/events/events")
    }

    /// Saved aside and renamed, as eventcore writes them.
    fn save(&self, (name, bytes): &Transaction) {
        let aside = self.root().join("model/events/aside");
        fs::write(&aside, bytes).expect("written");
        fs::rename(aside, self.events().join(name)).expect("renamed");
    }

    fn remove(&self, (name, _): &Transaction) {
        fs::remove_file(self.events().join(name)).expect("removed");
    }
}

/// How many transactions arrived in all that was told.
fn arrived(told: &[serde_json::Value]) -> u64 {
    let told = told.iter().filter_map(|line| line["arrived"].as_u64());
    told.sum()
}

#[test]
fn a_burst_of_a_thousand_transactions_is_few_builds() {
    for arguments in [&[][..], &["--poll=20"]] {
        let project = Large::new();
        let watching = Watching::start(project.root(), arguments);
        assert_eq!(watching.round(), 0);
        for transaction in &project.rest {
            project.save(transaction);
        }
        let told = watching.calm(CALM);
        // One, and one more where the first of them were taken for an edit; on a busy
        // machine we too are kept from writing.
        let builds = rounds(&told);
        assert!((1..=5).contains(&builds), "{arguments:?}: {builds} builds");
        assert_eq!(arrived(&told), 1000, "{arguments:?}");
        // The last of them is of all, and wrote what a check asks for; what it wrote
        // was no reason to build again.
        succeeds(project.root(), &["check"]);
    }
}

#[test]
fn a_branch_switch_of_two_seconds_is_one_build() {
    let project = Large::new();
    let root = project.root();
    for transaction in &project.rest {
        project.save(transaction);
    }
    git(root, &["init", "-q"]);
    let watching = Watching::start(root, &[]);
    assert_eq!(watching.round(), 0);
    // What git does, at the pace of a slow disk: the index is locked until the last file
    // is there, and there are times when nothing happens.
    let switch = |change: &dyn Fn(&Transaction)| {
        let lock = root.join(".git/index.lock");
        fs::write(&lock, "").expect("locked");
        for part in project.rest[800..].chunks(10).rev() {
            part.iter().rev().for_each(change);
            thread::sleep(Duration::from_millis(100));
        }
        fs::remove_file(&lock).expect("unlocked");
        let told = watching.calm(CALM);
        assert_eq!(rounds(&told), 1, "{told:?}");
        succeeds(root, &["check"]);
    };
    switch(&|transaction| project.remove(transaction));
    switch(&|transaction| project.save(transaction));
}

#[test]
fn a_copy_of_two_seconds_without_git_is_few_builds() {
    let project = Large::new();
    let watching = Watching::start(project.root(), &[]);
    assert_eq!(watching.round(), 0);
    for part in project.rest.chunks(10) {
        for transaction in part {
            project.save(transaction);
        }
        thread::sleep(Duration::from_millis(20));
    }
    let told = watching.calm(CALM);
    let builds = rounds(&told);
    assert!((1..=10).contains(&builds), "{builds} builds");
    assert_eq!(arrived(&told), 1000);
    succeeds(project.root(), &["check"]);
}
