//! Clones that decide the same fork at the same time, again and again.

use super::*;

fn name(world: &World, clone: &str) -> Text {
    of(&mut world.model(clone), "s").name.clone()
}

fn decide(world: &World, clone: &str, kept: &str) {
    let choice = side(world, clone, "slice::s", |model| {
        of(&mut model.clone(), "s").name == text(kept)
    });
    world.resolve(clone, &[choice]);
}

fn exchange(world: &World) {
    let bob = world.git("bob", &["rev-parse", "HEAD"]);
    world.pull("bob", "ann");
    let from = world.at("bob");
    world.git(
        "ann",
        &["fetch", "--quiet", &from.to_string_lossy(), "main"],
    );
    world.git("ann", &["merge", "--quiet", "--no-edit", bob.trim()]);
}

fn contested() -> World {
    let world = World::new(&["bob"]);
    world.edit("ann", |model| of(model, "s").name = text("A"));
    world.edit("bob", |model| of(model, "s").name = text("B"));
    exchange(&world);
    world
}

#[test]
fn two_decisions_contradict_each_other_whichever_the_canonical_order_shows() {
    for (ann, bob) in [("A", "B"), ("B", "A")] {
        let world = contested();
        for _ in 0..2 {
            decide(&world, "ann", ann);
            decide(&world, "bob", bob);
            exchange(&world);
            assert_eq!(world.contradictions("ann"), ["slice::s: slice s: name"]);
            assert_eq!(world.contradictions("bob"), ["slice::s: slice s: name"]);
            assert_eq!(name(&world, "ann"), name(&world, "bob"));
        }
        decide(&world, "ann", bob);
        let mut model = world.converge(&["ann", "bob"]);
        assert_eq!(of(&mut model, "s").name, text(bob));
    }
}

#[test]
fn two_equal_decisions_stay_one() {
    let world = contested();
    decide(&world, "ann", "A");
    decide(&world, "bob", "A");
    exchange(&world);
    assert_eq!(world.contradictions("ann"), Vec::<String>::new());
    assert_eq!(name(&world, "bob"), text("A"));
    // Both join at once: there are two joins again, which agree again.
    world.resolve("ann", &[]);
    world.resolve("bob", &[]);
    exchange(&world);
    let found = world.check("ann");
    assert!(
        !found.is_empty() && found.iter().all(|code| *code == "commuting-fork"),
        "{found:?}"
    );
    world.resolve("ann", &[]);
    world.pull("bob", "ann");
    assert_eq!(world.check("bob"), Vec::<&str>::new());
    // What was agreed is the past of the next fork.
    world.edit("ann", |model| of(model, "s").name = text("C"));
    world.edit("bob", |model| of(model, "s").description = text("bob"));
    exchange(&world);
    assert_eq!(world.contradictions("ann"), Vec::<String>::new());
    world.resolve("ann", &[]);
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").name, text("C"));
    assert_eq!(of(&mut model, "s").description, text("bob"));
}

#[test]
fn kept_by_one_decision_and_removed_by_the_other() {
    let world = World::new(&["bob"]);
    let gone = |model: &Model| of(&mut model.clone(), "s").commands.is_empty();
    world.edit("ann", |model| of(model, "s").commands.clear());
    world.edit("bob", |model| {
        of(model, "s").commands[0].inputs[0].source_description = text("said");
    });
    exchange(&world);
    let removed = side(&world, "ann", "slice::s", gone);
    let kept = side(&world, "bob", "slice::s", |model| !gone(model));
    world.resolve("ann", &[removed]);
    world.resolve("bob", &[kept]);
    exchange(&world);
    assert_eq!(
        world.contradictions("ann"),
        ["slice::s: slice s, command Capture: "]
    );
    let kept = side(&world, "ann", "slice::s", |model| !gone(model));
    world.resolve("ann", &[kept]);
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").commands.len(), 1);
}

#[test]
fn two_new_names_decided_differently() {
    let world = World::new(&["bob"]);
    let called = |name: &'static str| {
        move |model: &Model| {
            let commands = of(&mut model.clone(), "s").commands.clone();
            commands.iter().any(|command| command.name == text(name))
        }
    };
    world.edit("ann", |model| {
        of(model, "s").commands[0].name = text("Take");
    });
    world.edit("bob", |model| {
        of(model, "s").commands[0].name = text("Grab");
    });
    exchange(&world);
    assert_eq!(
        world.contradictions("ann"),
        ["slice::s: slice s, command Capture: name"]
    );
    let take = side(&world, "ann", "slice::s", called("Take"));
    let grab = side(&world, "bob", "slice::s", called("Grab"));
    world.resolve("ann", &[take]);
    world.resolve("bob", &[grab]);
    exchange(&world);
    assert_eq!(
        world.contradictions("ann"),
        ["slice::s: slice s, command Capture: name"]
    );
    let grab = side(&world, "ann", "slice::s", called("Grab"));
    world.resolve("ann", &[grab]);
    let mut model = world.converge(&["ann", "bob"]);
    let commands = &of(&mut model, "s").commands;
    assert_eq!(commands.len(), 1, "{commands:?}");
    assert_eq!(commands[0].name, text("Grab"));
}
