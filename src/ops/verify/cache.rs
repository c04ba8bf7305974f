//! What passed before. A folder of small files that can be kept and copied: what
//! is missing, foreign or damaged is as if it were not there.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{
    digest::Digest,
    disk::{Failure, fs, output},
};

/// The cache of the steps that passed.
pub(super) struct Cache {
    folder: PathBuf,
}

/// What is remembered of a step that passed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Passed {
    /// The step, for those who look into the folder.
    pub step: String,
    /// What the tool said, to be said again.
    pub said: String,
    /// The digest of the compiled module.
    pub compiled: Option<String>,
}

impl Cache {
    /// In this folder, which is made when something is kept.
    pub(super) fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn record(&self, key: Digest) -> PathBuf {
        self.folder.join(format!("{}.json", key.hex()))
    }

    fn compiled(&self, key: Digest) -> PathBuf {
        self.folder.join(format!("{}.olean", key.hex()))
    }

    /// What a step said when it passed.
    pub(super) fn get(&self, key: Digest) -> Option<Passed> {
        serde_json::from_slice(&fs::read(self.record(key)).ok()?).ok()
    }

    /// The compiled module of a step, when it is the one that was kept.
    pub(super) fn module(&self, key: Digest) -> Option<Vec<u8>> {
        let expected = self.get(key)?.compiled?;
        let bytes = fs::read(self.compiled(key)).ok()?;
        (Digest::of(&bytes).hex() == expected).then_some(bytes)
    }

    /// Keep what a step said, and the module that it compiled.
    pub(super) fn put(
        &self,
        key: Digest,
        step: &str,
        said: &str,
        module: Option<&Path>,
    ) -> Result<(), Failure> {
        fs::create_dir_all(&self.folder)
            .map_err(|cause| Failure::new("make the verify cache", &self.folder, cause))?;
        let mut compiled = None;
        if let Some(path) = module {
            let bytes = fs::read(path)
                .map_err(|cause| Failure::new("read the compiled module", path, cause))?;
            compiled = Some(Digest::of(&bytes).hex());
            output::keep(&self.compiled(key), &bytes)?;
        }
        let passed = Passed {
            step: step.to_owned(),
            said: said.to_owned(),
            compiled,
        };
        // Two texts and a digest are always JSON.
        let bytes = serde_json::to_vec(&passed).unwrap_or_default();
        output::keep(&self.record(key), &bytes)
    }
}
