//! 3001–3999: generated files.

codes! {
    /// An artifact differs from what the model says.
    STALE = 3001 "stale-artifact" Error
        "a generated file differs from what the model says"
        "The store or the manifest changed and the file was not generated again. Run `cargo emc build` and commit what it writes."
}
