//! Text of the model inside Markdown.
//!
//! What is written here can stand anywhere in a line: in a paragraph, a list
//! item, a heading or a cell of a table. It never breaks the line, opens no
//! markup, link or comment, and closes no cell.

use std::fmt::{self, Write as _};

use crate::artifact::visible::visible;

/// Text as text.
pub(crate) fn text(text: &str) -> String {
    let shown = visible(text);
    let chars: Vec<char> = shown.chars().collect();
    let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let mut escaped = String::with_capacity(shown.len() + 8);
    let at = |index: usize| chars.get(index).copied();
    for (index, &c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(at);
        let after = at(index + 1);
        let joined = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let marks = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '&' | '$' | '@' => true,
            '_' => !(joined(before) && joined(after)),
            // Where an address would become a link.
            ':' => after == Some('/'),
            '.' => {
                index >= 3
                    && chars[index - 3..index]
                        .iter()
                        .all(|c| matches!(c, 'w' | 'W'))
            }
            // What a line may begin with; a number with a dot begins a list.
            '#' | '+' | '-' | '=' | '>' => index == 0,
            _ => false,
        };
        if marks || (index == digits && digits > 0 && matches!(c, '.' | ')')) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A name in a code span; as text if it holds what a code span cannot show in
/// a cell.
pub(super) fn name(name: &str) -> String {
    let shown = visible(name);
    if shown.contains(['`', '|', '\\']) {
        text(name)
    } else {
        format!("`{shown}`")
    }
}

/// A word of a closed vocabulary, as people write it.
pub(super) fn word(word: impl fmt::Display) -> String {
    word.to_string().replace('_', " ")
}

/// The text of a label in a Mermaid chart, between quotes.
pub(super) fn label(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    for c in visible(text).chars() {
        if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',') {
            label.push(c);
        } else {
            // Writing into a String cannot fail.
            let _ = write!(label, "#{};", u32::from(c));
        }
    }
    label
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_text_stays_as_it_is() {
        for plain in [
            "A customer's device is taken in.",
            "ticket_id is 24 characters, (UTF-8)",
            "Count = 2; 3.5 per cent - or more!",
        ] {
            assert_eq!(text(plain), plain);
        }
        assert_eq!(name("ticket_id"), "`ticket_id`");
        assert_eq!(name("<!-- [x](y)"), "`<!-- [x](y)`");
    }

    #[test]
    fn markup_is_told_not_done() {
        assert_eq!(text("a | b"), "a \\| b");
        assert_eq!(text("<!-- <b> -->"), "\\<!-- \\<b> -->");
        assert_eq!(text("# Heading"), "\\# Heading");
        assert_eq!(text("12. item"), "12\\. item");
        assert_eq!(text("- item\n\n# x"), "\\- item  # x");
        assert_eq!(text("[x](https://x.y)"), "\\[x\\](https\\://x.y)");
        assert_eq!(text("www.x.y a@b.c"), "www\\.x.y a\\@b.c");
        assert_eq!(
            text("_a_ **b** ~~c~~"),
            "\\_a\\_ \\*\\*b\\*\\* \\~\\~c\\~\\~"
        );
        assert_eq!(text("&lt; \\| $x$"), "\\&lt; \\\\\\| \\$x\\$");
        assert_eq!(text("a\u{202e}b\u{0}"), "a(U+202E)b(U+0000)");
        assert_eq!(name("a`b|c"), "a\\`b\\|c");
        assert_eq!(label("say \"x\"; ```"), "say #34;x#34;#59; #96;#96;#96;");
    }

    /// What Markdown makes of backslashes.
    fn unescaped(text: &str) -> String {
        let mut plain = String::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => plain.extend(chars.next()),
                c => plain.push(c),
            }
        }
        plain
    }

    /// The characters that stand without a backslash.
    fn bare(text: &str) -> Vec<char> {
        let mut bare = Vec::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            if c == '\\' {
                chars.next();
            } else {
                bare.push(c);
            }
        }
        bare
    }

    proptest! {
        #[test]
        fn nothing_gets_out(any in "\\PC{0,20}|[ -/:-@\\[-`{-~0-9a-w\\s]{0,20}|.*") {
            for shown in [text(&any), name(&any)] {
                prop_assert!(!shown.chars().any(char::is_control));
                let inner = shown.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
                if let Some(code) = inner {
                    prop_assert!(!code.contains(['`', '|', '\\']));
                } else {
                    prop_assert!(!bare(&shown).iter().any(|c| "`*[]<|~&$@".contains(*c)));
                    prop_assert_eq!(unescaped(&shown), visible(&any));
                }
            }
            prop_assert!(!label(&any).contains(['"', '`', '\n', '[', ']', '<', '|']));
        }
    }
}
