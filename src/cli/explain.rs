//! `cargo emc explain`: a code, or a generated file.

use std::path::Path;

use serde_json::json;

use super::{
    Exit,
    args::{self, Global},
    screen::Screen,
    verbs::failed,
};
use crate::{
    diagnostic::{Code, Diagnostic, Place, codes::artifacts},
    ops::{build::outputs::Now, explain, project::Project},
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
    if let Some(code) = Code::find(subject) {
        tell_code(code, screen);
        return Ok(Exit::Clean);
    }
    if !looks_like_a_path(subject) {
        let known: Vec<String> = Code::all()
            .flat_map(|code| [code.to_string(), code.name.to_owned()])
            .collect();
        let mut finding = Diagnostic::new(
            &artifacts::UNKNOWN_SUBJECT,
            format!("`{subject}` is neither a code nor a generated file"),
        );
        if let Some(close) = crate::diagnostic::closest(subject, known.iter().map(String::as_str)) {
            finding = finding.help(format!("did you mean `{close}`?"));
        }
        return Err(vec![
            finding.help("`cargo emc explain --all` lists every code"),
        ]);
    }
    super::each(global, screen, |project, screen| {
        tell_file(project, subject, screen)
    })
}

fn looks_like_a_path(subject: &str) -> bool {
    subject.contains(['/', '\\', '.'])
}

fn tell_code(code: &Code, screen: &Screen) {
    if screen.is_json() {
        screen.json(&json!({
            "reason": "code", "code": code.to_string(), "name": code.name, "level": code.level.as_str(),
            "title": code.title, "explanation": code.explanation,
        }));
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
    let unknown = || {
        vec![
            Diagnostic::new(
                &artifacts::UNKNOWN_SUBJECT,
                format!("the last build did not write `{subject}`"),
            )
            .at(Place::file(subject))
            .help("run `cargo emc build` first; paths are those that it prints"),
        ]
    };
    let path = below(&project.root, subject).ok_or_else(unknown)?;
    let explained = explain::explain(project, &path)
        .map_err(|failure| failed(&failure))?
        .ok_or_else(unknown)?;
    let now = match explained.now {
        Now::Intact | Now::Touched(_) => "as it was written",
        Now::Changed => "changed by something else since",
        Now::Missing => "missing",
    };
    if screen.is_json() {
        screen.json(&json!({
            "reason": "artifact", "path": explained.path.as_str(), "family": explained.family, "now": now,
            "reasons": explained.reasons.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "inputs": explained.inputs.iter()
                .map(|fact| json!({ "input": fact.input.to_string(), "value": fact.value }))
                .collect::<Vec<_>>(),
        }));
        return Ok(Exit::Clean);
    }
    let mut text = format!(
        "{}\n  family: {}\n  now: {now}\n  written because:\n",
        explained.path, explained.family
    );
    for reason in &explained.reasons {
        text.push_str(&format!("    {reason}\n"));
    }
    if explained.reasons.is_empty() {
        text.push_str("    (too long ago to be remembered)\n");
    }
    text.push_str("  its family read:\n");
    for fact in &explained.inputs {
        text.push_str(&format!("    {}: {}\n", fact.input, fact.value));
    }
    screen.data(&text);
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
