use super::*;
use crate::{document::testing::text, event::EmcEvent};

fn project(name: &str) -> EmcEvent {
    EmcEvent::ProjectInitialized { name: text(name) }
}

#[test]
fn nothing_is_appended_to_streams_that_moved() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let store = Store::new(folder.path(), RelPath::new("events").map_err(|_| "a path")?);
    let own = store.clone();
    let written = store.opened(move |runtime, open| {
        let empty = Present::default();
        let first = commit(runtime, open, &empty, &[project("A")], &[])?;
        // Decided on the empty stream, as the first one was.
        let late = commit(runtime, open, &empty, &[project("B")], &[])?;
        let known = Present::of(&own.files()?);
        let next = commit(runtime, open, &known, &[project("C")], &[])?;
        Ok([first, late, next])
    })?;
    assert_eq!(written, [true, false, true]);
    assert_eq!(store.read()?.events, [project("A"), project("C")]);
    Ok(())
}

#[test]
fn streams_that_are_only_touched_are_watched_too() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let store = Store::new(folder.path(), RelPath::new("events").map_err(|_| "a path")?);
    let added = |slug: &str| EmcEvent::WorkflowAdded {
        slug: text(slug),
        name: text("W"),
        description: text("d"),
    };
    let touched = ["workflow::w".to_owned()];
    let own = store.clone();
    let written = store.opened(move |runtime, open| {
        let empty = Present::default();
        let first = commit(runtime, open, &empty, &[project("A"), added("w")], &[])?;
        let known = Present::of(&own.files()?);
        let other = commit(runtime, open, &known, &[added("w")], &[])?;
        let late = commit(runtime, open, &known, &[project("B")], &touched)?;
        let free = commit(runtime, open, &known, &[project("B")], &[])?;
        Ok([first, other, late, free])
    })?;
    assert_eq!(written, [true, true, false, true]);
    Ok(())
}
