//! Builds that are killed, and builds at the same time.

use std::{
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use crate::project::{LENIENT, TestProject, transactions};

fn start(project: &TestProject) -> Child {
    Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
        .args(["build", "--quiet"])
        .current_dir(project.root())
        .env("CARGO_TARGET_DIR", project.root().join("target"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts")
}

#[test]
fn after_a_kill_the_next_build_gives_the_same_tree() {
    let all = transactions("repair-desk");
    let undisturbed = TestProject::with_store(LENIENT, "repair-desk");
    undisturbed.build();
    let expected = undisturbed.artifacts();
    let (first, rest) = all.split_at(all.len() - 20);
    let before = TestProject::new(LENIENT);
    for (name, bytes) in first {
        before.add(name, bytes);
    }
    before.build();
    let before = before.artifacts();
    let mut killed = 0;
    // From before the first write to after the last one, whatever the machine.
    for delay in (0..40).map(|step| Duration::from_micros(step * 900)) {
        let project = TestProject::new(LENIENT);
        for (name, bytes) in first {
            project.add(name, bytes);
        }
        // Half of the builds start from nothing, half follow an earlier one.
        if delay.as_micros() % 1800 == 0 {
            project.build();
        }
        for (name, bytes) in rest {
            project.add(name, bytes);
        }
        let mut child = start(&project);
        thread::sleep(delay);
        if child.try_wait().expect("a status").is_none() {
            child.kill().expect("killed");
            killed += 1;
        }
        child.wait().expect("ended");
        for (path, bytes) in project.artifacts() {
            let aside = path.contains(".emc-tmp-");
            let old_or_new = [&before, &expected]
                .iter()
                .any(|tree| tree.get(&path) == Some(&bytes));
            assert!(
                aside || old_or_new,
                "{path} is torn, killed after {delay:?}"
            );
        }
        project.build();
        assert_eq!(project.artifacts(), expected, "killed after {delay:?}");
    }
    assert!(
        killed >= 10,
        "only {killed} of 40 builds were killed in time"
    );
}

#[test]
fn builds_at_the_same_time_wait_for_each_other() {
    let undisturbed = TestProject::with_store(LENIENT, "repair-desk");
    undisturbed.build();
    for _ in 0..3 {
        let project = TestProject::with_store(LENIENT, "repair-desk");
        let children: Vec<Child> = (0..8).map(|_| start(&project)).collect();
        for mut child in children {
            assert!(child.wait().expect("ended").success());
        }
        assert_eq!(project.artifacts(), undisturbed.artifacts());
    }
}
