//! More than two branches, and git commands that move commits.

use super::*;

fn named(model: &Model, name: &str) -> bool {
    of(&mut model.clone(), "s").name == text(name)
}

#[test]
fn three_clones_and_an_octopus_merge() {
    let world = World::new(&["bob", "eve"]);
    world.edit("ann", |model| of(model, "s").name = text("A"));
    world.edit("bob", |model| of(model, "s").name = text("B"));
    world.edit("eve", |model| of(model, "s").description = text("eve"));
    for other in ["bob", "eve"] {
        let from = world.at(other);
        world.git(
            "ann",
            &[
                "fetch",
                "--quiet",
                &from.to_string_lossy(),
                &format!("main:{other}"),
            ],
        );
    }
    world.git("ann", &["merge", "--quiet", "--no-edit", "bob", "eve"]);
    let forks = world.forks("ann");
    assert_eq!(forks.len(), 1);
    assert_eq!(forks[0].fork.fork.branches.len(), 3);
    assert_eq!(world.contradictions("ann"), ["slice::s: slice s: name"]);
    let choice = side(&world, "ann", "slice::s", |model| named(model, "B"));
    world.resolve("ann", &[choice]);
    let mut model = world.converge(&["ann", "bob", "eve"]);
    assert_eq!(of(&mut model, "s").name, text("B"));
    assert_eq!(of(&mut model, "s").description, text("eve"));
}

#[test]
fn a_fork_inside_a_branch_of_a_fork() {
    let world = World::new(&["bob"]);
    world.edit("bob", |model| {
        of(model, "s").description = text("bob's first");
    });
    // Eve starts from what Bob has.
    let (from, to) = (world.at("bob"), world.at("eve"));
    world.git(
        "bob",
        &[
            "clone",
            "--quiet",
            &from.to_string_lossy(),
            &to.to_string_lossy(),
        ],
    );
    world.edit("ann", |model| of(model, "s").name = text("A"));
    world.edit("bob", |model| of(model, "s").name = text("B"));
    world.edit("eve", |model| of(model, "s").name = text("E"));
    world.pull("ann", "bob");
    world.pull("ann", "eve");
    let forks = world.forks("ann");
    assert_eq!((forks.len(), forks[0].fork.fork.branches.len()), (1, 3));
    assert_eq!(world.contradictions("ann"), ["slice::s: slice s: name"]);
    let choice = side(&world, "ann", "slice::s", |model| named(model, "A"));
    world.resolve("ann", &[choice]);
    let mut model = world.converge(&["ann", "bob", "eve"]);
    assert_eq!(of(&mut model, "s").name, text("A"));
    assert_eq!(
        of(&mut model, "s").description,
        text("bob's first"),
        "two branches share it"
    );
}

#[test]
fn the_inner_fork_is_joined_before_the_outer_one_is_seen() {
    let world = World::new(&["bob", "eve"]);
    world.edit("bob", |model| of(model, "s").name = text("B"));
    world.edit("eve", |model| of(model, "s").name = text("E"));
    world.pull("bob", "eve");
    let choice = side(&world, "bob", "slice::s", |model| named(model, "E"));
    world.resolve("bob", &[choice]);
    world.edit("ann", |model| of(model, "s").description = text("ann"));
    world.pull("ann", "bob");
    assert_eq!(world.check("ann"), ["commuting-fork"]);
    world.resolve("ann", &[]);
    let mut model = world.converge(&["ann", "bob", "eve"]);
    assert_eq!(of(&mut model, "s").name, text("E"));
    assert_eq!(of(&mut model, "s").description, text("ann"));
}

#[test]
fn rebasing_a_clone_is_like_merging_it() {
    let world = World::new(&["bob"]);
    world.edit("ann", |model| of(model, "s").name = text("A"));
    world.edit("bob", |model| of(model, "s").name = text("B"));
    let from = world.at("ann");
    world.git(
        "bob",
        &[
            "pull",
            "--quiet",
            "--rebase",
            &from.to_string_lossy(),
            "main",
        ],
    );
    // The commit got another parent; the transaction did not.
    assert_eq!(world.contradictions("bob"), ["slice::s: slice s: name"]);
    let choice = side(&world, "bob", "slice::s", |model| named(model, "A"));
    world.resolve("bob", &[choice]);
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").name, text("A"));
}

