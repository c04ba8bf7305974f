//! A project: its manifest, its folders, its families.

use std::path::{Path, PathBuf};

use crate::{
    diagnostic::Diagnostic,
    disk::{discover, state::Shelf},
    manifest::{FILE_NAME, Manifest},
    rel_path::RelPath,
};

/// A project whose manifest was read.
#[derive(Debug)]
pub struct Project {
    /// The folder that all paths of the manifest start from.
    pub root: PathBuf,
    /// The manifest as findings name it, relative to the root.
    pub place: String,
    /// What it says.
    pub manifest: Manifest,
    /// What it says and should not, short of an error.
    pub warnings: Vec<Diagnostic>,
    /// The build state.
    pub shelf: Shelf,
}

impl Project {
    /// Read the manifest of a project that was found; the build state lies below
    /// `target`.
    pub fn open(found: &discover::Project, target: &Path) -> Result<Self, Vec<Diagnostic>> {
        let (manifest, findings) = found.load();
        let Some(manifest) = manifest else {
            return Err(findings);
        };
        let root = found.root.clone();
        let name = found.manifest_path.file_name().unwrap_or_default();
        // The key of the state must not depend on how the root was written. Two
        // manifests of one folder are two projects.
        let mut key = root.canonicalize().unwrap_or_else(|_| root.clone());
        if name != FILE_NAME {
            key.push(name);
        }
        Ok(Self {
            shelf: Shelf::of(target, &key),
            place: name.to_string_lossy().into_owned(),
            root,
            manifest,
            warnings: findings,
        })
    }

    /// The folder of the committed transactions, relative to the root.
    pub fn events(&self) -> RelPath {
        self.manifest.store.join("events")
    }

    /// The folder of the committed transactions.
    pub fn events_folder(&self) -> PathBuf {
        self.root.join(self.events().as_str())
    }
}
