//! Documents as TOML text.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::{Document, Model, Slice, Workflow};
use crate::diagnostic::{
    Diagnostic, Place, Refused, Snippet, closest, codes::authoring::DOCUMENT_UNREADABLE,
};

impl Document {
    /// The document as TOML, with a final newline. Only writers of documents
    /// carry a writer of TOML.
    ///
    /// # Errors
    /// None that a document of the model can cause; the serializer has them.
    #[cfg(feature = "author")]
    pub fn to_toml(&self) -> Result<String, Refused> {
        toml::to_string(self).map_err(|error| {
            Diagnostic::new(
                &DOCUMENT_UNREADABLE,
                format!("the document cannot be written as TOML: {error}"),
            )
            .into()
        })
    }

    /// The document that `text` holds as TOML or, behind a `{`, as JSON.
    ///
    /// # Errors
    /// As [`Self::from_toml`] and [`Self::from_json`].
    pub fn read(file: &str, text: &str) -> Result<Self, Refused> {
        if text.trim_start().starts_with('{') {
            Self::from_json(file, text)
        } else {
            Self::from_toml(file, text)
        }
    }

    /// The document that `text` holds as JSON; `file` is what the finding calls it.
    ///
    /// # Errors
    /// The first thing that is no JSON or no document, with line and column.
    pub fn from_json(file: &str, text: &str) -> Result<Self, Refused> {
        let keys: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(text).map_err(|error| json_finding(file, &error))?;
        if keys.contains_key("slice") {
            owned(file, read_json(file, text)?)
        } else if keys.contains_key("workflow") {
            read_json(file, text).map(Self::Workflow)
        } else {
            read_json(file, text).map(Self::Model)
        }
    }

    /// The document that `text` holds; `file` is what the finding calls it.
    ///
    /// # Errors
    /// The first thing that is no TOML or no document, with line and column.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, Refused> {
        let table: toml::Table =
            toml::from_str(text).map_err(|error| finding(file, text, &error))?;
        if table.contains_key("slice") {
            owned(file, read(file, text)?)
        } else if table.contains_key("workflow") {
            read::<Workflow>(file, text).map(Self::Workflow)
        } else {
            read::<Model>(file, text).map(Self::Model)
        }
    }
}

fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Refused> {
    toml::from_str(text).map_err(|error| finding(file, text, &error).into())
}

/// A slice on its own says where it belongs.
fn owned(file: &str, slice: Slice) -> Result<Document, Refused> {
    if slice.workflow.is_some() {
        return Ok(Document::Slice(slice));
    }
    Err(Diagnostic::new(
        &DOCUMENT_UNREADABLE,
        "the document of a slice does not say which workflow it belongs to",
    )
    .at(Place::file(file))
    .help("add `workflow = \"SLUG\"` above the first table")
    .into())
}

fn read_json<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Refused> {
    serde_json::from_str(text).map_err(|error| json_finding(file, &error).into())
}

fn json_finding(file: &str, error: &serde_json::Error) -> Diagnostic {
    let mut message = error.to_string();
    // The place says it better.
    if let Some(end) = message.rfind(" at line ") {
        message.truncate(end);
    }
    let diagnostic = match hint(&message) {
        Some(hint) => Diagnostic::new(&DOCUMENT_UNREADABLE, message).help(hint),
        None => Diagnostic::new(&DOCUMENT_UNREADABLE, message),
    };
    diagnostic.at(Place {
        file: file.to_owned(),
        line: u32::try_from(error.line()).ok().filter(|line| *line > 0),
        column: u32::try_from(error.column())
            .ok()
            .filter(|column| *column > 0),
    })
}

fn finding(file: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(&DOCUMENT_UNREADABLE, error.message().to_owned());
    if let Some(hint) = hint(error.message()) {
        diagnostic = diagnostic.help(hint);
    }
    let Some(span) = error.span() else {
        return diagnostic.at(Place::file(file));
    };
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    let end = span.end.min(text.len()).max(span.start);
    diagnostic
        .at(Place {
            file: file.to_owned(),
            line: u32::try_from(line).ok(),
            column: u32::try_from(column).ok(),
        })
        .showing(Snippet {
            source: Arc::from(text),
            span: (span.start.min(text.len()), end),
            label: String::new(),
        })
}

/// The known word closest to the one that an "unknown field" or "unknown
/// variant" message refuses.
pub(crate) fn hint(message: &str) -> Option<String> {
    let mut words = message
        .strip_prefix("unknown field `")
        .or_else(|| message.strip_prefix("unknown variant `"))?
        .split('`');
    let wrong = words.next()?;
    // Every second piece stands between backticks.
    let known = words.skip(1).step_by(2);
    closest(wrong, known).map(|word| format!("did you mean `{word}`?"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::testing::{self, Draw};

    fn refused(text: &str) -> Diagnostic {
        let mut refused = Document::from_toml("slice.toml", text).expect_err("it is wrong");
        refused.0.pop().expect("a refusal has a finding")
    }

    #[test]
    fn an_unknown_key_is_told_with_its_place_and_the_closest_key() {
        let finding = refused(
            "slice = \"s\"\nworkflow = \"w\"\nname = \"S\"\nkind = \"state_view\"\n\
             description = \"d\"\n[[views]]\nnmae = \"v\"\n",
        );
        let place = finding.place.expect("a place");
        assert_eq!((place.line, place.column), (Some(7), Some(1)));
        assert_eq!(finding.help, ["did you mean `name`?"]);
    }

    #[test]
    fn a_wrong_word_is_told_with_the_closest_one() {
        let finding = refused(
            "slice = \"s\"\nworkflow = \"w\"\nname = \"S\"\nkind = \"state-view\"\ndescription = \"d\"\n",
        );
        assert_eq!(finding.place.and_then(|place| place.line), Some(4));
        assert_eq!(finding.help, ["did you mean `state_view`?"]);
    }

    #[test]
    fn text_that_is_no_toml_is_told_with_its_place() {
        let finding = refused("slice = \n");
        assert_eq!(finding.place.and_then(|place| place.line), Some(1));
    }

    #[test]
    fn a_slice_says_its_workflow() {
        let finding =
            refused("slice = \"s\"\nname = \"S\"\nkind = \"state_view\"\ndescription = \"d\"\n");
        assert!(
            finding.message.contains("which workflow"),
            "{}",
            finding.message
        );
    }

    #[test]
    fn text_must_not_be_blank() {
        let finding = refused("project = \"  \"\n");
        assert!(
            finding.message.contains("must not be empty"),
            "{}",
            finding.message
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let model = testing::model(&mut Draw::new(&bytes));
            let mut documents = vec![Document::Model(model.clone())];
            for workflow in model.workflows {
                for slice in &workflow.slices {
                    documents.push(Document::Slice(Slice {
                        workflow: Some(workflow.slug.clone()),
                        ..slice.clone()
                    }));
                }
                documents.push(Document::Workflow(workflow));
            }
            for document in documents {
                let text = document.to_toml().expect("documents can be written");
                let read = Document::from_toml("m.toml", &text);
                prop_assert_eq!(read.as_ref(), Ok(&document), "{}", text);
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = Document::from_toml("m.toml", &text);
        }
    }
}
