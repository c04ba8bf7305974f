//! The last review of each workflow that has one, as a JSON file: what was
//! recorded, and nothing of what became of the workflow since, so that a file
//! changes with a review only.
//!
//! The keys are those of the peer's file of the same name, and a few more; see
//! `docs/reviews.md`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use super::{Artifact, Comment, Family, Reads, Scope, stem::readable};
use crate::{
    event::{Review, ReviewFinding, Text, vocabulary::ReviewCategory},
    model::{Model, Recorded},
    rel_path::RelPath,
};

/// The version of the form of these files.
const SCHEMA: u32 = 1;

/// The family of records of reviews.
#[derive(Clone, Debug)]
pub struct Reviews {
    /// Where the files go.
    pub folder: RelPath,
}

impl Reviews {
    fn file(&self, slug: &str) -> RelPath {
        let name = format!("{}.review.json", readable(slug));
        self.folder.join(&name)
    }

    /// The reviews of workflows that are there, by slug.
    fn reviews(model: &Model) -> impl Iterator<Item = (&Text, &Recorded<Review>)> {
        let reviews = model.reviews.iter();
        reviews.filter(|(slug, _)| model.workflow(slug).is_some())
    }
}

impl Family for Reviews {
    fn name(&self) -> &'static str {
        "reviews"
    }

    fn generator(&self) -> u32 {
        1
    }

    fn reads(&self) -> Reads {
        Reads::ModelAndRecords
    }

    fn paths(&self, model: &Model) -> BTreeSet<RelPath> {
        Self::reviews(model)
            .map(|(slug, _)| self.file(slug))
            .collect()
    }

    fn render(&self, model: &Model, scope: Scope<'_>) -> Vec<Artifact> {
        Self::reviews(model)
            .filter(|(slug, _)| scope.holds(slug))
            .map(|(slug, review)| Artifact::new(self.file(slug), Comment::Json, &body(review)))
            .collect()
    }
}

#[derive(Serialize)]
struct File<'a> {
    schema: u32,
    workflow_slug: &'a Text,
    status: &'static str,
    reviewer_id: &'a Text,
    reviewed_at: &'a Text,
    model_content_digest: &'a Text,
    #[serde(serialize_with = "as_map")]
    category_results: Vec<(ReviewCategory, &'static str)>,
    mandatory_findings: &'a [ReviewFinding],
}

fn as_map<S: Serializer>(
    pairs: &[(ReviewCategory, &'static str)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().copied())
}

/// All but the first line, which is the brace and the marker.
fn body(review: &Review) -> String {
    let unseen = review.unseen();
    let mut results: BTreeMap<ReviewCategory, &'static str> = BTreeMap::new();
    for category in ReviewCategory::ALL {
        let found = review.findings.iter().any(|one| one.category == *category);
        let result = match (found, unseen.contains(category)) {
            (true, _) => "findings",
            (false, true) => "not reviewed",
            (false, false) => "clean",
        };
        results.insert(*category, result);
    }
    let file = File {
        schema: SCHEMA,
        workflow_slug: &review.workflow,
        status: review.result().as_str(),
        reviewer_id: &review.reviewer_id,
        reviewed_at: &review.reviewed_at,
        model_content_digest: &review.model_content_digest,
        category_results: results.into_iter().collect(),
        mandatory_findings: &review.findings,
    };
    // Texts and lists of texts are always JSON.
    let text = serde_json::to_string_pretty(&file).unwrap_or_default();
    let body = text.strip_prefix("{\n").unwrap_or(&text);
    format!("{body}\n")
}
