//! Definitions: facts of one name, merged (the wire writes one fact for each
//! input, attribute, field or control).
//!
//! Groups stand in the order of their first fact, members in the order of the
//! facts. What single facts say of the whole is joined or taken from the first
//! member, as the fields tell.

use super::{Recorded, Slice};
use crate::event::{
    CommandDefinition, CommandError, CommandInput, Control, EventAttribute, EventDefinition,
    ExternalPayload, ReadModel, ReadModelField, Text, View, ViewField, vocabulary::RepeatBehavior,
};

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command<'a> {
    /// Its name.
    pub name: &'a Text,
    /// The inputs of all facts, doubles kept.
    pub inputs: Vec<Recorded<&'a CommandInput>>,
    /// Joined over all facts, without doubles beyond those of the first fact.
    pub emitted_events: Vec<&'a Text>,
    /// Joined as `emitted_events` are.
    pub observed_streams: Vec<&'a Text>,
    /// Joined as `emitted_events` are; errors differ when any value does.
    pub errors: Vec<&'a CommandError>,
    /// Of the first fact; none when the command is not a singleton.
    pub repeat: Option<RepeatBehavior>,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// Its name.
    pub name: &'a Text,
    /// Of the first fact.
    pub stream: &'a Text,
    /// Of the first fact.
    pub observed: bool,
    /// Of the first fact.
    pub shared: bool,
    /// The attributes of all facts, doubles kept.
    pub attributes: Vec<Recorded<&'a EventAttribute>>,
}

/// A read model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection<'a> {
    /// Its name.
    pub name: &'a Text,
    /// The first fact: `transitive`, `relationship_fields`, `transitive_rule`
    /// and `example_scenario` are taken from it.
    pub first: &'a ReadModel,
    /// The fields of all facts, doubles kept.
    pub fields: Vec<Recorded<&'a ReadModelField>>,
}

/// A view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen<'a> {
    /// Its name.
    pub name: &'a Text,
    /// The fields of all facts, doubles kept.
    pub fields: Vec<Recorded<&'a ViewField>>,
    /// The controls of all facts, doubles kept.
    pub controls: Vec<Recorded<&'a Control>>,
    /// The read models of the fields, joined as `sketch_tokens` are.
    pub read_models: Vec<&'a Text>,
    /// Of each fact the token of the field, then of each control its own and
    /// that of its input; what is there already is not added by a later fact.
    pub sketch_tokens: Vec<&'a Text>,
    /// Joined as `sketch_tokens` are.
    pub local_states: Vec<&'a Text>,
    /// Joined as `sketch_tokens` are.
    pub filters: Vec<&'a Text>,
}

/// A message from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload<'a> {
    /// Its name.
    pub name: &'a Text,
    /// The fields of all facts, doubles kept.
    pub fields: Vec<Recorded<&'a ExternalPayload>>,
}

