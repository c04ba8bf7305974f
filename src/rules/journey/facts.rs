//! What a journey is played from, as rows, derived from the model.
//!
//! Rows depend on this workflow alone. What the wire does not say is taken
//! from what it implies:
//!
//! - A step is every slice but the automations and translations that no
//!   transition leads to: these react in the background.
//! - An end is a state view without a way out; nothing else may rest.
//! - A slice without outcomes has one answer for each command, with all events
//!   it emits, named after the command.
//! - A translation names no handler of errors: the recovery that the command
//!   declares is taken. A recovery that navigates to no view of this workflow
//!   stays where it is.
//! - A command that no slice of this workflow defines is answered at once,
//!   without an event.
//! - Events that this workflow uses and does not record have come from
//!   elsewhere: those that a journey cannot do without always, the others all
//!   or not at all.
//! - Streams that a scenario reads may be empty, so they are no part of its Given.

use std::collections::{BTreeMap, BTreeSet};

use super::row::{Answer, Asker, Decision, Handled, Shown, Target, Transition, Way};
use crate::{
    event::{
        Text,
        vocabulary::{ConnectionKind, FieldSourceKind, NavigationType, Recovery, SliceKind},
    },
    model::{Command, Relationship, Slice, TransitionTarget, Workflow},
};

/// All rows but the scenarios.
#[derive(Debug, Default)]
pub(crate) struct Facts<'a> {
    /// Empty when the workflow has lost its entry.
    pub entry: &'a str,
    pub steps: BTreeSet<&'a str>,
    pub ends: BTreeSet<&'a str>,
    pub before: BTreeSet<BTreeSet<&'a str>>,
    pub streams: BTreeMap<&'a str, &'a str>,
    pub transitions: BTreeSet<Transition<'a>>,
    pub decisions: BTreeSet<Decision<'a>>,
    pub answers: BTreeSet<Answer<'a>>,
    /// Step and error.
    pub errors: BTreeSet<(&'a str, &'a str)>,
    pub recoveries: BTreeSet<Handled<'a>>,
    pub shown: BTreeSet<Shown<'a>>,
    /// Steps between which a transition leads.
    leads: BTreeSet<(&'a str, &'a str)>,
}

/// What a workflow defines, by name.
pub(super) struct Index<'a> {
    /// The slices that define a command, with the command.
    pub commands: BTreeMap<&'a str, Vec<(&'a Slice, Command<'a>)>>,
    /// The first slice that shows a view.
    views: BTreeMap<&'a str, &'a str>,
    /// The payload contract of an external event.
    payloads: BTreeMap<&'a str, &'a str>,
}

impl<'a> Index<'a> {
    pub fn of(workflow: &'a Workflow) -> Self {
        let mut index = Self {
            commands: BTreeMap::new(),
            views: BTreeMap::new(),
            payloads: BTreeMap::new(),
        };
        for slice in &workflow.slices {
            for command in slice.commands() {
                let owners = index.commands.entry(command.name.as_str()).or_default();
                owners.push((slice, command));
            }
            for view in &slice.views {
                index.views.entry(view.name.as_str()).or_insert(&slice.slug);
            }
            for translation in &slice.translations {
                index
                    .payloads
                    .entry(translation.external_event.as_str())
                    .or_insert(&translation.payload_contract);
            }
        }
        index
    }

    pub fn owners(&self, command: &str) -> &[(&'a Slice, Command<'a>)] {
        self.commands.get(command).map_or(&[], Vec::as_slice)
    }
}

impl<'a> Facts<'a> {
    pub(super) fn of(workflow: &'a Workflow, index: &Index<'a>) -> Self {
        let mut facts = Self::default();
        facts.transitions = transitions(workflow, index);
        facts.leads = facts
            .transitions
            .iter()
            .filter_map(|transition| match transition.to {
                Target::Step(step) => Some((transition.at, step)),
                Target::Exit(_) => None,
            })
            .collect();
        let entered: BTreeSet<&str> = facts.leads.iter().map(|(_, step)| *step).collect();
        let left: BTreeSet<&str> = facts.transitions.iter().map(|t| t.at).collect();
        for slice in &workflow.slices {
            let step = slice.slug.as_str();
            let entry = slice.relationship == Relationship::Entry;
            if entry && facts.entry.is_empty() {
                facts.entry = step;
            }
            let reacts = matches!(slice.kind, SliceKind::Automation | SliceKind::Translation);
            if entry || !reacts || entered.contains(step) {
                facts.steps.insert(step);
            }
            if slice.kind == SliceKind::StateView && !left.contains(step) {
                facts.ends.insert(step);
            }
            facts.reactions(slice, index);
            facts.handled(slice, index);
            facts.shown(slice);
        }
        let reacting: BTreeSet<(&str, &str)> = facts
            .decisions
            .iter()
            .map(|d| (d.step, d.command))
            .collect();
        for (command, owners) in &index.commands {
            for (slice, definition) in owners {
                if !reacting.contains(&(&slice.slug, command)) {
                    facts.decide(&slice.slug, Asker::Actor, slice, definition);
                }
            }
        }
        facts.before(&entered);
        facts.streams(workflow);
        facts
    }

