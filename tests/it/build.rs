//! The build: minimal work, and the same bytes as a build from nothing.

use std::{collections::BTreeMap, fs};

use emc::{
    artifact::{Comment, marked},
    diagnostic::Level,
    ops::{
        build::{Options, Outcome, Work},
        check::{self, check},
    },
};
use proptest::prelude::*;

use crate::project::{LENIENT, TestProject, transactions};

fn errors(outcome: &Outcome) -> Vec<String> {
    outcome
        .report
        .findings()
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| format!("{} {}", finding.code, finding.message))
        .collect()
}

fn built(project: &TestProject) -> Outcome {
    let outcome = project.build();
    assert_eq!(errors(&outcome), Vec::<String>::new());
    outcome
}

/// What a build from nothing makes of the same store and manifest.
fn from_nothing(project: &TestProject) -> BTreeMap<String, Vec<u8>> {
    let clean = TestProject::new(&project.read("emc.toml"));
    for entry in fs::read_dir(project.events()).expect("a store") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        clean.add(&name, &fs::read(&path).expect("a file"));
    }
    built(&clean);
    clean.artifacts()
}

/// Wait until the stamps of what was just written say something.
fn settle(project: &TestProject) {
    std::thread::sleep(std::time::Duration::from_millis(45));
    built(project);
    std::thread::sleep(std::time::Duration::from_millis(45));
    built(project);
}

#[test]
fn a_build_with_nothing_to_do_reads_nothing() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let first = built(&project);
    assert_eq!(first.work.read, 269);
    assert!(first.work.written > 10, "{:?}", first.work);
    settle(&project);
    assert_eq!(built(&project).work, Work::default());
}

#[test]
fn one_event_in_one_slice_writes_the_files_of_the_slice_its_workflow_and_the_indexes() {
    let all = transactions("repair-desk");
    let project = TestProject::new(LENIENT);
    let (last, before) = all
        .iter()
        .rposition(|(_, bytes)| String::from_utf8_lossy(bytes).contains("\"SliceFactAdded\""))
        .map(|at| (&all[at], &all[..at]))
        .expect("a fact");
    for (name, bytes) in before {
        project.add(name, bytes);
    }
    built(&project);
    settle(&project);
    project.add(&last.0, &last.1);
    let outcome = built(&project);
    assert_eq!(outcome.work.read, 1, "only the transaction that arrived");
    assert_eq!(outcome.work.folded, 1);
    let event = String::from_utf8_lossy(&last.1);
    let slice = event
        .split("\"slice::")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a slice");
    let written: Vec<String> = outcome
        .families
        .iter()
        .flat_map(|family| family.written.iter().map(ToString::to_string))
        .collect();
    let own = written
        .iter()
        .filter(|path| path.contains("/Slices/"))
        .collect::<Vec<_>>();
    assert_eq!(own.len(), 1, "{slice}: {written:?}");
    assert!(written.len() <= 6, "{written:?}");
    assert_eq!(project.artifacts(), from_nothing(&project));
}

#[test]
fn a_file_that_is_not_ours_is_refused_unless_forced() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    built(&project);
    let ours = project.artifacts();
    let path = ours
        .keys()
        .find(|path| path.ends_with("README.md"))
        .expect("the index of the review")
        .clone();
    project.write(&path, b"# My own notes\n");
    let outcome = project.build();
    assert_eq!(
        errors(&outcome),
        [format!("EMC3005 `{path}` was not written by cargo-emc")]
    );
    assert_eq!(project.read(&path), "# My own notes\n");
    let outcome = project.build_with(&Options {
        force: true,
        ..Options::default()
    });
    assert_eq!(errors(&outcome), Vec::<String>::new());
    assert_eq!(project.artifacts(), ours);
}

#[test]
fn locked_tells_what_it_would_write_and_writes_nothing() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let outcome = project.build_with(&Options {
        locked: true,
        ..Options::default()
    });
    let wanted = errors(&outcome).len();
    assert!(wanted > 10);
    assert!(project.artifacts().is_empty());
    built(&project);
    assert_eq!(project.artifacts().len(), wanted);
    let outcome = project.build_with(&Options {
        locked: true,
        ..Options::default()
    });
    assert_eq!(errors(&outcome), Vec::<String>::new());
}

