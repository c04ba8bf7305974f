//! Single edits. An edit changes the document of the present model; the plan
//! between the two is its events, so a small edit and a whole document take the
//! same way.

mod about;
mod field;
mod flat;
mod kind;
#[cfg(test)]
mod tests;

pub use field::{Field, Form};
pub use flat::edits;
pub use kind::{Kind, Scope};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    authoring::{Refused, absent},
    diagnostic::{
        Diagnostic,
        codes::authoring::{
            ABSENT_ELEMENT, AMBIGUOUS_ELEMENT, CANNOT_EXPRESS, IMPOSSIBLE_ELEMENT, PRESENT_ELEMENT,
        },
    },
    document::{Model, Slice, Workflow},
    event::Text,
};

/// Values of an element by the keys of its document.
pub type Fields = Map<String, Value>;

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Add an element that has these fields.
    Add(Fields),
    /// Set fields of the one element that has the fields of `at`; null takes a
    /// field away.
    Update {
        /// What the element has now.
        at: Fields,
        /// What it gets.
        set: Fields,
    },
    /// Remove the element that has these fields; twins go together.
    Remove(Fields),
}

/// One edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The kind of element.
    pub kind: Kind,
    /// The slug of the workflow or slice that the element belongs to; none for
    /// a workflow. A slice that exists is found without it.
    pub owner: Option<Text>,
    /// What the element stands in, outermost first: the name of the command
    /// for an input, of the view and the field for a control. The last ones may
    /// be left out where they are found: a control by its name, and a new one
    /// goes beside the first field.
    pub within: Vec<Text>,
    /// What to do.
    pub verb: Verb,
}

impl Edit {
    /// The model with the edit.
    ///
    /// # Errors
    /// An element that is absent, present or ambiguous, or fields that no such
    /// element has.
    pub fn apply(&self, model: &Model) -> Result<Model, Refused> {
        let mut target = model.clone();
        match self.kind.scope() {
            Scope::Model => self.change(&mut target)?,
            Scope::Workflow => self.change(self.workflow(&mut target)?)?,
            Scope::Slice => self.change(self.slice(&mut target)?)?,
        }
        if let (Kind::Slice, Verb::Remove(at)) = (self.kind, &self.verb) {
            let slug = at.get("slice").and_then(Value::as_str).unwrap_or_default();
            if !slugs(&target).any(|own| own == slug) {
                // The transitions of a slice go with it.
                for workflow in &mut target.workflows {
                    workflow
                        .transitions
                        .retain(|one| one.from != *slug && one.to.as_deref() != Some(slug));
                }
            }
        }
        Ok(target)
    }

