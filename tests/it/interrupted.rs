//! Builds that are killed, and builds at the same time.

use std::{
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use crate::project::{LENIENT, TestProject, transactions};

/// A number of the nightly run, or that of each change.
fn number(variable: &str, otherwise: u64) -> u64 {
    let given = std::env::var(variable).ok();
    given.map_or(otherwise, |text| text.parse().expect("a number"))
}

fn start(project: &TestProject) -> Child {
    start_with(project, &["build", "--quiet"])
}

fn start_with(project: &TestProject, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
        .args(arguments)
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
    let kills = number("EMC_TEST_KILLS", 50);
    for at in 0..kills {
        let delay = Duration::from_micros(36_000 * at / kills);
        let project = TestProject::new(LENIENT);
        for (name, bytes) in first {
            project.add(name, bytes);
        }
        // Half of the builds start from nothing, half follow an earlier one.
        if at % 2 == 0 {
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
        killed >= kills / 4,
        "only {killed} of {kills} builds were killed in time"
    );
}

#[test]
fn builds_at_the_same_time_wait_for_each_other() {
    let undisturbed = TestProject::with_store(LENIENT, "repair-desk");
    undisturbed.build();
    for _ in 0..number("EMC_TEST_ROUNDS", 20) {
        let project = TestProject::with_store(LENIENT, "repair-desk");
        let children: Vec<Child> = (0..8).map(|_| start(&project)).collect();
        for mut child in children {
            assert!(child.wait().expect("ended").success());
        }
        assert_eq!(project.artifacts(), undisturbed.artifacts());
    }
}

/// A check beside a build sees files that are not there yet, or not yet new; never
/// one that is torn, which would be told as edited or as foreign.
#[test]
fn a_check_beside_a_build_sees_whole_files() {
    let all = transactions("repair-desk");
    let (first, rest) = all.split_at(all.len() - 20);
    for round in 0..number("EMC_TEST_ROUNDS", 20) {
        let project = TestProject::new(LENIENT);
        for (name, bytes) in first {
            project.add(name, bytes);
        }
        if round % 2 == 0 {
            project.build();
        }
        for (name, bytes) in rest {
            project.add(name, bytes);
        }
        let mut build = start(&project);
        let check = Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
            .args(["check", "--message-format", "short"])
            .current_dir(project.root())
            .output()
            .expect("it runs");
        assert!(build.wait().expect("ended").success());
        let said = String::from_utf8(check.stderr).expect("text");
        assert!(matches!(check.status.code(), Some(0 | 1)), "{said}");
        for line in said.lines().filter(|line| line.contains("error[EMC")) {
            let unfinished = line.contains("EMC3003") && line.contains(".emc-tmp-");
            let not_yet = line.contains("EMC3001") || line.contains("EMC3002");
            assert!(not_yet || unfinished, "{line}");
        }
    }
}

/// Builds go on while somebody writes; the last one has it all.
#[test]
fn builds_beside_a_writer_come_to_the_same_tree() {
    let all = transactions("repair-desk");
    let undisturbed = TestProject::with_store(LENIENT, "repair-desk");
    undisturbed.build();
    for _ in 0..number("EMC_TEST_ROUNDS", 20).div_ceil(4) {
        let project = TestProject::new(LENIENT);
        project.add(&all[0].0, &all[0].1);
        thread::scope(|scope| {
            let writer = scope.spawn(|| {
                for (name, bytes) in &all[1..] {
                    // As eventcore-fs does: whole or not at all.
                    project.write(&format!("model/events/{name}.tmp"), bytes);
                    std::fs::rename(
                        project.root().join(format!("model/events/{name}.tmp")),
                        project.events().join(name),
                    )
                    .expect("renamed");
                    thread::sleep(Duration::from_micros(300));
                }
            });
            while !writer.is_finished() {
                let mut builds: Vec<Child> = (0..2).map(|_| start(&project)).collect();
                for build in &mut builds {
                    assert!(build.wait().expect("ended").success());
                }
            }
        });
        assert!(start(&project).wait().expect("ended").success());
        assert_eq!(project.artifacts(), undisturbed.artifacts());
    }
}
