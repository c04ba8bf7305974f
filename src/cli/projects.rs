//! The projects that a command is about: one after the other, or several at a
//! time.

use std::{
    num::NonZero,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use super::{
    Exit,
    args::Global,
    screen::{Ended, Screen, say},
    turns::Turns,
};
use crate::{
    diagnostic::{Diagnostic, codes::manifest::USAGE},
    disk::{
        Failure,
        discover::{self, Surroundings},
        target,
        workspace::{self, Selection},
    },
    ops::{project::Project, workspace::overlapping},
};

/// A project that was found, and what its manifest says or why it does not.
type Opened = (discover::Project, Result<Project, Vec<Diagnostic>>);

/// Run an operation on every project that the command is about, one after the
/// other. The worst exit is that of the run.
pub fn each(
    global: &Global,
    screen: &mut Screen,
    mut run: impl FnMut(&Project, &mut Screen) -> Result<Exit, Vec<Diagnostic>>,
) -> Result<Exit, Vec<Diagnostic>> {
    let opened = open(selected(global)?)?;
    let several = opened.len() > 1;
    let ended = opened
        .into_iter()
        .map(|project| on(project, several, screen, &mut run))
        .collect();
    Ok(worst(ended, screen))
}

/// The same, several projects at a time: as many as `--jobs` says. What they say
/// is printed in their order.
pub fn at_once(
    global: &Global,
    screen: &mut Screen,
    run: impl Fn(&Project, &mut Screen) -> Result<Exit, Vec<Diagnostic>> + Sync,
) -> Result<Exit, Vec<Diagnostic>> {
    let opened = open(selected(global)?)?;
    let several = opened.len() > 1;
    let ended = all(opened, several, global.jobs, screen, &run);
    Ok(worst(ended, screen))
}

/// Run an operation on the one project that the command is about: what is said
/// of a model is not meant for several of them.
pub fn one(
    global: &Global,
    screen: &mut Screen,
    mut run: impl FnMut(&Project, &mut Screen) -> Result<Exit, Vec<Diagnostic>>,
) -> Result<Exit, Vec<Diagnostic>> {
    let opened = open(vec![only(selected(global)?)?])?;
    let ended = opened
        .into_iter()
        .map(|project| on(project, false, screen, &mut run))
        .collect();
    Ok(worst(ended, screen))
}

/// How many of so many projects are worked on at a time: as many as were asked for,
/// else as the machine has processors, which it is slow to tell.
fn threads(projects: usize, jobs: Option<NonZero<usize>>) -> usize {
    if projects < 2 {
        return projects;
    }
    let machine = || thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    jobs.unwrap_or_else(machine).get().min(projects)
}

/// Run an operation on each of these projects, `jobs` of them at a time. The ends
/// stand in the order of the projects.
pub fn all(
    opened: Vec<Opened>,
    several: bool,
    jobs: Option<NonZero<usize>>,
    screen: &mut Screen,
    run: &(impl Fn(&Project, &mut Screen) -> Result<Exit, Vec<Diagnostic>> + Sync),
) -> Vec<Ended> {
    let threads = threads(opened.len(), jobs);
    if threads < 2 {
        let mut run = run;
        let each = opened.into_iter();
        return each
            .map(|project| on(project, several, screen, &mut run))
            .collect();
    }
    let turns = Arc::new(Turns::of(opened.len(), say));
    let count = opened.len();
    let work: Vec<Mutex<Option<(Opened, Screen)>>> = opened
        .into_iter()
        .enumerate()
        .map(|(speaker, project)| Mutex::new(Some((project, screen.beside(&turns, speaker)))))
        .collect();
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, Ended, Screen)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut done = Vec::new();
                    while let Some(work) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let taken = work.lock().unwrap_or_else(PoisonError::into_inner).take();
                        if let Some((project, mut screen)) = taken {
                            let mut run = run;
                            let ended = on(project, several, &mut screen, &mut run);
                            screen.over();
                            done.push((screen.speaker(), ended, screen));
                        }
                    }
                    done
                })
            })
            .collect();
        let mut done = Vec::with_capacity(count);
        for worker in workers {
            match worker.join() {
                Ok(part) => done.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(speaker, ..)| *speaker);
    let ends = done.into_iter().map(|(_, ended, beside)| {
        screen.take(beside);
        ended
    });
    ends.collect()
}

