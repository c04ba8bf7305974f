//! `cargo emc explain`: a code, or a generated file.

use std::path::Path;

use super::{
    Exit,
    args::{self, Global},
    screen::Screen,
    verbs::failed,
};
use crate::{
    diagnostic::{Code, Diagnostic},
    ops::{
        explain,
        project::Project,
        render::{json, text},
    },
    rel_path::RelPath,
    rules,
};

/// Run `cargo emc explain`.
pub fn run(
    arguments: &args::Explain,
    global: &Global,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let Some(subject) = &arguments.subject else {
        for code in Code::all() {
            tell_code(code, screen);
        }
        return Ok(Exit::Clean);
    };
    if let Some(code) = explain::code(subject).map_err(|unknown| vec![unknown])? {
        tell_code(code, screen);
        return Ok(Exit::Clean);
    }
    super::each(global, screen, |project, screen| {
        tell_file(project, subject, screen)
    })
}

fn tell_code(code: &Code, screen: &Screen) {
    if screen.is_json() {
        screen.json(&json::code(code));
    } else {
        let text = rules::explained(code);
        screen.data(&format!(
            "{code} {} ({})\n\n{text}\n",
            code.name, code.level
        ));
    }
}

fn tell_file(
    project: &Project,
    subject: &str,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let Some(path) = below(&project.root, subject) else {
        return Err(vec![explain::unwritten(subject)]);
    };
    let explained = explain::explain(project, &path)
        .map_err(|failure| failed(&failure))?
        .ok_or_else(|| vec![explain::unwritten(subject)])?;
    if screen.is_json() {
        screen.json(&json::artifact(&explained));
    } else {
        screen.data(&text::artifact(&explained));
    }
    Ok(Exit::Clean)
}

/// The path below the project root, from one that a person typed: relative to
/// the root or to the current folder.
fn below(root: &Path, subject: &str) -> Option<RelPath> {
    let from_here = std::env::current_dir().ok()?.join(subject);
    if let Ok(below) = from_here.strip_prefix(root)
        && from_here.exists()
    {
        return RelPath::new(&below.to_string_lossy().replace('\\', "/")).ok();
    }
    RelPath::new(subject).ok()
}
