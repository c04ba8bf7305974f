//! What operations come to as plain text. Nothing in it can move the cursor of
//! a terminal.

use serde_json::Value;

use crate::{
    authoring::{
        edit::{Form, Kind},
        plan::{Action, Change},
    },
    diagnostic::printable,
    event::Text,
    merge::Conflict,
    model::{ReadinessState, ReviewState},
    ops::{
        build::Work,
        conflicts::ForkReport,
        explain::Explained,
        list::{Listed, What},
        log::Log,
        project::Project,
        review::{Gated, Standing},
        status::{FamilyStatus, Status},
    },
};

/// Changes as a person compares, each as `change` does.
pub fn changes(changes: &[Change]) -> String {
    changes.iter().map(change).collect()
}

/// One change: `+` new, `-` gone, `~` changed with what differs below it.
fn change(change: &Change) -> String {
    let sign = match change.action {
        Action::Add => '+',
        Action::Update => '~',
        Action::Remove => '-',
    };
    let mut text = format!("{sign} {}\n", printable(&change.element));
    for detail in change.details() {
        text.push_str(&format!("    {}\n", printable(&detail)));
    }
    text
}

/// What a build wrote and removed.
pub fn work(work: Work) -> String {
    match (work.written, work.removed) {
        (0, 0) => "nothing to do".to_owned(),
        (written, 0) => format!("{} written", files(written)),
        (0, removed) => format!("{} removed", files(removed)),
        (written, removed) => format!("{} written, {removed} removed", files(written)),
    }
}

/// `1 file`, `2 files`.
pub fn files(count: usize) -> String {
    if count == 1 {
        "1 file".to_owned()
    } else {
        format!("{count} files")
    }
}

/// A list, a line each.
pub fn list(listed: &Listed, what: What) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for workflow in listed.workflows() {
        let slug = &workflow.slug;
        match what {
            What::Workflows => rows.push(vec![
                slug.to_string(),
                format!("{} slices", workflow.slices.len()),
                listed.model.readiness_of(workflow).as_str().to_owned(),
                format!("review {}", listed.review_of(workflow).as_str()),
                workflow.name.to_string(),
            ]),
            What::Slices => rows.extend(workflow.slices.iter().map(|slice| {
                vec![
                    slice.slug.to_string(),
                    slice.kind.to_string(),
                    slug.to_string(),
                    slice.name.to_string(),
                ]
            })),
            What::Transitions => rows.extend(workflow.transitions.iter().map(|transition| {
                vec![format!(
                    "{} -> {} [{} {}]",
                    transition.source,
                    transition.target.slug(),
                    transition.kind,
                    transition.name
                )]
            })),
        }
    }
    columns(&rows)
}

/// Rows with their columns below each other.
fn columns(rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            let width = cell.chars().count();
            match widths.get_mut(at) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&format!("{:width$}  ", printable(cell)));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A log, newest first.
pub fn log(log: &Log) -> String {
    let mut text = String::new();
    for entry in &log.entries {
        let header = &entry.header;
        text.push_str(&format!(
            "{} {}  {}\n",
            seconds(&header.created_at),
            header.id,
            match header.parents.len() {
                0 | 1 => format!("by {}", header.replica),
                several => format!("by {}, joins {several} lines", header.replica),
            }
        ));
        for event in &entry.events {
            text.push_str(&format!("  {} {}\n", event.verb, printable(&event.element)));
        }
    }
    text
}

/// A time without its fraction; as it is if it is written in another way.
fn seconds(time: &str) -> String {
    match time.split_once('.') {
        Some((whole, rest)) => {
            let zone = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
            let zone = if zone == "+00:00" { "Z" } else { zone };
            printable(&format!("{whole}{zone}")).into_owned()
        }
        None => printable(time).into_owned(),
    }
}

/// A fork with its sides and what they contradict each other in.
pub fn fork(report: &ForkReport) -> String {
    let fork = &report.fork;
    let verdict = if fork.commutes() {
        "commuting"
    } else {
        "conflicting"
    };
    let mut text = format!(
        "{verdict} fork of {} at {}\n",
        fork.fork.stream, fork.fork.base
    );
    let sides = fork
        .fork
        .branches
        .iter()
        .zip(&fork.heads)
        .zip(&report.changes);
    for (number, ((branch, head), changes)) in (1..).zip(sides) {
        let count = match branch.transactions.len() {
            0 | 1 => "1 transaction".to_owned(),
            count => format!("{count} transactions"),
        };
        text.push_str(&format!(
            "  branch {number}: {} ({count}, replica {}, {})\n",
            branch.head, head.replica, head.created_at
        ));
        if changes.is_empty() {
            text.push_str("    no change of the model\n");
        }
        for change in changes {
            text.push_str(&format!(
                "    {} {}\n",
                change.action.as_str(),
                change.element
            ));
            for detail in change.details() {
                text.push_str(&format!("      {detail}\n"));
            }
        }
    }
    for conflict in &fork.conflicts {
        text.push_str(&question(conflict));
    }
    printed(&text)
}

/// Everything but line ends made harmless for a terminal.
pub fn printed(text: &str) -> String {
    text.lines()
        .fold(String::new(), |text, line| text + &printable(line) + "\n")
}

