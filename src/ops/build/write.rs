//! From wanted artifacts to files: plan, write what differs, remove what
//! nothing wants.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    FamilyOutcome,
    outputs::{self, ArtifactState, FamilyState, Now},
};
use crate::{
    artifact::{Artifact, Marked},
    diagnostic::{Diagnostic, Level, Place, codes::artifacts},
    disk::{
        Failure,
        output::{Refused, Writer},
        stamp::Stamp,
    },
    fingerprint::DirtyReason,
    ops::{compare, project::Project},
    plan::{self, Found, Step},
    rel_path::RelPath,
};

/// How files are treated.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Replace and remove what is not ours, or not as we wrote it.
    pub force: bool,
    /// Write nothing; every step is a finding.
    pub locked: bool,
    /// Look for orphans in the whole folder, not only among the recorded files.
    pub sweep: bool,
}

/// One family to bring to disk.
pub struct Job {
    /// Its name.
    pub name: &'static str,
    /// Its folder.
    pub folder: RelPath,
    /// Its folder at the last build.
    pub former: Option<RelPath>,
    /// The paths of all that it has; none when it has what it had before, and
    /// what is rendered.
    pub wanted: Option<BTreeSet<RelPath>>,
    /// Those of the last build by path, and what became of them.
    pub before: Vec<(ArtifactState, Now)>,
    /// Why it is built.
    pub reasons: Vec<DirtyReason>,
    /// The reasons of earlier builds, to which artifacts point.
    pub earlier: Vec<Vec<DirtyReason>>,
}

/// What came of a job.
pub struct Done {
    /// What was written and removed.
    pub outcome: FamilyOutcome,
    /// The artifacts to remember.
    pub artifacts: Vec<ArtifactState>,
    /// The reasons to remember.
    pub reasons: Vec<Vec<DirtyReason>>,
    /// What was refused, or would have been written.
    pub findings: Vec<Diagnostic>,
    /// How many artifacts were rendered.
    pub rendered: usize,
    /// Every artifact is what it should be.
    pub whole: bool,
}

/// How many builds an artifact's reason is remembered for at least.
const REMEMBERED: usize = 64;

/// The reason of an artifact that was written too long ago.
const FORGOTTEN: u32 = u32::MAX;

