//! Text of the model in Rust source, laid out as rustfmt lays it out.
//!
//! rustfmt measures lines as they are seen, so only characters whose width
//! everybody agrees on are written out; all others are escapes.

use crate::diagnostic::is_unseen;

/// The width that rustfmt fills.
const WIDTH: usize = 100;

/// A Latin letter with an accent that is one character whatever the
/// normalisation, and looks like no other letter.
pub(super) fn is_latin(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ž')
        && !matches!(c, 'ı' | 'ĸ' | 'Ŀ' | 'ŀ' | 'ŉ' | 'ĳ' | 'Ĳ' | 'İ')
}

/// How wide a character is on the screen; none where that is not certain.
fn width_of(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        c if is_latin(c) => Some(1),
        // Greek and Cyrillic letters.
        'Α'..='Ρ' | 'Σ'..='Ω' | 'ά'..='ώ' | 'Ѐ'..='я' => Some(1),
        // Japanese syllables, Chinese characters, Korean syllables.
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿋' | '가'..='힣' => Some(2),
        _ => None,
    }
}

/// How wide a text is on the screen.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| width_of(c).unwrap_or(1)).sum()
}

/// A string literal with this value, in one line.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if width_of(c).is_some() => out.push(c),
            c => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// A text for a documentation comment: one line, and nothing in it is
/// formatting, a link or markup.
pub(super) fn prose(text: &str) -> String {
    let mut out = String::new();
    for c in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c if is_quiet(c) => out.push(c),
            c => out.push_str(&format!("U+{:04X}", u32::from(c))),
        }
    }
    out
}

/// A name in a documentation comment.
pub(super) fn code(name: &str) -> String {
    let name: String = name
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .map(|c| {
            if is_quiet(c) && c != '`' {
                c
            } else {
                '\u{fffd}'
            }
        })
        .collect();
    format!("`{name}`")
}

/// Whether a character can be seen and does nothing to those beside it.
fn is_quiet(c: char) -> bool {
    !is_unseen(c) && !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0080}'..='\u{e0fff}')
}

/// `head value` in one line, or the value below its head where that line is
/// too long and this one is not. `tail` follows in either case.
pub(super) fn below(indent: usize, head: &str, value: &str, tail: &str) -> String {
    let one = indent + width(head) + 1 + width(value) + tail.len();
    let two = indent + 4 + width(value) + tail.len();
    let pad = " ".repeat(indent);
    if one <= WIDTH || two > WIDTH {
        format!("{pad}{head} {value}{tail}\n")
    } else {
        format!("{pad}{head}\n{pad}    {value}{tail}\n")
    }
}

/// A field of a struct literal with a text. Where a value would fit below its name
/// but not beside it, the style of 2021 puts it there and that of 2024 does not:
/// escapes make such a literal too long for both.
pub(super) fn field(indent: usize, name: &str, text: &str) -> String {
    let beside = WIDTH - indent - name.len() - 3;
    let under = WIDTH - indent - 4;
    let mut value = literal(text);
    for from in text.char_indices().rev() {
        if width(&value) <= beside || width(&value) > under {
            break;
        }
        value = escaped(text, Some(from));
    }
    format!("{}{name}: {value},\n", " ".repeat(indent))
}

/// An arm of a match.
pub(super) fn arm(indent: usize, pattern: &str, value: &str) -> String {
    let pad = " ".repeat(indent);
    let one = indent + width(pattern) + 4 + width(value) + 1;
    if one <= WIDTH {
        format!("{pad}{pattern} => {value},\n")
    } else {
        format!("{pad}{pattern} => {{\n{pad}    {value}\n{pad}}}\n")
    }
}

/// The attribute that gives a field or variant its name in the model. The styles
/// of 2021 and 2024 differ where it fills the line to the last column: an escape
/// makes it longer.
pub(super) fn rename(indent: usize, name: &str) -> String {
    let pad = " ".repeat(indent);
    let mut value = literal(name);
    let line = |value: &str| indent + "#[serde(rename = )]".len() + width(value);
    if line(&value) == WIDTH {
        value = escaped(name, name.char_indices().last());
    }
    if line(&value) < WIDTH {
        format!("{pad}#[serde(rename = {value})]\n")
    } else {
        format!("{pad}#[serde(\n{pad}    rename = {value}\n{pad})]\n")
    }
}

/// A literal whose characters from this one on are escapes.
fn escaped(text: &str, from: Option<(usize, char)>) -> String {
    let at = from.map_or(text.len(), |(at, _)| at);
    let kept = literal(text.get(..at).unwrap_or_default());
    let mut value = kept.strip_suffix('"').unwrap_or(&kept).to_owned();
    for c in text.get(at..).unwrap_or_default().chars() {
        value.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
    }
    value.push('"');
    value
}

/// A variant that holds one value.
pub(super) fn variant(indent: usize, name: &str, value: &str) -> String {
    let pad = " ".repeat(indent);
    if indent + width(name) + width(value) + 3 <= WIDTH {
        format!("{pad}{name}({value}),\n")
    } else {
        format!("{pad}{name}(\n{pad}    {value},\n{pad}),\n")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_stays_in_its_line() {
        assert_eq!(literal("a \"b\" \\c\n"), r#""a \"b\" \\c\n""#);
        assert_eq!(
            literal("Größe – 日本 \u{202e}🦀"),
            "\"Größe \\u{2013} 日本 \\u{202e}\\u{1f980}\""
        );
        assert_eq!(
            prose(" a\r\n[b](c) <i> `x` \u{202e}"),
            "a \\[b\\](c) \\<i\\> \\`x\\` U+202E"
        );
        assert_eq!(code("a`b\u{202e}\n c"), "`a\u{fffd}b\u{fffd} c`");
    }

    proptest! {
        #[test]
        fn no_text_ends_its_line(text in any::<String>()) {
            for out in [literal(&text), prose(&text), code(&text)] {
                prop_assert!(!out.contains(char::is_control));
            }
            let inner = literal(&text);
            let inner = inner.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or("\"");
            let bare = inner.replace("\\\\", "").replace("\\\"", "");
            prop_assert!(!bare.contains('"'));
        }
    }
}
