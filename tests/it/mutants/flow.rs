//! The flow of information.

use emc::event::{SliceFact, vocabulary::Transformation};

use super::{
    Mutant,
    more::{TEXT, UUID},
    text,
};

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC701",
        what: "The flow of an input is gone",
        change: |f| {
            f.drop_facts("capture-ticket", |fact| {
                matches!(fact, SliceFact::DataFlow(flow)
                    if *flow.target == *"CaptureTicket" && *flow.datum == *"title")
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC701",
        what: "The flow of a field is gone",
        change: |f| {
            f.drop_facts("parts-list", |fact| {
                matches!(fact, SliceFact::DataFlow(flow)
                    if *flow.target == *"PartTree" && *flow.datum == *"within")
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC702",
        what: "Digits become a number, and nothing says how",
        change: |f| {
            f.flows("order-part", "PartOrdered", |flow| {
                flow.transformation = Transformation::Identity;
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC702",
        what: "A view shows a number as text, and nothing says how",
        change: |f| {
            f.views("ticket-desk", "TicketDesk", |view| {
                if *view.field.name == *"priority" {
                    view.field.bit_encoding = text(TEXT);
                }
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC702",
        what: "A datum is recorded with two representations",
        change: |f| {
            f.at("capture-ticket");
            f.flow("title", "TicketCaptured", Transformation::Identity, UUID);
        },
        also: &[],
    },
    Mutant {
        code: "EMC703",
        what: "An attribute is made of an input that is read from the attribute",
        change: |f| {
            f.input(
                "notify-technician",
                "NotifyTechnician",
                "technician",
                |input| {
                    input.event_stream_source_event = Some(text("TechnicianNotified"));
                },
            );
            f.commands("notify-technician", "NotifyTechnician", |command| {
                command.observed_streams.push(text("notice"));
            });
        },
        also: &[("EMC932", "the command reads what only it records")],
    },
    Mutant {
        code: "EMC703",
        what: "Two slices take a value from each other",
        change: |f| {
            // Who has captured it is who was informed of it.
            f.input(
                "assign-technician",
                "AssignTechnician",
                "captured_by",
                |input| {
                    input.event_stream_source_event = Some(text("TechnicianAssigned"));
                    input.event_stream_source_attribute = Some(text("informed"));
                },
            );
        },
        also: &[
            ("EMC212", "nobody reads who has captured it"),
            ("EMC932", "the command reads what only it records"),
        ],
    },
];
