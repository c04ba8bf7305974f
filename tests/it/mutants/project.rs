//! What is unique in a project, and what leads out of a workflow.

use emc::event::vocabulary::{ConnectionKind as By, SliceKind};

use super::{Mutant, text};

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC951",
        what: "Two workflows have one slug",
        change: |f| f.workflow("order-parts", "From the other branch."),
        also: &[
            (
                "EMC902",
                "facts go to the first of the two, the second stays empty",
            ),
            ("EMC917", "an empty workflow has no end"),
        ],
    },
    Mutant {
        code: "EMC951",
        what: "Slices of two workflows have one slug",
        change: |f| {
            f.within("order-parts");
            f.slice("notify-technician", SliceKind::Automation, "Of the parts.");
        },
        also: &[
            (
                "EMC107",
                "facts go to the first of the two, the second stays empty",
            ),
            ("EMC903", "a transition of the empty slice would break more"),
        ],
    },
    Mutant {
        code: "EMC952",
        what: "A transition leaves for a workflow that is not there",
        change: |f| {
            f.within("order-parts");
            f.leave("order-part", "sell-parts", By::Event, "PartOrdered");
        },
        also: &[],
    },
    Mutant {
        code: "EMC952",
        what: "The workflow that a transition leaves for is misspelled",
        change: |f| {
            f.ways("work-board", "OrderParts", |way| {
                way.target_workflow = Some(text("order-part"));
            });
        },
        also: &[("EMC911", "the control leads to the right workflow")],
    },
];
