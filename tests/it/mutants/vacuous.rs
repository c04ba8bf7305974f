//! Rules that nothing on the wire can break. Modules that are edited by hand show
//! that Lean checks them all the same.

use super::Also;

/// A clean module, edited by hand.
pub struct Edit {
    pub code: &'static str,
    /// Why no model breaks the rule.
    pub why: &'static str,
    /// What is edited, in words.
    pub what: &'static str,
    /// The module.
    pub slice: &'static str,
    pub change: fn(&str) -> String,
    pub also: &'static Also,
}

/// Without the lines from the one that begins a list to the one that ends it.
fn without_list(text: &str, begin: &str, end: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in text.lines() {
        inside |= line == begin;
        if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
        inside &= line != end;
    }
    kept
}

pub const EDITS: &[Edit] = &[
    Edit {
        code: "EMC201",
        why: "the streams of a slice are those of its events",
        what: "the line of the streams is gone",
        slice: "Part_Shelf",
        change: |text| text.replace("  streams := [id!\"part\"]\n", ""),
        also: &[("EMC602", "the scenarios name the stream, too")],
    },
    Edit {
        code: "EMC401",
        why: "a read model is recorded by its fields",
        what: "the fields of the read model are gone",
        slice: "Open_Orders",
        change: |text| {
            let (model, rest) = text.split_once("  views := [").expect("views");
            let model = without_list(model, "      fields := [", "      ]");
            format!(
                "{}  views := [{rest}",
                model.replace("id!\"Orders\"\n", "id!\"Orders\"\n      fields := []\n")
            )
        },
        also: &[("EMC503", "the view still shows them")],
    },
    Edit {
        code: "EMC623",
        why: "a contract is recorded by its fields",
        what: "the fields of the contract are gone",
        slice: "Receive_Part",
        change: |text| {
            let (payload, rest) = text.split_once("  events := [").expect("events");
            let payload = without_list(payload, "      fields := [", "      ]");
            let payload = payload.replace(
                "id!\"DeliveryNote\"\n",
                "id!\"DeliveryNote\"\n      fields := []\n",
            );
            format!("{payload}  events := [{rest}")
        },
        also: &[],
    },
];

pub const HEAD: &str = "
## Rules that nothing on the wire can break

Here a generated module was edited by hand.

| Rule | Why no model breaks it | Edit | Told of | Also |
| --- | --- | --- | --- | --- |
";

pub const UNCHECKED: &str = "
For these there is no check, since a model that breaks them cannot be written down:

| Rule | Why |
| --- | --- |
| `EMC210` event-without-attributes | an event is recorded by its attributes |
| `EMC501` view-without-sketch | the sketch is made of the tokens of fields, controls and inputs |
| `EMC504` not-in-sketch | so is each of them in it |
| `EMC505` sketch-token-unmapped | and nothing else |
| `EMC506` control-does-nothing | a control always names a command and a destination |
| `EMC510` view-shows-nothing | a view is recorded by its fields |
| `EMC904` branch-without-reason | the wire has no branches: a transition always has a trigger |
| `EMC905` main-path-needs-async-step | the wire has no asynchronous steps |
";
