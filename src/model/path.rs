//! The way to an element of the model.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kinds of element that a finding can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // They are named after the element.
pub enum Part {
    Project,
    Workflow,
    Slice,
    Step,
    Transition,
    Stream,
    Payload,
    Event,
    Attribute,
    Command,
    Input,
    Error,
    Automation,
    Translation,
    ReadModel,
    Field,
    View,
    Control,
    Token,
    State,
    Outcome,
    Scenario,
    Card,
    Source,
    Target,
    Trigger,
    Owner,
    Datum,
    Arrival,
    Claim,
    Evidence,
    External,
}

impl Part {
    /// How a finding names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Workflow => "workflow",
            Self::Slice => "slice",
            Self::Step => "step",
            Self::Transition => "transition from",
            Self::Stream => "stream",
            Self::Payload => "payload",
            Self::Event => "event",
            Self::Attribute => "attribute",
            Self::Command => "command",
            Self::Input => "input",
            Self::Error => "error",
            Self::Automation => "automation",
            Self::Translation => "translation",
            Self::ReadModel => "read model",
            Self::Field => "field",
            Self::View => "view",
            Self::Control => "control",
            Self::Token => "token",
            Self::State | Self::Arrival => "state",
            Self::Outcome => "outcome",
            Self::Scenario => "scenario",
            Self::Card => "card",
            Self::Source => "from",
            Self::Target => "to",
            Self::Trigger => "trigger",
            Self::Owner => "under",
            Self::Datum => "datum",
            Self::Claim => "claim",
            Self::Evidence => "evidence from",
            Self::External => "message",
        }
    }
}

/// Where something is in the model, outermost element first.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Path(pub Vec<(Part, String)>);

impl Path {
    /// The thing that is looked at, itself.
    pub fn here() -> Self {
        Self::default()
    }

    /// These elements, each inside the one before it.
    pub fn at<const DEPTH: usize>(elements: [(Part, &str); DEPTH]) -> Self {
        Self(
            elements
                .into_iter()
                .map(|(part, name)| (part, name.to_owned()))
                .collect(),
        )
    }

    /// The name of the outermost element of this kind.
    pub fn named(&self, wanted: Part) -> Option<&str> {
        named(&self.0, wanted)
    }

    /// The same place, seen from outside `element`.
    #[must_use]
    pub fn inside(mut self, part: Part, name: &str) -> Self {
        self.0.insert(0, (part, name.to_owned()));
        self
    }
}

/// The name of the outermost of these elements that is of this kind.
pub(crate) fn named(elements: &[(Part, String)], wanted: Part) -> Option<&str> {
    let mut elements = elements.iter();
    let found = elements.find(|(part, _)| *part == wanted);
    found.map(|(_, name)| name.as_str())
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (part, name)) in self.0.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{} {}", part.as_str(), Visible(name))?;
        }
        Ok(())
    }
}

/// A name that stays on its line and shows what it holds. Letter for letter what
/// the Lean report writes, so that a finding is the same line wherever it is read.
struct Visible<'a>(&'a str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                '\0'..='\u{1f}'
                | '\u{7f}'..='\u{9f}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202f}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}' => write!(f, "\\u{{{:x}}}", u32::from(letter))?,
                letter => fmt::Write::write_char(f, letter)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_line_that_shows_what_it_holds() {
        let path = Path::at([(Part::ReadModel, "Boxes"), (Part::Field, "a\r\n\tb\u{0}")])
            .inside(Part::Slice, "free \u{202e}boxes é");
        assert_eq!(
            path.to_string(),
            "slice free \\u{202e}boxes é, read model Boxes, field a\\r\\n\\tb\\u{0}"
        );
        assert_eq!(Path::here().to_string(), "");
    }
}
