//! What a slice of each kind owns.

use super::{Check, Part, Path, Rule, examples, index::Slice};
use crate::{diagnostic::codes::rules::kinds as codes, event::vocabulary::SliceKind};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::ELEMENT_NOT_ALLOWED_IN_SLICE_KIND,
        hint: "move the element to a slice of the matching kind",
        example: &examples::kinds::EMC101,
        checks: &[Check::Slice(element_not_allowed_in_slice_kind)],
    },
    Rule {
        code: &codes::STATE_CHANGE_WITHOUT_COMMAND,
        hint: "add the command that makes the decision",
        example: &examples::kinds::EMC102,
        checks: &[Check::Slice(state_change_without_command)],
    },
    Rule {
        code: &codes::STATE_CHANGE_WITHOUT_EVENT,
        hint: "add the event that records the change",
        example: &examples::kinds::EMC103,
        checks: &[Check::Slice(state_change_without_event)],
    },
    Rule {
        code: &codes::STATE_CHANGE_WITHOUT_OUTCOME,
        hint: "name the business result of the change",
        example: &examples::kinds::EMC104,
        checks: &[Check::Slice(state_change_without_outcome)],
    },
    Rule {
        code: &codes::STATE_VIEW_WITHOUT_VIEW,
        hint: "add the view, or change the kind of the slice",
        example: &examples::kinds::EMC105,
        checks: &[Check::Slice(state_view_without_view)],
    },
    Rule {
        code: &codes::STATE_VIEW_WITHOUT_READ_MODEL,
        hint: "add the read model the view is fed from",
        example: &examples::kinds::EMC106,
        checks: &[Check::Slice(state_view_without_read_model)],
    },
    Rule {
        code: &codes::AUTOMATION_SLICE_NEEDS_ONE_AUTOMATION,
        hint: "an automation slice owns exactly one automation",
        example: &examples::kinds::EMC107,
        checks: &[Check::Slice(automation_slice_needs_one_automation)],
    },
    Rule {
        code: &codes::TRANSLATION_SLICE_WITHOUT_TRANSLATION,
        hint: "add the translation, or change the kind of the slice",
        example: &examples::kinds::EMC108,
        checks: &[Check::Slice(translation_slice_without_translation)],
    },
    Rule {
        code: &codes::SLICE_TOO_WIDE,
        hint: "consider one slice per command or view",
        example: &examples::kinds::EMC110,
        checks: &[Check::Slice(slice_too_wide)],
    },
    Rule {
        code: &codes::SLICE_WITHOUT_ACCEPTANCE_SCENARIO,
        hint: "tell what an actor sees",
        example: &examples::kinds::EMC111,
        checks: &[Check::Slice(slice_without_acceptance_scenario)],
    },
];

fn element_not_allowed_in_slice_kind(s: &Slice<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    let mut foreign = |part, names: &mut dyn Iterator<Item = &str>| {
        places.extend(names.map(|name| Path::at([(part, name)])));
    };
    let views = &mut s.views.iter().map(|view| view.name);
    let read_models = &mut s.read_models.iter().map(|model| model.name);
    let automations = &mut s.automations.iter().map(|automation| automation.name);
    let translations = &mut s.translations.iter().map(|translation| translation.name);
    let payloads = &mut s.payloads.iter().map(|payload| payload.name);
    match s.kind {
        SliceKind::StateChange => {
            foreign(Part::View, views);
            foreign(Part::ReadModel, read_models);
            foreign(Part::Automation, automations);
            foreign(Part::Translation, translations);
            foreign(Part::Payload, payloads);
        }
        SliceKind::StateView => {
            foreign(Part::Command, &mut s.commands.iter().map(|c| c.name));
            foreign(Part::Event, &mut s.events.iter().map(|e| e.name));
            foreign(Part::Outcome, &mut s.outcomes.iter().map(|o| o.label));
            foreign(Part::Automation, automations);
            foreign(Part::Translation, translations);
            foreign(Part::Payload, payloads);
        }
        SliceKind::Automation => {
            foreign(Part::View, views);
            foreign(Part::Translation, translations);
            foreign(Part::Payload, payloads);
        }
        SliceKind::Translation => {
            foreign(Part::View, views);
            foreign(Part::ReadModel, read_models);
            foreign(Part::Automation, automations);
        }
    }
    places
}

/// The slice itself, if it is of this kind and something is wrong with it.
fn wrong_of(kind: SliceKind, s: &Slice<'_>, wrong: bool) -> Vec<Path> {
    if s.kind == kind && wrong {
        vec![Path::here()]
    } else {
        Vec::new()
    }
}

fn state_change_without_command(s: &Slice<'_>) -> Vec<Path> {
    wrong_of(SliceKind::StateChange, s, s.commands.is_empty())
}

fn state_change_without_event(s: &Slice<'_>) -> Vec<Path> {
    wrong_of(SliceKind::StateChange, s, s.events.is_empty())
}

fn state_change_without_outcome(s: &Slice<'_>) -> Vec<Path> {
    wrong_of(SliceKind::StateChange, s, s.outcomes.is_empty())
}

fn state_view_without_view(s: &Slice<'_>) -> Vec<Path> {
    wrong_of(SliceKind::StateView, s, s.views.is_empty())
}

fn state_view_without_read_model(s: &Slice<'_>) -> Vec<Path> {
    wrong_of(SliceKind::StateView, s, s.read_models.is_empty())
}

fn automation_slice_needs_one_automation(s: &Slice<'_>) -> Vec<Path> {
    wrong_of(SliceKind::Automation, s, s.automations.len() != 1)
}

fn translation_slice_without_translation(s: &Slice<'_>) -> Vec<Path> {
    wrong_of(SliceKind::Translation, s, s.translations.is_empty())
}

fn slice_too_wide(s: &Slice<'_>) -> Vec<Path> {
    let wide = match s.kind {
        SliceKind::StateChange => s.commands.len() > 1,
        SliceKind::StateView => s.views.len() > 1,
        SliceKind::Automation | SliceKind::Translation => false,
    };
    wrong_of(s.kind, s, wide)
}

fn slice_without_acceptance_scenario(s: &Slice<'_>) -> Vec<Path> {
    let seen = matches!(s.kind, SliceKind::StateChange | SliceKind::StateView);
    wrong_of(s.kind, s, seen && s.acceptance.is_empty())
}
