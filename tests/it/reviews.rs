//! Reviews: the gate, what is recorded, the files, and what changed since.

use std::{collections::BTreeMap, fs, path::Path};

use emc::{
    artifact::Marked,
    authoring::plan::Action,
    document::{Model, Workflow},
    event::{EmcEvent, ReviewFinding, Text, vocabulary::ReviewCategory},
    model::{ProjectionFingerprint, ReviewState},
    ops::{
        build, check,
        edit::Extent,
        list,
        review::{self, Recording, diff, gate, record},
        status,
    },
};
use serde_json::Value;

use crate::{
    forks::{World, of, slice, text},
    project::TestProject,
};

const FILE: &str = "reviews/w.review.json";

fn finding(category: ReviewCategory, words: &str) -> ReviewFinding {
    ReviewFinding {
        category,
        text: text(words),
    }
}

fn recording(workflow: &str, reviewer: &str, findings: &[ReviewFinding]) -> Recording {
    Recording {
        workflow: text(workflow),
        reviewer: text(reviewer),
        reviewed_at: Some(text("2026-01-31T09:30:00.000Z")),
        findings: findings.to_vec(),
        content: None,
    }
}

/// Record a review, and what of it was built.
fn reviewed(world: &World, clone: &str, recording: &Recording) -> build::Outcome {
    let recorded = record(&world.project(clone), recording, Extent::Build, || {})
        .unwrap_or_else(|refused| panic!("{refused:?}"));
    assert!(recorded.transaction.is_some());
    recorded.built.expect("a build").expect("no failure")
}

/// Record a review, and build nothing: generated files would conflict in a merge.
fn only_recorded(world: &World, clone: &str, recording: &Recording) {
    record(&world.project(clone), recording, Extent::Store, || {})
        .unwrap_or_else(|refused| panic!("{refused:?}"));
}

/// The names of the reasons why the gate of workflow `w` is closed.
fn reasons(world: &World, clone: &str) -> Vec<&'static str> {
    let gate = gate(&world.project(clone), Some("w"), false).expect("a store without errors");
    let names: Vec<&str> = gate.findings().iter().map(|one| one.code.name).collect();
    assert_eq!(gate.is_open(), names.is_empty());
    names
}

fn states(world: &World, clone: &str) -> Vec<(String, ReviewState)> {
    let status = status::status(&world.project(clone)).expect("no failure");
    let listed = list::list(&world.project(clone), None).expect("no failure");
    let states = status.reviews.into_iter();
    let states: Vec<(String, ReviewState)> = states
        .map(|one| (one.workflow.to_string(), one.state))
        .collect();
    for workflow in listed.workflows() {
        let state = listed.review_of(workflow);
        assert!(states.contains(&(workflow.slug.to_string(), state)));
    }
    states
}

fn with_another(world: &World) {
    world.edit("ann", |model| {
        model.workflows.push(Workflow {
            slices: vec![slice("u")],
            ..Workflow::empty(text("v"), text("V"), text("d"))
        });
    });
}

