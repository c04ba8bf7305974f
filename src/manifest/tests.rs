//! Tables of every problem a manifest can have.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Area, Level};

fn parse(text: &str) -> (Option<Manifest>, Vec<Diagnostic>) {
    Manifest::parse(text, FILE_NAME)
}

fn read(text: &str) -> Manifest {
    let (manifest, findings) = parse(text);
    assert_eq!(findings, [], "{text}");
    manifest.expect("no findings")
}

/// Code, line and column of each finding, and the text it marks.
fn problems(text: &str) -> Vec<(u16, u32, u32, String)> {
    let (manifest, findings) = parse(text);
    let errors = findings.iter().any(|found| found.level == Level::Error);
    assert_eq!(manifest.is_none(), errors, "{text}");
    findings
        .iter()
        .map(|found| {
            let place = found.place.as_ref().expect("a place");
            let snippet = found.snippet.as_ref().expect("a snippet");
            assert_eq!(place.file, FILE_NAME);
            assert!(!found.message.ends_with('.') && !found.message.is_empty());
            (
                found.code.number,
                place.line.expect("a line"),
                place.column.expect("a column"),
                text[snippet.span.0..snippet.span.1].to_owned(),
            )
        })
        .collect()
}

#[test]
fn the_least_manifest_has_the_defaults() {
    let manifest = read("[project]\nname = \" Repair Desk \"\n");
    assert_eq!(manifest.project.name, "Repair Desk");
    assert_eq!(manifest.project.version, None);
    assert_eq!(manifest.project.lean_module, "RepairDesk");
    assert_eq!(manifest.project.quint_module, "RepairDesk");
    assert_eq!(manifest.store.as_str(), "model/events");
    let enabled: Vec<_> = manifest
        .enabled()
        .map(|(name, path)| (name, path.as_str()))
        .collect();
    let defaults: Vec<_> = FAMILIES
        .iter()
        .filter(|family| family.enabled)
        .map(|family| (family.name, family.folder))
        .collect();
    assert_eq!(enabled, defaults);
    assert_eq!(manifest.rules, Rules::default());
    assert_eq!(manifest.verify, Verify::default());
}

