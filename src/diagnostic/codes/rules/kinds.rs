//! 101–111: what a slice of each kind owns.

codes! {
    /// An element in a slice of a kind that does not own such elements.
    ELEMENT_NOT_ALLOWED_IN_SLICE_KIND = 101 "element-not-allowed-in-slice-kind" Error
        "a slice owns an element that its kind does not allow"
        "The four kinds of slice are the four patterns of event modeling: a state change decides, a state view shows, an automation reacts, a translation takes in messages from outside. A slice that mixes them is two slices, and cannot be planned, built or tested as one step. Move the element to a slice of the matching kind, or change the kind of this one."
    /// A state change in which nothing decides.
    STATE_CHANGE_WITHOUT_COMMAND = 102 "state-change-without-command" Error
        "a state change has no command"
        "A state change is a decision: somebody asks for something, and it is granted or refused. Without a command nobody can ask, so there is nothing to build. Add the command that makes the decision."
    /// A state change in which nothing is recorded.
    STATE_CHANGE_WITHOUT_EVENT = 103 "state-change-without-event" Error
        "a state change has no event"
        "The state of the system is what its events say. A state change that records no event changes nothing: after a restart it never happened. Add the event that records the change. An event that the slice only observes does not count, as others record it."
    /// A state change without a business result.
    STATE_CHANGE_WITHOUT_OUTCOME = 104 "state-change-without-outcome" Error
        "a state change has no outcome"
        "An outcome says in the words of the business how a step can end, and a workflow goes on from there. Without one nobody can say what the step is good for, and no transition can be drawn from it. Name the business result and the events that it consists of."
    /// A state view that nobody sees.
    STATE_VIEW_WITHOUT_VIEW = 105 "state-view-without-view" Error
        "a state view has no view"
        "A state view shows somebody what has happened. Without a view nobody sees anything, and the slice has no reader. Add the view, or change the kind of the slice if it is about something else."
    /// A state view that is fed from nothing.
    STATE_VIEW_WITHOUT_READ_MODEL = 106 "state-view-without-read-model" Error
        "a state view has no read model"
        "What a view shows has to come from somewhere: a read model gathers it from events. Without one the screen can only be empty, or shows what the model knows nothing of. Add the read model that the view is fed from."
    /// An automation slice with no automation or with several.
    AUTOMATION_SLICE_NEEDS_ONE_AUTOMATION = 107 "automation-slice-needs-one-automation" Error
        "an automation slice does not have exactly one automation"
        "An automation is a small robot: it waits for one event and issues one command. Two of them in one slice fail, retry and get switched off together, although they have nothing to do with each other. None of them means that nobody reacts. Give every automation a slice of its own."
    /// A translation slice that translates nothing.
    TRANSLATION_SLICE_WITHOUT_TRANSLATION = 108 "translation-slice-without-translation" Error
        "a translation slice has no translation"
        "A translation slice takes in messages of another system and turns them into commands of this one. Without a translation nothing is taken in. Add the translation, or change the kind of the slice."
    /// A slice that could be several.
    SLICE_TOO_WIDE = 110 "slice-too-wide" Warning
        "a slice has more than one command or view"
        "Slices are the steps in which a system is built, so small ones are finished sooner and change for one reason only. A state change with several commands, or a state view with several screens, is often several slices under one name. Consider to split it. It is fine where the parts cannot do without each other."
    /// A slice that nobody can accept.
    SLICE_WITHOUT_ACCEPTANCE_SCENARIO = 111 "slice-without-acceptance-scenario" Warning
        "a slice has no acceptance scenario"
        "An acceptance scenario tells in the words of an actor what they do and what they see then. Without one there is no agreed way to say that the slice is done. Add a scenario of the kind `acceptance`: given, when, then."
}
