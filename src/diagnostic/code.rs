//! A code: the stable name of a kind of finding, with its explanation.

use std::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// It stops a build and makes `check` fail.
    Error,
    /// It is told, and nothing else.
    Warning,
    /// Information.
    Note,
}

impl Level {
    /// `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A kind of finding. Numbers are never reused and never change their meaning:
/// 001–999 are the rules of the catalogue, 1001–1999 the manifest, 2001–2199
/// the store, 2201–2299 its events, 3001–3999 the artifacts, 4001–4999 the
/// environment, 5001–5999 edits and documents, 6001–6999 reviews, 7001–7999
/// programs beside their model.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The number behind `EMC`.
    pub number: u16,
    /// Kebab-case name.
    pub name: &'static str,
    /// Level unless the manifest says otherwise.
    pub level: Level,
    /// One line: what a finding of this kind means.
    pub title: &'static str,
    /// Why it matters and what to do, as `cargo emc explain CODE` prints it.
    pub explanation: &'static str,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EMC{:03}", self.number)
    }
}

impl Code {
    /// The code with this text (`EMC2001`, any case, with or without `EMC`) or
    /// kebab-case name.
    pub fn find(text: &str) -> Option<&'static Self> {
        let lower = text.to_ascii_lowercase();
        let digits = lower.strip_prefix("emc").unwrap_or(&lower);
        let number = digits.parse::<u16>().ok();
        Self::all().find(|code| Some(code.number) == number || code.name == lower)
    }

    /// The code with this number.
    pub fn numbered(number: u16) -> Option<&'static Self> {
        Self::all().find(|code| code.number == number)
    }

    /// Every code, by number.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        super::codes::ALL
            .iter()
            .flat_map(|area| area.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_told_apart_by_number_and_by_name() {
        let numbers: Vec<_> = Code::all().map(|code| code.number).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
        let names: BTreeSet<_> = Code::all().map(|code| code.name).collect();
        assert_eq!(names.len(), numbers.len());
        for code in Code::all() {
            assert_eq!(Code::find(code.name), Some(code));
            assert_eq!(Code::find(&code.to_string()), Some(code));
        }
    }

    #[test]
    fn codes_explain_themselves() {
        for code in Code::all() {
            let kebab = |letter: char| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
            };
            assert!(code.name.chars().all(kebab), "{code}");
            assert!(!code.title.ends_with('.'), "{code}");
            assert!(code.explanation.ends_with(['.', '`', ')']), "{code}");
            assert!(code.explanation.len() > code.title.len(), "{code}");
        }
    }
}
