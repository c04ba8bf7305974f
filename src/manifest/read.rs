//! From text to a [`Manifest`]: every problem at once.

use std::{collections::BTreeMap, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    DEFAULT_STORE, FAMILIES, FamilySettings, Manifest, Override, Project, QuintVerify, RuleLevel,
    Rules, Verify,
    folders::Folders,
    module_name,
    module_name::{is_derived, repair, valid},
    source::Source,
};
use crate::diagnostic::{
    Code, Diagnostic, Level,
    codes::manifest::{
        BAD_MODULE, BAD_NAME, EMPTY_COMMAND, MISSING_NAME, MODULE_RENAMED, NOT_TOML, OUT_OF_RANGE,
        UNKNOWN_KEY, UNKNOWN_VALUE, WRONG_TYPE,
    },
};

type Value<'i> = Spanned<DeValue<'i>>;

pub(super) fn manifest(text: &str, file: &str) -> (Option<Manifest>, Vec<Diagnostic>) {
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

/// Collects what is wrong while it reads what is right.
pub(super) struct Reader<'a> {
    source: Source<'a>,
    findings: Vec<Diagnostic>,
}

/// One table of the manifest, with its dotted name.
struct Section<'t, 'i> {
    name: String,
    table: Option<&'t DeTable<'i>>,
    span: Range<usize>,
}

impl<'t, 'i> Section<'t, 'i> {
    fn get(&self, key: &str) -> Option<&'t Value<'i>> {
        self.table?.get(key)
    }

    fn key(&self, key: &str) -> String {
        if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        }
    }
}

