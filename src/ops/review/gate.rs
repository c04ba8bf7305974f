//! The review gate: closed, with every reason, or open.

use serde::{Serialize, Serializer};

use super::{
    diff::{changes, chosen, counted, read, verb},
    standing::{Given, Standing, standing},
};
use crate::{
    diagnostic::{Diagnostic, Level, Place, codes::reviews},
    event::{EmcEvent, Review, Text},
    merge::{OpenFork, Parts},
    model::{ReadinessState, ReviewState, Workflow},
    ops::{project::Project, reading::Reading},
};

/// The gate of each workflow that was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Gate {
    /// In the order of the model.
    pub workflows: Vec<Gated>,
}

/// The gate of a workflow.
#[derive(Clone, Debug, Serialize)]
pub struct Gated {
    /// What its reviews come to.
    #[serde(flatten)]
    pub standing: Standing,
    /// The content digest of the workflow, which a review can be pinned to.
    pub content: String,
    /// Whether it was verified as it is.
    pub readiness: ReadinessState,
    /// Why the gate is closed; it is open without a reason.
    pub reasons: Vec<Reason>,
}

/// A reason why a gate is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(pub Diagnostic);

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct View<'a> {
            code: String,
            name: &'a str,
            message: &'a str,
            notes: &'a [String],
        }
        let Self(finding) = self;
        View {
            code: finding.code.to_string(),
            name: finding.code.name,
            message: &finding.message,
            notes: &finding.notes,
        }
        .serialize(serializer)
    }
}

impl Gate {
    /// Whether every gate is open.
    pub fn is_open(&self) -> bool {
        self.workflows.iter().all(Gated::is_open)
    }

    /// Every reason, as findings.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let reasons = self.workflows.iter().flat_map(|one| &one.reasons);
        reasons.map(|Reason(finding)| finding.clone()).collect()
    }
}

impl Gated {
    /// Whether the gate is open.
    pub fn is_open(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// The gate of a workflow, or of each of them. With `ready` a workflow has to be
/// verified as it is, too. Writes nothing.
///
/// # Errors
/// Why nothing can be judged: a store with errors, an unknown workflow, a folder
/// that cannot be read.
pub fn gate(
    project: &Project,
    workflow: Option<&str>,
    ready: bool,
) -> Result<Gate, Vec<Diagnostic>> {
    let reading = read(project)?;
    let slugs = chosen(&reading, workflow)?;
    let workflows = slugs
        .iter()
        .filter_map(|slug| reading.model.workflow(slug))
        .map(|workflow| gated(&reading, workflow, ready))
        .collect();
    Ok(Gate { workflows })
}

fn gated(reading: &Reading, workflow: &Workflow, ready: bool) -> Gated {
    let standing = standing(reading, workflow);
    let readiness = reading.model.readiness_of(workflow);
    let mut reasons: Vec<Diagnostic> = reading
        .forks
        .iter()
        .filter(|fork| concerns(fork, workflow))
        .map(|fork| Diagnostic {
            level: Level::Error,
            ..fork.finding()
        })
        .collect();
    if standing.state == ReviewState::Never {
        let message = format!("workflow `{}` was never reviewed", workflow.slug);
        let place = reading.place(workflow.origin);
        reasons.push(reason(&reviews::REVIEW_MISSING, message, place, workflow).help(format!(
            "read its review page, then `cargo emc review record --workflow {} --reviewer NAME`",
            workflow.slug
        )));
    }
    for given in &standing.reviews {
        reasons.extend(found(reading, workflow, given));
    }
    let clean = |given: &Given| given.review.result() == ReviewState::Clean;
    let kept = |given: &Given| given.current && clean(given);
    if !standing.reviews.iter().any(kept) {
        reasons.extend(incomplete(reading, workflow, &standing));
        let old = standing.reviews.iter().rev().find(|given| !given.current);
        reasons.extend(old.map(|given| stale(reading, workflow, given)));
    }
    if ready && readiness != ReadinessState::Ready {
        let message = format!(
            "workflow `{}` is not verified as it is: {}",
            workflow.slug,
            readiness.as_str()
        );
        let place = reading.place(workflow.origin);
        let finding = reason(&reviews::NOT_READY, message, place, workflow);
        reasons.push(finding.help("`cargo emc verify` runs Lean and Quint, and records it"));
    }
    Gated {
        standing,
        content: workflow.content_digest(),
        readiness,
        reasons: reasons.into_iter().map(Reason).collect(),
    }
}

/// What a review found.
fn found<'a>(
    reading: &'a Reading,
    workflow: &'a Workflow,
    given: &'a Given,
) -> impl Iterator<Item = Diagnostic> + 'a {
    given.review.findings.iter().map(move |finding| {
        let message = format!("[{}] {}", finding.category, finding.text);
        reason(&reviews::REVIEW_FINDING, message, place(reading, given), workflow)
            .note(by(&given.review))
            .help(format!(
                "mend the model, then record a clean review: `cargo emc review record --workflow {} --reviewer NAME`",
                workflow.slug
            ))
    })
}

