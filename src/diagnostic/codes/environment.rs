//! 4001–4999: files that cannot be read or written, locks, tools.

codes! {
    /// Reading failed.
    READ_FAILED = 4001 "read-failed" Error
        "a file or folder could not be read"
        "The operating system refused to read the path that is named. Check that it exists and that its permissions let you read it."
}
