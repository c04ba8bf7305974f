//! Writing Lean terms into one string.

use super::escape;
use crate::facts::Via;

/// Lean text as it grows.
pub(super) struct Code {
    text: String,
}

impl Code {
    pub fn new() -> Self {
        Self {
            text: String::with_capacity(4096),
        }
    }

    pub fn finish(self) -> String {
        self.text
    }

    /// Text that is Lean already.
    pub fn raw(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// A name, with a space in front.
    pub fn id(&mut self, name: &str) -> &mut Self {
        self.text.push_str(" id!");
        escape::string(&mut self.text, name);
        self
    }

    /// Prose, with a space in front.
    pub fn txt(&mut self, prose: &str) -> &mut Self {
        self.text.push_str(" txt!");
        escape::string(&mut self.text, prose);
        self
    }

    /// A representation, with a space in front.
    pub fn enc(&mut self, encoding: Option<&str>) -> &mut Self {
        match encoding {
            Some(encoding) => {
                self.text.push_str(" enc!");
                escape::string(&mut self.text, encoding);
            }
            None => self.text.push_str(" noFlow"),
        }
        self
    }

    /// What a value goes through, with a space in front; nothing if it is copied.
    pub fn via(&mut self, via: &Via) -> &mut Self {
        match via {
            Via::Keep => self,
            Via::Convert(rule) => self.raw(" (.convert").txt(rule).raw(")"),
        }
    }

    /// A name or nothing, with a space in front.
    pub fn some_id(&mut self, name: Option<&str>) -> &mut Self {
        match name {
            Some(name) => self.raw(" (some").id(name).raw(")"),
            None => self.raw(" none"),
        }
    }

    /// Names on one line, with a space in front.
    pub fn ids<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> &mut Self {
        self.text.push_str(" [");
        let mut first = true;
        for name in names {
            if !first {
                self.text.push(',');
            }
            // No space behind the bracket.
            self.text.push_str(if first { "id!" } else { " id!" });
            escape::string(&mut self.text, name);
            first = false;
        }
        self.text.push(']');
        self
    }

    /// `key := [names]` on a line of its own, unless there are none.
    pub fn id_field<'a>(
        &mut self,
        indent: &str,
        key: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> &mut Self {
        let mut names = names.into_iter().peekable();
        if names.peek().is_some() {
            self.raw(indent).raw(key).raw(" :=").ids(names).raw("\n");
        }
        self
    }

    /// `key := [` with one item a line, unless there are none.
    pub fn list_field<T>(
        &mut self,
        indent: &str,
        key: &str,
        items: &[T],
        mut item: impl FnMut(&mut Self, &T),
    ) -> &mut Self {
        if items.is_empty() {
            return self;
        }
        self.raw(indent).raw(key).raw(" := [\n");
        for value in items {
            self.raw(indent).raw("  ");
            item(self, value);
            self.raw(",\n");
        }
        self.raw(indent).raw("]\n")
    }
}
