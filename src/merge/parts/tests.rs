//! The outcome of every kind of collision.

use serde_json::Value;

use crate::{
    document::{
        Command, CommandInput, Event, EventAttribute, Model, Outcome, Scenario, Slice, Transition,
        Workflow, testing::text,
    },
    event::vocabulary::{
        AttributeSourceKind, ConnectionKind, ContractKind, InputSourceKind, ScenarioKind, SliceKind,
    },
    merge::{Merged, models},
};

fn merge(base: &Model, sides: &[Model]) -> Merged<Model> {
    models(base, sides, &mut |_| None)
}

fn taking(base: &Model, sides: &[Model], branch: usize) -> Model {
    let merged = models(base, sides, &mut |_| Some(branch));
    assert_eq!(merged.conflicts, []);
    merged.target
}

fn command(name: &str, inputs: &[(&str, &str)]) -> Command {
    Command {
        name: text(name),
        singleton_repeat_behavior: None,
        emitted_events: vec![text("Captured")],
        observed_streams: Vec::new(),
        errors: Vec::new(),
        inputs: inputs
            .iter()
            .map(|(name, description)| CommandInput {
                name: text(name),
                source_kind: InputSourceKind::Actor,
                source_description: text(description),
                source_name: None,
                source_field: None,
                recorded_with: None,
                provenance_chain: Vec::new(),
            })
            .collect(),
    }
}

fn slice(slug: &str) -> Slice {
    Slice {
        commands: vec![command(
            "Capture",
            &[("title", "typed"), ("photo", "taken")],
        )],
        ..Slice::empty(text(slug), text("S"), SliceKind::StateChange, text("d"))
    }
}

/// One workflow with one slice.
fn desk() -> Model {
    Model {
        project: Some(text("Desk")),
        workflows: vec![Workflow {
            slices: vec![slice("s")],
            ..Workflow::empty(text("w"), text("W"), text("d"))
        }],
    }
}

/// The desk after an edit of its slice.
fn with(edit: impl FnOnce(&mut Slice)) -> Model {
    let mut model = desk();
    edit(&mut model.workflows[0].slices[0]);
    model
}

/// The only conflict of a merge, with its element, field and sides.
fn conflict(base: &Model, sides: &[Model]) -> (String, String, Vec<Value>) {
    let mut found = merge(base, sides).conflicts;
    assert_eq!(found.len(), 1, "{found:#?}");
    let conflict = found.remove(0);
    (conflict.element, conflict.field, conflict.sides)
}

#[test]
fn edits_of_different_fields_and_elements_are_joined() {
    let one = with(|slice| slice.name = text("Other"));
    let other = with(|slice| {
        slice.description = text("more");
        slice.commands[0].inputs[1].source_description = text("scanned");
    });
    let third = with(|slice| slice.commands.push(command("Close", &[("id", "shown")])));
    let merged = merge(&desk(), &[one, other, third]);
    assert_eq!(merged.conflicts, []);
    let slice = &merged.target.workflows[0].slices[0];
    assert_eq!(
        (slice.name.as_str(), slice.description.as_str()),
        ("Other", "more")
    );
    assert_eq!(
        slice.commands[0].inputs[1].source_description,
        text("scanned")
    );
    assert_eq!(slice.commands.len(), 2);
}

#[test]
fn members_of_one_element_are_joined_in_order() {
    let one = with(|slice| {
        slice.commands[0]
            .inputs
            .insert(1, command("c", &[("a", "x")]).inputs.remove(0));
    });
    let other = with(|slice| {
        slice.commands[0].inputs.remove(0);
        slice.commands[0]
            .inputs
            .extend(command("c", &[("z", "x")]).inputs);
        slice.commands[0].emitted_events.push(text("Opened"));
    });
    let merged = merge(&desk(), &[one, other]);
    assert_eq!(merged.conflicts, []);
    let command = &merged.target.workflows[0].slices[0].commands[0];
    let names: Vec<&str> = command
        .inputs
        .iter()
        .map(|input| input.name.as_str())
        .collect();
    assert_eq!(names, ["a", "photo", "z"]);
    assert_eq!(command.emitted_events.len(), 2);
}

#[test]
fn what_both_added_alike_is_there_once() {
    let edit = |slice: &mut Slice| {
        slice.commands.push(command("Close", &[("id", "shown")]));
        slice.commands[0].emitted_events.push(text("Opened"));
    };
    let merged = merge(&desk(), &[with(edit), with(edit)]);
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.target, with(edit));
}

