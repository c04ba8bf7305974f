//! Scenarios and outcomes.

use emc::event::vocabulary::{ConnectionKind as By, ContractKind as Binds};

use super::{
    Mutant,
    more::{consume, second_event},
    text,
};
use crate::facts::{Facts, change::Is};

/// An outcome that leads back to the list of parts.
fn back_to_the_list(facts: &mut Facts, label: &str, events: &[&str]) {
    facts.at("order-part");
    facts.outcome(label, events, false);
    facts.within("order-parts");
    facts.go("order-part", "parts-list", By::Outcome, label, None);
}

/// An outcome that leads back to the desk.
fn back_to_the_desk(facts: &mut Facts, label: &str, events: &[&str]) {
    facts.at("capture-ticket");
    facts.outcome(label, events, false);
    facts.within("open-ticket");
    facts.go("capture-ticket", "ticket-desk", By::Outcome, label, None);
}

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC601",
        what: "A scenario is about a command that is not there",
        change: |f| {
            f.at("order-part");
            f.contract(
                "An order is cancelled",
                (Binds::Command, "CancelOrder"),
                ["PartOrdered", "CancelOrder", "nothing"],
                &["order"],
                &["order"],
                &[],
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC601",
        what: "A scenario shows how a field is derived that is not derived",
        change: |f| {
            f.at("part-shelf");
            f.contract(
                "The supplier is looked up",
                (Binds::Derivation, "supplier"),
                ["nothing", "PartReceived", "the supplier is listed"],
                &["part"],
                &[],
                &[],
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC602",
        what: "A scenario reads from a stream that is not there",
        change: |f| {
            f.scenarios("capture-ticket", "A ticket is recorded", |scenario| {
                scenario.read_streams = vec![text("tickets")];
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC602",
        what: "The story of a view reads from a stream that the slice does not know",
        change: |f| {
            f.scenarios("part-shelf", "The desk sees what has come", |scenario| {
                scenario.read_streams.push(text("shelf"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC603",
        what: "The scenario of a command names no stream",
        change: |f| {
            f.scenarios("order-part", "A part is ordered", |scenario| {
                scenario.read_streams.clear();
                scenario.written_streams.clear();
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC603",
        what: "The scenario of an error does not say what it reads",
        change: |f| {
            f.scenarios("capture-ticket", "A ticket needs a title", |scenario| {
                scenario.read_streams.clear();
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC604",
        what: "A scenario ends in an error that the command does not have",
        change: |f| {
            f.scenarios("capture-ticket", "A ticket needs a title", |scenario| {
                scenario.error_references.push(text("PriorityMissing"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC604",
        what: "The scenario of a projection ends in an error",
        change: |f| {
            f.scenarios("part-shelf", "Received parts are listed", |scenario| {
                scenario.error_references.push(text("PartLost"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC605",
        what: "The scenario of a command is gone; one of its error is left",
        change: |f| f.forget("order-part", Is::Scenario, "A part is ordered"),
        also: &[],
    },
    Mutant {
        code: "EMC605",
        what: "The scenario of a translation is gone",
        change: |f| {
            f.forget(
                "receive-part",
                Is::Scenario,
                "A delivery note becomes a part",
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC605",
        what: "The scenario of an automation is gone",
        change: |f| {
            f.forget(
                "notify-technician",
                Is::Scenario,
                "Each assignment is announced",
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC611",
        what: "An outcome of no event",
        change: |f| back_to_the_list(f, "nothing", &[]),
        also: &[],
    },
    Mutant {
        code: "EMC611",
        what: "Giving up is an outcome, and nothing records it",
        change: |f| back_to_the_desk(f, "given up", &[]),
        also: &[],
    },
    Mutant {
        code: "EMC612",
        what: "An outcome of an event that the slice does not know",
        change: |f| back_to_the_list(f, "packed", &["PartPacked"]),
        also: &[],
    },
    Mutant {
        code: "EMC612",
        what: "An outcome of an event of another slice",
        change: |f| back_to_the_desk(f, "assigned at once", &["TechnicianAssigned"]),
        also: &[],
    },
    Mutant {
        code: "EMC613",
        what: "Two outcomes of one event",
        change: |f| back_to_the_list(f, "placed", &["PartOrdered"]),
        also: &[],
    },
    Mutant {
        code: "EMC613",
        what: "Two outcomes of the same two events",
        change: |f| {
            f.at("assign-technician");
            let events = ["TechnicianAssigned", "AssignmentDeferred"];
            f.outcome("both", &events, true);
            f.outcome("both again", &[events[1], events[0]], true);
            f.within("open-ticket");
            for label in ["both", "both again"] {
                f.go("assign-technician", "ticket-desk", By::Outcome, label, None);
            }
        },
        also: &[],
    },
    Mutant {
        code: "EMC614",
        what: "The outcome of an event is gone, and the way that it selects",
        change: |f| {
            f.forget("assign-technician", Is::Outcome, "deferred");
            f.close("assign-technician", "deferred");
            f.forget("assign-technician", Is::Scenario, "Nobody is free");
        },
        also: &[],
    },
    Mutant {
        code: "EMC614",
        what: "A second event, in no outcome",
        change: |f| {
            second_event(f);
            consume(f, "open-orders", "Orders", "OpenOrders", "OrderPrinted");
        },
        also: &[],
    },
];
