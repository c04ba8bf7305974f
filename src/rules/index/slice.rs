//! A slice with its elements by name.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
    ops::Deref,
};

use super::{Board, by_name};
use crate::facts::{
    self, Automation, Command, Contract, Control, Covers, Encoding, Event, FieldSource, Outcome,
    Payload, ReadModel, Seen, Translation, View,
};

/// A slice with its elements by name. It reads like the slice itself.
pub(crate) struct Slice<'a> {
    facts: &'a facts::Slice<'a>,
    emitted_events: HashMap<&'a str, &'a Event<'a>>,
    observed_events: HashMap<&'a str, &'a Seen<'a>>,
    named_commands: HashMap<&'a str, &'a Command<'a>>,
    named_automations: HashMap<&'a str, &'a Automation<'a>>,
    named_translations: HashMap<&'a str, &'a Translation<'a>>,
    named_read_models: HashMap<&'a str, &'a ReadModel<'a>>,
    named_views: HashMap<&'a str, &'a View<'a>>,
    named_controls: HashMap<&'a str, Vec<&'a Control<'a>>>,
    named_payloads: HashMap<&'a str, &'a Payload<'a>>,
    named_outcomes: HashMap<&'a str, &'a Outcome<'a>>,
    issued: HashSet<&'a str>,
    // What the rules of workflows do not ask for.
    within: OnceCell<Within<'a>>,
    board: OnceCell<Board<'a>>,
}

/// What only the rules of the slice itself ask for.
struct Within<'a> {
    streams: HashSet<&'a str>,
    emitters: HashMap<&'a str, Vec<&'a Command<'a>>>,
    contracts: HashMap<&'a str, Vec<&'a Contract<'a>>>,
    covered: HashSet<Covers<'a>>,
    derived: HashSet<&'a str>,
    absent: HashSet<&'a str>,
}

impl<'a> Deref for Slice<'a> {
    type Target = facts::Slice<'a>;

    fn deref(&self) -> &Self::Target {
        self.facts
    }
}

impl<'a> Slice<'a> {
    pub fn of(facts: &'a facts::Slice<'a>) -> Self {
        let mut named_controls: HashMap<&str, Vec<&Control<'_>>> = HashMap::new();
        for (_, control) in controls(facts) {
            named_controls
                .entry(control.name)
                .or_default()
                .push(control);
        }
        let issued = controls(facts)
            .map(|(_, control)| control.command)
            .chain(
                facts
                    .automations
                    .iter()
                    .map(|automation| automation.command),
            )
            .chain(
                facts
                    .translations
                    .iter()
                    .map(|translation| translation.command),
            )
            .collect();
        Self {
            facts,
            emitted_events: by_name(&facts.events, |event| event.name),
            observed_events: by_name(&facts.observed, |event| event.name),
            named_commands: by_name(&facts.commands, |command| command.name),
            named_automations: by_name(&facts.automations, |automation| automation.name),
            named_translations: by_name(&facts.translations, |translation| translation.name),
            named_read_models: by_name(&facts.read_models, |model| model.name),
            named_views: by_name(&facts.views, |view| view.name),
            named_controls,
            named_payloads: by_name(&facts.payloads, |payload| payload.name),
            named_outcomes: by_name(&facts.outcomes, |outcome| outcome.label),
            issued,
            within: OnceCell::new(),
            board: OnceCell::new(),
        }
    }

    /// The slice as it is.
    pub fn facts(&self) -> &'a facts::Slice<'a> {
        self.facts
    }

    /// The event, if the slice emits it.
    pub fn event(&self, name: &str) -> Option<&'a Event<'a>> {
        self.emitted_events.get(name).copied()
    }

    /// The event, if the slice observes it.
    pub fn seen(&self, name: &str) -> Option<&'a Seen<'a>> {
        self.observed_events.get(name).copied()
    }

    /// Whether the slice emits or observes the event.
    pub fn knows(&self, event: &str) -> bool {
        self.event(event).is_some() || self.seen(event).is_some()
    }

