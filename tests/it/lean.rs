//! What the Lean family writes.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use emc::{
    artifact::{
        Artifact, Family as _, Marked, Scope,
        lean::{Enforcement, Lean, Relaxed},
    },
    event::{EmcEvent, Text},
    facts::Project,
    model::Model,
    rel_path::RelPath,
};
use snapbox::{assert_data_eq, file};

use crate::{broken_model, clean_model, interop, stores::Store};

/// The family with this root module.
pub fn family(module: &str, enforcement: Enforcement) -> Lean {
    Lean {
        folder: RelPath::new("model/lean").expect("relative"),
        module: module.to_owned(),
        enforcement,
        relaxed: Relaxed::default(),
    }
}

/// The model of events that all fit.
pub fn model(events: &[EmcEvent]) -> Model {
    let projected = interop::folded(events);
    assert_eq!(projected.refusals, []);
    projected.model
}

/// A way to spell a word that nobody should have to read.
pub fn hostile(word: &str) -> String {
    format!("9 \"{word}\\ -/ /- «»\n\r\t\u{202e}é🦀\u{0}")
}

fn stored(name: &str) -> Model {
    model(&interop::events(&Store::fixture(name)))
}

/// Models of all sorts.
fn models() -> Vec<Model> {
    vec![
        Model::default(),
        model(&clean_model::events()),
        model(&clean_model::spelled(hostile)),
        model(&broken_model::events()),
        stored("repair-desk"),
        stored("every-event"),
    ]
}

fn rendered(model: &Model, scope: Scope<'_>) -> BTreeMap<String, String> {
    let artifacts = family("Desk", Enforcement::Deny).render(model, scope);
    let count = artifacts.len();
    let texts: BTreeMap<String, String> = artifacts
        .into_iter()
        .map(|Artifact { path, text, .. }| (path.to_string(), text))
        .collect();
    assert_eq!(texts.len(), count, "two artifacts have one path");
    texts
}

#[test]
fn the_paths_are_those_of_all_that_is_rendered() {
    for model in models() {
        let texts = rendered(&model, Scope::Everything);
        let paths: BTreeSet<String> = family("Desk", Enforcement::Deny)
            .paths(&model)
            .iter()
            .map(RelPath::to_string)
            .collect();
        assert_eq!(texts.keys().cloned().collect::<BTreeSet<_>>(), paths);
        let folded: BTreeSet<String> = paths.iter().map(|path| path.to_lowercase()).collect();
        assert_eq!(folded.len(), paths.len());
        for (path, text) in &texts {
            let name = path.rsplit('/').next().unwrap_or(path);
            assert!(path.is_ascii() && name.len() < 255, "{path}");
            assert!(text.ends_with('\n') && !text.contains('\r'), "{path}");
            let marked = Marked::of(text.as_bytes());
            let expected = if name == "lean-toolchain" {
                Marked::No
            } else {
                Marked::Intact
            };
            assert_eq!(marked, expected, "{path}");
        }
    }
}

#[test]
fn a_module_depends_on_what_it_describes_only() {
    let mut model = stored("every-event");
    model.workflows.extend(model_of_two());
    let all = rendered(&model, Scope::Everything);
    let common = rendered(&model, Scope::Workflows(&BTreeSet::new()));
    for workflow in &model.workflows {
        let scope = BTreeSet::from([workflow.slug.clone()]);
        // As a scoped fold gives it: the other slices have no facts.
        let mut bare = model.clone();
        for other in &mut bare.workflows {
            if other.slug != workflow.slug {
                other.slices.iter_mut().for_each(forget);
            }
        }
        let some = rendered(&bare, Scope::Workflows(&scope));
        assert_eq!(some.len(), common.len() + 1 + workflow.slices.len());
        for (path, text) in &some {
            assert_eq!(all.get(path), Some(text), "{path}");
        }
    }
}

fn model_of_two() -> Vec<emc::model::Workflow> {
    let mut workflows = model(&clean_model::events()).workflows;
    workflows.extend(model(&clean_model::spelled(hostile)).workflows);
    workflows
}

fn forget(slice: &mut emc::model::Slice) {
    slice.scenarios.clear();
    slice.outcomes.clear();
    slice.external_payloads.clear();
    slice.event_definitions.clear();
    slice.command_definitions.clear();
    slice.read_models.clear();
    slice.views.clear();
    slice.translations.clear();
    slice.automations.clear();
    slice.data_flows.clear();
    slice.board_elements.clear();
    slice.board_connections.clear();
}

#[test]
fn an_edit_of_a_slice_changes_one_module() {
    let before = model(&clean_model::events());
    let mut after = before.clone();
    after.workflows[0].slices[1].description = Text::new("Something else.").expect("not empty");
    let (old, new) = (
        rendered(&before, Scope::Everything),
        rendered(&after, Scope::Everything),
    );
    let changed: Vec<&String> = old
        .iter()
        .filter(|(path, text)| new.get(*path) != Some(text))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(changed, ["model/lean/Desk/Slices/Capture_Ticket.lean"]);
}

/// What each module of the project imports, without the library.
fn imports(texts: &BTreeMap<String, String>) -> BTreeMap<String, BTreeSet<String>> {
    texts
        .iter()
        .filter_map(|(path, text)| {
            let module = path.strip_prefix("model/lean/")?.strip_suffix(".lean")?;
            let module = module.replace('/', ".");
            let library = module == "Emc" || module.starts_with("Emc.");
            let imported: BTreeSet<String> = text
                .lines()
                .filter_map(|line| line.strip_prefix("import "))
                .filter(|name| *name != "Emc")
                .map(str::to_owned)
                .collect();
            (!library).then_some((module, imported))
        })
        .collect()
}

