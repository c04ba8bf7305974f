//! Typed access to the tables of a manifest: what is right is read, what is
//! wrong is collected.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::diagnostic::{
    Code, Diagnostic, Source, closest,
    codes::manifest::{EMPTY_COMMAND, OUT_OF_RANGE, UNKNOWN_KEY, UNKNOWN_VALUE, WRONG_TYPE},
};

pub(super) type Value<'i> = Spanned<DeValue<'i>>;

/// Collects what is wrong while it reads what is right.
pub(super) struct Reader<'a> {
    pub(super) source: Source<'a>,
    pub(super) findings: Vec<Diagnostic>,
}

/// One table of the manifest, with its dotted name.
pub(super) struct Section<'t, 'i> {
    pub(super) name: String,
    pub(super) table: Option<&'t DeTable<'i>>,
    pub(super) span: Range<usize>,
}

impl<'t, 'i> Section<'t, 'i> {
    pub(super) fn get(&self, key: &str) -> Option<&'t Value<'i>> {
        self.table?.get(key)
    }

    pub(super) fn key(&self, key: &str) -> String {
        if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        }
    }
}

impl Reader<'_> {
    /// A program with its arguments: a text that is split at blanks, or a list.
    pub(super) fn command(&mut self, section: &Section<'_, '_>, key: &str) -> Option<Vec<String>> {
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

    pub(super) fn number(
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

    pub(super) fn flag(&mut self, section: &Section<'_, '_>, key: &str) -> Option<bool> {
        let value = section.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(value, &section.key(key), "`true` or `false`");
        }
        flag
    }

    pub(super) fn text<'t>(
        &mut self,
        section: &Section<'t, '_>,
        key: &str,
    ) -> Option<(&'t str, Range<usize>)> {
        let value = section.get(key)?;
        self.text_of(value, &section.key(key))
    }

    pub(super) fn text_of<'t>(
        &mut self,
        value: &'t Value<'_>,
        name: &str,
    ) -> Option<(&'t str, Range<usize>)> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(value, name, "a string");
        }
        Some((text?, value.span()))
    }

    pub(super) fn word<T: Copy>(
        &mut self,
        value: &Value<'_>,
        name: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let (text, span) = self.text_of(value, name)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.problem(
                &UNKNOWN_VALUE,
                span,
                "",
                format!("`{name}` does not know the word `{}`", clipped(text)),
            )
            .help(choices("it takes", text, &known));
        }
        found.map(|(_, meaning)| *meaning)
    }

    pub(super) fn section<'t, 'i>(
        &mut self,
        parent: &Section<'t, 'i>,
        key: &str,
    ) -> Section<'t, 'i> {
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

    pub(super) fn known_keys(&mut self, section: &Section<'_, '_>, known: &[&str]) {
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
                format!("{place} has no {what} `{}`", clipped(word)),
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

    pub(super) fn problem(
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
pub(super) struct Last<'a>(&'a mut Vec<Diagnostic>);

impl Last<'_> {
    pub(super) fn help(self, help: impl Into<String>) {
        if let Some(last) = self.0.last_mut() {
            last.help.push(help.into());
        }
    }
}

/// A word as a message quotes it: a message stays readable whatever is in the file.
pub(super) fn clipped(word: &str) -> String {
    const LONGEST: usize = 60;
    if word.chars().count() <= LONGEST {
        return word.to_owned();
    }
    let start: String = word.chars().take(LONGEST).collect();
    format!("{start}...")
}

/// What could have been written instead: the word that is meant, or else all.
fn choices(verb: &str, word: &str, known: &[&str]) -> String {
    if let Some(meant) = closest(word, known.iter().copied()) {
        return format!("did you mean `{meant}`?");
    }
    let list: Vec<_> = known.iter().map(|word| format!("`{word}`")).collect();
    format!("{verb} {}", list.join(", "))
}
