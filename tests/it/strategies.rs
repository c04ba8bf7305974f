//! Arbitrary events: every variant, every possible combination of values.

/// A strategy for a struct or variant, from a strategy for each field.
macro_rules! make {
    ($($name:ident)::+ { $( $field:ident : $strategy:expr ),* $(,)? }) => {
        proptest::strategy::Strategy::boxed(proptest::strategy::Strategy::prop_map(
            ($( $strategy, )*),
            |($( $field, )*)| $($name)::+ { $( $field ),* },
        ))
    };
}

mod element;
mod workflow;

use emc::event::{EmcEvent, SliceFact, Text, vocabulary::SliceKind};
use proptest::{option, prelude::*, sample::select, strategy::Union};

use EmcEvent as E;
use element::{
    automation, board_connection, board_element, command_definition, control, data_flow,
    event_definition, external_payload, outcome, read_model, scenario, translation, view,
};
use workflow::{record, workflow_event};

pub const WORKFLOWS: [&str; 3] = ["intake", "repair", "both"];
pub const SLICES: [&str; 4] = ["queue", "capture", "close", "both"];

pub fn text_of(text: &str) -> Text {
    Text::new(text).expect("text")
}

/// A name from a few, so that keys of facts meet.
fn name() -> BoxedStrategy<Text> {
    select(&["A", "B", "C"][..]).prop_map(text_of).boxed()
}

/// Any text.
fn text() -> BoxedStrategy<Text> {
    let any = any::<String>();
    prop_oneof![
        3 => name(),
        1 => any.prop_filter_map("empty", |text| Text::new(&text).ok()),
    ]
    .boxed()
}

fn texts() -> BoxedStrategy<Vec<Text>> {
    prop::collection::vec(text(), 0..3).boxed()
}

fn maybe(text: BoxedStrategy<Text>) -> BoxedStrategy<Option<Text>> {
    option::of(text).boxed()
}

fn word<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> BoxedStrategy<T> {
    select(all).boxed()
}

fn workflow_slug() -> BoxedStrategy<Text> {
    select(&WORKFLOWS[..]).prop_map(text_of).boxed()
}

fn slice_slug() -> BoxedStrategy<Text> {
    select(&SLICES[..]).prop_map(text_of).boxed()
}

/// Any event.
pub fn event() -> BoxedStrategy<EmcEvent> {
    prop_oneof![
        4 => shape(),
        3 => workflow_event(),
        1 => record(),
        16 => Union::new(SLICES.map(|slug| fact_event(text_of(slug)))),
    ]
    .boxed()
}

/// Events that start a project with workflows and slices, some of them twins,
/// and then do anything, up to `length` events.
pub fn history(length: usize) -> BoxedStrategy<Vec<EmcEvent>> {
    prop::collection::vec(event(), 0..length)
        .prop_map(|events| {
            let mut all = vec![E::ProjectInitialized {
                name: text_of("Desk"),
            }];
            for (slug, workflow) in SLICES.iter().zip(WORKFLOWS.iter().cycle()) {
                all.extend([added_workflow(workflow), added_slice(workflow, slug)]);
            }
            all.extend(events);
            all
        })
        .boxed()
}

pub fn added_workflow(slug: &str) -> EmcEvent {
    E::WorkflowAdded {
        slug: text_of(slug),
        name: text_of(slug),
        description: text_of("added"),
    }
}

pub fn added_slice(workflow: &str, slug: &str) -> EmcEvent {
    E::SliceAdded {
        workflow: text_of(workflow),
        slug: text_of(slug),
        name: text_of(slug),
        kind: SliceKind::StateChange,
        description: text_of("added"),
    }
}

/// Events of the project, of workflows and of slices themselves.
fn shape() -> BoxedStrategy<EmcEvent> {
    let (flow, slice) = (workflow_slug, slice_slug);
    let kind = || word(SliceKind::ALL);
    prop_oneof![
        make!(E::ProjectInitialized { name: text() }),
        make!(E::WorkflowAdded {
            slug: flow(),
            name: text(),
            description: text()
        }),
        make!(E::WorkflowUpdated {
            slug: flow(),
            name: text(),
            description: text()
        }),
        make!(E::WorkflowRemoved { slug: flow() }),
        make!(E::SliceAdded {
            workflow: flow(),
            slug: slice(),
            name: text(),
            kind: kind(),
            description: text()
        }),
        make!(E::SliceUpdated {
            slug: slice(),
            name: text(),
            kind: kind(),
            description: text()
        }),
        make!(E::SliceRemoved { slug: slice() }),
    ]
    .boxed()
}

