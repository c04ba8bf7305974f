//! Merging values: fields, sets, elements.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    Conflict, Decide, lists, order,
    schema::{Kind, Shape},
};

/// What a branch says of something; branches that have no part in it are left out.
pub(super) type Side<'v> = (usize, Option<&'v Value>);

static NULL: Value = Value::Null;

/// A merge under way.
pub(super) struct Merger<'a, 'd> {
    /// How many branches there are.
    pub(super) branches: usize,
    pub(super) decide: &'a mut Decide<'d>,
    /// Whether to leave a mark where nobody decided: a value that no branch
    /// agrees with.
    pub(super) marks: bool,
    /// The conflicts that nobody decided.
    pub(super) open: Vec<Conflict>,
}

/// The mark, and the field that makes an element one that no branch has.
const MARK: &str = "contested";

/// Where we are.
#[derive(Clone, Default)]
pub(super) struct At {
    element: String,
    field: String,
}

impl At {
    pub(super) fn of(element: &str) -> Self {
        Self {
            element: element.to_owned(),
            field: String::new(),
        }
    }

    fn inner(&self, kind: &Kind, list: &str, label: &str) -> Self {
        let mut at = self.clone();
        let (path, noun) = if kind.noun.is_empty() {
            (&mut at.field, list)
        } else {
            (&mut at.element, kind.noun)
        };
        step(path, noun);
        if !label.is_empty() {
            path.push(' ');
            path.push_str(label);
        }
        at
    }

    fn field(&self, name: &str) -> Self {
        let mut at = self.clone();
        step(&mut at.field, name);
        at
    }
}

fn step(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push_str(", ");
    }
    path.push_str(name);
}

