//! The journeys that are played natively, against those of the real Quint.

mod mutant;

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    time::Instant,
};

use emc::{
    event::vocabulary::{Recovery, SliceKind, TransitionKind},
    model::{Model, Slice, Transition, Workflow},
    rules::journey::{Exploration, explore, explore_within},
};
use mutant::{Dice, mutant};
use snapbox::{assert_data_eq, file, str};

use crate::{
    desk::PLAIN,
    interop::{events, folded},
    quint::{self, Verdict},
    sample::{Words, text, workflow},
    stores::Store,
};

/// The tests of `Survey`: what they say when they fail, and the code of it.
const SURVEY: [(&str, &str); 10] = [
    ("noDeadEndTest", "EMC931"),
    ("commandsReadRecordedEventsTest", "EMC932"),
    ("reactionsHaveTriggersTest", "EMC933"),
    ("automationsSettleTest", "EMC934"),
    ("errorsHaveRecoveryTest", "EMC935"),
    ("viewsShowRecordedEventsTest", "EMC936"),
    ("everyJourneyCanEndTest", "EMC937"),
    ("everyStepIsReachedTest", "EMC938"),
    ("everyDecisionIsMadeTest", "EMC939"),
    ("everyTransitionIsTakenTest", "EMC940"),
];

/// Any other test plays a scenario.
const SCENARIO: &str = "EMC941";

fn stored(store: &str) -> Model {
    folded(&events(&Store::fixture(store))).model
}

/// What was found, in the words in which both can say it: of a fault of a state
/// how many moves lead to it, of what never happens its names, of scenarios how
/// many fail.
fn found(exploration: &Exploration) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    for finding in &exploration.findings {
        let known = found.entry(finding.code.to_string()).or_default();
        let names = finding.path.0.iter().map(|(_, name)| name.as_str());
        let names: Vec<&str> = names.collect();
        match (finding.code.number, names.as_slice()) {
            (..=937, _) if known.is_empty() => {
                known.insert((finding.story.len() - 1).to_string());
            }
            (938 | 939, [step, ..]) => {
                known.insert((*step).to_owned());
            }
            (940, names) => known.extend(names.iter().map(|name| (*name).to_owned())),
            (941, _) => {
                known.insert(known.len().to_string());
            }
            _ => {}
        }
    }
    found
}

fn found_by_quint(verdict: &Verdict) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    for test in &verdict.failed {
        let Some((_, code)) = SURVEY.iter().find(|(name, _)| name == test) else {
            let scenarios = found.entry(SCENARIO.to_owned()).or_default();
            scenarios.insert(scenarios.len().to_string());
            continue;
        };
        let (_, said) = verdict
            .said
            .split_once(code)
            .expect("it says what it found");
        let names = if *code < "EMC938" {
            let (story, _) = said.split_once(']').expect("a list");
            [story.matches("(\"").count().to_string()].into()
        } else {
            let strings = said.split("\n>").next().unwrap_or(said).split('"');
            strings.skip(1).step_by(2).map(str::to_owned).collect()
        };
        found.insert((*code).to_owned(), names);
    }
    found
}

fn told(exploration: &Exploration) -> String {
    let mut told = String::new();
    for finding in &exploration.findings {
        told += &format!("{} {}: {}\n", finding.code, finding.code.name, finding.path);
        for line in &finding.story {
            told += &format!("  {line}\n");
        }
    }
    told
}

/// Both say the same of every workflow of the model.
fn agree(model: &Model) {
    let project = quint::Project::write(model);
    for workflow in &model.workflows {
        let exploration = explore(workflow);
        assert!(exploration.complete);
        let verdict = project.test(&workflow.slug);
        assert_eq!(
            found(&exploration),
            found_by_quint(&verdict),
            "{}:\n{}\n{}",
            workflow.slug,
            told(&exploration),
            verdict.said
        );
    }
}

/// The lines that tell of one code.
fn told_of(code: &str, exploration: &Exploration) -> String {
    let mut only = exploration.clone();
    only.findings
        .retain(|finding| finding.code.to_string() == code);
    told(&only)
}

#[test]
fn a_model_without_a_fault_has_no_finding() {
    let words = Words(&|word| format!("1import \"{word}\"\\\r\n\u{2028}}}// %22 ünï\u{202e}\u{0}"));
    for model in [PLAIN.desk(), words.desk()] {
        for workflow in &model.workflows {
            let exploration = explore(workflow);
            assert_eq!(told(&exploration), "", "{}", workflow.slug);
            assert!(exploration.complete);
        }
    }
    let nothing = explore(&workflow(text("empty"), "Nothing is left."));
    assert_eq!((nothing.states, nothing.findings), (0, Vec::new()));
}

