//! What the store holds now, and what a request makes of it. Pure: the bytes
//! come from the edge.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    authoring::{
        Refused,
        edit::Edit,
        plan::{self, Action, Change, Plan},
        resolve::{Resolution, Resolved},
        review::NewReview,
    },
    diagnostic::{
        Diagnostic, Level, Place,
        codes::authoring::{
            CANNOT_EXPRESS, DOES_NOT_FOLD, IMPOSSIBLE_ELEMENT, NO_PROJECT, PROJECT_EXISTS,
            STORE_CHANGED, STORE_DAMAGED,
        },
    },
    document::{Document, Model},
    event::{EmcEvent, Text},
    history::History,
    merge::{self, OpenFork},
    model::{self, Fold, Origin, ProjectionFingerprint},
    rel_path::RelPath,
    transaction::{EventId, Header, Transaction, parse},
};

/// What somebody wants of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Name the project: the first event of a store.
    Init {
        /// Its name.
        name: Text,
    },
    /// Make the model what the document says.
    Apply {
        /// The document.
        document: Box<Document>,
        /// Whether what the document leaves out goes.
        prune: bool,
    },
    /// Make a part of the model, which is `base`, what the document says;
    /// refused when the model says something else than `base` by now.
    Replace {
        /// The part as it was read.
        base: Box<Document>,
        /// The part as it should be.
        document: Box<Document>,
    },
    /// Make single edits, all or none.
    Edit(Vec<Edit>),
    /// Record events that are no elements: a review, a declaration of readiness.
    Record(Vec<EmcEvent>),
    /// Record events about the model as it is: refused when the events of the
    /// store are others than those of this projection fingerprint by now.
    Declare {
        /// The fingerprint that the events are about.
        fingerprint: String,
        /// What to record.
        events: Vec<EmcEvent>,
    },
    /// Record a review of a workflow as it is.
    Review(NewReview),
    /// Decide open forks: one transaction that touches their streams, and
    /// whatever else the events need.
    Resolve(Resolution),
}

/// What the store holds.
#[derive(Clone, Debug, Default)]
pub struct Present {
    /// The model.
    pub model: model::Model,
    /// Every event in canonical order.
    pub events: Vec<EmcEvent>,
    /// The open forks.
    pub forks: Vec<OpenFork>,
    /// What is wrong with the files, the history and the events, forks excepted.
    pub findings: Vec<Diagnostic>,
    /// The identity of every event.
    pub(super) ids: BTreeSet<EventId>,
    /// The data of all events of each stream, as written.
    streams: BTreeMap<Box<str>, Vec<Box<str>>>,
}

/// What a request comes to.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The changes and their events.
    pub plan: Plan,
    /// The events to append, in order.
    pub events: Vec<EmcEvent>,
    /// The model with them.
    pub model: model::Model,
    /// Streams that the transaction touches although it need not write to them.
    pub touched: Vec<String>,
}

impl Present {
    /// What these transaction files hold, by path below the project root.
    pub fn of(files: &[(RelPath, Vec<u8>)]) -> Self {
        let mut present = Self::default();
        let mut rejected = Vec::new();
        let mut transactions: Vec<Transaction> = Vec::new();
        let mut bytes: Vec<&[u8]> = Vec::new();
        for (file, content) in files {
            let parsed = parse(file, content);
            present.findings.extend(parsed.findings);
            match parsed.transaction {
                Ok(transaction) => {
                    transactions.push(transaction);
                    bytes.push(content);
                }
                Err(refused) => rejected.push(refused),
            }
        }
        let headers = transactions.iter().map(|transaction| &transaction.header);
        let history = History::of(headers, &rejected);
        present.findings.extend(history.findings().iter().cloned());
        let mut fold = Fold::new();
        let mut places = Vec::new();
        let mut positions = Vec::new();
        for stored in history.events(&transactions) {
            let envelope = stored.envelope;
            present.ids.insert(envelope.event_id);
            let data = bytes
                .get(stored.index)
                .and_then(|bytes| envelope.data_in(bytes));
            let data = data.unwrap_or_default();
            present
                .streams
                .entry(envelope.stream.clone())
                .or_default()
                .push(data.into());
            if envelope.foreign_type.is_some() {
                continue;
            }
            let place = Place::line(stored.transaction.header.file.as_str(), envelope.line);
            match EmcEvent::decode(data) {
                Ok(event) => {
                    fold.apply(origin(places.len()), &event);
                    present.events.push(event);
                    places.push(place);
                    positions.push(stored.index);
                }
                Err(reason) => present.findings.push(reason.diagnostic(place)),
            }
        }
        let projected = fold.finish();
        if !projected.refusals.is_empty() || !history.forks().is_empty() {
            let events: Vec<(usize, &EmcEvent)> =
                positions.into_iter().zip(&present.events).collect();
            let headers: Vec<&Header> = transactions.iter().map(|one| &one.header).collect();
            let place = |origin: Origin| {
                let at = usize::try_from(origin.0).ok();
                let place = at.and_then(|at| places.get(at)).cloned();
                place.unwrap_or_else(|| Place::file(""))
            };
            let refused = merge::refused(&projected.refusals, &history, &headers, &events, place);
            present.forks = merge::open_forks(&history, &headers, &events);
            present.findings.extend(refused);
        }
        present.model = projected.model;
        present
    }

