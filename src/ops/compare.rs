//! What the artifacts of a family should be against the files on disk.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::Metadata,
    io,
    path::Path,
};

use super::project::Project;
use crate::{
    artifact::{Artifact, Family, Known, Marked, Scope},
    diagnostic::{Diagnostic, Place, codes::artifacts},
    disk::{Failure, fs, output, stamp::Stamp},
    rel_path::RelPath,
};

/// An artifact that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub path: RelPath,
    /// The text on disk, as far as it is text; empty when there is none.
    pub have: String,
    /// The text that the model asks for.
    pub want: String,
}

/// The artifacts of a family, compared with what is on disk.
#[derive(Debug, Default)]
pub struct FamilyFindings {
    /// How many artifacts the model has.
    pub rendered: usize,
    /// What is wrong with those on disk.
    pub findings: Vec<Diagnostic>,
    /// How they differ.
    pub differences: Vec<Difference>,
}

/// Compare the artifacts of a family with what is on disk.
pub fn family_findings(
    project: &Project,
    family: &dyn Family,
    known: Known<'_>,
) -> Result<FamilyFindings, Failure> {
    let mut found = FamilyFindings::default();
    let Some(settings) = project.manifest.family(family.name()) else {
        return Ok(found);
    };
    let folder = &settings.path;
    let wanted = family.paths(known.model);
    let unwanted = marked_files(&project.root, folder, &wanted).map_err(|cause| Failure {
        action: "read the folder",
        path: folder.to_string(),
        cause,
    })?;
    let mut failed = None;
    family.render_each(known, Scope::Everything, &mut |artifact| {
        found.rendered += 1;
        match compare(project, artifact) {
            Ok(None) => {}
            Ok(Some((finding, difference))) => {
                found.findings.push(finding);
                found.differences.extend(difference);
            }
            // The first failure is the one to tell.
            Err(failure) => {
                failed.get_or_insert(failure);
            }
        }
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    found.findings.extend(
        unwanted
            .into_iter()
            .map(|(path, marked)| orphaned(&path, marked)),
    );
    Ok(found)
}

type Compared = Option<(Diagnostic, Option<Difference>)>;

fn compare(project: &Project, artifact: Artifact) -> Result<Compared, Failure> {
    let path = artifact.path;
    let on_disk = project.root.join(path.as_str());
    let have = match fs::symlink_metadata(&on_disk) {
        Ok(metadata) if is_readable(&metadata) => fs::read(&on_disk),
        Ok(_) => return Ok(Some((foreign(&path), None))),
        Err(cause) => Err(cause),
    };
    let have = match have {
        Ok(bytes) => bytes,
        Err(cause)
            if matches!(
                cause.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            let finding = Diagnostic::new(&artifacts::MISSING, format!("`{path}` is missing"));
            return Ok(Some((
                finding.at(Place::file(path.as_str())).help(REBUILD),
                None,
            )));
        }
        Err(cause) => {
            return Err(Failure {
                action: "read the file",
                path: path.to_string(),
                cause,
            });
        }
    };
    if have == artifact.text.as_bytes() {
        return Ok(None);
    }
    let marks = Marked::of(artifact.text.as_bytes()) != Marked::No;
    let text = String::from_utf8_lossy(&have).into_owned();
    let place = Place::file(path.as_str());
    if text.replace("\r\n", "\n") == artifact.text {
        let finding = Diagnostic::new(
            &artifacts::CONVERTED,
            format!("the lines of `{path}` end in CR LF"),
        )
        .at(place)
        .help("write `text eol=lf` for its folder into .gitattributes, then run `cargo emc build`");
        return Ok(Some((finding, None)));
    }
    let finding = match Marked::of(&have) {
        Marked::No if marks => return Ok(Some((foreign(&path), None))),
        Marked::Edited => Diagnostic::new(
            &artifacts::EDITED,
            format!("`{path}` was changed by something else"),
        ),
        Marked::No | Marked::Intact => Diagnostic::new(
            &artifacts::STALE,
            format!("`{path}` is not what the model says"),
        ),
    };
    let difference = Difference {
        path,
        have: text,
        want: artifact.text,
    };
    Ok(Some((finding.at(place).help(REBUILD), Some(difference))))
}

const REBUILD: &str = "run `cargo emc build` and commit what it writes";

fn foreign(path: &RelPath) -> Diagnostic {
    Diagnostic::new(
        &artifacts::NOT_OURS,
        format!("`{path}` was not written by cargo-emc"),
    )
    .at(Place::file(path.as_str()))
    .help("move the file away, then run `cargo emc build`")
}

fn orphaned(path: &RelPath, marked: Marked) -> Diagnostic {
    let finding = Diagnostic::new(
        &artifacts::ORPHANED,
        format!("`{path}` belongs to nothing in the model"),
    )
    .at(Place::file(path.as_str()));
    match marked {
        Marked::Edited => finding
            .note("it was changed by something else, so a build leaves it alone")
            .help("save what you need of it, then remove it"),
        _ => finding.help(REBUILD),
    }
}

/// What stands at a path, with its bytes if it can be one of our files.
pub(super) fn open(path: &Path) -> io::Result<Option<(Option<Vec<u8>>, Stamp)>> {
    let opened = fs::symlink_metadata(path).and_then(|metadata| {
        // A link is never followed: what it points at is not ours. Nor is a folder,
        // a device, or a file longer than any that we write.
        let bytes = is_readable(&metadata).then(|| fs::read(path)).transpose()?;
        Ok((bytes, Stamp::of(&metadata)))
    });
    match opened {
        Err(cause) if is_absent(&cause) => Ok(None),
        other => other.map(Some),
    }
}

/// Whether something can be one of our files: no link, no device, and not too long.
pub fn is_readable(metadata: &Metadata) -> bool {
    metadata.is_file() && metadata.len() <= fs::LONGEST
}

/// Whether there is nothing at a path.
pub(super) fn is_absent(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Every file below a folder that carries our marker, but for those that are
/// `wanted`, which need not be read again. Links are not followed.
pub fn marked_files(
    root: &Path,
    folder: &RelPath,
    wanted: &BTreeSet<RelPath>,
) -> io::Result<BTreeMap<RelPath, Marked>> {
    let mut marked = BTreeMap::new();
    let mut folders = vec![folder.clone()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(root.join(folder.as_str())) {
            Ok(entries) => entries,
            Err(cause) if is_absent(&cause) => continue,
            Err(cause) => return Err(cause),
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            // We never write a name that is not UTF-8 or not a RelPath.
            let Some(path) = name
                .to_str()
                .and_then(|name| RelPath::new(&format!("{folder}/{name}")).ok())
            else {
                continue;
            };
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && !wanted.contains(&path) {
                // What a killed build left is ours, whatever is in it.
                let unfinished = path.file_name().starts_with(output::TEMPORARY);
                let found = if unfinished {
                    Marked::Intact
                } else {
                    match open(&entry.path())? {
                        Some((Some(bytes), _)) => Marked::of(&bytes),
                        // Not ours, or gone since it was listed.
                        _ => Marked::No,
                    }
                };
                if found != Marked::No {
                    marked.insert(path, found);
                }
            }
        }
    }
    Ok(marked)
}
