//! Every rule against its example, and the registry against the Lean library.

use super::{VACUOUS, all, hint, of, repeated};
use crate::diagnostic::{Code, Level, codes};

/// The catalogue of the Lean library: number, name, hint.
fn lean_catalogue() -> Vec<(u16, &'static str, &'static str)> {
    let report = include_str!("../artifact/lean/library/Emc/Report.lean");
    let rows = report.lines().filter_map(|line| {
        let row = line.strip_prefix("  (")?;
        let (number, rest) = row.split_once(", \"")?;
        let (name, hint) = rest.split_once("\", \"")?;
        Some((number.parse().ok()?, name, hint.split_once('"')?.0))
    });
    rows.collect()
}

#[test]
fn the_lean_library_has_the_same_rules() {
    let own: Vec<_> = all()
        .map(|rule| (rule.code.number, rule.code.name, rule.hint))
        .collect();
    assert!(own.len() > 100);
    assert_eq!(own, lean_catalogue());
}

/// A number is a rule of the catalogue, or it cannot be broken; the ones that
/// are played as behaviour aside.
#[test]
fn every_code_is_checked_or_vacuous() {
    for code in Code::all().filter(|code| code.number < 1000) {
        let played = (931..=942).contains(&code.number);
        let vacuous = VACUOUS.contains(&code);
        assert_eq!(of(code).is_none(), vacuous || played, "{code}");
        assert_eq!(hint(code).is_empty(), vacuous, "{code}");
    }
    assert!(of(&codes::store::UNREADABLE_HEADER).is_none());
}

/// Warnings are those that Lean prints and does not prove.
#[test]
fn the_lean_library_proves_the_errors() {
    let advice = include_str!("../artifact/lean/library/Emc/Warnings.lean");
    let advised: Vec<u16> = advice
        .lines()
        .filter_map(|line| line.strip_prefix("  code := ")?.parse().ok())
        // What is judged by the letters of a name is told by Report.lean itself.
        .chain([10, 11, 12])
        .collect();
    for rule in all() {
        let warns = advised.contains(&rule.code.number);
        assert_eq!(rule.code.level == Level::Warning, warns, "{}", rule.code);
    }
}

#[test]
fn a_name_is_repeated_as_often_as_it_comes_again() {
    assert_eq!(repeated(["a", "b", "a", "c", "a", "b"]), ["a", "b", "a"]);
    assert!(repeated(["a"]).is_empty());
}

#[cfg(feature = "author")]
pub(super) mod examples {
    use std::collections::BTreeSet;

    use toml::{Table, Value};

    use crate::{
        authoring::plan::Plan,
        document::{self, Document},
        event::{EmcEvent, Text},
        facts,
        model::{Model, Origin, ProjectedModel},
        rules::{self, Finding, Shown, all},
    };

    fn numbers(findings: &[Finding]) -> BTreeSet<u16> {
        findings
            .iter()
            .map(|found| found.rule.code.number)
            .collect()
    }

    fn findings(project: &facts::Project<'_>) -> Vec<Finding> {
        let mut findings = rules::project(project);
        for workflow in &project.workflows {
            findings.extend(rules::workflow(workflow));
            for step in &workflow.steps {
                findings.extend(rules::slice(&step.slice));
            }
        }
        findings
    }

    fn folded(events: &[EmcEvent]) -> Model {
        let projected = ProjectedModel::from_events(events.iter().map(|event| (Origin(0), event)));
        assert_eq!(projected.refusals, []);
        projected.model
    }

    /// The events that write an example.
    pub(in crate::rules) fn events(example: &str) -> Vec<EmcEvent> {
        let mut table: Table = toml::from_str(example).expect("an example is TOML");
        let element = [("slice", "slices"), ("workflow", "workflows")]
            .into_iter()
            .find(|(key, _)| table.contains_key(*key))
            .map_or("", |(_, element)| element);
        fill(element, "", &mut table);
        let text = |text| Text::new(text).expect("not empty");
        let read = Document::from_toml("example.toml", &table.to_string());
        let workflows = match read.unwrap_or_else(|refused| panic!("{refused}\n{table}")) {
            Document::Model(model) => model.workflows,
            Document::Workflow(workflow) => vec![workflow],
            Document::Slice(slice) => {
                let mut workflow = document::Workflow::empty(text("deposit"), text("-"), text("-"));
                workflow.slices.push(slice);
                vec![workflow]
            }
        };
        let wanted = document::Model {
            project: Some(text("locker")),
            workflows,
        };
        let plan = Plan::between(&document::Model::default(), &wanted);
        plan.unwrap_or_else(|refused| panic!("{refused}\n{example}"))
            .events()
    }

