//! `emc.toml`: what a project says about its model and its artifacts.
//!
//! A manifest is read whole: every problem of it is told at once, each with
//! its place. What the peer tool writes is read unchanged.

mod folders;
mod module_name;
mod read;
mod reader;
mod rules;
mod rust;
#[cfg(feature = "author")]
mod schema;
mod template;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use module_name::module_name;
pub use rules::{Exception, RuleLevel, Rules};
pub use rust::RustSettings;
#[cfg(feature = "author")]
pub use schema::schema;

use crate::{diagnostic::Diagnostic, rel_path::RelPath};

/// The name of the file that a project is found by.
pub const FILE_NAME: &str = "emc.toml";

/// Where the committed store lies unless the manifest says otherwise.
pub const DEFAULT_STORE: &str = "model/events";

/// What holds for a family of artifacts where the manifest says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FamilyDefault {
    /// The key below `[artifacts]`.
    pub name: &'static str,
    /// Its folder, relative to the project root.
    pub folder: &'static str,
    /// Whether it is built.
    pub enabled: bool,
}

impl FamilyDefault {
    const fn on(name: &'static str, folder: &'static str) -> Self {
        Self {
            name,
            folder,
            enabled: true,
        }
    }

    const fn off(name: &'static str, folder: &'static str) -> Self {
        Self {
            enabled: false,
            ..Self::on(name, folder)
        }
    }
}

/// The families that can stand below `[artifacts]`.
pub const FAMILIES: &[FamilyDefault] = &[
    FamilyDefault::on("lean", "model/lean"),
    FamilyDefault::on("quint", "model/quint"),
    FamilyDefault::on("review", "model/review"),
    FamilyDefault::on("reviews", "reviews"),
    FamilyDefault::off("rust", "src/model"),
    FamilyDefault::off("gherkin", "model/features"),
];

/// A manifest without problems, defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// `[project]`.
    pub project: Project,
    /// `[store] path`: the folder whose `events/` holds the transaction files.
    pub store: RelPath,
    /// `[artifacts.*]`, one entry for each of [`FAMILIES`].
    pub artifacts: BTreeMap<&'static str, FamilySettings>,
    /// `[artifacts.rust]`, beside what every family has.
    pub rust: RustSettings,
    /// `[rules]`.
    pub rules: Rules,
    /// `[verify]`.
    pub verify: Verify,
}

/// `[project]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The name as people say it: trimmed, not empty, no control characters.
    pub name: String,
    /// Any text.
    pub version: Option<String>,
    /// The root module of the Lean family, as [`module_name`] makes it.
    pub lean_module: String,
    /// The root module of the Quint family, as [`module_name`] makes it.
    pub quint_module: String,
}

/// `[artifacts.<family>]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilySettings {
    /// The folder that holds the family's files and no other family's.
    pub path: RelPath,
    /// Whether the family is built.
    pub enabled: bool,
}

/// `[verify]`: how the external tools are run. Kept as written; whether a tool
/// exists is known when it is run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verify {
    /// Program and arguments for Lean; at least the program.
    pub lean: Option<Vec<String>>,
    /// Program and arguments for Quint; at least the program.
    pub quint: Option<Vec<String>>,
    /// Steps of one simulated journey, at least 1.
    pub simulation_depth: Option<u32>,
    /// The seed of a simulation.
    pub seed: Option<u64>,
    /// The model checker behind `quint verify`.
    pub quint_verify: QuintVerify,
}

/// `[verify] quint_verify`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuintVerify {
    /// No model checker.
    #[default]
    Off,
    /// Apalache, symbolic.
    Apalache,
    /// TLC, explicit states.
    Tlc,
}

impl QuintVerify {
    const WORDS: &[(&str, Self)] = &[
        ("off", Self::Off),
        ("apalache", Self::Apalache),
        ("tlc", Self::Tlc),
    ];
}

impl Manifest {
    /// Read the text of a manifest. `place` is the file as findings name it,
    /// relative to the project root.
    ///
    /// The manifest is there unless a finding has the level of an error. The
    /// findings are all that there are, in the order of the text; a text that
    /// is not TOML has only the one that says so.
    pub fn parse(text: &str, place: &str) -> (Option<Self>, Vec<Diagnostic>) {
        read::manifest(text, place)
    }

    /// The text of a new manifest for a project of this name, with every
    /// section and its defaults. It is read back without findings if the name
    /// is one: not blank, no control characters.
    pub fn template(name: &str) -> String {
        template::manifest(name)
    }

    /// The settings of a family, by its key below `[artifacts]`.
    pub fn family(&self, name: &str) -> Option<&FamilySettings> {
        self.artifacts.get(name)
    }

    /// The families that are built, with their folders, by name.
    pub fn enabled(&self) -> impl Iterator<Item = (&'static str, &RelPath)> {
        self.artifacts
            .iter()
            .filter(|(_, settings)| settings.enabled)
            .map(|(name, settings)| (*name, &settings.path))
    }

    /// What the text of a family's artifacts can depend on, as keys of the
    /// manifest with their values, in a fixed order: for the family's key in
    /// the cache, and for `explain`. Neither the folders of other families nor
    /// `[verify]` are in it, so that a change of them leaves the family fresh.
    pub fn inputs_of(&self, family: &str) -> Vec<(String, String)> {
        let project = &self.project;
        let mut inputs = vec![
            ("project.name".to_owned(), project.name.clone()),
            (
                "project.version".to_owned(),
                // Debug tells an absent version from an empty one.
                format!("{:?}", project.version),
            ),
            (
                "project.lean_module".to_owned(),
                project.lean_module.clone(),
            ),
            (
                "project.quint_module".to_owned(),
                project.quint_module.clone(),
            ),
        ];
        if let Some(settings) = self.family(family) {
            inputs.push((
                format!("artifacts.{family}.path"),
                settings.path.to_string(),
            ));
        }
        if family == "rust" {
            inputs.extend(self.rust.inputs());
        }
        inputs.extend(self.rules.inputs());
        inputs
    }
}
