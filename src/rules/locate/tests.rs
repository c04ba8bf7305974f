//! The event that is found for a path is the one that recorded its element.

mod workflow;

use super::{ProjectOrigins, slice_origin, workflow_origin};
use crate::{
    event::{EmcEvent, SliceFact, Text},
    model::{Model, Origin, ProjectedModel},
    rules::{
        Part::{self, *},
        Path,
        tests::examples::events,
    },
};

const DEPOSIT: &str = include_str!("deposit.toml");

fn folded(events: &[EmcEvent]) -> Model {
    let projected = ProjectedModel::from_events((0..).map(Origin).zip(events));
    assert_eq!(projected.refusals, []);
    projected.model
}

fn checked(path: &[(Part, &str)]) -> Path {
    let elements = path.iter().map(|(part, name)| (*part, (*name).to_owned()));
    Path(elements.collect())
}

/// What an event recorded, as a log tells it; `again` for the next of the kind.
fn told(events: &[EmcEvent], origin: Origin) -> String {
    let mut told: Vec<String> = events.iter().map(|one| one.describe().element).collect();
    let element = told.remove(origin.0 as usize);
    match told.iter().position(|other| *other == element) {
        Some(other) if other < origin.0 as usize => format!("{element} again"),
        _ => element,
    }
}

/// Paths below a slice, a workflow or the project, with what is found.
type Cases<'a> = &'a [(&'a [(Part, &'a str)], &'a str)];

#[test]
fn below_a_slice_a_definition_is_found_by_what_it_holds() {
    let view: Cases<'_> = &[
        (&[], ""),
        (
            &[(Event, "BoxFilled")],
            ", event BoxFilled, attribute box_no",
        ),
        (
            &[(Event, "BoxFilled"), (Attribute, "code")],
            ", event BoxFilled, attribute code",
        ),
        (
            &[(Event, "BoxFilled"), (Attribute, "none")],
            ", event BoxFilled, attribute box_no",
        ),
        (
            &[(Event, "BoxEmptied"), (Stream, "box")],
            ", event BoxEmptied, attribute box_no",
        ),
        (&[(Event, "BoxLost")], ""),
        (
            &[(ReadModel, "FreeBoxes")],
            ", read model FreeBoxes, field box_no",
        ),
        (
            &[
                (ReadModel, "FreeBoxes"),
                (Field, "code"),
                (Event, "BoxFilled"),
            ],
            ", read model FreeBoxes, field code",
        ),
        (&[(View, "BoxList")], ", view BoxList, field box_no"),
        (
            &[(View, "BoxList"), (Field, "code"), (ReadModel, "Boxes")],
            ", view BoxList, field code",
        ),
        (
            &[(View, "BoxList"), (Control, "Fill")],
            ", view BoxList, field box_no",
        ),
        (
            &[(View, "BoxList"), (Control, "Leave")],
            ", view BoxList, field code",
        ),
        (
            &[(View, "BoxList"), (Control, "None")],
            ", view BoxList, field box_no",
        ),
        (&[(Control, "Leave")], ", view BoxList, field code"),
        (&[(Control, "Fill")], ", view CodeList, field code"),
        (
            &[(Control, "Fill"), (Input, "box_no")],
            ", view BoxList, field box_no",
        ),
        (&[(Stream, "box")], ""),
        (&[(Error, "BoxTaken")], ""),
        (&[(Scenario, "None")], ""),
    ];
    let in_control: Cases<'_> = &[
        (&[(Input, "code")], ", view BoxList, field code"),
        (&[(Input, "box_no")], ", view BoxList, field box_no"),
        (&[(Error, "BoxTaken")], ", view BoxList, field code"),
        (&[(State, "opened")], ", view BoxList, field code"),
        (&[(View, "opened")], ", view BoxList, field code"),
        (&[(Command, "FillBox")], ", view BoxList, field box_no"),
        (&[(Workflow, "elsewhere")], ", view BoxList, field box_no"),
    ];
    let events = events(DEPOSIT);
    below_slice(&events, "free-boxes", &[], view);
    let control = [(View, "BoxList"), (Control, "Fill")];
    below_slice(&events, "free-boxes", &control, in_control);
    let leave = [(View, "BoxList"), (Control, "Leave")];
    let elsewhere: Cases<'_> = &[(&[(Workflow, "elsewhere")], ", view BoxList, field code")];
    below_slice(&events, "free-boxes", &leave, elsewhere);
}

