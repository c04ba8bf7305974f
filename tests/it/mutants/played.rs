//! What only playing shows: the mistakes that Quint tells.

use emc::event::vocabulary::{
    AttributeSourceKind, BoardElementKind as Card, BoardEndpointKind as End, ConnectionKind as By,
    ContractKind as Binds, Recovery, SliceKind, Transformation,
};

use super::{
    Mutant,
    more::{
        TEXT, aside, button, consume, count_parts, counting, help, on_board, on_desk, on_list,
        on_shelf, sees, sees_order,
    },
    text,
};
use crate::facts::{Facts, Field, From, Owner};

/// What comes of a dead end.
const NO_END: (&str, &str) = ("EMC937", "a journey that gets there does not end");

/// What comes of an event that does not occur where it is waited for.
const NEVER_TAKEN: (&str, &str) = (
    "EMC940",
    "the event is never recorded when a journey is there",
);

/// Nobody gets to a view.
const NOT_LOOKED_AT: (&str, &str) = ("EMC941", "nobody looks at it as the story tells");

/// Nobody gets to a decision.
const NOBODY_THERE: [(&str, &str); 3] = [
    ("EMC938", "nobody gets there"),
    NEVER_TAKEN,
    ("EMC941", "what it tells does not happen"),
];

/// What a loop of automations is for Lean, and for the end of a journey.
const LOOP: [(&str, &str); 2] = [
    ("EMC921", "Lean sees the loop in the facts"),
    ("EMC937", "there is always something that is not answered"),
];

/// A slice knows of a received part.
fn sees_part(facts: &mut Facts, slice: &str) {
    facts.at(slice);
    let part = [("part", From::Elsewhere, TEXT)];
    facts.event("PartReceived", "part", Owner::Elsewhere, &part);
}