/// Bring a family to disk. `each` hands over its artifacts one by one: all of them at
/// once would be larger than the store.
pub fn write(
    project: &Project,
    mut job: Job,
    manner: Manner,
    each: impl FnOnce(&mut dyn FnMut(Artifact)),
) -> Result<Done, Failure> {
    let mut before = std::mem::take(&mut job.before);
    let mut reasons = std::mem::take(&mut job.earlier);
    if reasons.len() >= REMEMBERED {
        // The oldest are forgotten together.
        let dropped = reasons.len() / 2;
        reasons.drain(..dropped);
        for (state, _) in &mut before {
            let left = (state.reason as usize).checked_sub(dropped);
            state.reason = left
                .and_then(|left| u32::try_from(left).ok())
                .unwrap_or(FORGOTTEN);
        }
    }
    let reason = u32::try_from(reasons.len()).unwrap_or(FORGOTTEN);
    reasons.push(job.reasons.clone());
    let mut writing = Writing {
        project,
        manner,
        writer: Writer::below(&project.root),
        reason,
        done: Done {
            outcome: FamilyOutcome {
                name: job.name,
                reasons: job.reasons.clone(),
                ..FamilyOutcome::default()
            },
            artifacts: Vec::with_capacity(before.len()),
            reasons,
            findings: Vec::new(),
            rendered: 0,
            whole: true,
        },
    };
    if !manner.locked {
        writing.stage(&job.folder)?;
    }
    let mut seen = vec![false; before.len()];
    let mut failed = None;
    each(&mut |artifact| {
        // The first failure ends the build.
        if failed.is_some() {
            return;
        }
        writing.done.rendered += 1;
        let at = before.binary_search_by(|(state, _)| state.path.cmp(&artifact.path));
        let known = at.ok().and_then(|at| before.get(at).cloned());
        if let Some(seen) = at.ok().and_then(|at| seen.get_mut(at)) {
            *seen = true;
        }
        failed = writing.put(artifact, known).err();
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    writing.settle()?;
    // What was not rendered and is wanted stays as it is.
    let rest = before.into_iter().zip(seen).filter(|(_, seen)| !seen);
    let (kept, unwanted): (Vec<_>, Vec<_>) =
        rest.map(|(known, _)| known).partition(|(state, _)| {
            job.wanted
                .as_ref()
                .is_none_or(|wanted| wanted.contains(&state.path))
        });
    writing
        .done
        .artifacts
        .extend(kept.into_iter().map(|(state, now)| match now {
            Now::Touched(stamp) => ArtifactState { stamp, ..state },
            _ => state,
        }));
    if let Some(wanted) = &job.wanted {
        writing.remove_orphans(&job, wanted, unwanted)?;
    }
    let mut done = writing.done;
    // Two sorted runs: the stable sort merges them.
    done.artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    done.outcome.artifacts = done.artifacts.len();
    done.outcome.written.sort_unstable();
    done.whole = !done
        .findings
        .iter()
        .any(|finding| finding.level == Level::Error);
    Ok(done)
}

/// A family on its way to disk.
struct Writing<'a> {
    project: &'a Project,
    manner: Manner,
    writer: Writer<'a>,
    /// The reason of what is written now.
    reason: u32,
    done: Done,
}

impl Writing<'_> {
    /// Have one artifact on disk, unless it is there or must not be.
    fn put(
        &mut self,
        artifact: Artifact,
        known: Option<(ArtifactState, Now)>,
    ) -> Result<(), Failure> {
        let (found, stamp, old) = if self.writer.is_aside(&artifact.path) {
            (None, None, known.map(|(state, _)| state))
        } else {
            look(self.project, &artifact.path, known)?
        };
        let digest = artifact.digest;
        let step = Step::of(&artifact, found, self.manner.force);
        let remembered = |path, stamp, reason| ArtifactState {
            path,
            digest,
            stamp,
            reason,
        };
        if !step.writes() {
            match stamp {
                Some(stamp) if step == Step::Keep => {
                    let reason = old.map_or(self.reason, |old| old.reason);
                    self.done
                        .artifacts
                        .push(remembered(artifact.path, stamp, reason));
                }
                _ => self.done.findings.push(not_ours(&artifact.path)),
            }
        } else if self.manner.locked {
            self.done.findings.push(would_write(&artifact.path, step));
        } else {
            match self.writer.write(&artifact.path, artifact.text.as_bytes()) {
                Ok(stamp) => {
                    if step == Step::Overwrite {
                        self.done.findings.push(overwritten(&artifact.path));
                    }
                    self.done.outcome.written.push(artifact.path.clone());
                    self.done
                        .artifacts
                        .push(remembered(artifact.path, stamp, self.reason));
                }
                Err(refused) => self.refused(refused)?,
            }
        }
        Ok(())
    }

    fn stage(&mut self, folder: &RelPath) -> Result<(), Failure> {
        self.writer
            .stage(folder)
            .or_else(|refused| self.refused(refused))
    }

    fn settle(&mut self) -> Result<(), Failure> {
        self.writer
            .settle()
            .or_else(|refused| self.refused(refused))
    }

    /// A link on the way is a finding; a failure of the system ends the build.
    fn refused(&mut self, refused: Refused) -> Result<(), Failure> {
        match refused {
            Refused::Failed(failure) => Err(failure),
            Refused::Link(_) => {
                self.done.findings.push(refused.diagnostic());
                Ok(())
            }
        }
    }

    /// Remove the files of ours that nothing wants.
    fn remove_orphans(
        &mut self,
        job: &Job,
        wanted: &BTreeSet<RelPath>,
        unwanted: Vec<(ArtifactState, Now)>,
    ) -> Result<(), Failure> {
        let mut ours: BTreeMap<RelPath, Marked> = BTreeMap::new();
        for (state, now) in unwanted {
            // The state alone is not believed where a file goes for good.
            let marked = match found(self.project, &state.path)? {
                Some((found, _)) if found.marked != Marked::No => found.marked,
                Some(_) if now.is_as_written() && self.may_be_unmarked(&state) => Marked::Intact,
                _ => continue,
            };
            ours.insert(state.path, marked);
        }
        if self.manner.sweep {
            let swept = compare::marked_files(&self.project.root, &job.folder, wanted).map_err(
                |cause| Failure {
                    action: "read the folder",
                    path: job.folder.to_string(),
                    cause,
                },
            )?;
            ours.extend(swept);
        }
        for path in plan::orphans(ours.keys(), wanted) {
            let edited = ours.get(&path) == Some(&Marked::Edited);
            if edited && !self.manner.force {
                self.done.findings.push(edited_orphan(&path));
            } else if self.manner.locked {
                self.done.findings.push(would_remove(&path));
            } else {
                let former = job.former.as_ref().filter(|_| !path.is_within(&job.folder));
                match self.writer.remove(&path, former.unwrap_or(&job.folder)) {
                    Ok(()) => self.done.outcome.removed.push(path),
                    Err(refused) => self.refused(refused)?,
                }
            }
        }
        Ok(())
    }

    /// Whether a remembered file without a marker can be an artifact: it lies
    /// in a folder that the manifest gives to a family, or the family writes the
    /// same bytes elsewhere now.
    fn may_be_unmarked(&self, state: &ArtifactState) -> bool {
        let mut families = self.project.manifest.artifacts.values();
        let mut written = self.done.artifacts.iter();
        families.any(|family| state.path.is_within(&family.path))
            || written.any(|artifact| artifact.digest == state.digest)
    }
}

