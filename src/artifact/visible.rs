//! Text of the model on one line, before the escapes of a language.

use std::{borrow::Cow, fmt::Write as _};

use crate::diagnostic::is_unseen;

/// One line, and nothing in it that a reader cannot see: white space is a
/// space; controls and marks of writing direction are told by number.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    // Nearly every text is shown as it is.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text.trim());
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            shown.push(' ');
        } else if is_unseen(c) {
            // Writing into a String cannot fail.
            let _ = write!(shown, "(U+{:04X})", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown.trim().to_owned())
}