#[test]
fn a_cherry_pick_brings_a_transaction_twice_and_it_counts_once() {
    let world = World::new(&["bob"]);
    world.edit("bob", |model| of(model, "s").name = text("B"));
    let from = world.at("bob");
    world.git(
        "ann",
        &["fetch", "--quiet", &from.to_string_lossy(), "main"],
    );
    world.git("ann", &["cherry-pick", "FETCH_HEAD"]);
    assert_eq!(world.check("ann"), Vec::<&str>::new());
    world.edit("ann", |model| of(model, "s").description = text("ann"));
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").name, text("B"));
}

#[test]
fn a_cherry_pick_without_the_transaction_before_it_is_told() {
    let world = World::new(&["bob"]);
    world.edit("bob", |model| of(model, "t").name = text("before"));
    world.edit("bob", |model| of(model, "s").name = text("B"));
    let from = world.at("bob");
    world.git(
        "ann",
        &["fetch", "--quiet", &from.to_string_lossy(), "main"],
    );
    world.git("ann", &["cherry-pick", "FETCH_HEAD"]);
    // A transaction without its parent comes before all others, so that its
    // slice is not there yet.
    assert_eq!(world.check("ann"), ["missing-parent", "unknown-slice"]);
    world.pull("ann", "bob");
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").name, text("B"));
}

#[test]
fn reverting_the_commit_of_a_transaction() {
    let world = World::new(&["bob"]);
    world.edit("ann", |model| of(model, "s").name = text("A"));
    // The last one: it is as if it had never been, in this clone.
    world.git("ann", &["revert", "--no-edit", "HEAD"]);
    assert_eq!(world.check("ann"), Vec::<&str>::new());
    assert_eq!(of(&mut world.model("ann"), "s").name, text("Slice s"));
    world.git("ann", &["revert", "--no-edit", "HEAD"]);
    // One in the middle: what follows misses its parent, and nothing is built.
    world.edit("ann", |model| of(model, "s").description = text("later"));
    world.git("ann", &["revert", "--no-edit", "HEAD~1"]);
    assert!(world.check("ann").contains(&"missing-parent"));
    world.git("ann", &["revert", "--no-edit", "HEAD"]);
    world.converge(&["ann", "bob"]);
}

#[test]
fn a_transaction_that_is_gone_by_revert_comes_back_with_the_clone_that_built_on_it() {
    let world = World::new(&["bob"]);
    world.edit("ann", |model| of(model, "s").name = text("A"));
    world.pull("bob", "ann");
    world.edit("bob", |model| of(model, "s").description = text("on top"));
    world.git("ann", &["revert", "--no-edit", "HEAD"]);
    world.pull("ann", "bob");
    // Git takes the removal: Bob's transaction has lost its parent.
    // A transaction without its parent comes before all others, so that its
    // slice is not there yet.
    assert_eq!(world.check("ann"), ["missing-parent", "unknown-slice"]);
    world.git(
        "ann",
        &["checkout", "--quiet", "HEAD^2", "--", "model/events/events"],
    );
    world.commit("ann");
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").name, text("A"));
}

#[test]
fn two_branches_of_one_clone_are_two_identities() {
    let world = World::new(&["bob"]);
    world.git("ann", &["switch", "--quiet", "--create", "side"]);
    world.edit("ann", |model| of(model, "s").name = text("Side"));
    world.edit("ann", |model| of(model, "t").name = text("Side"));
    world.git("ann", &["switch", "--quiet", "main"]);
    world.edit("ann", |model| of(model, "s").description = text("Main"));
    world.git("ann", &["switch", "--quiet", "side"]);
    world.edit("ann", |model| of(model, "s").commands.clear());
    world.git("ann", &["switch", "--quiet", "main"]);
    world.git("ann", &["merge", "--quiet", "--no-edit", "side"]);
    assert_eq!(world.check("ann"), ["commuting-fork"]);
    world.resolve("ann", &[]);
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").name, text("Side"));
    assert_eq!(of(&mut model, "s").description, text("Main"));
    assert!(of(&mut model, "s").commands.is_empty());
}
