//! Edits from flat fields: the form in which a command line or a request names
//! an element, its owner, and what it stands in.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Edit, Field, Fields, Form, Kind, Scope, Verb};
use crate::{
    authoring::{Refused, plan::Action},
    diagnostic::{Diagnostic, closest, codes::manifest::USAGE},
    event::Text,
};

/// The edits that `action` on a `kind` with these flat fields comes to. Keys are
/// those of [`Kind::fields`], of the owner (`workflow` or `slice`) and of
/// [`Kind::containers`]; lists and tables of the document can stand among them.
///
/// An update finds the element by the fields that tell it from others and sets
/// the rest; `new_` before a key sets a field that it is found by. An empty
/// text takes an optional field away.
///
/// # Errors
/// Fields that the kind has not, or that are missing: with the next step.
pub fn edits(action: Action, kind: Kind, flat: Fields) -> Result<Vec<Edit>, Refused> {
    let mut flat = flat;
    let owner = match kind.scope() {
        Scope::Model => None,
        Scope::Workflow => text(&mut flat, "workflow")?,
        Scope::Slice => text(&mut flat, "slice")?,
    };
    let mut within = Vec::new();
    for container in kind.containers() {
        // What is left out ends the way.
        match text(&mut flat, container)? {
            Some(name) if within.len() < kind.path().len() => within.push(name),
            _ => break,
        }
    }
    if kind.scope() != Scope::Model
        && owner.is_none()
        && !(kind == Kind::Slice && action != Action::Add)
    {
        let owner = if kind.scope() == Scope::Slice {
            "slice"
        } else {
            "workflow"
        };
        return Err(missing(action, kind, &[owner.to_owned()]).into());
    }
    if within.is_empty()
        && let Some(container) = kind.containers().first()
    {
        return Err(missing(action, kind, &[(*container).to_owned()]).into());
    }
    let sorted = Sorted::of(action, kind, flat)?;
    let edit = |kind, within, verb| Edit {
        kind,
        owner: owner.clone(),
        within,
        verb,
    };
    match action {
        Action::Add => {
            let element = sorted.element(kind)?;
            Ok(vec![edit(kind, within, Verb::Add(element))])
        }
        Action::Remove => {
            if sorted.at.is_empty() {
                return Err(unaddressed(action, kind).into());
            }
            Ok(vec![edit(kind, within, Verb::Remove(sorted.at))])
        }
        Action::Update => {
            if sorted.at.is_empty() {
                return Err(unaddressed(action, kind).into());
            }
            if sorted.set.is_empty() && sorted.members.is_empty() {
                return Err(
                    vec![
                        Diagnostic::new(&USAGE, "there is nothing to change").help(format!(
                            "`cargo emc update {} --help` lists what can be set",
                            kind.as_str()
                        )),
                    ]
                    .into(),
                );
            }
            let mut edits = Vec::new();
            let name = sorted.at.get("name").and_then(Value::as_str);
            let name = name.and_then(|name| Text::new(name).ok());
            for (lists, fields) in &sorted.members {
                let Some(member) = member_of(kind, lists) else {
                    continue;
                };
                let mut set = fields.clone();
                let Some(own) = set.remove("name") else {
                    let flag = lists.last().map_or("", |list| list.trim_end_matches('s'));
                    return Err(missing(action, kind, &[flag.to_owned()]).into());
                };
                if set.is_empty() {
                    continue;
                }
                let mut within: Vec<Text> = name.iter().cloned().collect();
                // A control is found beside whatever field it stands.
                let outer = lists.split_last().map(|(_, outer)| outer);
                let outer = outer.and_then(|outer| sorted.members.get(outer)?.get("name"));
                let outer = outer.and_then(Value::as_str);
                within.extend(outer.and_then(|name| Text::new(name).ok()));
                let at = Map::from_iter([("name".to_owned(), own)]);
                edits.push(edit(member, within, Verb::Update { at, set }));
            }
            if !sorted.set.is_empty() {
                let (at, set) = (sorted.at, sorted.set);
                edits.push(edit(kind, within, Verb::Update { at, set }));
            }
            Ok(edits)
        }
    }
}

/// Flat fields by what they are for.
struct Sorted {
    at: Fields,
    set: Fields,
    /// Of the one member of each list, by the lists that lead to it.
    members: BTreeMap<Vec<String>, Fields>,
}

impl Sorted {
    fn of(action: Action, kind: Kind, flat: Fields) -> Result<Self, Refused> {
        let mut sorted = Self {
            at: Map::new(),
            set: Map::new(),
            members: BTreeMap::new(),
        };
        let fields = kind.fields();
        let mut unknown = Vec::new();
        for (key, value) in flat {
            let find = |key: &str| {
                fields.iter().find(|field| field.key == key).or_else(|| {
                    fields
                        .iter()
                        .find(|field| field.aliases.iter().any(|alias| alias == key))
                })
            };
            let new = key
                .strip_prefix("new_")
                .filter(|_| action == Action::Update)
                .and_then(find);
            let Some(field) = find(&key).or(new) else {
                if kind
                    .schema()
                    .pointer(&format!("/properties/{key}"))
                    .is_some()
                {
                    sorted.set.insert(key, value);
                } else {
                    unknown.push(stranger(kind, &key, &fields));
                }
                continue;
            };
            let value = emptied(action, field, value);
            let target = if !field.is_own() {
                sorted.members.entry(field.lists.clone()).or_default()
            } else if new.is_none()
                && (action == Action::Remove || (action == Action::Update && field.addresses(kind)))
            {
                &mut sorted.at
            } else {
                &mut sorted.set
            };
            place(target, field, value);
        }
        if unknown.is_empty() {
            Ok(sorted)
        } else {
            Err(unknown.into())
        }
    }

