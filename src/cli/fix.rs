//! `cargo emc fix`: what is broken in one way only.

use super::{
    Exit,
    args::Extent,
    edit::{how_far, tell, tell_build, waiting},
    screen::{Screen, Verbosity},
};
use crate::{
    diagnostic::Diagnostic,
    ops::{fix, project::Project},
};

/// Run `cargo emc fix` on a project.
pub fn run(
    project: &Project,
    extent: Extent,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let fixed = fix::fix(project, how_far(extent), || waiting(screen))?;
    for finding in &fixed.mended {
        let element = finding.element.as_deref().unwrap_or_default();
        screen.line(
            Verbosity::Normal,
            if extent.dry_run {
                "Would mend"
            } else {
                "Mended"
            },
            &format!("{} {}: {element}", finding.code, finding.code.name),
        );
    }
    let Some(edited) = fixed.edited else {
        screen.line(
            Verbosity::Normal,
            "Unchanged",
            "nothing is broken that can be mended in one way only",
        );
        return Ok(Exit::Clean);
    };
    tell(&edited, extent.dry_run, screen);
    Ok(edited
        .built
        .map_or(Exit::Clean, |built| tell_build(built, screen)))
}
