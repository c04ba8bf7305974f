//! A model that keeps every rule and draws no advice, in Lean and in Quint, with
//! slices of each kind: the desk of a repair shop, and where its parts come from.
//! Whoever writes a model for a certificate can read here what it takes; the
//! mutants of `mutants` are this model with one mistake each.

mod decisions;
mod journeys;
mod parts;
mod reactions;
mod views;

use emc::event::EmcEvent;

use crate::facts::Facts;

const UUID: &str = "UUID version 7";
const TEXT: &str = "UTF-8";
const LEVEL: &str = "unsigned 8-bit integer";
const TIME: &str = "RFC 3339 instant";
const YES: &str = "one bit";

/// The events of the model, in plain words.
pub fn events() -> Vec<EmcEvent> {
    spelled(str::to_owned)
}

/// The events of the model, each word spelled in this way.
pub fn spelled(spell: fn(&str) -> String) -> Vec<EmcEvent> {
    facts(spell).events
}

/// The model, to be changed.
pub fn facts(spell: fn(&str) -> String) -> Facts {
    let mut facts = Facts::new("repair-desk", "open-ticket", spell);
    views::ticket_desk(&mut facts);
    decisions::capture_ticket(&mut facts);
    views::ticket_details(&mut facts);
    decisions::assign_technician(&mut facts);
    reactions::notify_technician(&mut facts);
    views::work_board(&mut facts);
    journeys::open_ticket(&mut facts);

    facts.workflow("order-parts", "How parts come to the shelf.");
    parts::parts_list(&mut facts);
    decisions::order_part(&mut facts);
    parts::open_orders(&mut facts);
    reactions::receive_part(&mut facts);
    parts::part_shelf(&mut facts);
    journeys::order_parts(&mut facts);
    facts
}
