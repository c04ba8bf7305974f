//! The incremental build: look at the inputs, look at the outputs, and do no
//! more than they ask for.

mod candidate;
pub mod families;
pub mod memory;
mod observe;
pub mod outputs;
pub mod places;
mod source;
mod write;

use candidate::Candidate;
use families::Kept;
use memory::Head;
use observe::{Seen, Whole};
use outputs::FamilyState;
use places::Lookup;
use source::{Parts, Source};
use write::{Done, Manner};

use super::{
    project::Project,
    reading::{self, Digests},
    written::written,
};
use crate::{
    artifact::{Family, Known},
    diagnostic::{Diagnostic, Level, Place, Report, codes::artifacts},
    digest::Digest,
    disk::{
        Failure,
        lock::BuildLock,
        scan,
        stamp::{Moment, Stamp},
    },
    fingerprint::DirtyReason,
    parallel,
    rel_path::RelPath,
};

/// What to build, and how.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "author",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(default, deny_unknown_fields)
)]
pub struct Options {
    /// These families only; all that are enabled when empty.
    pub families: Vec<String>,
    /// Believe nothing of an earlier build, and replace files that are not ours.
    pub force: bool,
    /// Write nothing; tell what would be written as findings.
    pub locked: bool,
    /// Build from what can be read although the store has findings.
    pub allow_incomplete: bool,
    /// Build the canonical order although forks are open.
    pub allow_forks: bool,
}

/// What a build has done.
#[derive(Debug)]
pub struct Outcome {
    /// What is wrong with the manifest, the store and the artifacts.
    pub report: Report,
    /// The rules that the model breaks. A build goes on all the same.
    pub rules: Report,
    /// The families that were asked for, by name.
    pub families: Vec<FamilyOutcome>,
    /// How much work it was.
    pub work: Work,
}

/// What a build has done for one family.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FamilyOutcome {
    /// The family.
    pub name: &'static str,
    /// Why it was not fresh; empty when it was.
    pub reasons: Vec<DirtyReason>,
    /// How many artifacts it has.
    pub artifacts: usize,
    /// The files that were written, by path.
    pub written: Vec<RelPath>,
    /// The files that were removed, by path.
    pub removed: Vec<RelPath>,
}

/// Counted work: what a build with nothing to do must not do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Transaction files that were listed.
    pub listed: usize,
    /// Transaction files that were read.
    pub read: usize,
    /// Events that were folded.
    pub folded: usize,
    /// Artifacts that were rendered.
    pub rendered: usize,
    /// Artifacts that were written.
    pub written: usize,
    /// Artifacts that were removed.
    pub removed: usize,
}

/// What is done beside each other once the model is known.
type Job<'a> = Box<dyn FnOnce() -> Ran + Send + 'a>;

/// What came of it.
enum Ran {
    Kept(Result<Parts, Failure>),
    Built(Box<Result<(Candidate, Option<Done>), Failure>>),
}

/// Build a project. `waiting` is called once when another build must end first.
pub fn build(
    project: &Project,
    options: &Options,
    waiting: impl FnOnce(),
) -> Result<Outcome, Failure> {
    let mut work = Work::default();
    let mut findings = project.warnings.clone();
    let selected = match select(project, &options.families) {
        Ok(selected) => selected,
        Err(unknown) => {
            findings.push(unknown);
            return Ok(Outcome {
                report: Report::new(findings),
                rules: Report::default(),
                families: Vec::new(),
                work,
            });
        }
    };
    project.shelf.make()?;
    let lock = BuildLock::take(project.shelf.folder(), waiting)?;
    let looked = Moment::now();
    // After a kill nothing is believed, and what was left unfinished is swept. Only
    // where families were is still to be known: what they left there must go.
    let (head, doubted) = match memory::load_head(&project.shelf)? {
        Some(head) if options.force || lock.interrupted => (None, head.families),
        head => (head, Vec::new()),
    };
    let (doubted, kept) = families::load(&project.shelf, doubted, |_, _| Vec::new())?;
    let doubted = doubted.into_iter().map(|(state, _)| state).collect();
    let Some(store) = observe::observe(project, head, &mut work)? else {
        findings.push(reading::no_store(project));
        return Ok(Outcome {
            report: Report::new(findings),
            rules: Report::default(),
            families: Vec::new(),
            work,
        });
    };
    let mut build = Build {
        project,
        options,
        lock,
        looked,
        folder: store.folder,
        work,
        findings,
        rules: Vec::new(),
        kept,
    };
    let families = build.run(selected, store.seen, doubted)?;
    Ok(Outcome {
        report: Report::new(build.findings),
        rules: Report::new(build.rules),
        families,
        work: build.work,
    })
}

