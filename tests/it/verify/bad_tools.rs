//! Tools that are not there, or do not behave.

use std::{
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use emc::{
    ops::verify::{Options, Outcome, Tool, Verified},
    tools::Interrupt,
};

use super::fake::{Fakes, codes};

/// Verify with Lean only, and with little patience.
fn lean(fakes: &Fakes) -> Verified {
    fakes.verify_with(Options {
        only: Some(Tool::Lean),
        timeout: Duration::from_secs(2),
        ..Options::default()
    })
}

/// Nothing of a run that failed is believed: the first module is run again.
fn nothing_was_kept(fakes: &Fakes) {
    fakes.unset("lean.behaviour");
    fakes.runs();
    assert_eq!(codes(&lean(fakes)), [""; 0]);
    assert_eq!(fakes.runs()[0], "lean Emc/Basic.lean");
}

/// Whether a process lives; one that ended and was not collected does not.
fn lives(pid: &str) -> bool {
    let output = Command::new("ps")
        .args(["-o", "stat=", "-p", pid.trim()])
        .output()
        .expect("ps runs");
    let state = String::from_utf8_lossy(&output.stdout).into_owned();
    !state.trim().is_empty() && !state.trim().starts_with('Z')
}

fn is_gone(pid: &str) -> bool {
    (0..50).any(|_| {
        if lives(pid) {
            thread::sleep(Duration::from_millis(20));
        }
        !lives(pid)
    })
}

#[test]
fn a_tool_that_is_not_there_is_told_with_three_ways_to_it() {
    let fakes = Fakes::new();
    fakes.remove("lean");
    fakes.remove("quint");
    let verified = fakes.verify();
    assert_eq!(codes(&verified), ["EMC4005", "EMC4005"]);
    for finding in verified.report.findings() {
        assert_eq!(finding.help.len(), 3, "{finding:?}");
    }
    assert!(verified.steps.is_empty());
}

#[test]
fn a_tool_of_another_version_verifies_nothing() {
    let fakes = Fakes::new();
    fakes.set(
        "lean.version",
        "Lean (version 4.9.0, x86_64, commit 1, Release)",
    );
    fakes.set("quint.version", "something else");
    let verified = fakes.verify();
    assert_eq!(codes(&verified), ["EMC4006", "EMC4006"]);
    assert_eq!(fakes.runs(), [""; 0]);
    // Another version that fits believes nothing of the first.
    fakes.unset("quint.version");
    fakes.set("lean.version", "Lean (version 4.28.0)");
    lean(&fakes);
    let all = fakes.runs().len();
    fakes.set("lean.version", "Lean (version 4.28.1)");
    lean(&fakes);
    assert_eq!(fakes.runs().len(), all);
}

#[test]
fn a_tool_that_hangs_is_ended_at_its_deadline_with_all_that_it_started() {
    let fakes = Fakes::new();
    fakes.set(
        "lean.behaviour",
        "sleep 600 & echo $! >\"$here/child\"; echo $$ >\"$here/parent\"; trap '' TERM; wait; sleep 600",
    );
    let started = Instant::now();
    let verified = lean(&fakes);
    let took = started.elapsed();
    assert_eq!(codes(&verified), ["EMC4007"]);
    let step = &verified.steps[0];
    assert_eq!(step.outcome, Outcome::Failed);
    assert!(step.took >= Duration::from_secs(2), "{:?}", step.took);
    assert!(
        step.took < Duration::from_secs(3),
        "{:?} of {took:?}",
        step.took
    );
    for process in ["child", "parent"] {
        let pid = fakes.told(process).expect("it ran");
        assert!(is_gone(&pid), "{process} {pid}");
    }
    nothing_was_kept(&fakes);
}

#[test]
fn a_tool_that_never_tells_its_version_is_ended_too() {
    let fakes = Fakes::new();
    fakes.install(
        "lean",
        "#!/bin/sh\necho $$ >\"${0%/*}/parent\"\nsleep 600\n",
    );
    let verified = lean(&fakes);
    assert_eq!(codes(&verified), ["EMC4007"]);
    assert!(is_gone(&fakes.told("parent").expect("it ran")));
}

#[test]
fn an_interrupt_ends_the_tool_and_the_verification() {
    let fakes = Fakes::new();
    fakes.set("lean.behaviour", "echo $$ >\"$here/parent\"; sleep 600");
    let interrupt = Interrupt::default();
    let raised = interrupt.clone();
    let verified = thread::scope(|scope| {
        scope.spawn(|| {
            while fakes.told("parent").is_none_or(|pid| !pid.ends_with('\n')) {
                thread::sleep(Duration::from_millis(10));
            }
            raised.raise();
        });
        fakes.verify_with(Options {
            interrupt,
            ..Options::default()
        })
    });
    assert_eq!(codes(&verified), ["EMC4010"]);
    assert_eq!(verified.steps.len(), 1);
    assert!(is_gone(&fakes.told("parent").expect("it ran")));
    nothing_was_kept(&fakes);
}

/// The tool is in a process group of its own, which a signal of the terminal does
/// not reach.
#[test]
fn a_signal_ends_the_process_and_the_tool() {
    for signal in ["-INT", "-TERM"] {
        let fakes = Fakes::new();
        fakes.set("lean.behaviour", "echo $$ >\"$here/parent\"; sleep 600");
        let child = Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
            .arg("verify")
            .current_dir(fakes.project.root())
            .env("CARGO_TARGET_DIR", fakes.project.root().join("target"))
            .env_remove("EMC_VERIFY_CACHE")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        while fakes.told("parent").is_none_or(|pid| !pid.ends_with('\n')) {
            thread::sleep(Duration::from_millis(10));
        }
        let sent = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert!(said.contains("error[EMC4010]"), "{said}");
        assert!(is_gone(&fakes.told("parent").expect("it ran")));
    }
}

#[test]
fn a_flood_of_output_is_read_and_not_kept() {
    let fakes = Fakes::new();
    fakes.set(
        "lean.behaviour",
        "head -c 100000000 /dev/zero | tr '\\0' 'x'; exit 1",
    );
    let verified = fakes.verify_with(Options {
        only: Some(Tool::Lean),
        ..Options::default()
    });
    assert_eq!(codes(&verified), ["EMC4008"]);
    let finding = &verified.report.findings()[0];
    let length: usize = finding.notes.iter().map(String::len).sum();
    assert!(length < 5000, "{length}");
    nothing_was_kept(&fakes);
}

#[test]
fn a_tool_that_is_ended_by_a_signal_has_no_result() {
    let fakes = Fakes::new();
    fakes.set("lean.behaviour", "echo written >\"$out\"; kill -SEGV $$");
    let verified = lean(&fakes);
    assert_eq!(codes(&verified), ["EMC4008"]);
    assert!(verified.report.findings()[0].message.contains("signal 11"));
    nothing_was_kept(&fakes);
}

#[test]
fn what_is_no_utf_8_is_told_as_far_as_it_can_be_read() {
    let fakes = Fakes::new();
    fakes.set(
        "lean.behaviour",
        "printf 'caf\\xe9 \\xff\\n'; printf '%s:2:0: error: na\\xefve\\n' \"$module\"; exit 1",
    );
    let verified = lean(&fakes);
    assert_eq!(codes(&verified), ["EMC4009"]);
    assert_eq!(verified.report.findings()[0].message, "na\u{fffd}ve");
    nothing_was_kept(&fakes);
}

#[test]
fn a_child_that_is_left_behind_is_ended_and_nobody_waits_for_it() {
    let fakes = Fakes::new();
    fakes.set(
        "lean.behaviour",
        "[[ $module == Emc/Basic.lean ]] && { sleep 600 & echo $! >\"$here/child\"; }",
    );
    let verified = lean(&fakes);
    assert_eq!(codes(&verified), [""; 0]);
    assert!(
        verified.steps[0].took < Duration::from_secs(2),
        "{:?}",
        verified.steps[0]
    );
    assert!(is_gone(&fakes.told("child").expect("it ran")));
}

#[test]
fn a_program_that_is_something_else_passes_nothing() {
    let fakes = Fakes::new();
    fakes.set("lean.behaviour", "exit 0");
    fakes.set("quint.behaviour", "exit 0");
    let verified = fakes.verify();
    let codes = codes(&verified);
    assert!(codes.iter().all(|code| code == "EMC4008"), "{codes:?}");
    // The first module, and the tests of each workflow.
    assert_eq!(codes.len(), 6);
    fakes.unset("quint.behaviour");
    nothing_was_kept(&fakes);
}

#[test]
fn quint_that_plays_fewer_tests_than_there_are_passes_nothing() {
    let fakes = Fakes::new();
    fakes.set(
        "quint.behaviour",
        "if [[ $1 == test ]]; then for word in \"$@\"; do [[ $word == --out=* ]] && out=${word#--out=}; done\n\
         echo '{\"passed\":[\"a\"],\"failed\":[]}' >\"$out\"; exit 0; fi",
    );
    let verified = fakes.verify_with(Options {
        only: Some(Tool::Quint),
        ..Options::default()
    });
    let codes = codes(&verified);
    assert!(
        codes.len() == 5 && codes.iter().all(|code| code == "EMC4008"),
        "{codes:?}"
    );
}