impl Slice {
    /// The commands.
    pub fn commands(&self) -> Vec<Command<'_>> {
        groups(&self.command_definitions, |fact| &fact.name)
            .into_iter()
            .map(|(name, facts)| Command {
                name,
                inputs: facts
                    .iter()
                    .map(|fact| part(fact, |f: &CommandDefinition| &f.input))
                    .collect(),
                emitted_events: joined(&facts, |fact| fact.emitted_events.iter().collect()),
                observed_streams: joined(&facts, |fact| fact.observed_streams.iter().collect()),
                errors: joined(&facts, |fact| fact.errors.iter().collect()),
                repeat: facts
                    .first()
                    .and_then(|fact| fact.singleton_repeat_behavior),
            })
            .collect()
    }

    /// The events that the slice emits, observes or shares.
    pub fn events(&self) -> Vec<Event<'_>> {
        groups(&self.event_definitions, |fact| &fact.name)
            .into_iter()
            .filter_map(|(name, facts)| {
                let first = facts.first()?;
                Some(Event {
                    name,
                    stream: &first.value.stream,
                    observed: first.observed,
                    shared: first.shared,
                    attributes: facts
                        .iter()
                        .map(|fact| part(fact, |f: &EventDefinition| &f.attribute))
                        .collect(),
                })
            })
            .collect()
    }

    /// The read models.
    pub fn projections(&self) -> Vec<Projection<'_>> {
        groups(&self.read_models, |fact| &fact.name)
            .into_iter()
            .filter_map(|(name, facts)| {
                Some(Projection {
                    name,
                    first: &facts.first()?.value,
                    fields: facts
                        .iter()
                        .map(|fact| part(fact, |f: &ReadModel| &f.field))
                        .collect(),
                })
            })
            .collect()
    }

    /// The views.
    pub fn screens(&self) -> Vec<Screen<'_>> {
        groups(&self.views, |fact| &fact.name)
            .into_iter()
            .map(|(name, facts)| Screen {
                name,
                fields: facts
                    .iter()
                    .map(|fact| part(fact, |f: &View| &f.field))
                    .collect(),
                controls: facts
                    .iter()
                    .flat_map(|fact| {
                        fact.value.controls.iter().map(|control| Recorded {
                            origin: fact.origin,
                            value: control,
                        })
                    })
                    .collect(),
                read_models: joined(&facts, |fact| vec![&fact.field.source_read_model]),
                sketch_tokens: joined(&facts, |fact| {
                    let mut tokens = vec![&fact.field.sketch_token];
                    for control in &fact.controls {
                        tokens.extend([&control.sketch_token, &control.input.sketch_token]);
                    }
                    tokens
                }),
                local_states: joined(&facts, |fact| fact.local_states.iter().collect()),
                filters: joined(&facts, |fact| fact.filters.iter().collect()),
            })
            .collect()
    }

    /// The messages from outside.
    pub fn payloads(&self) -> Vec<Payload<'_>> {
        groups(&self.external_payloads, |fact| &fact.name)
            .into_iter()
            .map(|(name, facts)| Payload {
                name,
                fields: facts
                    .iter()
                    .map(|fact| Recorded {
                        origin: fact.origin,
                        value: &fact.value,
                    })
                    .collect(),
            })
            .collect()
    }

    /// The streams of the events, each once.
    pub fn streams(&self) -> Vec<&Text> {
        let mut streams = Vec::new();
        for fact in &self.event_definitions {
            if !streams.contains(&&fact.value.stream) {
                streams.push(&fact.value.stream);
            }
        }
        streams
    }

    /// The commands that the controls, then the translations, then the
    /// automations issue; doubles kept.
    pub fn referenced_commands(&self) -> Vec<&Text> {
        let controls = self.views.iter().flat_map(|view| &view.value.controls);
        controls
            .map(|control| &control.command)
            .chain(self.translations.iter().map(|one| &one.value.command))
            .chain(self.automations.iter().map(|one| &one.value.command))
            .collect()
    }
}

fn part<'a, T, P>(fact: &'a Recorded<T>, get: impl Fn(&'a T) -> &'a P) -> Recorded<&'a P> {
    Recorded {
        origin: fact.origin,
        value: get(&fact.value),
    }
}

type Group<'a, T> = (&'a Text, Vec<&'a Recorded<T>>);

/// The facts by name, in the order of each name's first fact.
fn groups<T>(facts: &[Recorded<T>], name: impl Fn(&T) -> &Text) -> Vec<Group<'_, T>> {
    let mut groups: Vec<Group<'_, T>> = Vec::new();
    for fact in facts {
        let own = name(&fact.value);
        match groups.iter_mut().find(|(other, _)| *other == own) {
            Some((_, members)) => members.push(fact),
            None => groups.push((own, vec![fact])),
        }
    }
    groups
}

/// The first fact's values as they are, then those of the others that are not
/// there yet.
fn joined<'a, T, V: PartialEq>(
    facts: &[&'a Recorded<T>],
    values: impl Fn(&'a T) -> Vec<&'a V>,
) -> Vec<&'a V> {
    let mut all = Vec::new();
    for (index, fact) in facts.iter().enumerate() {
        for value in values(&fact.value) {
            if index == 0 || !all.contains(&value) {
                all.push(value);
            }
        }
    }
    all
}
