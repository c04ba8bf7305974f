//! `edit`: a part of the model as text, and what a person made of it.

use std::path::PathBuf;

use super::{
    edit::{self, Edited, Extent},
    project::Project,
    show::{self, Subject},
};
use crate::{
    authoring::{Request, plan::placed},
    diagnostic::Diagnostic,
    disk::{Failure, fs},
    document::Document,
};

/// A part of the model in a file of its own, for a person to change.
#[derive(Debug)]
pub struct Draft {
    /// The file, below the build state; it stays until it is applied.
    pub file: PathBuf,
    base: Document,
    /// The text that was written last.
    text: String,
}

/// What came of a draft.
#[derive(Debug)]
pub enum Revised {
    /// The text is as it was written.
    Untouched,
    /// It was applied.
    Applied(Box<Edited>),
    /// It was refused; the file has the reasons on top.
    Refused(Vec<Diagnostic>),
}

/// Lines that say why a document was refused start like this.
const REASON: &str = "#! ";

impl Draft {
    /// Write a part of the model to a file.
    ///
    /// # Errors
    /// A store with errors, a part that is not there, I/O.
    pub fn of(project: &Project, subject: Subject<'_>) -> Result<Self, Vec<Diagnostic>> {
        let shown = show::show(project, subject).map_err(|failure| vec![failure.diagnostic()])?;
        let Some(base) = shown.document.filter(|_| !shown.report.has_errors()) else {
            return Err(shown.report.findings().to_vec());
        };
        let text = base.to_toml().map_err(|refused| refused.0)?;
        let name = match subject {
            Subject::Model => "model.toml".to_owned(),
            Subject::Workflow(slug) => file_name("workflow", slug),
            Subject::Slice(slug) => file_name("slice", slug),
        };
        let folder = project.shelf.folder().join("edit");
        let draft = Self {
            file: folder.join(name),
            base,
            text,
        };
        project
            .shelf
            .make()
            .and_then(|()| {
                fs::refuse_link(&folder)
                    .and_then(|()| fs::create_dir_all(&folder))
                    .map_err(|cause| Failure::new("make the folder", &folder, cause))
            })
            .and_then(|()| draft.write())
            .map_err(|failure| vec![failure.diagnostic()])?;
        Ok(draft)
    }

    /// Apply what the file holds now; what it leaves out goes. The file is
    /// removed unless the text is refused.
    ///
    /// # Errors
    /// A file that cannot be read or written. A refused text is none.
    pub fn apply(
        &mut self,
        project: &Project,
        extent: Extent,
        waiting: impl FnOnce(),
    ) -> Result<Revised, Failure> {
        let failed = |cause| Failure::new("read the document", &self.file, cause);
        let text = fs::read_to_string(&self.file).map_err(failed)?;
        if text == self.text || text.trim().is_empty() {
            return Ok(Revised::Untouched);
        }
        let own = without_reasons(&text);
        // Places are those of the text that is offered again.
        let label = self.file.file_name().unwrap_or_default().to_string_lossy();
        let edited = Document::read(&label, &own)
            .map_err(|refused| refused.0)
            .and_then(|document| {
                let request = Request::Replace {
                    base: Box::new(self.base.clone()),
                    document: Box::new(document.clone()),
                };
                edit::edit(project, &request, extent, waiting)
                    .map_err(|findings| placed(findings, &document, &label, &own))
            });
        match edited {
            Ok(edited) => {
                self.remove();
                Ok(Revised::Applied(Box::new(edited)))
            }
            Err(findings) => {
                self.text = with_reasons(&own, &findings);
                self.write()?;
                Ok(Revised::Refused(findings))
            }
        }
    }

    /// Remove the file.
    pub fn remove(&self) {
        // What stays is only a leftover in a folder of the cache.
        let _ = fs::remove_file(&self.file);
    }

    fn write(&self) -> Result<(), Failure> {
        fs::put(&self.file, self.text.as_bytes())
            .map(drop)
            .map_err(|cause| Failure::new("write the document", &self.file, cause))
    }
}

/// A slug can be any text, and a name of a file cannot.
fn file_name(kind: &str, slug: &str) -> String {
    let plain: String = slug
        .chars()
        .map(|letter| match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => letter,
            _ => '_',
        })
        .take(100)
        .collect();
    format!("{kind}-{plain}-{}.toml", std::process::id())
}

fn without_reasons(text: &str) -> String {
    let own = text
        .lines()
        .skip_while(|line| line.starts_with(REASON.trim_end()));
    own.fold(String::new(), |text, line| text + line + "\n")
}

/// The text behind the reasons why it was refused. Their lines are counted, so
/// that a place is that of the whole text.
fn with_reasons(text: &str, findings: &[Diagnostic]) -> String {
    let mut reasons = vec!["This document was refused; nothing was written.".to_owned()];
    let above = 2 + findings
        .iter()
        .map(|finding| 1 + finding.notes.len() + finding.help.len())
        .sum::<usize>();
    for finding in findings {
        let line = finding.place.as_ref().and_then(|place| place.line);
        let line = line.and_then(|line| usize::try_from(line).ok());
        let place = match (line, &finding.element) {
            (Some(line), _) => format!("line {}: ", line + above),
            (None, Some(element)) => format!("{element}: "),
            (None, None) => String::new(),
        };
        reasons.push(format!("{}: {place}{}", finding.code, finding.message));
        reasons.extend(finding.notes.iter().map(|note| format!("  note: {note}")));
        reasons.extend(finding.help.iter().map(|help| format!("  help: {help}")));
    }
    reasons.push("Save it unchanged, or empty, to give up.".to_owned());
    let mut all = String::new();
    for reason in reasons {
        // A message with a line break would end the comment.
        all.push_str(REASON);
        all.push_str(&reason.replace(['\n', '\r'], " "));
        all.push('\n');
    }
    all + text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, codes::authoring::DOCUMENT_UNREADABLE};

    #[test]
    fn reasons_name_the_line_that_they_are_about_and_go_again() {
        let text = "slice = \"s\"\nnmae = \"S\"\n";
        let finding = Diagnostic::new(&DOCUMENT_UNREADABLE, "unknown\nfield")
            .at(Place::line("s.toml", 2))
            .note("a note")
            .help("did you mean `name`?");
        let with = with_reasons(text, &[finding.clone(), finding]);
        let line = with
            .lines()
            .position(|line| line.starts_with("nmae"))
            .expect("it stays")
            + 1;
        assert!(
            with.contains(&format!("EMC5001: line {line}: unknown field")),
            "{with}"
        );
        assert_eq!(without_reasons(&with), text);
    }
}
