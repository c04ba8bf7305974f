//! Quint modules: what they hold, and what the real Quint says of them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use emc::{
    artifact::{
        Family as _, Scope,
        quint::{Quint, Suite},
    },
    event::vocabulary::TransitionKind,
    model::Model,
    rel_path::RelPath,
};
use tempfile::TempDir;

use crate::{
    desk::PLAIN,
    interop::{events, folded},
    sample::{Words, text, workflow},
    stores::Store,
};

/// The family, in the folder that the tests write to.
pub fn family() -> Quint {
    Quint {
        folder: RelPath::new("model/quint").expect("relative"),
    }
}

/// What Quint said of a test module.
pub struct Verdict {
    pub failed: BTreeSet<String>,
    passed: usize,
    pub said: String,
}

/// A project in a folder of its own, written for the real Quint.
pub struct Project {
    folder: TempDir,
    pub suites: Vec<Suite>,
}

fn tool() -> PathBuf {
    let formal = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/formal");
    assert!(
        formal.join("node_modules/.stamp").is_file(),
        "Quint is not installed: run tools/formal/install"
    );
    formal.join("quint")
}

impl Project {
    pub fn write(model: &Model) -> Self {
        let folder = TempDir::new().expect("a folder");
        for artifact in family().render(model, Scope::Everything) {
            let path = folder.path().join(artifact.path.as_str());
            fs::create_dir_all(path.parent().expect("has a folder")).expect("a folder");
            fs::write(path, artifact.text).expect("a file");
        }
        let suites = family().suites(model);
        Self { folder, suites }
    }

    pub fn quint(&self, words: &[&str]) -> (bool, String) {
        quint(self.folder.path(), words)
    }

    pub fn typecheck(&self, path: &RelPath) {
        let (well, said) = self.quint(&["typecheck", path.as_str()]);
        assert!(well, "{path}: {said}");
    }

    pub fn test(&self, workflow: &str) -> Verdict {
        let suite = self
            .suites
            .iter()
            .find(|suite| suite.workflow == workflow)
            .expect("a workflow of the model");
        let (_, said) = self.quint(&[
            "test",
            suite.path.as_str(),
            &format!("--main={}", suite.tests),
            "--out=result.json",
        ]);
        let results = results(&self.folder.path().join("result.json"), &said);
        let names = |names: &[String]| -> BTreeSet<String> {
            let last = names.iter().filter_map(|name| name.rsplit("::").next());
            last.map(str::to_owned).collect()
        };
        let (failed, passed) = (names(&results.failed), results.passed.len());
        assert_eq!(failed.len() + passed, suite.count, "{said}");
        Verdict {
            failed,
            passed,
            said,
        }
    }
}

/// Run Quint in a folder: whether it is content, and what it said.
pub fn quint(folder: &Path, words: &[&str]) -> (bool, String) {
    let output = Command::new(tool())
        .args(words)
        .current_dir(folder)
        .output()
        .expect("quint runs");
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    (output.status.success(), said)
}

/// The tests of a run, in the order in which they ran.
pub struct Results {
    pub passed: Vec<String>,
    pub failed: Vec<String>,
}