impl Reader<'_> {
    fn document(&mut self, document: &DeTable<'_>) -> Option<Manifest> {
        let root = Section {
            name: String::new(),
            table: Some(document),
            span: 0..0,
        };
        self.known_keys(&root, &["project", "store", "artifacts", "rules", "verify"]);
        let project = self.project(&root);
        let mut folders = Folders::default();

        let store = self.section(&root, "store");
        self.known_keys(&store, &["path"]);
        let store = self.folder(&store, "the store", DEFAULT_STORE, &mut folders);

        let section = self.section(&root, "artifacts");
        let families: Vec<_> = FAMILIES.iter().map(|(family, _)| *family).collect();
        self.known_keys(&section, &families);
        let mut artifacts = BTreeMap::new();
        for (family, default) in FAMILIES {
            let settings = self.section(&section, family);
            self.known_keys(&settings, &["path", "enabled"]);
            let owner = format!("the `{family}` family");
            let path = self.folder(&settings, &owner, default, &mut folders);
            let enabled = self.flag(&settings, "enabled").unwrap_or(true);
            if let Some(path) = path {
                artifacts.insert(*family, FamilySettings { path, enabled });
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
            rules,
            verify,
        })
    }

    fn project(&mut self, root: &Section<'_, '_>) -> Option<Project> {
        let section = self.section(root, "project");
        self.known_keys(
            &section,
            &["name", "version", "lean_module", "quint_module"],
        );
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
                    "`{named}` is `{name}`, which no module can be called; `{repaired}` is used"
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

    fn rules(&mut self, section: &Section<'_, '_>) -> Rules {
        let mut rules = Rules::default();
        for (key, value) in section.table.into_iter().flatten() {
            let name = section.key(key.get_ref());
            if key.get_ref() == "level" {
                if let Some(level) = self.word(value, &name, RuleLevel::COMMON) {
                    rules.level = level;
                }
            } else if let Some(level) = self.word(value, &name, RuleLevel::WORDS) {
                let place = self.source.place(key.span().start);
                rules
                    .overrides
                    .insert(key.get_ref().to_string(), Override { level, place });
            }
        }
        rules
    }

    fn verify(&mut self, section: &Section<'_, '_>) -> Verify {
        self.known_keys(
            section,
            &["lean", "quint", "simulation_depth", "seed", "quint_verify"],
        );
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

    /// A program with its arguments: a text that is split at blanks, or a list.
    fn command(&mut self, section: &Section<'_, '_>, key: &str) -> Option<Vec<String>> {
        let value = section.get(key)?;
        let name = section.key(key);
        let command: Vec<String> = match value.get_ref() {
            DeValue::String(text) => text.split_whitespace().map(str::to_owned).collect(),
            DeValue::Array(parts) => {
                let mut command = Vec::new();
                for part in parts {
                    command.push(self.text_of(part, &name)?.0.to_owned());
                }
                command
            }
            _ => {
                self.wrong_type(value, &name, "a string or an array of strings");
                return None;
            }
        };
        if command
            .first()
            .is_none_or(|program| program.trim().is_empty())
        {
            self.problem(
                &EMPTY_COMMAND,
                value.span(),
                "",
                format!("`{name}` names no program"),
            )
            .help(format!(
                "write `{key} = \"PROGRAM ARGUMENTS\"`, or remove the key"
            ));
            return None;
        }
        Some(command)
    }

    fn number(
        &mut self,
        section: &Section<'_, '_>,
        key: &str,
        least: u64,
        most: u64,
    ) -> Option<u64> {
        let value = section.get(key)?;
        let name = section.key(key);
        let DeValue::Integer(integer) = value.get_ref() else {
            self.wrong_type(value, &name, "an integer");
            return None;
        };
        let number = u64::from_str_radix(integer.as_str(), integer.radix())
            .ok()
            .filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.problem(
                &OUT_OF_RANGE,
                value.span(),
                "",
                format!("`{name}` is a number from {least} to {most}"),
            );
        }
        number
    }

    fn flag(&mut self, section: &Section<'_, '_>, key: &str) -> Option<bool> {
        let value = section.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(value, &section.key(key), "a boolean");
        }
        flag
    }

    fn text<'t>(
        &mut self,
        section: &Section<'t, '_>,
        key: &str,
    ) -> Option<(&'t str, Range<usize>)> {
        let value = section.get(key)?;
        self.text_of(value, &section.key(key))
    }

    fn text_of<'t>(&mut self, value: &'t Value<'_>, name: &str) -> Option<(&'t str, Range<usize>)> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(value, name, "a string");
        }
        Some((text?, value.span()))
    }

    fn word<T: Copy>(&mut self, value: &Value<'_>, name: &str, words: &[(&str, T)]) -> Option<T> {
        let (text, span) = self.text_of(value, name)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.problem(
                &UNKNOWN_VALUE,
                span,
                "",
                format!("`{name}` does not know the word `{text}`"),
            )
            .help(choices("it takes", text, &known));
        }
        found.map(|(_, meaning)| *meaning)
    }

    fn folder(
        &mut self,
        section: &Section<'_, '_>,
        owner: &str,
        default: &str,
        folders: &mut Folders,
    ) -> Option<crate::rel_path::RelPath> {
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

    fn section<'t, 'i>(&mut self, parent: &Section<'t, 'i>, key: &str) -> Section<'t, 'i> {
        let name = parent.key(key);
        let value = parent.get(key);
        let table = value.and_then(|value| value.get_ref().as_table());
        if let (Some(value), None) = (value, table) {
            self.wrong_type(value, &name, "a table");
        }
        Section {
            name,
            table,
            span: value.map_or(0..0, Spanned::span),
        }
    }

    fn known_keys(&mut self, section: &Section<'_, '_>, known: &[&str]) {
        for (key, value) in section.table.into_iter().flatten() {
            let word = key.get_ref();
            if known.contains(&word.as_ref()) {
                continue;
            }
            let what = match value.get_ref() {
                DeValue::Table(_) => "table",
                _ => "key",
            };
            let place = if section.name.is_empty() {
                "the manifest".to_owned()
            } else {
                format!("`[{}]`", section.name)
            };
            self.problem(
                &UNKNOWN_KEY,
                key.span(),
                "",
                format!("{place} has no {what} `{word}`"),
            )
            .help(choices("it has", word, known));
        }
    }

    fn wrong_type(&mut self, value: &Value<'_>, name: &str, wanted: &str) {
        let found = value.get_ref().type_str();
        let article = if found.starts_with(['a', 'i']) {
            "an"
        } else {
            "a"
        };
        self.problem(
            &WRONG_TYPE,
            value.span(),
            &format!("{article} {found}"),
            format!("`{name}` takes {wanted}"),
        );
    }

    fn problem(
        &mut self,
        code: &'static Code,
        span: Range<usize>,
        label: &str,
        message: String,
    ) -> Last<'_> {
        let finding = self.source.finding(code, span, label, message);
        self.findings.push(finding);
        Last(&mut self.findings)
    }
}

/// The finding that was pushed last, to say more about it.
struct Last<'a>(&'a mut Vec<Diagnostic>);

impl Last<'_> {
    fn help(self, help: impl Into<String>) {
        if let Some(last) = self.0.last_mut() {
            last.help.push(help.into());
        }
    }
}

/// What could have been written instead.
fn choices(verb: &str, _word: &str, known: &[&str]) -> String {
    let list: Vec<_> = known.iter().map(|word| format!("`{word}`")).collect();
    format!("{verb} {}", list.join(", "))
}
