//! The flow of information: where each datum comes from, and in what form.

use super::{
    Check, Part, Path, Rule, examples,
    graph::{Node, heights},
    index::{Project, Slice, emitters},
    views::shown_field,
};
use crate::{
    diagnostic::codes::rules::information as codes,
    facts::{Attribute, AttributeSource, Command, Encoding, FieldSource, InputSource, Via},
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::DATUM_WITHOUT_FLOW,
        hint: "record the data flow of this datum with its representation",
        example: &examples::information::EMC701,
        checks: &[Check::Slice(datum_without_flow)],
    },
    Rule {
        code: &codes::REPRESENTATION_CHANGES_SILENTLY,
        hint: "use one encoding, or state the conversion",
        example: &examples::information::EMC702,
        checks: &[Check::Slice(representation_changes_silently)],
    },
    Rule {
        code: &codes::PROVENANCE_CIRCULAR,
        hint: "at least one way must start at an actor, session, generator or payload",
        example: &examples::information::EMC703,
        checks: &[Check::Project(provenance_circular)],
    },
];

fn datum_without_flow(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    let mut datum = |outer: (Part, &str), inner: (Part, &str), encoding: Encoding<'_>| {
        if encoding.is_none() {
            places.push(Path::at([outer, inner]));
        }
    };
    for command in &s.commands {
        for input in &command.inputs {
            let owner = (Part::Command, command.name);
            datum(owner, (Part::Input, input.name), input.encoding);
        }
    }
    for event in &s.events {
        for attribute in &event.attributes {
            let owner = (Part::Event, event.name);
            datum(owner, (Part::Attribute, attribute.name), attribute.encoding);
        }
    }
    for event in &s.observed {
        for attribute in &event.attributes {
            let owner = (Part::Event, event.name);
            datum(owner, (Part::Attribute, attribute.name), attribute.encoding);
        }
    }
    for model in &s.read_models {
        for field in &model.fields {
            let owner = (Part::ReadModel, model.name);
            datum(owner, (Part::Field, field.name), field.encoding);
        }
    }
    for view in &s.views {
        for shown in &view.shows {
            let owner = (Part::View, view.name);
            datum(owner, (Part::Field, shown.name), shown.encoding);
        }
    }
    for payload in &s.payloads {
        for field in &payload.fields {
            let owner = (Part::Payload, payload.name);
            datum(owner, (Part::Field, field.name), field.encoding);
        }
    }
    places
}

fn representation_changes_silently(s: &Slice<'_>) -> Vec<Path> {
    let mut places: Vec<Path> = s
        .clashes
        .iter()
        .map(|datum| Path::at([(Part::Owner, datum.owner), (Part::Datum, datum.name)]))
        .collect();
    let agrees = |via: &Via, own: Encoding<'_>, source: Option<Encoding<'_>>| {
        source.is_none_or(|source| via.agrees(own, source))
    };
    for command in &s.commands {
        for input in &command.inputs {
            if let InputSource::State { event, attribute } = input.source
                && !agrees(&input.via, input.encoding, s.encoding(event, attribute))
            {
                places.push(Path::at([
                    (Part::Command, command.name),
                    (Part::Input, input.name),
                ]));
            }
        }
    }
    for event in &s.events {
        for attribute in &event.attributes {
            for (command, input) in changed_inputs(s.emitters(event.name), attribute) {
                places.push(Path::at([
                    (Part::Event, event.name),
                    (Part::Attribute, attribute.name),
                    (Part::Command, command),
                    (Part::Input, input),
                ]));
            }
        }
    }
    for model in &s.read_models {
        for field in &model.fields {
            if let FieldSource::Attribute { event, attribute } = field.source
                && !agrees(&field.via, field.encoding, s.encoding(event, attribute))
            {
                places.push(Path::at([
                    (Part::ReadModel, model.name),
                    (Part::Field, field.name),
                ]));
            }
        }
    }
    for view in &s.views {
        for shown in &view.shows {
            let source = shown_field(s, shown).map(|field| field.encoding);
            if !agrees(&shown.via, shown.encoding, source) {
                places.push(Path::at([
                    (Part::View, view.name),
                    (Part::Field, shown.name),
                ]));
            }
        }
    }
    places
}

/// The inputs that the attribute is a copy of in another representation:
/// command, input.
fn changed_inputs<'a>(
    emitters: &[&'a Command<'a>],
    attribute: &Attribute<'a>,
) -> Vec<(&'a str, &'a str)> {
    let AttributeSource::Input(name) = attribute.source else {
        return Vec::new();
    };
    emitters
        .iter()
        .filter_map(|command| Some((command.name, command.input(name)?)))
        .filter(|(_, input)| !attribute.via.agrees(attribute.encoding, input.encoding))
        .map(|(command, _)| (command, name))
        .collect()
}

/// How far the Lean library follows an attribute back; nobody copies a value
/// that often.
const LONGEST_WAY: usize = 64;

fn provenance_circular(p: &Project<'_>) -> Vec<Path> {
    let heights = heights(&origins(p));
    let attributes = p
        .emitted()
        .iter()
        .flat_map(|emitted| emitted.event.attributes.iter().map(move |a| (emitted, a)));
    attributes
        .zip(heights)
        .filter(|(_, height)| height.is_none_or(|height| height > LONGEST_WAY))
        .map(|((emitted, attribute), _)| {
            Path::at([
                (Part::Slice, emitted.slice.slug),
                (Part::Event, emitted.event.name),
                (Part::Attribute, attribute.name),
            ])
        })
        .collect()
}

/// A node for each attribute of each event that is emitted, in order. It stands
/// on the attributes that its value is read from.
fn origins(p: &Project<'_>) -> Vec<Node> {
    let mut next = 0;
    let firsts: Vec<usize> = p
        .emitted()
        .iter()
        .map(|emitted| {
            let first = next;
            next += emitted.event.attributes.len();
            first
        })
        .collect();
    let mut nodes = Vec::with_capacity(next);
    for slice in p.slices() {
        let emitters = emitters(slice);
        for event in &slice.events {
            let emitters = emitters.get(event.name).map_or(&[][..], Vec::as_slice);
            for attribute in &event.attributes {
                let on = read_from(p, &firsts, emitters, attribute);
                nodes.push(Node {
                    holds: on.is_some(),
                    on: on.unwrap_or_default(),
                });
            }
        }
    }
    nodes
}

/// The nodes of the attributes that an attribute is read from, through the
/// inputs that it is made of; none where a way ends nowhere.
fn read_from(
    p: &Project<'_>,
    firsts: &[usize],
    emitters: &[&Command<'_>],
    attribute: &Attribute<'_>,
) -> Option<Vec<usize>> {
    let mut on = Vec::new();
    for command in emitters {
        for input in attribute.needs() {
            let InputSource::State { event, attribute } = command.input(input)?.source else {
                continue;
            };
            let Some(place) = p.place(event) else {
                // A message from outside is an origin.
                p.arrives(event).then_some(())?;
                continue;
            };
            let attributes = &p.emitted().get(place)?.event.attributes;
            let position = attributes
                .iter()
                .position(|found| found.name == attribute)?;
            on.push(firsts.get(place)? + position);
        }
    }
    Some(on)
}
