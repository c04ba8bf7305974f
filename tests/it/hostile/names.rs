//! Names that try to be paths, code or commands of a terminal.

use super::{run, sprung, tree};
use crate::{
    damage::anchored,
    project::{LENIENT, TestProject, transactions},
};

/// Names as JSON spells them.
const NAMES: [&str; 9] = [
    "../../../../../../../../tmp/emc-hostile",
    "/etc/emc-hostile",
    "\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m",
    "a\\nb\\r\\u0000c",
    "\\\"; end Emc\\ntheorem x : False := by native_decide -- {- -/ ",
    "\\u202egnp.exe\\u2066",
    "*/ }\\nmodule evil { // \\\"\\\"\\\"",
    "--> <script>alert(1)</script> `| [x](javascript:alert(1)) :::",
    "con.aux.\\ud83d\\ude00\\u0301::error::%0A",
];

/// The model of the repair desk with other names: slugs, names and labels.
fn renamed(name: &str) -> TestProject {
    let project = TestProject::new(LENIENT);
    for (file, bytes) in transactions("repair-desk") {
        let mut text = String::from_utf8(bytes).expect("text");
        for word in [
            "repair-intake",
            "capture-ticket",
            "CaptureTicket",
            "TicketCaptured",
            "Repair Intake",
        ] {
            text = text.replace(word, name);
        }
        project.add(&file, &anchored(&text));
    }
    project
}

fn harmless(text: &str) -> bool {
    !text
        .chars()
        .any(|letter| letter.is_control() && letter != '\n' && letter != '\t')
}

#[test]
fn names_stay_names_in_files_and_on_the_terminal() {
    for name in NAMES {
        let project = renamed(name);
        let built = run(&project, &["build"]);
        assert!(built.code <= 1, "{name}: {}", built.said);
        let slug: String = serde_json::from_str(&format!("\"{name}\"")).expect("a name");
        for path in tree(project.root()).keys() {
            assert!(
                [
                    "model/", "reviews/", "target/", "traps/", "home/", "emc.toml"
                ]
                .iter()
                .any(|own| path.starts_with(own)),
                "{name}: wrote {path}"
            );
            assert!(path.bytes().all(|byte| byte.is_ascii_graphic()), "{path:?}");
        }
        assert!(!std::path::Path::new("/tmp/emc-hostile").exists());
        for format in ["human", "short", "json", "github", "sarif"] {
            for verb in ["check", "build"] {
                let ran = run(&project, &[verb, "--message-format", format]);
                assert!(ran.code <= 1, "{name}: {}", ran.said);
                for text in [&ran.said, &ran.printed] {
                    let text = if format == "json" || format == "sarif" {
                        // As a program reads it; C1 and DEL are text there.
                        text.replace(|letter: char| letter >= '\u{7f}', "")
                    } else {
                        text.clone()
                    };
                    assert!(harmless(&text), "{verb} {format} {name}: {text:?}");
                }
            }
        }
        if slug.contains('\0') {
            continue;
        }
        for verb in [
            &["list", "workflows"][..],
            &["list", "slices"],
            &["list", "transitions"],
            &["status"],
            &["log"],
            &["log", "--", &slug],
            &["show", "workflow", "--", &slug],
            &["show", "slice", "--", &slug],
            &["explain", "model/review/README.md"],
        ] {
            let ran = run(&project, verb);
            assert!(
                harmless(&ran.said) && harmless(&ran.printed),
                "{verb:?} {name}: {:?}{:?}",
                ran.said,
                ran.printed
            );
        }
        assert_eq!(sprung(&project), "");
    }
}