    /// The data of all events of a stream, in order.
    pub(super) fn stream(&self, name: &str) -> &[Box<str>] {
        self.streams.get(name).map_or(&[], Vec::as_slice)
    }

    /// Take note that an event was appended, the model excepted.
    pub(super) fn appended(&mut self, event: &EmcEvent) {
        let (stream, data) = (event.stream_id(), event.encode());
        self.streams
            .entry(stream.into())
            .or_default()
            .push(data.into());
    }

    /// What `request` comes to; no events when the model is as it wants it.
    ///
    /// # Errors
    /// Why nothing may be written: a damaged store, an open fork, a request
    /// that does not fit the model, events that the store cannot hold or with
    /// which the model does not fold.
    pub fn decide(&self, request: &Request) -> Result<Decision, Refused> {
        self.sound(matches!(request, Request::Resolve(_)))?;
        let current = Model::of(&self.model);
        let mut touched = Vec::new();
        let mut target = None;
        let plan = match request {
            Request::Init { name } => {
                if let Some(project) = &self.model.project {
                    return Err(vec![Diagnostic::new(
                        &PROJECT_EXISTS,
                        format!("the store holds the project `{}` already", project.value),
                    )]
                    .into());
                }
                recorded(&[EmcEvent::ProjectInitialized { name: name.clone() }])
            }
            Request::Apply { document, prune } => {
                let (wanted, kept) = plan::wanted(&current, document, *prune)?;
                let plan = Plan {
                    kept,
                    ..Plan::between(&current, &wanted)?
                };
                target = Some(wanted);
                plan
            }
            Request::Replace { base, document } => {
                if base.again(&self.model).as_ref() != Some(&**base) {
                    return Err(vec![
                        Diagnostic::new(
                            &STORE_CHANGED,
                            "somebody else changed what the document was made from",
                        )
                        .help("compare it with `cargo emc export`, then use `cargo emc apply`"),
                    ]
                    .into());
                }
                let (wanted, _) = plan::wanted(&current, document, true)?;
                let plan = Plan::between(&current, &wanted)?;
                target = Some(wanted);
                plan
            }
            Request::Edit(edits) => {
                let mut wanted = current.clone();
                for edit in edits {
                    wanted = edit.apply(&wanted)?;
                }
                let plan = Plan::between(&current, &wanted)?;
                target = Some(wanted);
                plan
            }
            Request::Record(events) => recorded(events),
            Request::Declare {
                fingerprint,
                events,
            } => {
                if ProjectionFingerprint::of(&self.events) != *fingerprint {
                    return Err(vec![Diagnostic::new(
                        &STORE_CHANGED,
                        "the store changed meanwhile, and nothing was recorded",
                    )]
                    .into());
                }
                recorded(events)
            }
            Request::Review(review) => recorded(&[review.event(&self.model)?]),
            Request::Resolve(resolution) => {
                let Resolved {
                    plan,
                    target: wanted,
                    streams,
                } = resolution.apply(&self.model, &self.forks)?;
                touched = streams;
                target = Some(wanted);
                plan
            }
        };
        if self.model.project.is_none() && !matches!(request, Request::Init { .. }) {
            return Err(vec![
                Diagnostic::new(&NO_PROJECT, "the store holds no project yet")
                    .help("run `cargo emc init --name NAME` first"),
            ]
            .into());
        }
        let events = plan.events();
        touched.extend(self.reached(&events));
        let model = self.with(&events)?;
        if let Some(target) = target {
            agree(&target, &Model::of(&model))?;
        }
        Ok(Decision {
            plan,
            events,
            model,
            touched,
        })
    }