#[test]
fn every_setting_is_read() {
    let manifest = read(
        r#"
        [project]
        name = "Desk"
        version = ""
        lean_module = "The_Desk"
        quint_module = "Desk2"
        [store]
        path = "./history/"
        [artifacts]
        quint = { enabled = false }
        [artifacts.lean]
        path = "proofs"
        [rules]
        level = "warn"
        EMC203 = "allow"
        board = "deny"
        [verify]
        lean = "tools/lean  --quiet"
        quint = ["my tools/quint", "run"]
        simulation_depth = 0x10
        seed = 7
        quint_verify = "tlc"
        "#,
    );
    assert_eq!(manifest.project.version.as_deref(), Some(""));
    assert_eq!(manifest.project.lean_module, "The_Desk");
    assert_eq!(manifest.project.quint_module, "Desk2");
    assert_eq!(manifest.store.as_str(), "history");
    assert_eq!(
        manifest.family("lean").map(|lean| lean.path.as_str()),
        Some("proofs")
    );
    let enabled: Vec<_> = manifest.enabled().map(|(name, _)| name).collect();
    assert_eq!(enabled, ["lean", "review", "reviews"]);
    assert_eq!(manifest.rules.level, RuleLevel::Warn);
    assert_eq!(
        manifest.rules.single,
        BTreeMap::from([(203, RuleLevel::Allow)])
    );
    assert_eq!(
        manifest.rules.areas,
        BTreeMap::from([(Area::Board, RuleLevel::Deny)])
    );
    let words = |words: &[&str]| Some(words.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(
        manifest.verify,
        Verify {
            lean: words(&["tools/lean", "--quiet"]),
            quint: words(&["my tools/quint", "run"]),
            simulation_depth: Some(16),
            seed: Some(7),
            quint_verify: QuintVerify::Tlc,
        }
    );
}

#[test]
fn what_the_peer_writes_is_read() {
    for (name, module, expected) in [
        ("Repair Desk", "RepairDesk", "RepairDesk"),
        ("cfk-kernel", "CfkKernel", "CfkKernel"),
        ("日本", "", "Model"),
        ("2 desks", "2Desks", "Model2Desks"),
        ("emc", "Emc", "EmcModel"),
    ] {
        let text = format!(
            "[project]\nname = \"{name}\"\nversion = \"0.1.0\"\nlean_module = \"{module}\"\nquint_module = \"{module}\"\n"
        );
        let (manifest, findings) = parse(&text);
        let manifest = manifest.expect("a manifest of the peer is read");
        assert_eq!(manifest.project.lean_module, expected);
        assert_eq!(manifest.project.quint_module, expected);
        let warned: Vec<_> = findings
            .iter()
            .map(|found| (found.code.number, found.level))
            .collect();
        let expected = if module == expected { 0 } else { 2 };
        assert_eq!(warned, vec![(1008, Level::Warning); expected], "{name}");
    }
}

#[test]
fn each_problem_has_a_code_and_a_place() {
    let head = "[project]\nname = \"Desk\"\n";
    for (tail, number, line, column, marked) in [
        ("nmae = 1", 1002, 3, 1, "nmae"),
        ("[stores]", 1002, 3, 2, "stores"),
        ("[artifacts.java]", 1002, 3, 12, "java"),
        ("[artifacts.lean]\n  \"pé\" = 1", 1002, 4, 3, "\"pé\""),
        ("[store]\npath = 3", 1003, 4, 8, "3"),
        ("[[store]]", 1003, 3, 1, "[[store]]"),
        ("verify.seed = 1.5", 1002, 3, 1, "verify"),
        ("version = [\"1\"]", 1003, 3, 11, "[\"1\"]"),
        (
            "[artifacts.lean]\nenabled = \"yes\"",
            1003,
            4,
            11,
            "\"yes\"",
        ),
        ("[verify]\nlean = [\"a\", 2]", 1003, 4, 14, "2"),
        ("[verify]\nseed = 1979-05-27", 1003, 4, 8, "1979-05-27"),
        ("[rules]\nlevel = \"allow\"", 1004, 4, 9, "\"allow\""),
        ("[rules]\nEMC203 = \"off\"", 1004, 4, 10, "\"off\""),
        ("[verify]\nquint_verify = \"z3\"", 1004, 4, 16, "\"z3\""),
        ("lean_module = \"A.B\"", 1007, 3, 15, "\"A.B\""),
        ("quint_module = \"desk\"", 1007, 3, 16, "\"desk\""),
        ("lean_module = \"3\"", 1008, 3, 15, "\"3\""),
        (
            "[store]\npath = \"/var/events\"",
            1009,
            4,
            8,
            "\"/var/events\"",
        ),
        ("[store]\npath = \"C:/events\"", 1009, 4, 8, "\"C:/events\""),
        ("[store]\npath = \"../events\"", 1009, 4, 8, "\"../events\""),
        (
            "[store]\npath = 'model\\events'",
            1010,
            4,
            8,
            "'model\\events'",
        ),
        ("[store]\npath = \"a\\u0007\"", 1010, 4, 8, "\"a\\u0007\""),
        ("[store]\npath = \"model/aux\"", 1010, 4, 8, "\"model/aux\""),
        ("[artifacts.lean]\npath = \".\"", 1011, 4, 8, "\".\""),
        ("[artifacts.lean]\npath = \"\"", 1011, 4, 8, "\"\""),
        (
            "[artifacts.lean]\npath = \"model/quint\"",
            1012,
            4,
            8,
            "\"model/quint\"",
        ),
        (
            "[artifacts.lean]\npath = \"model/Quint/x\"",
            1012,
            4,
            8,
            "\"model/Quint/x\"",
        ),
        (
            "[artifacts.lean]\npath = \"model/events/e\"",
            1012,
            4,
            8,
            "\"model/events/e\"",
        ),
        (
            "[store]\npath = \"model/lean\"",
            1012,
            4,
            8,
            "\"model/lean\"",
        ),
        ("[verify]\nsimulation_depth = 0", 1013, 4, 20, "0"),
        (
            "[verify]\nsimulation_depth = 4294967296",
            1013,
            4,
            20,
            "4294967296",
        ),
        ("[verify]\nseed = -1", 1013, 4, 8, "-1"),
        ("[verify]\nlean = \" \"", 1014, 4, 8, "\" \""),
        ("[verify]\nquint = []", 1014, 4, 9, "[]"),
        (
            "[verify]\nquint = [\"\", \"run\"]",
            1014,
            4,
            9,
            "[\"\", \"run\"]",
        ),
        ("a = [1,\n", 1001, 3, 8, ""),
        ("name = \"twice\"", 1001, 3, 1, "name"),
    ] {
        let found = problems(&format!("{head}{tail}"));
        assert_eq!(found, [(number, line, column, marked.to_owned())], "{tail}");
    }
}

#[test]
fn a_project_has_a_name() {
    for (text, number, line, column, marked) in [
        ("", 1005, 1, 1, ""),
        ("[store]\n", 1005, 1, 1, ""),
        ("\n[project]\nversion = \"1\"\n", 1005, 2, 1, "[project]"),
        ("[project]\nname = \"  \"", 1006, 2, 8, "\"  \""),
        ("[project]\nname = \"a\\nb\"", 1006, 2, 8, "\"a\\nb\""),
        ("[project]\nname = 3", 1003, 2, 8, "3"),
        ("project = 3", 1003, 1, 11, "3"),
    ] {
        assert_eq!(
            problems(text),
            [(number, line, column, marked.to_owned())],
            "{text}"
        );
    }
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_text() {
    let text = "[artifacts.lean]\npath = '..'\nenabled = 1\n[rules]\nlevel = 'x'\n[project]\nnam = 1\n[artifacts.review]\npath = 'model/quint'\n[extra]\n";
    let found: Vec<_> = problems(text)
        .into_iter()
        .map(|(number, line, ..)| (number, line))
        .collect();
    assert_eq!(
        found,
        [
            (1009, 2),
            (1003, 3),
            (1004, 5),
            (1005, 6),
            (1002, 7),
            (1012, 9),
            (1002, 10)
        ]
    );
}

#[test]
fn columns_count_characters_and_lines_end_as_they_like() {
    let places = |text: &str| -> Vec<_> {
        let (_, findings) = parse(text);
        let places = findings.into_iter().filter_map(|found| found.place);
        places.map(|place| (place.line, place.column)).collect()
    };
    let text = "\u{feff}[project]\r\nname = \"Désk\"\r\n\"é\" = 1\r\nx = { \"ü\" = 1 }\r\n";
    assert_eq!(places(text), [(Some(3), Some(1)), (Some(4), Some(1))]);
    assert_eq!(places("\u{feff}é = 1"), [(Some(1), Some(1))]);
    assert_eq!(
        places("\u{feff}\"é\" = 1"),
        [(Some(1), Some(1)), (Some(1), Some(1))]
    );
    assert_eq!(
        places("project = { name = 'é', x = 1 }"),
        [(Some(1), Some(25))]
    );
}

#[test]
fn a_mistyped_word_is_recognised() {
    for (text, help) in [
        ("[projct]\n[project]\nname = 'x'", "did you mean `project`?"),
        (
            "[project]\nname = 'x'\nlean-module = 'X'",
            "did you mean `lean_module`?",
        ),
        (
            "[project]\nname = 'x'\n[rules]\nlevel = 'Warn'",
            "did you mean `warn`?",
        ),
        (
            "[project]
name = 'x'
[artifacts.java]",
            "it has `lean`, `quint`, `review`, `reviews`, `rust`, `gherkin`",
        ),
        (
            "[project]\nname = 'x'\n[rules]\nlevel = 'none'",
            "it takes `deny`, `warn`",
        ),
    ] {
        let (_, findings) = parse(text);
        let helps: Vec<_> = findings.iter().flat_map(|found| &found.help).collect();
        assert_eq!(helps, [help], "{text}");
    }
}

#[test]
fn a_long_word_is_quoted_in_part() {
    let (_, findings) = parse(&format!("{} = 1", "x".repeat(10_000)));
    assert!(findings.iter().all(|found| found.message.len() < 200));
}

#[test]
fn what_a_family_reads_is_what_its_key_is_made_of() {
    let base = read("[project]\nname = \"Desk\"\n");
    let keys = |text: &str| read(text).inputs_of("lean");
    for same in [
        "[project]\nname = \"Desk\"\n[verify]\nseed = 1\n",
        "[project]\nname = \"Desk\"\n[artifacts.quint]\npath = \"q\"\n",
        "[project]\nname = \"Desk\"\n[artifacts.lean]\nenabled = false\n",
    ] {
        assert_eq!(keys(same), base.inputs_of("lean"), "{same}");
    }
    for other in [
        "[project]\nname = \"Desks\"\nlean_module = \"Desk\"\nquint_module = \"Desk\"\n",
        "[project]\nname = \"Desk\"\nversion = \"\"\n",
        "[project]\nname = \"Desk\"\nlean_module = \"D\"\n",
        "[project]\nname = \"Desk\"\n[artifacts.lean]\npath = \"l\"\n",
        "[project]\nname = \"Desk\"\n[rules]\nEMC203 = \"warn\"\n",
        "[project]\nname = \"Desk\"\n[rules]\nlevel = \"warn\"\n",
    ] {
        assert_ne!(keys(other), base.inputs_of("lean"), "{other}");
    }
}

#[test]
fn a_new_manifest_states_the_defaults() {
    let name = "A \"quoted\" \\ name — 日本 [x] # y";
    let written = read(&Manifest::template(name));
    assert_eq!(written.project.name, name);
    assert_eq!(written, read(&format!("[project]\nname = '''{name}'''\n")));
}

proptest! {
    #[test]
    fn no_text_is_too_much(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn no_toml_is_too_much(text in manifest_like()) {
        let (manifest, findings) = parse(&text);
        prop_assert_eq!(manifest.is_none(), findings.iter().any(|found| found.level == Level::Error));
    }

    #[test]
    fn any_name_makes_a_manifest(name in "\\PC*") {
        prop_assume!(!name.trim().is_empty() && !name.chars().any(char::is_control));
        let manifest = read(&Manifest::template(&name));
        prop_assert_eq!(manifest.project.name, name.trim());
    }

    #[test]
    fn any_name_makes_a_module(name in any::<String>()) {
        prop_assert!(module_name::valid(&module_name(&name)));
    }
}

/// Lines of known and unknown keys with values of all types.
fn manifest_like() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "\\[(project|store|artifacts|artifacts.lean|rules|verify|x)\\]",
        "(name|path|enabled|level|EMC203|lean|seed|quint_verify|x) = ('[a-z./]{0,8}'|\"[é ]*\"|3|-1|true|[0-9]{20}|\\[\\]|\\['a', 1\\]|\\{\\}|1.5)",
        "[a-z.]{0,5} = \\PC{0,5}",
    ];
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}
