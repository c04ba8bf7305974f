//! The projects of a cargo workspace.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use cargo_metadata::{Metadata, MetadataCommand, Package};

use super::{
    cargo_toml,
    discover::{Project, Surroundings, find, named, nearest},
    fs,
};
use crate::diagnostic::{
    Diagnostic, closest,
    codes::{
        environment::CARGO_METADATA,
        manifest::{NOT_FOUND, UNKNOWN_PACKAGE, USAGE},
    },
};

/// What a person says about the projects that a command is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// `--config`: a manifest or the folder of one. Comes before all others.
    pub config: Option<PathBuf>,
    /// `--manifest-path`: a Cargo.toml.
    pub manifest_path: Option<PathBuf>,
    /// `-p/--package`: members of the workspace, `name` or `name@version`.
    pub packages: Vec<String>,
    /// `--workspace`: all members that have a project.
    pub workspace: bool,
    /// `--exclude`: members that `--workspace` leaves out.
    pub exclude: Vec<String>,
}

/// The projects that are selected, each once, at least one. Without any
/// selection it is the nearest one at or above the current folder, and in a
/// workspace where there is none those of its default members.
///
/// Cargo is started for `packages`, `workspace` and default members only, as the
/// variable `CARGO` names it. The project of a package is the nearest one at or
/// above the package, or else that of the workspace's root.
pub fn projects(
    selection: &Selection,
    surroundings: &Surroundings<'_>,
) -> Result<Vec<Project>, Vec<Diagnostic>> {
    if let Some(config) = &selection.config {
        return one(named(config, surroundings));
    }
    let cargo_toml = match &selection.manifest_path {
        Some(path) => Some(package_manifest(path, surroundings).map_err(all)?),
        None => None,
    };
    if selection.workspace || !selection.packages.is_empty() {
        let metadata = metadata(cargo_toml.as_deref(), surroundings).map_err(all)?;
        return members(&metadata, selection, surroundings);
    }
    if !selection.exclude.is_empty() {
        return Err(vec![
            Diagnostic::new(
                &USAGE,
                "`--exclude` leaves out packages of a whole workspace",
            )
            .help("add `--workspace`"),
        ]);
    }
    let folder = cargo_toml.as_deref().and_then(Path::parent);
    let folder = folder.unwrap_or(surroundings.current_dir);
    match nearest(folder, surroundings) {
        Err(finding) if finding.code == &NOT_FOUND && is_in_workspace(folder) => {
            let members = metadata(cargo_toml.as_deref(), surroundings)
                .map_err(all)
                .and_then(|metadata| members(&metadata, selection, surroundings));
            // Where no member has a project, there is none.
            members.map_err(|_| vec![*finding])
        }
        project => one(project),
    }
}

/// Whether cargo would take the default members of a workspace for this folder:
/// its nearest Cargo.toml is the root of one.
fn is_in_workspace(folder: &Path) -> bool {
    let mut above = folder.ancestors();
    above.find_map(cargo_toml::is_workspace) == Some(true)
}

fn one(project: Result<Project, Box<Diagnostic>>) -> Result<Vec<Project>, Vec<Diagnostic>> {
    project.map(|project| vec![project]).map_err(all)
}

/// A single finding as all that there are.
fn all(finding: Box<Diagnostic>) -> Vec<Diagnostic> {
    vec![*finding]
}

fn package_manifest(
    path: &Path,
    surroundings: &Surroundings<'_>,
) -> Result<PathBuf, Box<Diagnostic>> {
    let path = surroundings.current_dir.join(path);
    if path
        .file_name()
        .is_some_and(|name| name == cargo_toml::FILE_NAME)
        && path.is_file()
    {
        return Ok(path);
    }
    let message = format!("`{}` is not a Cargo.toml", path.display());
    Err(Diagnostic::new(&NOT_FOUND, message)
        .help("`--manifest-path` takes a Cargo.toml; an emc.toml is named with `--config`")
        .into())
}

