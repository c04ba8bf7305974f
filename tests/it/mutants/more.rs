//! More of the clean model: what a mistake needs as its place.

use emc::event::{
    Control,
    vocabulary::{ConnectionKind as By, ContractKind as Binds, InputSourceKind, SliceKind},
};

use super::text;
use crate::facts::{Facts, Field, From, Owner};

pub const TEXT: &str = "UTF-8";
pub const TIME: &str = "RFC 3339 instant";
pub const LEVEL: &str = "unsigned 8-bit integer";
pub const UUID: &str = "UUID version 7";

/// An empty slice beside the orders: it knows of the order and can be reached. A
/// view is an end, all others lead back.
pub fn aside(facts: &mut Facts, slug: &str, kind: SliceKind) {
    facts.within("order-parts");
    facts.slice(slug, kind, "Beside the orders.");
    sees_order(facts, slug);
    if matches!(kind, SliceKind::StateView | SliceKind::StateChange) {
        facts.accept(
            &format!("Somebody turns to {slug}"),
            "an order",
            "it is turned to",
            "it is there",
        );
    }
    facts.go("open-orders", slug, By::Event, "PartOrdered", None);
    if kind != SliceKind::StateView {
        facts.go(slug, "open-orders", By::Event, "PartOrdered", None);
    }
}

/// A whole state change, without a way to it or from it; the part shelf shows
/// what it records.
pub fn count_parts(facts: &mut Facts) {
    facts.within("order-parts");
    counter(facts, "count-parts", "CountParts", "PartsCounted");
    consume(facts, "part-shelf", "Parts", "PartShelf", "PartsCounted");
    facts.at("count-parts");
}

/// A state change that counts, and nothing else.
pub fn counter(facts: &mut Facts, slug: &str, command: &str, event: &str) {
    facts.slice(slug, SliceKind::StateChange, "Counts the parts.");
    counting(facts, command, event);
    facts.outcome("counted", &[event], false);
    facts.accept(
        &format!("The desk turns to {slug}"),
        "parts",
        "they are counted",
        "it is known",
    );
}

/// A slice knows an event of a counter.
pub fn sees(facts: &mut Facts, slice: &str, event: &str) {
    facts.at(slice);
    facts.event(
        event,
        "stock",
        Owner::Elsewhere,
        &[("counted_by", From::Elsewhere, TEXT)],
    );
}

/// A slice knows of an order.
pub fn sees_order(facts: &mut Facts, slice: &str) {
    facts.at(slice);
    facts.event(
        "PartOrdered",
        "order",
        Owner::Elsewhere,
        &[("part", From::Elsewhere, TEXT)],
    );
}

/// From the orders to the counting, and on to the shelf.
pub fn ways_to_count(facts: &mut Facts) {
    facts.within("order-parts");
    sees_order(facts, "count-parts");
    facts.go("open-orders", "count-parts", By::Event, "PartOrdered", None);
    facts.go("count-parts", "part-shelf", By::Event, "PartsCounted", None);
}

/// A whole state view, without a way to it.
pub fn help(facts: &mut Facts) {
    facts.within("order-parts");
    facts.slice("part-help", SliceKind::StateView, "Helps with an order.");
    sees_order(facts, "part-help");
    facts.read_model("Help", &[("part", Field::Of("PartOrdered"), TEXT)]);
    facts.view("PartHelp", "Help", &[("part", TEXT)], Vec::new());
    facts.accept(
        "The desk is helped",
        "an order",
        "help is opened",
        "it is there",
    );
    facts.contract(
        "Help is about the part",
        (Binds::Projector, "Help"),
        ["nothing", "PartOrdered", "the part is named"],
        &["order"],
        &[],
        &[],
    );
}

/// A command that is called from outside, and its event, which has one attribute.
pub fn counting(facts: &mut Facts, command: &str, event: &str) {
    facts.command(
        command,
        &[event],
        &[],
        &[],
        &[("counted_by", From::Argument("desk"), TEXT)],
    );
    facts.event(
        event,
        "stock",
        Owner::Here,
        &[("counted_by", From::Input("counted_by"), TEXT)],
    );
    facts.contract(
        &format!("{command} is done"),
        (Binds::Command, command),
        ["parts", command, event],
        &[],
        &["stock"],
        &[],
    );
}

/// Ordering a part records a second event.
pub fn second_event(facts: &mut Facts) {
    facts.at("order-part");
    facts.event(
        "OrderPrinted",
        "stock",
        Owner::Here,
        &[("counted_by", From::Input("desk"), TEXT)],
    );
    facts.commands("order-part", "OrderPart", |command| {
        command.emitted_events.push(text("OrderPrinted"));
    });
}

/// A view shows the one attribute of an event.
pub fn consume(facts: &mut Facts, slice: &str, read_model: &str, view: &str, event: &str) {
    sees(facts, slice, event);
    let field = [("counted_by", Field::Of(event), TEXT)];
    facts.read_model(read_model, &field);
    facts.view(view, read_model, &[("counted_by", TEXT)], Vec::new());
}

/// A control that an actor uses, with one input.
pub fn button(facts: &Facts, name: &str, input: &str, errors: &[&str], view: &str) -> Control {
    facts.control(name, (input, InputSourceKind::Actor), errors, view)
}

/// Controls on the desk.
pub fn on_desk(facts: &mut Facts, controls: Vec<Control>) {
    facts.at("ticket-desk");
    facts.view(
        "TicketDesk",
        "OpenTickets",
        &[("ticket_id", UUID)],
        controls,
    );
}

/// Controls on the screen of a ticket.
pub fn on_ticket(facts: &mut Facts, controls: Vec<Control>) {
    facts.at("ticket-details");
    facts.view(
        "TicketScreen",
        "TicketDetails",
        &[("ticket_id", UUID)],
        controls,
    );
}

/// Controls on the shelf.
pub fn on_shelf(facts: &mut Facts, controls: Vec<Control>) {
    facts.at("part-shelf");
    facts.view("PartShelf", "Parts", &[("part", TEXT)], controls);
}

/// Controls on the list of parts.
pub fn on_list(facts: &mut Facts, controls: Vec<Control>) {
    facts.at("parts-list");
    facts.view("PartsList", "PartTree", &[("part", TEXT)], controls);
}

/// Controls on the board of the work.
pub fn on_board(facts: &mut Facts, controls: Vec<Control>) {
    facts.at("work-board");
    facts.view("WorkBoard", "Assignments", &[("ticket_id", UUID)], controls);
}
