//! The last review of each workflow that has one, as a JSON file: what was
//! recorded, and nothing of what became of the workflow since, so that a file
//! changes with a review only.
//!
//! The keys are those of the peer's file of the same name, and a few more; see
//! `docs/reviews.md`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use serde::{Serialize, Serializer};

use super::{Artifact, Comment, Family, Known, Reads, Scope, stem::readable};
use crate::{
    diagnostic::is_unseen,
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
        4
    }

    fn reads(&self) -> Reads {
        Reads::ModelAndRecords
    }

    fn paths(&self, model: &Model) -> BTreeSet<RelPath> {
        Self::reviews(model)
            .map(|(slug, _)| self.file(slug))
            .collect()
    }

    fn render_each(&self, known: Known<'_>, scope: Scope<'_>, out: &mut dyn FnMut(Artifact)) {
        Self::reviews(known.model)
            .filter(|(slug, _)| scope.holds(slug))
            .map(|(slug, review)| Artifact::new(self.file(slug), Comment::Json, &body(review)))
            .for_each(out);
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
    let text = visible(serde_json::to_string_pretty(&file).unwrap_or_default());
    let body = text.strip_prefix("{\n").unwrap_or(&text);
    format!("{body}\n")
}

/// JSON with an escape for every character that a reader of the file would not
/// see, or that turns the direction of writing. They stand inside strings only.
fn visible(json: String) -> String {
    let hidden = |c: char| c != '\n' && is_unseen(c);
    if !json.contains(hidden) {
        return json;
    }
    let mut text = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        if hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing into a String cannot fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reviewer_who_turns_the_text_around_is_shown_as_he_is() {
        let name = "a\u{202e}b\u{85}\u{feff}\u{61c}\u{e0041}é\n";
        let json = serde_json::to_string(name).expect("JSON");
        let shown = visible(json);
        assert_eq!(
            shown,
            "\"a\\u202eb\\u0085\\ufeff\\u061c\\udb40\\udc41é\\n\""
        );
        assert_eq!(serde_json::from_str::<String>(&shown).expect("JSON"), name);
    }
}
