//! How each kind of element is said in events: what addresses it, what adds,
//! replaces and removes it.

use serde::Serialize;

use super::twice::RENAME;
use crate::{
    document as doc,
    event::{self, EmcEvent, SliceFact, Text, TransitionKey},
};

/// What the wire records of an element, one fact at a time.
pub(super) trait Fact: Clone + PartialEq {
    /// Whether all its values address it.
    const BY_VALUE: bool = false;
    /// What an event finds it by. Facts with one address are removed together.
    fn address(&self) -> String;
    /// The event that appends it. `owner` is the slug of its slice or workflow.
    fn added(&self, owner: &Text) -> EmcEvent;
    /// The event that removes every fact with the address of `old` and appends
    /// this one.
    fn replaced(&self, owner: &Text, old: &Self) -> EmcEvent;
    /// The event that removes every fact with this address.
    fn removed(&self, owner: &Text) -> EmcEvent;
    /// Whether an event can replace `old` by this fact although the address
    /// changes, and it is natural to say so.
    fn follows(&self, old: &Self) -> bool {
        let _ = old;
        false
    }
    /// A single event that turns all of `current` into all of `wanted` where
    /// replacing them takes more.
    fn shortcut(owner: &Text, current: &[Self], wanted: &[Self]) -> Option<EmcEvent> {
        let _ = (owner, current, wanted);
        None
    }
}

/// An element of a document.
pub(super) trait Element: Clone + PartialEq + Serialize {
    /// Its wire form.
    type Fact: Fact;
    /// What a person calls its kind.
    const NOUN: &'static str;
    /// What to do where a document has two of one name.
    const TWICE: &'static str = RENAME;
    /// What a person calls it; elements with one label are one thing.
    fn label(&self) -> String;
    /// Its facts in order.
    fn facts(&self) -> Result<Vec<Self::Fact>, String>;
    /// Take over the members of `current` that this element does not name, and
    /// say which.
    fn keep(&mut self, current: &Self) -> Vec<String> {
        let _ = current;
        Vec::new()
    }
}

/// Facts of a slice that are addressed by name.
macro_rules! by_name {
    ($( $wire:ident, $variant:ident: $updated:ident, $removed:ident($key:ident) );* $(;)?) => {$(
        impl Fact for event::$wire {
            fn address(&self) -> String {
                self.$key.to_string()
            }
            fn added(&self, owner: &Text) -> EmcEvent {
                EmcEvent::SliceFactAdded { slice: owner.clone(), fact: SliceFact::$variant(self.clone()) }
            }
            fn replaced(&self, owner: &Text, _: &Self) -> EmcEvent {
                EmcEvent::$updated { slice: owner.clone(), new: self.clone() }
            }
            fn removed(&self, owner: &Text) -> EmcEvent {
                EmcEvent::$removed { slice: owner.clone(), $key: self.$key.clone() }
            }
        }
    )*};
}

by_name! {
    Scenario, Scenario: SliceScenarioUpdated, SliceScenarioRemoved(name);
    Outcome, Outcome: SliceOutcomeDefinitionUpdated, SliceOutcomeDefinitionRemoved(label);
    EventDefinition, EventDefinition: SliceEventDefinitionUpdated, SliceEventDefinitionRemoved(name);
    CommandDefinition, CommandDefinition: SliceCommandDefinitionUpdated, SliceCommandDefinitionRemoved(name);
    ReadModel, ReadModel: SliceReadModelDefinitionUpdated, SliceReadModelDefinitionRemoved(name);
    Translation, Translation: SliceTranslationDefinitionUpdated, SliceTranslationDefinitionRemoved(name);
    Automation, Automation: SliceAutomationDefinitionUpdated, SliceAutomationDefinitionRemoved(name);
    BoardElement, BoardElement: SliceBoardElementUpdated, SliceBoardElementRemoved(name);
}

impl Fact for event::ExternalPayload {
    fn address(&self) -> String {
        pair(&[&self.name, &self.field])
    }
    fn added(&self, owner: &Text) -> EmcEvent {
        EmcEvent::SliceFactAdded {
            slice: owner.clone(),
            fact: SliceFact::ExternalPayload(self.clone()),
        }
    }
    fn replaced(&self, owner: &Text, _: &Self) -> EmcEvent {
        EmcEvent::SliceExternalPayloadDefinitionUpdated {
            slice: owner.clone(),
            new: self.clone(),
        }
    }
    fn removed(&self, owner: &Text) -> EmcEvent {
        EmcEvent::SliceExternalPayloadDefinitionRemoved {
            slice: owner.clone(),
            name: self.name.clone(),
            field: self.field.clone(),
        }
    }
}

