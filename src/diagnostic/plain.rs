//! Findings as plain text with all that they say, for a reader who does not see
//! the files: notes and next steps stand below each, source text does not.

use std::fmt;

use super::{Diagnostic, Options, printable, render::rest};

/// Write a paragraph for each finding.
///
/// Fails only where `out` does.
pub fn render(
    findings: &[Diagnostic],
    options: &Options<'_>,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    let shown = options.shown(findings);
    for finding in findings.iter().take(shown) {
        let (code, name) = (finding.code, finding.code.name);
        let message = printable(&finding.message);
        writeln!(out, "{}[{code} {name}]: {message}", finding.level)?;
        if let Some(place) = &finding.place {
            write!(out, "  at {}", printable(&options.file(place)))?;
            for counted in [place.line, place.column].into_iter().map_while(|it| it) {
                write!(out, ":{counted}")?;
            }
            writeln!(out)?;
        }
        if let Some(element) = &finding.element {
            writeln!(out, "  in {}", printable(element))?;
        }
        for note in &finding.notes {
            writeln!(out, "  note: {}", printable(note))?;
        }
        for help in &finding.help {
            writeln!(out, "  help: {}", printable(help))?;
        }
    }
    if shown < findings.len() {
        writeln!(out, "{}", rest(findings.len() - shown))?;
    }
    Ok(())
}
