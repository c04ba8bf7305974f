//! Whether each verb has its cases among the cmd-tests.

use std::{collections::BTreeSet, fs, path::Path};

use clap::CommandFactory as _;
use emc::cli::Cli;

/// What a case shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shows {
    Help,
    /// It ends well.
    Success,
    /// Exit code 1.
    Finding,
    /// Exit code 2.
    Usage,
    Json,
    Quiet,
    /// A global flag in front of the verb.
    FlagBefore,
    /// A global flag behind the verb.
    FlagAfter,
}

use Shows::{Finding, FlagAfter, FlagBefore, Help, Json, Quiet, Success, Usage};

const ALL: [Shows; 8] = [
    Help, Success, Finding, Usage, Json, Quiet, FlagBefore, FlagAfter,
];

/// What a verb has no case of, and why.
const WITHOUT: &[(&str, &[Shows], &str)] = &[
    (
        "watch",
        &[Success, Finding],
        "it goes on until it is ended: tests/it/watch.rs",
    ),
    (
        "mcp",
        &[Finding, Json],
        "it speaks to its client, in the protocol: tests/it/mcp.rs",
    ),
    (
        "completions",
        &[Success, Finding, Json, Quiet, FlagBefore, FlagAfter],
        "what it prints is clap's, thousands of lines: every_shell_gets_completions_of_every_verb",
    ),
    ("man", &[Finding], "it looks at no model"),
    ("schema", &[Finding], "it looks at no model"),
    (
        "mcp http",
        &[Success],
        "it goes on until it is ended: tests/it/mcp.rs",
    ),
    (
        "clean",
        &[Finding],
        "what it removes is its own, whatever is wrong with the store",
    ),
];

/// The verbs and what stands below them, but for the kinds of elements, of which
/// `add`, `update` and `remove` have the same table; words from the outside.
fn verbs() -> BTreeSet<Vec<String>> {
    let mut root = Cli::command();
    root.build();
    let mut verbs = BTreeSet::new();
    let mut work = vec![(Vec::new(), &root)];
    while let Some((words, command)) = work.pop() {
        for inner in command
            .get_subcommands()
            .filter(|one| one.get_name() != "help")
        {
            let mut words: Vec<String> = words.clone();
            words.push(inner.get_name().to_owned());
            verbs.insert(words.clone());
            if !["add", "update", "remove"].contains(&inner.get_name()) {
                work.push((words, inner));
            }
        }
    }
    verbs
}

/// The command lines of the cmd-tests with their exit codes.
fn cases() -> Vec<(Vec<String>, u8)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cmd-tests");
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder).expect("the cmd-tests") {
        let path = entry.expect("an entry").path();
        if path
            .extension()
            .is_none_or(|extension| extension != "trycmd")
        {
            continue;
        }
        let text = fs::read_to_string(path).expect("text");
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(line) = line.strip_prefix("$ ") else {
                continue;
            };
            let code = lines.peek().and_then(|next| next.strip_prefix("? "));
            let code = code.map_or(0, |code| code.parse().expect("an exit code"));
            let mut words = line
                .split(' ')
                .skip_while(|word| *word != "cargo-emc")
                .skip(1);
            let words: Vec<String> = match words.next() {
                Some("emc") | None => words.map(str::to_owned).collect(),
                Some(first) => [first]
                    .into_iter()
                    .chain(words)
                    .map(str::to_owned)
                    .collect(),
            };
            cases.push((words, code));
        }
    }
    cases
}

/// Where a verb stands in a command line: behind global flags, its words with
/// other flags between them.
fn stands_at(words: &[String], verb: &[String]) -> Option<usize> {
    let valued = [
        "--config",
        "--message-format",
        "--manifest-path",
        "-p",
        "--package",
        "-j",
    ];
    let mut at = 0;
    while words.get(at)?.starts_with('-') {
        at += if valued.contains(&words[at].as_str()) {
            2
        } else {
            1
        };
    }
    let first = at;
    for word in verb {
        let rest = words.get(at..)?;
        // The first word is the verb; one below it may stand behind flags of it.
        at += match rest.first()? {
            own if own == word => 1,
            _ if at > first => rest.iter().position(|own| own == word)? + 1,
            _ => return None,
        };
    }
    Some(first)
}

fn shows(words: &[String], code: u8, at: usize) -> BTreeSet<Shows> {
    let has =
        |words: &[String], all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
    if has(words, &["-h", "--help"]) {
        return BTreeSet::from([Help]);
    }
    let global = [
        "-q",
        "--quiet",
        "-v",
        "-vv",
        "--config",
        "--message-format",
        "--workspace",
        "-p",
    ];
    let told = [
        (code == 0, Success),
        (code == 1, Finding),
        (code == 2, Usage),
        (
            has(words, &["--message-format"]) && has(words, &["json"]),
            Json,
        ),
        (has(words, &["-q", "--quiet"]), Quiet),
        (has(&words[..at], &global), FlagBefore),
        (has(&words[at..], &global), FlagAfter),
    ];
    let told = told.into_iter().filter(|(is_so, _)| *is_so);
    told.map(|(_, shows)| shows).collect()
}

#[test]
fn every_verb_has_its_cases() {
    let cases = cases();
    let mut missing = Vec::new();
    let mut excused = Vec::new();
    let mut counted = 0;
    for verb in verbs() {
        let found: BTreeSet<Shows> = cases
            .iter()
            .filter_map(|(words, code)| Some(shows(words, *code, stands_at(words, &verb)?)))
            .inspect(|_| counted += usize::from(verb.len() == 1))
            .flatten()
            .collect();
        // Below a verb: that it is explained, and that it works.
        let wanted = if verb.len() == 1 { &ALL[..] } else { &ALL[..2] };
        let name = verb.join(" ");
        let without = WITHOUT.iter().find(|(excused, _, _)| *excused == name);
        let without = without.map_or(&[][..], |(_, without, _)| *without);
        for shows in wanted {
            match (found.contains(shows), without.contains(shows)) {
                (false, false) => missing.push(format!("{name}: {shows:?}")),
                (true, true) => excused.push(format!("{name}: {shows:?}")),
                _ => {}
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "cases that are missing");
    assert_eq!(excused, Vec::<String>::new(), "excused, and yet there");
    // All but `cargo-emc` and `cargo-emc --help` belong to a verb.
    assert_eq!(counted, cases.len() - 2);
}
