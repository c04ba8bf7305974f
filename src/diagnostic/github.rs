//! Findings as annotations of a pull request: GitHub's workflow commands.

use std::fmt;

use super::{Diagnostic, Level, Options, printable};

/// How many annotations of one level the service shows for a step.
const SHOWN: usize = 10;

/// Write `::error file=...,line=...,col=...,title=...::message` for each
/// finding, at most ten of each level, which is what the service shows, and a
/// notice that counts the rest. The prefix of the options is the way from the
/// root of the repository.
///
/// Fails only where `out` does.
pub fn render(
    findings: &[Diagnostic],
    options: &Options<'_>,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    let mut hidden = 0;
    for level in [Level::Error, Level::Warning, Level::Note] {
        let of_level = findings.iter().filter(|finding| finding.level == level);
        hidden += of_level.clone().count().saturating_sub(SHOWN);
        for finding in of_level.take(SHOWN) {
            command(finding, options, out)?;
        }
    }
    if hidden > 0 {
        writeln!(
            out,
            "::notice title=cargo-emc::{hidden} more findings are in the log only"
        )?;
    }
    Ok(())
}

fn command(finding: &Diagnostic, options: &Options<'_>, out: &mut impl fmt::Write) -> fmt::Result {
    let verb = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    write!(out, "::{verb} ")?;
    if let Some(place) = &finding.place {
        write!(out, "file={},", property(&options.file(place)))?;
        if let Some(line) = place.line {
            write!(out, "line={line},")?;
            if let Some(column) = place.column {
                write!(out, "col={column},")?;
            }
        }
    }
    let title = format!("{} {}", finding.code, finding.code.name);
    let mut text = printable(&finding.message).into_owned();
    if let Some(element) = &finding.element {
        text.push_str("\nin ");
        text.push_str(&printable(element));
    }
    for help in &finding.help {
        text.push_str("\nhelp: ");
        text.push_str(&printable(help));
    }
    writeln!(out, "title={}::{}", property(&title), data(&text))
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
