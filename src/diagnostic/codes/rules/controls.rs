//! 521–527: controls, the errors they handle and where they lead.

codes! {
    /// A control issues a command that no slice defines.
    CONTROL_COMMAND_UNKNOWN = 521 "control-command-unknown" Error
        "a control issues a command that no slice of the workflow has"
        "When an actor uses the control, nothing would answer. Name a command of a slice in this workflow, or add the slice. A control that only leads to another view or workflow names itself as its command and handles no error."
    /// A control does not provide an input of its command.
    CONTROL_MISSES_INPUT = 522 "control-misses-input" Error
        "a control does not provide an input that its command needs"
        "An input from the actor, from the session or from the invocation has to come with the command, and the control is where it comes from. Without it the command cannot be carried out. Provide the input in the control. What the command reads from events, payloads or generators itself is not asked for here."
    /// A control provides what its command does not ask for.
    CONTROL_PROVISION_MISMATCH = 523 "control-provision-mismatch" Error
        "a control provides an input that its command does not have, or from another source"
        "Control and command disagree: the command has no such input, or it takes the value from somewhere else. If an actor can type what the command believes to come from the session, they can pretend to be somebody else. Provide an input that the command has, from the source that it declares."
    /// Nobody handles an error of a command.
    ERROR_UNHANDLED = 524 "error-unhandled" Error
        "whoever issues a command does not handle one of its errors"
        "The command can refuse, and the control or automation that issues it does not say what happens then. The actor is left in front of a button that seems not to work, or the automation stops without notice. Say how each error is handled: list it with the control, whose recovery tells what to do, or with the automation."
    /// An error is handled that the command cannot return.
    HANDLED_ERROR_UNKNOWN = 525 "handled-error-unknown" Error
        "an error is handled that the command does not have"
        "The control or automation is prepared for an error that its command never returns. Mostly the error was renamed, and then the real one is not handled either. Correct the name, remove the handler, or declare the error in the command."
    /// A control leads to a view that does not exist.
    NAVIGATION_VIEW_UNKNOWN = 526 "navigation-view-unknown" Error
        "a control leads to a view that the workflow does not have"
        "An actor would be led to a screen that nobody builds. Name a view of a slice in this workflow, or let the control leave for the workflow that has the view."
    /// A control leads to a workflow that does not exist.
    NAVIGATION_WORKFLOW_UNKNOWN = 527 "navigation-workflow-unknown" Error
        "a control leads to a workflow that the project does not have"
        "An actor would leave this workflow for one that does not exist. Name a workflow of this project by its slug, or add it. What is outside of the project is an external system."
}