/// Read what `--out` wrote.
pub fn results(file: &Path, said: &str) -> Results {
    let text = fs::read_to_string(file).unwrap_or_else(|problem| panic!("{problem}: {said}"));
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let names = |key: &str| -> Vec<String> {
        let names = value[key].as_array().expect("a list of tests");
        names
            .iter()
            .filter_map(|name| name.as_str())
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(names("ignored"), [""; 0], "{said}");
    Results {
        passed: names("passed"),
        failed: names("failed"),
    }
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The tests of `Survey`.
const SURVEY: usize = 11;

#[test]
fn the_library_is_accepted_by_itself() {
    Project::write(&Model::default()).typecheck(&family().library());
}

#[test]
fn a_model_without_a_fault_passes() {
    let project = Project::write(&PLAIN.desk());
    let open = project.test("open-ticket");
    assert_eq!(open.failed, BTreeSet::new(), "{}", open.said);
    assert_eq!(open.passed, SURVEY + 7, "{}", open.said);
    let order = project.test("order-parts");
    assert_eq!(order.failed, BTreeSet::new(), "{}", order.said);
    assert_eq!(order.passed, SURVEY);
}

#[test]
fn hostile_names_change_nothing() {
    let words = Words(&|word| format!("1import \"{word}\"\\\r\n\u{2028}}}// %22 ünï\u{202e}\u{0}"));
    let mut model = words.desk();
    for slug in [
        "facts",
        "import",
        "3d",
        "Open-Ticket",
        "OPEN-TICKET",
        "open ticket",
        "now",
        "set",
        "emc",
    ] {
        let mut workflow = workflow(text(slug), "*/ } module x { \" \\");
        workflow.slices = words.order_parts().slices;
        workflow.transitions = words.order_parts().transitions;
        model.workflows.push(workflow);
    }
    let twin = model.workflows[0].clone();
    model.workflows.push(twin);
    let project = Project::write(&model);
    let files: BTreeSet<String> = project
        .suites
        .iter()
        .map(|s| s.path.as_str().to_lowercase())
        .collect();
    assert_eq!(files.len(), model.workflows.len());
    let open = project.test(&model.workflows[0].slug);
    assert_eq!(open.failed, BTreeSet::new(), "{}", open.said);
    assert_eq!(open.passed, SURVEY + 7);
    for slug in ["facts", "Open-Ticket", "3d"] {
        let verdict = project.test(slug);
        assert_eq!(verdict.failed, BTreeSet::new(), "{}", verdict.said);
        assert_eq!(verdict.passed, SURVEY);
    }
}

#[test]
fn a_step_with_no_way_on_is_found() {
    let mut model = PLAIN.desk();
    model.workflows[0]
        .transitions
        .retain(|t| *t.value.source != *"notify-customer");
    let verdict = Project::write(&model).test("open-ticket");
    assert!(
        verdict.said.contains("EMC931 journey-dead-end"),
        "{}",
        verdict.said
    );
    assert!(
        verdict
            .said
            .contains("EMC938 step-never-reached Set(\"ticket-history\")"),
        "{}",
        verdict.said
    );
    for test in [
        "noDeadEndTest",
        "everyJourneyCanEndTest",
        "everyStepIsReachedTest",
    ] {
        assert!(verdict.failed.contains(test), "{:?}", verdict.failed);
    }
}

#[test]
fn a_payload_takes_the_journey_to_the_step_that_translates_it() {
    let mut model = PLAIN.desk();
    model.workflows[0].transitions.extend([
        PLAIN.transition(
            "ticket-queue",
            TransitionKind::ExternalTrigger,
            "WarrantyReported",
            "record-warranty",
        ),
        PLAIN.transition(
            "record-warranty",
            TransitionKind::Event,
            "WarrantyRecorded",
            "ticket-review",
        ),
    ]);
    let verdict = Project::write(&model).test("open-ticket");
    assert_eq!(verdict.failed, BTreeSet::new(), "{}", verdict.said);
}

#[test]
fn an_automation_loop_is_found() {
    let mut model = PLAIN.desk();
    let escalated = ("escalated", "TicketRejected", "refusal");
    let loops = PLAIN.automation(
        "escalate-ticket",
        "CustomerNotified",
        "EscalateTicket",
        escalated,
        None,
    );
    model.workflows[0].slices.push(loops);
    let verdict = Project::write(&model).test("open-ticket");
    assert!(
        verdict.said.contains("EMC934 automation-never-settles"),
        "{}",
        verdict.said
    );
    assert_eq!(
        verdict.failed,
        set(&["automationsSettleTest", "everyJourneyCanEndTest"]),
        "{}",
        verdict.said
    );
}

#[test]
fn an_error_without_recovery_is_found() {
    let mut model = PLAIN.desk();
    for slice in &mut model.workflows[0].slices {
        for view in &mut slice.views {
            for control in &mut view.value.controls {
                control
                    .handled_errors
                    .retain(|error| **error != *"AlreadyReviewed");
            }
        }
    }
    let verdict = Project::write(&model).test("open-ticket");
    assert!(
        verdict
            .said
            .contains("EMC935 raised-error-without-recovery"),
        "{}",
        verdict.said
    );
    assert_eq!(
        verdict.failed,
        set(&[
            "noDeadEndTest",
            "errorsHaveRecoveryTest",
            "everyJourneyCanEndTest"
        ]),
        "{}",
        verdict.said
    );
}

#[test]
fn a_model_that_has_lost_its_parts_is_still_quint() {
    let mut model = PLAIN.desk();
    model
        .workflows
        .push(workflow(text("empty"), "Nothing is left."));
    let mut lost = PLAIN.open_ticket();
    lost.slug = text("lost");
    lost.slices.remove(0);
    lost.slices.truncate(3);
    lost.transitions
        .push(PLAIN.transition("ghost", TransitionKind::Event, "Nothing", "ghosts"));
    model.workflows.push(lost);
    let project = Project::write(&model);
    assert_eq!(project.test("empty").passed, SURVEY);
    let lost = project.test("lost");
    assert!(
        lost.failed.contains("everyStepIsReachedTest"),
        "{}",
        lost.said
    );
    assert!(lost.failed.len() + lost.passed > SURVEY, "{}", lost.said);
}

/// The tests that fail for each workflow of a real store, and why.
fn findings(store: &str) -> Vec<(String, BTreeSet<String>, String)> {
    let model = folded(&events(&Store::fixture(store))).model;
    let project = Project::write(&model);
    let workflows = model.workflows.iter().map(|workflow| &workflow.slug);
    workflows
        .map(|slug| {
            let verdict = project.test(slug);
            (
                slug.to_string(),
                verdict.failed,
                verdict.said.trim().to_owned(),
            )
        })
        .collect()
}

/// What holds for a workflow whose every test passes.
fn clean(workflow: &str) -> (String, BTreeSet<String>, String) {
    (workflow.to_owned(), BTreeSet::new(), String::new())
}

#[test]
fn the_faults_of_the_repair_desk_are_found() {
    let [intake, partner] = findings("repair-desk").try_into().expect("two workflows");
    let (_, failed, said) = intake;
    assert_eq!(
        failed,
        set(&[
            "errorsHaveRecoveryTest",
            "everyJourneyCanEndTest",
            "noDeadEndTest",
            "viewsShowRecordedEventsTest",
        ]),
        "{said}"
    );
    // A refused duplicate leads nowhere, the board opens before anything was
    // triaged, and nobody handles that no technician is free.
    for story in [
        "(\"capture-ticket\", \"answers\", \"duplicate refused\")\n]",
        "EMC936 view-before-events [(\"intake-queue\", \"OpenTriageBoard\", \"triage-board\")]",
        "(\"assign-technician\", \"raises\", \"NoTechnicianFree\")\n]",
    ] {
        assert!(said.contains(story), "{story}: {said}");
    }
    assert_eq!(partner, clean("partner-intake"));
}

#[test]
fn what_every_event_leaves_is_quint() {
    let [parcel, label] = findings("every-event").try_into().expect("two workflows");
    let (_, failed, said) = parcel;
    assert_eq!(
        failed,
        set(&[
            "errorsHaveRecoveryTest",
            "everyJourneyCanEndTest",
            "everyStepIsReachedTest",
            "everyTransitionIsTakenTest",
            "noDeadEndTest",
        ]),
        "{said}"
    );
    for story in [
        "EMC935 raised-error-without-recovery [(\"take-in\", \"raises\", \"UnknownParcel\")]",
        "EMC938 step-never-reached Set(\"short-lived\")",
        "(\"remind\", \"leave for labels\", \"label-flow\")",
    ] {
        assert!(said.contains(story), "{story}: {said}");
    }
    assert_eq!(label, clean("label-flow"));
}
