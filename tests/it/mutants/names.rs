//! Names, ownership, and what a slice of each kind owns.

use emc::event::{
    EmcEvent,
    vocabulary::{
        ConnectionKind as By, ContractKind as Binds, EventParticipation, OwnedDefinitionKind,
        SliceKind,
    },
};

use super::{
    Mutant,
    more::{TEXT, TIME, aside, count_parts, ways_to_count},
    text,
};
use crate::facts::{From, Owner, change::Is};

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC001",
        what: "An input is recorded twice, with two sources",
        change: |f| {
            f.at("capture-ticket");
            f.command(
                "CaptureTicket",
                &["TicketCaptured"],
                &[],
                &[("TitleMissing", "A ticket needs a title")],
                &[("title", From::Session("form"), TEXT)],
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC001",
        what: "A view shows two fields under one name",
        change: |f| {
            f.views("ticket-desk", "TicketDesk", |view| {
                if *view.field.name == *"priority" {
                    view.field.name = text("title");
                }
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC002",
        what: "The flow of an attribute stays when the attribute is gone",
        change: |f| {
            f.at("capture-ticket");
            f.flow(
                "colour",
                "TicketCaptured",
                emc::event::vocabulary::Transformation::Identity,
                TEXT,
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC002",
        what: "A workflow says that a slice owns a command which it does not have",
        change: |f| {
            f.within("open-ticket");
            f.claim(
                "capture-ticket",
                OwnedDefinitionKind::Command,
                "CloseTicket",
                None,
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC002",
        what: "Evidence for a transition that is not there",
        change: |f| {
            f.within("open-ticket");
            f.evidence("ticket-desk", "work-board", By::Command, "CaptureTicket");
        },
        also: &[],
    },
    Mutant {
        code: "EMC003",
        what: "Two slices call their read models alike",
        change: |f| f.rename("Assignments", "Orders"),
        also: &[],
    },
    Mutant {
        code: "EMC003",
        what: "Two slices call their views alike",
        change: |f| f.rename("WorkBoard", "PartShelf"),
        also: &[],
    },
    Mutant {
        code: "EMC004",
        what: "A workflow says that a slice observes the event which it emits",
        change: |f| {
            f.owned("TicketCaptured", |owned| {
                owned.event_participation = Some(EventParticipation::Observed);
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC004",
        what: "A workflow says that an outcome is internal, the slice that it is not",
        change: |f| {
            for event in &mut f.events {
                if let EmcEvent::WorkflowOutcomeAdded { new, .. } = event {
                    new.externally_relevant = false;
                }
            }
        },
        also: &[],
    },
    Mutant {
        code: "EMC010",
        what: "An event is named like a thing: PartArrival",
        change: |f| f.rename("PartReceived", "PartArrival"),
        also: &[],
    },
    Mutant {
        code: "EMC010",
        what: "An event is named like an order: NotifyTheTechnician",
        change: |f| f.rename("TechnicianNotified", "NotifyTheTechnician"),
        also: &[],
    },
    Mutant {
        code: "EMC011",
        what: "A command is named like an event: PartRecorded",
        change: |f| f.rename("RecordPart", "PartRecorded"),
        also: &[],
    },
    Mutant {
        code: "EMC011",
        what: "A command is named like an event: order-placed",
        change: |f| f.rename("OrderPart", "order-placed"),
        also: &[],
    },
    Mutant {
        code: "EMC012",
        what: "Two events differ in a hyphen only",
        change: |f| f.rename("AssignmentDeferred", "Technician-Assigned"),
        also: &[],
    },
    Mutant {
        code: "EMC012",
        what: "Two events differ in a capital letter only",
        change: |f| f.rename("PartOrdered", "partReceived"),
        also: &[],
    },
    Mutant {
        code: "EMC101",
        what: "A state view declares the contract of a message",
        change: |f| {
            f.at("open-orders");
            f.payload("Invoice", &[("number", TEXT)]);
        },
        also: &[],
    },
    Mutant {
        code: "EMC101",
        what: "A state view has an outcome",
        change: |f| {
            f.at("part-shelf");
            f.outcome("seen", &["PartReceived"], false);
        },
        also: &[],
    },
    Mutant {
        code: "EMC102",
        what: "A state change without a command; its outcome is made up of what it observes",
        change: |f| {
            aside(f, "weigh-parts", SliceKind::StateChange);
            f.outcome("weighed", &["PartOrdered"], false);
        },
        also: &[("EMC103", "what no command emits is no event of the slice")],
    },
    Mutant {
        code: "EMC102",
        what: "The command of a state change is gone, its event is still there",
        change: |f| {
            count_parts(f);
            f.go(
                "receive-part",
                "count-parts",
                By::Event,
                "PartReceived",
                None,
            );
            f.go("count-parts", "part-shelf", By::Event, "PartReceived", None);
            f.at("count-parts");
            f.event(
                "PartReceived",
                "part",
                Owner::Elsewhere,
                &[("part", From::Elsewhere, TEXT)],
            );
            f.forget("count-parts", Is::Command, "CountParts");
            f.forget("count-parts", Is::Scenario, "CountParts is done");
        },
        also: &[("EMC202", "nothing emits the event any more")],
    },
    Mutant {
        code: "EMC103",
        what: "A state change whose command emits nothing",
        change: |f| {
            aside(f, "weigh-parts", SliceKind::StateChange);
            f.command(
                "WeighParts",
                &[],
                &[],
                &[],
                &[("weighed_by", From::Argument("desk"), TEXT)],
            );
            f.outcome("weighed", &["PartOrdered"], false);
            f.contract(
                "Parts are weighed",
                (Binds::Command, "WeighParts"),
                ["parts", "WeighParts", "nothing"],
                &["order"],
                &["order"],
                &[],
            );
        },
        also: &[
            ("EMC301", "an emitted event would be one of the slice"),
            ("EMC309", "no event can record the input"),
        ],
    },
    Mutant {
        code: "EMC103",
        what: "The event of a state change is recorded as one that it observes",
        change: |f| {
            f.definitions("order-part", "PartOrdered", |event| event.observed = true);
        },
        also: &[
            ("EMC203", "the command emits it, the slice only observes it"),
            ("EMC207", "no slice emits it then"),
            ("EMC309", "no event of the slice records the inputs"),
        ],
    },
    Mutant {
        code: "EMC104",
        what: "The outcome of a state change is gone",
        change: |f| f.forget("order-part", Is::Outcome, "ordered"),
        also: &[("EMC614", "without an outcome the event is in none")],
    },
    Mutant {
        code: "EMC104",
        what: "The outcome is gone, and an event leads on instead",
        change: |f| {
            f.forget("capture-ticket", Is::Outcome, "captured");
            f.ways("capture-ticket", "captured", |way| {
                way.via = By::Event;
                way.name = text("TicketCaptured");
            });
            f.drop_events(|event| matches!(event, EmcEvent::WorkflowOutcomeAdded { .. }));
        },
        also: &[("EMC614", "without an outcome the event is in none")],
    },
    Mutant {
        code: "EMC105",
        what: "The view of a state view is gone",
        change: |f| f.forget("part-shelf", Is::View, "PartShelf"),
        also: &[
            ("EMC410", "nothing shows the read model"),
            ("EMC411", "nothing shows its fields"),
        ],
    },
    Mutant {
        code: "EMC105",
        what: "A state view has neither view nor read model",
        change: |f| aside(f, "part-help", SliceKind::StateView),
        also: &[("EMC106", "it has no read model either")],
    },
    Mutant {
        code: "EMC106",
        what: "The view of a state view reads a read model of another slice",
        change: |f| {
            aside(f, "part-help", SliceKind::StateView);
            f.view("PartHelp", "Orders", &[("part", TEXT)], Vec::new());
        },
        also: &[(
            "EMC502",
            "a field can only come from a read model of the slice",
        )],
    },
    Mutant {
        code: "EMC106",
        what: "The read model of a state view is gone",
        change: |f| {
            f.forget("part-shelf", Is::ReadModel, "Parts");
            f.forget("part-shelf", Is::Scenario, "Received parts are listed");
        },
        also: &[
            ("EMC502", "the view still shows its fields"),
            ("EMC212", "nothing else reads two of the attributes"),
        ],
    },
    Mutant {
        code: "EMC107",
        what: "An automation slice with two automations",
        change: |f| {
            f.at("notify-technician");
            f.automation(
                "Reminder",
                "TechnicianAssigned",
                "NotifyTechnician",
                &["MailRefused"],
            );
            f.contract(
                "Each assignment is repeated",
                (Binds::Automation, "Reminder"),
                ["nothing", "TechnicianAssigned", "NotifyTechnician"],
                &["ticket"],
                &[],
                &[],
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC107",
        what: "An automation slice without an automation",
        change: |f| aside(f, "remind-supplier", SliceKind::Automation),
        also: &[],
    },
    Mutant {
        code: "EMC108",
        what: "A translation slice without a translation",
        change: |f| aside(f, "read-invoice", SliceKind::Translation),
        also: &[],
    },
    Mutant {
        code: "EMC108",
        what: "A translation slice with the contract of a message alone",
        change: |f| {
            aside(f, "read-invoice", SliceKind::Translation);
            f.payload("Invoice", &[("number", TEXT), ("sent_at", TIME)]);
        },
        also: &[],
    },
    Mutant {
        code: "EMC110",
        what: "A state change with two commands",
        change: |f| {
            count_parts(f);
            f.command(
                "RecountParts",
                &["PartsCounted"],
                &[],
                &[],
                &[("counted_by", From::Argument("desk"), TEXT)],
            );
            f.contract(
                "Parts are counted again",
                (Binds::Command, "RecountParts"),
                ["parts", "RecountParts", "PartsCounted"],
                &[],
                &["stock"],
                &[],
            );
            ways_to_count(f);
        },
        also: &[],
    },
    Mutant {
        code: "EMC110",
        what: "A state view with two views",
        change: |f| {
            f.at("part-shelf");
            f.view("PartLabel", "Parts", &[("part", TEXT)], Vec::new());
        },
        also: &[],
    },
    Mutant {
        code: "EMC111",
        what: "A state view that nobody tells a story of",
        change: |f| f.forget("part-shelf", Is::Scenario, "The desk sees what has come"),
        also: &[],
    },
    Mutant {
        code: "EMC111",
        what: "A state change that nobody tells a story of",
        change: |f| f.forget("order-part", Is::Scenario, "The desk orders a part"),
        also: &[],
    },
];
