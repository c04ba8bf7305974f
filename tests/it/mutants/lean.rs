//! What the real Lean says of the mutants, all of them in few processes.

use std::collections::BTreeMap;

use emc::{
    artifact::{Family as _, Scope, lean::Enforcement},
    model::Model,
};

use super::{Seeded, Told, vacuous::Edit};
use crate::{
    lean::family,
    lean_kernel::{Package, Verdict},
};

const CLEAN: &str = "Clean";

/// The modules of a model by path, without the library.
fn modules(root: &str, model: &Model) -> BTreeMap<String, String> {
    let workflows = model.workflows.iter().map(|workflow| workflow.slug.clone());
    family(root, Enforcement::Warn)
        .render(model, Scope::Workflows(&workflows.collect()))
        .into_iter()
        .map(|artifact| (artifact.path.to_string(), artifact.text))
        .collect()
}

/// The path of a module, and what it is called below the root.
fn below<'a>(path: &'a str, root: &str) -> Option<&'a str> {
    path.strip_prefix(&format!("model/lean/{root}/"))?
        .strip_suffix(".lean")
}

/// Without the digest in the first line.
fn body(text: &str) -> &str {
    text.split_once('\n').map_or(text, |(_, body)| body)
}

/// The files of a mutant. What it has in common with the clean model is taken
/// from there.
fn files(clean: &BTreeMap<String, String>, seed: &Seeded) -> Vec<(String, String)> {
    let root = &seed.root;
    let own = modules(root, &seed.model);
    let same = |path: &str, text: &str| {
        let twin = path.replacen(root.as_str(), CLEAN, 1);
        clean
            .get(&twin)
            .is_some_and(|twin| body(twin) == body(text).replace(root.as_str(), CLEAN))
    };
    let mut files = Vec::new();
    for (path, text) in &own {
        let Some(module) = below(path, root) else {
            if *path == format!("model/lean/{root}.lean") {
                files.push((path.clone(), text.clone()));
            }
            continue;
        };
        let slices_are_same = || {
            let imports = text.lines().filter_map(|line| line.strip_prefix("import "));
            imports.filter(|name| *name != "Emc").all(|name| {
                let path = format!("model/lean/{}.lean", name.replace('.', "/"));
                own.get(&path).is_some_and(|text| same(&path, text))
            })
        };
        if same(path, text) && slices_are_same() {
            let module = module.replace('/', ".");
            let what = if module.starts_with("Slices.") {
                "slice"
            } else {
                "workflow"
            };
            let alias = format!(
                "import {CLEAN}.{module}\n\n\
                noncomputable def {root}.{module}.{what} := {CLEAN}.{module}.{what}\n"
            );
            files.push((path.clone(), alias));
        } else {
            files.push((path.clone(), text.clone()));
        }
    }
    files
}

/// What the verdict tells of the modules of one root.
fn of(verdict: &Verdict, root: &str) -> Told {
    let mut told = Told::new();
    for line in verdict.findings(root).lines() {
        // FILE: LEVEL: CODE NAME: PLACES (HINT)
        let mut parts = line.splitn(4, ": ").skip(2);
        let code = parts.next().and_then(|name| name.split(' ').next());
        let places = parts.next().and_then(|rest| rest.rsplit_once(" ("));
        let (Some(code), Some((places, _))) = (code, places) else {
            panic!("no finding: {line}");
        };
        told.entry(code.to_owned())
            .or_default()
            .push(places.to_owned());
    }
    told
}

/// Files by path, and the modules to check.
#[derive(Default)]
struct Batch {
    files: Vec<(String, String)>,
    modules: Vec<String>,
}

impl Batch {
    /// What Lean says of them beside the clean model, in one process.
    fn check(self, clean: &BTreeMap<String, String>) -> Verdict {
        let library = family(CLEAN, Enforcement::Warn).render(&Model::default(), Scope::Everything);
        let mut files: Vec<(String, String)> = library
            .into_iter()
            .map(|artifact| (artifact.path.to_string(), artifact.text))
            .collect();
        files.extend(clean.clone());
        files.extend(self.files);
        let mut modules = vec![CLEAN];
        modules.extend(self.modules.iter().map(String::as_str));
        let verdict = Package::of_files(&files).check(&modules);
        assert!(verdict.accepted, "{}", verdict.said);
        assert_eq!(verdict.findings(CLEAN), "");
        verdict
    }

    fn add_mutant(&mut self, clean: &BTreeMap<String, String>, seed: &Seeded) {
        self.files.extend(files(clean, seed));
        self.modules.push(seed.root.clone());
    }

    fn add_edit(&mut self, clean: &BTreeMap<String, String>, edit: &Edit) {
        let text = &clean[&format!("model/lean/{CLEAN}/Slices/{}.lean", edit.slice)];
        let edited = (edit.change)(text);
        assert!(
            edited != *text,
            "{}: {} changes nothing",
            edit.code,
            edit.what
        );
        let root = root(edit);
        let path = format!("model/lean/{root}/Slices/{}.lean", edit.slice);
        self.files.push((path, edited.replace(CLEAN, &root)));
        self.modules.push(format!("{root}.Slices.{}", edit.slice));
    }
}

/// The name of the modules of an edit.
fn root(edit: &Edit) -> String {
    format!("V{}", edit.code)
}

/// What Lean tells of each mutant, and of each edit. A process takes some thousand
/// commands at most.
pub fn told(clean: &Model, seeded: &[Seeded], edits: &[Edit]) -> (Vec<Told>, Vec<Told>) {
    let clean = modules(CLEAN, clean);
    let mut of_mutants = Vec::new();
    let mut of_edits = Vec::new();
    for (number, seeded) in seeded.chunks(75).enumerate() {
        let edits = if number == 0 { edits } else { &[] };
        let mut batch = Batch::default();
        for edit in edits {
            batch.add_edit(&clean, edit);
        }
        for seed in seeded {
            batch.add_mutant(&clean, seed);
        }
        let verdict = batch.check(&clean);
        of_edits.extend(edits.iter().map(|edit| of(&verdict, &root(edit))));
        of_mutants.extend(seeded.iter().map(|seed| of(&verdict, &seed.root)));
    }
    (of_mutants, of_edits)
}
