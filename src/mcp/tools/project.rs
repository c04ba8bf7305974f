//! The tools that look at the whole project: its state, its artifacts, its proofs.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{MAKES, READS, VERIFIES, edits::built, forks::Nothing};
use crate::{
    diagnostic::{Diagnostic, Report, codes::manifest::USAGE},
    mcp::tool::{Call, Reply, Step, Tool, arguments, failed, schema},
    ops::{
        build, check, clean,
        render::{json, text},
        status,
        verify::{self, Part, Told},
    },
};

pub const TOOLS: &[Tool] = &[
    Tool {
        name: "status",
        title: "Look at the project",
        description: "The project at a glance: how large the store and the model are, whether forks are open, whether the generated files are fresh, which workflows were verified as they are. A good first call.",
        effect: READS,
        schema: schema::<Nothing>,
        run: status,
    },
    Tool {
        name: "check",
        title: "Check everything",
        description: "Tell everything that is wrong, from the files alone: damaged or forked transactions, stale or edited artifacts, broken rules. Each finding has a code, a place, the element, and what to do next. Writes nothing. Call it after edits; `explain` tells what a code means.",
        effect: READS,
        schema: schema::<check::Options>,
        run: check,
    },
    Tool {
        name: "build",
        title: "Regenerate artifacts",
        description: "Regenerate the Lean, Quint and review files that are stale, and tell which rules the model breaks. Edits do it by themselves; call it after a merge, or after edits with `build` off.",
        effect: MAKES,
        schema: schema::<build::Options>,
        run: build,
    },
    Tool {
        name: "verify",
        title: "Verify with Lean and Quint",
        description: "Let the real Lean prove and the real Quint play what changed since it last passed, and declare the workflows ready for which everything passed. May take minutes; tells its progress, and can be cancelled.",
        effect: VERIFIES,
        schema: schema::<Verify>,
        run: verify,
    },
    Tool {
        name: "clean",
        title: "Remove what was generated",
        description: "Remove the build state and every generated file that is as it was generated; files that something else changed stay. The model itself is untouched, and `build` makes the files again.",
        effect: MAKES,
        schema: schema::<Clean>,
        run: clean,
    },
];

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Verify {
    /// With this tool only
    only: Option<Prover>,
    /// The slug of a workflow: this one with its slices
    workflow: Option<String>,
    /// The slug of a slice: this one, and the journeys of its workflow
    slice: Option<String>,
    /// Verify again what passed before
    again: bool,
    /// Declare what passed ready
    declare: bool,
    /// How long one run of a tool may take, in seconds
    #[schemars(range(min = 1, max = 86400))]
    timeout: u64,
    /// Say which tools there are, and verify nothing
    tools_only: bool,
}

/// One of the tools.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Prover {
    /// The prover
    Lean,
    /// The player of journeys
    Quint,
}

