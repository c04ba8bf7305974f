//! Workflows in which something was changed at random.

use emc::{
    event::{
        Text,
        vocabulary::{Recovery, SliceKind, TransitionKind},
    },
    model::{Relationship, Slice, TransitionTarget, Workflow},
};

/// Random choices that are the same on every machine (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`; 0 when there is none.
    pub fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count.max(1)).expect("a count");
        usize::try_from(self.roll() % count).expect("below a count")
    }

    fn one<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.below(list.len()))
    }

    fn one_of<'l, T>(&mut self, list: &'l mut [T]) -> Option<&'l mut T> {
        let index = self.below(list.len());
        list.get_mut(index)
    }

    fn drop_one<T>(&mut self, list: &mut Vec<T>) {
        if !list.is_empty() {
            list.remove(self.below(list.len()));
        }
    }
}

const KINDS: [TransitionKind; 7] = [
    TransitionKind::Command,
    TransitionKind::Event,
    TransitionKind::Navigation,
    TransitionKind::ExternalTrigger,
    TransitionKind::Outcome,
    TransitionKind::ExitOutcome,
    TransitionKind::ExitNavigation,
];

/// The names that a workflow uses, so that what is changed still means something.
struct Names {
    steps: Vec<Text>,
    events: Vec<Text>,
    commands: Vec<Text>,
    words: Vec<Text>,
}

impl Names {
    fn of(workflow: &Workflow) -> Self {
        let slices = || workflow.slices.iter();
        let events: Vec<Text> = slices()
            .flat_map(|slice| &slice.event_definitions)
            .map(|event| event.value.name.clone())
            .collect();
        let commands: Vec<Text> = slices()
            .flat_map(|slice| &slice.command_definitions)
            .map(|command| command.value.name.clone())
            .collect();
        let labels = slices().flat_map(|slice| &slice.outcomes);
        let payloads = slices().flat_map(|slice| &slice.translations);
        let words = labels
            .map(|outcome| outcome.value.label.clone())
            .chain(payloads.map(|one| one.value.payload_contract.clone()))
            .chain(events.iter().cloned())
            .collect();
        Self {
            steps: slices().map(|slice| slice.slug.clone()).collect(),
            events,
            commands,
            words,
        }
    }
}

/// The workflow with one to three changes that matter, if there is anything to
/// change.
pub fn mutant(workflow: &Workflow, slug: Text, dice: &mut Dice) -> Workflow {
    let mut mutant = workflow.clone();
    let mut changes = 1 + dice.below(3);
    for _ in 0..100 {
        let before = mutant.clone();
        change(&mut mutant, dice);
        changes -= usize::from(before != mutant);
        if changes == 0 {
            break;
        }
    }
    mutant.slug = slug;
    mutant
}

fn change(workflow: &mut Workflow, dice: &mut Dice) {
    let names = Names::of(workflow);
    match dice.below(12) {
        0..=3 => change_transitions(workflow, &names, dice),
        4 => change_steps(workflow, dice),
        5 | 6 => graft(workflow, dice),
        _ => {
            if let Some(slice) = dice.one_of(&mut workflow.slices) {
                change_slice(slice, &names, dice);
            }
        }
    }
}

/// Give a slice what another one has.
fn graft(workflow: &mut Workflow, dice: &mut Dice) {
    let Some(donor) = dice.one(&workflow.slices).cloned() else {
        return;
    };
    let Some(slice) = dice.one_of(&mut workflow.slices) else {
        return;
    };
    match dice.below(4) {
        0 => slice.command_definitions.extend(donor.command_definitions),
        1 => slice.outcomes.extend(donor.outcomes),
        2 => slice.translations.extend(donor.translations),
        _ => slice.automations.extend(donor.automations),
    }
}

fn change_steps(workflow: &mut Workflow, dice: &mut Dice) {
    match dice.below(3) {
        0 => dice.drop_one(&mut workflow.slices),
        1 => {
            for slice in &mut workflow.slices {
                slice.relationship = Relationship::Main;
            }
            if let Some(slice) = dice.one_of(&mut workflow.slices) {
                slice.relationship = Relationship::Entry;
            }
        }
        _ => {
            let kind = SliceKind::ALL[dice.below(SliceKind::ALL.len())];
            if let Some(slice) = dice.one_of(&mut workflow.slices) {
                slice.kind = kind;
            }
        }
    }
}

