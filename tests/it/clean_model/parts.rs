//! What people see of parts.

use emc::event::vocabulary::{
    ContractKind as Binds, InputSourceKind, NavigationType, Recovery, SliceKind,
};

use super::{LEVEL, TEXT, TIME, YES};
use crate::facts::{Facts, Field, From, Owner};

/// A state view of parts and the parts of parts.
pub fn parts_list(facts: &mut Facts) {
    facts.slice(
        "parts-list",
        SliceKind::StateView,
        "Shows which parts there are.",
    );
    facts.event(
        "PartReceived",
        "part",
        Owner::Elsewhere,
        &[
            ("part", From::Elsewhere, TEXT),
            ("within", From::Elsewhere, TEXT),
        ],
    );
    let fields = [
        ("part", Field::Of("PartReceived"), TEXT),
        ("within", Field::Of("PartReceived"), TEXT),
        (
            "missing",
            Field::Absent("PartReceived", "Nothing has come"),
            YES,
        ),
    ];
    facts.read_model("PartTree", &fields);
    let relations = facts.words(&["within"]);
    let (rule, example) = (
        facts.word("All that is within it"),
        facts.word("A screw in a lid in a case"),
    );
    facts.read_models("parts-list", "PartTree", |model| {
        model.transitive = true;
        model.relationship_fields.clone_from(&relations);
        model.transitive_rule = Some(rule.clone());
        model.example_scenario = Some(example.clone());
    });
    let inputs = [
        ("part", InputSourceKind::Actor),
        ("amount", InputSourceKind::Actor),
        ("desk", InputSourceKind::InvocationArgument),
    ];
    let mut controls = inputs
        .map(|input| facts.control("OrderPart", input, &["AlreadyOrdered"], "PartsList"))
        .to_vec();
    for control in &mut controls {
        control.recovery_behavior = Recovery::Navigation;
    }
    let mut ask = facts.control("AskSupplier", ("part", InputSourceKind::Actor), &[], "mail");
    ask.navigation.kind = NavigationType::ExternalSystem;
    ask.navigation.external_system = Some(facts.word("mail"));
    ask.navigation.handoff_contract = Some(facts.word("a mail"));
    controls.push(ask);
    facts.view(
        "PartsList",
        "PartTree",
        &fields.map(|(name, _, encoding)| (name, encoding)),
        controls,
    );
    facts.accept(
        "The desk sees the parts",
        "a received case",
        "the list is opened",
        "the case is listed",
    );
    let story = ["a screw in a lid", "the lid is in a case", "all are listed"];
    for (name, covers) in [
        ("Parts are listed", (Binds::Projector, "PartTree")),
        ("Nothing has come", (Binds::Absence, "missing")),
        (
            "A screw in a lid in a case",
            (Binds::Transitive, "PartTree"),
        ),
    ] {
        facts.contract(name, covers, story, &["part"], &[], &[]);
    }
}

/// A state view of what is on its way, with a message from outside.
pub fn open_orders(facts: &mut Facts) {
    facts.slice(
        "open-orders",
        SliceKind::StateView,
        "Shows what has been ordered.",
    );
    facts.event(
        "PartOrdered",
        "order",
        Owner::Elsewhere,
        &[
            ("part", From::Elsewhere, TEXT),
            ("amount", From::Elsewhere, LEVEL),
            ("desk", From::Elsewhere, TEXT),
        ],
    );
    facts.event(
        "PartDelivered",
        "supplier",
        Owner::Elsewhere,
        &[("delivered_at", From::Payload("DeliveryNote"), TIME)],
    );
    let fields = [
        ("part", Field::Of("PartOrdered"), TEXT),
        ("amount", Field::Of("PartOrdered"), LEVEL),
        ("desk", Field::Of("PartOrdered"), TEXT),
        ("delivered_at", Field::Of("PartDelivered"), TIME),
    ];
    facts.read_model("Orders", &fields);
    facts.view(
        "OpenOrders",
        "Orders",
        &fields.map(|(name, _, encoding)| (name, encoding)),
        Vec::new(),
    );
    facts.accept(
        "The desk sees the orders",
        "an order",
        "the orders are opened",
        "the order is listed",
    );
    facts.contract(
        "Orders are listed",
        (Binds::Projector, "Orders"),
        ["nothing", "PartOrdered", "the order is listed"],
        &["order", "supplier"],
        &[],
        &[],
    );
}

/// The state view in which the journey ends.
pub fn part_shelf(facts: &mut Facts) {
    facts.slice(
        "part-shelf",
        SliceKind::StateView,
        "Shows the parts that have come.",
    );
    facts.event(
        "PartReceived",
        "part",
        Owner::Elsewhere,
        &[
            ("part", From::Elsewhere, TEXT),
            ("delivered_at", From::Elsewhere, TIME),
            ("supplier", From::Elsewhere, TEXT),
        ],
    );
    let fields = [
        ("part", Field::Of("PartReceived"), TEXT),
        ("delivered_at", Field::Of("PartReceived"), TIME),
        ("supplier", Field::Of("PartReceived"), TEXT),
    ];
    facts.read_model("Parts", &fields);
    facts.view(
        "PartShelf",
        "Parts",
        &fields.map(|(name, _, encoding)| (name, encoding)),
        Vec::new(),
    );
    facts.accept(
        "The desk sees what has come",
        "a delivery",
        "the shelf is opened",
        "the part is listed",
    );
    facts.contract(
        "Received parts are listed",
        (Binds::Projector, "Parts"),
        ["nothing", "PartReceived", "the part is listed"],
        &["part"],
        &[],
        &[],
    );
}
