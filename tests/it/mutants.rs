//! Seeded mistakes: the clean model with one mistake each. The real Lean and the
//! real Quint tell each by the code of its rule, and nothing that is unrelated.
//!
//! Both tools look at each mutant. What else a mistake breaks is declared beside
//! it, with the reason; a code that is not declared fails the test, and so does a
//! declared one that nobody tells. The table of it all is `docs/seeded-mistakes.md`.

mod board;
mod commands;
mod events;
mod flow;
mod journeys;
mod lean;
mod more;
mod names;
mod played;
mod project;
mod quint;
mod reactions;
mod read_models;
mod scenarios;
mod table;
mod vacuous;
mod views;
mod workflow;

use std::{collections::BTreeMap, thread};

use emc::{
    event::{EmcEvent, Text},
    model::Model,
};
use snapbox::{assert_data_eq, file};

use crate::{clean_model, facts::Facts, interop};

/// A mistake that a person could make.
pub struct Mutant {
    /// The code of the rule that it breaks.
    pub code: &'static str,
    /// The mistake, in words.
    pub what: &'static str,
    pub change: fn(&mut Facts),
    pub also: &'static Also,
}

/// The codes of other rules that cannot hold then, and why.
pub type Also = [(&'static str, &'static str)];

/// What was told of a model: places and stories by code.
pub type Told = BTreeMap<String, Vec<String>>;

/// A model with a mistake, and the name of its modules.
pub struct Seeded {
    pub root: String,
    pub mutant: &'static Mutant,
    pub model: Model,
}

fn mutants() -> Vec<&'static Mutant> {
    [
        names::MUTANTS,
        events::MUTANTS,
        commands::MUTANTS,
        read_models::MUTANTS,
        views::MUTANTS,
        scenarios::MUTANTS,
        reactions::MUTANTS,
        flow::MUTANTS,
        board::MUTANTS,
        workflow::MUTANTS,
        journeys::MUTANTS,
        project::MUTANTS,
        played::MUTANTS,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The model that these events make. They are read from what is written of them,
/// so that a mistake is one that a store can hold.
fn folded(events: &[EmcEvent]) -> Model {
    let events: Vec<EmcEvent> = events
        .iter()
        .map(|event| EmcEvent::decode(&event.encode()).expect("an event of the wire"))
        .collect();
    let projected = interop::folded(&events);
    assert_eq!(projected.refusals, []);
    projected.model
}

fn seeded() -> Vec<Seeded> {
    let clean = folded(&clean_model::events());
    let seed = |(number, mutant): (usize, &'static Mutant)| {
        let mut facts = clean_model::facts(str::to_owned);
        (mutant.change)(&mut facts);
        let model = folded(&facts.events);
        assert!(
            model != clean,
            "{}: {} changes nothing",
            mutant.code,
            mutant.what
        );
        let root = format!("M{number:03}");
        Seeded {
            root,
            mutant,
            model,
        }
    };
    mutants().into_iter().enumerate().map(seed).collect()
}

/// A text of a model.
pub fn text(text: &str) -> Text {
    Text::new(text).expect("not empty")
}

#[test]
fn each_seeded_mistake_is_told_by_the_code_of_its_rule() {
    let clean = folded(&clean_model::events());
    let seeded = seeded();
    let (lean, edits, quint) = thread::scope(|scope| {
        let lean = scope.spawn(|| lean::told(&clean, &seeded, vacuous::EDITS));
        let quint = quint::told(&clean, &seeded);
        let (lean, edits) = lean.join().expect("Lean was asked");
        (lean, edits, quint)
    });
    let mut problems = Vec::new();
    let mut row = |code, what, also: &Also, told: &Told| {
        problems.extend(table::problems(code, what, also, told));
        table::Row::new(code, what, also, told)
    };
    let mut rows = Vec::new();
    for (seed, (mut told, quint)) in seeded.iter().zip(lean.into_iter().zip(quint)) {
        told.extend(quint);
        let mutant = seed.mutant;
        rows.push(row(mutant.code, mutant.what, mutant.also, &told));
    }
    let edited = vacuous::EDITS.iter().zip(edits);
    let edits: Vec<_> = edited
        .map(|(edit, told)| row(edit.code, edit.what, edit.also, &told))
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert_data_eq!(
        table::table(&rows, &edits),
        file!["../../docs/seeded-mistakes.md"].raw()
    );
}

/// Two mistakes for each rule, but for those that nothing can break.
#[test]
fn each_rule_has_two_seeded_mistakes() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for mutant in mutants() {
        *counts.entry(mutant.code).or_default() += 1;
    }
    let catalogue = table::catalogue();
    for (code, name) in &catalogue {
        let count = counts.remove(code.as_str()).unwrap_or_default();
        if vacuous::EDITS.iter().any(|edit| edit.code == *code) {
            assert_eq!(count, 0, "{code} {name}");
        } else {
            assert!(count >= 2, "{code} {name} has {count} mutants");
        }
    }
    assert_eq!(counts, BTreeMap::new(), "codes of no rule");
}
