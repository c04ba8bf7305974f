//! 4001–4999: files that cannot be read or written, locks, tools.

codes! {
    /// Reading failed.
    READ_FAILED = 4001 "read-failed" Error
        "a file or folder could not be read"
        "The operating system refused to read the path that is named. Check that it exists and that its permissions let you read it."
    /// Writing failed.
    WRITE_FAILED = 4002 "write-failed" Error
        "a file or folder could not be written"
        "The operating system refused to write the path that is named. A generated file is replaced as a whole or not at all, so each is the old one or the new one; run the command again when the cause is gone."
    /// A folder on the way is a link.
    THROUGH_LINK = 4003 "through-link" Error
        "a generated file would be written through a symbolic link"
        "A folder of an artifact family, or a folder in it, is a symbolic link. A link can lead out of the project, so nothing is written through one. Replace the link by a folder, or point the family to the real folder in emc.toml."
    /// Git did not answer.
    GIT_FAILED = 4004 "git-failed" Error
        "git could not say what was committed"
        "`cargo emc check --base REF` asks git for the merge base of REF and the present commit, and for the transaction files that differ from it. Git could not be started, the project lies in no work tree, or REF is not known here: a shallow clone may lack it."
    /// Cargo does not say which packages there are.
    CARGO_METADATA = 4050 "cargo-metadata-failed" Error
        "cargo could not say which packages there are"
        "`-p/--package` and `--workspace` ask cargo for the members of the workspace (`cargo metadata --no-deps`). Cargo could not be started, or it refused; its own words are in the note. Correct that, or name the manifest with `--config PATH`: then cargo is not asked."
    /// No editor.
    EDITOR_FAILED = 4051 "editor-failed" Error
        "no editor could be used"
        "`cargo emc edit` opens a document with the program that VISUAL or EDITOR names, with arguments if there are any, and waits until it ends. It is not set, cannot be started, or ended with an error; nothing was written."
}
