//! A new review of a workflow.

use super::{Refused, absent};
use crate::{
    diagnostic::{
        Diagnostic,
        codes::authoring::{IMPOSSIBLE_ELEMENT, STORE_CHANGED},
    },
    event::{EmcEvent, Review, ReviewFinding, Text, vocabulary::ReviewCategory},
    model::Model,
};

/// What a reviewer says of a workflow as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReview {
    /// Its slug.
    pub workflow: Text,
    /// Who reviewed it.
    pub reviewer: Text,
    /// When: RFC 3339 in UTC.
    pub reviewed_at: Text,
    /// What was found; nothing in the categories that are not named.
    pub findings: Vec<ReviewFinding>,
    /// What it has to say still, as its content digest.
    pub content: Option<Text>,
}

impl NewReview {
    /// The event that records it.
    pub(super) fn event(&self, model: &Model) -> Result<EmcEvent, Refused> {
        let clean = |category: &ReviewCategory| {
            let mut findings = self.findings.iter();
            findings.all(|finding| finding.category != *category)
        };
        Ok(EmcEvent::ReviewRecorded(Review {
            workflow: self.workflow.clone(),
            model_content_digest: self.content_digest(model)?,
            reviewer_id: self.reviewer.clone(),
            reviewed_at: self.reviewed_at.clone(),
            categories: ReviewCategory::ALL.iter().copied().filter(clean).collect(),
            findings: self.findings.clone(),
        }))
    }

    /// What the workflow says; refused when that is not what was reviewed.
    fn content_digest(&self, model: &Model) -> Result<Text, Refused> {
        let slug = &self.workflow;
        let Some(workflow) = model.workflow(slug) else {
            let known = model.workflows.iter().map(|one| one.slug.as_str());
            return Err(absent("workflow", slug, known).into());
        };
        let digest = workflow.content_digest();
        if let Some(expected) = &self.content
            && **expected != *digest
        {
            let message = format!("workflow `{slug}` is not what was reviewed any more");
            return Err(Diagnostic::new(&STORE_CHANGED, message)
                .note(format!("{expected} was reviewed, by now it is {digest}"))
                .help("read it again, and record a review of what there is")
                .into());
        }
        Text::new(&digest)
            .map_err(|_| Diagnostic::new(&IMPOSSIBLE_ELEMENT, "a digest is a text").into())
    }
}
