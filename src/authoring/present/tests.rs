use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    authoring::edit::{Kind, Verb},
    document::{
        Workflow,
        testing::{self, Draw, text},
    },
};

fn request(model: Model, prune: bool) -> Request {
    Request::Apply {
        document: Box::new(Document::Model(model)),
        prune,
    }
}

/// What a store holds that was asked for `model`.
fn holding(model: &Model) -> Present {
    let mut present = Present::default();
    let name = model.project.clone().unwrap_or_else(|| text("Desk"));
    // A store may hold two elements of one name, which no document brings in.
    let start = Model {
        project: Some(name.clone()),
        workflows: Vec::new(),
    };
    let making = Plan::between(&start, model).expect("a drawn model can be recorded");
    for request in [Request::Init { name }, Request::Record(making.events())] {
        let decision = present
            .decide(&request)
            .unwrap_or_else(|refused| panic!("{refused}"));
        present.events.extend(decision.events);
        present.model = decision.model;
    }
    present
}

#[test]
fn a_damaged_store_takes_nothing_and_says_why() {
    let file = RelPath::new("events/01.jsonl").expect("a good path");
    let present = Present::of(&[(file, b"nonsense".to_vec())]);
    let refused = present
        .decide(&Request::Init { name: text("Desk") })
        .expect_err("it is damaged");
    let codes: Vec<&str> = refused.0.iter().map(|finding| finding.code.name).collect();
    assert_eq!(codes, ["unreadable-header", "store-damaged"]);
}

#[test]
fn later_edits_see_what_earlier_ones_of_the_request_made() {
    let present = holding(&Model {
        project: Some(text("Desk")),
        workflows: Vec::new(),
    });
    let add = |kind, owner: Option<&str>, fields: Value| Edit {
        kind,
        owner: owner.map(text),
        within: Vec::new(),
        verb: Verb::Add(fields.as_object().cloned().unwrap_or_default()),
    };
    let decision = present
        .decide(&Request::Edit(vec![
            add(
                Kind::Workflow,
                None,
                json!({ "workflow": "w", "name": "W", "description": "d" }),
            ),
            add(
                Kind::LifecycleState,
                Some("w"),
                json!({ "state": "fully_configured", "step": "s", "evidence": "e" }),
            ),
        ]))
        .expect("both can be added");
    assert_eq!(decision.events.len(), 2);
}

#[test]
fn a_part_is_replaced_only_while_it_is_what_it_was() {
    let slug = text("w");
    let workflow = Workflow::empty(slug.clone(), text("W"), text("d"));
    let present = holding(&Model {
        project: Some(text("Desk")),
        workflows: vec![workflow.clone()],
    });
    let replace = |base: &str, to: &str| Request::Replace {
        base: Box::new(Document::Workflow(Workflow {
            name: text(base),
            ..workflow.clone()
        })),
        document: Box::new(Document::Workflow(Workflow {
            name: text(to),
            ..workflow.clone()
        })),
    };
    let decision = present.decide(&replace("W", "V")).expect("it is called W");
    assert_eq!(decision.events.len(), 1);
    let refused = present
        .decide(&replace("Other", "V"))
        .expect_err("it is called W");
    assert_eq!(refused.0[0].code.name, "store-changed");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Every drawn model passes the codec, the fold and the last guard.
    #[test]
    fn any_model_can_be_asked_for(
        one in proptest::collection::vec(any::<u8>(), 0..600),
        two in proptest::collection::vec(any::<u8>(), 0..600),
    ) {
        let (before, after) = (testing::model(&mut Draw::new(&one)), testing::model(&mut Draw::new(&two)));
        let present = holding(&before);
        let same = present.decide(&request(before, true));
        let same = same.map_err(|refused| TestCaseError::fail(format!("{refused:?}")))?;
        prop_assert_eq!(same.events, []);
        let after = match present.decide(&request(after.clone(), true)) {
            Ok(_) => after,
            Err(refused) => {
                let all_twice = refused.0.iter().all(|finding| finding.code.name == "named-twice");
                prop_assert!(all_twice, "{}", refused);
                plan::once(&after)
            }
        };
        let decision = present.decide(&request(after.clone(), true));
        let decision = decision.map_err(|refused| TestCaseError::fail(refused.to_string()))?;
        let later = Present { model: decision.model, ..Present::default() };
        prop_assert!(later.decide(&request(after, true)).is_ok_and(|same| same.events.is_empty()));
    }
}
