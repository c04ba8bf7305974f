//! The tools that only read the model.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::READS;
use crate::{
    authoring::edit::Kind,
    diagnostic::{Code, Diagnostic, codes::manifest::USAGE},
    mcp::tool::{Call, Reply, Tool, arguments, failed, schema},
    model::export,
    ops::{
        explain, export as whole,
        list::{self, What},
        log,
        project::Project,
        render::{json, text},
        show::{self, Subject},
    },
    rel_path::RelPath,
    rules,
};

pub const TOOLS: &[Tool] = &[
    Tool {
        name: "list",
        title: "List the model",
        description: "List the workflows, the slices or the transitions of the model, of all workflows or of one. Workflows come with their readiness: whether they were verified as they are.",
        effect: READS,
        schema: schema::<List>,
        run: list,
    },
    Tool {
        name: "show",
        title: "Show a workflow or a slice",
        description: "Show one workflow with its slices, or one slice, as the document that `apply` takes: as JSON in the result, as TOML in the text.",
        effect: READS,
        schema: schema::<Show>,
        run: show,
    },
    Tool {
        name: "export",
        title: "Export the model as text",
        description: "The whole model, a workflow or a slice as one text: the TOML or JSON document that `apply` takes, or the folded model with the words of its events.",
        effect: READS,
        schema: schema::<Export>,
        run: export,
    },
    Tool {
        name: "explain",
        title: "Explain a code, a kind or a file",
        description: "Explain a code of a finding (EMC301, or its name) with reason, remedy and example; or a kind of element (`command`, `view-field`) with the fields that `edit` takes; or why a generated file was written. Without a subject: every code and every kind.",
        effect: READS,
        schema: schema::<Explain>,
        run: explain,
    },
    Tool {
        name: "log",
        title: "Show the history",
        description: "What each transaction changed, newest first: of the whole model, or about one workflow or slice.",
        effect: READS,
        schema: schema::<Log>,
        run: log,
    },
];

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct List {
    /// What to list
    what: What,
    /// The slug of a workflow: of this one only
    #[serde(default)]
    workflow: Option<String>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Show {
    /// The slug of a workflow
    workflow: Option<String>,
    /// The slug of a slice
    slice: Option<String>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Export {
    /// How it is written
    format: Format,
    /// The slug of a workflow: this one only
    workflow: Option<String>,
    /// The slug of a slice: this one only
    slice: Option<String>,
}

/// How a model is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Format {
    /// The document that `apply` takes
    #[default]
    Toml,
    /// The same document as JSON
    Json,
    /// The whole model as it was folded, as JSON with the words of the events
    Folded,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Explain {
    /// A code or its name, a kind of element, or the path of a generated file
    subject: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Log {
    /// The slug of a workflow or a slice: what is about it only
    slug: Option<String>,
    /// The newest transactions only
    limit: usize,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            slug: None,
            limit: 20,
        }
    }
}

fn list(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let List { what, workflow } = arguments(given)?;
    let project = call.session.project()?;
    let listed = list::list(&project, workflow.as_deref()).map_err(failed)?;
    Ok(Reply {
        result: json::list(&listed, what).into(),
        text: text::list(&listed, what),
        findings: listed.report.findings().to_vec(),
        transaction: None,
    })
}

fn subject<'a>(
    workflow: Option<&'a str>,
    slice: Option<&'a str>,
) -> Result<Option<Subject<'a>>, Vec<Diagnostic>> {
    match (workflow, slice) {
        (Some(workflow), None) => Ok(Some(Subject::Workflow(workflow))),
        (None, Some(slice)) => Ok(Some(Subject::Slice(slice))),
        (None, None) => Ok(None),
        (Some(_), Some(_)) => {
            let message = "`workflow` and `slice` are both given";
            Err(vec![
                Diagnostic::new(&USAGE, message).help("give one of them"),
            ])
        }
    }
}

