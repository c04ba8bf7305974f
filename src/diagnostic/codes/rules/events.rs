//! 201–212: events, their streams and attributes.

codes! {
    /// An event on a stream that the slice does not have.
    EVENT_STREAM_UNKNOWN = 201 "event-stream-unknown" Error
        "an event is on a stream that the slice does not have"
        "A stream is the history that decides together: what is on one stream is in order and guarded against two writers at once. An event on a stream that nobody declared would be written where nobody looks. In this store the streams of a slice are those that its events name, so nothing that is recorded can break this rule; the certificate states it all the same."
    /// An event that no command of its slice emits.
    EVENT_WITHOUT_COMMAND = 202 "event-without-command" Error
        "no command of the slice emits its event"
        "Events do not happen on their own: a command decides, and the event records the decision. An event without a command will never be recorded, and everything that is built upon it waits for ever. Let a command of this slice emit it, or declare it as observed if another slice does."
    /// A command emits an event that its slice does not define.
    EMITTED_EVENT_UNDECLARED = 203 "emitted-event-undeclared" Error
        "a command emits an event that its slice does not define"
        "The slice that emits an event owns its shape: the stream and the attributes. Without a definition nobody knows what to record, and no other slice knows what it can rely on. Define the event in the slice of the command, or correct the name. An event that is only observed there does not count."
    /// An attribute needs an input that a command does not have.
    ATTRIBUTE_INPUT_UNKNOWN = 204 "attribute-input-unknown" Error
        "an attribute is made of an input that a command does not have"
        "When a command emits the event, it has to fill every attribute. This attribute comes from an input, and a command that emits the event has no such input: there the attribute would stay empty. Give every command that emits the event the input, or take the attribute from something else."
    /// A derived attribute that names no input.
    ATTRIBUTE_DERIVED_FROM_NOTHING = 205 "attribute-derived-from-nothing" Error
        "a derived attribute does not say from which inputs"
        "A derived attribute is computed from inputs of the command. Where they are not named, nobody can check that they are there, and two people will compute two different values. Name the inputs as the source of the attribute: one, or several joined by commas, each as a command that emits the event has it."
    /// An attribute is read from a payload field that does not exist or differs.
    ATTRIBUTE_PAYLOAD_UNKNOWN = 206 "attribute-payload-unknown" Error
        "an attribute comes from a payload field that is not there, or in another form"
        "What comes from another system is agreed upon in a payload contract: the fields and their representation. This attribute reads a field that no contract of the workflow has, or it has another representation than the field. The other system would send something else than what is expected here. Name a field of a declared payload and use its encoding, or state the conversion as a data flow."
    /// An event that is observed but never happens.
    OBSERVED_EVENT_NEVER_EMITTED = 207 "observed-event-never-emitted" Error
        "a slice observes an event that nothing in the project emits"
        "The slice waits for something that will never happen: no slice of the project emits this event, and no translation takes it in from outside. A view stays empty, an automation never runs. Often it is a spelling mistake. Let a slice emit the event, add the translation that receives it, or observe another event."
    /// An observer relies on what the event does not have.
    OBSERVED_EVENT_DIFFERS = 208 "observed-event-differs" Error
        "a slice observes an event differently from how it is emitted"
        "Who observes an event relies on its stream, its attributes and their representation. The slice that emits the event defines them otherwise, so the observer reads from the wrong stream, misses an attribute, or misreads its bytes. Rely on what the emitting slice declares, or change it there. A message from outside that nobody emits has only what comes from its payload."
    /// Two slices emit one event in two forms.
    EVENT_DEFINED_DIFFERENTLY = 209 "event-defined-differently" Error
        "two slices emit the same event with different definitions"
        "Several slices may emit one event, as long as they mean the same by it. Here the streams, the attributes or their representations differ, so a reader cannot know what it gets. Make the definitions identical, or use two events with two names."
    /// An event that carries nothing; the store cannot hold one.
    EVENT_WITHOUT_ATTRIBUTES = 210 "event-without-attributes" Warning
        "an event has no attributes"
        "An event should record what happened, not only that something did. There is no check for it: the store records an event by its attributes, one fact for each, so a defined event has at least one."
    /// An event that nobody uses.
    EVENT_NEVER_CONSUMED = 211 "event-never-consumed" Warning
        "nothing uses an event"
        "No read model projects the event, no command decides upon it, no automation and no transition waits for it. Perhaps something is still missing that should use it. Perhaps it is recorded for an audit, which is a good reason: then leave it, and allow this warning. Otherwise drop it, for every event is a promise to keep its history readable."
    /// An attribute that nobody reads.
    ATTRIBUTE_NEVER_READ = 212 "attribute-never-read" Warning
        "nothing reads an attribute of an event"
        "No read model and no command in the project reads this attribute. It costs little to record it, but events stay for ever, and so do personal data in them. Use the attribute or drop it, or allow this warning where it is recorded for an audit."
}
