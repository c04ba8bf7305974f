//! Each kind of damage to a transaction file has a code of its own.

use std::collections::BTreeSet;

use emc::{digest::Digest, rel_path::RelPath, transaction::parse};

use crate::stores::Store;

const STORE: &str = "forked";
/// A file in the middle of its history, with one child at least.
const MIDDLE: &str = "01a20792-7793-7190-bbbf-4937cbda3a92.jsonl";
const TIP: &str = "01a20792-7952-77d2-a6cc-52ee73b758e8.jsonl";

/// The codes that remain when the bytes of one file are changed.
fn codes(name: &str, change: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<&'static str> {
    let mut files = Store::fixture(STORE).files;
    let file = files
        .iter_mut()
        .find(|(file, _)| file.file_name() == name)
        .expect("a file");
    file.1 = change(&file.1);
    Store::of(files).codes()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

fn replaced(from: &'static str, to: &'static str) -> impl Fn(&[u8]) -> Vec<u8> {
    move |bytes| {
        let text = text(bytes);
        assert!(text.contains(from), "{text}");
        text.replacen(from, to, 1).into_bytes()
    }
}

/// The header without its hash, and the payload.
fn without_hash(bytes: &[u8]) -> (String, String) {
    let text = text(bytes);
    let (header, payload) = text.split_once('\n').expect("a header");
    let (before, _) = header.split_once(",\"content_hash\"").expect("a hash");
    (format!("{before}}}\n"), payload.to_owned())
}

fn unanchored(change: impl Fn(String) -> String) -> impl Fn(&[u8]) -> Vec<u8> {
    move |bytes| {
        let (header, payload) = without_hash(bytes);
        (header + &change(payload)).into_bytes()
    }
}

type Change = Box<dyn Fn(&[u8]) -> Vec<u8>>;

/// A code, and how to do the damage that it stands for.
type Damage = (&'static str, Change);

fn with(code: &'static str, change: impl Fn(&[u8]) -> Vec<u8> + 'static) -> Damage {
    (code, Box::new(change))
}

fn damages() -> Vec<Damage> {
    let mut all = of_the_file();
    all.extend(of_the_header());
    all.extend(of_the_events());
    all
}

fn of_the_file() -> Vec<Damage> {
    vec![
        with("empty-file", |_| Vec::new()),
        with("truncated", |bytes| bytes[..bytes.len() / 2].to_vec()),
        with("truncated", |bytes| bytes[..100].to_vec()),
        with("truncated", |bytes| bytes[..bytes.len() - 2].to_vec()),
        with("truncated", |bytes| {
            text(bytes).lines().next().expect("a header").into()
        }),
        with("truncated", |bytes| {
            [
                text(bytes).lines().next().expect("a header").as_bytes(),
                b"\n",
            ]
            .concat()
        }),
        with(
            "truncated",
            unanchored(|payload| payload[..payload.len() - 9].to_owned()),
        ),
        with("missing-final-newline", |bytes| {
            bytes[..bytes.len() - 1].to_vec()
        }),
        with("byte-order-mark", |bytes| [b"\xef\xbb\xbf", bytes].concat()),
        with("converted-line-ends", |bytes| {
            text(bytes).replace('\n', "\r\n").into_bytes()
        }),
        with("nul-bytes", |bytes| vec![0; bytes.len()]),
        with("nul-bytes", |bytes| [bytes, b"\0\0\0"].concat()),
        with("not-utf8", |bytes| [bytes, b"\xff"].concat()),
        with("not-utf8", |bytes| {
            text(bytes)
                .encode_utf16()
                .flat_map(u16::to_be_bytes)
                .chain([0xff])
                .collect()
        }),
    ]
}

fn of_the_header() -> Vec<Damage> {
    vec![
        with("unreadable-header", |_| {
            b"This is not a transaction.\n".to_vec()
        }),
        with(
            "unreadable-header",
            replaced("\"replica_id\"", "\"replica\""),
        ),
        with("unreadable-header", |bytes| {
            text(bytes)
                .lines()
                .last()
                .expect("an event")
                .as_bytes()
                .to_vec()
        }),
        with("unreadable-header", |bytes| [b"\n", bytes].concat()),
        with(
            "unsupported-format",
            replaced("\"format_version\":2", "\"format_version\":3"),
        ),
        with(
            "unsupported-format",
            replaced("\"format_version\":2", "\"format_version\":0"),
        ),
        with("unsupported-format", |bytes| {
            let bytes = replaced("\"format_version\":2", "\"format_version\":9")(bytes);
            replaced("\"replica_id\"", "\"writer\"")(&bytes)
        }),
    ]
}

fn of_the_events() -> Vec<Damage> {
    let other = Store::fixture(STORE).files.remove(0).1;
    let other_again = other.clone();
    vec![
        with(
            "changed-content",
            replaced("\"metadata\":{}", "\"metadata\":{ }"),
        ),
        with("changed-content", |bytes| [bytes, b"\n"].concat()),
        with(
            "changed-content",
            replaced("\"content_hash\":\"", "\"content_hash\":\"+"),
        ),
        with(
            "unreadable-event",
            unanchored(|payload| payload + "{\"record\":\"event\"}\n"),
        ),
        with("unreadable-event", unanchored(|payload| payload + "[\n")),
        with(
            "unreadable-event",
            unanchored(|payload| payload.replace("\"record\":\"event\"", "\"record\":\"other\"")),
        ),
        with("repeated-header", |bytes| {
            let text = text(bytes);
            format!("{}\n{text}", text.lines().next().expect("a header")).into_bytes()
        }),
        with("repeated-header", |bytes| {
            let (header, payload) = without_hash(bytes);
            format!("{header}{payload}{header}{payload}").into_bytes()
        }),
        with("several-transactions", move |bytes| {
            [bytes, &other].concat()
        }),
        with("several-transactions", move |bytes| {
            [&unanchored(|payload| payload)(bytes), &*other_again].concat()
        }),
        with("conflict-markers", |bytes| {
            let text = text(bytes);
            format!("<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> branch\n").into_bytes()
        }),
        with("conflict-markers", |bytes| {
            let text = text(bytes);
            let (header, payload) = text.split_once('\n').expect("a header");
            format!("{header}\n<<<<<<< HEAD\n{payload}=======\n{payload}>>>>>>> branch\n")
                .into_bytes()
        }),
    ]
}

#[test]
fn a_damaged_file_is_refused_with_the_code_of_the_damage() {
    for (place, (code, change)) in damages().into_iter().enumerate() {
        // The children of a refused file miss their parent, and are told why.
        assert_eq!(
            codes(MIDDLE, &change).into_iter().collect::<BTreeSet<_>>(),
            BTreeSet::from([code, "missing-parent"]),
            "damage {place}"
        );
        assert_eq!(codes(TIP, &change), [code], "damage {place}");
    }
}

#[test]
fn every_refusal_names_the_file_and_a_next_step() {
    let (file, bytes) = Store::fixture(STORE).files.remove(3);
    for (code, change) in damages() {
        let bytes = change(&bytes);
        let parsed = parse(&file, &bytes);
        let [finding] = &*parsed.findings else {
            panic!("{code}: {:?}", parsed.findings)
        };
        assert_eq!(finding.code.name, code);
        assert_eq!(
            finding.place.as_ref().map(|place| &*place.file),
            Some(file.as_str())
        );
        assert!(!finding.help.is_empty(), "{code}");
        let rejected = parsed.transaction.expect_err("refused");
        assert_eq!(
            rejected.id,
            file.file_name().trim_end_matches(".jsonl").parse().ok(),
            "{code}"
        );
    }
}

#[test]
fn what_is_odd_and_harmless_is_accepted_with_a_warning() {
    let cases: [(&str, Change); 6] = [
        ("no-content-hash", Box::new(unanchored(|payload| payload))),
        (
            "no-content-hash",
            Box::new(unanchored(|payload| payload.trim_end().to_owned())),
        ),
        (
            "no-content-hash",
            Box::new(|bytes| {
                replaced("\"format_version\":2", "\"format_version\":1")(&unanchored(|payload| {
                    payload
                })(bytes))
            }),
        ),
        (
            "header-disagrees",
            Box::new(replaced(
                "\"stream_bases\":{\"slice::close-ticket\":2}",
                "\"stream_bases\":{\"slice::close-ticket\":1}",
            )),
        ),
        (
            "header-disagrees",
            Box::new(replaced(
                "\"stream_bases\":{\"slice::close-ticket\":2}",
                "\"stream_bases\":{}",
            )),
        ),
        (
            "foreign-event",
            Box::new(|bytes| {
                let text = text(bytes).replace("\"EmcEvent\"", "\"OrderPlaced\"");
                anchored(&text)
            }),
        ),
    ];
    for (code, change) in cases {
        assert_eq!(codes(TIP, change), [code]);
    }
}

/// The text with the right hash in its header.
pub fn anchored(text: &str) -> Vec<u8> {
    use sha2::Digest as _;
    let (header, payload) = text.split_once('\n').expect("a header");
    let hash = Digest::from_bytes(sha2::Sha256::digest(payload).into());
    let (before, _) = header.split_once("\"content_hash\":\"").expect("a hash");
    format!("{before}\"content_hash\":\"{hash}\"}}\n{payload}").into_bytes()
}

#[test]
fn a_foreign_event_counts_for_its_stream() {
    let mut files = Store::fixture(STORE).files;
    let file = files
        .iter_mut()
        .find(|(file, _)| file.file_name() == TIP)
        .expect("a file");
    file.1 = anchored(&text(&file.1).replace("\"EmcEvent\"", "\"OrderPlaced\""));
    let store = Store::of(files);
    let history = store.history();
    let foreign: Vec<_> = history
        .events(&store.transactions)
        .filter_map(|event| Some((event.envelope.foreign_type.as_deref()?, event.version)))
        .collect();
    assert_eq!(foreign, [("OrderPlaced", 4)]);
}

#[test]
fn unknown_keys_and_any_order_of_keys_are_read() {
    let change = |bytes: &[u8]| {
        let bytes = replaced(
            "{\"record\":\"header\",",
            "{\"added_later\":[{}],\"record\":\"header\",",
        )(bytes);
        anchored(&text(&bytes).replace(
            "{\"record\":\"event\",",
            "{\"added_later\":null,\"record\":\"event\",",
        ))
    };
    assert_eq!(codes(MIDDLE, change), [""; 0]);
}

#[test]
fn a_file_under_another_name_is_read_and_told() {
    let mut files = Store::fixture(STORE).files;
    let place = files
        .iter()
        .position(|(file, _)| file.file_name() == MIDDLE)
        .expect("a file");
    let copy = RelPath::new("model/events/events/copy.jsonl").expect("relative");
    let (original, bytes) = files[place].clone();

    files[place].0 = copy.clone();
    assert_eq!(Store::of(files.clone()).codes(), ["misnamed-file"]);

    files.push((original.clone(), bytes.clone()));
    assert_eq!(Store::of(files.clone()).codes(), ["duplicate-transaction"]);

    // A copy with other events and a right hash is accepted by the writing library.
    files[place].1 = anchored(&text(&bytes).replace("closes", "shuts"));
    assert_ne!(files[place].1, bytes);
    let store = Store::of(files);
    assert_eq!(store.codes(), ["duplicate-transaction"]);
    let history = store.history();
    assert_eq!(history.order().len(), 9);
    assert!(
        history
            .order()
            .iter()
            .all(|place| store.transactions[*place].header.file != copy)
    );
}

#[test]
fn a_removed_file_is_missed_by_its_children_only() {
    let without = |name: &str| {
        let mut files = Store::fixture(STORE).files;
        files.retain(|(file, _)| file.file_name() != name);
        Store::of(files).codes()
    };
    assert_eq!(without(MIDDLE), ["missing-parent"]);
    // Nothing in the store names a tip: only a comparison with the last commit sees this.
    assert_eq!(without(TIP), [""; 0]);
}

#[test]
fn long_and_deep_lines_are_read_without_harm() {
    let long = |bytes: &[u8]| {
        anchored(&text(bytes).replace(
            "\"event_data\":{",
            &format!("\"event_data\":{{\"long\":\"{}\",", "x".repeat(1 << 20)),
        ))
    };
    assert_eq!(codes(TIP, long), [""; 0]);
    let deep = |bytes: &[u8]| {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        anchored(&text(bytes).replace("\"metadata\":{}", &format!("\"metadata\":{deep}")))
    };
    let found = codes(TIP, deep);
    assert!(
        found == ["unreadable-event"] || found.is_empty(),
        "{found:?}"
    );
}

mod any_bytes {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// One byte of an intact file is changed, removed or added: it is refused,
        /// or the change lies in the header, which no hash covers.
        #[test]
        fn one_changed_byte_of_the_events_is_never_missed(
            place in any::<prop::sample::Index>(),
            byte in any::<u8>(),
            how in 0..3,
        ) {
            let (file, mut bytes) = Store::fixture(STORE).files.remove(4);
            let events = bytes.iter().position(|byte| *byte == b'\n').expect("a header") + 1;
            let place = events + place.index(bytes.len() - events);
            match how {
                0 => bytes[place] = bytes[place].wrapping_add(byte.max(1)),
                1 => drop(bytes.remove(place)),
                _ => bytes.insert(place, byte),
            }
            let parsed = parse(&file, &bytes);
            prop_assert!(parsed.transaction.is_err());
            prop_assert_eq!(parsed.findings.len(), 1);
        }

        #[test]
        fn no_bytes_do_harm(cut in any::<prop::sample::Index>(), noise in prop::collection::vec(any::<u8>(), 0..64)) {
            let (file, mut bytes) = Store::fixture(STORE).files.remove(4);
            let cut = cut.index(bytes.len());
            let end = (cut + noise.len()).min(bytes.len());
            bytes.splice(cut..end, noise);
            let parsed = parse(&file, &bytes);
            prop_assert_eq!(parsed.transaction.is_err(), parsed.findings.iter().any(|one| one.level == emc::diagnostic::Level::Error));
        }
    }
}