fn metadata(
    cargo_toml: Option<&Path>,
    surroundings: &Surroundings<'_>,
) -> Result<Metadata, Box<Diagnostic>> {
    let mut command = MetadataCommand::new();
    command.no_deps().current_dir(surroundings.current_dir);
    command.cargo_path(
        surroundings
            .variable("CARGO")
            .unwrap_or_else(|| "cargo".into()),
    );
    if let Some(path) = cargo_toml {
        command.manifest_path(path);
    }
    command.exec().map_err(|error| {
        let (message, cause) = match error {
            cargo_metadata::Error::CargoMetadata { stderr } => {
                ("`cargo metadata` failed", stderr.trim().to_owned())
            }
            cargo_metadata::Error::Io(error) => ("cargo could not be started", error.to_string()),
            other => (
                "what `cargo metadata` prints cannot be read",
                other.to_string(),
            ),
        };
        Diagnostic::new(&CARGO_METADATA, message)
            .note(cause)
            .help("or name the manifest: `--config PATH`; then cargo is not asked")
            .into()
    })
}

fn members(
    metadata: &Metadata,
    selection: &Selection,
    surroundings: &Surroundings<'_>,
) -> Result<Vec<Project>, Vec<Diagnostic>> {
    let members = metadata.workspace_packages();
    let mut findings = Vec::new();
    let mut found = Vec::new();
    for spec in selection.packages.iter().chain(&selection.exclude) {
        if !members.iter().any(|member| is_called(member, spec)) {
            findings.push(unknown(spec, &members));
        }
    }
    let among = |specs: &[String], member: &Package| {
        let mut specs = specs.iter();
        specs.any(|spec| is_called(member, spec))
    };
    let named = !selection.packages.is_empty();
    let wanted: Vec<&Package> = if selection.workspace {
        let members = members.into_iter();
        members
            .filter(|member| !among(&selection.exclude, member))
            .collect()
    } else if named {
        let members = members.into_iter();
        members
            .filter(|member| among(&selection.packages, member))
            .collect()
    } else {
        metadata.workspace_default_packages()
    };
    let root = metadata.workspace_root.as_std_path();
    for package in wanted {
        let folder = package.manifest_path.as_std_path().parent().unwrap_or(root);
        let project = match find(folder, surroundings) {
            Ok(None) => find(root, surroundings),
            found => found,
        };
        match project {
            Ok(Some(project)) => found.push(project),
            Ok(None) if !named => {}
            Ok(None) => findings.push(nothing_for(&format!("package {}", package.name))),
            Err(finding) => findings.push(*finding),
        }
    }
    // A workspace can have a model of its own that none of its members has.
    let at_root =
        |package: &&Package| package.manifest_path.parent() == Some(&metadata.workspace_root);
    let package_of_root = metadata.workspace_packages().into_iter().find(at_root);
    if selection.workspace
        && !package_of_root.is_some_and(|package| among(&selection.exclude, package))
    {
        match find(root, surroundings) {
            Ok(project) => found.extend(project),
            Err(finding) => findings.push(*finding),
        }
    }
    if found.is_empty() && findings.is_empty() {
        findings.push(nothing_for("any member of the workspace"));
    }
    if !findings.is_empty() {
        let mut seen = BTreeSet::new();
        findings.retain(|finding| seen.insert((finding.code.number, finding.message.clone())));
        return Err(findings);
    }
    found.sort_by(|a, b| a.manifest_path.cmp(&b.manifest_path));
    let mut seen = BTreeSet::new();
    found.retain(|project| {
        let path = &project.manifest_path;
        seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone()))
    });
    Ok(found)
}

/// Whether a specification (`name` or `name@version`) means this package.
fn is_called(package: &Package, spec: &str) -> bool {
    match spec.split_once('@') {
        None => package.name.as_str() == spec,
        Some((name, version)) => {
            package.name.as_str() == name && package.version.to_string() == version
        }
    }
}

fn unknown(spec: &str, members: &[&Package]) -> Diagnostic {
    let names = || members.iter().map(|member| member.name.as_str());
    let help = match closest(spec, names()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "the members are {}",
            names()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    };
    Diagnostic::new(
        &UNKNOWN_PACKAGE,
        format!("`{spec}` is not a member of the workspace"),
    )
    .help(help)
}

fn nothing_for(whom: &str) -> Diagnostic {
    Diagnostic::new(&NOT_FOUND, format!("there is no emc.toml for {whom}"))
        .help("start a project in its folder: `cargo emc init --name NAME`")
        .help("or point at one: `config = \"path/to/emc.toml\"` below `[package.metadata.emc]`")
}
