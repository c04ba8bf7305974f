//! T1: every step fails once, in four ways. The failure is told with its path or
//! does no harm; every file is the old or the new one; the next run converges.

use std::collections::BTreeMap;

use emc::disk::faults::{Step, during};

use crate::{Before, KINDS, Work, at_home, key, names, project::TestProject, turn};

type Tree = BTreeMap<String, Vec<u8>>;

/// What lies in the project when nothing fails: before and after.
fn undisturbed(before: Before, work: Work) -> (Tree, Tree, Vec<Step>, String) {
    let project = before.project();
    let old = project.artifacts();
    let (told, seen) = during(project.root(), None, || work.run(&project));
    assert_eq!(told.0, [""; 0], "{before:?} {work:?}");
    (old, project.artifacts(), seen.steps, key(&project))
}

/// Each step in each way. `again` is what makes it good; `settled` says whether
/// the project is as it should be.
fn each_step_fails(
    before: Before,
    work: Work,
    least: usize,
    after: impl Fn(&TestProject, &Step, bool, &Tree, &Tree),
) {
    let _turn = turn();
    let (old, new, steps, own) = undisturbed(before, work);
    let (mut runs, mut told_of) = (0, 0);
    for (at, step) in steps.iter().enumerate() {
        for (turn, kind) in KINDS.into_iter().enumerate() {
            // Builds of an edit and of nothing fail in all ways; the others take
            // turns, but in a nightly run.
            let all = matches!((before, work), (Before::Nothing | Before::Edit, _))
                || std::env::var_os("EMC_TEST_ALL_FAULTS").is_some();
            if !all && at % KINDS.len() != turn {
                continue;
            }
            let project = before.project();
            // The build state lies elsewhere for each project.
            let step = &Step {
                path: at_home(&step.path.to_string_lossy(), &own, &key(&project)).into(),
                ..step.clone()
            };
            let fault = Some((step.clone(), kind));
            let (told, seen) = during(project.root(), fault, || work.run(&project));
            runs += 1;
            // A new transaction has another name each time.
            let renamed = matches!(work, Work::Apply | Work::Init)
                && step.path.starts_with("model/events/events");
            assert!(seen.hit || renamed, "not reached: {step:?}");
            let failed = !told.0.is_empty();
            told_of += usize::from(failed);
            if failed {
                assert!(
                    told.0.iter().any(|path| names(path, step, project.root())),
                    "{kind:?} at {step:?}: told of {:?}",
                    told.0
                );
            }
            after(&project, step, failed, &old, &new);
        }
    }
    println!(
        "{before:?} {work:?}: {} steps, {runs} runs, {told_of} told",
        steps.len()
    );
    assert!(steps.len() >= least, "only {} steps", steps.len());
}

/// Every file is the old or the new one, or lies aside.
fn whole(project: &TestProject, step: &Step, old: &Tree, new: &Tree) {
    for (path, bytes) in project.artifacts() {
        let right = [old, new]
            .iter()
            .any(|tree| tree.get(&path) == Some(&bytes));
        assert!(
            right || path.contains(".emc-tmp-"),
            "{path} is neither old nor new after {step:?}"
        );
    }
}

fn build_is_right(before: Before, least: usize) {
    each_step_fails(
        before,
        Work::Build,
        least,
        |project, step, failed, old, new| {
            whole(project, step, old, new);
            if !failed {
                assert!(project.artifacts() == *new, "silent after {step:?}");
            }
            assert_eq!(Work::Build.run(project).0, [""; 0], "after {step:?}");
            let now = project.artifacts();
            let (now_names, new_names): (Vec<_>, Vec<_>) =
                (now.keys().collect(), new.keys().collect());
            assert_eq!(now_names, new_names, "after {step:?}");
            assert!(now == *new, "other bytes after {step:?}");
        },
    );
}

#[test]
fn a_build_from_nothing() {
    build_is_right(Before::Nothing, 200);
}

#[test]
fn a_build_after_an_edit() {
    build_is_right(Before::Edit, 50);
}

#[test]
fn a_build_that_removes_and_moves_a_family() {
    build_is_right(Before::Moved, 50);
}

#[test]
fn a_build_with_nothing_to_do() {
    build_is_right(Before::Built, 20);
}

#[test]
fn a_check() {
    let wrote = |steps: &[Step]| steps.iter().any(|step| step.action.writes());
    each_step_fails(
        Before::Built,
        Work::Check,
        40,
        |project, step, _, old, _| {
            assert!(!wrote(std::slice::from_ref(step)), "a check makes {step:?}");
            assert!(project.artifacts() == *old, "written after {step:?}");
        },
    );
}

#[test]
fn a_clean() {
    each_step_fails(
        Before::Built,
        Work::Clean,
        30,
        |project, step, failed, old, new| {
            whole(project, step, old, new);
            if !failed {
                assert!(project.artifacts() == *new, "silent after {step:?}");
            }
            assert_eq!(Work::Clean.run(project).0, [""; 0], "after {step:?}");
            assert!(project.artifacts() == *new, "after {step:?}");
        },
    );
}

/// The transaction is there or not, and the next edit finds out which.
#[test]
fn an_edit_through_the_store() {
    each_step_fails(
        Before::Built,
        Work::Apply,
        60,
        |project, step, failed, old, new| {
            let written = std::fs::read_dir(project.events())
                .expect("a folder")
                .count()
                - 20;
            assert!(written <= 1, "{written} transactions after {step:?}");
            whole(project, step, old, new);
            if !failed {
                assert_eq!(written, 1, "silent after {step:?}");
                assert!(project.artifacts() == *new, "silent after {step:?}");
            }
            // An edit that is there already is refused as such; then only the build is due.
            let again = Work::Apply.run(project);
            assert_eq!(again.0.is_empty(), written == 0, "{again:?} after {step:?}");
            let transactions = std::fs::read_dir(project.events())
                .expect("a folder")
                .count();
            assert_eq!(transactions, 21, "after {step:?}");
            assert_eq!(Work::Build.run(project).0, [""; 0], "after {step:?}");
            assert!(project.artifacts() == *new, "after {step:?}");
        },
    );
}

#[test]
fn a_new_project() {
    each_step_fails(
        Before::Empty,
        Work::Init,
        30,
        |project, step, _, old, new| {
            whole(project, step, old, new);
            assert_eq!(Work::Init.run(project).0, [""; 0], "after {step:?}");
            assert_eq!(Work::Build.run(project).0, [""; 0], "after {step:?}");
            let (now, _) = (project.artifacts(), ());
            assert!(now == *new, "after {step:?}");
            let transactions = std::fs::read_dir(project.events())
                .expect("a folder")
                .count();
            assert_eq!(transactions, 1, "after {step:?}");
        },
    );
}
