//! `export`: the whole folded model.

use super::{
    project::Project,
    reading::{self, Reading},
};
use crate::{
    diagnostic::Report,
    disk::{
        Failure,
        scan::{self, Names},
    },
};

/// A model to print, with what is wrong with the store it was read from.
#[derive(Debug)]
pub struct Exported {
    /// The store and its model; none without a store.
    pub reading: Option<Reading>,
    /// What is wrong. With errors the model may lack what could not be read.
    pub report: Report,
}

/// Read the whole store. Writes nothing.
pub fn export(project: &Project) -> Result<Exported, Failure> {
    let events = project.events_folder();
    if scan::folder(&project.root, &project.events())?.is_none() {
        return Ok(Exported {
            reading: None,
            report: Report::new(vec![reading::no_store(project)]),
        });
    }
    let Names { names, strange } = scan::names(&events)?;
    let reading = Reading::of(project, &names, &strange);
    let report = Report::new(reading.all_findings(true));
    Ok(Exported {
        reading: Some(reading),
        report,
    })
}
