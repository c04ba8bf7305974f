//! Families below `OUT_DIR`.

use std::{collections::BTreeSet, path::Path};

use crate::{
    artifact::{Artifact, Family, Known, Scope},
    disk::{Failure, fs, output},
    ops::compare,
    rel_path::RelPath,
};

/// Write a family into this folder below `out`, but for files that are right, and
/// remove what it has no more.
pub(super) fn family(
    family: &dyn Family,
    known: Known<'_>,
    folder: &RelPath,
    out: &Path,
) -> Result<(), Failure> {
    let mut wanted = BTreeSet::new();
    let mut written = Ok(());
    family.render_each(known, Scope::Everything, &mut |artifact| {
        // The first failure ends it.
        if written.is_ok() {
            written = write(&artifact, out);
            wanted.insert(artifact.path);
        }
    });
    written?;
    let failed = |cause| Failure::new("read the folder", &out.join(folder.as_str()), cause);
    for path in compare::marked_files(out, folder, &wanted)
        .map_err(failed)?
        .keys()
    {
        let path = out.join(path.as_str());
        fs::remove_file(&path).map_err(|cause| Failure::new("remove the file", &path, cause))?;
    }
    Ok(())
}

fn write(artifact: &Artifact, out: &Path) -> Result<(), Failure> {
    let path = out.join(artifact.path.as_str());
    if fs::read(&path).is_ok_and(|have| have == artifact.text.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .map_err(|cause| Failure::new("make the folder", folder, cause))?;
    }
    output::replace(&path, artifact.text.as_bytes()).map(drop)
}
