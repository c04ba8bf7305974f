//! One family in a build: why it is not fresh, and what is done about it.

use std::collections::BTreeSet;

use super::{
    FamilyOutcome,
    outputs::{FamilyState, Now},
    write::{self, Done, Job, Manner},
};
use crate::{
    artifact::{Family, Known, Reads, Scope},
    disk::Failure,
    event::Text,
    fingerprint::{DirtyReason, Inputs},
    ops::{project::Project, reading::Digests},
    rel_path::RelPath,
};

/// A family to build, with what is known of it.
pub struct Candidate {
    /// The family.
    pub family: Box<dyn Family>,
    /// Its folder.
    pub folder: RelPath,
    /// What it reads.
    pub inputs: Inputs,
    /// What the last build left of it.
    pub state: Option<FamilyState>,
    /// What became of its artifacts.
    now: Vec<Now>,
    /// Why it is not fresh.
    pub reasons: Vec<DirtyReason>,
    /// It was up to date at the last build, its files are as they were left,
    /// and only the transactions that arrived since can make it differ.
    pub follows: bool,
}

impl Candidate {
    /// Whether there is nothing to do for it.
    pub fn is_fresh(&self) -> bool {
        self.reasons.is_empty()
    }

    /// Whether an artifact has the same bytes under another stamp.
    pub fn is_touched(&self) -> bool {
        self.now.iter().any(|now| matches!(now, Now::Touched(_)))
    }

    /// Its outcome when it is fresh.
    pub fn nothing_done(&self) -> FamilyOutcome {
        FamilyOutcome {
            name: self.family.name(),
            artifacts: self.state.as_ref().map_or(0, |state| state.artifacts.len()),
            ..FamilyOutcome::default()
        }
    }

    /// Its state with the stamps that its files have now.
    pub fn settled(self) -> Option<FamilyState> {
        let mut state = self.state?;
        for (artifact, now) in state.artifacts.iter_mut().zip(self.now) {
            if let Now::Touched(stamp) = now {
                artifact.stamp = stamp;
            }
        }
        Some(state)
    }

    /// What is known of a family, and why it is not fresh; `left` is its state with what
    /// became of its artifacts.
    pub fn of(
        project: &Project,
        force: bool,
        family: Box<dyn Family>,
        left: Option<(FamilyState, Vec<Now>)>,
        digests: Digests,
        before: Option<Digests>,
        arrived: &[String],
    ) -> Option<Self> {
        let folder = project.manifest.family(family.name())?.path.clone();
        let inputs_at = |digests: Digests| Inputs {
            version: env!("CARGO_PKG_VERSION"),
            generator: family.generator(),
            settings: project.manifest.inputs_of(family.name()),
            transactions: match family.reads() {
                Reads::Model => digests.model,
                Reads::ModelAndRecords => digests.all,
            },
        };
        let inputs = inputs_at(digests);
        let (state, now) = match left {
            Some((state, now)) => (Some(state), now),
            None => (None, Vec::new()),
        };
        let mut reasons = Vec::new();
        let mut follows = false;
        match &state {
            None if force => reasons.push(DirtyReason::Forced),
            None => reasons.push(DirtyReason::NeverBuilt),
            Some(state) => {
                let broken =
                    state
                        .artifacts
                        .iter()
                        .zip(&now)
                        .filter_map(|(artifact, now)| match now {
                            Now::Intact | Now::Touched(_) => None,
                            Now::Missing => Some(DirtyReason::Missing(artifact.path.to_string())),
                            Now::Changed => Some(DirtyReason::Changed(artifact.path.to_string())),
                        });
                reasons.extend(broken);
                let was_current = before.is_some_and(|before| state.key == inputs_at(before).key());
                follows = was_current && reasons.is_empty() && !arrived.is_empty();
                if state.key != inputs.key() {
                    if was_current && !arrived.is_empty() {
                        reasons.push(DirtyReason::Arrived(arrived.to_vec()));
                    } else {
                        reasons.extend(inputs.changes(&state.facts));
                    }
                }
            }
        }
        Some(Self {
            family,
            folder,
            inputs,
            state,
            now,
            reasons,
            follows,
        })
    }

    /// Render the family and bring it to disk, unless it is fresh.
    pub fn build(
        mut self,
        project: &Project,
        known: Known<'_>,
        affected: Option<&BTreeSet<Text>>,
        manner: Manner,
    ) -> Result<(Self, Option<Done>), Failure> {
        if self.is_fresh() {
            return Ok((self, None));
        }
        let scope = match affected {
            Some(workflows) if self.follows => Scope::Workflows(workflows),
            _ => Scope::Everything,
        };
        let (artifacts, earlier, former) = match self.state.take() {
            Some(state) => (state.artifacts, state.reasons, Some(state.folder)),
            None => (Vec::new(), Vec::new(), None),
        };
        let job = Job {
            name: self.family.name(),
            folder: self.folder.clone(),
            former,
            // What was there is still wanted: nothing was removed or renamed.
            wanted: matches!(scope, Scope::Everything).then(|| self.family.paths(known.model)),
            before: artifacts.into_iter().zip(self.now.drain(..)).collect(),
            reasons: self.reasons.clone(),
            earlier,
        };
        let manner = Manner {
            sweep: matches!(scope, Scope::Everything),
            ..manner
        };
        let done = write::write(project, job, manner, |out| {
            self.family.render_each(known, scope, out);
        })?;
        Ok((self, Some(done)))
    }
}
