//! `list`: the model as an index.

use super::{
    export,
    project::Project,
    review::{Standing, standings},
};
use crate::{
    diagnostic::{Diagnostic, Report, closest, codes::authoring::ABSENT_ELEMENT},
    disk::Failure,
    event::Text,
    model::{Model, ReviewState, Workflow},
};

/// What of a model is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "author",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum What {
    /// The workflows
    Workflows,
    /// The slices
    Slices,
    /// The transitions
    Transitions,
}

/// A model to list, with what is wrong with the store it was read from.
#[derive(Debug)]
pub struct Listed {
    /// The model; empty without a store.
    pub model: Model,
    /// What the reviews of each workflow come to.
    pub reviews: Vec<Standing>,
    /// The slug that the list is kept to.
    only: Option<String>,
    /// What is wrong. With errors the model may lack what could not be read.
    pub report: Report,
}

/// Read the model, and keep to one workflow where one is named. Writes nothing.
///
/// # Errors
/// A folder that cannot be read. A workflow that is not there is a finding.
pub fn list(project: &Project, workflow: Option<&str>) -> Result<Listed, Failure> {
    let exported = export::export(project)?;
    let mut report = exported.report;
    let reviews = exported.reading.as_ref().map(standings).unwrap_or_default();
    let model = exported
        .reading
        .map(|reading| reading.model)
        .unwrap_or_default();
    if let Some(slug) = workflow
        && model.workflow(slug).is_none()
    {
        let known = model.workflows.iter().map(|workflow| &workflow.slug);
        report.extend([absent("workflow", slug, known.map(Text::as_str))]);
    }
    Ok(Listed {
        model,
        reviews,
        only: workflow.map(str::to_owned),
        report,
    })
}

impl Listed {
    /// What the reviews of a workflow come to.
    pub fn review_of(&self, workflow: &Workflow) -> ReviewState {
        let mut reviews = self.reviews.iter();
        let found = reviews.find(|one| one.workflow == workflow.slug);
        found.map_or(ReviewState::Never, |one| one.state)
    }

    /// The workflows that are listed.
    pub fn workflows(&self) -> impl Iterator<Item = &Workflow> {
        self.model.workflows.iter().filter(|workflow| {
            self.only
                .as_ref()
                .is_none_or(|slug| workflow.slug == **slug)
        })
    }
}

/// The finding that there is no such workflow or slice.
pub(super) fn absent<'a>(
    noun: &str,
    slug: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let finding = Diagnostic::new(&ABSENT_ELEMENT, format!("there is no {noun} `{slug}`"));
    match closest(slug, known) {
        Some(close) => finding.help(format!("did you mean `{close}`?")),
        None => finding.help(format!(
            "`cargo emc list {noun}s` names those that there are"
        )),
    }
}
