//! A project: its manifest, its folders, its families.

use std::path::{Path, PathBuf};

use crate::{
    artifact::{
        Family,
        lean::{Enforcement, Lean},
        quint::Quint,
        review::Review,
    },
    diagnostic::Diagnostic,
    disk::{Failure, state::Shelf},
    manifest::{Manifest, RuleLevel},
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
    /// Read the manifest at `path`; the build state lies below `target`.
    pub fn open(path: &Path, target: &Path) -> Result<Self, Vec<Diagnostic>> {
        let place = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path)
            .map_err(|cause| vec![Failure::new("read the manifest", path, cause).diagnostic()])?;
        let (manifest, findings) = Manifest::parse(&text, &place);
        let Some(manifest) = manifest else { return Err(findings) };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let root = folder.unwrap_or(Path::new(".")).to_path_buf();
        // The key of the state must not depend on how the root was written.
        let absolute = root.canonicalize().unwrap_or_else(|_| root.clone());
        Ok(Self { shelf: Shelf::of(target, &absolute), root, place, manifest, warnings: findings })
    }

    /// The folder of the committed transactions, relative to the root.
    pub fn events(&self) -> RelPath {
        self.manifest.store.join("events")
    }

    /// The folder of the committed transactions.
    pub fn events_folder(&self) -> PathBuf {
        self.root.join(self.events().as_str())
    }

    /// A transaction file as findings name it.
    pub fn transaction_place(&self, name: &str) -> String {
        format!("{}/{name}", self.events())
    }

    /// The enabled families, by name.
    pub fn families(&self) -> Vec<Box<dyn Family + Sync>> {
        self.manifest.enabled().filter_map(|(name, folder)| self.family(name, folder)).collect()
    }

    fn family(&self, name: &str, folder: &RelPath) -> Option<Box<dyn Family + Sync>> {
        let project = &self.manifest.project;
        let folder = folder.clone();
        Some(match name {
            "lean" => Box::new(Lean {
                folder,
                module: project.lean_module.clone(),
                enforcement: match self.manifest.rules.level {
                    RuleLevel::Deny => Enforcement::Deny,
                    _ => Enforcement::Warn,
                },
            }),
            "quint" => Box::new(Quint { folder, module: project.quint_module.clone() }),
            "review" => Box::new(Review { folder }),
            _ => return None,
        })
    }
}
