//! `cargo emc status`.

use serde_json::json;

use super::{Exit, screen::Screen, verbs::failed};
use crate::{
    diagnostic::{Diagnostic, printable},
    event::Text,
    model::{ReadinessState, ReviewState},
    ops::{
        project::Project,
        review::Standing,
        status::{self, FamilyStatus},
    },
};

/// Run `cargo emc status` on a project.
pub fn run(project: &Project, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    let status = status::status(project).map_err(|failure| failed(&failure))?;
    if screen.is_json() {
        screen.json(&json!({
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
            "readiness": status.readiness.iter().map(|(workflow, state)| json!({
                "workflow": workflow, "state": state.as_str(),
            })).collect::<Vec<_>>(),
            "reviews": status.reviews.iter().map(|one| json!({
                "workflow": one.workflow, "state": one.state.as_str(),
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
        if !status.readiness.is_empty() {
            text.push_str(&format!("verified  {}\n", readiness(&status.readiness)));
        }
        if !status.reviews.is_empty() {
            text.push_str(&format!("reviewed  {}\n", reviews(&status.reviews)));
        }
        screen.data(&text);
    }
    let findings = status.report.findings();
    screen.findings(findings);
    Ok(Exit::of(findings))
}

fn readiness(workflows: &[(Text, ReadinessState)]) -> String {
    let states = workflows.iter().map(|(slug, state)| (slug, state.as_str()));
    let others = [ReadinessState::Stale, ReadinessState::NeverVerified];
    by_state(
        &states.collect::<Vec<_>>(),
        ReadinessState::Ready.as_str(),
        &others.map(ReadinessState::as_str),
    )
}

fn reviews(standings: &[Standing]) -> String {
    let states = standings
        .iter()
        .map(|one| (&one.workflow, one.state.as_str()));
    let others: Vec<&str> = ReviewState::ALL
        .iter()
        .filter(|state| **state != ReviewState::Clean)
        .map(|state| state.as_str())
        .collect();
    by_state(
        &states.collect::<Vec<_>>(),
        ReviewState::Clean.as_str(),
        &others,
    )
}

/// Which workflows are in which state; of those in the best one only how many.
fn by_state(workflows: &[(&Text, &str)], best: &str, others: &[&str]) -> String {
    let of = |wanted: &str| {
        let slugs = workflows.iter().filter(|(_, state)| *state == wanted);
        let slugs = slugs.map(|(slug, _)| printable(slug).into_owned());
        slugs.collect::<Vec<String>>()
    };
    let count = of(best).len();
    let mut parts = vec![format!("{count} of {} workflows {best}", workflows.len())];
    for state in others {
        let slugs = of(state);
        if !slugs.is_empty() {
            parts.push(format!("{state}: {}", slugs.join(", ")));
        }
    }
    parts.join("; ")
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
