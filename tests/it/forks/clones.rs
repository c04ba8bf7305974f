//! Two clones, one stream.

use super::*;

/// Each renames the slice in its own way, and edits something else too.
fn contradicting() -> World {
    let world = World::new(&["bob"]);
    world.edit("ann", |model| of(model, "s").name = text("From Ann"));
    world.edit("ann", |model| {
        of(model, "s").commands.push(command("Open", &["a"]));
    });
    world.edit("bob", |model| of(model, "s").name = text("From Bob"));
    world.edit("bob", |model| {
        of(model, "s").description = text("bob was here");
    });
    world.pull("ann", "bob");
    world.pull("bob", "ann");
    world
}

#[test]
fn edits_of_different_streams_need_no_decision() {
    let world = World::new(&["bob"]);
    world.edit("ann", |model| of(model, "s").name = text("Ann"));
    world.edit("bob", |model| of(model, "t").name = text("Bob"));
    world.pull("ann", "bob");
    assert_eq!(world.check("ann"), Vec::<&str>::new());
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").name, text("Ann"));
    assert_eq!(of(&mut model, "t").name, text("Bob"));
}

#[test]
fn what_commutes_is_a_warning_and_is_joined_on_request() {
    let world = World::new(&["bob"]);
    world.edit("ann", |model| {
        of(model, "s").commands.push(command("Open", &["a"]));
    });
    world.edit("bob", |model| {
        of(model, "s").commands[0]
            .inputs
            .extend(command("x", &["tag"]).inputs);
    });
    world.pull("ann", "bob");
    assert_eq!(world.check("ann"), ["commuting-fork"]);
    assert_eq!(world.contradictions("ann"), Vec::<String>::new());
    // A build shows the canonical order; nothing else can be written.
    world.build("ann");
    let refused = world
        .write("ann", |model| of(model, "t").name = text("T"))
        .expect_err("a fork is open");
    assert_eq!(refused.0[0].code.name, "commuting-fork");
    assert!(
        refused.0[0].help[0].contains("resolve --auto"),
        "{refused:?}"
    );

    let resolved = world.resolve("ann", &[]);
    assert_eq!((resolved.decided.len(), resolved.left.len()), (1, 0));
    let mut model = world.converge(&["ann", "bob"]);
    let slice = of(&mut model, "s");
    assert_eq!(slice.commands.len(), 2);
    let capture = slice
        .commands
        .iter()
        .find(|command| command.name == text("Capture"));
    assert_eq!(
        capture.map(|command| command.inputs.len()),
        Some(3),
        "nothing twice, nothing lost"
    );
}

#[test]
fn contradictions_are_errors_until_somebody_decides() {
    let world = contradicting();
    for clone in ["ann", "bob"] {
        assert_eq!(world.check(clone), ["open-fork"]);
        assert_eq!(world.contradictions(clone), ["slice::s: slice s: name"]);
        let resolved = world.resolve(clone, &[]);
        assert_eq!((resolved.decided.len(), resolved.left.len()), (0, 1));
        assert!(resolved.written.transaction.is_none());
    }
    let report = &world.forks("ann")[0];
    let words: Vec<Vec<String>> = report
        .changes
        .iter()
        .map(|changes| {
            changes
                .iter()
                .map(|change| change.element.clone())
                .collect()
        })
        .collect();
    assert!(
        words.contains(&vec![
            "slice s".to_owned(),
            "slice s, command Open".to_owned()
        ]),
        "{words:?}"
    );
    assert!(words.contains(&vec!["slice s".to_owned()]), "{words:?}");
}

#[test]
fn the_kept_branch_is_whole_and_the_other_one_keeps_what_does_not_contradict() {
    for (kept, name) in [("From Ann", "Ann"), ("From Bob", "Bob")] {
        let world = contradicting();
        let choice = side(&world, "ann", "slice::s", |model| {
            of(&mut model.clone(), "s").name == text(kept)
        });
        let resolved = world.resolve("ann", &[choice]);
        assert_eq!(resolved.decided.len(), 1);
        let mut model = world.converge(&["ann", "bob"]);
        let slice = of(&mut model, "s");
        assert_eq!(slice.name, text(kept), "{name}");
        assert_eq!(slice.description, text("bob was here"));
        assert_eq!(slice.commands.len(), 2);
    }
}

