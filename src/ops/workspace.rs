//! Several projects at once.

use std::path::{Path, PathBuf};

use super::project::Project;
use crate::{
    diagnostic::{Diagnostic, Place, codes::manifest::PROJECTS_OVERLAP},
    rel_path::RelPath,
};

/// The folders that two of these projects claim, each project with the name of
/// its manifest. Each would take the files of the other for leftovers, or write
/// to its store.
pub fn overlapping(projects: &[(&str, &Project)]) -> Vec<Diagnostic> {
    // Where the folders of a project really are is slow to find out.
    if projects.len() < 2 {
        return Vec::new();
    }
    let claims: Vec<(&str, Vec<Claim>)> = projects
        .iter()
        .map(|(label, project)| (*label, claims(project)))
        .collect();
    let mut findings = Vec::new();
    for (at, (label, own)) in claims.iter().enumerate() {
        for (other, others) in claims.iter().skip(at + 1) {
            for claim in own {
                let twice = |other: &&Claim| claim.overlaps(other);
                for theirs in others.iter().filter(twice) {
                    findings.push(told(label, claim, other, theirs));
                }
            }
        }
    }
    findings
}

/// A folder that a project owns.
struct Claim {
    /// What it is to the project.
    what: String,
    /// As its manifest has it.
    folder: RelPath,
    /// Where that is, links followed as far as it exists.
    real: PathBuf,
}

impl Claim {
    fn overlaps(&self, other: &Self) -> bool {
        self.real.starts_with(&other.real) || other.real.starts_with(&self.real)
    }
}

fn claims(project: &Project) -> Vec<Claim> {
    let claim = |what: String, folder: &RelPath| Claim {
        what,
        folder: folder.clone(),
        real: real(&project.root.join(folder.as_str())),
    };
    let store = claim("the store".to_owned(), &project.manifest.store);
    let families = project.manifest.enabled();
    let families = families.map(|(name, folder)| claim(format!("the family {name}"), folder));
    std::iter::once(store).chain(families).collect()
}

fn real(path: &Path) -> PathBuf {
    for folder in path.ancestors() {
        if let (Ok(real), Ok(below)) = (folder.canonicalize(), path.strip_prefix(folder)) {
            return real.join(below);
        }
    }
    path.to_owned()
}

fn told(label: &str, claim: &Claim, other: &str, theirs: &Claim) -> Diagnostic {
    let how = if claim.real == theirs.real {
        "is the same folder as"
    } else if claim.real.starts_with(&theirs.real) {
        "lies in"
    } else {
        "holds"
    };
    let message = format!(
        "`{}`, {} of `{label}`, {how} `{}`, {} of `{other}`",
        claim.folder, claim.what, theirs.folder, theirs.what
    );
    Diagnostic::new(&PROJECTS_OVERLAP, message)
        .at(Place::file(label))
        .help(format!("give one of them a folder of its own, in `{label}` or in `{other}`"))
        .help("or, if both mean one model, keep one manifest and let the packages point at it: `config = \"path/to/emc.toml\"` below `[package.metadata.emc]`")
}
