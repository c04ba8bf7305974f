//! `verify` with the real tools.

use std::{
    path::{Path, PathBuf},
    sync::PoisonError,
    time::Duration,
};

use emc::{
    diagnostic::Level,
    ops::verify::{Options, Outcome, Part, Tool, Verified, verify},
};

use crate::{
    lean_kernel::LEAN,
    project::{LENIENT, TestProject},
};

fn verified(project: &TestProject, only: Tool, part: Part) -> Verified {
    let options = Options {
        only: Some(only),
        part,
        // Kept from run to run, as in CI: the library is compiled once.
        cache: Some(Path::new(env!("CARGO_TARGET_TMPDIR")).join("verify-cache")),
        timeout: Duration::from_secs(300),
        ..Options::default()
    };
    verify(&project.open(), &options, &mut |_| {}).expect("no failure of the system")
}

/// The repair desk, which breaks rules, as errors or as warnings.
fn desk(level: &str) -> TestProject {
    let formal = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/formal");
    assert!(
        formal.join("node_modules/.stamp").is_file(),
        "Lean and Quint are not installed: run tools/formal/install"
    );
    let tool = |name: &str| -> PathBuf { formal.join(name) };
    let manifest = format!(
        "{}\n[verify]\nlean = [\"{}\"]\nquint = [\"{}\"]\n",
        LENIENT.replace("warn", level),
        tool("lean").display(),
        tool("quint").display()
    );
    let project = TestProject::with_store(&manifest, "repair-desk");
    project.build();
    project
}

#[test]
fn the_real_quint_tells_what_is_wrong_with_the_repair_desk() {
    let project = desk("deny");
    let verified_now = verified(&project, Tool::Quint, Part::All);
    let findings = verified_now.report.findings();
    let found: Vec<(u16, &str)> = findings
        .iter()
        .map(|one| (one.code.number, one.element.as_deref().unwrap_or_default()))
        .collect();
    let intake = "workflow repair-intake";
    assert_eq!(
        found,
        [931, 935, 936, 937].map(|code| (code, intake)),
        "{findings:?}"
    );
    assert!(
        findings[0]
            .notes
            .iter()
            .any(|note| note.contains("duplicate refused")),
        "{findings:?}"
    );
    let again = verified(
        &project,
        Tool::Quint,
        Part::Workflow("partner-intake".to_owned()),
    );
    assert!(again.report.findings().is_empty());
    assert!(
        again
            .steps
            .iter()
            .all(|done| done.outcome == Outcome::Unchanged)
    );
    let lenient = desk("warn");
    let warned = verified(&lenient, Tool::Quint, Part::All);
    assert_eq!(warned.report.count(Level::Warning), 4);
    assert!(!warned.report.has_errors());
}

#[test]
fn the_real_lean_tells_what_is_wrong_with_a_slice_of_the_repair_desk() {
    let alone = LEAN.lock().unwrap_or_else(PoisonError::into_inner);
    let [warned, denied] = ["warn", "deny"].map(|level| {
        let part = Part::Slice("capture-ticket".to_owned());
        verified(&desk(level), Tool::Lean, part)
    });
    drop(alone);
    for (verified, level) in [(&warned, Level::Warning), (&denied, Level::Error)] {
        let [finding] = verified.report.findings() else {
            panic!("{:?}", verified.report);
        };
        assert_eq!((finding.code.number, finding.level), (205, level));
        assert_eq!(
            finding.element.as_deref(),
            Some("slice capture-ticket, event DuplicateRefused, attribute duplicate_of")
        );
        let place = finding.place.as_ref().expect("a place");
        assert_eq!(
            place.file,
            "model/lean/RepairDesk/Slices/Capture_Ticket.lean"
        );
        assert!(place.line.is_some_and(|line| line > 10), "{place:?}");
    }
    let last = |verified: &Verified| verified.steps.last().map(|done| done.outcome);
    assert_ne!(last(&warned), Some(Outcome::Failed));
    assert_eq!(last(&denied), Some(Outcome::Failed));
}
