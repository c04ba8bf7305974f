//! What the reviews of a workflow come to.

use serde::Serialize;

use crate::event::{Review, vocabulary::ReviewCategory};

/// What is known of the review of a workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewState {
    /// It was reviewed as it is, in every category, and nothing is open.
    Clean,
    /// A review found something, and no clean one followed.
    Findings,
    /// A review left out some categories.
    Incomplete,
    /// It was reviewed, and is something else now.
    Stale,
    /// It was never reviewed.
    Never,
}

impl ReviewState {
    /// Every state.
    pub const ALL: &'static [Self] = &[
        Self::Clean,
        Self::Findings,
        Self::Incomplete,
        Self::Stale,
        Self::Never,
    ];

    /// As people and programs read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Findings => "findings",
            Self::Incomplete => "incomplete",
            Self::Stale => "stale",
            Self::Never => "never",
        }
    }
}

impl Review {
    /// The categories that the review says nothing of.
    pub fn unseen(&self) -> Vec<ReviewCategory> {
        let seen = |category: &ReviewCategory| {
            self.categories.contains(category)
                || self.findings.iter().any(|one| one.category == *category)
        };
        let all = ReviewCategory::ALL.iter().copied();
        all.filter(|category| !seen(category)).collect()
    }

    /// What the review itself came to, whatever became of the workflow since.
    pub fn result(&self) -> ReviewState {
        if !self.findings.is_empty() {
            ReviewState::Findings
        } else if !self.unseen().is_empty() {
            ReviewState::Incomplete
        } else {
            ReviewState::Clean
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{ReviewFinding, Text};

    #[test]
    fn a_review_is_clean_only_in_every_category() {
        let text = |text: &str| Text::new(text).expect("text");
        let mut review = Review {
            workflow: text("w"),
            model_content_digest: text("d"),
            reviewer_id: text("ada"),
            reviewed_at: text("t"),
            categories: ReviewCategory::ALL.to_vec(),
            findings: Vec::new(),
        };
        assert_eq!(review.result(), ReviewState::Clean);
        let gone = review.categories.remove(3);
        assert_eq!(review.unseen(), [gone]);
        assert_eq!(review.result(), ReviewState::Incomplete);
        review.findings.push(ReviewFinding {
            category: gone,
            text: text("x"),
        });
        assert!(review.unseen().is_empty());
        assert_eq!(review.result(), ReviewState::Findings);
    }
}