    /// What no document can say: the right example, made wrong.
    fn told(number: u16, right: &str) -> BTreeSet<u16> {
        let mut events = events(right);
        match number {
            // A merge: the other branch has added the slice too.
            901 => {
                let added = |event: &&EmcEvent| matches!(event, EmcEvent::SliceAdded { .. });
                let twin = events.iter().find(added).expect("a slice").clone();
                events.push(twin);
            }
            951 => {
                for event in &mut events {
                    if let EmcEvent::SliceAdded { slug, .. } = event {
                        *slug = Text::new("free-boxes").expect("not empty");
                    }
                }
            }
            // The store cannot hold these.
            201 | 401 | 623 => {}
            other => panic!("EMC{other} is told, and nobody says how"),
        }
        let model = folded(&events);
        let mut project = facts::Project::of(&model, "locker");
        let slices = project.workflows.iter_mut().flat_map(|w| &mut w.steps);
        for slice in slices.map(|step| &mut step.slice) {
            match number {
                201 => slice.streams = vec!["parcel"],
                401 => slice.read_models.iter_mut().for_each(|m| m.fields.clear()),
                623 => slice.payloads.iter_mut().for_each(|p| p.fields.clear()),
                _ => {}
            }
        }
        numbers(&findings(&project))
    }

    fn broken(number: u16, shown: Shown, right: Shown) -> BTreeSet<u16> {
        match (shown, right) {
            (Shown::Document(document), _) => {
                let model = folded(&events(document));
                numbers(&findings(&facts::Project::of(&model, "locker")))
            }
            (Shown::Told(_), Shown::Document(right)) => told(number, right),
            (Shown::Told(_), Shown::Told(_)) => panic!("EMC{number} shows no document"),
        }
    }

    fn shows(number: u16) {
        let rule = all()
            .find(|rule| rule.code.number == number)
            .expect("a rule");
        let example = rule.example;
        let wrong = broken(number, example.wrong, example.right);
        assert!(
            wrong.contains(&number),
            "EMC{number} is not broken: {wrong:?}"
        );
        let right = broken(number, example.right, example.right);
        assert!(!right.contains(&number), "EMC{number} is broken: {right:?}");
        let Shown::Document(right) = example.right else {
            panic!("EMC{number} does not show how it should be");
        };
        assert!(
            right.ends_with('\n') && right.lines().count() <= 40,
            "EMC{number}"
        );
    }

    /// What stands in an element of a list, or of a list of an owner, where an
    /// example leaves it out. `@` is the name of the element, `[]` a list with
    /// one element, `{}` a table.
    const LEFT_OUT: &[(&str, &[(&str, &str)])] = &[
        ("workflows", &[("name", "-"), ("description", "-")]),
        (
            "slices",
            &[
                ("name", "-"),
                ("description", "-"),
                ("kind", "state_change"),
            ],
        ),
        ("entry_lifecycle_states", &[("evidence", "-")]),
        ("commands", &[("inputs", "[]")]),
        (
            "inputs",
            &[
                ("name", "box_no"),
                ("source_kind", "actor"),
                ("source_description", "-"),
            ],
        ),
        ("errors", &[("recovery", "retry")]),
        ("events", &[("stream", "box"), ("attributes", "[]")]),
        (
            "attributes",
            &[
                ("name", "box_no"),
                ("source_kind", "command_input"),
                ("source_name", "@"),
                ("source_field", "@"),
                ("provenance", "-"),
            ],
        ),
        ("read_models", &[("fields", "[]")]),
        (
            "read_models.fields",
            &[
                ("name", "box_no"),
                ("source_kind", "event_attribute"),
                ("provenance", "-"),
            ],
        ),
        ("views", &[("fields", "[]")]),
        (
            "views.fields",
            &[
                ("name", "box_no"),
                ("source_kind", "read_model"),
                ("source_read_model", "FreeBoxes"),
                ("source_field", "@"),
                ("sketch_token", "-"),
                ("provenance", "-"),
                ("bit_encoding", "-"),
            ],
        ),
        (
            "controls",
            &[
                ("command", "@"),
                ("recovery_behavior", "retry"),
                ("sketch_token", "-"),
                ("input", "{}"),
                ("navigation", "{}"),
            ],
        ),
        (
            "input",
            &[
                ("name", "box_no"),
                ("source_kind", "actor"),
                ("source_description", "-"),
                ("sketch_token", "-"),
            ],
        ),
        (
            "navigation",
            &[("type", "local_view_state"), ("target", "-")],
        ),
        ("external_payloads", &[("fields", "[]")]),
        (
            "external_payloads.fields",
            &[
                ("name", "box_no"),
                ("field_provenance", "-"),
                ("bit_encoding", "-"),
            ],
        ),
        ("automations", &[("reaction", "-")]),
        ("translations", &[("command", "-")]),
        ("scenarios", &[("given", "-"), ("when", "-"), ("then", "-")]),
        (
            "data_flows",
            &[
                ("source", "-"),
                ("source_kind", "modeled_target"),
                ("transformation", "identity"),
            ],
        ),
        ("board_elements", &[("declared_name", "@")]),
    ];

