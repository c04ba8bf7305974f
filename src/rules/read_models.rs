//! Read models and their fields.

use std::collections::{HashMap, HashSet};

use super::{
    Check, Part, Path, Rule, examples,
    graph::{Node, heights},
    index::Slice,
};
use crate::{
    diagnostic::codes::rules::read_models as codes,
    facts::{Covers, FieldInput, FieldSource, ReadModel},
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::READ_MODEL_WITHOUT_FIELDS,
        hint: "add the fields it projects",
        example: &examples::read_models::EMC401,
        checks: &[Check::Slice(read_model_without_fields)],
    },
    Rule {
        code: &codes::FIELD_SOURCE_UNKNOWN,
        hint: "project it from an attribute of an event this slice emits or observes",
        example: &examples::read_models::EMC402,
        checks: &[Check::Slice(field_source_unknown)],
    },
    Rule {
        code: &codes::FIELD_RULE_WITHOUT_SCENARIO,
        hint: "add the contract scenario that shows the derivation or absence",
        example: &examples::read_models::EMC403,
        checks: &[Check::Slice(field_rule_without_scenario)],
    },
    Rule {
        code: &codes::TRANSITIVE_READ_MODEL_INCOMPLETE,
        hint: "name relationship fields and an example scenario",
        example: &examples::read_models::EMC404,
        checks: &[Check::Slice(transitive_read_model_incomplete)],
    },
    Rule {
        code: &codes::READ_MODEL_WITHOUT_PROJECTOR_SCENARIO,
        hint: "add a contract scenario that covers the projection",
        example: &examples::read_models::EMC405,
        checks: &[Check::Slice(read_model_without_projector_scenario)],
    },
    Rule {
        code: &codes::FIELD_DERIVATION_CIRCULAR,
        hint: "derive it from attributes or independent fields",
        example: &examples::read_models::EMC406,
        checks: &[Check::Slice(field_derivation_circular)],
    },
    Rule {
        code: &codes::READ_MODEL_NEVER_VIEWED,
        hint: "show it or drop it",
        example: &examples::read_models::EMC410,
        checks: &[Check::Slice(read_model_never_viewed)],
    },
    Rule {
        code: &codes::FIELD_NEVER_SHOWN,
        hint: "show it or drop it",
        example: &examples::read_models::EMC411,
        checks: &[Check::Slice(field_never_shown)],
    },
];

fn read_model_without_fields(s: &Slice<'_>) -> Vec<Path> {
    s.read_models
        .iter()
        .filter(|model| model.fields.is_empty())
        .map(|model| Path::at([(Part::ReadModel, model.name)]))
        .collect()
}

fn field_source_unknown(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for model in &s.read_models {
        for field in &model.fields {
            let here = [(Part::ReadModel, model.name), (Part::Field, field.name)];
            let [outer, inner] = here;
            match &field.source {
                FieldSource::Attribute { event, attribute } => {
                    if s.encoding(event, attribute).is_none() {
                        let event = (Part::Event, *event);
                        places.push(Path::at([
                            outer,
                            inner,
                            event,
                            (Part::Attribute, attribute),
                        ]));
                    }
                }
                FieldSource::Derived { sources, .. } => {
                    let known = |source: &FieldInput<'_>| match source {
                        FieldInput::Attribute { event, attribute } => {
                            s.encoding(event, attribute).is_some()
                        }
                        FieldInput::Field(name) => model.field(name).is_some(),
                    };
                    if sources.is_empty() || !sources.iter().all(known) {
                        places.push(Path::at(here));
                    }
                }
                FieldSource::Absent { event, .. } => {
                    if !s.knows(event) {
                        places.push(Path::at([outer, inner, (Part::Event, event)]));
                    }
                }
            }
        }
    }
    places
}

