//! All rules over 1,000 slices with nine facts each: at most 30 ms.

use emc::{
    authoring::plan::Plan,
    document::{Document, Model},
    facts,
    model::{self, Origin, ProjectedModel},
    rules::{self},
};

fn main() {
    divan::main();
}

/// A state change, and a state view that shows what it records; `@` is a number.
const PAIR: &str = r#"
[[workflows.slices]]
slice = "fill-@"
name = "Fill @"
kind = "state_change"
description = "d"
outcomes = [{ label = "filled", events = ["Filled@"] }]

[[workflows.slices.commands]]
name = "Fill@"
emitted_events = ["Filled@"]
inputs = [
  { name = "box", source_kind = "actor", source_description = "d" },
  { name = "code", source_kind = "generated", source_description = "d", source_name = "g", source_field = "code" },
]

[[workflows.slices.events]]
name = "Filled@"
stream = "box-@"
attributes = [
  { name = "box", source_kind = "command_input", source_name = "box", source_field = "box", provenance = "p" },
  { name = "code", source_kind = "command_input", source_name = "code", source_field = "code", provenance = "p" },
]

[[workflows.slices.data_flows]]
datum = "box"
source = "actor"
source_kind = "original"
transformation = "identity"
target = "Fill@"
bit_encoding = "u8"

[[workflows.slices.data_flows]]
datum = "box"
source = "Fill@"
source_kind = "modeled_target"
transformation = "identity"
target = "Filled@"
bit_encoding = "u8"

[[workflows.slices.board_elements]]
name = "Fill@"
kind = "command"
lane = "actions"
declared_name = "Fill@"
main_path = true

[[workflows.slices.scenarios]]
kind = "contract"
name = "A box is filled"
given = "g"
when = "w"
then = "t"
contract_kind = "command"
covered_definition = "Fill@"
written_streams = ["box-@"]

[[workflows.slices]]
slice = "boxes-@"
name = "Boxes @"
kind = "state_view"
description = "d"

[[workflows.slices.events]]
name = "Filled@"
stream = "box-@"
observed = true
attributes = [
  { name = "box", source_kind = "command_input", source_name = "box", source_field = "box", provenance = "p" },
]

[[workflows.slices.read_models]]
name = "Boxes@"
fields = [
  { name = "box", source_kind = "event_attribute", source_event = "Filled@", source_attribute = "box", provenance = "p" },
  { name = "count", source_kind = "derivation", derivation_rule = "count", derivation_scenario = "Two", derivation_source_fields = ["box"], provenance = "p" },
]

[[workflows.slices.views]]
name = "List@"

[[workflows.slices.views.fields]]
name = "box"
source_kind = "read_model"
source_read_model = "Boxes@"
source_field = "box"
sketch_token = "[box]"
provenance = "p"
bit_encoding = "u8"

[[workflows.slices.views.fields.controls]]
name = "Fill@"
command = "Fill@"
recovery_behavior = "retry"
sketch_token = "(fill)"
input = { name = "box", source_kind = "actor", source_description = "d", sketch_token = "[box]", visible_to_actor = true }
navigation = { type = "modeled_view", target = "List@" }

[[workflows.slices.data_flows]]
datum = "box"
source = "Filled@"
source_kind = "modeled_target"
transformation = "projection"
target = "Boxes@"
bit_encoding = "u8"

[[workflows.slices.board_elements]]
name = "Boxes@"
kind = "read_model"
lane = "actions"
declared_name = "Boxes@"
main_path = true

[[workflows.slices.board_elements]]
name = "List@"
kind = "view"
lane = "ux"
declared_name = "List@"
main_path = true

[[workflows.slices.board_connections]]
source = "Boxes@"
source_kind = "read_model"
target = "List@"
target_kind = "view"

[[workflows.slices.scenarios]]
kind = "acceptance"
name = "A box is seen"
given = "g"
when = "w"
then = "t"
"#;

/// 1,000 slices in workflows of equal size; each leads from its first slice to
/// its last.
fn model(workflows: usize) -> model::Model {
    let pairs = 500 / workflows;
    let mut text = String::from("project = \"Lockers\"\n");
    for workflow in 0..workflows {
        text.push_str(&format!(
            "[[workflows]]\nworkflow = \"w-{workflow}\"\nname = \"W\"\ndescription = \"d\"\n"
        ));
        for at in workflow * pairs..(workflow + 1) * pairs {
            text.push_str(&format!(
                "[[workflows.transitions]]\nfrom = \"fill-{at}\"\nto = \"boxes-{at}\"\nvia = \"event\"\nname = \"Filled{at}\"\n"
            ));
            if at + 1 < (workflow + 1) * pairs {
                text.push_str(&format!(
                    "[[workflows.transitions]]\nfrom = \"boxes-{at}\"\nto = \"fill-{}\"\nvia = \"command\"\nname = \"Fill{at}\"\n",
                    at + 1
                ));
            }
        }
        for at in workflow * pairs..(workflow + 1) * pairs {
            text.push_str(&PAIR.replace('@', &at.to_string()));
        }
    }
    let document = Document::from_toml("bench.toml", &text).expect("a document");
    let Document::Model(wanted) = document else {
        panic!("a whole model");
    };
    let events = Plan::between(&Model::default(), &wanted)
        .expect("a plan")
        .events();
    let projected = ProjectedModel::from_events(events.iter().map(|event| (Origin(0), event)));
    assert!(projected.refusals.is_empty());
    projected.model
}

fn findings(project: &facts::Project<'_>) -> usize {
    let mut found = rules::project(project).len();
    for workflow in &project.workflows {
        found += rules::workflow(workflow).len();
        for step in &workflow.steps {
            found += rules::slice(&step.slice).len();
        }
    }
    found
}

#[divan::bench(args = [100, 1])]
fn all_rules(bencher: divan::Bencher<'_, '_>, workflows: usize) {
    let model = model(workflows);
    let project = facts::Project::of(&model, "Lockers");
    bencher.bench_local(|| findings(&project));
}

#[divan::bench(args = [100, 1])]
fn facts(bencher: divan::Bencher<'_, '_>, workflows: usize) {
    let model = model(workflows);
    bencher.bench_local(|| facts::Project::of(&model, "Lockers").workflows.len());
}