type Looked = (Option<Found>, Option<Stamp>, Option<ArtifactState>);

/// The file of an artifact; read only when its recorded state says nothing.
fn look(
    project: &Project,
    path: &RelPath,
    known: Option<(ArtifactState, Now)>,
) -> Result<Looked, Failure> {
    match known {
        Some((state, Now::Missing)) => Ok((None, None, Some(state))),
        Some((state, Now::Intact)) => Ok((
            Some(Found {
                digest: state.digest,
                marked: Marked::Intact,
            }),
            Some(state.stamp),
            Some(state),
        )),
        Some((state, Now::Touched(stamp))) => Ok((
            Some(Found {
                digest: state.digest,
                marked: Marked::Intact,
            }),
            Some(stamp),
            Some(state),
        )),
        other => {
            let found = found(project, path)?;
            Ok((
                found.map(|(found, _)| found),
                found.map(|(_, stamp)| stamp),
                other.map(|(state, _)| state),
            ))
        }
    }
}

fn found(project: &Project, path: &RelPath) -> Result<Option<(Found, Stamp)>, Failure> {
    outputs::find(&project.root, path).map_err(|cause| Failure {
        action: "read the file",
        path: path.to_string(),
        cause,
    })
}

fn not_ours(path: &RelPath) -> Diagnostic {
    Diagnostic::new(
        &artifacts::NOT_OURS,
        format!("`{path}` was not written by cargo-emc"),
    )
    .at(Place::file(path.as_str()))
    .help("move the file away, or run `cargo emc build --force` to replace it")
}

fn overwritten(path: &RelPath) -> Diagnostic {
    Diagnostic::new(
        &artifacts::OVERWRITTEN,
        format!("`{path}` had been changed by something else; it was generated again"),
    )
    .at(Place::file(path.as_str()))
}

fn would_write(path: &RelPath, step: Step) -> Diagnostic {
    let (code, what) = match step {
        Step::Create => (&artifacts::MISSING, "is missing"),
        Step::Overwrite => (&artifacts::EDITED, "was changed by something else"),
        _ => (&artifacts::STALE, "is stale"),
    };
    Diagnostic::new(
        code,
        format!("`{path}` {what}, and `--locked` forbids to write it"),
    )
    .at(Place::file(path.as_str()))
    .help("run `cargo emc build` and commit what it writes")
}

fn would_remove(path: &RelPath) -> Diagnostic {
    Diagnostic::new(
        &artifacts::ORPHANED,
        format!("`{path}` belongs to nothing, and `--locked` forbids to remove it"),
    )
    .at(Place::file(path.as_str()))
    .help("run `cargo emc build` and commit what it removes")
}

fn edited_orphan(path: &RelPath) -> Diagnostic {
    Diagnostic::new(
        &artifacts::EDITED_ORPHAN,
        format!("`{path}` belongs to nothing, and was changed by something else"),
    )
    .at(Place::file(path.as_str()))
    .help("save what you need of it; then remove it, or run `cargo emc build --force`")
}

/// A family that is not built any more: everything of it that is as we left it
/// goes.
pub fn retire(
    project: &Project,
    state: FamilyState,
    now: Vec<Now>,
    manner: Manner,
) -> Result<Done, Failure> {
    let job = Job {
        name: "retired",
        folder: state.folder,
        former: None,
        wanted: Some(BTreeSet::new()),
        before: state.artifacts.into_iter().zip(now).collect(),
        reasons: Vec::new(),
        earlier: Vec::new(),
    };
    write(
        project,
        job,
        Manner {
            sweep: false,
            ..manner
        },
        |_| {},
    )
}
