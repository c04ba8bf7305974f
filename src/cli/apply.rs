//! `cargo emc apply`.

use std::{
    io::{self, Read as _},
    path::Path,
};

use super::{
    Exit,
    args::{Apply, Global},
    edit,
    screen::Screen,
    verbs::failed,
};
use crate::{
    authoring::{Request, plan::placed},
    diagnostic::Diagnostic,
    disk::{Failure, fs},
    document::Document,
};

/// Run `cargo emc apply`.
pub fn run(
    arguments: &Apply,
    global: &Global,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    // Its path is not one of the project: findings of it come first.
    let (label, text) = read(&arguments.file).map_err(|failure| failed(&failure))?;
    let document = Document::read(&label, &text).map_err(|refused| refused.0)?;
    let request = Request::Apply {
        document: Box::new(document.clone()),
        prune: arguments.prune,
    };
    super::one(global, screen, |project, screen| {
        edit::run(project, &request, arguments.extent, screen)
            .map_err(|findings| placed(findings, &document, &label, &text))
    })
}

/// The text of a file that is named on the command line, and how it is called.
fn read(file: &Path) -> Result<(String, String), Failure> {
    if file == Path::new("-") {
        let mut text = String::new();
        io::stdin()
            .read_to_string(&mut text)
            .map_err(|cause| Failure::new("read the document", Path::new("stdin"), cause))?;
        return Ok(("stdin".to_owned(), text));
    }
    fs::read_given(file)
        .map(|text| (file.display().to_string(), text))
        .map_err(|cause| Failure::new("read the document", file, cause))
}
