//! The fields of each kind of element, one level deep: what flags are made of.
//! They are read from the schema of the documents, so that an element is
//! declared once.

use std::sync::OnceLock;

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::{Kind, about::about};
use crate::document::Model;

/// One field of an element, of a table in it, or of the one member that an
/// element is told with: `input_source_kind` of a command is the `source_kind`
/// of one of its inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its key among the fields of the kind: lower case, joined by `_`.
    pub key: String,
    /// Other keys for it.
    pub aliases: Vec<String>,
    /// What it holds.
    pub form: Form,
    /// Whether a new element, or the member that it belongs to, needs it.
    pub required: bool,
    /// What it says, as the start of a sentence.
    pub about: &'static str,
    /// The lists of members that lead to it; empty for a field of the element.
    pub(super) lists: Vec<String>,
    /// The tables that lead to it from there.
    pub(super) tables: Vec<String>,
    /// Its key in the document.
    pub(super) name: String,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text that is not empty.
    Text,
    /// One of these words.
    Word(Vec<String>),
    /// Yes or no.
    Flag,
    /// Texts.
    List,
}

impl Field {
    /// Whether it is a field of the element itself, not of a member.
    pub fn is_own(&self) -> bool {
        self.lists.is_empty()
    }

    /// Whether it stands in no table.
    pub fn is_plain(&self) -> bool {
        self.tables.is_empty()
    }

    /// What the member is that it is a field of.
    pub fn member(&self) -> Option<String> {
        let list = self.lists.last()?;
        Some(list.trim_end_matches('s').replace('_', " "))
    }

    /// Whether there is one value that it can have.
    pub fn is_settled(&self) -> bool {
        matches!(&self.form, Form::Word(words) if words.len() == 1)
    }

    /// Whether it tells elements of the kind apart.
    pub fn addresses(&self, kind: Kind) -> bool {
        self.is_own() && self.tables.is_empty() && kind.keys().contains(&self.name.as_str())
    }
}

impl Kind {
    /// The fields of the kind: those of the element first, those of members
    /// behind them.
    pub fn fields(self) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        let mut work = vec![Level {
            schema: self.schema(),
            lists: Vec::new(),
            tables: Vec::new(),
            prefix: String::new(),
        }];
        while let Some(level) = work.pop() {
            for (name, property) in properties(level.schema) {
                if name == "recorded_with" || (self == Self::Slice && name == "workflow") {
                    continue;
                }
                let inner = |schema, list: bool| {
                    let mut inner = Level {
                        schema,
                        lists: level.lists.clone(),
                        tables: level.tables.clone(),
                        prefix: level.prefix.clone(),
                    };
                    if list {
                        inner.lists.push(name.clone());
                        inner.prefix = format!("{}_", name.trim_end_matches('s'));
                    } else {
                        inner.tables.push(name.clone());
                        inner.prefix.push_str(name);
                        inner.prefix.push('_');
                    }
                    inner
                };
                if property.get("properties").is_some() {
                    work.push(inner(property, false));
                } else if let Some(item) = property
                    .get("items")
                    .filter(|item| item.get("properties").is_some())
                {
                    // The lists of a slice or workflow are elements of their own.
                    if !matches!(self, Self::Slice | Self::Workflow) {
                        work.insert(0, inner(item, true));
                    }
                } else {
                    fields.push(field(self, &level, name, property));
                }
            }
        }
        fields.sort_by_key(|field| {
            (
                field.lists.len(),
                !field.tables.is_empty(),
                !field.required,
                field.name != "name",
            )
        });
        shorten(&mut fields);
        fields
    }

    /// The keys of what an element of the kind stands in, outermost first.
    pub fn containers(self) -> Vec<&'static str> {
        let path = self.path();
        let holders = path.split_last().map_or(&[][..], |(_, holders)| holders);
        holders
            .iter()
            .map(|list| match *list {
                "external_payloads" => "payload",
                list => list.strip_suffix('s').unwrap_or(list),
            })
            .collect()
    }

    /// The schema of an element of the kind, as its document has it.
    pub(super) fn schema(self) -> &'static Value {
        let workflows: &[&str] = match self.scope() {
            super::Scope::Model => &[],
            super::Scope::Workflow => &["workflows"],
            super::Scope::Slice => &["workflows", "slices"],
        };
        workflows
            .iter()
            .chain(self.path())
            .fold(schema(), |schema, list| {
                schema
                    .pointer(&format!("/properties/{list}/items"))
                    .unwrap_or(&Value::Null)
            })
    }
}

