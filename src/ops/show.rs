//! `show` and `export`: a part of the model as a document.

use super::{export, list, project::Project};
use crate::{diagnostic::Report, disk::Failure, document::Document, model::Model};

/// A part of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// All of it.
    Model,
    /// The workflow with this slug, and its slices.
    Workflow(&'a str),
    /// The slice with this slug.
    Slice(&'a str),
}

/// A document, with what is wrong with the store it was read from.
#[derive(Debug)]
pub struct Shown {
    /// The document; none without a store, and for a slug that is not there.
    pub document: Option<Document>,
    /// What is wrong. With errors the document may lack what could not be read.
    pub report: Report,
}

impl Subject<'_> {
    /// The document of this part of a model; none if it is not there.
    pub fn of(self, model: &Model) -> Option<Document> {
        match self {
            Self::Model => Some(Document::of(model)),
            Self::Workflow(slug) => Document::of_workflow(model, slug),
            Self::Slice(slug) => Document::of_slice(model, slug),
        }
    }
}

/// Read the model and take a part of it. Writes nothing.
///
/// # Errors
/// A folder that cannot be read. A slug that is not there is a finding.
pub fn show(project: &Project, subject: Subject<'_>) -> Result<Shown, Failure> {
    let exported = export::export(project)?;
    let mut report = exported.report;
    let Some(reading) = exported.reading else {
        return Ok(Shown {
            document: None,
            report,
        });
    };
    let model = &reading.model;
    let document = subject.of(model);
    if document.is_none() {
        report.extend([match subject {
            Subject::Model => list::absent("model", "", std::iter::empty()),
            Subject::Workflow(slug) => {
                let known = model
                    .workflows
                    .iter()
                    .map(|workflow| workflow.slug.as_str());
                list::absent("workflow", slug, known)
            }
            Subject::Slice(slug) => {
                let known = model.slices().map(|(_, slice)| slice.slug.as_str());
                list::absent("slice", slug, known)
            }
        }]);
    }
    Ok(Shown { document, report })
}