impl Default for Verify {
    fn default() -> Self {
        Self {
            only: None,
            workflow: None,
            slice: None,
            again: false,
            declare: true,
            timeout: 600,
            tools_only: false,
        }
    }
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Clean {
    /// Remove the build state only, and keep the artifacts
    state_only: bool,
}

fn status(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Nothing {} = arguments(given)?;
    let project = call.session.project()?;
    let status = status::status(&project).map_err(failed)?;
    Ok(Reply {
        result: json::status(&project, &status),
        text: text::status(&project, &status),
        findings: status.report.findings().to_vec(),
        transaction: None,
    })
}

/// What a report says together with the rules that the model breaks.
fn whole(report: &Report, rules: &Report) -> Vec<Diagnostic> {
    let mut report = report.clone();
    report.extend(rules.findings().iter().cloned());
    report.findings().to_vec()
}

fn check(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let options: check::Options = arguments(given)?;
    let checked = check::check(&call.session.project()?, &options).map_err(failed)?;
    let work = checked.work;
    let differing: Vec<&str> = checked
        .differences
        .iter()
        .map(|difference| difference.path.as_str())
        .collect();
    Ok(Reply {
        result: json!({
            "transactions": work.read, "artifacts": work.rendered, "differing": differing,
        }),
        text: format!(
            "checked {} transactions, {} artifacts\n",
            work.read, work.rendered
        ),
        findings: whole(&checked.report, &checked.rules),
        transaction: None,
    })
}

fn build(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let options: build::Options = arguments(given)?;
    let project = call.session.project()?;
    let outcome = build::build(&project, &options, || call.waiting()).map_err(failed)?;
    let families: Vec<Value> = outcome.families.iter().map(json::family).collect();
    Ok(Reply {
        result: json!({ "families": families }),
        text: format!("artifacts: {}\n", text::work(outcome.work)),
        findings: whole(&outcome.report, &outcome.rules),
        transaction: None,
    })
}

fn verify(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let given: Verify = arguments(given)?;
    if !(1..=86_400).contains(&given.timeout) {
        let message = "`timeout` is not between 1 and 86400 seconds";
        return Err(vec![Diagnostic::new(&USAGE, message)]);
    }
    let part = match (given.workflow, given.slice) {
        (None, None) => Part::All,
        (Some(workflow), None) => Part::Workflow(workflow),
        (None, Some(slice)) => Part::Slice(slice),
        (Some(_), Some(_)) => {
            let message = "`workflow` and `slice` are both given";
            return Err(vec![
                Diagnostic::new(&USAGE, message).help("give one of them"),
            ]);
        }
    };
    let options = verify::Options {
        only: given.only.map(|only| match only {
            Prover::Lean => verify::Tool::Lean,
            Prover::Quint => verify::Tool::Quint,
        }),
        part,
        cached: !given.again,
        declare: given.declare,
        timeout: Duration::from_secs(given.timeout),
        interrupt: call.interrupt.clone(),
        ..verify::Options::default()
    };
    let project = call.session.project()?;
    if given.tools_only {
        let looked = verify::tools(&project, &options);
        let tools: Vec<Value> = looked.iter().map(json::tool).collect();
        return Ok(Reply {
            text: looked
                .iter()
                .filter_map(|one| {
                    let found = one.found.as_ref().ok()?;
                    Some(format!("{} {}\n", one.tool.name(), found.version))
                })
                .collect(),
            findings: looked
                .into_iter()
                .filter_map(|one| one.found.err())
                .collect(),
            result: json!({ "tools": tools }),
            transaction: None,
        });
    }
    let mut planned: u32 = 0;
    let verified = verify::verify(&project, &options, &mut |told| match told {
        Told::Waiting => call.waiting(),
        // Each tool plans its own steps when its turn comes.
        Told::Planned(steps) => {
            planned = planned.saturating_add(u32::try_from(steps).unwrap_or(u32::MAX));
        }
        Told::Started(_) => {}
        Told::Done(done) => (call.tell)(Step {
            message: format!("{} {}", done.step, done.outcome.as_str()),
            of: Some(planned),
        }),
    })
    .map_err(failed)?;
    Ok(said(verified))
}

fn said(verified: verify::Verified) -> Reply {
    let mut result = json::verified(&verified);
    let steps: Vec<Value> = verified.steps.iter().map(json::step).collect();
    if let Value::Object(result) = &mut result {
        result.insert("steps".to_owned(), steps.into());
    }
    let declared = verified.declared;
    let mut text = format!("{} steps\n", verified.steps.len());
    for done in &verified.steps {
        text.push_str(&format!("  {} {}\n", done.step, done.outcome.as_str()));
    }
    for workflow in &declared.workflows {
        text.push_str(&format!("declared {workflow} ready\n"));
    }
    if let Some(why_not) = declared.why_not {
        text.push_str(&format!("nothing was declared ready: {why_not}\n"));
    }
    let mut reply = Reply {
        result,
        text,
        findings: verified.report.findings().to_vec(),
        transaction: declared.transaction.as_ref().map(ToString::to_string),
    };
    built(&mut reply, declared.built);
    reply
}

fn clean(call: &Call<'_>, given: Value) -> Result<Reply, Vec<Diagnostic>> {
    let Clean { state_only } = arguments(given)?;
    let project = call.session.project()?;
    let cleaned = clean::clean(&project, state_only, || call.waiting()).map_err(failed)?;
    Ok(Reply {
        result: json::cleaned(&cleaned),
        text: format!(
            "removed the build state and {}\n",
            text::files(cleaned.removed.len())
        ),
        findings: cleaned.report.findings().to_vec(),
        transaction: None,
    })
}
