//! What a page shows of a workflow: its elements, the data that they hold, where
//! each datum comes from, and which element leads to which.

mod links;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::kind::Kind;
use crate::{
    event::vocabulary::BoardElementKind,
    facts::{self, AttributeSource, FieldInput, FieldSource, InputSource},
    model::{self, Origin},
};

/// An element of a step.
#[derive(Clone, Debug)]
pub(super) struct Element<'a> {
    /// Its step, by position.
    pub step: usize,
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: &'a str,
    /// The element that it is a part of: the view of a control, the command of an
    /// error.
    pub within: Option<usize>,
    /// Its data, by position.
    pub data: Vec<usize>,
    /// The events that recorded it, in order; several facts can make one element.
    pub origins: Vec<Origin>,
    /// It stands on the model's board, and nothing defines it.
    pub only_drawn: bool,
    /// Its anchor in the page.
    pub anchor: String,
}

/// A datum: an input, an attribute, a field.
#[derive(Clone, Debug)]
pub(super) struct Datum<'a> {
    /// Its element, by position.
    pub element: usize,
    /// What it is called.
    pub name: &'a str,
    /// The data that it is made of, by position.
    pub from: Vec<usize>,
    /// The data that are made of it, by position.
    pub to: Vec<usize>,
    /// Its anchor in the page.
    pub anchor: String,
}

/// One element leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    /// From this element, by position.
    pub from: usize,
    /// To this one.
    pub to: usize,
}

/// All that a page shows of a workflow.
#[derive(Debug)]
pub(super) struct Atlas<'a> {
    /// The anchor of each step.
    pub anchors: Vec<String>,
    /// The elements, step by step.
    pub elements: Vec<Element<'a>>,
    /// The data, element by element.
    pub data: Vec<Datum<'a>>,
    /// What leads to what.
    pub links: Vec<Link>,
}

/// What a datum is looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key<'a> {
    Payload(&'a str, &'a str),
    /// What a control provides to a command.
    Provided(&'a str, &'a str),
    Input(&'a str, &'a str),
    Attribute(&'a str, &'a str),
    Field(&'a str, &'a str),
}

/// Where a datum is said to come from.
#[derive(Clone, Copy, Debug)]
struct Wish<'a> {
    datum: usize,
    key: Key<'a>,
}

impl<'a> Atlas<'a> {
    /// Of a workflow and of the facts that are read from it.
    pub fn of(workflow: &'a model::Workflow, facts: &facts::Workflow<'a>) -> Self {
        let mut drawing = Drawing {
            atlas: Self {
                anchors: anchors(workflow),
                elements: Vec::new(),
                data: Vec::new(),
                links: Vec::new(),
            },
            named: HashMap::new(),
            keyed: HashMap::new(),
            wishes: Vec::new(),
            defined: facts
                .steps
                .iter()
                .flat_map(|step| defined(&step.slice))
                .collect(),
            step: 0,
            first: 0,
        };
        for (slice, step) in workflow.slices.iter().zip(&facts.steps) {
            drawing.slice(slice, &step.slice);
        }
        drawing.trace();
        for (at, (slice, step)) in workflow.slices.iter().zip(&facts.steps).enumerate() {
            drawing.connect(at, slice, &step.slice);
        }
        let mut atlas = drawing.atlas;
        atlas.links.sort_unstable();
        atlas.links.dedup();
        atlas.links.retain(|link| link.from != link.to);
        atlas
    }

    /// The elements of a step, with their positions.
    pub fn of_step(&self, step: usize) -> impl Iterator<Item = (usize, &Element<'a>)> {
        let start = self.elements.partition_point(|one| one.step < step);
        let elements = self.elements.iter().enumerate().skip(start);
        elements.take_while(move |(_, one)| one.step == step)
    }

    /// The element at a position of this atlas.
    pub fn element(&self, at: usize) -> &Element<'a> {
        // Positions are made from the elements themselves.
        &self.elements[at]
    }

    /// The datum at a position of this atlas.
    pub fn datum(&self, at: usize) -> &Datum<'a> {
        // Positions are made from the data themselves.
        &self.data[at]
    }
}

