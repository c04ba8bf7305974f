//! What happened to a file that cannot be read: the finding for each kind.
//!
//! Nothing here runs for an intact file, so it may take its time.

use sha2::{Digest as _, Sha256};

use super::{
    FORMAT_VERSION, Header,
    header::{HeaderLine, Outline},
};
use crate::{
    diagnostic::{Code, Diagnostic, Place, codes::store},
    rel_path::RelPath,
};

type Finding = Box<Diagnostic>;

/// The next step that fits almost all damage.
pub(super) fn restore(file: &RelPath) -> String {
    format!("restore the file as it was committed: `git checkout -- {file}`")
}

fn at(
    code: &'static Code,
    message: impl Into<String>,
    file: &RelPath,
    line: Option<u32>,
) -> Finding {
    let place = match line {
        Some(line) => Place::line(file.as_str(), line),
        None => Place::file(file.as_str()),
    };
    Box::new(Diagnostic::new(code, message).at(place))
}

/// The text of a file, unless its bytes are not text.
pub(super) fn text<'a>(file: &RelPath, bytes: &'a [u8]) -> Result<&'a str, Finding> {
    if bytes.is_empty() {
        let finding = at(&store::EMPTY_FILE, "the file is empty", file, None);
        return Err(Box::new(finding.help(restore(file)).help(format!(
            "if git does not know the file, remove it: `rm {file}`"
        ))));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = count_lines(valid).saturating_add(1);
        let finding = at(
            &store::NOT_UTF8,
            "the file is not UTF-8 text",
            file,
            Some(line),
        );
        Box::new(finding.help(restore(file)))
    })?;
    if text.starts_with('\u{feff}') {
        let finding = at(
            &store::BYTE_ORDER_MARK,
            "the file starts with a byte order mark",
            file,
            Some(1),
        );
        return Err(Box::new(
            finding
                .note("an editor saved the file again; transaction files are never edited")
                .help(restore(file)),
        ));
    }
    Ok(text)
}

/// A first line that is not a header. Without any line break it is the whole text.
pub(super) fn header(file: &RelPath, first: &str, text: &str) -> Finding {
    if let Some(finding) = anywhere(file, text) {
        return finding;
    }
    if let Some(version) = Outline::of_header(first)
        .and_then(|outline| outline.format_version)
        .filter(|version| *version == 0 || *version > u64::from(FORMAT_VERSION))
    {
        return format(file, version);
    }
    let is_all = first.len() == text.len();
    let cause = match serde_json::from_str::<HeaderLine<'_>>(first) {
        Ok(_) if is_all => return truncated(file, 1),
        Ok(_) => "its record is not `header`".to_owned(),
        Err(error) if is_all && error.is_eof() => return truncated(file, 1),
        Err(error) => error.to_string(),
    };
    let finding = at(
        &store::UNREADABLE_HEADER,
        "the first line is not a transaction header",
        file,
        Some(1),
    );
    Box::new(finding.note(cause).help(restore(file)))
}

/// A header of a version that is not known here.
pub(super) fn format(file: &RelPath, version: u64) -> Finding {
    let finding = at(
        &store::UNSUPPORTED_FORMAT,
        format!("the file has format version {version}; versions 1 to {FORMAT_VERSION} are known"),
        file,
        Some(1),
    );
    Box::new(finding.help("update cargo-emc: `cargo install cargo-emc`"))
}

/// Content that does not have the hash of the header.
pub(super) fn content(header: &Header, payload: &str) -> Finding {
    let file = &header.file;
    if let Some(finding) = anywhere(file, payload).or_else(|| second_header(header, payload)) {
        return finding;
    }
    let is_anchor = |bytes: &[u8]| header.content_hash == Some(Sha256::digest(bytes).into());
    if payload.contains("\r\n") && is_anchor(payload.replace("\r\n", "\n").as_bytes()) {
        let finding = at(
            &store::CONVERTED_LINE_ENDS,
            "the line ends of the file were converted to CRLF",
            file,
            None,
        );
        return Box::new(
            finding
                .note("the content is intact apart from its line ends")
                .help("tell git to leave transaction files alone: add `model/events/events/** -text` to `.gitattributes`")
                .help(format!("then check the file out again: `rm {file} && git checkout -- {file}`")),
        );
    }
    if !payload.ends_with('\n') {
        if is_anchor(format!("{payload}\n").as_bytes()) {
            let finding = at(
                &store::MISSING_FINAL_NEWLINE,
                "the last line break of the file is missing",
                file,
                None,
            );
            return Box::new(
                finding
                    .note("the content is intact apart from it; an editor may have saved the file again")
                    .help(restore(file)),
            );
        }
        let last = payload.rsplit('\n').next().unwrap_or_default();
        if last.is_empty() {
            return truncated(file, 1);
        }
        if serde_json::from_str::<serde::de::IgnoredAny>(last).is_err_and(|error| error.is_eof()) {
            return truncated(file, count_lines(payload.as_bytes()).saturating_add(2));
        }
    }
    let finding = at(
        &store::CHANGED_CONTENT,
        "the events of the file were changed after it was written",
        file,
        None,
    );
    Box::new(
        finding
            .note("the SHA-256 of the events is not the `content_hash` of the header")
            .help(restore(file))
            .help(format!(
                "if the change was committed, find it with `git log --follow -p -- {file}`"
            )),
    )
}

