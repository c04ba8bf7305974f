//! `import`: the history of an old store, in a store of today.

use std::path::Path;

use super::{
    build::{self, Outcome},
    edit, init,
    project::Project,
};
use crate::{
    authoring::Store,
    diagnostic::Diagnostic,
    disk::{Failure, discover},
    manifest::{FILE_NAME, Manifest},
};

/// What came in.
#[derive(Debug)]
pub struct Imported {
    /// The project.
    pub project: Project,
    /// Files beside the store that were written, relative to the root.
    pub files: Vec<&'static str>,
    /// Transactions that were written.
    pub transactions: usize,
    /// The build; none unless one was asked for.
    pub built: Option<Result<Outcome, Failure>>,
}

/// Import the old store at `path`. A project without a manifest gets one, with
/// the name that the old events say.
///
/// # Errors
/// A manifest with findings, and why nothing was written.
pub fn import(
    found: &discover::Project,
    target: &Path,
    path: &Path,
    build: bool,
    waiting: impl FnOnce(),
) -> Result<Imported, Vec<Diagnostic>> {
    let (files, transactions) = if found.manifest_path.exists() {
        let project = Project::open(found, target)?;
        let imported = edit::store(&project)
            .import(path)
            .map_err(|refused| refused.0)?;
        (Vec::new(), imported.transactions)
    } else {
        let (manifest, findings) = Manifest::parse(&Manifest::template("import"), FILE_NAME);
        let Some(manifest) = manifest else {
            return Err(findings);
        };
        let imported = Store::new(&found.root, manifest.store)
            .import(path)
            .map_err(|refused| refused.0)?;
        let name = imported.model.project.map(|name| name.value.to_string());
        let (_, files) = init::surroundings(found, target, name.as_deref())?;
        (files, imported.transactions)
    };
    let project = Project::open(found, target)?;
    Ok(Imported {
        built: build.then(|| build::build(&project, &build::Options::default(), waiting)),
        project,
        files,
        transactions,
    })
}