/// The review that leaves out categories, where no other one makes up for it.
fn incomplete(reading: &Reading, workflow: &Workflow, standing: &Standing) -> Option<Diagnostic> {
    let given = standing.reviews.iter().rev();
    let given = given
        .clone()
        .find(|given| !given.review.unseen().is_empty())?;
    let unseen: Vec<&str> = given
        .review
        .unseen()
        .iter()
        .map(|one| one.as_str())
        .collect();
    let message = format!(
        "the review of workflow `{}` says nothing of {} of the 13 categories",
        workflow.slug,
        unseen.len()
    );
    let finding = reason(
        &reviews::REVIEW_INCOMPLETE,
        message,
        place(reading, given),
        workflow,
    );
    Some(
        finding
            .note(by(&given.review))
            .note(format!("left out: {}", unseen.join(", "))),
    )
}

/// Elements that a finding names.
const TOLD: usize = 4;

fn stale(reading: &Reading, workflow: &Workflow, given: &Given) -> Diagnostic {
    let past = reading.model_at(given.position);
    let changed = changes(&past, &reading.model, &workflow.slug);
    let what = match &changed {
        Ok(changes) if changes.is_empty() => "the order of its elements".to_owned(),
        Ok(changes) => counted(changes),
        Err(_) => "more than can be compared".to_owned(),
    };
    let message = format!(
        "workflow `{}` has changed since it was reviewed: {what}",
        workflow.slug
    );
    let mut finding = reason(
        &reviews::REVIEW_STALE,
        message,
        place(reading, given),
        workflow,
    )
    .note(by(&given.review));
    let changes = changed.unwrap_or_default();
    for change in changes.iter().take(TOLD) {
        finding = finding.note(format!("{} {}", verb(change.action), change.element));
    }
    if let Some(rest) = changes.len().checked_sub(TOLD).filter(|rest| *rest > 0) {
        finding = finding.note(format!("and {rest} more"));
    }
    finding.help(format!(
        "`cargo emc review diff --workflow {0}` shows it; read that, then `cargo emc review record --workflow {0} --reviewer NAME`",
        workflow.slug
    ))
}

fn reason(
    code: &'static crate::diagnostic::Code,
    message: String,
    place: Place,
    workflow: &Workflow,
) -> Diagnostic {
    Diagnostic::new(code, message)
        .at(place)
        .about(format!("workflow {}", workflow.slug))
}

fn by(review: &Review) -> String {
    format!(
        "reviewed by {} on {}",
        review.reviewer_id, review.reviewed_at
    )
}

/// The transaction that recorded a review.
fn place(reading: &Reading, given: &Given) -> Place {
    let review = EmcEvent::ReviewRecorded(given.review.clone());
    let mut events = reading.events(given.position);
    let line = events.find(|(_, event)| **event == review);
    match (reading.header(given.position), line) {
        (Some(header), Some((line, _))) => Place::line(header.file.as_str(), line),
        _ => Place::file(""),
    }
}

/// Whether a fork leaves open what a workflow says, or how it was reviewed.
fn concerns(fork: &OpenFork, workflow: &Workflow) -> bool {
    let stream = &*fork.fork.stream;
    let own = |prefix: &str, slug: &Text| {
        stream
            .strip_prefix(prefix)
            .is_some_and(|rest| *rest == **slug)
    };
    let sides = fork.sides.iter().chain([&fork.base]);
    own("workflow::", &workflow.slug)
        || own("review::", &workflow.slug)
        || workflow
            .slices
            .iter()
            .any(|slice| own("slice::", &slice.slug))
        || sides
            .flat_map(Parts::homes)
            .any(|home| home == workflow.slug)
}
