//! A review, recorded: one event, then the build that it makes due.

use std::time::SystemTime;

use crate::{
    authoring::{NewReview, Request},
    diagnostic::{Diagnostic, codes::authoring::IMPOSSIBLE_ELEMENT},
    event::{ReviewFinding, Text},
    ops::{
        clock::{moment, rfc3339},
        edit::{self, Edited, Extent},
        project::Project,
    },
};

/// What a reviewer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The workflow, by slug.
    pub workflow: Text,
    /// Who reviewed it.
    pub reviewer: Text,
    /// When; now without it. RFC 3339 in UTC.
    pub reviewed_at: Option<Text>,
    /// What was found; a clean review found nothing in all 13 categories.
    pub findings: Vec<ReviewFinding>,
    /// The content digest of what was reviewed: refused when the workflow says
    /// something else by now. Without it, the review is of what there is.
    pub content: Option<Text>,
}

/// Record a review. `waiting` is called once when another build must end first.
///
/// # Errors
/// Why nothing was written: an unknown workflow, one that is something else by
/// now, an open fork, and what stops every edit.
pub fn record(
    project: &Project,
    recording: &Recording,
    extent: Extent,
    waiting: impl FnOnce(),
) -> Result<Edited, Vec<Diagnostic>> {
    let reviewed_at = match &recording.reviewed_at {
        Some(moment) => moment.clone(),
        None => moment(&rfc3339(SystemTime::now())).map_err(|reason| {
            // The clock writes what is read here.
            vec![Diagnostic::new(&IMPOSSIBLE_ELEMENT, reason)]
        })?,
    };
    let request = Request::Review(NewReview {
        workflow: recording.workflow.clone(),
        reviewer: recording.reviewer.clone(),
        reviewed_at,
        findings: recording.findings.clone(),
        content: recording.content.clone(),
    });
    edit::edit(project, &request, extent, waiting)
}
