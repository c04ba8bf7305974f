//! Models in which a rule has to look as far as the model goes.

use emc::{
    event::{
        EmcEvent,
        vocabulary::{ConnectionKind as By, SliceKind},
    },
    facts,
    model::Model,
    rules::{self},
};

use super::models::folded;
use crate::facts::{Facts, Field, From, Owner};

const TEXT: &str = "UTF-8";

/// Each model, by what it is.
pub fn cases() -> Vec<(&'static str, Vec<EmcEvent>)> {
    vec![
        ("a derivation that ends nowhere", derivation()),
        ("automations in a row", automations()),
        ("a way back through a step that is none", ways()),
        ("a long way back", provenance(70)),
    ]
}

fn begun(kind: SliceKind) -> Facts {
    let mut facts = Facts::new("limits", "flow", str::to_owned);
    facts.slice("here", kind, "Goes far.");
    facts
}

/// One chain of fields ends at a name that nothing has, one in itself.
fn derivation() -> Vec<EmcEvent> {
    let mut facts = begun(SliceKind::StateView);
    let field = |of: &'static [&'static str]| Field::Derived(of, "Shown");
    facts.read_model(
        "Open",
        &[("a", field(&["b"]), TEXT), ("b", field(&["nothing"]), TEXT)],
    );
    facts.read_model(
        "Closed",
        &[
            ("a", field(&["b", "nothing"]), TEXT),
            ("b", field(&["c"]), TEXT),
            ("c", field(&["b"]), TEXT),
        ],
    );
    facts.events
}

/// More automations in a circle than there are steps, and one that leads there.
fn automations() -> Vec<EmcEvent> {
    let mut facts = begun(SliceKind::Automation);
    for (trigger, event) in [
        ("Left", "Right"),
        ("Right", "Up"),
        ("Up", "Left"),
        ("On", "Left"),
    ] {
        let command = format!("After{trigger}");
        facts.automation(&format!("When{trigger}"), trigger, &command, &[]);
        // Twice the same event is one event.
        facts.command(
            &command,
            &[event, event],
            &[],
            &[],
            &[("by", From::Actor, TEXT)],
        );
    }
    facts.events
}

/// A step whose only way to an end is through a step that is none.
fn ways() -> Vec<EmcEvent> {
    let mut facts = begun(SliceKind::StateChange);
    facts.slice("end", SliceKind::StateView, "Ends here.");
    facts.go("here", "ghost", By::Event, "Gone", None);
    facts.go("ghost", "end", By::Event, "Come", None);
    facts.events
}

/// A value that is copied so often, and one that is copied from itself.
fn provenance(steps: usize) -> Vec<EmcEvent> {
    let mut facts = begun(SliceKind::StateChange);
    let copy = |facts: &mut Facts, name: &str, from: From<'_>| {
        let command = format!("Make{name}");
        facts.command(&command, &[name], &[], &[], &[("value", from, TEXT)]);
        let value = ("value", From::Input("value"), TEXT);
        facts.event(name, "copies", Owner::Here, &[value]);
    };
    copy(&mut facts, "Itself", From::State("Itself"));
    copy(&mut facts, "Copy0", From::Actor);
    for step in 1..=steps {
        if step % 10 == 0 {
            let slug = format!("from-{step}");
            facts.slice(&slug, SliceKind::StateChange, "Goes on.");
        }
        let before = format!("Copy{}", step - 1);
        copy(&mut facts, &format!("Copy{step}"), From::State(&before));
    }
    facts.events
}

/// Where the model breaks the rule with this number.
fn broken(model: &Model, number: u16) -> Vec<String> {
    let project = facts::Project::of(model, "limits");
    let mut findings = rules::project(&project);
    for workflow in &project.workflows {
        findings.extend(rules::workflow(workflow));
        for step in &workflow.steps {
            findings.extend(rules::slice(&step.slice));
        }
    }
    findings
        .into_iter()
        .filter(|finding| finding.rule.code.number == number)
        .map(|finding| finding.path.to_string())
        .collect()
}

#[test]
fn a_rule_looks_as_far_as_the_model_goes() {
    let model = folded(&derivation());
    assert_eq!(
        broken(&model, 406),
        ["a", "b", "c"].map(|field| format!("slice here, read model Closed, field {field}"))
    );
    assert_eq!(
        broken(&model, 402),
        [
            "slice here, read model Open, field b",
            "slice here, read model Closed, field a"
        ]
    );
    assert_eq!(
        broken(&folded(&automations()), 921),
        ["Left", "Right", "Up"]
            .map(|event| format!("workflow flow, automation When{event}, event {event}"))
    );
    assert_eq!(broken(&folded(&ways()), 920), ["workflow flow, step here"]);
    // Both sides follow a value for 64 steps: more fuel is more stack than the
    // WebAssembly of Lean has.
    let too_long =
        (64..=70).map(|step| (format!("from-{}", step / 10 * 10), format!("Copy{step}")));
    let wrong: Vec<String> = [("here".to_owned(), "Itself".to_owned())]
        .into_iter()
        .chain(too_long)
        .map(|(slice, event)| {
            format!("project limits, slice {slice}, event {event}, attribute value")
        })
        .collect();
    assert_eq!(broken(&folded(&provenance(70)), 703), wrong);
}
