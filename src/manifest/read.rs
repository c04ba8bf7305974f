//! From text to a [`Manifest`]: every problem at once.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::{
    DEFAULT_STORE, FAMILIES, FamilySettings, Manifest, Project, QuintVerify, RustSettings, Verify,
    folders::Folders,
    module_name,
    module_name::{is_derived, repair, valid},
    reader::{Reader, Section, clipped},
};
use crate::{
    diagnostic::{
        Diagnostic, Level, Source,
        codes::manifest::{BAD_MODULE, BAD_NAME, MISSING_NAME, MODULE_RENAMED, NOT_TOML},
    },
    rel_path::RelPath,
};

/// The tables of a manifest.
pub(super) const SECTIONS: [&str; 5] = ["project", "store", "artifacts", "rules", "verify"];

/// The keys of `[project]`.
pub(super) const PROJECT: [&str; 4] = ["name", "version", "lean_module", "quint_module"];

/// The keys of `[verify]`.
pub(super) const VERIFY: [&str; 5] = ["lean", "quint", "simulation_depth", "seed", "quint_verify"];

pub(super) fn manifest(text: &str, file: &str) -> (Option<Manifest>, Vec<Diagnostic>) {
    // Some editors start a file with a mark that is no part of its first line.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source::new(text, file);
    let document = match DeTable::parse(text) {
        Ok(document) => document.into_inner(),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let finding = source.finding(
                &NOT_TOML,
                span,
                "",
                format!("the manifest is not valid TOML: {}", error.message()),
            );
            return (None, vec![finding]);
        }
    };
    let mut reader = Reader {
        source,
        findings: Vec::new(),
    };
    let manifest = reader.document(&document);
    let mut findings = reader.findings;
    findings.sort_by_key(|finding| {
        let start = finding.snippet.as_ref().map(|snippet| snippet.span.0);
        (start, finding.code.number)
    });
    let broken = findings.iter().any(|found| found.level == Level::Error);
    (manifest.filter(|_| !broken), findings)
}

impl Reader<'_> {
    fn document(&mut self, document: &DeTable<'_>) -> Option<Manifest> {
        let root = Section {
            name: String::new(),
            table: Some(document),
            span: 0..0,
        };
        self.known_keys(&root, &SECTIONS);
        let project = self.project(&root);
        let mut folders = Folders::default();

        let store = self.section(&root, "store");
        self.known_keys(&store, &["path"]);
        let store = self.folder(&store, "the store", DEFAULT_STORE, &mut folders);

        let section = self.section(&root, "artifacts");
        let families: Vec<_> = FAMILIES.iter().map(|family| family.name).collect();
        self.known_keys(&section, &families);
        let mut artifacts = BTreeMap::new();
        let mut rust = RustSettings::default();
        for family in FAMILIES {
            let settings = self.section(&section, family.name);
            let mut keys = vec!["path", "enabled"];
            if family.name == "rust" {
                keys.extend(RustSettings::KEYS);
                rust = self.rust(&settings);
            }
            self.known_keys(&settings, &keys);
            let owner = format!("the `{}` family", family.name);
            let enabled = self.flag(&settings, "enabled").unwrap_or(family.enabled);
            // What is neither wanted nor named needs no folder of its own.
            let idle = !enabled && settings.get("path").is_none();
            let path = if idle {
                RelPath::new(family.folder).ok()
            } else {
                self.folder(&settings, &owner, family.folder, &mut folders)
            };
            if let Some(path) = path {
                artifacts.insert(family.name, FamilySettings { path, enabled });
            }
        }
        self.findings.extend(folders.overlaps(&self.source));

        let rules = self.section(&root, "rules");
        let rules = self.rules(&rules);
        let verify = self.section(&root, "verify");
        let verify = self.verify(&verify);
        Some(Manifest {
            project: project?,
            store: store?,
            artifacts,
            rust,
            rules,
            verify,
        })
    }

    fn project(&mut self, root: &Section<'_, '_>) -> Option<Project> {
        let section = self.section(root, "project");
        self.known_keys(&section, &PROJECT);
        let name = self.name(&section);
        let version = self
            .text(&section, "version")
            .map(|(text, _)| text.to_owned());
        let default = module_name(name.as_deref().unwrap_or_default());
        let lean_module = self.module(&section, "lean_module", &default);
        let quint_module = self.module(&section, "quint_module", &default);
        Some(Project {
            name: name?,
            version,
            lean_module,
            quint_module,
        })
    }

    fn name(&mut self, section: &Section<'_, '_>) -> Option<String> {
        let Some(value) = section.get("name") else {
            // A `project` that is no table has been told already.
            if section.table.is_some() || section.span.is_empty() {
                let finding = self
                    .source
                    .finding(
                        &MISSING_NAME,
                        section.span.clone(),
                        "",
                        "the project has no name".to_owned(),
                    )
                    .help("write `name = \"...\"` below `[project]`");
                self.findings.push(finding);
            }
            return None;
        };
        let (name, span) = self.text_of(value, "project.name")?;
        let trimmed = name.trim();
        let why = if trimmed.is_empty() {
            "the project's name is blank"
        } else if trimmed.chars().any(char::is_control) {
            "the project's name holds a control character"
        } else {
            return Some(trimmed.to_owned());
        };
        self.problem(&BAD_NAME, span, "", why.to_owned())
            .help("write the name as people say it, in one line");
        None
    }

    fn module(&mut self, section: &Section<'_, '_>, key: &str, default: &str) -> String {
        let Some((name, span)) = self.text(section, key) else {
            return default.to_owned();
        };
        if valid(name) {
            return name.to_owned();
        }
        let named = section.key(key);
        if is_derived(name) {
            let repaired = repair(name);
            self.problem(
                &MODULE_RENAMED,
                span,
                "",
                format!(
                    "`{named}` is `{}`, which no module can be called; `{repaired}` is used",
                    clipped(name)
                ),
            )
            .help(format!("write `{key} = \"{repaired}\"`"));
            return repaired;
        }
        let proposal = module_name(name);
        self.problem(
            &BAD_MODULE,
            span,
            "",
            format!("`{named}` is not a valid module name"),
        )
        .help(format!(
            "write `{key} = \"{proposal}\"`: an upper-case letter, then letters, digits and `_`"
        ));
        default.to_owned()
    }

    fn verify(&mut self, section: &Section<'_, '_>) -> Verify {
        self.known_keys(section, &VERIFY);
        Verify {
            lean: self.command(section, "lean"),
            quint: self.command(section, "quint"),
            simulation_depth: self
                .number(section, "simulation_depth", 1, u32::MAX.into())
                .and_then(|depth| u32::try_from(depth).ok()),
            seed: self.number(section, "seed", 0, i64::MAX.unsigned_abs()),
            quint_verify: section
                .get("quint_verify")
                .and_then(|value| self.word(value, "verify.quint_verify", QuintVerify::WORDS))
                .unwrap_or_default(),
        }
    }

    fn folder(
        &mut self,
        section: &Section<'_, '_>,
        owner: &str,
        default: &str,
        folders: &mut Folders,
    ) -> Option<RelPath> {
        let written = self.text(section, "path");
        let span = written.as_ref().map(|(_, span)| span.clone());
        let text = written.map_or(default, |(text, _)| text);
        folders
            .claim(owner, text, span)
            .map_err(|refusal| {
                let finding = refusal.finding(&self.source, &section.key("path"));
                self.findings.push(finding);
            })
            .ok()
    }
}
