//! Whether a workflow was verified as it is now.

use serde::Serialize;

use super::{Model, Workflow, export};
use crate::digest::Framed;

/// What is known of the verification of a workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReadinessState {
    /// It was declared ready as it is.
    Ready,
    /// It was declared ready, and is something else now.
    Stale,
    /// It was never declared ready.
    #[serde(rename = "never verified")]
    NeverVerified,
}

impl ReadinessState {
    /// As people read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Stale => "stale",
            Self::NeverVerified => "never verified",
        }
    }
}

impl Workflow {
    /// `emc-blake3:` and the hex digest of what the workflow and its slices say:
    /// all that their Lean and Quint modules are made of. Neither who wrote it
    /// and when, nor reviews and declarations of readiness, nor anything of
    /// another workflow is in it.
    pub fn content_digest(&self) -> String {
        let mut digest = Framed::new("emc workflow content 1");
        // The content is names, texts and words: always JSON.
        let content = serde_json::to_vec(&export::content(self)).unwrap_or_default();
        digest.field(&content);
        format!("emc-blake3:{}", digest.finish())
    }
}

impl Model {
    /// Whether a workflow of the model was declared ready as it is.
    pub fn readiness_of(&self, workflow: &Workflow) -> ReadinessState {
        match self.readiness.get(&workflow.slug) {
            None => ReadinessState::NeverVerified,
            Some(declared) if *declared.model_content_digest == *workflow.content_digest() => {
                ReadinessState::Ready
            }
            Some(_) => ReadinessState::Stale,
        }
    }
}
