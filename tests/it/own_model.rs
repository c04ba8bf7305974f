//! The event model of cargo-emc itself, as it is committed in `model/`.

use std::{collections::BTreeSet, path::Path};

use emc::{
    artifact::lean::Enforcement,
    disk::discover,
    event::vocabulary::SliceKind,
    manifest::RuleLevel,
    model::Model,
    ops::{
        check::{Checked, Options, check},
        project::Project,
    },
    rules::journey::explore,
};

use crate::{lean_kernel::Package, quint};

fn project() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = discover::Project {
        root: root.to_owned(),
        manifest_path: root.join("emc.toml"),
        label: "emc.toml".to_owned(),
    };
    // A check believes no build state, so any folder will do.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    Project::open(&found, target).expect("a manifest without errors")
}

fn checked() -> Checked {
    check(&project(), &Options::default()).expect("files that can be read")
}

/// The model that is committed.
pub fn model() -> Model {
    checked().reading.expect("a store").model
}

#[test]
fn nothing_is_wrong_with_it_and_its_artifacts_are_current() {
    let checked = checked();
    let findings: Vec<String> = checked
        .report
        .findings()
        .iter()
        .map(|finding| format!("{}: {}", finding.code, finding.message))
        .collect();
    assert_eq!(findings, [""; 0], "run `cargo emc build`");
    assert_eq!(checked.differences, []);
}

#[test]
fn at_least_three_of_its_workflows_have_all_kinds_of_slices() {
    let all = BTreeSet::from([
        SliceKind::StateChange,
        SliceKind::StateView,
        SliceKind::Automation,
        SliceKind::Translation,
    ]);
    let model = model();
    let full = model.workflows.iter().filter(|workflow| {
        let kinds: BTreeSet<SliceKind> = workflow.slices.iter().map(|slice| slice.kind).collect();
        kinds == all
    });
    assert!(full.count() >= 3);
}

/// The text that Lean is given is the committed one: the check holds them
/// against each other.
#[test]
fn lean_certifies_every_module_of_it_and_has_no_advice() {
    let project = project();
    assert_eq!(project.manifest.rules.level, RuleLevel::Deny);
    let module = project.manifest.project.lean_module.as_str();
    let verdict = Package::new(&[(module, Enforcement::Deny, &model())]).check(&[module]);
    assert!(verdict.accepted, "{}", verdict.said);
    assert_eq!(verdict.said, "");
}

#[test]
fn all_suites_of_it_pass() {
    let model = model();
    let written = quint::Project::write(&model);
    for workflow in &model.workflows {
        let verdict = written.test(&workflow.slug);
        assert_eq!(verdict.failed, BTreeSet::new(), "{}", verdict.said);
        assert_eq!(explore(workflow).findings, []);
    }
}
