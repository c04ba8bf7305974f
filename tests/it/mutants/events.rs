//! Events, their streams and attributes.

use emc::event::{
    SliceFact,
    vocabulary::{AttributeSourceKind, Transformation},
};

use super::{
    Mutant,
    more::{TEXT, TIME, UUID, second_event},
    text,
};
use crate::facts::{From, Owner, change::Is};

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC202",
        what: "A command does not emit the event of an outcome any more",
        change: |f| {
            f.commands("assign-technician", "AssignTechnician", |command| {
                command
                    .emitted_events
                    .retain(|event| **event != *"AssignmentDeferred");
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC202",
        what: "A second event that no command emits",
        change: |f| {
            f.at("assign-technician");
            let generated = [("deferred_at", From::Generated("clock"), TIME)];
            f.event("AssignmentPostponed", "deferral", Owner::Here, &generated);
            f.outcomes("assign-technician", "deferred", |outcome| {
                outcome.events.push(text("AssignmentPostponed"));
            });
            f.at("ticket-details");
            let seen = [("deferred_at", From::Elsewhere, TIME)];
            f.event("AssignmentPostponed", "deferral", Owner::Elsewhere, &seen);
            f.field("ticket-details", "TicketDetails", "deferred_at", |field| {
                field.source_event = Some(text("AssignmentPostponed"));
            });
            f.forget("ticket-details", Is::Event, "AssignmentDeferred");
            f.at("work-board");
            f.event("AssignmentDeferred", "deferral", Owner::Elsewhere, &seen);
            f.read_model(
                "Assignments",
                &[(
                    "deferred_at",
                    crate::facts::Field::Of("AssignmentDeferred"),
                    TIME,
                )],
            );
            f.view(
                "WorkBoard",
                "Assignments",
                &[("deferred_at", TIME)],
                Vec::new(),
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC203",
        what: "A command emits an event that nobody has declared",
        change: |f| {
            f.commands("order-part", "OrderPart", |command| {
                command.emitted_events.push(text("OrderPrinted"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC203",
        what: "A letter is missing in the event that a command emits",
        change: |f| {
            f.commands("assign-technician", "AssignTechnician", |command| {
                for event in &mut command.emitted_events {
                    if **event == *"AssignmentDeferred" {
                        *event = text("AssignmentDefered");
                    }
                }
            });
        },
        also: &[("EMC202", "the event of the right name is emitted by nobody")],
    },
    Mutant {
        code: "EMC204",
        what: "An attribute is taken from an input that the command does not have",
        change: |f| {
            f.attribute(
                "capture-ticket",
                "TicketCaptured",
                "priority",
                |attribute| {
                    attribute.source_name = text("urgency");
                    attribute.source_field = text("urgency");
                },
            );
        },
        also: &[("EMC703", "the attribute has no way back to a source")],
    },
    Mutant {
        code: "EMC204",
        what: "The input of an attribute is gone",
        change: |f| f.forget_datum("notify-technician", "NotifyTechnician", "technician"),
        also: &[("EMC703", "the attribute has no way back to a source")],
    },
    Mutant {
        code: "EMC205",
        what: "An attribute is computed from no input",
        change: |f| {
            f.attribute("capture-ticket", "TicketCaptured", "due_at", |attribute| {
                attribute.source_name = text("the house rules");
                attribute.source_field = text("the house rules");
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC205",
        what: "The input that an attribute is computed from is misspelled",
        change: |f| {
            f.at("order-part");
            f.event(
                "PartOrdered",
                "order",
                Owner::Here,
                &[("label", From::Computed("prat"), TEXT)],
            );
            f.at("open-orders");
            f.event(
                "PartOrdered",
                "order",
                Owner::Elsewhere,
                &[("label", From::Elsewhere, TEXT)],
            );
            f.read_model(
                "Orders",
                &[("label", crate::facts::Field::Of("PartOrdered"), TEXT)],
            );
            f.view("OpenOrders", "Orders", &[("label", TEXT)], Vec::new());
        },
        also: &[],
    },
    Mutant {
        code: "EMC206",
        what: "An attribute is taken from a field that the message does not have",
        change: |f| {
            f.attribute("receive-part", "PartReceived", "supplier", |attribute| {
                attribute.source_field = text("maker");
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC206",
        what: "An attribute of an observed message is taken from a contract that is not there",
        change: |f| {
            f.attribute(
                "open-orders",
                "PartDelivered",
                "delivered_at",
                |attribute| {
                    attribute.source_name = text("Invoice");
                },
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC207",
        what: "A slice observes an event that nobody emits",
        change: |f| {
            f.at("part-shelf");
            f.event(
                "PartSold",
                "sale",
                Owner::Elsewhere,
                &[("sold_at", From::Elsewhere, TIME)],
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC207",
        what: "The translation of an observed message listens to another one",
        change: |f| {
            f.translations("receive-part", "DeliveryDesk", |translation| {
                translation.external_event = text("GoodsArrived");
            });
        },
        also: &[
            ("EMC801", "the card still stands for the old message"),
            ("EMC804", "the wire still leads from it"),
        ],
    },
    Mutant {
        code: "EMC208",
        what: "A slice relies on an attribute that the event does not have",
        change: |f| {
            f.at("part-shelf");
            f.event(
                "PartReceived",
                "part",
                Owner::Elsewhere,
                &[("weight", From::Elsewhere, TEXT)],
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC208",
        what: "A slice relies on another representation than is recorded",
        change: |f| {
            f.flows("part-shelf", "PartReceived", |flow| {
                if *flow.datum == *"supplier" {
                    flow.bit_encoding = text(UUID);
                }
            });
            f.flows("part-shelf", "Parts", |flow| {
                if *flow.datum == *"supplier" {
                    flow.transformation = Transformation::Transformation;
                }
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC208",
        what: "A message from outside is observed, and nothing says which field an attribute is",
        change: |f| {
            f.attribute(
                "open-orders",
                "PartDelivered",
                "delivered_at",
                |attribute| {
                    attribute.source_kind = AttributeSourceKind::Derivation;
                },
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC209",
        what: "Two slices emit an event, one of them without an attribute",
        change: |f| {
            second_emitter(f, &[("technician", From::Input("desk"), TEXT)]);
        },
        also: &[],
    },
    Mutant {
        code: "EMC209",
        what: "Two slices emit an event, with two representations",
        change: |f| {
            second_emitter(
                f,
                &[
                    ("ticket_id", From::Generated("clock"), UUID),
                    ("technician", From::Generated("clock"), TIME),
                ],
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC211",
        what: "A slice does not show an event any more that nobody else uses",
        change: |f| {
            f.forget("ticket-details", Is::Event, "AssignmentDeferred");
            f.drop_facts("ticket-details", |fact| match fact {
                SliceFact::ReadModel(model) => *model.field.name == *"deferred_at",
                SliceFact::View(view) => *view.field.name == *"deferred_at",
                SliceFact::DataFlow(flow) => *flow.datum == *"deferred_at",
                _ => false,
            });
            f.scenarios("ticket-details", "A captured ticket is shown", |scenario| {
                scenario
                    .read_streams
                    .retain(|stream| **stream != *"deferral");
            });
        },
        also: &[("EMC212", "nobody reads its attribute")],
    },
    Mutant {
        code: "EMC211",
        what: "A new event that nobody uses",
        change: |f| {
            second_event(f);
            f.outcomes("order-part", "ordered", |outcome| {
                outcome.events.push(text("OrderPrinted"));
            });
            f.scenarios("order-part", "A part is ordered", |scenario| {
                scenario.written_streams.push(text("stock"));
            });
        },
        also: &[("EMC212", "nobody reads its attribute")],
    },
    Mutant {
        code: "EMC212",
        what: "A new attribute that nobody reads",
        change: |f| {
            f.at("order-part");
            f.event(
                "PartOrdered",
                "order",
                Owner::Here,
                &[("ordered_at", From::Generated("clock"), TIME)],
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC212",
        what: "A read model does not project an attribute any more that nobody else reads",
        change: |f| {
            f.forget_datum("ticket-details", "TicketDetails", "due_at");
            // The field stays where a control was recorded with it.
            f.views("ticket-details", "TicketScreen", |view| {
                if *view.field.name == *"due_at" {
                    view.field.name = text("ticket_id");
                    view.field.source_field = text("ticket_id");
                    view.field.sketch_token = text("[ticket_id]");
                    view.field.bit_encoding = text(UUID);
                }
            });
        },
        also: &[],
    },
];

/// Ordering a part records an event of another slice, too.
fn second_emitter(facts: &mut crate::facts::Facts, attributes: &[(&str, From<'_>, &str)]) {
    facts.at("order-part");
    facts.event("TechnicianNotified", "notice", Owner::Here, attributes);
    facts.commands("order-part", "OrderPart", |command| {
        command.emitted_events.push(text("TechnicianNotified"));
    });
    facts.outcomes("order-part", "ordered", |outcome| {
        outcome.events.push(text("TechnicianNotified"));
    });
    facts.scenarios("order-part", "A part is ordered", |scenario| {
        scenario.written_streams.push(text("notice"));
    });
}
