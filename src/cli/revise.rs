//! `cargo emc edit`.

use std::{path::Path, process::Command};

use super::{
    Exit,
    args::{Edit, Editable},
    edit::{how_far, tell, tell_build, waiting},
    screen::{Screen, Verbosity},
    verbs::failed,
};
use crate::{
    diagnostic::{Diagnostic, codes::environment::EDITOR_FAILED},
    ops::{
        project::Project,
        revise::{Draft, Revised},
        show::Subject,
    },
};

/// Run `cargo emc edit` on a project.
pub fn run(
    project: &Project,
    arguments: &Edit,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let editor = editor()?;
    let subject = match arguments.part {
        Editable::Workflow => Subject::Workflow(&arguments.slug),
        Editable::Slice => Subject::Slice(&arguments.slug),
    };
    let mut draft = Draft::of(project, subject)?;
    // What was refused last.
    let mut refused: Option<Vec<Diagnostic>> = None;
    for _ in 0..OFFERS {
        if let Err(finding) = open(&editor, &draft.file) {
            if refused.is_none() {
                draft.remove();
            }
            return Err(vec![finding]);
        }
        let how = how_far(arguments.extent);
        match draft
            .apply(project, how, || waiting(screen))
            .map_err(|failure| failed(&failure))?
        {
            Revised::Applied(edited) => {
                tell(&edited, arguments.extent.dry_run, screen);
                return Ok(edited
                    .built
                    .map_or(Exit::Clean, |built| tell_build(built, screen)));
            }
            Revised::Untouched => {
                if refused.is_none() {
                    draft.remove();
                    screen.line(Verbosity::Normal, "Unchanged", "the document is as it was");
                    return Ok(Exit::Clean);
                }
                break;
            }
            Revised::Refused(findings) => refused = Some(findings),
        }
    }
    let findings = refused.unwrap_or_default();
    screen.findings(&findings);
    screen.line(Verbosity::Normal, "Kept", &draft.file.display().to_string());
    Ok(Exit::of(&findings))
}

/// How often a document is offered: an editor that is a script must not go on
/// for ever.
const OFFERS: usize = 32;

/// The editor that a person prefers, as they wrote it.
fn editor() -> Result<String, Vec<Diagnostic>> {
    ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|editor| !editor.trim().is_empty())
        .ok_or_else(|| {
            vec![
                Diagnostic::new(&EDITOR_FAILED, "neither VISUAL nor EDITOR names an editor")
                    .help("set one of them, or use `cargo emc export` and `cargo emc apply`"),
            ]
        })
}

/// Wait for the editor. Its command may have arguments, as git allows them.
fn open(editor: &str, file: &Path) -> Result<(), Diagnostic> {
    let mut command = if cfg!(windows) {
        let mut words = editor.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words);
        command
    } else {
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg(format!("{editor} \"$@\""))
            .arg(editor);
        command
    };
    let failed = |reason: String| {
        Diagnostic::new(&EDITOR_FAILED, format!("the editor `{editor}` {reason}")).help(
            "nothing was written; set VISUAL or EDITOR to a program that waits until you are done",
        )
    };
    match command.arg(file).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(format!("failed: {status}"))),
        Err(error) => Err(failed(format!("cannot be started: {error}"))),
    }
}
