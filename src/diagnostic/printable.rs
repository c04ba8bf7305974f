//! Text from strangers, made safe for a terminal.

use std::{borrow::Cow, fmt::Write as _};

/// The text in one line, with every character that a terminal would act upon
/// written as an escape: control characters (so also line breaks and terminal
/// escapes), and the format characters that reorder or hide what follows them.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            '\t' => safe.push_str("\\t"),
            letter if is_unseen(letter) => {
                // Writing into a String cannot fail.
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => safe.push(letter),
        }
    }
    Cow::Owned(safe)
}

/// The text with as many characters as before, where [`printable`] writes
/// escapes: for source text with a caret below it. Tabs stay.
#[cfg(feature = "cli")]
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            // The pictures of the control characters stand in their order.
            '\t' => '\t',
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
            letter if is_unseen(letter) => '\u{fffd}',
            letter => letter,
        })
        .collect()
}

/// Whether a character cannot be seen, or does something to those beside it:
/// controls, marks of writing direction, and format characters.
pub fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_act_upon() {
        assert_eq!(printable("naïve 日本 \"x\""), "naïve 日本 \"x\"");
        assert_eq!(printable("\u{1b}[31mred"), "\\u{1b}[31mred");
        assert_eq!(
            printable("a\r\n\tb\u{7f}\u{9b}"),
            "a\\r\\n\\tb\\u{7f}\\u{9b}"
        );
        assert_eq!(printable("a\u{202e}b\u{200b}c"), "a\\u{202e}b\\u{200b}c");
    }
}
