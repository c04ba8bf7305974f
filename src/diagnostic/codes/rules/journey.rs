//! 931–942: what happens when every journey through a workflow is played.

codes! {
    /// A journey that hangs.
    JOURNEY_DEAD_END = 931 "journey-dead-end" Error
        "a journey comes to a place from which nothing leads on"
        "Somebody who follows the story comes to this step, and there it stops: it is no view to rest at, and no transition can be followed, no message is expected, no answer or recovery is left. What is built like this hangs, or its user does. The story is the shortest that leads there. Follow the outcome or the error that was forgotten with a transition or a recovery, or let the journey end at a view or in another workflow."
    /// A command that reads what is not there yet.
    COMMAND_BEFORE_EVENT = 932 "command-before-event" Error
        "a command is decided before an event that it reads is recorded"
        "An input of the command comes from the state that this event leaves, and there is a journey on which the command has to decide before the event has happened. It would have to guess. The story is the shortest such journey. Lead the journey through the step that records the event first, or take the input from something that is known by then."
    /// A reaction to something that did not happen.
    REACTION_WITHOUT_TRIGGER = 933 "reaction-without-trigger" Error
        "a reaction is decided though what sets it off did not happen"
        "An automation reacts to an event, a translation to a message from outside. On this journey the step has to decide, and the event is not recorded or the message did not arrive. Mostly the step is also entered by an actor, or reacts to several things of which one is enough. Give each reaction a step of its own, or lead the journey to it by its trigger."
    /// Automations that never come to rest.
    AUTOMATION_NEVER_SETTLES = 934 "automation-never-settles" Error
        "automations set each other off without end"
        "The event that an automation records sets off another one, and in the end the first one again, with no actor and no message from outside in between. Nothing in the model stops this loop. If it is an intended retry, let something outside of it ask again: a clock is a message from outside. Otherwise let one of the automations react to another event."
    /// An error that nobody handles where it is shown.
    RAISED_ERROR_WITHOUT_RECOVERY = 935 "raised-error-without-recovery" Error
        "an error comes back to a step that does not handle it"
        "The command can return this error, and on this journey it comes back to a step that has no recovery for it: whoever is there can do nothing about it. The story is the shortest such journey. Let the control, the automation or the translation that issued the command handle the error, or take the transition away that leads there without a control."
    /// A view that has nothing to show.
    VIEW_BEFORE_EVENTS = 936 "view-before-events" Error
        "a view is opened before anything that it shows was recorded"
        "Every field of this read model comes from events, none of them is recorded on this journey when the view is opened, and the model does not say what is shown then. People would see a blank page, or numbers that mean nothing. Record one of the events first, or model the absence: a field with a default, and the scenario that shows it."
    /// A journey that goes on for ever.
    NO_END_IN_REACH = 937 "no-end-in-reach" Error
        "a journey comes to a place from which it can never end"
        "From here on no choice that is left leads to an end: a view to rest at, or another workflow. The journey is stuck, or goes round in circles. The story is the shortest that leads to where the last way out is lost; a dead end further on is told as `journey-dead-end`. Add the transition that leads out, or make a view its end by letting nothing lead on from it."
    /// A step that no journey comes to.
    STEP_NEVER_REACHED = 938 "step-never-reached" Error
        "no journey comes to a step"
        "Transitions may lead to the step on paper, but when the journeys are played none arrives: what a transition waits for is never answered, recorded or received before. So the slice is built and never seen. Look for a transition that is never taken, and correct what sets it off, or remove the step."
    /// A command that is never issued.
    DECISION_NEVER_MADE = 939 "decision-never-made" Error
        "no journey has a command decided"
        "The slice has a command, and on no journey anything asks for it: no actor comes to the step, and the event or the message that it reacts to never happens. So its events are never recorded, and nothing that builds on them holds. Lead a transition to the step, or let something record the event that sets it off."
    /// A transition that nobody can follow.
    TRANSITION_NEVER_TAKEN = 940 "transition-never-taken" Error
        "no journey follows a transition"
        "The step that it starts from is never reached, or what the transition waits for never happens while a journey is there: the outcome has another name than any answer of the step, or the event is recorded somewhere else and later. The arrow is on the board and means nothing. Correct what sets it off, or remove it."
    /// A scenario that cannot be played.
    SCENARIO_DOES_NOT_HAPPEN = 941 "scenario-does-not-happen" Error
        "a scenario does not happen as it is told"
        "The scenario was played: no journey comes to its step with what it takes as given, or the step writes to other streams than the scenario says. Where it is the streams, the finding has the story and what is written. Scenarios are what people agree on and what tests are made of, so either the scenario or the model is wrong. Correct the one that is."
    /// Journeys that were not all played.
    TOO_MANY_JOURNEYS = 942 "too-many-journeys" Warning
        "a workflow has more journeys than are played"
        "A journey can be in so many states in this workflow that they were not all looked at. What was found is true, but nothing is said of what never happens: steps that are never reached, scenarios that do not happen. Mostly such a workflow is several workflows in one, or many independent automations wait at the same time. Split it where one part leaves off and another one begins."
}