/// Whoever imports something of it is checked again when it changes.
#[test]
fn an_edit_of_a_slice_rechecks_it_and_its_workflow_and_the_root() {
    for model in models() {
        let imports = imports(&rendered(&model, Scope::Everything));
        for slice in imports
            .keys()
            .filter(|name| name.starts_with("Desk.Slices."))
        {
            assert_eq!(imports[slice], BTreeSet::new(), "{slice}");
            let mut again = BTreeSet::from([slice.clone()]);
            loop {
                let more = imports
                    .iter()
                    .filter(|(name, imported)| {
                        !again.contains(*name) && !imported.is_disjoint(&again)
                    })
                    .map(|(name, _)| name.clone())
                    .collect::<Vec<_>>();
                if more.is_empty() {
                    break;
                }
                again.extend(more);
            }
            let kinds: Vec<&str> = again
                .iter()
                .map(|name| name.rsplit_once('.').map_or("root", |(folder, _)| folder))
                .collect();
            assert_eq!(kinds, ["root", "Desk.Slices", "Desk.Workflows"], "{slice}");
        }
    }
}

#[test]
fn slices_with_one_slug_have_modules_of_their_own() {
    let texts = rendered(&model(&broken_model::events()), Scope::Everything);
    let text = |name: &str| &texts[&format!("model/lean/Desk/Slices/{name}.lean")];
    assert!(text("Bad_View").contains("Shows what is not there."));
    assert!(text("D2__Bad_View").contains("Has the slug of another workflow."));
    assert!(text("Twin").contains("Makes things, too."));
    assert!(text("D2__Twin").contains("Has the same slug."));
}

#[test]
fn the_files_of_a_clean_model() {
    let texts = rendered(&model(&clean_model::events()), Scope::Everything);
    let text = |path: &str| texts[&format!("model/lean/{path}")].clone();
    assert_data_eq!(
        text("Desk/Slices/Capture_Ticket.lean"),
        file!["../golden/lean/Capture_Ticket.lean"]
    );
    assert_data_eq!(
        text("Desk/Slices/Receive_Part.lean"),
        file!["../golden/lean/Receive_Part.lean"]
    );
    assert_data_eq!(
        text("Desk/Workflows/Open_Ticket.lean"),
        file!["../golden/lean/Open_Ticket.lean"]
    );
    assert_data_eq!(text("Desk.lean"), file!["../golden/lean/Desk.lean"]);
    assert_data_eq!(text("lakefile.toml"), file!["../golden/lean/lakefile.toml"]);
    assert_eq!(text("lean-toolchain"), "leanprover/lean4:v4.28.0\n");
}

#[test]
fn a_slice_is_some_kilobytes() {
    for model in [stored("repair-desk"), model(&clean_model::events())] {
        let texts = rendered(&model, Scope::Everything);
        let sizes: Vec<usize> = texts
            .iter()
            .filter(|(path, _)| path.contains("/Slices/"))
            .map(|(_, text)| text.len())
            .collect();
        assert!(
            sizes.iter().sum::<usize>() / sizes.len() < 3100,
            "{sizes:?}"
        );
        assert!(sizes.iter().all(|size| *size < 5000), "{sizes:?}");
    }
}

/// The repair desk so often that it has a thousand slices.
fn thousand() -> Model {
    let desk = stored("repair-desk");
    let mut model = Model::default();
    for number in 0..112 {
        for workflow in &desk.workflows {
            let mut workflow = workflow.clone();
            workflow.slug = Text::new(&format!("{}-{number}", &*workflow.slug)).expect("not empty");
            for slice in &mut workflow.slices {
                slice.slug = Text::new(&format!("{}-{number}", &*slice.slug)).expect("not empty");
            }
            model.workflows.push(workflow);
        }
    }
    assert_eq!(model.slices().count(), 1008);
    model
}

#[test]
fn a_thousand_slices_take_no_time() {
    let model = thousand();
    let start = Instant::now();
    let artifacts = family("Desk", Enforcement::Deny).render(&model, Scope::Everything);
    let took = start.elapsed();
    assert!(artifacts.len() > 1200);
    // Some 30 ms with optimisation; the bound leaves room for a debug build on
    // a busy machine and still catches a quadratic step.
    assert!(took.as_millis() < 4000, "{took:?}");
}

#[test]
fn the_facts_of_a_thousand_slices_take_less() {
    let model = thousand();
    let start = Instant::now();
    let project = Project::of(&model, "Desk");
    let took = start.elapsed();
    assert_eq!(project.workflows.len(), model.workflows.len());
    // Some 7 ms with optimisation.
    assert!(took.as_millis() < 1500, "{took:?}");
}

#[test]
fn nothing_trusts_the_compiler_or_leaves_a_proof_out() {
    let forbidden = [
        concat!("native", "_decide"),
        concat!("sor", "ry"),
        concat!("adm", "it"),
        "axiom",
        "implemented_by",
        "unsafe",
        "String.mk",
    ];
    for model in models() {
        for (path, text) in rendered(&model, Scope::Everything) {
            for word in forbidden {
                assert!(!text.contains(word), "{path} holds {word}");
            }
        }
    }
}