/// The anchor of each step: two steps never share one.
pub(super) fn anchors(workflow: &model::Workflow) -> Vec<String> {
    let mut twins: BTreeMap<&str, usize> = BTreeMap::new();
    let slices = workflow.slices.iter();
    slices
        .map(|slice| {
            let count = twins.entry(&slice.slug).or_default();
            *count += 1;
            let stem = crate::artifact::stem::stem(&slice.slug);
            match *count {
                1 => stem,
                count => format!("{stem}-{count}"),
            }
        })
        .collect()
}

/// What a slice defines, by kind and name.
fn defined<'a>(slice: &facts::Slice<'a>) -> Vec<(Kind, &'a str)> {
    let views = slice.views.iter().map(|one| (Kind::View, one.name));
    let automations = slice.automations.iter();
    let translations = slice.translations.iter();
    let payloads = slice.payloads.iter().map(|one| (Kind::Payload, one.name));
    let commands = slice.commands.iter().map(|one| (Kind::Command, one.name));
    let models = slice.read_models.iter();
    let events = slice.events.iter().map(|one| (Kind::Event, one.name));
    let observed = slice.observed.iter().map(|one| (Kind::Observed, one.name));
    views
        .chain(automations.map(|one| (Kind::Automation, one.name)))
        .chain(translations.map(|one| (Kind::Translation, one.name)))
        .chain(payloads)
        .chain(commands)
        .chain(models.map(|one| (Kind::ReadModel, one.name)))
        .chain(events)
        .chain(observed)
        .collect()
}

/// How many steps that emit one event are told of where it is relied on.
const EMITTERS: usize = 4;

/// Those in the step itself; where there are none, the `most` that are closest to
/// it. A name that stands in too many steps would lead everywhere else.
fn nearest(
    all: &[usize],
    step: usize,
    step_of: impl Fn(usize) -> usize,
    most: usize,
) -> Vec<usize> {
    let here = all.iter().copied().filter(|one| step_of(*one) == step);
    let here: Vec<usize> = here.collect();
    if !here.is_empty() {
        return here;
    }
    let mut others = all.to_vec();
    others.sort_by_key(|one| (step_of(*one).abs_diff(step), *one));
    others.truncate(most);
    others.sort_unstable();
    others
}

