//! The words of a tool in a finding: as they are, but not all of them.

use crate::diagnostic::Diagnostic;

/// Lines that are quoted from the beginning and from the end.
const LINES: (usize, usize) = (6, 6);

/// Letters of a line.
const LETTERS: usize = 300;

/// The line, cut where nobody reads on.
pub(super) fn bounded(line: &str) -> String {
    let line = line.trim_end();
    match line.char_indices().nth(LETTERS) {
        None => line.to_owned(),
        Some((end, _)) => format!("{} ...", line.get(..end).unwrap_or_default()),
    }
}

/// The finding with a note for each line of a text: the first and the last ones.
pub(super) fn quoting(mut finding: Diagnostic, text: &str) -> Diagnostic {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let count = lines.clone().count();
    let left_out = count.saturating_sub(LINES.0 + LINES.1);
    for (index, line) in lines.enumerate() {
        if left_out > 0 && index == LINES.0 {
            finding = finding.note(format!("... {left_out} more lines ..."));
        }
        if left_out == 0 || index < LINES.0 || index >= count - LINES.1 {
            finding = finding.note(bounded(line));
        }
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes::environment::TOOL_SAID;

    #[test]
    fn the_first_and_the_last_lines_are_quoted() {
        let quoted = |count: usize| {
            let text: Vec<String> = (0..count).map(|line| format!("line {line}\n\n")).collect();
            quoting(Diagnostic::new(&TOOL_SAID, ""), &text.concat()).notes
        };
        assert_eq!(quoted(0), [""; 0]);
        assert_eq!(quoted(12).len(), 12);
        let cut = quoted(1000);
        assert_eq!(cut.len(), 13);
        assert_eq!(cut[6], "... 988 more lines ...");
        assert_eq!(cut[12], "line 999");
        assert_eq!(bounded(&"ä".repeat(301)).chars().count(), 304);
    }
}
