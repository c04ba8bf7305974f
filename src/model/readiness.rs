//! Whether a workflow was verified as it is now.

use serde::Serialize;

use super::{Model, Workflow, export};

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
        // The content is names, texts and words: always JSON.
        let content = serde_json::to_vec(&export::content(self)).unwrap_or_default();
        // Committed transactions hold such digests, so none may ever come out
        // otherwise, nor by another hash.
        let mut digest = blake3::Hasher::new();
        for field in [b"emc workflow content 1".as_slice(), &content] {
            digest.update(&(field.len() as u64).to_le_bytes());
            digest.update(field);
        }
        format!("emc-blake3:{}", digest.finalize())
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
