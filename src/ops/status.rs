//! `status`: the store and the artifacts at a glance.

use std::collections::BTreeMap;

use super::{
    check::{self, Checked},
    project::Project,
    review::{Standing, standings},
};
use crate::{
    diagnostic::{Code, Report, codes},
    disk::Failure,
    event::Text,
    model::ReadinessState,
};

/// A project at a glance. Everything is read from the files, no cache is
/// believed, and nothing is written.
#[derive(Debug)]
pub struct Status {
    /// The store; none when there is none.
    pub store: Option<StoreStatus>,
    /// The families that are built, by name.
    pub families: Vec<FamilyStatus>,
    /// Whether each workflow was verified as it is, in the order of the model.
    pub readiness: Vec<(Text, ReadinessState)>,
    /// What the reviews of each workflow come to, in the order of the model.
    pub reviews: Vec<Standing>,
    /// Everything that is wrong.
    pub report: Report,
}

/// A store at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreStatus {
    /// Transaction files.
    pub transactions: usize,
    /// Events that were read.
    pub events: usize,
    /// Transactions that nothing follows.
    pub tips: usize,
    /// Streams that are forked.
    pub forks: usize,
    /// Workflows of the model.
    pub workflows: usize,
    /// Slices of the model.
    pub slices: usize,
}

/// A family at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyStatus {
    /// Its name.
    pub name: &'static str,
    /// Its folder.
    pub folder: String,
    /// How many artifacts the model has.
    pub artifacts: usize,
    /// How many files are not as they should be, by the name of the code; none
    /// when the store has errors, since then nothing was compared.
    pub findings: Option<BTreeMap<&'static str, usize>>,
}

/// Look at a project.
pub fn status(project: &Project) -> Result<Status, Failure> {
    let Checked {
        report,
        reading,
        work,
        ..
    } = check::check(project, &check::Options::default())?;
    let compared = reading.is_some()
        && !report
            .findings()
            .iter()
            .any(|finding| is_of_store(finding.code));
    let mut families = Vec::new();
    for family in project.families() {
        let Some(settings) = project.manifest.family(family.name()) else {
            continue;
        };
        let folder = settings.path.as_str();
        let mut findings = BTreeMap::new();
        for finding in report.findings() {
            let inside = finding.place.as_ref().is_some_and(|place| {
                place
                    .file
                    .strip_prefix(folder)
                    .is_some_and(|rest| rest.starts_with('/'))
            });
            if inside {
                *findings.entry(finding.code.name).or_default() += 1;
            }
        }
        families.push(FamilyStatus {
            name: family.name(),
            folder: folder.to_owned(),
            artifacts: reading
                .as_ref()
                .map_or(0, |reading| family.paths(&reading.model).len()),
            findings: compared.then_some(findings),
        });
    }
    let model = reading.as_ref().map(|reading| &reading.model);
    let readiness = model
        .into_iter()
        .flat_map(|model| {
            let workflows = model.workflows.iter();
            workflows.map(|workflow| (workflow.slug.clone(), model.readiness_of(workflow)))
        })
        .collect();
    let reviews = reading.as_ref().map(standings).unwrap_or_default();
    let store = reading.map(|reading| StoreStatus {
        transactions: work.listed,
        events: reading.places.len(),
        tips: reading.history.tips().len(),
        forks: reading.history.forks().len(),
        workflows: reading.model.workflows.len(),
        slices: reading.model.slices().count(),
    });
    Ok(Status {
        store,
        families,
        readiness,
        reviews,
        report,
    })
}

/// Whether a finding of this code stops the comparison of artifacts.
fn is_of_store(code: &'static Code) -> bool {
    use crate::diagnostic::Level;
    code.level == Level::Error && !codes::artifacts::ALL.contains(&code)
}
