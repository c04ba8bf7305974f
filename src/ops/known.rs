//! What is known of a model that was read whole, beside what it says: for the
//! families that tell it.

#[cfg(feature = "rules")]
use super::verdict::Verdict;
use super::{project::Project, reading::Reading, written::written};
use crate::{
    artifact::{Breach, Known},
    model::Origin,
};

/// What the workflows break, each by itself in the order of the model, and what is
/// broken in how they fit together.
pub type Breaches = (Vec<Vec<Breach>>, Vec<Breach>);

/// Every rule that the model breaks.
#[cfg(feature = "rules")]
pub fn verdict(reading: &Reading) -> Verdict {
    // Every event was just read: each has a place.
    let place = |origin| Some(reading.place(origin));
    Verdict::of(&reading.model, &place).unwrap_or_default()
}

/// What the families tell of the rules that the model breaks. Nothing where the rules
/// are not compiled in: then no family is that tells it.
pub fn breaches(project: &Project, reading: &Reading) -> Breaches {
    #[cfg(feature = "rules")]
    return verdict(reading).breaches(&project.manifest.rules);
    #[cfg(not(feature = "rules"))]
    {
        let _ = (project, reading);
        Breaches::default()
    }
}

/// Give a model with what is known of it to who renders it.
pub fn with<Rendered>(
    reading: &Reading,
    (workflows, project): &Breaches,
    render: impl FnOnce(Known<'_>) -> Rendered,
) -> Rendered {
    let rows = reading.rows();
    render(Known {
        model: &reading.model,
        workflows,
        project,
        written: &|Origin(event)| {
            let row = rows.get(usize::try_from(event).ok()?)?;
            Some(written(row.0))
        },
    })
}
