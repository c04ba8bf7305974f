//! The tools: where they are, and which version.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    time::Duration,
};

use super::quote::{bounded, quoting};
use crate::{
    diagnostic::{
        Diagnostic, Place,
        codes::environment::{TOOL_DEADLINE, TOOL_FAILED, TOOL_MISSING, TOOL_VERSION},
    },
    digest::{Digest, Framed},
    manifest::Verify,
    ops::project::Project,
    tools::{self, End, Interrupt, Program, Ran},
};

/// How long a tool may take to tell its version.
const PROMPT: Duration = Duration::from_secs(60);

/// A tool that verifies a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tool {
    /// The prover.
    Lean,
    /// The player of journeys.
    Quint,
}

impl Tool {
    /// Both.
    pub const ALL: &[Self] = &[Self::Lean, Self::Quint];

    /// The name of the family, of the key in the manifest, and of the program.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lean => "lean",
            Self::Quint => "quint",
        }
    }

    fn words(self, verify: &Verify) -> Vec<String> {
        let words = match self {
            Self::Lean => &verify.lean,
            Self::Quint => &verify.quint,
        };
        words
            .clone()
            .unwrap_or_else(|| vec![self.name().to_owned()])
    }

    /// The version in what `--version` prints.
    fn version(self, said: &str) -> Option<&str> {
        let version = match self {
            Self::Lean => said.split_once("version ")?.1,
            Self::Quint => said.lines().last()?.trim(),
        };
        let end = version.find([',', ' ', ')', '\n']).unwrap_or(version.len());
        let version = version.get(..end)?;
        version
            .starts_with(|first: char| first.is_ascii_digit())
            .then_some(version)
    }

    /// Whether the modules are written for a version.
    fn fits(self, version: &str) -> bool {
        let mut numbers = version.split(['.', '-']).map(str::parse::<u32>);
        let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
            return false;
        };
        match self {
            Self::Lean => (major, minor) == (4, 28),
            Self::Quint => (major, minor) >= (0, 33),
        }
    }

    /// Which versions fit, in words.
    fn wanted(self) -> &'static str {
        match self {
            Self::Lean => "4.28",
            Self::Quint => "0.33 or later",
        }
    }

    /// Three ways to a tool that fits.
    fn ways(self) -> [String; 3] {
        let first = match self {
            Self::Lean => {
                "install elan (https://github.com/leanprover/elan): its `lean` takes the version \
                 that `lean-toolchain` beside the modules names"
            }
            Self::Quint => "with npm: `npm install --global @informalsystems/quint@0.33.1`",
        };
        let name = self.name();
        [
            first.to_owned(),
            format!("or name another command in emc.toml: `[verify] {name} = [\"PATH\"]`"),
            format!(
                "or, as a maintainer of cargo-emc, run `tools/formal/install`, which takes it from \
                 npm, and name `tools/formal/{name}`"
            ),
        ]
    }
}

/// A tool that was looked for.
#[derive(Clone, Debug)]
pub struct Looked {
    /// Which one.
    pub tool: Tool,
    /// Program and arguments, as the manifest says it or by default.
    pub words: Vec<String>,
    /// The tool, or why it cannot be used.
    pub found: Result<Found, Diagnostic>,
}

/// A tool that can be used.
#[derive(Clone, Debug)]
pub struct Found {
    /// The program.
    pub path: PathBuf,
    /// The version.
    pub version: String,
    /// All that it says of its version.
    said: String,
    arguments: Vec<OsString>,
}

impl Looked {
    /// Look for a tool, and ask it for its version.
    pub fn up(project: &Project, tool: Tool, limit: Duration, interrupt: &Interrupt) -> Self {
        let words = tool.words(&project.manifest.verify);
        let found = found(project, tool, &words, limit.min(PROMPT), interrupt);
        Self { tool, words, found }
    }

    /// Where it was looked for.
    pub fn places(&self) -> String {
        let name = self.words.first().map_or("", String::as_str);
        if Path::new(name).components().count() > 1 {
            return "the folder of the project".to_owned();
        }
        match std::env::var("PATH") {
            Ok(path) if !path.is_empty() => format!("PATH: {path}"),
            _ => "PATH, which is empty".to_owned(),
        }
    }
}

