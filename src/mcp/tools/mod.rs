//! The table of the tools.

mod edits;
mod forks;
mod project;
mod reads;
mod reviews;

use super::tool::{Effect, Tool, Turn};

/// It only reads.
const READS: Effect = Effect {
    turn: Turn::Reads,
    idempotent: true,
    destructive: false,
};

/// It adds what is missing.
const COMPLETES: Effect = Effect {
    turn: Turn::Writes,
    idempotent: true,
    destructive: false,
};

/// It records something, each time that it is called.
const RECORDS: Effect = Effect {
    turn: Turn::Writes,
    idempotent: false,
    destructive: false,
};

/// It makes something what it should be; a second call finds it so.
const MAKES: Effect = Effect {
    turn: Turn::Writes,
    idempotent: true,
    destructive: true,
};

/// It changes something, each time that it is called.
const CHANGES: Effect = Effect {
    turn: Turn::Writes,
    idempotent: false,
    destructive: true,
};

/// It runs for long, and at its end declares what passed.
const VERIFIES: Effect = Effect {
    turn: Turn::Verifies,
    idempotent: true,
    destructive: false,
};

/// Every tool, in the order in which an agent meets them.
pub fn all() -> impl Iterator<Item = &'static Tool> {
    [
        project::TOOLS,
        reads::TOOLS,
        edits::TOOLS,
        forks::TOOLS,
        reviews::TOOLS,
    ]
    .into_iter()
    .flatten()
}

/// The tool with this name.
pub fn find(name: &str) -> Option<&'static Tool> {
    all().find(|tool| tool.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn tools_are_told_apart_and_say_what_they_are() {
        let names: BTreeSet<&str> = all().map(|tool| tool.name).collect();
        assert_eq!(names.len(), all().count());
        for tool in all() {
            let (name, effect) = (tool.name, tool.effect);
            assert!(tool.description.len() > 40, "{name} explains nothing");
            assert!(
                effect.turn != Turn::Reads || (effect.idempotent && !effect.destructive),
                "{name}: who only reads destroys nothing"
            );
            let schema = (tool.schema)();
            assert_eq!(schema.get("type"), Some(&"object".into()), "{name}");
            assert_eq!(
                schema.get("additionalProperties"),
                Some(&false.into()),
                "{name} takes what it does not know"
            );
            let properties = schema.get("properties").and_then(|all| all.as_object());
            for (key, property) in properties.into_iter().flatten() {
                assert!(
                    property.get("description").is_some() || property.get("$ref").is_some(),
                    "{name}: {key} says nothing"
                );
            }
        }
    }
}
