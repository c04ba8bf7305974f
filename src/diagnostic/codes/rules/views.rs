//! 501–510: views and what they show.

codes! {
    /// A view without a sketch; the store cannot hold one.
    VIEW_WITHOUT_SKETCH = 501 "view-without-sketch" Error
        "a view has no sketch"
        "A sketch shows where on the screen everything stands. There is no check for it: the store records no sketch of its own, only the token of each field, control and input, and a view has at least one field."
    /// A view reads a read model of another slice.
    VIEW_READ_MODEL_UNKNOWN = 502 "view-read-model-unknown" Error
        "a view shows a read model that its slice does not have"
        "A view is fed from the read models of its own slice, so that the slice can be built and changed on its own. This one names a read model that the slice does not have. Correct the name, or add a read model here that projects what the view shows; two slices may project the same events."
    /// A displayed field that the read model does not have.
    DISPLAYED_FIELD_WITHOUT_SOURCE = 503 "displayed-field-without-source" Error
        "a view shows a field that the read model does not have"
        "What stands on the screen has to come from somewhere. The read model has no field of this name, so the screen would show nothing, or a value that somebody makes up. Show a field that the read model has, or add the field there and say which attribute it comes from."
    /// A token that is not in the sketch; the store cannot hold one.
    NOT_IN_SKETCH = 504 "not-in-sketch" Error
        "a field or control is not in the sketch of its view"
        "Every field and control should be found on the sketch. There is no check for it: the sketch of a view is the list of the tokens that its fields, controls and inputs are recorded with, so each of them is in it."
    /// A token that stands for nothing; the store cannot hold one.
    SKETCH_TOKEN_UNMAPPED = 505 "sketch-token-unmapped" Error
        "a token of a sketch stands for nothing"
        "What is drawn on a sketch should be modelled. There is no check for it: the sketch of a view is the list of the tokens that its fields, controls and inputs are recorded with, so each token stands for one of them. The token of a hidden input is not part of the sketch."
    /// A control that does nothing; the store cannot hold one.
    CONTROL_DOES_NOTHING = 506 "control-does-nothing" Error
        "a control neither issues a command nor leads anywhere"
        "A button that does nothing should not be there. There is no check of its own for it: the store records a command and a destination with every control. A control whose command does not exist and that does not leave its view either is reported as EMC521."
    /// An actor decides on a value that is not shown.
    DECISION_NOT_VISIBLE = 507 "decision-not-visible" Error
        "an actor decides on a value that is not shown to them"
        "The input is said to be the actor's decision, but it is not visible to them. Nobody can decide on what they cannot see, and nobody can answer for it later. Show the value on the view, or do not call it a decision."
    /// A control changes to a state that the view does not have.
    LOCAL_STATE_UNKNOWN = 508 "local-state-unknown" Error
        "a control leads to a state that its view does not have"
        "The control stays on its view and changes how it looks: a filter, an open panel, a message. The view does not list this state, so nobody has said what is seen then. Add it to the local states or filters of the view, or correct its name."
    /// A view without fields and controls; the store cannot hold one.
    VIEW_SHOWS_NOTHING = 510 "view-shows-nothing" Warning
        "a view shows nothing"
        "A view without fields and controls is an empty screen. There is no check for it: the store records a view by its fields, one fact for each, so a view shows at least one."
}
