//! What each renderer writes, to the letter.

use std::{fmt, sync::Arc};

use proptest::prelude::*;

use super::{
    Diagnostic, Level, Options, Place, Snippet,
    codes::{environment::READ_FAILED, manifest::UNKNOWN_KEY, store::UNREADABLE_HEADER},
    count, github, json, sarif, short,
};

const PLAIN: Options<'_> = Options {
    color: false,
    limit: None,
    prefix: "",
    manifest: None,
};

/// One finding of every shape.
fn findings() -> Vec<Diagnostic> {
    let source: Arc<str> = "[project]\nname =\t\"Désk\"\nnmaé = 1 # \u{1b}[2J\u{202e}\r\n".into();
    let start = source.find("nmaé").expect("it is there");
    let mut warning = Diagnostic::new(&READ_FAILED, "a \u{1b}[31mname\n::error::of a stranger")
        .at(Place::line("model/events/a,b:c.jsonl", 1))
        .about("slice x, event \u{7}")
        .note("first\n::error::second")
        .help("run `git status`");
    warning.level = Level::Warning;
    let mut note = Diagnostic::new(&UNREADABLE_HEADER, "the whole file").at(Place::file("a b.rs"));
    note.level = Level::Note;
    vec![
        Diagnostic::new(&UNKNOWN_KEY, "`[project]` has no key `nmaé`")
            .at(Place {
                file: "emc.toml".to_owned(),
                line: Some(3),
                column: Some(1),
            })
            .showing(Snippet {
                source,
                span: (start, start + "nmaé".len()),
                label: "not\tknown".to_owned(),
            })
            .help("did you mean `name`?"),
        warning,
        note,
        Diagnostic::new(&UNREADABLE_HEADER, "100% nowhere"),
    ]
}

fn written(write: impl FnOnce(&mut String) -> fmt::Result) -> String {
    let mut text = String::new();
    write(&mut text).expect("a String takes everything");
    text
}

#[cfg(feature = "cli")]
mod for_a_person {
    use super::{super::human, *};

    fn shown(findings: &[Diagnostic], options: Options<'_>) -> String {
        written(|out| human::render(findings, &options, out))
    }

