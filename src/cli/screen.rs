//! Where everything that is printed goes: findings and status to stderr, data
//! and the lines of a program to stdout.

use std::{
    io::{IsTerminal as _, Write as _, stderr, stdout},
    path::Path,
};

use clap::ColorChoice;
use serde_json::json;

use super::{
    Exit,
    args::{Global, MessageFormat},
};
use crate::{
    diagnostic::{self, Diagnostic, Options},
    disk::discover::Project,
};

/// How much is told besides findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Nothing.
    Quiet,
    /// What was done.
    Normal,
    /// Why.
    Reasons,
    /// With fingerprints.
    Fingerprints,
}

/// The terminal, or whatever stands in its place.
pub struct Screen {
    format: MessageFormat,
    /// How much is told.
    pub verbosity: Verbosity,
    color: bool,
    /// From the current folder, or from the root of the repository for an
    /// annotation, to the project: what places start with.
    prefix: String,
    /// SARIF is one document: its findings wait for the end.
    waiting: Vec<Diagnostic>,
}

/// How many findings a person sees at once.
const SCREENFUL: usize = 30;

impl Screen {
    /// The screen that the global flags ask for.
    pub fn of(global: &Global) -> Self {
        let color = match global.color {
            Some(ColorChoice::Always) => true,
            Some(ColorChoice::Never) => false,
            Some(ColorChoice::Auto) | None => {
                std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && stderr().is_terminal()
            }
        };
        let screen = Self {
            format: global.message_format,
            verbosity: match (global.quiet, global.verbose) {
                (true, _) => Verbosity::Quiet,
                (_, 0) => Verbosity::Normal,
                (_, 1) => Verbosity::Reasons,
                _ => Verbosity::Fingerprints,
            },
            color,
            prefix: String::new(),
            waiting: Vec::new(),
        };
        if screen.format == MessageFormat::Json {
            Screen::json(&json!({
                "reason": "header",
                "schema": diagnostic::json::SCHEMA,
                "tool": "cargo-emc",
                "version": env!("CARGO_PKG_VERSION"),
            }));
        }
        screen
    }

    /// What follows is about this project.
    pub fn enter(&mut self, project: &Project, several: bool) {
        self.prefix = match self.format {
            MessageFormat::Github | MessageFormat::Sarif => {
                prefix(repository(&project.root), &project.root)
            }
            _ => std::env::current_dir()
                .map(|here| prefix(Some(&here), &project.root))
                .unwrap_or_default(),
        };
        match self.format {
            MessageFormat::Json => {
                Self::json(&json!({ "reason": "project", "manifest": project.label }));
            }
            _ if several || self.verbosity >= Verbosity::Reasons => {
                self.line(Verbosity::Normal, "Project", &project.label);
            }
            _ => {}
        }
    }

    /// Print findings.
    pub fn findings(&mut self, findings: &[Diagnostic]) {
        if findings.is_empty() {
            return;
        }
        let limit = (self.verbosity < Verbosity::Reasons).then_some(SCREENFUL);
        let options = Options {
            color: self.color,
            limit,
            prefix: &self.prefix,
        };
        let mut text = String::new();
        // Writing into a String cannot fail.
        let _ = match self.format {
            MessageFormat::Human => diagnostic::human::render(findings, &options, &mut text),
            MessageFormat::Short => diagnostic::short::render(findings, &options, &mut text),
            MessageFormat::Json => diagnostic::json::render(findings, &options, &mut text),
            MessageFormat::Github => diagnostic::github::render(findings, &options, &mut text),
            MessageFormat::Sarif => {
                for finding in findings {
                    let mut finding = finding.clone();
                    if let Some(place) = &mut finding.place {
                        place.file = options.file(place);
                    }
                    self.waiting.push(finding);
                }
                return;
            }
        };
        match self.format {
            MessageFormat::Json | MessageFormat::Github => print(&text),
            _ => complain(&text),
        }
    }

    /// A line about something that was done: a verb of the past and what it was
    /// done to.
    pub fn line(&self, at: Verbosity, verb: &str, text: &str) {
        if self.verbosity < at || self.format == MessageFormat::Json {
            return;
        }
        let text = diagnostic::printable(text);
        if self.color {
            complain(&format!("\u{1b}[1;32m{verb:>12}\u{1b}[0m {text}\n"));
        } else {
            complain(&format!("{verb:>12} {text}\n"));
        }
    }

    /// Text that was asked for.
    pub fn data(text: &str) {
        print(text);
    }

    /// Text beside the findings, on their stream.
    pub fn aside(&self, text: &str) {
        if matches!(self.format, MessageFormat::Human | MessageFormat::Short) {
            complain(text);
        }
    }

    /// Whether a program reads.
    pub fn is_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// One line for a program.
    pub fn json(value: &serde_json::Value) {
        print(&format!("{value}\n"));
    }

    /// The end of the run.
    pub fn end(&mut self, exit: Exit) {
        match self.format {
            MessageFormat::Json => Self::json(&json!({ "reason": "summary", "exit": exit as u8 })),
            MessageFormat::Sarif => {
                let mut text = String::new();
                let options = Options::default();
                let _ = diagnostic::sarif::render(&self.waiting, &options, &mut text);
                print(&text);
            }
            _ => {}
        }
    }
}

/// The way from a folder down to another one, with `/` at its end; empty when
/// there is none.
fn prefix(from: Option<&Path>, to: &Path) -> String {
    let Some(way) = from.and_then(|from| to.strip_prefix(from).ok()) else {
        return String::new();
    };
    way.iter().fold(String::new(), |text, part| {
        text + &part.to_string_lossy() + "/"
    })
}

fn repository(root: &Path) -> Option<&Path> {
    root.ancestors().find(|folder| folder.join(".git").exists())
}

// A reader that closed the pipe has seen enough; nothing else can be done about
// a stream that takes nothing.
fn print(text: &str) {
    let _ = stdout().write_all(text.as_bytes());
}

fn complain(text: &str) {
    let _ = stderr().write_all(text.as_bytes());
}
