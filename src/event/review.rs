//! A review of a workflow, keys as on the wire.

use serde::{Deserialize, Serialize};

use super::{
    DecodeError, Text,
    codec::{Keys, Name, Record, Writer},
    element::elements,
    vocabulary::ReviewCategory,
};

/// A review of a workflow as it then was.
///
/// The peer records clean reviews only. Its events have no `findings`, and it
/// reads past ours: it sees a review that lacks some categories. So the key is
/// written only where there are findings, and is no part of the projection
/// fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // The words of the wire.
pub struct Review {
    pub workflow: Text,
    /// What the workflow said: [`crate::model::Workflow::content_digest`], or the
    /// peer's digest of the text that it generates.
    pub model_content_digest: Text,
    pub reviewer_id: Text,
    /// RFC 3339 in UTC with milliseconds, as the reviewer's clock had it.
    pub reviewed_at: Text,
    /// The categories in which nothing was found.
    pub categories: Vec<ReviewCategory>,
    /// What was found.
    pub findings: Vec<ReviewFinding>,
}

elements! {
    /// What a reviewer found.
    ReviewFinding { category: ReviewCategory, text: Text }
}

/// The key that the peer does not know.
pub(super) const FINDINGS: &str = "findings";

impl Record for Review {
    fn read(keys: &Keys<'_>) -> Result<Self, DecodeError> {
        let findings: Option<Vec<ReviewFinding>> = keys.value(Name::same(FINDINGS))?;
        Ok(Self {
            workflow: keys.value(Name::same("workflow"))?,
            model_content_digest: keys.value(Name::same("model_content_digest"))?,
            reviewer_id: keys.value(Name::same("reviewer_id"))?,
            reviewed_at: keys.value(Name::same("reviewed_at"))?,
            categories: keys.value(Name::same("categories"))?,
            findings: findings.unwrap_or_default(),
        })
    }

    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        out.value(Name::same("workflow"), &self.workflow);
        out.value(
            Name::same("model_content_digest"),
            &self.model_content_digest,
        );
        out.value(Name::same("reviewer_id"), &self.reviewer_id);
        out.value(Name::same("reviewed_at"), &self.reviewed_at);
        out.value(Name::same("categories"), &self.categories);
        if !self.findings.is_empty() {
            out.value(Name::same(FINDINGS), &self.findings);
        }
    }
}
