//! Findings one a line: `file:line:column: error[EMC2001]: message: element`.

use std::fmt;

use super::{Diagnostic, Options, printable, render::rest};

/// Write one line for each finding. What is not known of the place is left out.
///
/// Fails only where `out` does.
pub fn render(
    findings: &[Diagnostic],
    options: &Options<'_>,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    let shown = options.shown(findings);
    for finding in findings.iter().take(shown) {
        if let Some(place) = &finding.place {
            let file = options.file(place);
            // A build server takes a line that starts with `::` for a command.
            if file.trim_start().starts_with(':') {
                write!(out, "./")?;
            }
            write!(out, "{}:", printable(&file))?;
            for counted in [place.line, place.column].into_iter().map_while(|it| it) {
                write!(out, "{counted}:")?;
            }
            write!(out, " ")?;
        }
        write!(
            out,
            "{}[{}]: {}",
            finding.level,
            finding.code,
            printable(&finding.message)
        )?;
        if let Some(element) = &finding.element {
            write!(out, ": {}", printable(element))?;
        }
        writeln!(out)?;
    }
    if shown < findings.len() {
        writeln!(out, "{}", rest(findings.len() - shown))?;
    }
    Ok(())
}
