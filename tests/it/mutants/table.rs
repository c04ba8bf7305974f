//! The table of seeded mistakes, and what is wrong with it.

use std::{fmt::Write as _, fs, path::Path};

use super::{Also, Told, quint, vacuous};

/// Code and name of every rule, those of Lean as its library lists them.
pub fn catalogue() -> Vec<(String, String)> {
    let report =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/artifact/lean/library/Emc/Report.lean");
    let report = fs::read_to_string(report).expect("the report");
    let lean = report.lines().filter_map(|line| {
        // `  (001, "name", "hint"),`
        let (number, rest) = line.strip_prefix("  (")?.split_once(", \"")?;
        let name = rest.split('"').next()?;
        (number.len() == 3).then(|| (format!("EMC{number}"), name.to_owned()))
    });
    let quint = quint::RULES
        .iter()
        .map(|(code, name, _)| ((*code).to_owned(), (*name).to_owned()));
    let mut rules: Vec<(String, String)> = lean.chain(quint).collect();
    rules.sort();
    rules
}

/// A mistake and what was told of it.
pub struct Row {
    code: &'static str,
    what: &'static str,
    reported: String,
    also: String,
}

impl Row {
    pub fn new(code: &'static str, what: &'static str, also: &Also, told: &Told) -> Self {
        let places = told.get(code).map_or(&[][..], Vec::as_slice);
        let mut reported = places
            .first()
            .map_or_else(String::new, |place| story(place));
        if places.len() > 1 {
            let _ = write!(reported, " (and {} more)", places.len() - 1);
        }
        let also: Vec<String> = also
            .iter()
            .map(|(code, reason)| format!("{code}: {reason}"))
            .collect();
        Self {
            code,
            what,
            reported,
            also: also.join("; "),
        }
    }
}

/// A story of Quint in plain words; a place of Lean is one already.
fn story(place: &str) -> String {
    if place == "[]" {
        return "the start of the journey".to_owned();
    }
    let plain = place.strip_prefix("Set").unwrap_or(place);
    let plain = plain.replace(", \"\")", ")").replace("\"), (\"", " → ");
    let edge = |letter: char| "[]() ".contains(letter);
    plain.trim_matches(edge).replace('"', "")
}

/// What was told and not declared, and what was declared and not told.
pub fn problems(code: &str, what: &str, also: &Also, told: &Told) -> Vec<String> {
    let mut declared: Vec<&str> = also.iter().map(|(code, _)| *code).collect();
    declared.push(code);
    let mut problems = Vec::new();
    for (other, places) in told {
        if !declared.contains(&other.as_str()) {
            problems.push(format!("{code}: {what}: tells {other} too: {places:?}"));
        }
    }
    for declared in declared {
        if !told.contains_key(declared) {
            problems.push(format!("{code}: {what}: {declared} is not told"));
        }
    }
    problems
}

const HEAD: &str = "\
# Seeded mistakes

Two mistakes at least for each rule: the clean model of the tests with one mistake in
each row, and what the real Lean and the real Quint tell of it. Both look at every
mutant. `Also` are the codes of other rules that cannot hold then, with the reason;
nothing else is told. Quint tells the shortest journey to the fault.

Written by the test `mutants`, which compares it each time;
`SNAPSHOTS=overwrite cargo test --locked --test it mutants` writes it again.

| Rule | Tool | Mistake | Told of | Also |
| --- | --- | --- | --- | --- |
";

/// The text of a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The page.
pub fn table(rows: &[Row], edits: &[Row]) -> String {
    let mut page = HEAD.to_owned();
    let catalogue = catalogue();
    for (code, name) in &catalogue {
        let tool = if quint::RULES.iter().any(|rule| rule.0 == code) {
            "Quint"
        } else {
            "Lean"
        };
        for row in rows.iter().filter(|row| row.code == code) {
            let (what, told, also) = (cell(row.what), cell(&row.reported), cell(&row.also));
            let _ = writeln!(
                page,
                "| `{code}` {name} | {tool} | {what} | {told} | {also} |"
            );
        }
    }
    page.push_str(vacuous::HEAD);
    for (row, edit) in edits.iter().zip(vacuous::EDITS) {
        let name = catalogue.iter().find(|rule| rule.0 == row.code);
        let (code, name) = (row.code, name.map_or("", |rule| rule.1.as_str()));
        let (what, told, also) = (cell(row.what), cell(&row.reported), cell(&row.also));
        let why = edit.why;
        let _ = writeln!(
            page,
            "| `{code}` {name} | {why} | {what} | {told} | {also} |"
        );
    }
    page.push_str(vacuous::UNCHECKED);
    page
}
