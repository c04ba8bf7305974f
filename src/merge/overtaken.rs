//! Events that were overtaken: they fitted into the model that their writer
//! saw, and do not fit into the canonical order, since a concurrent transaction
//! removed what they are about. This is no damage. The removal stands.

use std::collections::BTreeSet;

use super::fork::Events;
use crate::{
    diagnostic::{Diagnostic, Place, codes::store},
    history::History,
    model::{Fold, Origin, Refusal},
    transaction::Header,
};

/// How many pasts are folded to find out who was overtaken. A store where that
/// is not enough is damaged, and is told so.
const FOLDS: usize = 64;

/// What is to be said of the events that did not fit: the finding of each that
/// never did, and one for each that was overtaken unless a fork of its stream
/// is open, or a later transaction that descends from it names its stream.
pub fn refused(
    refusals: &[Refusal],
    history: &History,
    headers: &[&Header],
    events: &Events<'_>,
    place: impl Fn(Origin) -> Place,
) -> Vec<Diagnostic> {
    if refusals.is_empty() {
        return Vec::new();
    }
    let forked: BTreeSet<&str> = history.forks().iter().map(|fork| &*fork.stream).collect();
    let at = |origin: Origin| events.get(usize::try_from(origin.0).unwrap_or(usize::MAX));
    let genuine = genuine(refusals, history, events);
    let mut findings = Vec::new();
    for refusal in refusals {
        let Some((position, event)) = at(refusal.origin) else {
            continue;
        };
        if genuine.contains(&refusal.origin) {
            findings.push(refusal.diagnostic(place(refusal.origin)));
            continue;
        }
        let stream = event.stream_id();
        let settled = forked.contains(&*stream)
            || headers.iter().enumerate().any(|(later, header)| {
                header.base_of(&stream).is_some() && history.precedes(*position, later)
            });
        if !settled {
            findings.push(
                Diagnostic::new(
                    &store::OVERTAKEN_EVENT,
                    format!("`{}` has no effect: {}", refusal.event, refusal.reason),
                )
                .at(place(refusal.origin))
                .about(format!("stream {stream}"))
                .note("another working copy removed what it changes, at the same time")
                .help("add what was removed again if it is still wanted"),
            );
        }
    }
    findings
}

/// The refusals that are none of the merge: the events did not even fit into
/// what their own transaction descends from.
fn genuine(refusals: &[Refusal], history: &History, events: &Events<'_>) -> BTreeSet<Origin> {
    let place_of = |origin: Origin| usize::try_from(origin.0).unwrap_or(usize::MAX);
    let mut open: BTreeSet<Origin> = refusals.iter().map(|refusal| refusal.origin).collect();
    let mut genuine = BTreeSet::new();
    // A fold of what a transaction descends from answers for all that are in
    // it, and are refused there or not as they are in their own past: linear
    // lines of refusals take one fold.
    let mut folds = 0;
    while let Some(last) = open.pop_last() {
        let Some((head, _)) = events.get(place_of(last)) else {
            continue;
        };
        let alone = history.is_linear_up_to(*head);
        folds += usize::from(!alone);
        if alone || folds > FOLDS {
            genuine.insert(last);
            continue;
        }
        let mut fold = Fold::new();
        let mut seen = Vec::new();
        for (place, (position, event)) in events.iter().enumerate() {
            if position == head || history.precedes(*position, *head) {
                let origin = Origin(u32::try_from(place).unwrap_or(u32::MAX));
                fold.apply(origin, event);
                if origin == last || open.contains(&origin) {
                    seen.push(origin);
                }
            }
        }
        let refused: BTreeSet<Origin> = fold
            .refusals()
            .iter()
            .map(|refusal| refusal.origin)
            .collect();
        for origin in seen {
            // What a merge below refuses is asked again by itself.
            let own = events.get(place_of(origin)).map(|(position, _)| position) == Some(head);
            if !refused.contains(&origin) {
                open.remove(&origin);
            } else if own {
                open.remove(&origin);
                genuine.insert(origin);
            }
        }
    }
    genuine
}
