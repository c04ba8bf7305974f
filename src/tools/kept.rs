//! What is kept of an output of any length.

use std::{
    collections::VecDeque,
    io::{self, Read},
};

/// Bytes of the beginning that are kept.
const HEAD: usize = 1 << 20;

/// Bytes of the end that are kept.
const TAIL: usize = 64 << 10;

/// The beginning and the end of an output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    /// How long the output was, in bytes.
    pub length: u64,
}

impl Kept {
    /// Read until the end, in pieces. Who writes is never kept waiting.
    pub(super) fn read(from: &mut impl Read, mut piece: impl FnMut(&[u8])) {
        let mut buffer = vec![0; 64 << 10];
        loop {
            match from.read(&mut buffer) {
                Ok(0) => return,
                Ok(count) => piece(buffer.get(..count).unwrap_or_default()),
                Err(problem) if problem.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return,
            }
        }
    }

    /// Add what comes next; what lies between the beginning and the end is
    /// forgotten.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        let room = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        let (first, rest) = bytes.split_at(room);
        self.head.extend_from_slice(first);
        self.tail.extend(rest);
        let beyond = self.tail.len().saturating_sub(TAIL);
        self.tail.drain(..beyond);
    }

    /// Whether something of the middle was forgotten.
    pub fn is_cut(&self) -> bool {
        self.length > (self.head.len() + self.tail.len()) as u64
    }

    /// The output as text; what is no UTF-8 is shown as such.
    pub fn text(&self) -> String {
        let tail: Vec<u8> = self.tail.iter().copied().collect();
        if self.is_cut() {
            let gap = self.length - (self.head.len() + tail.len()) as u64;
            let (head, tail) = (
                String::from_utf8_lossy(&self.head),
                String::from_utf8_lossy(&tail),
            );
            return format!("{head}\n... {gap} bytes left out ...\n{tail}");
        }
        let mut bytes = self.head.clone();
        bytes.extend(tail);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(mut bytes: &[u8]) -> Kept {
        let mut kept = Kept::default();
        Kept::read(&mut bytes, |piece| kept.add(piece));
        kept
    }

    #[test]
    fn a_short_output_is_kept_whole_and_a_long_one_at_both_ends() {
        let short = kept(b"abc\xff");
        assert_eq!(short.text(), "abc\u{fffd}");
        assert!(!short.is_cut());
        let long = vec![b'x'; HEAD + TAIL];
        let whole = kept(&long);
        assert!(!whole.is_cut());
        assert_eq!(whole.text().len(), long.len());
        let longer = [&b"first"[..], &long, b"last"].concat();
        let cut = kept(&longer);
        assert!(cut.is_cut());
        let text = cut.text();
        assert!(text.starts_with("first") && text.ends_with("last"));
        assert!(text.contains("\n... 9 bytes left out ...\n"));
    }
}