    /// Whether something may be appended: nothing to a damaged store, and only a
    /// decision (`resolving`) to a forked one.
    ///
    /// # Errors
    /// What is wrong with the store.
    pub fn sound(&self, resolving: bool) -> Result<(), Refused> {
        let mut problems: Vec<Diagnostic> = self
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .cloned()
            .collect();
        if !problems.is_empty() {
            problems.push(
                Diagnostic::new(
                    &STORE_DAMAGED,
                    "nothing is appended to a store with transactions that cannot be used",
                )
                .help("restore the files that are named, for instance with `git checkout -- FILE`"),
            );
        } else if !resolving {
            problems.extend(self.forks.iter().map(|fork| Diagnostic {
                level: Level::Error,
                ..fork.finding()
            }));
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems.into())
        }
    }

    /// The streams of what removals take along without a word: the slices of a
    /// workflow, the transitions of a slice. A concurrent edit of those has to
    /// be seen as a fork.
    fn reached(&self, events: &[EmcEvent]) -> BTreeSet<String> {
        let mut streams = BTreeSet::new();
        for event in events {
            for workflow in &self.model.workflows {
                match event {
                    EmcEvent::WorkflowRemoved { slug } if workflow.slug == *slug => {
                        let slices = workflow.slices.iter();
                        streams.extend(slices.map(|slice| format!("slice::{}", slice.slug)));
                    }
                    EmcEvent::SliceRemoved { slug } => {
                        let mut transitions = workflow.transitions.iter();
                        if transitions.any(|one| one.source == *slug || one.target.slug() == slug) {
                            streams.insert(format!("workflow::{}", workflow.slug));
                        }
                    }
                    _ => {}
                }
            }
        }
        streams
    }

    /// The model with more events.
    fn with(&self, events: &[EmcEvent]) -> Result<model::Model, Refused> {
        let mut problems = Vec::new();
        let mut fold = Fold::resume(self.model.clone());
        for (index, event) in events.iter().enumerate() {
            // What is written must be read as it was meant.
            match EmcEvent::decode(&event.encode()) {
                Ok(read) if read == *event => {}
                Ok(read) => problems.push(
                    Diagnostic::new(&IMPOSSIBLE_ELEMENT, "the store would record something else")
                        .note(format!("wanted: {event:?}"))
                        .note(format!("recorded: {read:?}")),
                ),
                Err(reason) => problems.push(reason.diagnostic(Place::file("the edit"))),
            }
            fold.apply(origin(self.events.len() + index), event);
        }
        let projected = fold.finish();
        for refusal in projected.refusals {
            let reason = refusal.diagnostic(Place::file("the edit"));
            let mut problem = Diagnostic::new(&DOES_NOT_FOLD, reason.message);
            problem.element = reason.element;
            problem.notes = reason.notes;
            problems.push(problem);
        }
        if problems.is_empty() {
            Ok(projected.model)
        } else {
            Err(problems.into())
        }
    }
}

/// The place of an event in the canonical order; a store of 2^32 events does
/// not fit into memory.
fn origin(index: usize) -> Origin {
    Origin(u32::try_from(index).unwrap_or(u32::MAX))
}

/// A plan of events that are no elements.
pub(super) fn recorded(events: &[EmcEvent]) -> Plan {
    let changes = events.iter().map(|event| Change {
        action: Action::Add,
        element: event.describe().element,
        before: Value::Null,
        // What is encoded is JSON.
        after: serde_json::from_str(&event.encode()).unwrap_or_default(),
        events: vec![event.clone()],
    });
    Plan {
        changes: changes.collect(),
        kept: Vec::new(),
    }
}

/// The last guard: a plan leads to the model that was wanted.
fn agree(wanted: &Model, reached: &Model) -> Result<(), Refused> {
    match Plan::between(reached, wanted) {
        Ok(rest) if rest.is_empty() => Ok(()),
        Ok(rest) => Err(rest
            .changes
            .into_iter()
            .map(|change| {
                Diagnostic::new(
                    &CANNOT_EXPRESS,
                    "the store cannot record this element as it is wanted",
                )
                .about(change.element)
                .note(format!("it would become {}", change.before))
            })
            .collect()),
        Err(problems) => Err(problems),
    }
}

#[cfg(test)]
mod tests;
