//! What Lean says, as findings.

use super::quote::{bounded, quoting};
use crate::{
    diagnostic::{Code, Diagnostic, Level, Place, codes::environment::TOOL_SAID},
    rel_path::RelPath,
};

/// One message of Lean.
#[derive(Debug, PartialEq, Eq)]
struct Message<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    /// None for information.
    level: Option<Level>,
    text: String,
}

/// What `emc_certify` says when a rule is broken: the report tells which.
const NOT_CERTIFIED: &str = "not certified: see the rules reported above";

/// The findings in what Lean said of a module below `folder`.
pub(super) fn findings(said: &str, folder: &RelPath) -> Vec<Diagnostic> {
    let messages = messages(said);
    let reported = messages
        .iter()
        .any(|message| message.level == Some(Level::Error) && rule(&message.text).is_some());
    messages
        .into_iter()
        .filter(|message| !(reported && message.text.contains(NOT_CERTIFIED)))
        .filter_map(|message| {
            let level = message.level?;
            let place = Place {
                file: folder.join(&message.file.replace('\\', "/")).to_string(),
                line: Some(message.line),
                column: Some(message.column.saturating_add(1)),
            };
            let finding = if let Some((code, element, hint)) = rule(&message.text) {
                Diagnostic::new(code, code.title).about(element).help(hint)
            } else {
                let (first, rest) = message.text.split_once('\n').unwrap_or((&message.text, ""));
                quoting(Diagnostic::new(&TOOL_SAID, bounded(first)), rest)
                    .help("run `cargo emc verify --list`, and report this if the version fits")
            };
            Some(Diagnostic {
                level,
                ..finding.at(place)
            })
        })
        .collect()
}

/// The code, the element and the hint of `EMC203 name: element (hint)`.
fn rule(text: &str) -> Option<(&'static Code, &str, &str)> {
    let (head, rest) = text.split_once(": ")?;
    let (number, name) = head.split_once(' ')?;
    let code = Code::numbered(number.strip_prefix("EMC")?.parse().ok()?)?;
    let (element, hint) = rest.trim_end().strip_suffix(')')?.rsplit_once(" (")?;
    (code.name == name).then_some((code, element, hint))
}

/// The messages: each begins with its place and goes on until the next one.
fn messages(said: &str) -> Vec<Message<'_>> {
    let mut messages: Vec<Message<'_>> = Vec::new();
    for line in said.lines() {
        match message(line) {
            Some(message) => messages.push(message),
            None => {
                if let Some(last) = messages.last_mut() {
                    last.text.push('\n');
                    last.text.push_str(line);
                }
            }
        }
    }
    messages
}

/// `File.lean:4:0: error: text`; the word may have a name in brackets behind it.
fn message(line: &str) -> Option<Message<'_>> {
    let end = line.find(".lean:")? + ".lean".len();
    let (file, rest) = line.split_at_checked(end)?;
    let (number, rest) = rest.strip_prefix(':')?.split_once(':')?;
    let (column, rest) = rest.split_once(": ")?;
    let (word, text) = rest.split_once(": ").or_else(|| rest.split_once(':'))?;
    let level = match word.split('(').next()? {
        "error" => Some(Level::Error),
        "warning" => Some(Level::Warning),
        "info" => None,
        _ => return None,
    };
    Some(Message {
        file,
        line: number.parse().ok()?,
        column: column.parse().ok()?,
        level,
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(said: &str) -> Vec<(String, Level, String, String)> {
        let folder = RelPath::new("model/lean").expect("a path");
        findings(said, &folder)
            .into_iter()
            .map(|finding| {
                let place = finding.place.expect("a place");
                let place = format!(
                    "{}:{}:{}",
                    place.file,
                    place.line.unwrap_or_default(),
                    place.column.unwrap_or_default()
                );
                let what = finding.element.unwrap_or(finding.message);
                (finding.code.to_string(), finding.level, place, what)
            })
            .collect()
    }

    #[test]
    fn a_broken_rule_is_found_with_its_element_and_its_place() {
        let said = "R/Slices/Receive.lean:112:0: error: EMC203 emitted-event-undeclared: slice \
            receive, command Record (twice), event X (declare the event in the slice of the command)\n\
            R/Slices/Receive.lean:114:44: error: not certified: see the rules reported above\n\
            ⊢ slice.Clean\n\
            R/Slices/Receive.lean:9:1: warning: EMC110 slice-too-wide: slice a (consider one slice \
            per command or view)\n";
        let row = |code: &str, level, place: &str, what: &str| {
            (code.to_owned(), level, place.to_owned(), what.to_owned())
        };
        assert_eq!(
            told(said),
            [
                row(
                    "EMC203",
                    Level::Error,
                    "model/lean/R/Slices/Receive.lean:112:1",
                    "slice receive, command Record (twice), event X"
                ),
                row(
                    "EMC110",
                    Level::Warning,
                    "model/lean/R/Slices/Receive.lean:9:2",
                    "slice a"
                ),
            ]
        );
    }

    #[test]
    fn what_is_no_rule_is_told_as_lean_says_it() {
        let said = "noise before\nA.lean:2:24: error(lean.unknown): no such thing\n  1 = 2\n\
            A.lean:3:0: info: x : Nat\nA.lean:4:0: error: EMC999 no-rule: x (y)\n\
            A.lean:5:0: error: not certified: see the rules reported above\nB.lean:x:0: error: y\n";
        let told = told(said);
        assert!(told.iter().all(|(code, ..)| code == "EMC4009"), "{told:?}");
        let texts: Vec<&str> = told.iter().map(|(.., text)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "no such thing",
                "EMC999 no-rule: x (y)",
                "not certified: see the rules reported above"
            ]
        );
    }
}
