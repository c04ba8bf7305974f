//! Where everything that is printed goes: findings and status to stderr, data
//! and the lines of a program to stdout.

use std::{
    io::{IsTerminal as _, Write as _, stderr, stdout},
    path::Path,
    sync::Arc,
};

use clap::ColorChoice;
use serde_json::json;

use super::{
    Exit,
    args::{Global, MessageFormat},
    turns::{Stream, Turns},
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
    /// The manifest of the project that everything is about, as it is called.
    manifest: Option<String>,
    /// SARIF is one document: its findings wait for the end.
    waiting: Vec<Diagnostic>,
    /// Where several projects speak at a time: who this one is.
    turn: Option<(Arc<Turns>, usize)>,
    /// What became of the project, in a word.
    came_to: Option<&'static str>,
    /// What became of each of several projects.
    summary: Vec<Ended>,
}

/// What became of one of several projects.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Its manifest, as it is called.
    pub manifest: String,
    /// How it ended.
    pub exit: Exit,
    /// The same in a word or two.
    pub outcome: &'static str,
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
            manifest: None,
            waiting: Vec::new(),
            turn: None,
            came_to: None,
            summary: Vec::new(),
        };
        if screen.format == MessageFormat::Json {
            screen.json(&json!({
                "reason": "header",
                "schema": diagnostic::json::SCHEMA,
                "tool": "cargo-emc",
                "version": env!("CARGO_PKG_VERSION"),
            }));
        }
        screen
    }

    /// A screen for one of several projects that speak at a time.
    pub fn beside(&self, turns: &Arc<Turns>, speaker: usize) -> Self {
        Self {
            format: self.format,
            verbosity: self.verbosity,
            color: self.color,
            prefix: String::new(),
            manifest: None,
            waiting: Vec::new(),
            turn: Some((Arc::clone(turns), speaker)),
            came_to: None,
            summary: Vec::new(),
        }
    }

    /// Everything was said with a screen for one of several projects.
    pub fn over(&self) {
        if let Some((turns, speaker)) = &self.turn {
            turns.over(*speaker);
        }
    }

    /// Which one of several it is for.
    pub fn speaker(&self) -> usize {
        self.turn.as_ref().map_or(0, |(_, speaker)| *speaker)
    }

    /// Take over what a screen for one of several has kept for the end.
    pub fn take(&mut self, beside: Self) {
        self.waiting.extend(beside.waiting);
    }

    /// What became of the project, in a word.
    pub fn came_to(&mut self, word: &'static str) {
        self.came_to = Some(word);
    }

    /// What became of the project that was entered last.
    pub fn ended(&mut self, exit: Exit) -> Ended {
        let word = self.came_to.take();
        Ended {
            manifest: self.manifest.clone().unwrap_or_default(),
            exit,
            outcome: match exit {
                Exit::Clean => word.unwrap_or("clean"),
                Exit::Findings => "with findings",
                Exit::Usage => "not as its manifest should be",
                Exit::Environment => "failed",
            },
        }
    }

    /// One line about all of several projects, and their ends for the last line.
    pub fn summary(&mut self, ended: Vec<Ended>) {
        self.tally(&ended);
        self.summary = ended;
    }

    /// What follows is about no project.
    pub fn leave(&mut self) {
        self.manifest = None;
    }

    /// One line about all of several projects.
    pub fn tally(&self, ended: &[Ended]) {
        let mut counts: Vec<(Exit, &str, usize)> = Vec::new();
        for one in ended {
            match counts.iter_mut().find(|(_, word, _)| *word == one.outcome) {
                Some((_, _, count)) => *count += 1,
                None => counts.push((one.exit, one.outcome, 1)),
            }
        }
        // The good news first.
        counts.sort_by_key(|(exit, word, _)| (*exit, *word != "fresh"));
        let counts: Vec<String> = counts
            .into_iter()
            .map(|(_, word, count)| format!("{count} {word}"))
            .collect();
        let text = format!("{} projects: {}", ended.len(), counts.join(", "));
        self.line(Verbosity::Normal, "Summary", &text);
    }

    /// What follows is about this project.
    pub fn enter(&mut self, project: &Project, several: bool) {
        self.manifest = Some(project.label.clone());
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
                self.json(&json!({ "reason": "project" }));
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
            manifest: self.manifest.as_deref(),
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
            MessageFormat::Json | MessageFormat::Github => self.say(Stream::Out, &text),
            _ => self.say(Stream::Err, &text),
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
            self.say(
                Stream::Err,
                &format!("\u{1b}[1;32m{verb:>12}\u{1b}[0m {text}\n"),
            );
        } else {
            self.say(Stream::Err, &format!("{verb:>12} {text}\n"));
        }
    }

    /// Text that was asked for.
    pub fn data(&self, text: &str) {
        self.say(Stream::Out, text);
    }

    /// Text beside the findings, on their stream.
    pub fn aside(&self, text: &str) {
        if matches!(self.format, MessageFormat::Human | MessageFormat::Short) {
            self.say(Stream::Err, text);
        }
    }

    /// Whether somebody sits at a terminal and watches what is done.
    pub fn is_watched(&self) -> bool {
        matches!(self.format, MessageFormat::Human | MessageFormat::Short)
            && self.verbosity >= Verbosity::Normal
            && self.turn.is_none()
            && stderr().is_terminal()
            && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
    }

    /// Whether a program reads.
    pub fn is_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// One line for a program, if one reads.
    pub fn json_line(&self, value: &serde_json::Value) {
        if self.is_json() {
            self.json(value);
        }
    }

    /// Whether all findings are one document, printed at the end.
    pub fn is_one_document(&self) -> bool {
        self.format == MessageFormat::Sarif
    }

    /// Clear the terminal, if there is one and a person reads.
    pub fn clear(&self) {
        if stderr().is_terminal() {
            self.aside("\u{1b}[2J\u{1b}[3J\u{1b}[H");
        }
    }

    /// One line for a program. It carries the manifest of the project that it is
    /// about.
    pub fn json(&self, value: &serde_json::Value) {
        let mut value = value.clone();
        if let (Some(object), Some(manifest)) = (value.as_object_mut(), &self.manifest) {
            object.insert("manifest".to_owned(), manifest.as_str().into());
        }
        self.say(Stream::Out, &format!("{value}\n"));
    }

    fn say(&self, stream: Stream, text: &str) {
        match &self.turn {
            Some((turns, speaker)) => turns.say(*speaker, stream, text),
            None => say(stream, text),
        }
    }

    /// The end of the run.
    pub fn end(&mut self, exit: Exit) {
        match self.format {
            MessageFormat::Json => {
                self.manifest = None;
                let mut line = json!({ "reason": "summary", "exit": exit as u8 });
                if !self.summary.is_empty() {
                    let projects = self.summary.iter().map(|ended| {
                        json!({
                            "manifest": ended.manifest, "exit": ended.exit as u8,
                            "outcome": ended.outcome,
                        })
                    });
                    line["projects"] = projects.collect();
                }
                self.json(&line);
            }
            MessageFormat::Sarif => {
                let mut text = String::new();
                let options = Options::default();
                let _ = diagnostic::sarif::render(&self.waiting, &options, &mut text);
                self.say(Stream::Out, &text);
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

/// Print at once. A reader that closed the pipe has seen enough; nothing else can
/// be done about a stream that takes nothing.
pub fn say(stream: Stream, text: &str) {
    let _ = match stream {
        Stream::Out => stdout().write_all(text.as_bytes()),
        Stream::Err => stderr().write_all(text.as_bytes()),
    };
}
