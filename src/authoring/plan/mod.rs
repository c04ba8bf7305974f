//! The diff engine: the events that turn one model into another.
//!
//! There is one way to change a model: say what it should be, and let
//! [`Plan::between`] find the events. A document wants a model, and so does a
//! single edit.

mod fact;
mod keep;
mod lists;
mod structure;
#[cfg(test)]
mod tests;
mod twice;

pub use keep::wanted;
#[cfg(test)]
pub(in crate::authoring) use twice::once;
pub use twice::placed;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};
use serde_json::Value;

use crate::{authoring::Refused, document::Model, event::EmcEvent};

/// What happens to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It is new.
    Add,
    /// It is there and becomes something else.
    Update,
    /// It goes.
    Remove,
}

impl Action {
    /// `add`, `update` or `remove`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Update => "update",
            Self::Remove => "remove",
        }
    }
}

/// The change of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happens.
    pub action: Action,
    /// The element, outermost first: `slice capture-ticket, command CaptureTicket`.
    pub element: String,
    /// What it is now, as JSON; null when it is new.
    pub before: Value,
    /// What it becomes, as JSON; null when it goes.
    pub after: Value,
    /// The events that do it. Those of one structural change may stand with
    /// another element: removing a slice takes its transitions along.
    pub events: Vec<EmcEvent>,
}

/// The events that make a model what it should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The changes, in an order in which their events fold.
    pub changes: Vec<Change>,
    /// What the model holds beyond the document, and keeps because removals
    /// were not asked for.
    pub kept: Vec<String>,
}

impl Plan {
    /// The events that turn `current` into `target`. What `current` holds
    /// beyond `target` is removed.
    ///
    /// # Errors
    /// What the wire cannot express; all of it.
    pub fn between(current: &Model, target: &Model) -> Result<Self, Refused> {
        structure::plan(current, target)
    }

    /// The events in order.
    pub fn events(&self) -> Vec<EmcEvent> {
        self.changes
            .iter()
            .flat_map(|change| change.events.iter().cloned())
            .collect()
    }

    /// Whether the model is what it should be.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut view = serializer.serialize_struct("Change", 4)?;
        view.serialize_field("action", self.action.as_str())?;
        view.serialize_field("element", &self.element)?;
        view.serialize_field("before", &self.before)?;
        view.serialize_field("after", &self.after)?;
        view.end()
    }
}

impl Change {
    /// What differs inside an updated element, a line each:
    /// `inputs ticket_id, provenance_chain: [a] -> [b]`.
    pub fn details(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.action == Action::Update {
            differences(&mut lines, &self.before, &self.after);
        }
        lines
    }
}

/// Compare two JSON values; documents nest a fixed number of levels, so the
/// work list stays small.
fn differences(lines: &mut Vec<String>, before: &Value, after: &Value) {
    let mut work = vec![(String::new(), before, after)];
    while let Some((path, before, after)) = work.pop() {
        if before == after {
            continue;
        }
        let inner = |step: &str| {
            if path.is_empty() {
                step.to_owned()
            } else {
                format!("{path}, {step}")
            }
        };
        match (before, after) {
            (Value::Object(a), Value::Object(b)) => {
                let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
                keys.sort();
                keys.dedup();
                // The work list is a stack: last in, first out.
                for key in keys.into_iter().rev() {
                    work.push((
                        inner(key),
                        a.get(key).unwrap_or(&Value::Null),
                        b.get(key).unwrap_or(&Value::Null),
                    ));
                }
            }
            (Value::Array(a), Value::Array(b)) if named(a) && named(b) => {
                let find = |list: &[Value], name: &Value| {
                    list.iter().position(|item| item.get("name") == Some(name))
                };
                let mut pairs = Vec::new();
                for item in a.iter().chain(b) {
                    let name = item.get("name").unwrap_or(&Value::Null);
                    let title = format!("{path} {}", name.as_str().unwrap_or_default());
                    if pairs.iter().all(|(other, _, _)| *other != title) {
                        let side = |list| {
                            find(list, name)
                                .and_then(|index| list.get(index))
                                .unwrap_or(&Value::Null)
                        };
                        pairs.push((title, side(a), side(b)));
                    }
                }
                if pairs.iter().all(|(_, a, b)| a == b) {
                    lines.push(format!("{path}: another order"));
                }
                work.extend(pairs.into_iter().rev());
            }
            (Value::Null, b) => lines.push(format!("{path}: added {}", brief(b))),
            (a, Value::Null) => lines.push(format!("{path}: removed {}", brief(a))),
            (a, b) => lines.push(format!("{path}: {} -> {}", brief(a), brief(b))),
        }
    }
}

/// Whether every item has a name, and no two the same.
fn named(list: &[Value]) -> bool {
    let names: std::collections::BTreeSet<&str> = list
        .iter()
        .filter_map(|item| item.get("name").and_then(Value::as_str))
        .collect();
    names.len() == list.len()
}

fn brief(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), |text| format!("{text:?}"))
}
