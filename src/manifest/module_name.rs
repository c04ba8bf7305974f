//! Names of modules: valid identifiers and file names in Lean, in Quint and on
//! every file system.

/// Longer names are cut, so that every path stays within the limits of file systems.
const LONGEST: usize = 64;

/// What no module may be called, in any case: our own shared modules, the
/// libraries that come with Lean, types of both languages that a namespace of
/// the same name would hide, and device names that are no file names on Windows.
const TAKEN: &[&str] = &[
    "aux",
    "batteries",
    "bool",
    "con",
    "emc",
    "init",
    "int",
    "lake",
    "lean",
    "list",
    "main",
    "map",
    "mathlib",
    "nat",
    "nul",
    "option",
    "prn",
    "set",
    "std",
    "string",
];

/// The module name of a project with this name: its ASCII letters and digits,
/// the first one and each first one after anything else in upper case. Where
/// that gives no name or one that is taken, the word `Model` makes it a name.
pub fn module_name(name: &str) -> String {
    let mut letters = String::new();
    let mut starts = true;
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            letters.push(if starts {
                letter.to_ascii_uppercase()
            } else {
                letter
            });
        }
        starts = !letter.is_ascii_alphanumeric();
    }
    repair(&letters)
}

/// The valid name that stands for these ASCII letters and digits.
pub(super) fn repair(letters: &str) -> String {
    let mut name = if letters.starts_with(|first: char| first.is_ascii_uppercase()) {
        letters.to_owned()
    } else {
        format!("Model{letters}")
    };
    if is_taken(&name) {
        name.push_str("Model");
    }
    // Only ASCII reaches this, so that every index is a character boundary.
    name.truncate(LONGEST);
    name
}

/// Whether this can be the name of a module: an upper-case ASCII letter, then
/// ASCII letters, digits and `_`, at most 64 of them, and no name that is taken.
pub(super) fn valid(name: &str) -> bool {
    name.len() <= LONGEST
        && name.starts_with(|first: char| first.is_ascii_uppercase())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !is_taken(name)
}

/// Whether the peer tool can have written this: it writes what it derives from
/// the project's name, valid or not.
pub(super) fn is_derived(name: &str) -> bool {
    name.chars().all(|letter| letter.is_ascii_alphanumeric())
        && !name.starts_with(|first: char| first.is_ascii_lowercase())
}

fn is_taken(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TAKEN.contains(&name.as_str()) || is_device(&name)
}

/// `com0` to `com9` and `lpt0` to `lpt9`, in lower case.
fn is_device(name: &str) -> bool {
    name.strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"))
        .is_some_and(|rest| {
            rest.len() == 1 && rest.starts_with(|digit: char| digit.is_ascii_digit())
        })
}

/// Whether a part of a path can be a file name on every system.
pub(super) fn is_portable(part: &str) -> bool {
    let stem = part
        .split('.')
        .next()
        .unwrap_or(part)
        .trim_end()
        .to_ascii_lowercase();
    let device = matches!(stem.as_str(), "aux" | "con" | "nul" | "prn") || is_device(&stem);
    !device && !part.contains(['<', '>', ':', '"', '|', '?', '*']) && !part.ends_with(['.', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_module() {
        for (name, module) in [
            ("Repair Desk", "RepairDesk"),
            ("cfk-kernel", "CfkKernel"),
            ("every event 2", "EveryEvent2"),
            ("naïve café", "NaVeCaf"),
            ("ACME_desk", "ACMEDesk"),
            ("日本", "Model"),
            ("", "Model"),
            ("3 desks", "Model3Desks"),
            ("emc", "EmcModel"),
            ("Nat", "NatModel"),
            ("com 1", "Com1Model"),
        ] {
            assert_eq!(module_name(name), module, "{name}");
            assert!(valid(module), "{module}");
        }
        assert_eq!(module_name(&"x".repeat(300)).len(), LONGEST);
    }

    #[test]
    fn what_is_no_module_name() {
        for name in [
            "", "desk", "3Desks", "A.B", "A-B", "Émc", "EMC", "Lean", "Nul", "A B",
        ] {
            assert!(!valid(name), "{name}");
        }
        assert!(valid("A_1"));
        assert!(!valid(&"A".repeat(LONGEST + 1)));
    }

    #[test]
    fn parts_that_not_every_system_can_hold() {
        for part in ["nul", "Con.d", "LPT1", "a:b", "what?", "end.", "end "] {
            assert!(!is_portable(part), "{part}");
        }
        for part in ["model", "community", "a.b", "été", "com10"] {
            assert!(is_portable(part), "{part}");
        }
    }
}
