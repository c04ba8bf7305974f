//! `cargo emc open`.

use std::{
    ffi::OsString,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::json;

use super::{
    Exit,
    args::Open,
    edit::waiting,
    screen::{Screen, Verbosity},
    verbs::failed,
};
use crate::{
    diagnostic::{
        Diagnostic, closest,
        codes::{
            artifacts::UNKNOWN_FAMILY, authoring::ABSENT_ELEMENT, environment::BROWSER_FAILED,
        },
    },
    ops::{
        build::{self, Options},
        export,
        project::Project,
    },
};

/// Bring the pages up to date, and open the first one or that of a workflow.
pub fn run(project: &Project, open: &Open, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    let Some(review) = project.review() else {
        return Err(vec![
            Diagnostic::new(&UNKNOWN_FAMILY, "the pages are not built here")
                .help("set `enabled = true` below `[artifacts.review]` in emc.toml"),
        ]);
    };
    let options = Options {
        families: vec!["review".to_owned()],
        ..Options::default()
    };
    let outcome =
        build::build(project, &options, || waiting(screen)).map_err(|failure| failed(&failure))?;
    screen.findings(outcome.report.findings());
    let exit = Exit::of(outcome.report.findings());
    if exit != Exit::Clean {
        return Ok(exit);
    }
    let page = match &open.workflow {
        None => review.front(),
        Some(slug) => {
            let exported = export::export(project).map_err(|failure| failed(&failure))?;
            let reading = exported.reading.as_ref();
            let model = reading.map(|reading| &reading.model);
            let page = model.and_then(|model| review.page_of(model, slug));
            page.ok_or_else(|| {
                let finding =
                    Diagnostic::new(&ABSENT_ELEMENT, format!("there is no workflow `{slug}`"));
                let known = model.map(|model| &model.workflows).into_iter().flatten();
                vec![match closest(slug, known.map(|one| one.slug.as_str())) {
                    Some(close) => finding.help(format!("did you mean `{close}`?")),
                    None => finding.help("`cargo emc list workflows` tells what there is"),
                }]
            })?
        }
    };
    let path = project.root.join(page.as_str());
    let shown = path.display().to_string();
    if screen.is_json() {
        screen.json(&json!({ "reason": "page", "path": shown }));
    }
    if open.print {
        if !screen.is_json() {
            screen.data(&format!("{shown}\n"));
        }
        return Ok(Exit::Clean);
    }
    browse(&path).map_err(|cause| {
        vec![
            Diagnostic::new(&BROWSER_FAILED, "the page was not opened")
                .note(cause)
                .help(format!("open it yourself: {shown}")),
        ]
    })?;
    screen.line(Verbosity::Normal, "Opened", page.as_str());
    Ok(Exit::Clean)
}

/// Hand a page to the browser that BROWSER names, or to that of the desktop. The
/// browser goes on when we end.
fn browse(page: &Path) -> Result<(), String> {
    let absolute = page.canonicalize().map_err(|cause| cause.to_string())?;
    let named = std::env::var("BROWSER").unwrap_or_default();
    let mut words = named.split_whitespace();
    let Some(program) = words.next() else {
        return opener::open(&absolute).map_err(|cause| cause.to_string());
    };
    let mut arguments: Vec<OsString> = words.map(OsString::from).collect();
    // Some write where the address goes.
    match arguments.iter_mut().find(|argument| *argument == "%s") {
        Some(place) => *place = absolute.into_os_string(),
        None => arguments.push(absolute.into_os_string()),
    }
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(|_| ())
        .map_err(|cause| format!("`{program}`: {cause}"))
}
