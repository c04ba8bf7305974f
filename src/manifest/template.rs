//! The text of a new manifest.

use std::fmt::Write as _;

use super::{DEFAULT_STORE, FAMILIES, module_name};

/// A manifest with every section that has defaults, for a person to edit.
pub(super) fn manifest(name: &str) -> String {
    let module = module_name(name);
    let mut text = format!(
        "# The manifest of an event model. Only the name is required: the other
# settings below are what holds without them.

# What the project is called, and the root modules of its proofs.
[project]
name = {name}
lean_module = \"{module}\"
quint_module = \"{module}\"

# Where the committed events lie. They are the source of everything else.
[store]
path = \"{DEFAULT_STORE}\"
",
        name = basic_string(name),
    );
    text.push_str("\n# What is generated from them, each family in a folder of its own.\n");
    for family in FAMILIES {
        // Writing into a String cannot fail.
        let _ = write!(
            text,
            "[artifacts.{}]\npath = \"{}\"\nenabled = {}\n\n",
            family.name, family.folder, family.enabled
        );
    }
    text.push_str(
        "# What a broken rule of the model does: \"deny\" fails the build, \"warn\" tells.
# A rule is set by its code or name, or with its area: EMC203 = \"allow\", board = \"warn\".
[rules]
level = \"deny\"
",
    );
    text
}

/// A TOML basic string.
fn basic_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(letter);
            }
            letter if letter.is_control() => {
                // Writing into a String cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
