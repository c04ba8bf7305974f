//! The events that turn one list of elements into another.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Action, Change,
    fact::{Element, Fact},
};
use crate::{
    diagnostic::{Diagnostic, codes::authoring::IMPOSSIBLE_ELEMENT},
    event::{EmcEvent, Text},
};

/// What planning has come to so far.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) changes: Vec<Change>,
    pub(super) problems: Vec<Diagnostic>,
}

/// The facts of one address, in order.
struct Group<F> {
    label: String,
    facts: Vec<F>,
}

impl Draft {
    /// Plan one list of the slice or workflow `owner`, which a person calls
    /// `place`.
    pub(super) fn list<E: Element>(
        &mut self,
        owner: &Text,
        place: &str,
        current: &[E],
        target: &[E],
    ) {
        if current == target {
            return;
        }
        let (Some(have), Some(want)) = (self.groups(place, current), self.groups(place, target))
        else {
            return;
        };
        let have_places = places(&have);
        let want_places = places(&want);
        let mut gone: Vec<usize> = (0..have.len())
            .filter(|index| {
                have.get(*index)
                    .is_some_and(|(address, _)| !want_places.contains_key(address.as_str()))
            })
            .collect();
        // A fresh group takes the place of one that goes where one event says so.
        let mut replaced: BTreeMap<usize, usize> = BTreeMap::new();
        for (index, (address, group)) in want.iter().enumerate() {
            if have_places.contains_key(address.as_str()) {
                continue;
            }
            let follows = |old: &usize| match (group.facts.first(), first(&have, *old)) {
                (Some(new), Some(old)) => new.follows(old),
                _ => false,
            };
            if let Some(position) = gone.iter().position(follows) {
                replaced.insert(index, gone.remove(position));
            }
        }

        let mut steps: Vec<(Option<&str>, Option<&str>, Vec<EmcEvent>)> = Vec::new();
        for index in gone {
            if let Some((_, group)) = have.get(index)
                && let Some(fact) = group.facts.first()
            {
                steps.push((Some(&group.label), None, vec![fact.removed(owner)]));
            }
        }
        for (index, (address, group)) in want.iter().enumerate() {
            let before = have_places
                .get(address.as_str())
                .or_else(|| replaced.get(&index))
                .and_then(|old| have.get(*old))
                .map(|(_, group)| group);
            let events = match before {
                Some(before) => rewrite(owner, &before.facts, &group.facts),
                None => group.facts.iter().map(|fact| fact.added(owner)).collect(),
            };
            if !events.is_empty() {
                let old = before.map(|before| before.label.as_str());
                steps.push((old, Some(&group.label), events));
            }
        }
        self.record(place, current, target, steps);
    }

    /// The facts of a list by address, in the order of each address's first
    /// fact; none when an element cannot be recorded.
    fn groups<E: Element>(
        &mut self,
        place: &str,
        list: &[E],
    ) -> Option<Vec<(String, Group<E::Fact>)>> {
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        let mut groups: Vec<(String, Group<E::Fact>)> = Vec::new();
        let mut sound = true;
        for element in list {
            let facts = match element.facts() {
                Ok(facts) => facts,
                Err(reason) => {
                    let name = format!("{place}, {} {}", E::NOUN, element.label());
                    self.problems
                        .push(Diagnostic::new(&IMPOSSIBLE_ELEMENT, reason).about(name));
                    sound = false;
                    continue;
                }
            };
            for fact in facts {
                let address = fact.address();
                let next = groups.len();
                let at = *index.entry(address.clone()).or_insert(next);
                match groups.get_mut(at) {
                    Some((_, group)) => group.facts.push(fact),
                    None => groups.push((
                        address,
                        Group {
                            label: element.label(),
                            facts: vec![fact],
                        },
                    )),
                }
            }
        }
        sound.then_some(groups)
    }

    /// Turn steps into changes: one for each element that a person knows.
    fn record<E: Element>(
        &mut self,
        place: &str,
        current: &[E],
        target: &[E],
        steps: Vec<(Option<&str>, Option<&str>, Vec<EmcEvent>)>,
    ) {
        let known: BTreeSet<String> = current.iter().map(Element::label).collect();
        let wanted: BTreeSet<String> = target.iter().map(Element::label).collect();
        let mut changes: Vec<(String, Change)> = Vec::new();
        for (old, new, events) in steps {
            let Some(label) = new.or(old) else { continue };
            if let Some((_, change)) = changes.iter_mut().find(|(other, _)| other == label) {
                change.events.extend(events);
                continue;
            }
            // A member that goes leaves its element behind.
            let before = if known.contains(label) {
                Some(label)
            } else {
                old
            };
            let after = wanted.contains(label).then_some(label);
            let action = match (before, after) {
                (None, _) => Action::Add,
                (Some(_), Some(_)) => Action::Update,
                (Some(_), None) => Action::Remove,
            };
            changes.push((
                label.to_owned(),
                Change {
                    action,
                    element: format!("{place}, {} {label}", E::NOUN),
                    before: json(current, before),
                    after: json(target, after),
                    events,
                },
            ));
        }
        self.changes
            .extend(changes.into_iter().map(|(_, change)| change));
    }
}

fn places<F>(groups: &[(String, Group<F>)]) -> BTreeMap<&str, usize> {
    groups
        .iter()
        .enumerate()
        .map(|(index, (address, _))| (address.as_str(), index))
        .collect()
}

fn first<F>(groups: &[(String, Group<F>)], index: usize) -> Option<&F> {
    groups.get(index)?.1.facts.first()
}

/// The events that turn the facts of one address, none of them empty, into
/// others: the wire can append, or remove all and append.
fn rewrite<F: Fact>(owner: &Text, current: &[F], wanted: &[F]) -> Vec<EmcEvent> {
    if let Some(more) = wanted.strip_prefix(current) {
        return more.iter().map(|fact| fact.added(owner)).collect();
    }
    if let Some(event) = F::shortcut(owner, current, wanted) {
        return vec![event];
    }
    let (Some(old), Some((new, rest))) = (current.first(), wanted.split_first()) else {
        return Vec::new();
    };
    let mut events = vec![new.replaced(owner, old)];
    events.extend(rest.iter().map(|fact| fact.added(owner)));
    events
}

/// The elements with a label: one as itself, twins as an array.
fn json<E: Element>(list: &[E], label: Option<&str>) -> Value {
    let Some(label) = label else {
        return Value::Null;
    };
    let mut values: Vec<Value> = list
        .iter()
        .filter(|element| element.label() == label)
        // Documents hold nothing that JSON cannot.
        .map(|element| serde_json::to_value(element).unwrap_or(Value::Null))
        .collect();
    if values.len() == 1 {
        values.pop().unwrap_or(Value::Null)
    } else {
        Value::Array(values)
    }
}
