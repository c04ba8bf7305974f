//! The events that turn one model into another: project, workflows and slices.
//! Their lists are planned by [`Draft::list`].

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Action, Change, Plan, fact::Element, lists::Draft};
use crate::{
    authoring::Refused,
    diagnostic::{
        Diagnostic,
        codes::authoring::{BAD_SLUG, CANNOT_EXPRESS, NO_PROJECT, PRESENT_ELEMENT},
    },
    document::{Model, Slice, Transition, Workflow},
    event::{EmcEvent, Text},
};

/// The longest slug that still leaves room for the name of its stream.
const LONGEST_SLUG: usize = 200;

pub(super) fn plan(current: &Model, target: &Model) -> Result<Plan, Refused> {
    let mut draft = Draft::default();
    draft.project(current, target);
    let removed = draft.removals(current, target);
    let have = by_twin(&current.workflows, |workflow| &workflow.slug);
    for ((slug, twin), workflow) in numbered(&target.workflows, |workflow| &workflow.slug) {
        let before = have.get(&(slug, twin)).copied();
        match before {
            Some(before) if twin > 0 => {
                if before != workflow {
                    draft.problems.push(
                        Diagnostic::new(
                            &CANNOT_EXPRESS,
                            format!(
                                "two workflows have the slug `{slug}`; events reach only the first"
                            ),
                        )
                        .about(format!("workflow {slug}")),
                    );
                }
            }
            None if twin > 0 => draft.problems.push(
                Diagnostic::new(
                    &PRESENT_ELEMENT,
                    format!("the document has two workflows with the slug `{slug}`"),
                )
                .about(format!("workflow {slug}")),
            ),
            _ => draft.workflow(before, workflow, &removed),
        }
        draft.slices(before, workflow, current, target);
    }
    if draft.problems.is_empty() {
        Ok(Plan {
            changes: draft.changes,
            kept: Vec::new(),
        })
    } else {
        Err(draft.problems.into())
    }
}

impl Draft {
    fn project(&mut self, current: &Model, target: &Model) {
        match (&current.project, &target.project) {
            (before, Some(after)) if before.as_ref() != Some(after) => {
                let action = if before.is_some() {
                    Action::Update
                } else {
                    Action::Add
                };
                self.changes.push(Change {
                    action,
                    element: "project".to_owned(),
                    before: before
                        .as_ref()
                        .map_or(Value::Null, |name| json!({ "name": name })),
                    after: json!({ "name": after }),
                    events: vec![EmcEvent::ProjectInitialized {
                        name: after.clone(),
                    }],
                });
            }
            (None, None) if !target.workflows.is_empty() => self.problems.push(
                Diagnostic::new(&NO_PROJECT, "the store holds no project yet")
                    .help("run `cargo emc init --name NAME` first"),
            ),
            _ => {}
        }
    }

