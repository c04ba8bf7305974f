//! `log`: which transaction changed what.

use std::collections::BTreeMap;

use super::{
    project::Project,
    reading::{self, ReadFile},
};
use crate::{
    diagnostic::{Diagnostic, Report, closest, codes::authoring::ABSENT_ELEMENT},
    disk::{Failure, scan},
    event::{Address, Description, EmcEvent},
    history::History,
    transaction::Header,
};

/// What was written, newest first.
#[derive(Debug)]
pub struct Log {
    /// The transactions.
    pub entries: Vec<Entry>,
    /// What is wrong with the store. What cannot be read is missing from the log.
    pub report: Report,
}

/// One transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who wrote it, when, and after what.
    pub header: Header,
    /// What it did, in its order; with a slug only what is about that.
    pub events: Vec<Description>,
}

/// Read the whole store. `slug` keeps what is about one slice, or about one
/// workflow and its slices; `limit` the newest transactions. Writes nothing.
///
/// # Errors
/// A folder that cannot be read. A slug that no event names is a finding.
pub fn log(project: &Project, slug: Option<&str>, limit: Option<usize>) -> Result<Log, Failure> {
    let folder = project.events_folder();
    if scan::folder(&project.root, &project.events())?.is_none() {
        return Ok(Log {
            entries: Vec::new(),
            report: Report::new(vec![reading::no_store(project)]),
        });
    }
    let names = scan::names(&folder)?.names;
    let mut findings = Vec::new();
    let mut rejected = Vec::new();
    let mut headers = Vec::new();
    let mut contents = Vec::new();
    for file in reading::read_files(project, &names) {
        let ReadFile {
            header,
            events,
            findings: own,
            ..
        } = file;
        findings.extend(own);
        match header {
            Ok(header) => {
                headers.push(header);
                contents.push(events);
            }
            Err(refused) => rejected.push(refused),
        }
    }
    let history = History::of(&headers, &rejected);
    findings.extend(history.findings().iter().cloned());
    let about = slug.map(|slug| About::of(slug, contents.iter().flatten().map(|(_, event)| event)));
    let entries: Vec<Entry> = history
        .order()
        .iter()
        .rev()
        .filter_map(|index| {
            let (header, events) = (headers.get(*index)?, contents.get(*index)?);
            let events: Vec<Description> = events
                .iter()
                .filter(|(_, event)| about.as_ref().is_none_or(|about| about.covers(event)))
                .map(|(_, event)| event.describe())
                .collect();
            (about.is_none() || !events.is_empty()).then(|| Entry {
                header: header.clone(),
                events,
            })
        })
        .take(limit.unwrap_or(usize::MAX))
        .collect();
    if let (Some(about), true) = (&about, entries.is_empty() && limit != Some(0)) {
        findings.push(about.unknown());
    }
    Ok(Log {
        entries,
        report: Report::new(findings),
    })
}

/// Which events are about a slug.
struct About<'a> {
    slug: &'a str,
    /// The workflow of each slice that ever was, the last one.
    homes: BTreeMap<String, String>,
    workflows: Vec<String>,
}

impl<'a> About<'a> {
    fn of<'e>(slug: &'a str, events: impl Iterator<Item = &'e EmcEvent>) -> Self {
        let mut about = Self {
            slug,
            homes: BTreeMap::new(),
            workflows: Vec::new(),
        };
        for event in events {
            match event {
                EmcEvent::SliceAdded { workflow, slug, .. } => {
                    about.homes.insert(slug.to_string(), workflow.to_string());
                }
                EmcEvent::WorkflowAdded { slug, .. } => about.workflows.push(slug.to_string()),
                _ => {}
            }
        }
        about
    }

    fn covers(&self, event: &EmcEvent) -> bool {
        match event.address() {
            Address::Project => false,
            Address::Workflow(slug) | Address::Record(slug) => slug == self.slug,
            Address::Slice(slug) | Address::Fact(slug) => {
                slug == self.slug || self.homes.get(slug).is_some_and(|home| home == self.slug)
            }
        }
    }

    fn unknown(&self) -> Diagnostic {
        let known = self.homes.keys().chain(&self.workflows);
        let finding = Diagnostic::new(
            &ABSENT_ELEMENT,
            format!("no workflow and no slice was ever called `{}`", self.slug),
        );
        match closest(self.slug, known.map(String::as_str)) {
            Some(close) => finding.help(format!("did you mean `{close}`?")),
            None => finding,
        }
    }
}
