//! The page that leads to the others.

use super::{
    Exception,
    escape::{name, text},
    page::Page,
    slice,
};
use crate::{
    event::vocabulary::SliceKind,
    model::{Model, TransitionTarget, Workflow},
};

/// The project, its workflows with the names of their pages, and what has been
/// reviewed and verified. Looks at no fact of a slice.
pub(super) fn page(
    model: &Model,
    stems: &[(&Workflow, String)],
    exceptions: &[Exception],
) -> String {
    let mut page = Page::default();
    let title = model
        .project
        .as_ref()
        .map_or_else(|| "Event model".to_owned(), |project| text(&project.value));
    page.heading(1, &title);
    if stems.is_empty() {
        page.paragraph("No workflows yet.");
    } else {
        page.head(&["Workflow", "Purpose", "Steps", "Transitions", "Leads to"]);
    }
    for (workflow, stem) in stems {
        let link = format!("[{}](workflows/{stem}.md)", text(&workflow.name));
        let mut exits: Vec<String> = Vec::new();
        for transition in &workflow.transitions {
            if let TransitionTarget::Workflow(slug) = &transition.value.target {
                let slug = name(slug);
                if !exits.contains(&slug) {
                    exits.push(slug);
                }
            }
        }
        let transitions = workflow.transitions.len().to_string();
        let purpose = text(&workflow.description);
        page.row(&[
            &link,
            &purpose,
            &steps(workflow),
            &transitions,
            &exits.join(", "),
        ]);
    }
    excepted(&mut page, exceptions);
    state(&mut page, model);
    page.finish()
}

/// Where rules may be broken, and why.
fn excepted(page: &mut Page, exceptions: &[Exception]) {
    if exceptions.is_empty() {
        return;
    }
    page.heading(2, "Exceptions from the rules");
    page.head(&["Rule", "Element", "Reason"]);
    for exception in exceptions {
        page.row(&[
            &text(&exception.rule),
            &text(&exception.element),
            &text(&exception.reason),
        ]);
    }
}

/// `3 state views, 1 automation`.
fn steps(workflow: &Workflow) -> String {
    let counts: Vec<String> = SliceKind::ALL
        .iter()
        .filter_map(|kind| {
            let count = workflow.slices.iter().filter(|s| s.kind == *kind).count();
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {}{plural}", slice::kind(*kind)))
        })
        .collect();
    if counts.is_empty() {
        "none".to_owned()
    } else {
        counts.join(", ")
    }
}

fn state(page: &mut Page, model: &Model) {
    if !model.reviews.is_empty() || !model.readiness.is_empty() {
        page.heading(2, "Reviews and readiness");
    }
    for (workflow, review) in &model.reviews {
        let (who, when) = (text(&review.reviewer_id), text(&review.reviewed_at));
        let (own, seen) = (name(workflow), name(&review.model_content_digest));
        page.item(
            0,
            &format!("{own} was reviewed by {who} at {when}, content {seen}"),
        );
        for category in &review.categories {
            page.item(1, category.as_str());
        }
    }
    for (workflow, ready) in &model.readiness {
        let (by, seen) = (text(&ready.verified_by), name(&ready.model_content_digest));
        page.item(
            0,
            &format!(
                "{} was declared ready by {by}, content {seen}",
                name(workflow)
            ),
        );
    }
}
