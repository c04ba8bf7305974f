//! Read models and views: what a person of a slice sees and can do.

use crate::{
    event::vocabulary::{InputSourceKind, Recovery},
    facts::{
        Control, Destination, FieldInput, FieldSource, Provide, ReadModel, Slice, Transitive, View,
    },
};

use super::code::Code;

/// Write the read models and the views.
pub(super) fn write(code: &mut Code, slice: &Slice<'_>) {
    code.list_field("  ", "readModels", &slice.read_models, write_read_model);
    code.list_field("  ", "views", &slice.views, write_view);
}

fn write_read_model(code: &mut Code, model: &ReadModel<'_>) {
    code.raw("{ name :=").id(model.name).raw("\n");
    code.list_field("      ", "fields", &model.fields, |code, field| {
        code.raw("field").id(field.name).raw(" (");
        write_field_source(code, &field.source);
        code.raw(")").enc(field.encoding).via(&field.via);
    });
    if let Some(transitive) = &model.transitive {
        write_transitive(code, transitive);
    }
    code.raw("      }");
}

fn write_transitive(code: &mut Code, transitive: &Transitive<'_>) {
    code.raw("      transitive := some ⟨");
    code.ids(transitive.relations.iter().copied()).raw(",");
    match transitive.rule {
        Some(rule) => code.raw(" (some").txt(rule).raw(")"),
        None => code.raw(" none"),
    };
    code.raw(",").some_id(transitive.example).raw("⟩\n");
}

fn write_field_source(code: &mut Code, source: &FieldSource<'_>) {
    match source {
        FieldSource::Attribute { event, attribute } => code.raw(".attr").id(event).id(attribute),
        FieldSource::Absent { event, scenario } => code.raw(".absent").id(event).id(scenario),
        FieldSource::Derived {
            sources,
            rule,
            scenario,
        } => {
            code.raw(".derived [");
            for (index, source) in sources.iter().enumerate() {
                code.raw(if index > 0 { ", " } else { "" });
                match source {
                    FieldInput::Attribute { event, attribute } => {
                        code.raw(".attr").id(event).id(attribute)
                    }
                    FieldInput::Field(name) => code.raw(".field").id(name),
                };
            }
            code.raw("]").txt(rule).id(scenario)
        }
    };
}

fn write_view(code: &mut Code, view: &View<'_>) {
    code.raw("{ name :=").id(view.name).raw("\n");
    code.list_field("      ", "shows", &view.shows, |code, shown| {
        code.raw("shown")
            .id(shown.name)
            .id(shown.read_model)
            .id(shown.field)
            .id(shown.token)
            .enc(shown.encoding)
            .via(&shown.via);
    });
    code.list_field("      ", "controls", &view.controls, write_control);
    code.id_field("      ", "states", view.states.iter().copied());
    code.raw("      }");
}

fn write_control(code: &mut Code, control: &Control<'_>) {
    code.raw("{ name :=")
        .id(control.name)
        .raw("\n          token :=");
    code.id(control.token).raw("\n          command :=");
    code.id(control.command).raw("\n");
    code.list_field("          ", "provides", &control.provides, write_provide);
    code.list_field(
        "          ",
        "handles",
        &control.handles,
        |code, handler| {
            code.raw("handler")
                .id(handler.error)
                .raw(match handler.recovery {
                    Recovery::Retry => " .retry",
                    Recovery::StayOnScreen => " .stay",
                    Recovery::Navigation => " .navigate",
                    Recovery::ExplicitRecoveryAction => " .action",
                });
        },
    );
    code.raw("          goes := ");
    match control.goes {
        Destination::View(name) => code.raw(".view").id(name),
        Destination::State(name) => code.raw(".state").id(name),
        Destination::Workflow(slug) => code.raw(".workflow").id(slug),
        Destination::System { name, contract } => code.raw(".system").id(name).some_id(contract),
    };
    code.raw(" }");
}

fn write_provide(code: &mut Code, provide: &Provide<'_>) {
    code.raw(match (provide.token, provide.decision) {
        (Some(_), true) => "decide_",
        (Some(_), false) => "provide",
        (None, true) => "hiddenDecision",
        (None, false) => "hidden",
    });
    code.id(provide.input).raw(match provide.source {
        InputSourceKind::Actor => " .actor",
        InputSourceKind::Session => " .session",
        InputSourceKind::InvocationArgument => " .argument",
        InputSourceKind::Generated => " .generated",
        InputSourceKind::ExternalPayload => " .payload",
        InputSourceKind::EventStreamState => " .state",
    });
    if let Some(token) = provide.token {
        code.id(token);
    }
}