impl Fact for event::View {
    fn address(&self) -> String {
        self.name.to_string()
    }
    fn added(&self, owner: &Text) -> EmcEvent {
        EmcEvent::SliceFactAdded {
            slice: owner.clone(),
            fact: SliceFact::View(self.clone()),
        }
    }
    fn replaced(&self, owner: &Text, _: &Self) -> EmcEvent {
        EmcEvent::SliceViewDefinitionUpdated {
            slice: owner.clone(),
            new: self.clone(),
        }
    }
    fn removed(&self, owner: &Text) -> EmcEvent {
        EmcEvent::SliceViewDefinitionRemoved {
            slice: owner.clone(),
            name: self.name.clone(),
        }
    }

    /// The events for a single control see the first fact of the view only: they
    /// remove the controls of the name there, and an update appends the new one.
    fn shortcut(owner: &Text, current: &[Self], wanted: &[Self]) -> Option<EmcEvent> {
        let (before, before_rest) = current.split_first()?;
        let (after, after_rest) = wanted.split_first()?;
        if wanted.len() < 2 || before_rest != after_rest {
            return None;
        }
        let without = |name: &Text| -> Vec<event::Control> {
            before
                .controls
                .iter()
                .filter(|control| control.name != *name)
                .cloned()
                .collect()
        };
        let becomes = |controls: Vec<event::Control>| {
            *after
                == Self {
                    controls,
                    ..before.clone()
                }
        };
        if let Some(last) = after.controls.last() {
            let mut controls = without(&last.name);
            controls.push(last.clone());
            if becomes(controls) {
                return Some(EmcEvent::SliceViewControlUpdated {
                    slice: owner.clone(),
                    view: before.name.clone(),
                    control: last.clone(),
                });
            }
        }
        let gone = before
            .controls
            .iter()
            .find(|control| becomes(without(&control.name)))?;
        Some(EmcEvent::SliceViewControlRemoved {
            slice: owner.clone(),
            view: before.name.clone(),
            name: gone.name.clone(),
        })
    }
}

/// Facts that are addressed by all their values. `$same` are those that tell
/// that a fact follows another.
macro_rules! by_value {
    ($( $wire:ident $owner:ident ($added:expr): $updated:ident, $removed:ident, $($same:ident),+ );* $(;)?) => {$(
        impl Fact for event::$wire {
            const BY_VALUE: bool = true;
            fn address(&self) -> String {
                // All values count and all of them have a text form.
                format!("{self:?}")
            }
            fn added(&self, owner: &Text) -> EmcEvent {
                let add: fn(Text, Self) -> EmcEvent = $added;
                add(owner.clone(), self.clone())
            }
            fn replaced(&self, owner: &Text, old: &Self) -> EmcEvent {
                EmcEvent::$updated { $owner: owner.clone(), old: old.clone(), new: self.clone() }
            }
            fn removed(&self, owner: &Text) -> EmcEvent {
                EmcEvent::$removed { $owner: owner.clone(), old: self.clone() }
            }
            fn follows(&self, old: &Self) -> bool {
                $( self.$same == old.$same )&&+
            }
        }
    )*};
}

by_value! {
    WorkflowOutcome workflow (|workflow, new| EmcEvent::WorkflowOutcomeAdded { workflow, new }):
        WorkflowOutcomeUpdated, WorkflowOutcomeRemoved, source_slice, label;
    WorkflowCommandError workflow (|workflow, new| EmcEvent::WorkflowCommandErrorAdded { workflow, new }):
        WorkflowCommandErrorUpdated, WorkflowCommandErrorRemoved, source_slice, command;
    OwnedDefinition workflow (|workflow, new| EmcEvent::WorkflowOwnedDefinitionAdded { workflow, new }):
        WorkflowOwnedDefinitionUpdated, WorkflowOwnedDefinitionRemoved, source_slice, definition_kind, definition_name;
    TransitionEvidence workflow (|workflow, new| EmcEvent::WorkflowTransitionEvidenceAdded { workflow, new }):
        WorkflowTransitionEvidenceUpdated, WorkflowTransitionEvidenceRemoved, from, to;
    LifecycleEntry workflow (|workflow, new| EmcEvent::WorkflowEntryLifecycleStateAdded { workflow, new }):
        WorkflowEntryLifecycleStateUpdated, WorkflowEntryLifecycleStateRemoved, state;
    DataFlow slice (|slice, new| EmcEvent::SliceFactAdded { slice, fact: SliceFact::DataFlow(new) }):
        SliceBitLevelDataFlowUpdated, SliceBitLevelDataFlowRemoved, datum, target;
    BoardConnection slice (|slice, new| EmcEvent::SliceFactAdded { slice, fact: SliceFact::BoardConnection(new) }):
        SliceBoardConnectionUpdated, SliceBoardConnectionRemoved, source, source_kind;
}

