use std::io::Cursor;

use serde_json::json;

use super::*;
use crate::{
    history::{Branch, Fork},
    merge::{Conflict, OpenFork, Parts, Subject},
};

fn fork() -> OpenFork {
    let branch = |id: &str| Branch {
        head: id.parse().expect("an id"),
        transactions: Vec::new(),
    };
    OpenFork {
        fork: Fork {
            stream: "slice::s".into(),
            base: 1,
            branches: vec![
                branch("01a20792-785e-715a-9767-ae26696cdc17"),
                branch("01a20792-792e-740f-a332-e2d86be8b3e0"),
            ],
        },
        subject: Subject::Slice("s".into()),
        base: Parts::default(),
        ground: Parts::default(),
        sides: Vec::new(),
        homes: Vec::new(),
        heads: Vec::new(),
        conflicts: Vec::new(),
    }
}

/// What a person sees and what comes of what they type.
fn typed(text: &str) -> (Reply, String) {
    let fork = fork();
    let conflict = Conflict {
        element: "slice s".to_owned(),
        field: "name".to_owned(),
        base: json!("S"),
        sides: vec![json!("A"), json!("B\u{1b}[2J")],
    };
    let asked = Question {
        fork: &fork,
        conflict: &conflict,
        left: 1,
    };
    let mut shown = String::new();
    let reply = ask(&asked, &mut Cursor::new(text), &mut |text| {
        shown.push_str(text);
    });
    (reply, shown)
}

#[test]
fn both_sides_are_shown_and_nothing_reaches_the_terminal_raw() {
    let (reply, shown) = typed("2\n");
    assert_eq!(reply, Reply::Branch(1));
    for line in [
        "fork of slice::s, 1 to decide",
        "contradiction: slice s, name",
        "before: \"S\"",
        "branch 1: \"A\"",
        "branch 2: \"B",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
    assert!(!shown.contains('\u{1b}'), "{shown}");
}

#[test]
fn answers_are_read_until_one_is_understood() {
    let (reply, shown) = typed("3\nwhat\n0\nall 1\n");
    assert_eq!(reply, Reply::Whole(0));
    assert_eq!(shown.matches("take branch 1-2").count(), 4);
    assert_eq!(typed("skip\n").0, Reply::Skip);
    assert_eq!(typed("quit\n").0, Reply::Quit);
    assert_eq!(typed("").0, Reply::Quit, "the end of the input");
}
