//! Removed, renamed and retyped on one side, changed on the other; one slug twice.

use super::*;

/// Both clones edit, then Ann merges Bob.
fn met(ann: impl FnOnce(&mut Model), bob: impl FnOnce(&mut Model)) -> World {
    let world = World::new(&["bob"]);
    world.edit("ann", ann);
    world.edit("bob", bob);
    world.pull("ann", "bob");
    world
}

fn slices(model: &Model, slug: &str) -> usize {
    let slices = model.workflows.iter().flat_map(|workflow| &workflow.slices);
    slices.filter(|slice| slice.slug.as_str() == slug).count()
}

#[test]
fn a_slice_removed_here_and_renamed_there() {
    for kept in [true, false] {
        let world = met(
            |model| {
                model.workflows[0]
                    .slices
                    .retain(|slice| slice.slug.as_str() != "s");
            },
            |model| of(model, "s").name = text("Renamed"),
        );
        // The update has no slice to go to in canonical order: this is no
        // damage, the fork tells of it.
        assert_eq!(world.check("ann"), ["open-fork"]);
        assert_eq!(world.contradictions("ann"), ["slice::s: slice s: "]);
        let choice = side(&world, "ann", "slice::s", |model| {
            (slices(model, "s") == 1) == kept
        });
        world.resolve("ann", &[choice]);
        let mut model = world.converge(&["ann", "bob"]);
        assert_eq!(slices(&model, "s"), usize::from(kept));
        if kept {
            assert_eq!(of(&mut model, "s").name, text("Renamed"));
            assert_eq!(of(&mut model, "s").commands.len(), 1, "with all it had");
        }
    }
}

#[test]
fn a_command_removed_here_and_changed_there() {
    for kept in [true, false] {
        let world = met(
            |model| of(model, "s").commands.clear(),
            |model| of(model, "s").commands[0].inputs[1].source_description = text("said"),
        );
        assert_eq!(
            world.contradictions("ann"),
            ["slice::s: slice s, command Capture: "]
        );
        let choice = side(&world, "ann", "slice::s", |model| {
            of(&mut model.clone(), "s").commands.is_empty() != kept
        });
        world.resolve("ann", &[choice]);
        let mut model = world.converge(&["ann", "bob"]);
        assert_eq!(of(&mut model, "s").commands.len(), usize::from(kept));
    }
}

#[test]
fn a_command_renamed_here_and_changed_there() {
    let world = met(
        |model| of(model, "s").commands[0].name = text("Take"),
        |model| of(model, "s").commands[0].inputs[0].source_description = text("said"),
    );
    assert_eq!(world.check("ann"), ["commuting-fork"]);
    world.resolve("ann", &[]);
    let mut model = world.converge(&["ann", "bob"]);
    let commands = &of(&mut model, "s").commands;
    assert_eq!(commands.len(), 1);
    assert_eq!(commands[0].name, text("Take"));
    assert_eq!(commands[0].inputs[0].source_description, text("said"));
}

#[test]
fn a_slice_retyped_on_both_sides() {
    let world = met(
        |model| of(model, "s").kind = SliceKind::StateView,
        |model| of(model, "s").kind = SliceKind::Automation,
    );
    assert_eq!(world.contradictions("ann"), ["slice::s: slice s: kind"]);
    let choice = side(&world, "ann", "slice::s", |model| {
        of(&mut model.clone(), "s").kind == SliceKind::Automation
    });
    world.resolve("ann", &[choice]);
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(of(&mut model, "s").kind, SliceKind::Automation);
}

#[test]
fn one_command_added_on_both_sides() {
    let add = |event: &'static str, input: &'static str| {
        move |model: &mut Model| {
            let mut fresh = command("Close", &[input]);
            fresh.emitted_events = vec![text(event)];
            of(model, "s").commands.push(fresh);
        }
    };
    let world = met(add("Closed", "a"), add("Shut", "b"));
    assert_eq!(
        world.contradictions("ann"),
        ["slice::s: slice s, command Close: emitted_events"]
    );
    let choice = side(&world, "ann", "slice::s", |model| {
        of(&mut model.clone(), "s").commands[1].emitted_events == [text("Shut")]
    });
    world.resolve("ann", &[choice]);
    let mut model = world.converge(&["ann", "bob"]);
    let commands = &of(&mut model, "s").commands;
    assert_eq!(commands.len(), 2);
    let close = commands
        .iter()
        .find(|command| command.name == text("Close"))
        .expect("it is there");
    assert_eq!(close.emitted_events, [text("Shut")]);
    assert_eq!(close.inputs.len(), 2, "members are joined");
}