/// An atlas under way.
struct Drawing<'a> {
    atlas: Atlas<'a>,
    /// The elements by kind and name, in order.
    named: HashMap<(Kind, &'a str), Vec<usize>>,
    /// The data by what they are looked up by, in order.
    keyed: HashMap<Key<'a>, Vec<usize>>,
    wishes: Vec<Wish<'a>>,
    /// What the workflow defines.
    defined: HashSet<(Kind, &'a str)>,
    step: usize,
    /// The first element of the step.
    first: usize,
}

impl<'a> Drawing<'a> {
    fn element(
        &mut self,
        kind: Kind,
        name: &'a str,
        within: Option<usize>,
        origins: impl IntoIterator<Item = Origin>,
    ) -> usize {
        let at = self.atlas.elements.len();
        let mut origins: Vec<Origin> = origins.into_iter().collect();
        origins.sort_unstable();
        origins.dedup();
        let anchor = self.atlas.anchors.get(self.step).cloned();
        self.atlas.elements.push(Element {
            step: self.step,
            kind,
            name,
            within,
            data: Vec::new(),
            origins,
            only_drawn: false,
            anchor: format!("{}.{}", anchor.unwrap_or_default(), at - self.first + 1),
        });
        self.named.entry((kind, name)).or_default().push(at);
        at
    }

    fn datum(&mut self, element: usize, name: &'a str, key: Option<Key<'a>>) -> usize {
        let at = self.atlas.data.len();
        let owner = &mut self.atlas.elements[element];
        owner.data.push(at);
        let anchor = format!("{}.{}", owner.anchor, owner.data.len());
        self.atlas.data.push(Datum {
            element,
            name,
            from: Vec::new(),
            to: Vec::new(),
            anchor,
        });
        if let Some(key) = key {
            self.keyed.entry(key).or_default().push(at);
        }
        at
    }

    fn wish(&mut self, datum: usize, key: Key<'a>) {
        self.wishes.push(Wish { datum, key });
    }

    fn slice(&mut self, slice: &'a model::Slice, facts: &facts::Slice<'a>) {
        self.first = self.atlas.elements.len();
        self.messages(slice);
        self.views(slice);
        self.commands(slice, facts);
        self.events(slice, facts);
        self.read_models(slice, facts);
        for card in &slice.board_elements {
            let name = card.declared_name.as_str();
            let known = |kind: &Kind| {
                kind.is_drawn_as(card.kind)
                    && (self.defined.contains(&(*kind, name))
                        || self.defined.contains(&(*kind, &card.name)))
            };
            // The message of a translation has no definition of its own.
            let is_message = card.kind == BoardElementKind::ExternalEvent
                && slice.translations.iter().any(|one| {
                    one.external_event == card.declared_name || one.external_event == card.name
                });
            if !is_message && !Kind::CARDS.iter().any(known) {
                let kind = Kind::of_card(card.kind);
                let at = self.element(kind, name, None, [card.origin]);
                self.atlas.elements[at].only_drawn = true;
            }
        }
        self.step += 1;
    }

    fn messages(&mut self, slice: &'a model::Slice) {
        for payload in slice.payloads() {
            let origins = payload.fields.iter().map(|field| field.origin);
            let at = self.element(Kind::Payload, payload.name, None, origins);
            for field in &payload.fields {
                let name = field.value.field.as_str();
                self.datum(at, name, Some(Key::Payload(payload.name, name)));
            }
        }
        for one in &slice.translations {
            self.element(Kind::Translation, &one.value.name, None, [one.origin]);
        }
        for one in &slice.automations {
            self.element(Kind::Automation, &one.value.name, None, [one.origin]);
        }
    }

    fn views(&mut self, slice: &'a model::Slice) {
        for view in slice.screens() {
            let fields = view.fields.iter().map(|field| field.origin);
            let at = self.element(Kind::View, view.name, None, fields);
            for field in &view.fields {
                let field = field.value;
                let datum = self.datum(at, &field.name, None);
                let key = Key::Field(&field.source_read_model, &field.source_field);
                self.wish(datum, key);
            }
            // Facts of one control give one input each.
            let mut controls: BTreeMap<&str, usize> = BTreeMap::new();
            for control in &view.controls {
                let (name, own) = (control.value.name.as_str(), control.value);
                let alone = slice.controls_written.get(view.name, name);
                let origin = alone.unwrap_or(control.origin);
                let element = *controls
                    .entry(name)
                    .or_insert_with(|| self.element(Kind::Control, name, Some(at), []));
                let origins = &mut self.atlas.elements[element].origins;
                if !origins.contains(&origin) {
                    origins.push(origin);
                    origins.sort_unstable();
                }
                let key = Key::Provided(&own.command, &own.input.name);
                self.datum(element, &own.input.name, Some(key));
            }
        }
    }

    fn commands(&mut self, slice: &'a model::Slice, facts: &facts::Slice<'a>) {
        for (command, facts) in slice.commands().into_iter().zip(&facts.commands) {
            let origins: Vec<Origin> = command.inputs.iter().map(|input| input.origin).collect();
            let first = origins.first().copied();
            let at = self.element(Kind::Command, command.name, None, origins);
            for input in &facts.inputs {
                let key = Key::Input(facts.name, input.name);
                let datum = self.datum(at, input.name, Some(key));
                match &input.source {
                    InputSource::Actor => self.wish(datum, Key::Provided(facts.name, input.name)),
                    InputSource::Payload { payload, field } => {
                        self.wish(datum, Key::Payload(payload, field));
                    }
                    InputSource::State { event, attribute } => {
                        self.wish(datum, Key::Attribute(event, attribute));
                    }
                    InputSource::Session(_)
                    | InputSource::Generated(_)
                    | InputSource::Argument(_) => {}
                }
            }
            for error in command.errors {
                self.element(Kind::Error, &error.name, Some(at), first);
            }
        }
    }

    fn events(&mut self, slice: &'a model::Slice, facts: &facts::Slice<'a>) {
        for event in slice.events() {
            let emitted = facts.events.iter().find(|one| *event.name == *one.name);
            let seen = facts.observed.iter().find(|one| *event.name == *one.name);
            let kind = match emitted {
                Some(_) => Kind::Event,
                None => Kind::Observed,
            };
            let origins = event.attributes.iter().map(|attribute| attribute.origin);
            let at = self.element(kind, event.name, None, origins);
            for (index, attribute) in event.attributes.iter().enumerate() {
                let name = attribute.value.name.as_str();
                let datum = self.datum(at, name, Some(Key::Attribute(event.name, name)));
                let source = emitted.and_then(|event| event.attributes.get(index));
                match source.map(|source| &source.source) {
                    Some(AttributeSource::Input(input)) => {
                        self.of_emitters(datum, event.name, &[*input], facts);
                    }
                    Some(AttributeSource::Derived { inputs, .. }) => {
                        self.of_emitters(datum, event.name, inputs, facts);
                    }
                    Some(AttributeSource::Payload { payload, field }) => {
                        self.wish(datum, Key::Payload(payload, field));
                    }
                    Some(AttributeSource::Generated(_) | AttributeSource::Session(_)) => {}
                    None => {
                        let seen = seen.and_then(|event| event.attributes.get(index));
                        match seen.and_then(|seen| seen.from) {
                            Some((payload, field)) => {
                                self.wish(datum, Key::Payload(payload, field));
                            }
                            None => self.wish(datum, Key::Attribute(event.name, name)),
                        }
                    }
                }
            }
        }
    }

    fn of_emitters(
        &mut self,
        datum: usize,
        event: &str,
        inputs: &[&'a str],
        facts: &facts::Slice<'a>,
    ) {
        for command in &facts.commands {
            if command.emits.contains(&event) {
                for input in inputs {
                    self.wish(datum, Key::Input(command.name, input));
                }
            }
        }
    }

    fn read_models(&mut self, slice: &'a model::Slice, facts: &facts::Slice<'a>) {
        for (projection, facts) in slice.projections().into_iter().zip(&facts.read_models) {
            let origins = projection.fields.iter().map(|field| field.origin);
            let at = self.element(Kind::ReadModel, projection.name, None, origins);
            for field in &facts.fields {
                let key = Key::Field(facts.name, field.name);
                let datum = self.datum(at, field.name, Some(key));
                match &field.source {
                    FieldSource::Attribute { event, attribute } => {
                        self.wish(datum, Key::Attribute(event, attribute));
                    }
                    FieldSource::Derived { sources, .. } => {
                        for source in sources {
                            let key = match source {
                                FieldInput::Attribute { event, attribute } => {
                                    Key::Attribute(event, attribute)
                                }
                                FieldInput::Field(name) => Key::Field(facts.name, name),
                            };
                            self.wish(datum, key);
                        }
                    }
                    FieldSource::Absent { .. } => {}
                }
            }
        }
    }

    /// Find what each datum is made of: in its own step, or else where it is
    /// recorded for the whole workflow.
    fn trace(&mut self) {
        for wish in std::mem::take(&mut self.wishes) {
            let own = wish.datum;
            let Some(found) = self.keyed.get(&wish.key) else {
                continue;
            };
            let of = |datum: usize| self.atlas.element(self.atlas.data[datum].element);
            let step = of(own).step;
            let is_source = |datum: &usize| {
                *datum != own && (of(*datum).step == step || of(*datum).kind != Kind::Observed)
            };
            let found: Vec<usize> = found.iter().copied().filter(is_source).collect();
            for source in nearest(&found, step, |datum| of(datum).step, EMITTERS) {
                if !self.atlas.data[own].from.contains(&source) {
                    self.atlas.data[own].from.push(source);
                    self.atlas.data[source].to.push(own);
                }
            }
        }
    }
}
