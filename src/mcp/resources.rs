//! What an agent can read: the model and its parts, the rules, the guide.

use crate::{
    authoring::edit::Kind,
    diagnostic::{Diagnostic, plain},
    ops::{
        list,
        render::text,
        session::Session,
        show::{self, Subject},
    },
    rules,
};

/// The guide to modelling.
const GUIDE: &str = include_str!("guide.md");

const TOML: &str = "application/toml";
const MARKDOWN: &str = "text/markdown";
const PLAIN: &str = "text/plain";

/// Something that can be read, or a family of it.
#[derive(Debug)]
pub struct Listed<U> {
    /// Its address, or the template of addresses.
    pub uri: U,
    /// Its name.
    pub name: String,
    /// What a person calls it.
    pub title: String,
    /// What it holds.
    pub description: String,
    /// The form of its text.
    pub mime: &'static str,
}

fn listed<U>(uri: U, name: &str, title: &str, description: &str, mime: &'static str) -> Listed<U> {
    Listed {
        uri,
        name: name.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        mime,
    }
}

/// What there is: each workflow, and what does not depend on the model. Slices
/// are not listed, since there are many: a template says how they are called.
pub fn list(session: &Session) -> Vec<Listed<String>> {
    let mut all = vec![
        listed(
            "emc://guide".to_owned(),
            "guide",
            "Modelling guide",
            "How to model with cargo-emc: the elements, the order of work, what good models keep to",
            MARKDOWN,
        ),
        listed(
            "emc://kinds".to_owned(),
            "kinds",
            "Kinds of elements",
            "Every kind of element with the fields that `edit` takes",
            PLAIN,
        ),
        listed(
            "emc://rules".to_owned(),
            "rules",
            "Rule catalogue",
            "Every rule, with its reason, its remedy and an example",
            MARKDOWN,
        ),
        listed(
            "emc://model".to_owned(),
            "model",
            "The model",
            "The whole model as the document that `apply` takes",
            TOML,
        ),
    ];
    // Without a project, or with a damaged one, there are no workflows to list:
    // `check` tells why.
    let model = session
        .project()
        .ok()
        .and_then(|project| list::list(&project, None).ok());
    for workflow in model.iter().flat_map(list::Listed::workflows) {
        all.push(listed(
            format!("{WORKFLOW}{}", encoded(&workflow.slug)),
            &workflow.slug,
            &workflow.name,
            &workflow.description,
            TOML,
        ));
    }
    all
}

const WORKFLOW: &str = "emc://workflow/";
const SLICE: &str = "emc://slice/";

/// The families of addresses.
pub fn templates() -> [Listed<&'static str>; 2] {
    [
        listed(
            "emc://workflow/{slug}",
            "workflow",
            "A workflow",
            "One workflow with its slices as the document that `apply` takes",
            TOML,
        ),
        listed(
            "emc://slice/{slug}",
            "slice",
            "A slice",
            "One slice as the document that `apply` takes",
            TOML,
        ),
    ]
}

/// The form and the text of what stands at an address.
///
/// # Errors
/// Why there is nothing to read.
pub fn read(session: &Session, uri: &str) -> Result<(&'static str, String), String> {
    match uri {
        "emc://guide" => return Ok((MARKDOWN, GUIDE.to_owned())),
        "emc://rules" => return Ok((MARKDOWN, rules::page())),
        "emc://kinds" => {
            let kinds: Vec<String> = Kind::ALL.iter().map(|kind| text::kind(*kind)).collect();
            return Ok((PLAIN, kinds.join("\n")));
        }
        _ => {}
    }
    let unknown = || format!("there is no resource `{uri}`");
    let slug;
    let subject = if uri == "emc://model" {
        Subject::Model
    } else if let Some(rest) = uri.strip_prefix(WORKFLOW) {
        slug = decoded(rest).ok_or_else(unknown)?;
        Subject::Workflow(&slug)
    } else if let Some(rest) = uri.strip_prefix(SLICE) {
        slug = decoded(rest).ok_or_else(unknown)?;
        Subject::Slice(&slug)
    } else {
        return Err(unknown());
    };
    document(session, subject).map_err(|findings| told(&findings))
}

fn document(
    session: &Session,
    subject: Subject<'_>,
) -> Result<(&'static str, String), Vec<Diagnostic>> {
    let shown =
        show::show(&session.project()?, subject).map_err(|failure| vec![failure.diagnostic()])?;
    match shown.document {
        // Half a document would be taken for the whole.
        Some(document) if !shown.report.has_errors() => {
            let text = document.to_toml().map_err(|refused| refused.0)?;
            Ok((TOML, text))
        }
        _ => Err(shown.report.findings().to_vec()),
    }
}

fn told(findings: &[Diagnostic]) -> String {
    let mut text = String::new();
    // Writing into a String cannot fail.
    let _ = plain::render(findings, &crate::diagnostic::Options::default(), &mut text);
    text
}

/// A slug as a part of an address: everything but letters, digits, `-`, `_` and
/// `.` as `%XX` (RFC 3986).
fn encoded(slug: &str) -> String {
    slug.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
        text
    })
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_slug_comes_back_from_its_address(slug in "\\PC*") {
            let text = encoded(&slug);
            prop_assert!(text.is_ascii());
            prop_assert_eq!(decoded(&text), Some(slug));
        }

        #[test]
        fn no_address_makes_it_panic(text in "\\PC*") {
            let _ = decoded(&text);
        }
    }

    #[test]
    fn half_an_escape_is_no_address() {
        for wrong in ["%", "%4", "%zz", "a%F", "%FF"] {
            assert_eq!(decoded(wrong), None, "{wrong}");
        }
    }
}