fn transition_key(connection: &event::Connection) -> TransitionKey {
    TransitionKey {
        source: connection.source.clone(),
        target_slice: connection.target_slice.clone(),
        target_workflow: connection.target_workflow.clone(),
        via: connection.via,
        name: connection.name.clone(),
    }
}

impl Fact for event::Connection {
    fn address(&self) -> String {
        format!("{:?}", transition_key(self))
    }
    fn added(&self, owner: &Text) -> EmcEvent {
        EmcEvent::WorkflowConnected {
            workflow: owner.clone(),
            connection: self.clone(),
        }
    }
    fn replaced(&self, owner: &Text, old: &Self) -> EmcEvent {
        EmcEvent::WorkflowTransitionUpdated {
            workflow: owner.clone(),
            old: transition_key(old),
            new: self.clone(),
        }
    }
    fn removed(&self, owner: &Text) -> EmcEvent {
        EmcEvent::WorkflowTransitionRemoved {
            workflow: owner.clone(),
            old: transition_key(self),
        }
    }
    fn follows(&self, old: &Self) -> bool {
        self.source == old.source
            && (self.name == old.name
                || (&self.target_slice, &self.target_workflow)
                    == (&old.target_slice, &old.target_workflow))
    }
}

/// Several texts as one address.
fn pair(parts: &[&Text]) -> String {
    format!("{parts:?}")
}

/// Elements that are one fact each.
macro_rules! single {
    ($( $name:ident $noun:literal |$self:ident| $label:expr; )*) => {$(
        impl Element for doc::$name {
            type Fact = event::$name;
            const NOUN: &'static str = $noun;
            fn label(&self) -> String {
                let $self = self;
                $label
            }
            fn facts(&self) -> Result<Vec<event::$name>, String> {
                Ok(vec![self.into()])
            }
        }
    )*};
}

single! {
    Outcome "outcome" |it| it.label.to_string();
    Automation "automation" |it| it.name.to_string();
    Translation "translation" |it| it.name.to_string();
    BoardElement "board element" |it| it.name.to_string();
    DataFlow "data flow" |it| format!("{} from {} to {}", it.datum, it.source, it.target);
    BoardConnection "board connection" |it| format!("from {} {} to {} {}", it.source_kind, it.source, it.target_kind, it.target);
    WorkflowOutcome "outcome" |it| format!("{} of {}", it.label, it.source_slice);
    WorkflowCommandError "command error" |it| format!("{} of {} {}", it.error, it.source_slice, it.command);
    OwnedDefinition "owned definition" |it| format!("{} {} of {}", it.definition_kind, it.definition_name, it.source_slice);
    LifecycleEntry "entry lifecycle state" |it| format!("{} at {}", it.state, it.step);
}

impl Element for doc::Scenario {
    type Fact = event::Scenario;
    const NOUN: &'static str = "scenario";
    fn label(&self) -> String {
        self.name.to_string()
    }
    fn facts(&self) -> Result<Vec<event::Scenario>, String> {
        let bound = self.contract_kind.is_some() && self.covered_definition.is_some();
        let free = self.contract_kind.is_none() && self.covered_definition.is_none();
        match self.kind {
            event::vocabulary::ScenarioKind::Acceptance if !free => Err(
                "an acceptance scenario has no `contract_kind` and no `covered_definition`"
                    .to_owned(),
            ),
            event::vocabulary::ScenarioKind::Contract if !bound => {
                Err("a contract scenario needs `contract_kind` and `covered_definition`".to_owned())
            }
            _ => Ok(vec![self.into()]),
        }
    }
}

impl Element for doc::TransitionEvidence {
    type Fact = event::TransitionEvidence;
    const NOUN: &'static str = "transition evidence";
    fn label(&self) -> String {
        format!(
            "{} from {} to {} via {}",
            self.name, self.from, self.to, self.via
        )
    }
    fn facts(&self) -> Result<Vec<event::TransitionEvidence>, String> {
        if self.source_control.is_some() == self.target_view.is_some() {
            Ok(vec![self.into()])
        } else {
            Err("`source_control` and `target_view` come together".to_owned())
        }
    }
}

impl Element for doc::Transition {
    type Fact = event::Connection;
    const NOUN: &'static str = "transition";
    fn label(&self) -> String {
        let to = self.to.as_ref().or(self.to_workflow.as_ref());
        format!(
            "{} from {} to {} via {}",
            self.name,
            self.from,
            to.map_or("", |slug| slug.as_str()),
            self.kind()
        )
    }
    fn facts(&self) -> Result<Vec<event::Connection>, String> {
        Ok(vec![self.to_wire()?])
    }
}