fn found(
    project: &Project,
    tool: Tool,
    words: &[String],
    limit: Duration,
    interrupt: &Interrupt,
) -> Result<Found, Diagnostic> {
    let (name, rest) = words
        .split_first()
        .map_or((tool.name(), words), |(name, rest)| (name.as_str(), rest));
    let place = Place::file(project.place.clone());
    let with_ways = |finding: Diagnostic| {
        let ways = tool.ways();
        ways.into_iter().fold(finding, Diagnostic::help)
    };
    let path = tools::find(name, &project.root).map_err(|_| {
        let finding = Diagnostic::new(
            &TOOL_MISSING,
            format!(
                "there is no program `{name}` to verify the {} modules",
                tool.name()
            ),
        );
        with_ways(finding.at(place.clone()))
    })?;
    let found = Found {
        path,
        version: String::new(),
        said: String::new(),
        arguments: rest.iter().map(OsString::from).collect(),
    };
    let ran = found
        .run(
            &project.root,
            &["--version".into()],
            Vec::new(),
            limit,
            interrupt,
        )
        .map_err(|finding| finding.at(place.clone()))?;
    let said = ran.output.text();
    match (ran.end, tool.version(&said)) {
        (End::Code(_), Some(version)) if tool.fits(version) => Ok(Found {
            version: version.to_owned(),
            said: said.trim().to_owned(),
            ..found
        }),
        (End::Code(_), Some(version)) => Err(with_ways(
            Diagnostic::new(
                &TOOL_VERSION,
                format!(
                    "`{name}` is {} {}, and the modules are written for {}",
                    tool.name(),
                    bounded(version),
                    tool.wanted()
                ),
            )
            .at(place),
        )),
        (End::Code(0), None) => Err(quoting(
            Diagnostic::new(
                &TOOL_VERSION,
                format!("`{name} --version` tells no version"),
            )
            .at(place),
            &said,
        )),
        (end, _) => Err(unfinished(&format!("{name} --version"), end, &ran, limit).at(place)),
    }
}

impl Found {
    /// Run the tool. What the manifest says comes before the other arguments.
    pub(super) fn run(
        &self,
        folder: &Path,
        arguments: &[OsString],
        variables: Vec<(&'static str, OsString)>,
        limit: Duration,
        interrupt: &Interrupt,
    ) -> Result<Ran, Diagnostic> {
        let program = Program {
            path: self.path.clone(),
            arguments: self.arguments.iter().chain(arguments).cloned().collect(),
            folder: folder.to_owned(),
            variables,
        };
        tools::run(&program, limit, interrupt).map_err(|problem| {
            Diagnostic::new(
                &TOOL_FAILED,
                format!("`{}` cannot be run: {problem}", self.path.display()),
            )
        })
    }

    /// What the result of a step depends on besides its modules.
    pub(super) fn key(&self, domain: &str) -> Digest {
        let mut key = Framed::new(domain);
        key.field(self.said.as_bytes());
        for argument in &self.arguments {
            key.field(argument.as_encoded_bytes());
        }
        key.finish()
    }
}

/// The finding for a run that gave no result.
pub(super) fn unfinished(step: &str, end: End, ran: &Ran, limit: Duration) -> Diagnostic {
    let finding = match end {
        End::Deadline => Diagnostic::new(
            &TOOL_DEADLINE,
            format!("`{step}` was not done after {} seconds", limit.as_secs()),
        )
        .help("give it more time: `cargo emc verify --timeout SECONDS`"),
        End::Interrupted => Diagnostic::new(
            &crate::diagnostic::codes::environment::INTERRUPTED,
            format!("`{step}` was interrupted"),
        )
        .help("run `cargo emc verify` again: it goes on from there"),
        End::Signal(signal) => Diagnostic::new(
            &TOOL_FAILED,
            format!("`{step}` was ended by signal {signal}"),
        )
        .help("run it again; a tool that runs out of memory is ended like this"),
        End::Code(code) => Diagnostic::new(
            &TOOL_FAILED,
            format!("`{step}` ended with exit code {code} and without a result"),
        )
        .help("`cargo emc verify --list` tells which tool it is; report this if its version fits"),
    };
    quoting(finding, &(ran.output.text() + "\n" + &ran.errors.text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_judged() {
        let lean = "Lean (version 4.28.0-pre, wasm32-unknown-emscripten, commit 38f3, Release)\n";
        assert_eq!(Tool::Lean.version(lean), Some("4.28.0-pre"));
        assert_eq!(Tool::Lean.version("lean, of sorts"), None);
        assert_eq!(Tool::Quint.version("0.33.1\n"), Some("0.33.1"));
        assert_eq!(Tool::Quint.version("quint"), None);
        for (tool, version, fits) in [
            (Tool::Lean, "4.28.0-pre", true),
            (Tool::Lean, "4.2.0", false),
            (Tool::Lean, "4", false),
            (Tool::Quint, "0.33.1", true),
            (Tool::Quint, "1.0.0", true),
            (Tool::Quint, "0.22.4", false),
        ] {
            assert_eq!(tool.fits(version), fits, "{version}");
        }
    }
}
