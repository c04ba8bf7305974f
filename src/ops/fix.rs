//! `fix`: mends what is broken in one way only.

use std::collections::BTreeSet;

use super::{
    edit::{self, Edited, Extent},
    project::Project,
    verdict::{Broken, Verdict},
};
use crate::{
    authoring::{Present, Request},
    diagnostic::{Diagnostic, Place},
    document::{self, Document, Model},
    event::{
        Text,
        vocabulary::{ConnectionKind, OwnedDefinitionKind, ViewRole},
    },
    model::Part,
};

/// What was mended.
#[derive(Debug)]
pub struct Fixed {
    /// The findings that are gone, in the order in which they were mended.
    pub mended: Vec<Diagnostic>,
    /// The edit; none when nothing was to be mended.
    pub edited: Option<Edited>,
}

/// One mended finding can bring up another one: a transition that was missing
/// arrives at a view that is no entry yet.
const ROUNDS: usize = 8;

/// Mend every broken rule for which there is one way only, as one edit. Rules
/// that the manifest allows to be broken are left alone.
///
/// # Errors
/// Why nothing was written, as [`edit::edit`].
pub fn fix(
    project: &Project,
    extent: Extent,
    waiting: impl FnOnce(),
) -> Result<Fixed, Vec<Diagnostic>> {
    let present = edit::store(project).read().map_err(|refused| refused.0)?;
    // Also where nothing is to be mended: what was read may lack what is broken.
    present.sound(false).map_err(|refused| refused.0)?;
    let (document, mended) = mend_all(project, &present)?;
    let edited = if mended.is_empty() {
        None
    } else {
        let request = Request::Replace {
            base: Box::new(Document::of(&present.model)),
            document: Box::new(Document::Model(document)),
        };
        Some(edit::edit(project, &request, extent, waiting)?)
    };
    Ok(Fixed { mended, edited })
}

fn mend_all(
    project: &Project,
    present: &Present,
) -> Result<(Model, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut mended = Vec::new();
    let mut document = Model::of(&present.model);
    let mut model = present.model.clone();
    for _ in 0..ROUNDS {
        // What was not written yet has no place.
        let nowhere = |_| Some(Place::file(""));
        let verdict = Verdict::of(&model, &nowhere).unwrap_or_default();
        let before = mended.len();
        for broken in verdict.broken() {
            let judged = broken
                .finding()
                .and_then(|finding| project.manifest.rules.judge(finding));
            if let Some(finding) = judged
                && mend(&mut document, broken)
            {
                mended.push(finding);
            }
        }
        if mended.len() == before {
            break;
        }
        let request = Request::Apply {
            document: Box::new(Document::Model(document.clone())),
            prune: true,
        };
        model = present.decide(&request).map_err(|refused| refused.0)?.model;
    }
    Ok((document, mended))
}

/// Mend a finding in the document, if there is one way only. Whether it was.
fn mend(model: &mut Model, broken: &Broken) -> bool {
    let named = |wanted| broken.path.named(wanted).unwrap_or_default();
    let mended = match broken.rule {
        303 => observe(
            model,
            named(Part::Slice),
            named(Part::Command),
            named(Part::Stream),
        ),
        808 => put_in_lane(model, named(Part::Slice), named(Part::Card)),
        912 => mark_entry(
            model,
            named(Part::Workflow),
            named(Part::Target),
            named(Part::View),
        ),
        922 => connect(
            model,
            named(Part::Workflow),
            named(Part::Slice),
            named(Part::Control),
            named(Part::Command),
            named(Part::View),
        ),
        _ => None,
    };
    mended.is_some()
}

fn workflow<'a>(model: &'a mut Model, slug: &str) -> Option<&'a mut document::Workflow> {
    model
        .workflows
        .iter_mut()
        .find(|workflow| workflow.slug == *slug)
}

fn slice<'a>(model: &'a mut Model, slug: &str) -> Option<&'a mut document::Slice> {
    let mut slices = model.workflows.iter_mut().flat_map(|one| &mut one.slices);
    slices.find(|slice| slice.slug == *slug)
}

/// The command that reads an event observes its stream.
fn observe(model: &mut Model, slug: &str, command: &str, stream: &str) -> Option<()> {
    let slice = slice(model, slug)?;
    let mut commands = slice.commands.iter_mut();
    let command = commands.find(|one| one.name == *command)?;
    if command.observed_streams.iter().any(|one| *one == *stream) {
        return None;
    }
    command.observed_streams.push(Text::new(stream).ok()?);
    Some(())
}

/// A card lies in the lane of its kind.
fn put_in_lane(model: &mut Model, slug: &str, card: &str) -> Option<()> {
    let slice = slice(model, slug)?;
    let mut cards = slice.board_elements.iter_mut();
    let card = cards.find(|one| one.name == *card)?;
    let lane = card.kind.lane();
    (card.lane != lane).then(|| card.lane = lane)
}

/// A view that a transition arrives at is an entry of its slice.
fn mark_entry(model: &mut Model, workflow_slug: &str, slug: &str, view: &str) -> Option<()> {
    let workflow = workflow(model, workflow_slug)?;
    let target = workflow.slices.iter().find(|one| one.slug == *slug)?;
    // A view that is not there is another mistake.
    let view = target.views.iter().find(|one| one.name == *view)?;
    let definition = document::OwnedDefinition {
        source_slice: target.slug.clone(),
        definition_kind: OwnedDefinitionKind::View,
        definition_name: view.name.clone(),
        definition_stream: None,
        source_provenance: None,
        event_participation: None,
        view_role: Some(ViewRole::Entry),
    };
    if workflow.owned_definitions.contains(&definition) {
        return None;
    }
    workflow.owned_definitions.push(definition);
    Some(())
}

/// The transition that a control stands for: to the one slice that owns its
/// command, or the view that it leads to.
fn connect(
    model: &mut Model,
    workflow_slug: &str,
    slug: &str,
    control: &str,
    command: &str,
    view: &str,
) -> Option<()> {
    let workflow = workflow(model, workflow_slug)?;
    let source = workflow.slices.iter().find(|one| one.slug == *slug)?;
    let owners: BTreeSet<&Text> = workflow
        .slices
        .iter()
        .filter(|one| {
            one.commands.iter().any(|own| own.name == *command)
                || one.views.iter().any(|own| own.name == *view)
        })
        .map(|one| &one.slug)
        .collect();
    let owner = match owners.first() {
        Some(owner) if owners.len() == 1 => (*owner).clone(),
        _ => return None,
    };
    let (via, name) = if view.is_empty() {
        (ConnectionKind::Command, command)
    } else {
        (ConnectionKind::Navigation, control)
    };
    let transition = document::Transition {
        from: source.slug.clone(),
        to: Some(owner),
        to_workflow: None,
        via,
        name: Text::new(name).ok()?,
        payload_contract: None,
        reason: None,
        source_control: None,
        target_view: None,
    };
    if workflow.transitions.contains(&transition) {
        return None;
    }
    workflow.transitions.push(transition);
    Some(())
}
