//! A text that findings point into.

use std::{ops::Range, sync::Arc};

use super::{Code, Diagnostic, Place, Snippet};

/// The text of a file and the name that findings give it.
pub(crate) struct Source<'a> {
    text: Arc<str>,
    file: &'a str,
    /// Where each line but the first starts.
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// The text of the file with this name.
    pub(crate) fn new(text: &str, file: &'a str) -> Self {
        Self {
            text: text.into(),
            file,
            starts: text.match_indices('\n').map(|(end, _)| end + 1).collect(),
        }
    }

    /// A finding that points at a span of the text.
    pub(crate) fn finding(
        &self,
        code: &'static Code,
        span: Range<usize>,
        label: &str,
        message: String,
    ) -> Diagnostic {
        let start = self.boundary(span.start);
        let end = self.boundary(span.end).max(start);
        Diagnostic::new(code, message)
            .at(self.place(start))
            .showing(Snippet {
                source: Arc::clone(&self.text),
                span: (start, end),
                label: label.to_owned(),
            })
    }

    /// Line and column of a byte offset.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let offset = self.boundary(offset);
        let before = self.starts.partition_point(|start| *start <= offset);
        let start = before
            .checked_sub(1)
            .and_then(|last| self.starts.get(last))
            .copied()
            .unwrap_or(0);
        let line = before + 1;
        // Both ends are character boundaries, and lines start before what they hold.
        let column = self.text[start..offset].chars().count() + 1;
        Place {
            file: self.file.to_owned(),
            line: Some(u32::try_from(line).unwrap_or(u32::MAX)),
            column: Some(u32::try_from(column).unwrap_or(u32::MAX)),
        }
    }

    /// The last character boundary at or before this offset.
    fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}
