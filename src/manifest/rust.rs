//! `[artifacts.rust]`: what the Rust modules are made with.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::reader::{Reader, Section, clipped};
use crate::diagnostic::codes::manifest::BAD_TYPE;

/// `[artifacts.rust]`, beside what every family has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustSettings {
    /// Whether events can be written and read with serde.
    pub serde: bool,
    /// Whether events are those of eventcore; they have serde then.
    pub eventcore: bool,
    /// `[artifacts.rust.types]`: the type of an attribute by the bit encoding of
    /// its data flow, as rustfmt writes it.
    pub types: BTreeMap<String, String>,
}

impl Default for RustSettings {
    fn default() -> Self {
        Self {
            serde: true,
            eventcore: false,
            types: BTreeMap::new(),
        }
    }
}

impl RustSettings {
    /// The keys beside those that every family has.
    pub(super) const KEYS: [&str; 3] = ["eventcore", "serde", "types"];

    /// As keys of the manifest with their values.
    pub(super) fn inputs(&self) -> Vec<(String, String)> {
        let mut inputs = vec![
            ("artifacts.rust.serde".to_owned(), self.serde.to_string()),
            (
                "artifacts.rust.eventcore".to_owned(),
                self.eventcore.to_string(),
            ),
        ];
        inputs.extend(
            self.types
                .iter()
                .map(|(encoding, own)| (format!("artifacts.rust.types.{encoding}"), own.clone())),
        );
        inputs
    }
}

impl Reader<'_> {
    pub(super) fn rust(&mut self, section: &Section<'_, '_>) -> RustSettings {
        let mut settings = RustSettings::default();
        if let Some(serde) = self.flag(section, "serde") {
            settings.serde = serde;
        }
        settings.eventcore = self.flag(section, "eventcore").unwrap_or_default();
        let types = self.section(section, "types");
        for (encoding, value) in types.table.into_iter().flatten() {
            let name = types.key(encoding.get_ref());
            let Some((text, span)) = self.text_of(value, &clipped(&name)) else {
                continue;
            };
            match rust_type(text) {
                // The model trims its texts.
                Some(own) => {
                    settings
                        .types
                        .insert(encoding.get_ref().trim().to_owned(), own);
                }
                None => self
                    .problem(
                        &BAD_TYPE,
                        span,
                        "",
                        format!("`{}` is no type that a field can have", clipped(text)),
                    )
                    .help(
                        "write the path of a type, for example `uuid::Uuid` or `Vec<money::Money>`",
                    ),
            }
        }
        if let Some(value) = section.get("types")
            && !matches!(value.get_ref(), DeValue::Table(_))
        {
            settings.types.clear();
        }
        settings
    }
}

/// The longest type, so that a field with it fits into a line of rustfmt.
const LONGEST: usize = 80;

/// How deep types may be nested.
const DEEPEST: usize = 8;

/// A path with its arguments, a tuple or an array, as rustfmt writes it; none
/// for anything else.
fn rust_type(text: &str) -> Option<String> {
    let mut rest = Tokens(text);
    let own = rest.parse(DEEPEST)?;
    (rest.0.trim().is_empty() && own.len() <= LONGEST).then_some(own)
}

struct Tokens<'a>(&'a str);

impl<'a> Tokens<'a> {
    fn take(&mut self, token: &str) -> bool {
        match self.0.trim_start().strip_prefix(token) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    fn word(&mut self) -> Option<&'a str> {
        let text = self.0.trim_start();
        let end = text
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }

    fn parse(&mut self, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        if self.take("(") {
            let types = self.list(")", depth)?;
            return Some(match types.as_slice() {
                [one] => format!("({one},)"),
                types => format!("({})", types.join(", ")),
            });
        }
        if self.take("[") {
            let item = self.parse(depth)?;
            let length = self.take(";").then(|| self.word()).flatten()?;
            let number = length.bytes().all(|byte| byte.is_ascii_digit());
            return (number && self.take("]")).then(|| format!("[{item}; {length}]"));
        }
        let mut path = if self.take("::") { "::" } else { "" }.to_owned();
        loop {
            let word = self.word()?;
            if word.starts_with(|first: char| first.is_ascii_digit()) || word == "_" {
                return None;
            }
            path.push_str(word);
            if self.take("<") {
                let arguments = self.list(">", depth)?;
                if arguments.is_empty() {
                    return None;
                }
                path.push_str(&format!("<{}>", arguments.join(", ")));
                return Some(path);
            }
            if !self.take("::") {
                return Some(path);
            }
            path.push_str("::");
        }
    }

    fn list(&mut self, end: &str, depth: usize) -> Option<Vec<String>> {
        let mut types = Vec::new();
        while !self.take(end) {
            types.push(self.parse(depth)?);
            if !self.take(",") {
                return self.take(end).then_some(types);
            }
        }
        Some(types)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_written_as_rustfmt_does() {
        let cases = [
            ("u8", Some("u8")),
            (" ::uuid :: Uuid ", Some("::uuid::Uuid")),
            ("Vec< money::Money,>", Some("Vec<money::Money>")),
            (
                "Option<Vec<(u8,String)>>",
                Some("Option<Vec<(u8, String)>>"),
            ),
            ("[u8;32]", Some("[u8; 32]")),
            ("(u8)", Some("(u8,)")),
            ("()", Some("()")),
            ("", None),
            ("u8, pub x: u8", None),
            ("u8 /* */", None),
            ("Vec<>", None),
            ("&str", None),
            ("a::", None),
            ("1u", None),
            ("String }", None),
        ];
        for (text, own) in cases {
            assert_eq!(rust_type(text).as_deref(), own, "{text}");
        }
        assert_eq!(rust_type(&"Vec<".repeat(5000)), None);
        assert_eq!(rust_type(&"a".repeat(81)), None);
    }
}
