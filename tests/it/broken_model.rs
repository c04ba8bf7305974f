//! A model that breaks the rules, each at least once where the stores of the
//! peer do not.

use emc::event::{
    CommandDefinition, Control, EmcEvent, OwnedDefinition, SliceFact, WorkflowOutcome,
    vocabulary::{
        BoardElementKind as Card, BoardEndpointKind as End, ConnectionKind as By,
        ContractKind as Binds, EventParticipation, InputSourceKind, Lane, NavigationType,
        OwnedDefinitionKind, RepeatBehavior, SliceKind,
    },
};

use crate::facts::{Facts, Field, From, Owner};

const TEXT: &str = "UTF-8";
const UUID: &str = "UUID version 7";

/// The events of the model.
pub fn events() -> Vec<EmcEvent> {
    let mut facts = Facts::new("broken", "main-flow", str::to_owned);
    bad_view(&mut facts);
    bad_change(&mut facts);
    bad_flow(&mut facts);
    facts.slice("no-parts", SliceKind::StateChange, "Has nothing.");
    facts.slice("no-message", SliceKind::Translation, "Has nothing.");
    facts.slice("no-parts-view", SliceKind::StateView, "Has nothing.");
    wrong_ways(&mut facts);
    wrong_claims(&mut facts);
    twins(&mut facts);
    loops(&mut facts);
    facts.events
}

/// The fact that was told last, but for its data flow.
fn last<'a, T>(
    facts: &'a mut Facts,
    of: impl Fn(&'a mut SliceFact) -> Option<&'a mut T>,
) -> &'a mut T {
    facts
        .events
        .iter_mut()
        .rev()
        .find_map(|event| match event {
            EmcEvent::SliceFactAdded { fact, .. } => of(fact),
            _ => None,
        })
        .expect("such a fact was told")
}

fn last_command(facts: &mut Facts) -> &mut CommandDefinition {
    last(facts, |fact| match fact {
        SliceFact::CommandDefinition(command) => Some(command),
        _ => None,
    })
}

fn bad_view(facts: &mut Facts) {
    facts.slice("bad-view", SliceKind::StateView, "Shows what is not there.");
    facts.event(
        "ThingMade",
        "thing",
        Owner::Elsewhere,
        &[
            ("name", From::Elsewhere, UUID),
            ("size", From::Elsewhere, TEXT),
        ],
    );
    facts.read_model(
        "Things",
        &[
            ("name", Field::Of("ThingMade"), TEXT),
            ("hen", Field::Derived(&["egg"], "Hen"), TEXT),
            ("egg", Field::Derived(&["hen"], "Egg"), TEXT),
        ],
    );
    let control = |facts: &Facts, name: &str, change: &dyn Fn(&mut Control)| {
        let mut control = facts.control(name, ("name", InputSourceKind::Actor), &[], "BadView");
        control.command = facts.word("MakeThing");
        change(&mut control);
        control
    };
    let controls = vec![
        control(facts, "Hidden", &|control| {
            control.input.visible_to_actor = false;
        }),
        control(facts, "Local", &|control| {
            control.navigation.kind = NavigationType::LocalViewState;
        }),
        control(facts, "Astray", &|control| {
            control.navigation.target = "NoView".parse_text();
        }),
        control(facts, "Away", &|control| {
            control.navigation.kind = NavigationType::ExternalWorkflow;
            control.navigation.external_workflow = Some("no-flow".parse_text());
        }),
    ];
    facts.view(
        "BadView",
        "Things",
        &[("name", TEXT), ("colour", TEXT)],
        controls,
    );
    facts.view("Blind", "NoModel", &[("name", TEXT)], Vec::new());
    facts.card(Card::View, "BadView");
    facts.card(Card::ReadModel, "Things");
    facts.card(Card::Event, "ThingMade");
    last(facts, |fact| match fact {
        SliceFact::BoardElement(card) => Some(card),
        _ => None,
    })
    .lane = Lane::Ux;
    facts.wire((End::Event, "ThingMade"), (End::View, "BadView"));
    facts.wire((End::Event, "NoCard"), (End::ReadModel, "Things"));
}

