//! `check`: everything that is wrong, from the files alone. It believes no
//! cache and writes nothing.

use std::io;

use super::{
    build::{Work, outputs, select},
    known,
    project::Project,
    reading::{self, Reading},
};
use crate::{
    artifact::{Artifact, Family, Known, Marked, Scope},
    diagnostic::{
        Diagnostic, Level, Place, Report,
        codes::{artifacts, store},
    },
    disk::{
        Failure, attributes, fs,
        git::{self, Touched},
        scan,
    },
    rel_path::RelPath,
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

/// An artifact that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub path: RelPath,
    /// The text on disk, as far as it is text; empty when there is none.
    pub have: String,
    /// The text that the model asks for.
    pub want: String,
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
    let listing = scan::list(&events)?;
    let reading = Reading::of(project, &listing);
    checked.work.listed = listing.files.len();
    checked.work.read = listing.files.len();
    checked.work.folded = reading.places.len();
    findings.extend(reading.all_findings(options.allow_forks));
    let sound = !findings.iter().any(|finding| finding.level == Level::Error);

    // Artifacts of half a model would only hide what is wrong with the store.
    if sound {
        let verdict = known::verdict(&reading);
        known::with(
            project,
            &reading,
            &verdict,
            |known| -> Result<(), Failure> {
                for family in families {
                    let found = family_findings(project, family.as_ref(), known)?;
                    checked.work.rendered += found.rendered;
                    findings.extend(found.findings);
                    checked.differences.extend(found.differences);
                }
                Ok(())
            },
        )?;
        checked.rules = Report::new(verdict.findings(project));
    }
    checked
        .differences
        .sort_unstable_by(|a, b| a.path.cmp(&b.path));
    checked.report = Report::new(findings);
    checked.reading = Some(reading);
    Ok(checked)
}

/// The artifacts of a family, compared with what is on disk.
#[derive(Debug, Default)]
pub struct FamilyFindings {
    /// How many artifacts the model has.
    pub rendered: usize,
    /// What is wrong with those on disk.
    pub findings: Vec<Diagnostic>,
    /// How they differ.
    pub differences: Vec<Difference>,
}

/// Compare the artifacts of a family with what is on disk.
pub fn family_findings(
    project: &Project,
    family: &dyn Family,
    known: Known<'_>,
) -> Result<FamilyFindings, Failure> {
    let mut found = FamilyFindings::default();
    let Some(settings) = project.manifest.family(family.name()) else {
        return Ok(found);
    };
    let artifacts = family.render_known(known, Scope::Everything);
    found.rendered = artifacts.len();
    let folder = &settings.path;
    let wanted = artifacts
        .iter()
        .map(|artifact| artifact.path.clone())
        .collect();
    let unwanted =
        outputs::marked_files(&project.root, folder, &wanted).map_err(|cause| Failure {
            action: "read the folder",
            path: folder.to_string(),
            cause,
        })?;
    for artifact in artifacts {
        if let Some((finding, difference)) = compare(project, artifact)? {
            found.findings.push(finding);
            found.differences.extend(difference);
        }
    }
    found.findings.extend(
        unwanted
            .into_iter()
            .map(|(path, marked)| orphaned(&path, marked)),
    );
    Ok(found)
}

type Compared = Option<(Diagnostic, Option<Difference>)>;

fn compare(project: &Project, artifact: Artifact) -> Result<Compared, Failure> {
    let path = artifact.path;
    let on_disk = project.root.join(path.as_str());
    let have = match fs::symlink_metadata(&on_disk) {
        Ok(metadata) if outputs::is_readable(&metadata) => fs::read(&on_disk),
        Ok(_) => return Ok(Some((foreign(&path), None))),
        Err(cause) => Err(cause),
    };
    let have = match have {
        Ok(bytes) => bytes,
        Err(cause)
            if matches!(
                cause.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            let finding = Diagnostic::new(&artifacts::MISSING, format!("`{path}` is missing"));
            return Ok(Some((
                finding.at(Place::file(path.as_str())).help(REBUILD),
                None,
            )));
        }
        Err(cause) => {
            return Err(Failure {
                action: "read the file",
                path: path.to_string(),
                cause,
            });
        }
    };
    if have == artifact.text.as_bytes() {
        return Ok(None);
    }
    let marks = Marked::of(artifact.text.as_bytes()) != Marked::No;
    let text = String::from_utf8_lossy(&have).into_owned();
    let place = Place::file(path.as_str());
    if text.replace("\r\n", "\n") == artifact.text {
        let finding = Diagnostic::new(
            &artifacts::CONVERTED,
            format!("the lines of `{path}` end in CR LF"),
        )
        .at(place)
        .help("write `text eol=lf` for its folder into .gitattributes, then run `cargo emc build`");
        return Ok(Some((finding, None)));
    }
    let finding = match Marked::of(&have) {
        Marked::No if marks => return Ok(Some((foreign(&path), None))),
        Marked::Edited => Diagnostic::new(
            &artifacts::EDITED,
            format!("`{path}` was changed by something else"),
        ),
        Marked::No | Marked::Intact => Diagnostic::new(
            &artifacts::STALE,
            format!("`{path}` is not what the model says"),
        ),
    };
    let difference = Difference {
        path,
        have: text,
        want: artifact.text,
    };
    Ok(Some((finding.at(place).help(REBUILD), Some(difference))))
}

const REBUILD: &str = "run `cargo emc build` and commit what it writes";

fn foreign(path: &RelPath) -> Diagnostic {
    Diagnostic::new(
        &artifacts::NOT_OURS,
        format!("`{path}` was not written by cargo-emc"),
    )
    .at(Place::file(path.as_str()))
    .help("move the file away, then run `cargo emc build`")
}

fn orphaned(path: &RelPath, marked: Marked) -> Diagnostic {
    let finding = Diagnostic::new(
        &artifacts::ORPHANED,
        format!("`{path}` belongs to nothing in the model"),
    )
    .at(Place::file(path.as_str()));
    match marked {
        Marked::Edited => finding
            .note("it was changed by something else, so a build leaves it alone")
            .help("save what you need of it, then remove it"),
        _ => finding.help(REBUILD),
    }
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
