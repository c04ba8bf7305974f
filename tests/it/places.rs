//! Findings of models that nobody wrote are placed where their element is.

use emc::{
    event::EmcEvent,
    facts,
    model::{Origin, Part, Path},
    rules,
};

use crate::differential::models;

/// The event names the outermost element in what was checked, which was
/// recorded: a finding is not told of what surrounds it. Gives whether there is
/// such an element.
fn names_its_element(events: &[EmcEvent], origin: Origin, path: &Path) -> bool {
    let event = events[origin.0 as usize].encode();
    let Some((part, name)) = path.0.get(1) else {
        return false;
    };
    let quoted = serde_json::to_string(name).expect("JSON");
    // That nobody arrives in a state is recorded nowhere.
    let recorded = !matches!(part, Part::Arrival) || event.contains("LifecycleState");
    assert!(!recorded || event.contains(&quoted), "{path}: {event}");
    recorded
}

#[test]
fn a_finding_is_placed_at_an_event_that_names_its_element() {
    let mut placed = 0;
    for seed in 1..=400 {
        let events = models::events(seed);
        let model = models::folded(&events);
        let project = facts::Project::of(&model, "project");
        let mut place = |origin: Origin, path: &Path| {
            placed += usize::from(names_its_element(&events, origin, path));
        };
        let origins = rules::ProjectOrigins::of(&model);
        for finding in rules::project(&project) {
            let origin = origins.find(&finding.path);
            place(origin.expect("recorded"), &finding.path);
        }
        for (workflow, facts) in model.workflows.iter().zip(&project.workflows) {
            for finding in rules::workflow(facts) {
                let origin = rules::workflow_origin(workflow, &finding.path);
                place(origin, &finding.path);
            }
            for (slice, step) in workflow.slices.iter().zip(&facts.steps) {
                for finding in rules::slice(&step.slice) {
                    place(rules::slice_origin(slice, &finding.path), &finding.path);
                }
            }
        }
    }
    assert!(placed > 8_000, "{placed}");
}
