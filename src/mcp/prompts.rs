//! What a person can ask an agent for in few words.

use serde_json::{Map, Value};

use crate::event::vocabulary::ReviewCategory;

/// A text with places for arguments.
#[derive(Debug)]
pub struct Prompt {
    /// Its name.
    pub name: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// What it asks for.
    pub description: &'static str,
    /// What it needs to know.
    pub arguments: &'static [Argument],
    /// The text; `{name}` is the place of an argument.
    text: &'static str,
}

/// What a prompt needs to know.
#[derive(Debug)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub description: &'static str,
    /// Whether the prompt cannot do without it.
    pub required: bool,
}

/// Every prompt.
pub const ALL: &[Prompt] = &[
    Prompt {
        name: "model_workflow",
        title: "Model a workflow",
        description: "Model a workflow from a description in plain words",
        arguments: &[Argument {
            name: "description",
            description: "What happens, who does it, and why: in your own words",
            required: true,
        }],
        text: include_str!("prompts/model_workflow.md"),
    },
    Prompt {
        name: "review_workflow",
        title: "Review a workflow",
        description: "Review a workflow by the 13 categories of a review",
        arguments: &[Argument {
            name: "workflow",
            description: "The slug of the workflow",
            required: true,
        }],
        text: include_str!("prompts/review_workflow.md"),
    },
    Prompt {
        name: "resolve_fork",
        title: "Resolve a fork",
        description: "Bring together what two people changed at the same time",
        arguments: &[Argument {
            name: "stream",
            description: "The stream that is forked; all without it",
            required: false,
        }],
        text: include_str!("prompts/resolve_fork.md"),
    },
];

/// The text of a prompt with its arguments.
///
/// # Errors
/// A prompt that is not there, an argument that is missing or unknown.
pub fn text(name: &str, given: &Map<String, Value>) -> Result<String, String> {
    let prompt = ALL.iter().find(|prompt| prompt.name == name);
    let prompt = prompt.ok_or_else(|| {
        let known: Vec<&str> = ALL.iter().map(|prompt| prompt.name).collect();
        format!(
            "there is no prompt `{name}`; there are {}",
            known.join(", ")
        )
    })?;
    let known = |key: &str| prompt.arguments.iter().any(|one| one.name == key);
    if let Some(key) = given.keys().find(|key| !known(key)) {
        return Err(format!("the prompt `{name}` has no argument `{key}`"));
    }
    let mut values = vec![("categories", categories())];
    for argument in prompt.arguments {
        let value = match given.get(argument.name) {
            None | Some(Value::Null) => "",
            Some(Value::String(text)) => text.trim(),
            Some(_) => return Err(format!("the argument `{}` is no text", argument.name)),
        };
        if value.is_empty() && argument.required {
            return Err(format!("the argument `{}` is missing", argument.name));
        }
        values.push((argument.name, value.to_owned()));
    }
    Ok(filled(prompt.text, &values))
}

/// A text with its places filled. What is filled in is not looked at again.
fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        whole.push_str(before);
        let place = after.split_once('}');
        let value = place.and_then(|(name, behind)| {
            let value = values.iter().find(|(known, _)| *known == name)?;
            Some((&value.1, behind))
        });
        rest = if let Some((value, behind)) = value {
            whole.push_str(value);
            behind
        } else {
            whole.push('{');
            after
        };
    }
    whole + rest
}

/// The categories of a review, an item each.
fn categories() -> String {
    let categories = ReviewCategory::ALL.iter().copied();
    let items = categories.map(|category| format!("- `{}`: {}", category.as_str(), asks(category)));
    items.collect::<Vec<_>>().join("\n")
}

/// What a category of a review asks.
fn asks(category: ReviewCategory) -> &'static str {
    match category {
        ReviewCategory::LifecycleEntry => {
            "does somebody who arrives in any state of the application find the right slice?"
        }
        ReviewCategory::CanonicalLanes => "does every card lie in the lane of its kind?",
        ReviewCategory::BoardConnections => {
            "do the arrows of the board go from cause to effect, and none is missing?"
        }
        ReviewCategory::FakeIntermediates => {
            "is every step something that somebody does or sees, not a step for the drawing's sake?"
        }
        ReviewCategory::SliceOwnership => {
            "does each definition belong to the one slice that owns it?"
        }
        ReviewCategory::SourceChains => {
            "can every datum be followed from the view back to where it comes from?"
        }
        ReviewCategory::WorkflowReachability => "can every slice be reached from an entry?",
        ReviewCategory::TransitionResolution => {
            "does each transition start where it says, and lead to a slice that takes it?"
        }
        ReviewCategory::NavigationTargets => "does each control lead to something that is there?",
        ReviewCategory::BranchShape => {
            "does each branch say why it is taken, and does it end or come back?"
        }
        ReviewCategory::OutcomesAndErrors => {
            "are all outcomes told, and is each error shown and recovered from?"
        }
        ReviewCategory::ScenarioCoverage => {
            "does a scenario show each outcome and each error, with data that could be real?"
        }
        ReviewCategory::TimelineRendering => {
            "does the story read from left to right without a gap?"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(pairs: &[(&str, &str)]) -> Map<String, Value> {
        let pairs = pairs.iter();
        pairs
            .map(|(key, value)| ((*key).to_owned(), Value::from(*value)))
            .collect()
    }

    #[test]
    fn each_argument_has_a_place_and_each_place_an_argument() {
        for prompt in ALL {
            let pairs: Vec<(&str, &str)> = prompt
                .arguments
                .iter()
                .map(|argument| (argument.name, "<<here>>"))
                .collect();
            let text = text(prompt.name, &given(&pairs)).expect("a text");
            assert_eq!(
                text.matches("<<here>>").count() > 0,
                !prompt.arguments.is_empty(),
                "{text}"
            );
            assert!(!text.contains(['{', '}']), "{text}");
        }
    }

    #[test]
    fn what_is_filled_in_is_not_a_template() {
        let text = text(
            "model_workflow",
            &given(&[("description", "{categories} {")]),
        );
        assert!(text.expect("a text").contains("{categories} {"));
    }

    #[test]
    fn wrong_arguments_are_told() {
        for (name, pairs) in [
            ("no_such_prompt", &[][..]),
            ("model_workflow", &[]),
            ("model_workflow", &[("description", "  ")]),
            ("review_workflow", &[("workflow", "w"), ("slice", "s")]),
        ] {
            text(name, &given(pairs)).expect_err(name);
        }
        let wrong = Map::from_iter([("workflow".to_owned(), Value::from(1))]);
        text("review_workflow", &wrong).expect_err("no text");
    }

    #[test]
    fn a_review_asks_by_all_categories() {
        let text = text("review_workflow", &given(&[("workflow", "repair")])).expect("a text");
        for category in ReviewCategory::ALL {
            assert!(text.contains(category.as_str()), "{}", category.as_str());
        }
    }
}
