//! 601–624: scenarios, outcomes, reactions and payloads.

codes! {
    /// A contract scenario covers something that the slice does not have.
    SCENARIO_COVERS_UNKNOWN = 601 "scenario-covers-unknown" Error
        "a contract scenario covers something that its slice does not have"
        "A contract scenario becomes a test of one definition: a command, a read model, a derived field, an automation. This one names a definition that the slice does not have, or of another kind, so its test has nothing to test. Correct the name or the kind of the contract, or move the scenario to the slice of the definition."
    /// A scenario uses a stream that the slice does not have.
    SCENARIO_STREAM_UNKNOWN = 602 "scenario-stream-unknown" Error
        "a scenario reads or writes a stream that its slice does not have"
        "The streams of a slice are those of the events that it emits or observes. This scenario speaks of another one, so it cannot be played with what the slice knows. Correct the name, or add the event on that stream."
    /// A command scenario that reads and writes nothing.
    SCENARIO_WITHOUT_STREAMS = 603 "scenario-without-streams" Error
        "a scenario of a command does not say which streams it writes"
        "A scenario shows what a command does, and what a command does ends up on a stream. Name the streams that it writes. A scenario that ends in an error writes nothing: then name at least those that it reads, for there lies the reason of the refusal."
    /// A scenario ends in an error that its command does not have.
    SCENARIO_ERROR_UNDECLARED = 604 "scenario-error-undeclared" Error
        "a scenario ends in an error that what it covers does not have"
        "The scenario promises an error that the command does not declare, so whoever issues the command is not prepared for it. Declare the error in the command, or correct its name. Only commands return errors: a scenario of anything else cannot end in one."
    /// A command, automation or translation that no scenario shows.
    BEHAVIOUR_WITHOUT_SCENARIO = 605 "behaviour-without-scenario" Error
        "no scenario shows what a command, automation or translation does"
        "Names tell what something is called, an example tells what it does. Without one, the behaviour is whatever the first implementation happens to do. Add a contract scenario that covers it; that of a command has to end without an error, as refusals alone do not show what it is for."
    /// An outcome without events.
    OUTCOME_WITHOUT_EVENTS = 611 "outcome-without-events" Error
        "an outcome has no events"
        "An outcome is a business result, and what has resulted can be told from the events that were recorded. An outcome without events cannot be told from nothing. Name the events that it consists of."
    /// An outcome with an event that the slice does not know.
    OUTCOME_EVENT_UNKNOWN = 612 "outcome-event-unknown" Error
        "an outcome consists of an event that the slice does not know"
        "Whether an outcome has come about is seen from its events, so the slice has to emit or observe each of them. This one it does not know, so the outcome can never be seen to happen. Correct the name, or define the event in the slice."
    /// Two outcomes of the same events.
    OUTCOMES_NOT_DISTINGUISHABLE = 613 "outcomes-not-distinguishable" Error
        "two outcomes of a slice consist of the same events"
        "When these events have been recorded, nobody can say which of the two results came about, and the workflow cannot go two ways. What makes the difference is not recorded. Let the outcomes differ in at least one event, or make one of the two."
    /// An event that no outcome mentions.
    EVENT_IN_NO_OUTCOME = 614 "event-in-no-outcome" Warning
        "no outcome of a state change mentions its event"
        "The slice records this event, but no business result is made of it, so nothing in a workflow can follow from it by name. Perhaps an outcome is missing, perhaps the event belongs to one that is there. Say which business result it belongs to."
    /// An automation waits for an event that the slice does not know.
    AUTOMATION_TRIGGER_UNKNOWN = 621 "automation-trigger-unknown" Error
        "an automation waits for an event that its slice does not know"
        "An automation runs when its event arrives, so its slice has to observe that event, with the attributes that it needs. Otherwise nothing ever wakes it. Add the event as observed, or correct the name of the trigger."
    /// A translation of a payload that the slice does not declare.
    TRANSLATION_PAYLOAD_UNKNOWN = 622 "translation-payload-unknown" Error
        "a translation takes in a payload that its slice does not declare"
        "What another system sends is agreed upon field by field, in the slice that takes it in. Without this contract the translation reads something of which nobody knows the shape, and it breaks when the other side changes. Declare the payload with its fields in the translation slice, or correct its name."
    /// A payload without fields.
    PAYLOAD_WITHOUT_FIELDS = 623 "payload-without-fields" Error
        "a payload has no fields"
        "A contract without fields agrees upon nothing. In this store a payload is recorded by its fields, one fact for each, so nothing that is recorded can break this rule; the certificate states it all the same."
    /// An automation or translation issues a command that does not exist.
    REACTION_COMMAND_UNKNOWN = 624 "reaction-command-unknown" Error
        "an automation or translation issues a command that the workflow does not have"
        "The reaction is woken and then has nothing to call, so the event or message is lost. Name a command of a slice in this workflow, or add the slice that has it."
}
