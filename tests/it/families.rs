//! What holds for the families with one file a workflow: Quint and review.

use std::{collections::BTreeSet, time::Instant};

use emc::{
    artifact::{
        Artifact, Family, Marked, Scope,
        quint::Quint,
        review::{Exception, Review},
    },
    event::{Text, vocabulary::ReviewCategory},
    model::{Model, Origin, Recorded},
    rel_path::RelPath,
};
use snapbox::{assert_data_eq, file};

use crate::{
    desk::PLAIN,
    sample::{Words, slice, text, workflow},
};

fn folder(path: &str) -> RelPath {
    RelPath::new(path).expect("relative")
}

fn families() -> [Box<dyn Family>; 2] {
    [
        Box::new(Quint {
            folder: folder("model/quint"),
        }),
        Box::new(Review {
            folder: folder("model/review"),
            exceptions: vec![Exception {
                rule: "EMC211 event-never-consumed".to_owned(),
                element: "slice order-part, event PartOrdered".to_owned(),
                reason: "The dealer's system reads it.".to_owned(),
            }],
        }),
    ]
}

/// An exception with words that Markdown would take for its own.
fn hostile_exception() -> Exception {
    Exception {
        rule: "EMC203 emitted-event-undeclared".to_owned(),
        element: "slice a|b, command `x`\n# y".to_owned(),
        reason: "Because | of <b>\r\n- this".to_owned(),
    }
}

/// The same files in the same order.
fn rendered(family: &dyn Family, model: &Model, scope: Scope<'_>) -> Vec<Artifact> {
    let mut artifacts = family.render(model, scope);
    artifacts.sort_by(|a, b| a.path.as_str().cmp(b.path.as_str()));
    artifacts
}

pub fn hostile() -> Model {
    let words = Words(&|word| format!("# {word} | `x` <!-- \\\r\n\n- \"1\" [a](b) \u{202e}"));
    let mut model = words.desk();
    model.workflows.extend(PLAIN.desk().workflows);
    model.workflows.extend(PLAIN.desk().workflows);
    model.workflows.push(workflow(text("Con"), "Nothing."));
    model
}

#[test]
fn the_paths_are_those_of_all_that_is_rendered() {
    for model in [Model::default(), PLAIN.desk(), hostile()] {
        for family in families() {
            let artifacts = family.render(&model, Scope::Everything);
            let paths: BTreeSet<RelPath> = artifacts.iter().map(|a| a.path.clone()).collect();
            assert_eq!(paths.len(), artifacts.len(), "{}", family.name());
            assert_eq!(paths, family.paths(&model), "{}", family.name());
            let lower: BTreeSet<String> = paths.iter().map(|p| p.as_str().to_lowercase()).collect();
            assert_eq!(lower.len(), paths.len(), "{}", family.name());
            for artifact in &artifacts {
                assert_eq!(Marked::of(artifact.text.as_bytes()), Marked::Intact);
                assert!(artifact.text.ends_with('\n') && !artifact.text.contains('\r'));
                assert!(artifact.path.file_name().len() < 200);
            }
        }
    }
}

/// The model as a scoped fold gives it: other slices keep their head only.
fn without_facts(model: &Model, scope: &BTreeSet<Text>) -> Model {
    let mut model = model.clone();
    for workflow in &mut model.workflows {
        if scope.contains(&workflow.slug) {
            continue;
        }
        for kept in &mut workflow.slices {
            let mut bare = slice(kept.slug.clone(), kept.kind, kept.relationship);
            bare.name = kept.name.clone();
            bare.description = kept.description.clone();
            *kept = bare;
        }
    }
    model
}

#[test]
fn a_scope_gives_the_same_files_as_everything_does() {
    for model in [PLAIN.desk(), hostile()] {
        for family in families() {
            let all = rendered(family.as_ref(), &model, Scope::Everything);
            let shared = rendered(family.as_ref(), &model, Scope::Workflows(&BTreeSet::new()));
            // The indexes, where there are some.
            let indexes = if family.name() == "review" { 2 } else { 0 };
            assert_eq!(shared.len(), indexes, "{}", family.name());
            for workflow in &model.workflows {
                let scope = BTreeSet::from([workflow.slug.clone()]);
                let bare = without_facts(&model, &scope);
                let some = rendered(family.as_ref(), &bare, Scope::Workflows(&scope));
                assert!(some.len() > shared.len());
                for artifact in some {
                    assert!(all.contains(&artifact), "{}", artifact.path);
                }
            }
        }
    }
}

