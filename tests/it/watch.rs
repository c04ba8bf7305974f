//! `cargo emc watch` over real files, real git and a real clock.

mod process;
mod size;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use emc::{
    disk::watch::Place,
    ops::watch::{Next, Options, Watch},
};
use process::{CALM, PATIENCE, Watching, emc, succeeds};
use serde_json::Value;

use crate::project::{LENIENT, TestProject, git, transactions};

fn rounds(told: &[Value]) -> usize {
    let is_round = |line: &&Value| line["reason"] == "watch-round";
    told.iter().filter(is_round).count()
}

/// A project with a small model, written by the program itself.
fn small() -> TestProject {
    let project = TestProject::empty();
    project.write("emc.toml", LENIENT.as_bytes());
    succeeds(project.root(), &["init", "--no-build"]);
    project
}

/// An edit in a process of its own, which leaves the building to the watch.
fn edit(project: &TestProject, workflow: &str) {
    let text = format!("workflow = \"{workflow}\"\nname = \"W\"\ndescription = \"A way.\"\n");
    project.write("edit.toml", text.as_bytes());
    succeeds(project.root(), &["apply", "edit.toml", "--no-build"]);
}

fn page(project: &TestProject, workflow: &str) -> PathBuf {
    let page = format!("model/review/workflows/{workflow}.md");
    project.root().join(page)
}

#[test]
fn an_edit_elsewhere_is_built_and_nothing_triggers_itself() {
    for arguments in [&[][..], &["--poll=20"]] {
        let project = small();
        let watching = Watching::start(project.root(), arguments);
        let polls = &watching.line("watch")["poll_ms"];
        assert_eq!(polls.is_null(), arguments.is_empty(), "{polls}");
        assert_eq!(watching.round(), 0);
        assert!(project.root().join("model/lean").is_dir());
        let told = watching.calm(CALM);
        assert!(told.is_empty(), "{arguments:?}: {told:?}");

        edit(&project, "deposit");
        let changed = watching.line("watch-changed");
        assert_eq!(changed["arrived"], 1);
        assert_eq!(changed["manifest_changed"], false);
        assert_eq!(watching.round(), 0);
        assert!(page(&project, "deposit").exists(), "{arguments:?}");
        let told = watching.calm(CALM);
        assert!(told.is_empty(), "{arguments:?}: {told:?}");
        succeeds(project.root(), &["check"]);

        // A build and an edit that builds leave nothing to write.
        succeeds(project.root(), &["build", "--force"]);
        let told = watching.calm(CALM);
        assert!(told.is_empty(), "{arguments:?}: {told:?}");
    }
}

#[test]
fn many_quick_edits_are_few_builds() {
    let all = transactions("repair-desk");
    let (first, rest) = all.split_at(20);
    let project = TestProject::new(LENIENT);
    for (name, bytes) in first {
        project.add(name, bytes);
    }
    let watching = Watching::start(project.root(), &[]);
    assert_eq!(watching.round(), 0);
    for (name, bytes) in rest {
        project.add(name, bytes);
        thread::sleep(Duration::from_millis(1));
    }
    let told = watching.calm(CALM);
    let ends: Vec<&Value> = told
        .iter()
        .filter(|line| line["reason"] == "watch-round")
        .map(|line| &line["exit"])
        .collect();
    // One on a quiet machine; on a busy one we too are kept from writing.
    assert!((1..rest.len() / 5).contains(&ends.len()), "{ends:?}");
    let arrived: u64 = told
        .iter()
        .filter_map(|line| line["arrived"].as_u64())
        .sum();
    assert_eq!(arrived, rest.len() as u64);
    assert_eq!(ends.last().and_then(|end| end.as_u64()), Some(0));
    succeeds(project.root(), &["check"]);
}

#[test]
fn a_checkout_of_200_transactions_is_one_build() {
    let all = transactions("repair-desk");
    let (first, rest) = all.split_at(all.len() - 200);
    let project = TestProject::new(LENIENT);
    let root = project.root();
    project.write(
        ".gitignore",
        b"/target\n/model/lean\n/model/quint\n/model/review\n",
    );
    for (name, bytes) in first {
        project.add(name, bytes);
    }
    git(root, &["init", "-q", "-b", "main"]);
    git(root, &["add", "."]);
    git(root, &["commit", "-qm", "first"]);
    git(root, &["checkout", "-qb", "more"]);
    for (name, bytes) in rest {
        project.add(name, bytes);
    }
    git(root, &["add", "."]);
    git(root, &["commit", "-qm", "more"]);
    let watching = Watching::start(root, &[]);
    assert_eq!(watching.round(), 0);
    for (branch, arrived, gone) in [("main", 0, 200), ("more", 200, 0)] {
        git(root, &["checkout", "-q", branch]);
        let told = watching.calm(CALM);
        assert_eq!(rounds(&told), 1, "{branch}: {told:?}");
        let changed = told.iter().find(|line| line["reason"] == "watch-changed");
        let changed = changed.expect("what has changed");
        assert_eq!(changed["arrived"], arrived);
        assert_eq!(changed["gone"], gone);
        succeeds(root, &["check"]);
    }
}

