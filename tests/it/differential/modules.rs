//! The Lean modules of many models, each once.
//!
//! Most of a mutant is what its siblings have, too. A module that says the same
//! under another name is checked once for all of them.

use std::collections::{BTreeSet, HashMap};

use emc::{artifact::lean::Enforcement, model::Model};

use crate::{
    lean_kernel::Package,
    rules::{self, Checked, Told},
};

/// The root of all modules.
const ROOT: &str = "All";

/// Stands for the name of the module in its own text.
const SELF: &str = "\u{1}";

/// A module, and what the native rules find in what it says.
pub struct Module {
    /// The first model that has it, by its place.
    pub model: usize,
    pub found: Vec<String>,
    /// Its name below the root.
    name: String,
    text: String,
    imports: Vec<usize>,
}

impl Module {
    /// Its path below the package.
    pub fn file(&self) -> String {
        format!("{ROOT}/{}.lean", self.name.replace('.', "/"))
    }
}

/// Every module of the models.
#[derive(Default)]
pub struct Modules {
    pub all: Vec<Module>,
    /// The models, and what each is.
    pub models: Vec<(String, Model)>,
    /// By the text, without the name of the module, and what is found.
    known: HashMap<(String, Vec<String>), usize>,
}

impl Modules {
    /// Take in a model. Gives the place of the module of its project.
    pub fn add(&mut self, what: String, model: Model) -> usize {
        let checked = rules::checked(ROOT, &model);
        self.models.push((what, model));
        let mut imported = Lines::default();
        let mut last = 0;
        // Backwards: what is imported comes before what imports it.
        for module in checked.into_iter().rev() {
            let path = module.file.trim_end_matches(".lean").replace('/', ".");
            last = self.take(&path, module, &imported);
            imported.add(&path, &self.all[last].name, last);
        }
        last
    }

    /// The place of a module, under the name that it has here.
    fn take(&mut self, path: &str, module: Checked, imported: &Lines) -> usize {
        let kind = match path
            .strip_prefix("All.")
            .and_then(|path| path.split_once('.'))
        {
            Some((kind, _)) => kind,
            None => "Projects",
        };
        let own = format!("{kind}.{SELF}");
        let mut imports = Vec::new();
        // The mark of the first line tells the text apart, and is not for here.
        let lines = module.text.lines().skip(1).map(|line| {
            if let Some((line, module)) = imported.0.get(line) {
                imports.push(*module);
                return line.clone();
            }
            match line.split_once(' ') {
                Some((word @ ("namespace" | "end"), of)) if of == path => {
                    format!("{word} {ROOT}.{own}")
                }
                _ => line.to_owned(),
            }
        });
        let text = lines.collect::<Vec<_>>().join("\n") + "\n";
        let next = self.all.len();
        let key = (text, module.found);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let name = format!("{kind}.M{next}");
        self.all.push(Module {
            model: self.models.len().saturating_sub(1),
            found: key.1.clone(),
            text: key.0.replace(&own, &name),
            name,
            imports,
        });
        self.known.insert(key, next);
        next
    }

    /// The modules that these need, and they.
    pub fn closure(&self, roots: &[usize]) -> BTreeSet<usize> {
        let mut needed = BTreeSet::new();
        let mut open = roots.to_vec();
        while let Some(module) = open.pop() {
            if needed.insert(module) {
                open.extend(&self.all[module].imports);
            }
        }
        needed
    }

    /// What Lean says of these projects, a process for so many modules.
    pub fn said(&self, projects: &[usize], at_once: usize) -> Told {
        let package = Package::new(&[("Library", Enforcement::Warn, &Model::default())]);
        for module in &self.all {
            package.add(&module.file(), &module.text);
        }
        let mut said = Told::new();
        let mut rest = projects;
        while !rest.is_empty() {
            // Another project as long as there is room for it.
            let mut count = 1;
            while count < rest.len() && self.closure(&rest[..=count]).len() <= at_once {
                count += 1;
            }
            let (batch, others) = rest.split_at(count);
            let names: Vec<String> = batch
                .iter()
                .map(|project| format!("{ROOT}.{}", self.all[*project].name))
                .collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let verdict = package.check(&names);
            assert!(verdict.accepted, "{}", verdict.said);
            let findings = verdict.findings(ROOT);
            assert_eq!(
                findings.lines().count(),
                verdict.said.lines().count(),
                "{}",
                verdict.said
            );
            said.extend(rules::said_by_lean(&findings));
            rest = others;
        }
        said
    }
}

/// Lines that name a module of the model, and the module that is checked in its
/// place.
#[derive(Default)]
struct Lines(HashMap<String, (String, usize)>);

impl Lines {
    fn add(&mut self, path: &str, name: &str, module: usize) {
        let own = path.strip_prefix("All.").unwrap_or(path);
        let lines: [fn(&str) -> String; 4] = [
            |name| format!("import {ROOT}.{name}"),
            |name| format!("    entry {name}.slice,"),
            |name| format!("    step {name}.slice,"),
            |name| format!("    {name}.workflow,"),
        ];
        for line in lines {
            self.0.insert(line(own), (line(name), module));
        }
    }
}