/// Where the fields of one object stand.
struct Level {
    schema: &'static Value,
    lists: Vec<String>,
    tables: Vec<String>,
    prefix: String,
}

/// The schema of a whole model, without references.
fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        SchemaSettings::draft2020_12()
            .with(|settings| settings.inline_subschemas = true)
            .into_generator()
            .into_root_schema_for::<Model>()
            .to_value()
    })
}

fn properties(schema: &'static Value) -> impl Iterator<Item = (&'static String, &'static Value)> {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn field(kind: Kind, level: &Level, name: &str, property: &'static Value) -> Field {
    let strings = |list: &Value| -> Vec<String> {
        let list = list.as_array().into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let required = level
        .schema
        .get("required")
        .is_some_and(|required| strings(required).iter().any(|key| key == name));
    let kinds = property.get("type");
    let is = |wanted: &str| kinds.and_then(Value::as_str) == Some(wanted);
    let form = if let Some(words) = property.get("enum") {
        Form::Word(strings(words))
    } else if is("boolean") {
        Form::Flag
    } else if is("array") {
        Form::List
    } else {
        Form::Text
    };
    let nested = !level.prefix.is_empty();
    let key = match (kind, name) {
        (Kind::Slice, "slice") | (Kind::Workflow, "workflow") => "slug".to_owned(),
        // The member is told by its name.
        (_, "name") if nested => level.prefix.trim_end_matches('_').to_owned(),
        (_, name) if name.starts_with(&level.prefix) => name.to_owned(),
        (_, name) => format!("{}{name}", level.prefix),
    };
    Field {
        aliases: aliases(kind, &key),
        key,
        form,
        required,
        about: about(name),
        lists: level.lists.clone(),
        tables: level.tables.clone(),
        name: name.to_owned(),
    }
}

/// The words of the peer tool, where they are not the key.
fn aliases(kind: Kind, key: &str) -> Vec<String> {
    let mut aliases: Vec<String> = match (kind, key) {
        (Kind::Workflow, "slug") => &["workflow"][..],
        (Kind::Slice, "kind") => &["type"],
        (_, "emitted_events") => &["emits"],
        (_, "observed_streams") => &["observes"],
        (_, "singleton_repeat_behavior") => &["repeat_behavior"],
        (Kind::Command, "input_source_name") => &[
            "source_event",
            "source_payload",
            "source_session",
            "source_argument",
        ],
        (Kind::Command, "input_source_field") => &["source_attribute"],
        (Kind::View, "field_source_read_model") => &["read_model"],
        (Kind::View, "control_input_visible_to_actor") => &["control_input_visible"],
        (Kind::View, "control_input_decision_field") => &["control_input_decision"],
        _ => &[],
    }
    .iter()
    .map(|alias| (*alias).to_owned())
    .collect();
    for (long, short) in [
        ("_source_kind", "_source"),
        ("_source_description", "_description"),
        ("_provenance_chain", "_provenance"),
    ] {
        if let Some(start) = key.strip_suffix(long) {
            aliases.push(format!("{start}{short}"));
        }
    }
    aliases
}

/// Fields of members answer to their own name too, the outermost of a name.
fn shorten(fields: &mut [Field]) {
    let mut taken: std::collections::BTreeSet<String> = fields
        .iter()
        .flat_map(|field| field.aliases.iter().chain([&field.key]))
        .cloned()
        .collect();
    // What stands beside the fields of every element.
    for word in ["workflow", "slice", "json", "name"] {
        taken.insert(word.to_owned());
    }
    for field in fields {
        // A table of a control says its name with it.
        let table = field.tables.last().map(|table| format!("{table}_"));
        let name = match table.filter(|table| table != "input_") {
            Some(table) if field.key.contains(&table) && field.name.len() < 7 => {
                format!("{table}{}", field.name)
            }
            _ if field.tables.last().is_some_and(|table| table == "input") => continue,
            _ => field.name.clone(),
        };
        if taken.insert(name.clone()) {
            field.aliases.push(name);
        }
    }
}
