//! The little that is read of a Cargo.toml: the pointer to a manifest, and
//! whether it is the root of a workspace.

use std::{
    io,
    path::{Path, PathBuf},
};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{discover::LONGEST, fs};
use crate::diagnostic::{
    Diagnostic, Source,
    codes::{environment::READ_FAILED, manifest::BAD_POINTER},
};

/// The name of cargo's manifest.
pub(super) const FILE_NAME: &str = "Cargo.toml";

/// The manifest that the Cargo.toml in this folder points at with
/// `metadata.emc.config`: the package's own pointer before that of the
/// workspace. A folder without a Cargo.toml, and a Cargo.toml that is no TOML
/// (which is cargo's to tell), point at nothing.
pub(super) fn pointer(folder: &Path) -> Result<Option<PathBuf>, Box<Diagnostic>> {
    let path = folder.join(FILE_NAME);
    let Some(text) = read(&path)? else {
        return Ok(None);
    };
    // Most files end here, unparsed.
    if !text.contains("emc") {
        return Ok(None);
    }
    let Ok(document) = DeTable::parse(&text) else {
        return Ok(None);
    };
    let place = path.display().to_string();
    let source = Source::new(&text, &place);
    for owner in ["package", "workspace"] {
        let Some(settings) = table(document.get_ref(), &[owner, "metadata"])
            .and_then(|metadata| metadata.get("emc"))
        else {
            continue;
        };
        return config(settings, &source, owner)
            .map(|config| folder.join(config.get_ref()))
            .and_then(|target| {
                if target.is_file() {
                    Ok(Some(target))
                } else {
                    let span = settings
                        .get_ref()
                        .get("config")
                        .map_or_else(|| settings.span(), Spanned::span);
                    Err(source
                        .finding(
                            &BAD_POINTER,
                            span,
                            "",
                            format!("there is no manifest at `{}`", target.display()),
                        )
                        .help("the path is relative to this Cargo.toml")
                        .into())
                }
            });
    }
    Ok(None)
}

/// The one key that the table may have.
fn config(
    settings: &Spanned<DeValue<'_>>,
    source: &Source<'_>,
    owner: &str,
) -> Result<Spanned<String>, Box<Diagnostic>> {
    let refuse = |span, what: &str| -> Box<Diagnostic> {
        source
            .finding(&BAD_POINTER, span, "", what.to_owned())
            .help(format!(
                "write `config = \"path/to/emc.toml\"` below `[{owner}.metadata.emc]`"
            ))
            .help("settings stand in emc.toml only")
            .into()
    };
    let Some(keys) = settings.get_ref().as_table() else {
        return Err(refuse(settings.span(), "`metadata.emc` takes a table"));
    };
    if let Some((key, _)) = keys.iter().find(|(key, _)| key.get_ref() != "config") {
        return Err(refuse(key.span(), "`metadata.emc` has no key but `config`"));
    }
    let value = keys
        .get("config")
        .ok_or_else(|| refuse(settings.span(), "`metadata.emc` has no `config`"))?;
    let text = value
        .get_ref()
        .as_str()
        .ok_or_else(|| refuse(value.span(), "`metadata.emc.config` takes a string"))?;
    Ok(Spanned::new(value.span(), text.to_owned()))
}

/// Whether the Cargo.toml in this folder has a `[workspace]`; `None` without
/// a Cargo.toml that can be read.
pub(super) fn is_workspace(folder: &Path) -> Option<bool> {
    let text = read(&folder.join(FILE_NAME)).ok()??;
    Some(
        text.contains("workspace")
            && DeTable::parse(&text)
                .is_ok_and(|document| document.get_ref().contains_key("workspace")),
    )
}

/// The text at a path of keys in a TOML file that is there and can be read.
pub(super) fn text_at(path: &Path, keys: &[&str]) -> Option<String> {
    let text = read(path).ok()??;
    let document = DeTable::parse(&text).ok()?;
    let (last, tables) = keys.split_last()?;
    let value = table(document.get_ref(), tables)?.get(*last)?;
    value.get_ref().as_str().map(str::to_owned)
}

fn table<'t, 'i>(mut table: &'t DeTable<'i>, keys: &[&str]) -> Option<&'t DeTable<'i>> {
    for key in keys {
        table = table.get(*key)?.get_ref().as_table()?;
    }
    Some(table)
}

/// The text of a file; `None` if there is no such file, or none of text.
fn read(path: &Path) -> Result<Option<String>, Box<Diagnostic>> {
    match fs::read_at_most(path, LONGEST).map(String::from_utf8) {
        Ok(text) => Ok(text.ok()),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound
                    | io::ErrorKind::NotADirectory
                    | io::ErrorKind::IsADirectory
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(read_failed(path, &error)),
    }
}

/// Reading failed.
pub(super) fn read_failed(path: &Path, error: &io::Error) -> Box<Diagnostic> {
    Diagnostic::new(
        &READ_FAILED,
        format!("cannot read `{}`: {error}", path.display()),
    )
    .help("check that the path exists and that you may read it")
    .into()
}
