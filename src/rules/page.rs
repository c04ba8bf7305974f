//! A rule as a person reads it: what `explain` prints, and the page of all rules.

use std::fmt::Write as _;

use super::{Rule, Shown, VACUOUS, all};
use crate::diagnostic::{Area, Code};

/// What is to be said about a rule, in paragraphs.
pub fn explained(rule: &Rule) -> String {
    let mut text = about(rule.code);
    // Writing into a String cannot fail.
    let _ = write!(text, "\nWhat to do: {}.\n", rule.hint);
    for (what, shown) in [("Wrong", rule.example.wrong), ("Right", rule.example.right)] {
        let _ = match shown {
            Shown::Document(document) => {
                write!(text, "\n{what}:\n\n```toml\n{}\n```\n", document.trim())
            }
            Shown::Told(told) => write!(text, "\n{what}: {told}\n"),
        };
    }
    text
}

fn about(code: &Code) -> String {
    format!("{}.\n\n{}\n", capital(code.title), code.explanation)
}

fn capital(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The page of all rules, in Markdown.
pub fn page() -> String {
    let mut page = String::from(
        "# The rules\n\n\
         Made from the registry of the rules; `cargo emc explain CODE` prints the same.\n\
         Examples are documents, as [authoring.md](authoring.md) describes them, in which\n\
         everything is left out that does not matter. An error fails `cargo emc build` and\n\
         `check`, a warning advises; `[rules]` in emc.toml sets the level of a rule (by\n\
         code or name) or of an area, and names exceptions with their reasons.\n",
    );
    for area in Area::ALL {
        let _ = write!(page, "\n## {} (`{area}`)\n", area.title());
        let vacuous = VACUOUS.iter().map(|code| (*code, None));
        let mut rules: Vec<(&Code, Option<&Rule>)> = all()
            .map(|rule| (rule.code, Some(rule)))
            .chain(vacuous)
            .filter(|(code, _)| Area::of(code) == Some(*area))
            .collect();
        rules.sort_by_key(|(code, _)| code.number);
        for (code, rule) in rules {
            let _ = write!(page, "\n### {code} {} ({})\n\n", code.name, code.level);
            page.push_str(&rule.map_or_else(|| about(code), explained));
        }
    }
    page
}
