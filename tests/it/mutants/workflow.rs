//! Steps and transitions.

use emc::event::{
    EmcEvent,
    vocabulary::{ConnectionKind as By, LifecycleState, SliceKind},
};

use super::{
    Mutant,
    commands::UNHANDLED,
    more::{count_parts, help},
    text,
};
use crate::facts::Facts;

/// What follows when nothing leads to a step.
const UNREACHED: (&str, &str) = ("EMC938", "no journey can get there");

/// The first slice of a workflow was another one, and is gone.
fn without_entry(facts: &mut Facts, workflow: &str) {
    let gone = text("front-door");
    let slug = text(workflow);
    let at = facts
        .events
        .iter()
        .position(
            |event| matches!(event, EmcEvent::WorkflowAdded { slug: other, .. } if *other == slug),
        )
        .expect("a workflow");
    let added = EmcEvent::SliceAdded {
        workflow: slug,
        slug: gone.clone(),
        name: gone.clone(),
        kind: SliceKind::StateView,
        description: gone.clone(),
    };
    facts.events.insert(at + 1, added);
    facts.events.push(EmcEvent::SliceRemoved { slug: gone });
}

/// What a workflow without an entry has not either.
const NO_ENTRY: [(&str, &str); 6] = [
    ("EMC903", "nothing leads from an entry to any step"),
    ("EMC917", "nor to an end"),
    ("EMC938", "a journey that starts nowhere reaches no step"),
    ("EMC939", "it decides nothing"),
    ("EMC940", "it takes no transition"),
    ("EMC941", "no scenario happens"),
];

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC901",
        what: "A slice is added twice",
        change: |f| {
            f.within("open-ticket");
            f.slice("notify-technician", SliceKind::Automation, "Once more.");
        },
        also: &[
            (
                "EMC107",
                "facts go to the first of the two, the second stays empty",
            ),
            ("EMC951", "a slug is unique in the project, too"),
        ],
    },
    Mutant {
        code: "EMC901",
        what: "Two branches have each added a slice of one slug",
        change: |f| {
            f.within("order-parts");
            f.slice(
                "receive-part",
                SliceKind::Translation,
                "From the other branch.",
            );
        },
        also: &[
            (
                "EMC108",
                "facts go to the first of the two, the second stays empty",
            ),
            ("EMC951", "a slug is unique in the project, too"),
        ],
    },
    Mutant {
        code: "EMC902",
        what: "The entry of a workflow is gone",
        change: |f| without_entry(f, "open-ticket"),
        also: &NO_ENTRY,
    },
    Mutant {
        code: "EMC902",
        what: "The entry of the other workflow is gone",
        change: |f| without_entry(f, "order-parts"),
        also: &NO_ENTRY,
    },
    Mutant {
        code: "EMC903",
        what: "Nothing leads to a new slice",
        change: |f| {
            count_parts(f);
            f.go("count-parts", "part-shelf", By::Event, "PartsCounted", None);
        },
        also: &[
            UNREACHED,
            ("EMC939", "nobody decides there"),
            ("EMC940", "nobody goes on from there"),
            ("EMC941", "what it tells does not happen"),
        ],
    },
    Mutant {
        code: "EMC903",
        what: "Nothing leads to a new view",
        change: help,
        also: &[
            UNREACHED,
            ("EMC941", "nobody looks at it as the story tells"),
        ],
    },
    Mutant {
        code: "EMC906",
        what: "A transition begins at a step that is not there",
        change: |f| {
            f.within("order-parts");
            f.go("front-door", "part-shelf", By::Event, "PartReceived", None);
        },
        also: &[("EMC940", "nobody can be there to take it")],
    },
    Mutant {
        code: "EMC906",
        what: "The step at which a transition begins is misspelled",
        change: |f| {
            f.within("order-parts");
            f.go(
                "recieve-part",
                "part-shelf",
                By::Event,
                "PartReceived",
                None,
            );
        },
        also: &[("EMC940", "nobody can be there to take it")],
    },
    Mutant {
        code: "EMC907",
        what: "A transition ends at a step that is not there",
        change: |f| {
            f.within("order-parts");
            f.go("open-orders", "order-book", By::Event, "PartOrdered", None);
        },
        also: &[
            ("EMC931", "a journey that takes it goes nowhere"),
            ("EMC937", "so it never ends"),
        ],
    },
    Mutant {
        code: "EMC907",
        what: "The step at which a transition ends is misspelled",
        change: |f| {
            f.within("order-parts");
            f.go(
                "receive-part",
                "parts-shelf",
                By::Event,
                "PartReceived",
                None,
            );
        },
        also: &[
            ("EMC931", "a journey that takes it goes nowhere"),
            ("EMC937", "so it never ends"),
        ],
    },
    Mutant {
        code: "EMC908",
        what: "A transition names a command that its view does not issue",
        change: |f| {
            f.within("order-parts");
            f.go("open-orders", "order-part", By::Command, "OrderPart", None);
        },
        also: &UNHANDLED,
    },
    Mutant {
        code: "EMC908",
        what: "A transition names the command of another view",
        change: |f| {
            f.within("open-ticket");
            f.go(
                "work-board",
                "capture-ticket",
                By::Command,
                "CaptureTicket",
                None,
            );
        },
        also: &UNHANDLED,
    },
    Mutant {
        code: "EMC909",
        what: "The transition of a command leads to a slice that does not own it",
        change: |f| {
            f.within("open-ticket");
            f.go(
                "ticket-details",
                "ticket-desk",
                By::Command,
                "AssignTechnician",
                None,
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC909",
        what: "The transition of a command leads back to its view",
        change: |f| {
            f.within("open-ticket");
            f.go(
                "ticket-desk",
                "ticket-desk",
                By::Command,
                "CaptureTicket",
                None,
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC910",
        what: "The transition of an event leads to a slice that does not know the event",
        change: |f| {
            f.within("order-parts");
            f.go("open-orders", "parts-list", By::Event, "PartOrdered", None);
        },
        also: &[],
    },
    Mutant {
        code: "EMC910",
        what: "The transition of an event begins at a slice that does not know the event",
        change: |f| {
            f.within("open-ticket");
            f.go(
                "work-board",
                "ticket-desk",
                By::Event,
                "TicketCaptured",
                None,
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC911",
        what: "The control of a navigation is misspelled",
        change: |f| {
            f.ways("ticket-details", "OpenDesk", |way| {
                way.source_control = Some(text("OpnDesk"));
            });
        },
        also: &[("EMC922", "no transition names the right control")],
    },
    Mutant {
        code: "EMC911",
        what: "A navigation that no control stands for",
        change: |f| {
            f.within("open-ticket");
            f.go(
                "ticket-details",
                "ticket-desk",
                By::Navigation,
                "CloseTicket",
                Some("TicketDesk"),
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC912",
        what: "The view that a navigation arrives at is no entry",
        change: |f| {
            f.owned("TicketDesk", |owned| owned.view_role = None);
        },
        also: &[],
    },
    Mutant {
        code: "EMC912",
        what: "A navigation arrives at a view of another slice than its target",
        change: |f| {
            f.ways("ticket-details", "OpenDesk", |way| {
                way.target_view = Some(text("WorkBoard"));
            });
        },
        also: &[("EMC911", "the control leads to the right view")],
    },
    Mutant {
        code: "EMC913",
        what: "The contract of an external trigger is not there",
        change: |f| {
            f.ways("open-orders", "PartDelivered", |way| {
                way.payload_contract = Some(text("Invoice"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC913",
        what: "An external trigger names neither a contract nor a message that is translated",
        change: |f| {
            f.ways("open-orders", "PartDelivered", |way| {
                way.name = text("GoodsArrived");
                way.payload_contract = None;
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC914",
        what: "A transition names an outcome that the slice does not have",
        change: |f| {
            f.within("order-parts");
            f.go("order-part", "parts-list", By::Outcome, "sold out", None);
        },
        also: &[("EMC940", "nothing ends in that outcome")],
    },
    Mutant {
        code: "EMC914",
        what: "The outcome of a transition is misspelled",
        change: |f| {
            f.within("open-ticket");
            f.go(
                "assign-technician",
                "ticket-desk",
                By::Outcome,
                "defered",
                None,
            );
        },
        also: &[("EMC940", "nothing ends in that outcome")],
    },
    Mutant {
        code: "EMC915",
        what: "A transition takes an error for an outcome",
        change: |f| {
            f.within("order-parts");
            f.go(
                "order-part",
                "parts-list",
                By::Outcome,
                "AlreadyOrdered",
                None,
            );
        },
        also: &[
            ("EMC914", "an error is no outcome"),
            ("EMC940", "nothing ends in that outcome"),
        ],
    },
    Mutant {
        code: "EMC915",
        what: "An outcome is named like an error of the slice, and a transition follows it",
        change: |f| {
            f.at("capture-ticket");
            f.outcome("TitleMissing", &["TicketCaptured"], false);
            f.within("open-ticket");
            f.go(
                "capture-ticket",
                "ticket-desk",
                By::Outcome,
                "TitleMissing",
                None,
            );
        },
        also: &[("EMC613", "a refused ticket has no event of its own")],
    },
    Mutant {
        code: "EMC916",
        what: "An outcome is relevant outside, and no transition names it",
        change: |f| {
            f.outcomes("order-part", "ordered", |outcome| {
                outcome.externally_relevant = true;
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC916",
        what: "An event leads on where an outcome did",
        change: |f| {
            f.ways("capture-ticket", "captured", |way| {
                way.via = By::Event;
                way.name = text("TicketCaptured");
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC918",
        what: "Nobody says where the application opens when it is set up",
        change: |f| {
            f.drop_events(|event| {
                matches!(event, EmcEvent::WorkflowEntryLifecycleStateAdded { new, .. }
                    if new.state == LifecycleState::FullyConfigured)
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC918",
        what: "The application opens at a step that is not there",
        change: |f| {
            f.within("order-parts");
            f.arrivals(&[]);
            f.drop_events(|event| {
                matches!(event, EmcEvent::WorkflowEntryLifecycleCoverageRequired { workflow }
                    if **workflow == *"order-parts")
            });
            f.within("open-ticket");
            f.arrivals(&[(LifecycleState::FreshUninitialized, "front-door")]);
        },
        also: &[],
    },
];
