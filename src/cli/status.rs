//! `cargo emc status`.

use serde_json::json;

use super::{Exit, screen::Screen, verbs::failed};
use crate::{
    diagnostic::{Diagnostic, printable},
    ops::{
        project::Project,
        status::{self, FamilyStatus},
    },
};

/// Run `cargo emc status` on a project.
pub fn run(project: &Project, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    let status = status::status(project).map_err(|failure| failed(&failure))?;
    if screen.is_json() {
        Screen::json(&json!({
            "reason": "status",
            "project": project.manifest.project.name,
            "store": status.store.as_ref().map(|store| json!({
                "transactions": store.transactions, "events": store.events, "tips": store.tips,
                "forks": store.forks, "workflows": store.workflows, "slices": store.slices,
            })),
            "families": status.families.iter().map(|family| json!({
                "family": family.name, "folder": family.folder, "artifacts": family.artifacts,
                "findings": family.findings,
            })).collect::<Vec<_>>(),
        }));
    } else {
        let mut text = format!("project   {}\n", printable(&project.manifest.project.name));
        if let Some(store) = &status.store {
            text.push_str(&format!(
                "store     {} transactions, {} events, {} tips, {} open forks\nmodel     {} workflows, {} slices\n",
                store.transactions, store.events, store.tips, store.forks, store.workflows, store.slices,
            ));
        }
        for family in &status.families {
            text.push_str(&format!(
                "{:<9} {} files in {}: {}\n",
                family.name,
                family.artifacts,
                family.folder,
                said(family)
            ));
        }
        Screen::data(&text);
    }
    let findings = status.report.findings();
    screen.findings(findings);
    Ok(Exit::of(findings))
}

fn said(family: &FamilyStatus) -> String {
    match &family.findings {
        None => "not compared, the store has errors".to_owned(),
        Some(findings) if findings.is_empty() => "fresh".to_owned(),
        Some(findings) => findings
            .iter()
            .map(|(name, count)| format!("{count} {name}"))
            .collect::<Vec<_>>()
            .join(", "),
    }
}