    fn or(table: &mut Table, key: &str, value: &str) {
        let name = table.get("name").and_then(Value::as_str).unwrap_or("-");
        let value = match value {
            "@" => Value::String(name.to_owned()),
            "[]" => Value::Array(vec![Value::Table(Table::new())]),
            "{}" => Value::Table(Table::new()),
            text => Value::String(text.to_owned()),
        };
        table.entry(key).or_insert(value);
    }

    /// Fill up what an example leaves out of an element, and of all below it.
    fn fill(element: &str, owner: &str, table: &mut Table) {
        let owned = format!("{owner}.{element}");
        for (name, left_out) in LEFT_OUT {
            if *name == element || *name == owned {
                for (key, value) in *left_out {
                    or(table, key, value);
                }
            }
        }
        fill_by_kind(element, owner, table);
        for (key, value) in table.iter_mut() {
            let inner = match value {
                Value::Table(inner) => vec![inner],
                Value::Array(items) => items.iter_mut().filter_map(Value::as_table_mut).collect(),
                _ => Vec::new(),
            };
            for inner in inner {
                fill(key, element, inner);
            }
        }
    }

    /// What is needed for one kind of an element only.
    fn fill_by_kind(element: &str, owner: &str, table: &mut Table) {
        let word = |key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default();
        let left_out: &[(&str, &str)] = match (element, word("kind"), word("source_kind")) {
            ("inputs", _, "actor") => &[],
            ("inputs", ..) => &[("source_name", "@"), ("source_field", "@")],
            ("fields", _, "derivation") => {
                &[("derivation_rule", "-"), ("derivation_scenario", "-")]
            }
            ("fields", _, "event_attribute") => {
                &[("source_event", "BoxFilled"), ("source_attribute", "@")]
            }
            ("scenarios", "", _) => &[("kind", "contract")],
            ("board_elements", "event", _) => &[("lane", "events")],
            ("board_elements", "command" | "read_model", _) => &[("lane", "actions")],
            ("board_elements", ..) => &[("lane", "ux")],
            ("slices", ..) if owner.is_empty() => &[("workflow", "deposit")],
            _ => &[],
        };
        for (key, value) in left_out {
            or(table, key, value);
        }
    }

    macro_rules! one_a_rule {
        ($($name:ident = $number:literal),* $(,)?) => {
            $(
                #[test]
                fn $name() {
                    shows($number);
                }
            )*

            #[test]
            fn every_rule_is_shown() {
                let numbers: Vec<u16> = all().map(|rule| rule.code.number).collect();
                assert_eq!(numbers, [$($number),*]);
            }
        };
    }

    one_a_rule! {
        emc001 = 1, emc002 = 2, emc003 = 3, emc004 = 4, emc010 = 10, emc011 = 11, emc012 = 12,
        emc101 = 101, emc102 = 102, emc103 = 103, emc104 = 104, emc105 = 105, emc106 = 106,
        emc107 = 107, emc108 = 108, emc110 = 110, emc111 = 111,
        emc201 = 201, emc202 = 202, emc203 = 203, emc204 = 204, emc205 = 205, emc206 = 206,
        emc207 = 207, emc208 = 208, emc209 = 209, emc211 = 211, emc212 = 212,
        emc301 = 301, emc302 = 302, emc303 = 303, emc304 = 304, emc305 = 305, emc306 = 306,
        emc307 = 307, emc308 = 308, emc309 = 309,
        emc401 = 401, emc402 = 402, emc403 = 403, emc404 = 404, emc405 = 405, emc406 = 406,
        emc410 = 410, emc411 = 411,
        emc502 = 502, emc503 = 503, emc507 = 507, emc508 = 508,
        emc521 = 521, emc522 = 522, emc523 = 523, emc524 = 524, emc525 = 525, emc526 = 526,
        emc527 = 527,
        emc601 = 601, emc602 = 602, emc603 = 603, emc604 = 604, emc605 = 605,
        emc611 = 611, emc612 = 612, emc613 = 613, emc614 = 614,
        emc621 = 621, emc622 = 622, emc623 = 623, emc624 = 624,
        emc701 = 701, emc702 = 702, emc703 = 703,
        emc801 = 801, emc802 = 802, emc803 = 803, emc804 = 804, emc805 = 805, emc806 = 806,
        emc807 = 807, emc808 = 808,
        emc901 = 901, emc902 = 902, emc903 = 903, emc906 = 906, emc907 = 907, emc908 = 908,
        emc909 = 909, emc910 = 910, emc911 = 911, emc912 = 912, emc913 = 913, emc914 = 914,
        emc915 = 915, emc916 = 916, emc917 = 917, emc918 = 918, emc920 = 920, emc921 = 921,
        emc922 = 922,
        emc951 = 951, emc952 = 952,
    }
}