    /// Automations and translations. A command of another slice is decided
    /// there if a transition leads on to it, and here otherwise.
    fn reactions(&mut self, slice: &'a Slice, index: &Index<'a>) {
        let automations = slice
            .automations
            .iter()
            .map(|a| (Asker::On(&a.trigger), &a.command));
        let translations = slice
            .translations
            .iter()
            .map(|t| (Asker::From(&t.payload_contract), &t.command));
        for (asker, command) in automations.chain(translations) {
            let owners = index.owners(command);
            let step = slice.slug.as_str();
            if owners.is_empty() {
                self.decisions.insert(Decision {
                    step,
                    command,
                    asker,
                    needs: BTreeSet::new(),
                });
                self.answers.insert(Answer {
                    step,
                    outcome: command,
                    events: BTreeSet::new(),
                });
            }
            let own = owners.iter().any(|(owner, _)| owner.slug == slice.slug);
            for (owner, command) in owners {
                let elsewhere = owner.slug != slice.slug;
                if elsewhere && (own || self.leads.contains(&(step, &owner.slug))) {
                    continue;
                }
                self.decide(step, asker, owner, command);
            }
        }
    }

    /// A step that decides for a command of `owner`, with all that may come of it.
    fn decide(&mut self, step: &'a str, asker: Asker<'a>, owner: &'a Slice, command: &Command<'a>) {
        let needs = command
            .inputs
            .iter()
            .filter_map(|input| input.value.event_stream_source_event.as_deref())
            .collect();
        self.decisions.insert(Decision {
            step,
            command: command.name,
            asker,
            needs,
        });
        for outcome in &owner.outcomes {
            self.answers.insert(Answer {
                step,
                outcome: &outcome.value.label,
                events: outcome.value.events.iter().map(Text::as_str).collect(),
            });
        }
        if owner.outcomes.is_empty() {
            self.answers.insert(Answer {
                step,
                outcome: command.name,
                events: command.emitted_events.iter().map(|e| e.as_str()).collect(),
            });
        }
        for error in &command.errors {
            self.errors.insert((step, &error.name));
        }
    }

    /// The errors that controls, automations and translations handle.
    fn handled(&mut self, slice: &'a Slice, index: &Index<'a>) {
        let at = slice.slug.as_str();
        for view in &slice.views {
            for control in &view.value.controls {
                let way = match control.recovery_behavior {
                    Recovery::Retry => Way::Retry,
                    Recovery::StayOnScreen | Recovery::ExplicitRecoveryAction => Way::Stay,
                    Recovery::Navigation => {
                        index.target(control.navigation.kind, &control.navigation.target)
                    }
                };
                for (owner, _) in index.owners(&control.command) {
                    for error in &control.handled_errors {
                        let of = owner.slug.as_str();
                        self.recoveries.insert(Handled { at, of, error, way });
                    }
                }
            }
        }
        for automation in &slice.automations {
            for (owner, command) in index.owners(&automation.command) {
                let of = self.decider(slice, owner);
                for error in &automation.handled_errors {
                    let way = way_of(command, error);
                    self.recoveries.insert(Handled { at, of, error, way });
                }
            }
        }
        for translation in &slice.translations {
            for (owner, command) in index.owners(&translation.command) {
                let of = self.decider(slice, owner);
                for error in &command.errors {
                    let (error, way) = (error.name.as_str(), way_of(command, &error.name));
                    self.recoveries.insert(Handled { at, of, error, way });
                }
            }
        }
    }