#[test]
fn a_review_holds_until_its_workflow_changes() {
    let world = World::new(&[]);
    with_another(&world);
    assert_eq!(reasons(&world, "ann"), ["review-missing"]);
    let built = reviewed(&world, "ann", &recording("w", "ada", &[]));
    assert_eq!(reasons(&world, "ann"), [""; 0]);
    let state = |slug: &str, state| (slug.to_owned(), state);
    assert_eq!(
        states(&world, "ann"),
        [
            state("w", ReviewState::Clean),
            state("v", ReviewState::Never)
        ]
    );
    let written: BTreeMap<&str, Vec<String>> = built
        .families
        .iter()
        .map(|family| {
            let paths = family.written.iter().map(ToString::to_string);
            (family.name, paths.collect())
        })
        .collect();
    assert_eq!(written["reviews"], [FILE]);

    // Neither another workflow nor the review itself touches it.
    world.edit("ann", |model| {
        of(model, "u").description = text("other words");
    });
    reviewed(&world, "ann", &recording("v", "ada", &[]));
    assert_eq!(reasons(&world, "ann"), [""; 0]);

    world.edit("ann", |model| {
        of(model, "s").commands[0].inputs[0].source_description = text("typed twice");
        of(model, "t").commands.clear();
    });
    assert_eq!(reasons(&world, "ann"), ["review-stale"]);
    assert_eq!(
        states(&world, "ann"),
        [
            state("w", ReviewState::Stale),
            state("v", ReviewState::Clean)
        ]
    );
    let gate = gate(&world.project("ann"), None, false).expect("a sound store");
    let open: Vec<bool> = gate.workflows.iter().map(review::Gated::is_open).collect();
    assert_eq!(open, [false, true]);
    let told = &gate.findings()[0];
    assert_eq!(
        told.message,
        "workflow `w` has changed since it was reviewed: 2 changes (1 changed, 1 removed)"
    );
    assert!(
        told.notes
            .contains(&"removed slice t, command Capture".to_owned())
    );
    let place = told.place.as_ref().expect("a place");
    let line = place.line.expect("a line") as usize;
    let file = fs::read_to_string(world.at("ann").join(&place.file)).expect("a transaction");
    assert!(
        file.lines()
            .nth(line - 1)
            .expect("a line")
            .contains("ReviewRecorded")
    );

    // The way back is a change too, and the workflow is what was reviewed.
    world.edit("ann", |model| {
        of(model, "s").commands[0].inputs[0].source_description = text("typed");
        of(model, "t").commands = slice("t").commands;
    });
    assert_eq!(reasons(&world, "ann"), [""; 0]);
}

#[test]
fn findings_stay_open_until_a_clean_review_follows() {
    let world = World::new(&[]);
    let found = [
        finding(ReviewCategory::SliceOwnership, "The event belongs to t"),
        finding(
            ReviewCategory::SourceChains,
            "Where is \"photo\" from?\nAsk.",
        ),
    ];
    reviewed(&world, "ann", &recording("w", "ada", &found));
    assert_eq!(reasons(&world, "ann"), ["review-finding", "review-finding"]);
    let file: Value =
        serde_json::from_str(&fs::read_to_string(world.at("ann").join(FILE)).expect("a file"))
            .expect("JSON");
    assert_eq!(file["status"], "findings");
    assert_eq!(file["category_results"]["slice-ownership"], "findings");
    assert_eq!(file["category_results"]["branch-shape"], "clean");
    assert_eq!(
        file["mandatory_findings"][1]["text"],
        "Where is \"photo\" from?\nAsk."
    );

    world.edit("ann", |model| of(model, "s").description = text("mended"));
    assert_eq!(
        reasons(&world, "ann"),
        ["review-finding", "review-finding", "review-stale"]
    );
    reviewed(&world, "ann", &recording("w", "bob", &[]));
    assert_eq!(reasons(&world, "ann"), [""; 0]);
}

#[test]
fn of_two_reviews_at_the_same_time_the_findings_of_both_count() {
    for (first, second) in [("ann", "bob"), ("bob", "ann")] {
        let world = World::new(&["bob"]);
        let found = [finding(ReviewCategory::BranchShape, "It never ends")];
        only_recorded(&world, first, &recording("w", first, &found));
        world.commit(first);
        only_recorded(&world, second, &recording("w", second, &[]));
        world.commit(second);
        world.pull("ann", "bob");
        let open = reasons(&world, "ann");
        assert_eq!(open, ["commuting-fork", "review-finding"]);
        world.resolve("ann", &[]);
        assert_eq!(reasons(&world, "ann"), ["review-finding"]);
        reviewed(&world, "ann", &recording("w", "ann", &[]));
        assert_eq!(reasons(&world, "ann"), [""; 0]);
    }
}

#[test]
fn a_fork_of_a_slice_closes_the_gate_of_its_workflow_only() {
    let world = World::new(&[]);
    with_another(&world);
    for workflow in ["w", "v"] {
        reviewed(&world, "ann", &recording(workflow, "ada", &[]));
    }
    world.commit("ann");
    world.clone("bob");
    world.edit("ann", |model| of(model, "s").description = text("ann"));
    world.edit("bob", |model| of(model, "s").description = text("bob"));
    world.pull("ann", "bob");
    let gate = gate(&world.project("ann"), None, false).expect("a store without errors");
    let codes = |at: usize| -> Vec<&str> {
        let reasons = gate.workflows[at].reasons.iter();
        reasons.map(|reason| reason.0.code.name).collect()
    };
    assert_eq!(codes(0), ["open-fork", "review-stale"]);
    assert_eq!(codes(1), [""; 0]);
    // Nothing is recorded about what is contested.
    let refused = record(
        &world.project("ann"),
        &recording("w", "ada", &[]),
        Extent::Store,
        || {},
    );
    assert_eq!(refused.expect_err("it is forked")[0].code.name, "open-fork");
}

