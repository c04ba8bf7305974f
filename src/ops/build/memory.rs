//! What a build leaves for the next one. Every part names the digests of the
//! parts that belong to it, so that parts of two builds never mix.

use serde::{Deserialize, Serialize};

use super::outputs::FamilyState;
use crate::{
    digest::{Digest, Framed},
    disk::{
        stamp::{Moment, Stamp},
        state::Shelf,
    },
    event::Text,
    model::{Model, Slice},
    transaction::TransactionId,
};

/// The part that a build with nothing to do reads.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head {
    /// Just before the store was looked at.
    pub looked: Moment,
    /// When the last artifact had been looked at or written.
    pub wrote: Moment,
    /// The folder of the transactions.
    pub folder: Stamp,
    /// What was read.
    pub reading: Digests,
    /// The one transaction that all others lead to, when there is one and the
    /// history has no open end: what may be appended to without reading it all.
    pub tip: Option<TransactionId>,
    /// How many transactions there are.
    pub transactions: u32,
    /// The part with the transaction files.
    pub files: Digest,
    /// The part with the shape of the model.
    pub shape: Digest,
    /// The families.
    pub families: Vec<FamilyState>,
}

/// The digests of the transactions, chained in canonical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    /// Of those that say something of the model.
    pub model: Digest,
    /// Of all, with reviews and declarations of readiness.
    pub all: Digest,
}

impl Digests {
    /// Of no transaction.
    pub fn none() -> Self {
        let start = Framed::new("transactions").finish();
        Self {
            model: start,
            all: start,
        }
    }

    /// With one more transaction at the end of the canonical order.
    #[must_use]
    pub fn then(self, transaction: Digest, records_only: bool) -> Self {
        let link = |before: Digest| {
            let mut framed = Framed::new("transaction");
            framed
                .field(before.as_bytes())
                .field(transaction.as_bytes());
            framed.finish()
        };
        Self {
            model: if records_only {
                self.model
            } else {
                link(self.model)
            },
            all: link(self.all),
        }
    }
}

/// A transaction file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileState {
    /// Its name.
    pub name: String,
    /// Of the file.
    pub stamp: Stamp,
    /// Of its bytes.
    pub digest: Digest,
}

/// The model without the facts of its slices, and where they are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shape {
    /// The model; its slices own nothing.
    pub model: Model,
    /// How many events were folded.
    pub events: u32,
    /// For each workflow, the digest of the part that holds its slices.
    pub slices: Vec<Digest>,
}

/// Names of the parts.
pub const HEAD: &str = "head";
const FILES: &str = "files";
const SHAPE: &str = "shape";

/// The head of the last build.
pub fn head(shelf: &Shelf) -> Option<Head> {
    shelf.get(HEAD).map(|(head, _)| head)
}

/// The transaction files of the last build, by name.
pub fn files(shelf: &Shelf, head: &Head) -> Option<Vec<FileState>> {
    shelf.get_exactly(FILES, head.files)
}

/// Keep the transaction files.
pub fn keep_files(shelf: &Shelf, files: &[FileState]) -> Result<Digest, crate::disk::Failure> {
    shelf.put(FILES, &files)
}

/// The shape of the model of the last build.
pub fn shape(shelf: &Shelf, head: &Head) -> Option<Shape> {
    shelf.get_exactly(SHAPE, head.shape)
}

impl Shape {
    /// Fill in the slices of the workflows that `wanted` picks. `None` when a
    /// part is not what it should be.
    pub fn fill(&mut self, shelf: &Shelf, wanted: impl Fn(&Text) -> bool) -> Option<()> {
        for (index, workflow) in self.model.workflows.iter_mut().enumerate() {
            if wanted(&workflow.slug) {
                let slices: Vec<Slice> =
                    shelf.get_exactly(&part(index), *self.slices.get(index)?)?;
                workflow.slices = slices;
            }
        }
        Some(())
    }
}

/// Keep a model. `changed` picks the workflows whose slices are filled in and
/// may differ from what `before` says of them.
pub fn keep_model(
    shelf: &Shelf,
    mut model: Model,
    events: u32,
    before: &[Digest],
    changed: impl Fn(&Text) -> bool,
) -> Result<Digest, crate::disk::Failure> {
    let mut slices = Vec::with_capacity(model.workflows.len());
    for (index, workflow) in model.workflows.iter_mut().enumerate() {
        slices.push(match before.get(index) {
            Some(digest) if !changed(&workflow.slug) => *digest,
            _ => shelf.put(&part(index), &workflow.slices)?,
        });
        for slice in &mut workflow.slices {
            slice.clear_facts();
        }
    }
    shelf.put(
        SHAPE,
        &Shape {
            model,
            events,
            slices,
        },
    )
}

fn part(workflow: usize) -> String {
    format!("slices-{workflow}")
}
