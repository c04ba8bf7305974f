//! The JSON Schema of documents, for editors and other programs: from the types that
//! read them.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Value, json};

use super::{Document, Model, Slice, Workflow};

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Described {
    /// Any document that `apply` reads.
    Document,
    /// The document of a whole model.
    Model,
    /// The document of a workflow with its slices.
    Workflow,
    /// The document of a slice.
    Slice,
}

/// The schema, of draft 7: editors of TOML know no later one.
pub fn schema(of: Described) -> Value {
    match of {
        Described::Document => {
            let mut schema = of_type::<Document>();
            // A slice on its own says where it belongs; inside of a workflow it need not.
            let choices = schema.get_mut("anyOf").and_then(Value::as_array_mut);
            for choice in choices.into_iter().flatten() {
                if choice.pointer("/allOf/0/$ref") == Some(&json!("#/definitions/Slice")) {
                    choice["required"] = json!(["workflow"]);
                }
            }
            schema
        }
        Described::Model => of_type::<Model>(),
        Described::Workflow => of_type::<Workflow>(),
        Described::Slice => {
            let mut schema = of_type::<Slice>();
            if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
                required.push("workflow".into());
            }
            schema
        }
    }
}

fn of_type<T: JsonSchema>() -> Value {
    SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}
