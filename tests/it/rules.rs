//! The native rules against what the real Lean said of the same models.

use std::collections::BTreeMap;

use emc::{
    artifact::{Artifact, Family as _, Scope, lean::Enforcement},
    diagnostic::Code,
    event::{EmcEvent, SliceFact},
    facts,
    model::Model,
    rules::{self, Finding},
};

use crate::{
    broken_model, clean_model, interop,
    lean::{family, hostile, model},
    project::TestProject,
    stores::Store,
};

/// Findings by the module that tells them.
pub type Told = BTreeMap<String, Vec<String>>;

/// What Lean said. It tells errors before warnings; here they stand in the order
/// of their numbers.
pub fn said_by_lean(findings: &str) -> Told {
    let mut told = Told::new();
    for line in findings.lines() {
        let mut parts = line.splitn(3, ": ");
        let (file, _, finding) = (parts.next(), parts.next(), parts.next());
        let (Some(file), Some(finding)) = (file, finding) else {
            panic!("not a finding: {line}");
        };
        told.entry(file.to_owned())
            .or_default()
            .push(finding.to_owned());
    }
    for findings in told.values_mut() {
        findings.sort_by_key(|finding| finding.get(..6).map(str::to_owned));
    }
    told
}

/// A Lean module of a model, and what the native rules find in what it says.
pub struct Checked {
    /// Its path below the package.
    pub file: String,
    pub text: String,
    pub found: Vec<String>,
}

/// The root, then each workflow with its slices.
pub fn checked(root: &str, model: &Model) -> Vec<Checked> {
    let project = facts::Project::of(model, root);
    let mut findings = vec![rules::project(&project)];
    for workflow in &project.workflows {
        findings.push(rules::workflow(workflow));
        let slices = workflow.steps.iter().map(|step| rules::slice(&step.slice));
        findings.extend(slices);
    }
    let modules: Vec<(String, String)> = family(root, Enforcement::Warn)
        .render(model, Scope::Everything)
        .into_iter()
        .filter_map(|Artifact { path, text, .. }| {
            let file = path.as_str().strip_prefix("model/lean/")?;
            file.starts_with(root).then(|| (file.to_owned(), text))
        })
        .collect();
    assert_eq!(
        modules.len(),
        findings.len(),
        "a module for all that is checked"
    );
    modules
        .into_iter()
        .zip(findings)
        .map(|((file, text), findings)| Checked {
            file,
            text,
            found: findings.iter().map(Finding::to_string).collect(),
        })
        .collect()
}

/// What the native rules find, by the module where Lean would tell it.
fn found(root: &str, model: &Model) -> Told {
    checked(root, model)
        .into_iter()
        .filter(|module| !module.found.is_empty())
        .map(|module| (module.file, module.found))
        .collect()
}

#[test]
fn native_and_lean_find_the_same() {
    let stored = |name| model(&interop::events(&Store::fixture(name)));
    let models = [
        (
            "Clean",
            model(&clean_model::events()),
            // Nothing is found, and Lean said nothing.
            "",
        ),
        (
            "Broken",
            model(&broken_model::events()),
            include_str!("../golden/lean/broken.findings"),
        ),
        (
            "RepairDesk",
            stored("repair-desk"),
            include_str!("../golden/lean/repair-desk.findings"),
        ),
        (
            "EveryEvent",
            stored("every-event"),
            include_str!("../golden/lean/every-event.findings"),
        ),
    ];
    for (root, model, golden) in models {
        assert_eq!(found(root, &model), said_by_lean(golden), "{root}");
    }
    assert!(found("Nothing", &Model::default()).is_empty());
}

/// Names that are hard to write do not change what is found.
#[test]
fn a_finding_stays_on_its_line() {
    // Without scenarios nearly every element is told of.
    let told_of = |mut events: Vec<EmcEvent>| {
        events.retain(|event| {
            !matches!(
                event,
                EmcEvent::SliceFactAdded {
                    fact: SliceFact::Scenario(_),
                    ..
                }
            )
        });
        found("Clean", &model(&events))
    };
    let plain = told_of(clean_model::events());
    let spelled = told_of(clean_model::spelled(hostile));
    assert!(!plain.is_empty());
    let count = |told: &Told| told.values().map(Vec::len).sum::<usize>();
    assert_eq!(count(&spelled), count(&plain));
    for line in spelled.values().flatten() {
        assert!(!line.contains(char::is_control), "{line:?}");
        assert!(!line.contains('\u{202e}'), "{line:?}");
    }
}

#[test]
fn the_page_of_the_rules_is_that_of_the_registry() {
    snapbox::assert_data_eq!(rules::page(), snapbox::file!["../../docs/rules.md"]);
}

/// The store that the peer wrote, with a reason for each rule that it breaks.
#[test]
fn the_repair_desk_breaks_no_rule_without_a_reason() {
    let manifest = include_str!("../fixtures/repair-desk.toml");
    let project = TestProject::with_store(manifest, "repair-desk");
    let outcome = project.build();
    assert_eq!(outcome.rules.findings(), []);
    assert_eq!(outcome.report.findings(), []);
    let page = project.artifacts();
    let reasons = manifest.matches("reason = ").count();
    assert_eq!(reasons, 13);
    let index = page
        .iter()
        .find(|(path, _)| path.ends_with("review/README.md"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .expect("the index of the pages");
    assert_eq!(index.matches("| EMC").count(), reasons, "{index}");
}

/// Numbers and names are never reused: this list only ever grows. A line that
/// changes or goes is a mistake, whatever the snapshot says.
#[test]
fn codes_stay_what_they_are() {
    let mut codes = String::new();
    for code in Code::all() {
        codes.push_str(&format!("{code} {}\n", code.name));
    }
    snapbox::assert_data_eq!(codes, snapbox::file!["../golden/codes.txt"]);
}
