//! Representations of the data of a slice, from its data flows.
//!
//! The wire records a representation beside the fields of views and payloads,
//! and for everything else as a flow whose datum is the name of an input, an
//! attribute or a field and whose target is its owner.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    event::{DataFlow, vocabulary::Transformation},
    facts::{Datum, Encoding, Via},
    model,
};

/// The data flows of a slice by owner and datum, those of one datum in the
/// order of the wire.
pub(super) struct Flows<'a> {
    flows: Vec<(Datum<'a>, &'a DataFlow)>,
}

impl<'a> Flows<'a> {
    pub fn of(slice: &'a model::Slice) -> Self {
        let mut flows: Vec<(Datum<'a>, &'a DataFlow)> = slice
            .data_flows
            .iter()
            .map(|flow| (datum(&flow.value.target, &flow.value.datum), &flow.value))
            .collect();
        flows.sort_by_key(|(datum, _)| *datum);
        Self { flows }
    }

    fn first(&self, owner: &str, name: &str) -> Option<&'a DataFlow> {
        let datum = datum(owner, name);
        let at = self.flows.partition_point(|(other, _)| *other < datum);
        let (other, flow) = self.flows.get(at)?;
        (*other == datum).then_some(*flow)
    }

    /// The representation of the first flow.
    pub fn encoding(&self, owner: &str, name: &str) -> Encoding<'a> {
        self.first(owner, name)
            .map(|flow| flow.bit_encoding.as_str())
    }

    /// What the datum goes through; it is copied unless its first flow says
    /// otherwise.
    pub fn via(&self, owner: &str, name: &str) -> Via {
        let Some(flow) = self.first(owner, name) else {
            return Via::Keep;
        };
        match flow.transformation {
            Transformation::Identity | Transformation::Projection => Via::Keep,
            Transformation::Derivation
            | Transformation::Default
            | Transformation::Absence
            | Transformation::Transformation => Via::Convert(format!(
                "{} of {}",
                flow.transformation.as_str(),
                flow.source.as_str()
            )),
        }
    }

    /// Flows of data that nothing in the slice has, and data with two
    /// representations, each once.
    pub fn faults(&self, slice: &'a model::Slice) -> (Vec<Datum<'a>>, Vec<Datum<'a>>) {
        let data = data(slice);
        let mut strays = Vec::new();
        let mut clashes = Vec::new();
        for flows in self.flows.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((datum, _)) = flows.first() else {
                continue;
            };
            let recorded = data.get(datum);
            if recorded.is_none() {
                strays.push(*datum);
            }
            let encodings: BTreeSet<&str> = flows
                .iter()
                .map(|(_, flow)| flow.bit_encoding.as_str())
                .chain(recorded.copied().flatten())
                .collect();
            if encodings.len() > 1 {
                clashes.push(*datum);
            }
        }
        (strays, clashes)
    }
}

fn datum<'a>(owner: &'a str, name: &'a str) -> Datum<'a> {
    Datum { owner, name }
}

/// Everything in the slice that can have a flow, with the representation that
/// is recorded beside it first, if any is.
fn data(slice: &model::Slice) -> BTreeMap<Datum<'_>, Encoding<'_>> {
    let commands = slice.command_definitions.iter();
    let events = slice.event_definitions.iter();
    let models = slice.read_models.iter();
    let mut data: BTreeMap<Datum<'_>, Encoding<'_>> = commands
        .map(|command| datum(&command.value.name, &command.value.input.name))
        .chain(events.map(|event| datum(&event.value.name, &event.value.attribute.name)))
        .chain(models.map(|model| datum(&model.value.name, &model.value.field.name)))
        .map(|datum| (datum, None))
        .collect();
    let views = slice.views.iter().map(|view| {
        let field = &view.value.field;
        (datum(&view.value.name, &field.name), &field.bit_encoding)
    });
    let payloads = slice.external_payloads.iter().map(|payload| {
        let payload = &payload.value;
        (datum(&payload.name, &payload.field), &payload.bit_encoding)
    });
    for (datum, encoding) in views.chain(payloads) {
        data.entry(datum)
            .or_default()
            .get_or_insert(encoding.as_str());
    }
    data
}
