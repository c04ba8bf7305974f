//! The tools for reviews.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json as object};

use super::{
    READS, RECORDS,
    edits::{How, told},
};
use crate::{
    diagnostic::{Diagnostic, codes::manifest::USAGE},
    event::{ReviewFinding, Text, vocabulary::ReviewCategory},
    mcp::tool::{Call, Reply, Tool, arguments, schema},
    ops::{
        clock::moment,
        render::{json, text},
        review::{self, Changed, Recording},
    },
};

pub const TOOLS: &[Tool] = &[
    Tool {
        name: "review_gate",
        title: "Ask whether reviews hold",
        description: "Tell for each workflow, or for one, whether a review of it as it is counts and was clean, and every reason why not. The `content` of a workflow pins a review to what was read: hand it to `record_review`.",
        effect: READS,
        schema: schema::<Gate>,
        run: review_gate,
    },
    Tool {
        name: "record_review",
        title: "Record a review",
        description: "Record what a reviewer found in a workflow, in one transaction: findings by category, or a clean review of all 13 categories. Record only what was really looked at, in the name of who did. The prompt `review_workflow` says what each category asks.",
        effect: RECORDS,
        schema: schema::<Record>,
        run: record_review,
    },
    Tool {
        name: "review_diff",
        title: "Show what changed since a review",
        description: "What changed in a workflow, or in each, since its last clean review, element by element: what a reviewer has to look at now.",
        effect: READS,
        schema: schema::<Diff>,
        run: review_diff,
    },
];

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Gate {
    /// The slug of a workflow; all of them without it
    workflow: Option<String>,
    /// Demand that Lean and Quint have accepted it as it is, too
    ready: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Record {
    /// The slug of the workflow that was reviewed
    workflow: Text,
    /// Who reviewed it
    reviewer: Text,
    /// What has to be mended; without any the review is clean in all categories
    #[serde(default)]
    findings: Vec<Found>,
    /// When it was reviewed, in UTC (2026-01-31T12:00:00Z); now without it
    #[serde(default)]
    reviewed_at: Option<String>,
    /// The `content` that `review_gate` told: refused when the workflow says
    /// something else by now
    #[serde(default)]
    content: Option<Text>,
    /// Tell what would be recorded, and write nothing
    #[serde(default)]
    dry_run: bool,
    /// Regenerate the artifacts that the review makes stale
    #[serde(default = "yes")]
    build: bool,
}

/// Something that a reviewer found.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Found {
    /// The category
    category: ReviewCategory,
    /// What is wrong
    text: Text,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Diff {
    /// The slug of a workflow; all of them without it
    workflow: Option<String>,
}

fn yes() -> bool {
    true
}

fn review_gate(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Gate { workflow, ready } = arguments(given)?;
    let gate = review::gate(&call.session.project()?, workflow.as_deref(), ready)?;
    let mut text = String::new();
    for one in &gate.workflows {
        let verb = if one.is_open() { "open" } else { "closed" };
        text.push_str(&format!("{verb}: {}\n", text::gate(one)));
    }
    Ok(Reply {
        result: object!({ "open": gate.is_open(), "workflows": gate.workflows.iter().map(json::gate).collect::<Vec<_>>() }),
        text,
        findings: gate.findings(),
        transaction: None,
    })
}

fn record_review(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let given: Record = arguments(given)?;
    let reviewed_at = given.reviewed_at.as_deref().map(moment).transpose();
    let recording = Recording {
        workflow: given.workflow,
        reviewer: given.reviewer,
        reviewed_at: reviewed_at
            .map_err(|reason| vec![Diagnostic::new(&USAGE, format!("`reviewed_at`: {reason}"))])?,
        findings: given
            .findings
            .into_iter()
            .map(|found| ReviewFinding {
                category: found.category,
                text: found.text,
            })
            .collect(),
        content: given.content,
    };
    let how = How {
        dry_run: given.dry_run,
        build: given.build,
    };
    let project = call.session.project()?;
    let recorded = review::record(&project, &recording, how.far(), || call.waiting())?;
    Ok(told(recorded, how))
}

fn review_diff(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Diff { workflow } = arguments(given)?;
    let changed = review::diff(&call.session.project()?, workflow.as_deref())?;
    let parts: Vec<String> = changed.iter().map(Changed::text).collect();
    Ok(Reply {
        result: changed.iter().map(json::changed).collect(),
        text: parts.join("\n"),
        ..Reply::default()
    })
}