#[test]
fn below_a_slice_a_decision_is_found_by_what_it_holds() {
    let change: Cases<'_> = &[
        (&[(Command, "FillBox")], ", command FillBox, input box_no"),
        (
            &[(Command, "FillBox"), (Input, "code"), (Event, "BoxFilled")],
            ", command FillBox, input code",
        ),
        (
            &[(Command, "FillBox"), (Event, "BoxFilled")],
            ", command FillBox, input box_no",
        ),
        (
            &[(Command, "FillBox"), (Event, "BoxBilled")],
            ", command FillBox, input code",
        ),
        (
            &[(Command, "FillBox"), (Stream, "round")],
            ", command FillBox, input courier",
        ),
        (
            &[
                (Command, "FillBox"),
                (Error, "BoxTaken"),
                (Scenario, "A box is taken"),
            ],
            ", command FillBox, input courier",
        ),
        (
            &[(Error, "BoxTaken"), (Source, "free-boxes")],
            ", command FillBox, input courier",
        ),
        (&[(Outcome, "filled")], ", outcome filled"),
        (
            &[(Outcome, "filled"), (Event, "BoxFilled")],
            ", outcome filled",
        ),
        (
            &[(Outcome, "filled"), (Outcome, "emptied")],
            ", outcome filled",
        ),
        (&[(Scenario, "A box is taken")], ", scenario A box is taken"),
        (
            &[(Scenario, "A box is free"), (Error, "BoxTaken")],
            ", scenario A box is free",
        ),
        (
            &[(Scenario, "A box is taken"), (Stream, "box")],
            ", scenario A box is taken",
        ),
        (&[(Card, "BoxFilled")], ", board element BoxFilled"),
        (
            &[(Source, "FillBox"), (Target, "BoxFilled")],
            ", board connection FillBox -> BoxFilled",
        ),
        (
            &[(Datum, "code"), (Owner, "BoxFilled")],
            ", data flow code: - -> BoxFilled",
        ),
        (
            &[(Owner, "FillBox"), (Datum, "code")],
            ", data flow code: - -> FillBox",
        ),
    ];
    let reaction: Cases<'_> = &[
        (&[(Automation, "Sweep")], ", automation Sweep"),
        (
            &[(Automation, "Sweep"), (Event, "BoxFilled")],
            ", automation Sweep",
        ),
        (
            &[(Translation, "Knock"), (Payload, "Bell")],
            ", translation Knock",
        ),
        (
            &[(Payload, "Bell")],
            ", external payload Bell, field box_no",
        ),
        (
            &[(Payload, "Bell"), (Field, "code")],
            ", external payload Bell, field code",
        ),
    ];
    let events = events(DEPOSIT);
    below_slice(&events, "fill-box", &[], change);
    below_slice(&events, "clean-box", &[], reaction);
}

fn below_slice(events: &[EmcEvent], slug: &str, around: &[(Part, &str)], cases: Cases<'_>) {
    let model = folded(events);
    let slice = model.slice(slug).expect("a slice");
    for (path, expected) in cases {
        let below: Vec<_> = around.iter().chain(*path).copied().collect();
        let path = [&[(Slice, slug)], below.as_slice()].concat();
        let found = told(events, slice_origin(slice, &checked(&path)));
        assert_eq!(found, format!("slice {slug}{expected}"), "{path:?}");
        // The same place is found from further away.
        let workflow = model.workflow("deposit").expect("a workflow");
        let path = [&[(Workflow, "deposit")], path.as_slice()].concat();
        let from_workflow = told(events, workflow_origin(workflow, &checked(&path)));
        assert_eq!(from_workflow, found, "{path:?}");
        if !below.is_empty() {
            let path = [&[(Project, "locker")], &path[1..]].concat();
            let from_project = ProjectOrigins::of(&model)
                .find(&checked(&path))
                .expect("recorded");
            assert_eq!(told(events, from_project), found, "{path:?}");
        }
    }
}