/// Automations that follow on a received part, each on the one before it; the last
/// one records a part. Commands and their events; views show these.
fn chain(facts: &mut Facts, links: &[(&str, &str)]) {
    let mut trigger = "PartReceived";
    for (command, event) in links
        .iter()
        .copied()
        .chain([("RecordPart", "PartReceived")])
    {
        let slug = format!("follow-{}", trigger.to_lowercase());
        let automation = format!("{command} when {trigger}");
        aside(facts, &slug, SliceKind::Automation);
        if trigger == "PartReceived" {
            sees_part(facts, &slug);
        } else {
            sees(facts, &slug, trigger);
        }
        facts.automation(&automation, trigger, command, &[]);
        if event != "PartReceived" {
            counting(facts, command, event);
        }
        let covers = (Binds::Automation, automation.as_str());
        let story = ["nothing", trigger, command];
        facts.contract(
            &format!("{automation}, always"),
            covers,
            story,
            &["order"],
            &[],
            &[],
        );
        trigger = event;
    }
    let views = [
        ("part-shelf", "Parts", "PartShelf"),
        ("open-orders", "Orders", "OpenOrders"),
    ];
    for ((_, event), (slice, read_model, view)) in links.iter().zip(views) {
        consume(facts, slice, read_model, view, event);
    }
}

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC931",
        what: "An internal outcome that no transition follows",
        change: |f| {
            f.at("assign-technician");
            f.outcome("both", &["TechnicianAssigned", "AssignmentDeferred"], false);
        },
        also: &[NO_END],
    },
    Mutant {
        code: "EMC931",
        what: "An automation gives up after an error, and nobody is there to go on",
        change: |f| {
            f.commands("notify-technician", "NotifyTechnician", |command| {
                command.errors[0].recovery = Recovery::StayOnScreen;
            });
        },
        also: &[NO_END],
    },
    Mutant {
        code: "EMC932",
        what: "The desk can assign a technician before there is a ticket",
        change: |f| {
            let errors = ["AlreadyAssigned"];
            let controls = ["ticket_id", "technician"]
                .map(|input| button(f, "AssignTechnician", input, &errors, "TicketDesk"));
            on_desk(f, controls.to_vec());
            f.within("open-ticket");
            f.go(
                "ticket-desk",
                "assign-technician",
                By::Command,
                "AssignTechnician",
                None,
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC932",
        what: "An order reads a part that is received after it",
        change: |f| {
            f.at("order-part");
            let seen = [("within", From::Elsewhere, TEXT)];
            f.event("PartReceived", "part", Owner::Elsewhere, &seen);
            let errors = [("AlreadyOrdered", "A part is ordered once")];
            let inputs = [("within", From::State("PartReceived"), TEXT)];
            f.command("OrderPart", &["PartOrdered"], &["part"], &errors, &inputs);
            f.attribute("order-part", "PartOrdered", "desk", |attribute| {
                attribute.source_kind = AttributeSourceKind::Derivation;
                attribute.source_name = text("desk, within");
            });
            f.flows("order-part", "PartOrdered", |flow| {
                if *flow.datum == *"desk" {
                    flow.transformation = Transformation::Derivation;
                }
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC933",
        what: "A translation slice has a second command, which is called from outside",
        change: |f| {
            f.at("receive-part");
            let inputs = [
                ("part", From::Argument("shelf"), TEXT),
                ("within", From::Argument("shelf"), TEXT),
                ("delivered_at", From::Generated("clock"), "RFC 3339 instant"),
            ];
            f.command("RecordFind", &["PartReceived"], &[], &[], &inputs);
            f.contract(
                "A find is recorded",
                (Binds::Command, "RecordFind"),
                ["nothing", "RecordFind", "PartReceived"],
                &[],
                &["part"],
                &[],
            );
            f.card(Card::Command, "RecordFind");
            f.wire(
                (End::WorkflowTrigger, "order-parts"),
                (End::Command, "RecordFind"),
            );
            f.wire((End::Command, "RecordFind"), (End::Event, "PartReceived"));
        },
        also: &[],
    },
    Mutant {
        code: "EMC933",
        what: "An automation slice has a second command, which is called from outside",
        change: |f| {
            aside(f, "watch-orders", SliceKind::Automation);
            f.at("watch-orders");
            f.event(
                "PartReceived",
                "part",
                Owner::Elsewhere,
                &[("part", From::Elsewhere, TEXT)],
            );
            f.automation("Watcher", "PartReceived", "CountParts", &[]);
            counting(f, "CountParts", "PartsCounted");
            counting(f, "RecountParts", "PartsRecounted");
            f.contract(
                "Counts what comes",
                (Binds::Automation, "Watcher"),
                ["nothing", "PartReceived", "CountParts"],
                &["part"],
                &[],
                &[],
            );
            consume(f, "part-shelf", "Parts", "PartShelf", "PartsCounted");
            consume(f, "open-orders", "Orders", "OpenOrders", "PartsRecounted");
        },
        also: &[],
    },
    Mutant {
        code: "EMC934",
        what: "Two automations set each other off",
        change: |f| chain(f, &[("CountParts", "PartsCounted")]),
        also: &LOOP,
    },
    Mutant {
        code: "EMC934",
        what: "Three automations set each other off",
        change: |f| {
            chain(
                f,
                &[
                    ("CountParts", "PartsCounted"),
                    ("WeighParts", "PartsWeighed"),
                ],
            );
        },
        also: &LOOP,
    },
    Mutant {
        code: "EMC935",
        what: "An event leads to a decision whose errors only the button handles",
        change: |f| {
            f.within("order-parts");
            f.go("open-orders", "order-part", By::Event, "PartOrdered", None);
        },
        also: &[("EMC931", "nothing leads on from the error"), NO_END],
    },
    Mutant {
        code: "EMC935",
        what: "An outcome leads to a decision whose errors only the button handles",
        change: |f| {
            f.within("open-ticket");
            f.go(
                "assign-technician",
                "capture-ticket",
                By::Outcome,
                "deferred",
                None,
            );
        },
        also: &[("EMC931", "nothing leads on from the error"), NO_END],
    },
    Mutant {
        code: "EMC936",
        what: "A ticket can be opened before one was captured",
        change: |f| {
            let open = button(f, "OpenTicket", "ticket_id", &[], "TicketScreen");
            on_desk(f, vec![open]);
            f.within("open-ticket");
            f.go(
                "ticket-desk",
                "ticket-details",
                By::Navigation,
                "OpenTicket",
                Some("TicketScreen"),
            );
            f.entry_view("ticket-details", "TicketScreen");
        },
        also: &[("EMC932", "from there a technician is assigned to no ticket")],
    },
    Mutant {
        code: "EMC936",
        what: "The shelf can be opened before a part has come",
        change: |f| {
            let open = button(f, "OpenShelf", "part", &[], "PartShelf");
            on_list(f, vec![open]);
            f.within("order-parts");
            f.go(
                "parts-list",
                "part-shelf",
                By::Navigation,
                "OpenShelf",
                Some("PartShelf"),
            );
            f.entry_view("part-shelf", "PartShelf");
        },
        also: &[],
    },
    Mutant {
        code: "EMC937",
        what: "The last view leads back to the first one",
        change: |f| {
            let back = button(f, "BackToList", "part", &[], "PartsList");
            on_shelf(f, vec![back]);
            f.within("order-parts");
            f.go(
                "part-shelf",
                "parts-list",
                By::Navigation,
                "BackToList",
                Some("PartsList"),
            );
            f.entry_view("parts-list", "PartsList");
        },
        also: &[],
    },
    Mutant {
        code: "EMC937",
        what: "The way out of a workflow leads back into it",
        change: |f| {
            f.keep_controls("work-board", "WorkBoard", |_| false);
            let back = button(f, "BackToDesk", "ticket_id", &[], "TicketDesk");
            on_board(f, vec![back]);
            f.close("work-board", "OrderParts");
            f.within("open-ticket");
            f.go(
                "work-board",
                "ticket-desk",
                By::Navigation,
                "BackToDesk",
                Some("TicketDesk"),
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC938",
        what: "A view is reached by an event that comes later",
        change: |f| {
            help(f);
            sees_order(f, "parts-list");
            f.within("order-parts");
            f.go("parts-list", "part-help", By::Event, "PartOrdered", None);
        },
        also: &[NEVER_TAKEN, NOT_LOOKED_AT],
    },
    Mutant {
        code: "EMC938",
        what: "A view is reached by an event that comes while the journey is elsewhere",
        change: |f| {
            help(f);
            sees_part(f, "order-part");
            sees_part(f, "part-help");
            f.within("order-parts");
            f.go("order-part", "part-help", By::Event, "PartReceived", None);
        },
        also: &[NEVER_TAKEN, NOT_LOOKED_AT],
    },
    Mutant {
        code: "EMC939",
        what: "A decision is reached by an event that comes later",
        change: |f| {
            count_parts(f);
            sees_order(f, "count-parts");
            sees_order(f, "parts-list");
            f.within("order-parts");
            f.go("parts-list", "count-parts", By::Event, "PartOrdered", None);
            f.go("count-parts", "part-shelf", By::Event, "PartsCounted", None);
        },
        also: &NOBODY_THERE,
    },
    Mutant {
        code: "EMC939",
        what: "A decision is reached by an event that comes while the journey is elsewhere",
        change: |f| {
            count_parts(f);
            sees_part(f, "count-parts");
            sees_part(f, "order-part");
            f.within("order-parts");
            f.go("order-part", "count-parts", By::Event, "PartReceived", None);
            f.go("count-parts", "part-shelf", By::Event, "PartsCounted", None);
        },
        also: &NOBODY_THERE,
    },
    Mutant {
        code: "EMC940",
        what: "A transition waits at the list for an order that leads away from it",
        change: |f| {
            sees_order(f, "parts-list");
            f.within("order-parts");
            f.go("parts-list", "open-orders", By::Event, "PartOrdered", None);
        },
        also: &[],
    },
    Mutant {
        code: "EMC940",
        what: "A transition waits at the ticket for an assignment that leads away from it",
        change: |f| {
            f.at("ticket-details");
            let technician = [("technician", From::Elsewhere, TEXT)];
            f.event(
                "TechnicianAssigned",
                "ticket",
                Owner::Elsewhere,
                &technician,
            );
            f.within("open-ticket");
            f.go(
                "ticket-details",
                "ticket-desk",
                By::Event,
                "TechnicianAssigned",
                None,
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC941",
        what: "A scenario writes to a stream that the command does not write to",
        change: |f| {
            f.at("order-part");
            let part = [("part", From::Elsewhere, TEXT)];
            f.event("PartReceived", "part", Owner::Elsewhere, &part);
            f.scenarios("order-part", "A part is ordered", |scenario| {
                scenario.written_streams.push(text("part"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC941",
        what: "A view shows the absence of what has always happened when it is reached",
        change: |f| {
            f.at("part-shelf");
            f.read_model(
                "Parts",
                &[(
                    "empty",
                    Field::Absent("PartReceived", "Nothing has come yet"),
                    "one bit",
                )],
            );
            f.view("PartShelf", "Parts", &[("empty", "one bit")], Vec::new());
            f.contract(
                "Nothing has come yet",
                (Binds::Absence, "empty"),
                ["nothing", "the shelf is opened", "it is empty"],
                &["part"],
                &[],
                &[],
            );
        },
        also: &[],
    },
];
