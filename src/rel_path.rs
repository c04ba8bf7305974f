//! The path type of all pure code: UTF-8, `/` only, relative, no `..`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A path below the project root, for example `model/lean/Emc/Basic.lean`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct RelPath(String);

/// Why a text is not a path below the project root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRelative {
    /// Nothing, or nothing but `.`.
    Empty,
    /// It starts at a root or a drive.
    Absolute,
    /// It leaves the project with `..`.
    Leaves,
    /// It holds a backslash, which is a separator on some systems only.
    Backslash,
    /// It holds a control character.
    Control,
}

impl fmt::Display for NotRelative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the path is empty",
            Self::Absolute => "the path is absolute",
            Self::Leaves => "the path leaves the project with `..`",
            Self::Backslash => "the path holds a backslash; write `/`",
            Self::Control => "the path holds a control character",
        })
    }
}

impl std::error::Error for NotRelative {}

impl TryFrom<String> for RelPath {
    type Error = NotRelative;

    fn try_from(text: String) -> Result<Self, NotRelative> {
        if is_clean(&text) {
            return Ok(Self(text));
        }
        Self::new(&text)
    }
}

/// Whether a text is a path as it stands: one look at each byte, for the many
/// paths of a cache and names of a folder.
pub(crate) fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b':') {
        return false;
    }
    bytes.split(|byte| *byte == b'/').all(|part| {
        !matches!(part, b"" | b"." | b"..")
            && part
                .iter()
                .all(|byte| matches!(byte, b' '..=b'~') && *byte != b'\\')
    })
}

impl RelPath {
    /// A path from text. Leading `./`, doubled and trailing `/` are dropped.
    pub fn new(text: &str) -> Result<Self, NotRelative> {
        if text.contains('\\') {
            return Err(NotRelative::Backslash);
        }
        if text.chars().any(char::is_control) {
            return Err(NotRelative::Control);
        }
        let drive = text.as_bytes().get(1) == Some(&b':');
        if text.starts_with('/') || drive {
            return Err(NotRelative::Absolute);
        }
        let mut path = String::with_capacity(text.len());
        for part in text
            .split('/')
            .filter(|part| !part.is_empty() && *part != ".")
        {
            if part == ".." {
                return Err(NotRelative::Leaves);
            }
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(part);
        }
        if path.is_empty() {
            return Err(NotRelative::Empty);
        }
        Ok(Self(path))
    }

    /// The path with one more part. Separators inside `part` stay separators;
    /// parts are made by our own code, never taken from the model unescaped.
    #[must_use]
    pub fn join(&self, part: &str) -> Self {
        // No longer than it is: a reading holds one for each transaction.
        let mut path = String::with_capacity(self.0.len() + 1 + part.len());
        path.push_str(&self.0);
        path.push('/');
        path.push_str(part);
        Self(path)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0
            .rsplit_once('/')
            .map_or(self.as_str(), |(_, name)| name)
    }

    /// The folder it lies in, as text: nothing for the project root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The folder it lies in, unless it lies in the project root.
    pub fn parent(&self) -> Option<Self> {
        self.0
            .rsplit_once('/')
            .map(|(folder, _)| Self(folder.to_owned()))
    }

    /// Whether this path is `folder` or lies below it.
    pub fn is_within(&self, folder: &Self) -> bool {
        self.0
            .strip_prefix(&folder.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_below_the_root_are_paths() {
        let path = |text| RelPath::new(text).map(|path| path.to_string());
        assert_eq!(path("./model//lean/"), Ok("model/lean".to_owned()));
        assert_eq!(path(""), Err(NotRelative::Empty));
        assert_eq!(path("./"), Err(NotRelative::Empty));
        assert_eq!(path("/etc"), Err(NotRelative::Absolute));
        assert_eq!(path("C:/x"), Err(NotRelative::Absolute));
        assert_eq!(path("a/../../b"), Err(NotRelative::Leaves));
        assert_eq!(path("a\\b"), Err(NotRelative::Backslash));
        assert_eq!(path("a\u{7}b"), Err(NotRelative::Control));
    }

    #[test]
    fn what_is_clean_is_a_path_as_it_stands() {
        for text in [
            "a", "a/b", "a/..b", "a/b.c", "a//b", "./a", "a/", "../a", "a\\b", "C:/x", "a\u{7}",
            "\u{e9}", "",
        ] {
            let path = RelPath::new(text);
            if is_clean(text) {
                assert_eq!(path.as_ref().map(RelPath::as_str), Ok(text));
            }
            assert_eq!(RelPath::try_from(text.to_owned()), path);
        }
        assert!(is_clean("model/lean/A b.lean"));
    }

    #[test]
    fn a_folder_holds_what_lies_below_it_only() {
        let path = |text| RelPath::new(text).expect("relative");
        assert!(path("model/lean/A.lean").is_within(&path("model/lean")));
        assert!(path("model/lean").is_within(&path("model/lean")));
        assert!(!path("model/leaner").is_within(&path("model/lean")));
        assert_eq!(path("a/b").parent(), Some(path("a")));
        assert_eq!(path("a").parent(), None);
        assert_eq!(path("a/b").file_name(), "b");
    }
}
