//! The project: its slugs, and where its workflows lead.

use super::{Check, Part, Path, Rule, examples, index::Project, names::doubles, repeated};
use crate::{diagnostic::codes::rules::project as codes, facts::Target};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: &codes::SLUG_TWICE,
        hint: "slugs are unique in the project",
        example: &examples::project::EMC951,
        checks: &[Check::Project(slug_twice)],
    },
    Rule {
        code: &codes::EXIT_WORKFLOW_UNKNOWN,
        hint: "name a workflow of this project",
        example: &examples::project::EMC952,
        checks: &[Check::Project(exit_workflow_unknown)],
    },
];

fn slug_twice(p: &Project<'_>) -> Vec<Path> {
    let workflows = repeated(p.workflows.iter().map(|workflow| workflow.slug))
        .into_iter()
        .map(|slug| Path::at([(Part::Workflow, slug)]));
    let slices = doubles(p.slices().iter().map(|slice| slice.slug))
        .into_iter()
        .map(|slug| Path::at([(Part::Slice, slug)]));
    workflows.chain(slices).collect()
}

fn exit_workflow_unknown(p: &Project<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for workflow in &p.workflows {
        for transition in &workflow.transitions {
            if let Target::Exit(slug) = transition.target
                && !p.has_workflow(slug)
            {
                places.push(Path::at([
                    (Part::Workflow, workflow.slug),
                    (Part::Transition, transition.source),
                    (Part::Target, slug),
                ]));
            }
        }
    }
    places
}
