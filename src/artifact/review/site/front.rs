//! The first page: the project and its workflows.

use maud::{Markup, html};

use super::{
    frame::{self, Place},
    page::{findings, open, readiness_class},
    shown::Shown,
};
use crate::{
    artifact::{Breach, Known, Weight, review::Exception},
    model::{ReviewState, TransitionTarget, Workflow},
};

/// More findings than these are counted only: each stands on its workflow's page.
const TOLD: usize = 100;

/// The first page. Looks at no fact of a slice, but of workflows that were
/// declared ready.
pub(super) fn page(
    known: Known<'_>,
    stems: &[(&Workflow, String)],
    exceptions: &[Exception],
) -> String {
    let model = known.model;
    let all = known.workflows.iter().flatten().chain(known.project);
    let told: Vec<&Breach> = all
        .filter(|breach| matches!(breach.weight, Weight::Told(_)))
        .collect();
    let project_only: Vec<&Breach> = told.iter().copied().take(TOLD).collect();
    let steps: usize = stems
        .iter()
        .map(|(workflow, _)| workflow.slices.len())
        .sum();
    let body = html! {
        section.intro {
            p {
                (stems.len()) @if stems.len() == 1 { " workflow, " } @else { " workflows, " }
                (steps) @if steps == 1 { " step, " } @else { " steps, " }
                (told.len()) @if told.len() == 1 { " open finding" } @else { " open findings" }
                ". " a href="README.md" { "As Markdown" } "."
            }
        }
        section.workflows aria-label="Workflows" {
            @if stems.is_empty() { p { "No workflows yet." } }
            @for (at, (workflow, stem)) in stems.iter().enumerate() {
                (card(known, workflow, stem, known.workflows.get(at).map_or(&[], Vec::as_slice)))
            }
        }
        @if !project_only.is_empty() {
            section.apart {
                h2 { "Open findings" }
                (findings(&project_only))
                @if told.len() > TOLD { p { "And " (told.len() - TOLD) " more, on the pages of the workflows." } }
            }
        }
        @if !exceptions.is_empty() {
            section.apart {
                h2 { "Exceptions from the rules" }
                table {
                    tr { th { "Rule" } th { "Element" } th { "Reason" } }
                    @for exception in exceptions {
                        tr {
                            td { (Shown(&exception.rule)) }
                            td { (Shown(&exception.element)) }
                            td { (Shown(&exception.reason)) }
                        }
                    }
                }
            }
        }
    };
    frame::page(Place::Front, frame::project(model), model, &body)
}

fn card(known: Known<'_>, workflow: &Workflow, stem: &str, breaches: &[Breach]) -> Markup {
    let readiness = known.model.readiness_of(workflow);
    let mut exits: Vec<&str> = Vec::new();
    for transition in &workflow.transitions {
        if let TransitionTarget::Workflow(slug) = &transition.value.target
            && !exits.contains(&slug.as_str())
        {
            exits.push(slug);
        }
    }
    let address = format!("workflows/{stem}.html");
    html! {
        article.workflow data-name=(Shown(&workflow.name)) data-kind="workflow" data-href=(address) {
            h2 { a href=(address) { (Shown(&workflow.name)) } }
            p { (Shown(&workflow.description)) }
            ul.state {
                li.(readiness_class(readiness)) { (readiness.as_str()) }
                @match known.model.reviews.get(&workflow.slug) {
                    None => li.doubtful { "never reviewed" },
                    Some(review) => li {
                        "reviewed by " (Shown(&review.reviewer_id)) " at " (Shown(&review.reviewed_at))
                        @if review.result() != ReviewState::Clean { ": " (review.result().as_str()) }
                    },
                }
                @match open(breaches) {
                    0 => li.right { "no open findings" },
                    count => li.wrong { (count) @if count == 1 { " open finding" } @else { " open findings" } },
                }
            }
            ol.steps {
                @for (slice, anchor) in workflow.slices.iter().zip(super::atlas::anchors(workflow)) {
                    li.(slice.kind.as_str()) data-name=(Shown(&slice.name)) data-kind="step" data-href={ (address) "#" (anchor) } {
                        a href={ (address) "#" (anchor) } { (Shown(&slice.name)) }
                    }
                }
            }
            @if !exits.is_empty() {
                p.exits { "Leads to " @for (index, exit) in exits.iter().enumerate() { @if index > 0 { ", " } code { (Shown(exit)) } } "." }
            }
        }
    }
}
