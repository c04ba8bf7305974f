//! `init`: a project where there is none, or the parts of it that are missing.

use std::{io, path::Path};

use super::{
    build::{self, Outcome},
    edit,
    project::Project,
};
use crate::{
    authoring::Request,
    diagnostic::{
        Diagnostic, Place,
        codes::{authoring::PROJECT_EXISTS, manifest::MISSING_NAME},
    },
    disk::{Failure, discover, fs, output},
    event::Text,
    manifest::{FILE_NAME, Manifest},
    rel_path::RelPath,
};

/// What was there, and what is new.
#[derive(Debug)]
pub struct Initialised {
    /// The project.
    pub project: Project,
    /// Files beside the store that were written, relative to the root.
    pub files: Vec<&'static str>,
    /// The transaction with the first event; none when the store has one.
    pub transaction: Option<RelPath>,
    /// The build; none when nothing was missing or no build was asked for.
    pub built: Option<Result<Outcome, Failure>>,
}

/// Make what is missing of a project: manifest, attributes for git, the store
/// with its first event, artifacts. Where nothing is missing nothing is
/// written. The name may be left out where a manifest says it.
///
/// # Errors
/// A name that is none or not that of the project, a manifest or a store with
/// findings, I/O.
pub fn init(
    found: &discover::Project,
    target: &Path,
    name: Option<&str>,
    build: bool,
    waiting: impl FnOnce(),
) -> Result<Initialised, Vec<Diagnostic>> {
    let (project, files) = surroundings(found, target, name)?;
    let own = &project.manifest.project.name;
    if let Some(name) = name
        && name.trim() != own
    {
        return Err(vec![
            Diagnostic::new(
                &PROJECT_EXISTS,
                format!("the project here is called `{own}`"),
            )
            .at(Place::file(project.place.clone()))
            .help("leave `--name` out, or change the name in the manifest"),
        ]);
    }
    let text = Text::new(own).map_err(|_| nameless())?;
    let present = edit::store(&project).read().map_err(|refused| refused.0)?;
    let transaction = if present.model.project.is_some() {
        None
    } else {
        edit::store(&project)
            .write(&Request::Init { name: text })
            .map_err(|refused| refused.0)?
            .transaction
    };
    let due = build && (transaction.is_some() || !files.is_empty());
    Ok(Initialised {
        built: due.then(|| build::build(&project, &build::Options::default(), waiting)),
        project,
        files,
        transaction,
    })
}

/// The project with what stands beside its store, and the files of it that were
/// missing: the manifest and the attributes for git.
pub(super) fn surroundings(
    found: &discover::Project,
    target: &Path,
    name: Option<&str>,
) -> Result<(Project, Vec<&'static str>), Vec<Diagnostic>> {
    let mut files = Vec::new();
    if !found.manifest_path.exists() {
        write_manifest(found, name)?;
        files.push(FILE_NAME);
    }
    let project = Project::open(found, target)?;
    if attributes(&project)? {
        files.push(ATTRIBUTES);
    }
    Ok((project, files))
}

/// The manifest of a new project; nothing is written for a name that is none.
fn write_manifest(found: &discover::Project, name: Option<&str>) -> Result<(), Vec<Diagnostic>> {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    let name = name.ok_or_else(nameless)?;
    let text = Manifest::template(name);
    let (manifest, findings) = Manifest::parse(&text, FILE_NAME);
    if manifest.is_none() {
        return Err(findings);
    }
    fs::create_dir_all(&found.root)
        .map_err(|cause| Failure::new("make the folder", &found.root, cause))
        .and_then(|()| output::replace(&found.manifest_path, text.as_bytes()))
        .map_err(|failure| vec![failure.diagnostic()])?;
    Ok(())
}

fn nameless() -> Vec<Diagnostic> {
    vec![
        Diagnostic::new(&MISSING_NAME, "a new project needs a name")
            .help("name it: `cargo emc init --name NAME`"),
    ]
}

const ATTRIBUTES: &str = ".gitattributes";

/// Have git keep the line ends of artifacts, and leave them out of statistics.
/// Whether a line was added. A folder that is mentioned already is left to the
/// person who did it.
fn attributes(project: &Project) -> Result<bool, Vec<Diagnostic>> {
    let path = project.root.join(ATTRIBUTES);
    let mut text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => String::new(),
        Err(cause) => {
            return Err(vec![
                Failure::new("read the attributes", &path, cause).diagnostic(),
            ]);
        }
    };
    let before = text.len();
    for (_, folder) in project.manifest.enabled() {
        let pattern = pattern(folder);
        let known = text
            .lines()
            .any(|line| line.trim_start_matches('/').starts_with(&pattern));
        if !known {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(&pattern);
            text.push_str(" text eol=lf linguist-generated\n");
        }
    }
    if text.len() == before {
        return Ok(false);
    }
    output::replace(&path, text.as_bytes())
        .map(|_| true)
        .map_err(|failure| vec![failure.diagnostic()])
}

/// Everything below a folder, as a pattern of `.gitattributes`.
fn pattern(folder: &RelPath) -> String {
    let mut escaped = String::new();
    for letter in folder.as_str().chars() {
        if matches!(letter, '*' | '?' | '[' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    if escaped.contains([' ', '"', '#', '!']) {
        let quoted = escaped.replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{quoted}/**\"")
    } else {
        format!("{escaped}/**")
    }
}
