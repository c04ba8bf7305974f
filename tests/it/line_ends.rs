//! Clones whose git converts line ends, with and without the attributes that
//! protect the transactions. With real git.

use emc::ops::check::{self, Options};

use crate::project::{LENIENT, TestProject, git, transactions};

/// The codes that `check` finds in a clone, each once.
fn codes_in_a_clone(attributes: &str, autocrlf: &str) -> Vec<u16> {
    let project = TestProject::new(LENIENT);
    for (name, bytes) in transactions("forked-resolved").iter().take(5) {
        project.add(name, bytes);
    }
    project.write("model/events/.gitattributes", attributes.as_bytes());
    git(project.root(), &["init", "--quiet"]);
    git(project.root(), &["add", "--all"]);
    git(project.root(), &["commit", "--quiet", "--message=all"]);

    let copy = TestProject::empty();
    let source = project.root().to_str().expect("a path of text");
    let setting = format!("core.autocrlf={autocrlf}");
    git(
        copy.root(),
        &["clone", "--quiet", "--config", &setting, source, "."],
    );
    let checked =
        check::check(&copy.open(), &Options::default()).expect("no failure of the system");
    let mut codes: Vec<u16> = checked
        .report
        .findings()
        .iter()
        .map(|finding| finding.code.number)
        // Artifacts were not built here.
        .filter(|code| *code < 3000)
        .collect();
    codes.dedup();
    codes
}

#[test]
fn converted_transactions_are_told_and_protected_ones_are_not_converted() {
    const CONVERTED: u16 = 2008;
    const UNPROTECTED: u16 = 2028;
    for autocrlf in ["true", "input", "false"] {
        let unprotected = codes_in_a_clone("events/** merge=union\n", autocrlf);
        assert!(
            unprotected.contains(&UNPROTECTED),
            "{autocrlf}: {unprotected:?}"
        );
        assert_eq!(
            unprotected.contains(&CONVERTED),
            autocrlf == "true",
            "{autocrlf}: {unprotected:?}"
        );
        for attributes in ["events/** -text -merge\n", "events/** text eol=lf\n"] {
            assert_eq!(
                codes_in_a_clone(attributes, autocrlf),
                [0u16; 0],
                "{attributes} {autocrlf}"
            );
        }
    }
}
