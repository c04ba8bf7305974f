//! 2001–2999: the committed transaction files and the history they form.

codes! {
    /// A transaction file holds no header line that can be read.
    UNREADABLE_HEADER = 2001 "unreadable-header" Error
        "the first line of a transaction file is not a transaction header"
        "A transaction file starts with one line of JSON: the header, with the transaction's id, its parents and the lengths of the streams it writes to. Without it nothing in the file can be placed in the history. The file was cut short, overwritten or is not a transaction: restore it with `git checkout -- FILE`, or remove it if it never was one."
}
