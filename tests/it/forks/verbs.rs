//! What a person types about forks, and what they see.

use std::process::{Command, Output};

use serde_json::Value;

use super::*;

fn emc(world: &World, clone: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-emc"))
        .current_dir(world.at(clone))
        .args(["emc", "--config", "emc.toml"])
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .expect("it runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A fork that contradicts and one that commutes.
fn forked() -> World {
    let world = World::new(&["bob"]);
    world.edit("ann", |model| {
        of(model, "s").name = text("From Ann");
        of(model, "s").commands[0].inputs[0].source_description = text("typed by Ann");
        of(model, "t").description = text("ann");
    });
    world.edit("bob", |model| {
        of(model, "s").name = text("From Bob");
        of(model, "s").commands[0].inputs[0].source_description = text("typed by Bob");
        of(model, "t").kind = SliceKind::StateView;
    });
    world.pull("ann", "bob");
    world
}

#[test]
fn conflicts_are_listed_in_domain_words() {
    let world = forked();
    let output = emc(&world, "ann", &["list", "conflicts"]);
    assert_eq!(output.status.code(), Some(0));
    let text = out(&output);
    for line in [
        "conflicting fork of slice::s at ",
        "    update slice s\n",
        "      name: \"Slice s\" -> \"From Ann\"\n",
        "    update slice s, command Capture\n",
        "      inputs title, source_description: \"typed\" -> \"typed by Bob\"\n",
        "  contradiction: slice s, name\n",
        "  contradiction: slice s, command Capture, inputs title, source_description\n",
        "    before: \"typed\"\n",
        "commuting fork of slice::t at ",
    ] {
        assert!(text.contains(line), "{line:?} in\n{text}");
    }
}

#[test]
fn conflicts_are_listed_for_programs() {
    let world = forked();
    let output = emc(
        &world,
        "ann",
        &["list", "conflicts", "--message-format", "json"],
    );
    let lines: Vec<Value> = out(&output)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let forks: Vec<&Value> = lines
        .iter()
        .filter(|line| line["reason"] == "fork")
        .collect();
    assert_eq!(forks.len(), 2);
    assert_eq!(forks[0]["stream"], "slice::s");
    assert_eq!(forks[0]["commutes"], false);
    assert_eq!(forks[0]["branches"].as_array().map(Vec::len), Some(2));
    assert_eq!(forks[0]["contradictions"][0]["base"], "typed");
    assert_eq!(forks[0]["contradictions"][1]["field"], "name");
    assert_eq!(forks[1]["commutes"], true);
    assert_eq!(forks[1]["contradictions"].as_array().map(Vec::len), Some(0));
}

#[test]
fn check_and_build_stop_at_contradictions_unless_they_are_allowed() {
    let world = forked();
    for verb in ["check", "build"] {
        let output = emc(&world, "ann", &[verb]);
        assert_eq!(output.status.code(), Some(1), "{verb}: {}", told(&output));
        let text = told(&output);
        assert!(text.contains("error[EMC2023]"), "{text}");
        assert!(text.contains("warning[EMC2029]"), "{text}");
        assert!(text.contains("slice s, name: "), "{text}");
    }
    let output = emc(&world, "ann", &["build", "--allow-forks"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(
        told(&output).contains("warning[EMC2023]"),
        "{}",
        told(&output)
    );
    let output = emc(&world, "ann", &["check", "--allow-forks"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}

#[test]
fn auto_joins_what_commutes_and_says_what_is_left() {
    let world = forked();
    let output = emc(&world, "ann", &["resolve", "--auto"]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(
        told(&output).contains("Resolved slice::t"),
        "{}",
        told(&output)
    );
    assert!(
        told(&output).contains("error[EMC2023]"),
        "{}",
        told(&output)
    );
    let streams: Vec<String> = world
        .forks("ann")
        .iter()
        .map(|one| one.fork.fork.stream.to_string())
        .collect();
    assert_eq!(streams, ["slice::s"]);
}

#[test]
fn a_side_is_taken_for_all_or_for_one_element() {
    let world = forked();
    let output = emc(
        &world,
        "ann",
        &[
            "resolve",
            "--take",
            "ours",
            "--take",
            "theirs=command Capture",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    world.commit("ann");
    let mut model = world.converge(&["ann", "bob"]);
    let slice = of(&mut model, "s");
    assert_eq!(slice.name, text("From Ann"));
    assert_eq!(
        slice.commands[0].inputs[0].source_description,
        text("typed by Bob")
    );
    assert_eq!(of(&mut model, "t").kind, SliceKind::StateView);
    assert_eq!(of(&mut model, "t").description, text("ann"));
}

#[test]
fn a_branch_is_kept_by_its_transaction() {
    let world = forked();
    let head = world.forks("ann")[0]
        .fork
        .sides
        .iter()
        .zip(&world.forks("ann")[0].fork.fork.branches)
        .map(|(_, branch)| branch.head.to_string())
        .next()
        .expect("a branch");
    let wrong = emc(&world, "ann", &["resolve", "conflict", "slice::x", &head]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(
        told(&wrong).contains("no open fork of stream `slice::x`"),
        "{}",
        told(&wrong)
    );
    let wrong = emc(&world, "ann", &["resolve", "conflict", "slice::s", "head"]);
    assert_eq!(wrong.status.code(), Some(2));
    let output = emc(&world, "ann", &["resolve", "conflict", "slice::s", &head]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    world.commit("ann");
    world.converge(&["ann", "bob"]);
    let output = emc(&world, "ann", &["resolve", "--auto"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        told(&output).contains("no fork is open"),
        "{}",
        told(&output)
    );
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    let world = forked();
    let output = emc(&world, "ann", &["resolve"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        told(&output).contains("cargo emc resolve"),
        "{}",
        told(&output)
    );
    assert_eq!(world.contradictions("ann").len(), 2);
}

#[test]
fn conflict_markers_in_generated_files_are_overwritten_by_a_build() {
    let world = World::new(&["bob"]);
    world.build("ann");
    world.commit("ann");
    world.pull("bob", "ann");
    for clone in ["ann", "bob"] {
        world.edit(clone, |model| {
            of(model, "s").name = text(&format!("From {clone}"));
        });
        world.build(clone);
        world.commit(clone);
    }
    let from = world.at("bob");
    world.git(
        "ann",
        &["fetch", "--quiet", &from.to_string_lossy(), "main"],
    );
    let merge = Command::new("git")
        .current_dir(world.at("ann"))
        .args([
            "-c",
            "user.name=T",
            "-c",
            "user.email=t@example.org",
            "merge",
            "FETCH_HEAD",
        ])
        .output()
        .expect("git runs");
    assert!(!merge.status.success(), "the generated files conflict");
    // Two commands finish the merge.
    let output = emc(&world, "ann", &["resolve", "--take", "theirs"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let output = emc(&world, "ann", &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    for (path, bytes) in world.build("ann") {
        assert!(
            !String::from_utf8_lossy(&bytes).contains("<<<<<<<"),
            "{path}"
        );
    }
    world.commit("ann");
    let output = emc(&world, "ann", &["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let mut model = world.model("ann");
    assert_eq!(of(&mut model, "s").name, text("From bob"));
}