#[test]
fn an_edit_of_one_slice_changes_one_workflow() {
    let before = PLAIN.desk();
    let mut after = before.clone();
    after.workflows[0].slices[1].command_definitions.clear();
    after.workflows[0].slices[1].description = text("Something else.");
    for family in families() {
        let old = rendered(family.as_ref(), &before, Scope::Everything);
        let new = rendered(family.as_ref(), &after, Scope::Everything);
        let changed: Vec<&str> = old
            .iter()
            .zip(&new)
            .filter(|(old, new)| old != new)
            .map(|(old, _)| old.path.file_name())
            .collect();
        let files = if family.name() == "review" { 2 } else { 1 };
        assert_eq!(changed.len(), files, "{changed:?}");
        assert!(
            changed.iter().all(|name| name.starts_with("open_ticket.")),
            "{changed:?}"
        );
    }
}

#[test]
fn the_order_of_facts_is_not_the_order_of_rows() {
    let quint = Quint {
        folder: folder("model/quint"),
    };
    let model = PLAIN.desk();
    let mut turned = model.clone();
    for workflow in &mut turned.workflows {
        workflow.transitions.reverse();
        workflow.slices.reverse();
    }
    assert_eq!(
        rendered(&quint, &model, Scope::Everything),
        rendered(&quint, &turned, Scope::Everything)
    );
}

#[test]
fn a_thousand_slices_take_no_time() {
    let mut model = Model::default();
    for number in 0..125 {
        let mut workflow = PLAIN.open_ticket();
        workflow.slug = text(&format!("open-ticket-{number}"));
        model.workflows.push(workflow);
    }
    for family in families() {
        let start = Instant::now();
        let artifacts = family.render(&model, Scope::Everything);
        let took = start.elapsed();
        // Markdown and HTML, two indexes, a style sheet and a script; or a module
        // each and a library.
        let files = if family.name() == "review" { 254 } else { 126 };
        assert_eq!(artifacts.len(), files);
        // A fraction of a second with optimisation; the bound leaves room for a
        // debug build on a busy machine and still catches a quadratic step.
        assert!(took.as_secs() < 10, "{}: {took:?}", family.name());
    }
}

#[test]
fn the_files_of_a_small_workflow() {
    let mut model = PLAIN.desk();
    model.reviews.insert(
        text("order-parts"),
        Recorded {
            origin: Origin(0),
            value: emc::event::Review {
                workflow: text("order-parts"),
                model_content_digest: text("emc-fnv1a64:0011223344556677"),
                reviewer_id: text("ada"),
                reviewed_at: text("2026-01-02T03:04:05.006Z"),
                categories: vec![ReviewCategory::SourceChains],
                findings: Vec::new(),
            },
        },
    );
    let mut texts = families()
        .into_iter()
        .flat_map(|family| rendered(family.as_ref(), &model, Scope::Everything))
        .map(|artifact| (artifact.path.to_string(), artifact.text));
    let mut text = |path: &str| {
        let found = texts.find(|(own, _)| own == path);
        found.map_or_else(|| panic!("no {path}"), |(_, text)| text)
    };
    assert_data_eq!(
        text("model/quint/workflows/order_parts.qnt"),
        file!["../golden/order_parts.qnt"]
    );
    assert_data_eq!(text("model/review/README.md"), file!["../golden/README.md"]);
    assert_data_eq!(
        text("model/review/workflows/open_ticket.md"),
        file!["../golden/open_ticket.md"]
    );
}

/// The lines of a page, without its marker.
fn lines(artifact: &Artifact) -> impl Iterator<Item = &str> {
    artifact.text.lines().skip(1)
}

#[test]
fn hostile_names_break_out_of_no_line_of_a_page() {
    let review = Review {
        folder: folder("review"),
        exceptions: vec![hostile_exception()],
    };
    let pages = review.render(&hostile(), Scope::Everything);
    for artifact in pages.iter().filter(|page| {
        page.path
            .file_name()
            .rsplit_once('.')
            .is_some_and(|(_, kind)| kind == "md")
    }) {
        for line in lines(artifact) {
            let known = [
                "No",
                "",
                "#",
                "##",
                "###",
                "|",
                "-",
                "```mermaid",
                "```",
                "flowchart",
            ];
            let first = line.trim_start().split(' ').next().unwrap_or_default();
            let starts_well = known.contains(&first)
                || first.starts_with("s_")
                || first.starts_with("w_")
                || first.starts_with('`')
                || first.starts_with("\\#");
            assert!(starts_well, "{}: {line}", artifact.path);
            assert!(!line.contains("<!--") || line.contains("\\<!--"), "{line}");
            if first == "|" {
                let escaped = line.matches("\\|").count();
                let bars = line.matches('|').count() - escaped;
                assert!([4, 5, 6].contains(&bars), "{line}");
            }
        }
        let fences = artifact
            .text
            .lines()
            .filter(|line| line.starts_with("```"))
            .count();
        assert!(fences == 0 || fences == 2, "{}", artifact.path);
    }
}