#[test]
fn a_review_can_be_pinned_to_what_was_read() {
    let world = World::new(&[]);
    let seen = gate(&world.project("ann"), Some("w"), false).expect("a sound store");
    let content = Text::new(&seen.workflows[0].content).expect("a digest");
    let pinned = Recording {
        content: Some(content),
        ..recording("w", "ada", &[])
    };
    world.edit("ann", |model| {
        of(model, "s").description = text("meanwhile");
    });
    let try_it = |extent| record(&world.project("ann"), &pinned, extent, || {});
    let refused = try_it(Extent::Store).expect_err("it is something else");
    assert_eq!(refused[0].code.name, "store-changed");
    world.edit("ann", |model| of(model, "s").description = text("d"));
    let preview = try_it(Extent::Preview).expect("it is what was read");
    assert_eq!(preview.transaction, None);
    assert_eq!(reasons(&world, "ann"), ["review-missing"]);
    let unknown = recording("x", "ada", &[]);
    let refused = record(&world.project("ann"), &unknown, Extent::Store, || {});
    assert_eq!(
        refused.expect_err("there is none")[0].code.name,
        "absent-element"
    );
}

#[test]
fn the_gate_can_demand_readiness() {
    let world = World::new(&[]);
    reviewed(&world, "ann", &recording("w", "ada", &[]));
    let gate = gate(&world.project("ann"), Some("w"), true).expect("a sound store");
    let findings = gate.findings();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code.name, "not-ready");
}

#[test]
fn what_changed_is_told_against_the_last_clean_review() {
    let world = World::new(&[]);
    let project = || world.project("ann");
    let all = diff(&project(), Some("w")).expect("a sound store");
    assert_eq!(all[0].since, None);
    assert!(all[0].changes.len() > 3);
    assert!(all[0].changes.iter().all(|one| one.action == Action::Add));
    let built = review::changes(
        &emc::model::Model::default(),
        &world.store("ann").read().expect("readable").model,
        "w",
    );
    assert_eq!(built.expect("it can be said"), all[0].changes);

    reviewed(&world, "ann", &recording("w", "ada", &[]));
    assert!(
        diff(&project(), None).expect("a sound store")[0]
            .changes
            .is_empty()
    );
    world.edit("ann", |model| {
        of(model, "s").commands[0].inputs[0].source_description = text("typed *twice*");
        let new = slice("new");
        model.workflows[0].slices.push(new);
    });
    // A review with findings is no new start.
    let found = [finding(ReviewCategory::BranchShape, "It never ends")];
    reviewed(&world, "ann", &recording("w", "bob", &found));
    world.edit("ann", |model| {
        model.workflows[0]
            .slices
            .retain(|slice| slice.slug != text("t"));
    });
    let changed = &diff(&project(), Some("w")).expect("a sound store")[0];
    assert_eq!(
        &*changed.since.as_ref().expect("a review").reviewer_id,
        "ada"
    );
    let told = changed.text();
    for line in [
        "w: 4 changes (2 added, 1 changed, 1 removed) since the clean review of ada on 2026-01-31\n",
        "  removed slice t\n",
        "  changed slice s, command Capture\n    inputs title, source_description: \"typed\" -> \"typed *twice*\"\n",
        "  added slice new, command Capture\n",
    ] {
        assert!(told.contains(line), "{line:?} in {told}");
    }
    let markdown = changed.markdown();
    for line in [
        "### w\n\n4 changes (2 added, 1 changed, 1 removed) since",
        "- **removed** slice t\n",
        "  - inputs title, source_description: \"typed\" -> \"typed \\*twice\\*\"\n",
    ] {
        assert!(markdown.contains(line), "{line:?} in {markdown}");
    }
    let json = serde_json::to_value(changed).expect("JSON");
    assert_eq!(json["changes"][0]["action"], "remove");
}

