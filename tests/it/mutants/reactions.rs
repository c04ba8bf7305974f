//! Automations and translations.

use emc::event::vocabulary::{ContractKind as Binds, SliceKind};

use super::{
    Mutant,
    more::{TEXT, aside},
    text,
};
use crate::facts::Facts;

/// An automation beside the orders that records a part.
fn automation(facts: &mut Facts, trigger: &str, command: &str) {
    aside(facts, "react-to-order", SliceKind::Automation);
    facts.automation("OrderReaction", trigger, command, &[]);
    facts.contract(
        "An order is reacted to",
        (Binds::Automation, "OrderReaction"),
        ["nothing", trigger, command],
        &["order"],
        &[],
        &[],
    );
}

/// A translation beside the orders.
fn translation(facts: &mut Facts, payload: &str, command: &str) {
    aside(facts, "read-invoice", SliceKind::Translation);
    facts.payload("Invoice", &[("number", TEXT)]);
    facts.translation("InvoiceReader", "InvoiceSent", payload, command);
    facts.contract(
        "An invoice is read",
        (Binds::Translation, "InvoiceReader"),
        ["nothing", "InvoiceSent", command],
        &["order"],
        &[],
        &[],
    );
}

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC621",
        what: "An automation waits for an event that the slice does not observe",
        change: |f| automation(f, "PartLost", "RecordPart"),
        also: &[],
    },
    Mutant {
        code: "EMC621",
        what: "The event of an automation is misspelled",
        change: |f| {
            f.automations("notify-technician", "TechnicianNotifier", |automation| {
                automation.trigger = text("TechnicianAsigned");
            });
        },
        also: &[
            (
                "EMC804",
                "the board still leads from the right event to the automation",
            ),
            (
                "EMC932",
                "what nobody here records is taken to have come before the data that the command reads",
            ),
        ],
    },
    Mutant {
        code: "EMC622",
        what: "A translation of a message whose contract is not there",
        change: |f| translation(f, "Bill", "RecordPart"),
        also: &[],
    },
    Mutant {
        code: "EMC622",
        what: "The contract of a translation is misspelled",
        change: |f| {
            f.translations("receive-part", "DeliveryDesk", |translation| {
                translation.payload_contract = text("DeliveryNode");
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC624",
        what: "An automation issues a command that is not there",
        change: |f| automation(f, "PartOrdered", "ThankSupplier"),
        also: &[],
    },
    Mutant {
        code: "EMC624",
        what: "A translation issues a command that is not there",
        change: |f| translation(f, "Invoice", "PayInvoice"),
        also: &[],
    },
];