    #[test]
    fn the_form_is_that_of_rustc() {
        let expected = "\
error[EMC1002]: `[project]` has no key `nmaé`
 --> emc.toml:3:1
  |
3 | nmaé = 1 # ␛[2J\u{fffd}
  | ^^^^ not\\tknown
  |
  = help: did you mean `name`?

warning[EMC4001]: a \\u{1b}[31mname\\n::error::of a stranger
--> model/events/a,b:c.jsonl:1
 = note: in slice x, event \\u{7}
 = note: first
         | ::error::second
 = help: run `git status`

note[EMC2001]: the whole file
--> a b.rs

error[EMC2001]: 100% nowhere

2 errors, 1 warning, 1 note
";
        assert_eq!(shown(&findings(), PLAIN), expected);
        assert_eq!(shown(&[], PLAIN), "");
    }

    #[test]
    fn a_screenful_counts_the_rest() {
        let limited = Options {
            limit: Some(1),
            prefix: "crates/desk/",
            ..PLAIN
        };
        let text = shown(&findings(), limited);
        assert!(text.contains(" --> crates/desk/emc.toml:3:1\n"), "{text}");
        assert!(
            text.ends_with("\n... and 3 more findings\n\n2 errors, 1 warning, 1 note\n"),
            "{text}"
        );
    }

    #[test]
    fn colour_is_an_option() {
        let colored = Options {
            color: true,
            ..PLAIN
        };
        let text = shown(&findings(), colored);
        assert!(text.contains("\u{1b}["));
        assert!(!text.contains("\u{1b}[2J"), "only our own escapes");
        assert!(!shown(&findings(), PLAIN).contains('\u{1b}'));
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut() {
        let text = format!("{}x{}", "é".repeat(300_000), "y".repeat(300_000));
        for span in [(0, 2), (600_000, 600_001), (0, text.len())] {
            let column = text.get(..span.0).expect("a boundary").chars().count() + 1;
            let column = u32::try_from(column).expect("small");
            let finding = Diagnostic::new(&UNKNOWN_KEY, "wide")
                .at(Place {
                    column: Some(column),
                    ..Place::line("emc.toml", 1)
                })
                .showing(Snippet {
                    source: text.as_str().into(),
                    span,
                    label: String::new(),
                });
            let shown = shown(&[finding], PLAIN);
            assert!(shown.contains(&format!(" --> emc.toml:1:{column}\n")));
            assert!(shown.len() < 2_000, "{}", shown.len());
        }
    }

    #[test]
    fn a_span_that_fits_no_text_is_left_out() {
        for span in [(5, 2), (0, 99), (1, 2)] {
            let finding = Diagnostic::new(&UNKNOWN_KEY, "odd")
                .at(Place::line("emc.toml", 1))
                .showing(Snippet {
                    source: "é".into(),
                    span,
                    label: String::new(),
                });
            assert_eq!(
                shown(std::slice::from_ref(&finding), PLAIN),
                "error[EMC1002]: odd\n--> emc.toml:1\n\n1 error\n"
            );
            let line = written(|out| json::render(&[finding], &PLAIN, out));
            assert!(line.contains("\"snippet\":null"), "{line}");
        }
    }
}

#[test]
fn the_short_form_has_one_line_each() {
    let options = Options {
        limit: Some(3),
        ..PLAIN
    };
    assert_eq!(
        written(|out| short::render(&findings(), &options, out)),
        "\
emc.toml:3:1: error[EMC1002]: `[project]` has no key `nmaé`
model/events/a,b:c.jsonl:1: warning[EMC4001]: a \\u{1b}[31mname\\n::error::of a stranger: slice x, event \\u{7}
a b.rs: note[EMC2001]: the whole file
... and 1 more finding
"
    );
}

#[test]
fn no_file_name_makes_a_line_a_command() {
    for file in ["::error::x", " ::x", ":"] {
        let finding = Diagnostic::new(&READ_FAILED, "odd").at(Place::file(file));
        let line = written(|out| short::render(&[finding], &PLAIN, out));
        assert_eq!(line, format!("./{file}: error[EMC4001]: odd\n"));
    }
}

#[test]
fn a_program_reads_one_object_a_line() {
    let text = written(|out| json::render(&findings(), &PLAIN, out));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(
        lines[0],
        "{\"reason\":\"diagnostic\",\"code\":\"EMC1002\",\"name\":\"unknown-key\",\"level\":\"error\",\
         \"message\":\"`[project]` has no key `nmaé`\",\"file\":\"emc.toml\",\"line\":3,\"column\":1,\
         \"element\":null,\"notes\":[],\"help\":[\"did you mean `name`?\"],\"snippet\":{\
         \"text\":\"nmaé = 1 # \\u001b[2J\u{202e}\",\"start\":1,\"end\":5,\"label\":\"not\\tknown\"}}"
    );
    let keys = |line: &str| -> Vec<String> {
        let object: serde_json::Value = serde_json::from_str(line).expect("JSON");
        object
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect()
    };
    for line in &lines {
        assert_eq!(keys(line), keys(lines[0]));
        assert!(!line.contains('\u{1b}'));
    }
}

#[test]
fn a_pull_request_has_ten_annotations_of_a_level() {
    let options = Options {
        prefix: "crates/100%/",
        ..PLAIN
    };
    assert_eq!(
        written(|out| github::render(&findings(), &options, out)),
        "\
::error file=crates/100%25/emc.toml,line=3,col=1,title=EMC1002 unknown-key::`[project]` has no key `nmaé`%0Ahelp: did you mean `name`?
::error title=EMC2001 unreadable-header::100%25 nowhere
::warning file=crates/100%25/model/events/a%2Cb%3Ac.jsonl,line=1,title=EMC4001 read-failed::a \\u{1b}[31mname\\n::error::of a stranger%0Ain slice x, event \\u{7}%0Ahelp: run `git status`
::notice file=crates/100%25/a b.rs,title=EMC2001 unreadable-header::the whole file
"
    );
    let many = vec![Diagnostic::new(&UNREADABLE_HEADER, "same"); 12];
    let text = written(|out| github::render(&many, &PLAIN, out));
    assert_eq!(text.lines().count(), 11);
    assert!(text.ends_with("::notice title=cargo-emc::2 more findings are in the log only\n"));
}

#[test]
fn code_scanning_reads_sarif() {
    let options = Options {
        prefix: "crates/desk/",
        ..PLAIN
    };
    let text = written(|out| sarif::render(&findings(), &options, out));
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let at = |pointer: &str| document.pointer(pointer).cloned().unwrap_or_default();
    assert_eq!(at("/version"), "2.1.0");
    let rules: Vec<_> = (0..4)
        .map(|rule| at(&format!("/runs/0/tool/driver/rules/{rule}/id")))
        .collect();
    assert_eq!(
        rules,
        [
            "EMC1002".into(),
            "EMC2001".into(),
            "EMC4001".into(),
            serde_json::Value::Null
        ]
    );
    let index: Vec<_> = (0..4)
        .map(|result| at(&format!("/runs/0/results/{result}/ruleIndex")))
        .collect();
    assert_eq!(index, [0, 2, 1, 1]);
    let physical = "locations/0/physicalLocation";
    assert_eq!(
        at(&format!("/runs/0/results/1/{physical}/artifactLocation")),
        serde_json::json!({
            "uri": "crates/desk/model/events/a%2Cb%3Ac.jsonl",
            "uriBaseId": "ROOT",
        })
    );
    assert_eq!(
        at(&format!("/runs/0/results/0/{physical}/region")),
        serde_json::json!({ "startLine": 3, "startColumn": 1 })
    );
    assert_eq!(at("/runs/0/results/3/locations"), serde_json::Value::Null);
    assert_eq!(at("/runs/0/results/2/level"), "note");
}

proptest! {
    #[test]
    fn no_text_reaches_the_terminal_as_a_command(
        text in any::<String>(),
        source in "\\PC{0,9}[\\x00-\\x20é]{0,9}\\PC{0,9}[\\r\\n\\t]{0,3}\\PC{0,9}",
        ends in (0..40_usize, 0..40_usize),
        line in proptest::option::of(any::<u32>()),
        column in proptest::option::of(any::<u32>()),
    ) {
        let finding = Diagnostic::new(&UNKNOWN_KEY, text.clone())
            .at(Place { file: text.clone(), line, column })
            .about(text.clone())
            .showing(Snippet { source: source.into(), span: ends, label: text.clone() })
            .note(text.clone())
            .help(text);
        let findings = [finding];
        let mut shown = written(|out| short::render(&findings, &PLAIN, out));
        #[cfg(feature = "cli")]
        shown.push_str(&written(|out| super::human::render(&findings, &PLAIN, out)));
        prop_assert!(!shown.contains(|letter: char| letter.is_control() && letter != '\n'));
        prop_assert!(!shown.lines().any(|line| line.trim_start().starts_with("::")));
        let github = written(|out| github::render(&findings, &PLAIN, out));
        prop_assert_eq!(github.lines().count(), 1);
        let object = written(|out| json::render(&findings, &PLAIN, out));
        prop_assert!(serde_json::from_str::<serde_json::Value>(&object).is_ok());
        let document = written(|out| sarif::render(&findings, &PLAIN, out));
        prop_assert!(serde_json::from_str::<serde_json::Value>(&document).is_ok());
    }
}

#[test]
fn levels_are_counted() {
    assert_eq!(count(&[]), None);
    assert_eq!(
        count(&findings()).as_deref(),
        Some("2 errors, 1 warning, 1 note")
    );
}
