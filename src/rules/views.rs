//! Views: what an actor sees.

use super::{Check, Part, Path, Rule, examples, index::Slice};
use crate::{
    diagnostic::codes::rules::views as codes,
    facts::{Destination, Field, Shown},
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::VIEW_READ_MODEL_UNKNOWN,
        hint: "a view reads the read models of its own slice",
        example: &examples::views::EMC502,
        checks: &[Check::Slice(view_read_model_unknown)],
    },
    Rule {
        code: &codes::DISPLAYED_FIELD_WITHOUT_SOURCE,
        hint: "display a field of a read model the view reads",
        example: &examples::views::EMC503,
        checks: &[Check::Slice(displayed_field_without_source)],
    },
    Rule {
        code: &codes::DECISION_NOT_VISIBLE,
        hint: "show the value, or do not call it the actor's decision",
        example: &examples::views::EMC507,
        checks: &[Check::Slice(decision_not_visible)],
    },
    Rule {
        code: &codes::LOCAL_STATE_UNKNOWN,
        hint: "declare the state or filter in the view",
        example: &examples::views::EMC508,
        checks: &[Check::Slice(local_state_unknown)],
    },
];

/// The field of a read model that a displayed field shows.
pub(super) fn shown_field<'a>(s: &Slice<'a>, shown: &Shown<'_>) -> Option<&'a Field<'a>> {
    s.read_model(shown.read_model)?.field(shown.field)
}

fn view_read_model_unknown(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for view in &s.views {
        for shown in &view.shows {
            if s.read_model(shown.read_model).is_none() {
                places.push(Path::at([
                    (Part::View, view.name),
                    (Part::Field, shown.name),
                    (Part::ReadModel, shown.read_model),
                ]));
            }
        }
    }
    places
}

fn displayed_field_without_source(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for view in &s.views {
        for shown in &view.shows {
            // An unknown read model is told by another rule.
            if s.read_model(shown.read_model).is_some() && shown_field(s, shown).is_none() {
                places.push(Path::at([
                    (Part::View, view.name),
                    (Part::Field, shown.name),
                    (Part::ReadModel, shown.read_model),
                    (Part::Field, shown.field),
                ]));
            }
        }
    }
    places
}

fn decision_not_visible(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for (view, control) in s.controls() {
        for provide in &control.provides {
            if provide.decision && provide.token.is_none() {
                places.push(Path::at([
                    (Part::View, view.name),
                    (Part::Control, control.name),
                    (Part::Input, provide.input),
                ]));
            }
        }
    }
    places
}

fn local_state_unknown(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for (view, control) in s.controls() {
        if let Destination::State(state) = control.goes
            && !view.states.contains(&state)
        {
            places.push(Path::at([
                (Part::View, view.name),
                (Part::Control, control.name),
                (Part::State, state),
            ]));
        }
    }
    places
}
