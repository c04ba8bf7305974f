//! Representations of the data of a slice, from its data flows.
//!
//! The wire records a representation beside the fields of views and payloads,
//! and for everything else as a flow whose datum is the name of an input, an
//! attribute or a field and whose target is its owner.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    event::{DataFlow, vocabulary::Transformation},
    model::Slice,
};

use super::code::Code;

type Key<'a> = (&'a str, &'a str);

/// The data flows of a slice by owner and datum.
pub(super) struct Flows<'a> {
    flows: BTreeMap<Key<'a>, Vec<&'a DataFlow>>,
}

/// A flow of something that the slice does not have.
pub(super) struct Stray<'a> {
    pub owner: &'a str,
    pub datum: &'a str,
}

impl<'a> Flows<'a> {
    pub fn of(slice: &'a Slice) -> Self {
        let mut flows: BTreeMap<Key<'a>, Vec<&'a DataFlow>> = BTreeMap::new();
        for flow in &slice.data_flows {
            flows
                .entry((flow.target.as_str(), flow.datum.as_str()))
                .or_default()
                .push(&flow.value);
        }
        Self { flows }
    }

    fn first(&self, owner: &str, datum: &str) -> Option<&'a DataFlow> {
        self.flows
            .get(&(owner, datum))
            .and_then(|flows| flows.first().copied())
    }

    /// The representation of the first flow.
    pub fn encoding(&self, owner: &str, datum: &str) -> Option<&'a str> {
        self.first(owner, datum)
            .map(|flow| flow.bit_encoding.as_str())
    }

    /// Write what the datum goes through, unless it is copied.
    pub fn via(&self, code: &mut Code, owner: &str, datum: &str) {
        let Some(flow) = self.first(owner, datum) else {
            return;
        };
        match flow.transformation {
            Transformation::Identity | Transformation::Projection => {}
            Transformation::Derivation
            | Transformation::Default
            | Transformation::Absence
            | Transformation::Transformation => {
                let rule = format!(
                    "{} of {}",
                    flow.transformation.as_str(),
                    flow.source.as_str()
                );
                code.raw(" (.convert").txt(&rule).raw(")");
            }
        }
    }

    /// Flows of data that nothing in the slice has, and data with two
    /// representations, each once.
    pub fn faults(&self, slice: &'a Slice) -> (Vec<Stray<'a>>, Vec<Stray<'a>>) {
        let (data, fixed) = data(slice);
        let mut strays = Vec::new();
        let mut clashes = Vec::new();
        for (&(owner, datum), flows) in &self.flows {
            if !data.contains(&(owner, datum)) {
                strays.push(Stray { owner, datum });
            }
            let mut encodings: BTreeSet<&str> = flows
                .iter()
                .map(|flow| flow.bit_encoding.as_str())
                .collect();
            encodings.extend(fixed.get(&(owner, datum)));
            if encodings.len() > 1 {
                clashes.push(Stray { owner, datum });
            }
        }
        (strays, clashes)
    }
}

/// Everything in the slice that can have a flow, and the representations that
/// are recorded beside a field.
fn data(slice: &Slice) -> (BTreeSet<Key<'_>>, BTreeMap<Key<'_>, &str>) {
    let mut data = BTreeSet::new();
    let mut fixed = BTreeMap::new();
    for command in &slice.command_definitions {
        data.insert((command.name.as_str(), command.input.name.as_str()));
    }
    for event in &slice.event_definitions {
        data.insert((event.name.as_str(), event.attribute.name.as_str()));
    }
    for model in &slice.read_models {
        data.insert((model.name.as_str(), model.field.name.as_str()));
    }
    let views = slice
        .views
        .iter()
        .map(|view| (&view.name, &view.field.name, &view.field.bit_encoding));
    let payloads = slice
        .external_payloads
        .iter()
        .map(|payload| (&payload.name, &payload.field, &payload.bit_encoding));
    for (owner, field, encoding) in views.chain(payloads) {
        let key = (owner.as_str(), field.as_str());
        data.insert(key);
        fixed.entry(key).or_insert(encoding.as_str());
    }
    (data, fixed)
}
