//! Findings: a stable code, a place, a cause, and what to do next.

mod area;
mod closest;
mod code;
pub mod codes;
pub mod github;
#[cfg(feature = "cli")]
pub mod human;
pub mod json;
pub mod plain;
mod printable;
mod refused;
mod render;
mod report;
pub mod sarif;
pub mod short;
mod source;

pub use area::Area;
pub(crate) use closest::closest;
pub use code::{Code, Level};
pub use printable::{is_unseen, printable};
pub use refused::Refused;
pub use render::{Options, count};
pub use report::Report;
pub(crate) use source::Source;

/// Where a finding is: a file, and a line and column in it where they are known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Relative to the project root, with `/`.
    pub file: String,
    /// Counted from 1.
    pub line: Option<u32>,
    /// Counted from 1, in characters.
    pub column: Option<u32>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: None,
            column: None,
        }
    }

    /// A line of a file.
    pub fn line(file: impl Into<String>, line: u32) -> Self {
        Self {
            line: Some(line),
            ..Self::file(file)
        }
    }
}

/// Source text with the part that a finding points at, for renderers that draw it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Snippet {
    /// The whole text of the file of the [`Place`].
    pub source: std::sync::Arc<str>,
    /// Byte range in `source`, on character boundaries.
    pub span: (usize, usize),
    /// What is said under the caret; may be empty.
    pub label: String,
}

/// Whether an element, as a finding names it, is `outer` or lies in it. `outer`
/// may leave out what is around it.
pub fn is_within(element: &str, outer: &str) -> bool {
    format!(", {element},").contains(&format!(", {outer},"))
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding this is.
    pub code: &'static Code,
    /// Its level, after the manifest and the command line had their say.
    pub level: Level,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// The model element, outermost first: `slice capture-ticket, event TicketCaptured`.
    pub element: Option<String>,
    /// The text under the caret.
    pub snippet: Option<Snippet>,
    /// Causes and circumstances.
    pub notes: Vec<String>,
    /// What to do next; commands stand in backticks.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A finding at the default level of its code.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            level: code.level,
            message: message.into(),
            place: None,
            element: None,
            snippet: None,
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// The same finding at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same finding about a model element.
    #[must_use]
    pub fn about(mut self, element: impl Into<String>) -> Self {
        self.element = Some(element.into());
        self
    }

    /// The same finding with source text.
    #[must_use]
    pub fn showing(mut self, snippet: Snippet) -> Self {
        self.snippet = Some(snippet);
        self
    }

    /// The same finding with one more note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same finding with one more next step.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

#[cfg(test)]
mod tests;
