//! Every rule, by number.

use std::sync::LazyLock;

use super::{
    Rule, board, commands, controls, events, information, journey, kinds, names, project,
    read_models, scenarios, steps, transitions, views,
};
use crate::diagnostic::{Code, codes::rules};

/// The rules of each area.
static AREAS: &[&[Rule]] = &[
    names::RULES,
    kinds::RULES,
    events::RULES,
    commands::RULES,
    read_models::RULES,
    views::RULES,
    controls::RULES,
    scenarios::RULES,
    information::RULES,
    board::RULES,
    steps::RULES,
    transitions::RULES,
    project::RULES,
];

static BY_NUMBER: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut rules: Vec<&Rule> = AREAS.iter().copied().flatten().collect();
    rules.sort_by_key(|rule| rule.code.number);
    rules
});

/// Every rule, by number.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    BY_NUMBER.iter().copied()
}

/// The rule behind a code; none for a code that is no rule, or one of
/// [`VACUOUS`].
pub fn of(code: &Code) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}

/// Numbers of the catalogue that have no check, as no model that the store can
/// hold breaks them. Their explanations say why.
pub static VACUOUS: &[&Code] = &[
    &rules::events::EVENT_WITHOUT_ATTRIBUTES,
    &rules::views::VIEW_WITHOUT_SKETCH,
    &rules::views::NOT_IN_SKETCH,
    &rules::views::SKETCH_TOKEN_UNMAPPED,
    &rules::views::CONTROL_DOES_NOTHING,
    &rules::views::VIEW_SHOWS_NOTHING,
    &rules::workflow::BRANCH_WITHOUT_REASON,
    &rules::workflow::MAIN_PATH_NEEDS_ASYNC_STEP,
];

/// What to do when a rule is broken, in a few words.
pub fn hint(code: &Code) -> &'static str {
    of(code).map_or_else(|| journey::hint(code), |rule| rule.hint)
}
