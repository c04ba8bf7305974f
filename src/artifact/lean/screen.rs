//! Read models and views: what a person of a slice sees and can do.

use crate::{
    event::{
        Control, ControlInput, Navigation, ReadModelField, Text, ViewField,
        vocabulary::{FieldSourceKind, InputSourceKind, NavigationType, Recovery},
    },
    model::{Event, Projection, Screen, Slice},
};

use super::{code::Code, flow::Flows};

/// Write the read models and the views.
pub(super) fn write(code: &mut Code, slice: &Slice, flows: &Flows<'_>) {
    let events = slice.events();
    code.list_field("  ", "readModels", &slice.projections(), |code, model| {
        code.raw("{ name :=").id(model.name).raw("\n");
        code.list_field("      ", "fields", &model.fields, |code, field| {
            code.raw("field").id(&field.name).raw(" (");
            field_source(code, field.value, model, &events);
            code.raw(")").enc(flows.encoding(model.name, &field.name));
            flows.via(code, model.name, &field.name);
        });
        if model.first.transitive {
            code.raw("      transitive := some ⟨");
            code.ids(model.first.relationship_fields.iter().map(Text::as_str))
                .raw(",");
            match &model.first.transitive_rule {
                Some(rule) => code.raw(" (some").txt(rule).raw(")"),
                None => code.raw(" none"),
            };
            code.raw(",")
                .some_id(model.first.example_scenario.as_deref())
                .raw("⟩\n");
        }
        code.raw("      }");
    });
    code.list_field("  ", "views", &slice.screens(), |code, view| {
        write_view(code, view, flows);
    });
}

fn field_source(
    code: &mut Code,
    field: &ReadModelField,
    model: &Projection<'_>,
    events: &[Event<'_>],
) {
    // The wire has the texts of the source kind, always.
    let text = |text: &Option<Text>| text.clone().unwrap_or_else(|| field.name.clone());
    match field.source_kind {
        FieldSourceKind::EventAttribute => {
            code.raw(".attr")
                .id(&text(&field.source_event))
                .id(&text(&field.source_attribute));
        }
        FieldSourceKind::AbsenceDefault => {
            code.raw(".absent")
                .id(&text(&field.absence_event))
                .id(&text(&field.absence_scenario));
        }
        FieldSourceKind::Derivation => {
            code.raw(".derived [");
            for (index, source) in field.derivation_source_fields.iter().enumerate() {
                code.raw(if index > 0 { ", " } else { "" });
                derivation_source(code, source, field, model, events);
            }
            code.raw("]")
                .txt(&text(&field.derivation_rule))
                .id(&text(&field.derivation_scenario));
        }
    }
}

/// A field of the same read model; else an attribute as `Event.attribute`, or
/// alone when one event of the slice has it.
fn derivation_source(
    code: &mut Code,
    source: &Text,
    field: &ReadModelField,
    model: &Projection<'_>,
    events: &[Event<'_>],
) {
    let own = model
        .fields
        .iter()
        .any(|other| other.name == *source && other.name != field.name);
    if !own {
        let has = |event: &Event<'_>, name: &str| {
            event
                .attributes
                .iter()
                .any(|attribute| attribute.name == *name)
        };
        let dotted = events.iter().find_map(|event| {
            let name = source
                .strip_prefix(event.name.as_str())?
                .strip_prefix('.')?;
            has(event, name).then_some((event.name, name))
        });
        let mut owners = events.iter().filter(|event| has(event, source));
        let alone = match (owners.next(), owners.next()) {
            (Some(event), None) => Some((event.name, source.as_str())),
            _ => None,
        };
        if let Some((event, attribute)) = dotted.or(alone) {
            code.raw(".attr").id(event).id(attribute);
            return;
        }
    }
    code.raw(".field").id(source);
}

fn write_view(code: &mut Code, view: &Screen<'_>, flows: &Flows<'_>) {
    code.raw("{ name :=").id(view.name).raw("\n");
    // The wire repeats a field when it records another control.
    let mut fields: Vec<&ViewField> = Vec::new();
    for field in &view.fields {
        if !fields.contains(&field.value) {
            fields.push(field.value);
        }
    }
    code.list_field("      ", "shows", &fields, |code, field| {
        code.raw("shown")
            .id(&field.name)
            .id(&field.source_read_model)
            .id(&field.source_field)
            .id(&field.sketch_token)
            .enc(Some(&field.bit_encoding));
        flows.via(code, view.name, &field.name);
    });
    code.list_field("      ", "controls", &forms(view), |code, form| {
        write_form(code, form);
    });
    let states = view.local_states.iter().chain(&view.filters);
    code.id_field("      ", "states", states.map(|text| text.as_str()));
    code.raw("      }");
}

/// A control with all its inputs: the wire records one control for each.
struct Form<'a> {
    first: &'a Control,
    inputs: Vec<&'a ControlInput>,
    handles: Vec<(&'a Text, Recovery)>,
}

/// Controls that differ in their input, errors and recovery only are one.
fn forms<'a>(view: &Screen<'a>) -> Vec<Form<'a>> {
    let mut forms: Vec<Form<'a>> = Vec::new();
    for control in &view.controls {
        let control = control.value;
        let index = forms.iter().position(|form| {
            form.first.name == control.name
                && form.first.command == control.command
                && form.first.sketch_token == control.sketch_token
                && form.first.navigation == control.navigation
        });
        let index = index.unwrap_or_else(|| {
            forms.push(Form {
                first: control,
                inputs: Vec::new(),
                handles: Vec::new(),
            });
            forms.len() - 1
        });
        let Some(form) = forms.get_mut(index) else {
            continue;
        };
        if !form.inputs.contains(&&control.input) {
            form.inputs.push(&control.input);
        }
        for error in &control.handled_errors {
            let handler = (error, control.recovery_behavior);
            if !form.handles.contains(&handler) {
                form.handles.push(handler);
            }
        }
    }
    forms
}