#[test]
fn below_a_project_an_element_is_found_in_any_slice() {
    let cases: Cases<'_> = &[
        (&[], "project, locker"),
        (&[(Workflow, "none")], "project, locker"),
        (&[(Event, "none")], "project, locker"),
        (&[(Workflow, "elsewhere")], "workflow elsewhere"),
        (&[(Slice, "count-boxes")], "slice count-boxes"),
        (
            &[
                (Workflow, "deposit"),
                (Transition, "free-boxes"),
                (Target, "elsewhere"),
            ],
            "workflow deposit, transition free-boxes -> elsewhere (Leave)",
        ),
        (
            &[
                (Slice, "fill-box"),
                (Event, "BoxFilled"),
                (Source, "free-boxes"),
            ],
            "slice fill-box, event BoxFilled, attribute box_no",
        ),
        (
            &[
                (Event, "BoxFilled"),
                (Slice, "fill-box"),
                (Slice, "free-boxes"),
            ],
            "slice fill-box, event BoxFilled, attribute box_no",
        ),
        (
            &[(Event, "BoxFilled"), (Event, "BoxEmptied")],
            "slice free-boxes, event BoxFilled, attribute box_no",
        ),
        // The one too many.
        (
            &[(ReadModel, "FreeBoxes")],
            "slice count-boxes, read model FreeBoxes, field box_no",
        ),
        (
            &[(Command, "FreeBox")],
            "slice empty-box, command FreeBox, input box_no",
        ),
        (
            &[(Command, "FillBox")],
            "slice fill-box, command FillBox, input box_no",
        ),
    ];
    let events = events(DEPOSIT);
    let model = folded(&events);
    for (path, expected) in cases {
        let path = [&[(Project, "locker")], *path].concat();
        let found = ProjectOrigins::of(&model)
            .find(&checked(&path))
            .expect("recorded");
        assert_eq!(told(&events, found), *expected, "{path:?}");
    }
    let nothing = checked(&[(Project, "locker"), (Event, "BoxFilled")]);
    assert_eq!(ProjectOrigins::of(&Model::default()).find(&nothing), None);
}

#[test]
fn a_control_that_is_recorded_on_its_own_is_found_there() {
    let mut events = events(DEPOSIT);
    let path = checked(&[(Slice, "free-boxes"), (View, "BoxList"), (Control, "Fill")]);
    let place = |events: &[EmcEvent]| {
        let model = folded(events);
        let slice = model.slice("free-boxes").expect("a slice");
        told(events, slice_origin(slice, &path))
    };
    let is_view = |event: &&EmcEvent| {
        event.describe().element == "slice free-boxes, view BoxList, field box_no"
    };
    let Some(EmcEvent::SliceFactAdded {
        slice,
        fact: SliceFact::View(view),
    }) = events.iter().find(is_view).cloned()
    else {
        panic!("a view");
    };
    events.push(EmcEvent::SliceViewControlUpdated {
        slice: slice.clone(),
        view: view.name.clone(),
        control: view.controls[0].clone(),
    });
    assert_eq!(
        place(&events),
        "slice free-boxes, view control BoxList, control Fill"
    );
    events.push(EmcEvent::SliceViewControlRemoved {
        slice: slice.clone(),
        view: view.name.clone(),
        name: view.controls[0].name.clone(),
    });
    // Another field has a control of this name, too.
    assert_eq!(place(&events), "slice free-boxes, view BoxList, field code");
    events.truncate(events.len() - 1);
    events.push(EmcEvent::SliceViewDefinitionUpdated { slice, new: view });
    assert_eq!(
        place(&events),
        "slice free-boxes, view BoxList, field box_no again"
    );
}

/// A merge can bring a slice with the slug of another one.
#[test]
fn twins_keep_their_own_places() {
    let mut events = events(DEPOSIT);
    for event in &mut events {
        if let EmcEvent::SliceAdded { slug, .. } = event
            && *slug == *"count-boxes"
        {
            *slug = Text::new("free-boxes").expect("text");
        }
    }
    // The facts go to the first of the two, as they name a slug.
    events.retain(|event| event.describe().element.split(", ").next() != Some("slice count-boxes"));
    let model = folded(&events);
    let twins: Vec<_> = model
        .slices()
        .map(|(_, slice)| slice)
        .filter(|slice| slice.slug == *"free-boxes")
        .collect();
    let [first, second] = twins[..] else {
        panic!("two slices");
    };
    let path = checked(&[(Slice, "free-boxes")]);
    assert_eq!(slice_origin(first, &path), first.origin);
    assert_eq!(slice_origin(second, &path), second.origin);
    let slug = checked(&[(Project, "locker"), (Slice, "free-boxes")]);
    assert_eq!(ProjectOrigins::of(&model).find(&slug), Some(second.origin));
    let inside = checked(&[
        (Project, "locker"),
        (Slice, "free-boxes"),
        (View, "BoxList"),
    ]);
    let found = ProjectOrigins::of(&model).find(&inside).expect("recorded");
    assert_eq!(
        told(&events, found),
        "slice free-boxes, view BoxList, field box_no"
    );
    let nothing = checked(&[(Project, "locker"), (Slice, "free-boxes"), (View, "None")]);
    assert_eq!(
        ProjectOrigins::of(&model).find(&nothing),
        Some(first.origin)
    );
}
