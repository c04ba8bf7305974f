//! The command line: what a person types, and what they see.

mod apply;
mod args;
mod check;
mod conflicts;
mod edit;
mod elements;
mod explain;
mod fix;
mod import;
mod init;
mod list;
mod log;
mod mcp;
mod resolve;
mod revise;
mod screen;
mod show;
mod status;
mod verbs;
mod verify;

use std::{ffi::OsString, process::ExitCode};

use clap::{CommandFactory as _, Parser as _, error::ErrorKind};

pub use crate::ops::exit::Exit;
pub use args::Cli;
use args::{Global, MessageFormat, Verb};
use screen::Screen;

use crate::{
    diagnostic::{Diagnostic, codes::manifest::USAGE},
    disk::{
        Failure,
        discover::{self, Surroundings},
        target,
        workspace::{self, Selection},
    },
    ops::{
        project::Project,
        session::{Door, Session},
    },
};

/// Serves a session until it ends, and tells where it can be reached.
pub type Serve = fn(&Session, &Door, &dyn Fn(&str)) -> Result<(), Vec<Diagnostic>>;

/// Run a command line; the first argument is the program. `serve` is what stands
/// behind `cargo emc mcp`: the command line knows no server.
pub fn run(arguments: impl IntoIterator<Item = OsString>, serve: Option<Serve>) -> ExitCode {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    // cargo starts us as `cargo-emc emc ...`.
    if arguments.get(1).is_some_and(|argument| argument == "emc") {
        arguments.remove(1);
    }
    let mut cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe is no reason to complain.
            let _ = error.print();
            return match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Clean.into(),
                _ => Exit::Usage.into(),
            };
        }
    };
    if matches!(cli.verb, Verb::Mcp(_)) {
        // The standard output belongs to the protocol.
        cli.global.message_format = MessageFormat::Human;
    }
    let mut screen = Screen::of(&cli.global);
    let exit = match dispatch(&cli, serve, &mut screen) {
        Ok(exit) => exit,
        Err(findings) => {
            screen.findings(&findings);
            Exit::of(&findings)
        }
    };
    screen.end(exit);
    exit.into()
}

fn dispatch(cli: &Cli, serve: Option<Serve>, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
    match &cli.verb {
        Verb::Init(init) => init::run(init, &cli.global, screen),
        Verb::Apply(apply) => apply::run(apply, &cli.global, screen),
        Verb::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "cargo-emc", &mut text);
            Screen::data(&String::from_utf8_lossy(&text));
            Ok(Exit::Clean)
        }
        Verb::Mcp(mcp) => mcp::run(mcp, &cli.global, serve, screen),
        Verb::Man { out } => verbs::man(out, screen),
        Verb::Explain(explain) => explain::run(explain, &cli.global, screen),
        Verb::Build(build) => each(&cli.global, screen, |project, screen| {
            verbs::build(project, build, screen)
        }),
        Verb::Check(check) => each(&cli.global, screen, |project, screen| {
            check::run(project, check, screen)
        }),
        Verb::Verify(verify) => {
            let interrupt = verify::interrupt();
            each(&cli.global, screen, |project, screen| {
                verify::run(project, verify, &interrupt, screen)
            })
        }
        Verb::Fix(extent) => one(&cli.global, screen, |project, screen| {
            fix::run(project, *extent, screen)
        }),
        Verb::Edit(edit) => one(&cli.global, screen, |project, screen| {
            revise::run(project, edit, screen)
        }),
        Verb::Add(add) => add.run(&cli.global, screen),
        Verb::Update(update) => update.run(&cli.global, screen),
        Verb::Remove(remove) => remove.run(&cli.global, screen),
        Verb::Connect(connect) => connect.run(&cli.global, screen),
        Verb::List { what } => each(&cli.global, screen, |project, screen| {
            list::run(project, what, screen)
        }),
        Verb::Show { part } => each(&cli.global, screen, |project, screen| {
            show::run(project, part, screen)
        }),
        Verb::Log(log) => each(&cli.global, screen, |project, screen| {
            log::run(project, log, screen)
        }),
        Verb::Import(import) => import::run(import, &cli.global, screen),
        Verb::Resolve(resolve) => each(&cli.global, screen, |project, screen| {
            resolve::run(project, resolve, screen)
        }),
        Verb::Status => each(&cli.global, screen, status::run),
        Verb::Clean(clean) => each(&cli.global, screen, |project, screen| {
            verbs::clean(project, clean, screen)
        }),
        Verb::Export(export) => each(&cli.global, screen, |project, screen| {
            show::export(project, export, screen)
        }),
    }
}