#[test]
fn nothing_is_built_while_git_is_at_work() {
    let project = TestProject::new(LENIENT);
    let root = project.root();
    git(root, &["init", "-q"]);
    let watching = Watching::start(root, &["--postpone"]);
    watching.line("watch");
    let lock = root.join(".git/index.lock");
    fs::write(&lock, "").expect("locked");
    for (name, bytes) in transactions("repair-desk") {
        project.add(&name, &bytes);
    }
    let told = watching.calm(Duration::from_millis(700));
    assert_eq!(rounds(&told), 0, "{told:?}");
    fs::remove_file(&lock).expect("unlocked");
    assert_eq!(watching.round(), 0);
    let told = watching.calm(CALM);
    assert_eq!(rounds(&told), 0, "{told:?}");
}

#[test]
fn a_manifest_is_followed_through_its_mistakes() {
    let project = small();
    let watching = Watching::start(project.root(), &[]);
    assert_eq!(watching.round(), 0);
    let good = project.read("emc.toml");
    // As an editor saves: aside, then renamed.
    let save = |text: &str| {
        project.write("emc.toml~", text.as_bytes());
        fs::rename(
            project.root().join("emc.toml~"),
            project.root().join("emc.toml"),
        )
        .expect("renamed");
    };
    save("[project]\nnam = \"Desk\"\n");
    let finding = watching.line("diagnostic");
    assert_eq!(finding["file"], "emc.toml");
    assert_eq!(watching.round(), 2);
    save(&good);
    assert_eq!(watching.line("watch-changed")["manifest_changed"], true);
    assert_eq!(watching.round(), 0);
    fs::remove_file(project.root().join("emc.toml")).expect("removed");
    assert_eq!(watching.round(), 3);
    // A store at another place, which is not there yet.
    save("[project]\nname = \"Repair Desk\"\n[store]\npath = \"other/store\"\n");
    assert_eq!(watching.round(), 1);
    let from = project.events();
    let to = project.root().join("other/store");
    fs::create_dir_all(&to).expect("a folder");
    fs::rename(from, to.join("events")).expect("moved");
    assert_eq!(watching.line("watch-changed")["arrived"], 1);
    assert_eq!(watching.round(), 0);
    // What arrives at the old place is nobody's.
    project.write("model/events/events/x.jsonl", b"x");
    let told = watching.calm(CALM);
    assert_eq!(rounds(&told), 0, "{told:?}");
}

#[test]
fn a_folder_that_is_made_again_is_watched_again() {
    for arguments in [&[][..], &["--poll=20"]] {
        let project = TestProject::with_store(LENIENT, "repair-desk");
        let watching = Watching::start(project.root(), arguments);
        assert_eq!(watching.round(), 0);
        let model = project.root().join("model");
        for round in 0..3 {
            fs::remove_dir_all(&model).expect("removed");
            let change = watching.line("watch-changed");
            assert_eq!(change["gone"], 269, "{round}");
            assert_eq!(watching.round(), 1, "no store is a finding");
            project.write("model/events/.gitattributes", b"events/** -text -merge\n");
            fs::create_dir_all(project.events()).expect("a folder");
            for (name, bytes) in transactions("repair-desk") {
                project.add(&name, &bytes);
            }
            let mut exit = watching.round();
            if exit != 0 {
                // It held still between two of our files.
                exit = watching.round();
            }
            assert_eq!(exit, 0, "{round}");
            watching.calm(CALM);
            succeeds(project.root(), &["check"]);
        }
    }
}

