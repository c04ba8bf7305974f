//! What is declared ready, when, and how long it holds.

use std::fs;

use emc::{
    artifact::{Family as _, Scope},
    authoring::{
        Request,
        edit::{Edit, Fields, Kind, Verb},
    },
    model::{Model, ReadinessState},
    ops::{
        check,
        edit::{self, Extent},
        list, status,
        verify::{Options, Told, verify},
    },
};
use serde_json::json;

use super::fake::{Fakes, codes, moment};
use crate::{
    interop::{events, folded},
    stores::Store,
};

/// A slice of the model.
pub const SLICE: &str = "read-the-certificate";

/// Its workflow.
pub const WORKFLOW: &str = "verify-and-declare-readiness";

/// Give the slice another description, and build.
pub fn describe_slice(fakes: &Fakes) {
    describe(fakes, Kind::Slice, SLICE);
}

/// Give the workflow another description, and build.
pub fn describe_workflow(fakes: &Fakes) {
    describe(fakes, Kind::Workflow, WORKFLOW);
}

fn describe(fakes: &Fakes, kind: Kind, slug: &str) {
    let fields = |key: &str, value: &str| -> Fields {
        let pair = (key.to_owned(), json!(value));
        [pair].into_iter().collect()
    };
    let edit = Edit {
        kind,
        owner: (kind == Kind::Slice).then(|| WORKFLOW.parse().expect("a slug")),
        within: Vec::new(),
        verb: Verb::Update {
            at: fields(kind.as_str(), slug),
            set: fields("description", "Told in other words."),
        },
    };
    let request = Request::Edit(vec![edit]);
    let edited = edit::edit(&fakes.project.open(), &request, Extent::Build, || {});
    let built = edited.expect("an edit").built.expect("a build");
    assert!(!built.expect("no failure").report.has_errors());
}

fn model(fakes: &Fakes) -> Model {
    list::list(&fakes.project.open(), None)
        .expect("no failure of the system")
        .model
}

fn transactions(fakes: &Fakes) -> usize {
    fs::read_dir(fakes.project.events())
        .expect("a store")
        .count()
}

#[test]
fn what_passed_is_declared_once_and_stays_ready_until_it_changes() {
    let fakes = Fakes::new();
    let before = transactions(&fakes);
    let verified = fakes.verify();
    assert_eq!(codes(&verified), [""; 0]);
    assert_eq!(verified.declared.workflows.len(), 5);
    assert!(verified.declared.transaction.is_some());
    assert_eq!(transactions(&fakes), before + 1);
    let ready = model(&fakes);
    for workflow in &ready.workflows {
        assert_eq!(ready.readiness_of(workflow), ReadinessState::Ready);
        let declared = &ready.readiness[&workflow.slug];
        assert_eq!(*declared.verified_at, *"2026-10-25T13:32:03.007Z");
        assert!(declared.verified_by.starts_with("cargo-emc "));
        assert_eq!(declared.projection_fingerprint.len(), 64);
        assert_eq!(*declared.model_content_digest, *workflow.content_digest());
    }
    // The declaration makes nothing stale: neither itself nor an artifact.
    let checked = check::check(&fakes.project.open(), &check::Options::default());
    let report = checked.expect("no failure of the system").report;
    assert!(report.findings().is_empty(), "{:?}", report.findings());
    fakes.runs();
    let again = fakes.verify();
    assert!(again.declared.workflows.is_empty() && again.declared.why_not.is_none());
    assert_eq!(fakes.runs(), [""; 0]);
    assert_eq!(transactions(&fakes), before + 1);

    describe_slice(&fakes);
    let status = status::status(&fakes.project.open()).expect("no failure of the system");
    for (workflow, state) in &status.readiness {
        let expected = if *workflow == *WORKFLOW {
            ReadinessState::Stale
        } else {
            ReadinessState::Ready
        };
        assert_eq!(*state, expected, "{workflow}");
    }
    let third = fakes.verify();
    let declared: Vec<&str> = third
        .declared
        .workflows
        .iter()
        .map(emc::event::Text::as_str)
        .collect();
    assert_eq!(declared, [WORKFLOW]);
}

#[test]
fn nothing_is_declared_when_the_store_moves_meanwhile() {
    let fakes = Fakes::new();
    let project = fakes.project.open();
    let options = Options {
        now: moment,
        ..Options::default()
    };
    let mut moved = false;
    let verified = verify(&project, &options, &mut |told| {
        if matches!(told, Told::Done(_)) && !moved {
            moved = true;
            describe_slice(&fakes);
        }
    })
    .expect("no failure of the system");
    assert_eq!(codes(&verified), ["EMC5011"]);
    let help = &verified.report.findings()[0].help;
    assert!(
        help.iter().any(|help| help.contains("cargo emc verify")),
        "{help:?}"
    );
    assert!(verified.declared.workflows.is_empty());
    assert!(model(&fakes).readiness.is_empty());
}

#[test]
fn nothing_is_declared_where_it_is_not_wanted_or_nothing_is_certified() {
    let fakes = Fakes::new();
    let verified = fakes.verify_with(Options {
        declare: false,
        ..Options::default()
    });
    assert_eq!(verified.declared.why_not, Some("`--no-declare` was given"));
    let manifest = fakes
        .project
        .read("emc.toml")
        .replace("\"deny\"", "\"warn\"");
    fakes.project.write("emc.toml", manifest.as_bytes());
    fakes.project.build();
    let verified = fakes.verify();
    assert_eq!(codes(&verified), [""; 0]);
    assert!(
        verified
            .declared
            .why_not
            .is_some_and(|why| why.contains("certified"))
    );
    assert!(model(&fakes).readiness.is_empty());
}

/// The digest of a workflow tells apart what its modules tell apart, and nothing
/// else than the workflow moves it.
#[test]
fn the_digest_of_a_workflow_changes_with_its_modules() {
    let events = events(&Store::fixture("every-event"));
    let manifest = Fakes::new();
    let project = manifest.project.open();
    let (lean, quint) = (
        project.lean().expect("lean"),
        project.quint().expect("quint"),
    );
    let mut last: Option<(String, Vec<String>)> = None;
    let mut changes = 0;
    for count in 1..=events.len() {
        let model = folded(&events[..count]).model;
        let Some(workflow) = model.workflows.first() else {
            continue;
        };
        let modules = &lean.modules(&model)[0];
        let page = &quint.suites(&model)[0].path;
        let mut paths = vec![&modules.path, page];
        paths.extend(modules.slices.iter().map(|(_, path)| path));
        let rendered = lean.render(&model, Scope::Everything);
        let mut artifacts = rendered
            .into_iter()
            .chain(quint.render(&model, Scope::Everything));
        let texts: Vec<String> = artifacts
            .by_ref()
            .filter(|artifact| paths.contains(&&artifact.path))
            .map(|artifact| artifact.text)
            .collect();
        let digest = workflow.content_digest();
        if let Some((before, texts_before)) = &last
            && *texts_before != texts
        {
            changes += 1;
            assert_ne!(*before, digest, "{:?}", events[count - 1]);
        }
        last = Some((digest, texts));
    }
    assert!(changes > 30, "{changes}");
}
