//! Findings for a person, in the form of rustc.

use std::{fmt, ops::Range};

use annotate_snippets::{AnnotationKind, Level as Shown, Message, Origin, Renderer, Snippet};

use super::{
    Diagnostic, Level, Options, Place,
    printable::{printable, visible},
    render::{count, rest},
};

/// Write findings in the form of rustc, an empty line after each, and a line
/// that counts them. Nothing is written when there are none.
///
/// Fails only where `out` does.
pub fn render(
    findings: &[Diagnostic],
    options: &Options<'_>,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    let renderer = if options.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let shown = options.shown(findings);
    for finding in findings.iter().take(shown) {
        writeln!(out, "{}\n", one(finding, options, &renderer))?;
    }
    if shown < findings.len() {
        writeln!(out, "{}\n", rest(findings.len() - shown))?;
    }
    if let Some(count) = count(findings) {
        writeln!(out, "{count}")?;
    }
    Ok(())
}

fn one(finding: &Diagnostic, options: &Options<'_>, renderer: &Renderer) -> String {
    let level = match finding.level {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Note => Shown::NOTE,
    };
    let mut group = level
        .primary_title(printable(&finding.message))
        .id(finding.code.to_string())
        .elements(std::iter::empty::<Message<'_>>());
    if let Some(place) = &finding.place {
        let file = printable(&options.file(place)).into_owned();
        group = match excerpt(finding) {
            Some(excerpt) => group.element(
                Snippet::source(excerpt.line)
                    .path(file)
                    .line_start(number(place.line))
                    .annotation(
                        AnnotationKind::Primary
                            .span(excerpt.span)
                            .label(excerpt.label),
                    ),
            ),
            None => group.element(origin(file, place)),
        };
    }
    if let Some(element) = &finding.element {
        group = group.element(Shown::NOTE.message(format!("in {}", printable(element))));
    }
    group = group.elements(
        finding
            .notes
            .iter()
            .map(|note| Shown::NOTE.message(lines(note))),
    );
    group = group.elements(
        finding
            .help
            .iter()
            .map(|help| Shown::HELP.message(lines(help))),
    );
    renderer.render(&[group])
}

fn origin(file: String, place: &Place) -> Origin<'static> {
    let origin = Origin::path(file);
    match (place.line, place.column) {
        (None, _) => origin,
        (line, None) => origin.line(number(line)),
        (line, column) => origin.line(number(line)).char_column(number(column)),
    }
}

fn number(counted: Option<u32>) -> usize {
    counted.map_or(1, |counted| usize::try_from(counted).unwrap_or(usize::MAX))
}

/// A text of several lines. Each further line starts with a bar, so that none
/// can pass for a line of our own or for a command to the build server.
fn lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(printable).collect();
    lines.join("\n| ")
}

/// The first line of what a snippet marks, safe to print.
struct Excerpt {
    line: String,
    span: Range<usize>,
    label: String,
}

/// The column of the place is counted in this line, so that it has exactly as
/// many characters as the line of the file.
fn excerpt(finding: &Diagnostic) -> Option<Excerpt> {
    let snippet = finding.snippet.as_ref()?;
    finding.place.as_ref()?.line?;
    let (start, end) = snippet.span;
    let before = snippet.source.get(..start)?;
    let marked = snippet.source.get(start..end)?;
    let after = snippet.source.get(end..)?;
    let head = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    let (marked, tail) = match marked.split_once('\n') {
        Some((first, _)) => (first, ""),
        None => (
            marked,
            after.split_once('\n').map_or(after, |(line, _)| line),
        ),
    };
    let mut line = visible(head);
    let start = line.len();
    line.push_str(&visible(marked));
    let end = line.len();
    line.push_str(&visible(tail.trim_end_matches('\r')));
    Some(Excerpt {
        line,
        span: start..end,
        label: printable(&snippet.label).into_owned(),
    })
}
