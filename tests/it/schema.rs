//! The JSON Schemas of documents and manifests: those that are committed are current,
//! and they take what `apply` and `build` take.

use std::{fs, path::Path};

use emc::{
    document::{self, Described, Document},
    manifest::{self, Manifest},
    ops::export::export,
};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, file};

use crate::project::{LENIENT, TestProject};

fn printed(schema: &Value) -> String {
    serde_json::to_string_pretty(schema).expect("JSON") + "\n"
}

/// `SNAPSHOTS=overwrite` writes the files.
#[test]
fn the_committed_schemas_are_current() {
    assert_data_eq!(
        printed(&document::schema(Described::Document)),
        file!["../../docs/schema/document.schema.json"].raw()
    );
    assert_data_eq!(
        printed(&manifest::schema()),
        file!["../../docs/schema/emc.schema.json"].raw()
    );
}

/// What is wrong with a value by a schema: the first thing, with its place. Knows every
/// keyword that our schemas have, and no other.
fn wrong(root: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    let Some(keywords) = schema.as_object() else {
        return (schema == &json!(false)).then(|| format!("{at} may not be there"));
    };
    let all = |schemas: &Value| -> Vec<Option<String>> {
        let schemas = schemas.as_array().expect("a list");
        let found = schemas.iter().map(|one| wrong(root, one, value, at));
        found.collect()
    };
    keywords
        .iter()
        .find_map(|(keyword, given)| match keyword.as_str() {
            "$schema" | "title" | "description" | "default" | "format" | "definitions" => None,
            "$ref" => {
                let pointer = given.as_str().and_then(|text| text.strip_prefix('#'));
                let meant = root
                    .pointer(pointer.expect("a pointer"))
                    .expect("it is there");
                wrong(root, meant, value, at)
            }
            "type" => {
                let is = |kind: &Value| match kind.as_str() {
                    Some("object") => value.is_object(),
                    Some("array") => value.is_array(),
                    Some("string") => value.is_string(),
                    Some("boolean") => value.is_boolean(),
                    Some("integer") => value.is_u64() || value.is_i64(),
                    Some("null") => value.is_null(),
                    other => panic!("type {other:?}"),
                };
                let fits = given
                    .as_array()
                    .map_or_else(|| is(given), |kinds| kinds.iter().any(is));
                (!fits).then(|| format!("{at} is no {given}"))
            }
            "enum" => {
                let words = given.as_array().expect("a list");
                (!words.contains(value)).then(|| format!("{at} is {value}, none of {given}"))
            }
            "const" => (given != value).then(|| format!("{at} is {value}, not {given}")),
            "minLength" => {
                let short = value.as_str().is_some_and(str::is_empty);
                (given == 1 && short).then(|| format!("{at} is empty"))
            }
            "minItems" => {
                let empty = value.as_array().is_some_and(Vec::is_empty);
                (given == 1 && empty).then(|| format!("{at} is empty"))
            }
            "minimum" => (value.as_u64() < given.as_u64()).then(|| format!("{at} is too small")),
            "maximum" => (value.as_u64() > given.as_u64()).then(|| format!("{at} is too large")),
            "required" => {
                let mut keys = given
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str);
                let missing = keys.find(|key| value.is_object() && value.get(*key).is_none());
                missing.map(|key| format!("{at} has no {key}"))
            }
            "properties" => given.as_object()?.iter().find_map(|(key, schema)| {
                wrong(root, schema, value.get(key)?, &format!("{at}/{key}"))
            }),
            "additionalProperties" => {
                let known = keywords.get("properties").and_then(Value::as_object);
                let known = |key: &String| known.is_some_and(|known| known.contains_key(key));
                let mut others = value.as_object()?.iter().filter(|(key, _)| !known(key));
                others.find_map(|(key, value)| wrong(root, given, value, &format!("{at}/{key}")))
            }
            "items" => {
                let mut items = value.as_array()?.iter().enumerate();
                items.find_map(|(index, item)| wrong(root, given, item, &format!("{at}/{index}")))
            }
            "allOf" => all(given).into_iter().flatten().next(),
            "anyOf" | "oneOf" => {
                let found = all(given);
                let fits = found.iter().any(Option::is_none);
                (!fits).then(|| format!("{at} fits none: {found:?}"))
            }
            other => panic!("the keyword {other}"),
        })
}

fn by(schema: &Value, value: &Value) -> Option<String> {
    wrong(schema, schema, value, "")
}

#[test]
fn every_document_of_a_model_fits_its_schema() {
    let any = document::schema(Described::Document);
    let mut parts = 0;
    for store in ["repair-desk", "every-event"] {
        let project = TestProject::with_store(LENIENT, store);
        let reading = export(&project.open()).expect("it is read").reading;
        let model = reading.expect("a store").model;
        let value = |document: Option<Document>| {
            serde_json::to_value(document.expect("it is there")).expect("JSON")
        };
        let mut fits = |own: Described, document: Option<Document>| {
            let value = value(document);
            assert_eq!(by(&document::schema(own), &value), None, "{value:#}");
            assert_eq!(by(&any, &value), None, "{value:#}");
            parts += 1;
        };
        fits(Described::Model, Some(Document::of(&model)));
        for workflow in &model.workflows {
            let document = Document::of_workflow(&model, &workflow.slug);
            fits(Described::Workflow, document);
            for slice in &workflow.slices {
                let document = Document::of_slice(&model, &slice.slug);
                fits(Described::Slice, document);
            }
        }
    }
    assert!(parts > 10, "{parts}");
}

#[test]
fn what_no_document_may_say_does_not_fit() {
    let slice = json!({
        "slice": "fill-box", "workflow": "deposit", "name": "Fill a box", "kind": "state_change",
        "description": "The courier puts a parcel in.",
    });
    let schemas = [Described::Slice, Described::Document].map(document::schema);
    let edits: [fn(&mut Value); 5] = [
        |slice| slice["nam"] = "Fill".into(),
        |slice| slice["kind"] = "state".into(),
        |slice| slice["name"] = json!(3),
        |slice| slice["commands"] = json!([{ "nam": "FillBox" }]),
        |slice| {
            slice.as_object_mut().expect("a table").remove("workflow");
        },
    ];
    for schema in &schemas {
        assert_eq!(by(schema, &slice), None);
        for edit in edits {
            let mut other = slice.clone();
            edit(&mut other);
            assert!(by(schema, &other).is_some(), "{other}");
        }
    }
}

#[test]
fn every_manifest_of_this_repository_fits_its_schema() {
    let schema = manifest::schema();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = [
        "emc.toml",
        "examples/repair-desk/emc.toml",
        "tests/fixtures/repair-desk.toml",
    ];
    let texts = own.map(|path| fs::read_to_string(root.join(path)).expect("a manifest"));
    let template = Manifest::template("Desk");
    for text in texts.iter().map(String::as_str).chain([LENIENT, &template]) {
        let value: Value = toml::from_str(text).expect("TOML");
        assert_eq!(by(&schema, &value), None, "{text}");
    }
    for text in [
        "[store]\npath = \"model\"",
        "[project]\nname = \"\"",
        "[project]\nname = \"Desk\"\n[rules]\nboard = \"off\"",
    ] {
        let value: Value = toml::from_str(text).expect("TOML");
        assert!(by(&schema, &value).is_some(), "{text}");
    }
}