#[test]
fn conflict_markers_in_a_generated_file_are_overwritten_with_a_warning() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    built(&project);
    let ours = project.artifacts();
    let (path, text) = ours
        .iter()
        .find(|(path, _)| path.contains("/review/workflows/"))
        .expect("a page");
    let text = String::from_utf8_lossy(text);
    project.write(
        path,
        format!("<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> theirs\n").as_bytes(),
    );
    let outcome = built(&project);
    let warned: Vec<u16> = outcome
        .report
        .findings()
        .iter()
        .map(|finding| finding.code.number)
        .collect();
    assert_eq!(warned, [3006]);
    assert_eq!(project.artifacts(), ours);
}

#[test]
fn a_store_with_findings_is_not_built_from_unless_asked() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    built(&project);
    let before = project.artifacts();
    let (name, _) = &transactions("repair-desk")[100];
    fs::remove_file(project.events().join(name)).expect("removed");
    project.add(name, b"");
    let outcome = project.build();
    assert!(
        errors(&outcome)
            .iter()
            .any(|error| error.starts_with("EMC2002")),
        "{:?}",
        errors(&outcome)
    );
    assert_eq!(project.artifacts(), before);
    let outcome = project.build_with(&Options {
        allow_incomplete: true,
        ..Options::default()
    });
    assert!(
        !errors(&outcome).is_empty(),
        "findings are told all the same"
    );
    assert_ne!(project.artifacts(), before);
}

/// One thing that happens between two builds.
#[derive(Clone, Debug)]
enum Step {
    /// The next transactions of the store arrive.
    Append(usize),
    /// So many of the last transactions go: another branch is checked out.
    Drop(usize),
    DeleteArtifact(prop::sample::Index),
    EditArtifact(prop::sample::Index),
    Touch(prop::sample::Index),
    CorruptState(prop::sample::Index),
    RemoveState,
    Manifest(usize),
    /// An artifact as another version of this tool had written it, and no state.
    OtherVersion(prop::sample::Index),
    /// The mark that a killed build leaves.
    Killed,
}

const MANIFESTS: [&str; 4] = [
    LENIENT,
    "[project]\nname = \"Repair Desk\"\n\n[rules]\nlevel = \"warn\"\n\n[artifacts.quint]\nenabled = false\n",
    "[project]\nname = \"Repair Desk\"\n\n[rules]\nlevel = \"warn\"\n\n[artifacts.review]\npath = \"docs/model\"\n",
    "[project]\nname = \"Other Desk\"\nlean_module = \"Other\"\n\n[rules]\nlevel = \"warn\"\n",
];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (1usize..25).prop_map(Step::Append),
        1 => (1usize..15).prop_map(Step::Drop),
        1 => any::<prop::sample::Index>().prop_map(Step::DeleteArtifact),
        1 => any::<prop::sample::Index>().prop_map(Step::EditArtifact),
        1 => any::<prop::sample::Index>().prop_map(Step::Touch),
        1 => any::<prop::sample::Index>().prop_map(Step::CorruptState),
        1 => Just(Step::RemoveState),
        2 => (0usize..MANIFESTS.len()).prop_map(Step::Manifest),
        1 => any::<prop::sample::Index>().prop_map(Step::OtherVersion),
        1 => Just(Step::Killed),
    ];
    prop::collection::vec(step, 1..21)
}

