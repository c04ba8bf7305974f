//! Any text as a Lean literal. No text of the model is ever written into a
//! comment.

use std::fmt::Write as _;

use crate::diagnostic::is_unseen;

/// Append a Lean string literal with this value. Line breaks, control
/// characters and characters that cannot be seen or that turn the direction of
/// writing become escapes, so that a literal stays on its line and shows what
/// it holds.
pub(super) fn string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Writing into a String cannot fail.
            _ if unseen(character) => {
                let code = u32::from(character);
                let _ = if code < 0x100 {
                    write!(out, "\\x{code:02x}")
                } else {
                    write!(out, "\\u{code:04x}")
                };
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// Below U+10000: Lean's `\u` takes four digits. Selectors of a variant too.
fn unseen(character: char) -> bool {
    u32::from(character) < 0x1_0000
        && (is_unseen(character) || matches!(character, '\u{fe00}'..='\u{fe0f}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn literal(text: &str) -> String {
        let mut out = String::new();
        string(&mut out, text);
        out
    }

    /// What Lean reads; none for what it refuses.
    fn read(literal: &str) -> Option<String> {
        let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
        let mut text = String::new();
        let mut characters = inner.chars();
        while let Some(character) = characters.next() {
            if character == '"' {
                return None;
            }
            if character != '\\' {
                text.push(character);
                continue;
            }
            let digits = match characters.next()? {
                'n' => {
                    text.push('\n');
                    continue;
                }
                't' => {
                    text.push('\t');
                    continue;
                }
                'r' => {
                    text.push('\r');
                    continue;
                }
                same @ ('"' | '\\') => {
                    text.push(same);
                    continue;
                }
                'x' => 2,
                'u' => 4,
                _ => return None,
            };
            let code: String = characters.by_ref().take(digits).collect();
            text.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
        }
        Some(text)
    }

    #[test]
    fn a_literal_stays_on_its_line() {
        assert_eq!(literal("a \"b\" \\c"), r#""a \"b\" \\c""#);
        assert_eq!(literal("a\r\n\tb\u{7}"), r#""a\r\n\tb\x07""#);
        assert_eq!(literal("-/ é 🦀 \u{202e}\u{85}"), r#""-/ é 🦀 \u202e\x85""#);
    }

    proptest! {
        #[test]
        fn lean_reads_what_was_written(text in any::<String>()) {
            let literal = literal(&text);
            prop_assert!(!literal.chars().any(char::is_control));
            prop_assert_eq!(read(&literal), Some(text));
        }
    }
}
