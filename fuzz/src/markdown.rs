//! Markdown, as a hosting service reads it.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// What is on a page, its text left out.
#[derive(Debug, Default)]
pub struct Page {
    /// Its parts in order: what opens, closes or stands alone.
    pub shape: Vec<String>,
    /// Where its links lead.
    pub links: Vec<String>,
    /// Its HTML.
    pub markup: Vec<String>,
    /// The content of its code blocks, each with its language.
    pub code: Vec<(String, String)>,
}

/// Read a page.
pub fn read(text: &str) -> Page {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let mut page = Page::default();
    let mut block: Option<(String, String)> = None;
    for event in Parser::new_ext(text, options) {
        let part = match event {
            Event::Text(text) => {
                if let Some((_, code)) = &mut block {
                    code.push_str(&text);
                }
                "text".to_owned()
            }
            // A name stands as code where code can show it, else as text.
            Event::Code(_) => "text".to_owned(),
            Event::Start(Tag::Link { dest_url, .. }) => {
                page.links.push(dest_url.into_string());
                "link".to_owned()
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                block = Some((language, String::new()));
                "code".to_owned()
            }
            Event::Start(tag) => format!("{tag:?}"),
            Event::End(tag) => {
                page.code.extend(block.take());
                format!("end {tag:?}")
            }
            Event::Html(markup) | Event::InlineHtml(markup) => {
                page.markup.push(markup.trim().to_owned());
                "markup".to_owned()
            }
            other => format!("{other:?}"),
        };
        if part != "text" || page.shape.last().is_none_or(|last| last != "text") {
            page.shape.push(part);
        }
    }
    page
}
