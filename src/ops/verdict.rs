//! The rules that the model breaks: found, kept for the next build, and told.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    panic,
    thread::{self, ScopedJoinHandle},
};

use serde::{Deserialize, Serialize};

use super::{
    known::Breaches,
    project::Project,
    reading::{self, ReadFile},
};
use crate::{
    artifact::{Breach, Weight},
    diagnostic::{Code, Diagnostic, Place, Report, codes::manifest::UNUSED_EXCEPTION},
    event::Text,
    facts,
    manifest::{Exception, Rules},
    model::{Model, Origin, Part, Path},
    parallel,
    rules::{self, Found},
};

/// A rule that is broken somewhere, in a form that can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// The number of the rule.
    pub rule: u16,
    /// Where, outermost element first.
    pub path: Path,
    /// The transaction file and the line that recorded the element.
    pub written: Option<(String, u32)>,
    /// How it comes about, in steps; empty where it is simply so.
    pub story: Vec<String>,
}

/// The rules whose breaches `fix` mends, if there is one way only.
pub const MENDED: [u16; 4] = [303, 808, 912, 922];

/// Every rule that the model breaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What is wrong with each workflow and its slices, in the order of the
    /// workflows, by slug.
    workflows: Vec<(Text, Vec<Broken>)>,
    /// What is wrong with how the workflows fit together.
    project: Vec<Broken>,
}

/// So many workflows are worth a thread to check.
const WORTH_A_THREAD: usize = 8;

/// Where an event was written; `None` when that is not known any more.
pub type Written<'a> = dyn Fn(Origin) -> Option<Place> + Sync + 'a;

impl Verdict {
    /// Check the whole model.
    pub fn of(model: &Model, written: &Written<'_>) -> Option<Self> {
        let (verdict, _) = Self::default().again(model, None, written)?;
        Some(verdict)
    }

    /// Check the workflows that are `affected` anew (all when `None`), and how
    /// all of them fit together. Also whether all is what it was. `None` when an
    /// event cannot be found.
    pub fn again(
        self,
        model: &Model,
        affected: Option<&BTreeSet<Text>>,
        written: &Written<'_>,
    ) -> Option<(Self, bool)> {
        let slugs = model.workflows.iter().map(|workflow| &workflow.slug);
        // Nothing is kept where nothing was broken.
        let mut same =
            self.workflows.is_empty() || self.workflows.iter().map(|(slug, _)| slug).eq(slugs);
        let workflows = parallel::each(&model.workflows, WORTH_A_THREAD, facts::Workflow::of);
        let workflows = workflows.into_iter().collect();
        let facts = facts::Project::with(model, "project", workflows);
        // Two workflows can have one slug; they are kept in their order.
        let mut kept: BTreeMap<Text, VecDeque<Vec<Broken>>> = BTreeMap::new();
        for (slug, broken) in self.workflows {
            kept.entry(slug).or_default().push_back(broken);
        }
        let mut workflows = Vec::with_capacity(model.workflows.len());
        let mut stale = Vec::new();
        let both = model.workflows.iter().zip(&facts.workflows);
        for (at, (workflow, facts)) in both.enumerate() {
            let slug = &workflow.slug;
            let old = kept.get_mut(slug).and_then(VecDeque::pop_front);
            if old.is_none() || affected.is_none_or(|affected| affected.contains(slug)) {
                stale.push((at, workflow, facts));
            }
            workflows.push((slug.clone(), old.unwrap_or_default()));
        }
        let (found, project) = thread::scope(|scope| {
            let apart = || located(rules::whole_project(model, &facts), written);
            // Not worth a thread for fewer.
            let apart_meanwhile = (stale.len() > WORTH_A_THREAD).then(|| scope.spawn(apart));
            let found = parallel::each(&stale, WORTH_A_THREAD, |(at, workflow, facts)| {
                Some((
                    *at,
                    located(rules::whole_workflow(workflow, facts), written)?,
                ))
            });
            let project = match apart_meanwhile.map(ScopedJoinHandle::join) {
                None => apart(),
                Some(Ok(project)) => project,
                Some(Err(cause)) => panic::resume_unwind(cause),
            };
            (found, project)
        });
        for found in found {
            let (at, found) = found?;
            if let Some((_, broken)) = workflows.get_mut(at) {
                same &= *broken == found;
                *broken = found;
            }
        }
        let project = project?;
        same &= self.project == project;
        Some((Self { workflows, project }, same))
    }

    /// Every broken rule.
    pub fn broken(&self) -> impl Iterator<Item = &Broken> {
        self.workflows
            .iter()
            .flat_map(|(_, broken)| broken)
            .chain(&self.project)
    }

    /// As the pages tell it: of each workflow in its order, and of how they fit
    /// together. Rules that may be broken everywhere are left out.
    pub fn breaches(&self, rules: &Rules) -> Breaches {
        let told = |broken: &[Broken]| {
            let breaches = broken.iter().filter_map(|broken| broken.breach(rules));
            breaches.collect::<Vec<Breach>>()
        };
        let workflows = self.workflows.iter().map(|(_, broken)| told(broken));
        (workflows.collect(), told(&self.project))
    }

