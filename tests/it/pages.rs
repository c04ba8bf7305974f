//! The pages as a browser shows them, and the texts that other programs read:
//! Mermaid charts and feature files.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use emc::{
    artifact::{Family, Known, Scope, Written, gherkin::Gherkin, review::Review},
    event::{
        LifecycleEntry,
        vocabulary::{LifecycleState, ReviewCategory},
    },
    model::{Model, Origin, Recorded},
    rel_path::RelPath,
};
use tempfile::TempDir;

use crate::{
    desk::PLAIN,
    families::hostile,
    interop::{events, folded},
    own_model,
    sample::{recorded, text},
    stores::Store,
};

fn folder(path: &str) -> RelPath {
    RelPath::new(path).expect("relative")
}

fn review() -> Review {
    Review {
        folder: folder("review"),
        exceptions: Vec::new(),
    }
}

/// The model of a store of the tests.
fn folded_fixture(store: &str) -> Model {
    folded(&events(&Store::fixture(store))).model
}

/// All pages and features of a model, in a folder.
fn write(model: &Model, place: &Path) {
    let known = Known {
        written: &|Origin(event)| {
            Some(Written {
                time: Some(format!("2026-01-02 03:{:02}", event % 60)),
                transaction: format!("transaction {event}"),
            })
        },
        ..Known::only(model)
    };
    let families: [Box<dyn Family>; 2] = [
        Box::new(review()),
        Box::new(Gherkin {
            folder: folder("features"),
        }),
    ];
    for family in families {
        family.render_each(known, Scope::Everything, &mut |artifact| {
            let path = place.join(artifact.path.as_str());
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, artifact.text).expect("written");
        });
    }
}

/// Run a check of `tools/browser`; gives what it counted.
fn checked(check: &str, folders: &[PathBuf]) -> String {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/browser");
    assert!(
        tools.join("node_modules/.stamp").is_file(),
        "there is nothing to look at pages with: run tools/browser/install"
    );
    let run = Command::new("node")
        .arg(tools.join(check))
        .args(folders)
        .output()
        .expect("node runs");
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}\n{errors}");
    said
}

/// A workflow with as many slices as somebody may draw.
pub fn sixty() -> Model {
    let mut model = PLAIN.desk();
    let parts = PLAIN.open_ticket();
    let mut workflow = parts.clone();
    workflow.slices.clear();
    workflow.transitions.clear();
    for round in 0..8 {
        for slice in &parts.slices {
            let mut slice = slice.clone();
            slice.slug = text(&format!("{}-{round}", slice.slug));
            slice.name = slice.slug.clone();
            workflow.slices.push(slice);
        }
        for transition in &parts.transitions {
            let mut transition = transition.value.clone();
            transition.source = text(&format!("{}-{round}", transition.source));
            if let emc::model::TransitionTarget::Slice(slug) = &mut transition.target {
                *slug = text(&format!("{slug}-{round}"));
            }
            workflow.transitions.push(recorded(transition));
        }
    }
    workflow.slices.truncate(60);
    workflow.slug = text("sixty");
    model.workflows.push(workflow);
    model
}

/// Names that HTML, SVG, Mermaid and Gherkin would take for their own.
fn hostile_everywhere() -> Model {
    let mut model = hostile();
    let words = crate::sample::Words(&|word| {
        format!(
            "</title></svg><script>alert(1)</script>\" onload=alert(1) x=' @tag | Scenario: {word} &amp; <!-- --> ```"
        )
    });
    model.workflows.extend(words.desk().workflows);
    let first = &mut model.workflows[0];
    first.description = text("Scenario: not one\nGiven nothing");
    first.entry_lifecycle_states.push(recorded(LifecycleEntry {
        state: LifecycleState::FullyConfigured,
        step: text("<img src=x onerror=alert(1)>"),
        evidence: text("javascript:alert(1)"),
    }));
    model
}

#[test]
fn a_browser_shows_the_pages() {
    let place = TempDir::new().expect("a folder");
    let models = [
        ("desk", folded_fixture("repair-desk")),
        ("every", folded_fixture("every-event")),
        ("own", own_model::model()),
        ("hostile", hostile_everywhere()),
        ("sixty", sixty()),
        ("empty", Model::default()),
    ];
    let mut pages = Vec::new();
    for (name, model) in &models {
        let folder = place.path().join(name);
        write(model, &folder);
        // A model without workflows has no folder for them.
        fs::create_dir_all(folder.join("review/workflows")).expect("made");
        pages.push(folder.join("review"));
    }
    let said = checked("check-pages.mjs", &pages);
    let count: usize = models
        .iter()
        .map(|(_, model)| 1 + model.workflows.len())
        .sum();
    assert!(said.starts_with(&format!("{count} pages, ")), "{said}");
}

