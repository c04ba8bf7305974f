//! What the reviews of a workflow come to.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use crate::{
    event::{Review, Text},
    model::{ReviewState, Workflow},
    ops::reading::{Reading, Reviewed},
    transaction::TransactionId,
};

/// What the reviews of a workflow come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The workflow, by slug.
    pub workflow: Text,
    /// All of it in one word.
    pub state: ReviewState,
    /// The reviews that count, in canonical order.
    pub reviews: Vec<Given>,
}

/// A review that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Given {
    /// The transaction that recorded it.
    #[serde(serialize_with = "as_text")]
    pub transaction: TransactionId,
    /// Its place among the headers of the reading.
    #[serde(skip)]
    pub position: usize,
    /// Whether the workflow is as it was then.
    pub current: bool,
    /// What it says.
    #[serde(flatten)]
    pub review: Review,
}

fn as_text<S: Serializer>(id: &TransactionId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}

impl Standing {
    /// The review that tells most: the last one that is as the state says.
    pub fn review(&self) -> Option<&Given> {
        let mut last = self.reviews.iter().rev();
        last.clone()
            .find(|given| given.review.result() == self.state)
            .or_else(|| last.next())
    }
}

/// What the reviews of every workflow come to, in the order of the model; each
/// slug once.
pub fn standings(reading: &Reading) -> Vec<Standing> {
    let reviews = reading.reviews();
    let mut seen = BTreeSet::new();
    let workflows = reading.model.workflows.iter();
    workflows
        .filter(|workflow| seen.insert(&workflow.slug))
        .map(|workflow| of(reading, &reviews, workflow))
        .collect()
}

/// What the reviews of a workflow of the model come to.
pub fn standing(reading: &Reading, workflow: &Workflow) -> Standing {
    of(reading, &reading.reviews(), workflow)
}

fn of(reading: &Reading, reviews: &[Reviewed], workflow: &Workflow) -> Standing {
    let own: Vec<&Reviewed> = reviews
        .iter()
        .filter(|one| one.review.workflow == workflow.slug)
        .collect();
    let followed = |at: usize, one: &Reviewed| {
        own.iter().enumerate().any(|(place, other)| {
            // Two reviews of one transaction stand in its order.
            (other.transaction == one.transaction && place > at)
                || reading.history.precedes(one.transaction, other.transaction)
        })
    };
    let last = own.iter().enumerate();
    let last = last.filter(|(at, one)| !followed(*at, one));
    let reviews: Vec<Given> = last
        .filter_map(|(_, one)| {
            Some(Given {
                transaction: reading.header(one.transaction)?.id,
                position: one.transaction,
                current: is_current(reading, workflow, one),
                review: one.review.clone(),
            })
        })
        .collect();
    Standing {
        workflow: workflow.slug.clone(),
        state: state(&reviews),
        reviews,
    }
}

/// Whether the workflow is as it was at a review. The digest that another tool
/// recorded is of text that it generated: there the history tells.
fn is_current(reading: &Reading, workflow: &Workflow, reviewed: &Reviewed) -> bool {
    let (now, then) = (
        workflow.content_digest(),
        &reviewed.review.model_content_digest,
    );
    if **then == *now {
        return true;
    }
    let kind = |digest: &str| digest.split(':').next().map(str::to_owned);
    if kind(then) == kind(&now) {
        return false;
    }
    let past = reading.model_at(reviewed.transaction);
    let past = past.workflow(&workflow.slug);
    past.is_some_and(|past| past.content_digest() == now)
}

fn state(reviews: &[Given]) -> ReviewState {
    let result = |wanted| {
        reviews
            .iter()
            .filter(move |given| given.review.result() == wanted)
    };
    if reviews.is_empty() {
        ReviewState::Never
    } else if result(ReviewState::Findings).next().is_some() {
        ReviewState::Findings
    } else if result(ReviewState::Clean).any(|given| given.current) {
        ReviewState::Clean
    } else if result(ReviewState::Clean).next().is_some() {
        ReviewState::Stale
    } else {
        ReviewState::Incomplete
    }
}
