//! 901–922: the steps of a workflow and the transitions between them.

codes! {
    /// A slice that is a step twice.
    STEP_TWICE = 901 "step-twice" Error
        "a slice is a step of its workflow twice"
        "A transition names the step that it leads to. With two steps of one slug nobody can tell which is meant, and what is changed in one is not changed in the other. It can come from a merge in which both sides added the slice. Remove one of the two."
    /// A workflow without an entry, or with several.
    ENTRY_COUNT = 902 "entry-count" Error
        "a workflow does not have exactly one entry"
        "A journey has to begin somewhere. The first slice that is added to a workflow is its entry, and this never changes: when it is removed, the workflow has no entry any more. Add a slice to an empty workflow first, or build the workflow anew with the right slice first."
    /// A step that no way leads to.
    STEP_UNREACHABLE = 903 "step-unreachable" Error
        "a step cannot be reached from the entry"
        "No chain of transitions leads from the entry of the workflow to this step, so nobody will ever get there, and what is built for it is never used. Add the transition that leads here, or move the step to the workflow that it belongs to."
    /// A branch without a reason; the store cannot hold one.
    BRANCH_WITHOUT_REASON = 904 "branch-without-reason" Error
        "a step that is a branch does not say what selects it"
        "Where a journey forks, it should be said why it takes the one way and not the other. There is no check for it: in the store a step is the entry or a main step, and none is marked as a branch. Which way is taken is told by the trigger of each transition, an outcome for instance."
    /// A main path that waits; the store cannot hold one.
    MAIN_PATH_NEEDS_ASYNC_STEP = 905 "main-path-needs-async-step" Error
        "the main path goes on only through a step that waits"
        "A person on the main path should not depend on something that may take days. There is no check for it: in the store a step is the entry or a main step, and none is marked as one that waits."
    /// A transition from a step that does not exist.
    TRANSITION_SOURCE_UNKNOWN = 906 "transition-source-unknown" Error
        "a transition starts at a step that the workflow does not have"
        "Nobody can take a transition from where nobody can be. Mostly the slug is misspelled, or the slice lies in another workflow. Name a step of this workflow, or remove the transition."
    /// A transition to a step that does not exist.
    TRANSITION_TARGET_UNKNOWN = 907 "transition-target-unknown" Error
        "a transition leads to a step that the workflow does not have"
        "A journey that takes this transition ends in nothing. Name a step of this workflow by its slug. What leads into another workflow is an exit, and names the workflow instead."
    /// A command transition whose source does not issue the command.
    TRANSITION_COMMAND_NOT_ISSUED = 908 "transition-command-not-issued" Error
        "a transition is triggered by a command that its source does not issue"
        "The transition says that one goes on by issuing this command, but where it starts, no control, automation or translation issues it. So nothing there can set it off. Let something at the source issue the command, or let the transition start where that happens."
    /// A command transition whose target does not own the command.
    TRANSITION_COMMAND_NOT_OWNED = 909 "transition-command-not-owned" Error
        "a transition by a command leads to a slice that does not have the command"
        "A command is carried out by the slice that defines it, so a transition by that command leads there. This one leads elsewhere, and the journey would miss the step that decides. Lead it to the slice that owns the command."
    /// An event transition with an end that does not know the event.
    TRANSITION_EVENT_UNKNOWN = 910 "transition-event-unknown" Error
        "a transition is triggered by an event that one of its ends does not know"
        "An event is what two steps have in common: the one records it, the other takes it up. If one of them neither emits nor observes it, the step before cannot pass it on, or the step after never hears of it. Let both ends emit or observe the event, or name the one that they share."
    /// A navigation that no control of its source makes.
    TRANSITION_CONTROL_DOES_NOT_NAVIGATE = 911 "transition-control-does-not-navigate" Error
        "a transition is a navigation that no control of its source makes"
        "A person navigates by using a control. The source has no control of this name, or that control leads elsewhere: to another view, or not out of the workflow as the transition does. Name the control that leads there, or change where it leads."
    /// A navigation to a view that is not an entry.
    TRANSITION_VIEW_NOT_ENTRY = 912 "transition-view-not-entry" Error
        "a navigation arrives at a view that is no entry of its target"
        "A view that one can arrive at from elsewhere has to work without what came before it, so the workflow marks it as an entry. This view is not marked, or the target does not have it. Lead to a view that is an entry, or mark this one: an owned definition of the kind `view` with the role `entry`."
    /// An external trigger that neither end knows.
    TRANSITION_PAYLOAD_UNKNOWN = 913 "transition-payload-unknown" Error
        "a transition is triggered by a message from outside that neither of its ends knows"
        "What comes from outside is taken in by a translation, with a payload contract. Neither end of the transition declares this payload, or translates this message when no payload is named. So nothing would take it in. Declare the contract in the slice that receives it, or correct the name."
    /// An outcome transition whose source does not have the outcome.
    TRANSITION_OUTCOME_UNKNOWN = 914 "transition-outcome-unknown" Error
        "a transition is triggered by an outcome that its source does not have"
        "The transition goes on when its source ends in this way, but the source has no such outcome. The journey would wait for a result that never comes. Name an outcome of the source, letter for letter, or add it there."
    /// An error is used as an outcome.
    ERROR_AS_OUTCOME = 915 "error-as-outcome" Error
        "a transition takes an error for an outcome"
        "An error means that a command was refused and nothing was recorded: there is no result to go on from. It is handled where it is returned, by the control or automation that issued the command. If the refusal matters to the business, record it as an event and make an outcome of it."
    /// An outcome that matters to others and that nothing follows.
    OUTCOME_UNHANDLED = 916 "outcome-unhandled" Error
        "no transition handles an outcome that matters outside of its slice"
        "The outcome is marked as relevant to others, but the workflow does not say what happens then. Whoever ends up there is stuck. Add a transition for it, to a step or out of the workflow, or mark it as internal to the slice."
    /// A workflow that cannot come to an end.
    WORKFLOW_WITHOUT_END = 917 "workflow-without-end" Error
        "a workflow has no end that can be reached"
        "A journey may end at a view, at an exit to another workflow, or at a step from which nothing leads on. None of these can be reached from the entry, so whoever begins can never be done. Add an exit or an end, or the transition that leads to it."
    /// A state of the application in which nobody knows where one arrives.
    ARRIVAL_INCOMPLETE = 918 "arrival-incomplete" Error
        "it is not said where somebody arrives in a state of the application"
        "This workflow is where the application itself is entered, and one may come to it in any state: nothing set up yet, not signed in, halfway configured. For one of them no step is named, or a step that the workflow does not have. There people would see an error instead of a start. Name a step for every state."
    /// A step from which no end can be reached.
    STEP_NEVER_ENDS = 920 "step-never-ends" Warning
        "no way leads from a step to an end"
        "Whoever gets to this step goes round in a circle for ever: no transition from here leads to a view, an exit or a last step, not even after many others. Give the step a way to an end. Sometimes it is meant, as in a service that never stops."
    /// Automations that wake each other.
    AUTOMATION_LOOP = 921 "automation-loop" Warning
        "an automation can wake itself"
        "The automation issues a command whose event wakes an automation, and so on, back to the first. Without a condition that stops it this runs for ever, fills the store and costs money. Make sure that the loop stops, and tell in a scenario how, or break it."
    /// A control that leads elsewhere without a transition.
    CONTROL_WITHOUT_TRANSITION = 922 "control-without-transition" Warning
        "a control leads to another slice, and no transition says so"
        "The control issues a command of another slice, or leads to a view of another slice, so an actor can go on there. The workflow has no such transition, and whoever looks at the workflow only does not see this way. Add the transition that the control stands for."
}
