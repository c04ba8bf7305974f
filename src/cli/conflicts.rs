//! `cargo emc list conflicts`: the sides of every fork.

use serde_json::{Value, json};

use super::{
    Exit,
    screen::{Screen, Verbosity},
    verbs::failed,
};
use crate::{
    diagnostic::{Diagnostic, printable},
    merge::Conflict,
    ops::{
        conflicts::{self, ForkReport},
        project::Project,
    },
};

/// Run `cargo emc list conflicts` on a project.
pub fn run(project: &Project, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    let listed = conflicts::conflicts(project).map_err(|failure| failed(&failure))?;
    let findings = listed.report.findings();
    screen.findings(findings);
    for fork in &listed.forks {
        if screen.is_json() {
            screen.json(&value(fork));
        } else {
            screen.data(&printed(&text(fork)));
        }
    }
    if listed.forks.is_empty() && findings.is_empty() {
        screen.line(Verbosity::Normal, "Clean", "no fork is open");
    }
    Ok(Exit::of(findings))
}

/// Everything but line ends made harmless for a terminal.
pub fn printed(text: &str) -> String {
    text.lines()
        .fold(String::new(), |text, line| text + &printable(line) + "\n")
}

fn value(report: &ForkReport) -> Value {
    let fork = &report.fork;
    let branches: Vec<Value> = fork
        .fork
        .branches
        .iter()
        .zip(&fork.heads)
        .zip(&report.changes)
        .map(|((branch, head), changes)| {
            json!({
                "head": branch.head.to_string(),
                "transactions": branch.transactions.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "replica": head.replica.to_string(),
                "created_at": head.created_at,
                "changes": changes,
            })
        })
        .collect();
    let contradictions: Vec<Value> = fork
        .conflicts
        .iter()
        .map(|conflict| {
            json!({
                "element": conflict.element,
                "field": conflict.field,
                "base": conflict.base,
                "sides": conflict.sides,
            })
        })
        .collect();
    json!({
        "reason": "fork",
        "stream": fork.fork.stream,
        "base": fork.fork.base,
        "commutes": fork.commutes(),
        "branches": branches,
        "contradictions": contradictions,
    })
}

fn text(report: &ForkReport) -> String {
    let fork = &report.fork;
    let verdict = if fork.commutes() {
        "commuting"
    } else {
        "conflicting"
    };
    let mut text = format!(
        "{verdict} fork of {} at {}\n",
        fork.fork.stream, fork.fork.base
    );
    let sides = fork
        .fork
        .branches
        .iter()
        .zip(&fork.heads)
        .zip(&report.changes);
    for (number, ((branch, head), changes)) in (1..).zip(sides) {
        let count = match branch.transactions.len() {
            0 | 1 => "1 transaction".to_owned(),
            count => format!("{count} transactions"),
        };
        text.push_str(&format!(
            "  branch {number}: {} ({count}, replica {}, {})\n",
            branch.head, head.replica, head.created_at
        ));
        if changes.is_empty() {
            text.push_str("    no change of the model\n");
        }
        for change in changes {
            text.push_str(&format!(
                "    {} {}\n",
                change.action.as_str(),
                change.element
            ));
            for detail in change.details() {
                text.push_str(&format!("      {detail}\n"));
            }
        }
    }
    for conflict in &fork.conflicts {
        text.push_str(&question(conflict));
    }
    text
}

/// A contradiction with what each branch says.
pub fn question(conflict: &Conflict) -> String {
    let mut text = format!("  contradiction: {}", conflict.element);
    if !conflict.field.is_empty() {
        text.push_str(&format!(", {}", conflict.field));
    }
    text.push_str(&format!(
        "\n    before: {}\n",
        said(&conflict.base, "nothing")
    ));
    for (number, side) in (1..).zip(&conflict.sides) {
        let absent = if conflict.field.is_empty() {
            "removed"
        } else {
            "nothing"
        };
        text.push_str(&format!("    branch {number}: {}\n", said(side, absent)));
    }
    text
}

fn said(value: &Value, absent: &str) -> String {
    match value {
        Value::Null => absent.to_owned(),
        value => value.to_string(),
    }
}
