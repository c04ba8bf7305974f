//! Text of the model inside Quint: strings and comments.

use std::fmt::Write as _;

use crate::diagnostic::is_unseen;

/// A string literal. Quint strings have no escapes: a backslash is a backslash,
/// and nothing can stand for a `"`. So `%`, `"` and whatever could break a line
/// or turn it around are written as `%XX` for each byte of their UTF-8.
pub(super) fn string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        if matches!(c, '%' | '"') || is_unseen(c) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing into a String cannot fail.
                let _ = write!(literal, "%{byte:02X}");
            }
        } else {
            literal.push(c);
        }
    }
    literal.push('"');
    literal
}

/// The text of a line comment: what could break the line or turn it around is
/// a space.
pub(super) fn comment(text: &str) -> String {
    text.chars()
        .map(|c| if is_unseen(c) { ' ' } else { c })
        .collect()
}

/// The text of a string literal's content as Quint prints it.
pub fn decode(printed: &str) -> String {
    let mut bytes = Vec::with_capacity(printed.len());
    let mut rest = printed.as_bytes();
    while let Some((&first, more)) = rest.split_first() {
        let code = if first == b'%' { more.get(..2) } else { None }
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() {
            more.get(2..).unwrap_or_default()
        } else {
            more
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_would_break_the_literal_is_changed() {
        assert_eq!(string("Ticket \\ geöffnet"), "\"Ticket \\ geöffnet\"");
        assert_eq!(string("100% \"x\"\n"), "\"100%25 %22x%22%0A\"");
        assert_eq!(string("\u{202e}"), "\"%E2%80%AE\"");
        assert_eq!(comment("a\r\nb\u{2028}c"), "a  b c");
        assert_eq!(decode("50% of %zz %2"), "50% of %zz %2");
    }

    proptest! {
        #[test]
        fn a_literal_has_one_line_and_is_read_back(text in ".*|[\\s%\"\\\\0-9A-F]*") {
            let literal = string(&text);
            let inner = &literal[1..literal.len() - 1];
            prop_assert!(!inner.contains('"') && !inner.chars().any(char::is_control));
            prop_assert_eq!(decode(inner), text.clone());
            prop_assert!(!comment(&text).chars().any(char::is_control));
        }
    }
}
