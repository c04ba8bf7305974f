//! The tools that change the model.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{CHANGES, COMPLETES, MAKES};
use crate::{
    authoring::{
        Request,
        edit::{self as edits, Fields, Kind},
        plan::{Action, placed},
    },
    diagnostic::{self, Diagnostic, codes::manifest::USAGE},
    disk::Failure,
    document::Document,
    mcp::tool::{Call, Reply, Tool, arguments, schema},
    ops::{
        build::Outcome,
        edit::{self, Edited, Extent},
        fix, import, init,
        render::{json, text},
    },
    rel_path::RelPath,
};

pub const TOOLS: &[Tool] = &[
    Tool {
        name: "init",
        title: "Start a project",
        description: "Start an event model in the root, or complete one: emc.toml, the store with its first event, .gitattributes, the generated files. Where nothing is missing nothing is written. A new project needs a name.",
        effect: COMPLETES,
        schema: schema::<Init>,
        run: init,
    },
    Tool {
        name: "apply",
        title: "Apply a document",
        description: "Make the model what a document says: a whole model, one workflow with its slices, or one slice. The strongest way to write: one call, one transaction, all or nothing. What the document leaves out stays, unless `prune` is set. `show` gives the document of what is there, and its form; the resource emc://guide explains it. With `dry_run` it tells what would change.",
        effect: MAKES,
        schema: schema::<Apply>,
        run: apply,
    },
    Tool {
        name: "edit",
        title: "Edit single elements",
        description: "Add, update or remove single elements of the model, in one transaction, all or none. Each edit names a kind and its fields: those that find the element, its owner (`workflow` or `slice`, by slug), what it stands in, and those to set. An update finds the element by its keys and sets the rest; `new_` before a key renames it; an empty text takes an optional field away. `explain` with the kind as its subject tells the fields.",
        effect: CHANGES,
        schema: schema::<Edit>,
        run: edit,
    },
    Tool {
        name: "fix",
        title: "Mend what has one remedy",
        description: "Mend every broken rule that can be mended in one way only, in one transaction. Findings that say so in their help are of this kind; the others need a decision.",
        effect: MAKES,
        schema: schema::<How>,
        run: fix,
    },
    Tool {
        name: "import",
        title: "Import an old store",
        description: "Take over the history of an old (v1) store that lies below the root: one transaction for each old event. An import that was interrupted goes on where it stopped.",
        effect: COMPLETES,
        schema: schema::<Import>,
        run: import,
    },
];

/// How far an edit goes.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct How {
    /// Tell what would change, and write nothing
    pub(super) dry_run: bool,
    /// Regenerate the artifacts that the edit makes stale
    pub(super) build: bool,
}

impl Default for How {
    fn default() -> Self {
        Self {
            dry_run: false,
            build: true,
        }
    }
}

