//! Facts from the model. They borrow from it all they can.

mod behaviour;
mod board;
mod flow;
mod scenario;
mod screen;
#[cfg(test)]
mod tests;
mod workflow;

use super::Slice;
use crate::{event::Text, model};
use flow::Flows;

impl<'a> Slice<'a> {
    /// What a slice of the model says.
    pub fn of(slice: &'a model::Slice) -> Self {
        let flows = Flows::of(slice);
        let definitions = slice.events();
        let commands = slice.commands();
        let (events, observed) = behaviour::events(&definitions, &commands, &flows);
        let projections = slice.projections();
        let (acceptance, contracts) = scenario::scenarios(slice, &projections);
        let (strays, clashes) = flows.faults(slice);
        Self {
            slug: &slice.slug,
            title: &slice.name,
            kind: slice.kind,
            purpose: &slice.description,
            streams: slice.streams().into_iter().map(Text::as_str).collect(),
            payloads: behaviour::payloads(slice),
            events,
            observed,
            commands: behaviour::commands(&commands, &flows),
            automations: behaviour::automations(slice),
            translations: behaviour::translations(slice),
            read_models: screen::read_models(&projections, &definitions, &flows),
            views: screen::views(slice, &flows),
            outcomes: behaviour::outcomes(slice),
            acceptance,
            contracts,
            cards: board::cards(slice),
            wires: board::wires(slice),
            strays,
            clashes,
        }
    }
}

/// Texts as string slices.
fn texts(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(Text::as_str).collect()
}

/// Borrowed texts as string slices.
fn names<'a>(texts: &[&'a Text]) -> Vec<&'a str> {
    texts.iter().map(|text| text.as_str()).collect()
}
