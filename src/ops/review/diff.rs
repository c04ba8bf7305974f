//! What changed in a workflow since its last clean review.

use serde::Serialize;

use super::standing::standings;
use crate::{
    artifact::review::markdown,
    authoring::plan::{Action, Change, Plan},
    diagnostic::{Diagnostic, Refused, Report, printable},
    document,
    event::Text,
    model::{Model, ReviewState},
    ops::{export, list::absent, project::Project, reading::Reading},
};

/// What changed in a workflow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The workflow, by slug.
    pub workflow: Text,
    /// The review that it is compared with; none when it never had a clean one,
    /// and all of it is new.
    pub since: Option<Since>,
    /// What is different now, element by element.
    pub changes: Vec<Change>,
}

/// A clean review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Since {
    /// Who reviewed.
    pub reviewer_id: Text,
    /// When, by the reviewer's clock.
    pub reviewed_at: Text,
    /// The transaction that recorded it.
    pub transaction: String,
}

/// What changed in a workflow, or in each of them, since its last clean review.
///
/// # Errors
/// Why nothing can be compared: a store with errors, an unknown workflow, a
/// folder that cannot be read.
pub fn diff(project: &Project, workflow: Option<&str>) -> Result<Vec<Changed>, Vec<Diagnostic>> {
    let reading = read(project)?;
    chosen(&reading, workflow)?
        .into_iter()
        .map(|slug| since_clean(&reading, &slug).map_err(|refused| refused.0))
        .collect()
}

/// The store, unless it has errors; open forks are none.
pub(super) fn read(project: &Project) -> Result<Reading, Vec<Diagnostic>> {
    let exported = export::export(project).map_err(|failure| vec![failure.diagnostic()])?;
    let report: Report = exported.report;
    match exported.reading {
        Some(reading) if !report.has_errors() => Ok(reading),
        _ => Err(report.findings().to_vec()),
    }
}

/// The workflow that is named, or all of them.
pub(super) fn chosen(
    reading: &Reading,
    workflow: Option<&str>,
) -> Result<Vec<Text>, Vec<Diagnostic>> {
    let known = standings(reading).into_iter().map(|one| one.workflow);
    let Some(slug) = workflow else {
        return Ok(known.collect());
    };
    let all: Vec<Text> = known.collect();
    match all.iter().find(|known| ***known == *slug) {
        Some(found) => Ok(vec![found.clone()]),
        None => Err(vec![absent("workflow", slug, all.iter().map(Text::as_str))]),
    }
}

/// What changed in a workflow since the last clean review of it.
pub fn since_clean(reading: &Reading, slug: &Text) -> Result<Changed, Refused> {
    let reviews = reading.reviews();
    let clean = reviews
        .iter()
        .rev()
        .find(|one| one.review.workflow == *slug && one.review.result() == ReviewState::Clean);
    let before = clean.map_or_else(Model::default, |one| reading.model_at(one.transaction));
    let since = clean.and_then(|one| {
        Some(Since {
            reviewer_id: one.review.reviewer_id.clone(),
            reviewed_at: one.review.reviewed_at.clone(),
            transaction: reading.header(one.transaction)?.id.to_string(),
        })
    });
    Ok(Changed {
        workflow: slug.clone(),
        since,
        changes: changes(&before, &reading.model, slug)?,
    })
}

/// How a workflow with its slices differs between two models, element by element
/// and field by field. The order of elements counts for nothing.
///
/// # Errors
/// What no event can say, such as slugs that are none.
pub fn changes(before: &Model, now: &Model, slug: &str) -> Result<Vec<Change>, Refused> {
    let only = |model: &Model| document::Model {
        // Where there is a workflow, there is a project.
        project: Text::new("project").ok(),
        workflows: model
            .workflow(slug)
            .map(document::Workflow::of)
            .into_iter()
            .collect(),
    };
    Ok(Plan::between(&only(before), &only(now))?.changes)
}

impl Changed {
    /// What it comes to: `3 changes since the review of ada on 2026-01-02`.
    pub fn sentence(&self) -> String {
        let Some(since) = &self.since else {
            return "never reviewed clean, so all of it is new".to_owned();
        };
        let day = since.reviewed_at.get(..10).unwrap_or(&since.reviewed_at);
        format!(
            "{} since the clean review of {} on {day}",
            counted(&self.changes),
            since.reviewer_id
        )
    }

    /// As people read it in a terminal.
    pub fn text(&self) -> String {
        let mut text = format!("{}: {}\n", self.workflow, self.sentence());
        for change in &self.changes {
            text.push_str(&format!("  {} {}\n", verb(change.action), change.element));
            for detail in change.details() {
                text.push_str(&format!("    {detail}\n"));
            }
        }
        text.lines()
            .fold(String::new(), |text, line| text + &printable(line) + "\n")
    }

    /// As Markdown: a heading, and a list with an element an item.
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "### {}\n\n{}.\n",
            markdown(&self.workflow),
            markdown(&self.sentence())
        );
        for (at, change) in self.changes.iter().enumerate() {
            if at == 0 {
                text.push('\n');
            }
            let element = markdown(&change.element);
            text.push_str(&format!("- **{}** {element}\n", verb(change.action)));
            for detail in change.details() {
                text.push_str(&format!("  - {}\n", markdown(&detail)));
            }
        }
        text
    }
}

/// `3 changes (1 added, 2 changed)`.
pub(super) fn counted(changes: &[Change]) -> String {
    let of = |action| changes.iter().filter(|one| one.action == action).count();
    let parts: Vec<String> = [Action::Add, Action::Update, Action::Remove]
        .into_iter()
        .filter(|action| of(*action) > 0)
        .map(|action| format!("{} {}", of(action), verb(action)))
        .collect();
    match changes.len() {
        0 => "no change of an element".to_owned(),
        1 => format!("1 change ({})", parts.join(", ")),
        count => format!("{count} changes ({})", parts.join(", ")),
    }
}

/// What happened to an element.
pub(super) fn verb(action: Action) -> &'static str {
    match action {
        Action::Add => "added",
        Action::Update => "changed",
        Action::Remove => "removed",
    }
}
