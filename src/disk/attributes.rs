//! What `.gitattributes` says about the line ends of the transaction files.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{Failure, fs};

/// Whether git leaves the line ends of the transaction files alone, whatever
/// the settings of whoever clones. `None` when the folder is in no work tree.
pub fn protects(events: &Path) -> Result<Option<bool>, Failure> {
    let Ok(events) = events.canonicalize() else {
        return Ok(None);
    };
    let Some(root) = events
        .ancestors()
        .find(|folder| folder.join(".git").exists())
    else {
        return Ok(None);
    };
    let mut text = Text::Unspecified;
    let mut sources: Vec<(PathBuf, PathBuf)> = events
        .ancestors()
        .take_while(|folder| folder.starts_with(root))
        .map(|folder| (folder.join(".gitattributes"), folder.to_path_buf()))
        .collect();
    // The nearest file has the last word, but for the one of the clone.
    sources.reverse();
    for (file, folder) in sources {
        let content = match fs::read_to_string(&file) {
            Ok(content) => content,
            Err(cause)
                if matches!(
                    cause.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::InvalidData
                ) =>
            {
                continue;
            }
            Err(cause) => return Err(Failure::new("read the attributes", &file, cause)),
        };
        let below = events.strip_prefix(&folder).unwrap_or(&events).join(SAMPLE);
        // A path that is not UTF-8 matches no pattern that is.
        let below = below
            .to_string_lossy()
            .replace(std::path::MAIN_SEPARATOR, "/");
        for line in content.lines() {
            text = text.after(line, &below);
        }
    }
    Ok(Some(text == Text::Kept))
}

/// Whether this text of the store's own `.gitattributes` leaves the line ends of
/// the transaction files alone.
pub fn keeps(text: &str) -> bool {
    let below = format!("events/{SAMPLE}");
    let after = text
        .lines()
        .fold(Text::Unspecified, |text, line| text.after(line, &below));
    after == Text::Kept
}

/// A name such as every transaction has.
const SAMPLE: &str = "01a20792-792e-740f-a332-e2d86be8b3e0.jsonl";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    /// Converted as the settings of the clone say.
    Unspecified,
    /// `-text`, `binary` or `eol=lf`: the same bytes everywhere.
    Kept,
    /// `text`, `text=auto` or `eol=crlf`.
    Converted,
}

impl Text {
    fn after(self, line: &str, path: &str) -> Self {
        let mut words = line.split_ascii_whitespace();
        let matched = words
            .next()
            .is_some_and(|pattern| !pattern.starts_with(['#', '[']) && matches(pattern, path));
        if !matched {
            return self;
        }
        words.fold(self, |text, word| match word {
            "-text" | "binary" | "eol=lf" => Self::Kept,
            "text" | "text=auto" if text != Self::Kept || !line.contains("eol=lf") => {
                Self::Converted
            }
            "eol=crlf" => Self::Converted,
            "!text" => Self::Unspecified,
            _ => text,
        })
    }
}

/// Whether a pattern of `.gitattributes` matches a path below its folder.
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.strip_prefix('/') {
        Some(anchored) => glob(anchored.as_bytes(), path.as_bytes()),
        None if pattern.contains('/') => glob(pattern.as_bytes(), path.as_bytes()),
        None => glob(
            pattern.as_bytes(),
            path.rsplit('/').next().unwrap_or(path).as_bytes(),
        ),
    }
}

/// `?` and `*` within a part, `**` over parts. Iterative: the last star is
/// where a mismatch goes back to.
fn glob(pattern: &[u8], path: &[u8]) -> bool {
    let (mut p, mut s) = (0, 0);
    // Of the last `*` and the last `**`: where the pattern goes on, and where
    // in the path it was tried.
    let mut star: Option<(usize, usize)> = None;
    let mut stars: Option<(usize, usize)> = None;
    loop {
        let rest = pattern.get(p..).unwrap_or_default();
        if let Some(after) = rest.strip_prefix(b"**") {
            p += if after.first() == Some(&b'/') { 3 } else { 2 };
            stars = Some((p, s));
            star = None;
            continue;
        }
        if rest.first() == Some(&b'*') {
            p += 1;
            star = Some((p, s));
            continue;
        }
        match (rest.first(), path.get(s)) {
            (None, None) => return true,
            (Some(b'?'), Some(byte)) if *byte != b'/' => (p, s) = (p + 1, s + 1),
            (Some(wanted), Some(byte)) if wanted == byte => (p, s) = (p + 1, s + 1),
            _ => {
                if let Some((after, at)) =
                    star.filter(|(_, at)| path.get(*at).is_some_and(|byte| *byte != b'/'))
                {
                    (p, s) = (after, at + 1);
                    star = Some((after, at + 1));
                } else if let Some((after, at)) = stars.filter(|(_, at)| *at < path.len()) {
                    (p, s) = (after, at + 1);
                    stars = Some((after, at + 1));
                    star = None;
                } else {
                    return false;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn patterns_match_as_in_git() {
        assert!(matches("*.jsonl", "events/a.jsonl"));
        assert!(matches("events/**", "events/a.jsonl"));
        assert!(matches("/events/*.jsonl", "events/a.jsonl"));
        assert!(matches("**/events/*", "model/events/a.jsonl"));
        assert!(matches("**", "model/events/a.jsonl"));
        assert!(matches("model/**/a.jsonl", "model/events/events/a.jsonl"));
        assert!(!matches("events/*", "events/events/a.jsonl"));
        assert!(!matches("*.json", "events/a.jsonl"));
        assert!(!matches("model", "events/a.jsonl"));
        assert!(!matches("?/a.jsonl", "events/a.jsonl"));
    }

    #[test]
    fn what_the_peer_writes_protects_nothing() {
        let after = |line| Text::Unspecified.after(line, "events/a.jsonl");
        assert_eq!(after("events/** merge=union"), Text::Unspecified);
        assert_eq!(after("events/** -text -merge"), Text::Kept);
        assert_eq!(after("* text=auto"), Text::Converted);
        assert_eq!(after("* text eol=lf"), Text::Kept);
        assert_eq!(after("# events/** -text"), Text::Unspecified);
        assert_eq!(
            Text::Converted.after("*.jsonl binary", "events/a.jsonl"),
            Text::Kept
        );
    }

    #[test]
    fn the_text_of_a_store_is_judged_alone() {
        for text in [
            "events/** -text",
            "events/** -text -merge",
            "* text eol=lf",
            "*.jsonl binary",
        ] {
            assert!(keeps(text), "{text}");
        }
        for text in [
            "events/** merge=union",
            "* text=auto",
            "# events/** -text",
            "",
            "*.md -text",
        ] {
            assert!(!keeps(text), "{text}");
        }
        assert!(!keeps("* -text\nevents/** text"), "the last word counts");
    }

    #[test]
    fn the_nearest_file_has_the_last_word() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        let events = root.path().join("model/events/events");
        fs::create_dir_all(&events)?;
        assert_eq!(protects(&events).ok(), Some(None), "in no work tree");
        fs::create_dir(root.path().join(".git"))?;
        assert_eq!(protects(&events).ok(), Some(Some(false)));
        fs::write(
            root.path().join("model/events/.gitattributes"),
            "events/** -text\n",
        )?;
        assert_eq!(protects(&events).ok(), Some(Some(true)));
        fs::write(root.path().join(".gitattributes"), "* text=auto\n")?;
        assert_eq!(protects(&events).ok(), Some(Some(true)));
        fs::write(events.join(".gitattributes"), "*.jsonl text\n")?;
        assert_eq!(protects(&events).ok(), Some(Some(false)));
        Ok(())
    }
}