impl How {
    pub(super) fn far(self) -> Extent {
        match self {
            Self { dry_run: true, .. } => Extent::Preview,
            Self { build: false, .. } => Extent::Store,
            Self { .. } => Extent::Build,
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Init {
    /// The name of the project; may be left out where emc.toml says it
    #[serde(default)]
    name: Option<String>,
    /// Generate the artifacts
    #[serde(default = "yes")]
    build: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Import {
    /// The old project or its folder of events: a path from the root, below it
    path: String,
    /// Generate the artifacts
    #[serde(default = "yes")]
    build: bool,
}

fn yes() -> bool {
    true
}

/// A document as an object, or as TOML or JSON text.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)] // Only its schema is used.
enum Given {
    /// TOML or JSON
    Text(String),
    /// An object
    Object(Box<Document>),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Apply {
    /// The document: `slice` in it makes it that of a slice (which says its
    /// `workflow`), `workflow` that of a workflow, neither that of a whole model
    #[schemars(with = "Given")]
    document: Value,
    /// Remove what the document leaves out
    #[serde(default)]
    prune: bool,
    /// Tell what would change, and write nothing
    #[serde(default)]
    dry_run: bool,
    /// Regenerate the artifacts that the edit makes stale
    #[serde(default = "yes")]
    build: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Edit {
    /// The edits, in order
    edits: Vec<One>,
    /// Tell what would change, and write nothing
    #[serde(default)]
    dry_run: bool,
    /// Regenerate the artifacts that the edit makes stale
    #[serde(default = "yes")]
    build: bool,
}

/// One edit.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    /// What happens
    action: Action,
    /// The kind of element
    kind: Kind,
    /// Its fields by key: texts, booleans, and lists of texts
    fields: Fields,
}

fn init(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Init { name, build } = arguments(given)?;
    let session = call.session;
    let done = init::init(
        &session.found,
        &session.target,
        name.as_deref(),
        build,
        || {
            call.waiting();
        },
    )?;
    let mut reply = Reply {
        result: json::init(&done),
        text: match (&done.transaction, done.files.len()) {
            (None, 0) => "the project is complete; nothing was written\n".to_owned(),
            _ => format!("the project `{}`\n", done.project.manifest.project.name),
        },
        transaction: done.transaction.as_ref().map(ToString::to_string),
        ..Reply::default()
    };
    for file in &done.files {
        reply.text.push_str(&format!("wrote {file}\n"));
    }
    built(&mut reply, done.built);
    Ok(reply)
}

fn apply(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Apply {
        document,
        prune,
        dry_run,
        build,
    } = arguments(given)?;
    let read = read(&document)?;
    let request = Request::Apply {
        document: Box::new(read.clone()),
        prune,
    };
    let written = write(call, &request, How { dry_run, build });
    // Nobody has seen the lines of an object.
    match &document {
        Value::String(text) => written.map_err(|findings| placed(findings, &read, LABEL, text)),
        _ => written,
    }
}

/// What findings call the document of a call.
const LABEL: &str = "document";

fn read(given: &Value) -> Result<Document, Vec<Diagnostic>> {
    if let Value::String(text) = given {
        return Document::read(LABEL, text).map_err(|refused| refused.0);
    }
    // Nobody has seen the lines of this text: a finding shows the one it means.
    let text = serde_json::to_string_pretty(given).unwrap_or_default();
    Document::from_json(LABEL, &text).map_err(|refused| {
        let mut findings = refused.0;
        for finding in &mut findings {
            let place = finding.place.take();
            let line = place.and_then(|place| place.line).unwrap_or_default();
            let line = usize::try_from(line)
                .ok()
                .and_then(|line| line.checked_sub(1));
            if let Some(line) = line.and_then(|line| text.lines().nth(line)) {
                finding
                    .notes
                    .push(format!("at or before `{}`", line.trim()));
            }
        }
        findings
    })
}

fn edit(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Edit {
        edits: wanted,
        dry_run,
        build,
    } = arguments(given)?;
    let mut all = Vec::new();
    let mut problems = Vec::new();
    let several = wanted.len() > 1;
    for (number, one) in (1..).zip(wanted) {
        match edits::edits(one.action, one.kind, one.fields) {
            Ok(edits) => all.extend(edits),
            Err(refused) => problems.extend(refused.0.into_iter().map(|finding| {
                if several {
                    finding.note(format!("in edit {number}"))
                } else {
                    finding
                }
            })),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    write(call, &Request::Edit(all), How { dry_run, build })
}

fn write(call: &Call<'_>, request: &Request, how: How) -> Result<Reply, Vec<Diagnostic>> {
    let project = call.session.project()?;
    let edited = edit::edit(&project, request, how.far(), || call.waiting())?;
    Ok(told(edited, how))
}

/// What an edit did, or would do.
pub(super) fn told(edited: Edited, how: How) -> Reply {
    let plan = &edited.decision.plan;
    let mut reply = Reply {
        result: json::edit(&edited, how.dry_run),
        text: text::changes(&plan.changes),
        transaction: edited.transaction.as_ref().map(ToString::to_string),
        findings: Vec::new(),
    };
    if plan.is_empty() {
        reply
            .text
            .push_str("the model is as it is asked for; nothing was written\n");
    } else if how.dry_run {
        reply.text.push_str("dry run; nothing was written\n");
    }
    if !plan.kept.is_empty() {
        reply.text.push_str(&format!(
            "kept, although the document leaves them out: {}\n",
            plan.kept.join("; ")
        ));
    }
    built(&mut reply, edited.built);
    reply
}

/// What a build that followed an edit came to. The edit stands, whatever that is;
/// broken rules are counted only: a model that grows breaks some after every edit.
pub(super) fn built(reply: &mut Reply, built: Option<Result<Outcome, Failure>>) {
    match built {
        None => {}
        Some(Err(failure)) => reply.findings.push(failure.diagnostic()),
        Some(Ok(outcome)) => {
            reply
                .text
                .push_str(&format!("artifacts: {}\n", text::work(outcome.work)));
            let rules = outcome.rules.findings();
            if let Some(count) = diagnostic::count(rules) {
                reply
                    .text
                    .push_str(&format!("rules: {count}; `check` tells them\n"));
            }
            if let Value::Object(result) = &mut reply.result {
                let value = json!({
                    "written": outcome.work.written,
                    "removed": outcome.work.removed,
                    "broken_rules": rules.len(),
                });
                result.insert("built".to_owned(), value);
            }
            reply
                .findings
                .extend(outcome.report.findings().iter().cloned());
        }
    }
}

fn fix(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let how: How = arguments(given)?;
    let project = call.session.project()?;
    let fixed = fix::fix(&project, how.far(), || call.waiting())?;
    let mended: Vec<Value> = fixed
        .mended
        .iter()
        .map(|finding| {
            json!({
                "code": finding.code.to_string(), "name": finding.code.name,
                "element": finding.element,
            })
        })
        .collect();
    let mut text = String::new();
    for finding in &fixed.mended {
        let element = finding.element.as_deref().unwrap_or_default();
        let verb = if how.dry_run { "would mend" } else { "mended" };
        text.push_str(&format!(
            "{verb} {} {}: {element}\n",
            finding.code, finding.code.name
        ));
    }
    let mut reply = match fixed.edited {
        Some(edited) => told(edited, how),
        None => Reply {
            text: "nothing is broken that can be mended in one way only\n".to_owned(),
            result: json!({}),
            ..Reply::default()
        },
    };
    reply.text = text + &reply.text;
    if let Value::Object(result) = &mut reply.result {
        result.insert("mended".to_owned(), mended.into());
    }
    Ok(reply)
}

fn import(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Import { path, build } = arguments(given)?;
    let session = call.session;
    let root = &session.found.root;
    let outside = || {
        let message = format!("`{path}` is no path of something below the root");
        vec![
            Diagnostic::new(&USAGE, message)
                .help("name a folder below the root, with `/`, relative to it"),
        ]
    };
    let below = RelPath::new(&path).map_err(|_| outside())?;
    // Links count for where they lead to.
    let resolved = |path: &std::path::Path| path.canonicalize().map_err(|_| outside());
    let place = resolved(&root.join(below.as_str()))?;
    if !place.starts_with(resolved(root)?) {
        return Err(outside());
    }
    let done = import::import(&session.found, &session.target, &place, build, || {
        call.waiting();
    })?;
    let mut reply = Reply {
        result: json::import(&done),
        text: format!(
            "imported {} transactions of `{}`\n",
            done.transactions, done.project.manifest.project.name
        ),
        ..Reply::default()
    };
    built(&mut reply, done.built);
    Ok(reply)
}
