//! Tests of Quint that fail, as findings.

use crate::{
    artifact::quint::{Suite, decode},
    diagnostic::{
        Code, Diagnostic, Place,
        codes::rules::journey::{
            AUTOMATION_NEVER_SETTLES, COMMAND_BEFORE_EVENT, DECISION_NEVER_MADE, JOURNEY_DEAD_END,
            NO_END_IN_REACH, RAISED_ERROR_WITHOUT_RECOVERY, REACTION_WITHOUT_TRIGGER,
            SCENARIO_DOES_NOT_HAPPEN, STEP_NEVER_REACHED, TOO_MANY_JOURNEYS,
            TRANSITION_NEVER_TAKEN, VIEW_BEFORE_EVENTS,
        },
    },
    manifest::Rules,
    model::Part,
    ops::verdict::Broken,
};

/// What holds in every state, each with the code of the test of that name.
pub(super) const INVARIANTS: &[(&str, &Code)] = &[
    ("noDeadEnd", &JOURNEY_DEAD_END),
    ("commandsReadRecordedEvents", &COMMAND_BEFORE_EVENT),
    ("reactionsHaveTriggers", &REACTION_WITHOUT_TRIGGER),
    ("automationsSettle", &AUTOMATION_NEVER_SETTLES),
    ("errorsHaveRecovery", &RAISED_ERROR_WITHOUT_RECOVERY),
    ("viewsShowRecordedEvents", &VIEW_BEFORE_EVENTS),
];

/// The other tests that every workflow has, each with what it tells first of its
/// story.
const SURVEY: &[(&str, &Code)] = &[
    ("everyJourneyCanEnd", &NO_END_IN_REACH),
    ("everyStepIsReached", &STEP_NEVER_REACHED),
    ("everyDecisionIsMade", &DECISION_NEVER_MADE),
    ("everyTransitionIsTaken", &TRANSITION_NEVER_TAKEN),
    ("everyStateIsSeen", &TOO_MANY_JOURNEYS),
];

/// What Quint writes before the story of a broken rule.
fn title(code: &Code) -> Option<String> {
    let told = 931..=940;
    told.contains(&code.number)
        .then(|| format!("{code} {}", code.name))
}

/// What failing tests are judged by.
pub(super) struct Suites<'a> {
    /// The levels of the rules, and the exceptions.
    pub rules: &'a Rules,
    /// What the rules themselves say of the model.
    pub broken: &'a [Broken],
    /// What Quint said.
    pub said: &'a str,
}

impl Suites<'_> {
    /// The findings for the tests of a workflow that failed. `page` is its file.
    pub(super) fn failed(&self, suite: &Suite, page: &str, tests: &[String]) -> Vec<Diagnostic> {
        tests
            .iter()
            .filter_map(|test| {
                let test = test.rsplit("::").next().unwrap_or(test);
                self.judged(suite, self.finding(suite, page, test))
            })
            .collect()
    }

    fn finding(&self, suite: &Suite, page: &str, test: &str) -> Diagnostic {
        let of_all = INVARIANTS.iter().chain(SURVEY);
        let code = of_all
            .filter(|(name, _)| test.strip_suffix("Test") == Some(name))
            .map(|(_, code)| *code)
            .next();
        let code = code.unwrap_or(&SCENARIO_DOES_NOT_HAPPEN);
        let (line, scenario) = place(page, &suite.tests, test);
        let mut element = format!("workflow {}", suite.workflow);
        if let Some((slice, scenario)) = scenario {
            element.push_str(&format!(", slice {slice}, scenario {scenario}"));
        }
        let finding = Diagnostic::new(code, code.title)
            .about(element)
            .at(Place::line(suite.path.as_str(), line))
            .note(format!("the test `{test}` of Quint fails"));
        let finding = match title(code).and_then(|title| story(self.said, &title)) {
            Some(story) => finding.note(format!("Quint tells: {story}")),
            None => finding,
        };
        finding
            .help("`cargo emc check` tells the same rule with the element and its story")
            .help(format!("more: `cargo emc explain {code}`"))
    }

    /// The finding at the level that the manifest gives it: a test fails for all
    /// the elements of a workflow, so the worst of them counts, and where all are
    /// excepted there is none.
    fn judged(&self, suite: &Suite, finding: Diagnostic) -> Option<Diagnostic> {
        let levels: Vec<_> = self
            .broken
            .iter()
            .filter(|broken| {
                let mut parts = broken.path.0.iter();
                broken.rule == finding.code.number
                    && parts.any(|(part, name)| {
                        *part == Part::Workflow && *name == suite.workflow.as_str()
                    })
            })
            .filter_map(Broken::finding)
            .map(|broken| self.rules.judge(broken).map(|judged| judged.level))
            .collect();
        if levels.is_empty() {
            return self.rules.judge(finding);
        }
        let level = levels.into_iter().flatten().min()?;
        Some(Diagnostic { level, ..finding })
    }
}