    fn workflow<'a>(&self, target: &'a mut Model) -> Result<&'a mut Workflow, Refused> {
        let place = match (&self.owner, self.kind, &self.verb) {
            (Some(owner), _, _) => target
                .workflows
                .iter()
                .position(|workflow| workflow.slug == *owner)
                .ok_or_else(|| {
                    let known = target
                        .workflows
                        .iter()
                        .map(|workflow| workflow.slug.as_str());
                    absent("workflow", owner, known)
                })?,
            (None, Kind::Slice, Verb::Update { at, .. } | Verb::Remove(at)) => {
                let slug = at.get("slice").and_then(Value::as_str).unwrap_or_default();
                target
                    .workflows
                    .iter()
                    .position(|workflow| workflow.slices.iter().any(|slice| slice.slug == *slug))
                    .ok_or_else(|| absent("slice", slug, slugs(target)))?
            }
            (None, _, _) => return Err(self.unplaced("workflow").into()),
        };
        target
            .workflows
            .get_mut(place)
            .ok_or_else(|| self.unplaced("workflow").into())
    }

    fn slice<'a>(&self, target: &'a mut Model) -> Result<&'a mut Slice, Refused> {
        let Some(owner) = &self.owner else {
            return Err(self.unplaced("slice").into());
        };
        let missing = absent("slice", owner, slugs(target));
        target
            .workflows
            .iter_mut()
            .flat_map(|workflow| &mut workflow.slices)
            .find(|slice| slice.slug == *owner)
            .ok_or(missing.into())
    }

    fn unplaced(&self, owner: &str) -> Diagnostic {
        Diagnostic::new(
            &ABSENT_ELEMENT,
            format!(
                "the edit does not say which {owner} the {} belongs to",
                self.noun()
            ),
        )
    }

    /// Change the lists of a model, workflow or slice by way of its document.
    fn change<T: Serialize + DeserializeOwned>(&self, owner: &mut T) -> Result<(), Refused> {
        let mut value = serde_json::to_value(&*owner).map_err(|error| self.refused(&error))?;
        let mut lists = self.lists(&mut value)?;
        match &self.verb {
            Verb::Add(fields) => self.add(&mut lists, fields)?,
            Verb::Update { at, set } => self.update(&mut lists, at, set)?,
            Verb::Remove(at) => self.remove(&mut lists, at)?,
        }
        *owner = serde_json::from_value(value).map_err(|error| self.refused(&error))?;
        Ok(())
    }

    /// The lists that may hold the element: one, unless `within` leaves open
    /// which of several.
    fn lists<'a>(&self, value: &'a mut Value) -> Result<Vec<&'a mut Vec<Value>>, Refused> {
        let mut owners = vec![value];
        let path = self.kind.path();
        let (last, holders) = path.split_last().ok_or_else(|| self.unplaced("list"))?;
        for (level, list) in holders.iter().enumerate() {
            let mut inner: Vec<&'a mut Value> = owners
                .into_iter()
                .filter_map(|owner| array(owner, list))
                .flatten()
                .collect();
            match self.within.get(level) {
                Some(name) => {
                    let named = |value: &Value| {
                        value.get("name").and_then(Value::as_str) == Some(name.as_str())
                    };
                    if !inner.iter().any(|value| named(value)) {
                        let noun = list.trim_end_matches('s').replace('_', " ");
                        let known = inner
                            .iter()
                            .filter_map(|value| value.get("name").and_then(Value::as_str));
                        return Err(absent(&noun, name, known).into());
                    }
                    inner.retain(|value| named(value));
                }
                None if level == 0 => {
                    return Err(self
                        .unplaced(&list.trim_end_matches('s').replace('_', " "))
                        .into());
                }
                None => {}
            }
            owners = inner;
        }
        Ok(owners
            .into_iter()
            .filter_map(|owner| array(owner, last))
            .collect())
    }

    fn add(&self, lists: &mut [&mut Vec<Value>], fields: &Fields) -> Result<(), Refused> {
        let keys: Fields = self
            .kind
            .keys()
            .iter()
            .filter_map(|key| Some(((*key).to_owned(), fields.get(*key)?.clone())))
            .collect();
        let twin = |item: &Value| {
            self.kind
                .keys()
                .iter()
                .all(|key| item.get(*key) == fields.get(*key))
        };
        let own = lists
            .iter_mut()
            .find_map(|list| list.iter_mut().find(|item| twin(item)));
        if let Some(own) = own {
            if self.extend(own, fields) {
                return Ok(());
            }
            let mut problem = Diagnostic::new(
                &PRESENT_ELEMENT,
                format!("{} {} is there already", self.noun(), shown(&keys)),
            )
            .help(format!(
                "use `cargo emc update {}` to change it",
                self.kind.as_str()
            ));
            if let Some(member) = match self.kind {
                Kind::Command => Some("input"),
                Kind::Event => Some("attribute"),
                Kind::ReadModel => Some("read-model-field"),
                Kind::View => Some("view-field"),
                Kind::ExternalPayload => Some("payload-field"),
                _ => None,
            } {
                problem = problem.help(format!("use `cargo emc add {member}` to add to it"));
            }
            return Err(self.about(problem).into());
        }
        match lists.first_mut() {
            Some(list) => {
                list.push(Value::Object(fields.clone()));
                Ok(())
            }
            None => Err(self
                .about(Diagnostic::new(
                    &ABSENT_ELEMENT,
                    format!("there is nothing that the {} could stand in", self.noun()),
                ))
                .into()),
        }
    }

    /// Add the members of `fields` to a definition that is there. False when it
    /// is no definition, when `fields` have no new member, or when they say
    /// something else of the definition itself.
    fn extend(&self, own: &mut Value, fields: &Fields) -> bool {
        let members = match self.kind {
            Kind::Command => "inputs",
            Kind::Event => "attributes",
            Kind::ReadModel | Kind::View | Kind::ExternalPayload => "fields",
            _ => return false,
        };
        let agrees = fields
            .iter()
            .filter(|(key, _)| *key != members)
            .all(|(key, value)| {
                let absent = value == &Value::Bool(false) || value == &Value::Array(Vec::new());
                own.get(key).map_or(absent, |own| own == value)
            });
        let Some(Value::Array(new)) = fields.get(members) else {
            return false;
        };
        let Some(present) = own.get_mut(members).and_then(Value::as_array_mut) else {
            return false;
        };
        let known = |item: &Value| {
            present
                .iter()
                .any(|own| own.get("name") == item.get("name"))
        };
        if !agrees || new.is_empty() || new.iter().any(known) {
            return false;
        }
        present.extend(new.iter().cloned());
        true
    }

    fn update(
        &self,
        lists: &mut [&mut Vec<Value>],
        at: &Fields,
        set: &Fields,
    ) -> Result<(), Refused> {
        let found: Vec<(usize, usize)> = self.find(lists, at)?;
        let [(list, item)] = found.as_slice() else {
            let several = found
                .iter()
                .filter_map(|(list, item)| lists.get(*list)?.get(*item));
            let mut problem = Diagnostic::new(
                &AMBIGUOUS_ELEMENT,
                format!("{} elements fit {}", found.len(), shown(at)),
            );
            for candidate in several {
                problem = problem.note(format!("candidate: {candidate}"));
            }
            return Err(self.about(problem).into());
        };
        let Some(Value::Object(element)) =
            lists.get_mut(*list).and_then(|list| list.get_mut(*item))
        else {
            return Ok(());
        };
        if matches!(self.kind, Kind::Slice | Kind::Workflow) {
            let slug = self.kind.as_str();
            if set
                .get(slug)
                .is_some_and(|new| element.get(slug) != Some(new))
            {
                return Err(self
                    .about(
                        Diagnostic::new(
                            &CANNOT_EXPRESS,
                            format!("the slug of a {slug} cannot change"),
                        )
                        .note("events address it by its slug; its name can change freely"),
                    )
                    .into());
            }
        }
        merge(element, set);
        Ok(())
    }

    fn remove(&self, lists: &mut [&mut Vec<Value>], at: &Fields) -> Result<(), Refused> {
        let found = self.find(lists, at)?;
        let key_of = |item: &Value| -> Vec<Option<Value>> {
            self.kind
                .keys()
                .iter()
                .map(|key| item.get(*key).cloned())
                .collect()
        };
        let mut keys: Vec<Vec<Option<Value>>> = found
            .iter()
            .filter_map(|(list, item)| lists.get(*list)?.get(*item))
            .map(key_of)
            .collect();
        keys.dedup();
        if keys.len() > 1 {
            return Err(self
                .about(Diagnostic::new(
                    &AMBIGUOUS_ELEMENT,
                    format!("{} elements fit {}", found.len(), shown(at)),
                ))
                .into());
        }
        for (list, item) in found.iter().rev() {
            if let Some(list) = lists.get_mut(*list)
                && *item < list.len()
            {
                list.remove(*item);
            }
        }
        Ok(())
    }

    /// Where the elements with these fields are; at least one.
    fn find(&self, lists: &[&mut Vec<Value>], at: &Fields) -> Result<Vec<(usize, usize)>, Refused> {
        let mut found = Vec::new();
        for (index, list) in lists.iter().enumerate() {
            for (place, item) in list.iter().enumerate() {
                if at.iter().all(|(key, value)| item.get(key) == Some(value)) {
                    found.push((index, place));
                }
            }
        }
        if !at.is_empty() && !found.is_empty() {
            return Ok(found);
        }
        let key = self.kind.keys().last().copied().unwrap_or("name");
        let known: Vec<&str> = lists
            .iter()
            .flat_map(|list| list.iter())
            .filter_map(|item| item.get(key).and_then(Value::as_str))
            .collect();
        let name = at.get(key).and_then(Value::as_str).unwrap_or_default();
        Err(self
            .about(if at.len() == 1 && !name.is_empty() {
                absent(&self.noun(), name, known.into_iter())
            } else {
                Diagnostic::new(
                    &ABSENT_ELEMENT,
                    format!("there is no {} with {}", self.noun(), shown(at)),
                )
            })
            .into())
    }

    fn noun(&self) -> String {
        self.kind.as_str().replace('-', " ")
    }

    fn about(&self, problem: Diagnostic) -> Diagnostic {
        let owner = self.owner.as_ref().map(|owner| {
            let scope = match self.kind.scope() {
                Scope::Model => "model",
                Scope::Workflow => "workflow",
                Scope::Slice => "slice",
            };
            format!("{scope} {owner}")
        });
        match owner {
            Some(owner) => problem.about(owner),
            None => problem,
        }
    }

    fn refused(&self, error: &serde_json::Error) -> Diagnostic {
        let message = error.to_string();
        let problem = Diagnostic::new(
            &IMPOSSIBLE_ELEMENT,
            format!("the {} cannot be read: {message}", self.noun()),
        );
        self.about(match crate::document::hint(&message) {
            Some(hint) => problem.help(hint),
            None => problem,
        })
    }
}

