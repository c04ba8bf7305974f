//! A rule as a person reads it: what `explain` prints, and the page of all rules.

use std::fmt::Write as _;

use super::{Shown, hint, of};
use crate::diagnostic::{Area, Code};

/// What is to be said about a code, in paragraphs; about a rule with what to do,
/// and an example.
pub fn explained(code: &Code) -> String {
    let mut text = format!("{}.\n\n{}\n", capital(code.title), code.explanation);
    // Writing into a String cannot fail.
    let hint = hint(code);
    if !hint.is_empty() {
        let _ = write!(text, "\nWhat to do: {hint}.\n");
    }
    let Some(rule) = of(code) else {
        return text;
    };
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
        for code in Code::all().filter(|code| Area::of(code) == Some(*area)) {
            let _ = write!(page, "\n### {code} {} ({})\n\n", code.name, code.level);
            page.push_str(&explained(code));
        }
    }
    page
}
