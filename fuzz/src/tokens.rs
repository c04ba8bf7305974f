//! A lexer for languages with comments, strings, words and brackets.

/// How a language is written.
pub struct Language {
    /// What begins a comment up to the end of the line.
    pub line_comment: &'static str,
    /// What opens and closes a comment.
    pub block_comment: (&'static str, &'static str),
    /// Whether comments nest.
    pub nested: bool,
    /// What a backslash in a string stands for; a language without such a
    /// function has no escapes.
    pub escape: Option<Escape>,
}

/// The character that an escape stands for, from what follows the backslash, and
/// how many bytes it takes; none where the language refuses it.
pub type Escape = fn(&str) -> Option<(char, usize)>;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    /// Letters, digits and `_`.
    Word(String),
    /// What a string literal holds.
    Text(String),
    /// A comment.
    Comment,
    /// Anything else but white space.
    Mark(char),
}

impl Language {
    /// The tokens of a text, brackets balanced; or what is wrong with it.
    pub fn lex(&self, text: &str) -> Result<Vec<Token>, String> {
        let mut tokens = Vec::new();
        let mut open = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = if let Some(comment) = rest.strip_prefix(self.line_comment) {
                tokens.push(Token::Comment);
                rest.len() - comment.find('\n').map_or(0, |end| comment.len() - end)
            } else if rest.starts_with(self.block_comment.0) {
                tokens.push(Token::Comment);
                self.block(rest)?
            } else if first == '"' {
                let (value, length) = self.string(rest)?;
                tokens.push(Token::Text(value));
                length
            } else if first.is_ascii_alphanumeric() || first == '_' {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let word = &rest[..end.unwrap_or(rest.len())];
                tokens.push(Token::Word(word.to_owned()));
                word.len()
            } else {
                if !first.is_whitespace() {
                    tokens.push(Token::Mark(first));
                }
                match first {
                    '(' => open.push(')'),
                    '[' => open.push(']'),
                    '{' => open.push('}'),
                    ')' | ']' | '}' if open.pop() != Some(first) => {
                        return Err(format!("a bracket too much: {}", line(rest)));
                    }
                    _ => {}
                }
                first.len_utf8()
            };
            rest = &rest[length..];
        }
        if open.is_empty() {
            Ok(tokens)
        } else {
            Err("a bracket is not closed".to_owned())
        }
    }

    /// How long the comment is that begins here.
    fn block(&self, text: &str) -> Result<usize, String> {
        let (open, close) = self.block_comment;
        let mut depth = 0;
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            if rest.starts_with(open) && (self.nested || depth == 0) {
                depth += 1;
                at += open.len();
            } else if rest.starts_with(close) {
                depth -= 1;
                at += close.len();
                if depth == 0 {
                    return Ok(at);
                }
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        Err("a comment is not closed".to_owned())
    }

    /// What the string holds that begins here, and how long it is.
    fn string(&self, text: &str) -> Result<(String, usize), String> {
        let mut value = String::new();
        let mut at = 1;
        loop {
            let rest = &text[at..];
            match (rest.chars().next(), self.escape) {
                (Some('"'), _) => return Ok((value, at + 1)),
                (None | Some('\n'), _) => {
                    return Err(format!("a string is not closed: {}", line(text)));
                }
                (Some('\\'), Some(escape)) => {
                    let (c, length) =
                        escape(&rest[1..]).ok_or(format!("no escape: {}", line(rest)))?;
                    value.push(c);
                    at += 1 + length;
                }
                (Some(c), _) => {
                    value.push(c);
                    at += c.len_utf8();
                }
            }
        }
    }
}

fn line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
