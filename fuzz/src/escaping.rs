//! Any text as any name of the model.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::OnceLock,
};

use emc::{
    artifact::{Artifact, Scope},
    disk::state::Shelf,
    event::EmcEvent,
    manifest::{FAMILIES, Manifest},
    model::{Model, Origin, ProjectedModel},
    ops::project::Project,
};
use serde_json::Value;

use super::{
    gherkin, html,
    lean::LEAN,
    markdown::{self, Page},
    quint::QUINT,
    rust,
    tokens::{Language, Token},
    transactions,
};

/// A text that means nothing anywhere, and no slug either.
const HARMLESS: &str = "Zq";

/// Every text of a model with every kind of element, with any text before or
/// behind it: the files have the tokens and the parts that they have with a
/// harmless text, and only what strings hold differs.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for (around, wanted) in harmless() {
        let found = around.files(&text);
        let names = own_names(&found);
        assert_eq!(wanted.len(), found.len());
        for (wanted, found) in wanted.iter().zip(&found) {
            alike(wanted, found, &names);
        }
    }
}

/// The files with a harmless text before, and behind, every text.
fn harmless() -> &'static [(Around, Vec<Shape>)] {
    static HARMLESS_FILES: OnceLock<Vec<(Around, Vec<Shape>)>> = OnceLock::new();
    HARMLESS_FILES.get_or_init(|| {
        [Around::Before, Around::Behind]
            .into_iter()
            .map(|around| {
                let files = around.files(HARMLESS);
                let names = own_names(&files);
                let shapes = files.iter().map(|file| Shape::of(read(file), &names));
                (around, shapes.collect())
            })
            .collect()
    })
}

/// What can be told of the files of any model: they are whole, and hold no word
/// that no generator writes.
pub fn well_formed(model: &Model) {
    let project = project(HARMLESS);
    let files = files(&project, model);
    let own = own_names(&files);
    for file in &files {
        let read = read(file);
        match &read {
            Read::Code(tokens) => {
                for token in tokens {
                    if let Token::Word(word) = token {
                        let number = word.bytes().all(|byte| byte.is_ascii_digit());
                        assert!(
                            number || own.contains(word) || known().words.contains(word),
                            "{} has the word {word}",
                            file.path
                        );
                    }
                    if let Token::Mark(mark) = token {
                        assert!(
                            mark.is_ascii() || known().marks.contains(mark),
                            "{} has {mark}",
                            file.path
                        );
                    }
                }
            }
            Read::Page(page) => page_is_safe(file, page),
            Read::Parts(_) | Read::Same => {}
        }
    }
}

enum Around {
    Before,
    Behind,
}

impl Around {
    fn put(&self, own: &str, more: &str) -> String {
        match self {
            Self::Before => format!("{more}{own}"),
            Self::Behind => format!("{own}{more}"),
        }
    }

    /// The files of the model with this text around every text.
    fn files(&self, more: &str) -> Vec<Artifact> {
        let template = template();
        let events: Vec<EmcEvent> = template
            .iter()
            .map(|(event, leaves)| {
                let mut event = event.clone();
                for leaf in leaves {
                    if let Some(Value::String(own)) = event.pointer_mut(leaf) {
                        *own = self.put(own, more);
                    }
                }
                EmcEvent::decode(&event.to_string()).expect("text is text")
            })
            .collect();
        let events = (0..).map(Origin).zip(&events);
        let model = ProjectedModel::from_events(events).model;
        files(&project(more), &model)
    }
}

/// The events of the store with every kind of event, each with the places of
/// its free texts.
fn template() -> &'static [(Value, Vec<String>)] {
    static TEMPLATE: OnceLock<Vec<(Value, Vec<String>)>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let files = transactions::store(Path::new("every-event"));
        let present = emc::authoring::Present::of(&files);
        let events = present.events.iter().map(EmcEvent::encode);
        events
            .map(|event| {
                let event: Value = serde_json::from_str(&event).expect("JSON");
                let mut places = Vec::new();
                texts(&event, &mut String::new(), &mut places);
                places.retain(|place| is_free(&event, place));
                (event, places)
            })
            .collect()
    })
}

/// The places of all texts below `value`.
fn texts(value: &Value, place: &mut String, places: &mut Vec<String>) {
    let mut enter = |key: &str, inner: &Value, places: &mut Vec<String>| {
        let length = place.len();
        place.push('/');
        place.push_str(key);
        texts(inner, place, places);
        place.truncate(length);
    };
    match value {
        Value::String(_) => places.push(place.clone()),
        Value::Array(list) => {
            for (at, inner) in list.iter().enumerate() {
                enter(&at.to_string(), inner, places);
            }
        }
        Value::Object(members) => {
            for (key, inner) in members {
                enter(key, inner, places);
            }
        }
        _ => {}
    }
}