    /// Plan what goes, and return the slugs of slices that an event removes: in
    /// every workflow, with every transition from or to them.
    fn removals<'a>(&mut self, current: &'a Model, target: &Model) -> BTreeSet<&'a Text> {
        let wanted = by_twin(&target.workflows, |workflow| &workflow.slug);
        let mut removed: BTreeSet<&Text> = BTreeSet::new();
        let mut staying: BTreeSet<&Text> = BTreeSet::new();
        let mut gone: Vec<&Workflow> = Vec::new();
        for (key, workflow) in numbered(&current.workflows, |workflow| &workflow.slug) {
            let Some(after) = wanted.get(&key) else {
                gone.push(workflow);
                continue;
            };
            let slices = by_twin(&after.slices, |slice| &slice.slug);
            for (key, slice) in numbered(&workflow.slices, |slice| &slice.slug) {
                if slices.contains_key(&key) {
                    staying.insert(&slice.slug);
                } else if removed.insert(&slice.slug) {
                    self.changes.push(removal(
                        format!("slice {}", slice.slug),
                        slice_head(slice),
                        EmcEvent::SliceRemoved {
                            slug: slice.slug.clone(),
                        },
                    ));
                }
            }
        }
        for slug in removed.intersection(&staying) {
            self.problems.push(
                Diagnostic::new(
                    &CANNOT_EXPRESS,
                    format!("two slices have the slug `{slug}`; removing one removes both"),
                )
                .about(format!("slice {slug}")),
            );
        }
        for workflow in gone {
            let slug = &workflow.slug;
            if wanted.contains_key(&(slug, 0)) {
                self.problems.push(
                    Diagnostic::new(
                        &CANNOT_EXPRESS,
                        format!("two workflows have the slug `{slug}`; removing one removes both"),
                    )
                    .about(format!("workflow {slug}")),
                );
            }
            self.changes.push(removal(
                format!("workflow {slug}"),
                workflow_head(workflow),
                EmcEvent::WorkflowRemoved { slug: slug.clone() },
            ));
        }
        removed
    }

    /// Plan a workflow without its slices.
    fn workflow(&mut self, before: Option<&Workflow>, after: &Workflow, removed: &BTreeSet<&Text>) {
        let owner = &after.slug;
        let place = format!("workflow {owner}");
        let empty = Workflow::empty(owner.clone(), after.name.clone(), after.description.clone());
        let fields = (owner.clone(), after.name.clone(), after.description.clone());
        if before.is_none() {
            self.slug("workflow", owner);
        }
        let head = workflow_head(after);
        let old_head = before.map_or(Value::Null, workflow_head);
        let mut events = Vec::new();
        match before {
            None => events.push(EmcEvent::WorkflowAdded {
                slug: fields.0,
                name: fields.1,
                description: fields.2,
            }),
            Some(before)
                if before.name != after.name || before.description != after.description =>
            {
                events.push(EmcEvent::WorkflowUpdated {
                    slug: fields.0,
                    name: fields.1,
                    description: fields.2,
                });
            }
            Some(_) => {}
        }
        let covered = before.is_some_and(|before| before.requires_entry_lifecycle_coverage);
        match (covered, after.requires_entry_lifecycle_coverage) {
            (false, true) => events.push(EmcEvent::WorkflowEntryLifecycleCoverageRequired {
                workflow: owner.clone(),
            }),
            (true, false) => events.push(EmcEvent::WorkflowEntryLifecycleCoverageRemoved {
                workflow: owner.clone(),
            }),
            _ => {}
        }
        if !events.is_empty() {
            self.changes.push(Change {
                action: if before.is_some() {
                    Action::Update
                } else {
                    Action::Add
                },
                element: place.clone(),
                before: old_head,
                after: head,
                events,
            });
        }
        let before = before.unwrap_or(&empty);
        let transitions = self.left_over(&place, before, after, removed);
        self.list(
            owner,
            &place,
            &before.entry_lifecycle_states,
            &after.entry_lifecycle_states,
        );
        self.list(owner, &place, &transitions, &after.transitions);
        self.list(
            owner,
            &place,
            &before.transition_evidences,
            &after.transition_evidences,
        );
        self.list(owner, &place, &before.outcomes, &after.outcomes);
        self.list(owner, &place, &before.command_errors, &after.command_errors);
        self.list(
            owner,
            &place,
            &before.owned_definitions,
            &after.owned_definitions,
        );
    }

    /// The transitions that removed slices leave; those that go along and are
    /// not wanted are told, although they need no event of their own.
    fn left_over(
        &mut self,
        place: &str,
        before: &Workflow,
        after: &Workflow,
        removed: &BTreeSet<&Text>,
    ) -> Vec<Transition> {
        let mut left = Vec::new();
        for transition in &before.transitions {
            let touches =
                |slug: &Option<Text>| slug.as_ref().is_some_and(|slug| removed.contains(slug));
            if !removed.contains(&transition.from)
                && !touches(&transition.to)
                && !touches(&transition.to_workflow)
            {
                left.push(transition.clone());
            } else if !after.transitions.contains(transition) {
                self.changes.push(Change {
                    action: Action::Remove,
                    element: format!("{place}, transition {}", transition.label()),
                    before: json!(transition),
                    after: Value::Null,
                    events: Vec::new(),
                });
            }
        }
        left
    }

    fn slices(
        &mut self,
        before: Option<&Workflow>,
        workflow: &Workflow,
        current: &Model,
        target: &Model,
    ) {
        let have = before
            .map(|before| by_twin(&before.slices, |slice| &slice.slug))
            .unwrap_or_default();
        for (key, slice) in numbered(&workflow.slices, |slice| &slice.slug) {
            let Some(before) = have.get(&key) else {
                self.slug("slice", &slice.slug);
                self.unused(workflow, slice, target);
                self.slice(workflow, None, slice);
                continue;
            };
            let start = self.changes.len();
            self.slice(workflow, Some(before), slice);
            let mut all = current
                .workflows
                .iter()
                .flat_map(|workflow| &workflow.slices);
            let first = all.find(|other| other.slug == slice.slug);
            if self.changes.len() > start
                && !first.is_some_and(|first| std::ptr::eq(first, *before))
            {
                let slug = &slice.slug;
                self.problems.push(
                    Diagnostic::new(
                        &CANNOT_EXPRESS,
                        format!("two slices have the slug `{slug}`; events reach only the first"),
                    )
                    .about(format!("slice {slug}")),
                );
            }
        }
    }

    /// Report that a new slice has the slug of another.
    fn unused(&mut self, workflow: &Workflow, slice: &Slice, target: &Model) {
        let mut homes = target.workflows.iter().flat_map(|home| {
            home.slices
                .iter()
                .filter(|other| other.slug == slice.slug && !std::ptr::eq(*other, slice))
                .map(move |_| &home.slug)
        });
        if let Some(home) = homes.next() {
            let mut problem = Diagnostic::new(
                &PRESENT_ELEMENT,
                format!(
                    "slice `{}` cannot be added to workflow `{}`: workflow `{home}` has a slice with that slug",
                    slice.slug, workflow.slug
                ),
            )
            .about(format!("slice {}", slice.slug));
            if *home != workflow.slug {
                problem = problem.help(
                    "to move the slice, remove it there: with `--prune`, apply a document of the \
                     whole model that names it in its new workflow only",
                );
            }
            self.problems.push(problem);
        }
    }

    fn slice(&mut self, workflow: &Workflow, before: Option<&Slice>, after: &Slice) {
        let owner = &after.slug;
        let place = format!("slice {owner}");
        let empty = Slice::empty(
            owner.clone(),
            after.name.clone(),
            after.kind,
            after.description.clone(),
        );
        let event = match before {
            None => Some(EmcEvent::SliceAdded {
                workflow: workflow.slug.clone(),
                slug: owner.clone(),
                name: after.name.clone(),
                kind: after.kind,
                description: after.description.clone(),
            }),
            Some(before) if slice_head(before) != slice_head(after) => {
                Some(EmcEvent::SliceUpdated {
                    slug: owner.clone(),
                    name: after.name.clone(),
                    kind: after.kind,
                    description: after.description.clone(),
                })
            }
            Some(_) => None,
        };
        if let Some(event) = event {
            self.changes.push(Change {
                action: if before.is_some() {
                    Action::Update
                } else {
                    Action::Add
                },
                element: place.clone(),
                before: before.map_or(Value::Null, slice_head),
                after: slice_head(after),
                events: vec![event],
            });
        }
        let before = before.unwrap_or(&empty);
        self.list(
            owner,
            &place,
            &before.external_payloads,
            &after.external_payloads,
        );
        self.list(owner, &place, &before.events, &after.events);
        self.list(owner, &place, &before.commands, &after.commands);
        self.list(owner, &place, &before.read_models, &after.read_models);
        self.list(owner, &place, &before.views, &after.views);
        self.list(owner, &place, &before.translations, &after.translations);
        self.list(owner, &place, &before.automations, &after.automations);
        self.list(owner, &place, &before.outcomes, &after.outcomes);
        self.list(owner, &place, &before.scenarios, &after.scenarios);
        self.list(owner, &place, &before.data_flows, &after.data_flows);
        self.list(owner, &place, &before.board_elements, &after.board_elements);
        self.list(
            owner,
            &place,
            &before.board_connections,
            &after.board_connections,
        );
    }

    /// Report a new slug that is not one.
    fn slug(&mut self, noun: &str, slug: &Text) {
        let words_are_fine = slug.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        if !words_are_fine || slug.len() > LONGEST_SLUG {
            self.problems.push(
                Diagnostic::new(
                    &BAD_SLUG,
                    format!("`{slug}` cannot be the slug of a {noun}"),
                )
                .about(format!("{noun} {slug}"))
                .note("a slug is lower-case ASCII letters and digits, joined by single `-`"),
            );
        }
    }
}