/// Why a line is not an event.
pub(super) enum Event {
    /// It is JSON of the right form with another record.
    NoRecord,
    /// It cannot be read.
    Json(serde_json::Error),
}

/// A line that is not an event, in a file whose hash is right or absent.
pub(super) fn event(header: &Header, line: u32, cause: &Event, payload: &str) -> Finding {
    let file = &header.file;
    if header.content_hash.is_none() {
        // No hash spoke for the content, so the usual accidents are still open.
        if let Some(finding) = anywhere(file, payload).or_else(|| second_header(header, payload)) {
            return finding;
        }
        let is_last = line > count_lines(payload.as_bytes()).saturating_add(1);
        if is_last && matches!(cause, Event::Json(error) if error.is_eof()) {
            return truncated(file, line);
        }
    } else if let Some(finding) = second_header(header, payload) {
        return finding;
    }
    let cause = match cause {
        Event::NoRecord => "its record is not `event`".to_owned(),
        Event::Json(error) => error.to_string(),
    };
    let finding = at(
        &store::UNREADABLE_EVENT,
        "the line is not an event",
        file,
        Some(line),
    );
    Box::new(finding.note(cause).help(restore(file)))
}

/// Damage that may show anywhere in a file.
fn anywhere(file: &RelPath, text: &str) -> Option<Finding> {
    if text.contains('\0') {
        let finding = at(&store::NUL_BYTES, "the file holds NUL bytes", file, None);
        return Some(Box::new(
            finding
                .note("they are what some file systems leave of a file after a crash")
                .help(restore(file)),
        ));
    }
    let is_marker = |line: &str| line.starts_with("<<<<<<<") || line.starts_with(">>>>>>>");
    if text.lines().any(is_marker) {
        let finding = at(
            &store::CONFLICT_MARKERS,
            "the file holds the conflict markers of a git merge",
            file,
            None,
        );
        return Some(Box::new(
            finding
                .note("both sides of the merge had a file of this name with different content; one of them was changed after it was written")
                .help(format!("take the side whose content is intact: `git checkout --ours -- {file}` or `git checkout --theirs -- {file}`")),
        ));
    }
    None
}

/// A header among the events: two files that a merge joined line by line.
fn second_header(header: &Header, payload: &str) -> Option<Finding> {
    let (place, second) = payload
        .lines()
        .enumerate()
        .find_map(|(place, line)| Some((place, Outline::of_header(line)?)))?;
    let line = u32::try_from(place).unwrap_or(u32::MAX).saturating_add(2);
    let file = &header.file;
    let same = second.transaction_id.is_none_or(|id| id == header.id);
    let finding = if same {
        at(
            &store::REPEATED_HEADER,
            "the header stands in the file twice",
            file,
            Some(line),
        )
    } else {
        at(
            &store::SEVERAL_TRANSACTIONS,
            "the file holds a second transaction",
            file,
            Some(line),
        )
    };
    let finding = match second.transaction_id {
        Some(id) if !same => finding.note(format!(
            "the header in this line is that of transaction {id}"
        )),
        _ => *finding,
    };
    Some(Box::new(
        finding
            .note("a line-wise merge of two files of this name (`merge=union`) does this")
            .help(restore(file)),
    ))
}

fn truncated(file: &RelPath, line: u32) -> Finding {
    let finding = at(
        &store::TRUNCATED,
        "the file ends in the middle",
        file,
        Some(line),
    );
    Box::new(finding.help(restore(file)))
}

/// No hash: an accepted file that nothing protects.
pub(super) fn no_hash(file: &RelPath) -> Diagnostic {
    *at(
        &store::NO_CONTENT_HASH,
        "the header has no `content_hash`, so a change of the file would not be noticed",
        file,
        Some(1),
    )
}

/// An event that another program wrote.
pub(super) fn foreign(file: &RelPath, line: u32, event_type: &str) -> Diagnostic {
    *at(
        &store::FOREIGN_EVENT,
        format!("the event has type `{event_type}` and is no part of the model"),
        file,
        Some(line),
    )
}

/// How many line breaks there are, up to what a line number can hold.
fn count_lines(bytes: &[u8]) -> u32 {
    let lines = bytes.split(|byte| *byte == b'\n').count();
    u32::try_from(lines.saturating_sub(1)).unwrap_or(u32::MAX)
}
