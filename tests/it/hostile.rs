//! A repository from a stranger: what `check`, `build` and an edit must not do with
//! it. Nothing outside the project changes, no program starts, and memory and time
//! are bounded. See SECURITY.md.

mod files;
mod links;
mod names;

use std::{
    collections::BTreeMap,
    env, fs,
    os::unix::process::ExitStatusExt as _,
    path::Path,
    process::{Command, Output},
    thread,
    time::{Duration, Instant},
};

use crate::project::TestProject;

/// What a run said, and with which code it ended.
pub struct Ran {
    pub code: i32,
    pub said: String,
    pub printed: String,
}

/// Address space of a run, in KiB: far less than the files that it is offered.
const MEMORY: u64 = 1 << 20;
/// A debug build on a machine that does other things too.
const DEADLINE: Duration = Duration::from_secs(120);

/// Run the program in a project with bounded memory and time, and in `PATH`
/// nothing but traps.
pub fn run(project: &TestProject, arguments: &[&str]) -> Ran {
    let traps = project.root().join("traps");
    if !traps.is_dir() {
        set_traps(&traps, &project.root().join("sprung"));
    }
    let child = Command::new("/bin/sh")
        .arg("-c")
        .arg(format!("ulimit -v {MEMORY}; exec \"$@\""))
        .arg("sh")
        .arg(env!("CARGO_BIN_EXE_cargo-emc"))
        .args(arguments)
        .current_dir(project.root())
        .env_clear()
        .env("PATH", &traps)
        .env("HOME", project.root().join("home"))
        .env("EDITOR", "editor")
        // Where coverage is measured, what it writes does not go into the project.
        .envs(env::var_os("LLVM_PROFILE_FILE").map(|file| ("LLVM_PROFILE_FILE", file)))
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let id = child.id();
    let watch = thread::spawn(move || child.wait_with_output());
    let started = Instant::now();
    while !watch.is_finished() {
        if started.elapsed() > DEADLINE {
            let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
            panic!("{arguments:?} did not end");
        }
        thread::sleep(Duration::from_millis(2));
    }
    let Output {
        status,
        stdout,
        stderr,
    } = watch.join().expect("no panic").expect("an output");
    let said = String::from_utf8(stderr).expect("text");
    assert_eq!(
        status.signal(),
        None,
        "{arguments:?} ended by a signal: {said}"
    );
    assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    Ran {
        code: status.code().expect("a code"),
        said,
        printed: String::from_utf8(stdout).expect("text"),
    }
}

/// Programs that leave a mark when they are started.
fn set_traps(folder: &Path, mark: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::create_dir_all(folder).expect("a folder");
    for name in [
        "git", "cargo", "lean", "lake", "quint", "java", "node", "sh", "editor",
    ] {
        let path = folder.join(name);
        let script = format!("#!/bin/sh\necho {name} >> '{}'\n", mark.display());
        fs::write(&path, script).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("permissions");
    }
}

pub fn sprung(project: &TestProject) -> String {
    fs::read_to_string(project.root().join("sprung")).unwrap_or_default()
}

/// Every file below a folder with its bytes, links as what they say.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("below").to_string_lossy();
            let metadata = fs::symlink_metadata(&path).expect("metadata");
            if metadata.is_dir() {
                files.insert(format!("{name}/"), Vec::new());
                folders.push(path);
            } else if metadata.is_symlink() {
                let to = fs::read_link(&path).expect("a link");
                files.insert(name.into_owned(), to.to_string_lossy().into_owned().into());
            } else if metadata.is_file() {
                files.insert(name.into_owned(), fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

/// A document that adds a workflow, to be applied.
pub const EDIT: [&str; 8] = [
    "add",
    "workflow",
    "--slug",
    "late",
    "--name",
    "Late",
    "--description",
    "d",
];