    /// The stream of an event that the slice emits or observes.
    pub fn stream_of(&self, event: &str) -> Option<&'a str> {
        self.event(event)
            .map(|event| event.stream)
            .or_else(|| self.seen(event).map(|event| event.stream))
    }

    /// The representation of an attribute, if the slice emits or observes the
    /// event and it has the attribute.
    pub fn encoding(&self, event: &str, attribute: &str) -> Option<Encoding<'a>> {
        match self.event(event) {
            Some(event) => event.attribute(attribute).map(|found| found.encoding),
            None => self
                .seen(event)?
                .attributes
                .iter()
                .find(|found| found.name == attribute)
                .map(|found| found.encoding),
        }
    }

    pub fn command(&self, name: &str) -> Option<&'a Command<'a>> {
        self.named_commands.get(name).copied()
    }

    pub fn automation(&self, name: &str) -> Option<&'a Automation<'a>> {
        self.named_automations.get(name).copied()
    }

    pub fn translation(&self, name: &str) -> Option<&'a Translation<'a>> {
        self.named_translations.get(name).copied()
    }

    pub fn read_model(&self, name: &str) -> Option<&'a ReadModel<'a>> {
        self.named_read_models.get(name).copied()
    }

    pub fn view(&self, name: &str) -> Option<&'a View<'a>> {
        self.named_views.get(name).copied()
    }

    pub fn payload(&self, name: &str) -> Option<&'a Payload<'a>> {
        self.named_payloads.get(name).copied()
    }

    pub fn outcome(&self, label: &str) -> Option<&'a Outcome<'a>> {
        self.named_outcomes.get(label).copied()
    }

    /// All controls, each with its view.
    pub fn controls(&self) -> impl Iterator<Item = (&'a View<'a>, &'a Control<'a>)> {
        controls(self.facts)
    }

    /// The controls of this name, over all views.
    pub fn controls_named(&self, name: &str) -> &[&'a Control<'a>] {
        self.named_controls.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a control, automation or translation of the slice issues the
    /// command.
    pub fn issues(&self, command: &str) -> bool {
        self.issued.contains(command)
    }

    /// The commands that controls, automations and translations of the slice
    /// issue.
    pub fn issued(&self) -> impl Iterator<Item = &'a str> {
        self.issued.iter().copied()
    }

    /// Whether a command of the slice can return the error.
    pub fn fails_with(&self, error: &str) -> bool {
        self.commands
            .iter()
            .any(|command| command.fails_with(error))
    }

    /// Whether a translation of the slice takes this message from outside.
    pub fn translates(&self, message: &str) -> bool {
        self.translations
            .iter()
            .any(|translation| translation.external_event == message)
    }

    fn within(&self) -> &Within<'a> {
        self.within.get_or_init(|| Within::of(self.facts))
    }

    /// The board of the slice.
    pub fn board(&self) -> &Board<'a> {
        self.board.get_or_init(|| Board::of(self.facts))
    }

    pub fn has_stream(&self, stream: &str) -> bool {
        self.within().streams.contains(stream)
    }

    /// The commands of the slice that emit the event.
    pub fn emitters(&self, event: &str) -> &[&'a Command<'a>] {
        self.within().emitters.get(event).map_or(&[], Vec::as_slice)
    }

    /// The contract scenarios of this name.
    pub fn contracts_named(&self, scenario: &str) -> &[&'a Contract<'a>] {
        let contracts = self.within().contracts.get(scenario);
        contracts.map_or(&[], Vec::as_slice)
    }

    /// Whether a contract scenario of this name covers this.
    pub fn shows(&self, scenario: &str, covers: Covers<'_>) -> bool {
        self.contracts_named(scenario)
            .iter()
            .any(|contract| contract.covers == covers)
    }

    /// Whether a contract scenario covers this.
    pub fn covers(&self, covers: Covers<'_>) -> bool {
        self.within().covered.contains(&covers)
    }

    /// Whether a read model has a derived field of this name.
    pub fn derives(&self, field: &str) -> bool {
        self.within().derived.contains(field)
    }

    /// Whether a read model has a field of this name that tells an absence.
    pub fn misses(&self, field: &str) -> bool {
        self.within().absent.contains(field)
    }
}

impl<'a> Within<'a> {
    fn of(facts: &'a facts::Slice<'a>) -> Self {
        let mut contracts: HashMap<&str, Vec<&Contract<'_>>> = HashMap::new();
        for contract in &facts.contracts {
            let named = contracts.entry(contract.scenario.name).or_default();
            named.push(contract);
        }
        let mut derived = HashSet::new();
        let mut absent = HashSet::new();
        for field in facts.read_models.iter().flat_map(|model| &model.fields) {
            match field.source {
                FieldSource::Attribute { .. } => {}
                FieldSource::Derived { .. } => {
                    derived.insert(field.name);
                }
                FieldSource::Absent { .. } => {
                    absent.insert(field.name);
                }
            }
        }
        Self {
            streams: facts.streams.iter().copied().collect(),
            emitters: emitters(facts),
            contracts,
            covered: facts
                .contracts
                .iter()
                .map(|contract| contract.covers)
                .collect(),
            derived,
            absent,
        }
    }
}

/// The commands that emit each event.
pub(crate) fn emitters<'a>(facts: &'a facts::Slice<'a>) -> HashMap<&'a str, Vec<&'a Command<'a>>> {
    let mut emitters: HashMap<&str, Vec<&Command<'_>>> = HashMap::new();
    for command in &facts.commands {
        for &event in &command.emits {
            let commands = emitters.entry(event).or_default();
            // A command that names an event twice is one emitter.
            if !commands
                .last()
                .is_some_and(|last| std::ptr::eq(*last, command))
            {
                commands.push(command);
            }
        }
    }
    emitters
}

fn controls<'a>(
    facts: &'a facts::Slice<'a>,
) -> impl Iterator<Item = (&'a View<'a>, &'a Control<'a>)> {
    facts
        .views
        .iter()
        .flat_map(|view| view.controls.iter().map(move |control| (view, control)))
}
