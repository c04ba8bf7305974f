//! What the refusal of a damaged transaction file says, beyond its code.

use emc::{diagnostic::Diagnostic, rel_path::RelPath, transaction::parse};

use crate::stores::Store;

/// A transaction file that is whole.
fn whole() -> (RelPath, String) {
    let (file, bytes) = Store::fixture("forked").files.remove(3);
    (file, String::from_utf8(bytes).expect("text"))
}

/// The one finding about a file with this text.
fn refused(file: &RelPath, text: &str) -> Diagnostic {
    let mut parsed = parse(file, text.as_bytes());
    assert!(parsed.transaction.is_err(), "{text}");
    assert_eq!(parsed.findings.len(), 1, "{:?}", parsed.findings);
    parsed.findings.remove(0)
}

/// The text with a part replaced that is there.
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{text}");
    text.replacen(from, to, 1)
}

#[test]
fn the_next_step_is_the_command_that_restores_the_file() {
    let (file, text) = whole();
    let restore = format!("restore the file as it was committed: `git checkout -- {file}`");
    for damaged in ["", &text[..text.len() / 2], &text.replace("slice", "Slice")] {
        let finding = refused(&file, damaged);
        assert!(finding.help.contains(&restore), "{finding:?}");
    }
}

#[test]
fn a_first_line_with_another_record_is_no_header() {
    let (file, text) = whole();
    let finding = refused(
        &file,
        &replaced(&text, "\"record\":\"header\"", "\"record\":\"footer\""),
    );
    assert_eq!(finding.code.name, "unreadable-header");
    assert_eq!(finding.notes, ["its record is not `header`"]);
}

#[test]
fn an_edit_of_a_file_with_converted_line_ends_is_told_as_an_edit() {
    let (file, text) = whole();
    let edited = replaced(&text, "EmcEvent", "EmcEvenT").replace('\n', "\r\n");
    assert_eq!(refused(&file, &edited).code.name, "changed-content");
}

#[test]
fn a_union_of_two_files_names_the_transaction_that_does_not_belong() {
    let (file, text) = whole();
    let (name, other) = Store::fixture("forked").files.remove(4);
    let id = parse(&name, &other).transaction.expect("whole").header.id;
    let other = String::from_utf8(other).expect("text");
    let foreign = refused(&file, &format!("{text}{other}"));
    assert_eq!(foreign.code.name, "several-transactions");
    let note = format!("the header in this line is that of transaction {id}");
    assert_eq!(foreign.notes[0], note);
    let twice = refused(&file, &format!("{text}{text}"));
    assert_eq!(twice.code.name, "repeated-header");
    assert_eq!(twice.notes.len(), 1, "{twice:?}");
}

#[test]
fn a_header_that_cannot_be_read_says_what_was_expected() {
    let (file, text) = whole();
    let says = |from: &str, to: &str, words: &str| {
        let finding = refused(&file, &replaced(&text, from, to));
        assert_eq!(finding.code.name, "unreadable-header");
        assert!(finding.notes[0].contains(words), "{finding:?}");
    };
    says(
        "\"replica_id\":\"01a20792-7744-75f1-af16-daa886f4c74d\"",
        "\"replica_id\":7",
        "a UUID",
    );
    says(
        "\"stream_bases\":{",
        "\"stream_bases\":7,\"x\":{",
        "an object of stream lengths",
    );
    says("\"replica_id\":\"0", "\"replica_id\":\"x", "not a UUID");
}

#[test]
fn of_a_stream_that_stands_twice_in_the_header_the_last_length_counts() {
    let (file, text) = whole();
    let start = text.find("\"stream_bases\":{").expect("bases") + 16;
    let end = start + text[start..].find('}').expect("an end");
    let twice = format!(
        "{}\"b\":1,\"a\":2,\"b\":3,\"a\":4,\"b\":5{}",
        &text[..start],
        &text[end..]
    );
    let header = parse(&file, twice.as_bytes())
        .transaction
        .expect("the hash does not cover the header")
        .header;
    assert_eq!(header.stream_bases, [("a".into(), 4), ("b".into(), 5)]);
}