#[test]
fn one_field_set_differently_is_a_conflict() {
    let sides = [
        with(|slice| slice.kind = SliceKind::StateView),
        with(|slice| slice.kind = SliceKind::Automation),
    ];
    let (element, field, values) = conflict(&desk(), &sides);
    assert_eq!((element.as_str(), field.as_str()), ("slice s", "kind"));
    assert_eq!(values, ["state_view", "automation"]);
    assert_eq!(taking(&desk(), &sides, 1), sides[1]);
}

#[test]
fn removed_here_and_updated_there_asks() {
    let removed = with(|slice| slice.commands.clear());
    let updated = with(|slice| slice.commands[0].inputs[0].source_description = text("said"));
    let sides = [removed, updated];
    let (element, field, values) = conflict(&desk(), &sides);
    assert_eq!(
        (element.as_str(), field.as_str()),
        ("slice s, command Capture", "")
    );
    assert!(values[0].is_null() && values[1].is_object());
    assert_eq!(taking(&desk(), &sides, 0), sides[0]);
    assert_eq!(taking(&desk(), &sides, 1), sides[1]);
    // Untouched on the other side, it goes without a question.
    assert_eq!(merge(&desk(), &[sides[0].clone(), desk()]).target, sides[0]);
}

#[test]
fn a_member_removed_here_and_updated_there_asks() {
    let sides = [
        with(|slice| drop(slice.commands[0].inputs.remove(0))),
        with(|slice| slice.commands[0].inputs[0].source_description = text("said")),
    ];
    let (element, field, _) = conflict(&desk(), &sides);
    assert_eq!(element, "slice s, command Capture");
    assert_eq!(field, "inputs title");
}

#[test]
fn the_last_members_removed_on_different_sides_ask() {
    let sides = [
        with(|slice| drop(slice.commands[0].inputs.remove(0))),
        with(|slice| drop(slice.commands[0].inputs.remove(1))),
    ];
    let (element, field, _) = conflict(&desk(), &sides);
    assert_eq!(
        (element.as_str(), field.as_str()),
        ("slice s, command Capture", "")
    );
    assert_eq!(taking(&desk(), &sides, 0), sides[0]);
}

#[test]
fn an_edit_follows_a_rename() {
    let renamed = with(|slice| slice.commands[0].name = text("Take"));
    let edited = with(|slice| slice.commands[0].inputs[0].source_description = text("said"));
    let merged = merge(&desk(), &[renamed, edited]);
    assert_eq!(merged.conflicts, []);
    let command = &merged.target.workflows[0].slices[0].commands[0];
    assert_eq!(command.name, text("Take"));
    assert_eq!(command.inputs[0].source_description, text("said"));
}

#[test]
fn two_renames_are_a_conflict_of_the_name() {
    let sides = [
        with(|slice| slice.commands[0].name = text("Take")),
        with(|slice| slice.commands[0].name = text("Grab")),
    ];
    let (element, field, values) = conflict(&desk(), &sides);
    assert_eq!(
        (element.as_str(), field.as_str()),
        ("slice s, command Capture", "name")
    );
    assert_eq!(values, ["Take", "Grab"]);
    assert_eq!(taking(&desk(), &sides, 1), sides[1]);
}

#[test]
fn a_rename_to_a_name_that_somebody_took_is_no_rename() {
    let sides = [
        with(|slice| slice.commands[0].name = text("Take")),
        with(|slice| slice.commands.push(command("Take", &[("x", "y")]))),
    ];
    let Merged { target, conflicts } = merge(&desk(), &sides);
    assert_eq!(conflicts, [], "their members are joined");
    let names: Vec<String> = target.workflows[0].slices[0]
        .commands
        .iter()
        .map(|c| c.name.to_string())
        .collect();
    assert_eq!(names, ["Take"]);
    assert_eq!(target.workflows[0].slices[0].commands[0].inputs.len(), 3);
}

#[test]
fn both_rename_and_both_edit_the_renamed_one() {
    let rename = |description: &'static str| {
        with(move |slice| {
            slice.commands[0] = command("Take", &[("title", description), ("photo", "taken")]);
        })
    };
    // Renamed and edited is removed and added: the additions meet.
    let (element, field, _) = conflict(&desk(), &[rename("said"), rename("sung")]);
    assert_eq!(element, "slice s, command Take");
    assert_eq!(field, "inputs title, source_description");
}

