//! The Lean modules in import order, and which of them Lean has to see.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    artifact::{Artifact, lean::Modules},
    digest::{Digest, Framed},
    rel_path::RelPath,
};

/// A Lean module.
#[derive(Debug)]
pub(super) struct Module {
    /// As it is imported: `Emc.Basic`.
    pub name: String,
    /// Below the project root.
    pub path: RelPath,
    /// Below the folder of the package.
    pub file: String,
    /// Positions of the modules of the package that it imports, all before it.
    pub imports: Vec<usize>,
    /// The digest of all that its result depends on.
    pub key: Digest,
}

/// The modules among the artifacts of the package in `folder`, each behind what
/// it imports. `tool` is what else their results depend on.
pub(super) fn modules(artifacts: &[Artifact], folder: &RelPath, tool: Digest) -> Vec<Module> {
    let mut found: BTreeMap<String, (&Artifact, &str)> = BTreeMap::new();
    for artifact in artifacts {
        let file = artifact.path.as_str().strip_prefix(folder.as_str());
        let file = file.map(|file| file.trim_start_matches('/'));
        if let Some(file) = file
            && let Some(stem) = file.strip_suffix(".lean")
        {
            found.insert(stem.replace('/', "."), (artifact, file));
        }
    }
    let mut waiting: BTreeMap<&str, BTreeSet<&str>> = found
        .iter()
        .map(|(name, (artifact, _))| {
            let own = imports(&artifact.text).filter(|import| found.contains_key(*import));
            (name.as_str(), own.collect())
        })
        .collect();
    let mut order: Vec<Module> = Vec::with_capacity(found.len());
    let mut placed: BTreeMap<&str, usize> = BTreeMap::new();
    while let Some(name) = waiting
        .iter()
        .find(|(_, imports)| imports.iter().all(|import| placed.contains_key(import)))
        .map(|(name, _)| *name)
    {
        let imports = waiting.remove(name).unwrap_or_default();
        let imports: Vec<usize> = imports
            .iter()
            .filter_map(|import| placed.get(import).copied())
            .collect();
        let Some((artifact, file)) = found.get(name) else {
            continue;
        };
        let mut key = Framed::new("emc verify lean module 1");
        key.field(tool.as_bytes())
            .field(name.as_bytes())
            .field(artifact.text.as_bytes());
        for import in imports.iter().filter_map(|import| order.get(*import)) {
            key.field(import.key.as_bytes());
        }
        placed.insert(name, order.len());
        order.push(Module {
            name: name.to_owned(),
            path: artifact.path.clone(),
            file: (*file).to_owned(),
            imports,
            key: key.finish(),
        });
    }
    order
}

/// The imports at the head of a module.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .take_while(|line| line.is_empty() || line.starts_with("--") || line.starts_with("import "))
        .filter_map(|line| line.strip_prefix("import "))
        .map(str::trim)
}

/// What is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Everything.
    All,
    /// A workflow with its slices, by slug.
    Workflow(String),
    /// A slice, and the journeys of its workflow, by slug.
    Slice(String),
}

impl Part {
    /// The paths of the Lean modules of this part; none for everything.
    pub(super) fn paths<'a>(&self, modules: &'a [Modules]) -> Option<BTreeSet<&'a RelPath>> {
        let mut paths = BTreeSet::new();
        for of in modules {
            match self {
                Self::All => return None,
                Self::Workflow(slug) if of.workflow == *slug => {
                    paths.insert(&of.path);
                    paths.extend(of.slices.iter().map(|(_, path)| path));
                }
                Self::Slice(slug) => {
                    let own = of.slices.iter().filter(|(slice, _)| slice == slug);
                    paths.extend(own.map(|(_, path)| path));
                }
                Self::Workflow(_) => {}
            }
        }
        match self {
            Self::All => None,
            _ => Some(paths),
        }
    }

    /// Whether the journeys of a workflow belong to this part.
    pub(super) fn plays(&self, workflow: &crate::model::Workflow) -> bool {
        match self {
            Self::All => true,
            Self::Workflow(slug) => workflow.slug == *slug.as_str(),
            Self::Slice(slug) => workflow
                .slices
                .iter()
                .any(|slice| slice.slug == *slug.as_str()),
        }
    }
}

/// What is done with a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Due {
    /// It is verified: by a run, or by one that passed before.
    pub wanted: bool,
    /// Lean has to see it.
    pub run: bool,
    /// Another module that Lean sees imports it.
    pub loaded: bool,
}