    /// As findings, each at the level that the manifest gives it; exceptions are
    /// taken out, and those that cover nothing are told.
    pub fn findings(&self, project: &Project) -> Vec<Diagnostic> {
        let rules = &project.manifest.rules;
        let mut unused: Vec<&Exception> = rules.exceptions.iter().collect();
        let mut findings = Vec::new();
        for broken in self.broken() {
            if Code::numbered(broken.rule).is_some_and(|code| rules.allows(code)) {
                continue;
            }
            let Some(finding) = broken.finding() else {
                continue;
            };
            let excepts: Vec<&Exception> = rules.excepts(&finding).collect();
            unused.retain(|exception| !excepts.contains(exception));
            findings.extend(rules.judge(finding));
        }
        let mut findings = Report::new(findings).findings().to_vec();
        // More than these nobody reads, and each costs a look into a file.
        dated(project, findings.iter_mut().take(DATED));
        explained(&mut findings);
        findings.extend(unused.into_iter().map(|exception| {
            Diagnostic::new(
                &UNUSED_EXCEPTION,
                format!(
                    "`{}` does not break {} {}",
                    exception.element, exception.rule, exception.rule.name
                ),
            )
            .at(exception.place.clone())
            .help("remove the exception, or write the element as the finding names it")
        }));
        findings
    }
}

impl Broken {
    fn breach(&self, rules: &Rules) -> Option<Breach> {
        let code = Code::numbered(self.rule)?;
        if rules.allows(code) {
            return None;
        }
        let finding = Diagnostic::new(code, code.title).about(self.path.to_string());
        let excepted = rules.excepts(&finding).next();
        let weight = match excepted.map(|exception| exception.reason.clone()) {
            Some(reason) => Weight::Excepted(reason),
            None => Weight::Told(rules.judge(finding)?.level),
        };
        Some(Breach {
            code,
            path: self.path.clone(),
            story: self.story.clone(),
            weight,
        })
    }

    /// As a finding at the level of its rule.
    pub fn finding(&self) -> Option<Diagnostic> {
        let code = Code::numbered(self.rule)?;
        let mut finding = Diagnostic::new(code, code.title)
            .about(self.path.to_string())
            .help(rules::hint(code));
        if let Some((file, line)) = &self.written {
            finding = finding.at(Place::line(file, *line));
        }
        if !self.story.is_empty() {
            finding = finding.note(format!("it comes about so: {}", self.story.join(", then ")));
        }
        if MENDED.contains(&self.rule) {
            finding = finding.help("`cargo emc fix` mends it where there is one way only");
        }
        Some(match mend(code, &self.path) {
            Some(command) => finding.help(command),
            None => finding,
        })
    }
}

/// Say why a rule is there with its first finding.
fn explained(findings: &mut [Diagnostic]) {
    let mut told = BTreeSet::new();
    for finding in findings {
        if told.insert(finding.code.number) {
            let text = finding.code.explanation;
            let end = text.find(". ").map_or(text.len(), |end| end + 1);
            let why = text.get(..end).unwrap_or(text);
            finding.notes.push(why.trim_end_matches('.').to_owned());
        }
    }
}

/// The command with which a person gets at the element.
fn mend(code: &Code, path: &Path) -> Option<String> {
    let (what, slug) = match (path.named(Part::Slice), path.named(Part::Workflow)) {
        (Some(slice), _) => ("slice", slice),
        (None, Some(workflow)) => ("workflow", workflow),
        (None, None) => return None,
    };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let slug = if slug.chars().all(plain) {
        slug.to_owned()
    } else {
        format!("'{}'", slug.replace('\'', r"'\''"))
    };
    Some(format!(
        "`cargo emc edit {what} {slug}`; more: `cargo emc explain {code}`"
    ))
}

fn located(found: Vec<Found>, written: &Written<'_>) -> Option<Vec<Broken>> {
    found
        .into_iter()
        .map(|found| {
            let written = match found.origin {
                Some(origin) => Some(written(origin)?),
                None => None,
            };
            Some(Broken {
                rule: found.code.number,
                path: found.path,
                written: written.and_then(|place| Some((place.file, place.line?))),
                story: found.story,
            })
        })
        .collect()
}

/// How many findings say when their element was written, and by whom.
const DATED: usize = 100;

/// Say of each finding when its element was written, and by whom.
fn dated<'a>(project: &Project, findings: impl Iterator<Item = &'a mut Diagnostic>) {
    let findings: Vec<&mut Diagnostic> = findings.collect();
    let folder = project.events();
    let name = |finding: &Diagnostic| {
        let place = finding.place.as_ref()?;
        let name = place
            .file
            .strip_prefix(folder.as_str())?
            .strip_prefix('/')?;
        Some(name.to_owned())
    };
    let names: BTreeSet<String> = findings
        .iter()
        .filter_map(|finding| name(finding))
        .collect();
    let names: Vec<String> = names.into_iter().collect();
    let headers: BTreeMap<String, String> = reading::read_files(project, &names)
        .into_iter()
        .zip(&names)
        .filter_map(|(ReadFile { header, .. }, name)| {
            let header = header.ok()?;
            let time = header.created_at.split('.').next().unwrap_or_default();
            Some((
                name.clone(),
                format!("written {time}Z by {}", header.replica),
            ))
        })
        .collect();
    for finding in findings {
        if let Some(note) = name(finding).and_then(|name| headers.get(&name)) {
            finding.notes.insert(0, note.clone());
        }
    }
}
