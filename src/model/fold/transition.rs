//! What the events of transitions mean.

use super::RefusalReason;
use crate::{
    event::{Connection, Text, TransitionEvidence, TransitionKey, vocabulary::TransitionKind},
    model::{Transition, TransitionTarget},
};

/// The transition that a connection means.
pub(super) fn transition(
    workflow: &Text,
    connection: &Connection,
) -> Result<Transition, RefusalReason> {
    let Some(target) = target(
        connection.target_slice.as_ref(),
        connection.target_workflow.as_ref(),
    ) else {
        return Err(RefusalReason::NoTarget {
            workflow: workflow.clone(),
            name: connection.name.clone(),
        });
    };
    if connection.payload_contract.is_some() && connection.reason.is_some() {
        return Err(RefusalReason::ContractAndReason {
            workflow: workflow.clone(),
            name: connection.name.clone(),
        });
    }
    let kind = TransitionKind::of(connection.via, connection.target_workflow.is_some());
    // A control and a view are known on plain navigation only; elsewhere, and
    // when only one of them is named, they are passed over.
    let plain = connection.payload_contract.is_none() && connection.reason.is_none();
    let shown = if kind == TransitionKind::Navigation && plain {
        both(
            connection.source_control.as_ref(),
            connection.target_view.as_ref(),
        )
    } else {
        (None, None)
    };
    Ok(Transition {
        source: connection.source.clone(),
        target,
        kind,
        name: connection.name.clone(),
        payload_contract: connection.payload_contract.clone(),
        reason: connection.reason.clone(),
        source_control: shown.0,
        target_view: shown.1,
    })
}

/// A workflow counts when both are named.
fn target(slice: Option<&Text>, workflow: Option<&Text>) -> Option<TransitionTarget> {
    workflow
        .map(|slug| TransitionTarget::Workflow(slug.clone()))
        .or_else(|| slice.map(|slug| TransitionTarget::Slice(slug.clone())))
}

/// Both, or neither.
fn both(control: Option<&Text>, view: Option<&Text>) -> (Option<Text>, Option<Text>) {
    control
        .zip(view)
        .map(|(control, view)| (control.clone(), view.clone()))
        .unzip()
}

/// Whether a transition is the one that is addressed.
pub(super) fn addressed(transition: &Transition, key: &TransitionKey) -> bool {
    transition.source == key.source
        && transition.name == key.name
        && transition.kind == TransitionKind::of(key.via, key.target_workflow.is_some())
        && key.target_workflow.as_ref().or(key.target_slice.as_ref())
            == Some(transition.target.slug())
}

/// The transition that is addressed, as lists show it.
pub(super) fn shown(key: &TransitionKey) -> String {
    let kind = TransitionKind::of(key.via, key.target_workflow.is_some());
    let target = key.target_workflow.as_ref().or(key.target_slice.as_ref());
    let target = target.map_or("nowhere", Text::as_str);
    format!("{} -> {target} [{kind} {}]", key.source, key.name)
}

/// An evidence names a control and a view, or neither.
pub(super) fn evidence(evidence: &TransitionEvidence) -> TransitionEvidence {
    let (source_control, target_view) = both(
        evidence.source_control.as_ref(),
        evidence.target_view.as_ref(),
    );
    TransitionEvidence {
        source_control,
        target_view,
        ..evidence.clone()
    }
}
