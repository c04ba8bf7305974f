//! Names of tests.

use std::collections::BTreeSet;

use crate::{
    artifact::stem::{LONGEST, led_by_letter, words},
    digest::Digest,
};

/// The module of the tests of a workflow: no workflow has this name.
pub(super) fn test_module(module: &str) -> String {
    format!("{module}__test")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_of_one_file_have_names_of_their_own() {
        let mut taken = BTreeSet::new();
        assert_eq!(test("a-b", "Sees it", &mut taken), "a_b__sees_it_Test");
        assert_eq!(test("a-b", "sees it", &mut taken), "a_b__sees_it_2_Test");
        assert!(test("a-b", "sees it!", &mut taken).starts_with("a_b__sees_it_"));
        assert!(test("1", "\"", &mut taken).starts_with("_1__x_"));
    }
}
