//! A site that opens from disk: a page for each workflow with its board, and one
//! that leads to them. Pure text all the way: from a workflow to an [`atlas`] of
//! what is shown of it, to a [`board`] with everything in its place, to SVG, to
//! HTML.

mod atlas;
mod board;
mod changes;
mod define;
mod draw;
mod frame;
mod front;
mod kind;
mod page;
mod shown;

use std::collections::{BTreeSet, HashMap};

use super::Review;
use crate::{
    artifact::{Artifact, Comment, Known, Scope, stem::stems},
    model::{Model, Workflow},
    rel_path::RelPath,
};

/// The name of the first page.
pub(super) const FRONT: &str = "index.html";

/// The files that are the same for every model.
const ASSETS: [(&str, Comment, &str); 2] = [
    ("pages.css", Comment::Block, include_str!("pages.css")),
    ("pages.js", Comment::Slashes, include_str!("pages.js")),
];

/// The paths of the site of a model.
pub(super) fn paths(review: &Review, model: &Model) -> BTreeSet<RelPath> {
    let pages = stems(model);
    let pages = pages.iter().map(|(_, stem)| review.page(stem));
    let assets = ASSETS.iter().map(|(name, ..)| asset(review, name));
    let front = review.folder.join(FRONT);
    pages.chain(assets).chain([front]).collect()
}

fn asset(review: &Review, name: &str) -> RelPath {
    review.folder.join("assets").join(name)
}

/// The site, as far as it is in scope.
pub(super) fn render_each(
    review: &Review,
    known: Known<'_>,
    stems: &[(&Workflow, String)],
    scope: Scope<'_>,
    out: &mut dyn FnMut(Artifact),
) {
    // Of two workflows with one slug the first is the one that is meant.
    let mut pages: HashMap<&str, &str> = HashMap::new();
    for (workflow, stem) in stems {
        pages.entry(&workflow.slug).or_insert(stem);
    }
    let exit = |slug: &str| pages.get(slug).map(|stem| format!("{stem}.html"));
    let front = front::page(known, stems, &review.exceptions);
    out(Artifact::new(
        review.folder.join(FRONT),
        Comment::Markup,
        &front,
    ));
    for (at, (workflow, stem)) in stems.iter().enumerate() {
        if scope.holds(&workflow.slug) {
            let breaches = known.workflows.get(at).map_or(&[][..], Vec::as_slice);
            let text = page::page(known, workflow, breaches, &exit);
            out(Artifact::new(review.page(stem), Comment::Markup, &text));
        }
    }
    if matches!(scope, Scope::Everything) {
        for (name, comment, text) in ASSETS {
            out(Artifact::new(asset(review, name), comment, text));
        }
    }
}
