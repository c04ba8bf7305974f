//! An event in words, for people who read a log.

use serde_json::{Map, Value};

use super::{Address, EmcEvent};

/// What an event did to what, as in `updated` and
/// `slice capture-ticket, command CaptureTicket, input title`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// A verb of the past: the last word of the event's name.
    pub verb: String,
    /// The element, outermost first.
    pub element: String,
}

impl EmcEvent {
    /// The event in words. They are made from its name and from the fields that
    /// tell its element from others, so a new event needs no words of its own.
    pub fn describe(&self) -> Description {
        let name = match self {
            Self::SliceFactAdded { fact, .. } => fact.body(),
            other => other.variant(),
        };
        let mut words = words(name);
        let verb = words.pop().unwrap_or_default();
        let mut parts = Vec::new();
        let owner = match self.address() {
            Address::Project => Some(("project", "")),
            Address::Workflow(slug) => Some(("workflow", slug)),
            Address::Slice(slug) | Address::Fact(slug) => Some(("slice", slug)),
            Address::Record(slug) => Some((
                match self {
                    Self::ConflictResolved { .. } => "fork",
                    _ => "workflow",
                },
                slug,
            )),
        };
        if let Some((noun, slug)) = owner {
            parts.push(format!("{noun} {slug}").trim_end().to_owned());
            // The owner's noun leads the name of the event.
            if words.first().is_some_and(|word| word == noun) {
                words.remove(0);
            }
        }
        words.retain(|word| !matches!(word.as_str(), "definition" | "bit" | "level"));
        if matches!(self, Self::ConflictResolved { .. }) {
            words.clear();
        }
        if matches!(self, Self::WorkflowConnected { .. }) {
            words.push("transition".to_owned());
        }
        let fields = self.fields();
        let identity = identity(&fields);
        let noun = words.join(" ");
        if !noun.is_empty() || !matches!(self.address(), Address::Workflow(_) | Address::Slice(_)) {
            let part = format!("{noun} {}", identity.unwrap_or_default());
            let part = part.trim();
            if !part.is_empty() {
                parts.push(part.to_owned());
            }
        }
        parts.extend(member(&fields));
        Description {
            verb,
            element: parts.join(", "),
        }
    }

    /// The fields by the keys of the wire: those of the body where there is one.
    fn fields(&self) -> Map<String, Value> {
        let value: Value = serde_json::from_str(&self.encode()).unwrap_or_default();
        let only = |value: Value| match value {
            Value::Object(object) => object.into_iter().next().map(|(_, inner)| inner),
            _ => None,
        };
        let mut variant = match only(value) {
            Some(Value::Object(object)) => object,
            _ => Map::new(),
        };
        match variant.remove("body").and_then(only) {
            Some(Value::Object(body)) => body,
            _ => variant,
        }
    }
}

/// `SliceViewAdded` as `slice`, `view`, `added`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        if letter.is_uppercase() || words.is_empty() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

/// What tells the element from others of its kind.
fn identity(fields: &Map<String, Value>) -> Option<String> {
    let text = |key: &str| fields.get(key).and_then(Value::as_str);
    let first = |keys: &[&str]| keys.iter().find_map(|key| text(key));
    let ends = || {
        let from = first(&["source", "from"])?;
        let to = first(&[
            "target_slice",
            "target_workflow",
            "target",
            "to",
            "to_workflow",
        ])?;
        Some(format!("{from} -> {to}"))
    };
    if let Some(datum) = text("datum") {
        return Some(match ends() {
            Some(ends) => format!("{datum}: {ends}"),
            None => datum.to_owned(),
        });
    }
    if let Some(name) = text("definition_name") {
        let kind = text("definition_kind").unwrap_or_default();
        return Some(format!("{} {name}", kind.replace('_', " ")));
    }
    if let Some(error) = text("error") {
        return Some(format!(
            "{} of {}",
            error,
            text("command").unwrap_or_default()
        ));
    }
    if let Some(ends) = ends() {
        return Some(match text("name") {
            Some(name) => format!("{ends} ({name})"),
            None => ends,
        });
    }
    first(&[
        "name",
        "label",
        "state",
        "view",
        "reviewer_id",
        "verified_by",
    ])
    .map(str::to_owned)
}

/// The member that a fact of a definition is about.
fn member(fields: &Map<String, Value>) -> Option<String> {
    ["input", "attribute", "field", "control"]
        .iter()
        .find_map(|key| {
            let member = fields.get(*key)?;
            let name = member.as_str().or_else(|| member.get("name")?.as_str())?;
            // A control has an input of its own, and an automation none.
            (!fields.contains_key("navigation")).then(|| format!("{key} {name}"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(json: &str) -> String {
        let stream = ["project", "workflow::w", "slice::s"];
        let event = stream
            .iter()
            .find_map(|stream| {
                let with = format!("\":{{\"stream_id\":\"{stream}\",");
                EmcEvent::decode(&json.replacen("\":{", &with, 1)).ok()
            })
            .unwrap_or_else(|| panic!("{json} is no event"));
        let Description { verb, element } = event.describe();
        format!("{verb} {element}")
    }

    #[test]
    fn events_are_told_by_their_owner_and_what_tells_them_from_others() {
        let cases = [
            (
                r#"{"ProjectInitialized":{"name":"Desk"}}"#,
                "initialized project, Desk",
            ),
            (r#"{"SliceRemoved":{"slug":"s"}}"#, "removed slice s"),
            (
                r#"{"WorkflowConnected":{"workflow":"w","source":"a","target_slice":"b","via":"event","name":"E"}}"#,
                "connected workflow w, transition a -> b (E)",
            ),
            (
                r#"{"WorkflowCommandErrorAdded":{"workflow":"w","source_slice":"a","command":"C","error":"E"}}"#,
                "added workflow w, command error E of C",
            ),
            (
                r#"{"SliceViewControlRemoved":{"body":{"SliceViewControlRemoved":{"slice":"s","view":"V","name":"C"}}}}"#,
                "removed slice s, view control C",
            ),
            (
                r#"{"SliceFactAdded":{"body":{"SliceExternalPayloadAdded":{"slice":"s","name":"P","field":"f","field_provenance":"p","bit_encoding":"b"}}}}"#,
                "added slice s, external payload P, field f",
            ),
            (
                r#"{"ConflictResolved":{"conflict_id":"c","chosen_event_id":"e"}}"#,
                "resolved fork c",
            ),
        ];
        for (json, wanted) in cases {
            assert_eq!(described(json), wanted);
        }
    }

    #[test]
    fn every_variant_says_a_verb_of_the_past() {
        for name in EmcEvent::VARIANTS {
            let verb = words(name).pop().unwrap_or_default();
            assert!(verb.ends_with("ed"), "{name}");
        }
    }
}
