//! What the real Quint says of the mutants: of each workflow that a mistake
//! changes, many in one process, since reading the library costs most.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use emc::{
    artifact::{Family as _, Scope},
    model::Model,
};
use tempfile::TempDir;

use super::{Seeded, Told};
use crate::quint::{Project, family, quint, results};

/// Code, name, and the test that fails; no test: that of a scenario.
pub const RULES: [(&str, &str, &str); 11] = [
    ("EMC931", "journey-dead-end", "noDeadEndTest"),
    (
        "EMC932",
        "command-before-event",
        "commandsReadRecordedEventsTest",
    ),
    (
        "EMC933",
        "reaction-without-trigger",
        "reactionsHaveTriggersTest",
    ),
    (
        "EMC934",
        "automation-never-settles",
        "automationsSettleTest",
    ),
    (
        "EMC935",
        "raised-error-without-recovery",
        "errorsHaveRecoveryTest",
    ),
    (
        "EMC936",
        "view-before-events",
        "viewsShowRecordedEventsTest",
    ),
    ("EMC937", "no-end-in-reach", "everyJourneyCanEndTest"),
    ("EMC938", "step-never-reached", "everyStepIsReachedTest"),
    ("EMC939", "decision-never-made", "everyDecisionIsMadeTest"),
    (
        "EMC940",
        "transition-never-taken",
        "everyTransitionIsTakenTest",
    ),
    ("EMC941", "scenario-does-not-happen", ""),
];

/// The code that a failed test stands for.
fn code(test: &str) -> &'static str {
    let rule = RULES.iter().find(|rule| rule.2 == test);
    rule.unwrap_or(&RULES[10]).0
}

/// The modules of the library with the journey written into the survey. Of two
/// surveys with a journey each, this version of Quint gives both the first one.
fn library() -> String {
    let text = family()
        .render(&Model::default(), Scope::Everything)
        .remove(0)
        .text;
    let (types, rest) = text.split_once("module Journey {").expect("a journey");
    let (journey, survey) = rest.split_once("module Survey {").expect("a survey");
    let journey = journey.trim_end().trim_end_matches('}');
    let journey = journey
        .replace("  const FACTS: Workflow\n", "")
        .replace("  import Emc.*\n", "")
        .replace("FACTS", "MODEL");
    let survey = survey.replace("  import Journey(FACTS = MODEL).*\n", &journey);
    format!("{types}module Survey {{{survey}")
}

/// A workflow of a mutant, as its page states it.
struct Play {
    seed: usize,
    facts: String,
    /// The strings that name its scenarios.
    scenarios: Vec<String>,
}

impl Play {
    fn of(seed: usize, page: &str) -> Self {
        let (_, facts) = page.split_once("  pure val facts").expect("facts");
        let (facts, tests) = facts.split_once("  import Journey").expect("a journey");
        let scenarios = tests.lines().filter_map(|line| {
            let (_, name) = line.split_once(" = scenario(")?;
            Some(name.trim_end_matches(')').to_owned())
        });
        Self {
            seed,
            facts: format!("  pure val facts{facts}"),
            scenarios: scenarios.collect(),
        }
    }
}

/// One file that tests them all.
fn text(plays: &[Play]) -> String {
    let mut modules = String::new();
    let mut main = String::from("module all__test {\n");
    for (number, play) in plays.iter().enumerate() {
        let facts = &play.facts;
        let _ = writeln!(
            modules,
            "module w{number} {{\n  import Emc.* from \"./emc\"\n{facts}}}\n"
        );
        let _ = writeln!(
            main,
            "  import w{number} as w{number}\n  \
            import Survey(MODEL = w{number}::facts) as s{number} from \"./emc\""
        );
        for (at, scenario) in play.scenarios.iter().enumerate() {
            let _ = writeln!(
                main,
                "  run s{number}_{at}_Test = s{number}::scenario({scenario})"
            );
        }
    }
    modules + &main + "}\n"
}

/// The findings that are printed, `> CODE NAME WHAT` over several lines, in the
/// order of the tests that fail.
fn printed(said: &str) -> Vec<(String, String)> {
    said.split("> EMC")
        .skip(1)
        .map(|finding| {
            let words: Vec<&str> = finding.split_whitespace().collect();
            let [number, name, what @ ..] = words.as_slice() else {
                panic!("no finding: {finding}");
            };
            let code = format!("EMC{number}");
            assert!(
                RULES.iter().any(|rule| rule.0 == code && rule.1 == *name),
                "{finding}"
            );
            (code, what.join(" "))
        })
        .collect()
}

/// What Quint tells of each of the workflows.
fn played(library: &str, plays: &[Play]) -> Vec<(usize, String, String)> {
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("emc.qnt"), library).expect("a file");
    std::fs::write(folder.path().join("all.qnt"), text(plays)).expect("a file");
    let words = ["test", "all.qnt", "--main=all__test", "--out=result.json"];
    let (_, said) = quint(folder.path(), &words);
    let result = results(&folder.path().join("result.json"), &said);
    let expected: usize = plays.iter().map(|play| 11 + play.scenarios.len()).sum();
    assert_eq!(
        result.passed.len() + result.failed.len(),
        expected,
        "{said}"
    );
    let printed = printed(&said);
    assert_eq!(printed.len(), result.failed.len(), "{said}");
    result
        .failed
        .iter()
        .zip(printed)
        .map(|(test, (told, what))| {
            let mut words = test.rsplit("::");
            let name = words.next().expect("a test");
            // `s7::noDeadEndTest` or `s7_0_Test`.
            let survey = if name.ends_with("_Test") {
                name
            } else {
                words.next().expect("a survey")
            };
            let number = survey[1..].split('_').next().expect("a number");
            let number: usize = number.parse().expect("a number");
            assert_eq!(code(name), told, "{test}: {said}");
            (plays[number].seed, told, what)
        })
        .collect()
}

/// What Quint tells of each mutant.
pub fn told(clean: &Model, seeded: &[Seeded]) -> Vec<Told> {
    let pages = |model: &Model| -> Vec<String> {
        let workflows = model.workflows.iter().map(|workflow| workflow.slug.clone());
        let texts: BTreeMap<_, _> = family()
            .render(model, Scope::Workflows(&workflows.collect()))
            .into_iter()
            .map(|artifact| (artifact.path.clone(), artifact.text))
            .collect();
        let suites = family().suites(model);
        suites
            .iter()
            .map(|suite| texts[&suite.path].clone())
            .collect()
    };
    let known: BTreeSet<String> = pages(clean).into_iter().collect();
    let project = Project::write(clean);
    for workflow in &clean.workflows {
        let verdict = project.test(&workflow.slug);
        assert!(verdict.failed.is_empty(), "{}", verdict.said);
    }
    let plays: Vec<Play> = seeded
        .iter()
        .enumerate()
        .flat_map(|(at, seed)| pages(&seed.model).into_iter().map(move |page| (at, page)))
        .filter(|(_, page)| !known.contains(page))
        .map(|(at, page)| Play::of(at, &page))
        .collect();
    let library = library();
    let told = Mutex::new(vec![Told::new(); seeded.len()]);
    let batches: Vec<&[Play]> = plays.chunks(12).collect();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = played(&library, batch);
                    let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                    for (seed, code, what) in found {
                        told[seed].entry(code).or_default().push(what);
                    }
                }
            });
        }
    });
    told.into_inner().unwrap_or_else(PoisonError::into_inner)
}