#[test]
fn a_file_of_a_review_is_an_artifact_like_others() {
    let world = World::new(&[]);
    reviewed(&world, "ann", &recording("w", "ada", &[]));
    let path = world.at("ann").join(FILE);
    let text_of = |path: &Path| fs::read_to_string(path).expect("a file");
    let before = text_of(&path);
    assert_eq!(Marked::of(before.as_bytes()), Marked::Intact);
    let codes = || -> Vec<&str> {
        let checked = check::check(&world.project("ann"), &check::Options::default());
        let report = checked.expect("no failure").report;
        let findings = report.findings().iter();
        let own = findings.filter(|one| one.place.as_ref().is_some_and(|p| p.file == FILE));
        own.map(|one| one.code.name).collect()
    };
    assert_eq!(codes(), [""; 0]);

    fs::write(&path, before.replace("ada", "eve")).expect("written");
    assert_eq!(codes(), ["edited-artifact"]);
    world.build("ann");
    assert_eq!(text_of(&path), before);

    fs::write(&path, "{\"status\": \"clean\"}\n").expect("written");
    assert_eq!(codes(), ["not-ours"]);
    fs::remove_file(&path).expect("removed");
    world.build("ann");
    assert_eq!(text_of(&path), before);

    // An edit of the model leaves it as it is; without its workflow it goes.
    world.edit("ann", |model| of(model, "s").description = text("mended"));
    world.build("ann");
    assert_eq!(text_of(&path), before);
    world.edit("ann", |model: &mut Model| {
        model.workflows.clear();
        model
            .workflows
            .push(Workflow::empty(text("v"), text("V"), text("d")));
    });
    world.build("ann");
    assert!(!path.exists());
}

/// A review by the peer: its digest is of text that only the peer generates.
#[test]
fn reviews_of_the_peer_hold_until_the_workflow_changes() {
    let project = TestProject::with_store("[project]\nname = \"D\"\n", "repair-desk");
    let open = |workflow| {
        let gate = gate(&project.open(), Some(workflow), false).expect("a sound store");
        gate.findings()
    };
    for workflow in ["repair-intake", "partner-intake"] {
        assert_eq!(open(workflow), [], "{workflow}");
    }
    let edit = emc::authoring::Request::Edit(vec![emc::authoring::edit::Edit {
        kind: emc::authoring::edit::Kind::Slice,
        owner: Some(text("repair-intake")),
        within: Vec::new(),
        verb: emc::authoring::edit::Verb::Update {
            at: [("slice".to_owned(), "capture-ticket".into())]
                .into_iter()
                .collect(),
            set: [("description".to_owned(), "Other words.".into())]
                .into_iter()
                .collect(),
        },
    }]);
    emc::ops::edit::edit(&project.open(), &edit, Extent::Store, || {}).expect("an edit");
    let told = open("repair-intake");
    assert_eq!(told[0].code.name, "review-stale");
    assert!(
        told[0].message.ends_with("1 change (1 changed)"),
        "{}",
        told[0].message
    );
    assert_eq!(open("partner-intake"), []);
    let changed = &diff(&project.open(), Some("repair-intake")).expect("a sound store")[0];
    assert_eq!(changed.changes[0].element, "slice capture-ticket");
}

/// The peer reads past the key that it does not know.
#[test]
fn findings_are_on_the_wire_only_where_there_are_some() {
    let json = |more: &str| {
        format!(
            r#"{{"ReviewRecorded":{{"categories":["branch-shape"],{more}"model_content_digest":"d","reviewed_at":"t","reviewer_id":"r","stream_id":"review::w","workflow":"w"}}}}"#
        )
    };
    let found = json(r#""findings":[{"category":"source-chains","text":"x"}],"#);
    let read = |json: &str| EmcEvent::decode(json).unwrap_or_else(|error| panic!("{error}"));
    for json in [&found, &json("")] {
        assert_eq!(read(json).encode(), *json);
    }
    let null = json(r#""findings":null,"#);
    assert_eq!(read(&null), read(&json("")));
    assert_eq!(
        ProjectionFingerprint::of([&read(&found)]),
        ProjectionFingerprint::of([&read(&json(""))])
    );
    let error = EmcEvent::decode(&json(
        r#""findings":[{"category":"source-chain","text":"x"}],"#,
    ));
    let error = error.expect_err("no category").to_string();
    assert!(error.contains("`source-chain`, an unknown word"), "{error}");
}
