//! What the real Lean says of what is written.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use emc::{
    artifact::{
        Family as _, Scope,
        lean::{Enforcement, Lean, Relaxed},
    },
    diagnostic::Level,
    event::{EmcEvent, SliceFact},
    facts,
    model::Model,
    rules::{self},
};
use snapbox::{assert_data_eq, file};
use tempfile::TempDir;

use crate::{
    broken_model, clean_model,
    facts::{From, Owner},
    interop,
    lean::{family, hostile, model},
    stores::Store,
};

/// Lean takes 2 GB of memory: one at a time.
pub static LEAN: Mutex<()> = Mutex::new(());

/// What Lean said, and whether it accepted everything.
pub struct Verdict {
    pub accepted: bool,
    pub said: String,
}

impl Verdict {
    /// The findings about the modules of one root, without line numbers.
    pub fn findings(&self, root: &str) -> String {
        let mut findings = String::new();
        for line in self.said.lines() {
            let Some((place, rest)) = line.split_once(": ") else {
                continue;
            };
            let file = place.split(':').next().unwrap_or(place);
            let ours = file == format!("{root}.lean") || file.starts_with(&format!("{root}/"));
            if ours && rest.contains(": EMC") {
                findings.push_str(file);
                findings.push_str(": ");
                findings.push_str(rest);
                findings.push('\n');
            }
        }
        findings
    }
}

fn tool(name: &str) -> PathBuf {
    let formal = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/formal");
    assert!(
        formal.join("node_modules/.stamp").is_file(),
        "Lean is not installed: run tools/formal/install"
    );
    formal.join(name)
}

/// A Lean package with several projects in it.
pub struct Package(TempDir);

impl Package {
    pub fn new(projects: &[(&str, Enforcement, &Model)]) -> Self {
        let package = Self(TempDir::new().expect("a folder"));
        for (module, enforcement, model) in projects {
            package.add_project(&family(module, *enforcement), model);
        }
        package
    }

    /// Of these files, by path.
    pub fn of_files(files: &[(String, String)]) -> Self {
        let package = Self(TempDir::new().expect("a folder"));
        for (path, text) in files {
            package.write(path, text);
        }
        package
    }

    /// One more project.
    pub fn add_project(&self, family: &Lean, model: &Model) {
        for artifact in family.render(model, Scope::Everything) {
            self.write(artifact.path.as_str(), &artifact.text);
        }
    }

    /// A file, by its path in the project.
    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("has a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// A module of one's own, by its path below the package.
    pub fn add(&self, file: &str, text: &str) {
        self.write(&format!("model/lean/{file}"), text);
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("model/lean")
    }

    pub fn check(&self, modules: &[&str]) -> Verdict {
        let alone = LEAN.lock().unwrap_or_else(PoisonError::into_inner);
        let library = Command::new(tool("lean-lib"))
            .arg(self.folder())
            .arg("Emc")
            .output()
            .expect("lean-lib runs");
        let said = String::from_utf8_lossy(&library.stderr);
        assert!(library.status.success(), "the library: {said}");
        let output = Command::new(tool("lean-batch"))
            .arg("--lib")
            .arg(String::from_utf8_lossy(&library.stdout).trim())
            .arg(self.folder())
            .args(modules)
            .output()
            .expect("lean-batch runs");
        drop(alone);
        Verdict {
            accepted: output.status.success(),
            said: String::from_utf8_lossy(&output.stdout).into_owned()
                + &String::from_utf8_lossy(&output.stderr),
        }
    }
}

/// Every code of the library's list.
fn catalogue(folder: &Path) -> BTreeSet<String> {
    let report = fs::read_to_string(folder.join("Emc/Report.lean")).expect("the report");
    report
        .lines()
        .filter_map(|line| line.strip_prefix("  ("))
        .filter_map(|line| line.split_once(", \""))
        .filter(|(number, _)| number.len() == 3)
        .map(|(number, _)| format!("EMC{number}"))
        .collect()
}

fn codes(said: &str) -> BTreeSet<String> {
    said.match_indices(": EMC")
        .filter_map(|(at, _)| said.get(at + 2..at + 8))
        .map(str::to_owned)
        .collect()
}

/// All that Lean shall accept, in one process.
#[test]
fn lean_certifies_a_clean_model_and_tells_what_is_wrong_with_the_others() {
    let clean = model(&clean_model::events());
    // With an attribute that nobody reads, so that there is something to tell.
    let mut facts = clean_model::facts(hostile);
    facts.at("order-part");
    let unread = [("ordered_at", From::Generated("clock"), "RFC 3339 instant")];
    facts.event("PartOrdered", "order", Owner::Here, &unread);
    let hostile = model(&facts.events);
    let broken = model(&broken_model::events());
    let desk = model(&interop::events(&Store::fixture("repair-desk")));
    let every = model(&interop::events(&Store::fixture("every-event")));
    let package = Package::new(&[
        ("Clean", Enforcement::Deny, &clean),
        ("Hostile", Enforcement::Deny, &hostile),
        ("Broken", Enforcement::Warn, &broken),
        ("RepairDesk", Enforcement::Warn, &desk),
        ("EveryEvent", Enforcement::Warn, &every),
        ("Nothing", Enforcement::Warn, &Model::default()),
    ]);
    let axioms = "import Clean\n\
        #print axioms Clean.certified\n\
        #print axioms Clean.attr_traced\n\
        #print axioms Clean.displayed_traced\n\
        #print axioms Clean.slices_certified\n\
        #print axioms Clean.Workflows.Open_Ticket.certified\n\
        #print axioms Clean.Workflows.Open_Ticket.reachable\n\
        #print axioms Clean.Workflows.Open_Ticket.emitted_declared\n\
        #print axioms Clean.Workflows.Open_Ticket.errors_handled\n\
        #print axioms Clean.Workflows.Open_Ticket.control_complete\n\
        #print axioms Clean.Slices.Ticket_Desk.certified\n";
    package.add("Axioms.lean", axioms);
    let verdict = package.check(&[
        "Clean",
        "Hostile",
        "Broken",
        "RepairDesk",
        "EveryEvent",
        "Nothing",
        "Axioms",
    ]);
    assert!(verdict.accepted, "{}", verdict.said);
    assert!(!verdict.said.contains(": error: "), "{}", verdict.said);

    assert_data_eq!(
        verdict.findings("Broken"),
        file!["../golden/lean/broken.findings"]
    );
    assert_data_eq!(
        verdict.findings("RepairDesk"),
        file!["../golden/lean/repair-desk.findings"]
    );
    assert_data_eq!(
        verdict.findings("EveryEvent"),
        file!["../golden/lean/every-event.findings"]
    );
    assert_eq!(verdict.findings("Nothing"), "");
    assert_eq!(verdict.findings("Clean"), "");
    // In every spelling a finding stays on one line.
    let told = verdict.findings("Hostile");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("EMC212 attribute-never-read"), "{told}");

