//! `cargo emc resolve`: decide forks, by arguments or by asking.

use std::io::{BufRead, IsTerminal as _, stderr, stdin};

use super::{
    Exit,
    args::Resolve,
    screen::{Screen, Verbosity},
};
use crate::{
    authoring::plan::Action,
    diagnostic::Diagnostic,
    event::EmcEvent,
    ops::{
        project::Project,
        render::{
            json,
            text::{printed, question},
        },
        resolve::{self, Question, Reply, Resolved},
    },
};

/// Run `cargo emc resolve` on a project.
pub fn run(
    project: &Project,
    arguments: &Resolve,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let choices = arguments.choices();
    let asks = choices.is_empty()
        && !arguments.auto
        && !screen.is_json()
        && stdin().is_terminal()
        && stderr().is_terminal();
    let mut lines = stdin().lock();
    let resolved = resolve::resolve(project, &choices, |conflict| {
        if asks {
            ask(&conflict, &mut lines, &mut |text| screen.aside(text))
        } else {
            Reply::Skip
        }
    });
    match resolved {
        Ok(Some(resolved)) => Ok(tell(&resolved, screen)),
        Ok(None) => {
            screen.line(Verbosity::Normal, "Stopped", "nothing was written");
            Ok(Exit::Findings)
        }
        Err(refused) => Err(refused.0),
    }
}

/// Show a contradiction and read an answer. The end of the input quits.
fn ask(asked: &Question<'_>, lines: &mut impl BufRead, show: &mut impl FnMut(&str)) -> Reply {
    let branches = asked.fork.fork.branches.len();
    show(&printed(&format!(
        "fork of {}, {} to decide\n{}",
        asked.fork.fork.stream,
        asked.left,
        question(asked.conflict)
    )));
    loop {
        show(&format!(
            "take branch 1-{branches} here, `all N` for the whole fork, `skip` the fork, or `quit`: "
        ));
        let mut line = String::new();
        match lines.read_line(&mut line) {
            Ok(0) | Err(_) => return Reply::Quit,
            Ok(_) => {}
        }
        let number = |text: &str| {
            let number: Option<usize> = text.trim().parse().ok();
            number
                .and_then(|number| number.checked_sub(1))
                .filter(|branch| *branch < branches)
        };
        let line = line.trim();
        match line {
            "s" | "skip" => return Reply::Skip,
            "q" | "quit" => return Reply::Quit,
            _ => {}
        }
        if let Some(branch) = line.strip_prefix("all ").and_then(number) {
            return Reply::Whole(branch);
        }
        if let Some(branch) = number(line) {
            return Reply::Branch(branch);
        }
    }
}

fn tell(resolved: &Resolved, screen: &mut Screen) -> Exit {
    let changes = &resolved.written.decision.plan.changes;
    if screen.is_json() {
        screen.json(&json::resolved(resolved));
    }
    for change in changes {
        let is_record = |event: &EmcEvent| matches!(event, EmcEvent::ConflictResolved { .. });
        if change.events.iter().all(is_record) && !change.events.is_empty() {
            continue;
        }
        let verb = match change.action {
            Action::Add => "Added",
            Action::Update => "Updated",
            Action::Remove => "Removed",
        };
        screen.line(Verbosity::Normal, verb, &change.element);
    }
    for fork in &resolved.decided {
        screen.line(Verbosity::Normal, "Resolved", &fork.fork.stream);
    }
    if resolved.decided.is_empty() && resolved.left.is_empty() {
        screen.line(Verbosity::Normal, "Clean", "no fork is open");
    }
    let left: Vec<Diagnostic> = resolved
        .left
        .iter()
        .map(|(fork, _)| fork.finding())
        .collect();
    screen.findings(&left);
    Exit::of(&left)
}

#[cfg(test)]
mod tests;
