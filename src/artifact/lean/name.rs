//! Slugs as names of Lean modules and of their files.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{artifact::Scope, digest::Digest, model::Model};

/// Longest name of a module component in bytes. File systems take 255 with the
/// extension.
const LONGEST: usize = 200;

/// Where a long name is cut, in bytes.
const KEPT: usize = 120;

/// Names that Windows keeps for devices, and Lean for sorts.
const KEPT_BY_OTHERS: [&str; 7] = ["con", "prn", "aux", "nul", "type", "prop", "sort"];

/// The component of a module name that stands for a slug: a valid Lean
/// identifier and file name. Two slugs have two names, also where upper and
/// lower case are the same.
///
/// A slug as everybody writes it becomes words in upper case:
/// `capture-ticket` is `Capture_Ticket`. Any other text is spelled out in lower
/// case behind `X__`: `-` is `_`, `z` is `zz`, and what is no ASCII letter in lower
/// case and no digit is `z`, its code in hex, `_`. What is longer than 200 bytes
/// is cut, and closed by a digest, behind `L__`.
pub(super) fn component(slug: &str) -> String {
    let mut name = String::with_capacity(slug.len());
    if plain(slug) {
        let mut first = true;
        for character in slug.chars() {
            if character == '-' {
                name.push('_');
                first = true;
            } else {
                name.push(if first {
                    character.to_ascii_uppercase()
                } else {
                    character
                });
                first = false;
            }
        }
    } else {
        name.push_str("X__");
        for character in slug.chars() {
            match character {
                'a'..='y' | '0'..='9' => name.push(character),
                '-' => name.push('_'),
                'z' => name.push_str("zz"),
                // Writing into a String cannot fail.
                _ => {
                    let _ = write!(name, "z{:x}_", u32::from(character));
                }
            }
        }
    }
    if name.len() <= LONGEST {
        return name;
    }
    // The name is ASCII.
    name.truncate(KEPT);
    let mut hex = Digest::of(slug.as_bytes()).hex();
    hex.truncate(32);
    format!("L__{name}__{hex}")
}

/// Lower-case words of ASCII letters and digits, joined by single `-`, that
/// begin with a letter and that nobody else has taken.
fn plain(slug: &str) -> bool {
    let words = slug.split('-').all(|word| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    });
    let device = |prefix: &str| {
        slug.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    words
        && slug.starts_with(|first: char| first.is_ascii_lowercase())
        && !KEPT_BY_OTHERS.contains(&slug)
        && !device("com")
        && !device("lpt")
}

/// The components of all workflows and slices of a model.
pub(super) struct Names {
    /// In the order of the model: the workflow, its slices.
    pub workflows: Vec<(String, Vec<String>)>,
}

impl Names {
    /// Name every workflow and slice. Of several slices with one slug, which a
    /// store can hold in several workflows, the first has the name of the slug;
    /// the others are told apart by their place. Only then does a name depend
    /// on other slices.
    /// The slices of workflows that are out of scope have no names.
    pub fn of(model: &Model, scope: Scope<'_>) -> Self {
        let mut workflows = BTreeMap::new();
        let mut slices = BTreeMap::new();
        Self {
            workflows: model
                .workflows
                .iter()
                .map(|workflow| {
                    (
                        numbered(&mut workflows, &workflow.slug),
                        workflow
                            .slices
                            .iter()
                            .filter(|_| scope.holds(&workflow.slug))
                            .map(|slice| numbered(&mut slices, &slice.slug))
                            .collect(),
                    )
                })
                .collect(),
        }
    }
}

fn numbered<'a>(seen: &mut BTreeMap<&'a str, u32>, slug: &'a str) -> String {
    let count = seen.entry(slug).or_default();
    *count += 1;
    let name = component(slug);
    if *count == 1 {
        name
    } else {
        format!("D{count}__{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn usual_slugs_stay_readable() {
        assert_eq!(component("capture-ticket"), "Capture_Ticket");
        assert_eq!(component("step-2b"), "Step_2b");
        assert_eq!(component("zero"), "Zero");
    }

    #[test]
    fn unusual_slugs_are_spelled_out() {
        assert_eq!(component("9-lives"), "X__9_lives");
        assert_eq!(component("Crème brûlée"), "X__z43_rze8_mez20_brzfb_lze9_e");
        assert_eq!(component("aux"), "X__aux");
        assert_eq!(component("com7"), "X__com7");
        assert_eq!(component("type"), "X__type");
        assert_eq!(component("a--z"), "X__a__zz");
        assert_eq!(component("🦀"), "X__z1f980_");
        assert_eq!(component("a\"\\/b"), "X__az22_z5c_z2f_b");
    }

    #[test]
    fn long_slugs_are_cut_and_told_apart() {
        let long = "a".repeat(4000);
        let name = component(&long);
        assert!(name.len() <= LONGEST);
        assert_ne!(name, component(&"a".repeat(4001)));
        assert!(component(&"🦀".repeat(100)).len() <= LONGEST);
    }

    fn slug() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z0-9]{1,3}(-[a-z0-9]{1,3}){0,2}",
            "[azAZ0_-]{0,5}",
            "[XLDz_-]{1,6}",
            any::<String>(),
        ]
    }

    proptest! {
        #[test]
        fn two_slugs_have_two_names(a in slug(), b in slug()) {
            let (x, y) = (component(&a), component(&b));
            prop_assert_eq!(a == b, x == y);
            prop_assert_eq!(a == b, x.eq_ignore_ascii_case(&y));
        }

        #[test]
        fn every_name_is_an_identifier_and_a_file_name(a in slug()) {
            let name = component(&a);
            prop_assert!(name.starts_with(|first: char| first.is_ascii_uppercase()));
            prop_assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
            prop_assert!(name.len() <= LONGEST);
        }
    }
}