/// Whether any text can stand at a place: it is no word of a closed vocabulary.
fn is_free(event: &Value, place: &str) -> bool {
    ["~ \"~", "~"].iter().all(|more| {
        [Around::Before, Around::Behind].iter().all(|around| {
            let mut event = event.clone();
            if let Some(Value::String(own)) = event.pointer_mut(place) {
                *own = around.put(own, more);
            }
            EmcEvent::decode(&event.to_string()).is_ok()
        })
    })
}

/// A project with every family, and a text in its manifest where one can stand.
fn project(text: &str) -> Project {
    // The manifest takes no control characters.
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    let name = Value::from(format!("Any {plain}"));
    let mut families = String::new();
    for family in FAMILIES {
        families.push_str(&format!("[artifacts.{}]\nenabled = true\n", family.name));
    }
    let own = format!(
        "[project]\nname = {name}\n{families}[[rules.exceptions]]\nrule = \"EMC308\"\n\
         element = {name}\nreason = {name}\n"
    );
    let manifest = Manifest::parse(&own, "emc.toml").0.expect("a manifest");
    let root = Path::new("/nowhere");
    Project {
        root: root.to_path_buf(),
        place: "emc.toml".to_owned(),
        manifest,
        warnings: Vec::new(),
        shelf: Shelf::of(root, root),
    }
}

fn files(project: &Project, model: &Model) -> Vec<Artifact> {
    let families = project.families();
    families
        .iter()
        .flat_map(|family| {
            let files = family.render(model, Scope::Everything);
            let paths: BTreeSet<_> = files.iter().map(|file| file.path.clone()).collect();
            assert_eq!(
                paths.len(),
                files.len(),
                "two files of {} have one path",
                family.name()
            );
            assert_eq!(paths, family.paths(model));
            files
        })
        .collect()
}

/// What a generator writes whatever the model: it is not read again.
fn is_library(file: &Artifact) -> bool {
    let path = file.path.as_str();
    path.starts_with("model/lean/Emc") && !path.starts_with("model/lean/Emc_")
        || path.ends_with("/emc.qnt")
}

/// The names that files have: where they stand in a text they are names of
/// modules, in Quint with a module of tests beside each.
fn own_names(files: &[Artifact]) -> BTreeSet<String> {
    let name = |file: &Artifact| {
        let name = file.path.file_name();
        name.split_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_owned()
    };
    files
        .iter()
        .map(name)
        .flat_map(|name| [format!("{name}__test"), name])
        .collect()
}

enum Read {
    Code(Vec<Token>),
    Page(Page),
    /// What stands in it, in order, texts aside.
    Parts(Vec<String>),
    Same,
}

fn read(file: &Artifact) -> Read {
    let path = file.path.as_str();
    let unseen = |c: char| {
        c != '\n'
            && (c.is_control()
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}'))
    };
    assert!(
        !file.text.contains(unseen),
        "{path} holds {:?}",
        file.text.matches(unseen).collect::<Vec<_>>()
    );
    let code = |language: &Language| match language.lex(&file.text) {
        Ok(tokens) => Read::Code(tokens),
        Err(problem) => panic!("{path}: {problem}"),
    };
    let parts = |parts: Result<Vec<String>, String>| match parts {
        Ok(parts) => Read::Parts(parts),
        Err(problem) => panic!("{path}: {problem}"),
    };
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        _ if is_library(file) => Read::Same,
        Some("lean") => code(&LEAN),
        Some("qnt") => code(&QUINT),
        Some("md") => Read::Page(markdown::read(&file.text)),
        Some("html") => parts(html::read(&file.text)),
        Some("feature") => Read::Parts(gherkin::read(&file.text)),
        Some("rs") => parts(rust::read(&file.text)),
        Some("json") => {
            serde_json::from_str::<Value>(&file.text).expect("JSON");
            Read::Same
        }
        _ => Read::Same,
    }
}