impl Merger<'_, '_> {
    /// Ask who is right; none is when nobody decides.
    pub(super) fn conflict(
        &mut self,
        at: &At,
        base: Option<&Value>,
        sides: &[Side<'_>],
    ) -> Option<usize> {
        let mut values = vec![Value::Null; self.branches];
        for (branch, value) in sides {
            if let (Some(slot), Some(value)) = (values.get_mut(*branch), value) {
                *slot = (*value).clone();
            }
        }
        let conflict = Conflict {
            element: at.element.clone(),
            field: at.field.clone(),
            base: base.cloned().unwrap_or(Value::Null),
            sides: values,
        };
        let chosen = (self.decide)(&conflict).filter(|branch| *branch < self.branches);
        if chosen.is_none() {
            self.open.push(conflict);
        }
        chosen
    }

    /// An element of which nobody decided whether it is there.
    fn contested(&self, mut element: Value) -> Value {
        if self.marks
            && let Some(fields) = element.as_object_mut()
        {
            fields.insert(MARK.to_owned(), Value::Bool(true));
        }
        element
    }

    /// Merge a list of elements or members.
    pub(super) fn list(
        &mut self,
        kind: &Kind,
        name: &str,
        at: &At,
        base: Option<&Value>,
        sides: &[Side<'_>],
    ) -> Vec<Value> {
        let own = items(base);
        let lists: Vec<&[Value]> = sides.iter().map(|(_, list)| items(*list)).collect();
        if lists.iter().all(|list| *list == own) {
            return own.to_vec();
        }
        let aligned = lists::align(kind, own, &lists);
        let mut values: BTreeMap<usize, Value> = BTreeMap::new();
        for (number, slot) in aligned.slots.iter().enumerate() {
            let sides: Vec<Side<'_>> = sides
                .iter()
                .zip(&slot.sides)
                .map(|((branch, _), value)| (*branch, *value))
                .collect();
            let named = slot
                .base
                .or_else(|| slot.sides.iter().flatten().next().copied());
            let label = named.map(|value| kind.label(value)).unwrap_or_default();
            let at = at.inner(kind, name, &label);
            if let Some(value) = self.item(kind, &at, slot.base, &sides) {
                values.insert(number, value);
            }
        }
        let kept: BTreeSet<usize> = values.keys().copied().collect();
        let sequences: Vec<&[usize]> = aligned.sides.iter().map(Vec::as_slice).collect();
        order::merged(&aligned.base, &sequences, &kept)
            .into_iter()
            .filter_map(|slot| values.remove(&slot))
            .collect()
    }

    /// Merge one element: is it there, and what does it say.
    pub(super) fn item(
        &mut self,
        kind: &Kind,
        at: &At,
        base: Option<&Value>,
        sides: &[Side<'_>],
    ) -> Option<Value> {
        let alive: Vec<Side<'_>> = sides
            .iter()
            .copied()
            .filter(|side| side.1.is_some())
            .collect();
        let mut undecided = false;
        if base.is_some() && alive.len() < sides.len() {
            if alive.iter().all(|(_, value)| *value == base) {
                return None;
            }
            match self.conflict(at, base, sides) {
                Some(branch) if alive.iter().all(|(other, _)| *other != branch) => return None,
                chosen => undecided = chosen.is_none(),
            }
        }
        let first = alive.first()?.1?;
        let mut merged = Value::Object(self.table(kind, at, base, &alive));
        if undecided {
            merged = self.contested(merged);
        }
        let Some(members) = kind.needs else {
            return Some(merged);
        };
        if !items(merged.get(members)).is_empty() || items(first.get(members)).is_empty() {
            return Some(merged);
        }
        match self.conflict(at, base, sides) {
            Some(branch) => sides
                .iter()
                .find(|(other, _)| *other == branch)
                .and_then(|(_, value)| value.cloned()),
            None => Some(self.contested(first.clone())),
        }
    }

    /// Merge the fields of something that all `sides` have.
    fn table(
        &mut self,
        kind: &Kind,
        at: &At,
        base: Option<&Value>,
        sides: &[Side<'_>],
    ) -> Map<String, Value> {
        let mut merged = Map::new();
        let all = || {
            base.into_iter()
                .chain(sides.iter().filter_map(|(_, value)| *value))
        };
        let mut names: BTreeSet<&str> = all()
            .filter_map(Value::as_object)
            .flat_map(|fields| fields.keys().map(String::as_str))
            .collect();
        for group in kind.groups {
            let tag = |value: &Value| group.tag.map(|tag| field(value, tag).clone());
            let mut tags = all().map(tag);
            let first = tags.next();
            if group.tag.is_some() && tags.all(|tag| Some(tag) == first) {
                continue;
            }
            if !group.fields.iter().any(|name| names.contains(name)) {
                continue;
            }
            let subset = |value: &Value| {
                let fields = value.as_object().into_iter().flatten();
                let own = fields.filter(|(name, _)| group.fields.contains(&name.as_str()));
                Value::Object(
                    own.map(|(name, value)| (name.clone(), value.clone()))
                        .collect(),
                )
            };
            let own = base.map(subset);
            let subsets: Vec<(usize, Value)> = sides
                .iter()
                .map(|(branch, value)| (*branch, value.map(subset).unwrap_or_default()))
                .collect();
            let sides: Vec<Side<'_>> = subsets
                .iter()
                .map(|(branch, value)| (*branch, Some(value)))
                .collect();
            let differing: Vec<&str> = group
                .fields
                .iter()
                .copied()
                .filter(|name| {
                    let mut values = subsets.iter().map(|(_, value)| value.get(name));
                    let first = values.next();
                    values.any(|value| Some(value) != first)
                })
                .collect();
            let at = at.field(&differing.join(" and "));
            match self.value(&at, own.as_ref(), &sides) {
                Value::Object(chosen) => merged.extend(chosen),
                mark => merged.extend(differing.iter().map(|name| {
                    // What it is called has to stay something.
                    let called = kind.label.iter().any(|(_, label)| label == name);
                    let own = base.filter(|_| called).and_then(|base| base.get(name));
                    ((*name).to_owned(), own.unwrap_or(&mark).clone())
                })),
            }
            names.retain(|name| !group.fields.contains(name));
        }
        for name in names {
            let own = base.map(|base| field(base, name));
            let sides: Vec<Side<'_>> = sides
                .iter()
                .map(|(branch, value)| (*branch, value.map(|value| field(value, name))))
                .collect();
            let value = match kind.shape(name) {
                // What is contested is no list.
                Some(Shape::Texts) if own.is_some_and(|own| own.is_array() || own.is_null()) => {
                    texts(own, &sides)
                }
                Some(Shape::List(kind)) => Value::Array(self.list(kind, name, at, own, &sides)),
                Some(Shape::Table(kind)) => {
                    Value::Object(self.table(kind, &at.inner(kind, name, ""), own, &sides))
                }
                Some(Shape::Texts) | None => self.value(&at.field(name), own, &sides),
            };
            // What it is called has to stay something.
            let called = value.is_array() && kind.label.iter().any(|(_, label)| *label == name);
            let value = match own {
                Some(own) if called => own.clone(),
                _ => value,
            };
            if !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()) {
                merged.insert(name.to_owned(), value);
            }
        }
        merged
    }

    /// Merge something that is one value.
    pub(super) fn value(&mut self, at: &At, base: Option<&Value>, sides: &[Side<'_>]) -> Value {
        let mut said: Vec<&Value> = Vec::new();
        for value in sides.iter().filter_map(|(_, value)| *value) {
            if Some(value) != base && !said.contains(&value) {
                said.push(value);
            }
        }
        match *said.as_slice() {
            [] => base.cloned().unwrap_or_default(),
            [one] => one.clone(),
            [first, ..] => {
                let branch = self.conflict(at, base, sides);
                if branch.is_none() && self.marks {
                    let said = said.iter().map(|value| (*value).clone()).collect();
                    return Value::Array(vec![Value::from(MARK), Value::Array(said)]);
                }
                let of = |branch| sides.iter().find(|(other, _)| *other == branch);
                branch
                    .and_then(of)
                    .and_then(|(_, value)| *value)
                    .unwrap_or(first)
                    .clone()
            }
        }
    }
}

/// The field of an object; null where it is left out.
fn field<'v>(value: &'v Value, name: &str) -> &'v Value {
    value.get(name).unwrap_or(&NULL)
}

fn items(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Merge lists of texts: what nobody took away stays, what somebody added comes.
fn texts(base: Option<&Value>, sides: &[Side<'_>]) -> Value {
    /// The same text again is another one.
    fn numbered(list: &[Value]) -> Vec<(String, usize)> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        list.iter()
            .map(|text| {
                let text = text.as_str().unwrap_or_default().to_owned();
                let twin = seen.entry(text.clone()).or_insert(0);
                *twin += 1;
                (text, *twin)
            })
            .collect()
    }
    let own = numbered(items(base));
    let sides: Vec<Vec<(String, usize)>> = sides
        .iter()
        .map(|(_, list)| numbered(items(*list)))
        .collect();
    let all: BTreeSet<&(String, usize)> = own.iter().chain(sides.iter().flatten()).collect();
    let numbers: BTreeMap<&(String, usize), usize> = all.iter().copied().zip(0..).collect();
    let sequence = |list: &[(String, usize)]| -> Vec<usize> {
        list.iter()
            .filter_map(|text| numbers.get(text).copied())
            .collect()
    };
    let kept: BTreeSet<usize> = all
        .iter()
        .filter(|text| {
            if own.contains(text) {
                sides.iter().all(|side| side.contains(text))
            } else {
                sides.iter().any(|side| side.contains(text))
            }
        })
        .filter_map(|text| numbers.get(*text).copied())
        .collect();
    let sequences: Vec<Vec<usize>> = sides.iter().map(|side| sequence(side)).collect();
    let sequences: Vec<&[usize]> = sequences.iter().map(Vec::as_slice).collect();
    let texts: Vec<&(String, usize)> = all.into_iter().collect();
    order::merged(&sequence(&own), &sequences, &kept)
        .into_iter()
        .filter_map(|number| texts.get(number))
        .map(|(text, _)| Value::from(text.as_str()))
        .collect()
}
