//! The model that is rendered, from the store or from what the last build kept
//! of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Work,
    memory::{self, FileState, Files, Head},
    observe::Append,
    places::{Lookup, Places},
};
use crate::{
    digest::Digest,
    disk::{Failure, state::Shelf},
    event::{Address, EmcEvent, Text},
    model::{Fold, Model, Origin},
    ops::{project::Project, reading::Reading, verdict::Verdict},
    transaction::TransactionId,
};

/// A model to render, with all that the next build wants to know.
pub struct Source {
    /// The model.
    pub model: Model,
    /// How many events were folded into it.
    pub events: u32,
    /// The transaction files.
    pub files: Files,
    /// See [`Head::tip`].
    pub tip: Option<TransactionId>,
    /// The workflows that differ from the last build; `None` when any may.
    pub affected: Option<BTreeSet<Text>>,
    /// What of the last build is still right.
    pub kept: Kept,
    /// Where the events stand.
    pub places: Places,
    /// The rules that it breaks.
    pub verdict: Verdict,
    /// Something was found on the way that the next build must find again.
    pub unquiet: bool,
}

/// What of the last build's verdict is still right.
#[derive(Clone, Copy, Debug, Default)]
pub enum KeptVerdict {
    /// All of it; see [`Head::verdict`].
    Same(Option<Digest>),
    /// Other rules are broken, or elsewhere.
    #[default]
    Other,
}

/// Parts of the last build that are still right.
#[derive(Debug, Default)]
pub struct Kept {
    /// The part with the transaction files.
    pub files: Option<Digest>,
    /// The part with the shape of the model.
    pub shape: Option<Digest>,
    /// The broken rules.
    pub verdict: KeptVerdict,
    /// The parts with the slices of each workflow, by position; those of
    /// affected workflows are not right.
    pub slices: Vec<Digest>,
}

impl Source {
    /// From the store.
    pub fn read(reading: Reading, files: Vec<FileState>, unquiet: bool) -> Self {
        // Every event was just read: each has a place.
        let verdict = Verdict::of(&reading.model, &|origin| Some(reading.place(origin)));
        Self {
            places: Places::All(reading.rows()),
            verdict: verdict.unwrap_or_default(),
            tip: reading.single_tip(),
            model: reading.model,
            events: u32::try_from(reading.places.len()).unwrap_or(u32::MAX),
            files: Files::anew(files),
            affected: None,
            kept: Kept::default(),
            unquiet,
        }
    }

    /// What the last build kept; `None` when it is not whole.
    pub fn remembered(project: &Project, head: &Head, files: Option<Files>) -> Option<Self> {
        let files = match files {
            Some(files) => files,
            None => Files::after(
                head,
                memory::files(&project.shelf, head)?,
                Vec::new(),
                false,
            ),
        };
        let places = Places::behind(head, Vec::new());
        let lookup = Lookup::over(&project.shelf, &places, project.events());
        if !lookup.is_whole() {
            return None;
        }
        Some(Self {
            model: memory::model(&project.shelf, head)?,
            events: head.events,
            files,
            tip: head.tip,
            places,
            verdict: memory::verdict(&project.shelf, head)?,
            affected: Some(BTreeSet::new()),
            kept: Kept {
                files: Some(head.files),
                shape: Some(head.shape),
                verdict: KeptVerdict::Same(head.verdict),
                slices: head.slices.clone(),
            },
            unquiet: false,
        })
    }

    /// Keep what is not kept yet.
    pub fn keep(&self, shelf: &Shelf) -> Result<Parts, Failure> {
        let (files, recent) = self.files.keep(shelf, self.kept.files)?;
        let affected = self.affected.as_ref();
        Ok(Parts {
            files,
            recent,
            places: self.places.keep(shelf)?,
            verdict: match self.kept.verdict {
                KeptVerdict::Same(part) => part,
                KeptVerdict::Other => memory::keep_verdict(shelf, &self.verdict)?,
            },
            slices: memory::keep_slices(shelf, &self.model, &self.kept.slices, |workflow| {
                affected.is_none_or(|affected| affected.contains(workflow))
            })?,
            shape: match self.kept.shape {
                Some(shape) => shape,
                None => memory::keep_shape(shelf, &self.model)?,
            },
        })
    }