    /// The step at which a reaction of `slice` with a command of `owner` is decided.
    fn decider(&self, slice: &'a Slice, owner: &'a Slice) -> &'a str {
        if self.leads.contains(&(&slice.slug, &owner.slug)) {
            &owner.slug
        } else {
            &slice.slug
        }
    }

    /// The read models that the views of a slice show. One that no event feeds
    /// shows no event, recorded or not.
    fn shown(&mut self, slice: &'a Slice) {
        let projections = slice.projections();
        for view in slice.screens() {
            for name in view.read_models {
                let Some(projection) = projections.iter().find(|p| p.name == name) else {
                    continue;
                };
                let fields = || projection.fields.iter().map(|field| field.value);
                let fed_by: BTreeSet<&str> = fields()
                    .flat_map(|field| {
                        [
                            field.source_event.as_deref(),
                            field.absence_event.as_deref(),
                        ]
                    })
                    .flatten()
                    .collect();
                let absence = fields().any(|f| f.source_kind == FieldSourceKind::AbsenceDefault);
                if absence || !fed_by.is_empty() {
                    self.shown.insert(Shown {
                        step: &slice.slug,
                        read_model: name,
                        fed_by,
                        absence,
                    });
                }
            }
        }
    }

    /// What may have been recorded when a journey starts.
    fn before(&mut self, entered: &BTreeSet<&str>) {
        if self.entry.is_empty() {
            return;
        }
        let recorded: BTreeSet<&str> = self
            .answers
            .iter()
            .flat_map(|a| a.events.iter().copied())
            .collect();
        let mut always = BTreeSet::new();
        let mut perhaps = BTreeSet::new();
        for decision in &self.decisions {
            let Asker::On(event) = decision.asker else {
                always.extend(&decision.needs);
                continue;
            };
            always.extend(decision.needs.iter().filter(|need| **need != event));
            if decision.step == self.entry || entered.contains(decision.step) {
                always.insert(event);
            } else {
                perhaps.insert(event);
            }
        }
        for transition in &self.transitions {
            if transition.kind == ConnectionKind::Event {
                always.insert(transition.by);
            }
        }
        for shown in &self.shown {
            if shown.absence || shown.fed_by.iter().any(|event| recorded.contains(event)) {
                perhaps.extend(&shown.fed_by);
            } else {
                always.extend(&shown.fed_by);
            }
        }
        always.retain(|event| !recorded.contains(event));
        perhaps.retain(|event| !recorded.contains(event));
        perhaps.extend(&always);
        self.before = BTreeSet::from([always, perhaps]);
    }

    /// The stream of every event that the rows name: where the event is
    /// emitted, else where it is observed, else unknown.
    fn streams(&mut self, workflow: &'a Workflow) {
        let mut known: BTreeMap<&str, (bool, &str)> = BTreeMap::new();
        for definition in workflow.slices.iter().flat_map(|s| &s.event_definitions) {
            let emitted = !definition.observed && !definition.shared;
            let stream = definition.value.stream.as_str();
            let first = known
                .entry(&definition.value.name)
                .or_insert((emitted, stream));
            if emitted && !first.0 {
                *first = (true, stream);
            }
        }
        let named = self
            .answers
            .iter()
            .flat_map(|answer| answer.events.iter().copied())
            .chain(self.before.iter().flatten().copied())
            .chain(
                self.shown
                    .iter()
                    .flat_map(|shown| shown.fed_by.iter().copied()),
            )
            .chain(self.decisions.iter().flat_map(|d| d.needs.iter().copied()));
        self.streams = named
            .map(|event| (event, known.get(event).map_or("", |(_, stream)| *stream)))
            .collect();
    }

    /// The streams that these events are recorded in.
    pub fn streams_of(&self, events: &BTreeSet<&'a str>) -> BTreeSet<&'a str> {
        events
            .iter()
            .filter_map(|event| self.streams.get(event).copied())
            .collect()
    }

    /// Whether a step decides.
    pub fn decides(&self, step: &'a str) -> bool {
        let first = Decision {
            step,
            command: "",
            asker: Asker::Actor,
            needs: BTreeSet::new(),
        };
        self.decisions
            .range(first..)
            .next()
            .is_some_and(|decision| decision.step == step)
    }

    /// The answers of a step.
    pub fn answers_of(&self, step: &'a str) -> Vec<&Answer<'a>> {
        let first = Answer {
            step,
            outcome: "",
            events: BTreeSet::new(),
        };
        self.answers
            .range(first..)
            .take_while(|answer| answer.step == step)
            .collect()
    }
}

impl<'a> Index<'a> {
    /// Where an error is fled to.
    fn target(&self, kind: NavigationType, target: &str) -> Way<'a> {
        match kind {
            NavigationType::ModeledView => self
                .views
                .get(target)
                .map_or(Way::Stay, |step| Way::GoTo(step)),
            NavigationType::LocalViewState
            | NavigationType::ExternalSystem
            | NavigationType::ExternalWorkflow => Way::Stay,
        }
    }
}

/// How a command says that its error is left behind, where nobody sees a screen.
fn way_of<'a>(command: &Command<'_>, error: &str) -> Way<'a> {
    let retries = command
        .errors
        .iter()
        .any(|e| e.name == *error && e.recovery == Recovery::Retry);
    if retries { Way::Retry } else { Way::Stay }
}

/// The transitions, each by its trigger: for an external trigger the payload
/// contract, for anything else the name.
fn transitions<'a>(workflow: &'a Workflow, index: &Index<'a>) -> BTreeSet<Transition<'a>> {
    workflow
        .transitions
        .iter()
        .map(|recorded| {
            let transition = &recorded.value;
            let name = transition.name.as_str();
            let kind = transition.kind.via();
            let by = if kind == ConnectionKind::ExternalTrigger {
                let contract = transition.payload_contract.as_deref();
                contract
                    .or_else(|| index.payloads.get(name).copied())
                    .unwrap_or(name)
            } else {
                name
            };
            Transition {
                at: &transition.source,
                kind,
                by,
                to: match &transition.target {
                    TransitionTarget::Slice(slug) => Target::Step(slug),
                    TransitionTarget::Workflow(slug) => Target::Exit(slug),
                },
            }
        })
        .collect()
}