#[test]
fn a_command_runs_after_each_good_build_and_ends_with_the_next() {
    let project = small();
    let root = project.root();
    let line = "echo $$ >> pids; sleep 600 & echo $! >> pids; wait";
    let watching = Watching::start(root, &["--exec", line]);
    let pids = |count: usize| -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        loop {
            let text = fs::read_to_string(root.join("pids")).unwrap_or_default();
            let pids: Vec<String> = text.lines().map(str::to_owned).collect();
            if pids.len() >= count {
                return pids;
            }
            assert!(Instant::now() < end, "{pids:?}");
            thread::sleep(Duration::from_millis(5));
        }
    };
    let runs = |pid: &String| Path::new("/proc").join(pid).join("cwd").exists();
    let check_processes = Path::new("/proc/self").exists();
    watching.line("exec-started");
    let first = pids(2);
    if check_processes {
        assert!(first.iter().all(runs), "{first:?}");
    }
    edit(&project, "deposit");
    let ended = watching.line("exec-ended");
    assert_eq!(
        (&ended["by_itself"], &ended["signal"]),
        (&false.into(), &15.into())
    );
    watching.line("exec-started");
    let both = pids(4);
    if check_processes {
        assert!(!first.iter().any(runs), "{first:?}");
        assert!(both.iter().skip(2).all(runs), "{both:?}");
    }
    // It does not run after a build with errors.
    let good = project.read("emc.toml");
    project.write("emc.toml", b"[project]\n");
    assert_eq!(watching.round(), 2);
    let told = watching.calm(CALM);
    assert!(!told.iter().any(|line| line["reason"] == "exec-started"));
    if check_processes {
        assert!(!both.iter().any(runs), "{both:?}");
    }
    project.write("emc.toml", good.as_bytes());
    watching.line("exec-started");
    let all = pids(6);
    watching.interrupt();
    watching.line("exec-ended");
    let last = watching.line("summary");
    assert_eq!(last["exit"], 0);
    if check_processes {
        assert!(!all.iter().any(runs), "{all:?}");
    }
}

#[test]
fn a_command_that_ends_is_told() {
    let project = small();
    let watching = Watching::start(project.root(), &["-x", "echo to a person; exit 4"]);
    let ended = watching.line("exec-ended");
    assert_eq!(
        (&ended["by_itself"], &ended["code"]),
        (&true.into(), &4.into())
    );
    assert!(watching.calm(CALM).is_empty());
}

#[test]
fn an_interrupt_is_the_good_end() {
    for signal in ["-INT", "-TERM"] {
        let project = small();
        let mut watching = Watching::start(project.root(), &[]);
        watching.round();
        let pid = watching.child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status();
        assert!(sent.expect("kill runs").success());
        let status = watching.child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0), "{signal}");
        succeeds(project.root(), &["check"]);
    }
}

#[test]
fn only_the_project_that_changed_is_built() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    };
    write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"3\"\n",
    );
    write(".git/HEAD", "");
    for name in ["a", "b"] {
        let package =
            format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
        write(&format!("{name}/Cargo.toml"), &package);
        write(&format!("{name}/src/lib.rs"), "");
        write(&format!("{name}/emc.toml"), LENIENT);
        succeeds(&root.join(name), &["init", "--no-build"]);
    }
    let watching = Watching::start(root, &["--workspace"]);
    assert_eq!(watching.round(), 0);
    for name in ["a", "b"] {
        assert!(root.join(name).join("model/lean").is_dir());
        write(
            "edit.toml",
            "workflow = \"w\"\nname = \"W\"\ndescription = \"d\"\n",
        );
        let manifest = format!("{name}/emc.toml");
        succeeds(
            root,
            &["apply", "edit.toml", "--no-build", "--config", name],
        );
        let changed = watching.line("watch-changed");
        assert_eq!(changed["manifest"], manifest.as_str());
        assert_eq!(watching.line("project")["manifest"], manifest.as_str());
        assert_eq!(watching.round(), 0);
        assert_eq!(rounds(&watching.calm(CALM)), 0);
    }
}

#[test]
fn a_store_that_never_holds_still_is_built_all_the_same() {
    let project = TestProject::new(LENIENT);
    let place = Place {
        root: project.root().to_owned(),
        manifest: project.root().join("emc.toml"),
        events: project.events(),
    };
    let options = Options {
        limit: Duration::from_millis(300),
        postpone: true,
        ..Options::default()
    };
    let mut watch = Watch::start(vec![place], options);
    assert_eq!(watch.next(Duration::from_millis(200)), Next::Nothing);
    let over = Arc::new(AtomicBool::new(false));
    let writer = {
        let (over, events) = (Arc::clone(&over), project.events());
        thread::spawn(move || {
            let mut count = 0_usize;
            while !over.load(Ordering::SeqCst) {
                fs::write(events.join(format!("{count}.jsonl")), "").expect("written");
                count += 1;
                thread::sleep(Duration::from_millis(5));
            }
            count
        })
    };
    let mut arrived = 0;
    let mut next = || match watch.next(PATIENCE) {
        Next::Changed { projects, settled } => {
            let [(0, change)] = projects.as_slice() else {
                panic!("{projects:?}");
            };
            arrived += change.arrived;
            settled
        }
        other => panic!("{other:?}"),
    };
    assert!(!next());
    assert!(!next());
    over.store(true, Ordering::SeqCst);
    let count = writer.join().expect("it ends");
    // What did not hold still comes once more, although nothing may be new.
    while !next() {}
    assert_eq!(arrived, count);
    assert_eq!(watch.next(CALM), Next::Nothing);
}

#[test]
fn a_watch_has_no_sarif() {
    let project = small();
    let output = emc(project.root())
        .args(["watch", "--message-format", "sarif"])
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(2));
}
