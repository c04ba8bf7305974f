//! The edge of the import: old files in, transactions of today out.

use std::path::Path;

use super::{
    Present, Refused, Store,
    legacy::{self, LegacyFile},
    store::commit,
};
use crate::{
    diagnostic::{
        Diagnostic, Place,
        codes::authoring::{ALREADY_IMPORTED, LEGACY_DAMAGED, STORE_CHANGED},
    },
    disk::{Failure, fs},
    event::EmcEvent,
    model::{Model, Origin, ProjectedModel},
};

/// What an import wrote.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Transactions, one for each old event. Fewer than the old store has events
    /// when an import that was interrupted went on.
    pub transactions: usize,
    /// The model.
    pub model: Model,
}

impl Store {
    /// Make the events of an old store, one transaction each, those of this
    /// one. `path` is the old project or its folder of events. An import that
    /// was interrupted goes on where it stopped.
    ///
    /// # Errors
    /// Old files that are damaged, a store that holds other events, I/O.
    pub fn import(&self, path: &Path) -> Result<Imported, Refused> {
        let files = old_files(path)?;
        let events = legacy::convert(&files)?;
        let expected = fold(&events)?;
        let present = self.read()?;
        rest(&present, &events)?;
        let own = self.clone();
        let transactions = self.opened(move |runtime, store| {
            // Others wrote until the lock was ours.
            let mut present = own.read()?;
            let rest = rest(&present, &events)?;
            for event in rest {
                if !commit(runtime, store, &present, std::slice::from_ref(event), &[])? {
                    return Err(vec![Diagnostic::new(
                        &STORE_CHANGED,
                        "the store changed during the import; import again to go on",
                    )]
                    .into());
                }
                present.appended(event);
            }
            Ok(rest.len())
        })?;
        let model = self.read()?.model;
        if model != expected {
            return Err(vec![Diagnostic::new(
                &STORE_CHANGED,
                "the store does not hold the model that was imported: something else was written meanwhile",
            )].into());
        }
        Ok(Imported {
            transactions,
            model,
        })
    }
}

/// What is left to import into a store that holds the first of `events`, or
/// none.
fn rest<'a>(present: &Present, events: &'a [EmcEvent]) -> Result<&'a [EmcEvent], Refused> {
    present.sound(false)?;
    match events.strip_prefix(present.events.as_slice()) {
        Some(rest) if !rest.is_empty() => Ok(rest),
        _ => Err(vec![Diagnostic::new(
            &ALREADY_IMPORTED,
            match present.events.len() {
                1 => "the store holds an event already; an import needs an empty one".to_owned(),
                many => {
                    format!("the store holds {many} events already; an import needs an empty one")
                }
            },
        )]
        .into()),
    }
}

fn fold(events: &[EmcEvent]) -> Result<Model, Refused> {
    let projected = ProjectedModel::from_events((0..).map(Origin).zip(events));
    if projected.refusals.is_empty() {
        Ok(projected.model)
    } else {
        let place = Place::file("the old events");
        Err(projected
            .refusals
            .iter()
            .map(|refusal| refusal.diagnostic(place.clone()))
            .collect())
    }
}

/// The files of an old project, or of a folder of old events.
fn old_files(path: &Path) -> Result<Vec<LegacyFile>, Refused> {
    let below = path.join("model/events/v1");
    let folder = if below.is_dir() {
        below
    } else {
        path.to_path_buf()
    };
    let unreadable =
        |path: &Path, error| Failure::new("read the old store", path, error).diagnostic();
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).map_err(|error| unreadable(&folder, error))? {
        let file = entry.map_err(|error| unreadable(&folder, error))?.path();
        if file
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(LegacyFile {
                name: file.to_string_lossy().into_owned(),
                bytes: fs::read(&file).map_err(|error| unreadable(&file, error))?,
            });
        }
    }
    if files.is_empty() {
        return Err(
            Diagnostic::new(&LEGACY_DAMAGED, "there is no file of the old format here")
                .at(Place::file(folder.to_string_lossy()))
                .help("name the old project, or the folder with its `.json` events")
                .into(),
        );
    }
    files.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(files)
}
