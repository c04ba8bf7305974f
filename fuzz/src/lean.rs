//! Lean, as far as the generated modules use it.

use super::tokens::Language;

/// Its comments and strings.
pub const LEAN: Language = Language {
    line_comment: "--",
    block_comment: ("/-", "-/"),
    nested: true,
    escape: Some(escape),
};

fn escape(rest: &str) -> Option<(char, usize)> {
    let hex = |digits: usize| {
        let code = u32::from_str_radix(rest.get(1..=digits)?, 16).ok()?;
        Some((char::from_u32(code)?, 1 + digits))
    };
    match rest.chars().next()? {
        same @ ('"' | '\\' | '\'') => Some((same, 1)),
        'n' => Some(('\n', 1)),
        't' => Some(('\t', 1)),
        'r' => Some(('\r', 1)),
        'x' => hex(2),
        'u' => hex(4),
        _ => None,
    }
}
