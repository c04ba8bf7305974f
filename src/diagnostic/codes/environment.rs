//! 4001–4999: files that cannot be read or written, locks, tools.

codes! {
    /// Reading failed.
    READ_FAILED = 4001 "read-failed" Error
        "a file or folder could not be read"
        "The operating system refused to read the path that is named. Check that it exists and that its permissions let you read it."

    /// Cargo does not say which packages there are.
    CARGO_METADATA = 4050 "cargo-metadata-failed" Error
        "cargo could not say which packages there are"
        "`-p/--package` and `--workspace` ask cargo for the members of the workspace (`cargo metadata --no-deps`). Cargo could not be started, or it refused; its own words are in the note. Correct that, or name the manifest with `--config PATH`: then cargo is not asked."
}
