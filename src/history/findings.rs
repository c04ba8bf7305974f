//! What is to be said about a history.

use std::{collections::BTreeMap, fmt::Display};

use super::{Collision, Dangling, graph::Graph};
use crate::{
    diagnostic::{Diagnostic, Place, codes::store},
    transaction::{Header, Rejected, TransactionId},
};

/// How many of a list are named.
const NAMED: usize = 3;

pub(super) fn findings(
    headers: &[&Header],
    graph: &Graph,
    dangling: &[Dangling],
    collisions: &[Collision],
    rejected: &[Rejected],
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let file_of = |id: &TransactionId| {
        let place = graph.index.get(*id)?;
        Some(Place::file(headers[place].file.as_str()))
    };
    for &(duplicate, counted) in &graph.duplicates {
        findings.push(duplicate_of(headers[duplicate], headers[counted]));
    }
    for &place in &graph.order {
        if !headers[place].is_well_named() {
            findings.push(misnamed(headers[place]));
        }
    }

    let mut by_missing: BTreeMap<&[TransactionId], Vec<TransactionId>> = BTreeMap::new();
    for one in dangling {
        by_missing
            .entry(&one.missing)
            .or_default()
            .push(one.transaction);
    }
    for (missing, children) in by_missing {
        let finding = missing_parent(missing, &children, rejected);
        findings.push(placed(finding, children.first().and_then(file_of)));
    }

    if let Some(first) = graph.circle.first() {
        let finding = Diagnostic::new(
            &store::PARENT_CYCLE,
            "transactions name each other as parents in a circle",
        )
        .note(format!("it goes through {}", some(&graph.circle)));
        findings.push(placed(finding, file_of(first)));
    }

    for collision in collisions {
        let message = format!(
            "two working copies wrote under replica id {}",
            collision.replica
        );
        let finding = Diagnostic::new(&store::REPLICA_COLLISION, message)
            .note(format!(
                "transactions {} and {} both carry it, and neither follows the other",
                collision.first, collision.second
            ))
            .help("in the copied folder, remove `model/events/.eventcore`: the next write gives it an id of its own");
        findings.push(placed(finding, file_of(&collision.second)));
    }
    findings
}

fn placed(finding: Diagnostic, place: Option<Place>) -> Diagnostic {
    match place {
        Some(place) => finding.at(place),
        None => finding,
    }
}

fn duplicate_of(duplicate: &Header, counted: &Header) -> Diagnostic {
    let renamed = Header {
        file: counted.file.clone(),
        ..duplicate.clone()
    };
    let (message, note) = if renamed == *counted && counted.content_hash.is_some() {
        (
            "the file is a copy of another transaction file",
            "both hold the same transaction",
        )
    } else {
        (
            "the file holds another transaction under an id that is taken",
            "the two differ; only the file named here counts",
        )
    };
    Diagnostic::new(&store::DUPLICATE_TRANSACTION, message)
        .at(Place::file(duplicate.file.as_str()))
        .note(format!("{note}: {}", counted.file))
        .help(format!(
            "remove the copy: `git rm {0}`, or `rm {0}` if git does not know it",
            duplicate.file
        ))
}

fn misnamed(header: &Header) -> Diagnostic {
    let name = format!("{}.jsonl", header.id);
    let right = match header.file.parent() {
        Some(folder) => folder.join(&name).to_string(),
        None => name,
    };
    Diagnostic::new(
        &store::MISNAMED_FILE,
        format!(
            "the file holds transaction {} and is not named after it",
            header.id
        ),
    )
    .at(Place::file(header.file.as_str()))
    .help(format!("rename it: `git mv {} {right}`", header.file))
}

fn missing_parent(
    missing: &[TransactionId],
    children: &[TransactionId],
    rejected: &[Rejected],
) -> Diagnostic {
    let refused = |id: &TransactionId| rejected.iter().find(|file| file.id == Some(*id));
    let what = match missing {
        [one] => format!("parent {one} is not in the store"),
        several => format!("{} parents are not in the store", several.len()),
    };
    let mut finding = Diagnostic::new(&store::MISSING_PARENT, what);
    if missing.len() > 1 {
        finding = finding.note(format!("missing: {}", some(missing)));
    }
    finding = match children {
        [one] => finding.note(format!("transaction {one} names it")),
        several => finding.note(format!(
            "{} transactions name it: {}",
            several.len(),
            some(several)
        )),
    };
    for file in missing.iter().filter_map(refused).take(NAMED) {
        finding = finding.note(format!("the file of the parent was refused: {}", file.file));
    }
    if missing.iter().all(|id| refused(id).is_some()) {
        return finding.help("repair the refused file, and this finding goes away");
    }
    let absent = missing.iter().find(|id| refused(id).is_none());
    let name = absent.map(|id| format!("{id}.jsonl")).unwrap_or_default();
    finding
        .help("finish the merge or checkout that was going on: `git status`")
        .help(format!(
            "find the commit that deleted the file: `git log --diff-filter=D -- '*/{name}'`"
        ))
}

/// The first few of a list, and how many more there are.
fn some<T: Display>(list: &[T]) -> String {
    let named: Vec<String> = list.iter().take(NAMED).map(ToString::to_string).collect();
    let rest = list.len().saturating_sub(NAMED);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    format!("{}{more}", named.join(", "))
}
