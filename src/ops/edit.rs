//! An edit: one request, one transaction, then the build that it makes due.

use super::{
    build::{self, Outcome},
    project::Project,
};
use crate::{
    authoring::{Decision, Request, Store},
    diagnostic::Diagnostic,
    disk::Failure,
    document::Document,
    rel_path::RelPath,
};

/// How far an edit goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Only say what it would do.
    Preview,
    /// Write to the store.
    Store,
    /// Write to the store, and rebuild what is stale then.
    Build,
}

/// What an edit came to.
#[derive(Debug)]
pub struct Edited {
    /// What was decided, and the model with it.
    pub decision: Decision,
    /// The new transaction file; none for a preview, and when the model is as
    /// the request wants it.
    pub transaction: Option<RelPath>,
    /// How often it was decided; more than once when another writer came between.
    pub attempts: u32,
    /// The build; none unless something was written and a build was asked for.
    /// Its failure does not take the edit back.
    pub built: Option<Result<Outcome, Failure>>,
}

/// The store of a project.
pub fn store(project: &Project) -> Store {
    Store::new(&project.root, project.manifest.store.clone())
}

/// Decide a request, and carry it out as far as `extent` says. `waiting` is
/// called once when another build must end first.
///
/// # Errors
/// Why nothing was written.
pub fn edit(
    project: &Project,
    request: &Request,
    extent: Extent,
    waiting: impl FnOnce(),
) -> Result<Edited, Vec<Diagnostic>> {
    let store = store(project);
    let told = |mut decision: Decision| {
        if let Request::Apply { document, .. } = request
            && matches!(&**document, Document::Model(model) if model.workflows.is_empty())
        {
            // A document of a project's name means the name.
            decision.plan.kept.clear();
        }
        decision
    };
    if extent == Extent::Preview {
        let decision = told(store.preview(request).map_err(|refused| refused.0)?);
        return Ok(Edited {
            decision,
            transaction: None,
            attempts: 1,
            built: None,
        });
    }
    let written = store.write(request).map_err(|refused| refused.0)?;
    let due = extent == Extent::Build && written.transaction.is_some();
    Ok(Edited {
        built: due.then(|| build::build(project, &build::Options::default(), waiting)),
        decision: told(written.decision),
        transaction: written.transaction,
        attempts: written.attempts,
    })
}