#[test]
fn ours_is_what_this_clone_wrote() {
    for (take, name) in [(Take::Ours, "From Bob"), (Take::Theirs, "From Ann")] {
        let world = contradicting();
        let choice = Choice {
            stream: None,
            element: None,
            take,
        };
        world.resolve("bob", &[choice]);
        let mut model = world.converge(&["bob", "ann"]);
        assert_eq!(of(&mut model, "s").name, text(name));
    }
    // A fresh clone wrote nothing, and says so.
    let world = contradicting();
    world.clone("eve");
    let choice = Choice {
        stream: None,
        element: None,
        take: Take::Ours,
    };
    let refused = resolve::resolve(&world.project("eve"), &[choice], |_| Reply::Skip)
        .expect_err("nobody knows");
    assert_eq!(refused.0[0].code.name, "undecided");
}

#[test]
fn both_decide_alike_and_both_decide_differently() {
    let decide = |world: &World, clone: &str, name: &str| {
        let choice = side(world, clone, "slice::s", |model| {
            of(&mut model.clone(), "s").name == text(name)
        });
        world.resolve(clone, &[choice]);
    };
    // Alike: two joins that say the same commute.
    let world = contradicting();
    decide(&world, "ann", "From Ann");
    decide(&world, "bob", "From Ann");
    world.pull("ann", "bob");
    assert_eq!(world.check("ann"), ["commuting-fork", "commuting-fork"]);
    let streams: Vec<String> = world
        .forks("ann")
        .iter()
        .map(|one| one.fork.fork.stream.to_string())
        .collect();
    assert_eq!(
        streams,
        ["project", "slice::s"],
        "the records of decisions commute"
    );
    world.resolve("ann", &[]);
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").name, text("From Ann"));

    // Differently: the joins contradict each other, and nothing older comes up.
    let world = contradicting();
    decide(&world, "ann", "From Ann");
    decide(&world, "bob", "From Bob");
    world.pull("ann", "bob");
    assert_eq!(world.contradictions("ann"), ["slice::s: slice s: name"]);
    decide(&world, "ann", "From Bob");
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").name, text("From Bob"));
}

#[test]
fn merged_in_both_directions_and_merged_again() {
    let world = contradicting();
    // Criss-cross: both have merged each other, and go on before they decide.
    let choice = side(&world, "ann", "slice::s", |model| {
        of(&mut model.clone(), "s").name == text("From Ann")
    });
    world.resolve("ann", &[choice]);
    world.edit("ann", |model| of(model, "t").name = text("Later"));
    world.pull("bob", "ann");
    world.edit("bob", |model| {
        of(model, "s").description = text("after all");
    });
    world.pull("ann", "bob");
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").description, text("after all"));
    assert_eq!(of(&mut model, "s").name, text("From Ann"));
}

#[test]
fn one_of_two_forks_is_decided_and_the_other_stays_listed() {
    let world = World::new(&["bob"]);
    for (clone, name) in [("ann", "A"), ("bob", "B")] {
        world.edit(clone, |model| {
            of(model, "s").name = text(name);
            of(model, "t").name = text(name);
        });
    }
    world.pull("ann", "bob");
    assert_eq!(world.forks("ann").len(), 2);
    let choice = side(&world, "ann", "slice::s", |model| {
        of(&mut model.clone(), "s").name == text("A")
    });
    let resolved = world.resolve("ann", &[choice]);
    assert_eq!((resolved.decided.len(), resolved.left.len()), (1, 1));
    assert_eq!(world.contradictions("ann"), ["slice::t: slice t: name"]);
    let choice = side(&world, "ann", "slice::t", |model| {
        of(&mut model.clone(), "t").name == text("B")
    });
    world.resolve("ann", &[choice]);
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").name, text("A"));
    assert_eq!(of(&mut model, "t").name, text("B"));
}