/// Which modules Lean has to see: those that are wanted and did not pass before,
/// and of what they import what is not there compiled. `passed` and `compiled`
/// tell what is known of a module.
pub(super) fn due(
    modules: &[Module],
    wanted: impl Fn(&Module) -> bool,
    passed: impl Fn(&Module) -> bool,
    compiled: impl Fn(&Module) -> bool,
) -> Vec<Due> {
    let mut due: Vec<Due> = modules
        .iter()
        .map(|module| {
            let wanted = wanted(module);
            Due {
                wanted,
                run: wanted && !passed(module),
                loaded: false,
            }
        })
        .collect();
    // What imports a module stands behind it.
    for (position, module) in modules.iter().enumerate().rev() {
        let seen = due.get(position).is_some_and(|due| due.run || due.loaded);
        if !seen {
            continue;
        }
        for import in &module.imports {
            if let (Some(due), Some(module)) = (due.get_mut(*import), modules.get(*import))
                && !due.loaded
            {
                due.loaded = true;
                due.run = due.run || !compiled(module);
            }
        }
    }
    due
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artifact::Comment;

    fn order(tool: &[u8], changed: &str) -> Vec<Module> {
        let folder = RelPath::new("l").expect("a path");
        let artifact = |file: &str, body: &str| {
            let body = if file == changed {
                format!("{body}-- x\n")
            } else {
                body.to_owned()
            };
            Artifact::new(folder.join(file), Comment::Dashes, &body)
        };
        let artifacts = [
            artifact(
                "R.lean",
                "import L\nimport R.W\n\ndef x := 1\nimport R.No\n",
            ),
            artifact("R/W.lean", "import L\nimport R.A\nimport R.B\n"),
            artifact("R/A.lean", "import L\n"),
            artifact("R/B.lean", "import L\n"),
            artifact("L.lean", "import Std.Data\nimport L.Base\n"),
            artifact("L/Base.lean", "def y := 2\n"),
            artifact("lakefile.toml", ""),
        ];
        modules(&artifacts, &folder, Digest::of(tool))
    }

    fn run(due: &[Due], modules: &[Module]) -> Vec<String> {
        let both = due.iter().zip(modules).filter(|(due, _)| due.run);
        both.map(|(_, module)| module.name.clone()).collect()
    }

    #[test]
    fn modules_come_behind_what_they_import() {
        let modules = order(b"", "");
        let names: Vec<&str> = modules.iter().map(|module| module.name.as_str()).collect();
        assert_eq!(names, ["L.Base", "L", "R.A", "R.B", "R.W", "R"]);
        assert_eq!(modules[5].imports, [1, 4]);
        assert_eq!(modules[0].file, "L/Base.lean");
    }

    #[test]
    fn a_change_is_seen_by_what_builds_on_it_and_by_nothing_else() {
        let before = order(b"", "");
        let differs = |after: &[Module]| -> Vec<String> {
            let both = before.iter().zip(after).filter(|(a, b)| a.key != b.key);
            both.map(|(module, _)| module.name.clone()).collect()
        };
        assert_eq!(differs(&order(b"", "R/A.lean")), ["R.A", "R.W", "R"]);
        assert_eq!(differs(&order(b"", "L/Base.lean")).len(), 6);
        assert_eq!(differs(&order(b"other", "")).len(), 6);
        assert_eq!(differs(&order(b"", "")), [""; 0]);
    }

    #[test]
    fn what_is_imported_is_seen_again_only_where_it_is_not_there_compiled() {
        let modules = order(b"", "");
        let all = |_: &Module| true;
        let not = |gone: &'static [&'static str]| {
            move |module: &Module| !gone.contains(&module.name.as_str())
        };
        let seen =
            |passed, compiled| run(&due(&modules, all, not(passed), not(compiled)), &modules);
        assert_eq!(seen(&[], &["L", "L.Base"]), [""; 0]);
        assert_eq!(seen(&["R.A", "R.W"], &["R.A", "R.W"]), ["R.A", "R.W"]);
        assert_eq!(seen(&["R.A"], &["L.Base"]), ["L.Base", "R.A"]);
        assert_eq!(seen(&["R"], &["R.B"]), ["R.B", "R"]);
        let one = due(
            &modules,
            |module| module.name == "R.A",
            not(&["R.A", "R"]),
            all,
        );
        assert_eq!(run(&one, &modules), ["R.A"]);
        assert_eq!(one.iter().filter(|due| due.wanted).count(), 1);
    }
}