#[test]
fn a_finding_has_its_elements_and_the_shortest_story() {
    let model = stored("repair-desk");
    let [intake, partner] = model.workflows.as_slice() else {
        panic!("two workflows");
    };
    assert_eq!(told(&explore(partner)), "");
    let exploration = explore(intake);
    assert_data_eq!(
        told(&exploration),
        file!["../golden/journey/repair-intake.txt"]
    );
    // The same again, in the same order.
    assert_eq!(explore(intake), exploration);
}

#[test]
fn what_never_happens_is_told() {
    let model = stored("every-event");
    let parcel = explore(&model.workflows[0]);
    assert_data_eq!(
        told_of("EMC938", &parcel) + &told_of("EMC940", &parcel),
        str![["
EMC938 step-never-reached: step short-lived
EMC940 transition-never-taken: transition from remind, workflow label-flow, outcome leave by outcome
EMC940 transition-never-taken: transition from remind, workflow label-flow, outcome leave for labels

"]]
    );
    let mut desk = PLAIN.open_ticket();
    for slice in &mut desk.slices {
        slice.automations.clear();
    }
    desk.transitions
        .retain(|transition| *transition.value.target.slug() != *"notify-customer");
    let left = explore(&desk);
    assert_data_eq!(
        told_of("EMC939", &left) + &told_of("EMC941", &left),
        str![["
EMC939 decision-never-made: step notify-customer, command SendNotice
EMC941 scenario-does-not-happen: slice notify-customer, scenario The customer learns of it
EMC941 scenario-does-not-happen: slice ticket-history, scenario Sees it

"]]
    );
}

/// An automation that records what sets off the one that sets it off.
fn escalation() -> Slice {
    let escalated = ("escalated", "TicketRejected", "refusal");
    let (on, command) = ("CustomerNotified", "EscalateTicket");
    PLAIN.automation("escalate-ticket", on, command, escalated, None)
}

#[test]
fn reactions_that_cannot_be_are_told() {
    let mut desk = PLAIN.open_ticket();
    desk.slices.push(escalation());
    assert_data_eq!(
        told_of("EMC934", &explore(&desk)),
        str![["
EMC934 automation-never-settles: step notify-customer
  a journey starts at `ticket-form`
  `OpenTicket` leads from `ticket-form` to `open-ticket`
  `open-ticket` answers `opened`
  `TicketOpened` leads from `open-ticket` to `ticket-queue`
  `Inspect` leads from `ticket-queue` to `ticket-review`
  `ReviewTicket` leads from `ticket-review` to `review-ticket`
  `review-ticket` answers `rejected`
  `notify-customer` answers `notified`
  `escalate-ticket` answers `escalated`

"]]
    );
    // The same commands, asked by a person who comes to the step too early.
    let mut desk = PLAIN.open_ticket();
    let notice = desk.slices[5].clone();
    desk.slices[1]
        .automations
        .extend(notice.automations.clone());
    desk.slices[1]
        .command_definitions
        .extend(notice.command_definitions);
    let early = explore(&desk);
    assert_data_eq!(
        told_of("EMC932", &early) + &told_of("EMC933", &early),
        str![["
EMC932 command-before-event: step open-ticket, command SendNotice, event TicketRejected
  a journey starts at `ticket-form`
  `OpenTicket` leads from `ticket-form` to `open-ticket`
EMC933 reaction-without-trigger: step open-ticket, command SendNotice, event TicketRejected
  a journey starts at `ticket-form`
  `OpenTicket` leads from `ticket-form` to `open-ticket`

"]]
    );
}

/// The step of an automation, to which a person comes later with a command of
/// their own.
fn called_again() -> Workflow {
    faulty("called-again", |desk| {
        let called = ("called", "CustomerCalled", "notice");
        let call = PLAIN.decision(
            "call",
            SliceKind::StateChange,
            "Call",
            &[called],
            None,
            None,
        );
        let notify = &mut desk.slices[5];
        notify.command_definitions[0].value.errors.clear();
        notify.command_definitions.extend(call.command_definitions);
        let again = ("ticket-history", TransitionKind::Navigation, "Call");
        let again = PLAIN.transition(again.0, again.1, again.2, "notify-customer");
        desk.transitions.push(again);
    })
}

#[test]
fn a_step_remembers_what_it_may_be_asked_for() {
    // What the automation reacts to was recorded, though long before.
    let exploration = explore(&called_again());
    assert_eq!(told_of("EMC932", &exploration), "");
    assert_eq!(told_of("EMC933", &exploration), "");
}

#[test]
fn a_scenario_that_writes_elsewhere_is_told_with_what_it_does() {
    let mut desk = PLAIN.open_ticket();
    let scenario = &mut desk.slices[1].scenarios[0].value;
    scenario.written_streams = PLAIN.words(&["ledger"]);
    assert_data_eq!(
        told(&explore(&desk)),
        str![["
EMC941 scenario-does-not-happen: slice open-ticket, scenario A customer opens a ticket
  a journey starts at `ticket-form`
  `OpenTicket` leads from `ticket-form` to `open-ticket`
  `open-ticket` answers `opened` and writes to `ticket`, not to `ledger`

"]]
    );
}

#[test]
fn what_was_not_looked_at_to_the_end_is_not_guessed() {
    let mut desk = PLAIN.open_ticket();
    desk.transitions
        .retain(|transition| *transition.value.source != *"notify-customer");
    let whole = explore(&desk);
    assert!(whole.complete);
    assert_eq!(explore_within(&desk, whole.states), whole);
    for most in 0..whole.states {
        let part = explore_within(&desk, most);
        assert!(!part.complete && part.states > most, "{most}");
        for finding in &part.findings {
            assert!(finding.code.number < 937, "{most}: {finding:?}");
            assert!(whole.findings.contains(finding), "{most}: {finding:?}");
        }
    }
}

#[test]
fn the_journeys_of_a_thousand_slices_take_no_time() {
    let desk = stored("repair-desk");
    let workflows = (0..112).flat_map(|_| &desk.workflows);
    let start = Instant::now();
    let explorations: Vec<Exploration> = workflows.map(explore).collect();
    let took = start.elapsed();
    assert!(explorations.iter().all(|one| one.complete));
    // Some 80 ms with optimisation, for 30,000 states; the bound leaves room for
    // a debug build on a busy machine.
    assert!(took.as_millis() < 8000, "{took:?}");
}

#[test]
fn quint_finds_the_same_in_real_stores() {
    agree(&stored("repair-desk"));
    agree(&stored("every-event"));
    agree(&PLAIN.desk());
}

/// The taking in of a device, with a fault.
fn faulty(slug: &str, fault: impl Fn(&mut Workflow)) -> Workflow {
    let mut workflow = PLAIN.open_ticket();
    workflow.slug = text(slug);
    fault(&mut workflow);
    workflow
}

/// The faults that the tests of the Quint family seed.
#[test]
fn quint_finds_the_same_faults() {
    let lost = faulty("lost", |desk| {
        desk.slices.remove(0);
        desk.slices.truncate(3);
        let nowhere = PLAIN.transition("ghost", TransitionKind::Event, "Nothing", "ghosts");
        desk.transitions.push(nowhere);
    });
    let stuck = faulty("stuck", |desk| {
        let from = |transition: &Transition| transition.source.to_string();
        desk.transitions
            .retain(|transition| from(&transition.value) != "notify-customer");
    });
    let looping = faulty("looping", |desk| desk.slices.push(escalation()));
    let helpless = faulty("helpless", |desk| {
        for view in desk.slices.iter_mut().flat_map(|slice| &mut slice.views) {
            for control in &mut view.value.controls {
                control.handled_errors.clear();
            }
        }
    });
    let translated = faulty("translated", |desk| {
        desk.transitions.push(PLAIN.transition(
            "ticket-queue",
            TransitionKind::ExternalTrigger,
            "WarrantyReported",
            "record-warranty",
        ));
    });
    let stray = faulty("stray", |desk| {
        // A view that nothing leads to, from which an error leads to a step that
        // has errors of its own.
        let shown = PLAIN.view("open-ticket", None, Some("TicketOpened"));
        desk.slices[1].views.extend(shown.views);
        let mut view = PLAIN.view("nowhere", Some("TicketOpened"), None);
        let (to, way) = ("open-ticket screen", Recovery::Navigation);
        PLAIN.control(&mut view, "ReviewTicket", "AlreadyReviewed", way, to);
        desk.slices.push(view);
    });
    let empty = workflow(text("empty"), "Nothing is left.");
    let called = called_again();
    agree(&Model {
        workflows: vec![
            empty, lost, stuck, looping, helpless, translated, stray, called,
        ],
        ..Model::default()
    });
}

/// How many mutants are tried: more by night.
fn mutants() -> usize {
    let wanted = env::var("EMC_JOURNEY_MUTANTS").ok();
    wanted.and_then(|number| number.parse().ok()).unwrap_or(25)
}

#[test]
fn quint_finds_the_same_in_mutants() {
    let bases: Vec<Workflow> = [
        PLAIN.desk(),
        PLAIN.desk(),
        stored("every-event"),
        stored("repair-desk"),
    ]
    .into_iter()
    .flat_map(|model| model.workflows)
    .collect();
    let mut dice = Dice(20_260);
    let workflows = (0..mutants())
        .map(|number| {
            let base = &bases[dice.below(bases.len())];
            mutant(base, text(&format!("mutant-{number}")), &mut dice)
        })
        .collect();
    agree(&Model {
        workflows,
        ..Model::default()
    });
}
