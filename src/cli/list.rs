//! `cargo emc list`.

use serde_json::json;

use super::{Exit, args::List, conflicts, screen::Screen, verbs::failed};
use crate::{
    diagnostic::{Diagnostic, printable},
    ops::{list, project::Project},
};

/// Run `cargo emc list` on a project.
pub fn run(project: &Project, what: &List, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    let only = match what {
        List::Conflicts => return conflicts::run(project, screen),
        List::Workflows => None,
        List::Slices { workflow } | List::Transitions { workflow } => workflow.as_deref(),
    };
    let listed = list::list(project, only).map_err(|failure| failed(&failure))?;
    // What a person reads in columns, and a program by name.
    let mut rows: Vec<Vec<String>> = Vec::new();
    for workflow in listed.workflows() {
        let slug = &workflow.slug;
        match what {
            List::Workflows => {
                let count = workflow.slices.len();
                let state = listed.model.readiness_of(workflow).as_str();
                let review = listed.review_of(workflow).as_str();
                if screen.is_json() {
                    screen.json(&json!({
                        "reason": "workflow", "workflow": slug, "name": workflow.name,
                        "description": workflow.description, "slices": count,
                        "transitions": workflow.transitions.len(),
                        "readiness": state, "review": review,
                    }));
                }
                rows.push(vec![
                    slug.to_string(),
                    format!("{count} slices"),
                    state.to_owned(),
                    format!("review {review}"),
                    workflow.name.to_string(),
                ]);
            }
            List::Slices { .. } => {
                for slice in &workflow.slices {
                    if screen.is_json() {
                        screen.json(&json!({
                            "reason": "slice", "workflow": slug, "slice": slice.slug, "name": slice.name,
                            "kind": slice.kind, "relationship": slice.relationship.as_str(),
                            "description": slice.description,
                        }));
                    }
                    rows.push(vec![
                        slice.slug.to_string(),
                        slice.kind.to_string(),
                        slug.to_string(),
                        slice.name.to_string(),
                    ]);
                }
            }
            List::Conflicts => {}
            List::Transitions { .. } => {
                for transition in &workflow.transitions {
                    let target = transition.target.slug();
                    if screen.is_json() {
                        screen.json(&json!({
                            "reason": "transition", "workflow": slug, "from": transition.source,
                            "to": target, "via": transition.kind, "name": transition.name,
                        }));
                    }
                    rows.push(vec![format!(
                        "{} -> {target} [{} {}]",
                        transition.source, transition.kind, transition.name
                    )]);
                }
            }
        }
    }
    if !screen.is_json() {
        screen.data(&columns(&rows));
    }
    screen.findings(listed.report.findings());
    Ok(Exit::of(listed.report.findings()))
}

/// Rows with their columns below each other.
fn columns(rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            let width = cell.chars().count();
            match widths.get_mut(at) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&format!("{:width$}  ", printable(cell)));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