fn bad_change(facts: &mut Facts) {
    facts.slice(
        "bad-change",
        SliceKind::StateChange,
        "Changes what is not there.",
    );
    facts.event(
        "Seen",
        "thing",
        Owner::Elsewhere,
        &[("name", From::Elsewhere, TEXT)],
    );
    facts.command(
        "MakeThing",
        &["ThingMade"],
        &[],
        &[("Refused", "A thing is refused")],
        &[
            ("name", From::Actor, TEXT),
            ("seen", From::State("Seen"), TEXT),
            ("gone", From::State("Gone"), TEXT),
            ("parcel", From::Payload("NoPayload"), TEXT),
        ],
    );
    let seen = facts.word("name");
    for event in &mut facts.events {
        if let EmcEvent::SliceFactAdded {
            fact: SliceFact::CommandDefinition(command),
            ..
        } = event
            && command.input.name.as_str() == "seen"
        {
            command.input.event_stream_source_attribute = Some(seen.clone());
        }
    }
    facts.command(
        "DoNothing",
        &[],
        &["nowhere"],
        &[],
        &[("name", From::Actor, TEXT)],
    );
    last_command(facts).singleton_repeat_behavior = Some(RepeatBehavior::AlreadyExistsError);
    facts.event(
        "ThingMade",
        "thing",
        Owner::Here,
        &[
            ("name", From::Input("name"), UUID),
            ("missing", From::Input("missing"), TEXT),
        ],
    );
    facts.event(
        "LonelyDone",
        "thing",
        Owner::Here,
        &[("name", From::Generated("clock"), TEXT)],
    );
    facts.outcome("nothing", &[], true);
    facts.outcome("made", &["ThingMade"], false);
    facts.outcome("done", &["ThingMade"], false);
    facts.contract(
        "A thing is refused",
        (Binds::Command, "MakeThing"),
        ["nothing", "MakeThing", "Refused"],
        &["nowhere"],
        &[],
        &["Refused"],
    );
}

/// An automation that sets itself off, and an attribute that is its own source.
fn bad_flow(facts: &mut Facts) {
    facts.slice("bad-flow", SliceKind::Automation, "Turns in a circle.");
    facts.automation("Turner", "Turned", "Turn", &[]);
    facts.command(
        "Turn",
        &["Turned"],
        &["wheel"],
        &[],
        &[("angle", From::State("Turned"), TEXT)],
    );
    facts.event(
        "Turned",
        "wheel",
        Owner::Here,
        &[("angle", From::Input("angle"), TEXT)],
    );
    facts.flow(
        "angle",
        "Turned",
        emc::event::vocabulary::Transformation::Identity,
        UUID,
    );
}

fn wrong_ways(facts: &mut Facts) {
    facts.go("bad-view", "bad-change", By::Command, "MakeThing", None);
    facts.go("nowhere", "bad-change", By::Event, "ThingMade", None);
    facts.go("bad-view", "nowhere", By::Event, "ThingMade", None);
    facts.go("bad-change", "bad-flow", By::Command, "MakeThing", None);
    facts.go(
        "bad-change",
        "bad-view",
        By::Navigation,
        "Back",
        Some("BadView"),
    );
    facts.go("bad-change", "bad-view", By::Outcome, "Refused", None);
    facts.go("bad-view", "no-parts", By::Outcome, "lost", None);
    if let Some(EmcEvent::WorkflowConnected { connection, .. }) = facts.events.last_mut() {
        connection.target_slice = None;
        connection.target_workflow = Some("no-flow".parse_text());
    }
}

fn wrong_claims(facts: &mut Facts) {
    let workflow = facts.word("main-flow");
    facts.events.push(EmcEvent::WorkflowOwnedDefinitionAdded {
        workflow: workflow.clone(),
        new: OwnedDefinition {
            source_slice: facts.word("bad-change"),
            definition_kind: OwnedDefinitionKind::Event,
            definition_name: facts.word("ThingMade"),
            definition_stream: Some(facts.word("thing")),
            source_provenance: Some(facts.word("Somewhere.")),
            event_participation: Some(EventParticipation::Observed),
            view_role: None,
        },
    });
    facts.events.push(EmcEvent::WorkflowOutcomeAdded {
        workflow,
        new: WorkflowOutcome {
            source_slice: facts.word("bad-change"),
            label: facts.word("made"),
            externally_relevant: true,
        },
    });
}

/// A workflow with twice what is there already, and without an entry.
fn twins(facts: &mut Facts) {
    facts.workflow("twin-flow", "Has everything twice.");
    facts.slice("first", SliceKind::StateView, "Goes.");
    let slug = facts.word("first");
    facts.slice("twin", SliceKind::StateChange, "Makes things, too.");
    facts.command(
        "MakeThing",
        &["ThingMade", "thing-made"],
        &[],
        &[],
        &[("name", From::Actor, TEXT)],
    );
    facts.event(
        "ThingMade",
        "other",
        Owner::Here,
        &[("name", From::Input("name"), TEXT)],
    );
    facts.event(
        "thing-made",
        "thing",
        Owner::Here,
        &[("name", From::Input("name"), TEXT)],
    );
    facts.slice("twin", SliceKind::StateChange, "Has the same slug.");
    facts.slice(
        "bad-view",
        SliceKind::StateView,
        "Has the slug of another workflow.",
    );
    facts.events.push(EmcEvent::SliceRemoved { slug });
}

/// A workflow that nobody can leave.
fn loops(facts: &mut Facts) {
    facts.workflow("loop-flow", "Never ends.");
    facts.slice("there", SliceKind::StateChange, "Goes there.");
    facts.slice("back", SliceKind::StateChange, "Comes back.");
    facts.go("there", "back", By::Event, "Gone", None);
    facts.go("back", "there", By::Event, "Come", None);
}

trait ParseText {
    fn parse_text(&self) -> emc::event::Text;
}

impl ParseText for str {
    fn parse_text(&self) -> emc::event::Text {
        emc::event::Text::new(self).expect("not empty")
    }
}