    /// What the last build kept, with the events of an append. `None` when something is not whole, or when
    /// an event is refused: then the store is to be read as a whole, which says
    /// where.
    pub fn appended(
        project: &Project,
        head: &Head,
        append: Append,
        work: &mut Work,
    ) -> Option<Self> {
        let model = memory::model(&project.shelf, head)?;
        let affected = affected(&model, &append.events);
        // Facts of slices are not in the shape.
        let facts_only = append
            .events
            .iter()
            .all(|event| matches!(event.address(), Address::Fact(_)));
        let mut events = head.events;
        let mut fold = Fold::resume(model);
        for event in &append.events {
            fold.apply(Origin(events), event);
            events = events.checked_add(1)?;
        }
        work.folded += append.events.len();
        let projected = fold.finish();
        if !projected.refusals.is_empty() {
            return None;
        }
        let places = Places::behind(head, append.rows);
        let lookup = Lookup::over(&project.shelf, &places, project.events());
        // The pages tell of any event when it was written.
        if !lookup.is_whole() {
            return None;
        }
        let (verdict, same) = memory::verdict(&project.shelf, head)?.again(
            &projected.model,
            affected.as_ref(),
            &|origin| lookup.place(origin),
        )?;
        Some(Self {
            places,
            verdict,
            model: projected.model,
            events,
            files: append.files,
            tip: Some(append.tip),
            affected,
            kept: Kept {
                files: Some(head.files),
                shape: facts_only.then_some(head.shape),
                verdict: if same {
                    KeptVerdict::Same(head.verdict)
                } else {
                    KeptVerdict::Other
                },
                slices: head.slices.clone(),
            },
            unquiet: false,
        })
    }
}

/// Parts that are kept for the next build: what [`Head`] says of them.
pub struct Parts {
    pub files: Digest,
    pub recent: Vec<FileState>,
    pub places: Vec<Digest>,
    pub verdict: Option<Digest>,
    pub slices: Vec<Digest>,
    pub shape: Digest,
}

/// The workflows whose artifacts can differ after these events; `None` when
/// those of any can.
fn affected(model: &Model, events: &[EmcEvent]) -> Option<BTreeSet<Text>> {
    let mut homes: BTreeMap<&str, &Text> = BTreeMap::new();
    let mut slugs = BTreeSet::new();
    for workflow in &model.workflows {
        // Files of twins are told apart by their position: they depend on each
        // other.
        if !slugs.insert(&workflow.slug) {
            return None;
        }
        for slice in &workflow.slices {
            if homes.insert(slice.slug.as_str(), &workflow.slug).is_some() {
                return None;
            }
        }
    }
    let mut affected = BTreeSet::new();
    for event in events {
        match event {
            // These reach into other workflows: names, exits, transitions.
            EmcEvent::ProjectInitialized { .. }
            | EmcEvent::WorkflowAdded { .. }
            | EmcEvent::WorkflowUpdated { .. }
            | EmcEvent::WorkflowRemoved { .. }
            | EmcEvent::SliceRemoved { .. } => return None,
            EmcEvent::SliceAdded { workflow, slug, .. } => {
                if homes.insert(slug.as_str(), workflow).is_some() {
                    return None;
                }
                affected.insert(workflow.clone());
            }
            event => match event.address() {
                Address::Workflow(workflow) | Address::Record(workflow) => {
                    affected.insert(Text::new(workflow).ok()?);
                }
                Address::Slice(slice) | Address::Fact(slice) => {
                    affected.insert((*homes.get(slice)?).clone());
                }
                Address::Project => {}
            },
        }
    }
    Some(affected)
}
