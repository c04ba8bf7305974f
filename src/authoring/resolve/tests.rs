//! Whatever the branches did and however their transactions interleave, what is
//! decided is what the events make.

use proptest::prelude::*;

use super::*;
use crate::{
    document::testing::{self, Draw, text},
    history::History,
    merge::{open_forks, refused},
    transaction::{Header, parse},
};

fn header(number: usize, replica: usize, parents: &[usize], events: &[EmcEvent]) -> Header {
    let id = |number: usize| format!("01a20792-0000-7000-8000-{number:012x}");
    let mut streams: Vec<String> = events.iter().map(EmcEvent::stream_id).collect();
    streams.sort();
    streams.dedup();
    let bases: serde_json::Map<String, serde_json::Value> = streams
        .into_iter()
        .map(|stream| (stream, 0.into()))
        .collect();
    let line = serde_json::json!({
        "record": "header", "format_version": 1, "transaction_id": id(number),
        "replica_id": id(replica),
        "parent_transaction_ids": parents.iter().map(|parent| id(*parent)).collect::<Vec<_>>(),
        "created_at": format!("2026-01-01T00:00:{number:06}Z"), "stream_bases": bases,
    });
    let file = crate::rel_path::RelPath::new(&format!("{}.jsonl", id(number))).expect("a path");
    let parsed = parse(&file, format!("{line}\n").as_bytes());
    parsed.transaction.expect("a header").header
}

/// A history that grows.
#[derive(Default)]
struct Log {
    headers: Vec<Header>,
    events: Vec<Vec<EmcEvent>>,
}

impl Log {
    fn push(&mut self, replica: usize, parents: &[usize], events: Vec<EmcEvent>) -> usize {
        let number = self.headers.len();
        self.headers.push(header(number, replica, parents, &events));
        self.events.push(events);
        number
    }

    fn model(&self) -> (History, model::Model, Vec<OpenFork>, Vec<Diagnostic>) {
        let history = History::of(&self.headers, &[]);
        let stored: Vec<(usize, &EmcEvent)> = history
            .order()
            .iter()
            .flat_map(|index| self.events[*index].iter().map(move |event| (*index, event)))
            .collect();
        let mut fold = Fold::new();
        for (place, (_, event)) in (0..).zip(&stored) {
            fold.apply(Origin(place), event);
        }
        let projected = fold.finish();
        let headers: Vec<&Header> = self.headers.iter().collect();
        let findings = refused(&projected.refusals, &history, &headers, &stored, |_| {
            crate::diagnostic::Place::file("x")
        });
        let forks = open_forks(&history, &headers, &stored);
        (history, projected.model, forks, findings)
    }
}

/// The events from one model to another, in transactions.
fn steps(current: &Model, target: &Model) -> Vec<Vec<EmcEvent>> {
    let plan = Plan::between(current, target).expect("a drawn model can be recorded");
    plan.changes
        .into_iter()
        .map(|change| change.events)
        .filter(|events| !events.is_empty())
        .collect()
}

/// A base and two or three branches of one transaction for each change.
fn forked(base: &[u8], sides: &[Vec<(usize, u8)>]) -> Log {
    let drawn = |bytes: &[u8]| Model {
        project: Some(text("p")),
        ..testing::model(&mut Draw::new(bytes))
    };
    let mut log = Log::default();
    let mut tip: Vec<usize> = Vec::new();
    for events in steps(&Model::default(), &drawn(base)) {
        tip = vec![log.push(0, &tip, events)];
    }
    let (_, model, _, _) = log.model();
    let start = Model::of(&model);
    for (replica, edits) in sides.iter().enumerate() {
        let mut bytes = base.to_vec();
        for (place, value) in edits {
            if let Some(byte) = bytes.get_mut(*place) {
                *byte = *value;
            }
        }
        let mut tip = tip.clone();
        for events in steps(&start, &drawn(&bytes)) {
            tip = vec![log.push(replica + 1, &tip, events)];
        }
    }
    log
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_events_make_what_was_decided(
        base in proptest::collection::vec(any::<u8>(), 0..300),
        sides in proptest::collection::vec(proptest::collection::vec((0usize..300, any::<u8>()), 4..30), 2..4),
        choices in proptest::collection::vec(0usize..4, 1..5),
    ) {
        let mut log = forked(&base, &sides);
        let (history, model, forks, findings) = log.model();
        // A merge is never damage.
        for finding in &findings {
            prop_assert_eq!(finding.code.name, "overtaken-event", "{:?}", finding);
        }
        let answers = forks
            .iter()
            .zip(choices.iter().cycle())
            .map(|(fork, choice)| {
                let branches = &fork.fork.branches;
                Answer {
                    stream: Some(fork.fork.stream.to_string()),
                    element: None,
                    field: None,
                    branch: branches[choice % branches.len()].head,
                }
            })
            .collect();
        let resolved = match (Resolution { answers }).apply(&model, &forks) {
            Ok(resolved) => resolved,
            Err(refused) => return Err(TestCaseError::fail(format!("{refused:?}"))),
        };
        prop_assert_eq!(resolved.streams.len(), forks.len());
        let tips: Vec<usize> = history.tips().iter().filter_map(|id| history.position(*id)).collect();
        let mut events = resolved.plan.events();
        // The store names the streams that it decides; here the record does.
        let number = log.push(9, &tips, std::mem::take(&mut events));
        for stream in resolved.streams {
            let bases = &mut log.headers[number].stream_bases;
            if let Err(place) = bases.binary_search_by(|(name, _)| (**name).cmp(&stream)) {
                bases.insert(place, (stream.into(), 0));
            }
        }
        let (_, reached, open, _) = log.model();
        prop_assert_eq!(open, vec![]);
        let reached = Model::of(&reached);
        let rest = Plan::between(&reached, &resolved.target);
        prop_assert!(rest.as_ref().is_ok_and(Plan::is_empty), "{:#?}", rest);
        let twins: Vec<_> = slugs(&reached).into_iter().filter(|(_, count)| *count > 1).collect();
        prop_assert!(twins.is_empty(), "{:?}", twins);
    }
}

