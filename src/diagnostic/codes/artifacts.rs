//! 3001–3999: generated files.

codes! {
    /// An artifact differs from what the model says.
    STALE = 3001 "stale-artifact" Error
        "a generated file differs from what the model says"
        "The store or the manifest changed and the file was not generated again. Run `cargo emc build` and commit what it writes."
    /// An artifact is not there.
    MISSING = 3002 "missing-artifact" Error
        "a generated file is missing"
        "The model has an artifact that is not on disk. Run `cargo emc build` and commit what it writes. If generated files are not committed in this project, run the build before the check."
    /// A file of ours that nothing wants.
    ORPHANED = 3003 "orphaned-artifact" Error
        "a generated file belongs to nothing in the model"
        "The slice or workflow that the file was generated for is gone, or its name changed. Run `cargo emc build`: it removes files that carry its marker and that the model does not have any more."
    /// An artifact was edited.
    EDITED = 3004 "edited-artifact" Error
        "a generated file was changed by something else"
        "The file carries the marker of cargo-emc with a digest of the text below it, and the text does not have this digest: somebody edited it, or a merge joined two versions of it. Edits belong into the model. `cargo emc build` writes the file again."
    /// Somebody else's file stands where an artifact belongs.
    NOT_OURS = 3005 "not-ours" Error
        "a file stands where an artifact belongs, and cargo-emc did not write it"
        "The file does not carry the marker of cargo-emc, so it is not replaced. Move it away, point the family to another folder in emc.toml, or run `cargo emc build --force` to replace it."
    /// An edited artifact was generated again.
    OVERWRITTEN = 3006 "overwritten-artifact" Warning
        "a generated file had been changed, and was generated again"
        "The text of the file did not have the digest that its marker names: an edit by hand, conflict markers of a merge, or another program. It is the generated text again. If the edit was meant, make it in the model."
    /// An edited file that nothing wants.
    EDITED_ORPHAN = 3007 "edited-orphan" Warning
        "a generated file belongs to nothing any more, and was changed by something else"
        "The file carries the marker of cargo-emc, nothing in the model has it any more, and its text is not what was generated. It is left alone, so that nothing is lost. Remove it, or run `cargo emc build --force`."
    /// Line endings of an artifact were converted.
    CONVERTED = 3008 "artifact-line-endings" Error
        "the line endings of a generated file were converted"
        "The file is what the model says, but its lines end in CR LF: git converted it on checkout. Write `text eol=lf` for the folder into .gitattributes, then run `cargo emc build`."
    /// An unknown file in a family folder.
    UNKNOWN_FAMILY = 3009 "unknown-family" Error
        "no family of this name is built"
        "The families are those of `[artifacts]` in emc.toml that are not switched off with `enabled = false`."
    /// Nothing of this name can be explained.
    UNKNOWN_SUBJECT = 3010 "unknown-subject" Error
        "what is to be explained is neither a code nor a generated file"
        "`cargo emc explain` takes a code such as EMC2001, the name of one such as stale-artifact, or the path of a file that the last build wrote."
}
