//! Findings for a program: one JSON object a line.
//!
//! | key | value |
//! |---|---|
//! | `reason` | `"diagnostic"` |
//! | `code` | `"EMC2001"` |
//! | `name` | the code's kebab-case name |
//! | `level` | `"error"`, `"warning"` or `"note"`, after all overrides |
//! | `message` | one sentence |
//! | `file` | path with `/`, or null |
//! | `line`, `column` | from 1, the column in characters, or null |
//! | `element` | the model element, outermost first, or null |
//! | `notes`, `help` | arrays of texts |
//! | `snippet` | `{"text", "start", "end", "label"}` or null: the first line of the place, the characters marked in it (from 1, `end` behind the last one), and what is said about them |
//! | `manifest` | the manifest of the project that it is about |
//!
//! Every key but `manifest` is there in every object. Keys may be added; the meaning of these
//! stays while [`SCHEMA`] stays.

use std::fmt;

use serde::Serialize;

use super::{Diagnostic, Options, Snippet};

/// The version of this form.
pub const SCHEMA: u32 = 1;

/// A finding as an object.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
pub struct Object<'a> {
    reason: &'static str,
    code: String,
    name: &'static str,
    level: &'static str,
    message: &'a str,
    file: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    element: Option<&'a str>,
    notes: &'a [String],
    help: &'a [String],
    snippet: Option<Marked<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manifest: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
struct Marked<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    label: &'a str,
}

impl<'a> Object<'a> {
    /// The object of a finding. The limit of the options does not count here.
    pub fn of(finding: &'a Diagnostic, options: &Options<'a>) -> Self {
        let place = finding.place.as_ref();
        Self {
            reason: "diagnostic",
            code: finding.code.to_string(),
            name: finding.code.name,
            level: finding.level.as_str(),
            message: &finding.message,
            file: place.map(|place| options.file(place)),
            line: place.and_then(|place| place.line),
            column: place.and_then(|place| place.column),
            element: finding.element.as_deref(),
            notes: &finding.notes,
            help: &finding.help,
            snippet: finding.snippet.as_ref().and_then(marked),
            manifest: options.manifest,
        }
    }
}

/// Write one line for each finding. The limit of the options does not count here.
///
/// Fails only where `out` does.
pub fn render(
    findings: &[Diagnostic],
    options: &Options<'_>,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    for finding in findings {
        writeln!(
            out,
            "{}",
            serde_json::to_string(&Object::of(finding, options)).map_err(|_| fmt::Error)?
        )?;
    }
    Ok(())
}

fn marked(snippet: &Snippet) -> Option<Marked<'_>> {
    let (start, end) = snippet.span;
    let before = snippet.source.get(..start)?;
    let first = before.rfind('\n').map_or(0, |newline| newline + 1);
    let text = snippet
        .source
        .get(first..)?
        .lines()
        .next()
        .unwrap_or_default();
    let marked = snippet
        .source
        .get(start..end)?
        .lines()
        .next()
        .unwrap_or_default();
    let start = snippet.source.get(first..start)?.chars().count() + 1;
    Some(Marked {
        text,
        start,
        end: start + marked.chars().count(),
        label: &snippet.label,
    })
}
