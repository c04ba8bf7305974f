//! Read models.

use emc::event::vocabulary::ContractKind as Binds;

use super::{
    Mutant,
    more::{TEXT, TIME},
    text,
};
use crate::facts::{Field, From, Owner, change::Is};

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC402",
        what: "A field is projected from an attribute that the event does not have",
        change: |f| {
            f.field("part-shelf", "Parts", "part", |field| {
                field.source_attribute = Some(text("piece"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC402",
        what: "A field stands for the absence of an event that the slice does not observe",
        change: |f| {
            f.field("parts-list", "PartTree", "missing", |field| {
                field.absence_event = Some(text("PartLost"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC403",
        what: "The scenario of a derivation is misspelled",
        change: |f| {
            f.field("ticket-desk", "OpenTickets", "urgent", |field| {
                field.derivation_scenario = Some(text("Priority 1 is red"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC403",
        what: "The scenario of an absence is gone",
        change: |f| f.forget("ticket-desk", Is::Scenario, "Nobody works on it"),
        also: &[],
    },
    Mutant {
        code: "EMC404",
        what: "A read model that follows a relationship names no field for it",
        change: |f| {
            f.read_models("parts-list", "PartTree", |model| {
                model.relationship_fields.clear();
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC404",
        what: "The example of a relationship is a scenario of something else",
        change: |f| {
            f.read_models("parts-list", "PartTree", |model| {
                model.example_scenario = Some(text("Parts are listed"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC405",
        what: "The scenario of a projection is gone",
        change: |f| f.forget("part-shelf", Is::Scenario, "Received parts are listed"),
        also: &[],
    },
    Mutant {
        code: "EMC405",
        what: "The scenario of a projection is about the event",
        change: |f| {
            f.forget("open-orders", Is::Scenario, "Orders are listed");
            f.at("open-orders");
            f.accept(
                "Orders are listed",
                "nothing",
                "PartOrdered",
                "the order is listed",
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC406",
        what: "Two fields are derived from each other",
        change: |f| {
            f.field("ticket-desk", "OpenTickets", "urgent", |field| {
                field.derivation_source_fields = vec![text("first")];
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC406",
        what: "A field is derived from itself",
        change: |f| {
            f.field("ticket-desk", "OpenTickets", "first", |field| {
                field.derivation_source_fields = vec![text("first")];
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC410",
        what: "A second read model that no view shows",
        change: |f| {
            f.at("part-shelf");
            f.read_model(
                "Suppliers",
                &[("supplier", Field::Of("PartReceived"), TEXT)],
            );
            f.contract(
                "Suppliers are listed",
                (Binds::Projector, "Suppliers"),
                ["nothing", "PartReceived", "the supplier is listed"],
                &["part"],
                &[],
                &[],
            );
        },
        also: &[("EMC411", "its field is not shown either")],
    },
    Mutant {
        code: "EMC410",
        what: "A view shows the fields of another read model than before",
        change: |f| {
            f.at("open-orders");
            f.read_model(
                "Lines",
                &[(
                    "line",
                    Field::Derived(&["PartOrdered.part"], "A line"),
                    TEXT,
                )],
            );
            f.contract(
                "A line",
                (Binds::Derivation, "line"),
                ["nothing", "PartOrdered", "the line is listed"],
                &["order"],
                &[],
                &[],
            );
            f.contract(
                "Lines are listed",
                (Binds::Projector, "Lines"),
                ["nothing", "PartOrdered", "the line is listed"],
                &["order"],
                &[],
                &[],
            );
            f.forget("open-orders", Is::View, "OpenOrders");
            f.view("OpenOrders", "Lines", &[("line", TEXT)], Vec::new());
        },
        also: &[("EMC411", "none of its fields is shown")],
    },
    Mutant {
        code: "EMC411",
        what: "A new field that no view shows",
        change: |f| {
            f.at("parts-list");
            f.event(
                "PartReceived",
                "part",
                Owner::Elsewhere,
                &[("delivered_at", From::Elsewhere, TIME)],
            );
            f.read_model(
                "PartTree",
                &[("delivered_at", Field::Of("PartReceived"), TIME)],
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC411",
        what: "A view does not show a field any more",
        change: |f| f.forget_datum("part-shelf", "PartShelf", "supplier"),
        also: &[],
    },
];