#[test]
fn both_retype_the_source_of_an_input_to_different_kinds() {
    let source = |kind, name: &'static str| {
        with(move |slice| {
            let input = &mut slice.commands[0].inputs[0];
            input.source_kind = kind;
            input.source_name = Some(text(name));
            input.source_field = Some(text("field"));
        })
    };
    let sides = [
        source(InputSourceKind::Session, "session"),
        source(InputSourceKind::Generated, "generator"),
    ];
    let (element, field, values) = conflict(&desk(), &sides);
    assert_eq!(element, "slice s, command Capture");
    assert_eq!(field, "inputs title, source_kind and source_name");
    assert_eq!(values[1]["source_name"], "generator");
    assert_eq!(taking(&desk(), &sides, 1), sides[1]);
}

#[test]
fn both_add_one_name_with_different_content() {
    let event = |stream: &'static str, attribute: &'static str| {
        with(move |slice| {
            slice.events.push(Event {
                name: text("Captured"),
                stream: text(stream),
                observed: false,
                shared: false,
                attributes: vec![EventAttribute {
                    name: text(attribute),
                    source_kind: AttributeSourceKind::CommandInput,
                    source_name: text("Capture"),
                    source_field: text("title"),
                    provenance: text("p"),
                    generated_source_kind: None,
                    recorded_with: None,
                }],
            });
        })
    };
    let sides = [event("ticket", "id"), event("desk", "at")];
    let (element, field, values) = conflict(&desk(), &sides);
    assert_eq!(
        (element.as_str(), field.as_str()),
        ("slice s, event Captured", "stream")
    );
    assert_eq!(values, ["ticket", "desk"]);
    let taken = taking(&desk(), &sides, 0);
    let event = &taken.workflows[0].slices[0].events[0];
    assert_eq!(event.stream, text("ticket"));
    assert_eq!(event.attributes.len(), 2, "members are joined");
}

#[test]
fn both_create_one_slug_of_a_slice_in_two_workflows() {
    let mut base = desk();
    base.workflows
        .push(Workflow::empty(text("w2"), text("W"), text("d")));
    let new = |home: usize, name: &str| {
        let mut model = base.clone();
        let fresh = Slice {
            name: text(name),
            ..slice("fresh")
        };
        model.workflows[home].slices.push(fresh);
        model
    };
    let sides = [new(0, "A"), new(1, "B")];
    let found = merge(&base, &sides).conflicts;
    let fields: Vec<(&str, &str)> = found
        .iter()
        .map(|one| (&*one.element, &*one.field))
        .collect();
    assert_eq!(
        fields,
        [("slice fresh", "name"), ("slice fresh", "workflow")]
    );
    assert_eq!(taking(&base, &sides, 1), sides[1]);
}

#[test]
fn both_create_one_slug_of_a_workflow() {
    let new = |name: &str| {
        let mut model = desk();
        model.workflows.push(Workflow {
            slices: vec![slice(name)],
            ..Workflow::empty(text("w2"), text(name), text("d"))
        });
        model
    };
    let sides = [new("a"), new("b")];
    let (element, field, _) = conflict(&desk(), &sides);
    assert_eq!((element.as_str(), field.as_str()), ("workflow w2", "name"));
    let taken = taking(&desk(), &sides, 0);
    assert_eq!(
        taken.workflows[1].slices.len(),
        2,
        "slices of both are kept"
    );
}

#[test]
fn a_slice_updated_whose_workflow_is_gone() {
    let gone = Model {
        workflows: Vec::new(),
        ..desk()
    };
    let sides = [gone.clone(), with(|slice| slice.name = text("Other"))];
    let found = merge(&desk(), &sides);
    let elements: Vec<&str> = found.conflicts.iter().map(|one| &*one.element).collect();
    assert_eq!(elements, ["slice s", "workflow w"]);
    assert_eq!(
        found.target, sides[1],
        "nothing is lost while nobody decided"
    );
    assert_eq!(taking(&desk(), &sides, 0), gone);
    assert_eq!(taking(&desk(), &sides, 1), sides[1]);
}

