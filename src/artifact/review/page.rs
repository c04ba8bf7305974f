//! A page as it is written: headings, facts in items, tables.

use std::fmt::Write as _;

use super::escape;

/// Markdown, line by line. The parts are text that is escaped already.
#[derive(Debug, Default)]
pub(super) struct Page(String);

impl Page {
    /// A heading, with an empty line around.
    pub fn heading(&mut self, level: usize, title: &str) {
        self.gap();
        let _ = writeln!(self.0, "{} {title}\n", "#".repeat(level));
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.gap();
        let _ = writeln!(self.0, "{text}\n");
    }

    /// An item of a list.
    pub fn item(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.0, "{}- {text}", "  ".repeat(depth));
    }

    /// The head of a table.
    pub fn head(&mut self, cells: &[&str]) {
        self.gap();
        self.row(cells);
        self.row(&vec!["---"; cells.len()]);
    }

    /// A row of a table.
    pub fn row(&mut self, cells: &[&str]) {
        let _ = writeln!(self.0, "| {} |", cells.join(" | "));
    }

    /// A Mermaid chart of these lines.
    pub fn chart(&mut self, lines: &[String]) {
        self.gap();
        let _ = writeln!(self.0, "```mermaid\n{}\n```", lines.join("\n"));
    }

    /// The text, with one line end behind the last line.
    pub fn finish(self) -> String {
        format!("{}\n", self.0.trim_end())
    }

    /// One empty line, unless there is one.
    fn gap(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }
}

/// Names with commas between.
pub(super) fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(escape::name).collect();
    names.join(", ")
}
