//! Where the parts of a document stand in its text.

use std::{collections::BTreeMap, ops::Range};

use serde_json::value::RawValue;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A step on the way to a part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// To what stands behind a key.
    Key(&'static str),
    /// To an item of a list, counted from 0.
    At(usize),
}

/// The bytes of the part that steps lead to, from the whole document, in a text
/// that [`super::Document::read`] reads; none where they lead nowhere. Of a table
/// of TOML it is the header.
pub fn span(text: &str, steps: &[Step]) -> Option<Range<usize>> {
    if text.trim_start().starts_with('{') {
        in_json(text, steps)
    } else {
        in_toml(text, steps)
    }
}

fn in_json(text: &str, steps: &[Step]) -> Option<Range<usize>> {
    let mut part: &RawValue = serde_json::from_str(text).ok()?;
    for step in steps {
        part = match step {
            Step::Key(key) => serde_json::from_str::<BTreeMap<String, &RawValue>>(part.get())
                .ok()?
                .remove(*key)?,
            Step::At(at) => *serde_json::from_str::<Vec<&RawValue>>(part.get())
                .ok()?
                .get(*at)?,
        };
    }
    // A raw value is a part of the text that it was read from.
    let start = (part.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    Some(start..start + part.get().len())
}

fn in_toml(text: &str, steps: &[Step]) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    let (first, rest) = steps.split_first()?;
    let mut part: &Spanned<DeValue<'_>> = match first {
        Step::Key(key) => table.get_ref().get(*key)?,
        Step::At(_) => return None,
    };
    for step in rest {
        part = match (step, part.get_ref()) {
            (Step::Key(key), DeValue::Table(table)) => table.get(*key)?,
            (Step::At(at), DeValue::Array(list)) => list.get(*at)?,
            _ => return None,
        };
    }
    Some(part.span())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_in_either_form() {
        let toml = "slice = \"s\"\n[[events]]\nname = \"A\"\n[[events]]\nname = \"B\"\n\
                    attributes = [{ name = \"x\" }, { name = \"y\" }]\n";
        let json = " {\"slice\": \"s\", \"events\": [{\"name\": \"A\"}, {\"name\": \"B\", \
             \"attributes\": [{\"name\": \"x\"}, {\"name\": \"y\"}]}]}";
        let event = [Step::Key("events"), Step::At(1)];
        let attribute = [&event[..], &[Step::Key("attributes"), Step::At(1)]].concat();
        let shown = |text: &'static str, steps: &[Step]| {
            let span = span(text, steps).expect("it is there");
            (span.start, &text[span])
        };
        assert_eq!(shown(toml, &event), (34, "[[events]]"));
        assert_eq!(shown(toml, &attribute).1, "{ name = \"y\" }");
        assert!(shown(json, &event).1.starts_with("{\"name\": \"B\""));
        assert_eq!(shown(json, &attribute).1, "{\"name\": \"y\"}");
        for text in [toml, json] {
            for nowhere in [
                &[Step::Key("commands"), Step::At(0)][..],
                &[Step::Key("events"), Step::At(2)],
                &[Step::Key("slice"), Step::At(0)],
                &[Step::At(0)],
            ] {
                assert_eq!(span(text, nowhere), None, "{nowhere:?}");
            }
        }
    }
}
