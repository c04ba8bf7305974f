//! `cargo emc show`, `cargo emc export` and `cargo emc schema`.

use serde_json::{Value, json};

use super::{
    Exit,
    args::{Described, Export, Format, Part},
    screen::Screen,
    verbs::failed,
};
use crate::{
    diagnostic::{Diagnostic, codes::manifest::USAGE, printable},
    document, manifest,
    model::export,
    ops::{
        export as whole,
        project::Project,
        show::{self, Subject},
    },
};

/// What a part is called by.
fn subject(part: &Part) -> Subject<'_> {
    match part {
        Part::Workflow(slug) => Subject::Workflow(slug.get()),
        Part::Slice(slug) => Subject::Slice(slug.get()),
    }
}

/// Run `cargo emc show` on a project.
pub fn run(project: &Project, part: &Part, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    let shown = show::show(project, subject(part)).map_err(|failure| failed(&failure))?;
    if let Some(document) = &shown.document {
        // A document has no key that is not text.
        let value = serde_json::to_value(document).unwrap_or_default();
        if screen.is_json() {
            let reason = match part {
                Part::Workflow(_) => "workflow",
                Part::Slice(_) => "slice",
            };
            screen.json(&json!({ "reason": reason, "document": value }));
        } else {
            screen.data(&outline(value));
        }
    }
    screen.findings(shown.report.findings());
    Ok(Exit::of(shown.report.findings()))
}

/// Run `cargo emc export` on a project.
pub fn export(
    project: &Project,
    arguments: &Export,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let subject = arguments.part.as_ref().map_or(Subject::Model, subject);
    if arguments.format == Format::Folded {
        if subject != Subject::Model {
            return Err(vec![
                Diagnostic::new(&USAGE, "`--format folded` prints the whole model")
                    .help("leave the part out, or use `--format json`"),
            ]);
        }
        let exported = whole::export(project).map_err(|failure| failed(&failure))?;
        if let Some(reading) = &exported.reading {
            screen.data(&pretty(&export::export(&reading.model)));
        }
        screen.findings(exported.report.findings());
        return Ok(Exit::of(exported.report.findings()));
    }
    let shown = show::show(project, subject).map_err(|failure| failed(&failure))?;
    if let Some(document) = &shown.document {
        screen.data(&match arguments.format {
            Format::Toml => document.to_toml().map_err(|refused| refused.0)?,
            _ => pretty(document),
        });
    }
    screen.findings(shown.report.findings());
    Ok(Exit::of(shown.report.findings()))
}

fn pretty(value: &impl serde::Serialize) -> String {
    // A value has no key that is not text.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// Run `cargo emc schema`.
pub fn schema(of: Described, screen: &mut Screen) {
    let schema = match of {
        Described::Document => document::schema(document::Described::Document),
        Described::Model => document::schema(document::Described::Model),
        Described::Workflow => document::schema(document::Described::Workflow),
        Described::Slice => document::schema(document::Described::Slice),
        Described::Manifest => manifest::schema(),
    };
    screen.data(&pretty(&schema));
}

/// A document as an outline. The slices of a workflow are only named.
fn outline(mut document: Value) -> String {
    if let Some(Value::Array(slices)) = document.get_mut("slices") {
        for slice in slices {
            let text = |key: &str| slice.get(key).and_then(Value::as_str).unwrap_or_default();
            *slice = Value::String(format!(
                "{} ({}): {}",
                text("slice"),
                text("kind"),
                text("name")
            ));
        }
    }
    let mut text = String::new();
    // How deep, whether first of a list's item, the key, the value.
    let mut work = vec![(0, false, "", &document)];
    while let Some((depth, leads, key, value)) = work.pop() {
        let mut margin = "  ".repeat(depth);
        if leads {
            margin.truncate(margin.len().saturating_sub(2));
            margin.push_str("- ");
        }
        let label = key.replace('_', " ");
        match value {
            Value::Object(object) if key.is_empty() => {
                // The work list is a stack: last in, first out.
                let fields = order(object).into_iter().enumerate().rev();
                work.extend(
                    fields.map(|(at, (key, value))| (depth, depth > 0 && at == 0, key, value)),
                );
            }
            Value::Object(object) => {
                text.push_str(&format!("{margin}{label}\n"));
                let fields = order(object).into_iter().rev();
                work.extend(fields.map(|(key, value)| (depth + 1, false, key, value)));
            }
            Value::Array(items) if key == "slices" || !items.iter().all(Value::is_string) => {
                text.push_str(&format!("{margin}{label}\n"));
                for item in items.iter().rev() {
                    // The dash of an object stands in the margin.
                    let inner = if item.is_object() { 2 } else { 1 };
                    work.push((depth + inner, false, "", item));
                }
            }
            Value::Array(items) => {
                let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                let items = items.join(", ");
                text.push_str(&format!("{margin}{label}: {}\n", printable(&items)));
            }
            value => {
                let own = value.to_string();
                let own = printable(value.as_str().unwrap_or(&own));
                text.push_str(&match key {
                    "" => format!("{margin}{own}\n"),
                    _ => format!("{margin}{label}: {own}\n"),
                });
            }
        }
    }
    text
}

/// The fields with what an element is called by first.
fn order(object: &serde_json::Map<String, Value>) -> Vec<(&str, &Value)> {
    const FIRST: &[&str] = &[
        "slice",
        "workflow",
        "name",
        "label",
        "kind",
        "description",
        "from",
        "to",
        "datum",
    ];
    let rank = |key: &str, value: &Value| {
        let place = FIRST.iter().position(|first| *first == key);
        (
            value.is_object() || value.is_array(),
            place.unwrap_or(FIRST.len()),
        )
    };
    let mut fields: Vec<(&str, &Value)> = object
        .iter()
        .map(|(key, value)| (key.as_str(), value))
        .collect();
    fields.sort_by_key(|(key, value)| rank(key, value));
    fields
}