fn show(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Show { workflow, slice } = arguments(given)?;
    let Some(subject) = subject(workflow.as_deref(), slice.as_deref())? else {
        return Err(vec![
            Diagnostic::new(&USAGE, "neither `workflow` nor `slice` is given")
                .help("`list` names those that there are; `export` gives the whole model"),
        ]);
    };
    let project = call.session.project()?;
    let shown = show::show(&project, subject).map_err(failed)?;
    let mut reply = Reply {
        findings: shown.report.findings().to_vec(),
        ..Reply::default()
    };
    if let Some(document) = &shown.document {
        reply.text = document.to_toml().map_err(|refused| refused.0)?;
        // A document has no key that is not text.
        let document = serde_json::to_value(document).unwrap_or_default();
        reply.result = json!({ "document": document });
    }
    Ok(reply)
}

fn export(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Export {
        format,
        workflow,
        slice,
    } = arguments(given)?;
    let subject = subject(workflow.as_deref(), slice.as_deref())?;
    let project = call.session.project()?;
    let (text, findings) = if format == Format::Folded {
        if subject.is_some() {
            return Err(vec![
                Diagnostic::new(&USAGE, "the format `folded` is that of the whole model")
                    .help("leave the part out, or take the format `json`"),
            ]);
        }
        folded(&project)?
    } else {
        let subject = subject.unwrap_or(Subject::Model);
        let shown = show::show(&project, subject).map_err(failed)?;
        let text = match (&shown.document, format) {
            (None, _) => String::new(),
            (Some(document), Format::Toml) => document.to_toml().map_err(|refused| refused.0)?,
            (Some(document), _) => pretty(document),
        };
        (text, shown.report.findings().to_vec())
    };
    Ok(Reply {
        result: json!({ "text": text }),
        text,
        findings,
        transaction: None,
    })
}

fn folded(project: &Project) -> Result<(String, Vec<Diagnostic>), Vec<Diagnostic>> {
    let exported = whole::export(project).map_err(failed)?;
    let reading = exported.reading.as_ref();
    let text = reading.map(|reading| pretty(&export::export(&reading.model)));
    Ok((
        text.unwrap_or_default(),
        exported.report.findings().to_vec(),
    ))
}

fn pretty(value: &impl serde::Serialize) -> String {
    // A value has no key that is not text.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn explain(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Explain { subject } = arguments(given)?;
    let Some(subject) = subject else {
        return Ok(everything());
    };
    if let Ok(kind) = subject.parse::<Kind>() {
        return Ok(Reply {
            result: json::kind(kind),
            text: text::kind(kind),
            ..Reply::default()
        });
    }
    if let Some(code) = explain::code(&subject).map_err(|unknown| vec![unknown])? {
        return Ok(Reply {
            result: json::code(code),
            text: format!(
                "{code} {} ({})\n\n{}",
                code.name,
                code.level,
                rules::explained(code)
            ),
            ..Reply::default()
        });
    }
    let unknown = || vec![explain::unwritten(&subject)];
    let path = RelPath::new(&subject).map_err(|_| unknown())?;
    let explained = explain::explain(&call.session.project()?, &path)
        .map_err(failed)?
        .ok_or_else(unknown)?;
    Ok(Reply {
        result: json::artifact(&explained),
        text: text::artifact(&explained),
        ..Reply::default()
    })
}

fn everything() -> Reply {
    let mut text = String::new();
    for code in Code::all() {
        text.push_str(&format!(
            "{code} {} ({}): {}\n",
            code.name, code.level, code.title
        ));
    }
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    text.push_str(&format!("kinds: {}\n", kinds.join(", ")));
    let codes: Vec<Value> = Code::all()
        .map(|code| {
            json!({
                "code": code.to_string(), "name": code.name,
                "level": code.level.as_str(), "title": code.title,
            })
        })
        .collect();
    Reply {
        result: json!({ "codes": codes, "kinds": kinds }),
        text,
        ..Reply::default()
    }
}

fn log(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Log { slug, limit } = arguments(given)?;
    let project = call.session.project()?;
    let log = log::log(&project, slug.as_deref(), Some(limit)).map_err(failed)?;
    let entries: Vec<Value> = log.entries.iter().map(json::entry).collect();
    Ok(Reply {
        result: entries.into(),
        text: text::log(&log),
        findings: log.report.findings().to_vec(),
        transaction: None,
    })
}