#[test]
fn mermaid_and_gherkin_read_what_is_meant_for_them() {
    let place = TempDir::new().expect("a folder");
    let mut features = 0;
    for (name, model) in [
        ("desk", folded_fixture("repair-desk")),
        ("own", own_model::model()),
        ("hostile", hostile_everywhere()),
    ] {
        write(&model, &place.path().join(name));
        features += model.slices().count();
    }
    let said = checked("check-texts.mjs", &[place.path().to_owned()]);
    assert!(
        said.contains(&format!(" charts, {features} features")),
        "{said}"
    );
    assert!(!said.starts_with("0 charts"), "{said}");
}

#[test]
fn a_page_of_sixty_slices_is_under_a_megabyte() {
    let model = sixty();
    let pages = review().render(&model, Scope::Everything);
    let page = pages
        .iter()
        .find(|page| page.path.as_str() == "review/workflows/sixty.html");
    let length = page.expect("the page").text.len();
    assert!(length > 100_000 && length < 1_000_000, "{length}");
}

/// What was written after the last review is marked, on the board and below.
#[test]
fn a_page_marks_what_is_new_since_the_review() {
    let mut model = PLAIN.desk();
    let slug = model.workflows[0].slug.clone();
    let slice = &mut model.workflows[0].slices[1];
    slice.command_definitions[0].origin = Origin(9);
    let review_of = emc::event::Review {
        workflow: slug.clone(),
        model_content_digest: text("emc-fnv1a64:0011223344556677"),
        reviewer_id: text("ada"),
        reviewed_at: text("2026-01-02T03:04:05.006Z"),
        categories: ReviewCategory::ALL.to_vec(),
        findings: Vec::new(),
    };
    let page = |model: &Model| {
        let path = review().page_of(model, &slug).expect("a page");
        let pages = review().render(model, Scope::Everything);
        let page = pages.into_iter().find(|page| page.path == path);
        page.expect("it is rendered").text
    };
    let marked = |text: &str| text.matches("class=\"mark\"").count();
    assert_eq!(marked(&page(&model)), 0, "never reviewed");
    for (at, marks) in [(5, 1), (9, 0)] {
        let origin = Origin(at);
        let value = review_of.clone();
        model
            .reviews
            .insert(slug.clone(), Recorded { origin, value });
        model
            .clean_reviews
            .insert(slug.clone(), Recorded { origin, value: () });
        let text = page(&model);
        // The command, and its error.
        assert_eq!(marked(&text) > 0, marks > 0, "{}", marked(&text));
        assert_eq!(text.contains("card command defined added"), marks > 0);
    }
}

#[cfg(feature = "cli")]
mod open {
    use super::*;
    use crate::project::TestProject;

    fn open(project: &TestProject, words: &[&str], browser: Option<&str>) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-emc"));
        command.arg("open").args(words).current_dir(project.root());
        command.env("BROWSER", browser.unwrap_or("/no/browser"));
        let run = command.output().expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            run.status.code().expect("a code"),
            text(&run.stdout),
            text(&run.stderr),
        )
    }

    #[test]
    fn the_page_is_built_and_handed_to_the_browser() {
        let project = TestProject::with_store(
            "[project]\nname = \"Desk\"\n[rules]\nlevel = \"warn\"\n",
            "repair-desk",
        );
        let (code, path, _) = open(&project, &["repair-intake", "--print"], None);
        assert_eq!(code, 0);
        assert!(
            path.ends_with("model/review/workflows/repair_intake.html\n"),
            "{path}"
        );
        assert!(Path::new(path.trim_end()).is_file());
        // A browser that only remembers what it was asked for.
        let seen = project.root().join("seen");
        let (code, ..) = open(&project, &[], Some(&format!("cp %s {}", seen.display())));
        assert_eq!(code, 0);
        let front = project.root().join("model/review/index.html");
        let wanted = fs::read(front).expect("the first page");
        let is_there = || fs::read(&seen).is_ok_and(|bytes| bytes == wanted);
        for _ in 0..200 {
            if is_there() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(25));
        }
        assert!(is_there(), "the browser was not started");
    }

    #[test]
    fn what_cannot_be_opened_is_told() {
        let project = TestProject::with_store(
            "[project]\nname = \"Desk\"\n[rules]\nlevel = \"warn\"\n",
            "repair-desk",
        );
        let (code, _, said) = open(&project, &["repair-intak"], None);
        assert_eq!(code, 1);
        assert!(
            said.contains("EMC5003") && said.contains("did you mean `repair-intake`?"),
            "{said}"
        );
        let (code, _, said) = open(&project, &[], None);
        assert_eq!(code, 3);
        assert!(
            said.contains("EMC4052") && said.contains("index.html"),
            "{said}"
        );
    }
}
