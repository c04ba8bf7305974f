//! What all renderers share.

use super::{Diagnostic, Level, Place};

/// How findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options<'a> {
    /// Whether the human form has colours.
    pub color: bool,
    /// How many findings the human and short forms show; the rest is counted.
    pub limit: Option<usize>,
    /// What stands before the file of every place: the way from where the
    /// reader stands to the project root, with `/` and ending in one (or
    /// empty). A hosting service reads paths from the root of the repository.
    pub prefix: &'a str,
    /// The manifest of the project that the findings are about, for a program.
    pub manifest: Option<&'a str>,
}

impl Options<'_> {
    /// The file of a place as the reader sees it.
    pub(crate) fn file(&self, place: &Place) -> String {
        // A file that a person named by its whole path lies in no project.
        if std::path::Path::new(&place.file).is_absolute() {
            place.file.clone()
        } else {
            format!("{}{}", self.prefix, place.file)
        }
    }

    /// How many of these findings are shown.
    pub(super) fn shown(&self, findings: &[Diagnostic]) -> usize {
        self.limit.unwrap_or(usize::MAX).min(findings.len())
    }
}

/// `2 errors, 1 warning`, or `None` where there is nothing of the kind to count.
pub fn count(findings: &[Diagnostic]) -> Option<String> {
    let of = |level: Level| {
        let count = findings.iter().filter(|found| found.level == level).count();
        match count {
            0 => None,
            1 => Some(format!("1 {level}")),
            count => Some(format!("{count} {level}s")),
        }
    };
    let counts: Vec<_> = [Level::Error, Level::Warning, Level::Note]
        .into_iter()
        .filter_map(of)
        .collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// The line that says how many findings are not shown.
pub(super) fn rest(hidden: usize) -> String {
    match hidden {
        1 => "... and 1 more finding".to_owned(),
        hidden => format!("... and {hidden} more findings"),
    }
}
