//! `cargo emc init`.

use std::path::Path;

use super::{
    Exit,
    args::{Global, Init},
    edit::{tell_build, waiting},
    screen::{Screen, Verbosity},
};
use crate::{
    diagnostic::{Diagnostic, codes::manifest::USAGE},
    disk::{
        discover::{self, Surroundings},
        target,
    },
    manifest::FILE_NAME,
    ops::{init, render::json},
};

/// Run `cargo emc init`.
pub fn run(
    arguments: &Init,
    global: &Global,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    if global.workspace || !global.package.is_empty() || global.manifest_path.is_some() {
        return Err(vec![
            Diagnostic::new(&USAGE, "a new project is not chosen by a package")
                .help("name its folder: `cargo emc init --name NAME PATH`"),
        ]);
    }
    let current_dir = super::current_dir()?;
    let surroundings = Surroundings {
        current_dir: &current_dir,
        variables: &|name| std::env::var_os(name),
    };
    let place = arguments.path.as_ref().or(global.config.as_ref());
    let place = place.map_or(Path::new("."), |place| place.as_path());
    let manifest = match place.extension() {
        Some(extension) if extension == "toml" && !place.is_dir() => place.to_owned(),
        _ => place.join(FILE_NAME),
    };
    let found = discover::Project::new(&manifest, &surroundings);
    screen.enter(&found, false);
    let done = init::init(
        &found,
        &target::target_dir(&found.root, &surroundings),
        arguments.name.as_deref(),
        !arguments.no_build,
        || waiting(screen),
    )?;
    let name = &done.project.manifest.project.name;
    if screen.is_json() {
        screen.json(&json::init(&done));
    }
    let changed = done.transaction.is_some() || !done.files.is_empty();
    for file in done.files {
        screen.line(Verbosity::Normal, "Wrote", file);
    }
    if let Some(file) = &done.transaction {
        screen.line(Verbosity::Normal, "Recorded", file.as_str());
    }
    if !changed {
        screen.line(
            Verbosity::Normal,
            "Unchanged",
            &format!("the project `{name}` is complete"),
        );
    }
    Ok(done
        .built
        .map_or(Exit::Clean, |built| tell_build(built, screen)))
}