fn change_transitions(workflow: &mut Workflow, names: &Names, dice: &mut Dice) {
    let change = dice.below(6);
    if change == 0 {
        return dice.drop_one(&mut workflow.transitions);
    }
    let index = dice.below(workflow.transitions.len());
    let Some(original) = workflow.transitions.get(index).cloned() else {
        return;
    };
    let mut changed = original;
    let transition = &mut changed.value;
    let step = dice.one(&names.steps).cloned();
    match change {
        1 | 2 => {
            let target = step.unwrap_or_else(|| transition.source.clone());
            if !transition.kind.exits() {
                transition.target = TransitionTarget::Slice(target);
            }
        }
        3 => {
            if let Some(word) = dice.one(&names.words) {
                transition.name = word.clone();
            }
        }
        4 => {
            transition.kind = KINDS[dice.below(KINDS.len())];
            let target = transition.target.slug().clone();
            transition.target = if transition.kind.exits() {
                TransitionTarget::Workflow(target)
            } else {
                TransitionTarget::Slice(target)
            };
        }
        _ => {
            if let Some(step) = step {
                transition.source = step;
            }
        }
    }
    // Two are a branch, one in the place of another is a mistake.
    if dice.below(2) == 0 {
        workflow.transitions.push(changed);
    } else if let Some(place) = workflow.transitions.get_mut(index) {
        *place = changed;
    }
}

fn change_slice(slice: &mut Slice, names: &Names, dice: &mut Dice) {
    match dice.below(8) {
        0 => change_outcomes(slice, names, dice),
        1 | 2 => change_commands(slice, names, dice),
        3 | 4 => change_controls(slice, names, dice),
        5 => change_reactions(slice, names, dice),
        6 => change_read_models(slice, names, dice),
        _ => change_scenarios(slice, names, dice),
    }
}

fn change_outcomes(slice: &mut Slice, names: &Names, dice: &mut Dice) {
    if dice.below(3) == 0 {
        return dice.drop_one(&mut slice.outcomes);
    }
    let event = dice.one(&names.events).cloned();
    if let Some(outcome) = dice.one_of(&mut slice.outcomes) {
        let events = &mut outcome.value.events;
        if dice.below(2) == 0 {
            dice.drop_one(events);
        } else {
            events.extend(event);
        }
    }
}

fn change_commands(slice: &mut Slice, names: &Names, dice: &mut Dice) {
    let event = dice.one(&names.events).cloned();
    let change = dice.below(5);
    if change == 0 {
        return dice.drop_one(&mut slice.command_definitions);
    }
    let Some(command) = dice.one_of(&mut slice.command_definitions) else {
        return;
    };
    let command = &mut command.value;
    match change {
        1 => dice.drop_one(&mut command.errors),
        2 => {
            for error in &mut command.errors {
                error.recovery = other(error.recovery, dice);
            }
        }
        3 => {
            command.input.event_stream_source_attribute = event.clone();
            command.input.event_stream_source_event = event;
        }
        _ => command.emitted_events.extend(event),
    }
}

fn change_controls(slice: &mut Slice, names: &Names, dice: &mut Dice) {
    let command = dice.one(&names.commands).cloned();
    let Some(view) = dice.one_of(&mut slice.views) else {
        return;
    };
    let Some(control) = dice.one_of(&mut view.value.controls) else {
        return;
    };
    match dice.below(3) {
        0 => dice.drop_one(&mut control.handled_errors),
        1 => control.recovery_behavior = other(control.recovery_behavior, dice),
        _ => {
            if let Some(command) = command {
                control.command = command;
            }
        }
    }
}

fn change_reactions(slice: &mut Slice, names: &Names, dice: &mut Dice) {
    let event = dice.one(&names.events).cloned();
    let command = dice.one(&names.commands).cloned();
    if let Some(automation) = dice.one_of(&mut slice.automations) {
        let automation = &mut automation.value;
        match (dice.below(3), event, command) {
            (0, Some(event), _) => automation.trigger = event,
            (1, _, Some(command)) => automation.command = command,
            _ => dice.drop_one(&mut automation.handled_errors),
        }
    }
    if dice.below(3) == 0 {
        dice.drop_one(&mut slice.translations);
    }
}

fn change_read_models(slice: &mut Slice, names: &Names, dice: &mut Dice) {
    let event = dice.one(&names.events).cloned();
    if let Some(model) = dice.one_of(&mut slice.read_models) {
        let field = &mut model.value.field;
        if field.absence_event.is_some() {
            field.absence_event = event;
        } else {
            field.source_event = event;
        }
    }
}

fn change_scenarios(slice: &mut Slice, names: &Names, dice: &mut Dice) {
    let word = dice.one(&names.words).cloned();
    if let Some(scenario) = dice.one_of(&mut slice.scenarios) {
        let scenario = &mut scenario.value;
        match dice.below(3) {
            0 => dice.drop_one(&mut scenario.written_streams),
            1 => scenario.written_streams.extend(word),
            _ => scenario.covered_definition = word,
        }
    }
}

fn other(recovery: Recovery, dice: &mut Dice) -> Recovery {
    let others: Vec<Recovery> = Recovery::ALL
        .iter()
        .copied()
        .filter(|other| *other != recovery)
        .collect();
    dice.one(&others).copied().unwrap_or(recovery)
}