fn on(
    (found, project): Opened,
    several: bool,
    screen: &mut Screen,
    run: &mut impl FnMut(&Project, &mut Screen) -> Result<Exit, Vec<Diagnostic>>,
) -> Ended {
    screen.enter(&found, several);
    let exit = project.and_then(|project| run(&project, screen));
    let exit = exit.unwrap_or_else(|findings| {
        screen.findings(&findings);
        Exit::of(&findings)
    });
    screen.ended(exit)
}

/// How all of it ends. Several projects have one line about all of them.
fn worst(ended: Vec<Ended>, screen: &mut Screen) -> Exit {
    let exits = ended.iter().map(|ended| ended.exit);
    let worst = exits.max().unwrap_or(Exit::Clean);
    if ended.len() > 1 {
        screen.summary(ended);
    }
    worst
}

/// The projects that the command is about.
pub fn selected(global: &Global) -> Result<Vec<discover::Project>, Vec<Diagnostic>> {
    within(|surroundings| workspace::projects(&selection(global), surroundings))
}

/// Read the manifests. Those of several projects must not claim one folder twice.
pub fn open(found: Vec<discover::Project>) -> Result<Vec<Opened>, Vec<Diagnostic>> {
    let opened: Vec<Opened> = within(|surroundings| {
        let open = |found: discover::Project| {
            let target = target::target_dir(&found.root, surroundings);
            let project = Project::open(&found, &target);
            (found, project)
        };
        Ok(found.into_iter().map(open).collect())
    })?;
    let projects: Vec<(&str, &Project)> = opened
        .iter()
        .filter_map(|(found, project)| Some((found.label.as_str(), project.as_ref().ok()?)))
        .collect();
    let findings = overlapping(&projects);
    if findings.is_empty() {
        Ok(opened)
    } else {
        Err(findings)
    }
}

fn within<T>(
    look: impl FnOnce(&Surroundings<'_>) -> Result<T, Vec<Diagnostic>>,
) -> Result<T, Vec<Diagnostic>> {
    let current_dir = current_dir()?;
    look(&Surroundings {
        current_dir: &current_dir,
        variables: &|name| std::env::var_os(name),
    })
}

/// The only one of the projects.
pub fn only(mut projects: Vec<discover::Project>) -> Result<discover::Project, Vec<Diagnostic>> {
    match projects.pop() {
        Some(project) if projects.is_empty() => Ok(project),
        last => {
            let labels: Vec<&str> = projects
                .iter()
                .chain(&last)
                .map(|found| found.label.as_str())
                .collect();
            let message = format!(
                "{} projects are selected, and this verb takes one",
                labels.len()
            );
            Err(vec![
                Diagnostic::new(&USAGE, message)
                    .note(format!("selected: {}", labels.join(", ")))
                    .help("choose one with `--config PATH` or `--package SPEC`"),
            ])
        }
    }
}

/// The current folder.
pub fn current_dir() -> Result<PathBuf, Vec<Diagnostic>> {
    std::env::current_dir().map_err(|cause| {
        vec![
            Failure {
                action: "read the current folder",
                path: ".".to_owned(),
                cause,
            }
            .diagnostic(),
        ]
    })
}

/// What the flags say about the projects.
pub fn selection(global: &Global) -> Selection {
    Selection {
        config: global.config.clone(),
        manifest_path: global.manifest_path.clone(),
        packages: global.package.clone(),
        workspace: global.workspace,
        exclude: global.exclude.clone(),
    }
}
