//! T2: the power goes at every step. What a build did to the disk is written down
//! and done again up to some step, and of what was not synced (a build syncs
//! nothing) some is lost. The next build gives the same bytes.

use std::{fs, path::Path};

use emc::disk::faults::{Action, Step, during};

use crate::{Before, Work, at_home, key, restored, snapshot, turn};

/// What becomes of data that was not synced.
#[derive(Clone, Copy, Debug)]
enum Loss {
    /// It is there: only the rest of the work is missing.
    None,
    /// The files that were written are empty, as on ext4.
    Empty,
    /// They hold zeros, as on XFS.
    Zeros,
    /// Their first half is there.
    Half,
    /// So is the data of all but the last file.
    LastEmpty,
    /// The last rename is lost, and what came after it is there.
    LastRename,
}

const LOSSES: [Loss; 6] = [
    Loss::None,
    Loss::Empty,
    Loss::Zeros,
    Loss::Half,
    Loss::LastEmpty,
    Loss::LastRename,
];

/// Do the first steps again on a disk that loses data.
fn replay(root: &Path, steps: &[&Step], loss: Loss, from: &str, to: &str) {
    let last = |wanted: fn(&Action) -> bool| steps.iter().rposition(|step| wanted(&step.action));
    let last_write = last(|action| matches!(action, Action::Write(_)));
    let last_rename = last(|action| matches!(action, Action::Rename(_)));
    for (at, step) in steps.iter().enumerate() {
        let place = |path: &Path| root.join(at_home(&path.to_string_lossy(), from, to));
        let path = place(&step.path);
        // What a lost rename left elsewhere may make a later step impossible: it
        // did not happen either.
        let _ = match &step.action {
            Action::Create => fs::write(&path, b""),
            Action::Write(bytes) => fs::write(
                &path,
                match loss {
                    Loss::Empty => Vec::new(),
                    Loss::LastEmpty if Some(at) == last_write => Vec::new(),
                    Loss::Half => bytes[..bytes.len() / 2].to_vec(),
                    Loss::Zeros => vec![0; bytes.len()],
                    _ => bytes.clone(),
                },
            ),
            Action::Rename(_) if matches!(loss, Loss::LastRename) && Some(at) == last_rename => {
                Ok(())
            }
            Action::Rename(to) => fs::rename(&path, place(to)),
            Action::Remove => fs::remove_file(&path),
            Action::RemoveFolder => fs::remove_dir(&path),
            Action::RemoveAll => fs::remove_dir_all(&path),
            Action::MakeFolder => fs::create_dir(&path),
            Action::MakeFolders => fs::create_dir_all(&path),
            Action::Mark(length) => {
                fs::write(&path, vec![1; usize::try_from(*length).unwrap_or(1)])
            }
            Action::Read | Action::List | Action::Look | Action::LookBack | Action::Lock => Ok(()),
        };
    }
}

fn survives(before: Before, least: usize) {
    let _turn = turn();
    let project = before.project();
    let files = snapshot(project.root());
    let old = project.artifacts();
    let own = key(&project);
    let (told, seen) = during(project.root(), None, || Work::Build.run(&project));
    assert_eq!(told.0, [""; 0]);
    let expected = project.artifacts();
    let steps: Vec<&Step> = seen
        .steps
        .iter()
        .filter(|step| step.action.writes())
        .collect();
    let mut runs = 0;
    for count in 0..=steps.len() {
        for loss in LOSSES {
            let project = restored(&files, &own);
            replay(project.root(), &steps[..count], loss, &own, &key(&project));
            if matches!(loss, Loss::None) {
                // A kill: nothing is torn.
                for (path, bytes) in project.artifacts() {
                    let right = [&old, &expected]
                        .iter()
                        .any(|tree| tree.get(&path) == Some(&bytes));
                    assert!(
                        right || path.contains(".emc-tmp-"),
                        "{path} is torn at {count}"
                    );
                }
            }
            let told = Work::Build.run(&project);
            let at = || {
                format!(
                    "{before:?}, power cut after {count} of {} steps, {loss:?}",
                    steps.len()
                )
            };
            assert_eq!(told.0, [""; 0], "{}", at());
            let now = project.artifacts();
            let (now_names, names): (Vec<_>, Vec<_>) =
                (now.keys().collect(), expected.keys().collect());
            assert_eq!(now_names, names, "{}", at());
            assert!(now == expected, "other bytes: {}", at());
            runs += 1;
        }
    }
    println!(
        "{before:?}: {} steps that write, {runs} power cuts",
        steps.len()
    );
    assert!(steps.len() >= least);
}

#[test]
fn a_build_from_nothing() {
    survives(Before::Nothing, 80);
}

#[test]
fn a_build_after_an_edit() {
    survives(Before::Edit, 15);
}

#[test]
fn a_build_that_removes_and_moves_a_family() {
    survives(Before::Moved, 20);
}

/// Soon after a build that went well: the files lose their data where they lie.
#[test]
fn a_build_that_was_done() {
    let project = Before::Built.project();
    let expected = project.artifacts();
    for path in expected.keys() {
        for torn in [0, 1, 2] {
            let bytes = &expected[path];
            let left = match torn {
                0 => Vec::new(),
                1 => vec![0; bytes.len() / 2],
                _ => bytes[..bytes.len() * 3 / 4].to_vec(),
            };
            fs::write(project.root().join(path), left).expect("written");
            assert_eq!(Work::Build.run(&project).0, [""; 0], "{path}");
            assert!(project.artifacts() == expected, "{path}");
        }
    }
    let shelf = project.open().shelf;
    for entry in fs::read_dir(shelf.folder()).expect("a folder") {
        fs::write(entry.expect("an entry").path(), b"").expect("written");
    }
    assert_eq!(Work::Build.run(&project).0, [""; 0]);
    assert!(project.artifacts() == expected);
}
