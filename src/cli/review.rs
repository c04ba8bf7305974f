//! `cargo emc review`.

use clap::{Args, Subcommand, ValueEnum};

use super::{
    Exit,
    args::Extent,
    edit::{how_far, tell, tell_build, waiting},
    screen::{Screen, Verbosity},
};
use crate::{
    diagnostic::{Diagnostic, closest},
    event::{ReviewFinding, Text, vocabulary::ReviewCategory},
    ops::{
        clock::moment,
        project::Project,
        render::{json, text as told},
        review::{self, Recording},
    },
};

/// `cargo emc review`
#[derive(Debug, Subcommand)]
pub enum Review {
    /// Fail, with each reason, unless workflows are reviewed as they are: for CI
    Gate(Gate),
    /// Record what a reviewer found in a workflow
    Record(Record),
    /// Show what changed in a workflow since its last clean review
    Diff(Diff),
}

impl Review {
    /// Whether it writes to the store: that is meant for one project.
    pub fn writes(&self) -> bool {
        matches!(self, Self::Record(_))
    }
}

/// `cargo emc review gate`
#[derive(Args, Debug)]
pub struct Gate {
    /// This workflow; all of them without it
    #[arg(long, value_name = "SLUG")]
    pub workflow: Option<String>,
    /// Demand that Lean and Quint have accepted it as it is, too
    #[arg(long)]
    pub ready: bool,
}

/// `cargo emc review record`
#[derive(Args, Debug)]
#[command(after_help = categories())]
pub struct Record {
    /// The workflow that was reviewed
    #[arg(long, value_name = "SLUG", value_parser = text)]
    pub workflow: Text,
    /// Who reviewed it
    #[arg(long, value_name = "NAME", value_parser = text)]
    pub reviewer: Text,
    /// Something that has to be mended; may be given again. Without any the
    /// review is clean in all categories
    #[arg(long, value_name = "CATEGORY=TEXT", value_parser = finding)]
    pub finding: Vec<ReviewFinding>,
    /// When it was reviewed, in UTC [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub reviewed_at: Option<Text>,
    /// Record it only if the workflow still has this content digest, as
    /// `review gate` tells it to programs
    #[arg(long, value_name = "DIGEST", value_parser = text)]
    pub content: Option<Text>,
    /// How far to go.
    #[command(flatten)]
    pub extent: Extent,
}

/// `cargo emc review diff`
#[derive(Args, Debug)]
pub struct Diff {
    /// This workflow; all of them without it
    #[arg(long, value_name = "SLUG")]
    pub workflow: Option<String>,
    /// How it is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
}

/// How a difference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For a terminal
    Text,
    /// For a pull request
    Markdown,
    /// One JSON object for each workflow
    Json,
}

fn categories() -> String {
    let words: Vec<&str> = ReviewCategory::ALL.iter().map(|one| one.as_str()).collect();
    format!("Categories: {}", words.join(", "))
}

fn text(text: &str) -> Result<Text, String> {
    Text::new(text).map_err(|_| "it is empty".to_owned())
}

fn finding(argument: &str) -> Result<ReviewFinding, String> {
    let Some((category, words)) = argument.split_once('=') else {
        return Err("CATEGORY=TEXT is expected".to_owned());
    };
    let category = category.trim();
    Ok(ReviewFinding {
        category: category.parse().map_err(|_| {
            let known = ReviewCategory::ALL.iter().map(|one| one.as_str());
            match closest(category, known) {
                Some(close) => {
                    format!("there is no category `{category}`; did you mean `{close}`?")
                }
                None => format!("there is no category `{category}`; {}", categories()),
            }
        })?,
        text: Text::new(words).map_err(|_| "the text behind `=` is empty".to_owned())?,
    })
}

/// Run `cargo emc review` on a project.
pub fn run(project: &Project, what: &Review, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    match what {
        Review::Gate(arguments) => gate(project, arguments, screen),
        Review::Record(arguments) => record(project, arguments, screen),
        Review::Diff(arguments) => diff(project, arguments, screen),
    }
}

fn gate(project: &Project, arguments: &Gate, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    let gate = review::gate(project, arguments.workflow.as_deref(), arguments.ready)?;
    for one in &gate.workflows {
        if screen.is_json() {
            screen.json(&json::gate(one));
        } else {
            let verb = if one.is_open() { "Open" } else { "Closed" };
            screen.line(Verbosity::Normal, verb, &told::gate(one));
        }
    }
    let findings = gate.findings();
    screen.findings(&findings);
    Ok(Exit::of(&findings))
}

fn record(
    project: &Project,
    arguments: &Record,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let recording = Recording {
        workflow: arguments.workflow.clone(),
        reviewer: arguments.reviewer.clone(),
        reviewed_at: arguments.reviewed_at.clone(),
        findings: arguments.finding.clone(),
        content: arguments.content.clone(),
    };
    let extent = how_far(arguments.extent);
    let recorded = review::record(project, &recording, extent, || waiting(screen))?;
    tell(&recorded, arguments.extent.dry_run, screen);
    let built = recorded.built;
    Ok(built.map_or(Exit::Clean, |built| tell_build(built, screen)))
}

fn diff(project: &Project, arguments: &Diff, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    let changed = review::diff(project, arguments.workflow.as_deref())?;
    let parts: Vec<String> = match arguments.format {
        DiffFormat::Json => Vec::new(),
        _ if screen.is_json() => Vec::new(),
        DiffFormat::Text => changed.iter().map(review::Changed::text).collect(),
        DiffFormat::Markdown => changed.iter().map(review::Changed::markdown).collect(),
    };
    screen.data(&parts.join("\n"));
    if arguments.format == DiffFormat::Json || screen.is_json() {
        for one in &changed {
            screen.json(&json::changed(one));
        }
    }
    Ok(Exit::Clean)
}
