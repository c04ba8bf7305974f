//! Names of the model as identifiers of Rust.
//!
//! An identifier keeps what can be read of a name. It depends on no other name,
//! unless two would have the same one: then each that is not the identifier
//! itself ends in a digest of its name.

use std::collections::{BTreeMap, BTreeSet};

use super::text::is_latin;
use crate::digest::Digest;

/// How an identifier is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `TicketCaptured`: types and variants.
    Camel,
    /// `ticket_captured`: fields and functions.
    Snake,
    /// As `Snake`, in ASCII: a module, which is a file.
    Module,
}

/// The longest identifier, in characters: lines that hold two of them and a
/// path fit into the width of rustfmt.
pub(super) const LONGEST: usize = 42;

/// How many hex digits tell names apart.
const DIGITS: usize = 8;

/// Keywords of every edition, reserved ones included.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that no file can have on Windows, whatever follows the dot.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

fn is_device(name: &str) -> bool {
    let numbered = |prefix| {
        name.strip_prefix(prefix)
            .is_some_and(|rest: &str| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    DEVICES.contains(&name) || numbered("com") || numbered("lpt")
}

/// The identifiers of these names, which are all that stand in one place.
/// `taken` are identifiers of that place that are no names of the model.
pub(super) fn identifiers<'a>(
    names: impl IntoIterator<Item = &'a str>,
    case: Case,
    taken: &[&str],
) -> BTreeMap<&'a str, String> {
    let mut wanted: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for name in names {
        let mut identifier = identifier(name, case);
        if taken.contains(&identifier.as_str()) {
            identifier.push('_');
        }
        wanted.entry(identifier).or_default().insert(name);
    }
    let mut found = BTreeMap::new();
    let mut given: BTreeSet<String> = wanted.keys().cloned().collect();
    for (identifier, names) in wanted {
        let shared = names.len() > 1;
        for name in names {
            let mut own = identifier.clone();
            if shared && name != identifier {
                let mut salt = 0_u32;
                own = told_apart(&identifier, name, case, salt);
                while !given.insert(own.clone()) {
                    salt += 1;
                    own = told_apart(&identifier, name, case, salt);
                }
            }
            found.insert(name, own);
        }
    }
    found
}

/// The identifier of a name that stands alone.
pub(super) fn identifier(name: &str, case: Case) -> String {
    let keeps = |c: char| {
        c.is_ascii_alphanumeric() || (case != Case::Module && !c.is_ascii() && is_latin(c))
    };
    // A letter or digit of a script that is not kept.
    let mut lossy = name.chars().any(|c| c.is_alphanumeric() && !keeps(c));
    let mut identifier = String::new();
    for word in name.split(|c| !keeps(c)).filter(|word| !word.is_empty()) {
        if case == Case::Camel {
            let mut letters = word.chars();
            identifier.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            identifier.push_str(letters.as_str());
        } else {
            for hump in humps(word) {
                if !identifier.is_empty() {
                    identifier.push('_');
                }
                identifier.extend(hump.chars().flat_map(char::to_lowercase));
            }
        }
    }
    if identifier.is_empty() {
        identifier.push_str(if case == Case::Camel { "X" } else { "x" });
        lossy = true;
    }
    if identifier.starts_with(|first: char| first.is_ascii_digit()) {
        identifier.insert(0, '_');
    }
    if KEYWORDS.contains(&identifier.as_str()) || (case == Case::Module && is_device(&identifier)) {
        identifier.push('_');
    }
    if lossy || identifier.chars().count() > LONGEST - 1 {
        identifier = told_apart(&identifier, name, case, 0);
    }
    identifier
}

/// The identifier, cut so far that a digest of the name fits behind it.
fn told_apart(identifier: &str, name: &str, case: Case, salt: u32) -> String {
    let mut digest = if salt == 0 {
        Digest::of(name.as_bytes()).hex()
    } else {
        Digest::of(format!("{salt} {name}").as_bytes()).hex()
    };
    digest.truncate(DIGITS);
    let kept: String = identifier.chars().take(LONGEST - DIGITS - 2).collect();
    let kept = kept.trim_end_matches('_');
    match case {
        Case::Camel => format!("{kept}N{digest}"),
        Case::Snake | Case::Module => format!("{kept}_n{digest}"),
    }
}