/// The line that runs a test, or else the module of the tests, and for the test
/// of a scenario its slice and its name.
fn place(page: &str, module: &str, test: &str) -> (u32, Option<(String, String)>) {
    let head = format!("module {module} {{");
    let mut found = 1;
    for (line, number) in page.lines().zip(1..) {
        if line == head {
            found = number;
        }
        let own = line.trim_start().strip_prefix("run ");
        let own = own.and_then(|rest| rest.strip_prefix(test)?.strip_prefix(" = scenario(\""));
        if let Some(text) = own.and_then(|rest| rest.strip_suffix("\")")) {
            let text = decode(text);
            let parts = text.split_once(": ");
            let parts = parts.map(|(slice, name)| (slice.to_owned(), name.to_owned()));
            return (number, parts);
        }
    }
    (found, None)
}

/// The story behind `> title`, in one line.
fn story(said: &str, title: &str) -> Option<String> {
    let start = format!("> {title} ");
    let mut lines = said.lines().skip_while(|line| !line.starts_with(&start));
    let mut story = lines.next()?.strip_prefix(&start)?.to_owned();
    for line in lines.take_while(|line| !line.starts_with('>')) {
        story.push(' ');
        story.push_str(line.trim());
    }
    Some(super::quote::bounded(&decode(story.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rel_path::RelPath;

    fn failed(tests: &[&str]) -> Vec<(String, String, u32, Vec<String>)> {
        let suite = Suite {
            workflow: "open-ticket".to_owned(),
            path: RelPath::new("q/open_ticket.qnt").expect("a path"),
            module: "open_ticket".to_owned(),
            tests: "open_ticket__test".to_owned(),
            count: 12,
        };
        let page = "module open_ticket {\n}\n\nmodule open_ticket__test {\n\
            \x20 run a_b__sees_it_Test = scenario(\"a-b: Sees %22it%22: now\")\n}\n";
        let suites = Suites {
            rules: &Rules::default(),
            broken: &[],
            said: "> EMC931 journey-dead-end [\n  (\"a\", \"B\", \"c\")\n]\n> EMC937 no-end-in-reach []\n",
        };
        let tests: Vec<String> = tests.iter().map(|test| format!("m::{test}")).collect();
        suites
            .failed(&suite, page, &tests)
            .into_iter()
            .map(|finding| {
                let line = finding.place.and_then(|place| place.line);
                (
                    finding.code.to_string(),
                    finding.element.unwrap_or_default(),
                    line.unwrap_or_default(),
                    finding.notes,
                )
            })
            .collect()
    }

    #[test]
    fn failing_tests_become_findings_of_the_rule_they_test() {
        let found = failed(&["noDeadEndTest", "everyStateIsSeenTest", "a_b__sees_it_Test"]);
        assert_eq!(found[0].0, "EMC931");
        assert_eq!(found[0].1, "workflow open-ticket");
        assert_eq!(found[0].2, 4);
        assert_eq!(found[0].3[1], "Quint tells: [ (\"a\", \"B\", \"c\") ]");
        assert_eq!(found[1].0, "EMC942");
        assert_eq!(found[2].0, "EMC941");
        assert_eq!(
            found[2].1,
            "workflow open-ticket, slice a-b, scenario Sees \"it\": now"
        );
        assert_eq!(found[2].2, 5);
    }

    #[test]
    fn every_test_of_the_shared_modules_has_a_code() {
        let library = include_str!("../../artifact/quint/library/emc.qnt");
        let mut codes = std::collections::BTreeSet::new();
        for line in library.lines() {
            if let Some(test) = line.strip_prefix("  run ")
                && let Some((test, _)) = test.split_once("Test = ")
            {
                let known = INVARIANTS.iter().chain(SURVEY);
                let code = known
                    .filter(|(name, _)| *name == test)
                    .map(|(_, code)| code);
                let code = code.map(|code| code.number).next();
                assert!(code.is_some_and(|code| codes.insert(code)), "{test}");
            }
            if let Some((_, rest)) = line.split_once("never(\"") {
                let told = rest.split('"').next().unwrap_or_default();
                let titles = INVARIANTS.iter().chain(SURVEY);
                let mut titles = titles.filter_map(|(_, code)| title(code));
                assert!(
                    line.contains("run never") || titles.any(|title| title == told),
                    "{told}"
                );
            }
        }
        assert_eq!(codes.len(), 11);
    }
}
