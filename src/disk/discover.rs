//! Finding the projects that a command is about.

use std::{
    ffi::OsString,
    io,
    path::{Component, Path, PathBuf},
};

use super::{
    cargo_toml::{self, read_failed},
    fs,
};
use crate::{
    diagnostic::{
        Diagnostic, Place,
        codes::manifest::{NOT_FOUND, NOT_UTF8},
    },
    manifest::{FILE_NAME, Manifest},
};

/// The current folder and the environment, handed in so that a library user
/// and a test can choose them.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The current folder, absolute. Relative paths start here.
    pub current_dir: &'a Path,
    /// The value of an environment variable.
    pub variables: &'a dyn Fn(&str) -> Option<OsString>,
}

impl Surroundings<'_> {
    /// The value of a variable, if it is set and not empty.
    pub(super) fn variable(&self, name: &str) -> Option<OsString> {
        (self.variables)(name).filter(|value| !value.is_empty())
    }
}

/// No manifest that is read is longer, in bytes, nor a Cargo.toml.
pub(super) const LONGEST: u64 = 4 << 20;

/// A project: a folder with a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The folder of the manifest, absolute.
    pub root: PathBuf,
    /// The manifest itself, absolute.
    pub manifest_path: PathBuf,
    /// The manifest as a person reads it: from the current folder if it lies
    /// below that, with `/`.
    pub label: String,
}

impl Project {
    /// The project with this manifest, which need not be there yet.
    pub fn new(manifest: &Path, surroundings: &Surroundings<'_>) -> Self {
        let manifest_path = cleaned(&surroundings.current_dir.join(manifest));
        let root = manifest_path
            .parent()
            .map_or_else(|| surroundings.current_dir.to_owned(), Path::to_owned);
        let label = manifest_path
            .strip_prefix(surroundings.current_dir)
            .unwrap_or(&manifest_path)
            .display()
            .to_string();
        Self {
            root,
            label: if cfg!(windows) {
                label.replace('\\', "/")
            } else {
                label
            },
            manifest_path,
        }
    }

    /// Read the manifest: [`Manifest::parse`], or why it cannot be read.
    pub fn load(&self) -> (Option<Manifest>, Vec<Diagnostic>) {
        let bytes = match fs::read_at_most(&self.manifest_path, LONGEST) {
            Ok(bytes) => bytes,
            Err(error) => return (None, vec![*read_failed(&self.manifest_path, &error)]),
        };
        let file = self.manifest_path.file_name().map_or_else(
            || FILE_NAME.to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        match String::from_utf8(bytes) {
            Ok(text) => Manifest::parse(&text, &file),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let before = error.as_bytes().iter().take(valid);
                let line = before.filter(|byte| **byte == b'\n').count() + 1;
                let place = Place::line(file, u32::try_from(line).unwrap_or(u32::MAX));
                let finding = Diagnostic::new(&NOT_UTF8, "the manifest is not UTF-8 text")
                    .at(place)
                    .help("save it as UTF-8");
                (None, vec![finding])
            }
        }
    }
}

/// The nearest project at or above a folder, or `None`.
///
/// In each folder the pointer of a Cargo.toml (`metadata.emc.config`) comes
/// before an emc.toml. The walk ends with the folder that holds `.git`: a
/// project lies in one repository, and a command that is run in a repository
/// never writes to another one around it. No process is started.
pub fn find(
    start: &Path,
    surroundings: &Surroundings<'_>,
) -> Result<Option<Project>, Box<Diagnostic>> {
    let start = cleaned(&surroundings.current_dir.join(start));
    for folder in start.ancestors() {
        if let Some(manifest) = cargo_toml::pointer(folder)? {
            return Ok(Some(Project::new(&manifest, surroundings)));
        }
        let manifest = folder.join(FILE_NAME);
        if is_file(&manifest)? {
            return Ok(Some(Project::new(&manifest, surroundings)));
        }
        if is_boundary(folder) {
            break;
        }
    }
    Ok(None)
}

/// The nearest project at or above a folder, or the finding that there is
/// none, which says where it was looked for.
pub fn nearest(start: &Path, surroundings: &Surroundings<'_>) -> Result<Project, Box<Diagnostic>> {
    find(start, surroundings)?.ok_or_else(|| {
        let last = start
            .ancestors()
            .find(|folder| is_boundary(folder))
            .or_else(|| start.ancestors().last())
            .unwrap_or(start);
        let end = if is_boundary(last) {
            ", where its repository ends"
        } else {
            ""
        };
        Diagnostic::new(
            &NOT_FOUND,
            format!(
                "there is no {FILE_NAME} in `{}` or a folder above it",
                start.display()
            ),
        )
        .note(format!("looked up to `{}`{end}", last.display()))
        .help("start a project here: `cargo emc init --name NAME`")
        .help("or name the manifest of another folder: `--config PATH`")
        .into()
    })
}

/// The project that a path names: a manifest, whatever its name, or a folder
/// that holds an emc.toml. Nothing else is looked at.
pub fn named(path: &Path, surroundings: &Surroundings<'_>) -> Result<Project, Box<Diagnostic>> {
    let given = surroundings.current_dir.join(path);
    let manifest = if given.is_dir() {
        given.join(FILE_NAME)
    } else {
        given
    };
    if is_file(&manifest)? {
        return Ok(Project::new(&manifest, surroundings));
    }
    let message = format!("there is no manifest at `{}`", manifest.display());
    Err(Diagnostic::new(&NOT_FOUND, message)
        .help("`--config` takes the path of an emc.toml, or of the folder that holds it")
        .into())
}

/// Whether the walk upwards ends with this folder: the root of a work tree,
/// where `.git` is a folder, or a file in linked work trees and submodules.
pub(super) fn is_boundary(folder: &Path) -> bool {
    folder.join(".git").exists()
}

fn is_file(path: &Path) -> Result<bool, Box<Diagnostic>> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.is_file()),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(false)
        }
        Err(error) => Err(read_failed(path, &error)),
    }
}

/// The path without `.` and `..`. Links are followed only where `..` makes it
/// necessary, so that a path is otherwise shown as it was given.
fn cleaned(path: &Path) -> PathBuf {
    let climbs = path.components().any(|part| part == Component::ParentDir);
    // Windows itself resolves `..` as it is written.
    if climbs
        && !cfg!(windows)
        && let Ok(real) = fs::canonicalize(path)
    {
        return real;
    }
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}
