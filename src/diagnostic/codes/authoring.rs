//! 5001–5999: edits and documents.

codes! {
    /// A document that cannot be read.
    DOCUMENT_UNREADABLE = 5001 "document-unreadable" Error
        "a document is neither TOML nor JSON, or holds something that no model has"
        "A document is TOML, or JSON with the same keys: `slice = \"slug\"` or `workflow = \"slug\"` first for one slice or workflow, `[[workflows]]` for a whole model. `cargo emc export` prints one to start from. Unknown keys are refused, so that a misspelt key is not lost in silence."
    /// An edit that the wire cannot carry.
    IMPOSSIBLE_ELEMENT = 5002 "impossible-element" Error
        "an element holds a combination of values that the store cannot record"
        "Some values exclude each other or need each other: a contract scenario needs the kind and the definition that it binds, an input that is generated needs its source. The message says which; nothing was written."
    /// An update or removal of something that is not there.
    ABSENT_ELEMENT = 5003 "absent-element" Error
        "the element to update or remove is not in the model"
        "An update or removal names an element that the model does not hold, so nothing was written. `cargo emc show slice SLUG` and `cargo emc show workflow SLUG` list what is there; use `add` to make a new one."
    /// An addition of something that is there.
    PRESENT_ELEMENT = 5004 "present-element" Error
        "the element to add is in the model already"
        "Nothing was written. Use `update` to change the element, or give the new one another name. Slugs of slices are unique in a project; those of removed slices can be used again."
    /// An address that fits several elements.
    AMBIGUOUS_ELEMENT = 5005 "ambiguous-element" Error
        "more than one element fits the address"
        "Name more of the element's values, so that exactly one fits. The message lists the candidates."
    /// A slug that is not one.
    BAD_SLUG = 5006 "bad-slug" Error
        "a slug is not lower-case letters and digits joined by single hyphens"
        "Slugs name streams of the store and files of the artifacts: lower-case ASCII letters and digits, joined by single `-`, at most 200 characters. Names are free text; put the pretty form there."
    /// Something that the wire has no event for.
    CANNOT_EXPRESS = 5007 "cannot-express" Error
        "the store has no event that makes this change"
        "Events address a slice or workflow by its slug, and the first one with the slug answers. Moving a slice, or changing one of two twins, is therefore a removal and an addition; the message says what stands in the way."
    /// New events do not fold.
    DOES_NOT_FOLD = 5008 "does-not-fold" Error
        "the model does not fold with the new events"
        "An event is stored only if the model folds with it, so nothing was written. The message is the reason of the fold. If the edit looks right, the store may hold damage: run `cargo emc check`."
    /// The store has findings.
    STORE_DAMAGED = 5009 "store-damaged" Error
        "the store holds transactions that cannot be used, so nothing is appended"
        "A transaction that is written beside missing or rejected files takes the wrong parents and makes the damage permanent. Run `cargo emc check`, restore the files it names, and repeat the edit."
    /// Somebody else writes.
    STORE_BUSY = 5010 "store-busy" Error
        "another process writes to the store"
        "One process at a time holds the lock of the store. The edit waited for it and gave up; nothing was written. Repeat it when the other process is done."
    /// The store moved on between reading and writing.
    STORE_CHANGED = 5011 "store-changed" Error
        "the store changed while the edit was decided"
        "Each attempt found new transactions that another writer had added, for instance a merge that is under way. Nothing was written. Repeat the edit when the store is quiet."
    /// The store library failed.
    STORE_FAILED = 5012 "store-failed" Error
        "the store could not be opened or written"
        "The event store reported an error; the message carries it. Local state in `index/` and `.eventcore/` beside the events is disposable: moving it away lets the store open again. Transactions in `events/` are never touched."
    /// Importing over a model.
    ALREADY_IMPORTED = 5013 "already-imported" Error
        "the store holds events already, so nothing is imported"
        "An import makes the whole history of a project and so needs an empty store. To bring a second model in, export it as a document and apply that."
    /// A file of the old format that is damaged.
    LEGACY_DAMAGED = 5014 "legacy-damaged" Error
        "a file of the old format is damaged or incomplete"
        "Each file of the old format names itself by the digest of what it says, and its parents by theirs. A file that does not agree with its name or misses a parent was changed or lost. Restore it from the old repository; nothing was written."
    /// A second init.
    PROJECT_EXISTS = 5015 "project-exists" Error
        "the project has been initialised"
        "The store holds the first event of a project already; nothing was changed. To rename the project, use `cargo emc update project`."
    /// No project yet.
    NO_PROJECT = 5016 "no-project" Error
        "the store holds no project yet"
        "The first event of a store names the project. Run `cargo emc init --name NAME` first."
    /// A fork that the command line does not decide.
    UNDECIDED = 5017 "undecided" Error
        "it was not said which branch is right"
        "Branches of a fork contradict each other, and the command does not say which one to take. `cargo emc list conflicts` shows every branch with its last transaction. `cargo emc resolve` asks for each contradiction on a terminal; `--take TRANSACTION` takes one branch in all of them, `--take TRANSACTION=ELEMENT` in one element. `ours` is the branch that this working copy wrote, and `theirs` the other one of two: a fresh clone has written none, so there the transaction is to be named."
    /// Two elements of one name in a document.
    NAMED_TWICE = 5018 "named-twice" Error
        "a document has two elements of one name that the model does not have twice"
        "Whatever points at an element points at its name, so two of one name cannot both be meant; nothing was written. The finding has the places of both. A command, an event, a read model, a view or a payload stands in a document once, with all its inputs, attributes or fields below it. Where branches met, a model can hold two elements of one name (EMC001): its own document can be applied as it is."
}
