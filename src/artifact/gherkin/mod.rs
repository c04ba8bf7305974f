//! Feature files: the scenarios of a slice in Gherkin, for the tools that run them.
//!
//! A file for each slice, also for one without scenarios. Acceptance scenarios
//! carry the tag `@acceptance`, those that bind a definition `@contract` and the
//! kind of what they bind, so that a runner can leave them out.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{Artifact, Comment, Family, Known, Scope, stem::stem, stem::stems, visible::visible};
use crate::{
    event::{Scenario, vocabulary::ScenarioKind},
    model::{Model, Slice, Workflow},
    rel_path::RelPath,
};

/// The family of feature files.
#[derive(Clone, Debug)]
pub struct Gherkin {
    /// Where they go.
    pub folder: RelPath,
}

impl Gherkin {
    /// The slices of a workflow with their files.
    fn files<'a>(&self, workflow: &'a Workflow, folder: &str) -> Vec<(&'a Slice, RelPath)> {
        let folder = self.folder.join(folder);
        let mut twins: BTreeMap<&str, usize> = BTreeMap::new();
        let slices = workflow.slices.iter();
        slices
            .map(|slice| {
                let count = twins.entry(&slice.slug).or_default();
                *count += 1;
                let stem = match *count {
                    1 => stem(&slice.slug),
                    // No stem holds a dash.
                    count => format!("{}-{count}", stem(&slice.slug)),
                };
                (slice, folder.join(&format!("{stem}.feature")))
            })
            .collect()
    }
}

impl Family for Gherkin {
    fn name(&self) -> &'static str {
        "gherkin"
    }

    fn generator(&self) -> u32 {
        3
    }

    fn paths(&self, model: &Model) -> BTreeSet<RelPath> {
        let stems = stems(model);
        let files = stems
            .iter()
            .flat_map(|(workflow, stem)| self.files(workflow, stem));
        files.map(|(_, path)| path).collect()
    }

    fn render_each(&self, known: Known<'_>, scope: Scope<'_>, out: &mut dyn FnMut(Artifact)) {
        stems(known.model)
            .iter()
            .filter(|(workflow, _)| scope.holds(&workflow.slug))
            .flat_map(|(workflow, stem)| self.files(workflow, stem))
            .map(|(slice, path)| Artifact::new(path, Comment::Hash, &feature(slice)))
            .for_each(out);
    }
}

/// A text behind a keyword, where Gherkin takes everything up to the end of the
/// line for text.
fn line(text: &str) -> Cow<'_, str> {
    visible(text)
}

fn feature(slice: &Slice) -> String {
    // Writing into a String cannot fail.
    let mut text = format!("Feature: {}\n", line(&slice.name));
    // A description that began with a keyword would be one.
    let _ = writeln!(text, "  Slice: {}", line(&slice.slug));
    let _ = writeln!(text, "  Purpose: {}", line(&slice.description));
    for recorded in &slice.scenarios {
        scenario(&mut text, &recorded.value);
    }
    text
}

fn scenario(text: &mut String, scenario: &Scenario) {
    let tags = match (scenario.kind, scenario.contract_kind) {
        (ScenarioKind::Acceptance, _) => "@acceptance".to_owned(),
        (ScenarioKind::Contract, None) => "@contract".to_owned(),
        (ScenarioKind::Contract, Some(kind)) => format!("@contract @{kind}"),
    };
    let _ = writeln!(text, "\n  {tags}\n  Scenario: {}", line(&scenario.name));
    if let Some(covered) = &scenario.covered_definition {
        let _ = writeln!(text, "    Binds: {}\n", line(covered));
    }
    let steps = [
        ("Given", &scenario.given),
        ("When", &scenario.when),
        ("Then", &scenario.then),
    ];
    for (keyword, step) in steps {
        let _ = writeln!(text, "    {keyword} {}", line(step));
    }
}
