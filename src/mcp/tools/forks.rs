//! The tools for what was edited apart.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{MAKES, READS};
use crate::{
    diagnostic::Diagnostic,
    mcp::tool::{Call, Reply, Tool, arguments, failed, schema},
    ops::{
        conflicts,
        render::{json, text},
        resolve::{self, Choice, Reply as Answer},
    },
    rel_path::RelPath,
};

pub const TOOLS: &[Tool] = &[
    Tool {
        name: "list_conflicts",
        title: "List open forks",
        description: "The open forks of the store, which two clones leave when both edited the same slice or workflow: what each branch changed, and what they contradict each other in.",
        effect: READS,
        schema: schema::<Nothing>,
        run: list_conflicts,
    },
    Tool {
        name: "resolve_conflict",
        title: "Resolve open forks",
        description: "Decide open forks with one transaction. What commutes is joined without a choice; where branches contradict each other a choice says which one is kept: for everything, for one stream, or for one element. What no choice decides stays open and is told. Ask a person where the model itself does not tell what is meant; then `build`.",
        effect: MAKES,
        schema: schema::<Resolve>,
        run: resolve_conflict,
    },
];

/// No arguments.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Nothing {}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Resolve {
    /// Which branch is kept where they contradict each other; the last choice
    /// that fits counts
    choices: Vec<Choice>,
}

fn list_conflicts(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Nothing {} = arguments(given)?;
    let listed = conflicts::conflicts(&call.session.project()?).map_err(failed)?;
    let forks: Vec<Value> = listed.forks.iter().map(json::fork).collect();
    let text = if forks.is_empty() {
        "no fork is open\n".to_owned()
    } else {
        listed.forks.iter().map(text::fork).collect()
    };
    Ok(Reply {
        result: forks.into(),
        text,
        findings: listed.report.findings().to_vec(),
        transaction: None,
    })
}

fn resolve_conflict(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Resolve { choices } = arguments(given)?;
    let project = call.session.project()?;
    let resolved =
        resolve::resolve(&project, &choices, |_| Answer::Skip).map_err(|refused| refused.0)?;
    // Nobody quits who is not asked.
    let Some(resolved) = resolved else {
        return Ok(Reply {
            result: json!({}),
            ..Reply::default()
        });
    };
    let mut text = String::new();
    for fork in &resolved.decided {
        text.push_str(&format!("resolved {}\n", fork.fork.stream));
    }
    if resolved.decided.is_empty() && resolved.left.is_empty() {
        text.push_str("no fork is open\n");
    }
    text.push_str(&text::changes(&resolved.written.decision.plan.changes));
    Ok(Reply {
        result: json::resolved(&resolved),
        text,
        findings: resolved
            .left
            .iter()
            .map(|(fork, _)| fork.finding())
            .collect(),
        transaction: resolved
            .written
            .transaction
            .as_ref()
            .map(RelPath::to_string),
    })
}
