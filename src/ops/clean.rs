//! `clean`: remove what was generated.

use std::collections::BTreeSet;

use super::{build::select, compare, project::Project};
use crate::{
    artifact::Marked,
    diagnostic::{Diagnostic, Place, Report, codes::artifacts},
    disk::{
        Failure,
        lock::BuildLock,
        output::{Refused, Writer},
    },
    rel_path::RelPath,
};

/// What was removed.
#[derive(Debug)]
pub struct Cleaned {
    /// The files, by path.
    pub removed: Vec<RelPath>,
    /// What was left alone, and why.
    pub report: Report,
}

/// Remove the build state and, unless `state_only`, every generated file that
/// is as it was generated. A file that something else changed is left alone.
pub fn clean(
    project: &Project,
    state_only: bool,
    waiting: impl FnOnce(),
) -> Result<Cleaned, Failure> {
    let mut removed = Vec::new();
    let mut findings = Vec::new();
    if project.shelf.folder().is_dir() {
        // Not under the feet of a build.
        let _lock = BuildLock::take(project.shelf.folder(), waiting)?;
        project.shelf.clear()?;
    }
    if !state_only {
        let mut writer = Writer::below(&project.root);
        for family in select(project, &[]).unwrap_or_default() {
            let Some(settings) = project.manifest.family(family.name()) else {
                continue;
            };
            let folder = &settings.path;
            let marked = compare::marked_files(&project.root, folder, &BTreeSet::new()).map_err(
                |cause| Failure {
                    action: "read the folder",
                    path: folder.to_string(),
                    cause,
                },
            )?;
            for (path, marked) in marked {
                if marked == Marked::Edited {
                    findings.push(
                        Diagnostic::new(
                            &artifacts::EDITED_ORPHAN,
                            format!("`{path}` was changed by something else and is left alone"),
                        )
                        .at(Place::file(path.as_str())),
                    );
                    continue;
                }
                match writer.remove(&path, folder) {
                    Ok(()) => removed.push(path),
                    Err(Refused::Failed(failure)) => return Err(failure),
                    Err(refused @ Refused::Link(_)) => findings.push(refused.diagnostic()),
                }
            }
        }
    }
    Ok(Cleaned {
        removed,
        report: Report::new(findings),
    })
}
