//! What git knows of the committed transactions.

#[cfg(feature = "watch")]
use std::path::PathBuf;
use std::{path::Path, process::Command};

use crate::{
    diagnostic::{Diagnostic, codes::environment::GIT_FAILED},
    rel_path::RelPath,
};

/// A committed file that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Its content or its type is another.
    Changed(String),
    /// It is gone.
    Deleted(String),
}

/// The files below `folder` that the merge base of `base` and the present commit
/// holds, and that are changed or gone in the work tree. Names are relative to
/// `folder`; files that are new are not among them.
pub fn touched_since(
    root: &Path,
    folder: &RelPath,
    base: &str,
) -> Result<Vec<Touched>, Diagnostic> {
    // A name that starts with a dash would be an option.
    let named = git(
        root,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &format!("{base}^{{commit}}"),
        ],
    )?;
    let common = git(root, &["merge-base", named.trim(), "HEAD"])?;
    let listed = git(
        root,
        &[
            "diff",
            "--name-status",
            "--no-renames",
            "--relative",
            "-z",
            common.trim(),
            "--",
            folder.as_str(),
        ],
    )?;
    let mut fields = listed.split('\0');
    let mut touched = Vec::new();
    while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
        let name = path
            .strip_prefix(folder.as_str())
            .unwrap_or(path)
            .trim_start_matches('/')
            .to_owned();
        match status {
            "A" => {}
            "D" => touched.push(Touched::Deleted(name)),
            _ => touched.push(Touched::Changed(name)),
        }
    }
    Ok(touched)
}

/// The file that is there while git changes the index of the work tree that a
/// folder lies in, and with it its files.
#[cfg(feature = "watch")]
pub fn index_lock(folder: &Path) -> Option<PathBuf> {
    let tree = folder
        .ancestors()
        .find(|above| above.join(".git").exists())?;
    let git = tree.join(".git");
    if git.is_dir() {
        return Some(git.join("index.lock"));
    }
    // A linked work tree or a submodule.
    let text = super::fs::read_to_string(git).ok()?;
    let real = text.strip_prefix("gitdir:")?.trim();
    Some(tree.join(real).join("index.lock"))
}

fn git(root: &Path, arguments: &[&str]) -> Result<String, Diagnostic> {
    let failed = |reason: String| {
        Diagnostic::new(&GIT_FAILED, format!("`git {}` failed", arguments.first().unwrap_or(&"")))
            .note(reason)
            .help("check that git is installed, that the project lies in a work tree, and that the commit is known here (`git fetch`)")
    };
    let output = Command::new("git")
        .current_dir(root)
        .args(arguments)
        // Not the repository of a hook that runs us.
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        // A secret of the server that runs us.
        .env_remove("EMC_MCP_TOKEN")
        .output()
        .map_err(|cause| failed(cause.to_string()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        let what = arguments.last().unwrap_or(&"").to_owned();
        return Err(failed(if said.is_empty() {
            format!("git knows no `{what}`")
        } else {
            said
        }));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
