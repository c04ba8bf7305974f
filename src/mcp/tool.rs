//! A tool as data, and what a call of it comes to.

use std::fmt::Write as _;

use schemars::{JsonSchema, Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    diagnostic::{self, Diagnostic, Level, Options, codes::manifest::USAGE, json::Object, plain},
    disk::Failure,
    document::hint,
    ops::{exit::Exit, session::Session},
    tools::Interrupt,
};

/// One tool.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// What it does, for the agent that chooses it.
    pub description: &'static str,
    /// What it does to the project.
    pub effect: Effect,
    /// The schema of its arguments.
    pub schema: fn() -> Map<String, Value>,
    /// Carry it out.
    pub run: fn(&Call<'_>, Value) -> Result<Reply, Vec<Diagnostic>>,
}

/// What a tool does to the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// When it may run.
    pub turn: Turn,
    /// Whether a second call with the same arguments changes nothing more.
    pub idempotent: bool,
    /// Whether it can change or remove what is there.
    pub destructive: bool,
}

/// When a call may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// At any time: it only reads.
    Reads,
    /// When no other call writes.
    Writes,
    /// When no other call verifies; what it writes at its end waits for the store.
    Verifies,
}

/// What a tool may use.
pub struct Call<'a> {
    /// The project.
    pub session: &'a Session,
    /// Raised when the client wants no answer any more.
    pub interrupt: &'a Interrupt,
    /// Tells the client how far it is.
    pub tell: &'a dyn Fn(Step),
}

/// A step of a call that is over.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it was.
    pub message: String,
    /// How many there are, as far as it is known.
    pub of: Option<u32>,
}

impl Call<'_> {
    /// Another build or verification is under way.
    pub fn waiting(&self) {
        (self.tell)(Step {
            message: "waiting for another build of this project".to_owned(),
            of: None,
        });
    }
}

/// What a call came to.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// What was asked for.
    pub result: Value,
    /// The same, for a reader.
    pub text: String,
    /// What is wrong.
    pub findings: Vec<Diagnostic>,
    /// The transaction file that was written, relative to the root.
    pub transaction: Option<String>,
}

/// The structured content of every answer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer<'a> {
    /// The root of the project, which no call leaves
    root: String,
    /// 0 clean, 1 findings, 2 usage or manifest, 3 environment (a lock, a missing tool, I/O)
    exit: u8,
    /// The transaction file that this call wrote, relative to the root
    transaction: Option<String>,
    /// How many findings there are
    counts: Counts,
    /// What is wrong, errors first; the first ones only where there are many
    findings: Vec<Object<'a>>,
    /// What was asked for; null when the call was refused
    result: Value,
}

/// How many findings of each level there are.
#[derive(Debug, Serialize, JsonSchema)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// How many findings an answer shows: what a reader can act on at once.
pub const SHOWN: usize = 50;

/// An answer as the protocol carries it.
pub struct Sent {
    /// For programs.
    pub structured: Value,
    /// For readers.
    pub text: String,
    /// Whether the call was refused.
    pub refused: bool,
}

/// What a call came to, ready to be sent.
pub fn sent(session: &Session, ended: Result<Reply, Vec<Diagnostic>>) -> Sent {
    let refused = ended.is_err();
    let mut reply = ended.unwrap_or_else(|findings| Reply {
        text: "Refused; nothing was written.\n".to_owned(),
        findings,
        ..Reply::default()
    });
    // Stable: what an operation has ordered stays in its order.
    reply.findings.sort_by_key(|finding| finding.level);
    let count = |level| {
        let findings = reply.findings.iter();
        findings.filter(|finding| finding.level == level).count()
    };
    let root = session.found.root.display().to_string();
    let options = Options::default();
    let answer = Answer {
        exit: Exit::of(&reply.findings) as u8,
        transaction: reply.transaction.clone(),
        counts: Counts {
            errors: count(Level::Error),
            warnings: count(Level::Warning),
            notes: count(Level::Note),
        },
        findings: reply
            .findings
            .iter()
            .take(SHOWN)
            .map(|finding| Object::of(finding, &options))
            .collect(),
        result: reply.result,
        root,
    };
    let mut text = reply.text;
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    let options = Options {
        limit: Some(SHOWN),
        ..options
    };
    // Writing into a String cannot fail.
    let _ = plain::render(&reply.findings, &options, &mut text);
    if let Some(count) = diagnostic::count(&reply.findings) {
        let _ = writeln!(text, "{count}");
    }
    if let Some(transaction) = &answer.transaction {
        let _ = writeln!(text, "wrote {transaction} in {}", answer.root);
    }
    Sent {
        // No key of it is anything but text.
        structured: serde_json::to_value(&answer).unwrap_or_default(),
        text,
        refused,
    }
}

/// The schema of a type, with an object at its root.
pub fn schema<T: JsonSchema>() -> Map<String, Value> {
    let schema = SchemaSettings::draft2020_12()
        // The protocol says which it is.
        .with(|settings| settings.meta_schema = None)
        .with_transform(RecursiveTransform(|schema: &mut Schema| {
            // Formats of Rust, such as `uint32`: clients warn of them.
            schema.remove("format");
        }))
        .into_generator()
        .into_root_schema_for::<T>();
    match schema.to_value() {
        Value::Object(mut schema) => {
            // The name of a type in this program says nothing to anybody.
            schema.remove("title");
            schema
        }
        _ => Map::new(),
    }
}

/// The arguments of a call.
///
/// # Errors
/// What the tool does not take, with the closest key that it takes.
pub fn arguments<T: DeserializeOwned>(given: Value) -> Result<T, Vec<Diagnostic>> {
    serde_json::from_value(given).map_err(|error| {
        let message = error.to_string();
        let hint = hint(&message);
        let finding = Diagnostic::new(&USAGE, format!("the arguments do not fit: {message}"));
        vec![match hint {
            Some(hint) => finding.help(hint),
            None => finding,
        }]
    })
}

/// A failure of the system as the only finding.
#[allow(clippy::needless_pass_by_value)] // for `map_err`.
pub fn failed(failure: Failure) -> Vec<Diagnostic> {
    vec![failure.diagnostic()]
}
