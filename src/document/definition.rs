//! Merged definitions: facts of one name to one element and back. What a fact
//! says of its whole definition is kept, unless it adds nothing to what the
//! facts before it say.

use super::element::{
    Command, CommandHead, CommandInput, Event, EventAttribute, EventHead, ExternalPayload,
    PayloadField, ReadModel, ReadModelField, ReadModelHead, View, ViewField, ViewHead,
};
use crate::event::{self, vocabulary::InputSourceKind};

impl Command {
    /// The facts of one command; none for no facts.
    pub(super) fn of(facts: &[&event::CommandDefinition]) -> Option<Self> {
        let first = facts.first()?;
        let head = |fact: &event::CommandDefinition| CommandHead {
            singleton_repeat_behavior: fact.singleton_repeat_behavior,
            emitted_events: fact.emitted_events.clone(),
            observed_streams: fact.observed_streams.clone(),
            errors: fact.errors.iter().map(Into::into).collect(),
        };
        let heads = canonical(facts.iter().map(|fact| head(fact)));
        let mut command = Self::with_head(first.name.clone(), head(first));
        for (fact, own) in facts.iter().zip(heads) {
            let (source_name, source_field) = fact.input.source();
            command.inputs.push(CommandInput {
                name: fact.input.name.clone(),
                source_kind: fact.input.source_kind,
                source_description: fact.input.source_description.clone(),
                source_name: source_name.cloned(),
                source_field: source_field.cloned(),
                recorded_with: (own != head(first)).then_some(own),
                provenance_chain: fact.input.provenance_chain.clone(),
            });
        }
        Some(command)
    }

    /// One fact for each input.
    ///
    /// # Errors
    /// What the wire cannot hold.
    pub fn to_facts(&self) -> Result<Vec<event::CommandDefinition>, String> {
        some(&self.inputs, "input")?;
        self.inputs
            .iter()
            .zip(self.heads())
            .map(|(input, head)| {
                Ok(event::CommandDefinition {
                    name: self.name.clone(),
                    emitted_events: head.emitted_events,
                    observed_streams: head.observed_streams,
                    errors: head.errors.iter().map(Into::into).collect(),
                    singleton_repeat_behavior: head.singleton_repeat_behavior,
                    input: input.to_wire()?,
                })
            })
            .collect()
    }
}

impl CommandInput {
    fn to_wire(&self) -> Result<event::CommandInput, String> {
        let mut wire = event::CommandInput {
            name: self.name.clone(),
            source_kind: self.source_kind,
            source_description: self.source_description.clone(),
            provenance_chain: self.provenance_chain.clone(),
            event_stream_source_event: None,
            event_stream_source_attribute: None,
            external_payload_source_name: None,
            external_payload_source_field: None,
            generated_source_name: None,
            generated_source_field: None,
            session_source_name: None,
            session_source_field: None,
            invocation_argument_source_name: None,
            invocation_argument_source_field: None,
        };
        let (name, field) = match self.source_kind {
            InputSourceKind::Actor => {
                return if self.source_name.is_none() && self.source_field.is_none() {
                    Ok(wire)
                } else {
                    Err(format!(
                        "input `{}` comes from an actor, so it has no `source_name` and no `source_field`",
                        self.name
                    ))
                };
            }
            InputSourceKind::Session => (
                &mut wire.session_source_name,
                &mut wire.session_source_field,
            ),
            InputSourceKind::Generated => (
                &mut wire.generated_source_name,
                &mut wire.generated_source_field,
            ),
            InputSourceKind::ExternalPayload => (
                &mut wire.external_payload_source_name,
                &mut wire.external_payload_source_field,
            ),
            InputSourceKind::EventStreamState => (
                &mut wire.event_stream_source_event,
                &mut wire.event_stream_source_attribute,
            ),
            InputSourceKind::InvocationArgument => (
                &mut wire.invocation_argument_source_name,
                &mut wire.invocation_argument_source_field,
            ),
        };
        if self.source_name.is_none() || self.source_field.is_none() {
            return Err(format!(
                "input `{}` comes from `{}`, so it needs `source_name` and `source_field`",
                self.name, self.source_kind
            ));
        }
        name.clone_from(&self.source_name);
        field.clone_from(&self.source_field);
        Ok(wire)
    }
}

