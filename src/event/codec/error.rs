//! Why an event could not be read.

use std::fmt;

use crate::{
    diagnostic::{Code, Diagnostic, Place, closest, codes::events},
    event::{EmcEvent, SliceFact, vocabulary::UnknownWord},
};

/// Why an event could not be read: the variant, the key, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    variant: Option<String>,
    /// Innermost first.
    path: Vec<String>,
    problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text is not JSON.
    NotJson(String),
    /// The JSON is not an object with one key.
    NotAnEvent,
    /// There is no event of this name.
    UnknownEvent,
    /// The event cannot have a body of this kind.
    UnknownBody(String),
    /// A key is not there.
    Missing {
        /// What its value should be.
        expected: &'static str,
    },
    /// A value is of another kind.
    Unexpected {
        /// What it should be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// Text is empty, or nothing but white space.
    EmptyText,
    /// A word is not in its vocabulary.
    UnknownWord(UnknownWord),
    /// Values that cannot stand together: what holds for the key.
    Combination(&'static str),
}

impl DecodeError {
    pub(in crate::event) fn new(problem: Problem) -> Self {
        Self(Box::new(Inner {
            variant: None,
            path: Vec::new(),
            problem,
        }))
    }

    pub(in crate::event) fn under(mut self, key: String) -> Self {
        self.0.path.push(key);
        self
    }

    pub(super) fn of(mut self, variant: &str) -> Self {
        self.0.variant = Some(variant.to_owned());
        self
    }

    /// The name of the event, as it stands there.
    pub fn variant(&self) -> Option<&str> {
        self.0.variant.as_deref()
    }

    /// The keys that lead from the event to what is wrong, such as
    /// `body.SliceViewAdded.controls[0].name`; empty when it is the event itself.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for key in self.0.path.iter().rev() {
            if !path.is_empty() && !key.starts_with('[') {
                path.push('.');
            }
            path.push_str(key);
        }
        path
    }

    /// What is wrong.
    pub fn problem(&self) -> &Problem {
        &self.0.problem
    }

    /// The known word that was probably meant.
    pub fn suggestion(&self) -> Option<&'static str> {
        match self.problem() {
            Problem::UnknownEvent => closest(self.variant()?, EmcEvent::VARIANTS.iter().copied()),
            Problem::UnknownBody(kind) if self.variant() == Some(SliceFact::EVENT) => {
                closest(kind, SliceFact::BODIES.iter().copied())
            }
            Problem::UnknownWord(unknown) => closest(&unknown.text, unknown.known.iter().copied()),
            _ => None,
        }
    }

    /// The finding that an event in a transaction file cannot be read.
    pub fn diagnostic(&self, place: Place) -> Diagnostic {
        let mut finding = Diagnostic::new(self.code(), self.to_string()).at(place);
        if let Some(meant) = self.suggestion() {
            finding = finding.help(format!("did you mean `{meant}`?"));
        }
        if let Problem::UnknownWord(unknown) = self.problem() {
            finding = finding.note(format!("known: {}", unknown.known.join(", ")));
        }
        match self.problem() {
            Problem::UnknownEvent | Problem::UnknownBody(_) | Problem::UnknownWord(_) => finding
                .help("if a newer version wrote it, update: `cargo install --locked cargo-emc`"),
            _ => finding.help(
                "the file is not as any known tool writes it: restore it with \
                 `git checkout -- FILE`, or ask the tool that wrote it",
            ),
        }
    }

    fn code(&self) -> &'static Code {
        match self.problem() {
            Problem::NotJson(_) | Problem::NotAnEvent => &events::NO_EVENT,
            Problem::UnknownEvent | Problem::UnknownBody(_) => &events::UNKNOWN_EVENT,
            Problem::Missing { .. } | Problem::Unexpected { .. } | Problem::EmptyText => {
                &events::MALFORMED_EVENT
            }
            Problem::UnknownWord(_) => &events::UNKNOWN_WORD,
            Problem::Combination(_) => &events::IMPOSSIBLE_EVENT,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        let variant = self.variant().unwrap_or_default();
        match self.problem() {
            Problem::NotJson(cause) => return write!(f, "the event data is not JSON: {cause}"),
            Problem::NotAnEvent => {
                return f.write_str("the event data is not an object with one key, the event");
            }
            Problem::UnknownEvent => return write!(f, "there is no event `{variant}`"),
            Problem::UnknownBody(kind) => {
                return write!(f, "`{variant}` cannot have a body `{kind}`");
            }
            _ => {}
        }
        write!(f, "`{variant}` cannot be read: ")?;
        if path.is_empty() {
            f.write_str("it")?;
        } else {
            write!(f, "`{path}`")?;
        }
        match self.problem() {
            Problem::Missing { expected } => write!(f, " is missing (it is {expected})"),
            Problem::Unexpected { expected, found } => write!(f, " is {found}, not {expected}"),
            Problem::EmptyText => f.write_str(" is empty"),
            Problem::UnknownWord(unknown) => write!(f, " is `{}`, an unknown word", unknown.text),
            Problem::Combination(rule) => write!(f, " {rule}"),
            // Written above.
            Problem::NotJson(_)
            | Problem::NotAnEvent
            | Problem::UnknownEvent
            | Problem::UnknownBody(_) => Ok(()),
        }
    }
}

impl std::error::Error for DecodeError {}
