//! The names of a workflow's files, the same in every family that has one file
//! a workflow.

use std::collections::BTreeMap;

use crate::{
    digest::Digest,
    model::{Model, Workflow},
};

/// Every workflow with the name of its files, in the order of the model.
pub(super) fn stems(model: &Model) -> Vec<(&Workflow, String)> {
    let mut twins: BTreeMap<&str, usize> = BTreeMap::new();
    model
        .workflows
        .iter()
        .map(|workflow| {
            let count = twins.entry(&workflow.slug).or_default();
            *count += 1;
            (workflow, twin(&stem(&workflow.slug), *count))
        })
        .collect()
}

/// Words that cannot name a Quint module, and device names that cannot name a file
/// on Windows whatever follows the dot.
const RESERVED: &[&str] = &[
    "all", "and", "any", "action", "assume", "aux", "bool", "com0", "com1", "com2", "com3", "com4",
    "com5", "com6", "com7", "com8", "com9", "con", "const", "def", "else", "export", "false", "if",
    "iff", "implies", "import", "int", "leadsto", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5",
    "lpt6", "lpt7", "lpt8", "lpt9", "match", "module", "nondet", "nul", "or", "prn", "pure", "run",
    "str", "temporal", "true", "type", "val", "var",
];

/// The longest slug that is written out in a name, in bytes.
pub(super) const LONGEST: usize = 100;

/// The name of a workflow's files, without what follows the dot, and of its
/// Quint module. No two slugs give
/// the same name, not even where upper and lower case are one: names hold
/// lower-case ASCII letters, digits and `_` only.
///
/// A slug of the form `abc-12` keeps its letters: `-` becomes `_`, a leading
/// digit gets a `_` in front, a reserved word one behind. Any other slug keeps
/// what can be read of it and ends in `__` and a digest of the whole; the names
/// of the first kind never hold `__`.
pub(super) fn stem(slug: &str) -> String {
    if is_plain(slug) {
        let mut name = slug.replace('-', "_");
        if RESERVED.contains(&name.as_str()) {
            name.push('_');
        }
        return led_by_letter(name);
    }
    let mut digest = Digest::of(slug.as_bytes()).hex();
    digest.truncate(32);
    led_by_letter(format!("{}__{digest}", words(slug)))
}

/// The name of a file that is no module: the slug itself where it can be one, else
/// the [`stem`]. A name of the second kind holds `_`, which no plain slug does.
pub(super) fn readable(slug: &str) -> String {
    if is_plain(slug) && !RESERVED.contains(&slug) {
        slug.to_owned()
    } else {
        stem(slug)
    }
}

/// Whether a slug is of the form `abc-12`, and not too long for a name.
fn is_plain(slug: &str) -> bool {
    slug.len() <= LONGEST
        && slug.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// The name for the workflow that is number `count` of those with its slug,
/// from 1. Two workflows with one slug are a mistake that old stores hold.
fn twin(stem: &str, count: usize) -> String {
    if count <= 1 {
        stem.to_owned()
    } else {
        format!("{stem}__{count}")
    }
}

/// The ASCII letters and digits, in lower case, in words joined by `_`; at
/// most 60 bytes, at least one.
pub(super) fn words(text: &str) -> String {
    let mut words = String::new();
    let mut gap = false;
    for c in text.chars() {
        if !c.is_ascii_alphanumeric() {
            gap = !words.is_empty();
            continue;
        }
        if words.len() >= 59 {
            break;
        }
        if gap {
            words.push('_');
            gap = false;
        }
        words.push(c.to_ascii_lowercase());
    }
    if words.is_empty() {
        words.push('x');
    }
    words
}

pub(super) fn led_by_letter(name: String) -> String {
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_slugs_can_be_read_in_names() {
        assert_eq!(stem("open-ticket"), "open_ticket");
        assert_eq!(stem("3d-print"), "_3d_print");
        assert_eq!(stem("import"), "import_");
        assert_eq!(stem("con"), "con_");
        assert_eq!(readable("con"), "con_");
        assert_eq!(readable("3d-print"), "3d-print");
        assert_eq!(stem("import-"), "import__3b4b7b3c9ae7c796ffe97e36d9946cf5");
        assert_eq!(stem(&"a".repeat(300)).len(), 59 + 2 + 32);
        assert_eq!(twin("open_ticket", 2), "open_ticket__2");
        assert!(stem("Überweisung").starts_with("berweisung__"));
        assert!(stem("日本").starts_with("x__"));
    }

    fn slug() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-c1_-]{1,6}",
            "[a-bA-B. -]{1,4}",
            "\\PC{1,12}",
            prop::sample::select(RESERVED).prop_map(str::to_owned),
            prop::sample::select(RESERVED).prop_map(|word| format!("{word}_")),
            "a{95,105}",
        ]
    }

    proptest! {
        #[test]
        fn names_are_identifiers_and_tell_slugs_apart(a in slug(), b in slug(), n in 1usize..4, m in 1usize..4) {
            let (x, y) = (twin(&stem(&a), n), twin(&stem(&b), m));
            for name in [&x, &y] {
                prop_assert!(name.len() <= 140);
                prop_assert!(!name.starts_with(|c: char| c.is_ascii_digit()));
                prop_assert!(name.bytes().all(|c| c == b'_' || c.is_ascii_digit() || c.is_ascii_lowercase()));
                prop_assert!(!RESERVED.contains(&name.as_str()));
            }
            prop_assert_eq!(x == y, a == b && n == m);
            prop_assert_eq!(readable(&a) == readable(&b), a == b);
            prop_assert_ne!(format!("{x}__test"), y);
        }
    }
}
