//! A project: its manifest, its folders, its families.

use std::path::{Path, PathBuf};

use crate::{
    artifact::{
        Family,
        gherkin::Gherkin,
        lean::{Enforcement, Lean, Relaxed},
        quint::Quint,
        review::{self, Review},
        reviews::Reviews,
        rust::Rust,
    },
    diagnostic::Diagnostic,
    disk::{discover, state::Shelf},
    manifest::{FILE_NAME, Manifest, RuleLevel},
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

    /// The enabled families, by name.
    pub fn families(&self) -> Vec<Box<dyn Family>> {
        self.manifest
            .enabled()
            .filter_map(|(name, folder)| self.family(name, folder))
            .collect()
    }

    fn relaxed(&self) -> Relaxed {
        let rules = &self.manifest.rules;
        let exceptions = rules.exceptions.iter();
        Relaxed {
            everywhere: rules.not_denied(),
            within: exceptions
                .map(|exception| (exception.rule.number, exception.element.clone()))
                .collect(),
        }
    }

    fn exceptions(&self) -> Vec<review::Exception> {
        let exceptions = self.manifest.rules.exceptions.iter();
        exceptions
            .map(|exception| review::Exception {
                rule: format!("{} {}", exception.rule, exception.rule.name),
                element: exception.element.clone(),
                reason: exception.reason.clone(),
            })
            .collect()
    }

    /// The Lean family, where it is enabled.
    pub fn lean(&self) -> Option<Lean> {
        Some(self.lean_in(self.enabled("lean")?))
    }

    fn lean_in(&self, folder: RelPath) -> Lean {
        let project = &self.manifest.project;
        Lean {
            folder,
            module: project.lean_module.clone(),
            enforcement: match self.manifest.rules.level {
                RuleLevel::Deny => Enforcement::Deny,
                _ => Enforcement::Warn,
            },
            relaxed: self.relaxed(),
        }
    }

    /// The Quint family, where it is enabled.
    pub fn quint(&self) -> Option<Quint> {
        let folder = self.enabled("quint")?;
        Some(Quint { folder })
    }

    /// The pages, where they are enabled.
    pub fn review(&self) -> Option<Review> {
        Some(self.review_in(self.enabled("review")?))
    }

    fn review_in(&self, folder: RelPath) -> Review {
        Review {
            folder,
            exceptions: self.exceptions(),
        }
    }

    /// The folder of a family, where it is enabled.
    fn enabled(&self, name: &str) -> Option<RelPath> {
        let settings = self.manifest.family(name)?;
        settings.enabled.then(|| settings.path.clone())
    }

    /// The family of this name as it would be in a folder, enabled or not.
    pub fn family(&self, name: &str, folder: &RelPath) -> Option<Box<dyn Family>> {
        Some(match name {
            "lean" => Box::new(self.lean_in(folder.clone())),
            "quint" => Box::new(Quint {
                folder: folder.clone(),
            }),
            "review" => Box::new(self.review_in(folder.clone())),
            "gherkin" => Box::new(Gherkin {
                folder: folder.clone(),
            }),
            "reviews" => Box::new(Reviews {
                folder: folder.clone(),
            }),
            "rust" => {
                let settings = &self.manifest.rust;
                Box::new(Rust {
                    folder: folder.clone(),
                    types: settings.types.clone(),
                    serde: settings.serde,
                    eventcore: settings.eventcore,
                })
            }
            _ => return None,
        })
    }
}
