//! `verify` with stand-ins for the tools.

mod bad_tools;
pub mod fake;
mod readiness;
mod real;

use emc::{
    diagnostic::Level,
    ops::verify::{Options, Outcome, Part, Tool},
};

use fake::{Fakes, codes};

#[test]
fn everything_is_verified_once_and_in_import_order() {
    let fakes = Fakes::new();
    let first = fakes.verify();
    assert_eq!(codes(&first), [""; 0]);
    let runs = fakes.runs();
    let at = |run: &str| {
        let found = runs.iter().position(|other| other == run);
        found.unwrap_or_else(|| panic!("{run}: {runs:?}"))
    };
    assert!(at("lean Emc/Basic.lean") < at("lean Emc.lean"));
    assert_eq!(
        at("lean CargoEmc.lean") + 1,
        at("quint typecheck model/quint/emc.qnt")
    );
    let model = fakes.project.open();
    let artifacts = model.lean().expect("enabled");
    assert_eq!(artifacts.folder.as_str(), "model/lean");
    let slices = runs.iter().filter(|run| run.contains("/Slices/")).count();
    assert!(slices > 10, "{runs:?}");
    assert!(
        first
            .steps
            .iter()
            .all(|done| done.outcome == Outcome::Passed)
    );
    assert_eq!(first.steps.len(), runs.len());

    let second = fakes.verify();
    assert_eq!(fakes.runs(), [""; 0]);
    assert!(
        second
            .steps
            .iter()
            .all(|done| done.outcome == Outcome::Unchanged)
    );
    assert_eq!(second.steps.len(), first.steps.len());

    let again = fakes.verify_with(Options {
        cached: false,
        ..Options::default()
    });
    assert_eq!(fakes.runs().len(), again.steps.len());
}

/// The counted test: a model of many slices, and one of them changes.
#[test]
fn an_edit_of_a_slice_is_verified_by_its_slice_its_workflow_and_the_root() {
    let fakes = Fakes::new();
    fakes.verify();
    fakes.runs();
    readiness::describe_slice(&fakes);
    let verified = fakes.verify();
    assert_eq!(codes(&verified), [""; 0]);
    let runs = fakes.runs();
    let (lean, quint): (Vec<_>, Vec<_>) = runs.iter().partition(|run| run.starts_with("lean "));
    assert_eq!(lean.len(), 3, "{runs:?}");
    assert!(
        lean[0].contains("/Slices/") && lean[1].contains("/Workflows/"),
        "{runs:?}"
    );
    assert_eq!(lean[2], "lean CargoEmc.lean");
    // The description of a slice is no part of a journey.
    assert_eq!(quint.len(), 0, "{runs:?}");

    // The page of a workflow tells what it is for.
    readiness::describe_workflow(&fakes);
    assert_eq!(codes(&fakes.verify()), [""; 0]);
    let page = "verify_and_declare_readiness";
    assert_eq!(
        fakes.runs(),
        [
            "lean CargoEmc/Workflows/Verify_And_Declare_Readiness.lean".to_owned(),
            "lean CargoEmc.lean".to_owned(),
            format!("quint test model/quint/workflows/{page}.qnt"),
        ]
    );
}

#[test]
fn a_compiled_module_that_was_lost_is_compiled_again_when_it_is_needed() {
    let cache = tempfile::tempdir().expect("a folder");
    let fakes = Fakes::new();
    let options = || Options {
        cache: Some(cache.path().to_owned()),
        ..Options::default()
    };
    fakes.verify_with(options());
    fakes.runs();
    for entry in std::fs::read_dir(cache.path().join("lean")).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "olean")
        {
            std::fs::write(path, "damaged").expect("written");
        }
    }
    fakes.verify_with(options());
    assert_eq!(fakes.runs(), [""; 0], "nothing needs it");
    readiness::describe_slice(&fakes);
    let verified = fakes.verify_with(options());
    assert_eq!(codes(&verified), [""; 0]);
    let runs = fakes.runs();
    assert!(runs.contains(&"lean Emc/Basic.lean".to_owned()), "{runs:?}");
}

#[test]
fn a_part_is_verified_alone_and_declared_by_nobody() {
    let fakes = Fakes::new();
    let verify = |only, part| {
        let verified = fakes.verify_with(Options {
            only,
            part,
            ..Options::default()
        });
        assert_eq!(codes(&verified), [""; 0]);
        assert!(verified.declared.workflows.is_empty());
        assert_eq!(verified.declared.why_not, Some("only a part was verified"));
        fakes.runs()
    };
    let slug = readiness::SLICE.to_owned();
    let runs = verify(Some(Tool::Lean), Part::Slice(slug.clone()));
    let slices = runs.iter().filter(|run| run.contains("/Slices/")).count();
    assert_eq!(slices, 1, "{runs:?}");
    assert!(
        !runs
            .iter()
            .any(|run| run.contains("quint") || run.contains("/Workflows/"))
    );
    let runs = verify(Some(Tool::Quint), Part::Slice(slug));
    assert_eq!(runs.len(), 2, "{runs:?}");
    let runs = verify(None, Part::Workflow(readiness::WORKFLOW.to_owned()));
    assert!(
        runs.iter().any(|run| run.contains("/Workflows/")),
        "{runs:?}"
    );
    assert!(
        !runs
            .iter()
            .any(|run| run.contains("Emc/Basic") || run.contains("CargoEmc.lean"))
    );

    let unknown = fakes.verify_with(Options {
        part: Part::Workflow("no-such".to_owned()),
        ..Options::default()
    });
    assert_eq!(codes(&unknown), ["EMC5003"]);
    assert_eq!(fakes.runs(), [""; 0]);
}