/// Any event about a fact of this slice.
pub fn fact_event(slice: Text) -> BoxedStrategy<EmcEvent> {
    prop_oneof![
        8 => make!(E::SliceFactAdded { slice: Just(slice.clone()), fact: fact() }),
        6 => fact_updated(slice.clone()),
        3 => fact_removed(slice),
    ]
    .boxed()
}

fn fact_updated(slice: Text) -> BoxedStrategy<EmcEvent> {
    let to = move || Just(slice.clone());
    let named = prop_oneof![
        make!(E::SliceScenarioUpdated {
            slice: to(),
            new: scenario()
        }),
        make!(E::SliceOutcomeDefinitionUpdated {
            slice: to(),
            new: outcome()
        }),
        make!(E::SliceExternalPayloadDefinitionUpdated {
            slice: to(),
            new: external_payload()
        }),
        make!(E::SliceEventDefinitionUpdated {
            slice: to(),
            new: event_definition()
        }),
        make!(E::SliceCommandDefinitionUpdated {
            slice: to(),
            new: command_definition()
        }),
        make!(E::SliceReadModelDefinitionUpdated {
            slice: to(),
            new: read_model()
        }),
        make!(E::SliceViewDefinitionUpdated {
            slice: to(),
            new: view()
        }),
    ];
    let others = prop_oneof![
        make!(E::SliceViewControlUpdated {
            slice: to(),
            view: name(),
            control: control()
        }),
        make!(E::SliceTranslationDefinitionUpdated {
            slice: to(),
            new: translation()
        }),
        make!(E::SliceAutomationDefinitionUpdated {
            slice: to(),
            new: automation()
        }),
        make!(E::SliceBoardElementUpdated {
            slice: to(),
            new: board_element()
        }),
        make!(E::SliceBoardConnectionUpdated {
            slice: to(),
            old: board_connection(),
            new: board_connection()
        }),
        make!(E::SliceBitLevelDataFlowUpdated {
            slice: to(),
            old: data_flow(),
            new: data_flow()
        }),
    ];
    prop_oneof![named, others].boxed()
}

fn fact_removed(slice: Text) -> BoxedStrategy<EmcEvent> {
    let to = move || Just(slice.clone());
    let named = prop_oneof![
        make!(E::SliceScenarioRemoved {
            slice: to(),
            name: name()
        }),
        make!(E::SliceOutcomeDefinitionRemoved {
            slice: to(),
            label: name()
        }),
        make!(E::SliceExternalPayloadDefinitionRemoved {
            slice: to(),
            name: name(),
            field: name()
        }),
        make!(E::SliceEventDefinitionRemoved {
            slice: to(),
            name: name()
        }),
        make!(E::SliceCommandDefinitionRemoved {
            slice: to(),
            name: name()
        }),
        make!(E::SliceReadModelDefinitionRemoved {
            slice: to(),
            name: name()
        }),
        make!(E::SliceViewDefinitionRemoved {
            slice: to(),
            name: name()
        }),
    ];
    let others = prop_oneof![
        make!(E::SliceViewControlRemoved {
            slice: to(),
            view: name(),
            name: name()
        }),
        make!(E::SliceTranslationDefinitionRemoved {
            slice: to(),
            name: name()
        }),
        make!(E::SliceAutomationDefinitionRemoved {
            slice: to(),
            name: name()
        }),
        make!(E::SliceBoardElementRemoved {
            slice: to(),
            name: name()
        }),
        make!(E::SliceBoardConnectionRemoved {
            slice: to(),
            old: board_connection()
        }),
        make!(E::SliceBitLevelDataFlowRemoved {
            slice: to(),
            old: data_flow()
        }),
    ];
    prop_oneof![named, others].boxed()
}

fn fact() -> BoxedStrategy<SliceFact> {
    let some = prop_oneof![
        scenario().prop_map(SliceFact::Scenario),
        outcome().prop_map(SliceFact::Outcome),
        external_payload().prop_map(SliceFact::ExternalPayload),
        event_definition().prop_map(SliceFact::EventDefinition),
        command_definition().prop_map(SliceFact::CommandDefinition),
        read_model().prop_map(SliceFact::ReadModel),
    ];
    let others = prop_oneof![
        view().prop_map(SliceFact::View),
        translation().prop_map(SliceFact::Translation),
        automation().prop_map(SliceFact::Automation),
        data_flow().prop_map(SliceFact::DataFlow),
        board_element().prop_map(SliceFact::BoardElement),
        board_connection().prop_map(SliceFact::BoardConnection),
    ];
    prop_oneof![some, others].boxed()
}
