//! The JSON Schema of emc.toml, for editors.

use serde_json::{Map, Value, json};

use super::{FAMILIES, QuintVerify, RuleLevel, rules};
use crate::diagnostic::Area;

/// The schema, of draft 7: editors of TOML know no later one.
pub fn schema() -> Value {
    let mut schema = table(
        "The manifest of an event model.",
        &["project"],
        [
            ("project", project()),
            ("store", store()),
            ("artifacts", families()),
            ("rules", levels()),
            ("verify", verify()),
        ],
    );
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = "emc.toml".into();
    schema
}

fn project() -> Value {
    let mut name = text("The name as people say it, in one line.");
    name["minLength"] = 1.into();
    table(
        "What the model is of.",
        &["name"],
        [
            ("name", name),
            ("version", text("Any text.")),
            (
                "lean_module",
                text("The root module of the Lean family; without it made from the name."),
            ),
            (
                "quint_module",
                text("The root module of the Quint family; without it made from the name."),
            ),
        ],
    )
}

fn store() -> Value {
    let path = text("The folder whose `events` holds the transactions; relative, as all paths.");
    table("The committed transactions.", &[], [("path", path)])
}

fn families() -> Value {
    let families = FAMILIES.iter().map(|family| {
        let mut path = text("The folder that holds the files of this family and no others.");
        path["default"] = family.folder.into();
        let mut keys = vec![
            (
                "enabled",
                flag("Whether the family is built.", family.enabled),
            ),
            ("path", path),
        ];
        if family.name == "rust" {
            keys.extend(rust());
        }
        (
            family.name,
            table("A family of generated files.", &[], keys),
        )
    });
    table("The generated files.", &[], families)
}

/// What the `rust` family has beside what every family has.
fn rust() -> [(&'static str, Value); 3] {
    let types = json!({
        "description": "The Rust type of an attribute, by the bit encoding of its data flow.",
        "type": "object",
        "additionalProperties": { "type": "string" },
    });
    let eventcore = "Whether the enum of events is an event of eventcore, which needs serde.";
    [
        ("eventcore", flag(eventcore, false)),
        (
            "serde",
            flag("Whether events can be written and read with serde.", true),
        ),
        ("types", types),
    ]
}

fn levels() -> Value {
    let exception = table(
        "A place where a rule may be broken.",
        &["rule", "element", "reason"],
        [
            ("rule", text("The name of the rule, or its code.")),
            ("element", text("The element, as the finding names it.")),
            ("reason", text("Why it may; the review pages show it.")),
        ],
    );
    let exceptions = json!({
        "description": "Where a rule may be broken, and why.",
        "type": "array",
        "items": exception,
    });
    let mut keys = vec![
        (
            "level".to_owned(),
            word("What every broken rule does.", RuleLevel::COMMON),
        ),
        ("exceptions".to_owned(), exceptions),
    ];
    keys.extend(Area::ALL.iter().map(|area| {
        let level = word("What a broken rule of this area does.", RuleLevel::WORDS);
        (area.as_str().to_owned(), level)
    }));
    for code in rules::rules() {
        let level = word(code.title, RuleLevel::WORDS);
        keys.push((code.name.to_owned(), level.clone()));
        keys.push((code.to_string(), level));
    }
    table("What a broken rule does.", &[], keys)
}

fn verify() -> Value {
    let command = |what: &str| {
        json!({
            "description": what,
            "type": "array",
            "items": { "type": "string" },
            "minItems": 1,
        })
    };
    let number = |what: &str, least: u64, most: u64| json!({ "description": what, "type": "integer", "minimum": least, "maximum": most });
    table(
        "How Lean and Quint are run.",
        &[],
        [
            ("lean", command("Program and arguments for Lean.")),
            ("quint", command("Program and arguments for Quint.")),
            (
                "simulation_depth",
                number("Steps of one simulated journey.", 1, u32::MAX.into()),
            ),
            (
                "seed",
                number("The seed of a simulation.", 0, i64::MAX.unsigned_abs()),
            ),
            (
                "quint_verify",
                word(
                    "The model checker behind `quint verify`.",
                    QuintVerify::WORDS,
                ),
            ),
        ],
    )
}

fn table<K: Into<String>>(
    what: &str,
    required: &[&str],
    keys: impl IntoIterator<Item = (K, Value)>,
) -> Value {
    let keys = keys.into_iter().map(|(key, value)| (key.into(), value));
    json!({
        "description": what,
        "type": "object",
        "required": required,
        "additionalProperties": false,
        "properties": keys.collect::<Map<_, _>>(),
    })
}

fn text(what: &str) -> Value {
    json!({ "description": what, "type": "string" })
}

fn flag(what: &str, default: bool) -> Value {
    json!({ "description": what, "type": "boolean", "default": default })
}

fn word<T>(what: &str, words: &[(&str, T)]) -> Value {
    let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    json!({ "description": what, "enum": words })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::manifest::{Manifest, RustSettings, read};

    fn keys(at: &str) -> BTreeSet<String> {
        let schema = schema();
        let properties = schema.pointer(&format!("{at}/properties"));
        let properties = properties.and_then(Value::as_object).expect("a table");
        properties.keys().cloned().collect()
    }

    fn set<'a>(words: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
        words.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        assert_eq!(keys(""), set(read::SECTIONS));
        assert_eq!(keys("/properties/project"), set(read::PROJECT));
        assert_eq!(keys("/properties/verify"), set(read::VERIFY));
        let rust = ["path", "enabled"].into_iter().chain(RustSettings::KEYS);
        let artifacts = "/properties/artifacts";
        assert_eq!(keys(&format!("{artifacts}/properties/rust")), set(rust));
        let families = FAMILIES.iter().map(|family| family.name);
        assert_eq!(keys(artifacts), set(families));
    }

    #[test]
    fn every_level_of_the_schema_is_one_that_is_read() {
        for key in keys("/properties/rules") {
            let value = match key.as_str() {
                "exceptions" => continue,
                "level" => "warn",
                _ => "allow",
            };
            let text = format!("[project]\nname = \"Desk\"\n[rules]\n{key} = \"{value}\"\n");
            let (manifest, findings) = Manifest::parse(&text, "emc.toml");
            assert!(
                manifest.is_some() && findings.is_empty(),
                "{key}: {findings:?}"
            );
        }
    }
}