fn field_rule_without_scenario(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for model in &s.read_models {
        for field in &model.fields {
            let (scenario, covers) = match field.source {
                FieldSource::Attribute { .. } => continue,
                FieldSource::Derived { scenario, .. } => (scenario, Covers::Derivation(field.name)),
                FieldSource::Absent { scenario, .. } => (scenario, Covers::Absence(field.name)),
            };
            if !s.shows(scenario, covers) {
                places.push(Path::at([
                    (Part::ReadModel, model.name),
                    (Part::Field, field.name),
                    (Part::Scenario, scenario),
                ]));
            }
        }
    }
    places
}

fn transitive_read_model_incomplete(s: &Slice<'_>) -> Vec<Path> {
    let complete = |model: &ReadModel<'_>| {
        model.transitive.as_ref().is_none_or(|transitive| {
            transitive.rule.is_some()
                && !transitive.relations.is_empty()
                && transitive
                    .relations
                    .iter()
                    .all(|name| model.field(name).is_some())
                && transitive
                    .example
                    .is_some_and(|example| s.shows(example, Covers::Transitive(model.name)))
        })
    };
    s.read_models
        .iter()
        .filter(|model| !complete(model))
        .map(|model| Path::at([(Part::ReadModel, model.name)]))
        .collect()
}

fn read_model_without_projector_scenario(s: &Slice<'_>) -> Vec<Path> {
    s.read_models
        .iter()
        .filter(|model| !s.covers(Covers::Projector(model.name)))
        .map(|model| Path::at([(Part::ReadModel, model.name)]))
        .collect()
}

/// A derived field is grounded when everything it is computed from is.
fn field_derivation_circular(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for model in &s.read_models {
        let derived = |source: &FieldSource<'_>| matches!(source, FieldSource::Derived { .. });
        if !model.fields.iter().any(|field| derived(&field.source)) {
            continue;
        }
        let grounded = grounded(model);
        for field in model.fields.iter().filter(|field| derived(&field.source)) {
            if !grounded.contains(field.name) {
                places.push(Path::at([
                    (Part::ReadModel, model.name),
                    (Part::Field, field.name),
                ]));
            }
        }
    }
    places
}

/// The fields that are not computed from themselves, in the end. That something is
/// unknown is told by another rule.
fn grounded<'a>(model: &ReadModel<'a>) -> HashSet<&'a str> {
    let mut places = HashMap::with_capacity(model.fields.len());
    for (place, field) in model.fields.iter().enumerate() {
        places.entry(field.name).or_insert(place);
    }
    let nodes: Vec<Node> = model
        .fields
        .iter()
        .map(|field| Node {
            holds: true,
            on: field
                .source
                .fields()
                .filter_map(|name| places.get(name).copied())
                .collect(),
        })
        .collect();
    let heights = heights(&nodes);
    places
        .into_iter()
        .filter(|&(_, place)| heights.get(place).is_some_and(Option::is_some))
        .map(|(name, _)| name)
        .collect()
}

/// An automation may read what nobody sees.
fn read_model_never_viewed(s: &Slice<'_>) -> Vec<Path> {
    if !s.automations.is_empty() {
        return Vec::new();
    }
    let viewed: HashSet<&str> = s
        .views
        .iter()
        .flat_map(|view| view.shows.iter().map(|shown| shown.read_model))
        .collect();
    s.read_models
        .iter()
        .filter(|model| !viewed.contains(model.name))
        .map(|model| Path::at([(Part::ReadModel, model.name)]))
        .collect()
}

fn field_never_shown(s: &Slice<'_>) -> Vec<Path> {
    if !s.automations.is_empty() {
        return Vec::new();
    }
    let shown: HashSet<(&str, &str)> = s
        .views
        .iter()
        .flat_map(|view| {
            view.shows
                .iter()
                .map(|shown| (shown.read_model, shown.field))
        })
        .collect();
    let mut places = Vec::new();
    for model in &s.read_models {
        let used: HashSet<&str> = model
            .fields
            .iter()
            .flat_map(|field| field.source.fields())
            .collect();
        for field in &model.fields {
            if !shown.contains(&(model.name, field.name)) && !used.contains(field.name) {
                places.push(Path::at([
                    (Part::ReadModel, model.name),
                    (Part::Field, field.name),
                ]));
            }
        }
    }
    places
}
