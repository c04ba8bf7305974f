//! `cargo emc log`.

use serde_json::json;

use super::{Exit, args::Log, screen::Screen, verbs::failed};
use crate::{
    diagnostic::{Diagnostic, printable},
    ops::{log, project::Project},
};

/// Run `cargo emc log` on a project.
pub fn run(
    project: &Project,
    arguments: &Log,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let log = log::log(project, arguments.slug.as_deref(), arguments.limit)
        .map_err(|failure| failed(&failure))?;
    let mut text = String::new();
    for entry in &log.entries {
        let header = &entry.header;
        if screen.is_json() {
            screen.json(&json!({
                "reason": "transaction", "transaction": header.id, "file": header.file.as_str(),
                "created_at": header.created_at, "replica": header.replica, "parents": header.parents,
                "changes": entry.events.iter().map(|event| json!({
                    "verb": event.verb, "element": event.element,
                })).collect::<Vec<_>>(),
            }));
            continue;
        }
        text.push_str(&format!(
            "{} {}  {}\n",
            seconds(&header.created_at),
            header.id,
            match header.parents.len() {
                0 | 1 => format!("by {}", header.replica),
                several => format!("by {}, joins {several} lines", header.replica),
            }
        ));
        for event in &entry.events {
            text.push_str(&format!("  {} {}\n", event.verb, printable(&event.element)));
        }
    }
    if !screen.is_json() {
        screen.data(&text);
    }
    screen.findings(log.report.findings());
    Ok(Exit::of(log.report.findings()))
}

/// A time without its fraction; as it is if it is written in another way.
fn seconds(time: &str) -> String {
    match time.split_once('.') {
        Some((whole, rest)) => {
            let zone = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
            let zone = if zone == "+00:00" { "Z" } else { zone };
            printable(&format!("{whole}{zone}")).into_owned()
        }
        None => printable(time).into_owned(),
    }
}