/// The families to build: those that are named, or all that are enabled.
pub(super) fn select(
    project: &Project,
    names: &[String],
) -> Result<Vec<Box<dyn Family>>, Diagnostic> {
    let mut families = project.families();
    if let Some(name) = names
        .iter()
        .find(|name| !families.iter().any(|family| family.name() == **name))
    {
        let known: Vec<&str> = families.iter().map(|family| family.name()).collect();
        let unknown = Diagnostic::new(
            &artifacts::UNKNOWN_FAMILY,
            format!("no family `{name}` is built here"),
        )
        .at(Place::file(project.place.clone()))
        .help(format!("the families are {}", known.join(", ")));
        return Err(unknown);
    }
    if !names.is_empty() {
        families.retain(|family| names.iter().any(|name| family.name() == name));
    }
    Ok(families)
}

/// One build under way.
struct Build<'a> {
    project: &'a Project,
    options: &'a Options,
    lock: BuildLock,
    looked: Moment,
    folder: Stamp,
    work: Work,
    findings: Vec<Diagnostic>,
    rules: Vec<Diagnostic>,
    /// What the head that is there speaks of.
    kept: Kept,
}

impl Build<'_> {
    fn run(
        &mut self,
        selected: Vec<Box<dyn Family>>,
        mut seen: Seen,
        doubted: Vec<FamilyState>,
    ) -> Result<Vec<FamilyOutcome>, Failure> {
        let before = seen.head().map(|head| (head.reading, head.wrote));
        let wrote = before.map_or(Moment::default(), |(_, wrote)| wrote);
        let heads = seen.take_families();
        let root = &self.project.root;
        let (mut states, kept) = families::load(&self.project.shelf, heads, |name, artifacts| {
            let wanted = selected.iter().any(|family| family.name() == name);
            let artifacts = if wanted { artifacts } else { &[] };
            outputs::observe(root, artifacts, wrote)
        })?;
        self.kept.extend(kept);
        let (digests, arrived) = match &seen {
            Seen::Same(head, _) => (head.reading, &[][..]),
            Seen::Appended(_, append) => (append.digests, append.names.as_slice()),
            Seen::Whole(_, whole) => (whole.reading.digests, &[][..]),
        };
        let candidates: Vec<Candidate> = selected
            .into_iter()
            .filter_map(|family| {
                let at = states
                    .iter()
                    .position(|(state, _)| state.name == family.name());
                Candidate::of(
                    self.project,
                    self.options.force,
                    family,
                    at.map(|at| states.swap_remove(at)),
                    digests,
                    before.map(|(digests, _)| digests),
                    arrived,
                )
            })
            .collect();
        // What is left are families that were not asked for, or not any more.
        let (others, mut retired): (Vec<_>, Vec<_>) = states
            .into_iter()
            .map(|(state, _)| state)
            .partition(|state| {
                self.project
                    .manifest
                    .enabled()
                    .any(|(name, _)| name == state.name)
            });
        retired.extend(
            doubted
                .into_iter()
                .filter_map(|state| self.left_behind(state)),
        );

        if let Seen::Same(head, _) = &seen
            && retired.is_empty()
            && candidates.iter().all(Candidate::is_fresh)
            && let Some(told) = memory::told(&self.project.shelf, head, self.project)
        {
            self.rules = told;
            return self.fresh(seen, candidates, others);
        }
        let Some(source) = self.source(seen)? else {
            return Ok(Vec::new());
        };
        self.rules = source.verdict.findings(self.project);
        self.render(source, digests, candidates, others, retired)
    }

    /// Of a family of a build that is not believed: what lies where the family is
    /// not any more.
    fn left_behind(&self, mut state: FamilyState) -> Option<FamilyState> {
        let mut enabled = self.project.manifest.enabled();
        if let Some((_, folder)) = enabled.find(|(name, _)| *name == state.name) {
            if *folder == state.folder {
                return None;
            }
            state
                .artifacts
                .retain(|artifact| !artifact.path.is_within(folder));
        }
        Some(state)
    }

    /// Nothing to do, but perhaps something to remember.
    fn fresh(
        &mut self,
        seen: Seen,
        candidates: Vec<Candidate>,
        others: Vec<FamilyState>,
    ) -> Result<Vec<FamilyOutcome>, Failure> {
        let Seen::Same(head, files) = seen else {
            return Ok(Vec::new());
        };
        let touched = candidates.iter().any(Candidate::is_touched);
        let outcomes = candidates.iter().map(Candidate::nothing_done).collect();
        if touched || files.is_some() {
            let (files, recent) = match files {
                Some(files) => files.keep(&self.project.shelf, Some(head.files))?,
                None => (head.files, head.recent.clone()),
            };
            let mut families = others;
            families.extend(candidates.into_iter().filter_map(Candidate::settled));
            let shelf = &self.project.shelf;
            let head = Head {
                looked: self.looked,
                wrote: Moment::now(),
                folder: self.folder,
                files,
                recent,
                families: families::keep(shelf, families, &self.kept)?,
                ..head
            };
            memory::keep_head(shelf, &head)?;
        }
        Ok(outcomes)
    }

    /// The model to render; `None` when the findings forbid it.
    fn source(&mut self, seen: Seen) -> Result<Option<Source>, Failure> {
        let Whole { reading, files } = match seen {
            Seen::Whole(_, whole) => *whole,
            Seen::Same(head, files) => match Source::remembered(self.project, &head, files) {
                Some(source) => return Ok(Some(source)),
                None => self.read_whole()?,
            },
            Seen::Appended(head, append) => {
                match Source::appended(self.project, &head, append, &mut self.work) {
                    Some(source) => return Ok(Some(source)),
                    None => self.read_whole()?,
                }
            }
        };
        self.work.folded += reading.places.len();
        self.findings
            .extend(reading.all_findings(self.options.allow_forks));
        let broken = self
            .findings
            .iter()
            .any(|finding| finding.level == Level::Error);
        if broken && !self.options.allow_incomplete {
            return Ok(None);
        }
        Ok(Some(Source::read(
            reading,
            files,
            !self.findings.is_empty(),
        )))
    }

    fn read_whole(&mut self) -> Result<Whole, Failure> {
        let names = scan::names(&self.project.events_folder())?;
        Ok(observe::whole(self.project, &names, &mut self.work))
    }

    fn render(
        &mut self,
        source: Source,
        digests: Digests,
        candidates: Vec<Candidate>,
        others: Vec<FamilyState>,
        retired: Vec<FamilyState>,
    ) -> Result<Vec<FamilyOutcome>, Failure> {
        let manner = Manner {
            force: self.options.force,
            locked: self.options.locked,
            sweep: false,
        };
        if !manner.locked {
            self.lock.writing()?;
        }
        let project = self.project;
        let affected = source.affected.as_ref();
        // Families write to folders of their own, so they need not wait for each
        // other.
        let (workflows, apart) = source.verdict.breaches(&project.manifest.rules);
        let lookup = Lookup::over(&project.shelf, &source.places, project.events());
        let known = Known {
            model: &source.model,
            workflows: &workflows,
            project: &apart,
            written: &|origin| lookup.row(origin).map(|(id, _)| written(id)),
        };
        let keeps = !manner.locked && !source.unquiet;
        // Nothing of the parts is believed before the head names them, so they can be
        // kept meanwhile: at the end, as that alone uses all threads that are free then.
        // The pages of the review take longest, and are near the end of the names.
        let keep =
            keeps.then(|| -> Job<'_> { Box::new(|| Ran::Kept(source.keep(&project.shelf))) });
        let build = candidates.into_iter().map(|candidate| -> Job<'_> {
            Box::new(move || {
                Ran::Built(Box::new(candidate.build(project, known, affected, manner)))
            })
        });
        let mut parts = None;
        let mut results = Vec::new();
        for ran in parallel::all(keep.into_iter().chain(build).collect()) {
            match ran {
                Ran::Kept(kept) => parts = Some(kept),
                Ran::Built(built) => results.push(*built),
            }
        }
        let mut outcomes = Vec::new();
        let mut families = others;
        for result in results {
            let (candidate, done) = result?;
            let Some(done) = done else {
                outcomes.push(candidate.nothing_done());
                families.extend(candidate.settled());
                continue;
            };
            self.work.rendered += done.rendered;
            self.work.written += done.outcome.written.len();
            self.work.removed += done.outcome.removed.len();
            let whole = done.whole;
            self.findings.extend(done.findings);
            outcomes.push(done.outcome);
            families.push(FamilyState {
                name: candidate.family.name().to_owned(),
                folder: candidate.folder,
                // A family with a refused artifact is never fresh.
                key: if whole {
                    candidate.inputs.key()
                } else {
                    Digest::of(b"refused")
                },
                facts: candidate.inputs.facts(),
                artifacts: done.artifacts,
                reasons: done.reasons,
            });
        }
        for state in retired {
            let now = outputs::observe(&project.root, &state.artifacts, Moment::default());
            let done = write::retire(project, state, now, manner)?;
            self.work.removed += done.outcome.removed.len();
            self.findings.extend(done.findings);
        }
        if let Some(parts) = parts {
            self.remember(&source, parts?, digests, families)?;
        }
        if !manner.locked {
            self.lock.written()?;
        }
        parallel::discard(source);
        Ok(outcomes)
    }

    fn remember(
        &self,
        source: &Source,
        parts: Parts,
        digests: Digests,
        families: Vec<FamilyState>,
    ) -> Result<(), Failure> {
        let shelf = &self.project.shelf;
        let head = Head {
            looked: self.looked,
            wrote: Moment::now(),
            folder: self.folder,
            reading: digests,
            tip: source.tip,
            files: parts.files,
            recent: parts.recent,
            events: source.events,
            places: parts.places,
            verdict: parts.verdict,
            broken: source.verdict.broken().map(|broken| broken.rule).collect(),
            shape: parts.shape,
            slices: parts.slices,
            families: families::keep(shelf, families, &self.kept)?,
        };
        memory::keep_head(shelf, &head)
    }
}
