//! Quint, as far as the generated modules use it.

use super::tokens::Language;

/// Its comments and strings, which have no escapes.
pub const QUINT: Language = Language {
    line_comment: "//",
    block_comment: ("/*", "*/"),
    nested: false,
    escape: None,
};
