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
mod open;
mod progress;
mod projects;
mod resolve;
mod review;
mod revise;
mod screen;
mod show;
mod status;
mod turns;
mod verbs;
mod verify;
mod watch;

use std::{ffi::OsString, process::ExitCode};

use clap::{CommandFactory as _, Parser as _, error::ErrorKind};

pub use crate::ops::exit::Exit;
pub use args::Cli;
use args::{MessageFormat, Verb};
use projects::{at_once, current_dir, each, one, only, selection};
use screen::Screen;

use crate::{
    diagnostic::Diagnostic,
    ops::session::{Door, Session},
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
            screen.data(&String::from_utf8_lossy(&text));
            Ok(Exit::Clean)
        }
        Verb::Mcp(mcp) => mcp::run(mcp, &cli.global, serve, screen),
        Verb::Schema { of } => {
            show::schema(*of, screen);
            Ok(Exit::Clean)
        }
        Verb::Man { out } => verbs::man(out, screen),
        Verb::Explain(explain) => explain::run(explain, &cli.global, screen),
        Verb::Build(build) => at_once(&cli.global, screen, |project, screen| {
            verbs::build(project, build, screen)
        }),
        Verb::Check(check) => at_once(&cli.global, screen, |project, screen| {
            check::run(project, check, screen)
        }),
        Verb::Verify(verify) => {
            let interrupt = verify::interrupt(|| true);
            each(&cli.global, screen, |project, screen| {
                verify::run(project, verify, &interrupt, screen)
            })
        }
        Verb::Watch(watch) => watch::run(watch, &cli.global, screen),
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
        Verb::List { what } => at_once(&cli.global, screen, |project, screen| {
            list::run(project, what, screen)
        }),
        Verb::Show { part } => at_once(&cli.global, screen, |project, screen| {
            show::run(project, part, screen)
        }),
        Verb::Log(log) => at_once(&cli.global, screen, |project, screen| {
            log::run(project, log, screen)
        }),
        Verb::Open(open) => one(&cli.global, screen, |project, screen| {
            open::run(project, open, screen)
        }),
        Verb::Import(import) => import::run(import, &cli.global, screen),
        Verb::Resolve(resolve) => each(&cli.global, screen, |project, screen| {
            resolve::run(project, resolve, screen)
        }),
        Verb::Review { what } if what.writes() => one(&cli.global, screen, |project, screen| {
            review::run(project, what, screen)
        }),
        Verb::Review { what } => at_once(&cli.global, screen, |project, screen| {
            review::run(project, what, screen)
        }),
        Verb::Status => at_once(&cli.global, screen, status::run),
        Verb::Clean(clean) => at_once(&cli.global, screen, |project, screen| {
            verbs::clean(project, clean, screen)
        }),
        Verb::Export(export) => at_once(&cli.global, screen, |project, screen| {
            show::export(project, export, screen)
        }),
    }
}