/// Set fields; null takes a field away, and a table keeps what is not set of it.
fn merge(element: &mut Fields, set: &Fields) {
    // Documents nest a fixed number of levels.
    for (key, value) in set {
        match (element.get_mut(key), value) {
            (_, Value::Null) => {
                element.remove(key);
            }
            (Some(Value::Object(table)), Value::Object(set)) => merge(table, set),
            _ => {
                element.insert(key.clone(), value.clone());
            }
        }
    }
}

fn slugs(model: &Model) -> impl Iterator<Item = &str> {
    model
        .workflows
        .iter()
        .flat_map(|workflow| &workflow.slices)
        .map(|slice| slice.slug.as_str())
}

/// The list of an object, made when it is absent: documents leave empty lists out.
fn array<'a>(owner: &'a mut Value, list: &str) -> Option<&'a mut Vec<Value>> {
    owner
        .as_object_mut()?
        .entry(list)
        .or_insert_with(|| Value::Array(Vec::new()))
        .as_array_mut()
}

fn shown(fields: &Fields) -> String {
    let mut values = fields.values();
    match (values.next(), values.next()) {
        (None, _) => return "no fields".to_owned(),
        (Some(Value::String(only)), None) => return format!("`{only}`"),
        _ => {}
    }
    let parts: Vec<String> = fields
        .iter()
        .map(|(key, value)| match value.as_str() {
            Some(text) => format!("{key} `{text}`"),
            None => format!("{key} {value}"),
        })
        .collect();
    parts.join(", ")
}
