//! 001–012: names and who owns them.

codes! {
    /// Two elements of a slice with one name.
    DUPLICATE_DEFINITION = 1 "duplicate-definition" Error
        "two elements of a slice have the same name"
        "Everything else in a model points at an element by its name. With two of one name nobody can tell which is meant, and generated code would define the same thing twice. It often happens after a merge, when two people added the same element. Rename one of the two, or remove it. Within a command, an event, a read model, a view or a payload the same holds for its inputs, attributes and fields."
    /// Something that is said about an element that is gone.
    STRAY_FACT = 2 "stray-fact" Error
        "something is said about an element that is not there"
        "A data flow leads to a datum that the slice does not have, or a workflow speaks of a definition, an outcome, an error or a transition that does not exist. Most often the element was renamed or removed and what spoke of it was forgotten, or one branch removed it while another one built upon it. A reader would look for it in vain. Remove what is left over, or bring the element back."
    /// Two slices own a command, view, read model, reaction or payload.
    OWNED_BY_TWO_SLICES = 3 "owned-by-two-slices" Error
        "two slices define the same element"
        "A slice is the unit that one team builds, tests and changes on its own. What two slices define has two owners, and a change by one breaks the other. Only events are shared between slices, for they are the contract between them. Rename one of the two elements if they differ, or let one slice own it and the other one use its events."
    /// A workflow says of a slice what the slice does not say.
    CLAIM_CONTRADICTS_SLICE = 4 "claim-contradicts-slice" Error
        "a workflow says something of a slice that the slice says differently"
        "A workflow repeats what its slices own: which events they emit or observe, on which stream, and which outcomes matter to others. Here the two disagree, so one of them is out of date and its readers are misled. Make the workflow say what the slice says, or remove the claim: the slice is what gets built."
    /// The name of an event does not say that something happened.
    EVENT_NOT_IN_PAST_TENSE = 10 "event-not-in-past-tense" Warning
        "the name of an event is not in the past tense"
        "An event is a fact: it has happened and cannot be refused any more. A name in the past tense, such as `BoxFilled`, keeps facts apart from wishes, which are commands. Rename the event after what has happened. Only English names are judged: the last word or the one before it should be a past participle."
    /// The name of a command says that something happened.
    COMMAND_NAMED_LIKE_EVENT = 11 "command-named-like-event" Warning
        "the name of a command is in the past tense"
        "A command is a wish that can still be refused, so its name tells what shall be done, such as `FillBox`. In the past tense it reads like the event that it leads to, and people will take the one for the other. Rename the command after what shall be done."
    /// Names that differ only in how they are written.
    NAMES_ALMOST_EQUAL = 12 "names-almost-equal" Warning
        "two events have names that differ only in spelling"
        "Names that differ only in upper case, hyphens or underscores are mostly meant to be one. As they stand they are two events: who observes the one never sees the other, and nothing else will tell you. Use one spelling everywhere, or names that are told apart when they are read aloud."
}
