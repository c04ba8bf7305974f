//! `cargo emc list`

use super::{
    Exit,
    args::{List, Listed},
    conflicts,
    screen::Screen,
};
use crate::{diagnostic::Diagnostic, ops::project::Project};

/// Run `cargo emc list` on a project.
pub fn run(
    project: &Project,
    arguments: &List,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    match arguments.what {
        Listed::Conflicts => conflicts::run(project, screen),
    }
}
