//! Text of the model inside HTML and SVG.
//!
//! Everything goes through [`Shown`], in an element and in an attribute alike:
//! nothing that a reader cannot see, and no character that HTML takes for its own.

use maud::{Escaper, Render};
use std::fmt::Write as _;

use crate::artifact::visible::visible;

/// Text as text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown<'a>(pub &'a str);

impl Render for Shown<'_> {
    fn render_to(&self, buffer: &mut String) {
        let text = visible(self.0);
        if text.contains(['<', '>', '&', '"']) {
            // Writing into a String cannot fail.
            let _ = Escaper::new(buffer).write_str(&text);
        } else {
            buffer.push_str(&text);
        }
    }
}

/// About how wide a character is at 13 pixels; on the wide side, whatever the
/// font.
fn width(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '|' | ' ' => 5,
        'f' | '.' | ',' | ':' | ';' | '\'' | '!' | '(' | ')' | '-' | '/' => 6,
        'r' | 't' | '"' => 7,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 14,
        'a'..='z' | '0'..='9' | '_' => 9,
        letter if letter.is_ascii() => 11,
        '\u{80}'..='\u{24f}' | '\u{370}'..='\u{5ff}' => 11,
        _ => 15,
    }
}

/// A text in lines that are about `room` pixels wide at most, no more than `most`
/// of them; what does not fit ends in an ellipsis. Lines break between words, or
/// else where a capital begins one.
pub(super) fn wrapped(text: &str, room: i32, most: usize) -> Vec<String> {
    let shown = visible(text);
    let mut lines = vec![String::new()];
    let mut used = 0;
    let mut rest = words(&shown).into_iter().peekable();
    while let Some(word) = rest.next() {
        let wide: i32 = word.trim_end().chars().map(width).sum();
        let fits = used + wide <= room;
        if !fits && used > 0 && lines.len() < most {
            lines.push(String::new());
            used = 0;
        }
        let last = lines.len() == most;
        let line_left = room - used;
        let Some(line) = lines.last_mut() else { break };
        if used + wide <= room && (!last || rest.peek().is_none() || used + wide + 12 <= room) {
            line.push_str(word);
            used += word.chars().map(width).sum::<i32>();
            continue;
        }
        // A word longer than a line, or the end of the room.
        let whole = last && rest.peek().is_none() && wide <= line_left;
        let mut left = if whole { line_left } else { line_left - 12 };
        for letter in word.chars() {
            left -= width(letter);
            if left < 0 {
                break;
            }
            line.push(letter);
        }
        if !whole {
            // Spaces would push it out of the room.
            line.truncate(line.trim_end().len());
            line.push('…');
        }
        break;
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// The words of a text, each with the space behind it; `CaptureTicket` is two.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let begins = match before {
            Some(' ' | '-' | '_' | '/' | '.') => letter != ' ',
            Some(before) => char::is_lowercase(before) && letter.is_uppercase(),
            None => false,
        };
        if begins && at > start {
            words.extend(text.get(start..at));
            start = at;
        }
        before = Some(letter);
    }
    words.extend(text.get(start..).filter(|word| !word.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use maud::html;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_break_where_their_words_do() {
        let lines = |text: &str, most| wrapped(text, 140, most);
        assert_eq!(lines("CaptureTicket", 2), ["CaptureTicket"]);
        assert_eq!(
            lines("PartnerTicketTranslation", 2),
            ["PartnerTicket", "Translation"]
        );
        assert_eq!(
            lines("a name of four words", 2),
            ["a name of four", "words"]
        );
        assert_eq!(lines(&"x".repeat(99), 2), ["xxxxxxxxxxxxxx…"]);
        assert_eq!(
            lines("one two three four five six seven eight nine", 2),
            ["one two three", "four five six sev…"]
        );
        assert_eq!(lines("", 2), [""]);
    }

    proptest! {
        #[test]
        fn lines_are_few_and_short(text in "\\PC{0,60}|[A-Za-z ]{0,60}", room in 60..300, most in 1_usize..4) {
            let lines = wrapped(&text, room, most);
            prop_assert!(!lines.is_empty() && lines.len() <= most);
            for line in &lines {
                prop_assert!(line.chars().map(width).sum::<i32>() <= room + 15, "{line}");
            }
        }

        #[test]
        fn text_gets_out_of_nothing(text in ".*|[<>&\"'/a-z= ]{0,30}") {
            let page = html! { p title=(Shown(&text)) { (Shown(&text)) } }.into_string();
            let inner = page.strip_prefix("<p title=\"").and_then(|rest| rest.strip_suffix("</p>"));
            let (attribute, element) = inner.and_then(|inner| inner.split_once("\">")).expect("two parts");
            prop_assert_eq!(attribute, element);
            prop_assert!(!element.contains(['<', '>', '"', '\n', '\u{202e}']), "{}", element);
        }
    }
}