/// A contradiction with what each branch says.
pub fn question(conflict: &Conflict) -> String {
    let mut text = format!("  contradiction: {}", conflict.element);
    if !conflict.field.is_empty() {
        text.push_str(&format!(", {}", conflict.field));
    }
    text.push_str(&format!(
        "\n    before: {}\n",
        said(&conflict.base, "nothing")
    ));
    for (number, side) in (1..).zip(&conflict.sides) {
        let absent = if conflict.field.is_empty() {
            "removed"
        } else {
            "nothing"
        };
        text.push_str(&format!("    branch {number}: {}\n", said(side, absent)));
    }
    text
}

fn said(value: &Value, absent: &str) -> String {
    match value {
        Value::Null => absent.to_owned(),
        value => value.to_string(),
    }
}

/// A kind of element with its fields.
pub fn kind(kind: Kind) -> String {
    let mut text = format!(
        "{}, belongs to the {}",
        kind.as_str(),
        kind.scope().as_str()
    );
    for container in kind.containers() {
        text.push_str(&format!(", stands in the `{container}`"));
    }
    text.push('\n');
    for field in kind.fields() {
        let form = match &field.form {
            Form::Text => "text".to_owned(),
            Form::Word(words) => format!("one of {}", words.join(", ")),
            Form::Flag => "true or false".to_owned(),
            Form::List => "list of texts".to_owned(),
        };
        let mut traits = vec![form];
        if let Some(member) = field.member() {
            traits.push(format!("of one {member}"));
        }
        if field.required && !field.is_settled() {
            traits.push("required".to_owned());
        }
        if field.addresses(kind) {
            traits.push(format!("finds the element; `new_{}` changes it", field.key));
        }
        text.push_str(&format!(
            "  {}: {} ({})\n",
            field.key,
            field.about,
            traits.join("; ")
        ));
    }
    text
}

/// Why a generated file is as it is.
pub fn artifact(explained: &Explained) -> String {
    let mut text = format!(
        "{}\n  family: {}\n  now: {}\n  written because:\n",
        explained.path,
        explained.family,
        explained.now.as_str()
    );
    for reason in &explained.reasons {
        text.push_str(&format!("    {reason}\n"));
    }
    if explained.reasons.is_empty() {
        text.push_str("    (too long ago to be remembered)\n");
    }
    text.push_str("  its family read:\n");
    for fact in &explained.inputs {
        text.push_str(&format!("    {}: {}\n", fact.input, fact.value));
    }
    text
}

/// A project at a glance.
pub fn status(project: &Project, status: &Status) -> String {
    let mut text = format!("project   {}\n", printable(&project.manifest.project.name));
    if let Some(store) = &status.store {
        text.push_str(&format!(
            "store     {} transactions, {} events, {} tips, {} open forks\nmodel     {} workflows, {} slices\n",
            store.transactions, store.events, store.tips, store.forks, store.workflows, store.slices,
        ));
    }
    for family in &status.families {
        text.push_str(&format!(
            "{:<9} {} files in {}: {}\n",
            family.name,
            family.artifacts,
            family.folder,
            of_family(family)
        ));
    }
    if !status.readiness.is_empty() {
        text.push_str(&format!("verified  {}\n", readiness(&status.readiness)));
    }
    if !status.reviews.is_empty() {
        text.push_str(&format!("reviewed  {}\n", reviews(&status.reviews)));
    }
    text
}

fn readiness(workflows: &[(Text, ReadinessState)]) -> String {
    let states = workflows.iter().map(|(slug, state)| (slug, state.as_str()));
    let others = [ReadinessState::Stale, ReadinessState::NeverVerified];
    by_state(
        &states.collect::<Vec<_>>(),
        ReadinessState::Ready.as_str(),
        &others.map(ReadinessState::as_str),
    )
}

fn reviews(standings: &[Standing]) -> String {
    let states = standings
        .iter()
        .map(|one| (&one.workflow, one.state.as_str()));
    let others: Vec<&str> = ReviewState::ALL
        .iter()
        .filter(|state| **state != ReviewState::Clean)
        .map(|state| state.as_str())
        .collect();
    by_state(
        &states.collect::<Vec<_>>(),
        ReviewState::Clean.as_str(),
        &others,
    )
}

/// Which workflows are in which state; of those in the best one only how many.
fn by_state(workflows: &[(&Text, &str)], best: &str, others: &[&str]) -> String {
    let of = |wanted: &str| {
        let slugs = workflows.iter().filter(|(_, state)| *state == wanted);
        let slugs = slugs.map(|(slug, _)| printable(slug).into_owned());
        slugs.collect::<Vec<String>>()
    };
    let count = of(best).len();
    let mut parts = vec![format!("{count} of {} workflows {best}", workflows.len())];
    for state in others {
        let slugs = of(state);
        if !slugs.is_empty() {
            parts.push(format!("{state}: {}", slugs.join(", ")));
        }
    }
    parts.join("; ")
}

/// The review gate of a workflow, in a line.
pub fn gate(one: &Gated) -> String {
    let workflow = &one.standing.workflow;
    match one.standing.review() {
        Some(given) => format!(
            "{workflow}: review {}, by {} on {}",
            one.standing.state.as_str(),
            given.review.reviewer_id,
            given.review.reviewed_at
        ),
        None => format!("{workflow}: review {}", one.standing.state.as_str()),
    }
}

fn of_family(family: &FamilyStatus) -> String {
    match &family.findings {
        None => "not compared, the store has errors".to_owned(),
        Some(findings) if findings.is_empty() => "fresh".to_owned(),
        Some(findings) => findings
            .iter()
            .map(|(name, count)| format!("{count} {name}"))
            .collect::<Vec<_>>()
            .join(", "),
    }
}
