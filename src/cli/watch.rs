//! `cargo emc watch`.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::json;

use super::{
    Exit,
    args::{self, Global},
    projects::{self, open, selected},
    screen::{Screen, Verbosity},
    verbs, verify,
};
use crate::{
    diagnostic::{Diagnostic, codes::manifest::USAGE},
    disk::{
        discover,
        watch::{Change, Place},
    },
    manifest::DEFAULT_STORE,
    ops::watch::{Next, Options, Watch},
    tools::{End, Output, Running},
};

/// How often it is looked whether the command has ended, or an interrupt came.
const TICK: Duration = Duration::from_millis(50);

/// Run `cargo emc watch`. It ends with an interrupt, and that is no failure.
pub fn run(
    arguments: &args::Watch,
    global: &Global,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    if screen.is_one_document() {
        return Err(vec![
            Diagnostic::new(&USAGE, "a watch does not end, so it has no SARIF document")
                .help("use another `--message-format`; `json` tells everything line by line"),
        ]);
    }
    let found = selected(global)?;
    let places = open(found.clone())?
        .into_iter()
        .map(|(found, project)| Place {
            events: match project {
                Ok(project) => project.events_folder(),
                Err(_) => found.root.join(DEFAULT_STORE).join("events"),
            },
            root: found.root,
            manifest: found.manifest_path,
        })
        .collect();
    let busy = Arc::new(AtomicBool::new(false));
    let waits = Arc::clone(&busy);
    let interrupt = verify::interrupt(move || !waits.load(Ordering::SeqCst));
    let mut watch = Watch::start(
        places,
        Options {
            poll: arguments.poll,
            quiet: arguments.settle,
            postpone: arguments.postpone,
            interrupt,
            ..Options::default()
        },
    );
    let mut session = Session {
        arguments,
        global,
        found,
        exits: BTreeMap::new(),
        command: Exec {
            line: arguments.exec.as_deref(),
            running: None,
            busy,
        },
    };
    session.begin(&watch, screen);
    loop {
        match watch.next(TICK) {
            Next::Nothing => session.command.look(screen),
            Next::Polling(reason) => {
                screen.json_line(&json!({ "reason": "watch-polling", "why": reason }));
                let text = format!("the files themselves from here on: {reason}");
                screen.line(Verbosity::Normal, "Polling", &text);
            }
            Next::Changed { projects, settled } => {
                session.round(&mut watch, &projects, settled, screen);
            }
            Next::Interrupted => break,
        }
    }
    session.command.stop(screen);
    screen.line(Verbosity::Normal, "Stopped", "watching");
    Ok(Exit::Clean)
}

/// A watch that goes on.
struct Session<'a> {
    arguments: &'a args::Watch,
    global: &'a Global,
    found: Vec<discover::Project>,
    /// How each project was built last, by index.
    exits: BTreeMap<usize, Exit>,
    command: Exec<'a>,
}

impl Session<'_> {
    fn begin(&self, watch: &Watch, screen: &Screen) {
        let polls = watch
            .polls()
            .map(|every| u64::try_from(every.as_millis()).unwrap_or(u64::MAX));
        let manifests: Vec<&str> = self
            .found
            .iter()
            .map(|found| found.label.as_str())
            .collect();
        screen.json_line(&json!({
            "reason": "watch", "manifests": manifests, "poll_ms": polls,
        }));
        let what = match manifests.as_slice() {
            [only] => (*only).to_owned(),
            several => format!("{} projects", several.len()),
        };
        let how = polls.map_or(String::new(), |every| format!(", every {every} ms"));
        screen.line(
            Verbosity::Normal,
            "Watching",
            &format!("{what}{how}; Ctrl-C ends it"),
        );
    }

    /// Build what has changed.
    fn round(
        &mut self,
        watch: &mut Watch,
        changed: &[(usize, Change)],
        settled: bool,
        screen: &mut Screen,
    ) {
        self.command.stop(screen);
        if self.arguments.clear {
            screen.clear();
        }
        let started = Instant::now();
        let several = self.found.len() > 1;
        let opened = match open(self.found.clone()) {
            Ok(opened) => opened,
            Err(findings) => {
                screen.findings(&findings);
                for (index, _) in changed {
                    self.exits.insert(*index, Exit::of(&findings));
                }
                return;
            }
        };
        let mut round = Vec::new();
        for (index, project) in opened.into_iter().enumerate() {
            let Some((_, change)) = changed.iter().find(|(one, _)| *one == index) else {
                continue;
            };
            let first = !self.arguments.postpone && !self.exits.contains_key(&index);
            tell(&project.0.label, change, first, several, screen);
            if let Ok(project) = &project.1 {
                watch.follow(index, project.events_folder());
            }
            round.push(project);
        }
        let build = self.arguments.build();
        let ended = projects::all(
            round,
            several,
            self.global.jobs,
            screen,
            &|project, screen| {
                if settled {
                    verbs::build(project, &build, screen)
                } else {
                    verbs::build_unsettled(project, &build, screen)
                }
            },
        );
        if ended.len() > 1 {
            screen.tally(&ended);
        }
        screen.leave();
        for ((index, _), ended) in changed.iter().zip(&ended) {
            self.exits.insert(*index, ended.exit);
        }
        let took = started.elapsed().as_secs_f64();
        let worst = ended.iter().map(|ended| ended.exit).max();
        screen.json_line(&json!({
            "reason": "watch-round", "exit": worst.map(|exit| exit as u8),
            "settled": settled, "seconds": took,
        }));
        screen.line(Verbosity::Reasons, "Took", &format!("{took:.3} s"));
        let sound = (0..self.found.len()).all(|index| {
            let exit = self.exits.get(&index);
            // What nobody has touched since the start was not built.
            exit.is_none_or(|exit| *exit == Exit::Clean)
        });
        if settled && sound {
            self.command.start(screen);
        }
    }
}