#[test]
fn one_slug_for_two_slices_in_two_workflows() {
    let world = World::new(&[]);
    world.edit("ann", |model| {
        model
            .workflows
            .push(Workflow::empty(text("w2"), text("W2"), text("d")));
    });
    world.clone("bob");
    let new = |home: usize, name: &'static str| {
        move |model: &mut Model| {
            let fresh = Slice {
                name: text(name),
                ..slice("fresh")
            };
            model.workflows[home].slices.push(fresh);
        }
    };
    world.edit("ann", new(0, "A"));
    world.edit("bob", new(1, "B"));
    world.pull("ann", "bob");
    assert_eq!(
        world.contradictions("ann"),
        [
            "slice::fresh: slice fresh: name",
            "slice::fresh: slice fresh: workflow"
        ]
    );
    let choice = side(&world, "ann", "slice::fresh", |model| {
        of(&mut model.clone(), "fresh").name == text("B")
    });
    world.resolve("ann", &[choice]);
    let mut model = world.converge(&["ann", "bob"]);
    assert_eq!(slices(&model, "fresh"), 1, "one of it");
    assert_eq!(of(&mut model, "fresh").name, text("B"));
    assert_eq!(of(&mut model, "fresh").commands.len(), 1, "nothing twice");
    let home = model.workflows.iter().find(|workflow| {
        workflow
            .slices
            .iter()
            .any(|slice| slice.slug.as_str() == "fresh")
    });
    assert_eq!(home.map(|home| home.slug.as_str()), Some("w2"));
}

#[test]
fn one_slug_for_two_workflows() {
    let new = |name: &'static str| {
        move |model: &mut Model| {
            model.workflows.push(Workflow {
                slices: vec![slice(name)],
                ..Workflow::empty(text("fresh"), text(name), text("d"))
            });
        }
    };
    let world = met(new("a"), new("b"));
    assert_eq!(
        world.contradictions("ann"),
        ["workflow::fresh: workflow fresh: name"]
    );
    let choice = side(&world, "ann", "workflow::fresh", |model| {
        model
            .workflows
            .iter()
            .any(|workflow| workflow.name == text("b"))
    });
    world.resolve("ann", &[choice]);
    let model = world.converge(&["ann", "bob"]);
    let fresh: Vec<&Workflow> = model
        .workflows
        .iter()
        .filter(|workflow| workflow.slug.as_str() == "fresh")
        .collect();
    assert_eq!(fresh.len(), 1);
    assert_eq!(fresh[0].name, text("b"));
    assert_eq!(fresh[0].slices.len(), 2, "the slices of both are kept");
}

#[test]
fn a_slice_changed_here_and_its_workflow_removed_there() {
    for kept in [true, false] {
        let world = met(
            |model| {
                model
                    .workflows
                    .retain(|workflow| workflow.slug.as_str() != "w");
            },
            |model| of(model, "s").name = text("Changed"),
        );
        // Removing the workflow touched the streams of its slices.
        assert_eq!(world.contradictions("ann"), ["slice::s: slice s: "]);
        let choice = side(&world, "ann", "slice::s", |model| {
            (slices(model, "s") == 1) == kept
        });
        world.resolve("ann", &[choice]);
        let mut model = world.converge(&["ann", "bob"]);
        assert_eq!(slices(&model, "s"), usize::from(kept));
        assert_eq!(slices(&model, "t"), 0, "nobody else touched it");
        if kept {
            // A slice that stays keeps its workflow.
            assert_eq!(of(&mut model, "s").name, text("Changed"));
            assert_eq!(model.workflows[0].name, text("W"));
        }
    }
}

#[test]
fn a_slice_added_to_a_workflow_that_is_removed_there() {
    // Two streams, so no fork; the removal stands, and that is told until
    // somebody says more about the slice.
    let world = met(
        |model| {
            model
                .workflows
                .retain(|workflow| workflow.slug.as_str() != "w");
        },
        |model| model.workflows[0].slices.push(slice("fresh")),
    );
    let found = world.check("ann");
    assert!(!found.is_empty());
    assert!(
        found.iter().all(|code| *code == "overtaken-event"),
        "{found:?}"
    );
    // It spends the events, and needs them once more.
    assert_eq!(world.built_anew("ann"), found);
    assert_eq!(slices(&world.model("ann"), "fresh"), 0);
    world.edit("ann", |model| {
        model.workflows.push(Workflow {
            slices: vec![slice("fresh")],
            ..Workflow::empty(text("again"), text("Again"), text("d"))
        });
    });
    let model = world.converge(&["ann", "bob"]);
    assert_eq!(slices(&model, "fresh"), 1);
}

#[test]
fn the_project_renamed_on_both_sides() {
    let world = met(
        |model| model.project = Some(text("Front Desk")),
        |model| model.project = Some(text("Back Desk")),
    );
    assert_eq!(world.contradictions("ann"), ["project: project: name"]);
    let choice = side(&world, "ann", "project", |model| {
        model.project == Some(text("Back Desk"))
    });
    world.resolve("ann", &[choice]);
    let model = world.converge(&["ann", "bob"]);
    assert_eq!(model.project, Some(text("Back Desk")));
}
