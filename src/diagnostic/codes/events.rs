//! 2201–2299: events that cannot be read, and events that do not fit into the
//! model that the events before them make.

codes! {
    /// The event data is not an object with one key.
    NO_EVENT = 2201 "no-event" Error
        "the data of an event line is not an event"
        "The data of an event is a JSON object with one key: the name of the event. Something else stands there, so nothing can be said about what it meant. Restore the file with `git checkout -- FILE`, or ask the tool that wrote it."
    /// No event or body of a fact has this name.
    UNKNOWN_EVENT = 2202 "unknown-event" Error
        "there is no event of this name"
        "A model is what all its events say. An event that is not known may change anything, so no model is built without it. A newer version of the tool may have written it: update this one. Otherwise the name was changed by hand: restore the file with `git checkout -- FILE`."
    /// A key is missing, of the wrong type, or empty.
    MALFORMED_EVENT = 2203 "malformed-event" Error
        "a key of an event is missing, empty or of the wrong type"
        "Every event has a fixed set of keys. Keys that are not known are ignored, optional ones may be absent or null, all others must be there, and text must not be empty. The finding names the key and what is expected. Restore the file with `git checkout -- FILE`, or ask the tool that wrote it."
    /// A value is not in the vocabulary of its key.
    UNKNOWN_WORD = 2204 "unknown-word" Error
        "a word of an event is not in its vocabulary"
        "Some keys take one of a few words only, the kind of a slice for instance. The finding lists those that are known. A newer version of the tool may know more of them: update this one. Otherwise the word was changed by hand: restore the file with `git checkout -- FILE`."
    /// Values that cannot stand together.
    IMPOSSIBLE_EVENT = 2205 "impossible-event" Error
        "values of an event cannot stand together"
        "Each value alone would do, but together they say something that cannot be, such as an event that is both observed and shared, or an input from the session that names a field of a message from outside. Restore the file with `git checkout -- FILE`, or ask the tool that wrote it."
    /// A model event before the first `ProjectInitialized`.
    BEFORE_PROJECT = 2211 "before-project" Error
        "an event comes before the project was started"
        "The first event of a model starts the project and gives it its name. This event comes before it in the canonical order, or there is no such event at all. Most often a transaction file is missing: look for findings about missing parents and refused files, and put those right first."
    /// An event names a workflow that is not there.
    UNKNOWN_WORKFLOW = 2212 "unknown-workflow" Error
        "an event changes a workflow that is not there"
        "When this event comes in the canonical order, there is no workflow with this slug: it was never added, it was removed before, or the file that adds it is missing or refused. Put findings about files right first. After a merge in which one side removed the workflow and the other changed it, keep one of the two: `cargo emc list conflicts`."
    /// An event names a slice that is not there.
    UNKNOWN_SLICE = 2213 "unknown-slice" Error
        "an event changes a slice that is not there"
        "When this event comes in the canonical order, there is no slice with this slug: it was never added, it or its workflow was removed before, or the file that adds it is missing or refused. Put findings about files right first. After a merge in which one side removed the slice and the other changed it, keep one of the two: `cargo emc list conflicts`."
    /// A control of a view that is not there.
    UNKNOWN_VIEW = 2214 "unknown-view" Error
        "an event changes a control of a view that is not there"
        "When this event comes in the canonical order, the slice has no view of this name: it was never added, it was removed before, or the file that adds it is missing or refused. Put findings about files right first. After a merge in which one side removed the view and the other changed a control of it, keep one of the two: `cargo emc list conflicts`."
    /// An update of a transition that is not there.
    UNKNOWN_TRANSITION = 2215 "unknown-transition" Error
        "an event changes a transition that is not there"
        "A transition is addressed by where it starts, where it leads, its kind and its name. When this event comes in the canonical order, the workflow has none with these: it was never added, or it was changed or removed before, possibly together with a slice at one of its ends. After a merge, keep one of the two sides: `cargo emc list conflicts`."
    /// A transition that leads nowhere.
    TRANSITION_WITHOUT_TARGET = 2216 "transition-without-target" Error
        "a transition leads nowhere"
        "A transition leads to a slice of its workflow or out to another workflow. This one names neither. Restore the file with `git checkout -- FILE`, or ask the tool that wrote it."
    /// A transition with both a contract and a reason.
    CONTRACT_AND_REASON = 2217 "contract-and-reason" Error
        "a transition has both a payload contract and a reason"
        "A payload contract says what an external trigger brings along, a reason says why somebody leaves for another workflow. A transition is one or the other. Restore the file with `git checkout -- FILE`, or ask the tool that wrote it."
}