#[test]
fn a_slice_added_to_a_workflow_that_is_gone() {
    let gone = Model {
        workflows: Vec::new(),
        ..desk()
    };
    let mut added = desk();
    added.workflows[0].slices.push(slice("fresh"));
    let sides = [gone.clone(), added];
    let (element, _, _) = conflict(&desk(), &sides);
    assert_eq!(element, "workflow w");
    assert_eq!(taking(&desk(), &sides, 0), gone);
    let kept = taking(&desk(), &sides, 1);
    assert_eq!(
        kept.workflows[0].slices.len(),
        1,
        "the other slice was removed, and nobody touched it"
    );
}

#[test]
fn a_slice_moved_here_and_edited_there() {
    let mut base = desk();
    base.workflows
        .push(Workflow::empty(text("w2"), text("W"), text("d")));
    let mut moved = base.clone();
    let slice = moved.workflows[0].slices.remove(0);
    moved.workflows[1].slices.push(slice);
    let mut edited = base.clone();
    edited.workflows[0].slices[0].name = text("Other");
    let merged = merge(&base, &[moved, edited]);
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.target.workflows[1].slices[0].name, text("Other"));
    assert!(merged.target.workflows[0].slices.is_empty());
}

#[test]
fn three_branches_ask_once_and_keep_what_agrees() {
    let name = |name: &'static str| with(move |slice| slice.name = text(name));
    let sides = [name("A"), name("B"), name("A")];
    let (_, field, values) = conflict(&desk(), &sides);
    assert_eq!(field, "name");
    assert_eq!(values, ["A", "B", "A"]);
    assert_eq!(taking(&desk(), &sides, 2), sides[0]);
}

#[test]
fn a_kind_that_changes_takes_its_fields_along() {
    let scenario = |kind, bound: bool, then: &str| Scenario {
        kind,
        name: text("n"),
        given: text("g"),
        when: text("w"),
        then: text(then),
        contract_kind: bound.then_some(ContractKind::Command),
        covered_definition: bound.then(|| text("Capture")),
        read_streams: Vec::new(),
        written_streams: Vec::new(),
        error_references: Vec::new(),
    };
    let model = |scenario: Scenario| with(move |slice| slice.scenarios.push(scenario));
    let base = model(scenario(ScenarioKind::Contract, true, "t"));
    let free = model(scenario(ScenarioKind::Acceptance, false, "t"));
    let mut other = scenario(ScenarioKind::Contract, true, "u");
    other.covered_definition = Some(text("Other"));
    let sides = [free, model(other)];
    let (_, field, _) = conflict(&base, &sides);
    assert_eq!(field, "kind and contract_kind and covered_definition");
    let taken = taking(&base, &sides, 0);
    let scenario = &taken.workflows[0].slices[0].scenarios[0];
    assert_eq!(scenario.contract_kind, None);
    assert_eq!(
        scenario.then,
        text("u"),
        "what does not conflict is kept from both"
    );
}

#[test]
fn two_new_ends_of_one_transition_are_a_conflict() {
    let to = |to: &str| {
        let mut model = desk();
        model.workflows[0].transitions.push(Transition {
            from: text("s"),
            to: Some(text(to)),
            to_workflow: None,
            via: ConnectionKind::Event,
            name: text("done"),
            payload_contract: None,
            reason: Some(text("because")),
            source_control: None,
            target_view: None,
        });
        model
    };
    let (element, field, _) = conflict(&to("s"), &[to("a"), to("b")]);
    assert_eq!(element, "workflow w, transition done from s to s via event");
    assert_eq!(field, "to");
}

#[test]
fn outcomes_of_one_label_meet() {
    let outcome = |events: &'static [&'static str]| {
        with(move |slice| {
            slice.outcomes.push(Outcome {
                label: text("done"),
                externally_relevant: false,
                events: events.iter().map(|event| text(event)).collect(),
            });
        })
    };
    let merged = merge(
        &outcome(&["A"]),
        &[outcome(&["A", "B"]), outcome(&["C", "A"])],
    );
    assert_eq!(merged.conflicts, []);
    assert_eq!(
        merged.target.workflows[0].slices[0].outcomes[0]
            .events
            .len(),
        3
    );
    // Without a common past nobody said that the two lists are one.
    let (_, field, _) = conflict(&desk(), &[outcome(&["A"]), outcome(&["B"])]);
    assert_eq!(field, "events");
}
