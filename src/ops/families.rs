//! The families of a project, set up as its manifest says. A build script compiles
//! only those that it asks for.

#[cfg(feature = "lean")]
use crate::artifact::lean::{Enforcement, Lean, Relaxed};
#[cfg(feature = "quint")]
use crate::artifact::quint::Quint;
#[cfg(feature = "review")]
use crate::artifact::review::{Exception, Review};
use crate::{
    artifact::{Family, gherkin::Gherkin, reviews::Reviews, rust::Rust},
    rel_path::RelPath,
};

use super::project::Project;

impl Project {
    /// The enabled families that are compiled in, by name.
    pub fn families(&self) -> Vec<Box<dyn Family>> {
        self.manifest
            .enabled()
            .filter_map(|(name, folder)| self.family(name, folder))
            .collect()
    }

    /// The family of this name as it would be in a folder, enabled or not. None if
    /// there is none, or if it is not compiled in.
    pub fn family(&self, name: &str, folder: &RelPath) -> Option<Box<dyn Family>> {
        let folder = folder.clone();
        Some(match name {
            #[cfg(feature = "lean")]
            "lean" => Box::new(self.lean_in(folder)),
            #[cfg(feature = "quint")]
            "quint" => Box::new(Quint { folder }),
            #[cfg(feature = "review")]
            "review" => Box::new(self.review_in(folder)),
            "gherkin" => Box::new(Gherkin { folder }),
            "reviews" => Box::new(Reviews { folder }),
            "rust" => {
                let settings = &self.manifest.rust;
                Box::new(Rust {
                    folder,
                    types: settings.types.clone(),
                    serde: settings.serde,
                    eventcore: settings.eventcore,
                })
            }
            _ => return None,
        })
    }
}

#[cfg(feature = "lean")]
impl Project {
    fn lean_in(&self, folder: RelPath) -> Lean {
        let project = &self.manifest.project;
        Lean {
            folder,
            module: project.lean_module.clone(),
            enforcement: match self.manifest.rules.level {
                crate::manifest::RuleLevel::Deny => Enforcement::Deny,
                _ => Enforcement::Warn,
            },
            relaxed: self.relaxed(),
        }
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
}

#[cfg(feature = "review")]
impl Project {
    fn review_in(&self, folder: RelPath) -> Review {
        let exceptions = self.manifest.rules.exceptions.iter();
        Review {
            folder,
            exceptions: exceptions
                .map(|exception| Exception {
                    rule: format!("{} {}", exception.rule, exception.rule.name),
                    element: exception.element.clone(),
                    reason: exception.reason.clone(),
                })
                .collect(),
        }
    }
}

#[cfg(feature = "author")]
impl Project {
    /// The Lean family, where it is enabled.
    pub fn lean(&self) -> Option<Lean> {
        Some(self.lean_in(self.enabled("lean")?))
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

    /// The folder of a family, where it is enabled.
    fn enabled(&self, name: &str) -> Option<RelPath> {
        let settings = self.manifest.family(name)?;
        settings.enabled.then(|| settings.path.clone())
    }
}
