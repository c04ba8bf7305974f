//! Mending what is broken in one way only, in a real store.

use std::{collections::BTreeSet, fs};

use emc::{
    authoring::{Request, Store},
    document::{Document, Model},
    event::vocabulary::{ConnectionKind, Lane},
    ops::{
        edit::{Extent, store},
        fix::{Fixed, fix},
        project::Project,
        verdict::{MENDED, Verdict},
    },
};

use crate::{clean_model, lean::model, project::TestProject};

pub const MANIFEST: &str = "[project]\nname = \"repair-desk\"\n";

fn write(store: &Store, document: Model) {
    let request = Request::Apply {
        document: Box::new(Document::Model(document)),
        prune: true,
    };
    store.write(&request).expect("written");
}

/// A store with the clean model, and with all of it broken that can be mended.
pub fn broken(project: &Project) -> Model {
    let clean = Model::of(&model(&clean_model::events()));
    let store = store(project);
    let name = clean.project.clone().expect("it has a name");
    store.write(&Request::Init { name }).expect("written");
    write(&store, clean.clone());
    let mut broken = clean.clone();
    for workflow in &mut broken.workflows {
        let modelled = [ConnectionKind::Command, ConnectionKind::Navigation];
        workflow
            .transitions
            .retain(|one| one.to.is_none() || !modelled.contains(&one.via));
        workflow
            .owned_definitions
            .retain(|one| one.view_role.is_none());
        for slice in &mut workflow.slices {
            for command in &mut slice.commands {
                command.observed_streams.clear();
            }
            for card in &mut slice.board_elements {
                card.lane = match card.lane {
                    Lane::Ux => Lane::Actions,
                    Lane::Actions | Lane::Events => Lane::Ux,
                };
            }
        }
    }
    write(&store, broken);
    clean
}

/// Which of the mendable rules are broken.
fn numbers(project: &Project) -> BTreeSet<u16> {
    let present = store(project).read().expect("it can be read");
    let verdict = Verdict::of(&present.model, &|_| Some(emc::diagnostic::Place::file("")));
    let verdict = verdict.expect("everything has a place");
    let broken = verdict.broken().map(|broken| broken.rule);
    broken.filter(|rule| MENDED.contains(rule)).collect()
}

pub fn transactions(project: &TestProject) -> usize {
    fs::read_dir(project.events()).expect("a folder").count()
}

fn run(project: &Project, extent: Extent) -> Fixed {
    fix(project, extent, || {}).expect("it is not refused")
}

#[test]
fn everything_that_can_be_mended_is_mended_in_one_transaction() {
    let folder = TestProject::new(MANIFEST);
    let project = folder.open();
    let clean = broken(&project);
    let before = transactions(&folder);
    assert_eq!(numbers(&project), BTreeSet::from([303, 808, 922]));

    let previewed = run(&project, Extent::Preview);
    assert_eq!(transactions(&folder), before);

    let fixed = run(&project, Extent::Store);
    assert_eq!(fixed.mended, previewed.mended);
    let codes: BTreeSet<u16> = fixed.mended.iter().map(|one| one.code.number).collect();
    // The transitions that came back arrive at views that are no entries yet.
    assert_eq!(codes, BTreeSet::from(MENDED));
    assert_eq!(transactions(&folder), before + 1);
    assert_eq!(numbers(&project), BTreeSet::new());
    let now = Model::of(&store(&project).read().expect("it can be read").model);
    let lanes = |model: &Model| {
        let slices = model.workflows.iter().flat_map(|one| &one.slices);
        slices
            .flat_map(|slice| &slice.board_elements)
            .map(|card| (card.name.clone(), card.lane))
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(lanes(&now), lanes(&clean));

    let again = run(&project, Extent::Store);
    assert!(again.edited.is_none() && again.mended.is_empty());
    assert_eq!(transactions(&folder), before + 1);
}

#[test]
fn what_may_be_broken_is_left_alone() {
    let folder = TestProject::new(&format!(
        "{MANIFEST}[rules]\ncommands = \"allow\"\nworkflow = \"allow\"\nboard = \"allow\"\n"
    ));
    let project = folder.open();
    broken(&project);
    let before = transactions(&folder);
    let fixed = run(&project, Extent::Store);
    assert!(fixed.edited.is_none() && fixed.mended.is_empty());
    assert_eq!(transactions(&folder), before);
}