/// Which of several with one slug.
type Twin<'a> = (&'a Text, usize);

/// The items in order, each with its slug and how many with that slug came
/// before it.
fn numbered<'a, T>(items: &'a [T], slug: impl Fn(&'a T) -> &'a Text) -> Vec<(Twin<'a>, &'a T)> {
    let mut seen: BTreeMap<&Text, usize> = BTreeMap::new();
    items
        .iter()
        .map(|item| {
            let count = seen.entry(slug(item)).or_insert(0);
            let twin = *count;
            *count += 1;
            ((slug(item), twin), item)
        })
        .collect()
}

/// The same, to look up.
fn by_twin<'a, T>(items: &'a [T], slug: impl Fn(&'a T) -> &'a Text) -> BTreeMap<Twin<'a>, &'a T> {
    numbered(items, slug).into_iter().collect()
}

fn removal(element: String, before: Value, event: EmcEvent) -> Change {
    Change {
        action: Action::Remove,
        element,
        before,
        after: Value::Null,
        events: vec![event],
    }
}

fn workflow_head(workflow: &Workflow) -> Value {
    json!({
        "name": workflow.name,
        "description": workflow.description,
        "requires_entry_lifecycle_coverage": workflow.requires_entry_lifecycle_coverage,
    })
}

fn slice_head(slice: &Slice) -> Value {
    json!({ "name": slice.name, "kind": slice.kind, "description": slice.description })
}