/// The parts of a word in mixed case: `HTTPError2` is `HTTP`, `Error2`.
fn humps(word: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    let mut cuts = vec![0];
    for (at, pair) in letters.windows(2).enumerate() {
        let [(_, before), (start, here)] = pair else {
            continue;
        };
        let next_is_lower = letters.get(at + 2).is_some_and(|(_, c)| c.is_lowercase());
        if here.is_uppercase() && (!before.is_uppercase() || next_is_lower) {
            cuts.push(*start);
        }
    }
    cuts.push(word.len());
    // The cuts are boundaries of characters, in ascending order.
    cuts.windows(2)
        .filter_map(|cut| word.get(*cut.first()?..*cut.last()?))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_can_be_read_of_a_name_is_kept() {
        let cases = [
            ("TicketCaptured", "TicketCaptured", "ticket_captured"),
            ("capture-ticket", "CaptureTicket", "capture_ticket"),
            ("Same device twice", "SameDeviceTwice", "same_device_twice"),
            ("ticket_id", "TicketId", "ticket_id"),
            ("HTTPError2", "HTTPError2", "http_error2"),
            ("Überweisung", "Überweisung", "überweisung"),
            ("3d print", "_3dPrint", "_3d_print"),
            ("type", "Type", "type_"),
            ("self", "Self_", "self_"),
            ("日本", "XNcf2abf0c", "x_ncf2abf0c"),
            ("\"; }", "XNe0145be8", "x_ne0145be8"),
        ];
        for (name, camel, snake) in cases {
            assert_eq!(identifier(name, Case::Camel), camel, "{name}");
            assert_eq!(identifier(name, Case::Snake), snake, "{name}");
        }
        assert_eq!(identifier("con", Case::Module), "con_");
        assert!(identifier("Über", Case::Module).starts_with("ber_n"));
    }

    #[test]
    fn names_with_one_identifier_are_told_apart() {
        let names = identifiers(["A B", "AB", "a b", "String"], Case::Camel, &["String"]);
        assert_eq!(names["AB"], "AB");
        assert!(names["A B"].starts_with("ABN"), "{names:?}");
        assert_eq!(names["String"], "String_");
        let alone = identifiers(["a b"], Case::Camel, &[]);
        assert_eq!(alone["a b"], "AB");
    }

    fn name() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-bA-B _-]{1,4}",
            "[a-zA-Z0-9 ]{38,46}",
            prop::sample::select(KEYWORDS).prop_map(str::to_owned),
            any::<String>(),
        ]
    }

    proptest! {
        #[test]
        fn every_name_has_an_identifier_of_its_own(
            names in prop::collection::btree_set(name(), 1..8),
            case in prop::sample::select(&[Case::Camel, Case::Snake, Case::Module][..]),
        ) {
            let found = identifiers(names.iter().map(String::as_str), case, &["AB", "a"]);
            prop_assert_eq!(found.len(), names.len());
            let distinct: BTreeSet<String> = found.values().map(|i| i.to_lowercase()).collect();
            if case != Case::Camel {
                prop_assert_eq!(distinct.len(), names.len());
            }
            let distinct: BTreeSet<&String> = found.values().collect();
            prop_assert_eq!(distinct.len(), names.len());
            for identifier in found.values() {
                prop_assert!(identifier.chars().count() <= LONGEST, "{}", identifier);
                prop_assert!(!KEYWORDS.contains(&identifier.as_str()));
                prop_assert!(identifier.chars().all(|c| c == '_' || c.is_ascii_alphanumeric() || is_latin(c)));
                prop_assert!(!identifier.starts_with(|c: char| c.is_ascii_digit()));
                prop_assert!(identifier != "_");
                if case == Case::Module {
                    prop_assert!(identifier.is_ascii() && !is_device(identifier));
                }
            }
        }
    }
}
