//! Events that do not fit into the model that the events before them make.

use std::fmt;

use crate::{
    diagnostic::{Code, Diagnostic, Place, codes::events},
    event::Text,
    model::Origin,
};

/// An event that was refused, and so changed nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The event.
    pub origin: Origin,
    /// Its name.
    pub event: &'static str,
    /// Why.
    pub reason: RefusalReason,
}

/// Why an event was refused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefusalReason {
    /// No event has started the project.
    BeforeProject,
    /// There is no workflow with this slug.
    UnknownWorkflow(Text),
    /// There is no slice with this slug.
    UnknownSlice(Text),
    /// The slice has no view of this name.
    UnknownView {
        /// The slug of the slice.
        slice: Text,
        /// The name of the view.
        view: Text,
    },
    /// The workflow has no transition like this.
    UnknownTransition {
        /// The slug of the workflow.
        workflow: Text,
        /// The transition, as lists show it.
        transition: String,
    },
    /// A transition names no target.
    NoTarget {
        /// The slug of the workflow.
        workflow: Text,
        /// The name of the transition.
        name: Text,
    },
    /// A transition has both a payload contract and a reason.
    ContractAndReason {
        /// The slug of the workflow.
        workflow: Text,
        /// The name of the transition.
        name: Text,
    },
}

impl Refusal {
    /// The finding, at the place of the event.
    pub fn diagnostic(&self, place: Place) -> Diagnostic {
        let finding = Diagnostic::new(self.reason.code(), self.to_string()).at(place);
        match &self.reason {
            RefusalReason::BeforeProject
            | RefusalReason::UnknownWorkflow(_)
            | RefusalReason::UnknownSlice(_)
            | RefusalReason::UnknownView { .. }
            | RefusalReason::UnknownTransition { .. } => finding.help(
                "put findings about missing or refused files right first; \
                 after a merge, see `cargo emc list conflicts`",
            ),
            RefusalReason::NoTarget { .. } | RefusalReason::ContractAndReason { .. } => finding
                .help(
                    "restore the file with `git checkout -- FILE`, or ask the tool that wrote it",
                ),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be applied: {}", self.event, self.reason)
    }
}

impl RefusalReason {
    /// The kind of finding.
    pub fn code(&self) -> &'static Code {
        match self {
            Self::BeforeProject => &events::BEFORE_PROJECT,
            Self::UnknownWorkflow(_) => &events::UNKNOWN_WORKFLOW,
            Self::UnknownSlice(_) => &events::UNKNOWN_SLICE,
            Self::UnknownView { .. } => &events::UNKNOWN_VIEW,
            Self::UnknownTransition { .. } => &events::UNKNOWN_TRANSITION,
            Self::NoTarget { .. } => &events::TRANSITION_WITHOUT_TARGET,
            Self::ContractAndReason { .. } => &events::CONTRACT_AND_REASON,
        }
    }
}

impl fmt::Display for RefusalReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BeforeProject => f.write_str("the project was not started before"),
            Self::UnknownWorkflow(slug) => write!(f, "there is no workflow `{slug}`"),
            Self::UnknownSlice(slug) => write!(f, "there is no slice `{slug}`"),
            Self::UnknownView { slice, view } => {
                write!(f, "slice `{slice}` has no view `{view}`")
            }
            Self::UnknownTransition {
                workflow,
                transition,
            } => write!(f, "workflow `{workflow}` has no transition `{transition}`"),
            Self::NoTarget { workflow, name } => {
                write!(
                    f,
                    "transition `{name}` of workflow `{workflow}` leads nowhere"
                )
            }
            Self::ContractAndReason { workflow, name } => write!(
                f,
                "transition `{name}` of workflow `{workflow}` has both a payload contract and a reason"
            ),
        }
    }
}
