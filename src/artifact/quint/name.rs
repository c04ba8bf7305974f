//! Names of modules, files and tests.

use std::collections::BTreeSet;

use crate::digest::Digest;

/// Words that cannot name a module, and device names that cannot name a file
/// on Windows whatever follows the dot.
const RESERVED: &[&str] = &[
    "all", "and", "any", "action", "assume", "aux", "bool", "com0", "com1", "com2", "com3", "com4",
    "com5", "com6", "com7", "com8", "com9", "con", "const", "def", "else", "export", "false", "if",
    "iff", "implies", "import", "int", "leadsto", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5",
    "lpt6", "lpt7", "lpt8", "lpt9", "match", "module", "nondet", "nul", "or", "prn", "pure", "run",
    "str", "temporal", "true", "type", "val", "var",
];

/// The longest slug that is written out in a name, in bytes.
const LONGEST: usize = 100;

/// The module of a workflow, and its file without `.qnt`. No two slugs give
/// the same name, not even where upper and lower case are one: names hold
/// lower-case ASCII letters, digits and `_` only.
///
/// A slug of the form `abc-12` keeps its letters: `-` becomes `_`, a leading
/// digit gets a `_` in front, a reserved word one behind. Any other slug keeps
/// what can be read of it and ends in `__` and a digest of the whole; the names
/// of the first kind never hold `__`.
pub(super) fn module(slug: &str) -> String {
    let plain = slug.len() <= LONGEST
        && slug.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
    if plain {
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

/// The module of the tests of a workflow: no slug gives this name.
pub(super) fn test_module(module: &str) -> String {
    format!("{module}__test")
}

/// The name for the workflow that is number `count` of those with its slug,
/// from 1. Two workflows with one slug are a mistake that old stores hold.
pub(super) fn twin(module: &str, count: usize) -> String {
    if count <= 1 {
        module.to_owned()
    } else {
        format!("{module}__{count}")
    }
}

/// The name of the test that plays a scenario, and of no other in `taken`. A
/// name that cannot be read back from its words ends in a digest, so that it
/// does not depend on the names beside it.
pub(super) fn test(slice: &str, scenario: &str, taken: &mut BTreeSet<String>) -> String {
    let mut stem = format!("{}__{}", words(slice), words(scenario));
    let plain = stem.len() < LONGEST
        && scenario
            .chars()
            .all(|c| c == ' ' || c.is_ascii_alphanumeric())
        && words(slice) == slice.replace('-', "_");
    if !plain {
        let mut digest = Digest::of(format!("{slice}\n{scenario}").as_bytes()).hex();
        digest.truncate(8);
        stem = format!("{stem}_{digest}");
    }
    let stem = led_by_letter(stem);
    let mut name = format!("{stem}_Test");
    let mut count = 1;
    while !taken.insert(name.clone()) {
        count += 1;
        name = format!("{stem}_{count}_Test");
    }
    name
}

/// The ASCII letters and digits, in lower case, in words joined by `_`; at
/// most 60 bytes, at least one.
fn words(text: &str) -> String {
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

fn led_by_letter(name: String) -> String {
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
        assert_eq!(module("open-ticket"), "open_ticket");
        assert_eq!(module("3d-print"), "_3d_print");
        assert_eq!(module("import"), "import_");
        assert_eq!(module("con"), "con_");
        assert_eq!(
            module("import-"),
            "import__41022659301dd72dc84fc2761dffcc93"
        );
        assert_eq!(module(&"a".repeat(300)).len(), 59 + 2 + 32);
        assert_eq!(twin("open_ticket", 2), "open_ticket__2");
        assert!(module("Überweisung").starts_with("berweisung__"));
        assert!(module("日本").starts_with("x__"));
    }

    #[test]
    fn tests_of_one_file_have_names_of_their_own() {
        let mut taken = BTreeSet::new();
        assert_eq!(test("a-b", "Sees it", &mut taken), "a_b__sees_it_Test");
        assert_eq!(test("a-b", "sees it", &mut taken), "a_b__sees_it_2_Test");
        assert!(test("a-b", "sees it!", &mut taken).starts_with("a_b__sees_it_"));
        assert!(test("1", "\"", &mut taken).starts_with("_1__x_"));
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
            let (x, y) = (twin(&module(&a), n), twin(&module(&b), m));
            for name in [&x, &y] {
                prop_assert!(name.len() <= 140);
                prop_assert!(!name.starts_with(|c: char| c.is_ascii_digit()));
                prop_assert!(name.bytes().all(|c| c == b'_' || c.is_ascii_digit() || c.is_ascii_lowercase()));
                prop_assert!(!RESERVED.contains(&name.as_str()));
            }
            prop_assert_eq!(x == y, a == b && n == m);
            prop_assert_ne!(test_module(&x), y);
        }
    }
}
