//! The model as Rust that a team compiles against: names that cannot be
//! misspelt, events that a `match` cannot forget, scenarios that a test can list.
//!
//! One file a kind of name, one a workflow. An event has one struct in the
//! project, made of the attributes that all slices know of it; it stands in the
//! file of the first workflow that records it.

mod catalogue;
mod name;
mod page;
mod scenario;
mod text;

use std::collections::{BTreeMap, BTreeSet};

pub use scenario::{Named, modules as test_modules, named as scenarios};

use super::{Artifact, Comment, Family, Known, Scope};
use crate::{model::Model, rel_path::RelPath};
use catalogue::Catalogue;

/// The names of types that stand for these names of the model.
pub fn type_names<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, String> {
    name::identifiers(names, name::Case::Camel, &[])
}

/// The type of an attribute whose representation has no type of its own.
pub const DEFAULT_TYPE: &str = "String";

/// The family of Rust modules.
#[derive(Clone, Debug)]
pub struct Rust {
    /// Where the modules go.
    pub folder: RelPath,
    /// The type of an attribute, by its representation (the bit encoding of its
    /// data flow); a type as rustfmt writes it.
    pub types: BTreeMap<String, String>,
    /// Whether events can be written and read with serde.
    pub serde: bool,
    /// Whether events are those of eventcore, which needs serde.
    pub eventcore: bool,
}

/// The files that every model has, without those of workflows.
const FILES: [&str; 9] = [
    "mod.rs",
    "command.rs",
    "command_error.rs",
    "event.rs",
    "scenario.rs",
    "slice.rs",
    "stream.rs",
    "unknown_name.rs",
    "workflow.rs",
];

impl Rust {
    fn has_serde(&self) -> bool {
        self.serde || self.eventcore
    }

    fn derives(&self) -> &'static str {
        if self.has_serde() {
            "#[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]\n"
        } else {
            "#[derive(Clone, Debug, PartialEq)]\n"
        }
    }

    fn type_of(&self, encoding: Option<&str>) -> &str {
        encoding
            .and_then(|encoding| self.types.get(encoding))
            .map_or(DEFAULT_TYPE, String::as_str)
    }

    /// The words that the types are made of: no event may have such a name.
    fn words(&self) -> Vec<&str> {
        self.types
            .values()
            .flat_map(|own| own.split(|c: char| !c.is_alphanumeric() && c != '_'))
            .filter(|word| !word.is_empty())
            .collect()
    }

    fn file(&self, module: &str) -> RelPath {
        self.folder.join("workflows").join(&format!("{module}.rs"))
    }
}

impl Family for Rust {
    fn name(&self) -> &'static str {
        "rust"
    }

    fn generator(&self) -> u32 {
        3
    }

    fn paths(&self, model: &Model) -> BTreeSet<RelPath> {
        let slugs = model
            .workflows
            .iter()
            .map(|workflow| workflow.slug.as_str());
        let modules = name::identifiers(slugs, name::Case::Module, &[]);
        let files = modules.values().map(|module| self.file(module));
        FILES
            .iter()
            .map(|file| self.folder.join(file))
            .chain(files)
            .collect()
    }

    /// Everything, whatever the scope: which workflow has an event's struct, and
    /// what is in it, can depend on any other.
    fn render_each(&self, known: Known<'_>, _: Scope<'_>, out: &mut dyn FnMut(Artifact)) {
        let catalogue = Catalogue::of(known.model, &self.words());
        let names =
            |title: &str, kind, name, of| format!("//! {title}\n\n{}", page::names(kind, name, of));
        let pages = FILES.map(|file| {
            let text = match file {
                "mod.rs" => page::root(&catalogue),
                "command.rs" => names("The commands.", "command", "Command", &catalogue.commands),
                "command_error.rs" => names(
                    "The errors of commands.",
                    "error",
                    "CommandError",
                    &catalogue.errors,
                ),
                "event.rs" => page::events(self, &catalogue),
                "scenario.rs" => page::scenarios(&catalogue),
                "slice.rs" => page::slices(&catalogue),
                "stream.rs" => names("The streams.", "stream", "Stream", &catalogue.streams),
                "workflow.rs" => names(
                    "The workflows.",
                    "workflow",
                    "Workflow",
                    &catalogue.workflows,
                ),
                _ => page::UNKNOWN_NAME.to_owned(),
            };
            (self.folder.join(file), text)
        });
        let workflows = catalogue.modules.iter().map(|(slug, module)| {
            let text = page::workflow(self, &catalogue, slug);
            (self.file(module), text)
        });
        pages
            .into_iter()
            .chain(workflows)
            .map(|(path, text)| Artifact::new(path, Comment::Slashes, &text))
            .for_each(out);
    }
}