impl Event {
    /// The facts of one event; none for no facts.
    pub(super) fn of(facts: &[&event::EventDefinition]) -> Option<Self> {
        let first = facts.first()?;
        let head = |fact: &event::EventDefinition| EventHead {
            stream: fact.stream.clone(),
            observed: fact.observed,
            shared: fact.shared,
        };
        let heads = canonical(facts.iter().map(|fact| head(fact)));
        let mut event = Self::with_head(first.name.clone(), head(first));
        for (fact, own) in facts.iter().zip(heads) {
            let attribute = &fact.attribute;
            event.attributes.push(EventAttribute {
                name: attribute.name.clone(),
                source_kind: attribute.source_kind,
                source_name: attribute.source_name.clone(),
                source_field: attribute.source_field.clone(),
                provenance: attribute.provenance.clone(),
                generated_source_kind: attribute.generated_source_kind.clone(),
                recorded_with: (own != head(first)).then_some(own),
            });
        }
        Some(event)
    }

    /// One fact for each attribute.
    ///
    /// # Errors
    /// What the wire cannot hold.
    pub fn to_facts(&self) -> Result<Vec<event::EventDefinition>, String> {
        some(&self.attributes, "attribute")?;
        self.attributes
            .iter()
            .zip(self.heads())
            .map(|(attribute, head)| {
                if head.observed && head.shared {
                    return Err(format!(
                        "event `{}` is observed and shared; it can be one of them",
                        self.name
                    ));
                }
                Ok(event::EventDefinition {
                    name: self.name.clone(),
                    stream: head.stream,
                    observed: head.observed,
                    shared: head.shared,
                    attribute: event::EventAttribute {
                        name: attribute.name.clone(),
                        source_kind: attribute.source_kind,
                        source_name: attribute.source_name.clone(),
                        source_field: attribute.source_field.clone(),
                        generated_source_kind: attribute.generated_source_kind.clone(),
                        provenance: attribute.provenance.clone(),
                    },
                })
            })
            .collect()
    }
}

impl ReadModel {
    /// The facts of one read model; none for no facts.
    pub(super) fn of(facts: &[&event::ReadModel]) -> Option<Self> {
        let first = facts.first()?;
        let head = |fact: &event::ReadModel| ReadModelHead {
            transitive: fact.transitive,
            transitive_rule: fact.transitive_rule.clone(),
            example_scenario: fact.example_scenario.clone(),
            relationship_fields: fact.relationship_fields.clone(),
        };
        let heads = canonical(facts.iter().map(|fact| head(fact)));
        let mut model = Self::with_head(first.name.clone(), head(first));
        for (fact, own) in facts.iter().zip(heads) {
            let field = &fact.field;
            model.fields.push(ReadModelField {
                name: field.name.clone(),
                source_kind: field.source_kind,
                provenance: field.provenance.clone(),
                source_event: field.source_event.clone(),
                source_attribute: field.source_attribute.clone(),
                derivation_rule: field.derivation_rule.clone(),
                derivation_scenario: field.derivation_scenario.clone(),
                absence_event: field.absence_event.clone(),
                absence_scenario: field.absence_scenario.clone(),
                recorded_with: (own != head(first)).then_some(own),
                derivation_source_fields: field.derivation_source_fields.clone(),
            });
        }
        Some(model)
    }

    /// One fact for each field.
    ///
    /// # Errors
    /// What the wire cannot hold.
    pub fn to_facts(&self) -> Result<Vec<event::ReadModel>, String> {
        some(&self.fields, "field")?;
        Ok(self
            .fields
            .iter()
            .zip(self.heads())
            .map(|(field, head)| event::ReadModel {
                name: self.name.clone(),
                transitive: head.transitive,
                relationship_fields: head.relationship_fields,
                transitive_rule: head.transitive_rule,
                example_scenario: head.example_scenario,
                field: event::ReadModelField {
                    name: field.name.clone(),
                    source_kind: field.source_kind,
                    source_event: field.source_event.clone(),
                    source_attribute: field.source_attribute.clone(),
                    derivation_rule: field.derivation_rule.clone(),
                    derivation_source_fields: field.derivation_source_fields.clone(),
                    derivation_scenario: field.derivation_scenario.clone(),
                    absence_event: field.absence_event.clone(),
                    absence_scenario: field.absence_scenario.clone(),
                    provenance: field.provenance.clone(),
                },
            })
            .collect())
    }
}

impl View {
    /// The facts of one view; none for no facts.
    pub(super) fn of(facts: &[&event::View]) -> Option<Self> {
        let first = facts.first()?;
        let head = |fact: &event::View| ViewHead {
            local_states: fact.local_states.clone(),
            filters: fact.filters.clone(),
        };
        let heads = canonical(facts.iter().map(|fact| head(fact)));
        let mut view = Self::with_head(first.name.clone(), head(first));
        for (fact, own) in facts.iter().zip(heads) {
            let field = &fact.field;
            view.fields.push(ViewField {
                name: field.name.clone(),
                source_kind: field.source_kind,
                source_read_model: field.source_read_model.clone(),
                source_field: field.source_field.clone(),
                sketch_token: field.sketch_token.clone(),
                provenance: field.provenance.clone(),
                bit_encoding: field.bit_encoding.clone(),
                recorded_with: (own != head(first)).then_some(own),
                controls: fact.controls.iter().map(Into::into).collect(),
            });
        }
        Some(view)
    }