fn write_form(code: &mut Code, form: &Form<'_>) {
    let control = form.first;
    code.raw("{ name :=")
        .id(&control.name)
        .raw("\n          token :=");
    code.id(&control.sketch_token).raw("\n          command :=");
    code.id(&control.command).raw("\n");
    code.list_field("          ", "provides", &form.inputs, |code, input| {
        code.raw(match (input.visible_to_actor, input.decision_field) {
            (true, true) => "decide_",
            (true, false) => "provide",
            (false, true) => "hiddenDecision",
            (false, false) => "hidden",
        });
        code.id(&input.name).raw(match input.source_kind {
            InputSourceKind::Actor => " .actor",
            InputSourceKind::Session => " .session",
            InputSourceKind::InvocationArgument => " .argument",
            InputSourceKind::Generated => " .generated",
            InputSourceKind::ExternalPayload => " .payload",
            InputSourceKind::EventStreamState => " .state",
        });
        if input.visible_to_actor {
            code.id(&input.sketch_token);
        }
    });
    code.list_field(
        "          ",
        "handles",
        &form.handles,
        |code, (error, recovery)| {
            code.raw("handler").id(error).raw(match recovery {
                Recovery::Retry => " .retry",
                Recovery::StayOnScreen => " .stay",
                Recovery::Navigation => " .navigate",
                Recovery::ExplicitRecoveryAction => " .action",
            });
        },
    );
    code.raw("          goes := ");
    write_navigation(code, &control.navigation);
    code.raw(" }");
}

fn write_navigation(code: &mut Code, navigation: &Navigation) {
    let target = &navigation.target;
    match navigation.kind {
        NavigationType::ModeledView => code.raw(".view").id(target),
        NavigationType::LocalViewState => code.raw(".state").id(target),
        NavigationType::ExternalWorkflow => code
            .raw(".workflow")
            .id(navigation.external_workflow.as_ref().unwrap_or(target)),
        NavigationType::ExternalSystem => code
            .raw(".system")
            .id(navigation.external_system.as_ref().unwrap_or(target))
            .some_id(navigation.handoff_contract.as_deref()),
    };
}
