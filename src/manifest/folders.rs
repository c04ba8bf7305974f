//! The folders of a manifest: below the project, portable, and each with one owner.

use std::ops::Range;

use super::module_name::is_portable;
use crate::{
    diagnostic::{
        Code, Diagnostic, Source,
        codes::manifest::{FOLDERS_OVERLAP, PATH_IS_PROJECT, PATH_NOT_PORTABLE, PATH_OUTSIDE},
    },
    rel_path::{NotRelative, RelPath},
};

/// The folders claimed so far.
#[derive(Default)]
pub(super) struct Folders(Vec<Claim>);

struct Claim {
    owner: String,
    folder: RelPath,
    /// Where the manifest says so; a default has no place.
    span: Option<Range<usize>>,
}

/// Why a folder cannot be had.
pub(super) struct Refusal {
    code: &'static Code,
    why: String,
    span: Range<usize>,
}

impl Refusal {
    pub(super) fn finding(&self, source: &Source<'_>, key: &str) -> Diagnostic {
        let message = match self.code.number {
            number if number == PATH_OUTSIDE.number => {
                format!("`{key}` lies outside the project")
            }
            number if number == PATH_IS_PROJECT.number => {
                format!("`{key}` is the project's own folder")
            }
            _ => format!("`{key}` cannot exist on every system"),
        };
        source
            .finding(self.code, self.span.clone(), &self.why, message)
            .help("name a folder below that of the manifest, for example `model/events`")
    }
}

impl Folders {
    /// Let `owner` have a folder.
    pub(super) fn claim(
        &mut self,
        owner: &str,
        text: &str,
        span: Option<Range<usize>>,
    ) -> Result<RelPath, Refusal> {
        let refuse = |code, why: String| Refusal {
            code,
            why,
            span: span.clone().unwrap_or(0..0),
        };
        let folder = RelPath::new(text).map_err(|why| {
            let code = match why {
                NotRelative::Empty => &PATH_IS_PROJECT,
                NotRelative::Absolute | NotRelative::Leaves => &PATH_OUTSIDE,
                NotRelative::Backslash | NotRelative::Control => &PATH_NOT_PORTABLE,
            };
            refuse(code, why.to_string())
        })?;
        if let Some(part) = folder.as_str().split('/').find(|part| !is_portable(part)) {
            return Err(refuse(
                &PATH_NOT_PORTABLE,
                format!("`{part}` is not a file name everywhere"),
            ));
        }
        self.0.push(Claim {
            owner: owner.to_owned(),
            folder: folder.clone(),
            span,
        });
        Ok(folder)
    }

    /// Every pair of owners that cannot both have what they claim.
    pub(super) fn overlaps(&self, source: &Source<'_>) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (index, first) in self.0.iter().enumerate() {
            for second in self.0.iter().skip(index + 1) {
                if !overlap(&first.folder, &second.folder) {
                    continue;
                }
                // Point at what was written last: a default is never to blame.
                let start = |claim: &Claim| claim.span.as_ref().map(|span| span.start);
                let (other, blamed) = if start(first) > start(second) {
                    (second, first)
                } else {
                    (first, second)
                };
                findings.push(
                    source
                        .finding(
                            &FOLDERS_OVERLAP,
                            blamed.span.clone().unwrap_or(0..0),
                            &format!("{} has `{}`", other.owner, other.folder),
                            format!("{} and {} cannot share a folder", blamed.owner, other.owner),
                        )
                        .help(format!("give {} a folder of its own", blamed.owner)),
                );
            }
        }
        findings
    }
}

/// Whether one is the other or lies in it, where case does not count.
fn overlap(a: &RelPath, b: &RelPath) -> bool {
    let (a, b) = (a.as_str().to_lowercase(), b.as_str().to_lowercase());
    let within = |inner: &str, outer: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    within(&a, &b) || within(&b, &a)
}
