//! Where cargo puts what it builds, found without starting cargo.

use std::path::{Path, PathBuf};

use super::{
    cargo_toml,
    discover::{Surroundings, is_boundary},
};

/// The target directory for a project, by the same order that cargo has:
///
/// 1. `CARGO_TARGET_DIR`, then `CARGO_BUILD_TARGET_DIR`, relative to the
///    current folder;
/// 2. `build.target-dir` of the nearest `.cargo/config.toml` (or
///    `.cargo/config`) at or above the project, then of the one in
///    `CARGO_HOME`, relative to the folder that holds `.cargo`;
/// 3. `target` beside the Cargo.toml of the workspace, or of the package where
///    there is no workspace; a package counts if it lies at or above the
///    project and in its repository;
/// 4. `target` in the project root.
///
/// It need not exist. What cannot be read is passed over: it is the place of a
/// cache, and nothing but time depends on it.
pub fn target_dir(root: &Path, surroundings: &Surroundings<'_>) -> PathBuf {
    let root = surroundings.current_dir.join(root);
    for name in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"] {
        if let Some(folder) = surroundings.variable(name) {
            return surroundings.current_dir.join(folder);
        }
    }
    configured(&root, surroundings).unwrap_or_else(|| beside_cargo_toml(&root).join("target"))
}

fn configured(root: &Path, surroundings: &Surroundings<'_>) -> Option<PathBuf> {
    let home = surroundings
        .variable("CARGO_HOME")
        .map(|home| surroundings.current_dir.join(home))
        .or_else(|| {
            ["HOME", "USERPROFILE"]
                .iter()
                .find_map(|name| surroundings.variable(name))
                .map(|home| PathBuf::from(home).join(".cargo"))
        });
    root.ancestors()
        .map(|folder| folder.join(".cargo"))
        .chain(home)
        .find_map(|folder| {
            let folder_of = folder.parent()?.to_owned();
            ["config", "config.toml"]
                .iter()
                .find_map(|name| cargo_toml::text_at(&folder.join(name), &["build", "target-dir"]))
                .filter(|target| !target.is_empty())
                .map(|target| folder_of.join(target))
        })
}

/// The folder of the workspace or package that the project belongs to.
fn beside_cargo_toml(root: &Path) -> PathBuf {
    let Some(package) = package_of(root) else {
        return root.to_owned();
    };
    package
        .ancestors()
        .find(|folder| cargo_toml::is_workspace(folder) == Some(true))
        .unwrap_or(package)
        .to_owned()
}

fn package_of(root: &Path) -> Option<&Path> {
    for folder in root.ancestors() {
        if cargo_toml::is_workspace(folder).is_some() {
            return Some(folder);
        }
        if is_boundary(folder) {
            return None;
        }
    }
    None
}