    /// The new element, members in their lists.
    fn element(self, kind: Kind) -> Result<Fields, Refused> {
        let mut element = self.set;
        let mut members = self.members;
        // What stands in a member needs the member.
        for lists in members.keys().cloned().collect::<Vec<_>>() {
            for depth in 1..lists.len() {
                members
                    .entry(lists.iter().take(depth).cloned().collect())
                    .or_default();
            }
        }
        let mut absent = Vec::new();
        for field in kind.fields() {
            let holder = if field.is_own() {
                Some(&mut element)
            } else {
                members.get_mut(&field.lists)
            };
            let Some(holder) = holder else { continue };
            if !field.required || is_set(holder, &field) {
                continue;
            }
            match &field.form {
                // There is no choice to make.
                Form::Word(words) if words.len() == 1 => {
                    place(holder, &field, Value::from(words.clone().pop()));
                }
                _ => absent.push(field.key),
            }
        }
        if !absent.is_empty() {
            return Err(missing(Action::Add, kind, &absent).into());
        }
        // The last in order is innermost, so each is whole before it is put in its place.
        while let Some((mut lists, member)) = members.pop_last() {
            let Some(list) = lists.pop() else { continue };
            let holder = if lists.is_empty() {
                &mut element
            } else {
                members.entry(lists).or_default()
            };
            if let Value::Array(list) = holder
                .entry(list)
                .or_insert_with(|| Value::Array(Vec::new()))
            {
                list.push(Value::Object(member));
            }
        }
        Ok(element)
    }
}

/// Put a value where its field stands.
fn place(holder: &mut Fields, field: &Field, value: Value) {
    let mut holder = holder;
    for table in &field.tables {
        let inner = holder
            .entry(table.clone())
            .or_insert_with(|| Value::Object(Map::new()));
        match inner {
            Value::Object(inner) => holder = inner,
            _ => return,
        }
    }
    holder.insert(field.name.clone(), value);
}

fn is_set(holder: &Fields, field: &Field) -> bool {
    let mut holder = holder;
    for table in &field.tables {
        match holder.get(table) {
            Some(Value::Object(inner)) => holder = inner,
            // Something else than a table is told when the element is read.
            Some(_) => return true,
            None => return false,
        }
    }
    holder.contains_key(&field.name)
}

/// An empty text as nothing, where nothing can be.
fn emptied(action: Action, field: &Field, value: Value) -> Value {
    let empty = match &value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.iter().all(|item| item.as_str() == Some("")),
        _ => false,
    };
    match (&field.form, action) {
        (Form::List, _) if empty => Value::Array(Vec::new()),
        (Form::Text | Form::Word(_), Action::Update) if empty && !field.required => Value::Null,
        _ => value,
    }
}

/// The kind of the members in these lists of a definition.
fn member_of(kind: Kind, lists: &[String]) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|member| {
        member.scope() == kind.scope()
            && member.path().iter().copied().eq(kind
                .path()
                .iter()
                .copied()
                .chain(lists.iter().map(String::as_str)))
    })
}

/// Take a text out of the fields.
fn text(flat: &mut Fields, key: &str) -> Result<Option<Text>, Refused> {
    match flat.remove(key) {
        None => Ok(None),
        Some(Value::String(text)) => Text::new(&text)
            .map(Some)
            .map_err(|error| Diagnostic::new(&USAGE, format!("`{}`: {error}", flag(key))).into()),
        Some(other) => {
            Err(Diagnostic::new(&USAGE, format!("`{}` is text, not {other}", flag(key))).into())
        }
    }
}

fn flag(key: &str) -> String {
    format!("--{}", key.replace('_', "-"))
}

fn missing(action: Action, kind: Kind, keys: &[String]) -> Diagnostic {
    let flags: Vec<String> = keys.iter().map(|key| format!("`{}`", flag(key))).collect();
    Diagnostic::new(
        &USAGE,
        format!("the {} needs {}", noun(kind), flags.join(", ")),
    )
    .help(format!(
        "`cargo emc {} {} --help` explains them",
        action.as_str(),
        kind.as_str()
    ))
}

fn unaddressed(action: Action, kind: Kind) -> Diagnostic {
    let fields = kind.fields();
    let flags: Vec<String> = fields
        .iter()
        .filter(|field| field.addresses(kind))
        .map(|field| format!("`{}`", flag(&field.key)))
        .collect();
    Diagnostic::new(
        &USAGE,
        format!("which {} to {} is not said", noun(kind), action.as_str()),
    )
    .help(format!("name it with {}", flags.join(", ")))
}

fn stranger(kind: Kind, key: &str, fields: &[Field]) -> Diagnostic {
    let finding = Diagnostic::new(&USAGE, format!("no {} has a field `{key}`", noun(kind)));
    match closest(key, fields.iter().map(|field| field.key.as_str())) {
        Some(close) => finding.help(format!("did you mean `{close}`?")),
        None => finding,
    }
}

fn noun(kind: Kind) -> String {
    kind.as_str().replace('-', " ")
}

#[cfg(test)]
mod tests;