impl Step {
    fn happen(&self, project: &TestProject, all: &[(String, Vec<u8>)], present: &mut usize) {
        let artifacts = project.artifacts();
        let paths: Vec<&String> = artifacts.keys().collect();
        match self {
            Self::Append(count) => {
                for (name, bytes) in all.iter().skip(*present).take(*count) {
                    project.add(name, bytes);
                }
                *present = (*present + count).min(all.len());
            }
            Self::Drop(count) => {
                let left = present.saturating_sub(*count).max(1);
                for (name, _) in &all[left..*present] {
                    fs::remove_file(project.events().join(name)).expect("removed");
                }
                *present = left;
            }
            Self::DeleteArtifact(index) if !paths.is_empty() => {
                fs::remove_file(project.root().join(index.get(&paths))).expect("removed");
            }
            Self::EditArtifact(index) if !paths.is_empty() => {
                let path = index.get(&paths);
                let mut bytes = artifacts[*path].clone();
                bytes.extend_from_slice(b"edited\n");
                project.write(path, &bytes);
            }
            Self::Touch(index) if !paths.is_empty() => {
                let path = index.get(&paths);
                project.write(path, &artifacts[*path]);
            }
            Self::CorruptState(index) => {
                let folder = project.open().shelf.folder().to_path_buf();
                let Ok(entries) = fs::read_dir(folder) else {
                    return;
                };
                let mut files: Vec<_> = entries
                    .map(|entry| entry.expect("an entry").path())
                    .collect();
                files.sort();
                if files.is_empty() {
                    return;
                }
                let file = index.get(&files);
                let mut bytes = fs::read(file).expect("a file");
                let middle = bytes.len() / 2;
                if let Some(byte) = bytes.get_mut(middle) {
                    *byte ^= 0x40;
                }
                fs::write(file, bytes).expect("written");
            }
            Self::RemoveState => project.open().shelf.clear().expect("cleared"),
            Self::Manifest(which) => project.write("emc.toml", MANIFESTS[*which].as_bytes()),
            Self::OtherVersion(index) if !paths.is_empty() => {
                let path = index.get(&paths);
                let comment = match path.rsplit_once('.') {
                    Some((_, "lean")) => Comment::Dashes,
                    Some((_, "qnt" | "js")) => Comment::Slashes,
                    Some((_, "md" | "html")) => Comment::Markup,
                    Some((_, "css")) => Comment::Block,
                    Some((_, "toml")) => Comment::Hash,
                    _ => Comment::None,
                };
                project.write(path, marked(comment, "another version\n").as_bytes());
                project.open().shelf.clear().expect("cleared");
            }
            Self::Killed => {
                let lock = project.open().shelf.folder().join("lock");
                if lock.is_file() {
                    fs::write(lock, "1").expect("written");
                }
            }
            Self::DeleteArtifact(_)
            | Self::EditArtifact(_)
            | Self::Touch(_)
            | Self::OtherVersion(_) => {}
        }
    }
}

fn incremental_equals_from_nothing(store: &str, steps: &[Step]) {
    let all = transactions(store);
    let project = TestProject::new(LENIENT);
    project.add(&all[0].0, &all[0].1);
    let mut present = 1;
    built(&project);
    for step in steps {
        step.happen(&project, &all, &mut present);
        let outcome = project.build();
        let edited = outcome
            .report
            .findings()
            .iter()
            .any(|finding| finding.code.number == 3007);
        if edited {
            // An edited file that nothing wants is left alone, and said so.
            let forced = project.build_with(&Options {
                force: true,
                ..Options::default()
            });
            assert_eq!(errors(&forced), Vec::<String>::new());
        }
        assert_eq!(errors(&outcome), Vec::<String>::new(), "after {step:?}");
        // What is remembered of the rules is what a check finds.
        let checked = check(&project.open(), &check::Options::default()).expect("no failure");
        assert_eq!(outcome.rules, checked.rules, "after {step:?}");
        let (now, clean) = (project.artifacts(), from_nothing(&project));
        assert_eq!(
            now.keys().collect::<Vec<_>>(),
            clean.keys().collect::<Vec<_>>(),
            "after {step:?}"
        );
        for (path, bytes) in &clean {
            assert_eq!(
                String::from_utf8_lossy(&now[path]),
                String::from_utf8_lossy(bytes),
                "{path} after {step:?}"
            );
        }
    }
}

/// How many histories of 1 to 20 steps; a nightly run sets more.
fn cases() -> u32 {
    let given = std::env::var("EMC_TEST_HISTORIES").ok();
    given.map_or(64, |text| text.parse().expect("a number"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn an_incremental_build_equals_one_from_nothing(steps in steps()) {
        incremental_equals_from_nothing("repair-desk", &steps);
    }
}

#[test]
fn every_single_transaction_built_on_its_own_equals_a_build_from_nothing() {
    // Each kind of event arrives at a model that the last build remembers.
    let all = transactions("every-event");
    let project = TestProject::new(LENIENT);
    for (at, (name, bytes)) in all.iter().enumerate() {
        project.add(name, bytes);
        let outcome = project.build_with(&Options {
            allow_forks: true,
            ..Options::default()
        });
        assert_eq!(
            errors(&outcome),
            Vec::<String>::new(),
            "transaction {at}: {name}"
        );
        if at % 48 == 0 || at + 1 == all.len() {
            let clean = TestProject::new(LENIENT);
            for (name, bytes) in &all[..=at] {
                clean.add(name, bytes);
            }
            clean.build_with(&Options {
                allow_forks: true,
                ..Options::default()
            });
            assert_eq!(
                project.artifacts(),
                clean.artifacts(),
                "transaction {at}: {name}"
            );
        }
    }
}
