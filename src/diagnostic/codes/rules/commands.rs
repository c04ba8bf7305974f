//! 301–309: commands and their inputs.

codes! {
    /// A command without events.
    COMMAND_EMITS_NOTHING = 301 "command-emits-nothing" Error
        "a command emits no event"
        "What a command decides is kept as an event. A command that emits none leaves no trace: nobody can see later that it was ever carried out. Add the event that it records. If it only asks for something to be shown, it is a view and no command."
    /// An input is read from an event that the slice does not know.
    INPUT_STATE_UNKNOWN = 302 "input-state-unknown" Error
        "an input is read from an event or attribute that the slice does not know"
        "The command reads this input from what has happened before, so its slice has to know the event: it emits it, or it observes it with the attribute. Otherwise nobody knows whether the value exists at all. Add the event as observed, with the attribute, or correct the names."
    /// A command reads from a stream that it does not observe.
    INPUT_STREAM_NOT_OBSERVED = 303 "input-stream-not-observed" Error
        "a command reads from a stream that it does not observe"
        "A command is safe against two writers at once only on the streams that it observes: if one of them grows while it decides, it decides anew. This one reads an input from an event on another stream. Between reading and writing that stream may change, and the decision rests on old news. Add the stream to the streams that the command observes."
    /// A command observes a stream that the slice does not have.
    OBSERVED_STREAM_UNKNOWN = 304 "observed-stream-unknown" Error
        "a command observes a stream that no event of its slice is on"
        "The streams of a slice are those of the events that it emits or observes. This stream is none of them, so the command looks at a history of which the slice knows nothing. Mostly it is a spelling mistake. Correct the name, or add the event that the command looks for there."
    /// A command that fails when repeated, without an error.
    REPEAT_ERROR_UNDECLARED = 305 "repeat-error-undeclared" Error
        "a command refuses to be repeated, but has no error"
        "The command says that a second time is an error, but it declares none, so the caller cannot be told. People press buttons twice and networks send messages twice: it will happen. Add the error that the repetition ends with, or make the command idempotent."
    /// An error that no scenario shows.
    ERROR_WITHOUT_SCENARIO = 306 "error-without-scenario" Error
        "no scenario shows how an error comes about"
        "An error names the scenario that leads to it, and that scenario is missing: a contract scenario of this name that covers the command and ends in the error. Without it nobody knows when the command refuses, and no test will hold it to that. Add the scenario, or correct its name, what it covers or its errors."
    /// An input comes from a payload field that does not exist or differs.
    INPUT_PAYLOAD_UNKNOWN = 307 "input-payload-unknown" Error
        "an input comes from a payload field that is not there, or in another form"
        "What comes from another system is agreed upon in a payload contract: the fields and their representation. This input reads a field that no contract of the workflow has, or it has another representation than the field. Name a field of a declared payload and use its encoding, or state the conversion as a data flow."
    /// A command that nothing issues.
    COMMAND_WITHOUT_TRIGGER = 308 "command-without-trigger" Error
        "nothing in the workflow issues a command"
        "No control, no automation and no translation of the workflow issues this command, so it will never run, and what follows from it will never happen. Let something issue it. A command with an input that is an invocation argument may be called from outside, and needs no trigger here."
    /// An input that no event records.
    INPUT_UNUSED = 309 "input-unused" Warning
        "no event records an input of a command"
        "The command asks for a value and then forgets it: no attribute of an event that it emits is made of this input. It may be needed to decide only, such as a password. Otherwise record it, or stop asking people for it."
}