    /// One fact for each field.
    ///
    /// # Errors
    /// What the wire cannot hold.
    pub fn to_facts(&self) -> Result<Vec<event::View>, String> {
        some(&self.fields, "field")?;
        Ok(self
            .fields
            .iter()
            .zip(self.heads())
            .map(|(field, head)| event::View {
                name: self.name.clone(),
                field: event::ViewField {
                    name: field.name.clone(),
                    source_kind: field.source_kind,
                    source_read_model: field.source_read_model.clone(),
                    source_field: field.source_field.clone(),
                    sketch_token: field.sketch_token.clone(),
                    provenance: field.provenance.clone(),
                    bit_encoding: field.bit_encoding.clone(),
                },
                controls: field.controls.iter().map(Into::into).collect(),
                local_states: head.local_states,
                filters: head.filters,
            })
            .collect())
    }
}

impl ExternalPayload {
    /// The facts of one payload; none for no facts.
    pub(super) fn of(facts: &[&event::ExternalPayload]) -> Option<Self> {
        Some(Self {
            name: facts.first()?.name.clone(),
            fields: facts
                .iter()
                .map(|fact| PayloadField {
                    name: fact.field.clone(),
                    field_provenance: fact.field_provenance.clone(),
                    bit_encoding: fact.bit_encoding.clone(),
                })
                .collect(),
        })
    }

    /// One fact for each field.
    ///
    /// # Errors
    /// What the wire cannot hold.
    pub fn to_facts(&self) -> Result<Vec<event::ExternalPayload>, String> {
        some(&self.fields, "field")?;
        Ok(self
            .fields
            .iter()
            .map(|field| event::ExternalPayload {
                name: self.name.clone(),
                field: field.name.clone(),
                field_provenance: field.field_provenance.clone(),
                bit_encoding: field.bit_encoding.clone(),
            })
            .collect())
    }
}

fn some<T>(members: &[T], noun: &str) -> Result<(), String> {
    if members.is_empty() {
        Err(format!(
            "it has no {noun}; the store records one fact for each {noun}, so it needs at least one"
        ))
    } else {
        Ok(())
    }
}

/// What a single fact says of its whole definition.
trait Head: Clone + PartialEq {
    /// Add what a later fact says to what is said so far; whether it is new.
    fn joins(&self, said: &mut Self) -> bool;
}

/// The heads of the facts of one definition, those that say nothing new like
/// the first one. Whoever wrote the first fact of a command in full and the
/// others in short meant one command.
fn canonical<H: Head>(mut heads: impl Iterator<Item = H>) -> Vec<H> {
    let Some(first) = heads.next() else {
        return Vec::new();
    };
    let mut said = first.clone();
    let mut all = vec![first.clone()];
    all.extend(heads.map(|own| {
        if own.joins(&mut said) {
            own
        } else {
            first.clone()
        }
    }));
    all
}

/// Append what is not there yet; whether there was any.
fn join<T: Clone + PartialEq>(said: &mut Vec<T>, more: &[T]) -> bool {
    let before = said.len();
    for item in more {
        if !said.contains(item) {
            said.push(item.clone());
        }
    }
    said.len() > before
}

impl Head for CommandHead {
    fn joins(&self, said: &mut Self) -> bool {
        let events = join(&mut said.emitted_events, &self.emitted_events);
        let streams = join(&mut said.observed_streams, &self.observed_streams);
        join(&mut said.errors, &self.errors) || events || streams
    }
}

impl Head for ViewHead {
    fn joins(&self, said: &mut Self) -> bool {
        let states = join(&mut said.local_states, &self.local_states);
        join(&mut said.filters, &self.filters) || states
    }
}

impl Head for EventHead {
    fn joins(&self, said: &mut Self) -> bool {
        self != said
    }
}

impl Head for ReadModelHead {
    fn joins(&self, said: &mut Self) -> bool {
        self != said
    }
}

/// The heads of the facts that a definition becomes.
macro_rules! heads {
    ($( $name:ident: $head:ident, $members:ident; )*) => {$(
        impl $name {
            fn heads(&self) -> Vec<$head> {
                let own = |recorded: &Option<$head>| recorded.clone().unwrap_or_else(|| self.head());
                canonical(self.$members.iter().map(|member| own(&member.recorded_with)))
            }
        }
    )*};
}

heads! {
    Command: CommandHead, inputs;
    Event: EventHead, attributes;
    ReadModel: ReadModelHead, fields;
    View: ViewHead, fields;
}