#[test]
fn artifacts_that_are_not_what_the_model_says_are_not_verified() {
    let fakes = Fakes::new();
    fakes
        .project
        .write("model/lean/CargoEmc.lean", b"theorem x : True := trivial\n");
    let verified = fakes.verify();
    assert!(verified.report.has_errors());
    let finding = &verified.report.findings()[0];
    assert!(!finding.help.is_empty(), "{finding:?}");
    assert_eq!(fakes.runs(), [""; 0]);
}

#[test]
fn what_lean_reports_is_a_finding_and_the_rest_is_verified_all_the_same() {
    let fakes = Fakes::new();
    fakes.set(
        "lean.behaviour",
        "[[ $module == */Slices/* ]] && {\n\
         echo \"$module:7:0: error: EMC203 emitted-event-undeclared: slice a, command B (declare it)\"\n\
         echo \"$module:9:4: error: not certified: see the rules reported above\"\nexit 1\n}",
    );
    let verified = fakes.verify();
    let findings = verified.report.findings();
    assert!(!findings.is_empty());
    for finding in findings {
        assert_eq!(finding.code.number, 203);
        assert_eq!(finding.level, Level::Error);
        assert_eq!(finding.element.as_deref(), Some("slice a, command B"));
        let place = finding.place.as_ref().expect("a place");
        assert!(
            place.file.starts_with("model/lean/CargoEmc/Slices/"),
            "{place:?}"
        );
        assert_eq!((place.line, place.column), (Some(7), Some(1)));
    }
    let count = |outcome| {
        let steps = verified.steps.iter();
        steps.filter(|done| done.outcome == outcome).count()
    };
    assert_eq!(count(Outcome::Failed), findings.len());
    // The workflows that import them, and the root.
    assert!(count(Outcome::Skipped) >= 2);
    assert!(verified.declared.workflows.is_empty());
    // What failed is tried again, what passed is not.
    fakes.unset("lean.behaviour");
    fakes.runs();
    assert_eq!(codes(&fakes.verify()), [""; 0]);
    let runs = fakes.runs();
    assert_eq!(
        runs.len(),
        count(Outcome::Failed) + count(Outcome::Skipped),
        "{runs:?}"
    );
}

#[test]
fn advice_is_told_again_when_nothing_has_changed() {
    let fakes = Fakes::new();
    fakes.set(
        "lean.behaviour",
        "[[ $module == CargoEmc.lean ]] && echo \"$module:7:0: warning: EMC110 slice-too-wide: slice a (consider it)\"",
    );
    for expected in [true, false] {
        let verified = fakes.verify();
        assert_eq!(codes(&verified), ["EMC110"]);
        assert_eq!(verified.report.findings()[0].level, Level::Warning);
        assert_eq!(!fakes.runs().is_empty(), expected);
    }
}

#[test]
fn what_quint_reports_is_a_finding_of_the_rule() {
    let fakes = Fakes::new();
    fakes.set(
        "quint.behaviour",
        "if [[ $1 == test ]]; then\n\
         for word in \"$@\"; do [[ $word == --out=* ]] && out=${word#--out=}; done\n\
         count=$(($(grep -c '^  run ' \"$2\") + 10))\n\
         echo '> EMC931 journey-dead-end [(\"a\", \"B\", \"c\")]'\n\
         echo \"{\\\"passed\\\":[$(seq -s, -f '\"t%g\"' $count)],\\\"failed\\\":[\\\"x::Survey::noDeadEndTest\\\"]}\" >\"$out\"\nexit 1\nfi",
    );
    let verified = fakes.verify();
    let codes = codes(&verified);
    assert!(
        !codes.is_empty() && codes.iter().all(|code| code == "EMC931"),
        "{codes:?}"
    );
    let finding = &verified.report.findings()[0];
    let element = finding.element.as_deref().unwrap_or_default();
    assert!(element.starts_with("workflow "), "{element}");
    let place = finding.place.as_ref().expect("a place");
    assert!(
        place.file.starts_with("model/quint/workflows/"),
        "{place:?}"
    );
}

#[test]
fn a_simulation_and_a_model_checker_are_run_where_the_manifest_says_so() {
    let fakes = Fakes::with("simulation_depth = 7\nseed = 255\nquint_verify = \"tlc\"\n");
    fakes.set("quint.behaviour", "echo \"$*\" >>\"$here/words\"");
    let verified = fakes.verify();
    assert_eq!(codes(&verified), [""; 0]);
    let words = fakes.told("words").expect("it ran");
    let run = words
        .lines()
        .find(|line| line.starts_with("run "))
        .expect("a simulation");
    assert!(
        run.contains("--max-steps=7 --seed=0xff --invariants noDeadEnd"),
        "{run}"
    );
    let verify = words
        .lines()
        .find(|line| line.starts_with("verify "))
        .expect("a check");
    assert!(
        verify.contains("--backend=tlc --max-steps=7 --invariants"),
        "{verify}"
    );
    fakes.set(
        "quint.behaviour",
        "[[ $1 == verify ]] && { echo '[violation] Found an issue'; echo '  \u{274c} errorsHaveRecovery'; exit 1; }",
    );
    let fails = fakes.verify_with(Options {
        cached: false,
        ..Options::default()
    });
    let codes = codes(&fails);
    assert!(
        !codes.is_empty() && codes.iter().all(|code| code == "EMC935"),
        "{codes:?}"
    );
}
