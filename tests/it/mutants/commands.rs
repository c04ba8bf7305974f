//! Commands and their inputs.

use emc::event::vocabulary::{AttributeSourceKind, InputSourceKind, RepeatBehavior};

use super::{
    Mutant,
    more::{TIME, count_parts, ways_to_count},
    text,
};
use crate::facts::{From, change::Is};

/// What comes of an error that nobody handles.
pub const UNHANDLED: [(&str, &str); 3] = [
    ("EMC935", "the journey stops at the error"),
    ("EMC931", "nothing leads on from there"),
    ("EMC937", "nor to an end"),
];

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC301",
        what: "A command emits nothing any more",
        change: |f| {
            f.commands("order-part", "OrderPart", |command| {
                command.emitted_events.clear();
            });
        },
        also: &[
            ("EMC202", "its event is emitted by nobody"),
            ("EMC309", "nothing records its inputs"),
        ],
    },
    Mutant {
        code: "EMC301",
        what: "The command of an automation emits nothing any more",
        change: |f| {
            f.commands("notify-technician", "NotifyTechnician", |command| {
                command.emitted_events.clear();
            });
        },
        also: &[
            ("EMC202", "its event is emitted by nobody"),
            ("EMC309", "nothing records its inputs"),
            (
                "EMC804",
                "the board still leads from the command to the event",
            ),
            (
                "EMC941",
                "the scenario of the command still writes to the stream",
            ),
        ],
    },
    Mutant {
        code: "EMC302",
        what: "An input is read from an attribute that the event does not have",
        change: |f| {
            f.input(
                "assign-technician",
                "AssignTechnician",
                "captured_by",
                |input| {
                    input.event_stream_source_attribute = Some(text("owner"));
                },
            );
        },
        also: &[
            ("EMC212", "nobody reads the right attribute"),
            ("EMC703", "what is computed from the input has no source"),
        ],
    },
    Mutant {
        code: "EMC302",
        what: "An input is read from an event that the slice does not observe",
        change: |f| {
            f.input(
                "notify-technician",
                "NotifyTechnician",
                "ticket_id",
                |input| {
                    input.event_stream_source_event = Some(text("TicketClosed"));
                },
            );
        },
        also: &[
            ("EMC212", "nobody reads the attribute of the right event"),
            ("EMC703", "what is made of the input has no source"),
        ],
    },
    Mutant {
        code: "EMC303",
        what: "A command reads a stream that it does not observe",
        change: |f| {
            f.commands("assign-technician", "AssignTechnician", |command| {
                command.observed_streams.clear();
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC303",
        what: "The command of an automation observes another stream than it reads",
        change: |f| {
            f.commands("notify-technician", "NotifyTechnician", |command| {
                command.observed_streams = vec![text("notice")];
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC304",
        what: "A command observes a stream that is not there",
        change: |f| {
            f.commands("assign-technician", "AssignTechnician", |command| {
                command.observed_streams.push(text("archive"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC304",
        what: "The observed stream is misspelled",
        change: |f| {
            f.commands("order-part", "OrderPart", |command| {
                command.observed_streams = vec![text("orders")];
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC305",
        what: "A command that is refused the second time has no error to say so",
        change: |f| {
            f.commands("receive-part", "RecordPart", |command| {
                command.singleton_repeat_behavior = Some(RepeatBehavior::AlreadyExistsError);
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC305",
        what: "The error of a command that can be done once is gone",
        change: |f| {
            f.commands("order-part", "OrderPart", |command| command.errors.clear());
        },
        also: &[
            ("EMC525", "the control still handles it"),
            ("EMC604", "the scenario still ends in it"),
        ],
    },
    Mutant {
        code: "EMC306",
        what: "The scenario of an error is misspelled",
        change: |f| {
            f.commands("capture-ticket", "CaptureTicket", |command| {
                command.errors[0].scenario = text("A title is needed");
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC306",
        what: "The scenario of an error is gone",
        change: |f| {
            f.forget(
                "notify-technician",
                Is::Scenario,
                "A refused mail is reported",
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC307",
        what: "An input is taken from a field that the message does not have",
        change: |f| {
            f.input("receive-part", "RecordPart", "part", |input| {
                input.external_payload_source_field = Some(text("piece"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC307",
        what: "An input is taken from a contract that is not there",
        change: |f| {
            f.input("receive-part", "RecordPart", "delivered_at", |input| {
                input.external_payload_source_name = Some(text("Invoice"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC308",
        what: "The button of a command is gone, the way it led is not",
        change: |f| {
            f.keep_controls("ticket-details", "TicketScreen", |control| {
                *control.command != *"AssignTechnician"
            });
        },
        also: &[
            (
                "EMC908",
                "the transition names a command that the view does not issue",
            ),
            UNHANDLED[0],
            UNHANDLED[1],
            UNHANDLED[2],
        ],
    },
    Mutant {
        code: "EMC308",
        what: "A command that makes up its input itself, and that nothing issues",
        change: |f| {
            count_parts(f);
            f.input("count-parts", "CountParts", "counted_by", |input| {
                input.source_kind = InputSourceKind::Generated;
                input.generated_source_name = input.invocation_argument_source_name.take();
                input.generated_source_field = input.invocation_argument_source_field.take();
            });
            ways_to_count(f);
        },
        also: &[],
    },
    Mutant {
        code: "EMC309",
        what: "A new input that no event records",
        change: |f| {
            f.at("order-part");
            f.command(
                "OrderPart",
                &["PartOrdered"],
                &["order"],
                &[("AlreadyOrdered", "A part is ordered once")],
                &[("asked_at", From::Generated("clock"), TIME)],
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC309",
        what: "The attribute that recorded an input is taken from the session",
        change: |f| {
            f.attribute(
                "capture-ticket",
                "TicketCaptured",
                "captured_by",
                |attribute| {
                    attribute.source_kind = AttributeSourceKind::Session;
                },
            );
        },
        also: &[],
    },
];