/// What has changed, of one project. A person need not be told that everything is
/// new at the start.
fn tell(label: &str, change: &Change, first: bool, several: bool, screen: &Screen) {
    screen.json_line(&json!({
        "reason": "watch-changed", "manifest": label, "manifest_changed": change.manifest,
        "arrived": change.arrived, "changed": change.changed, "gone": change.gone,
    }));
    if first {
        return;
    }
    let mut parts = Vec::new();
    if change.manifest {
        parts.push("the manifest".to_owned());
    }
    for (count, what) in [
        (change.arrived, "new"),
        (change.changed, "changed"),
        (change.gone, "removed"),
    ] {
        match count {
            0 => {}
            1 => parts.push(format!("1 {what} transaction")),
            count => parts.push(format!("{count} {what} transactions")),
        }
    }
    let what = if parts.is_empty() {
        "nothing since the last build".to_owned()
    } else {
        parts.join(", ")
    };
    let text = if several {
        format!("{label}: {what}")
    } else {
        what
    };
    screen.line(Verbosity::Normal, "Changed", &text);
}

/// The command that runs after a build.
struct Exec<'a> {
    line: Option<&'a str>,
    running: Option<Running>,
    /// While it runs, a second interrupt must not leave it behind.
    busy: Arc<AtomicBool>,
}

impl Exec<'_> {
    fn start(&mut self, screen: &mut Screen) {
        let Some(line) = self.line else { return };
        screen.json_line(&json!({ "reason": "exec-started", "command": line }));
        screen.line(Verbosity::Normal, "Running", &format!("`{line}`"));
        let output = if screen.is_json() {
            Output::Errors
        } else {
            Output::Output
        };
        self.busy.store(true, Ordering::SeqCst);
        match Running::start(line, output) {
            Ok(running) => self.running = Some(running),
            Err(cause) => {
                self.busy.store(false, Ordering::SeqCst);
                let text = format!("no shell to run it: {cause}");
                screen.line(Verbosity::Normal, "Failed", &text);
            }
        }
    }

    /// Tell that it has ended, if it has.
    fn look(&mut self, screen: &Screen) {
        let over = |running: &mut Running| running.is_over().unwrap_or(true);
        if self.running.as_mut().is_some_and(over) {
            self.finish("Exited", Running::end, screen);
        }
    }

    /// End it, if it still runs.
    fn stop(&mut self, screen: &Screen) {
        self.look(screen);
        self.finish("Ended", Running::stop, screen);
    }

    fn finish(&mut self, verb: &str, end: fn(Running) -> std::io::Result<End>, screen: &Screen) {
        let (Some(running), Some(line)) = (self.running.take(), self.line) else {
            return;
        };
        let took = running.age().as_secs_f64();
        let end = end(running);
        self.busy.store(false, Ordering::SeqCst);
        let (code, signal) = match end {
            Ok(End::Code(code)) => (Some(code), None),
            Ok(End::Signal(signal)) => (None, Some(signal)),
            Ok(End::Deadline | End::Interrupted) | Err(_) => (None, None),
        };
        screen.json_line(&json!({
            "reason": "exec-ended", "command": line, "code": code, "signal": signal,
            "by_itself": verb == "Exited", "seconds": took,
        }));
        let how = match (code, signal) {
            (Some(code), _) => format!("exit code {code}"),
            (None, Some(signal)) => format!("signal {signal}"),
            (None, None) => "it is not known how".to_owned(),
        };
        screen.line(
            Verbosity::Normal,
            verb,
            &format!("`{line}`: {how} ({took:.1} s)"),
        );
    }
}