#[test]
fn an_answer_fits_an_element_and_what_belongs_to_it() {
    let conflict = |element: &str| Conflict {
        element: element.to_owned(),
        field: "name".to_owned(),
        base: serde_json::Value::Null,
        sides: Vec::new(),
    };
    let fits = |wanted: &str, element: &str| {
        let answer = Answer {
            stream: None,
            element: Some(wanted.to_owned()),
            field: None,
            branch: "01a20792-785e-715a-9767-ae26696cdc17"
                .parse()
                .expect("an id"),
        };
        answer.fits("slice::s", &conflict(element))
    };
    assert!(fits("slice s", "slice s"));
    assert!(fits("slice s", "slice s, command Capture"));
    assert!(fits("command Capture", "slice s, command Capture"));
    assert!(fits("slice s, command Capture", "slice s, command Capture"));
    assert!(!fits("command Cap", "slice s, command Capture"));
    assert!(!fits("slice", "slice s, command Capture"));
    assert!(!fits("slice t", "slice s"));
}

#[test]
fn an_answer_that_names_no_branch_is_told_with_the_branches() {
    let named = |name: &str| vec![EmcEvent::ProjectInitialized { name: text(name) }];
    let mut log = Log::default();
    let base = log.push(0, &[], named("Desk"));
    let begun = log.push(1, &[base], named("Begun"));
    let branches = [
        log.push(1, &[begun], named("Left")),
        log.push(2, &[base], named("Right")),
    ];
    let (_, model, forks, _) = log.model();
    let [fork] = forks.as_slice() else {
        panic!("one fork: {forks:?}");
    };
    let stream = fork.fork.stream.to_string();
    let asked = |stream: Option<&str>, transaction: usize| {
        let answer = Answer {
            stream: stream.map(str::to_owned),
            element: None,
            field: None,
            branch: log.headers[transaction].id,
        };
        let answers = vec![answer];
        Resolution { answers }.apply(&model, &forks)
    };
    for stream in [None, Some(stream.as_str())] {
        let named = [
            (branches[0], "Left"),
            (begun, "Left"),
            (branches[1], "Right"),
        ];
        for (branch, name) in named {
            let Ok(resolved) = asked(stream, branch) else {
                panic!("{name} is a branch");
            };
            assert_eq!(resolved.target.project, Some(text(name)));
        }
        let Err(refused) = asked(stream, base) else {
            panic!("the base is no branch");
        };
        let [finding] = refused.0.as_slice() else {
            panic!("one finding: {refused}");
        };
        assert!(
            finding.message.ends_with("is no branch of an open fork"),
            "{finding:?}"
        );
        for branch in branches {
            let id = log.headers[branch].id.to_string();
            assert!(
                finding.notes.iter().any(|note| note.ends_with(&id)),
                "{finding:?}"
            );
        }
    }
    let Err(refused) = asked(Some("slice::none"), branches[0]) else {
        panic!("there is no such stream");
    };
    assert!(refused.to_string().contains("slice::none"), "{refused}");
}
