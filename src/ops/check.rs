//! `check`: everything that is wrong, from the files alone. It believes no
//! cache and writes nothing.

use super::{
    build::{Work, select},
    compare::{Difference, family_findings},
    known,
    project::Project,
    reading::{self, Reading},
};
use crate::{
    diagnostic::{Diagnostic, Level, Place, Report, codes::store},
    disk::{
        Failure, attributes,
        git::{self, Touched},
        scan::{self, Names},
    },
    parallel,
};

/// What a check has found.
#[derive(Debug)]
pub struct Checked {
    /// What is wrong with the manifest, the store and the artifacts.
    pub report: Report,
    /// The rules that the model breaks, when the store is sound.
    pub rules: Report,
    /// The artifacts that differ from what the model says, by path.
    pub differences: Vec<Difference>,
    /// The store as it was read; none without a store.
    pub reading: Option<Reading>,
    /// How many transactions and artifacts were looked at.
    pub work: Work,
}

/// What to check, and how.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "author",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(default, deny_unknown_fields)
)]
pub struct Options {
    /// These families only; all that are enabled when empty.
    pub families: Vec<String>,
    /// Open forks are warnings.
    pub allow_forks: bool,
    /// A commit, by any name that git knows: no transaction may be changed or
    /// deleted since the merge base with it.
    pub base: Option<String>,
}

/// Check a project.
pub fn check(project: &Project, options: &Options) -> Result<Checked, Failure> {
    let mut checked = Checked {
        report: Report::default(),
        rules: Report::default(),
        differences: Vec::new(),
        reading: None,
        work: Work::default(),
    };
    let mut findings = project.warnings.clone();
    let families = match select(project, &options.families) {
        Ok(families) => families,
        Err(unknown) => {
            findings.push(unknown);
            Vec::new()
        }
    };
    let events = project.events_folder();
    if scan::folder(&project.root, &project.events())?.is_none() {
        findings.push(reading::no_store(project));
        checked.report = Report::new(findings);
        return Ok(checked);
    }
    if attributes::protects(&events)? == Some(false) {
        findings.push(unprotected(project));
    }
    if let Some(base) = &options.base {
        findings.extend(rewritten(project, base));
    }
    let Names { names, strange } = scan::names(&events)?;
    let reading = Reading::of(project, &names, &strange);
    checked.work.listed = names.len();
    checked.work.read = names.len();
    checked.work.folded = reading.places.len();
    findings.extend(reading.all_findings(options.allow_forks));
    let sound = !findings.iter().any(|finding| finding.level == Level::Error);

    // Artifacts of half a model would only hide what is wrong with the store.
    if sound {
        let verdict = known::verdict(&reading);
        let breaches = verdict.breaches(&project.manifest.rules);
        known::with(&reading, &breaches, |known| -> Result<(), Failure> {
            for found in parallel::each(&families, 1, |family| {
                family_findings(project, family.as_ref(), known)
            }) {
                let found = found?;
                checked.work.rendered += found.rendered;
                findings.extend(found.findings);
                checked.differences.extend(found.differences);
            }
            Ok(())
        })?;
        checked.rules = Report::new(verdict.findings(project));
    }
    checked
        .differences
        .sort_unstable_by(|a, b| a.path.cmp(&b.path));
    checked.report = Report::new(findings);
    checked.reading = Some(reading);
    Ok(checked)
}

fn unprotected(project: &Project) -> Diagnostic {
    let store_folder = &project.manifest.store;
    Diagnostic::new(
        &store::UNPROTECTED,
        "git may convert the line ends of the transaction files",
    )
    .at(Place::file(format!("{store_folder}/.gitattributes")))
    .note("a clone with `core.autocrlf=true` would then reject every transaction")
    .help(format!(
        "add the line `events/** -text -merge` to `{store_folder}/.gitattributes` and commit it"
    ))
}

/// The transactions that are not what they were in the merge base with a commit.
fn rewritten(project: &Project, base: &str) -> Vec<Diagnostic> {
    let folder = project.events();
    let touched = match git::touched_since(&project.root, &folder, base) {
        Ok(touched) => touched,
        Err(finding) => return vec![finding],
    };
    touched
        .into_iter()
        .filter_map(|touched| {
            let (name, what) = match touched {
                Touched::Changed(name) => (name, "was changed"),
                Touched::Deleted(name) => (name, "was deleted"),
            };
            let is_transaction = name.as_bytes().ends_with(b".jsonl");
            is_transaction.then(|| {
                Diagnostic::new(
                    &store::HISTORY_CHANGED,
                    format!("the committed transaction `{name}` {what}"),
                )
                .at(Place::file(format!("{folder}/{name}")))
                .note(format!("compared with the merge base of `{base}`"))
                .help(format!(
                    "restore it: `git checkout {base} -- {folder}/{name}`"
                ))
            })
        })
        .collect()
}
