//! The identity of a working copy over the branches of its repository.
//!
//! A replica id stands for one line of transactions. A working copy that
//! switches to another branch of git leaves transactions behind that its next
//! one does not descend from, and to the writing library two such lines of one
//! id are a copied folder, for ever. So who has left something behind gets a
//! new id.

use std::{collections::BTreeSet, io, path::Path};

use serde::Deserialize;

use crate::{
    disk::{Failure, fs},
    transaction::EventId,
};

/// A line of the log of arrivals.
#[derive(Deserialize)]
struct Arrival {
    event_id: EventId,
}

/// The local files, below the store, that are to be made anew: none when all
/// that ever arrived here is still `present`. A log that cannot be read is
/// repaired when the store is opened, and says nothing here.
pub(super) fn outlived(
    store: &Path,
    present: &BTreeSet<EventId>,
) -> Result<Vec<&'static str>, Failure> {
    const LOG: &str = "index/ingestion.log";
    let log = match fs::read(store.join(LOG)) {
        Ok(log) => String::from_utf8_lossy(&log).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => {
            return Err(Failure::new(
                "read the log of arrivals",
                &store.join(LOG),
                cause,
            ));
        }
    };
    let left_behind = log
        .lines()
        .filter_map(|line| serde_json::from_str::<Arrival>(line).ok())
        .any(|arrival| !present.contains(&arrival.event_id));
    // Without the log what was left behind is not known again either.
    Ok(if left_behind {
        vec![".eventcore/replica_id", LOG]
    } else {
        Vec::new()
    })
}
