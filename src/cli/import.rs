//! `cargo emc import`.

use super::{
    Exit,
    args::{Global, Import},
    edit::{tell_build, waiting},
    screen::{Screen, Verbosity},
};
use crate::{
    diagnostic::{Diagnostic, codes::manifest::NOT_FOUND},
    disk::{
        discover::{self, Surroundings},
        target, workspace,
    },
    manifest::FILE_NAME,
    ops::{import, render::json},
};

/// Run `cargo emc import`.
pub fn run(
    arguments: &Import,
    global: &Global,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let current_dir = super::current_dir()?;
    let surroundings = Surroundings {
        current_dir: &current_dir,
        variables: &|name| std::env::var_os(name),
    };
    let selection = super::selection(global);
    let found = match workspace::projects(&selection, &surroundings) {
        Ok(projects) => super::only(projects)?,
        // An old project may have no manifest.
        Err(findings)
            if selection == workspace::Selection::default()
                && findings.iter().all(|finding| finding.code == &NOT_FOUND) =>
        {
            discover::Project::new(FILE_NAME.as_ref(), &surroundings)
        }
        Err(findings) => return Err(findings),
    };
    screen.enter(&found, false);
    let target = target::target_dir(&found.root, &surroundings);
    let path = current_dir.join(&arguments.path);
    let done = import::import(&found, &target, &path, !arguments.no_build, || {
        waiting(screen);
    })?;
    let name = &done.project.manifest.project.name;
    if screen.is_json() {
        screen.json(&json::import(&done));
    }
    for file in done.files {
        screen.line(Verbosity::Normal, "Wrote", file);
    }
    screen.line(
        Verbosity::Normal,
        "Imported",
        &format!("{} transactions of `{name}`", done.transactions),
    );
    Ok(done
        .built
        .map_or(Exit::Clean, |built| tell_build(built, screen)))
}
