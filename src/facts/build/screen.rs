//! Read models and views: what a person of a slice sees and can do.

use super::{flow::Flows, names, texts};
use crate::{
    event::{
        self, ControlInput, ReadModelField, Text, ViewField,
        vocabulary::{FieldSourceKind, NavigationType},
    },
    facts::{
        Control, Destination, Field, FieldInput, FieldSource, Handler, Provide, ReadModel, Shown,
        Transitive, View,
    },
    model::{self, Projection, Screen},
};

/// The read models.
pub(super) fn read_models<'a>(
    projections: &[Projection<'a>],
    events: &[model::Event<'a>],
    flows: &Flows<'a>,
) -> Vec<ReadModel<'a>> {
    let field = |model: &Projection<'a>, field: &'a ReadModelField| Field {
        name: &field.name,
        source: field_source(field, model, events),
        encoding: flows.encoding(model.name, &field.name),
        via: flows.via(model.name, &field.name),
    };
    projections
        .iter()
        .map(|model| ReadModel {
            name: model.name,
            fields: model
                .fields
                .iter()
                .map(|one| field(model, one.value))
                .collect(),
            transitive: model.first.transitive.then(|| Transitive {
                relations: texts(&model.first.relationship_fields),
                rule: model.first.transitive_rule.as_deref(),
                example: model.first.example_scenario.as_deref(),
            }),
        })
        .collect()
}

fn field_source<'a>(
    field: &'a ReadModelField,
    model: &Projection<'a>,
    events: &[model::Event<'a>],
) -> FieldSource<'a> {
    // The wire has the texts of the source kind, always.
    let text = |text: &'a Option<Text>| text.as_ref().unwrap_or(&field.name).as_str();
    match field.source_kind {
        FieldSourceKind::EventAttribute => FieldSource::Attribute {
            event: text(&field.source_event),
            attribute: text(&field.source_attribute),
        },
        FieldSourceKind::AbsenceDefault => FieldSource::Absent {
            event: text(&field.absence_event),
            scenario: text(&field.absence_scenario),
        },
        FieldSourceKind::Derivation => FieldSource::Derived {
            sources: field
                .derivation_source_fields
                .iter()
                .map(|source| derivation_source(source, field, model, events))
                .collect(),
            rule: text(&field.derivation_rule),
            scenario: text(&field.derivation_scenario),
        },
    }
}

/// Another field of the same read model; else an attribute as
/// `Event.attribute`, or alone when one event of the slice has it.
fn derivation_source<'a>(
    source: &'a str,
    field: &ReadModelField,
    model: &Projection<'_>,
    events: &[model::Event<'a>],
) -> FieldInput<'a> {
    let own = model
        .fields
        .iter()
        .any(|other| *other.name == *source && other.name != field.name);
    if own {
        return FieldInput::Field(source);
    }
    dotted(source, events)
        .or_else(|| alone(source, events))
        .unwrap_or(FieldInput::Field(source))
}

fn has(event: &model::Event<'_>, name: &str) -> bool {
    let mut attributes = event.attributes.iter();
    attributes.any(|attribute| *attribute.name == *name)
}

fn dotted<'a>(source: &'a str, events: &[model::Event<'a>]) -> Option<FieldInput<'a>> {
    events.iter().find_map(|event| {
        let attribute = source
            .strip_prefix(event.name.as_str())?
            .strip_prefix('.')?;
        has(event, attribute).then_some(FieldInput::Attribute {
            event: event.name,
            attribute,
        })
    })
}

fn alone<'a>(source: &'a str, events: &[model::Event<'a>]) -> Option<FieldInput<'a>> {
    let mut owners = events.iter().filter(|event| has(event, source));
    match (owners.next(), owners.next()) {
        (Some(event), None) => Some(FieldInput::Attribute {
            event: event.name,
            attribute: source,
        }),
        _ => None,
    }
}

/// The views.
pub(super) fn views<'a>(slice: &'a model::Slice, flows: &Flows<'a>) -> Vec<View<'a>> {
    let screens = slice.screens().into_iter();
    screens
        .map(|screen| View {
            name: screen.name,
            shows: shows(&screen, flows),
            controls: controls(&screen),
            states: [names(&screen.local_states), names(&screen.filters)].concat(),
        })
        .collect()
}

fn shows<'a>(screen: &Screen<'a>, flows: &Flows<'a>) -> Vec<Shown<'a>> {
    // The wire repeats a field when it records another control.
    let mut fields: Vec<&'a ViewField> = Vec::new();
    for field in &screen.fields {
        if !fields.contains(&field.value) {
            fields.push(field.value);
        }
    }
    fields
        .into_iter()
        .map(|field| Shown {
            name: &field.name,
            read_model: &field.source_read_model,
            field: &field.source_field,
            token: &field.sketch_token,
            encoding: Some(&field.bit_encoding),
            via: flows.via(screen.name, &field.name),
        })
        .collect()
}

/// A control with all its inputs: the wire records one control for each.
struct Form<'a> {
    first: &'a event::Control,
    inputs: Vec<&'a ControlInput>,
    handles: Vec<Handler<'a>>,
}

/// Controls that differ in their input, errors and recovery only are one.
fn controls<'a>(screen: &Screen<'a>) -> Vec<Control<'a>> {
    let mut forms: Vec<Form<'a>> = Vec::new();
    for control in &screen.controls {
        let control = control.value;
        match forms.iter_mut().find(|form| same_form(form.first, control)) {
            Some(form) => form.add(control),
            None => forms.push(Form::new(control)),
        }
    }
    forms.into_iter().map(Form::control).collect()
}

fn same_form(one: &event::Control, other: &event::Control) -> bool {
    one.name == other.name
        && one.command == other.command
        && one.sketch_token == other.sketch_token
        && one.navigation == other.navigation
}

impl<'a> Form<'a> {
    fn new(first: &'a event::Control) -> Self {
        let mut form = Self {
            first,
            inputs: Vec::new(),
            handles: Vec::new(),
        };
        form.add(first);
        form
    }

    fn add(&mut self, control: &'a event::Control) {
        if !self.inputs.contains(&&control.input) {
            self.inputs.push(&control.input);
        }
        for error in &control.handled_errors {
            let recovery = control.recovery_behavior;
            let handler = Handler { error, recovery };
            if !self.handles.contains(&handler) {
                self.handles.push(handler);
            }
        }
    }

    fn control(self) -> Control<'a> {
        let provide = |input: &'a ControlInput| Provide {
            input: &input.name,
            source: input.source_kind,
            token: input
                .visible_to_actor
                .then_some(input.sketch_token.as_str()),
            decision: input.decision_field,
        };
        Control {
            name: &self.first.name,
            token: &self.first.sketch_token,
            command: &self.first.command,
            provides: self.inputs.into_iter().map(provide).collect(),
            handles: self.handles,
            goes: destination(&self.first.navigation),
        }
    }
}

fn destination(navigation: &event::Navigation) -> Destination<'_> {
    let target = &navigation.target;
    match navigation.kind {
        NavigationType::ModeledView => Destination::View(target),
        NavigationType::LocalViewState => Destination::State(target),
        NavigationType::ExternalWorkflow => {
            Destination::Workflow(navigation.external_workflow.as_ref().unwrap_or(target))
        }
        NavigationType::ExternalSystem => Destination::System {
            name: navigation.external_system.as_ref().unwrap_or(target),
            contract: navigation.handoff_contract.as_deref(),
        },
    }
}
