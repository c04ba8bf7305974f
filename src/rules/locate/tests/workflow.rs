//! Below a workflow.

use super::{Cases, DEPOSIT, checked, events, folded, told};
use crate::{
    event::EmcEvent,
    rules::{
        Part::{self, *},
        workflow_origin,
    },
};

#[test]
fn below_a_workflow_each_claim_is_found() {
    let cases: Cases<'_> = &[
        (&[], ""),
        (&[(Step, "fill-box")], "slice fill-box"),
        (
            &[(Step, "fill-box"), (Outcome, "filled")],
            "slice fill-box, outcome filled",
        ),
        (
            &[(Step, "nowhere")],
            ", entry lifecycle state fully_configured",
        ),
        (
            &[(Arrival, "fully_configured")],
            ", entry lifecycle state fully_configured",
        ),
        (&[(Arrival, "partially_configured")], ""),
        (
            &[(Automation, "Sweep"), (Event, "BoxEmptied")],
            "slice clean-box, automation Sweep",
        ),
        (
            &[(Claim, "BoxFilled"), (Owner, "fill-box")],
            ", owned event BoxFilled again",
        ),
        (
            &[(Claim, "BoxFilled"), (Slice, "free-boxes")],
            ", owned event BoxFilled",
        ),
        (
            &[(Claim, "filled"), (Owner, "free-boxes")],
            ", outcome filled",
        ),
        (
            &[(Claim, "filled"), (Owner, "fill-box")],
            ", owned outcome filled",
        ),
        (
            &[(Outcome, "filled"), (Owner, "fill-box")],
            ", outcome filled again",
        ),
        (
            &[(Outcome, "filled"), (Slice, "free-boxes")],
            ", outcome filled",
        ),
        (
            &[
                (Error, "BoxTaken"),
                (Command, "FillBox"),
                (Owner, "fill-box"),
            ],
            ", command error BoxTaken of FillBox",
        ),
        (
            &[(Evidence, "fill-box"), (Trigger, "BoxFilled")],
            ", transition evidence fill-box -> clean-box (BoxFilled)",
        ),
    ];
    below_workflow(&events(DEPOSIT), cases);
}

#[test]
fn of_several_transitions_the_one_that_fits_is_found() {
    type FromSource<'a> = (&'a str, &'a [(Part, &'a str)], &'a str);
    let transitions: &[FromSource<'_>] = &[
        ("free-boxes", &[], "fill-box (FillBox)"),
        ("fill-box", &[(Target, "free-boxes")], "free-boxes (filled)"),
        ("free-boxes", &[(Command, "FillBox")], "fill-box (FillBox)"),
        ("fill-box", &[(Event, "BoxFilled")], "clean-box (BoxFilled)"),
        (
            "fill-box",
            &[(Target, "free-boxes"), (Event, "BoxFilled")],
            "free-boxes (BoxFilled)",
        ),
        ("fill-box", &[(Outcome, "filled")], "free-boxes (filled)"),
        ("fill-box", &[(Error, "filled")], "free-boxes (filled)"),
        ("fill-box", &[(Event, "filled")], "clean-box (filled)"),
        ("free-boxes", &[(Control, "first")], "clean-box (first)"),
        ("free-boxes", &[(Control, "Leave")], "clean-box (second)"),
        (
            "free-boxes",
            &[(Target, "elsewhere"), (Control, "Leave")],
            "elsewhere (Leave)",
        ),
        (
            "free-boxes",
            &[(Target, "clean-box"), (View, "Broom")],
            "clean-box (second)",
        ),
        (
            "free-boxes",
            &[(Target, "clean-box"), (View, "Bucket")],
            "clean-box (first)",
        ),
        (
            "free-boxes",
            &[(External, "second"), (Payload, "Bell")],
            "clean-box (second) again",
        ),
        // As journeys name them.
        (
            "free-boxes",
            &[(Target, "clean-box"), (Payload, "Bell")],
            "clean-box (second) again",
        ),
        (
            "free-boxes",
            &[(Target, "clean-box"), (Payload, "Letter")],
            "clean-box (third)",
        ),
        (
            "free-boxes",
            &[(Target, "clean-box"), (Trigger, "second")],
            "clean-box (second)",
        ),
        (
            "free-boxes",
            &[(Workflow, "elsewhere"), (Trigger, "Leave")],
            "elsewhere (Leave)",
        ),
    ];
    let events = events(DEPOSIT);
    for (source, path, expected) in transitions {
        let path = [&[(Transition, *source)], *path].concat();
        let expected = format!(", transition {source} -> {expected}");
        below_workflow(&events, &[(&path, &expected)]);
    }
}

fn below_workflow(events: &[EmcEvent], cases: Cases<'_>) {
    let model = folded(events);
    let workflow = model.workflow("deposit").expect("a workflow");
    for (path, expected) in cases {
        let path = [&[(Workflow, "deposit")], *path].concat();
        let found = told(events, workflow_origin(workflow, &checked(&path)));
        let expected = match expected.strip_prefix("slice") {
            Some(_) => (*expected).to_owned(),
            None => format!("workflow deposit{expected}"),
        };
        assert_eq!(found, expected, "{path:?}");
    }
}