/// What is done with a project.
type Run<'a> = dyn FnMut(&Project, &mut Screen) -> Result<Exit, Vec<Diagnostic>> + 'a;

/// Which of the projects that are selected it is done with.
type Choose = fn(Vec<discover::Project>) -> Result<Vec<discover::Project>, Vec<Diagnostic>>;

/// Run an operation on every project that the command is about. The worst exit
/// is that of the run.
fn each(
    global: &Global,
    screen: &mut Screen,
    mut run: impl FnMut(&Project, &mut Screen) -> Result<Exit, Vec<Diagnostic>>,
) -> Result<Exit, Vec<Diagnostic>> {
    on(global, screen, &mut run, Ok)
}

/// Run an operation on the one project that the command is about: what is said
/// of a model is not meant for several of them.
fn one(
    global: &Global,
    screen: &mut Screen,
    mut run: impl FnMut(&Project, &mut Screen) -> Result<Exit, Vec<Diagnostic>>,
) -> Result<Exit, Vec<Diagnostic>> {
    on(global, screen, &mut run, |projects| {
        only(projects).map(|project| vec![project])
    })
}

fn on(
    global: &Global,
    screen: &mut Screen,
    run: &mut Run<'_>,
    choose: Choose,
) -> Result<Exit, Vec<Diagnostic>> {
    let current_dir = current_dir()?;
    let surroundings = Surroundings {
        current_dir: &current_dir,
        variables: &|name| std::env::var_os(name),
    };
    let projects = choose(workspace::projects(&selection(global), &surroundings)?)?;
    let several = projects.len() > 1;
    let mut worst = Exit::Clean;
    for found in &projects {
        screen.enter(found, several);
        let exit = Project::open(found, &target::target_dir(&found.root, &surroundings))
            .and_then(|project| run(&project, screen));
        worst = worst.max(exit.unwrap_or_else(|findings| {
            screen.findings(&findings);
            Exit::of(&findings)
        }));
    }
    Ok(worst)
}

/// The only one of the projects.
fn only(mut projects: Vec<discover::Project>) -> Result<discover::Project, Vec<Diagnostic>> {
    match projects.pop() {
        Some(project) if projects.is_empty() => Ok(project),
        last => {
            let labels: Vec<&str> = projects
                .iter()
                .chain(&last)
                .map(|found| found.label.as_str())
                .collect();
            let message = format!(
                "{} projects are selected, and this verb takes one",
                labels.len()
            );
            Err(vec![
                Diagnostic::new(&USAGE, message)
                    .note(format!("selected: {}", labels.join(", ")))
                    .help("choose one with `--config PATH` or `--package SPEC`"),
            ])
        }
    }
}

fn current_dir() -> Result<std::path::PathBuf, Vec<Diagnostic>> {
    std::env::current_dir().map_err(|cause| {
        vec![
            Failure {
                action: "read the current folder",
                path: ".".to_owned(),
                cause,
            }
            .diagnostic(),
        ]
    })
}

fn selection(global: &Global) -> Selection {
    Selection {
        config: global.config.clone(),
        manifest_path: global.manifest_path.clone(),
        packages: global.package.clone(),
        workspace: global.workspace,
    }
}