/// What generators write of their own.
struct Known {
    words: BTreeSet<String>,
    marks: BTreeSet<char>,
    markup: BTreeSet<String>,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = Known {
            words: BTreeSet::new(),
            marks: BTreeSet::new(),
            markup: BTreeSet::new(),
        };
        let files = Around::Behind.files(HARMLESS);
        for file in &files {
            if is_library(file) {
                let words = file
                    .text
                    .split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                known.words.extend(words.map(str::to_owned));
            }
            match read(file) {
                Read::Code(tokens) => {
                    for token in tokens {
                        match token {
                            Token::Word(word) => drop(known.words.insert(word)),
                            Token::Mark(mark) => drop(known.marks.insert(mark)),
                            Token::Text(_) | Token::Comment => {}
                        }
                    }
                }
                Read::Page(page) => known
                    .markup
                    .extend(page.markup.into_iter().filter(|markup| !is_marker(markup))),
                Read::Parts(_) | Read::Same => {}
            }
        }
        let own = own_names(&files);
        known.words.retain(|word| !own.contains(word));
        known
    })
}

fn is_marker(markup: &str) -> bool {
    markup.starts_with("<!-- @generated by cargo-emc ")
        && markup.matches("-->").count() == 1
        && markup.ends_with("-->")
}

/// A page leads nowhere but to other pages, loads nothing, and holds no markup
/// but the generator's own.
fn page_is_safe(file: &Artifact, page: &Page) {
    let path = &file.path;
    for link in &page.links {
        let plain = |c: char| c.is_ascii_alphanumeric() || "#/._-%".contains(c);
        assert!(link.chars().all(plain), "{path} links to {link:?}");
    }
    for markup in &page.markup {
        assert!(
            is_marker(markup) || known().markup.contains(markup),
            "{path} holds {markup:?}"
        );
    }
    for part in &page.shape {
        let foreign = ["Image", "Footnote", "Math", "MetadataBlock", "HtmlBlock"]
            .iter()
            .any(|kind| part.starts_with(kind));
        assert!(
            !foreign || part.starts_with("HtmlBlock"),
            "{path} holds {part}"
        );
    }
    for (language, code) in &page.code {
        assert_eq!(language, "mermaid", "{path}");
        for line in code.lines() {
            assert!(line.matches('"').count() % 2 == 0, "{path}: {line}");
        }
    }
}

/// What is the same in two files that differ in texts and in names of files.
enum Shape {
    Code(BTreeMap<Token, usize>),
    Page(Page),
    Parts(Vec<String>),
    Same,
}

impl Shape {
    fn of(read: Read, names: &BTreeSet<String>) -> Self {
        match read {
            Read::Code(tokens) => Self::Code(counted(tokens, names)),
            Read::Page(page) => Self::Page(page),
            Read::Parts(parts) => Self::Parts(parts),
            Read::Same => Self::Same,
        }
    }
}

fn alike(wanted: &Shape, found: &Artifact, names: &BTreeSet<String>) {
    let path = &found.path;
    match (wanted, Shape::of(read(found), names)) {
        (Shape::Code(wanted), Shape::Code(found)) => {
            for token in wanted.keys().chain(found.keys()) {
                let (wanted, found) = (wanted.get(token), found.get(token));
                assert_eq!(found, wanted, "{path} has {token:?} as often as that");
            }
        }
        (Shape::Page(wanted), Shape::Page(page)) => {
            page_is_safe(found, &page);
            let pairs = wanted.shape.iter().zip(&page.shape);
            let same = pairs.take_while(|(one, other)| one == other).count();
            assert!(
                wanted.shape == page.shape,
                "{path}: {:?} instead of {:?} in\n{}",
                page.shape.iter().skip(same).take(6).collect::<Vec<_>>(),
                wanted.shape.iter().skip(same).take(6).collect::<Vec<_>>(),
                found.text
            );
            assert_eq!(wanted.links.len(), page.links.len(), "{path}");
            assert_eq!(wanted.code.len(), page.code.len(), "{path}");
        }
        (Shape::Parts(wanted), Shape::Parts(parts)) => {
            let same = wanted
                .iter()
                .zip(&parts)
                .take_while(|(one, other)| one == other);
            let same = same.count();
            assert!(
                *wanted == parts,
                "{path}: {:?} instead of {:?} in\n{}",
                parts.iter().skip(same).take(6).collect::<Vec<_>>(),
                wanted.iter().skip(same).take(6).collect::<Vec<_>>(),
                found.text
            );
        }
        (wanted, found) => assert!(
            matches!((wanted, found), (Shape::Same, Shape::Same)),
            "{path}"
        ),
    }
}

/// How often each token stands in a file; the words that are names of files
/// are one, as texts are.
fn counted(tokens: Vec<Token>, names: &BTreeSet<String>) -> BTreeMap<Token, usize> {
    let mut counted = BTreeMap::new();
    for token in tokens {
        let token = match token {
            Token::Text(_) => Token::Text(String::new()),
            Token::Word(word) if names.contains(&word) => Token::Word(String::new()),
            other => other,
        };
        *counted.entry(token).or_default() += 1;
    }
    counted
}
