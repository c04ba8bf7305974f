//! What is known of a model that was read whole, beside what it says: for the
//! families that tell it.

use super::{project::Project, reading::Reading, verdict::Verdict, written::written};
use crate::{artifact::Known, model::Origin};

/// Every rule that the model breaks.
pub fn verdict(reading: &Reading) -> Verdict {
    // Every event was just read: each has a place.
    let place = |origin| Some(reading.place(origin));
    Verdict::of(&reading.model, &place).unwrap_or_default()
}

/// Give a model with what is known of it to who renders it.
pub fn with<Rendered>(
    project: &Project,
    reading: &Reading,
    verdict: &Verdict,
    render: impl FnOnce(Known<'_>) -> Rendered,
) -> Rendered {
    let (workflows, apart) = verdict.breaches(&project.manifest.rules);
    let rows = reading.rows();
    render(Known {
        model: &reading.model,
        workflows: &workflows,
        project: &apart,
        written: &|Origin(event)| {
            let row = rows.get(usize::try_from(event).ok()?)?;
            Some(written(row.0))
        },
    })
}
