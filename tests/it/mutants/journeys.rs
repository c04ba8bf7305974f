//! Journeys that do not end: what Lean sees in the transitions, beside what Quint
//! sees in the states.

use emc::event::vocabulary::{ConnectionKind as By, ContractKind as Binds, SliceKind};

use super::{
    Mutant,
    more::{TEXT, UUID, aside, consume, count_parts, counter, sees, sees_order},
};
use crate::facts::{Facts, From, Owner};

/// Two state changes that lead to each other; two views show what they record.
fn to_and_fro(facts: &mut Facts) {
    counter(facts, "count-parts", "CountParts", "PartsCounted");
    counter(facts, "weigh-parts", "WeighParts", "PartsWeighed");
    sees(facts, "count-parts", "PartsWeighed");
    sees(facts, "weigh-parts", "PartsCounted");
    facts.go(
        "count-parts",
        "weigh-parts",
        By::Event,
        "PartsCounted",
        None,
    );
    facts.go(
        "weigh-parts",
        "count-parts",
        By::Event,
        "PartsWeighed",
        None,
    );
    consume(facts, "part-shelf", "Parts", "PartShelf", "PartsCounted");
    consume(facts, "open-orders", "Orders", "OpenOrders", "PartsWeighed");
}

/// An automation that issues the command of another slice.
fn reaction(
    facts: &mut Facts,
    trigger: (&str, &str, &str),
    command: &str,
    errors: &[&str],
    attribute: &str,
) {
    let (slug, event, stream) = trigger;
    facts.at(slug);
    facts.event(
        event,
        stream,
        Owner::Elsewhere,
        &[(
            attribute,
            From::Elsewhere,
            if attribute == "part" { TEXT } else { UUID },
        )],
    );
    facts.automation("Repeater", event, command, errors);
    facts.contract(
        "Once more",
        (Binds::Automation, "Repeater"),
        ["nothing", event, command],
        &[stream],
        &[],
        &[],
    );
}

/// What comes of an automation that sets itself off.
const NEVER_SETTLES: [(&str, &str); 2] = [
    ("EMC934", "the automation sets itself off in every journey"),
    (
        "EMC937",
        "so there is always something that is not answered",
    ),
];

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC917",
        what: "A workflow of one state change that leads to itself",
        change: |f| {
            f.workflow("stock-taking", "Counts for ever.");
            counter(f, "count-parts", "CountParts", "PartsCounted");
            f.go(
                "count-parts",
                "count-parts",
                By::Event,
                "PartsCounted",
                None,
            );
            consume(f, "part-shelf", "Parts", "PartShelf", "PartsCounted");
        },
        also: &[
            ("EMC920", "what holds of the workflow holds of its step"),
            ("EMC937", "no journey ends"),
        ],
    },
    Mutant {
        code: "EMC917",
        what: "A workflow of two state changes that lead to each other",
        change: |f| {
            f.workflow("stock-taking", "Counts and weighs for ever.");
            to_and_fro(f);
        },
        also: &[
            ("EMC920", "what holds of the workflow holds of its steps"),
            ("EMC937", "no journey ends"),
        ],
    },
    Mutant {
        code: "EMC920",
        what: "A step that leads to itself only",
        change: |f| {
            count_parts(f);
            f.go(
                "count-parts",
                "count-parts",
                By::Event,
                "PartsCounted",
                None,
            );
            sees_order(f, "count-parts");
            f.go("open-orders", "count-parts", By::Event, "PartOrdered", None);
        },
        also: &[("EMC937", "a journey that gets there does not end")],
    },
    Mutant {
        code: "EMC920",
        what: "Two steps that lead to each other only",
        change: |f| {
            f.within("order-parts");
            to_and_fro(f);
            sees_order(f, "count-parts");
            f.go("open-orders", "count-parts", By::Event, "PartOrdered", None);
        },
        also: &[("EMC937", "a journey that gets there does not end")],
    },
    Mutant {
        code: "EMC921",
        what: "An automation waits for the event that its own command records",
        change: |f| {
            aside(f, "repeat-part", SliceKind::Automation);
            let trigger = ("repeat-part", "PartReceived", "part");
            reaction(f, trigger, "RecordPart", &[], "part");
        },
        also: &NEVER_SETTLES,
    },
    Mutant {
        code: "EMC921",
        what: "An automation repeats the notice of another one whenever it is sent",
        change: |f| {
            f.within("open-ticket");
            f.slice("repeat-notice", SliceKind::Automation, "Sends it again.");
            let trigger = ("repeat-notice", "TechnicianNotified", "notice");
            reaction(
                f,
                trigger,
                "NotifyTechnician",
                &["MailRefused"],
                "ticket_id",
            );
            let technician = [("technician", From::Elsewhere, TEXT)];
            f.event(
                "TechnicianAssigned",
                "ticket",
                Owner::Elsewhere,
                &technician,
            );
            f.go(
                "assign-technician",
                "repeat-notice",
                By::Event,
                "TechnicianAssigned",
                None,
            );
            f.go(
                "repeat-notice",
                "work-board",
                By::Event,
                "TechnicianAssigned",
                None,
            );
        },
        also: &NEVER_SETTLES,
    },
];