    only_the_kernel_is_trusted(&verdict.said);

    // Each rule is broken somewhere, but for those that nothing on the wire can
    // break: streams are taken from the events, and a read model or a payload
    // is recorded by its fields.
    let mut missing = catalogue(&package.folder());
    assert!(missing.len() > 80);
    for code in codes(&verdict.said) {
        assert!(missing.remove(&code), "{code} is not in the list");
    }
    let vacuous = ["EMC201", "EMC401", "EMC623"].map(str::to_owned);
    assert_eq!(missing, BTreeSet::from(vacuous));
}

fn only_the_kernel_is_trusted(said: &str) {
    let axioms: Vec<&str> = said.split("depends on axioms: [").skip(1).collect();
    assert_eq!(axioms.len(), 10, "{said}");
    for list in axioms {
        let list = list.split(']').next().unwrap_or(list);
        for axiom in list.split(',').map(str::trim) {
            let forbidden = [
                concat!("sor", "ryAx"),
                "ofReduce",
                "trustCompiler",
                "Clean.",
                "Emc.",
            ];
            assert!(
                !forbidden.iter().any(|word| axiom.contains(word)),
                "{axiom}"
            );
        }
    }
}

/// The clean model without the event of a command.
fn seeded() -> Model {
    let events: Vec<EmcEvent> = clean_model::events()
        .into_iter()
        .filter(|event| {
            !matches!(
                event,
                EmcEvent::SliceFactAdded { slice, fact: SliceFact::EventDefinition(event) }
                    if slice.as_str() == "receive-part" && event.name.as_str() == "PartReceived"
            )
        })
        .collect();
    model(&events)
}

#[test]
fn a_broken_rule_fails_with_a_line_that_tells_it() {
    let package = Package::new(&[("Seeded", Enforcement::Deny, &seeded())]);
    let verdict = package.check(&["Seeded.Slices.Receive_Part", "Seeded.Slices.Part_Shelf"]);
    assert!(!verdict.accepted, "{}", verdict.said);
    let line = "error: EMC203 emitted-event-undeclared: slice receive-part, command RecordPart, \
        event PartReceived (declare the event in the slice of the command)";
    assert!(verdict.said.contains(line), "{}", verdict.said);
    assert!(
        verdict
            .said
            .contains("not certified: see the rules reported above")
    );
    assert!(
        !verdict.said.contains("Part_Shelf.lean"),
        "{}",
        verdict.said
    );
}

/// Every error of the seeded model is excepted: its module is told of, and what
/// does not build on it is certified.
#[test]
fn what_may_be_broken_is_told_and_the_rest_is_certified() {
    let seeded = seeded();
    let project = facts::Project::of(&seeded, "Excepted");
    let workflows = project.workflows.iter().flat_map(|workflow| {
        let slices = workflow.steps.iter();
        let slices = slices.flat_map(|step| rules::slice(&step.slice));
        slices.chain(rules::workflow(workflow))
    });
    let within: Vec<(u16, String)> = workflows
        .chain(rules::project(&project))
        .filter(|finding| finding.rule.code.level == Level::Error)
        .map(|finding| (finding.rule.code.number, finding.path.to_string()))
        .collect();
    assert!(within.iter().any(|(number, _)| *number == 203));
    let excepted = Lean {
        relaxed: Relaxed {
            within,
            ..Relaxed::default()
        },
        ..family("Excepted", Enforcement::Deny)
    };
    let package = Package::new(&[]);
    package.add_project(&excepted, &seeded);
    let verdict = package.check(&["Excepted"]);
    assert!(verdict.accepted, "{}", verdict.said);
    let told = "warning: EMC203 emitted-event-undeclared: slice receive-part, command RecordPart";
    assert!(verdict.said.contains(told), "{}", verdict.said);
    let module = |path: &str| fs::read_to_string(package.folder().join(path)).expect("a module");
    let certified = |path: &str| module(path).contains("theorem certified");
    assert!(!certified("Excepted/Slices/Receive_Part.lean"));
    assert!(certified("Excepted/Slices/Part_Shelf.lean"));
    assert!(!module("Excepted.lean").contains("slices_certified"));
}
