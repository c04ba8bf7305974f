//! What a build leaves for the next one. Every part names the digests of the
//! parts that belong to it, so that parts of two builds never mix.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::families::{self, FamilyHead};
use crate::{
    diagnostic::{Code, Diagnostic},
    digest::Digest,
    disk::{
        Failure,
        stamp::{Moment, Stamp},
        state::Shelf,
    },
    event::Text,
    model::{Model, Slice, Workflow},
    ops::{project::Project, reading::Digests, verdict::Verdict},
    parallel,
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
    /// The part with the transaction files.
    pub files: Digest,
    /// Those that arrived since that part was written, by name: an edit need not
    /// write it again.
    pub recent: Vec<FileState>,
    /// How many events were folded.
    pub events: u32,
    /// The parts with the places of the events.
    pub places: Vec<Digest>,
    /// The part with the rules that the model breaks; none when it breaks none.
    pub verdict: Option<Digest>,
    /// The numbers of these rules.
    pub broken: BTreeSet<u16>,
    /// The part with the shape of the model.
    pub shape: Digest,
    /// For each workflow, the part that holds its slices.
    pub slices: Vec<Digest>,
    /// The families.
    pub families: Vec<FamilyHead>,
}

/// A transaction file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileState {
    /// Its name.
    pub name: String,
    /// Of the file.
    pub stamp: Stamp,
    /// Of its bytes, see [`crate::digest::headed`].
    pub digest: Digest,
}

/// The transaction files to remember.
#[derive(Debug)]
pub struct Files {
    /// All of them, by name.
    pub all: Vec<FileState>,
    /// Those that the written part lacks; none when it is to be written again.
    pub recent: Option<Vec<FileState>>,
}

/// So many workflows are worth a thread to keep or to load.
const WORTH_A_THREAD: usize = 32;

/// A file takes no more than these bytes in its part, by and large.
const FILE_BYTES: usize = 112;

/// More recent files than these are not carried in the head.
const RECENT: usize = 256;

impl Files {
    /// All files, for a part of their own.
    pub fn anew(all: Vec<FileState>) -> Self {
        Self { all, recent: None }
    }

    /// The files of the last build with those that arrived. With `restamped`
    /// the written part is not right any more.
    pub fn after(
        head: &Head,
        mut all: Vec<FileState>,
        arrived: Vec<FileState>,
        restamped: bool,
    ) -> Self {
        let few = head.recent.len() + arrived.len() <= RECENT;
        let recent = (few && !restamped).then(|| {
            let mut recent: Vec<FileState> = head.recent.iter().chain(&arrived).cloned().collect();
            recent.sort_by(|a, b| a.name.cmp(&b.name));
            recent
        });
        all.extend(arrived);
        // Two sorted runs: the stable sort merges them.
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Self { all, recent }
    }

    /// Keep them; `part` is the digest of the written part.
    pub fn keep(
        &self,
        shelf: &Shelf,
        part: Option<Digest>,
    ) -> Result<(Digest, Vec<FileState>), Failure> {
        if let (Some(part), Some(recent)) = (part, &self.recent) {
            return Ok((part, recent.clone()));
        }
        let expected = self.all.len() * FILE_BYTES;
        let part = shelf.put_under(&self.all, expected, |_| Some(FILES.to_owned()))?;
        Ok((part, Vec::new()))
    }
}

/// Names of the parts.
const HEAD: &str = "head";
const FILES: &str = "files";
const SHAPE: &str = "shape";
const VERDICT: &str = "verdict";

/// The head of the last build.
pub fn head(shelf: &Shelf) -> Option<Head> {
    shelf.get(HEAD).map(|(head, _)| head)
}

/// The head of the last build, for the next one: it alone remembers where families
/// were.
///
/// # Errors
/// The system could not read it.
pub fn load_head(shelf: &Shelf) -> Result<Option<Head>, Failure> {
    Ok(shelf.load(HEAD)?.map(|(head, _)| head))
}

/// Keep the head, and nothing of earlier ones.
pub fn keep_head(shelf: &Shelf, head: &Head) -> Result<(), Failure> {
    shelf.put(HEAD, head)?;
    families::forget_others(shelf, &head.families);
    Ok(())
}

/// The transaction files of the last build, by name.
pub fn files(shelf: &Shelf, head: &Head) -> Option<Vec<FileState>> {
    let mut files: Vec<FileState> = shelf.get_exactly(FILES, head.files)?;
    files.extend(head.recent.iter().cloned());
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Some(files)
}

/// The rules that the model of the last build breaks.
pub fn verdict(shelf: &Shelf, head: &Head) -> Option<Verdict> {
    match head.verdict {
        Some(digest) => shelf.get_exactly(VERDICT, digest),
        None => Some(Verdict::default()),
    }
}

/// What a build with nothing to do tells of these rules. Those that may be broken
/// everywhere are not even read.
pub fn told(shelf: &Shelf, head: &Head, project: &Project) -> Option<Vec<Diagnostic>> {
    let rules = &project.manifest.rules;
    let mut broken = head.broken.iter();
    let silent = broken.all(|rule| Code::numbered(*rule).is_some_and(|code| rules.allows(code)));
    let verdict = if silent {
        Verdict::default()
    } else {
        verdict(shelf, head)?
    };
    Some(verdict.findings(project))
}

/// Keep the rules that the model breaks.
pub fn keep_verdict(shelf: &Shelf, verdict: &Verdict) -> Result<Option<Digest>, Failure> {
    if verdict.broken().next().is_none() {
        return Ok(None);
    }
    shelf.put(VERDICT, verdict).map(Some)
}

/// The model of the last build.
pub fn model(shelf: &Shelf, head: &Head) -> Option<Model> {
    let mut model: Model = shelf.get_exactly(SHAPE, head.shape)?;
    if head.slices.len() != model.workflows.len() {
        return None;
    }
    let parts: Vec<(usize, Digest)> = head.slices.iter().copied().enumerate().collect();
    let slices = parallel::each(&parts, WORTH_A_THREAD, |(index, digest)| {
        shelf.get_exactly::<Vec<Slice>>(&part(*index), *digest)
    });
    for (workflow, slices) in model.workflows.iter_mut().zip(slices) {
        workflow.slices = slices?;
    }
    Some(model)
}

/// Keep the slices of a model. `changed` picks the workflows whose slices are filled in
/// and may differ from the parts `before`. Gives the parts.
pub fn keep_slices(
    shelf: &Shelf,
    model: &Model,
    before: &[Digest],
    changed: impl Fn(&Text) -> bool + Sync,
) -> Result<Vec<Digest>, Failure> {
    let workflows: Vec<(usize, &Workflow)> = model.workflows.iter().enumerate().collect();
    let slices = parallel::each(&workflows, WORTH_A_THREAD, |(index, workflow)| match before
        .get(*index)
    {
        Some(digest) if !changed(&workflow.slug) => Ok(*digest),
        _ => shelf.put(&part(*index), &workflow.slices),
    });
    slices.into_iter().collect()
}

/// Keep the shape of a model: all of it but the facts. Gives the part.
pub fn keep_shape(shelf: &Shelf, model: &Model) -> Result<Digest, Failure> {
    shelf.put(SHAPE, &model.without_facts())
}

fn part(workflow: usize) -> String {
    format!("slices-{workflow}")
}
